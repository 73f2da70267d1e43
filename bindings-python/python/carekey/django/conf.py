"""The settings ``CAREKEY``, and the one directory of the process."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypedDict

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from carekey import Actor, Agency, AgencySettings, Directory, HashingLimits
from carekey.keys import read_key


class _Needed(TypedDict):

    ADDRESS: str
    """``sqlite:FILE`` or ``postgres://…``."""
    KEY: bytes | str | Callable[[], bytes | str]
    """32 bytes, or these in hex or base64, or whatever fetches them."""
    AGENCY: str
    """The code of the agency that this site belongs to."""


class Settings(_Needed, total=False):
    """What ``CAREKEY`` holds."""

    HASHING_LIMITS: HashingLimits
    """What a password hash may cost here at most (P6)."""
    MANAGERS_ARE_STAFF: bool
    """Whether account managers come into Django's admin: ``is_staff`` follows
    them, both ways, at each sign-in. What they may do there Django says."""


_MIDDLEWARE = "carekey.django.middleware.CarekeyMiddleware"
_AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"

_lock = Lock()
_agency: Agency | None = None
_directory: Directory | None = None


def agency() -> Agency:
    """The agency of this site. The first call opens the directory; every
    process has its own.

    Raises ``ImproperlyConfigured`` where the settings are missing, and what
    :meth:`carekey.Directory.open` and :meth:`carekey.Directory.agency` raise.
    """
    global _agency
    with _lock:
        if _agency is None:
            _agency = _opened().agency(_settings()["AGENCY"])
        return _agency


def create_agency(settings: AgencySettings, *, actor: Actor) -> Agency:
    """Makes the agency of this site, and the store where there is none."""
    with _lock:
        return _opened().create_agency(settings, actor=actor)


def agency_code() -> str:
    """By which the directory knows the agency of this site."""
    return _settings()["AGENCY"]


def managers_are_staff() -> bool:
    """Whether ``is_staff`` follows account managers."""
    return _settings().get("MANAGERS_ARE_STAFF", False)


def _opened() -> Directory:
    global _directory
    if _directory is None:
        given = _settings()
        limits = given.get("HASHING_LIMITS")
        _directory = Directory.open(given["ADDRESS"], key=_key(given["KEY"]), hashing_limits=limits)
    return _directory


def close() -> None:
    """Closes the directory. The next use opens it again."""
    global _agency, _directory
    with _lock:
        if _directory is not None:
            _directory.close()
        _agency = _directory = None


def check_settings(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Django's system check: what is missing."""
    found: list[CheckMessage] = []
    try:
        _settings()
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="carekey.E001"))
    if _MIDDLEWARE not in settings.MIDDLEWARE:
        hint = "add carekey.django.middleware.CarekeyMiddleware after AuthenticationMiddleware"
        found.append(Error("carekey's sessions need its middleware", hint=hint, id="carekey.E002"))
    elif _AUTHENTICATION not in settings.MIDDLEWARE[: settings.MIDDLEWARE.index(_MIDDLEWARE)]:
        hint = f"put {_AUTHENTICATION} before it"
        found.append(Error("carekey's middleware stands after Django's", hint=hint, id="carekey.E003"))
    if not any(path.startswith("carekey.") or _is_carekeys(path) for path in settings.AUTHENTICATION_BACKENDS):
        hint = "add carekey.django.backends.CarekeyBackend to AUTHENTICATION_BACKENDS"
        found.append(Error("nobody can sign in through carekey", hint=hint, id="carekey.E004"))
    try:
        reverse("carekey:activate")
    except NoReverseMatch:
        hint = 'add path("", include("carekey.django.urls")) to the URLs, or pages of your own at their addresses'
        found.append(Warning("the links of mails lead to no page", hint=hint, id="carekey.W005"))
    except ImproperlyConfigured:
        pass  # Django says what is wrong with the URLs
    return found


def _is_carekeys(path: str) -> bool:
    from carekey.django.backends import CarekeyBackend

    try:
        return issubclass(import_string(path), CarekeyBackend)
    except ImportError:
        return False


def _settings() -> Settings:
    given = getattr(settings, "CAREKEY", None)
    missing = [name for name in Settings.__required_keys__ if not given or name not in given]
    if given is None or missing:
        raise ImproperlyConfigured(f"CAREKEY needs {', '.join(sorted(missing))}")
    checked: Settings = given
    return checked


def _key(given: bytes | str | Callable[[], bytes | str]) -> bytes:
    key = given() if callable(given) else given
    return read_key(key) if isinstance(key, str) else key


@receiver(setting_changed)
def _again(*, setting: str, **_: Any) -> None:
    if setting == "CAREKEY":
        close()


def _forget() -> None:
    """A child has its parent's connections, and may neither use nor close
    them: SQLite's locks belong to the parent. It opens its own.
    """
    global _agency, _directory, _lock
    for inherited in (_agency, _directory):
        if inherited is not None:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(inherited))
    _agency = _directory = None
    _lock = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)

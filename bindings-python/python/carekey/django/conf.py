"""The settings ``CAREKEY``, and the one directory of the process."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, TypedDict

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

from carekey import Agency, Directory, HashingLimits
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


_lock = Lock()
_agency: Agency | None = None
_directory: Directory | None = None


def agency() -> Agency:
    """The agency of this site. The first call opens the directory; every
    process has its own.

    Raises ``ImproperlyConfigured`` where the settings are missing, and what
    :meth:`carekey.Directory.open` and :meth:`carekey.Directory.agency` raise.
    """
    global _agency, _directory
    with _lock:
        if _agency is None:
            given = _settings()
            limits = given.get("HASHING_LIMITS")
            _directory = Directory.open(given["ADDRESS"], key=_key(given["KEY"]), hashing_limits=limits)
            _agency = _directory.agency(given["AGENCY"])
        return _agency


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
    if "carekey.django.middleware.CarekeyMiddleware" not in settings.MIDDLEWARE:
        hint = "add carekey.django.middleware.CarekeyMiddleware after AuthenticationMiddleware"
        found.append(Error("carekey's sessions need its middleware", hint=hint, id="carekey.E002"))
    return found


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

"""carekey's session beside Django's: ``request.carekey``.

The token of the session is the visitor's, in a cookie of its own, and is
stored nowhere. So is the token by which their device is known (E4), in a
cookie that outlives the session. Django's session is good as long as carekey's is: when an
account is disabled, its password changes or its session grows idle (E5), the
next request is nobody's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, get_user, load_backend, logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from carekey import (
    ChangePassword,
    Decision,
    NewAccount,
    Recovered,
    RefusedError,
    Secret,
    Session,
    SetQuestions,
    SignedIn,
    Step,
)
from carekey.django.conf import agency
from carekey.words import Resource

SESSION_COOKIE = "carekey"
STEP_COOKIE = "carekey_step"
DEVICE_COOKIE = "carekey_device"


class Visit:
    """Who is there, and what they may see: ``request.carekey``."""

    signed_in: SignedIn | None = None
    """Who is signed in through carekey."""
    step: ChangePassword | NewAccount | SetQuestions | None = None
    """What is due, where a sign-in or an invitation in this request led to it."""

    def __init__(self, request: HttpRequest) -> None:
        self._token = request.COOKIES.get(SESSION_COOKIE)
        self._step_token = request.COOKIES.get(STEP_COOKIE)
        self._device_token = request.COOKIES.get(DEVICE_COOKIE)
        self._granted: Session | None = None
        self._known: tuple[Secret, datetime] | None = None
        if self._token is not None:
            try:
                self.signed_in = agency().session(self._token)
            except RefusedError:
                self._token = None

    def decide(
        self, resource: Resource, *, party: UUID | None = None, application: UUID | None = None
    ) -> Decision | None:
        """Whether they may see a resource, and why (V); None for nobody."""
        if self.signed_in is None:
            return None
        return agency().can_see(self.signed_in.account, resource, party=party, application=application)

    def can_see(self, resource: Resource, *, party: UUID | None = None, application: UUID | None = None) -> bool:
        """Whether they may see a resource of a party (a client), of an
        application, or, with neither, their own (V). Nobody sees anything.

        Raises :class:`~carekey.NotFound` ``party.not_found``,
        ``application.not_found``.
        """
        return bool(self.decide(resource, party=party, application=application))

    @property
    def token(self) -> str | None:
        """The session's, for what its user does themselves."""
        return self._token

    @property
    def device_token(self) -> str | None:
        """By which the visitor's device is known, for a sign-in (E4)."""
        return self._device_token

    @property
    def step_token(self) -> str | None:
        """The step that the visitor came back with."""
        return self._step_token

    def keep(self, session: Session) -> None:
        """Gives the visitor a session with the response."""
        self._granted, self._token, self._step_token = session, session.token.reveal(), None
        self.signed_in = agency().session(self._token)

    def know(self, recovered: Recovered) -> None:
        """Keeps the device known that a recovery was finished at."""
        self._known = recovered.device, recovered.device_expires_at

    def end(self, request: HttpRequest) -> None:
        """Ends the session."""
        if self._token is not None:
            agency().sign_out(self._token, source=source(request))
        self._token = self._granted = self.signed_in = None

    def write(self, request: HttpRequest, response: HttpResponse) -> None:
        """Puts into the cookies what has changed."""
        if self._granted is not None:
            until = self._granted.expires_at if self._granted.remembered else None
            _set(response, SESSION_COOKIE, self._granted.token.reveal(), until)
            # The device is kept for longer with each sign-in, and never taken
            # away: whatever strangers bring about, a lock too, it is what lets
            # this visitor in.
            device = self._granted.device
            known = self._device_token if device is None else device.reveal()
            if known is not None:
                _set(response, DEVICE_COOKIE, known, self._granted.device_expires_at)
        elif self._known is not None:
            _set(response, DEVICE_COOKIE, self._known[0].reveal(), self._known[1])
        if self._granted is None and self._token is None and SESSION_COOKIE in request.COOKIES:
            _delete(response, SESSION_COOKIE)
        if self.step is not None:
            due: Step = self.step.step
            _set(response, STEP_COOKIE, due.token.reveal(), due.expires_at)
        elif self._step_token is None and STEP_COOKIE in request.COOKIES:
            _delete(response, STEP_COOKIE)


class CarekeyMiddleware:
    """Sets ``request.carekey``. It stands after Django's own
    ``AuthenticationMiddleware``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = Visit(request)
        setattr(request, "carekey", here)
        if _by_carekey(request) and not _is_same(request, here.signed_in):
            logout(request)
        response = self._get_response(request)
        here.write(request, response)
        patch_vary_headers(response, ["Cookie"])
        return response


def visit(request: HttpRequest) -> Visit:
    """``request.carekey``, with its type."""
    found = getattr(request, "carekey", None)
    if not isinstance(found, Visit):
        raise ImproperlyConfigured("signing in through carekey needs a request that passed CarekeyMiddleware")
    return found


def source(request: HttpRequest | None) -> str | None:
    """From where someone comes, as the histories show it."""
    return None if request is None else request.META.get("REMOTE_ADDR")


def keep_session(*, request: HttpRequest, user: Any, **_: Any) -> None:
    """Django signed someone in."""
    session: Session | None = getattr(user, "carekey_session", None)
    if session is not None:
        visit(request).keep(session)
        if session.remembered:
            request.session.set_expiry(session.expires_at)


def end_session(*, request: HttpRequest, **_: Any) -> None:
    """Django signed someone out."""
    if hasattr(request, "carekey"):
        visit(request).end(request)


def _by_carekey(request: HttpRequest) -> bool:
    from carekey.django.backends import CarekeyBackend

    path = request.session.get(BACKEND_SESSION_KEY, "")
    return path in settings.AUTHENTICATION_BACKENDS and isinstance(load_backend(path), CarekeyBackend)


def _is_same(request: HttpRequest, signed_in: SignedIn | None) -> bool:
    return signed_in is not None and get_user(request).get_username() == str(signed_in.account)


def _set(response: HttpResponse, name: str, value: str, expires_at: datetime | None) -> None:
    response.set_cookie(
        name,
        value,
        expires=expires_at,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def _delete(response: HttpResponse, name: str) -> None:
    response.delete_cookie(
        name,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )

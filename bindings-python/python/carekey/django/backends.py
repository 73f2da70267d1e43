"""Signing in through carekey."""

from __future__ import annotations

from typing import Any, cast, get_args
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from carekey import Actor, ChangePassword, Granted, NotFound, Refused, Session, SetQuestions
from carekey.django.conf import agency, managers_are_staff
from carekey.django.middleware import Visit, source, visit
from carekey.words import Resource


class CarekeyBackend(BaseBackend):
    """Authenticates through the agency (E3). Django's user is found by the
    account's id, which is its username, and holds no password.

    Where the password was right and a step is due first, nobody is signed in:
    ``request.carekey.step`` has it, and the sign-in view leads there.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        remember: bool = False,
        **credentials: Any,
    ) -> AbstractBaseUser | None:
        """The user, or None: refused, or a step is due."""
        if username is None or password is None:
            return None
        here = getattr(request, "carekey", None)
        device = here.device_token if isinstance(here, Visit) else None
        answer = agency().sign_in(username, password, remember=remember, device=device, source=source(request))
        return self.take(request, answer)

    def take(
        self, request: HttpRequest | None, answer: Granted | ChangePassword | SetQuestions | Refused
    ) -> AbstractBaseUser | None:
        """The user of an answer to a sign-in or to a step; None where there is
        none yet.
        """
        match answer:
            case Granted(session):
                return self._user(session)
            case ChangePassword() | SetQuestions():
                if request is not None:
                    visit(request).step = answer
                return None
            case Refused():
                return None

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """The user of Django's session."""
        model: Any = get_user_model()
        user: AbstractBaseUser | None = model.objects.filter(pk=user_id).first()
        return user if user is not None and user.is_active else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """``user.has_perm("carekey.invoices", client)``: whether they may see that
        of a party, named by its id, or with none their own (V). Whoever is not
        there, or is no user of carekey's, has nothing.
        """
        app, _, resource = perm.partition(".")
        if app != "carekey" or resource not in get_args(Resource) or not user_obj.is_active:
            return False
        try:
            account, party = UUID(user_obj.get_username()), None if obj is None else UUID(str(obj))
            return bool(agency().can_see(account, cast("Resource", resource), party=party))
        except (ValueError, NotFound):
            return False

    def configure(self, user: AbstractBaseUser, session: Session) -> None:
        """Copies onto Django's user what its pages and its admin show. For
        subclasses with a user model of their own.
        """
        known = agency().acting_as(Actor.system("Django")).user(session.account)
        shown = {"first_name": known.first_name, "last_name": known.last_name}
        if known.party is not None:
            shown["email"] = agency().party(known.party).email
        wanted: dict[str, object] = {field: text or "" for field, text in shown.items()}
        if managers_are_staff():
            wanted["is_staff"] = known.is_manager
        changed = {field: value for field, value in wanted.items() if getattr(user, field, None) != value}
        for field, value in changed.items():
            setattr(user, field, value)
        if changed:
            user.save(update_fields=changed)

    def _user(self, session: Session) -> AbstractBaseUser | None:
        # Which model it is, and with which fields, is the site's to say.
        model: Any = get_user_model()
        found: tuple[AbstractBaseUser, bool] = model.objects.get_or_create(
            **{model.USERNAME_FIELD: str(session.account)}
        )
        user, created = found
        if created:
            user.set_unusable_password()
            user.save()
        if not user.is_active:
            agency().sign_out(session.token)
            return None
        self.configure(user, session)
        setattr(user, "carekey_session", session)
        return user

"""The office's pages: users (A3, A4), invitations (S3, I4) and the history (H)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import Any, cast, get_args
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone as zones
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from carekey import Actor, Conflict, Enrolled, InvalidInput, NotAllowed, NotFound, Office, RefusedError
from carekey.django.conf import agency
from carekey.django.language import locale
from carekey.django.middleware import source, visit
from carekey.django.office.forms import NoteForm, ResetForm
from carekey.django.office.lines import names_of, told
from carekey.django.office.words import ACTS, WORDS
from carekey.message import label, labels
from carekey.words import EventKind, OfficeAct, OfficeAction, UserColumn

PAGE = 50
HISTORY_DAYS = 30
"""How far back the history begins where nobody says."""
UNSEEN = {"histories.begun", "history.checkpoint"}
"""What holds histories together and tells of nothing that happened: a feed leaves it out."""


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class OfficeView(TemplateView):
    """A page for ``is_staff`` users: who is not signed in comes back to it after
    signing in. What the act is refused for is Django's 403, what is not there its
    404.
    """

    office: Office
    """With who is signed in: every act is carekey's to allow."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Before anything of the page runs."""
        signed_in = visit(request).signed_in
        user: Any = getattr(request, "user", None)
        if signed_in is None and not (user and user.is_authenticated):
            return redirect_to_login(request.get_full_path(), reverse("carekey:sign-in"))
        if signed_in is None or not user.is_staff:
            raise PermissionDenied
        self.office = agency().acting_as(Actor.account(signed_in.account), source=source(request))
        try:
            response = super().dispatch(request, *args, **kwargs)
            # A page asks while it is shown, and is refused here too.
            return response.render() if isinstance(response, SimpleTemplateResponse) else response
        except NotAllowed as error:
            raise PermissionDenied(error.message(locale())) from error
        except NotFound as error:
            raise Http404(error.message(locale())) from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What every page needs: its frame, its words, what may be done."""
        context = super().get_context_data(**kwargs)
        base = "carekey/base.html"
        if apps.is_installed("django.contrib.admin"):
            from django.contrib import admin

            try:
                reverse("admin:index")
            except NoReverseMatch:
                pass
            else:
                base = "admin/base_site.html"
                # Its list of models has nothing of these pages.
                context = {**admin.site.each_context(self.request), "is_nav_sidebar_enabled": False, **context}
        return {**context, "office_base": base, "words": WORDS}

    def may(self, act: str, roles: set[str]) -> bool:
        """Whether it is worth a button; carekey decides when it is pressed (A7)."""
        return any(one.act == act and roles <= set(one.roles) for one in self.allowed())

    def allowed(self) -> list[Any]:
        """What who is signed in may do of what can be delegated."""
        if not hasattr(self, "_allowed"):
            self._allowed = list(self.office.allowed())
        return self._allowed

    def said(self, error: InvalidInput | Conflict | RefusedError) -> str:
        """All that was wrong, in the language of the page."""
        found = [finding.message(locale()) for finding in error.findings] or [error.message(locale())]
        return "; ".join(found)


class UsersView(OfficeView):
    """The list of users: found, sorted, in pages."""

    template_name = "carekey/office/users.html"
    columns: tuple[UserColumn, ...] = ("display_name", "username", "status", "last_logon", "created", "description")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the address asks for."""
        asked = self.request.GET
        text, disabled, down = asked.get("q", ""), "disabled" in asked, "down" in asked
        sort = cast("UserColumn", asked.get("sort", "display_name"))
        if sort not in self.columns:
            raise Http404
        page = max(1, int(asked["page"])) if asked.get("page", "").isdecimal() else 1
        found = self.office.users(
            filter=text, show_disabled=disabled, sort=sort, descending=down, offset=(page - 1) * PAGE, limit=PAGE
        )

        def at(**change: object) -> str:
            query = {"q": text, "disabled": disabled, "sort": sort, "down": down, "page": page, **change}
            return "?" + urlencode({name: value for name, value in query.items() if value})

        titles = {"display_name": "name"}
        headings = [
            {
                "text": WORDS[titles.get(column, column)],
                "at": at(sort=column, down=column == sort and not down, page=None),
                "sorted": None if column != sort else "descending" if down else "ascending",
            }
            for column in self.columns
        ]
        rows = [{"user": user, "state": label("state", user.state, locale()), "description": _described(user)} for user in found.users]
        return super().get_context_data(
            title=WORDS["users"],
            rows=rows,
            headings=headings,
            active=found.active,
            q=text,
            disabled=disabled,
            before=at(page=page - 1) if page > 1 else None,
            after=at(page=page + 1) if page * PAGE < found.found else None,
            **kwargs,
        )


class UserView(OfficeView):
    """One user: what is known, what can be done, what happened."""

    template_name = "carekey/office/user.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Buttons for what may be done with the state that it is in."""
        account: UUID = self.kwargs["account"]
        user = self.office.user(account)
        roles = set[str]() if user.party is None else set[str](agency().party(user.party).roles)
        fit = ["enable"] if user.state == "disabled" else ["disable", "unlock", "end_sessions"]
        if user.state in {"invited", "password_due"}:
            fit.append("send_again")
        kwargs.setdefault("reset", ResetForm() if self.may("reset_password", roles) else None)
        kwargs.setdefault("note", NoteForm(initial={"note": user.note}) if self.may("set_note", roles) else None)
        return super().get_context_data(
            title=user.display_name,
            known=user,
            state=label("state", user.state, locale()),
            description=_described(user),
            acts=[(act, ACTS[act]) for act in fit if self.may(act, roles)],
            lines=self._history(account),
            **kwargs,
        )

    def _history(self, account: UUID) -> list[Any] | None:
        """For those to whom carekey tells histories; nobody else has a list of it."""
        try:
            self.office.feed(limit=1)
        except NotAllowed:
            return None
        return told(list(reversed(agency().history(account)))[:PAGE])

    def post(self, request: HttpRequest, account: UUID) -> HttpResponse:
        """An act, and the page again."""
        act = request.POST.get("act", "")
        form: ResetForm | NoteForm | None = None
        try:
            if act == "reset_password":
                form = ResetForm(request.POST)
                if form.is_valid():
                    given = form.cleaned_data
                    self.office.reset_password(account, given["password"], confirm=given["confirm"])
            elif act == "set_note":
                form = NoteForm(request.POST)
                if form.is_valid():
                    self.office.set_note(account, form.cleaned_data["note"])
            elif act in _ACTS:
                done = _ACTS[act](self.office, account)
                if done is not None and done.hand_over is not None:
                    return self.render_to_response(self.get_context_data(hand_over=done.hand_over.reveal()))
            else:
                raise Http404
        except (InvalidInput, Conflict, RefusedError) as error:
            if form is not None and isinstance(error, InvalidInput) and error.findings:
                form.refuse(error)
            else:
                return self.render_to_response(self.get_context_data(wrong=self.said(error)), status=422)
        if form is not None and form.errors:
            shown = {"reset" if isinstance(form, ResetForm) else "note": form}
            return self.render_to_response(self.get_context_data(**shown), status=422)
        _tell(request)
        return redirect("carekey-office:user", account)


_ACTS: dict[str, Callable[[Office, UUID], Enrolled | None]] = {
    "disable": lambda office, account: office.disable(account),
    "enable": lambda office, account: office.enable(account),
    "unlock": lambda office, account: office.unlock(account),
    "end_sessions": lambda office, account: office.end_sessions(account),
    "send_again": lambda office, account: office.send_again(account),
}


class InvitationsView(OfficeView):
    """Applications and their invitations, each with the one thing to do (I4)."""

    template_name = "carekey/office/invitations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newest first, those that fit."""
        text = self.request.GET.get("q", "")
        pages = self.office.applications_by(search=text, page=PAGE)
        rows: list[dict[str, object]] = []
        for one in islice(pages, PAGE):
            fit: list[str] = [one.next_action or "unlink"]
            if one.next_action == "reinvite" and one.invitation == "live":
                fit.append("cancel_invitation")
            rows.append({"application": one, "acts": [(act, ACTS[act]) for act in fit if self._may(act)]})
        return super().get_context_data(
            title=WORDS["invitations"], rows=rows, q=text, as_of=datetime.now(timezone.utc).isoformat(), **kwargs
        )

    def _may(self, act: str) -> bool:
        return self.may(cast("OfficeAct", act), {"family"})

    def post(self, request: HttpRequest) -> HttpResponse:
        """One act on one application; a second click sends nothing twice (I9)."""
        act, id = request.POST.get("act", ""), request.POST.get("application", "")
        as_of = parse_datetime(request.POST.get("as_of", ""))
        try:
            if act == "cancel_invitation":
                self.office.cancel_invitation(application=id)
                wrong = None
            elif act in get_args(OfficeAction) and as_of is not None:
                [row] = self.office.batch(cast("OfficeAction", act), applications=[id], as_of=as_of)
                wrong = None if row.done else "; ".join(finding.message(locale()) for finding in row.findings)
            else:
                raise Http404
        except (InvalidInput, Conflict, RefusedError) as error:
            wrong = self.said(error)
        if wrong is not None:
            return self.render_to_response(self.get_context_data(wrong=wrong), status=422)
        _tell(request)
        return redirect(request.get_full_path())


class HistoryView(OfficeView):
    """What happened in the agency, in the order in which it came to be seen, and
    whether it is as it was written (H).
    """

    template_name = "carekey/office/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """From a day on, of one kind or of all; the next page is behind a cursor."""
        asked = self.request.GET
        kind = asked.get("kind", "")
        if kind and kind not in get_args(EventKind):
            raise Http404
        day = _day(asked.get("since", "")) or (zones.now() - timedelta(days=HISTORY_DAYS)).date()
        since = zones.make_aware(datetime(day.year, day.month, day.day))
        kinds: list[EventKind] = [cast("EventKind", kind)] if kind else []
        try:
            page = self.office.feed(after=asked.get("after"), kinds=kinds, since=since, limit=PAGE)
        except InvalidInput as error:
            raise Http404 from error
        return super().get_context_data(
            title=WORDS["history"],
            lines=told(page.lines, names_of(self.office, {line.account for line in page.lines if line.account})),
            feed=True,
            whole=_is_whole(),
            kinds=[one for one in labels("event_kind", locale()) if one.word not in UNSEEN],
            kind=kind,
            since=day.isoformat(),
            after="?" + urlencode({"kind": kind, "since": day.isoformat(), "after": page.next}) if page.more else None,
            **kwargs,
        )


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _is_whole() -> bool:
    try:
        agency().verify_agency_history()
    except Conflict:
        return False
    return True


def _described(user: Any) -> str:
    return "" if user.description is None else user.description.text(locale())


def _tell(request: HttpRequest) -> None:
    if hasattr(request, "_messages"):
        messages.success(request, str(WORDS["done"]))

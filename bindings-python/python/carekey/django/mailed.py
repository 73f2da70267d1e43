"""The pages that mails lead to: activation, invitation, and a new contact that is
confirmed or objected to (N, I7, C2). And what users do by themselves: a forgotten
password (E6), another password, signing out.

What a link carries stands behind its `#`, which no server and no log is sent; a
small script puts it into the form. Looking at a page uses nothing up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from carekey import Conflict, InvalidInput, Linked, NewAccount, Recovery, RefusedError, SignInFirst
from carekey.django.conf import agency
from carekey.django.forms import (
    ActivateForm,
    AnswersForm,
    ChangePasswordForm,
    CodeForm,
    ForgotForm,
    InvitationForm,
    LinkForm,
    RecoveredForm,
    RecoveryForm,
    StepForm,
)
from carekey.django.language import locale, said
from carekey.django.middleware import source, visit
from carekey.django.views import to_step

if TYPE_CHECKING:
    _FormView = FormView[StepForm]
else:
    _FormView = FormView

@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ActView(_FormView):
    """A page with one act. What the core finds wrong with it stands in the form,
    and so does a refusal, which says no more than that.
    """

    template_name = "carekey/form.html"
    done: str | None = None
    """What is said once it is done."""

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Does it."""
        try:
            response = self.act(form)
        except InvalidInput as error:
            form.refuse(error)
            if not error.findings:
                form.add_error(None, error.message(locale()))
            return self.form_invalid(form)
        except (RefusedError, Conflict) as error:
            form.add_error(None, error.message(locale()))
            return self.form_invalid(form)
        if self.done is not None and hasattr(self.request, "_messages"):
            messages.success(self.request, str(self.done))
        return response

    def act(self, form: Any) -> HttpResponse:
        """The act, and where it leads."""
        raise NotImplementedError


class ActivateView(ActView):
    """The page of an activation link: a password, and then signing in (S0)."""

    form_class = ActivateForm
    extra_context = {
        "title": said("Activate your account", "Active su cuenta"),
        "act": said("Save password", "Guardar contraseña"),
    }
    done = said("Your password is set. Please sign in.", "Su contraseña está lista. Inicie sesión.")

    def act(self, form: Any) -> HttpResponse:
        """It signs nobody in."""
        given = form.cleaned_data
        agency().activate(given["link"], given["password"], confirm=given["confirm"], source=source(self.request))
        return redirect("carekey:sign-in")


class InvitationView(ActView):
    """The page of an invitation: by its link or by its code (I3, I8)."""

    form_class = InvitationForm
    extra_context = {"title": said("Accept your invitation", "Acepte su invitación")}

    def act(self, form: Any) -> HttpResponse:
        """To the password of a new account; with a session, it is linked."""
        given, here = form.cleaned_data, visit(self.request)
        session, whence = (here.token if here.signed_in is not None else None), source(self.request)
        if given["link"]:
            answer = agency().redeem_link(given["link"], session=session, source=whence)
        else:
            answer = agency().redeem_code(given["code"], given["contact"], session=session, source=whence)
        match answer:
            case NewAccount():
                here.step = answer
                return to_step(self.request, "")
            case Linked():
                return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
            case SignInFirst():
                form.add_error(
                    None,
                    said(
                        "You have an account already: sign in, and then open the message once more.",
                        "Usted ya tiene una cuenta: inicie sesión y abra el mensaje otra vez.",
                    ),
                )
                return self.form_invalid(form)


class ConfirmView(ActView):
    """A new e-mail address or phone number is its user's (C2)."""

    form_class = LinkForm
    extra_context = {"title": said("Confirm that this is yours", "Confirme que esto es suyo")}
    done = said("It is confirmed.", "Está confirmado.")

    def act(self, form: Any) -> HttpResponse:
        """The username may follow."""
        agency().confirm_contact(form.cleaned_data["link"], source=source(self.request))
        return redirect("carekey:sign-in")


class ObjectView(ActView):
    """A new e-mail address or phone number is not its user's (C2)."""

    form_class = LinkForm
    extra_context = {"title": said("This is not mine", "Esto no es mío")}
    done = said("The office will look at it.", "La oficina lo revisará.")

    def act(self, form: Any) -> HttpResponse:
        """It stands in the office's review."""
        agency().object_to_contact(form.cleaned_data["link"], source=source(self.request))
        return redirect("carekey:sign-in")


class ForgotView(ActView):
    """A forgotten password, step by step on one page: each form carries the token
    of its step. Whether there is such a user is never said.
    """

    extra_context = {
        "title": said("Forgotten password", "Contraseña olvidada"),
        "act": said("Continue", "Continuar"),
    }

    def get_form_class(self) -> type[StepForm]:
        """The form of the step that is posted."""
        steps: dict[str, type[StepForm]] = {
            "code": CodeForm, "questions": AnswersForm, "new_password": RecoveredForm,
        }  # fmt: skip
        return steps.get(self.request.POST.get("step", ""), ForgotForm)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which step it is goes with the form."""
        context = super().get_context_data(**kwargs)
        if "step" not in context:
            context["step"] = self.request.POST.get("step", "")
        form = context["form"]
        if isinstance(form, AnswersForm):
            context["asked"] = [question.id for question in form.asked]
        return context

    def act(self, form: Any) -> HttpResponse:
        """The next step, or the end."""
        given, whence = form.cleaned_data, source(self.request)
        match form:
            case CodeForm():
                return self._next(agency().recovery_code(given["token"], given["code"], source=whence))
            case AnswersForm():
                return self._next(agency().recovery_answers(given["token"], form.answers(), source=whence))
            case RecoveredForm():
                visit(self.request).know(
                    agency().finish_recovery(given["token"], given["password"], confirm=given["confirm"], source=whence)
                )
                return redirect("carekey:sign-in")
            case _:
                return self._next(agency().recover(given["username"], source=whence))

    def _next(self, recovery: Recovery) -> HttpResponse:
        token = {"token": recovery.token.reveal()}
        form: RecoveryForm
        match recovery.asks:
            case "code":
                form = CodeForm(initial=token)
            case "questions":
                form = AnswersForm(initial=token, asked=recovery.questions)
            case _:
                form = RecoveredForm(initial=token)
        return self.render_to_response(self.get_context_data(form=form, step=recovery.asks))


class SignedInMixin(View):
    """A page for who is signed in through carekey; others come back to it after
    signing in.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Before anything of the page runs."""
        if visit(request).signed_in is None:
            return redirect_to_login(request.path, reverse("carekey:sign-in"))
        return super().dispatch(request, *args, **kwargs)

    def token(self) -> str:
        """The session's, for what its user does themselves."""
        return visit(self.request).token or ""


class ChangePasswordView(SignedInMixin, ActView):
    """Another password, by someone who is signed in (E5)."""

    form_class = ChangePasswordForm
    extra_context = {
        "title": said("Change your password", "Cambie su contraseña"),
        "act": said("Save password", "Guardar contraseña"),
    }

    def act(self, form: Any) -> HttpResponse:
        """All other sessions end; this one goes on under a new token."""
        given, here = form.cleaned_data, visit(self.request)
        session = agency().change_password(
            self.token(), given["current"], given["password"], confirm=given["confirm"], source=source(self.request)
        )
        here.keep(session)
        self.request.session.cycle_key()
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


class SignOutView(View):
    """Ends both sessions, carekey's and Django's. Only by POST, so that no link and
    no picture does it.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """To the sign-in page."""
        logout(request)
        return redirect("carekey:sign-in")

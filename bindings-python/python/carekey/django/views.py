"""Signing in, and the steps it may lead to (E2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from carekey import InvalidInput, RefusedError, SetQuestions, SignIn
from carekey.django.backends import CarekeyBackend
from carekey.django.conf import agency
from carekey.django.forms import ChoosePasswordForm, SetQuestionsForm, SignInForm, StepForm
from carekey.django.language import said
from carekey.django.middleware import source, visit

if TYPE_CHECKING:
    _FormView = FormView[StepForm]
else:
    _FormView = FormView


class SignInView(LoginView):
    """Django's login view, that goes on to a step where one is due."""

    authentication_form = SignInForm
    template_name = "carekey/form.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Nobody was signed in: a step is due, or the form again."""
        if visit(self.request).step is None:
            return super().form_invalid(form)
        return to_step(self.request, self.get_redirect_url())


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class StepView(RedirectURLMixin, _FormView):
    """A page that is reached only with the token of its step."""

    template_name = "carekey/form.html"

    def get_default_redirect_url(self) -> str:
        """Where a sign-in leads without ``next``."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a step, back to the beginning."""
        if visit(request).step_token is None:
            return redirect("carekey:sign-in")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Goes on with the step: signed in, to the next one, the form again,
        or, where it has lapsed, back to the beginning.
        """
        token = visit(self.request).step_token
        assert token is not None
        backend = CarekeyBackend()
        try:
            answer = self.go_on(token, form)
        except InvalidInput as error:
            form.refuse(error)
            return self.form_invalid(form)
        except RefusedError:
            return redirect("carekey:sign-in")
        user = backend.take(self.request, answer)
        if user is None:
            return to_step(self.request, self.get_redirect_url())
        login(self.request, user, f"{CarekeyBackend.__module__}.{CarekeyBackend.__qualname__}")
        return redirect(self.get_success_url())

    def go_on(self, token: str, form: Any) -> SignIn:
        """What the agency answers."""
        raise NotImplementedError


class ChoosePasswordView(StepView):
    """After a temporary password: one of their own (P8)."""

    form_class = ChoosePasswordForm
    extra_context = {
        "title": said("Choose a password", "Elija una contraseña"),
        "act": said("Save password", "Guardar contraseña"),
    }

    def go_on(self, token: str, form: Any) -> SignIn:
        """What the agency answers."""
        given = form.cleaned_data
        return agency().choose_password(
            token, given["password"], confirm=given["confirm"], source=source(self.request)
        )


class SetQuestionsView(StepView):
    """The security questions (Q1)."""

    form_class = SetQuestionsForm
    extra_context = {
        "title": said("Security questions", "Preguntas de seguridad"),
        "act": said("Save my answers", "Guardar mis respuestas"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """With a step that has lapsed, back to the beginning."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except RefusedError:
            return redirect("carekey:sign-in")

    def get_form_kwargs(self) -> dict[str, Any]:
        """How many there are depends on who they are."""
        return {**super().get_form_kwargs(), "token": visit(self.request).step_token}

    def go_on(self, token: str, form: Any) -> SignIn:
        """What the agency answers."""
        return agency().set_questions(token, form.answers(), source=source(self.request))


def to_step(request: HttpRequest, next_url: str) -> HttpResponse:
    step = visit(request).step
    page = "carekey:choose-password" if not isinstance(step, SetQuestions) else "carekey:set-questions"
    query = f"?{urlencode({REDIRECT_FIELD_NAME: next_url})}" if next_url else ""
    return redirect(resolve_url(page) + query)

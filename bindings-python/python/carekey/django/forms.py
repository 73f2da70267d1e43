"""The forms of signing in and of its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from carekey import Finding, InvalidInput
from carekey.django.conf import agency
from carekey.django.language import LOCALES, locale, said
from carekey.password import Question, questions


class SignInForm(AuthenticationForm):
    """Username and password, and whether to be remembered (E5)."""

    remember = forms.BooleanField(label=said("Remember me", "Recordarme"), required=False)

    def clean(self) -> dict[str, Any]:
        """Signs in. Why someone is refused is not said (E3)."""
        given = self.cleaned_data
        self.user_cache = authenticate(
            self.request,
            username=given.get("username"),
            password=given.get("password"),
            remember=given.get("remember", False),
        )
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        return given


class StepForm(forms.Form):
    """A step: what the core finds wrong with it stands beside the fields."""

    def refuse(self, error: InvalidInput) -> None:
        """Shows the findings."""
        for finding in error.findings:
            self.add_error(self.field_of(finding), finding.message(locale()))

    def field_of(self, finding: Finding) -> str | None:
        """The field that a finding is about; ``answers.1`` is the second answer."""
        field = finding.field.replace("answers.", "answer_")
        return field if field in self.fields else None


class ChoosePasswordForm(StepForm):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("New password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    confirm = forms.CharField(
        label=_("New password confirmation"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class SetQuestionsForm(StepForm):
    """As many questions as whoever holds the token is asked, each with its answer (Q1)."""

    def __init__(self, *args: Any, token: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = agency().question_count(token)
        choices = [(question.id, question.text(locale())) for question in questions()]
        for number in range(self.count):
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=said(f"Question {number + 1}", f"Pregunta {number + 1}"), choices=choices, initial=choices[number][0]
            )
            self.fields[f"answer_{number}"] = forms.CharField(
                label=said(f"Answer {number + 1}", f"Respuesta {number + 1}"), widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def answers(self) -> dict[str, str]:
        """The answers by question; of a question chosen twice, the last."""
        given = self.cleaned_data
        return {given[f"question_{number}"]: given[f"answer_{number}"] for number in range(self.count)}


class LinkForm(StepForm):
    """What a link of a mail carries behind its `#`, which no server is sent: the
    script of the page puts it here. Without scripts, people paste the link.
    """

    link = forms.CharField(
        label=said("The link of the message", "El enlace del mensaje"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-link": ""}),
    )

    def clean_link(self) -> str:
        """The part that counts of a link that was pasted whole."""
        link: str = self.cleaned_data["link"]
        return link.rpartition("#")[2].strip()


class ActivateForm(LinkForm, ChoosePasswordForm):
    """The link of an activation, and a password typed twice."""

    field_order = ("link", "password", "confirm")


class InvitationForm(StepForm):
    """The link of an invitation, or its code with whom it was sent to."""

    link = forms.CharField(
        label=said("The link of the message", "El enlace del mensaje"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-link": ""}),
    )
    code = forms.CharField(
        label=said("Or the code", "O el código"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(
        label=said(
            "Together with your e-mail, your phone, or the application number",
            "Junto con su correo, su teléfono o el número de la solicitud",
        ),
        required=False,
    )

    def clean_link(self) -> str:
        """The part that counts of a link that was pasted whole."""
        link: str = self.cleaned_data["link"]
        return link.rpartition("#")[2].strip()

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = self.cleaned_data
        if not given.get("link") and not (given.get("code") and given.get("contact")):
            self.add_error(
                "code",
                said(
                    "Open the link of the message, or enter the code and the contact.",
                    "Abra el enlace del mensaje, o escriba el código y el contacto.",
                ),
            )
        return given


class ChangePasswordForm(ChoosePasswordForm):
    """The password that is, and the one that comes."""

    current = forms.CharField(
        label=_("Old password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ("current", "password", "confirm")


class ChangeContactForm(StepForm):
    """Another e-mail address or phone number, with the password (C3)."""

    method = forms.ChoiceField(
        label=said("What it is", "Qué es"),
        choices=[("email", _("Email address")), ("sms", said("Phone", "Teléfono"))],
    )
    address = forms.CharField(
        label=said("The new address or number", "La nueva dirección o el nuevo número"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    current = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ChangeQuestionsForm(SetQuestionsForm):
    """Other questions, with the password (Q5)."""

    current = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class LanguageForm(StepForm):
    """In which language its user is written to (C3)."""

    language = forms.ChoiceField(
        label=said("You are written to in", "Se le escribe en"),
        choices=[(tag, get_language_info(tag)["name_local"]) for tag in LOCALES],
    )


class ForgotForm(StepForm):
    """Whose password it is (E6)."""

    username = forms.CharField(label=said("Username", "Nombre de usuario"), widget=forms.TextInput(attrs={"autocomplete": "username"}))


class RecoveryForm(StepForm):
    """A step of a recovery, with the token that the one before gave."""

    token = forms.CharField(widget=forms.HiddenInput)


class CodeForm(RecoveryForm):
    """The code that was sent."""

    code = forms.CharField(
        label=said("The code that we sent you", "El código que le enviamos"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AnswersForm(RecoveryForm):
    """The answers to the questions that are asked, all together (Q4)."""

    def __init__(self, *args: Any, asked: list[Question] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {question.id: question for question in questions()}
        # Which were asked comes back with the form; the core knows it too.
        chosen: list[str] = self.data.getlist("asked") if isinstance(self.data, QueryDict) else []
        self.asked = asked or [known[id] for id in chosen if id in known]
        for question in self.asked:
            self.fields[f"answer_{question.id}"] = forms.CharField(
                label=question.text(locale()), widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def answers(self) -> dict[str, str]:
        """The answers by question."""
        return {question.id: self.cleaned_data[f"answer_{question.id}"] for question in self.asked}


class RecoveredForm(RecoveryForm, ChoosePasswordForm):
    """The new password, typed twice."""

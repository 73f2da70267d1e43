"""The forms of signing in and of its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from carekey import Finding, InvalidInput
from carekey.django.conf import agency
from carekey.django.language import locale
from carekey.password import questions


class SignInForm(AuthenticationForm):
    """Username and password, and whether to be remembered (E5)."""

    remember = forms.BooleanField(label=_("Remember me"), required=False)

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
    """As many questions as the policy asks, each with its answer (Q1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count: int = agency().settings.policy.to_dict()["questions"]["count"]
        choices = [(question.id, question.text(locale())) for question in questions()]
        for number in range(self.count):
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=_("Question"), choices=choices, initial=choices[number][0]
            )
            self.fields[f"answer_{number}"] = forms.CharField(
                label=_("Answer"), widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def answers(self) -> dict[str, str]:
        """The answers by question; of a question chosen twice, the last."""
        given = self.cleaned_data
        return {given[f"question_{number}"]: given[f"answer_{number}"] for number in range(self.count)}

"""The forms of the office's pages."""

from __future__ import annotations

from django import forms

from carekey.django.forms import ChoosePasswordForm, StepForm
from carekey.django.language import said


class ResetForm(ChoosePasswordForm):
    """A temporary password, typed twice (A4, P8)."""


class NoteForm(StepForm):
    """The note of an account (A5)."""

    note = forms.CharField(
        label=said("What the office should know", "Lo que la oficina debe saber"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

"""The pages of signing in."""

from __future__ import annotations

from django.urls import path

from carekey.django.views import ChoosePasswordView, SetQuestionsView, SignInView

app_name = "carekey"
urlpatterns = [
    path("sign-in", SignInView.as_view(), name="sign-in"),
    path("choose-password", ChoosePasswordView.as_view(), name="choose-password"),
    path("set-questions", SetQuestionsView.as_view(), name="set-questions"),
]

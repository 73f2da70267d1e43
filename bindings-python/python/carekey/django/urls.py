"""The pages of a portal's door. The addresses of those that mails lead to are the
messages' own: :func:`carekey.message.page_of`.
"""

from __future__ import annotations

from django.urls import path

from carekey.django import assets, mailed, own
from carekey.django.views import ChoosePasswordView, SetQuestionsView, SignInView

app_name = "carekey"
urlpatterns = [
    path("sign-in", SignInView.as_view(), name="sign-in"),
    path("sign-out", mailed.SignOutView.as_view(), name="sign-out"),
    path("choose-password", ChoosePasswordView.as_view(), name="choose-password"),
    path("set-questions", SetQuestionsView.as_view(), name="set-questions"),
    path("activate", mailed.ActivateView.as_view(), name="activate"),
    path("invitation", mailed.InvitationView.as_view(), name="invitation"),
    path("confirm", mailed.ConfirmView.as_view(), name="confirm"),
    path("object", mailed.ObjectView.as_view(), name="object"),
    path("forgot", mailed.ForgotView.as_view(), name="forgot"),
    path("change-password", mailed.ChangePasswordView.as_view(), name="change-password"),
    path("sessions", own.SessionsView.as_view(), name="sessions"),
    path("contacts", own.ContactsView.as_view(), name="contacts"),
    path("change-questions", own.ChangeQuestionsView.as_view(), name="change-questions"),
    path("language", own.LanguageView.as_view(), name="language"),
    path("carekey.css", assets.style, name="style"),
    path("carekey-link.js", assets.link_script, name="link-script"),
]

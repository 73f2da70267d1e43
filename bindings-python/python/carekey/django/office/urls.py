"""The addresses of the office's pages."""

from __future__ import annotations

from django.urls import path

from carekey.django import assets
from carekey.django.office import views

app_name = "carekey-office"
urlpatterns = [
    path("", views.UsersView.as_view(), name="users"),
    path("users/<uuid:account>", views.UserView.as_view(), name="user"),
    path("invitations", views.InvitationsView.as_view(), name="invitations"),
    path("office.css", assets.office_style, name="style"),
    path("history", views.HistoryView.as_view(), name="history"),
]

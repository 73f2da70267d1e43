"""The app."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import checks


class CarekeyConfig(AppConfig):
    """Ties carekey's sessions to Django's."""

    name = "carekey.django"
    label = "carekey"
    verbose_name = "carekey"

    def ready(self) -> None:
        """Listens to Django's sign-in and sign-out, and checks the settings."""
        from carekey.django import conf, middleware

        user_logged_in.connect(middleware.keep_session, dispatch_uid="carekey")
        user_logged_out.connect(middleware.end_session, dispatch_uid="carekey")
        checks.register(conf.check_settings, checks.Tags.security)

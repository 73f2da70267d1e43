"""Settings of the site: a real SQLite file each, for Django and for carekey."""

import os
from pathlib import Path

FOLDER = Path(os.environ["PORTAL_FOLDER"])

SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "tests.apps.portal.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "django.db"}}
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "carekey.django",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "carekey.django.middleware.CarekeyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
STATIC_URL = "static/"
AUTHENTICATION_BACKENDS = ["carekey.django.backends.CarekeyBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "carekey:sign-in"
LOGIN_REDIRECT_URL = "/me"
SESSION_COOKIE_SECURE = True
# From Django 6.1 on; what is before passes it over.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
DEFAULT_FROM_EMAIL = "Harbor <office@example.com>"
USE_TZ = True

CAREKEY = {
    "ADDRESS": f"sqlite:{FOLDER / 'agency.db'}",
    "KEY": lambda: "7b" * 32,
    "AGENCY": "104",
    "MANAGERS_ARE_STAFF": True,
}

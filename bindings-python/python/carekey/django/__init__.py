"""carekey for Django (extra ``django``).

Accounts, passwords, sessions and their rules are carekey's; Django's own user
is a shadow of the account, without a password. In the settings::

    CAREKEY = {
        "ADDRESS": "sqlite:/srv/agency/agency.db",
        "KEY": os.environ["CAREKEY_KEY"],  # or bytes, or a callable that fetches it
        "AGENCY": "104",
    }
    INSTALLED_APPS += ["carekey.django"]
    AUTHENTICATION_BACKENDS = ["carekey.django.backends.CarekeyBackend"]
    MIDDLEWARE += ["carekey.django.middleware.CarekeyMiddleware"]  # after authentication

and in the URLs ``path("", include("carekey.django.urls"))``: a sign-in page, the
steps it may lead to, and what users see to by themselves; the office's pages are
:mod:`carekey.django.office`. Views ask ``request.carekey.can_see("invoices",
party=client)``. ``manage.py carekey`` reads rosters and sends messages.
"""

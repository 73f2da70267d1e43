"""Pages of the office, for ``is_staff`` users who are signed in through carekey:
users, invitations and the history, read and acted on. In the URLs::

    path("admin/carekey/", include("carekey.django.office.urls")),

before those of Django's admin, where the site has it: the pages look like its
own then. Their templates are ``carekey/office/*.html``, to be replaced like any
other.

Whoever is signed in acts as their account, so carekey decides each act from
their part in the agency: Django's ``is_staff`` opens the door, and nothing more.
"""

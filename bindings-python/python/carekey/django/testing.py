"""For a site's own tests: signing in as somebody, through the real pages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from carekey.django.middleware import SESSION_COOKIE


def sign_in(client: Client, username: str, password: str, **headers: Any) -> None:
    """Signs somebody in who is all the way through their first login. The cookies
    are the client's from then on.

    Raises ``AssertionError`` where nobody is signed in by it.
    """
    client.post(reverse("carekey:sign-in"), {"username": username, "password": password}, secure=True, **headers)
    cookie = client.cookies.get(SESSION_COOKIE)
    assert cookie is not None and cookie.value, f"{username} is not signed in: refused, or a step is due first"

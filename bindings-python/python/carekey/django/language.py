"""The language of the page."""

from __future__ import annotations

from django.utils.translation import get_language

from carekey.words import Locale


def locale() -> Locale:
    """The language of the page, where carekey speaks it; else English."""
    return "es" if (get_language() or "").startswith("es") else "en"

"""The language of the page."""

from __future__ import annotations

from typing import cast

from django.utils.functional import lazystr
from django.utils.translation import get_language

from carekey.words import Locale


LOCALES: tuple[Locale, ...] = ("en", "es")
"""Those that carekey ships texts in."""


def locale() -> Locale:
    """The language of the page, where carekey speaks it; else English."""
    return "es" if (get_language() or "").startswith("es") else "en"


class _Said:
    def __init__(self, en: str, es: str) -> None:
        self._texts = {"en": en, "es": es}

    def __str__(self) -> str:
        return self._texts[locale()]


def said(en: str, es: str) -> str:
    """A text of the pages, in the language that the page has when it is shown."""
    return cast("str", lazystr(_Said(en, es)))

"""The table of codes: what each weighs and says, in each language."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from typing import get_args

from carekey import Finding, InvalidInput
from carekey.words import Locale
from tests.cases.shared import Call, Json


def message(given: Json) -> Json:
    """The texts of a code, filled in."""
    try:
        finding = Finding(given["code"], "field", params=given.get("params", {}))
    except InvalidInput as error:
        assert error.code == "input.unknown_word"
        return {"unknown": True}
    return {"severity": finding.severity, **{locale: finding.message(locale) for locale in get_args(get_args(Locale)[0])}}


CALLS: dict[str, Call] = {"finding.message": message}

"""A further language is a file, and one like those that ship (N)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from carekey import InvalidInput
from carekey.message import label, load_language, shipped, span
from carekey.password import questions

FILE = Path(__file__).parents[2] / "tests" / "languages" / "pl.json"


def test_a_language_that_was_loaded_is_said() -> None:
    assert load_language(FILE.read_bytes()) == "pl"
    assert span(timedelta(hours=22), "pl") == "22 godziny"
    assert label("event_kind", "invitation.sent", "pl") == "Zaproszenie wysłane"
    assert label("locale", "pl") == "Polski"
    assert shipped("activation", "email", "pl").subject == "Aktywuj swoje konto: {agency}"
    first = questions()[0]
    assert first.texts == {"en": first.en, "es": first.es, "pl": first.text("pl")}
    assert first.text("pl") not in (first.en, first.es)


def test_who_names_a_language_that_has_no_texts_is_told_which_have() -> None:
    load_language(FILE.read_bytes())
    with pytest.raises(InvalidInput) as caught:
        span(timedelta(hours=22), "de")
    assert (caught.value.code, caught.value.params["choices"]) == ("input.unknown_word", "en, es, pl")


def test_what_a_file_lacks_is_named() -> None:
    texts = json.loads(FILE.read_text(encoding="utf-8"))
    del texts["roles"]["payer"]
    with pytest.raises(InvalidInput) as caught:
        load_language(json.dumps(texts).encode())
    assert [(finding.field, finding.code) for finding in caught.value.findings] == [
        ("roles.payer", "language.text_missing")
    ]
    with pytest.raises(InvalidInput) as caught:
        load_language(b"{")
    assert caught.value.code == "language.malformed"

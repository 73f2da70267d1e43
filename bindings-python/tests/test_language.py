"""A further language is a file, and one like those that ship (N)."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from carekey import InvalidInput
from carekey.message import load_language, shipped, span

FILE = Path(__file__).parents[2] / "tests" / "languages" / "pl.json"


def test_a_language_that_was_loaded_is_said() -> None:
    assert load_language(FILE.read_bytes()) == "pl"
    assert span(timedelta(hours=22), "pl") == "22 godziny"
    assert shipped("activation", "email", "pl").subject == "Aktywuj swoje konto: {agency}"


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

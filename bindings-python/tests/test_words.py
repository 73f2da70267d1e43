"""The words are those of the core: none is missing, none is one more."""

from __future__ import annotations

from typing import get_args

from carekey import _carekey as native
from carekey import words


def test_every_set_of_words_is_that_of_the_core() -> None:
    core = dict(native._words())
    ours = {name: list(get_args(value)) for name, value in vars(words).items() if get_args(value)}
    assert ours == core
    assert len(core["Code"]) > 180 and "snapshot.forged" in core["Code"]

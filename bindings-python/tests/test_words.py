"""The words are those of the core: none is missing, none is one more."""

from __future__ import annotations

from typing import get_args

from carekey import _carekey as native
from carekey import words


def test_every_set_of_words_is_that_of_the_core() -> None:
    core = dict(native._words())
    # A set that a host can add to is of these or any other text.
    ours = {
        name: [word for one in get_args(value) for word in get_args(one) or [one] if word is not str]
        for name, value in vars(words).items()
        if get_args(value)
    }
    assert ours == core
    assert len(core["Code"]) > 180 and "snapshot.forged" in core["Code"]

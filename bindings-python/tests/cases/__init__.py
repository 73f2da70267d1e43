"""Answers the calls of the cases in `tests/cases/` through the public API: one
module for each part of the rulebook, as in Rust."""

# pyright: basic
# JSON has no types to be strict about.

from __future__ import annotations

from tests.cases import (
    account,
    finding,
    history,
    invitation,
    password,
    policy,
    roster,
    scenario,
    snapshot,
    username,
    visibility,
)
from tests.cases.shared import Call

CALLS: dict[str, Call] = {
    **account.CALLS,
    **finding.CALLS,
    **history.CALLS,
    **invitation.CALLS,
    **password.CALLS,
    **policy.CALLS,
    **roster.CALLS,
    **scenario.CALLS,
    **snapshot.CALLS,
    **username.CALLS,
    **visibility.CALLS,
}
"""What answers each call: it takes what is given and returns what comes out."""

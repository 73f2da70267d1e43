"""carekey's password rules for passwords that Django itself keeps.

In the settings::

    AUTH_PASSWORD_VALIDATORS = [{
        "NAME": "carekey.django.password_validation.PolicyValidator",
        "OPTIONS": {"policy": "nist_800_63b_4"},
    }]

Whoever signs in through carekey needs none: there the agency's own policy
holds.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from carekey import Policy
from carekey.django.language import locale
from carekey.password import Person, check_password

_PRESETS = {
    "agency": Policy.agency,
    "evv_state": Policy.evv_state,
    "nist_800_63b_4": Policy.nist_800_63b_4,
}


class PolicyValidator:
    """Every rule of a policy at once (P1, P2), the block list and the person's
    own names among them. ``policy`` is a :class:`carekey.Policy`, or the name
    of a preset.
    """

    def __init__(self, policy: Policy | str = "agency") -> None:
        self.policy = _PRESETS[policy]() if isinstance(policy, str) else policy

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError`` with an error for each rule that is not
        met; its code is the finding's.
        """
        checklist = check_password(password, person=_person(user), policy=self.policy)
        if not checklist.passes:
            raise ValidationError(
                [ValidationError(finding.message(locale()), code=finding.code) for finding in checklist.findings]
            )

    def get_help_text(self) -> str:
        """What a password needs, as a list."""
        needed = check_password("", policy=self.policy).findings
        items = format_html_join("", "<li>{}</li>", ((finding.message(locale()),) for finding in needed))
        return format_html("<ul>{}</ul>", items)


def _person(user: Any) -> Person:
    if user is None:
        return Person()
    names = [name for field in ("first_name", "last_name") if (name := getattr(user, field, ""))]
    return Person(names=names, username=user.get_username() or None, email=getattr(user, "email", "") or None)

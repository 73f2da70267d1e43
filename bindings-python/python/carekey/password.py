"""Passwords and security questions (P, Q).

What a password must be is data, a :class:`carekey.Policy`; checking one gives
every rule of the policy, met or not, so that a form can tick them off as
someone types. :class:`Hasher` keeps passwords as Argon2id and accepts the
hashes of other systems until their owners sign in.

>>> from carekey import Policy
>>> from carekey.password import Person, check_password
>>> sue = Person(names=["Sue Taming"], email="sue@example.com")
>>> checklist = check_password("Taming2026", person=sue)
>>> checklist.passes, [finding.code for finding in checklist.findings]
(False, ['password.no_special', 'password.contains_person'])
>>> check_password("a quiet lantern by the tide", policy=Policy.nist_800_63b_4()).passes
True
"""

from carekey._carekey import (
    Checked,
    Checklist,
    Hasher,
    HashingMemory,
    Person,
    QUESTIONS_VERSION,
    Question,
    RuleCheck,
    Verified,
    check_answers,
    check_change,
    check_hash,
    check_password,
    hashing_memory,
    is_block_listed,
    limit_hashing_memory,
    normalise_answer,
    questions,
    temporary,
)

__all__ = [
    "Checked",
    "Checklist",
    "Hasher",
    "HashingMemory",
    "Person",
    "QUESTIONS_VERSION",
    "Question",
    "RuleCheck",
    "Verified",
    "check_answers",
    "check_change",
    "check_hash",
    "check_password",
    "hashing_memory",
    "is_block_listed",
    "limit_hashing_memory",
    "normalise_answer",
    "questions",
    "temporary",
]

"""Enrolment and sign-in (E): the states of a login and what moves it, counting
failures, and how long a session lives.

>>> from carekey import Policy
>>> from carekey.account import after_password, after_questions, first_stage
>>> first_stage(Policy.agency().enrolment_scheme("client"))
'password_due'
>>> after_password("password_due", questions_set=False)
'questions_due'
>>> after_questions("questions_due")
'active'
"""

from carekey._carekey import (
    Admission,
    Throttle,
    TokenLife,
    after_password,
    after_questions,
    first_stage,
    state_of,
)

__all__ = [
    "Admission",
    "Throttle",
    "TokenLife",
    "after_password",
    "after_questions",
    "first_stage",
    "state_of",
]

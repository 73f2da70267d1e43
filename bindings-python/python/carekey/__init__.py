"""Accounts and access for care agencies.

Everything begins with a :class:`Directory`: it opens a store, and each of its
agencies is an :class:`Agency`. Acts of the office go through an
:class:`Office`, which is an agency with someone acting. The rules stand on
their own in modules named as in the rulebook: :mod:`carekey.username`,
:mod:`carekey.password`, :mod:`carekey.invitation`, :mod:`carekey.account`,
:mod:`carekey.relationship`, :mod:`carekey.visibility`, :mod:`carekey.message`,
:mod:`carekey.history` and :mod:`carekey.roster`.

>>> from carekey import Actor, AgencySettings, Directory
>>> with Directory.open("memory:", key=bytes(32)) as directory:
...     settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
...     agency = directory.create_agency(settings, actor=Actor.support("Pat Long"))
...     office = agency.acting_as(Actor.system("nightly import"))
...     preview = office.preview([{"role": "caregiver", "name": "Sue Wright", "email": "sue@example.com"}])
...     report = office.create(preview)
...     report.counts
{'created': 1}
"""

from carekey._carekey import (
    Actor,
    Added,
    Agency,
    AgencySettings,
    Application,
    BatchRow,
    Change,
    ChangePassword,
    CreateReport,
    Decision,
    Directory,
    Enrolled,
    Finding,
    Grant,
    Granted,
    InvitationView,
    Line,
    Linked,
    ManualClock,
    Message,
    MessageRow,
    NewAccount,
    Office,
    Outbox,
    Pages,
    Party,
    Policy,
    Preview,
    Question,
    Reason,
    Recovery,
    Refused,
    ReviewItem,
    RoleGroup,
    Roster,
    RosterRow,
    RowCheck,
    RowResult,
    Secret,
    SeenBy,
    Session,
    SetQuestions,
    Sight,
    SignedIn,
    Snapshot,
    Step,
    Submitted,
    Summary,
    Table,
    Tie,
    Tied,
    User,
    UserPage,
    WindowGroup,
    WindowRow,
)
from carekey._errors import (
    Cancelled,
    CarekeyError,
    ConfigurationError,
    Conflict,
    InternalError,
    InvalidInput,
    NotAllowed,
    NotFound,
    RefusedError,
    StoreError,
    WrongType,
)

SignIn = Granted | ChangePassword | SetQuestions | Refused
"""What a sign-in answers with; made for ``match``."""

Redeemed = NewAccount | Linked
"""What redeeming an invitation answers with."""

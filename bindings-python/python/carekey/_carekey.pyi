# Made of the Rust code by stubs.py: change it there, not here.
"""
The rules and the engine of carekey.
"""

from carekey.words import ActorKind, EventKind, Locale, MessageKind, MessageState, Method, OfficeAction, PartyKind, Resource, ReviewKind, Role, RowAction, RowOutcome, RowState, Scope, Severity, State, TieKind, UserColumn
from carekey._types import Progress, RosterSource
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from os import PathLike
from typing import Any, Final, TypeVar, final, overload
from uuid import UUID

_Row = TypeVar("_Row", covariant=True)

__all__ = ["Actor", "Added", "Agency", "AgencySettings", "Application", "BatchRow", "Change", "ChangePassword", "CreateReport", "Decision", "Directory", "Enrolled", "Finding", "Grant", "Granted", "InvitationView", "Line", "Linked", "ManualClock", "Message", "MessageRow", "NewAccount", "Office", "Outbox", "Pages", "Party", "Policy", "Preview", "Question", "Reason", "Recovery", "Refused", "ReviewItem", "RoleGroup", "Roster", "RosterRow", "RowCheck", "RowResult", "Secret", "SeenBy", "Session", "SetQuestions", "Sight", "SignedIn", "Snapshot", "Step", "Submitted", "Summary", "Table", "Tie", "Tied", "User", "UserPage", "WindowGroup", "WindowRow", "_panic", "_words"]

@final
class Actor:
    """
    Who acts. Every act of the office has an actor, and its name at that moment
    stands in the history.

    >>> from carekey import Actor
    >>> Actor.support("Pat Long")
    Actor.support('Pat Long')
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def account(account: UUID | str) -> Actor:
        """
        A signed-in account. For acts of the office it must be an active
        account manager.
        """
    @staticmethod
    def support(name: str) -> Actor:
        """
        Someone of the vendor's support, by name: the only one who adds or
        removes account managers (A1).
        """
    @staticmethod
    def system(name: str) -> Actor:
        """
        A job of the host's, by name: a nightly import.
        """

@final
class Added:
    """
    A party that was added.
    """
    __match_args__: Final = ('party', 'enrolled')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def enrolled(self, /) -> Enrolled | None:
        """
        What came of enrolling it, where it was given roles.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why there is no account or no message: those of the enrolment.
        """
    @property
    def party(self, /) -> UUID:
        """
        The party.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Agency:
    """
    One tenant of a directory. A cheap handle; keep it, share it between
    threads.
    """
    def __repr__(self, /) -> str: ...
    def acting_as(self, /, actor: Actor, *, source: str | None = None) -> Office:
        """
        The office of this agency with someone acting. ``source`` is from where
        they come, as the histories show it.
        """
    def activate(self, /, link: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> State:
        """
        Sets the first password of an account by its activation link (E1), and
        returns the state it is in then. Without ``confirm``, the host has
        compared the two.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
        with the findings about the password.
        """
    def activation(self, /, link: str | Secret) -> str:
        """
        The username of an activation link, without using it up (E1).

        Raises :class:`Refused` error ``step.refused``.
        """
    def agency_history(self, /) -> Table[Line]:
        """
        The agency's own history (H): a table of :class:`Line`.
        """
    def can_see(self, /, viewer: UUID | str, resource: Resource, *, party: UUID | str | None = None, application: UUID | str | None = None) -> Decision:
        """
        Whether an account may see a resource now, and why (V): of a party
        (a client), of an application, or, with neither, its own. The answer is
        true where it may.

        Raises :class:`NotFound` ``account.not_found``, ``party.not_found``,
        ``application.not_found``.
        """
    def change_password(self, /, session: str | Secret, current: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> Session:
        """
        Changes the password of whoever is signed in (P4). All other sessions
        end; a new one is returned.

        Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
        ``password.current_wrong`` or with the findings about the new one.
        """
    def choose_password(self, /, step: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Chooses a password in a step, after a temporary one or a redeemed code
        (E2). Answers as :meth:`sign_in`.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
        with the findings about the password.
        """
    @property
    def code(self, /) -> str:
        """
        The code by which the directory knows it.
        """
    def find_parties(self, /, text: str = ..., *, page: int = ...) -> Pages[Party]:
        """
        Parties whose name, contact or external id fits a text; all, with an
        empty one. An iterator of :class:`Party` that reads page by page.
        """
    def finish_recovery(self, /, token: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> State:
        """
        Ends a recovery with a new password. All sessions end; the user signs
        in as ever. Returns the state of the account.

        Raises :class:`RefusedError` ``recovery.refused``;
        :class:`InvalidInput` with the findings about the password.
        """
    def history(self, /, account: UUID | str) -> Table[Line]:
        """
        The history of an account (H): a table of :class:`Line`.

        Raises :class:`NotFound` ``account.not_found``.
        """
    @property
    def id(self, /) -> UUID:
        """
        Its identifier.
        """
    def look_at_invitation(self, /, link: str | Secret) -> InvitationView:
        """
        What an invitation link shows (I3). Looking uses nothing up, however
        often mail scanners do.

        Raises :class:`RefusedError` ``invitation.refused``.
        """
    def message_owner(self, /, session: str | Secret, text: str | Secret, *, source: str | None = None) -> None:
        """
        Writes to the agency's owner from a template (N), on behalf of whoever
        is signed in.

        Raises :class:`RefusedError` ``session.ended``; :class:`NotAllowed`;
        :class:`InvalidInput` with the findings about the text.
        """
    @property
    def outbox(self, /) -> Outbox:
        """
        The messages that wait to be sent.
        """
    def party(self, /, party: UUID | str) -> Party:
        """
        A party as the agency knows it.

        Raises :class:`NotFound` ``party.not_found``.
        """
    def recover(self, /, username: str, *, source: str | None = None) -> Recovery:
        """
        Begins to recover a forgotten password (E6). An unknown username gets
        the same answer as a known one.
        """
    def recovery_answers(self, /, token: str | Secret, answers: Mapping[str, str | Secret], *, source: str | None = None) -> Recovery:
        """
        Goes on with a recovery by the answers, by question id (Q5).

        Raises :class:`RefusedError` ``recovery.refused``.
        """
    def recovery_code(self, /, token: str | Secret, code: str | Secret, *, source: str | None = None) -> Recovery:
        """
        Goes on with a recovery by the code of the message (E6).

        Raises :class:`RefusedError` ``recovery.refused``.
        """
    def redeem_code(self, /, code: str | Secret, contact: str, *, session: str | Secret | None = None, source: str | None = None) -> NewAccount | Linked:
        """
        Redeems a code together with the contact it was sent to (I3, I7).
        Answers with :class:`NewAccount`, or with :class:`Linked` where a
        session is given or the contact has an account (I8).

        Raises :class:`RefusedError` ``invitation.refused``;
        :class:`InvalidInput` ``code.mistyped`` or ``code.malformed``, which
        count no failure.
        """
    def redeem_link(self, /, link: str | Secret, *, session: str | Secret | None = None, source: str | None = None) -> NewAccount | Linked:
        """
        Redeems an invitation by its link (I7). Answers as :meth:`redeem_code`.

        Raises :class:`RefusedError` ``invitation.refused``.
        """
    def seen_by(self, /, resource: Resource, *, party: UUID | str | None = None, application: UUID | str | None = None) -> Table[SeenBy]:
        """
        Every account that sees a resource of a party or an application now,
        and why (V): a table of :class:`SeenBy`.

        Raises :class:`NotFound` ``party.not_found``,
        ``application.not_found``.
        """
    def sees(self, /, viewer: UUID | str) -> Table[Sight]:
        """
        Everything that an account sees now (V): a table of :class:`Sight`.

        Raises :class:`NotFound` ``account.not_found``.
        """
    def session(self, /, token: str | Secret) -> SignedIn:
        """
        Whose session it is, if it lives (E5).

        Raises :class:`RefusedError` ``session.ended``.
        """
    def set_questions(self, /, step: str | Secret, answers: Mapping[str, str | Secret], *, source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Sets the security questions in a step (Q1): answers by question id.
        Answers as :meth:`sign_in`.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
        with the findings about the answers.
        """
    @property
    def settings(self, /) -> AgencySettings:
        """
        Its settings as they are now.
        """
    def sign_in(self, /, username: str, password: str | Secret, *, remember: bool = ..., source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Signs someone in (E3). Answers with one of :class:`Granted`,
        :class:`ChangePassword`, :class:`SetQuestions`, :class:`Refused`; every
        refusal looks the same and takes the same work.

        >>> import carekey, carekey.testing
        >>> with carekey.testing.agency() as agency:
        ...     agency.sign_in("nobody@example.com", "wrong")
        Refused()
        """
    def sign_out(self, /, token: str | Secret, *, source: str | None = None) -> None:
        """
        Ends a session (E5). One that has ended already is no fault.
        """
    def snapshot(self, /, viewer: UUID | str) -> str:
        """
        What an account may see, as a text that its app verifies with
        :attr:`snapshot_key` and decides by without a network
        (:class:`Snapshot`). It lapses after the hours of the policy.

        Raises :class:`NotFound` ``account.not_found``;
        :class:`InvalidInput` ``account.disabled``.
        """
    @property
    def snapshot_key(self, /) -> str:
        """
        The public key of the agency's snapshots, to be built into its apps.
        """
    def tidy(self, /, message_days: int) -> int:
        """
        Removes what nobody needs any more: lapsed tokens, and messages that
        were closed so many days ago. Returns how many records there were.
        """
    def verify_agency_history(self, /) -> None:
        """
        Checks that the agency's own history is whole and was not changed (H).

        Raises :class:`StoreError` ``history.broken`` or ``history.cut``.
        """
    def verify_history(self, /, account: UUID | str) -> None:
        """
        Checks that an account's history is whole and was not changed (H).

        Raises :class:`StoreError` ``history.broken`` or ``history.cut``.
        """

@final
class AgencySettings:
    """
    The settings of an agency. What is left out has the core's default: the
    code as prefix, the United States, English, the ``agency`` policy.

    >>> from carekey import AgencySettings
    >>> settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
    >>> settings.prefix, settings.country, settings.locale
    ('104', 'US', 'en')
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, code: str, name: str, link_base: str, *, prefix: str | None = None, country: str | None = None, locale: Locale | None = None, owner_email: str | None = None, policy: Policy | None = None) -> AgencySettings: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> str:
        """
        The code by which the directory knows it. It never changes.
        """
    @property
    def country(self, /) -> str:
        """
        ISO 3166-1, two capital letters, for phone numbers without a country.
        """
    @property
    def link_base(self, /) -> str:
        """
        What links in messages begin with.
        """
    @property
    def locale(self, /) -> Locale:
        """
        The language of messages to people whose language is not known.
        """
    @property
    def name(self, /) -> str:
        """
        Its name, as people know it.
        """
    @property
    def owner_email(self, /) -> str | None:
        """
        Where messages to the agency's owner go.
        """
    @property
    def policy(self, /) -> Policy:
        """
        Every number and switch.
        """
    @property
    def prefix(self, /) -> str:
        """
        What staff names begin with (U3).
        """
    def replace(self, /, *, name: str | None = None, link_base: str | None = None, prefix: str | None = None, country: str | None = None, locale: Locale | None = None, owner_email: str | None = None, policy: Policy | None = None) -> AgencySettings:
        """
        The same settings with some changed.
        """

@final
class Application:
    """
    One line of the list of applications (I4).
    """
    __match_args__: Final = ('id', 'number', 'family_name', 'family', 'submitted_at', 'linked_to', 'next_action', 'invited_until')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def family(self, /) -> UUID:
        """
        The family.
        """
    @property
    def family_name(self, /) -> str:
        """
        The family, as it is shown.
        """
    @property
    def id(self, /) -> UUID:
        """
        Which.
        """
    @property
    def invited_until(self, /) -> datetime | None:
        """
        When the live invitation lapses.
        """
    @property
    def linked_to(self, /) -> str | None:
        """
        What the Online Account column shows: the contact of the account
        that it is linked to …
        """
    @property
    def next_action(self, /) -> OfficeAction | None:
        """
        … or what can be done, since it is linked to none.
        """
    @property
    def number(self, /) -> str:
        """
        Its number.
        """
    @property
    def submitted_at(self, /) -> datetime:
        """
        When it was submitted.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class BatchRow:
    """
    What came of one item of a batch (I9).
    """
    __match_args__: Final = ('party', 'application', 'done', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def application(self, /) -> UUID | None:
        """
        The application, where the item is one.
        """
    @property
    def done(self, /) -> bool:
        """
        Whether it was done.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why not, or what there is to say.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The party, where the item is one.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Change:
    """
    One thing that a row says otherwise than the agency knows it.
    """
    __match_args__: Final = ('field', 'before', 'after')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def after(self, /) -> str | None:
        """
        As the row says it.
        """
    @property
    def before(self, /) -> str | None:
        """
        As the agency knows it.
        """
    @property
    def field(self, /) -> str:
        """
        `name`, `nickname`, `roles`, `username`, `email`, `phone`,
        `preferred`, `language`, `external_id` or `note`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class ChangePassword:
    """
    The password was right, and must be changed first (E2):
    `Agency.choose_password`.
    """
    __match_args__: Final = ('step',)
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def step(self, /) -> Step:
        """
        The step.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class CreateReport:
    """
    What came of creating a roster: every row is accounted for.
    """
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def counts(self, /) -> dict[str, int]:
        """
        How many rows there are of each outcome.
        """
    @property
    def gone(self, /) -> list[UUID]:
        """
        Whom the agency knows and the roster does not name. Nothing was done
        with them.
        """
    @property
    def rows(self, /) -> Table[RowResult]:
        """
        The rows, in the order of the roster: a table of `RowResult`.
        """

@final
class Decision:
    """
    A decision, with why (V). It is true where it allows.
    """
    __match_args__: Final = ('allowed', 'scope', 'because')
    def __bool__(self, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def allowed(self, /) -> bool:
        """
        Whether it is seen.
        """
    @property
    def because(self, /) -> list[Reason]:
        """
        Where it is seen, every way that leads to it; where it is not, what
        forbids it or all that was missing. Never empty.
        """
    @property
    def scope(self, /) -> Scope | None:
        """
        How much of it; None where it is not seen.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Directory:
    """
    All that one store holds: many agencies, none of which sees another.

    Share it between threads; several processes may open the same SQLite file.
    It is a context manager, and closes the file at the end.

    >>> from carekey import Actor, AgencySettings, Directory
    >>> with Directory.open("memory:", key=bytes(32)) as directory:
    ...     settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
    ...     agency = directory.create_agency(settings, actor=Actor.support("Pat Long"))
    ...     agency.code
    '104'
    """
    def __enter__(self, /) -> Directory: ...
    def __exit__(self, /, *_exception: object) -> None: ...
    def agencies(self, /) -> list[Agency]:
        """
        All agencies, by code.
        """
    def agency(self, /, code: str) -> Agency:
        """
        The agency that is known by this code.

        Raises :class:`NotFound` ``agency.not_found``.
        """
    def close(self, /) -> None:
        """
        Closes it. Whatever came of it raises ``directory.closed`` from then
        on. Closing twice is no fault.
        """
    def create_agency(self, /, settings: AgencySettings, *, actor: Actor) -> Agency:
        """
        Makes a new agency. Only support does.

        Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`InvalidInput`
        ``agency.exists``, or with the findings about the settings.
        """
    def hash_operations(self, /) -> int:
        """
        How many password hashes this handle has computed: for tests of timing
        parity, which count instead of measuring.
        """
    @staticmethod
    def open(address: str, *, key: bytes, clock: ManualClock | None = None) -> Directory:
        """
        Opens the directory at that address, and makes it where there is none:
        ``sqlite:FILE``, or ``memory:``. The key is 32 bytes that the host
        keeps elsewhere; a directory opens only with the key it was made with.
        A ``clock`` of one's own is for tests.

        Raises :class:`ConfigurationError` ``key.length``, ``key.wrong``,
        ``store.address``; :class:`StoreError` ``store.newer``,
        ``store.damaged``, ``store.unavailable``. Nothing is written then.
        """

@final
class Enrolled:
    """
    What came of enrolling someone (E1).
    """
    __match_args__: Final = ('account', 'username', 'invitation', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The new account; None where the scheme makes it later (families,
        when they redeem their code) or where the findings forbid it.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why there is no account or no message, and what else there is to
        say.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over
        in person.
        """
    @property
    def invitation(self, /) -> UUID | None:
        """
        The invitation that was sent (families).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username, as it is shown.
        """

@final
class Finding:
    """
    One thing that a check has to say: a stable code, the field it is about,
    and what its text speaks of.

    >>> from carekey.username import check_email
    >>> [finding] = check_email("sue@homehelp").findings
    >>> finding.code, finding.field, finding.severity
    ('email.domain_without_dot', 'email', 'error')
    >>> finding.message("es")
    'el dominio homehelp no tiene punto'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def code(self, /) -> str:
        """
        The stable code: a lower-case dotted word that keeps its meaning.
        """
    @property
    def field(self, /) -> str:
        """
        The field it is about: `username`, `email`, `password` …
        """
    @property
    def is_error(self, /) -> bool:
        """
        Whether what was checked fails because of it.
        """
    def message(self, /, locale: Locale = ...) -> str:
        """
        The text for a reader of that language.
        """
    @property
    def params(self, /) -> dict[str, int | str]:
        """
        What its text speaks of, by name.
        """
    @property
    def rule(self, /) -> str:
        """
        The rule of the rulebook that its code comes from, as `U3`.
        """
    @property
    def severity(self, /) -> Severity:
        """
        How much it weighs: with an `error`, what was checked fails.
        """
    @property
    def suggestion(self, /) -> str | None:
        """
        A value that would mend it. Never applied by itself.
        """

@final
class Grant:
    """
    A grant of one resource to a member of the office staff (V).
    """
    __match_args__: Final = ('to', 'resource', 'of', 'begins_at', 'ends_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From this moment on.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until this moment; None for no end.
        """
    @property
    def of(self, /) -> UUID | None:
        """
        Whose; None for every client's.
        """
    @property
    def resource(self, /) -> Resource:
        """
        What.
        """
    @property
    def to(self, /) -> UUID:
        """
        To whom.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Granted:
    """
    Signed in.
    """
    __match_args__: Final = ('session',)
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def session(self, /) -> Session:
        """
        The session.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class InvitationView:
    """
    What an invitation link shows before anything is typed (I3). Looking
    uses nothing up.
    """
    __match_args__: Final = ('agency', 'application', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def agency(self, /) -> str:
        """
        The agency's name.
        """
    @property
    def application(self, /) -> str | None:
        """
        The application that it is for.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        When it lapses (I2).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Line:
    """
    One line of a history (H).
    """
    __match_args__: Final = ('subject', 'sequence', 'at', 'kind', 'actor', 'actor_account', 'actor_name', 'details', 'source', 'mac')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def actor(self, /) -> ActorKind:
        """
        What sort of actor.
        """
    @property
    def actor_account(self, /) -> UUID | None:
        """
        The actor's account.
        """
    @property
    def actor_name(self, /) -> str:
        """
        The actor's name as it was then.
        """
    @property
    def at(self, /) -> datetime:
        """
        When.
        """
    @property
    def details(self, /) -> dict[str, int | str]:
        """
        Before, after, and what else there is to say.
        """
    @property
    def kind(self, /) -> EventKind:
        """
        What.
        """
    @property
    def mac(self, /) -> bytes:
        """
        The keyed hash of this line and the one before, 32 bytes.
        """
    @property
    def sequence(self, /) -> int:
        """
        1 for the first line, without gaps.
        """
    @property
    def source(self, /) -> str | None:
        """
        From where: an address or a device.
        """
    @property
    def subject(self, /) -> UUID:
        """
        Whose history it is: an account's, or the agency's own.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Linked:
    """
    A redeemed invitation was linked to an account that was there (I8).
    """
    __match_args__: Final = ('account', 'username')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str:
        """
        The username, as it is shown.
        """

@final
class ManualClock:
    """
    A clock that stands still until it is moved: for a host's own tests, who
    want to see what 15 days do.

    >>> from datetime import datetime, timedelta
    >>> from carekey import ManualClock
    >>> clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=timezone.utc))
    >>> clock.advance(timedelta(days=15))
    >>> clock.now().isoformat()
    '2026-03-17T09:00:00+00:00'
    """
    def __new__(cls, /, now: datetime) -> ManualClock: ...
    def advance(self, /, by: timedelta) -> None:
        """
        Moves it by a `timedelta`, forwards or backwards. It keeps
        milliseconds.
        """
    def now(self, /) -> datetime:
        """
        The moment it shows.
        """

@final
class Message:
    """
    A message that was claimed, to be sent and then reported as sent or failed
    (N).
    """
    def __repr__(self, /) -> str: ...
    @property
    def address(self, /) -> str:
        """
        An e-mail address, or a phone number in E.164.
        """
    @property
    def attempt(self, /) -> int:
        """
        Which try this is, from 1.
        """
    @property
    def body(self, /) -> Secret:
        """
        The text; it may hold a link, a code or a password.
        """
    @property
    def id(self, /) -> UUID:
        """
        Which.
        """
    @property
    def kind(self, /) -> MessageKind:
        """
        What it is about.
        """
    @property
    def leased_until(self, /) -> datetime:
        """
        Until when nobody else gets it.
        """
    @property
    def method(self, /) -> Method:
        """
        How it goes out.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject, of an e-mail.
        """

@final
class MessageRow:
    """
    One line of the list of messages (N), without its secrets.
    """
    __match_args__: Final = ('id', 'kind', 'method', 'address', 'subject', 'body', 'state', 'tries', 'created_at', 'due_at', 'closed_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def address(self, /) -> str:
        """
        To whom.
        """
    @property
    def body(self, /) -> str:
        """
        The text, with its secrets masked.
        """
    @property
    def closed_at(self, /) -> datetime | None:
        """
        When it was sent or given up.
        """
    @property
    def created_at(self, /) -> datetime:
        """
        When it was written.
        """
    @property
    def due_at(self, /) -> datetime:
        """
        When it is due.
        """
    @property
    def id(self, /) -> UUID:
        """
        Which.
        """
    @property
    def kind(self, /) -> MessageKind:
        """
        What it is about.
        """
    @property
    def method(self, /) -> Method:
        """
        How it goes out.
        """
    @property
    def state(self, /) -> MessageState:
        """
        Whether it waits, was sent, or failed for good.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject, of an e-mail.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def tries(self, /) -> int:
        """
        How often it was tried.
        """

@final
class NewAccount:
    """
    A redeemed invitation made a new account (I7): `Agency.choose_password`
    goes on with the step.
    """
    __match_args__: Final = ('account', 'username', 'step')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    @property
    def step(self, /) -> Step:
        """
        The step.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str:
        """
        The username, as it is shown.
        """

@final
class Office:
    """
    An agency with someone acting: every act is in the histories with their
    name.

    All acts raise :class:`NotAllowed` ``actor.not_allowed`` where the actor
    may not, and the errors of the store.
    """
    def add_application(self, /, number: str, *, family: UUID | str, submitted_at: datetime | None = None) -> Submitted:
        """
        Adds an application of a family, and invites the family where the
        policy says so (I1).

        Raises :class:`InvalidInput` ``application.exists``,
        ``application.number_missing``; :class:`NotFound` ``party.not_found``.
        """
    def add_manager(self, /, *, first_name: str, last_name: str, email: str | None = None, phone: str | None = None, username: str | None = None) -> Enrolled:
        """
        Adds an account manager (A1). Only support does, and no more than the
        policy allows.

        Raises :class:`InvalidInput` ``manager.limit``,
        ``manager.name_missing`` and others.
        """
    def add_party(self, /, name: str, *, roles: Iterable[Role], kind: PartyKind = ..., external_id: str | None = None, email: str | None = None, phone: str | None = None, preferred: Method | None = None, locale: Locale | None = None) -> Added:
        """
        Adds a person or an organization. Whose role enrols them at once
        (clients) get their account with it (R).

        ``name`` is a person's name as it is written (``Wright, Sue`` or
        ``Sue Wright``), or an organization's.

        Raises :class:`InvalidInput` with the findings: ``party.exists``,
        ``party.role_unfit``, those of names, e-mail and phone.
        """
    @property
    def agency(self, /) -> Agency:
        """
        The agency.
        """
    def applications(self, /, search: str | None = None, *, page: int = ...) -> Pages[Application]:
        """
        Applications by number or family name, the newest first (I4). An
        iterator of :class:`Application` that reads page by page.
        """
    def batch(self, /, action: OfficeAction, *, parties: Iterable[UUID | str] = ..., applications: Iterable[UUID | str] = ..., method: Method | None = None, as_of: datetime) -> Table[BatchRow]:
        """
        Does the same with many items (I9), those that are not in the state for
        it left out: a table of :class:`BatchRow`, one for each item.

        ``as_of`` is when the office looked at the list: what was done since is
        not done twice.
        """
    def change_settings(self, /, settings: AgencySettings) -> None:
        """
        Changes the settings of the agency. Its code stays.

        Raises :class:`InvalidInput` with the findings about them.
        """
    def create(self, /, preview: Preview, *, initial_password: str | Secret | None = None, confirm: str | Secret | None = None, progress: Progress | None = None) -> CreateReport:
        """
        Creates what a preview let pass: parties, accounts, first messages and
        their histories, in pieces that are each whole. It can be run again
        after a crash or with next month's roster.

        An ``initial_password`` is given to all office staff as their temporary
        password (S2). ``progress`` is called with ``(done, total)``, or is a
        tqdm bar; an exception of it, or Ctrl-C, stops the work between two
        pieces and comes out here. What was committed stays.
        """
    def create_account(self, /, party: UUID | str, role: Role, *, username: str | None = None) -> Enrolled:
        """
        Makes the account of a party for one of its roles (E1). A ``username``
        of one's own is for office staff (U3).

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`.
        """
    def create_staff_account(self, /, *, first_name: str, last_name: str, email: str | None = None, phone: str | None = None, username: str | None = None, password: str | Secret | None = None, confirm: str | Secret | None = None) -> Enrolled:
        """
        Makes an account of the office staff without a staff record (A2). Its
        name is made from the person's (U3) unless one is given. A password
        typed here is its temporary password; otherwise one is sent.

        Raises :class:`InvalidInput` with the findings about name, contact and
        password.
        """
    def delete_party(self, /, party: UUID | str) -> None:
        """
        Deletes a party: what is personal goes, histories stay without names
        (H).

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
        ``manager.last``.
        """
    def disable(self, /, account: UUID | str) -> None:
        """
        Disables an account (A4): its sessions end, nobody signs in to it.

        Raises :class:`InvalidInput` ``account.disabled``, ``manager.last``.
        """
    def each_user(self, /, *, filter: str | None = None, show_disabled: bool = ..., unlinked_only: bool = ..., sort: UserColumn | None = None, descending: bool = ..., page: int = ...) -> Pages[User]:
        """
        All users that a filter finds, as an iterator of :class:`User` that
        reads page by page (A3).
        """
    def enable(self, /, account: UUID | str) -> None:
        """
        Enables an account again (A4).

        Raises :class:`InvalidInput` ``account.not_disabled``.
        """
    def end_grant(self, /, grant: UUID | str) -> None:
        """
        Ends a grant.

        Raises :class:`NotFound` ``grant.not_found``.
        """
    def end_tie(self, /, tie: UUID | str, *, at: datetime | None = None) -> None:
        """
        Ends a tie, now or at a moment.

        Raises :class:`NotFound` ``tie.not_found``; :class:`InvalidInput`
        ``tie.ended``, ``tie.ends_before_it_begins``.
        """
    def grant(self, /, party: UUID | str, resource: Resource, *, of: UUID | str | None = None, ends_at: datetime | None = None) -> UUID:
        """
        Grants a resource to a member of the office staff (V): of one client or
        application (``of``), or of every client.

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
        ``grant.never``, ``grant.not_staff``, ``grant.unfit``.
        """
    def hand_over(self, /, from_account: UUID | str, to_account: UUID | str) -> None:
        """
        Hands an account manager's part over to another account (A1).

        Raises :class:`InvalidInput` ``manager.not``, ``manager.already``.
        """
    def invite(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None, method: Method | None = None) -> None:
        """
        Sends the first invitation of a party or of an application (I4).

        Raises :class:`InvalidInput` ``invitation.already_sent``,
        ``invitation.already_linked``, ``invitation.no_contact``.
        """
    def link_account(self, /, account: UUID | str, party: UUID | str) -> None:
        """
        Links an account of the office staff to its staff record (A2).

        Raises :class:`NotFound`; :class:`InvalidInput`
        ``account.already_linked``.
        """
    def messages(self, /, state: MessageState | None = None, *, page: int = ...) -> Pages[MessageRow]:
        """
        The messages of the agency, the newest first, without their secrets
        (N). An iterator of :class:`MessageRow` that reads page by page.
        """
    def preview(self, /, source: RosterSource) -> Preview:
        """
        Holds a roster against the agency: a verdict, findings and suggestions
        for every row (B). It writes nothing. ``source`` is a :class:`Roster`,
        or anything that :meth:`Roster.read` takes.
        """
    def promote(self, /, account: UUID | str) -> None:
        """
        Makes an account an account manager (A1). Only support does.

        Raises :class:`InvalidInput` ``manager.limit``, ``manager.already``.
        """
    def reinvite(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None, method: Method | None = None) -> None:
        """
        Sends another invitation; the one before is good no more (I5).

        Raises :class:`InvalidInput` ``invitation.never_sent``,
        ``invitation.already_linked``, ``invitation.no_contact``.
        """
    def relate(self, /, kind: TieKind, *, who: UUID | str, of: UUID | str, begins_at: datetime | None = None, ends_at: datetime | None = None) -> Tied:
        """
        Ties two parties (R): ``who`` is something to ``of``.

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
        ``tie.unfit``, ``tie.duplicate``, ``tie.to_itself``,
        ``tie.ends_before_it_begins``.
        """
    def remove_manager(self, /, account: UUID | str) -> None:
        """
        Takes an account manager away (A1). Only support does.

        Raises :class:`InvalidInput` ``manager.not``, ``manager.last``.
        """
    def reset_password(self, /, account: UUID | str, password: str | Secret, *, confirm: str | Secret | None = None) -> None:
        """
        Gives an account a temporary password (A4), to be handed over in
        person; its sessions end.

        Raises :class:`InvalidInput` with the findings about the password.
        """
    def review(self, /, *, unused_days: int = ...) -> Table[ReviewItem]:
        """
        The access review (A5): what an office should look at from time to
        time. A table of :class:`ReviewItem`.
        """
    def send_again(self, /, account: UUID | str) -> Enrolled:
        """
        Sends the first message of an account once more: a new link or a new
        temporary password; the one before is good no more.

        Raises :class:`InvalidInput` ``account.active``.
        """
    def set_note(self, /, account: UUID | str, note: str) -> None:
        """
        Sets the free note of an account (A5).
        """
    def set_roles(self, /, party: UUID | str, roles: Iterable[Role]) -> None:
        """
        Sets all roles of a party.

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
        ``party.role_unfit``, ``party.role_missing``.
        """
    def set_text(self, /, kind: MessageKind, method: Method, locale: Locale, *, subject: str | None = None, body: str | None = None) -> None:
        """
        Sets the agency's own text of a message (N); without a body, the
        shipped one holds again.

        Raises :class:`InvalidInput` with the findings: ``template.…``.
        """
    def unlink(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None) -> None:
        """
        Takes an item away from the account it is linked to (I6).

        Raises :class:`InvalidInput` ``invitation.not_linked``.
        """
    def user(self, /, account: UUID | str) -> User:
        """
        One user.

        Raises :class:`NotFound` ``account.not_found``.
        """
    def users(self, /, *, filter: str | None = None, show_disabled: bool = ..., unlinked_only: bool = ..., sort: UserColumn | None = None, descending: bool = ..., offset: int = ..., limit: int | None = None) -> UserPage:
        """
        A page of the list of users (A3).
        """
    def window(self, /, *, offset: int = ..., limit: int = ...) -> list[WindowGroup]:
        """
        The bulk window (A5): the parties by role, a page of each.
        """

@final
class Outbox:
    """
    The messages of an agency that wait to be sent (N). carekey sends nothing
    itself: the host claims messages, sends them, and says what came of it.
    """
    def claim(self, /, most: int = ...) -> list[Message]:
        """
        Takes at most so many messages that are due, the oldest first. Nobody
        else gets them while the lease runs; then they come again.
        """
    def failed(self, /, message: Message) -> None:
        """
        It could not be sent: it comes again later, and after the last try of
        the policy no more.
        """
    def sent(self, /, message: Message) -> None:
        """
        It was sent: its secrets are forgotten.

        Raises :class:`NotFound` ``message.not_found`` where the lease ran out.
        """
    def sent_all(self, /, messages: Iterable[Message]) -> int:
        """
        All of these were sent. Returns for how many that could be noted.
        """

@final
class Pages(Iterator[_Row]):
    """
    Goes through a long list page by page, so that no more than one page is in
    memory.
    """
    def __iter__(self, /) -> Pages[_Row]: ...
    def __next__(self, /) -> _Row: ...

@final
class Party:
    """
    A person or an organization that the agency knows.
    """
    __match_args__: Final = ('id', 'kind', 'display_name', 'roles', 'external_id', 'email', 'phone', 'account')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        Its login.
        """
    @property
    def display_name(self, /) -> str:
        """
        The name, as it is shown.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address.
        """
    @property
    def external_id(self, /) -> str | None:
        """
        How the host knows it.
        """
    @property
    def id(self, /) -> UUID:
        """
        Which.
        """
    @property
    def kind(self, /) -> PartyKind:
        """
        A person or an organization.
        """
    @property
    def phone(self, /) -> str | None:
        """
        The phone number, E.164.
        """
    @property
    def roles(self, /) -> list[Role]:
        """
        What it is to the agency.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Policy:
    """
    Every number and switch that an agency may set, as values: nested
    dictionaries by the names of the rulebook.

    >>> from carekey import Policy
    >>> Policy.agency().to_dict()["invitation"]["lifetime_hours"]
    336
    >>> policy = Policy.read({"invitation": {"lifetime_hours": 168}})
    >>> policy.findings()
    []
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def agency() -> Policy:
        """
        The defaults of the rulebook: the agency of the help pages.
        """
    def departures(self, /) -> list[Finding]:
        """
        Where it departs from NIST SP 800-63B-4 and OWASP ASVS, each with what
        it says there: advice, not errors.
        """
    @staticmethod
    def evv_state() -> Policy:
        """
        The password rules of a state's visit verification: 12 characters of
        every class.
        """
    def findings(self, /) -> list[Finding]:
        """
        What is out of its range or contradicts itself, in the order of the
        fields.
        """
    @staticmethod
    def nist_800_63b_4() -> Policy:
        """
        NIST SP 800-63B-4 where the rulebook leaves a choice.
        """
    @staticmethod
    def read(source: str | Mapping[str, Any]) -> Policy:
        """
        Reads a policy from JSON or from nested dictionaries; what is left out
        has its default. Strict: a name that is none is an error.

        Raises :class:`InvalidInput` ``policy.malformed``,
        ``policy.out_of_range`` and others, all at once in its findings.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The whole policy as nested dictionaries.
        """
    def to_json(self, /) -> str:
        """
        The whole policy as JSON.
        """

@final
class Preview:
    """
    A roster held against an agency: a verdict, findings and suggestions for
    every row (U4, U5). Nothing is written. Decide on suggestions here, then
    give it to `Office.create`.
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    def accept(self, /, line: int, username: str) -> RowCheck:
        """
        Accepts a username for the row of that line: one of its suggestions, or
        another. Returns the row and its new verdict.

        Raises :class:`NotFound` ``roster.no_such_row`` where no row of that
        line needs a name.
        """
    def accept_suggestions(self, /) -> int:
        """
        Accepts the best suggestion for every row that waits (U5). Returns how
        many there were.
        """
    def by_role(self, /) -> list[RoleGroup]:
        """
        The rows by role, as the bulk window shows them (A5); roles without
        rows are left out.
        """
    def decline(self, /, line: int) -> None:
        """
        Declines the suggestions of the row of that line: it fails.

        Raises :class:`NotFound` ``roster.no_such_row`` as :meth:`accept`.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say about the file itself.
        """
    @property
    def gone(self, /) -> list[UUID]:
        """
        Whom the agency knows and the roster does not name.
        """
    @property
    def rows(self, /) -> Table[RowCheck]:
        """
        The rows and their verdicts now, in the order of the roster: a table of
        `RowCheck`.
        """
    @property
    def summary(self, /) -> Summary:
        """
        How many rows there are of each kind.
        """
    def write_all(self, /, path: str | PathLike[str] | None = None, *, locale: Locale = ...) -> str | None:
        """
        All rows with their verdicts as CSV: into the file at that path, or
        returned.

        Raises :class:`InvalidInput` ``roster.unwritable``.
        """
    def write_failed(self, /, path: str | PathLike[str] | None = None, *, locale: Locale = ...) -> str | None:
        """
        The rows that do not pass as CSV, each with its problems and its first
        suggestion in front, the rest as it came: correct them in a spreadsheet
        and read the file again. Into the file at that path, or returned.

        Raises :class:`InvalidInput` ``roster.unwritable``.
        """

@final
class Question:
    """
    One security question of the list (Q1).
    """
    __match_args__: Final = ('id', 'en', 'es')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def en(self, /) -> str:
        """
        In English.
        """
    @property
    def es(self, /) -> str:
        """
        In Spanish.
        """
    @property
    def id(self, /) -> str:
        """
        What answers name it by.
        """
    def text(self, /, locale: Locale = ...) -> str:
        """
        The question for a reader of that language.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Reason:
    """
    One reason of a decision: the rule, and the tie or grant it rests on (V).
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> str:
        """
        A `visible.…` or a `hidden.…` code.
        """
    @property
    def grant(self, /) -> Grant | None:
        """
        The grant that allows it.
        """
    def message(self, /, locale: Locale = ...) -> str:
        """
        The reason in words, for a reader of that language. It is for the
        office: a viewer need not learn what they lack.
        """
    @property
    def resource(self, /) -> Resource:
        """
        What was asked for.
        """
    @property
    def role(self, /) -> Role | None:
        """
        The viewer's role that it speaks of.
        """
    @property
    def tie(self, /) -> Tie | None:
        """
        The tie that allows it.
        """

@final
class Recovery:
    """
    What a recovery asks for next (E6). An unknown username is asked the
    same as a known one.
    """
    __match_args__: Final = ('asks', 'questions', 'token')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def asks(self, /) -> str:
        """
        `code`, `questions` or `new_password`.
        """
    @property
    def questions(self, /) -> list[Question]:
        """
        The questions to answer, where it asks for answers.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def token(self, /) -> Secret:
        """
        What the next call takes.
        """

@final
class Refused:
    """
    Refused. Why is in the account's history and nowhere else (E3).
    """
    __match_args__: Final = ()
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class ReviewItem:
    """
    One thing of the access review (A5).
    """
    __match_args__: Final = ('kind', 'account', 'parties', 'application', 'names', 'since')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account it is about.
        """
    @property
    def application(self, /) -> UUID | None:
        """
        The application it is about.
        """
    @property
    def kind(self, /) -> ReviewKind:
        """
        Why it stands here.
        """
    @property
    def names(self, /) -> list[str]:
        """
        Their names.
        """
    @property
    def parties(self, /) -> list[UUID]:
        """
        The parties it is about: one, or all that share something.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        Since when.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class RoleGroup:
    """
    The rows of one role, as the bulk window shows them (A5).
    """
    @property
    def role(self, /) -> Role | None:
        """
        The role; None for rows whose role could not be read.
        """
    @property
    def rows(self, /) -> Table[RowCheck]:
        """
        The rows, in the order of the roster: a table of `RowCheck`.
        """
    @property
    def summary(self, /) -> Summary:
        """
        How they stand.
        """

@final
class Roster:
    """
    A roster as it was read: people and organizations, in the order of the
    file.

    >>> from carekey import Roster
    >>> roster = Roster.read(b"Role,Name\\nCaregiver,\\"Taming, Sue (Sue W)\\"\\n")
    >>> roster.rows[0].last, roster.rows[0].nickname
    ('Taming', 'Sue W')
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say about the file itself: columns that were passed
        over.
        """
    @staticmethod
    def read(source: RosterSource) -> Roster:
        """
        Reads a roster (B) from

        - a path (`str` or `os.PathLike`) of a CSV file,
        - an open file, binary or text, or the `bytes` of one,
        - a list of dictionaries, whose keys are the titles,
        - a data frame: anything with the Arrow PyCapsule interface (pandas,
          polars, pyarrow), none of which is imported.

        Titles may come in any order, any case, English or Spanish; `first_name`
        and `First name` are one. Needed are a role and a name.

        Raises :class:`InvalidInput` where nothing can be made of it:
        ``roster.unreadable`` (no such file), ``roster.encoding``,
        ``roster.empty``, ``roster.malformed``, ``roster.too_large``,
        ``roster.column_missing``, ``roster.column_repeated`` and others of
        ``roster.…``.
        """
    @property
    def rows(self, /) -> Table[RosterRow]:
        """
        The rows as they were read, blank lines left out: a table of
        `RosterRow`.
        """

@final
class RosterRow:
    """
    One row of a roster as it was read: people and organizations. A blank
    says nothing: it never takes away what the agency knows.
    """
    __match_args__: Final = ('line', 'role', 'first', 'middle', 'last', 'nickname', 'organization', 'username', 'email', 'phone', 'preferred', 'locale', 'external_id', 'password_hash', 'note', 'already_created', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def already_created(self, /) -> bool | None:
        """
        What the file says of an account. Information only.
        """
    @property
    def email(self, /) -> str | None:
        """
        As it was typed.
        """
    @property
    def external_id(self, /) -> str | None:
        """
        How the host knows them.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What was found when it was read.
        """
    @property
    def first(self, /) -> str | None:
        """
        The first name.
        """
    @property
    def last(self, /) -> str | None:
        """
        The last name, with particles and suffix.
        """
    @property
    def line(self, /) -> int:
        """
        The line of the file on which it begins, counted from 1.
        """
    @property
    def locale(self, /) -> Locale | None:
        """
        The language of their messages.
        """
    @property
    def middle(self, /) -> str | None:
        """
        The middle name or names.
        """
    @property
    def nickname(self, /) -> str | None:
        """
        What the person is called.
        """
    @property
    def note(self, /) -> str | None:
        """
        A free note.
        """
    @property
    def organization(self, /) -> str | None:
        """
        The organization's name, or the one that the person belongs to.
        """
    @property
    def phone(self, /) -> str | None:
        """
        As it was typed.
        """
    @property
    def preferred(self, /) -> Method | None:
        """
        How they want to be written to.
        """
    @property
    def role(self, /) -> Role | None:
        """
        What the party is to the agency.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        As it was typed.
        """

@final
class RowCheck:
    """
    A row of a roster and its verdict (U4, U5).
    """
    __match_args__: Final = ('line', 'name', 'role', 'state', 'action', 'username', 'canonical', 'suggestions', 'findings', 'email', 'phone', 'party', 'same_as', 'has_account', 'changes')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def action(self, /) -> RowAction:
        """
        What is done with it if it passes.
        """
    @property
    def changes(self, /) -> list[Change]:
        """
        What it would change.
        """
    @property
    def email(self, /) -> str | None:
        """
        The row's e-mail address, where it is one.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        All there is to say, in its fixed order.
        """
    @property
    def has_account(self, /) -> bool:
        """
        Whether the person has an account already (A5).
        """
    @property
    def line(self, /) -> int:
        """
        The line of the file, counted from 1.
        """
    @property
    def name(self, /) -> str:
        """
        The name, as it is shown.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        Whom it is about, where the agency knows them.
        """
    @property
    def phone(self, /) -> str | None:
        """
        The row's phone number in E.164, where it is one.
        """
    @property
    def role(self, /) -> Role | None:
        """
        What the party is to the agency.
        """
    @property
    def same_as(self, /) -> int | None:
        """
        The earlier line about the same person in another role.
        """
    @property
    def state(self, /) -> RowState:
        """
        `pass`, `waiting` or `fail`.
        """
    @property
    def suggestions(self, /) -> list[str]:
        """
        Usernames that are free, the best first (U5).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username, as it is shown, where the row passes.
        """

@final
class RowResult:
    """
    What came of one row of a roster.
    """
    __match_args__: Final = ('line', 'outcome', 'party', 'account', 'username', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account, where there is one.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over
        in person.
        """
    def label(self, /, locale: Locale = ...) -> str:
        """
        The words of the result column.
        """
    @property
    def line(self, /) -> int:
        """
        The line of the row.
        """
    @property
    def outcome(self, /) -> RowOutcome:
        """
        What came of it.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The party, where there is one.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username, as it is shown.
        """

@final
class Secret:
    """
    A password, a code, a link or a token.

    It prints as `•••`, cannot be pickled, and :meth:`reveal` is the one way to
    read it. Wherever a secret goes in, a `str` does as well.

    >>> from carekey import Secret
    >>> secret = Secret("Spring!2026")
    >>> print(secret, repr(secret))
    ••• Secret('•••')
    >>> secret.reveal()
    'Spring!2026'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, value: str) -> Secret: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def reveal(self, /) -> str:
        """
        The value itself. Use it for what it is for, and nothing else.
        """

@final
class SeenBy:
    """
    One account that sees something.
    """
    __match_args__: Final = ('account', 'decision')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    @property
    def decision(self, /) -> Decision:
        """
        How much, and why.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Session:
    """
    A session that was granted (E5). The token goes to the user and nowhere
    else.
    """
    __match_args__: Final = ('account', 'token', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        Whose it is.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        When it ends at the latest.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def token(self, /) -> Secret:
        """
        256 random bits in base64url; only a digest is kept.
        """

@final
class SetQuestions:
    """
    The password was right, and the security questions are to be set first
    (Q1): `Agency.set_questions`.
    """
    __match_args__: Final = ('step',)
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def step(self, /) -> Step:
        """
        The step.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Sight:
    """
    One thing that a viewer sees.
    """
    __match_args__: Final = ('resource', 'party', 'application', 'decision')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def application(self, /) -> UUID | None:
        """
        Which application.
        """
    @property
    def decision(self, /) -> Decision:
        """
        How much, and why.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        Whose, where it is a party's. With no application either, it is
        the viewer's own.
        """
    @property
    def resource(self, /) -> Resource:
        """
        What.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class SignedIn:
    """
    Whose session it is.
    """
    __match_args__: Final = ('account', 'party', 'username', 'display_name', 'is_manager', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    @property
    def display_name(self, /) -> str:
        """
        The name, as it is shown.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        When the session ends at the latest.
        """
    @property
    def is_manager(self, /) -> bool:
        """
        Whether it is an account manager (A1).
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The account's party, where it is linked to one (A2).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str:
        """
        The username, as it is shown.
        """

@final
class Snapshot:
    """
    What one account may see, signed and dated: made by
    :meth:`Agency.snapshot`, verified and asked here without a store.
    """
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        Whom it is about.
        """
    def can_see(self, /, resource: Resource, *, party: UUID | str | None = None, application: UUID | str | None = None, at: datetime) -> Decision:
        """
        Whether the viewer sees a resource at that moment, and why, as the
        server would say: of a party, of an application, or, with neither,
        their own.

        Raises :class:`RefusedError` ``snapshot.lapsed``, ``snapshot.not_yet``.
        """
    @property
    def issued_at(self, /) -> datetime:
        """
        When it was issued.
        """
    @property
    def lapses_at(self, /) -> datetime:
        """
        From when on it says nothing more; the moment itself is outside.
        """
    @staticmethod
    def open(text: str, *, key: str, agency: str, account: UUID | str, now: datetime) -> Snapshot:
        """
        Opens a snapshot of an agency for an account. ``key`` is the agency's
        public key (:attr:`Agency.snapshot_key`).

        Raises :class:`RefusedError` ``snapshot.malformed``,
        ``snapshot.newer``, ``snapshot.other_agency``, ``snapshot.forged``,
        ``snapshot.other_viewer``, ``snapshot.not_yet`` or
        ``snapshot.lapsed``; :class:`InvalidInput` ``snapshot.key``.
        """
    def what(self, /, at: datetime) -> Table[Sight]:
        """
        Everything that the viewer sees at that moment: a table of
        :class:`Sight`.

        Raises :class:`RefusedError` as :meth:`can_see`.
        """

@final
class Step:
    """
    A step on the way in, that its token stands for.
    """
    __match_args__: Final = ('token', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def expires_at(self, /) -> datetime:
        """
        When the step lapses.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def token(self, /) -> Secret:
        """
        What the next call takes.
        """

@final
class Submitted:
    """
    An application that was submitted.
    """
    __match_args__: Final = ('application', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def application(self, /) -> UUID:
        """
        The application.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why no invitation was sent, where none was.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Summary:
    """
    How many rows there are of each kind. The last five add up to the
    first.
    """
    __match_args__: Final = ('rows', 'create', 'update', 'unchanged', 'waiting', 'failed')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def create(self, /) -> int:
        """
        Pass, and make an account.
        """
    @property
    def failed(self, /) -> int:
        """
        Fail.
        """
    @property
    def rows(self, /) -> int:
        """
        All rows.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def unchanged(self, /) -> int:
        """
        Pass, and change nothing.
        """
    @property
    def update(self, /) -> int:
        """
        Pass, and change something.
        """
    @property
    def waiting(self, /) -> int:
        """
        Wait for a decision.
        """

@final
class Table(Sequence[_Row]):
    """
    A long list of results: a sequence whose rows become objects when they are
    asked for, so that 100,000 of them cost nothing until they are read.

    It exports itself: :meth:`to_dicts`, :meth:`to_csv`, and Arrow
    (``pyarrow.table(table)``, ``polars.DataFrame(table)``,
    ``pandas.DataFrame.from_arrow(table)``).
    """
    def __arrow_c_stream__(self, /, requested_schema: Any | None = None) -> Any:
        """
        The Arrow PyCapsule interface: what data frame libraries read.
        """
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, index: int, /) -> _Row: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[_Row]: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def columns(self, /) -> tuple[str, ...]:
        """
        The names of the columns: the fields of a row.
        """
    def to_csv(self, /, path: str | PathLike[str] | None = None) -> str | None:
        """
        The rows as CSV, in UTF-8: into the file at that path, or returned as a
        text. Moments are in RFC 3339, lists are joined by ``; ``, secrets are
        left out, and cells that a spreadsheet would run as a formula are
        defused (B).

        Raises :class:`InvalidInput` ``roster.unwritable`` where the file
        cannot be written.
        """
    def to_dicts(self, /) -> list[dict[str, Any]]:
        """
        The rows as dictionaries, one for each, with the same keys.
        """

@final
class Tie:
    """
    A tie between two parties (R): `who` is something to `of`.
    """
    __match_args__: Final = ('kind', 'who', 'of', 'begins_at', 'ends_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From this moment on.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until this moment; None for no end.
        """
    @property
    def kind(self, /) -> TieKind:
        """
        What `who` is to `of`.
        """
    @property
    def of(self, /) -> UUID:
        """
        The one whose relationship it is: the client, as a rule.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def who(self, /) -> UUID:
        """
        The one who has the part: the emergency contact, the payer.
        """

@final
class Tied:
    """
    A tie that was made (R).
    """
    __match_args__: Final = ('tie', 'enrolled')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def enrolled(self, /) -> Enrolled | None:
        """
        What came of enrolling the one who got a role by it.
        """
    @property
    def tie(self, /) -> UUID:
        """
        The tie.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class User:
    """
    One line of the list of users (A3).
    """
    __match_args__: Final = ('account', 'party', 'display_name', 'first_name', 'last_name', 'username', 'state', 'is_manager', 'last_logon', 'created', 'disabled', 'description', 'note')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    @property
    def created(self, /) -> datetime:
        """
        When the account was created.
        """
    @property
    def description(self, /) -> str | None:
        """
        The last administrative act.
        """
    @property
    def disabled(self, /) -> datetime | None:
        """
        When it was disabled.
        """
    @property
    def display_name(self, /) -> str:
        """
        First and last name.
        """
    @property
    def first_name(self, /) -> str | None:
        """
        The given name.
        """
    @property
    def is_manager(self, /) -> bool:
        """
        Whether it is an account manager (A1).
        """
    @property
    def last_logon(self, /) -> datetime | None:
        """
        The last sign-in.
        """
    @property
    def last_name(self, /) -> str | None:
        """
        The family name.
        """
    @property
    def note(self, /) -> str | None:
        """
        A free note.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        Its party, where it is linked to one (A2).
        """
    @property
    def state(self, /) -> State:
        """
        Its state (E2).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str:
        """
        The logon name.
        """

@final
class UserPage:
    """
    A page of the list of users (A3).
    """
    @property
    def active(self, /) -> int:
        """
        How many accounts of the agency are not disabled.
        """
    @property
    def found(self, /) -> int:
        """
        How many users the filter finds, on all pages.
        """
    @property
    def users(self, /) -> Table[User]:
        """
        The page: a table of `User`.
        """

@final
class WindowGroup:
    """
    The parties of one role, with their number (A5).
    """
    @property
    def role(self, /) -> Role:
        """
        The role.
        """
    @property
    def rows(self, /) -> Table[WindowRow]:
        """
        The page asked for, by name: a table of `WindowRow`.
        """
    @property
    def total(self, /) -> int:
        """
        How many parties have it, on all pages.
        """

@final
class WindowRow:
    """
    One line of the bulk window (A5).
    """
    __match_args__: Final = ('party', 'display_name', 'username', 'email', 'phone', 'account', 'state', 'note')
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account: whether it exists already.
        """
    @property
    def display_name(self, /) -> str:
        """
        The name, as it is shown.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address.
        """
    @property
    def note(self, /) -> str | None:
        """
        The account's free note.
        """
    @property
    def party(self, /) -> UUID:
        """
        The party.
        """
    @property
    def phone(self, /) -> str | None:
        """
        The phone number, E.164.
        """
    @property
    def state(self, /) -> State | None:
        """
        The account's state.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username.
        """

def _panic() -> None:
    """
    For tests: what a panic of the core becomes. Only in builds for testing.
    """

def _words() -> list[tuple[str, list[str]]]:
    """
    Every set of words with its name, for the test that `carekey.words`
    has them all.
    """

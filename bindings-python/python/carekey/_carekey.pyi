# Made of the Rust code by stubs.py: change it there, not here.
"""
The rules and the engine of carekey.
"""

from carekey import CarekeyError
from carekey.words import ActorKind, AdministrativeAct, AgencyState, ApplicationStanding, Cell, Code, DateOrder, EnrolmentScheme, EventKind, HashKind, LinkAct, Locale, MessageKind, MessageState, Method, OfficeAct, OfficeAction, Page, PartyKind, Resource, ReviewKind, Role, RosterColumn, RowAction, RowOutcome, RowState, Scope, Sending, SessionKind, Severity, Stage, Standing, State, TieEnd, TieKind, TieOutcome, UserColumn, UsernameScheme, WordSet
from carekey._types import Progress, RosterFile, RosterSource
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from os import PathLike
from typing import Any, Final, Generic, Literal, TypeVar, final, overload
from uuid import UUID

_Row = TypeVar("_Row", covariant=True)
_Value = TypeVar("_Value", covariant=True)

__all__ = ["QUESTIONS_VERSION", "UNUSED_DAYS", "VERSION", "Actor", "Added", "Admission", "Agency", "AgencyExport", "AgencyRow", "AgencySettings", "Allowed", "Application", "BatchRow", "Change", "ChangePassword", "Checked", "Checklist", "Clash", "Contact", "CreateReport", "Decision", "Description", "Directory", "DoneRow", "Edited", "Email", "Enrolled", "FeedLine", "FeedLines", "FeedPage", "Fields", "Finding", "Grant", "GrantRow", "Granted", "Hasher", "HashingLimits", "HashingMemory", "Head", "HistoryExport", "Invitation", "InvitationCode", "InvitationRow", "InvitationView", "Known", "Label", "Line", "LinkRow", "LinkToken", "Linked", "ManualClock", "Merged", "Message", "MessageRow", "NameRequest", "NameVerdict", "NewAccount", "NewGrant", "NewTie", "Of", "Office", "OnlineAccount", "Outbox", "Outline", "OwnContact", "OwnSession", "Pages", "Party", "PartyFacts", "PartyFile", "Period", "Person", "PersonName", "Phone", "Policy", "Preview", "PrintedCode", "Question", "Reason", "Recovered", "Recovery", "Refused", "Rendered", "ReviewItem", "RoleGroup", "Roster", "RosterRow", "RowCheck", "RowResult", "RuleCheck", "Secret", "SeenBy", "SentRow", "Session", "SessionRow", "SetQuestions", "Sight", "SignInFirst", "SignedIn", "Snapshot", "Split", "StaffPattern", "StagedRow", "Step", "Submitted", "Summary", "Table", "Taken", "Text", "TextRow", "Throttle", "Tie", "TieCheck", "TiePreview", "TieReport", "TieResult", "TieRoster", "TieRosterRow", "TieRow", "Tied", "Titled", "TokenLife", "Trimmed", "User", "UserPage", "Usernames", "Verified", "Viewer", "WhoDecision", "WindowGroup", "WindowRow", "_panic", "_restored", "_words", "after_password", "after_questions", "canonical", "cell", "check_action", "check_answers", "check_change", "check_contact", "check_email", "check_grant", "check_hash", "check_link_base", "check_password", "check_phone", "check_policy", "check_staff_name", "check_template", "check_tie", "choose_method", "conveyed", "conveys", "decide", "defused", "fields", "first_stage", "hashing_memory", "is_block_listed", "label", "labels", "limit_hashing_memory", "load_language", "masked", "moment", "next_action", "normalise_answer", "online_account", "page_address", "page_link", "page_of", "questions", "render", "retry_at", "role_fits", "sees", "shipped", "skeleton", "span", "state_of", "temporary", "to_csv", "to_json_lines", "verify", "verify_export", "verify_history_export", "what_can_see", "who_can_see"]

QUESTIONS_VERSION: Final[int]
"""
The version of the list of security questions (Q1).
"""

UNUSED_DAYS: Final[int]
"""
After how many days without a sign-in an account stands in the access
review, where nobody says otherwise (A5).
"""

VERSION: Final[str]
"""
Which carekey this is.
"""

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
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def account(account: UUID | str) -> Actor:
        """
        A signed-in account. For acts of the office it must be an active
        account manager, or have an office role to which the policy delegates
        the act, on people of the roles that it says (A7).
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
    What came of adding someone.
    """
    __match_args__: Final = ('party', 'enrolled')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def enrolled(self, /) -> Enrolled | None:
        """
        Its enrolment, where its role enrols it (R): clients, at once.
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
class Admission:
    """
    What becomes of an attempt (E4). It is true where it is to be
    evaluated.
    """
    __match_args__: Final = ('outcome', 'until')
    def __bool__(self, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def outcome(self, /) -> str:
        """
        `evaluate`, `locked` (too many failures), `closed` (until recovery)
        or `busy` (all places are held by attempts under way: come back in
        a moment).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def until(self, /) -> datetime | None:
        """
        Until when it is locked.
        """

@final
class Agency:
    """
    One tenant of a directory. A cheap handle; keep it, share it between
    threads.
    """
    def __repr__(self, /) -> str: ...
    def acting_as(self, /, actor: Actor, *, source: str | None = None, send: Sending = ...) -> Office:
        """
        The office of this agency with someone acting. ``source`` is from where
        they come, as the histories show it.

        Where ``send`` is ``"later"``, those whom it enrols are sent their first
        message later (I10): accounts are made whole, but no link, password or
        message of theirs exists until :meth:`Office.send_staged`, so that
        nothing is over while they wait; families and their applications are
        added, and not invited yet.
        """
    def activate(self, /, link: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> State:
        """
        Sets the first password by the link of the activation message (S0). The
        contact that it went to is proven by it (C1). It signs nobody in: the answer
        is the state that sign-in will find.

        Without ``confirm``, the host has compared the two.

        Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
        ``step.refused`` where the link is not or no longer good, the account
        disabled; :class:`InvalidInput` with the findings about the password.
        """
    def activation(self, /, link: str | Secret) -> str:
        """
        Whose activation this link is: the username to show beside the password
        fields. Looking never uses the link up (I7).

        Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
        ``step.refused`` where the link is not or no longer good.
        """
    def agency_history(self, /) -> Table[Line]:
        """
        The agency's own history: settings, managers, rosters, ties, grants. Lines
        of one moment that two handles wrote are in no order of their own.

        A table of :class:`Line`.

        Raises :class:`StoreError`.
        """
    def can_see(self, /, viewer: UUID | str, resource: Resource, *, party: UUID | str | None = None, application: UUID | str | None = None) -> Decision:
        """
        Whether an account may see a resource now, and why (V). Default deny: an
        account or a party of another agency is one that is not there.

        Whose: of a ``party``, of an ``application``, or with neither one's own.

        Raises :class:`NotFound` ``account.not_found``, ``party.not_found``,
        ``application.not_found``, or :class:`StoreError`.
        """
    def change_contact(self, /, session: str | Secret, password: str | Secret, method: Method, address: str, *, source: str | None = None) -> OwnContact:
        """
        Changes one's own e-mail address or phone number, with one's password (C3).
        The new one is sent a link to confirm it, and takes the place of the one of
        its kind, and of the username where that is the same (U1, U2), when it is
        confirmed; the earlier one is told, and of a number the e-mail address as
        well, with a link to object for 30 days. Only the latest that was asked for
        can be confirmed. One that is theirs already takes back what waits.

        Whether somebody else has the address is said to whoever confirms it, who
        has it, and to nobody else.

        Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
        ``password.current_wrong``, counted as at sign-in (E4);
        :class:`InvalidInput` with the findings about the address, such as
        ``email.malformed``; ``contact.objected`` where its owner objected and the
        office has not decided; ``contact.too_often`` where ten messages about
        changes went to either contact within a day.
        """
    def change_password(self, /, session: str | Secret, current: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> Session:
        """
        Changes the password of someone who is signed in. Their other sessions and
        devices end; this one goes on under new tokens, remembered if it was (E5).
        It is no sign-in.

        Without ``confirm``, the host has compared the two.

        Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput` with
        the findings about the passwords, with :class:`InvalidInput`
        ``password.current_wrong`` among them.
        """
    def change_questions(self, /, session: str | Secret, password: str | Secret, answers: Mapping[str, str | Secret] | Iterable[tuple[str, str | Secret]], *, source: str | None = None) -> None:
        """
        Changes one's own security questions, with one's password (Q5): by the rules
        by which they were first set (Q1 to Q4). What somebody began of a recovery
        ends; all proven contacts of the user are told.

        Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
        ``password.current_wrong``, counted as at sign-in (E4);
        :class:`InvalidInput` with the findings about the answers.
        """
    def choose_password(self, /, step: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Chooses a password: takes the step that ``ChangePassword`` or a redeemed
        invitation began, and goes on to what comes next.

        Without ``confirm``, the host has compared the two.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
        the findings about the password. The step stays open after findings.
        """
    @property
    def code(self, /) -> str:
        """
        The code by which the directory knows it.
        """
    def confirm_contact(self, /, link: str | Secret, *, source: str | None = None) -> str:
        """
        Confirms a new e-mail address or phone number by the link that was sent to
        it (C2, C3). It takes the place of the earlier one, and where that was the
        username, the username follows (U1). Gives the username.

        Raises :class:`InvalidInput` ``link.malformed``; ``contact.objected`` where
        the owner of the earlier contact objected; :class:`RefusedError`
        ``step.refused`` where the link is not or no longer good;
        :class:`InvalidInput` with the findings about the username.
        """
    def contacts(self, /, session: str | Secret, *, source: str | None = None) -> Table[OwnContact]:
        """
        The contacts of one's own account (C1): where its user is reached, and which
        wait to be confirmed; e-mail first, of each kind those that nobody objected
        to, the earliest of them first.

        A table of :class:`OwnContact`.

        Raises :class:`RefusedError` ``session.ended``.
        """
    def end_other_sessions(self, /, session: str | Secret, *, source: str | None = None) -> int:
        """
        Ends all of the user's sessions but this one, and lets go of all devices but
        that which it began at (E5). What a sign-in elsewhere led to is begun again.
        Gives how many sessions and devices there were.

        Raises :class:`RefusedError` ``session.ended``.
        """
    def end_session(self, /, session: str | Secret, id: UUID | str, *, source: str | None = None) -> None:
        """
        Ends one of the user's own sessions, this one too, or lets go of a device
        and of the sessions that began at it (E5).

        Raises :class:`RefusedError` ``session.ended``; :class:`NotFound`
        ``session.not_found`` where none of theirs has that identifier, whoever has
        it else, or it is over.
        """
    def find_parties(self, /, text: str = ..., *, page: int = ...) -> Pages[Party]:
        """
        Parties whose name, nickname, e-mail, phone or external identifier has each
        word of the text in it, whatever their order, case and marks, by name as the
        agency's language sorts it (A4, A6): ``Conner, Felicia`` finds Felicia
        Conner, and ``munoz`` Ana Muñoz. A phone number is found however it is
        written, and a party's own identifier finds that party.

        An iterator of :class:`Party` that reads page by page.

        Raises :class:`StoreError`.
        """
    def finish_recovery(self, /, token: str | Secret, password: str | Secret, *, confirm: str | Secret | None = None, source: str | None = None) -> Recovered:
        """
        Chooses the new password and ends the recovery: all sessions end, the
        failures are forgotten, and nobody is signed in by it (E6).

        Without ``confirm``, the host has compared the two.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
        the findings about the password, after which the step stays open.
        """
    def history(self, /, account: UUID | str) -> Table[Line]:
        """
        The history of an account, first line first. It outlives the account. What
        was refused and not told yet, is told now: one line for each reason and day
        (E4).

        A table of :class:`Line`.

        Raises :class:`NotFound` ``account.not_found``, or :class:`StoreError`.
        """
    @property
    def id(self, /) -> UUID:
        """
        Its identifier.
        """
    def look_at_invitation(self, /, link: str | Secret) -> InvitationView:
        """
        What an invitation's link leads to. It never uses the link up: mail scanners
        open links (I7).

        Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
        ``invitation.expired`` where its time is over; ``invitation.refused`` in
        every other case.
        """
    def message_owner(self, /, session: str | Secret, text: str | Secret, *, source: str | None = None) -> None:
        """
        Sends what a signed-in user writes to the agency's owner, in the template of
        the message; where there are several owners, to each. It waits sealed, as
        codes do: it may be about someone's health.

        Raises :class:`RefusedError` ``session.ended``; :class:`NotAllowed`
        ``actor.not_allowed`` where the user may not (V); :class:`InvalidInput`
        ``text.too_long`` over 5,000 characters; ``email.missing`` where the agency
        has no address of its owner.
        """
    def object_to_contact(self, /, link: str | Secret, *, source: str | None = None) -> None:
        """
        Objects to a new e-mail address or phone number, by the link that was sent
        to the earlier one (C2, C3), for 30 days and whatever whoever holds the
        account did meanwhile. The change and all that came after it are taken back:
        the earlier contact and username hold again, and all sessions and devices of
        the account end. Where the user asked for the change, or the new contact was
        confirmed, the password is gone as well, and the questions are those of
        before: whoever has the earlier contact recovers the account by it. The new
        one proves nothing, and stands in the office's review until it has decided.

        Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
        ``step.refused`` where the link is not or no longer good: used, too old, the
        office has decided, the account is deleted.
        """
    @property
    def outbox(self, /) -> Outbox:
        """
        The messages that wait to be sent.
        """
    def party(self, /, party: UUID | str) -> Party:
        """
        A party.

        Raises :class:`NotFound` ``party.not_found``; ``party.merged`` with the one
        that it was merged ``into`` (A6); or :class:`StoreError`.
        """
    def question_count(self, /, token: str | Secret) -> int:
        """
        How many security questions whoever holds this step, or this session,
        answers (Q1): the largest number that the policy has for a role of theirs.
        So a page knows how many to show.

        Raises :class:`RefusedError` ``step.refused``, where it is neither.
        """
    def recover(self, /, username: str, *, source: str | None = None) -> Recovery:
        """
        Begins a recovery: by the policy it sends a code to the stored contact, or
        asks the security questions (Q5). For unknown names, and for accounts that
        cannot be recovered, the answer and the work are the same.

        Raises :class:`StoreError`.
        """
    def recovery_answers(self, /, token: str | Secret, answers: Mapping[str, str | Secret] | Iterable[tuple[str, str | Secret]], *, source: str | None = None) -> Recovery:
        """
        Takes the answers to all questions that were asked, and says only whether
        they are right together (Q4). The fifth wrong set ends the recovery; where
        nothing but questions is asked, it makes further ones wait (E4).

        Raises :class:`RefusedError` ``recovery.refused``, whatever is wrong.
        """
    def recovery_code(self, /, token: str | Secret, code: str | Secret, *, source: str | None = None) -> Recovery:
        """
        Takes a code that was sent (E6), and says what is asked next.

        Raises :class:`RefusedError` ``recovery.refused``, whatever is wrong: the
        code, its time, the token, the account.
        """
    def redeem_code(self, /, code: str | Secret, contact: str, *, session: str | Secret | None = None, source: str | None = None) -> NewAccount | Linked | SignInFirst:
        """
        Redeems a code together with the contact it was sent to or the application's
        number (I3), exactly once, however many try at the same time (I7). With a
        session, it links to that account; without, to a new one (I8), and never to
        one that exists (``SignInFirst``).

        Wrong codes are counted and keep nobody waiting: the code is too long to be
        found, and no stranger can keep the right one from being taken.

        Raises :class:`InvalidInput` ``code.malformed`` and ``code.mistyped``
        without asking the store; :class:`RefusedError` ``session.ended`` where a
        session was given that is over; ``invitation.expired`` for the right code
        after its time; ``invitation.refused`` in every other case.
        """
    def redeem_link(self, /, link: str | Secret, *, session: str | Secret | None = None, source: str | None = None) -> NewAccount | Linked | SignInFirst:
        """
        Redeems the confirmed link of an invitation, exactly once (I7, I8).

        Raises :class:`InvalidInput` ``link.malformed``; else as
        ``Agency.redeem_code``.
        """
    def remind(self, /) -> int:
        """
        Reminds those who were sent an activation link, a temporary password or an
        invitation and have not come, on the days of the policy (I10); there are
        none by default. To be called about once a day, from a job of the host's.
        Says how many reminders it put in the outbox.

        One that was missed is made up for, several by one message; one run sends
        nobody two. A reminder says the link and the code that were sent before,
        which are good for as long as they were; of a temporary password, that it
        was sent. Nobody is reminded of what was redeemed, replaced, cancelled or is
        over, who is disabled or deleted, or whose contact was objected to; nor of
        what was printed, or sent before this release of carekey.

        Raises :class:`StoreError`; what was written until then stays, and is not
        written again.
        """
    def seen_by(self, /, resource: Resource, *, party: UUID | str | None = None, application: UUID | str | None = None) -> Table[SeenBy]:
        """
        Every account that sees a resource of a client or an application now, and
        why: the other way round.

        A table of :class:`SeenBy`.

        Whose: of a ``party``, of an ``application``, or with neither one's own.

        Raises :class:`NotFound` ``party.not_found``, ``application.not_found``, or
        :class:`StoreError`.
        """
    def sees(self, /, viewer: UUID | str) -> Table[Sight]:
        """
        Everything that an account sees now: its own, that of everyone it is tied
        to, its applications, and what is granted to it by name. A grant for every
        client stands for itself and is not listed client by client.

        A table of :class:`Sight`.

        Raises :class:`NotFound` ``account.not_found``, or :class:`StoreError`.
        """
    def session(self, /, token: str | Secret) -> SignedIn:
        """
        Who this session belongs to, if it is live: not idle or old, its account
        neither disabled nor deleted, its password the same. A lock refuses
        passwords and ends no session (E4).

        Raises :class:`RefusedError` ``session.ended``, whatever the reason; or
        :class:`StoreError`.
        """
    def sessions(self, /, session: str | Secret) -> Table[OwnSession]:
        """
        Where the user of a session is signed in: their sessions, and the devices
        from which they signed in before (E5); the latest first, sessions before
        devices. What is over is not among them.

        A table of :class:`OwnSession`.

        Raises :class:`RefusedError` ``session.ended``.
        """
    def set_language(self, /, session: str | Secret, language: Locale, *, source: str | None = None) -> None:
        """
        In which language its user is written to from now on (C3). What the office
        writes down of the party later, unless it is another language, leaves it so.

        Raises :class:`RefusedError` ``session.ended``.
        """
    def set_questions(self, /, step: str | Secret, answers: Mapping[str, str | Secret] | Iterable[tuple[str, str | Secret]], *, source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Sets the security questions: takes the step that ``SetQuestions`` began, and
        signs in.

        Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
        the findings about the answers. The step stays open after findings.
        """
    @property
    def settings(self, /) -> AgencySettings:
        """
        Its settings as they are now.
        """
    def sign_in(self, /, username: str, password: str | Secret, *, remember: bool = ..., device: str | Secret | None = None, source: str | None = None) -> Granted | ChangePassword | SetQuestions | Refused:
        """
        Signs in. Every refusal looks the same and costs the same, whether the name
        is unknown, the password wrong or empty, the account disabled, locked or
        expired (E3).

        Failures from devices that are not known are counted together, and make
        further passwords from such devices wait; a device whose token is given is
        counted by itself (E4).

        Raises only :class:`StoreError`: a refusal is an answer.

        >>> import carekey, carekey.testing
        >>> with carekey.testing.agency() as agency:
        ...     agency.sign_in("nobody@example.com", "wrong")
        Refused()
        """
    def sign_out(self, /, token: str | Secret, *, source: str | None = None) -> None:
        """
        Ends this session. Ending one that is over is no error.

        Raises :class:`StoreError`.
        """
    def snapshot(self, /, viewer: UUID | str) -> str:
        """
        A snapshot of what an account may see, for an app to decide by without a
        network until it lapses (V, ``snapshot``): as ``can_see``, it answers for
        what is now. It lasts as long as the policy says.

        Raises :class:`NotFound` ``account.not_found``, ``account.deleted``,
        :class:`InvalidInput` ``account.disabled``, or :class:`StoreError`.
        """
    @property
    def snapshot_key(self, /) -> str:
        """
        The public key of the agency's snapshots, to be built into its apps.
        """
    def tidy(self, /, message_days: int) -> int:
        """
        Removes what is over and of no more use: tokens a day after their end,
        counts of failures and codes when no rule looks at them any more, sent,
        abandoned and withdrawn messages after ``message_days``, changes of contacts
        to which nobody can object any more and answers of before them. Refusals
        that no history tells yet are told first. How many rows lists have is
        counted anew. To be called now and then, from a job of the host's. Says how
        many rows went.

        Raises :class:`StoreError`.
        """
    def verify_agency_history(self, /) -> None:
        """
        Whether the agency's own history is as it was written, and whether every
        account whose history it ever saw begin still has one.

        Raises :class:`StoreError` ``history.broken``, ``history.cut``, or
        ``history.removed`` with the account whose history is gone.
        """
    def verify_history(self, /, account: UUID | str) -> None:
        """
        Whether the history of an account is as it was written.

        Raises :class:`StoreError` ``history.broken`` with the number of the first
        line that is not as it was written, or that the feed has before its
        predecessor; ``history.cut`` where lines are missing at the end; those of
        ``Agency.history``.
        """

@final
class AgencyExport:
    """
    What an export of an agency has in it (A9).
    """
    __match_args__: Final = ('agency', 'suspended_at', 'sha256', 'rows')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def agency(self, /) -> str:
        """
        The code of the agency.
        """
    @property
    def rows(self, /) -> int:
        """
        How many rows are in it; how many of each table its last line says.
        """
    @property
    def sha256(self, /) -> str:
        """
        The SHA-256 of all bytes, in hexadecimal, as ``sha256sum`` says it.
        """
    @property
    def suspended_at(self, /) -> datetime | None:
        """
        Since when it was suspended then, if it was.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class AgencyRow:
    """
    An agency as its directory knows it, whatever its state (A9).
    """
    __match_args__: Final = ('code', 'name', 'state', 'since', 'by', 'reason', 'export')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def by(self, /) -> str | None:
        """
        Who suspended or deleted it.
        """
    @property
    def code(self, /) -> str:
        """
        The code by which the directory knows it.
        """
    @property
    def export(self, /) -> str | None:
        """
        The SHA-256 of the export that the deletion rests on, in hexadecimal.
        """
    @property
    def name(self, /) -> str:
        """
        Its name.
        """
    @property
    def reason(self, /) -> str | None:
        """
        Why it was suspended.
        """
    @property
    def since(self, /) -> datetime:
        """
        Since when it stands so: created, suspended, being deleted, deleted.
        """
    @property
    def state(self, /) -> AgencyState:
        """
        How it stands.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
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
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, code: str, name: str, link_base: str, *, prefix: str | None = None, country: str | None = None, locale: Locale | None = None, owner_email: str | None = None, owner_emails: Iterable[str] | None = None, time_zone: str | None = None, policy: Policy | None = None) -> AgencySettings: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> str:
        """
        The code by which the directory knows it: 1 to 32 letters, digits, dots,
        hyphens or underscores. It never changes.
        """
    @property
    def country(self, /) -> str:
        """
        ISO 3166-1, two capital letters, for phone numbers without a country.
        """
    @property
    def link_base(self, /) -> str:
        """
        What links in messages begin with: ``https://…``, no query.
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
        Where messages to the agency's owner go (S1).
        """
    @property
    def owner_emails(self, /) -> list[str]:
        """
        Where they go as well, where the agency has several owners. An address that
        is in both gets one message.
        """
    @property
    def policy(self, /) -> Policy:
        """
        Every number and switch.
        """
    @property
    def prefix(self, /) -> str:
        """
        What staff names begin with (U3): at most 8 letters or digits.
        """
    def replace(self, /, *, name: str | None = None, link_base: str | None = None, prefix: str | None = None, country: str | None = None, locale: Locale | None = None, owner_email: str | None = None, owner_emails: Iterable[str] | None = None, time_zone: str | None = None, policy: Policy | None = None) -> AgencySettings:
        """
        The same settings with some changed.
        """
    @property
    def time_zone(self, /) -> str | None:
        """
        The time zone in which messages tell moments, by its IANA name:
        ``America/Toronto``. By default UTC.
        """

@final
class Allowed:
    """
    What somebody may do for the office, and on whom (A7).
    """
    __match_args__: Final = ('act', 'roles')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def act(self, /) -> OfficeAct:
        """
        The act.
        """
    @property
    def roles(self, /) -> list[Role]:
        """
        On people who have no other roles than these.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Application:
    """
    One line of the list of applications (I4).
    """
    __match_args__: Final = ('id', 'number', 'family_name', 'family', 'submitted_at', 'linked_to', 'next_action', 'invited_until', 'invited_contact', 'invited_method', 'invitation')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    def invitation(self, /) -> Standing | None:
        """
        Where the current invitation stands.
        """
    @property
    def invited_contact(self, /) -> str | None:
        """
        Where the current invitation went, in canonical form; of one that was
        printed, the contact that goes with its code.
        """
    @property
    def invited_method(self, /) -> Method | None:
        """
        How it went there.
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
    def __hash__(self, /) -> int: ...
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
    def __hash__(self, /) -> int: ...
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
        ``name``, ``nickname``, ``roles``, ``username``, ``email``, ``phone``,
        ``preferred``, ``language``, ``external_id`` or ``note``: a list of
        changes is in this order.
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
    def __hash__(self, /) -> int: ...
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
class Checked(Generic[_Value]):
    """
    What came of reading a value: the value where it can be used, and all that
    there is to say about it. With an error among the findings there is no
    value; a warning leaves it.

    >>> from carekey.username import check_email
    >>> checked = check_email("sue@gmial.com")
    >>> checked.passes, checked.value.canonical, checked.findings[0].suggestion
    (True, 'sue@gmial.com', 'sue@gmail.com')
    """
    __match_args__: Final = ('value', 'findings')
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def findings(self, /) -> list[Finding]:
        """
        What was found, in the fixed order of the check.
        """
    @property
    def passes(self, /) -> bool:
        """
        Whether there is a value.
        """
    def require(self, /) -> _Value:
        """
        The value.

        Raises :class:`InvalidInput` with the findings where there is none.
        """
    @property
    def value(self, /) -> _Value | None:
        """
        The value; None where an error forbids it.
        """

@final
class Checklist:
    """
    Every rule of a policy, met or not, in a fixed order (P2): for a form
    that ticks them off as someone types.
    """
    __match_args__: Final = ('passes', 'findings', 'rules')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def findings(self, /) -> list[Finding]:
        """
        The findings of the rules that are not met.
        """
    @property
    def passes(self, /) -> bool:
        """
        Whether every rule is met.
        """
    @property
    def rules(self, /) -> list[RuleCheck]:
        """
        The rules.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Clash:
    """
    Why a name is not free (U4, U6).
    """
    __match_args__: Final = ('other', 'retired')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def other(self, /) -> str | None:
        """
        The name that it looks like; None where it is that very name which
        is or was in use.
        """
    @property
    def retired(self, /) -> bool:
        """
        Whether it was the name of someone who was deleted.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Contact:
    """
    An e-mail address or a phone number (U2).
    """
    __match_args__: Final = ('method', 'display', 'canonical')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def canonical(self, /) -> str:
        """
        The form in which it is compared.
        """
    @property
    def display(self, /) -> str:
        """
        As it was typed.
        """
    @property
    def method(self, /) -> Method:
        """
        How a message reaches it.
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
    @property
    def stopped(self, /) -> CarekeyError | None:
        """
        Why the work ended before its time, where it did: what was committed by
        then stands in the rows, the others are `not_reached`, and the same
        preview can be created again.
        """

@final
class Decision:
    """
    A decision, with why. It is true where it allows.
    """
    __match_args__: Final = ('allowed', 'scope', 'because')
    def __bool__(self, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
        forbids it or all that was missing. Never empty; in the order of the
        roles.
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
class Description:
    """
    The last administrative act on an account, and by whom (A3).
    """
    __match_args__: Final = ('act', 'by')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def act(self, /) -> AdministrativeAct:
        """
        What was done.
        """
    @property
    def by(self, /) -> str:
        """
        The name of who did it, as it was then.
        """
    def text(self, /, locale: Locale = ...) -> str:
        """
        The text for a reader of that language.
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
        All agencies that are not suspended, by code: those that a job of the host's has
        work in. :meth:`agency_rows` has every one.
        """
    def agency(self, /, code: str) -> Agency:
        """
        The agency that is known by this code. One that is suspended is found; what is
        asked of it is refused (A9).

        Raises :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
        """
    def agency_rows(self, /) -> list[AgencyRow]:
        """
        Every agency that there is or was, by code: those that are suspended and the
        notes of those that were deleted too (A9).
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
        ``agency.exists``, ``agency.deleted`` where one of that code was deleted or is being so
        (A9), or with the findings about the settings.
        """
    def delete_agency(self, /, code: str, path: str | PathLike[str], *, actor: Actor) -> None:
        """
        Deletes a suspended agency for good: every row of it, in pieces, but the note of
        its name, and of who deleted it when and by which export, under a code that is
        not given again (A9). Asked for is the file of an export of it as it is now: one
        of before anything was changed, another export among it, is none.

        Killed in the middle, the agency stays suspended, and is deleted by calling it
        again with the same export.

        Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`InvalidInput`
        ``agency.not_suspended``, ``agency.not_exported``; :class:`NotFound`
        ``agency.not_found``, ``agency.deleted``; :class:`StoreError` ``export.failed``.
        """
    def export_agency(self, /, code: str, path: str | PathLike[str], *, actor: Actor) -> AgencyExport:
        """
        Writes out everything that an agency has, into a new file of JSON lines, readable
        and without a secret (A9). Its history says so first. The file is there whole, or
        not at all, and its owner alone can read it; :func:`carekey.verify_export`
        verifies it.

        Of an agency that is not suspended it has what was there when its piece was
        read, and may not hold together.

        Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`NotFound`
        ``agency.not_found``, ``agency.deleted``; :class:`StoreError` ``export.failed``, also
        where there is such a file already.
        """
    def hash_operations(self, /) -> int:
        """
        How many password hashes this handle has computed: for tests of timing
        parity, which count instead of measuring.
        """
    @staticmethod
    def open(address: str, *, key: bytes, clock: ManualClock | None = None, hashing_limits: HashingLimits | None = None) -> Directory:
        """
        Opens the directory at that address, and makes it where there is none:
        ``sqlite:FILE``, ``postgres://…`` or ``memory:``. The key is 32 bytes that the host
        keeps elsewhere; a directory opens only with the key it was made with.
        A ``clock`` of one's own is for tests.

        ``hashing_limits`` is what a password hash may cost here at most,
        whatever an agency sets (P6).

        Raises :class:`ConfigurationError` ``key.length``, ``key.wrong``,
        ``store.address``; :class:`StoreError` ``store.newer``,
        ``store.damaged``, ``store.unavailable``. Nothing is written then.
        """
    def resume_agency(self, /, code: str, *, actor: Actor) -> None:
        """
        Takes a suspended agency up again: everything goes on where it was (A9).

        Raises :class:`NotAllowed` ``actor.not_allowed`` but for support; :class:`InvalidInput`
        ``agency.not_suspended``; :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
        """
    def suspend_agency(self, /, code: str, *, reason: str = ..., actor: Actor) -> None:
        """
        Suspends an agency: nothing is decided in it and nobody gets in until it is
        resumed, by handles that were opened before either (A9). Sign-in and recovery
        answer as to a name that nobody has; all else is refused with
        ``agency.suspended``. Nothing ends by it: sessions, links and messages wait, as
        long as they are good for. What an app holds of it in a snapshot lasts as long
        as the snapshot does. Of the reason 500 characters are kept.

        Raises :class:`NotAllowed` ``actor.not_allowed`` but for support, ``agency.suspended``
        where it is already; :class:`NotFound` ``agency.not_found``, ``agency.deleted``.
        """

@final
class DoneRow:
    """
    What came of one of many (A5).
    """
    __match_args__: Final = ('account', 'party', 'tie', 'grant', 'username', 'done', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account: the one that was named, or that the party has now.
        """
    @property
    def done(self, /) -> bool:
        """
        Whether it was done.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why not, and what else there is to say.
        """
    @property
    def grant(self, /) -> UUID | None:
        """
        The grant that was given.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The party that was named; of a tie, who has the part; of a grant, to
        whom.
        """
    @property
    def tie(self, /) -> UUID | None:
        """
        The tie that was made.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username of an account that was made, as it is shown.
        """

@final
class Edited:
    """
    What came of editing a party.
    """
    __match_args__: Final = ('changes', 'sent_again', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def changes(self, /) -> list[Change]:
        """
        What is otherwise now; None where all was so already.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What else there is to say: ``contact.to_be_confirmed`` of each contact
        that waits for its user (C2), where no invitation could go out again,
        and what the checks warn of.
        """
    @property
    def sent_again(self, /) -> bool:
        """
        Whether what had been sent to the old contact went out again, to the new
        one (C2).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Email:
    """
    An e-mail address that can be used as a username and written to.
    """
    __match_args__: Final = ('typed', 'canonical')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def canonical(self, /) -> str:
        """
        In canonical form: what is compared.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def typed(self, /) -> str:
        """
        As it was typed, without the blanks around it, in NFC: what is shown and
        written to.
        """

@final
class Enrolled:
    """
    What came of enrolling someone.
    """
    __match_args__: Final = ('account', 'username', 'invitation', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The new account; None where the scheme makes it later (families, when
        they redeem their code) or where the findings forbid it.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why there is no account or no message, and what else there is to say.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over in
        person.
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
class FeedLine:
    """
    A line of the feed (H).
    """
    __match_args__: Final = ('account', 'cursor', 'subject', 'sequence', 'at', 'kind', 'actor', 'actor_account', 'actor_name', 'details', 'source', 'mac')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account whose history it is in; None for the agency's own.
        """
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
    def cursor(self, /) -> str:
        """
        From where what came after this line is asked for.
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
class FeedLines(Iterator[FeedLine]):
    """
    Goes through the feed page by page, so that no more than one page is in
    memory.
    """
    def __iter__(self, /) -> FeedLines: ...
    def __next__(self, /) -> FeedLine: ...

@final
class FeedPage:
    """
    A page of the feed (H).
    """
    __match_args__: Final = ('lines', 'next', 'more')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def lines(self, /) -> list[FeedLine]:
        """
        The lines, in the order in which they came to be seen.
        """
    @property
    def more(self, /) -> bool:
        """
        Whether more fit already.
        """
    @property
    def next(self, /) -> str:
        """
        From where what came after is asked for: after the last line here or,
        where no more fit, after all that were there, those that did not fit
        too.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Fields:
    """
    What the texts of a kind of message can speak of.
    """
    __match_args__: Final = ('params', 'secrets')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def params(self, /) -> list[str]:
        """
        What may stand anywhere, and may be left out.
        """
    @property
    def secrets(self, /) -> list[str]:
        """
        What must stand in the body, and may not stand in the subject. It is
        sealed while the message waits, and removed once it is sent.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
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
    'el dominio homehelp no tiene punto y el correo no puede llegar'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, code: Code, field: str, *, params: Mapping[str, int | str] = ..., suggestion: str | None = None) -> Finding:
        """
        A finding of a check of the host's own, in carekey's words.

        Raises :class:`InvalidInput` ``input.unknown_word`` for a code that is
        none.
        """
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
    A resource that a member of the office staff may see (rule V).
    """
    __match_args__: Final = ('to', 'resource', 'of', 'begins_at', 'ends_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, to: UUID | str, resource: Resource, begins_at: datetime, of: UUID | str | None = None, ends_at: datetime | None = None) -> Grant: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From this moment on, itself included.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until this moment, itself excluded; None for no end.
        """
    @property
    def of(self, /) -> UUID | None:
        """
        The client, or for ``Application`` the application, whose it is; None
        for every one.
        """
    @property
    def resource(self, /) -> Resource:
        """
        What.
        """
    @property
    def to(self, /) -> UUID:
        """
        To whom. It counts while they are of the office staff.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class GrantRow:
    """
    A grant as the office lists it.
    """
    __match_args__: Final = ('grant', 'to', 'to_name', 'resource', 'of', 'of_name', 'begins_at', 'ends_at', 'reason')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From when.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when; the moment itself is outside. Nothing only where the grant
        was given before every one had an end.
        """
    @property
    def grant(self, /) -> UUID:
        """
        The grant.
        """
    @property
    def of(self, /) -> UUID | None:
        """
        The client or the application whose it is; None for every one.
        """
    @property
    def of_name(self, /) -> str | None:
        """
        The client's name, as it is shown, or the application's number.
        """
    @property
    def reason(self, /) -> str | None:
        """
        Why it was given.
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
    @property
    def to_name(self, /) -> str:
        """
        Their name, as it is shown.
        """

@final
class Granted:
    """
    Signed in.
    """
    __match_args__: Final = ('session',)
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
class Hasher:
    """
    Hashes passwords and answers, and compares them with stored hashes (P6).

    A hash is a PHC string of Argon2id, version 19, with a 16-byte salt and a
    32-byte tag, of the password in NFC. With a pepper, what is hashed is the
    HMAC-SHA-256 of the password under the pepper, and the string has a
    ``keyid`` that tells which pepper it was: a store that is stolen without the
    key cannot even be guessed at.

    One hasher serves any number of threads. All hashers of a process take their
    memory from one budget (``limit_hashing_memory``): where it is used up, a
    call waits.

    >>> from carekey.password import Hasher
    >>> hasher = Hasher()
    >>> stored = hasher.hash("Lantern#47 tide")
    >>> hasher.verify(stored, "Lantern#47 tide")
    Verified(matches=True, renew=False)
    >>> hasher.operations
    2
    """
    def __new__(cls, /, *, policy: Policy | None = None, pepper: bytes | None = None) -> Hasher:
        """
        A hasher; with a ``pepper`` of 32 bytes, hashes cannot even be guessed
        at without it.

        Raises :class:`ConfigurationError` ``key.length``.
        """
    def decoy(self, /, password: str | Secret) -> None:
        """
        Spends exactly one hash of the policy's cost, against nothing: what a
        refusal without a stored hash must cost (E3). Without a pepper it is one for
        each form that differs, as it is for a stored one. Never fails; a password
        too long to be hashed is replaced by an empty one.
        """
    def hash(self, /, password: str | Secret) -> str:
        """
        Hashes a password for storing.

        Raises :class:`InvalidInput` ``password.too_long`` over 1,024 bytes, before
        anything is hashed (P3); :class:`InternalError` ``internal.fault`` where the
        cost is none that Argon2 has, or its memory is not to be had.
        """
    @property
    def operations(self, /) -> int:
        """
        How many times a password was hashed or compared, or seemed to be: decoys
        and other systems' hashes included, one for each call. What that cost is
        ``Hasher.work``.
        """
    def verify(self, /, stored: str | Secret, password: str | Secret) -> Verified:
        """
        Compares a password with a stored hash, in constant time.

        Hashes of other systems are accepted (P7, the kinds of ``HashKind``). They
        are compared with the password as it was typed, in NFC and in NFD, since
        those systems may have taken any: with all that differ, one to three, so
        that how long it takes tells nothing but what the password says itself.

        Raises :class:`InvalidInput` ``password.too_long``, ``hash.unsupported``,
        ``hash.unrecognised``, or ``hash.out_of_bounds`` where the stored hash asks
        for more than 1 GiB, 10 passes or 16 lanes, or another bound: all before any
        memory is taken or anything is hashed. Where a refusal must cost as much as
        an answer, call ``Hasher.decoy`` then.
        """

@final
class HashingLimits:
    """
    What the operator of a directory lets a password hash cost, whatever an
    agency sets (P6): an agency that asks for more is told
    `policy.cost_over_limit`.

    >>> from carekey import HashingLimits
    >>> HashingLimits(memory_kib=128 * 1024)
    HashingLimits(memory_kib=131072, passes=4, lanes=4)
    """
    __match_args__: Final = ('memory_kib', 'passes', 'lanes')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, memory_kib: int | None = None, passes: int | None = None, lanes: int | None = None) -> HashingLimits:
        """
        What is left out has the core's default.
        """
    def __repr__(self, /) -> str: ...
    @property
    def lanes(self, /) -> int:
        """
        The most lanes.
        """
    @property
    def memory_kib(self, /) -> int:
        """
        The most memory of one hash, in KiB.
        """
    @property
    def passes(self, /) -> int:
        """
        The most passes over it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class HashingMemory:
    """
    What hashing holds of the memory of the process, in KiB.
    """
    __match_args__: Final = ('limit_kib', 'taken_kib', 'kept_kib', 'most_kib', 'waiting')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def kept_kib(self, /) -> int:
        """
        What is kept for the next ones.
        """
    @property
    def limit_kib(self, /) -> int:
        """
        The most that all hashes together may hold.
        """
    @property
    def most_kib(self, /) -> int:
        """
        The most that was ever held at a time: above the limit only where a
        single hash was, or the limit was lowered since.
        """
    @property
    def taken_kib(self, /) -> int:
        """
        What the hashes hold that are being computed.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def waiting(self, /) -> int:
        """
        How many hashes wait for memory.
        """

@final
class Head:
    """
    The end of a chain, kept with the record whose history it is (rule H).

    >>> from datetime import datetime, timedelta
    >>> from uuid import UUID
    >>> from carekey.history import Head, Line, verify
    >>> key, subject, head = bytes(32), UUID(int=1), Head()
    >>> at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    >>> line = head.append(key, Line(subject, at=at, kind="account.disabled", actor="manager", actor_name="Felicia Conner"))
    >>> line.sequence, head.length
    (1, 1)
    >>> verify(key, subject, [line], head)
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, length: int = ..., mac: bytes = ...) -> Head:
        """
        One that was stored.
        """
    def __repr__(self, /) -> str: ...
    def append(self, /, key: bytes, line: Line) -> Line:
        """
        Appends a line: returns it numbered and chained, and moves this head
        behind it. The key is 32 bytes. No earlier line is needed.

        Raises :class:`ConfigurationError` ``key.length``.
        """
    @property
    def length(self, /) -> int:
        """
        How many lines there are.
        """
    @property
    def mac(self, /) -> bytes:
        """
        The keyed hash over the last line's mac and the length; empty for none.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name, as :class:`Head` takes them.
        """

@final
class HistoryExport:
    """
    What an export of histories has in it (H).
    """
    __match_args__: Final = ('agency', 'account', 'since', 'until', 'sha256', 'lines', 'removed')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        Whose history it is; None for all, the agency's own among them.
        """
    @property
    def agency(self, /) -> str:
        """
        The code of the agency.
        """
    @property
    def lines(self, /) -> int:
        """
        How many lines are in it.
        """
    @property
    def removed(self, /) -> int:
        """
        How many lines of these histories had been removed before it was made.
        """
    @property
    def sha256(self, /) -> str:
        """
        The SHA-256 of all bytes, in hexadecimal, as ``sha256sum`` says it.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        From which moment on; None for from the first line that was there.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def until(self, /) -> datetime:
        """
        Before which moment.
        """

@final
class Invitation:
    """
    The facts of one invitation (I2). Its secret is not among them.

    Looking changes nothing (I7): mail scanners open links. Only
    ``Invitation.redeem`` uses it up. That it does so once, however many try at
    the same moment, is for whoever stores the facts: write them back only if
    they are still the ones that were read.

    Moments are kept to the millisecond.

    >>> from datetime import datetime, timedelta
    >>> from carekey.invitation import Invitation
    >>> sent = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
    >>> invitation = Invitation.issue("wei@example.com", "email", now=sent)
    >>> invitation.redeem(sent + timedelta(days=14) - timedelta(milliseconds=1))
    >>> invitation.standing(sent)
    'redeemed'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, contact: str, method: Method, *, issued_at: datetime, expires_at: datetime, superseded_at: datetime | None = None, redeemed_at: datetime | None = None) -> Invitation:
        """
        One that was stored.
        """
    def __repr__(self, /) -> str: ...
    @property
    def contact(self, /) -> str:
        """
        Where it was sent, in canonical form.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        From when on it is dead; the moment itself is outside.
        """
    @staticmethod
    def issue(contact: str, method: Method, *, now: datetime, policy: Policy | None = None) -> Invitation:
        """
        A new invitation to a contact in canonical form, good from now for the
        lifetime of the policy: by default 14 × 24 hours (I2), whatever the clocks
        on the wall do meanwhile.
        """
    @property
    def issued_at(self, /) -> datetime:
        """
        When it was issued.
        """
    @property
    def method(self, /) -> Method:
        """
        How it was sent.
        """
    def redeem(self, /, now: datetime) -> None:
        """
        Uses it up (I7).

        Raises :class:`RefusedError` ``invitation.expired`` where its time is over,
        which whoever holds the right code may know, since they need a new one;
        ``invitation.refused`` where it was redeemed or superseded before. The
        invitation is then as before.
        """
    @property
    def redeemed_at(self, /) -> datetime | None:
        """
        When it was redeemed.
        """
    def standing(self, /, now: datetime) -> Standing:
        """
        Where it stands. What happened to it outweighs that its time is over.
        """
    def supersede(self, /, now: datetime) -> None:
        """
        Ends it: a newer one takes its place, or unlink wants no one to come back by
        it (I5, I6). Ending it again keeps the first moment.
        """
    @property
    def superseded_at(self, /) -> datetime | None:
        """
        When a newer one took its place, or unlink ended it.
        """
    def time_left(self, /, now: datetime) -> timedelta:
        """
        How long it can still be redeemed; zero unless it is live.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name, as :class:`Invitation` takes them.
        """

@final
class InvitationCode:
    """
    The code of an invitation (I3): nine random characters of Crockford's base
    32, 45 bits, and a check character, which catches every wrong character and
    every two that changed places.

    It prints as ``•••``; ``InvitationCode.canonical`` reveals it.

    >>> from carekey.invitation import InvitationCode
    >>> code = InvitationCode.parse("7k3qo-d9wx2").require()
    >>> code, code.grouped().reveal()
    (InvitationCode('•••'), '7K3Q0-D9WX2')
    >>> [finding.code for finding in InvitationCode.parse("7K3Q0-9DWX2").findings]
    ['code.mistyped']
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def canonical(self, /) -> Secret:
        """
        The one form that is compared and digested: ten characters, capital letters,
        no hyphen. This reveals the code.
        """
    @staticmethod
    def generate() -> InvitationCode:
        """
        A new code.
        """
    def grouped(self, /) -> Secret:
        """
        The form for people, in two groups: ``7K3Q0-D9WX2``.
        """
    @staticmethod
    def parse(text: str | Secret) -> Checked[InvitationCode]:
        """
        Reads a code as someone typed it: in any case, O as 0, I and L as 1, blanks
        and hyphens passed over.

        No store is asked. The findings, one at most, are about the field ``code``:

        * ``code.malformed``: there are not ten letters and digits;
        * ``code.mistyped``: there are, and one of them is no character of a code or
          the check character does not fit. It is a slip, not a guess, and need not
          count as a failure.
        """

@final
class InvitationRow:
    """
    An invitation as the office sees it: never what it says.
    """
    __match_args__: Final = ('invitation', 'method', 'contact', 'expires_at', 'standing')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def contact(self, /) -> str:
        """
        Where to, in canonical form.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        From when on it is dead.
        """
    @property
    def invitation(self, /) -> UUID:
        """
        The invitation.
        """
    @property
    def method(self, /) -> Method:
        """
        How it went.
        """
    @property
    def standing(self, /) -> Standing:
        """
        Where it stands.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class InvitationView:
    """
    What someone who opened an invitation's link is shown. Looking uses nothing
    up (I7).
    """
    __match_args__: Final = ('agency', 'application', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
        The application's number, where it is for one.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        Until when it is good.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Known:
    """
    What the agency knows of a party: enough to know it again and to see what a
    roster would change.
    """
    __match_args__: Final = ('party', 'account', 'active', 'joined', 'unrecorded', 'deleted', 'invited', 'external_id', 'name_key', 'display_name', 'nickname', 'roles', 'username_canonical', 'own_names', 'email_canonical', 'phone_e164', 'account_email', 'account_phone', 'preferred', 'locale', 'note')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, party: UUID | str, *, name_key: str, display_name: str, account: UUID | str | None = None, active: bool = ..., joined: bool = ..., unrecorded: bool = ..., deleted: bool = ..., invited: bool = ..., external_id: str | None = None, nickname: str | None = None, roles: Iterable[Role] = ..., username_canonical: str | None = None, own_names: Iterable[str] = ..., email_canonical: str | None = None, phone_e164: str | None = None, account_email: str | None = None, account_phone: str | None = None, preferred: Method | None = None, locale: Locale | None = None, note: str | None = None) -> Known: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        Its login, where it has one.
        """
    @property
    def account_email(self, /) -> str | None:
        """
        The e-mail address of its login, in canonical form (C1).
        """
    @property
    def account_phone(self, /) -> str | None:
        """
        The phone number of its login, in E.164 (C1).
        """
    @property
    def active(self, /) -> bool:
        """
        Whether its login is active: its user has come (E2). A contact that the
        office corrects is then confirmed by its user first (C1).
        """
    @property
    def deleted(self, /) -> bool:
        """
        Whether it was deleted (U4): nothing is left of it but that the names of
        ``own_names`` were its own.
        """
    @property
    def display_name(self, /) -> str:
        """
        Its name as it is shown.
        """
    @property
    def email_canonical(self, /) -> str | None:
        """
        What the office wrote down, in canonical form.
        """
    @property
    def external_id(self, /) -> str | None:
        """
        How the host knows it.
        """
    @property
    def invited(self, /) -> bool:
        """
        Whether an invitation was sent to it, from which its login comes (E1).
        """
    @property
    def joined(self, /) -> bool:
        """
        Whether its login was made for another party, and this one was linked to
        it (I8): what the office writes of this one changes nothing in it (C2).
        """
    @property
    def locale(self, /) -> Locale | None:
        """
        The language of its messages.
        """
    @property
    def name_key(self, /) -> str:
        """
        Its name as ``PersonName.key`` gives it.
        """
    @property
    def nickname(self, /) -> str | None:
        """
        What it is called.
        """
    @property
    def note(self, /) -> str | None:
        """
        The note of its login.
        """
    @property
    def own_names(self, /) -> list[str]:
        """
        The usernames that its login had before, in canonical form (U4).
        """
    @property
    def party(self, /) -> UUID:
        """
        The party.
        """
    @property
    def phone_e164(self, /) -> str | None:
        """
        What the office wrote down, in E.164.
        """
    @property
    def preferred(self, /) -> Method | None:
        """
        How it wants to be written to.
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
    @property
    def unrecorded(self, /) -> bool:
        """
        Whether it is no party yet, but a login that was made before its record
        (A2): ``party`` is then the identifier of the login.
        """
    @property
    def username_canonical(self, /) -> str | None:
        """
        The username of its login, in canonical form.
        """

@final
class Label:
    """
    A stable word, and how people call it.
    """
    __match_args__: Final = ('word', 'label')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def label(self, /) -> str:
        """
        What a page shows.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def word(self, /) -> str:
        """
        The word of the API.
        """

@final
class Line:
    """
    One line of a history. It never holds a password, a code, a token or an
    answer.
    """
    __match_args__: Final = ('subject', 'sequence', 'at', 'kind', 'actor', 'actor_account', 'actor_name', 'details', 'source', 'mac')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, subject: UUID | str, *, at: datetime, kind: EventKind, actor: ActorKind, actor_name: str, actor_account: UUID | str | None = None, details: Mapping[str, int | str] = ..., source: str | None = None, sequence: int = ..., mac: bytes = ...) -> Line: ...
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
class LinkRow:
    """
    A link as the office lists it (C5).
    """
    __match_args__: Final = ('link', 'account', 'username', 'application', 'number', 'since', 'ends_at', 'act', 'by')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        The account.
        """
    @property
    def act(self, /) -> LinkAct:
        """
        By which act it came to be.
        """
    @property
    def application(self, /) -> UUID | None:
        """
        The application, where the link is for one alone.
        """
    @property
    def by(self, /) -> str:
        """
        Who did it, as their name was then.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when; the moment itself is outside.
        """
    @property
    def link(self, /) -> UUID:
        """
        The link.
        """
    @property
    def number(self, /) -> str | None:
        """
        That application's number.
        """
    @property
    def since(self, /) -> datetime:
        """
        Since when.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str:
        """
        Its username, as it is shown.
        """

@final
class LinkToken:
    """
    The secret part of a link (I3): 160 random bits as 32 small letters and
    digits (base 32 of RFC 4648).

    Base 32 rather than base64url, for ten characters more: no hyphen and no
    underscore at the end that a mail client leaves out of the link, and small
    and capital letters mean the same.

    It prints as ``•••``; ``LinkToken.canonical`` reveals it.

    >>> from carekey.invitation import LinkToken
    >>> tapped = "<https://portal.example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt>."
    >>> LinkToken.parse(tapped).require().canonical().reveal()
    'mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt'
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def canonical(self, /) -> Secret:
        """
        The one form that is compared and digested: 32 small letters and digits.
        This reveals the token.
        """
    @staticmethod
    def generate() -> LinkToken:
        """
        A new token.
        """
    @staticmethod
    def parse(text: str | Secret) -> Checked[LinkToken]:
        """
        Reads a token, alone or within a link.

        It is the last run of exactly 32 letters and digits that is one, so it is
        found behind a ``#``, as a parameter or as a part of the path, in angle
        brackets, and with the full stop of a sentence behind it.

        Where there is none (a part was not copied), the finding is
        ``link.malformed`` about the field ``link``.
        """

@final
class Linked:
    """
    A redeemed invitation was linked to an account that was there (I8).
    """
    __match_args__: Final = ('account', 'username')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
class Merged:
    """
    What a merge does, or did.
    """
    __match_args__: Final = ('party', 'roles', 'given', 'ties', 'joined', 'ended', 'grants', 'links', 'applications', 'invitations', 'cancelled')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def applications(self, /) -> list[UUID]:
        """
        The applications that moved to it.
        """
    @property
    def cancelled(self, /) -> list[UUID]:
        """
        The invitations, of either, that are dead: there is an account, or one
        is enough.
        """
    @property
    def ended(self, /) -> list[UUID]:
        """
        The ties between the two, which are over.
        """
    @property
    def given(self, /) -> list[str]:
        """
        What it had not and got, by name: ``nickname``, ``email``, ``phone``,
        ``preferred``, ``language``, ``external_id``, ``invitation``.
        """
    @property
    def grants(self, /) -> list[UUID]:
        """
        The grants that moved, and those of the other's data.
        """
    @property
    def invitations(self, /) -> list[UUID]:
        """
        The invitations that moved to it.
        """
    @property
    def joined(self, /) -> list[UUID]:
        """
        Of these, those that both had: one has the time of both now, and these
        none.
        """
    @property
    def links(self, /) -> list[UUID]:
        """
        The links that moved to it.
        """
    @property
    def party(self, /) -> UUID:
        """
        The party that has everything now.
        """
    @property
    def roles(self, /) -> list[Role]:
        """
        The roles that it had not.
        """
    @property
    def ties(self, /) -> list[UUID]:
        """
        The ties that moved to it, those that were joined among them.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
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
        Where to: an e-mail address, its domain in ASCII form, or a phone number in
        E.164.
        """
    @property
    def attempt(self, /) -> int:
        """
        Which try this is, 1 for the first.
        """
    @property
    def body(self, /) -> Secret:
        """
        The text. It may hold a link, a code or a password.
        """
    @property
    def id(self, /) -> UUID:
        """
        Its identifier.
        """
    @property
    def kind(self, /) -> MessageKind:
        """
        What it says.
        """
    @property
    def leased_until(self, /) -> datetime:
        """
        Until when it is this claimer's; after that someone else may claim it.
        """
    @property
    def method(self, /) -> Method:
        """
        How it goes.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject of a mail.
        """

@final
class MessageRow:
    """
    A message as the office sees it: its secrets masked.
    """
    __match_args__: Final = ('id', 'kind', 'method', 'address', 'subject', 'body', 'state', 'tries', 'created_at', 'due_at', 'closed_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def address(self, /) -> str:
        """
        Where to.
        """
    @property
    def body(self, /) -> str:
        """
        The text, with ``•••`` for each secret.
        """
    @property
    def closed_at(self, /) -> datetime | None:
        """
        When it was sent or abandoned.
        """
    @property
    def created_at(self, /) -> datetime:
        """
        When it was put here.
        """
    @property
    def due_at(self, /) -> datetime:
        """
        When it may be claimed next.
        """
    @property
    def id(self, /) -> UUID:
        """
        Its identifier.
        """
    @property
    def kind(self, /) -> MessageKind:
        """
        What it says.
        """
    @property
    def method(self, /) -> Method:
        """
        How it goes.
        """
    @property
    def state(self, /) -> MessageState:
        """
        Where it stands.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject of a mail.
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
class NameRequest:
    """
    One row that wants a username. A blank text counts as none.
    """
    __match_args__: Final = ('line', 'scheme', 'name', 'username', 'email', 'phone', 'own', 'earlier')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, line: int, scheme: UsernameScheme, name: PersonName, *, username: str | None = None, email: str | None = None, phone: str | None = None, own: str | None = None, earlier: Iterable[str] = ...) -> NameRequest: ...
    def __repr__(self, /) -> str: ...
    @property
    def earlier(self, /) -> list[str]:
        """
        The names in canonical form that this person had before: they may come
        back to one of them, also where it was retired (rule U4).
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address, where the row gives one.
        """
    @property
    def line(self, /) -> int:
        """
        The line of the row: what other rows are told, and by which the batch
        knows the row again.
        """
    @property
    def name(self, /) -> PersonName:
        """
        The person.
        """
    @property
    def own(self, /) -> str | None:
        """
        The name in canonical form that this person has already. It is never a
        clash, and a staff member who asks for no other keeps it.
        """
    @property
    def phone(self, /) -> str | None:
        """
        The phone number, where the row gives one.
        """
    @property
    def scheme(self, /) -> UsernameScheme:
        """
        How the username comes about.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username, where the row gives one.
        """

@final
class NameVerdict:
    """
    Pass or fail for one row.
    """
    __match_args__: Final = ('username', 'canonical', 'email', 'phone', 'findings', 'suggestions')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def canonical(self, /) -> str | None:
        """
        The username in canonical form, if the row passes.
        """
    @property
    def email(self, /) -> Email | None:
        """
        The e-mail address, where one was given and can be used.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say, by field: e-mail, phone, name, username.
        """
    @property
    def passes(self, /) -> bool:
        """
        Whether the row passes.
        """
    @property
    def phone(self, /) -> Phone | None:
        """
        The phone number, where one was given and can be used.
        """
    @property
    def suggestions(self, /) -> list[str]:
        """
        Usernames that would pass, the best first; none for a row that passes.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username as it is shown, if the row passes.
        """

@final
class NewAccount:
    """
    A redeemed invitation made a new account (I7): `Agency.choose_password`
    goes on with the step.
    """
    __match_args__: Final = ('account', 'username', 'step')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
class NewGrant:
    """
    A grant to be given.
    """
    __match_args__: Final = ('party', 'resource', 'of', 'ends_at', 'reason')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, party: UUID | str, resource: Resource, *, of: UUID | str | None = None, ends_at: datetime | None = None, reason: str | None = None) -> NewGrant: ...
    def __repr__(self, /) -> str: ...
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when; the moment itself is outside. Every grant has an end.
        """
    @property
    def of(self, /) -> UUID | None:
        """
        Of which client or application; None for every one.
        """
    @property
    def party(self, /) -> UUID:
        """
        To whom: a member of the office staff.
        """
    @property
    def reason(self, /) -> str | None:
        """
        Why, in at most 200 characters.
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
class NewTie:
    """
    A tie to be made: ``who`` becomes the ``kind`` of ``of``.
    """
    __match_args__: Final = ('kind', 'who', 'of', 'begins_at', 'ends_at', 'reference')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, kind: TieKind, *, who: UUID | str, of: UUID | str, begins_at: datetime | None = None, ends_at: datetime | None = None, reference: str | None = None) -> NewTie: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime | None:
        """
        From when; ``None`` for now.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when; the moment itself is outside.
        """
    @property
    def kind(self, /) -> TieKind:
        """
        What ``who`` is to ``of``.
        """
    @property
    def of(self, /) -> UUID:
        """
        The one whose relationship it is: the client, as a rule.
        """
    @property
    def reference(self, /) -> str | None:
        """
        The document that it rests on, in at most 200 characters: what a
        personal representative is one by (V).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def who(self, /) -> UUID:
        """
        The one who has the part: the emergency contact, the payer …
        """

@final
class Of:
    """
    Whose it is that a viewer asks to see.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def application(id: UUID | str) -> Of:
        """
        That of an application.
        """
    @property
    def client(self, /) -> bool:
        """
        Whether it is a party that is a client: no other has anything to be
        seen by others.
        """
    @property
    def id(self, /) -> UUID | None:
        """
        Which party or application; None for one's own.
        """
    @property
    def kind(self, /) -> str:
        """
        `own`, `party` or `application`.
        """
    @staticmethod
    def own() -> Of:
        """
        The viewer's own: the page they land on, their profile, all their
        linked applications.
        """
    @staticmethod
    def party(party: PartyFacts) -> Of:
        """
        That of a party. Where it is one of the viewer's, it is their own.
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
        Adds an application that a family submitted, and sends its invitation by the
        family's preferred way (S3).

        Raises :class:`InvalidInput` ``application.number_missing``,
        ``text.too_long``, ``text.control_character``, ``application.exists``,
        :class:`NotFound` ``party.not_found``. Nobody to send to is no error: the
        findings say so (I1).
        """
    def add_manager(self, /, *, first_name: str, last_name: str, email: str | None = None, phone: str | None = None, username: str | None = None) -> Enrolled:
        """
        Makes a new account and an account manager of it (A1). Only support does;
        the limit of the policy holds under parallel attempts.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
        ``manager.limit``, ``manager.name_missing``, ``email.missing``,
        ``phone.missing``, and :class:`InvalidInput` with the findings about e-mail,
        phone and username.
        """
    def add_party(self, /, name: str, *, kind: PartyKind = ..., roles: Iterable[Role], external_id: str | None = None, email: str | None = None, phone: str | None = None, preferred: Method | None = None, locale: Locale | None = None) -> Added:
        """
        Adds a person or an organization. A client is enrolled in the same act (R,
        S1); others when they get the tie, the roster row or the invitation that
        calls for it.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
        ``party.exists`` for a known external identifier, or :class:`InvalidInput`
        with the findings about name, roles, e-mail and phone; ``text.too_long``,
        ``text.control_character`` of name and external identifier. That a client
        could not be enrolled is no error: the findings of the enrolment say why.
        """
    @property
    def agency(self, /) -> Agency:
        """
        The agency.
        """
    def allowed(self, /) -> Table[Allowed]:
        """
        What the actor may do for the office of what can be delegated, and on whom,
        so that pages hide the rest (A7): everything on everybody for support,
        account managers and the host's own program; what the policy delegates to
        their roles for the office; nothing for all others. Every act is checked by
        itself all the same.

        A table of :class:`Allowed`.

        Raises :class:`StoreError`.
        """
    def application(self, /, number: str) -> Application:
        """
        The application of that number (S3).

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``application.not_found``.
        """
    def applications(self, /, search: str | None = None, *, page: int = ...) -> Pages[Application]:
        """
        The applications, found by number or family name without regard to case and
        marks (S3, A4), newest first, each with its Online Account column (I4).

        An iterator of :class:`Application` that reads page by page.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def applications_by(self, /, *, search: str | None = None, standing: ApplicationStanding | None = None, invited_before: datetime | None = None, lapses_before: datetime | None = None, page: int = ...) -> Pages[Application]:
        """
        The applications that a filter leaves, newest first, and how many they are:
        those that were never invited, those whose invitation lapses by a moment, or
        has (I4).

        An iterator of :class:`Application` that reads page by page.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def batch(self, /, action: OfficeAction, *, parties: Iterable[UUID | str] = ..., applications: Iterable[UUID | str] = ..., method: Method | None = None, as_of: datetime, progress: Progress | None = None) -> Table[BatchRow]:
        """
        Does the same with many items (I9), those that are not in the state for
        it left out: a table of :class:`BatchRow`, one for each item.

        ``as_of`` is when the office looked at the list: what was done since is
        not done twice. ``progress`` is told as that of :meth:`create`; where it
        returns False, the rows that were not reached say ``act.cancelled``.
        """
    def cancel_invitation(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None) -> None:
        """
        Cancels the invitation of a party or an application that is out: its link
        and code are dead at once (C5). It can be sent again.

        Raises :class:`InvalidInput` ``invitation.never_sent`` where none is out;
        :class:`NotFound` ``party.not_found``, ``application.not_found``.
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
        tqdm bar. Where it returns False, the work stops between two pieces, and
        the report holds what was committed until then (``stopped``). An
        exception of it, or Ctrl-C, stops the work too and comes out here, in
        place of the report; what was committed stays.
        """
    def create_account(self, /, party: UUID | str, role: Role, *, username: str | None = None) -> Enrolled:
        """
        Makes the account of a party that has none, by the scheme of a role that it
        has; with a code, it is sent an invitation.

        Raises :class:`InvalidInput` ``account.exists``, :class:`NotFound`
        ``party.not_found``, :class:`InvalidInput` ``party.role_missing``;
        ``invitation.already_sent`` where one went out already, which is for
        ``reinvite``; or :class:`InvalidInput` with the findings about the username.
        """
    def create_accounts(self, /, parties: Iterable[UUID | str], role: Role, *, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Makes the accounts of those who were ticked, by the scheme of a role that
        they have (S0); with a code, they are sent an invitation. It is
        ``create_account`` for each, in pieces that are each one commit. Run again,
        it makes and sends nothing twice: who has an account has ``account.exists``
        in their row, with that account; whose invitation went out,
        ``invitation.already_sent``.

        ``progress`` is told before each piece, and may stop the work: what was not
        reached has ``act.cancelled`` then, and can be run again.

        A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
        bar.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
        where nothing was reached. What is wrong with one of them stands in its row:
        :class:`InvalidInput` ``account.exists``, ``invitation.already_sent``,
        :class:`NotFound` ``party.not_found``, :class:`InvalidInput`
        ``party.role_missing``, and :class:`InvalidInput` with the findings about
        the username.
        """
    def create_staff_account(self, /, *, first_name: str, last_name: str, email: str | None = None, phone: str | None = None, username: str | None = None, password: str | Secret | None = None, confirm: str | Secret | None = None) -> Enrolled:
        """
        Makes an account for someone of the office before their staff record (A2),
        with a temporary password: generated, or typed twice (P8).

        Raises :class:`InvalidInput` with the findings about names, username and
        password.
        """
    def create_ties(self, /, preview: TiePreview, *, progress: Progress | None = None) -> TieReport:
        """
        Makes and ends the ties that a preview let pass, in pieces that are each
        whole; whoever one makes somebody's emergency contact, payer or
        community is enrolled as by :meth:`relate` (R). It can be run again,
        after a crash or with next month's roster.

        ``progress`` is told as that of :meth:`create`.
        """
    def delete_party(self, /, party: UUID | str) -> None:
        """
        Deletes a person or an organization: names, contacts, password and answers
        go; ties, links and grants end, those of their data among them; waiting
        messages go. The history stays (H), and the username is never given to
        another (U4). An account that belongs to another party too stays theirs. Of
        an account manager only support may.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``; :class:`InvalidInput` ``manager.last`` for the last
        account manager.
        """
    def disable(self, /, account: UUID | str) -> None:
        """
        Disables an account: its sessions, devices and begun steps end at once, and
        what waits to be sent to it with a secret; time and manager are kept (A4).

        Raises :class:`InvalidInput` ``account.disabled`` where it is;
        ``manager.last``; :class:`NotFound` ``account.not_found``,
        ``account.deleted``.
        """
    def disable_all(self, /, accounts: Iterable[UUID | str], *, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Disables many accounts: those who left (A4). It is ``disable`` for each, in
        pieces that are each one commit; run again, it does nothing twice.

        ``progress`` is told before each piece, and may stop the work: what was not
        reached has ``act.cancelled`` then, and can be run again.

        A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
        bar.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
        where nothing was reached. What is wrong with one of them stands in its row:
        :class:`InvalidInput` ``account.disabled`` where it is already;
        ``manager.last``; :class:`NotFound` ``account.not_found``,
        ``account.deleted``.
        """
    def each_user(self, /, *, filter: str | None = None, show_disabled: bool = ..., unlinked_only: bool = ..., sort: UserColumn | None = None, descending: bool = ..., page: int = ...) -> Pages[User]:
        """
        All users that a filter finds, as an iterator of :class:`User` that
        reads page by page (A3).
        """
    def edit_party(self, /, party: UUID | str, *, name: str | None = ..., nickname: str | None = ..., email: str | None = ..., phone: str | None = ..., preferred: Method | None = ..., locale: Locale | None = ..., external_id: str | None = ...) -> Edited:
        """
        Edits a party (A6). What is left out stays as it is; ``None`` clears it. A
        contact that is corrected is followed up (C2): what was sent to the old one
        is dead, and is sent again where its user had not come yet; where they had,
        they are asked to confirm the new one, and the owner of the old one is
        told. The account that was made for the party goes by its name and
        language; of other accounts nothing changes.

        What is so already is no change; where nothing is one, nothing is written.

        Raises :class:`NotFound` ``party.not_found``; :class:`InvalidInput`
        ``party.exists`` for an external identifier of another party, or with the
        findings about name, e-mail, phone, and the username where it follows.
        """
    def enable(self, /, account: UUID | str) -> None:
        """
        Enables an account again, in the stage it had (A4). A contact that was
        corrected meanwhile is sent its link to confirm it now (C2).

        Raises :class:`InvalidInput` ``account.not_disabled``, :class:`NotFound`
        ``account.not_found``, ``account.deleted``.
        """
    def end_grant(self, /, grant: UUID | str, *, at: datetime | None = None) -> None:
        """
        Ends a grant, now or at a moment given; what it allowed is over then. An end
        only ever comes earlier by it: one that is over, or ends before that moment
        already, stays as it is.

        Raises :class:`NotFound` ``grant.not_found``, :class:`InvalidInput`
        ``grant.ended``, ``grant.ends_before_it_begins``, and :class:`NotFound`
        ``party.not_found`` where whoever had it was deleted.
        """
    def end_sessions(self, /, account: UUID | str) -> None:
        """
        Signs a user out everywhere (E5): all sessions of the account end, no device
        is known any more, and what a sign-in led to is begun again. The password
        stays, and so do links and codes that were sent.

        Raises :class:`NotFound` ``account.not_found``, ``account.deleted``.
        """
    def end_sessions_all(self, /, accounts: Iterable[UUID | str], *, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Signs many out everywhere (E5). It is ``end_sessions`` for each, in pieces
        that are each one commit.

        ``progress`` is told before each piece, and may stop the work: what was not
        reached has ``act.cancelled`` then, and can be run again.

        A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
        bar.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
        where nothing was reached. What is wrong with one of them stands in its row:
        :class:`NotFound` ``account.not_found``, ``account.deleted``.
        """
    def end_tie(self, /, tie: UUID | str, *, at: datetime | None = None) -> None:
        """
        Ends a tie, now or at a moment given; what it allowed is over then. An end
        only ever comes earlier by it: one that is over, or ends before that moment
        already, stays as it is.

        Raises :class:`NotFound` ``tie.not_found``, :class:`InvalidInput`
        ``tie.ended``, ``tie.ends_before_it_begins``.
        """
    def export_history(self, /, path: str | PathLike[str], *, account: UUID | str | None = None, since: datetime | None = None, until: datetime | None = None) -> HistoryExport:
        """
        Writes out the lines of a span of time, of all histories of the agency or of one
        account's, into a new file of JSON lines (H). Its history says so first. The
        file is there whole, or not at all, and its owner alone can read it;
        :func:`carekey.verify_history_export` verifies it. Without ``until`` it ends now.

        Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`NotFound`
        ``account.not_found``; :class:`StoreError` ``history.broken``, ``history.cut``,
        ``export.failed``, also where there is such a file already.
        """
    def feed(self, /, *, after: str | None = None, kinds: Iterable[EventKind] = ..., since: datetime | None = None, until: datetime | None = None, limit: int = ...) -> FeedPage:
        """
        A page of the feed: what happened in the agency after a cursor, by kind and
        time, in the order in which it came to be seen (H). Ask with ``next`` for
        the page after it, also tomorrow and from another host: every line is given
        once.

        A cursor is a text to be kept as it is. It holds in its agency, whatever the
        query asks for.

        Raises :class:`InvalidInput` ``cursor.malformed``; ``cursor.removed`` with
        the moment ``since`` which there are lines, where its own went with those of
        before: what it had not given is gone, and stands in the export;
        :class:`NotFound` ``cursor.not_found`` where its line is not in this agency:
        it is that of another one, or the store was put back to an earlier day, so
        that lines that were followed are not there; :class:`NotAllowed`
        ``actor.not_allowed``, and :class:`StoreError`.
        """
    def feed_lines(self, /, *, after: str | None = None, kinds: Iterable[EventKind] = ..., since: datetime | None = None, until: datetime | None = None, page: int = ...) -> FeedLines:
        """
        All lines of the feed after a cursor, by kind and time, as an iterator of
        :class:`FeedLine` that reads page by page (H), up to those that are there
        when the last page is read. Each line has the cursor from which to go on
        after it.
        """
    def former(self, /, name: str) -> Any | None:
        """
        Who is deleted and had this e-mail address, phone number or username
        (``username.retired``, U4), so that their return is recognised. Of an
        address or number nothing but a keyed digest is left: whose it was only the
        address itself tells.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def grant(self, /, party: UUID | str, resource: Resource, *, of: UUID | str | None = None, ends_at: datetime | None = None, reason: str | None = None) -> UUID:
        """
        Grants a resource to a member of the office staff: of one client or
        application, or of all, until a moment (V). The reason is in at most 200
        characters: an emergency, say. One that ends when it begins is none.

        Raises :class:`NotFound` ``party.not_found``, or the findings of
        ``check_grant``, and after them :class:`InvalidInput` ``text.too_long``,
        ``text.control_character``, ``grant.not_client`` where it is of a party that
        is no client; :class:`NotFound` ``party.not_found``, ``party.merged``,
        ``application.not_found`` of what it is of; :class:`InvalidInput`
        ``grant.duplicate`` where they have this very grant, with this end and
        reason, already.
        """
    def grant_all(self, /, grants: Iterable[NewGrant], *, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Gives many grants (V): a table of :class:`DoneRow`, one for each
        :class:`NewGrant`. It is :meth:`grant` for each; run again with the same
        ends, it gives none twice: one that is there has ``grant.duplicate``.

        ``progress`` is told as that of :meth:`create`; where it returns False,
        the rows that were not reached say ``act.cancelled``.
        """
    def grants(self, /, party: UUID | str, *, at: datetime | None = None) -> Table[GrantRow]:
        """
        The grants of a party, both ways round: what it was granted, and what of it
        was granted to others (V). Those in force at a moment, where one is given;
        otherwise all there ever were. The latest begun come first. One for every
        client stands with whom it was given to alone.

        A table of :class:`GrantRow`.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, and :class:`StoreError`.
        """
    def hand_over(self, /, from_account: UUID | str, to_account: UUID | str) -> None:
        """
        Hands a manager's place to another account, in one act: the number stays the
        same, so it works at the limit and for the last one (A1).

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
        ``manager.not``, ``manager.already``, ``manager.name_missing``,
        ``email.missing``, ``phone.missing``, :class:`NotFound`
        ``account.not_found``, ``account.deleted``, :class:`InvalidInput`
        ``account.disabled``; ``manager.last`` where nobody who can act would
        remain.
        """
    def invite(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None, method: Method | None = None) -> None:
        """
        Invites, by the party's preferred way or by the one that is named (I1).

        Raises :class:`InvalidInput` ``invitation.already_sent``,
        ``invitation.already_linked``, ``invitation.no_contact``; :class:`NotFound`
        ``party.not_found``, ``application.not_found``.
        """
    def link_account(self, /, account: UUID | str, party: UUID | str) -> None:
        """
        Links an account that came before its staff record to that record (A2).

        Raises :class:`InvalidInput` ``account.already_linked``, ``account.exists``
        where the party has another account; :class:`NotFound`
        ``account.not_found``, ``account.deleted``, ``party.not_found``.
        """
    def merge_parties(self, /, keep: UUID | str, gone: UUID | str) -> Merged:
        """
        Merges a party into another, since both are one person or organization (A6):
        its roles, ties, grants, links, applications and invitations are the other's
        from now on, and what the other has not written down. Ties that both have
        become one, unless they rest on different documents; ties between the two
        end. No contact of an account moves. It is in no list any more; who asks for
        it by its identifier is told of the other, and a roster that names it means
        the other. ``split_party`` undoes it.

        Where one of them is a personal representative or has one, support or an
        account manager does it, and the client is told who decides for them from
        now on, as by ``relate`` (V).

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, ``party.merged``; :class:`InvalidInput`
        ``party.merge_unfit`` for a person and an organization, or for one alone;
        ``party.two_accounts`` where both have an account, and may have but one
        (C5).
        """
    def messages(self, /, state: MessageState | None = None, *, page: int = ...) -> Pages[MessageRow]:
        """
        The messages of the agency, newest first, their secrets masked; of one
        state, or of all.

        An iterator of :class:`MessageRow` that reads page by page.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def parties(self, /, text: str | None = None, *, role: Role | None = None, kind: PartyKind | None = None, without_account: bool = ..., page: int = ...) -> Pages[Party]:
        """
        The parties of the agency by name (A6), those that fit the filter.

        What a page costs beside its rows: of a role, a reading of the ties that
        convey one and of those who have it by them; without an account, a look
        through the links in force.

        An iterator of :class:`Party` that reads page by page.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def party_file(self, /, party: UUID | str, *, at: datetime | None = None) -> PartyFile:
        """
        The file of a party (A6): the party itself with its links, ties both ways
        round, grants, current invitation and applications. Links, ties and grants
        are those in force at a moment, where one is given, otherwise all there ever
        were; of its names and contacts, what is written down now.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, ``party.merged``, and :class:`StoreError`.
        """
    def preview(self, /, source: Roster | RosterSource) -> Preview:
        """
        Holds a roster against the agency: a verdict, findings and suggestions
        for every row (B). It writes nothing. ``source`` is a :class:`Roster`,
        or anything that :meth:`Roster.read` takes.
        """
    def preview_merge(self, /, keep: UUID | str, gone: UUID | str) -> Merged:
        """
        What ``merge_parties`` would do. It writes nothing.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, ``party.merged``, :class:`InvalidInput`
        ``party.merge_unfit``, ``party.two_accounts``, as ``merge_parties``.
        """
    def preview_text(self, /, kind: MessageKind, method: Method, locale: Locale, *, subject: str | None = None, body: str | None = None) -> Rendered:
        """
        What a text looks like to whoever gets it: one that may be set, or without
        a body the one that is sent (N). It is filled in with sample values in its
        language; its links, codes and passwords open nothing. Nothing is written,
        and nobody gets it.

        Raises :class:`NotAllowed`, :class:`InvalidInput` with the findings:
        ``template.…``, as :meth:`set_text` does.
        """
    def preview_ties(self, /, source: TieRoster | RosterSource) -> TiePreview:
        """
        Holds a roster of ties against the agency: what would come of every row,
        with its findings (R, B). It writes nothing. ``source`` is a
        :class:`TieRoster`, or anything that :meth:`TieRoster.read` takes.
        """
    def print_code(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None, method: Method | None = None) -> PrintedCode:
        """
        Makes an invitation that is printed and handed over, and sends nothing
        (I10): 14 days as any other; the earlier one dies at once (I5). The code is
        redeemed together with the party's e-mail or phone, by the preferred way or
        the one that is named, or with the application's number (I3).

        Nothing was sent to that contact, so redeeming proves none (C1): once a
        password was chosen, its user is sent a link to confirm it. Whoever has no
        contact could get no username by the code (U2): ``invitation.no_contact``
        asks for one to be written down first.

        Raises :class:`InvalidInput` ``invitation.already_linked``,
        ``invitation.no_contact``; :class:`NotFound` ``party.not_found``,
        ``application.not_found``.
        """
    def promote(self, /, account: UUID | str) -> None:
        """
        Makes an account manager of an account that is there already (A1).

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
        ``manager.limit``, ``manager.already``, ``manager.name_missing``,
        ``email.missing``, ``phone.missing``, :class:`NotFound`
        ``account.not_found``, ``account.deleted``, :class:`InvalidInput`
        ``account.disabled``.
        """
    def reinvite(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None, method: Method | None = None) -> None:
        """
        Sends a new invitation: 14 new days; the earlier one dies at once (I5).

        Raises :class:`InvalidInput` ``invitation.never_sent``,
        ``invitation.already_linked``, ``invitation.no_contact``; :class:`NotFound`
        ``party.not_found``, ``application.not_found``.
        """
    def relate(self, /, kind: TieKind, *, who: UUID | str, of: UUID | str, begins_at: datetime | None = None, ends_at: datetime | None = None, reference: str | None = None) -> Tied:
        """
        Makes a tie: ``who`` becomes the ``kind`` of ``of`` (R). A tie that makes
        someone an emergency contact, payer or community of a client enrols them by
        policy, if they have no account yet (S1): now, or where it begins later,
        then.

        A personal representative is set by support or an account manager, and told
        to the client: at all contacts of their account that are proven, before the
        first where it is reached, or else by the contact that the office wrote down
        (V).

        One that ends when it begins is none: ``tie.ends_before_it_begins``.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, or the findings of ``check_tie``, and after them
        :class:`InvalidInput` ``tie.reference_missing``, ``text.too_long``,
        ``text.control_character``. That someone could not be enrolled is no error:
        the findings of the enrolment say why.
        """
    def relate_all(self, /, ties: Iterable[NewTie], *, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Makes many ties (R): a table of :class:`DoneRow`, one for each
        :class:`NewTie`. It is :meth:`relate` for each; run again, it makes none
        twice: one that is there has ``tie.duplicate``.

        ``progress`` is told as that of :meth:`create`; where it returns False,
        the rows that were not reached say ``act.cancelled``.
        """
    def release_contact(self, /, account: UUID | str, contact: str) -> None:
        """
        Takes an e-mail address or a phone number from an account, because it has
        changed hands (C6): the account is told at its other contacts, and signs in
        by one of those where this one was its username. The name is free for its
        new owner then, who can be invited again. So is one that its user has left
        (C3), by which nobody can object any more then.

        Where the owner of the earlier contact objected to a new one (C2), this is
        how the office decides: it takes away the one that is not the user's. The
        new one taken, the earlier one stays. The earlier one taken, the new one
        stands, as it did, or is sent a link to confirm it where it had not; what
        its owner may have set since is over, further contacts too, and the user
        recovers.

        Raises :class:`NotFound` ``contact.not_found`` where the account has no such
        contact; :class:`InvalidInput` ``contact.last`` where it would have no
        username left: disable or delete it first; ``contact.objected`` where
        several were objected to and it is not clear which one stands: take the
        wrong ones first; :class:`NotFound` ``account.not_found``,
        ``account.deleted``.
        """
    def remove_manager(self, /, account: UUID | str) -> None:
        """
        Ends someone's being an account manager (A1); the account stays.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`InvalidInput`
        ``manager.not``, ``manager.last``, :class:`NotFound` ``account.not_found``,
        ``account.deleted``.
        """
    def reset_password(self, /, account: UUID | str, password: str | Secret, *, confirm: str | Secret | None = None) -> None:
        """
        Resets a password to one that the manager typed twice: sessions end, what
        was sent before is dead, and its user must change it at the next sign-in
        (A4, P8). An account that waited to be sent to waits no longer (I10): this
        password opens it. Of the last account manager who can act only support
        resets it, since nobody can until they have come back (A1).

        Without ``confirm``, the host has compared the two.

        Raises :class:`InvalidInput` with the findings about the password;
        :class:`InvalidInput` ``manager.last``; :class:`NotFound`
        ``account.not_found``, ``account.deleted``.
        """
    def restore_party(self, /, *, party: UUID | str, kind: PartyKind, name: str, roles: Iterable[Role], external_id: str | None = None, email: str | None = None, phone: str | None = None, preferred: Method | None = None, locale: Locale | None = None) -> Added:
        """
        Brings back a party that was deleted (U4): it is the same one again, with
        the name, roles and contacts that are given now, and may have the usernames
        that were its own. Nothing else comes back: no account, tie, grant, link or
        password. A client is enrolled in the same act, as by ``add_party``; for
        others ``create_account`` makes a new account.

        Raises :class:`NotAllowed` ``actor.not_allowed``; :class:`NotFound`
        ``party.not_found`` also where a person would come back as an organization;
        ``party.merged`` for one that was merged; :class:`InvalidInput`
        ``party.exists`` for a party that is not deleted, or for another one's
        external identifier; :class:`InvalidInput` with the findings about name,
        roles, e-mail and phone.
        """
    def review(self, /, *, unused_days: int = ...) -> Table[ReviewItem]:
        """
        The access review: who has not activated, which invitations are stale, which
        e-mails and phones are shared, whose party has no role left, who has not
        signed in for ``unused_days`` (``UNUSED_DAYS`` where nobody says otherwise),
        who objected to a new contact, and who changed their own. Sorted by kind,
        then by age.

        A table of :class:`ReviewItem`.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def send_again(self, /, account: UUID | str) -> Enrolled:
        """
        Sends the activation link, or the username with a new temporary password,
        once more, by the preferred way; what was sent before is dead. An account
        that waits to be sent to is sent it for the first time (I10).

        Raises :class:`InvalidInput` ``account.active``, ``account.disabled``,
        :class:`NotFound` ``account.not_found``, ``account.deleted``.
        """
    def send_again_all(self, /, accounts: Iterable[UUID | str], *, as_of: datetime, progress: Progress | None = None) -> Table[DoneRow]:
        """
        Sends many their activation link, or their username with a new temporary
        password, once more. It is ``send_again`` for each, in pieces that are each
        one commit.

        ``as_of`` is the moment at which the office looked at the list that they
        were chosen from: whom something was sent at that moment or since has
        ``enrolment.already_sent``, so that running it again sends nothing twice.

        ``progress`` is told before each piece, and may stop the work: what was not
        reached has ``act.cancelled`` then, and can be run again.

        A table of :class:`DoneRow`, one for each. ``progress`` is a call, or a tqdm
        bar.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`,
        where nothing was reached. What is wrong with one of them stands in its row:
        :class:`InvalidInput` ``enrolment.already_sent``, ``account.active``,
        ``account.disabled``, :class:`NotFound` ``account.not_found``,
        ``account.deleted``.
        """
    def send_staged(self, /, *, accounts: Iterable[UUID | str] = ..., parties: Iterable[UUID | str] = ..., progress: Progress | None = None) -> Table[SentRow]:
        """
        Sends those who wait their first message, now (I10): a table of
        :class:`SentRow`, one for each, the accounts first. Who waits no longer
        has ``enrolment.not_staged``, so running it again sends nothing twice.

        A party stands for its account; of a family that has none, it is sent its
        invitation. ``progress`` is told as that of :meth:`create`; where it
        returns False, the rows that were not reached say ``act.cancelled``.
        """
    def sessions(self, /, account: UUID | str) -> Table[SessionRow]:
        """
        Where a user is signed in: their sessions and the devices that are known
        (E5), the latest first, sessions before devices. All of them end with
        ``end_sessions``.

        A table of :class:`SessionRow`.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``account.not_found``.
        """
    def set_note(self, /, account: UUID | str, note: str) -> None:
        """
        Writes a free note on an account (A5); an empty one takes it away.

        Raises :class:`InvalidInput` ``text.too_long`` over 2,000 characters,
        ``text.control_character`` for others than ends of lines and tabs;
        :class:`NotFound` ``account.not_found``, ``account.deleted``.
        """
    def set_roles(self, /, party: UUID | str, roles: Iterable[Role]) -> Enrolled | None:
        """
        Sets what a party is to the agency, beside what its ties convey. Who becomes
        a client by it is enrolled, and so are those whom ties of before make their
        emergency contact, payer or community (R).

        Raises :class:`NotFound` ``party.not_found``, :class:`InvalidInput`
        ``party.role_unfit``; ``party.two_accounts`` for a family that several
        accounts belong to, and that would be something else too (C5). That a client
        could not be enrolled is no error: the findings of the enrolment say why.
        """
    def set_text(self, /, kind: MessageKind, method: Method, locale: Locale, *, subject: str | None = None, body: str | None = None) -> None:
        """
        Sets the agency's own text of a message (N); without a body, the
        shipped one holds again.

        Raises :class:`InvalidInput` with the findings: ``template.…``.
        """
    def split_party(self, /, party: UUID | str) -> Split:
        """
        Splits a party again from the one that it was merged into (A6): what was
        moved goes back, and both are as before, but for what was ended or changed
        since, which ``Split.changed`` names. What came to the other since the merge
        stays with it. Sessions of the accounts of both end, since each has less
        now. Whoever of the two is left without an account, and became a client or
        had a tie begin that enrols while they were one, is enrolled (R).

        Raises :class:`NotAllowed` ``actor.not_allowed``, also for a program where
        one of them is a personal representative or has one (V); :class:`NotFound`
        ``party.not_found``; :class:`InvalidInput` ``party.not_merged``;
        :class:`NotFound` ``party.merged`` where the other has been merged itself:
        that one is to be split first. So is one that was merged later into the same
        party, or that joined the same ties: ``party.merged_later`` says which.
        :class:`InvalidInput` ``party.two_accounts`` where one of them would have
        several and may have but one (C5): unlink first.
        """
    def staged(self, /, *, page: int = ...) -> Pages[StagedRow]:
        """
        Who waits to be sent their first message, longest first (I10): accounts that
        were made to be sent to later, families that were never invited, and others
        who can only be invited: whose role, be it by a tie in force with a client,
        is enrolled by a code, or whose address is the login of somebody else, which
        they share. A family with applications is invited to those: it stands in the
        list of applications. Who is disabled waits for nothing.

        An iterator of :class:`StagedRow` that reads page by page.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def text(self, /, kind: MessageKind, method: Method, locale: Locale) -> TextRow:
        """
        The text that is sent: the agency's own, or the one that ships (N).

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def texts(self, /) -> Table[TextRow]:
        """
        Every text that is sent: by kind, way and language, in each language that
        has texts, and in those that the agency has written some in (N).

        A table of :class:`TextRow`.

        Raises :class:`NotAllowed` ``actor.not_allowed``, and :class:`StoreError`.
        """
    def ties(self, /, party: UUID | str, *, at: datetime | None = None) -> Table[TieRow]:
        """
        The ties of a party, both ways round: what it is to others, and what others
        are to it (R). Those in force at a moment, where one is given; otherwise all
        there ever were. The latest begun come first.

        A table of :class:`TieRow`.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``party.not_found``, ``party.merged``, and :class:`StoreError`.
        """
    def trim_history(self, /, path: str | PathLike[str]) -> Trimmed:
        """
        Removes from the histories the lines that the file of an export of all of them
        has in it: those of before its moment, from the first on (H). In each history a
        checkpoint stays, so that what remains is verified as before. Killed in the
        middle, it goes on when it is called again with the same export. Only support
        does it.

        Raises :class:`NotAllowed` ``actor.not_allowed`` but for support;
        :class:`InvalidInput` ``history.not_exported``, ``export.malformed``;
        :class:`StoreError` ``history.broken``, ``history.cut``, ``export.broken``,
        ``export.failed``.
        """
    def unlink(self, /, *, party: UUID | str | None = None, application: UUID | str | None = None) -> None:
        """
        Ends every link of a party, those of its applications among them, or of one
        application, at once, with every invitation by which whoever had it could
        come back; the accounts stay, their sessions end (I6, C5).

        Raises :class:`InvalidInput` ``invitation.not_linked``; :class:`NotFound`
        ``party.not_found``, ``application.not_found``.
        """
    def unlock(self, /, account: UUID | str) -> None:
        """
        Forgets the failures of an account (A4, E4): passwords from devices that are
        not known are evaluated again, at once.

        Raises :class:`NotFound` ``account.not_found``, ``account.deleted``.
        """
    def user(self, /, account: UUID | str) -> User:
        """
        One user.

        Raises :class:`NotAllowed` ``actor.not_allowed``, :class:`NotFound`
        ``account.not_found``.
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
class OnlineAccount:
    """
    What the Online Account column shows for an item (I4): one of the two.
    """
    __match_args__: Final = ('linked_to', 'next_action')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def linked_to(self, /) -> str | None:
        """
        The e-mail or phone of the account that it is linked to.
        """
    @property
    def next_action(self, /) -> OfficeAction | None:
        """
        What can be done, since it is linked to none.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Outbox:
    """
    The messages of an agency that wait to be sent (N). carekey sends nothing
    itself: the host claims messages, sends them, and says what came of it.
    """
    def claim(self, /, most: int = ..., *, method: Method | None = None) -> list[Message]:
        """
        Takes at most so many messages that are due, the oldest first. Nobody
        else gets them while the lease runs; then they come again. With a
        ``method``, only those that go by it.
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
class Outline:
    """
    What a file has to choose from, where it does not say itself how it is to be
    read: what a page asks an office, before and after it is told.
    """
    __match_args__: Final = ('sheets', 'titles')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def sheets(self, /) -> list[str]:
        """
        The sheets of a workbook, in its order; of a text, none.
        """
    @property
    def titles(self, /) -> list[Titled]:
        """
        The titles of the header, in the order of the file, blank ones left out;
        none while it has to be told which sheet is meant. Where no line has
        those of a roster, the likeliest.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class OwnContact:
    """
    A contact of one's own account (C1).
    """
    __match_args__: Final = ('method', 'address', 'proven_at', 'confirm_until', 'objected_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def address(self, /) -> str:
        """
        The address, or the number in E.164.
        """
    @property
    def confirm_until(self, /) -> datetime | None:
        """
        Until when it waits to be confirmed, where it does: it takes the place
        of the one of its kind then.
        """
    @property
    def method(self, /) -> Method:
        """
        E-mail or SMS.
        """
    @property
    def objected_at(self, /) -> datetime | None:
        """
        When the owner of the earlier one objected to it: it waits for the
        office.
        """
    @property
    def proven_at(self, /) -> datetime | None:
        """
        Since when it is shown to be the user's: recovery codes and notices go
        to such ones alone.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class OwnSession:
    """
    The same, as its user sees it (E5).
    """
    __match_args__: Final = ('id', 'kind', 'since', 'last_used_at', 'until', 'source', 'remembered', 'device', 'current')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def current(self, /) -> bool:
        """
        Whether it is the session that asks, or the device that this began at.
        """
    @property
    def device(self, /) -> UUID | None:
        """
        The device that a session began at, while that is known.
        """
    @property
    def id(self, /) -> UUID:
        """
        By which it is ended; it is no token.
        """
    @property
    def kind(self, /) -> SessionKind:
        """
        A session, or a device.
        """
    @property
    def last_used_at(self, /) -> datetime:
        """
        When it was last used: of a session to 15 seconds, of a remembered one
        to an hour; of a device its last sign-in.
        """
    @property
    def remembered(self, /) -> bool:
        """
        Whether it is a session that is remembered, used or not.
        """
    @property
    def since(self, /) -> datetime:
        """
        Since when: the sign-in.
        """
    @property
    def source(self, /) -> str | None:
        """
        From where it began, as the host worded it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def until(self, /) -> datetime:
        """
        When it ends at the latest.
        """

@final
class Pages(Iterator[_Row]):
    """
    Goes through a long list page by page, so that no more than one page is in
    memory.
    """
    def __iter__(self, /) -> Pages[_Row]: ...
    def __next__(self, /) -> _Row: ...
    @property
    def found(self, /) -> int:
        """
        How many rows there are on all pages, when it was first asked.
        """

@final
class Party:
    """
    A party as the agency knows it.
    """
    __match_args__: Final = ('id', 'kind', 'display_name', 'first_name', 'middle_name', 'last_name', 'nickname', 'roles', 'conveyed', 'external_id', 'email', 'phone', 'preferred', 'locale', 'created_at', 'account', 'accounts')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        Its login: of a family that several have, the first.
        """
    @property
    def accounts(self, /) -> list[UUID]:
        """
        All its logins, those that are linked to an application of it among them
        (C5).
        """
    @property
    def conveyed(self, /) -> list[Role]:
        """
        Those of its roles that nothing but ties in force conveys: they end with
        them.
        """
    @property
    def created_at(self, /) -> datetime:
        """
        When the agency came to know it.
        """
    @property
    def display_name(self, /) -> str:
        """
        The name as it is shown.
        """
    @property
    def email(self, /) -> str | None:
        """
        E-mail, as it was typed.
        """
    @property
    def external_id(self, /) -> str | None:
        """
        How the host knows it.
        """
    @property
    def first_name(self, /) -> str | None:
        """
        Given name.
        """
    @property
    def id(self, /) -> UUID:
        """
        Its identifier.
        """
    @property
    def kind(self, /) -> PartyKind:
        """
        Person or organization.
        """
    @property
    def last_name(self, /) -> str | None:
        """
        Family name; the whole name of a person who has one name.
        """
    @property
    def locale(self, /) -> Locale | None:
        """
        Its language, where that is not the agency's.
        """
    @property
    def middle_name(self, /) -> str | None:
        """
        Second given name or its initial.
        """
    @property
    def nickname(self, /) -> str | None:
        """
        What it is called.
        """
    @property
    def phone(self, /) -> str | None:
        """
        Phone, in E.164.
        """
    @property
    def preferred(self, /) -> Method | None:
        """
        How it wants to be written to, where it said so.
        """
    @property
    def roles(self, /) -> list[Role]:
        """
        What it is to the agency now: what the office made it, and what its ties
        in force convey.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class PartyFacts:
    """
    What the rules need to know of a party.
    """
    __match_args__: Final = ('id', 'kind', 'roles')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, id: UUID | str, *, roles: Iterable[Role] = ..., kind: PartyKind = ...) -> PartyFacts: ...
    def __repr__(self, /) -> str: ...
    @property
    def id(self, /) -> UUID:
        """
        Which one.
        """
    @property
    def kind(self, /) -> PartyKind:
        """
        Person or organization.
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
class PartyFile:
    """
    All that the office knows of a party.
    """
    __match_args__: Final = ('party', 'links', 'ties', 'grants', 'invitation', 'applications')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def applications(self, /) -> list[Application]:
        """
        Its applications, the newest first (I4).
        """
    @property
    def grants(self, /) -> list[GrantRow]:
        """
        What it may see beyond the matrix (V), the latest begun first.
        """
    @property
    def invitation(self, /) -> InvitationRow | None:
        """
        Its current invitation, as it stands now.
        """
    @property
    def links(self, /) -> list[LinkRow]:
        """
        Which accounts belong to it and to its applications (C5), the latest
        first.
        """
    @property
    def party(self, /) -> Party:
        """
        The party; its conveyed roles are those of the moment that was asked
        for, or of now.
        """
    @property
    def ties(self, /) -> list[TieRow]:
        """
        What it is to others, and what others are to it (R), the latest begun
        first.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Period:
    """
    From a moment, and until one or open-ended (rule R).
    """
    __match_args__: Final = ('begins_at', 'ends_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, begins_at: datetime, ends_at: datetime | None = None) -> Period: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From this moment on, itself included.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until this moment, itself excluded; None for no end.
        """
    def in_force(self, /, at: datetime) -> bool:
        """
        Whether that moment lies within.
        """
    def overlaps(self, /, other: Period) -> bool:
        """
        Whether there is a moment at which both are in force.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def valid(self, /) -> bool:
        """
        Whether it does not end before it begins.

        It may end at the moment it begins: that is how something is called off
        before its time, or at once. It is then never in force.
        """

@final
class Person:
    """
    What a password may not be made of: whose it is, and of which agency.
    Everything may be missing.
    """
    __match_args__: Final = ('names', 'username', 'email', 'agency')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, names: Iterable[str] = ..., username: str | None = None, email: str | None = None, agency: str | None = None) -> Person: ...
    def __repr__(self, /) -> str: ...
    @property
    def agency(self, /) -> str | None:
        """
        The agency's name.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address.
        """
    @property
    def names(self, /) -> list[str]:
        """
        The person's names: each whole (``Felicia Conner``) or in parts.
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

@final
class PersonName:
    """
    The name of a person. Whoever has one name has it as ``last``.

    >>> from carekey.username import PersonName
    >>> name = PersonName.parse("Taming,  Sue (Sue W)").require()
    >>> name.first, name.last, name.nickname, name.display()
    ('Sue', 'Taming', 'Sue W', 'Sue Taming')
    """
    __match_args__: Final = ('first', 'middle', 'last', 'nickname')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, first: str | None = None, middle: str | None = None, last: str | None = None, nickname: str | None = None) -> PersonName: ...
    def __repr__(self, /) -> str: ...
    def display(self, /) -> str:
        """
        How a list shows the person: first and last name.
        """
    @property
    def first(self, /) -> str | None:
        """
        The first name.
        """
    def key(self, /) -> str:
        """
        The form by which a roster knows the same name again: first, middle and last
        name in NFKC, case-folded, blanks folded.
        """
    @property
    def last(self, /) -> str | None:
        """
        The last name, with its particles (``van der``) and its suffix
        (``Jr.``).
        """
    @property
    def middle(self, /) -> str | None:
        """
        The middle name or names, or their initials.
        """
    @property
    def nickname(self, /) -> str | None:
        """
        What the person is called; no username is made from it.
        """
    @staticmethod
    def parse(text: str) -> Checked[PersonName]:
        """
        Reads a name written as ``Last, First Middle (Nickname)`` or as ``First
        Middle Last``.

        Blanks are folded and the text is brought to NFC. A suffix stays with the
        last name, and so do particles. One word is a last name. Without a comma all
        words between the first and the last are middle names: who has two last
        names writes them before a comma. Between brackets or quotes is what the
        person is called. Titles, credentials and signs are no part of the name:
        ``Dr. Jane Doe, RN`` is Jane Doe.

        Findings, on the field ``name``: ``name.missing``, ``text.too_long`` (more
        than 200 characters), ``text.control_character`` (also for one that reorders
        the text around it), ``name.several`` (``John & Mary Smith``),
        ``name.not_person`` (``The Smith Family``, ``Vacant``), ``name.unclear``
        (``Jane Doe, JD``: a first name or a degree), and for each thing that was
        left aside the warning ``name.set_aside``.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Phone:
    """
    A phone number that can be used as a username and written to.
    """
    __match_args__: Final = ('typed', 'e164')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def e164(self, /) -> str:
        """
        In E.164, ``+12125550142``: what is compared and written to.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def typed(self, /) -> str:
        """
        As it was typed, without the blanks around it: what is shown.
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
    def __hash__(self, /) -> int: ...
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
    def draft(source: str | Mapping[str, Any]) -> Policy:
        """
        Reads a policy that someone is still working on, as :meth:`read` does,
        whatever its numbers: :meth:`findings` says which lie out of their
        range.

        Raises :class:`InvalidInput` ``policy.malformed``.
        """
    def enrolment_scheme(self, /, role: Role) -> EnrolmentScheme:
        """
        How an account of a role gets its first password (E1).
        """
    @staticmethod
    def evv_state() -> Policy:
        """
        The password rules of a state's visit verification: 9 characters of
        every class, the last 10 barred, locked after 3 failures.
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
    def username_scheme(self, /, role: Role) -> UsernameScheme:
        """
        How the username of a role comes about (U).
        """

@final
class Preview:
    """
    A roster held against an agency: a verdict, findings and suggestions for
    every row (U4, U5). Nothing is written. Decide on suggestions and on who is
    who here, then give it to `Office.create`.
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
    def decide(self, /, line: int, who: UUID | str | Literal["another"]) -> RowCheck:
        """
        Decides who the row of that line is about, which waits with
        ``roster.maybe_same`` (C4): a party, be it one of those that it may be
        about or any other that the agency knows, or ``another`` than these. All
        rows are judged again, and what was accepted or declined holds where it
        still can; a decision may be taken anew. Returns the row and its new
        verdict.

        Raises :class:`NotFound` ``roster.nothing_to_decide`` where no row of
        that line waits for it, ``party.not_found`` where the party is not known
        or has another identifier than the row; :class:`InvalidInput`
        ``roster.repeated_row`` where another row is about that party in the
        same role. Of a preview of an office :class:`StoreError`, too, since beside very
        many people somebody whom no row resembles is looked for then. Nothing is changed.

        >>> from uuid import UUID
        >>> from carekey.roster import Known, PersonName, Roster
        >>> from carekey.username import Usernames
        >>> maria = PersonName.parse("Maria Garcia").require()
        >>> known = [Known(UUID(int=7), name_key=maria.key(), display_name=maria.display(), roles=["caregiver"],
        ...                email_canonical="old@example.com")]
        >>> roster = Roster.read(b"Role,Name,Email\\nCaregiver,Maria Garcia,new@example.com\\n")
        >>> usernames = Usernames(prefix="104", country="US")
        >>> preview = roster.preview(known, usernames=usernames, country="US")
        >>> preview.rows[0].state, preview.rows[0].maybe == [UUID(int=7)]
        ('waiting', True)
        >>> preview.decide(2, "another").state
        'pass'

        Kept, it is not asked again:

        >>> roster.preview(known, decisions=preview.decisions, usernames=usernames, country="US").rows[0].state
        'pass'
        """
    def decide_all(self, /, decisions: Iterable[tuple[int, UUID | str | Literal["another"]]]) -> None:
        """
        Takes many decisions at once, pairs of a line and who its row is about:
        all rows are judged again only once.

        Raises what :meth:`decide` does, of the first decision that cannot be
        taken; then none is.
        """
    @property
    def decisions(self, /) -> list[WhoDecision]:
        """
        The decisions on who rows are about that were taken here, to be kept and
        brought along the next time.
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
    def share(self, /, line: int) -> RowCheck:
        """
        Lets the person of the row of that line share the login of whoever has
        their e-mail address (``roster.may_share``): two of one household, who
        read one mailbox. They are added without a login, and
        :meth:`Office.create` sends an invitation to the address: whoever signs
        in there and takes it up sees what is theirs too (I8). Nobody is linked
        before that. Returns the row and its new verdict.

        Raises :class:`NotFound` ``roster.no_such_row`` where the row of that
        line has no ``roster.may_share``.
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
class PrintedCode:
    """
    An invitation on paper: what is printed, and handed over (I10). It is shown
    once: what is stored of it are keyed digests.
    """
    __match_args__: Final = ('invitation', 'code', 'link', 'contact', 'application', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def application(self, /) -> str | None:
        """
        The application's number, which is asked for in its place.
        """
    @property
    def code(self, /) -> Secret:
        """
        The code, in groups.
        """
    @property
    def contact(self, /) -> str:
        """
        What is asked for together with the code: the party's e-mail or phone as
        the office has it. It becomes the username (U2).
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        From when on it is dead; the moment itself is outside.
        """
    @property
    def invitation(self, /) -> UUID:
        """
        The invitation.
        """
    @property
    def link(self, /) -> Secret:
        """
        The link, for a square that a phone reads.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Question:
    """
    One security question of the list (Q1).
    """
    __match_args__: Final = ('id', 'en', 'es')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    @property
    def texts(self, /) -> dict[str, str]:
        """
        The question in every language that has texts, by its tag: those
        that ship, and those that :func:`load_language` added.
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
    def __hash__(self, /) -> int: ...
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
class Recovered:
    """
    A recovery that is over: a new password is set, and nobody is signed in by
    it.
    """
    __match_args__: Final = ('state', 'device', 'device_expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def device(self, /) -> Secret:
        """
        The token by which the device that it was done at is known from now on:
        to be kept there, and given with the sign-in that comes next, which no
        stranger can keep waiting then (E4). It opens nothing.
        """
    @property
    def device_expires_at(self, /) -> datetime:
        """
        Until when it is good.
        """
    @property
    def state(self, /) -> State:
        """
        Where the account stands.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Recovery:
    """
    What a recovery asks for next (E6). An unknown username is asked the
    same as a known one.
    """
    __match_args__: Final = ('asks', 'questions', 'token')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Rendered:
    """
    A message as it is sent.
    """
    __match_args__: Final = ('subject', 'body')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def body(self, /) -> Secret:
        """
        The text, secrets included.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject of an e-mail, on one line, without secrets.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class ReviewItem:
    """
    One thing of the access review.
    """
    __match_args__: Final = ('kind', 'account', 'parties', 'application', 'names', 'contacts', 'since')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
        The application, for an invitation to one.
        """
    @property
    def contacts(self, /) -> list[str]:
        """
        The contacts it is about: of an objection the new one and the earlier
        ones of the account, one of which the office takes away; of an own
        contact the party's and the account's.
        """
    @property
    def kind(self, /) -> ReviewKind:
        """
        Why it stands here.
        """
    @property
    def names(self, /) -> list[str]:
        """
        The names, as they are shown.
        """
    @property
    def parties(self, /) -> list[UUID]:
        """
        The parties it is about: one, or all that share something.
        """
    @property
    def since(self, /) -> datetime | None:
        """
        Since when: created, lapsed, last used.
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
    __match_args__: Final = ('role', 'summary', 'rows')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
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
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
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
    def from_rows(rows: Iterable[RosterRow]) -> Roster:
        """
        A roster of the host's own rows. They are read like those of a file:
        blanks are folded, and what cannot be used becomes a finding of its
        row. Lines that rise from row to row are kept; otherwise rows are
        counted from 1.
        """
    @staticmethod
    def from_table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Roster:
        """
        Reads a table: a title for each column, and rows of texts, blank where
        there is nothing. Lines are counted from 1, the first row.

        Raises :class:`InvalidInput` as :meth:`read`.
        """
    @staticmethod
    def outline(source: RosterFile, *, sheet: str | None = None, columns: dict[str, RosterColumn | None] | None = None, role: Role | None = None, encoding: str | None = None) -> Outline:
        """
        What a file has to choose from: the sheets of a workbook, and the titles
        with what each is read as. For a page that asks an office how its file is
        to be read, also where :meth:`read` refused it for that. It takes a path, a
        file or bytes, and is told what :meth:`read` is told.

        >>> from carekey import Roster
        >>> outline = Roster.outline(b"Aide,Email\\nSue Wright,s@example.com\\n")
        >>> [(one.title, one.column) for one in outline.titles]
        [('Aide', None), ('Email', 'email')]

        Raises :class:`InvalidInput` as :meth:`read`, but not about titles and sheets.
        """
    def preview(self, /, known: Iterable[Known] = ..., *, decisions: Iterable[WhoDecision] = ..., usernames: Usernames, country: str, policy: Policy | None = None) -> Preview:
        """
        Holds every row against what the host knows and the usernames in use,
        and against each other (U4). Nothing is written; ``usernames`` stays as
        it is, and has those of ``known`` too; ``country`` is for phone numbers
        without one (U2). ``decisions`` are those on who is who that earlier
        previews left (C4).

        >>> from carekey.roster import Roster
        >>> from carekey.username import Taken, Usernames
        >>> roster = Roster.read(b"Role,Name\\nOffice staff,Felicia Conner\\n")
        >>> usernames = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
        >>> preview = roster.preview(usernames=usernames, country="US")
        >>> preview.rows[0].state, preview.rows[0].suggestions[0]
        ('waiting', '104feconner')
        """
    @staticmethod
    def read(source: RosterSource, *, sheet: str | None = None, columns: dict[str, RosterColumn | None] | None = None, statuses: dict[str, bool] | None = None, role: Role | None = None, encoding: str | None = None, dates: DateOrder | None = None, most_rows: int | None = None) -> Roster:
        """
        Reads a roster (B) from

        - a path (`str` or `os.PathLike`) of a CSV file or a workbook (xlsx, xls,
          ods),
        - an open file, binary or text, or the `bytes` of one,
        - a list of dictionaries, whose keys are the titles,
        - a data frame: anything with the Arrow PyCapsule interface (pandas,
          polars, pyarrow), none of which is imported.

        Titles may come in any order, any case, English or Spanish; `first_name`
        and `First name` are one. Needed are a role and a name.

        What the file does not say itself is told: ``sheet`` of a workbook;
        ``columns``, what titles of the file mean, ``None`` for one that is passed
        over; ``statuses``, what words of a status mean, whether who has it is there;
        ``role`` of everyone, where there is no column for it; ``encoding`` of a text,
        by a name of the WHATWG Encoding Standard; ``dates``, which number of
        ``03/04/2026`` is the day, where no other day of leaving says it. ``most_rows``
        is how many rows there may be, 250,000 where nothing is said; for more the file
        may have more than 32 MiB, in proportion.

        >>> from carekey import Roster
        >>> told = {"Aide": name, "Branch": None}
        >>> roster = Roster.read(b"Aide,Branch\\nSue Wright,North\\n", columns=told, role="caregiver")
        >>> roster.rows[0].last, roster.findings
        ('Wright', [])

        Raises :class:`InvalidInput` where nothing can be made of it:
        ``roster.unreadable`` (no such file), ``roster.encoding``,
        ``roster.workbook``, ``roster.sheet_needed``, ``roster.empty``, ``roster.malformed``, ``roster.too_large``,
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
    One person or organization of a roster. A blank says nothing: it never takes
    away what the agency knows.
    """
    __match_args__: Final = ('line', 'role', 'first', 'middle', 'last', 'nickname', 'organization', 'username', 'email', 'phone', 'preferred', 'locale', 'external_id', 'password_hash', 'note', 'already_created', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, line: int = ..., role: Role | None = None, first: str | None = None, middle: str | None = None, last: str | None = None, nickname: str | None = None, organization: str | None = None, username: str | None = None, email: str | None = None, phone: str | None = None, preferred: Method | None = None, locale: Locale | None = None, external_id: str | None = None, password_hash: str | Secret | None = None, note: str | None = None, already_created: bool | None = None) -> RosterRow: ...
    def __repr__(self, /) -> str: ...
    @property
    def already_created(self, /) -> bool | None:
        """
        What the file says of an account. Information only: what counts is what
        the agency knows.
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
        The last name, with its particles (``van der``) and its suffix
        (``Jr.``).
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
        The middle name or names, or their initials.
        """
    @property
    def nickname(self, /) -> str | None:
        """
        What the person is called; no username is made from it.
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
    def password_hash(self, /) -> Secret | None:
        """
        The password hash that another system had for them (P7). It is taken
        over with a new account, and renewed when they first sign in. What says
        that there is no password is none (``hash.unusable``).
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
    __match_args__: Final = ('line', 'name', 'role', 'state', 'action', 'username', 'canonical', 'suggestions', 'findings', 'email', 'phone', 'party', 'maybe', 'decision', 'same_as', 'has_account', 'changes')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def action(self, /) -> RowAction:
        """
        What is done with it if it passes.
        """
    @property
    def canonical(self, /) -> str | None:
        """
        The username in canonical form (U6).
        """
    @property
    def changes(self, /) -> list[Change]:
        """
        What it would change.
        """
    @property
    def decision(self, /) -> WhoDecision | None:
        """
        The decision by which it is about whom it is about.
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
    def maybe(self, /) -> list[UUID]:
        """
        Whom it may be about, where that waits for a decision (C4): the
        first ten. See `Preview.decide`.
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
    def __hash__(self, /) -> int: ...
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
        Why it failed, and what else there is to say.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over.
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
class RuleCheck:
    """
    One rule of a policy, and whether a password meets it.
    """
    __match_args__: Final = ('code', 'met', 'finding')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> Code:
        """
        The code of the finding if the rule is not met.
        """
    @property
    def finding(self, /) -> Finding:
        """
        The finding, with its text and parameters: what is wrong where the rule
        is not met, and what would be where it is.
        """
    @property
    def met(self, /) -> bool:
        """
        Whether the password meets it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Secret:
    """
    A password, a code, a link or a token.

    It prints as `•••`, cannot be pickled nor be a key of a dictionary, and
    :meth:`reveal` is the one way to read it. Wherever a secret goes in, a `str` does as well.

    >>> from carekey import Secret
    >>> secret = Secret("Spring!2026")
    >>> print(secret, repr(secret))
    ••• Secret('•••')
    >>> secret.reveal()
    'Spring!2026'
    """
    def __copy__(self, /) -> Secret: ...
    def __deepcopy__(self, /, memo: Any) -> Secret: ...
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
    def __hash__(self, /) -> int: ...
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
class SentRow:
    """
    What came of sending to one who waited (I10).
    """
    __match_args__: Final = ('account', 'party', 'username', 'done', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account that was sent to.
        """
    @property
    def done(self, /) -> bool:
        """
        Whether it was done.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why not, and what else there is to say.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The party that was named, or that the account was made for.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username of the account, as it is shown.
        """

@final
class Session:
    """
    A session that was granted. The tokens go to the user and nowhere else.
    """
    __match_args__: Final = ('account', 'token', 'expires_at', 'remembered', 'device', 'device_expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID:
        """
        Whose it is.
        """
    @property
    def device(self, /) -> Secret | None:
        """
        Where the user came from a device that was not known: the token by which
        it will be, to be kept there until ``device_expires_at`` and given with
        the next sign-in (E4). It opens nothing.
        """
    @property
    def device_expires_at(self, /) -> datetime:
        """
        Until when a token of the device is good, new or known: longer with each
        sign-in.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        When it ends at the latest.
        """
    @property
    def remembered(self, /) -> bool:
        """
        Whether it is remembered (E5): what keeps its token outlives the
        browser.
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
class SessionRow:
    """
    A session that is live, or a device that is known (E5), as the office sees
    it. Nothing of it opens anything.
    """
    __match_args__: Final = ('id', 'kind', 'since', 'last_used_at', 'until', 'source', 'remembered', 'device')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def device(self, /) -> UUID | None:
        """
        The device that a session began at, while that is known.
        """
    @property
    def id(self, /) -> UUID:
        """
        By which it is ended; it is no token.
        """
    @property
    def kind(self, /) -> SessionKind:
        """
        A session, or a device.
        """
    @property
    def last_used_at(self, /) -> datetime:
        """
        When it was last used: of a session to 15 seconds, of a remembered one
        to an hour; of a device its last sign-in.
        """
    @property
    def remembered(self, /) -> bool:
        """
        Whether it is a session that is remembered, used or not.
        """
    @property
    def since(self, /) -> datetime:
        """
        Since when: the sign-in.
        """
    @property
    def source(self, /) -> str | None:
        """
        From where it began, as the host worded it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def until(self, /) -> datetime:
        """
        When it ends at the latest.
        """

@final
class SetQuestions:
    """
    The password was right, and the security questions are to be set first
    (Q1): `Agency.set_questions`.
    """
    __match_args__: Final = ('step',)
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    def __hash__(self, /) -> int: ...
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
class SignInFirst:
    """
    An account has the contact that the invitation went to. Nothing was
    done, and the invitation is good still: whoever has that account signs
    in and redeems again, with the session. Where the contact has changed
    hands, the office releases it (`Office.release_contact`) and invites
    again (C6).
    """
    __match_args__: Final = ()
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class SignedIn:
    """
    Who a session belongs to.
    """
    __match_args__: Final = ('account', 'party', 'parties', 'username', 'display_name', 'is_manager', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    def parties(self, /) -> list[UUID]:
        """
        All parties that it is linked to (C5).
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The first party that the account is linked to, where it is (A2).
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
        ``snapshot.newer``, ``snapshot.older``, ``snapshot.other_agency``, ``snapshot.forged``,
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
class Split:
    """
    What a split did.
    """
    __match_args__: Final = ('party', 'of', 'moved', 'changed')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def changed(self, /) -> list[UUID]:
        """
        What is not as it was before the merge: ties, grants, links and
        invitations that were ended since, or that the merge had ended for good;
        and the party itself, where it has lost a role that was taken away
        since, or where what is written down of both was corrected since, which
        stays with the other one.
        """
    @property
    def moved(self, /) -> list[UUID]:
        """
        What moved back: ties, grants, links, applications and invitations.
        """
    @property
    def of(self, /) -> UUID:
        """
        The one that it had been merged into.
        """
    @property
    def party(self, /) -> UUID:
        """
        The party that is there again.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class StaffPattern:
    """
    The house pattern of staff names (U3), `{prefix}{first:1}{last}` by
    default.

    Parts are `{prefix}`, `{first}`, `{middle}` and `{last}`, the names each
    with an optional length; between them stands any character that a Windows
    logon name may have.

    >>> from carekey.username import PersonName, StaffPattern
    >>> name = PersonName.parse("O'Brien-Lee, Máire").require()
    >>> StaffPattern.parse("{first}.{last}").require().name_for("", name, 20).value
    'maire.obrienlee'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def name_for(self, /, prefix: str, name: PersonName, max_length: int) -> Checked[str]:
        """
        The plain name of a person in this pattern, in lower-case ASCII and at most
        ``max_length`` characters: the last name is cut first.

        Accents go and other scripts are transliterated; marks and blanks within a
        name are dropped. Who has one name has it whole.

        Findings, on the field ``name``: ``name.missing``, ``name.no_letters``; on
        ``username``: ``username.too_long`` where the prefix leaves no room.
        """
    @staticmethod
    def parse(pattern: str) -> Checked[StaffPattern]:
        """
        Reads a pattern.

        Findings, on the field ``username.staff_pattern``: ``policy.pattern``.
        """

@final
class StagedRow:
    """
    One line of the list of those who wait to be sent something (I10).
    """
    __match_args__: Final = ('account', 'party', 'display_name', 'since')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account; None for a family, whose account comes with its invitation.
        """
    @property
    def display_name(self, /) -> str:
        """
        As it is shown.
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The party; None for an account that came before its staff record (A2).
        """
    @property
    def since(self, /) -> datetime:
        """
        Since when it waits.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Step:
    """
    A step that was begun: whoever holds the token may take it, once.
    """
    __match_args__: Final = ('token', 'expires_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def expires_at(self, /) -> datetime:
        """
        Until when it can be taken.
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
class Submitted:
    """
    What came of adding an application.
    """
    __match_args__: Final = ('application', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
        Whether its invitation was sent, and if not why (S3, I1).
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Summary:
    """
    How many rows there are of each kind. The last five add up to the first.
    """
    __match_args__: Final = ('rows', 'create', 'update', 'unchanged', 'waiting', 'failed')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
class Taken:
    """
    The names that an agency uses or once used, those of disabled and deleted
    accounts included: none of them is given to another person (rule U4), and no
    name that looks like one of them (U6).

    >>> from carekey.username import Taken
    >>> taken = Taken(["104fconner"])
    >>> taken.find("104fconner"), taken.find("lo4fconner"), taken.find("104fcanner")
    (Clash(other=None, retired=False), Clash(other='104fconner', retired=False), None)
    >>> taken.insert_retired("104sgone")
    >>> taken.find("104sgone")
    Clash(other=None, retired=True)
    """
    def __new__(cls, /, names: Iterable[str] = ...) -> Taken:
        """
        Of names in :func:`canonical` form.
        """
    def find(self, /, canonical: str) -> Clash | None:
        """
        What a name in ``canonical`` form clashes with.
        """
    def insert(self, /, canonical: str) -> None:
        """
        Adds a name in ``canonical`` form.
        """
    def insert_retired(self, /, canonical: str) -> None:
        """
        Adds the name of someone who was deleted, in ``canonical`` form.
        """

@final
class Text:
    """
    The text of a message, with `{field}` where a value comes.
    """
    __match_args__: Final = ('body', 'subject')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, body: str, *, subject: str | None = None) -> Text: ...
    def __repr__(self, /) -> str: ...
    @property
    def body(self, /) -> str:
        """
        The text itself, plain, with its line breaks.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject of an e-mail; an SMS has none.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class TextRow:
    """
    A text as it is sent.
    """
    __match_args__: Final = ('kind', 'method', 'locale', 'subject', 'body', 'own')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def body(self, /) -> str:
        """
        The text itself, plain, with its line breaks.
        """
    @property
    def kind(self, /) -> MessageKind:
        """
        Of which kind of message.
        """
    @property
    def locale(self, /) -> Locale:
        """
        In which language.
        """
    @property
    def method(self, /) -> Method:
        """
        By which way.
        """
    @property
    def own(self, /) -> bool:
        """
        Whether it is the agency's own, in the place of the one that ships.
        """
    @property
    def subject(self, /) -> str | None:
        """
        The subject of an e-mail; an SMS has none.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Throttle:
    """
    The failures at one way in (password, code, questions) of one account, of
    one device, or of another thing that is being guessed at (E4).

    >>> from datetime import datetime, timedelta
    >>> from carekey.account import Throttle
    >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    >>> throttle = Throttle()
    >>> for _ in range(5):
    ...     assert throttle.admit(now)
    ...     throttle.failed(now)
    >>> throttle.admit(now).until.isoformat()
    '2026-11-22T09:00:30+00:00'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, failures: int = ..., open: int = ..., open_until: datetime | None = None, locked_until: datetime | None = None) -> Throttle:
        """
        One that was stored.
        """
    def __repr__(self, /) -> str: ...
    def admit(self, /, now: datetime, *, policy: Policy | None = None) -> Admission:
        """
        Lets an attempt in, or says why not. Store the throttle before evaluating
        the attempt.
        """
    def closed(self, /, *, policy: Policy | None = None) -> bool:
        """
        Whether this way in is closed: to passwords from unknown devices, until the
        owner signs in from a known one, recovers, or the office unlocks.
        """
    def count(self, /, now: datetime, *, policy: Policy | None = None) -> None:
        """
        A failure of another way in (recovery): it counts like a wrong password.
        """
    def failed(self, /, now: datetime, *, policy: Policy | None = None) -> None:
        """
        An attempt that was let in was wrong.
        """
    @property
    def failures(self, /) -> int:
        """
        Failures in a row.
        """
    def locked(self, /, now: datetime) -> datetime | None:
        """
        Until when attempts are refused, if they are, as it was last written down:
        ``admit`` cuts a wait that a wrong clock set.
        """
    @property
    def locked_until(self, /) -> datetime | None:
        """
        Until when further attempts are refused.
        """
    @property
    def open(self, /) -> int:
        """
        Attempts that were let in and are not decided yet.
        """
    @property
    def open_until(self, /) -> datetime | None:
        """
        When the open ones count as failures.
        """
    def succeeded(self, /) -> None:
        """
        An attempt that was let in was right: the row of failures ends.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name, as :class:`Throttle` takes them.
        """
    def withdrawn(self, /) -> None:
        """
        An attempt that was let in was neither: it could not be decided.
        """

@final
class Tie:
    """
    A typed, dated, directed tie: ``who`` is the ``kind`` of ``of``.
    """
    __match_args__: Final = ('kind', 'who', 'of', 'begins_at', 'ends_at')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, kind: TieKind, *, who: UUID | str, of: UUID | str, begins_at: datetime, ends_at: datetime | None = None) -> Tie: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From this moment on, itself included.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until this moment, itself excluded; None for no end.
        """
    @property
    def kind(self, /) -> TieKind:
        """
        What ``who`` is to ``of``.
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
class TieCheck:
    """
    A row of a roster of ties and its verdict.
    """
    __match_args__: Final = ('line', 'outcome', 'who', 'who_name', 'who_maybe', 'kind', 'of', 'of_name', 'of_maybe', 'tie', 'begins_at', 'ends_at', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime | None:
        """
        From when it holds if the row passes.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when it holds if the row passes.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        All there is to say, in its fixed order.
        """
    @property
    def kind(self, /) -> TieKind | None:
        """
        What ``who`` is to ``of``.
        """
    @property
    def line(self, /) -> int:
        """
        The line of the file, counted from 1.
        """
    @property
    def of(self, /) -> UUID | None:
        """
        The one whose relationship it is, where that is certain.
        """
    @property
    def of_maybe(self, /) -> list[UUID]:
        """
        Whom ``of`` may be, where that is not certain: the first ten.
        """
    @property
    def of_name(self, /) -> str | None:
        """
        Their name, as it is shown.
        """
    @property
    def outcome(self, /) -> TieOutcome:
        """
        What comes of it: ``made``, ``ended``, ``unchanged``, ``waiting`` or ``failed``.
        """
    @property
    def tie(self, /) -> UUID | None:
        """
        The tie that it is about, where the agency has it.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def who(self, /) -> UUID | None:
        """
        The one who has the part, where that is certain.
        """
    @property
    def who_maybe(self, /) -> list[UUID]:
        """
        Whom ``who`` may be, where that is not certain: the first ten. See
        `TiePreview.accept`.
        """
    @property
    def who_name(self, /) -> str | None:
        """
        Their name, as it is shown.
        """

@final
class TiePreview:
    """
    A roster of ties held against an agency: what would come of every row.
    Nothing is written. Say here who ends are that are not certain, then give it
    to `Office.create_ties`.
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def accept(self, /, line: int, end: TieEnd, party: UUID | str) -> TieCheck:
        """
        Says who an end of the row of that line is (C4), which waits with
        ``roster.maybe_same`` or ``roster.ambiguous`` or fits nobody: one of
        those that it may be, or any other that the agency knows. All rows are
        judged again; it may be said anew. Returns the row and its new verdict.

        Raises :class:`NotFound` ``roster.nothing_to_decide`` where no row
        begins on the line or the end is certain, ``party.not_found`` where the
        party is not known. Nothing is changed then.
        """
    def accept_all(self, /, accepted: Iterable[tuple[int, TieEnd, UUID | str]]) -> None:
        """
        Says who many ends are, each a line, an end and a party: all rows are
        judged again only once.

        Raises what :meth:`accept` does, of the first that cannot be taken; then
        none is.
        """
    @property
    def counts(self, /) -> dict[str, int]:
        """
        How many rows there are of each outcome.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say about the file itself.
        """
    @property
    def rows(self, /) -> Table[TieCheck]:
        """
        The rows and their verdicts now, in the order of the roster: a table of
        `TieCheck`.
        """
    def write_failed(self, /, path: str | PathLike[str] | None = None, *, locale: Locale = ...) -> str | None:
        """
        The rows that do not pass as CSV, each with its problems and what would
        mend the first in front, the rest as it came: correct them in a
        spreadsheet and read the file again. Into the file at that path, or
        returned.

        Raises :class:`InvalidInput` ``roster.unwritable``.
        """

@final
class TieReport:
    """
    What came of creating a roster of ties: every row is accounted for.
    """
    def __repr__(self, /) -> str: ...
    @property
    def counts(self, /) -> dict[str, int]:
        """
        How many rows there are of each outcome.
        """
    @property
    def rows(self, /) -> Table[TieResult]:
        """
        The rows, in the order of the roster: a table of `TieResult`.
        """
    @property
    def stopped(self, /) -> CarekeyError | None:
        """
        Why the work ended before its time, where it did: what was committed by
        then stands in the rows, the others are `not_reached`, and the same
        preview can be created again.
        """

@final
class TieResult:
    """
    What came of one row of a roster of ties.
    """
    __match_args__: Final = ('line', 'outcome', 'tie', 'who', 'of', 'account', 'username', 'hand_over', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def account(self, /) -> UUID | None:
        """
        The account that was made for ``who``, where the tie enrolled them.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        Why it failed, and what else there is to say: also why ``who`` could not
        be enrolled, which keeps no tie from being made.
        """
    @property
    def hand_over(self, /) -> Secret | None:
        """
        A temporary password that no message could carry, to be handed over.
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
    def of(self, /) -> UUID | None:
        """
        The one whose relationship it is, where that is certain.
        """
    @property
    def outcome(self, /) -> TieOutcome:
        """
        What came of it.
        """
    @property
    def tie(self, /) -> UUID | None:
        """
        The tie, where there is one.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        Their username, as it is shown.
        """
    @property
    def who(self, /) -> UUID | None:
        """
        The one who has the part, where that is certain.
        """

@final
class TieRoster:
    """
    A roster of ties as it was read: who is what of whom, from when and until
    when.

    >>> from carekey import TieRoster
    >>> roster = TieRoster.read(b"Who,Kind,Of,From\\nTom Reed,emergency contact,C-17,2026-03-01\\n")
    >>> roster.rows[0].who, roster.rows[0].kind
    ('Tom Reed', 'emergency_contact')
    """
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def findings(self, /) -> list[Finding]:
        """
        What there is to say about the file itself.
        """
    @staticmethod
    def from_rows(rows: Iterable[TieRosterRow]) -> TieRoster:
        """
        A roster of the host's own rows. They are read like those of a file:
        blanks are folded, and what cannot be used becomes a finding of its
        row. Lines that rise from row to row are kept; otherwise rows are
        counted from 1.
        """
    @staticmethod
    def read(source: RosterSource, *, sheet: str | None = None, columns: dict[str, RosterColumn | None] | None = None, statuses: dict[str, bool] | None = None, encoding: str | None = None, dates: DateOrder | None = None, most_rows: int | None = None) -> TieRoster:
        """
        Reads a roster of ties from whatever :meth:`Roster.read` takes.

        Needed are the columns *who*, *kind* and *of*; *from* and *until* are
        dates, and so are the names, e-mail addresses and phone numbers of both
        ends where there are such columns. A date alone is the beginning of that
        day in the agency's time zone, and *until* the first moment outside.
        *Reference* names the document that a personal representative is one by.

        What the file does not say itself is told: ``sheet``, ``columns``,
        ``statuses``, ``encoding`` and ``most_rows`` as for :meth:`Roster.read`, and ``dates``, which number of
        ``01/02/2026`` is the day, where no other date of the file says it.

        >>> from carekey import TieRoster
        >>> file = b"Who,Kind,Of,From\\nTom Reed,payer,C-17,01/02/2026\\n"
        >>> TieRoster.read(file).rows[0].findings[0].code
        'roster.date_ambiguous'
        >>> TieRoster.read(file, dates="month_first").rows[0].begins_at.month
        1

        Raises :class:`InvalidInput` as :meth:`Roster.read`.
        """
    @property
    def rows(self, /) -> Table[TieRosterRow]:
        """
        The rows as they were read, blank lines left out: a table of
        `TieRosterRow`.
        """

@final
class TieRosterRow:
    """
    One tie of a roster: ``who`` is the ``kind`` of ``of``. Each end is named by
    one text or more.
    """
    __match_args__: Final = ('line', 'who', 'who_name', 'who_email', 'who_phone', 'kind', 'of', 'of_name', 'of_email', 'of_phone', 'begins_at', 'ends_at', 'reference', 'findings')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, line: int = ..., who: str | None = None, who_name: str | None = None, who_email: str | None = None, who_phone: str | None = None, kind: TieKind | None = None, of: str | None = None, of_name: str | None = None, of_email: str | None = None, of_phone: str | None = None, begins_at: datetime | None = None, ends_at: datetime | None = None, reference: str | None = None) -> TieRosterRow: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime | None:
        """
        From when; None for the tie that is there, or else from now.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when, the moment itself outside; None says nothing of its end.
        """
    @property
    def findings(self, /) -> list[Finding]:
        """
        What was found when it was read.
        """
    @property
    def kind(self, /) -> TieKind | None:
        """
        What ``who`` is to ``of``.
        """
    @property
    def line(self, /) -> int:
        """
        The line of the file on which it begins, counted from 1.
        """
    @property
    def of(self, /) -> str | None:
        """
        The one whose relationship it is, named as ``who`` is.
        """
    @property
    def of_email(self, /) -> str | None:
        """
        Their e-mail address, as it was typed.
        """
    @property
    def of_name(self, /) -> str | None:
        """
        The name of the one whose relationship it is.
        """
    @property
    def of_phone(self, /) -> str | None:
        """
        Their phone number, as it was typed.
        """
    @property
    def reference(self, /) -> str | None:
        """
        The document that it rests on, of a tie that is made.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def who(self, /) -> str | None:
        """
        The one who has the part, by an identifier, an external id, an e-mail
        address, a phone number or a name.
        """
    @property
    def who_email(self, /) -> str | None:
        """
        Their e-mail address, as it was typed.
        """
    @property
    def who_name(self, /) -> str | None:
        """
        The name of the one who has the part.
        """
    @property
    def who_phone(self, /) -> str | None:
        """
        Their phone number, as it was typed.
        """

@final
class TieRow:
    """
    A tie as the office lists it.
    """
    __match_args__: Final = ('tie', 'kind', 'who', 'who_name', 'of', 'of_name', 'begins_at', 'ends_at', 'reference')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def begins_at(self, /) -> datetime:
        """
        From when.
        """
    @property
    def ends_at(self, /) -> datetime | None:
        """
        Until when; the moment itself is outside.
        """
    @property
    def kind(self, /) -> TieKind:
        """
        What ``who`` is to ``of``.
        """
    @property
    def of(self, /) -> UUID:
        """
        The one whose relationship it is.
        """
    @property
    def of_name(self, /) -> str:
        """
        Their name, as it is shown.
        """
    @property
    def reference(self, /) -> str | None:
        """
        The document that it rests on.
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
    @property
    def who(self, /) -> UUID:
        """
        The one who has the part.
        """
    @property
    def who_name(self, /) -> str:
        """
        Their name, as it is shown.
        """

@final
class Tied:
    """
    What came of making a tie.
    """
    __match_args__: Final = ('tie', 'enrolled')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def enrolled(self, /) -> Enrolled | None:
        """
        The enrolment of ``who``, where the tie makes them one whom the policy
        enrols (R): emergency contacts, payers, communities.
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
class Titled:
    """
    A title of a file, and what it is read as.
    """
    __match_args__: Final = ('title', 'column')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def column(self, /) -> RosterColumn | None:
        """
        What the column is read as; None where it is passed over.
        """
    @property
    def title(self, /) -> str:
        """
        The title, cut to 64 characters: enough to say what it means.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class TokenLife:
    """
    The life of one token: a session, or a step that was begun (E5, E6).

    >>> from datetime import datetime, timedelta
    >>> from carekey.account import TokenLife
    >>> now = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    >>> life = TokenLife.session(now=now, epoch=0)
    >>> life.is_live(now + timedelta(minutes=14), epoch=0), life.is_live(now + timedelta(minutes=15), epoch=0)
    (True, False)
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, expires_at: datetime, used_at: datetime, idle_ms: int | None, epoch: int, ended: bool) -> TokenLife:
        """
        One that was stored.
        """
    def __repr__(self, /) -> str: ...
    @property
    def ended(self, /) -> bool:
        """
        Whether it was ended.
        """
    @ended.setter
    def ended(self, /, ended: bool) -> None: ...
    @property
    def epoch(self, /) -> int:
        """
        The account's epoch when it was made: all of an older epoch have ended.
        """
    @property
    def expires_at(self, /) -> datetime:
        """
        When it ends, used or not.
        """
    @property
    def idle_ms(self, /) -> int | None:
        """
        How long it may be left unused, in milliseconds; None: as long as it lasts.
        """
    def is_live(self, /, now: datetime, *, epoch: int) -> bool:
        """
        Whether it is good at that moment, for an account of that epoch. The moment
        of a limit itself is outside.
        """
    @staticmethod
    def session(*, now: datetime, epoch: int, remember: bool = ..., policy: Policy | None = None) -> TokenLife:
        """
        A new session (E5): an idle and an absolute limit, or with "remember me" so
        many days, used or not.
        """
    @staticmethod
    def step(lasts: timedelta, *, now: datetime, epoch: int) -> TokenLife:
        """
        A new step that lasts so long.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name, as :class:`TokenLife` takes them.
        """
    @property
    def used_at(self, /) -> datetime:
        """
        When it was last used.
        """
    @used_at.setter
    def used_at(self, /, at: datetime) -> None: ...

@final
class Trimmed:
    """
    What was removed of an agency's histories (H).
    """
    __match_args__: Final = ('until', 'lines')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def lines(self, /) -> int:
        """
        How many lines were removed by this call.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def until(self, /) -> datetime:
        """
        Before which moment the lines were.
        """

@final
class User:
    """
    One user of the list (A3).
    """
    __match_args__: Final = ('account', 'party', 'display_name', 'first_name', 'last_name', 'username', 'state', 'is_manager', 'last_logon', 'created', 'disabled', 'disabled_by', 'description', 'note', 'staged')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
    def description(self, /) -> Description | None:
        """
        The last administrative act and by whom.
        """
    @property
    def disabled(self, /) -> datetime | None:
        """
        Since when it is disabled.
        """
    @property
    def disabled_by(self, /) -> str | None:
        """
        By whom, whatever was done to it since; None for an account that was
        disabled before carekey kept it.
        """
    @property
    def display_name(self, /) -> str:
        """
        First and last name.
        """
    @property
    def first_name(self, /) -> str | None:
        """
        Given name.
        """
    @property
    def is_manager(self, /) -> bool:
        """
        Whether it is an account manager.
        """
    @property
    def last_logon(self, /) -> datetime | None:
        """
        The last sign-in.
        """
    @property
    def last_name(self, /) -> str | None:
        """
        Family name.
        """
    @property
    def note(self, /) -> str | None:
        """
        A free note (A5).
        """
    @property
    def party(self, /) -> UUID | None:
        """
        The first party it is linked to.
        """
    @property
    def staged(self, /) -> datetime | None:
        """
        Since when its first message waits to be sent (I10).
        """
    @property
    def state(self, /) -> State:
        """
        Where the account stands.
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
    __match_args__: Final = ('users', 'found', 'active')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
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
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def users(self, /) -> Table[User]:
        """
        The page: a table of `User`.
        """

@final
class Usernames:
    """
    The usernames of one agency and one batch of rows (rule U4).

    Rows are checked in their order; a row that passes has its name from then
    on, and a later row that wants it fails. The same rows in the same order
    always get the same verdicts.

    >>> from carekey.username import NameRequest, PersonName, Taken, Usernames
    >>> names = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
    >>> request = NameRequest(1, "staff", PersonName.parse("Felicia Grace Conner").require())
    >>> verdict = names.check(request)
    >>> verdict.passes, verdict.findings[0].code, verdict.suggestions[:2]
    (False, 'username.taken', ['104fgconner', '104feconner'])
    >>> names.accept(request, "104fgconner").username
    '104fgconner'
    """
    def __new__(cls, /, *, prefix: str, country: str, taken: Taken | None = None, policy: Policy | None = None) -> Usernames:
        """
        A new batch for an agency: its ``prefix`` for staff names (at most 8
        letters or digits, may be empty), its ``country`` (ISO 3166-1, two
        capital letters), and the names that it uses or once used.

        Raises :class:`InvalidInput` ``policy.pattern``, ``agency.prefix``,
        ``agency.country``.
        """
    def accept(self, /, request: NameRequest, username: str) -> NameVerdict:
        """
        Accepts a suggestion for a row, or any other name that someone typed:
        the verdict on the same row with that username (U5).
        """
    def check(self, /, request: NameRequest) -> NameVerdict:
        """
        The verdict on the next row. What the same line had before is given
        back first, so that a corrected row can be checked again.
        """
    def check_all(self, /, requests: Iterable[NameRequest]) -> list[NameVerdict]:
        """
        The verdicts on all rows of a batch, in their order. Suggestions are
        free of all other rows, earlier and later.
        """

@final
class Verified:
    """
    What comparing a password with a stored hash gave.
    """
    __match_args__: Final = ('matches', 'renew')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def matches(self, /) -> bool:
        """
        Whether it is the password.
        """
    @property
    def renew(self, /) -> bool:
        """
        Whether to hash the password anew and store that: it matches, and the
        stored hash is another system's, weaker than the policy, above what the
        operator allows, or without the pepper. Never set where it does not
        match, nor where the scheme looks at a part of a password and this one
        is longer (bcrypt: 72 bytes), for the rest is not known to be right.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """

@final
class Viewer:
    """
    Someone who looks: an account and all that it is linked to. Ties and grants
    that are not of one of the parties, or not in force, count for nothing. They
    are put in order when it is made, so that each decision costs the same
    however many there are.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, active: bool, parties: Iterable[PartyFacts] = ..., ties: Iterable[Tie] = ..., grants: Iterable[Grant] = ..., applications: Iterable[UUID | str] = ...) -> Viewer: ...
    def __repr__(self, /) -> str: ...
    @property
    def active(self, /) -> bool:
        """
        Whether the account is fully set up, and neither disabled nor deleted.
        """
    @property
    def applications(self, /) -> list[UUID]:
        """
        The applications linked to the account.
        """
    @property
    def grants(self, /) -> list[Grant]:
        """
        The grants to these parties.
        """
    @property
    def parties(self, /) -> list[PartyFacts]:
        """
        The parties linked to the account: one, as a rule.
        """
    @property
    def ties(self, /) -> list[Tie]:
        """
        The ties of these parties, as ``who``, to others.
        """

@final
class WhoDecision:
    """
    A decision as it is kept, so that it is asked once. Once ``Office.create``
    has made the other person, the new party is what holds: keep that in place
    of ``another``.
    """
    __match_args__: Final = ('said', 'who')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, said: str, who: UUID | str | Literal["another"]) -> WhoDecision: ...
    def __repr__(self, /) -> str: ...
    @property
    def said(self, /) -> str:
        """
        Which rows it is about: 64 hexadecimal digits.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def who(self, /) -> UUID | Literal["another"]:
        """
        What was decided.
        """

@final
class WindowGroup:
    """
    The parties of one role, with their number (A5).
    """
    __match_args__: Final = ('role', 'total', 'rows')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
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
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def total(self, /) -> int:
        """
        How many parties have it, on all pages.
        """

@final
class WindowRow:
    """
    One party of the bulk window (S0).
    """
    __match_args__: Final = ('party', 'display_name', 'username', 'email', 'phone', 'account', 'state', 'note', 'staged')
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
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
        Person or company, as it is shown.
        """
    @property
    def email(self, /) -> str | None:
        """
        E-mail, as it was typed.
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
        Cell, as it was typed.
        """
    @property
    def staged(self, /) -> datetime | None:
        """
        Since when the account's first message waits to be sent (I10).
        """
    @property
    def state(self, /) -> State | None:
        """
        The account's status.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The fields by name; a secret stays one.
        """
    @property
    def username(self, /) -> str | None:
        """
        The username, where there is an account.
        """

def _panic() -> None:
    """
    For tests: what a panic of the core becomes. Only in builds for testing.
    """

def _restored(maker: str, *takes: object) -> object:
    """
    Makes a value again that was told: the maker is a name of this module, or a
    method of one.
    """

def _words() -> list[tuple[str, list[str]]]:
    """
    Every set of words with its name, for the test that `carekey.words`
    has them all.
    """

def after_password(stage: Stage, *, questions_set: bool, policy: Policy | None = None) -> Stage:
    """
    Where an account goes when its user has chosen a password (E2): to the
    questions, unless they are set or the policy asks none.
    """

def after_questions(stage: Stage) -> Stage:
    """
    Where an account goes when the questions are set (E2).
    """

def canonical(typed: str, country: str) -> str:
    """
    The canonical form of a typed username: what sign-in looks up and what must be
    unique in an agency (rule U6).

    An e-mail address is folded to one case and its domain is brought to IDNA ASCII
    form (UTS 46). A phone number becomes E.164, read with the agency's ``country``
    (ISO 3166-1, two capital letters) where it names none. All else is brought to
    NFC and folded to one case, after the ideas of PRECIS (RFC 8265,
    UsernameCaseMapped). Blanks around it are dropped.

    Nothing is refused here: what is no username is simply never found. The
    canonical form of a canonical form is itself, whatever the text.

    >>> from carekey.username import canonical
    >>> canonical("104FConner", "US")
    '104fconner'
    """

def cell(role: Role, resource: Resource) -> Cell:
    """
    The cell of the matrix (rule V), before the agency takes any away.

    >>> from carekey.visibility import cell
    >>> cell("client", "service_plan"), cell("payer", "service_plan")
    ('own', 'never')
    """

def check_action(action: OfficeAction, *, linked: bool, sent: bool) -> Finding | None:
    """
    Why an action cannot be done with an item, as one row of a batch says it (I9);
    ``None`` where it can. An action can be done exactly where it is the
    ``next_action``.

    Inviting what was invited before is ``invitation.already_sent``, so a batch that
    is run twice sends nothing twice. The field is ``action``.
    """

def check_answers(answers: Mapping[str, str | Secret] | Iterable[tuple[str, str | Secret]], *, username: str, policy: Policy | None = None) -> list[Finding]:
    """
    Checks the answers that someone chose (Q1, Q2): all that is wrong, at once.

    First ``questions.count`` (field ``answers``) where they are not as many as the
    policy asks. Then for each answer (field ``answers.0`` and so on), in this
    order: a question that the list does not have or that was chosen before; an
    answer of more than ``MAX_BYTES`` bytes (nothing else is then said of it) or of
    too few letters and digits; one that is the username, or nothing but words of
    its question in any language, or the same as an earlier one. Answers are
    compared as ``normalise_answer`` makes them, blanks aside.

    >>> from carekey.password import check_answers
    >>> answers = {"first_pet": Rex, "first_school": rex, "first_car": "Red Fiat"}
    >>> [(finding.field, finding.code) for finding in check_answers(answers, username="jo@example.com")]
    [('answers.1', 'answer.repeated')]
    """

def check_change(new: str | Secret, confirm: str | Secret, *, current_matches: bool | None = None, same_as_current: bool = ..., reused: bool = ..., person: Person | None = None, policy: Policy | None = None, second_factor: bool = ...) -> list[Finding]:
    """
    Everything that stands against changing a password (P4), all at once, in a
    fixed order: the current password, the rules of :func:`check_password`,
    the confirmation, whether it is the current one or one of the last.

    The comparisons with stored hashes are the host's, who says what came of
    them: ``current_matches`` (None if it was not asked), ``same_as_current``,
    ``reused``.

    >>> from carekey.password import check_change
    >>> [finding.code for finding in check_change("Lantern#47 tide", "Lantern#47 tied")]
    ['password.not_confirmed']
    """

def check_contact(text: str, country: str) -> Checked[Contact]:
    """
    Reads an e-mail address or a phone number (rule U2); ``country`` as in
    ``check_phone``.

    What has an ``@`` is checked as an e-mail address, with the findings of
    ``check_email``; what has digits and no letters as a phone number, with those of
    ``check_phone``. Else, on the field ``contact``: ``contact.missing``,
    ``contact.malformed``.
    """

def check_email(text: str) -> Checked[Email]:
    """
    Reads an e-mail address (rule U1).

    Accepted is ``local@domain`` with a dot-atom before the ``@``, letters of any
    script included, and a domain name with a dot. Quoted local parts, comments and
    display names are malformed: each gives one mailbox a second spelling. So are
    characters that are not seen and letters of full width, which no mail reaches.
    Where the address itself can be told, it is the suggestion.

    Findings, on the field ``email``, in this order: ``email.missing``,
    ``email.several`` (two addresses and more; the first is the suggestion),
    ``email.malformed``, ``email.too_long`` (over 254 octets as typed or in
    canonical form), ``email.local_too_long`` (over 64), ``email.ip_address``,
    ``email.domain_without_dot``, ``email.domain_invalid``, and the warning
    ``email.domain_slip`` with the mended address as its suggestion.

    >>> from carekey.username import check_email
    >>> check_email("AESquirrel@Bücher.example").require().canonical
    'aesquirrel@xn--bcher-kva.example'
    """

def check_grant(*, to: PartyFacts, resource: Resource, period: Period) -> list[Finding]:
    """
    Whether a grant may be given (rule V).

    The findings, in this order:

    * ``grant.unfit`` (field ``resource``): the matrix does not open it to office
      staff by grant, but to all of them or to nobody;
    * ``grant.not_staff`` (field ``to``): it is not for office staff;
    * ``grant.never`` (field ``to``), once per role: they also have a role to which
      the resource is never open, so the grant would open nothing;
    * ``grant.ends_before_it_begins`` (field ``ends_at``), or when it begins;
    * ``grant.end_missing`` (field ``ends_at``): a grant is given until a moment.
    """

def check_hash(stored: str | Secret) -> Checked[HashKind]:
    """
    Tells what a stored hash is, without any password (P7): at import, before the
    row is taken.

    A kind that cannot be taken over is ``hash.unsupported`` with the ``kind`` where
    its form tells which it is, and ``hash.unrecognised`` where not. What says that
    there is no password that can be used is ``Unusable``, with the warning
    ``hash.unusable``: the row passes, nothing is stored, and the person is enrolled
    as new.

    The bounds, above which a hash is refused before any memory is taken: Argon2id 1
    GiB (``m``), 10 passes (``t``), 16 lanes (``p``); bcrypt cost 16; PBKDF2 and
    SHA-crypt 10,000,000 rounds; phpass 2^24; scrypt 1 GiB, r 128, p 16 and N·r·p
    2^26.
    """

def check_link_base(text: str) -> Checked[str]:
    """
    Reads the address that links begin with (N), and returns it as it stands in
    links: in ASCII, without a slash at the end.

    It begins with ``https://``, or with ``http://`` on the machine itself, where
    people try things out; it may have a port and a path, and has no query, no
    fragment, no user and no password. Anything else is ``agency.link_base`` about
    the field ``link_base``.

    >>> from carekey.message import check_link_base
    >>> check_link_base("https://Portal.Example.com/family/").value
    'https://portal.example.com/family'
    """

def check_password(password: str | Secret, *, person: Person | None = None, policy: Policy | None = None, second_factor: bool = ...) -> Checklist:
    """
    Checks a password against every rule of the policy (P1, P2). Length counts
    code points after NFC; over 1,024 bytes it is not looked at (P3).

    With ``second_factor``, the shorter length applies that the policy allows
    beside one.

    >>> from carekey.password import Person, check_password
    >>> checklist = check_password("felicia 2026", person=Person(names=["Felicia Conner"]))
    >>> [rule.code for rule in checklist.rules if not rule.met]
    ['password.no_upper', 'password.block_listed', 'password.contains_person']
    """

def check_phone(text: str, country: str) -> Checked[Phone]:
    """
    Reads a phone number (rule U2). Without a country code it is one of ``country``,
    the agency's (ISO 3166-1, two capital letters).

    It must be valid by the numbering plan of its country, after the metadata of
    libphonenumber; a number that merely has a possible length is not accepted,
    since a message to it would never arrive. Extensions and letters are malformed:
    no text message reaches an extension.

    Findings, on the field ``phone``: ``phone.missing``, ``phone.malformed``,
    ``phone.not_valid``, ``phone.several`` (two numbers and more), and
    ``phone.extension``. Where a number without what stands about it is valid, it is
    the suggestion; nothing is completed.

    >>> from carekey.username import check_phone
    >>> check_phone("(212) 555-0142", "US").require().e164
    '+12125550142'
    """

def check_policy(policy: Policy) -> list[Finding]:
    """
    What an agency should know of the cells it takes away and opens (rule V): the
    findings of its policy.
    """

def check_staff_name(typed: str, max_length: int) -> Checked[str]:
    """
    Reads a staff name that someone typed (rule U3): a Windows logon name in ASCII
    without blanks. The value is in lower case.

    Findings, on the field ``username``, in this order: ``username.missing``,
    ``username.too_long``, ``username.forbidden_character`` for each such character
    once (one that cannot be shown as ``U+0020``), ``username.ends_with_dot``.

    >>> from carekey.username import check_staff_name
    >>> check_staff_name("104FConner", 20).value
    '104fconner'
    """

def check_template(kind: MessageKind, method: Method, text: Text) -> list[Finding]:
    """
    Checks a text that an agency wants in the place of a shipped one.

    First about the field ``subject``, then about ``body``, each in this order:

    * ``template.subject``: an e-mail without a subject, an SMS with one;
    * ``template.empty``: a body of blanks;
    * ``text.too_long``: a subject over 200 characters, an e-mail over 10,000, an
      SMS over 480, before it is filled in; its fields are not looked at then;
    * ``text.control_character``: any besides line breaks and tabs of a body;
    * ``template.unknown_field``, ``template.secret_in_subject``: once for each
      name, in the order in which they appear;
    * ``template.no_secret``: once for each secret that the body lacks.

    >>> from carekey.message import Text, check_template
    >>> text = Text("{agency}: {cod} is your code")
    >>> [finding.code for finding in check_template("recovery_code", "sms", text)]
    ['template.unknown_field', 'template.no_secret']
    """

def check_tie(kind: TieKind, *, who: PartyFacts, of: PartyFacts, period: Period, existing: Iterable[Tie] = ...) -> list[Finding]:
    """
    Whether a tie may be made (rule R). ``existing`` are the ties that are there
    already, any of them; those of others do no harm.

    The findings, in this order:

    * ``tie.to_itself`` (field ``of``): both ends are the same;
    * ``tie.unfit`` (field and parameter ``end``: ``who``, then ``of``): that end
      cannot have this part, see the table;
    * ``tie.ends_before_it_begins`` (field ``ends_at``), or when it begins;
    * ``tie.end_missing`` (field ``ends_at``): a personal representative is one
      until a moment;
    * ``tie.duplicate`` (field ``kind``): the same tie is there at a time that both
      cover. The reverse one is another tie, and so is one of another kind.
    | kind | who | of |
    |---|---|---|
    | emergency contact | a person | anyone |
    | individual | a person | a person |
    | organization associated | an organization | anyone |
    | possible payer, payer, guardian, personal representative | anyone | a person |
    | community | an organization | a person |
    | manager | a person of the office staff | anyone |
    | caregiver | a person who is a caregiver | a person |

    The one for whom care is paid, housed or given need not be a client yet.

    >>> from datetime import datetime, timedelta
    >>> from uuid import UUID
    >>> from carekey.relationship import PartyFacts, Period, check_tie
    >>> sue = PartyFacts(UUID(int=1), roles=["client"])
    >>> home = PartyFacts(UUID(int=2), kind="organization")
    >>> period = Period(datetime(2026, 3, 1, tzinfo=timezone.utc))
    >>> check_tie("community", who=home, of=sue, period=period)
    []
    >>> [finding.code for finding in check_tie("emergency_contact", who=home, of=sue, period=period)]
    ['tie.unfit']
    """

def choose_method(*, preferred: Method | None = None, asked: Method | None = None, email: str | None = None, phone: str | None = None) -> Checked[tuple[Method, str]]:
    """
    How an invitation is sent, and where to (I1).

    * A method that a batch asks for is used or nothing is: the office said so.
    * Else the preferred one is used.
    * Else, or where the preferred one has no contact, e-mail is used, and SMS where
      there is no e-mail: that it is sent at all matters more to a family than the
      way.

    Contacts are taken in canonical form; a blank one counts as none. Where nothing
    can be sent there is one ``invitation.no_contact`` for each contact that would
    mend it, about the field ``email`` or ``phone``, e-mail first.

    >>> from carekey.invitation import choose_method
    >>> choose_method(preferred="sms", email="sue@example.com").value
    ('email', 'sue@example.com')
    """

def conveyed(who: UUID | str, ties: Iterable[Tie], at: datetime) -> list[Role]:
    """
    The roles that the ties of a party convey at that moment (rule R): they begin
    and end with the ties, and are stored nowhere.

    >>> from datetime import datetime, timedelta
    >>> from uuid import UUID
    >>> from carekey.relationship import Period, Tie, conveyed
    >>> begins_at = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
    >>> ends_at = datetime(2026, 12, 1, tzinfo=timezone.utc)
    >>> tie = Tie("payer", who=UUID(int=1), of=UUID(int=2), begins_at=begins_at, ends_at=ends_at)
    >>> conveyed(UUID(int=1), [tie], begins_at), conveyed(UUID(int=1), [tie], ends_at)
    (['payer'], [])
    """

def conveys(kind: TieKind) -> Role | None:
    """
    The role that a tie gives to whoever has it, and by which it enrols them (rule
    R, S1). It is theirs while the tie is in force.

    A manager and a caregiver have their role before the tie, and keep it after. The
    other ties give none: to be someone's guardian, relative or possible payer opens
    nothing by itself. A personal representative sees by the tie what the client
    sees, and has no role by it.

    >>> from carekey.relationship import conveys
    >>> conveys("payer"), conveys("guardian")
    ('payer', None)
    """

def decide(viewer: Viewer, resource: Resource, of: Of, *, at: datetime, policy: Policy | None = None) -> Decision:
    """
    Whether, how much and why a viewer sees a resource at that moment (V). The
    policy says which cells the agency took away.

    >>> from datetime import datetime, timedelta
    >>> from uuid import UUID
    >>> from carekey.relationship import PartyFacts, Tie
    >>> from carekey.visibility import Of, Viewer, decide
    >>> at = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
    >>> sue, tom = PartyFacts(UUID(int=1), roles=["client"]), PartyFacts(UUID(int=2))
    >>> tie = Tie("emergency_contact", who=tom.id, of=sue.id, begins_at=at)
    >>> viewer = Viewer(active=True, parties=[tom], ties=[tie])
    >>> decide(viewer, "calendar", Of.party(sue), at=at).allowed
    True
    >>> plan = decide(viewer, "service_plan", Of.party(sue), at=at)
    >>> plan.because[0].message()
    'as emergency contact, they never see this of another: service plan'
    """

def defused(cell: str) -> str:
    """
    The cell as it may be written (rule B): one that a spreadsheet would run as a
    formula gets an apostrophe before it, which reading takes off again.

    >>> from carekey.roster import defused
    >>> defused("=1+1"), defused("Ann")
    ("'=1+1", 'Ann')
    """

def fields(kind: MessageKind) -> Fields:
    """
    The fields of a kind of message.

    * ``agency``: its name. ``name``: of whom it is written to, or, in a message to
      the owner, of whom it is from. ``username``: of the account.
    * ``contact``: where an invitation was sent, which is asked together with the
      code; or where the owner can answer to.
    * ``page``: the address of the page that it leads to (``page_of``).
    * ``portal``: the address where people sign in, which they are asked to bookmark
      (S0): that of ``SignIn``.
    * ``valid``: how long its secret is good (``span``).
    * ``when``: when it happened (``moment``).
    * ``link``, ``code``, ``password``: secrets.
    * ``text``: what someone writes to the owner. It may well be about their health,
      so it is kept as a secret is.

    A notice of change names neither the old nor the new value: it goes to the
    contact that may be in wrong hands, too.

    >>> from carekey.message import fields
    >>> fields("recovery_code")
    Fields(params=['agency', 'name', 'valid'], secrets=['code'])
    """

def first_stage(scheme: EnrolmentScheme) -> Stage:
    """
    Where an account begins under a scheme (E1).

    >>> from carekey.account import first_stage
    >>> first_stage("temporary_password")
    'password_due'
    """

def hashing_memory() -> HashingMemory:
    """
    What hashing holds of the memory of this process (P6).
    """

def is_block_listed(password: str | Secret) -> bool:
    """
    Whether a password is among those that attackers try first (P5): listed, or a
    word, a name, a date or a row of keys with what people put around it.

    Case and compatibility forms aside: ``PASSWORD1!`` and fullwidth letters are
    found under ``password1!``. Nothing is asked over a network.
    """

def label(set: WordSet, word: str, locale: Locale = ...) -> str:
    """
    How people of that language call a stable word, as a page shows it: it begins
    with a capital.

    A language that the host loaded is called as its file calls it where the texts
    have no name for it.

    Raises :class:`InvalidInput` ``input.unknown_word`` where the set has no such
    word.

    >>> from carekey.message import label
    >>> label("role", "office_staff"), label("event_kind", "invitation.sent", "es")
    ('Office staff', 'Invitación enviada')
    """

def labels(set: WordSet, locale: Locale = ...) -> list[Label]:
    """
    All words of a set in the order of their labels, as a form lets people choose
    among them.

    >>> from carekey.message import labels
    >>> [one.label for one in labels("party_kind")]
    ['Organization', 'Person']
    """

def limit_hashing_memory(kib: int) -> None:
    """
    Sets how much memory all hashes of this process may hold at a time, in KiB: 64
    MiB for each core where nobody does (P6).

    It is the operator's word, and the process has one such limit, of however many
    directories: the last call holds. A hash that finds too little left waits its
    turn; one that is larger than the limit runs alone.

    >>> from carekey.password import hashing_memory, limit_hashing_memory
    >>> limit_hashing_memory(256 * 1024)
    >>> hashing_memory().limit_kib
    262144
    """

def load_language(file: bytes) -> Locale:
    """
    Loads a further language from a file: JSON with the texts of all sections, as
    ``core/src/texts/en.json`` has them in English, with its messages (``messages``,
    as in ``en.messages.json``), its tag of BCP 47 (``language``), and what people
    call it in the cells of a roster (``names``, which may be left out).

    From then on it is a language like those that ship, in the whole process:
    findings, labels and moments are said in it, agencies and people can have it,
    and rosters are read and written in it. Load it before a directory is opened:
    where a store speaks of a language that was not loaded, its texts are said in
    English. Loading it again replaces its texts; the memory of the earlier ones is
    not given back.

    Words that go by a number have a form for each category that the CLDR gives the
    language: ``{count:one=miejsce|few=miejsca|many=miejsc}``. Two forms without
    names are ``one`` and ``other``.

    Raises :class:`InvalidInput` ``language.malformed`` of what is no such file;
    ``language.tag`` of a tag that is none, or of a language that ships; or, as
    findings, all that is not as in English, each with the place of its text, such
    as ``findings.name.missing``, in its field. Nothing is loaded then:
    ``language.text_missing`` and ``language.text_unknown``; of a text
    ``template.empty``, ``language.parameter_missing``, ``template.unknown_field``,
    and ``language.form_missing`` where words have no form for a category; of a
    message those of ``check_template``.
    """

def masked(kind: MessageKind, text: Text, params: Mapping[str, int | str]) -> Text:
    """
    The message as the office sees it in its list: filled in, with ``•••`` for each
    secret of its kind.
    """

def moment(at: datetime, locale: Locale = ...) -> str:
    """
    A moment in words, in the offset that it has.

    >>> from datetime import datetime, timedelta
    >>> from carekey.message import moment
    >>> moment(datetime(2026, 11, 2, 9, 5, tzinfo=timezone.utc))
    'November 2, 2026 at 09:05 UTC'
    """

def next_action(*, linked: bool, sent: bool) -> OfficeAction:
    """
    What the office can do next with an item that is linked to an account or not,
    and for which an invitation was ever sent or not (I4). After Unlink an item
    counts as sent, so that Reinvite is next (I6).

    >>> from carekey.invitation import next_action
    >>> next_action(linked=False, sent=True)
    'reinvite'
    """

def normalise_answer(text: str | Secret) -> Secret:
    """
    An answer as it is compared and hashed (Q3): NFKC, case-folded, letters, digits
    and their accents only, with one blank between words.

    Doing it twice changes nothing. Each answer is hashed like a password, with its
    own salt.
    """

def online_account(*, linked_contact: str | None, sent: bool) -> OnlineAccount:
    """
    What the Online Account column shows for an item: the e-mail or phone that it is
    linked with, else the next action (I4).
    """

def page_address(page: Page, base: str) -> str:
    """
    The address of the page: ``{base}/sign-in``. The base is one that
    ``check_link_base`` passed.
    """

def page_link(page: Page, base: str, token: LinkToken) -> Secret:
    """
    The address of the page with a token: ``{base}/invitation#{token}``.

    The token is in the fragment, which a browser keeps to itself (RFC 9110, 4.2.5
    and 10.1.3): it is in no log of a server or a proxy, in no ``Referer``, and not
    in the request of a mail scanner that opens the link (I7). The page reads it in
    the browser, shows what it is about, and sends it on when its reader confirms;
    an app gets the whole link from its system and has nothing else to do.
    ``LinkToken.parse`` reads other forms too, for hosts that build their links
    themselves.
    """

def page_of(kind: MessageKind) -> Page:
    """
    The page that a message of that kind leads to.
    """

def questions() -> list[Question]:
    """
    The security questions, in the order in which a form offers them (Q1).

    >>> from carekey.password import questions
    >>> questions()[0].id, questions()[0].text("es")
    ('first_pet', '¿Cómo se llamaba su primera mascota?')
    """

def render(text: Text, params: Mapping[str, int | str], secrets: Mapping[str, str | Secret] = ...) -> Rendered:
    """
    Fills a text in.

    * A secret stands in the body alone; in a subject it would be shown in lists and
      on locked screens, and is left out as ``•••``.
    * A parameter stays on its line: line breaks and other control characters in it
      become blanks. So no name can add a header or a paragraph.
    * A value is put in as it is: braces in it mean nothing.
    * A field without a value stays as it is.

    >>> from carekey.message import Text, render
    >>> render(Text("{agency}: {code}"), {"agency": "Good Hands"}, {"code": "123456"}).body.reveal()
    'Good Hands: 123456'
    """

def retry_at(tries: int, *, now: datetime, policy: Policy | None = None) -> datetime | None:
    """
    When a message that has now failed ``tries`` times, counting from 1, may be
    tried again (rule N); ``None`` where it is abandoned, because the policy allows
    no further try.

    The first wait is the policy's, and each further one is twice as long, up to a
    day. By default: 60 s, 2 min, 4 min … 64 min, and abandoned with the eighth
    failure, about two hours after the first.
    """

def role_fits(role: Role, kind: PartyKind) -> Finding | None:
    """
    Whether a person, or an organization, can have that role (rule R).

    An organization and a community are organizations. A payer, a family and an
    employer may be either: people pay bills, agencies apply for a child, and both
    employ. All other roles are for people.

    Returns ``party.role_unfit`` on the field ``roles`` where it cannot.
    """

def sees(viewer: Viewer, resource: Resource, of: Of, *, at: datetime, policy: Policy | None = None) -> Scope | None:
    """
    How much of a resource a viewer sees at that moment (V); None for not at
    all. It is :func:`decide` without the reasons.
    """

def shipped(kind: MessageKind, method: Method, locale: Locale) -> Text:
    """
    The text that ships for a kind of message, a method and a language. Every kind
    has one in every language.
    """

def skeleton(canonical: str) -> str:
    """
    What a name looks like: two names with one skeleton are taken for each other
    (UTS 39, section 4), here without regard to case, since an ``O`` in a skeleton
    may stem from a zero. Of an address with a domain of other letters it is that of
    these letters, which are what is shown.

    Expects the ``canonical`` form. The result is for comparing, not for showing.
    """

def span(lasts: timedelta, locale: Locale = ...) -> str:
    """
    How long something is good, in words: ``14 days``, ``24 hours``, ``10 minutes``.

    In days from two days on, in hours from two hours on, in minutes below; always
    rounded down, so that no one is promised more than there is.

    >>> from datetime import datetime, timedelta
    >>> from carekey.message import span
    >>> span(timedelta(days=14)), span(timedelta(hours=24), "es")
    ('14 days', '24 horas')
    """

def state_of(stage: Stage, *, disabled: bool) -> State:
    """
    The state that is shown (E2): ``disabled`` hides the stage.
    """

def temporary(*, policy: Policy | None = None) -> Secret:
    """
    Makes a temporary password (P8): at least 12 characters, more where either
    policy asks for more, with all four kinds of characters whatever the policy
    asks, and not block-listed.

    Every such password is as likely as any other: one that lacks a kind is drawn
    again whole. Twelve characters have some 60 bits. Not a function to call with a
    source that always says the same, on which it never ends.

    >>> from carekey.password import temporary
    >>> len(temporary().reveal())
    12
    """

def to_csv(lines: Iterable[Line]) -> str:
    """
    The lines as CSV (UTF-8, RFC 4180) with a header. Cells that a spreadsheet would
    run as a formula are defused (rule B).

    Raises :class:`InternalError` ``internal.fault``, which no caller could mend.
    """

def to_json_lines(lines: Iterable[Line]) -> str:
    """
    The lines as JSON, one object a line.

    Raises :class:`InternalError` ``internal.fault``, which no caller could mend.
    """

def verify(key: bytes, subject: UUID | str, lines: Iterable[Line], head: Head) -> None:
    """
    Checks a whole history, all its lines in order, against its head (rule H). One
    of which earlier lines were removed begins behind them, as a checkpoint among
    its lines says.

    Raises :class:`StoreError` ``history.broken`` with the number of the first line
    that was edited, inserted, moved, or follows a removed one; ``history.cut``
    where lines at the end are missing, all of them included, or the head is not
    theirs.

    A key has 32 bytes, or raises :class:`ConfigurationError` ``key.length``.
    """

def verify_export(path: str | PathLike[str], *, key: bytes) -> AgencyExport:
    """
    Whether the file of an export is as it was written, and every history in it (A9, H):
    with the directory's key, and nothing else. Gives what is in it. All histories are
    in memory meanwhile.

    Raises :class:`ConfigurationError` ``key.length``; :class:`InvalidInput`
    ``export.malformed`` with the number of the ``line``; :class:`StoreError`
    ``history.broken``, ``history.cut``, ``history.removed``, ``export.broken``, ``export.failed``.
    """

def verify_history_export(path: str | PathLike[str], *, key: bytes) -> HistoryExport:
    """
    Whether an export of histories is as it was written, with the directory's key and
    nothing else (H): that nothing within its span was changed, left out, added or put
    in another order, and which span that is. Gives what is in it.

    Raises :class:`ConfigurationError` ``key.length``; :class:`InvalidInput`
    ``export.malformed`` with the number of the ``line``; :class:`StoreError`
    ``history.broken``, ``export.broken``, ``export.failed``.
    """

def what_can_see(viewer: Viewer, others: Iterable[Of], *, at: datetime, policy: Policy | None = None) -> list[tuple[Resource, Of, Decision]]:
    """
    Everything that a viewer sees at that moment, of their own and of the
    others given (V): the resource, whose it is, and the decision. Their own
    comes first; what is not seen is not listed.
    """

def who_can_see(resource: Resource, of: Of, viewers: Iterable[tuple[Any, Viewer]], *, at: datetime, policy: Policy | None = None) -> list[tuple[Any, Decision]]:
    """
    Everyone among the viewers given who sees a resource at that moment (V),
    with the decision, in the order given. Each comes as a pair of whatever the
    host knows them by, and the viewer.
    """

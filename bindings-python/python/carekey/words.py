# Written by core/surface from the core: change it there, not here.
"""The words of the rulebook, as types: the same in every language.

Each is a `Literal`: write the word itself, and a type checker knows whether it
is one.

>>> from typing import get_args
>>> from carekey.words import Method
>>> get_args(Method)
('email', 'sms')
"""

from typing import Literal, TypeAlias

ActorKind: TypeAlias = Literal["support", "manager", "staff", "user", "system"]
"""Who acts."""

AdministrativeAct: TypeAlias = Literal[
    "created",
    "linked",
    "unlinked",
    "updated",
    "edited",
    "contact_changed",
    "contact_released",
    "username_changed",
    "roles_changed",
    "tie_added",
    "tie_ended",
    "grant_added",
    "grant_ended",
    "sent",
    "sent_again",
    "password_reset",
    "note_changed",
    "unlocked",
    "sessions_ended",
    "disabled",
    "enabled",
    "deleted",
    "manager_added",
    "manager_removed",
]
"""What the office, or someone for it, does to an account."""

AgencyState: TypeAlias = Literal["open", "suspended", "deleting", "deleted"]
"""How an agency stands in its directory (A9)."""

ApplicationStanding: TypeAlias = Literal["never_invited", "invited", "lapsed", "ended", "linked"]
"""
What the list of applications can be narrowed to (S3, I4). Every application is
in exactly one of these at a moment.
"""

Cell: TypeAlias = Literal[
    "no",
    "never",
    "yes",
    "own",
    "own_schedule",
    "tied",
    "issued",
    "assigned",
    "by_policy",
    "grant",
    "linked",
]
"""One cell of the matrix: how a role comes to see a resource."""

Code: TypeAlias = Literal[
    "input.invalid",
    "input.wrong_type",
    "input.unknown_word",
    "text.too_long",
    "text.control_character",
    "id.malformed",
    "name.missing",
    "name.no_letters",
    "name.set_aside",
    "name.several",
    "name.not_person",
    "name.order",
    "name.unclear",
    "name.differs",
    "email.missing",
    "email.malformed",
    "email.domain_without_dot",
    "email.domain_invalid",
    "email.ip_address",
    "email.too_long",
    "email.local_too_long",
    "email.several",
    "email.domain_slip",
    "phone.missing",
    "phone.malformed",
    "phone.several",
    "phone.extension",
    "phone.not_valid",
    "contact.missing",
    "contact.to_be_confirmed",
    "contact.not_found",
    "contact.last",
    "contact.malformed",
    "contact.objected",
    "contact.too_often",
    "username.missing",
    "username.not_email",
    "username.not_contact",
    "username.taken",
    "username.retired",
    "username.taken_in_roster",
    "username.confusable",
    "username.too_long",
    "username.forbidden_character",
    "username.ends_with_dot",
    "username.none_free",
    "password.missing",
    "password.too_short",
    "password.too_long",
    "password.no_digit",
    "password.no_upper",
    "password.no_lower",
    "password.no_special",
    "password.block_listed",
    "password.contains_person",
    "password.reused",
    "password.same_as_current",
    "password.not_confirmed",
    "password.current_wrong",
    "hash.unrecognised",
    "hash.unsupported",
    "hash.unusable",
    "hash.out_of_bounds",
    "hash.over_limit",
    "questions.count",
    "questions.unknown",
    "questions.repeated",
    "answer.too_short",
    "answer.too_long",
    "answer.is_username",
    "answer.in_question",
    "answer.repeated",
    "account.not_found",
    "account.exists",
    "account.disabled",
    "account.not_disabled",
    "account.deleted",
    "account.already_linked",
    "account.active",
    "sign_in.refused",
    "step.refused",
    "session.ended",
    "session.not_found",
    "recovery.refused",
    "enrolment.already_sent",
    "enrolment.not_staged",
    "invitation.no_contact",
    "invitation.already_linked",
    "invitation.not_linked",
    "invitation.never_sent",
    "invitation.already_sent",
    "code.malformed",
    "code.mistyped",
    "link.malformed",
    "invitation.refused",
    "invitation.expired",
    "application.not_found",
    "application.exists",
    "application.number_missing",
    "party.not_found",
    "party.exists",
    "party.merged",
    "party.not_merged",
    "party.merge_unfit",
    "party.two_accounts",
    "party.merged_later",
    "party.role_missing",
    "party.role_unfit",
    "tie.not_found",
    "tie.to_itself",
    "tie.duplicate",
    "tie.unfit",
    "tie.ends_before_it_begins",
    "tie.end_missing",
    "tie.reference_missing",
    "tie.ended",
    "tie.ends_earlier",
    "visible.own",
    "visible.tie",
    "visible.representative",
    "visible.grant",
    "visible.grant_all",
    "visible.linked",
    "visible.role",
    "visible.account",
    "hidden.never",
    "hidden.no_tie",
    "hidden.role",
    "hidden.no_grant",
    "hidden.not_linked",
    "hidden.by_policy",
    "hidden.not_opened",
    "hidden.account",
    "hidden.not_client",
    "grant.unfit",
    "grant.not_staff",
    "grant.never",
    "grant.ends_before_it_begins",
    "grant.end_missing",
    "grant.not_client",
    "grant.duplicate",
    "grant.ended",
    "grant.not_found",
    "snapshot.malformed",
    "snapshot.newer",
    "snapshot.older",
    "snapshot.forged",
    "snapshot.other_agency",
    "snapshot.other_viewer",
    "snapshot.not_yet",
    "snapshot.lapsed",
    "snapshot.key",
    "actor.not_allowed",
    "manager.limit",
    "manager.last",
    "manager.already",
    "manager.not",
    "manager.name_missing",
    "roster.unreadable",
    "roster.empty",
    "roster.encoding",
    "roster.malformed",
    "roster.column_missing",
    "roster.column_repeated",
    "roster.column_unknown",
    "roster.column_unclear",
    "roster.too_many_columns",
    "roster.row_too_long",
    "roster.too_large",
    "roster.unwritable",
    "roster.no_such_row",
    "roster.row_ragged",
    "roster.role_missing",
    "roster.role_unknown",
    "roster.kind_missing",
    "roster.kind_unknown",
    "roster.end_missing",
    "roster.date_ambiguous",
    "roster.date_unreadable",
    "roster.formula",
    "roster.repeated_row",
    "roster.repeated_tie",
    "roster.method_unknown",
    "roster.language_unknown",
    "roster.other_line",
    "roster.ambiguous",
    "roster.maybe_same",
    "roster.returned",
    "roster.restored",
    "roster.nothing_to_decide",
    "roster.id_unusable",
    "roster.read_as",
    "roster.encoding_unknown",
    "roster.workbook",
    "roster.sheet_unknown",
    "roster.sheet_needed",
    "roster.sheet_passed_over",
    "roster.line_passed_over",
    "roster.other_header",
    "roster.columns_ordered",
    "roster.row_short",
    "roster.invisible",
    "roster.entity",
    "roster.garbled",
    "roster.error_value",
    "roster.placeholder",
    "roster.set_aside",
    "roster.left",
    "roster.leaves",
    "roster.status_unknown",
    "roster.status_unclear",
    "roster.away",
    "roster.id_mended",
    "roster.id_kept",
    "roster.login_found",
    "roster.address_of_other",
    "roster.may_share",
    "roster.phone_left_out",
    "roster.waiting",
    "policy.malformed",
    "policy.out_of_range",
    "policy.profile_taken_away",
    "policy.opens_nothing",
    "policy.delegate_unfit",
    "policy.delegation_unfit",
    "policy.cost_over_limit",
    "policy.pattern",
    "departure.length",
    "departure.composition",
    "departure.block_list",
    "departure.words_within",
    "departure.context_words",
    "departure.long_lived",
    "departure.questions",
    "departure.questions_alone",
    "departure.attempts",
    "departure.session_limit",
    "departure.session_kept",
    "departure.no_idle_limit",
    "departure.code_life",
    "agency.not_found",
    "agency.exists",
    "agency.suspended",
    "agency.not_suspended",
    "agency.not_exported",
    "agency.deleted",
    "export.failed",
    "export.ends_before_it_begins",
    "export.malformed",
    "export.broken",
    "agency.code_malformed",
    "agency.link_base",
    "agency.country",
    "agency.time_zone",
    "agency.prefix",
    "key.wrong",
    "key.length",
    "store.address",
    "store.unavailable",
    "store.conflict",
    "store.newer",
    "store.damaged",
    "directory.closed",
    "act.cancelled",
    "internal.fault",
    "message.not_found",
    "template.unknown_field",
    "template.no_secret",
    "template.secret_in_subject",
    "template.subject",
    "template.empty",
    "language.malformed",
    "language.tag",
    "language.text_missing",
    "language.text_unknown",
    "language.parameter_missing",
    "language.form_missing",
    "cursor.malformed",
    "cursor.not_found",
    "cursor.removed",
    "history.broken",
    "history.cut",
    "history.removed",
    "history.not_exported",
]
"""A stable code: a lower-case dotted word that keeps its meaning."""

DateOrder: TypeAlias = Literal["day_first", "month_first"]
"""Which number of a date such as ``01/02/2026`` is the day."""

EnrolmentScheme: TypeAlias = Literal["activation_link", "temporary_password", "invitation_code"]
"""How an account gets its first password (rule E1)."""

ErrorKind: TypeAlias = Literal[
    "invalid",
    "not_found",
    "not_allowed",
    "refused",
    "conflict",
    "configuration",
    "store",
    "cancelled",
    "internal",
]
"""What sort of error it is: what its caller would do about it."""

EventKind: TypeAlias = Literal[
    "agency.created",
    "agency.changed",
    "agency.suspended",
    "agency.resumed",
    "agency.exported",
    "template.changed",
    "account.created",
    "account.linked",
    "party.changed",
    "party.merged",
    "party.split",
    "contact.changed",
    "contact.to_confirm",
    "contact.proven",
    "contact.objected",
    "contact.released",
    "username.changed",
    "note.changed",
    "enrolment.sent",
    "sign_in.granted",
    "sign_in.step",
    "sign_in.refused",
    "sign_out",
    "password.set",
    "password.reset",
    "password.rehashed",
    "questions.set",
    "questions.changed",
    "language.changed",
    "recovery.started",
    "recovery.failed",
    "recovery.finished",
    "account.disabled",
    "account.enabled",
    "account.unlocked",
    "sessions.ended",
    "session.ended",
    "account.deleted",
    "manager.added",
    "manager.removed",
    "invitation.sent",
    "invitation.sent_again",
    "invitation.redeemed",
    "invitation.unlinked",
    "invitation.printed",
    "reminder.sent",
    "invitation.cancelled",
    "party.added",
    "party.deleted",
    "party.restored",
    "roles.changed",
    "tie.added",
    "tie.ended",
    "grant.added",
    "grant.ended",
    "application.added",
    "roster.created",
    "histories.begun",
    "history.exported",
    "history.trimmed",
    "history.checkpoint",
]
"""What one line of a history says happened (rule H)."""

HashKind: TypeAlias = Literal[
    "argon2id",
    "argon2i",
    "bcrypt",
    "bcrypt_sha256",
    "sha_crypt",
    "phpass",
    "django_pbkdf2",
    "werkzeug_pbkdf2",
    "aspnet_v2",
    "aspnet_v3",
    "scrypt",
    "ldap_ssha",
    "unusable",
]
"""The kinds of stored hashes that are accepted (P6, P7)."""

LinkAct: TypeAlias = Literal["enrolled", "redeemed", "linked"]
"""By which act a link came to be (rule C5)."""

Locale: TypeAlias = Literal["en", "es"] | str
"""The languages in which texts are said."""

MessageKind: TypeAlias = Literal[
    "activation",
    "registration",
    "invitation",
    "activation_reminder",
    "registration_reminder",
    "invitation_reminder",
    "recovery_code",
    "password_changed",
    "questions_changed",
    "contact_changed",
    "confirm_contact",
    "contact_changing",
    "link_changed",
    "message_owner",
    "representative_added",
]
"""What a message says (rule N)."""

MessageState: TypeAlias = Literal["waiting", "claimed", "sent", "abandoned", "withdrawn"]
"""Where a message stands (rule N)."""

Method: TypeAlias = Literal["email", "sms"]
"""A way to send a message."""

OfficeAct: TypeAlias = Literal[
    "user",
    "users",
    "window",
    "applications",
    "ties",
    "add_party",
    "create_account",
    "send_again",
    "reset_password",
    "unlock",
    "disable",
    "enable",
    "end_sessions",
    "set_note",
    "add_application",
    "invite",
    "reinvite",
    "unlink",
    "cancel_invitation",
    "relate",
    "end_tie",
]
"""
The acts of the office that can be delegated (A7). All others are for account
managers and support: managers themselves, settings, texts, rosters, grants,
deletion, histories.
"""

OfficeAction: TypeAlias = Literal["invite", "reinvite", "unlink"]
"""The one thing that the office can do with an item next (I4)."""

Page: TypeAlias = Literal["activate", "invitation", "sign-in", "confirm", "object"]
"""A page of the host's site that a message leads to. The word is the last part of its address."""

PartyKind: TypeAlias = Literal["person", "organization"]
"""What a party is."""

Resource: TypeAlias = Literal[
    "dashboard",
    "invoices",
    "calendar",
    "service_plan",
    "message_owner",
    "application",
    "profile",
    "client_contact",
    "care_tasks",
]
"""What a viewer may see or do (rule V)."""

ReviewKind: TypeAlias = Literal[
    "not_activated",
    "stale_invitation",
    "shared_email",
    "shared_phone",
    "no_role",
    "unused",
    "objection",
    "own_contact",
]
"""Why something stands in the access review."""

Role: TypeAlias = Literal[
    "client",
    "caregiver",
    "office_staff",
    "human_resources",
    "organization",
    "contact",
    "emergency_contact",
    "payer",
    "community",
    "family",
    "employer",
    "participant",
]
"""What a party is to the agency (rule R). A party may have several."""

RosterColumn: TypeAlias = Literal[
    "role",
    "name",
    "first_name",
    "middle_name",
    "last_name",
    "second_last_name",
    "suffix",
    "nickname",
    "organization",
    "username",
    "email",
    "phone",
    "preferred",
    "language",
    "external_id",
    "password_hash",
    "note",
    "status",
    "already_created",
    "problem",
    "suggestion",
    "who",
    "who_name",
    "who_email",
    "who_phone",
    "kind",
    "of",
    "of_name",
    "of_email",
    "of_phone",
    "from",
    "until",
    "reference",
]
"""A column that carekey understands."""

RowAction: TypeAlias = Literal["create", "update", "unchanged"]
"""What ``create`` would do with a row that passes."""

RowOutcome: TypeAlias = Literal[
    "created",
    "invited",
    "staged",
    "updated",
    "unchanged",
    "waiting",
    "failed",
    "not_reached",
]
"""What came of a row."""

RowState: TypeAlias = Literal["pass", "waiting", "fail"]
"""Where a row stands (U4, U5)."""

Scope: TypeAlias = Literal["own_schedule", "issued_to_viewer", "everything"]
"""How much of it is seen, from least to most."""

Sending: TypeAlias = Literal["now", "later"]
"""When whoever is enrolled is sent their first message (I10)."""

SessionKind: TypeAlias = Literal["session", "device"]
"""What stands in the list of where a user is signed in (E5)."""

Severity: TypeAlias = Literal["info", "warning", "error"]
"""How much a finding weighs."""

Stage: TypeAlias = Literal["invited", "password_due", "questions_due", "active"]
"""
How far an account got on its way to its first sign-in (rule E2). ``disabled``
is not among them: it hides a stage and keeps it.
"""

Standing: TypeAlias = Literal["live", "lapsed", "superseded", "redeemed"]
"""Where an invitation stands at some moment."""

State: TypeAlias = Literal["invited", "password_due", "questions_due", "active", "disabled"]
"""Where an account stands (E2): its stage, unless it is disabled."""

TieEnd: TypeAlias = Literal["who", "of"]
"""One of the two ends of a tie."""

TieKind: TypeAlias = Literal[
    "emergency_contact",
    "individual",
    "organization_associated",
    "possible_payer",
    "payer",
    "community",
    "manager",
    "guardian",
    "caregiver",
    "personal_representative",
]
"""What one party is to another (rule R). Read: *who* is the … of *of*."""

TieOutcome: TypeAlias = Literal["made", "ended", "unchanged", "waiting", "failed", "not_reached"]
"""What comes of a tie of a roster: what a preview says, and what creating it then does."""

UserColumn: TypeAlias = Literal[
    "display_name",
    "first_name",
    "last_name",
    "username",
    "status",
    "last_logon",
    "created",
    "description",
]
"""The columns by which the list of users can be sorted (A3)."""

UsernameScheme: TypeAlias = Literal["email", "email_or_phone", "staff"]
"""How a username comes about (rules U1, U2, U3)."""

WordSet: TypeAlias = Literal[
    "role",
    "resource",
    "tie_kind",
    "party_kind",
    "method",
    "state",
    "standing",
    "application_standing",
    "event_kind",
    "actor_kind",
    "message_kind",
    "message_state",
    "review_kind",
    "session_kind",
    "office_act",
    "office_action",
    "row_outcome",
    "tie_outcome",
    "agency_state",
    "locale",
]
"""
A closed set of stable words that pages show: each is an enum of the core, and
the type of its words in Python and Node.
"""

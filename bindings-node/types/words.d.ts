// Written by core/surface from the core: change it there, not here.

// The words of the rulebook: the same in every language.

/** Who acts. */
export type ActorKind = 'support' | 'manager' | 'staff' | 'user' | 'system'

/** What the office, or someone for it, does to an account. */
export type AdministrativeAct =
  | 'created'
  | 'linked'
  | 'unlinked'
  | 'updated'
  | 'edited'
  | 'contact_changed'
  | 'contact_released'
  | 'username_changed'
  | 'roles_changed'
  | 'tie_added'
  | 'tie_ended'
  | 'grant_added'
  | 'grant_ended'
  | 'sent'
  | 'sent_again'
  | 'password_reset'
  | 'note_changed'
  | 'unlocked'
  | 'sessions_ended'
  | 'disabled'
  | 'enabled'
  | 'deleted'
  | 'manager_added'
  | 'manager_removed'

/** How an agency stands in its directory (A9). */
export type AgencyState = 'open' | 'suspended' | 'deleting' | 'deleted'

/**
 * What the list of applications can be narrowed to (S3, I4). Every application is in exactly one of
 * these at a moment.
 */
export type ApplicationStanding = 'never_invited' | 'invited' | 'lapsed' | 'ended' | 'linked'

/** One cell of the matrix: how a role comes to see a resource. */
export type Cell =
  | 'no'
  | 'never'
  | 'yes'
  | 'own'
  | 'own_schedule'
  | 'tied'
  | 'issued'
  | 'assigned'
  | 'by_policy'
  | 'grant'
  | 'linked'

/** Which number of a date such as `01/02/2026` is the day. */
export type DateOrder = 'day_first' | 'month_first'

/** How an account gets its first password (rule E1). */
export type EnrolmentScheme = 'activation_link' | 'temporary_password' | 'invitation_code'

/** What sort of error it is: what its caller would do about it. */
export type ErrorKind =
  | 'invalid'
  | 'not_found'
  | 'not_allowed'
  | 'refused'
  | 'conflict'
  | 'configuration'
  | 'store'
  | 'cancelled'
  | 'internal'

/** What one line of a history says happened (rule H). */
export type EventKind =
  | 'agency.created'
  | 'agency.changed'
  | 'agency.suspended'
  | 'agency.resumed'
  | 'agency.exported'
  | 'template.changed'
  | 'account.created'
  | 'account.linked'
  | 'party.changed'
  | 'party.merged'
  | 'party.split'
  | 'contact.changed'
  | 'contact.to_confirm'
  | 'contact.proven'
  | 'contact.objected'
  | 'contact.released'
  | 'username.changed'
  | 'note.changed'
  | 'enrolment.sent'
  | 'sign_in.granted'
  | 'sign_in.step'
  | 'sign_in.refused'
  | 'sign_out'
  | 'password.set'
  | 'password.reset'
  | 'password.rehashed'
  | 'questions.set'
  | 'questions.changed'
  | 'language.changed'
  | 'recovery.started'
  | 'recovery.failed'
  | 'recovery.finished'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.unlocked'
  | 'sessions.ended'
  | 'session.ended'
  | 'account.deleted'
  | 'manager.added'
  | 'manager.removed'
  | 'invitation.sent'
  | 'invitation.sent_again'
  | 'invitation.redeemed'
  | 'invitation.unlinked'
  | 'invitation.printed'
  | 'reminder.sent'
  | 'invitation.cancelled'
  | 'party.added'
  | 'party.deleted'
  | 'party.restored'
  | 'roles.changed'
  | 'tie.added'
  | 'tie.ended'
  | 'grant.added'
  | 'grant.ended'
  | 'application.added'
  | 'roster.created'
  | 'histories.begun'
  | 'history.exported'
  | 'history.trimmed'
  | 'history.checkpoint'

/** The kinds of stored hashes that are accepted (P6, P7). */
export type HashKind =
  | 'argon2id'
  | 'argon2i'
  | 'bcrypt'
  | 'bcrypt_sha256'
  | 'sha_crypt'
  | 'phpass'
  | 'django_pbkdf2'
  | 'werkzeug_pbkdf2'
  | 'aspnet_v2'
  | 'aspnet_v3'
  | 'scrypt'
  | 'ldap_ssha'
  | 'unusable'

/** By which act a link came to be (rule C5). */
export type LinkAct = 'enrolled' | 'redeemed' | 'linked'

/** The languages in which texts are said. */
export type Locale = 'en' | 'es' | (string & {})

/** What a message says (rule N). */
export type MessageKind =
  | 'activation'
  | 'registration'
  | 'invitation'
  | 'activation_reminder'
  | 'registration_reminder'
  | 'invitation_reminder'
  | 'recovery_code'
  | 'password_changed'
  | 'questions_changed'
  | 'contact_changed'
  | 'confirm_contact'
  | 'contact_changing'
  | 'link_changed'
  | 'message_owner'
  | 'representative_added'

/** Where a message stands (rule N). */
export type MessageState = 'waiting' | 'claimed' | 'sent' | 'abandoned' | 'withdrawn'

/** A way to send a message. */
export type Method = 'email' | 'sms'

/**
 * The acts of the office that can be delegated (A7). All others are for account managers and
 * support: managers themselves, settings, texts, rosters, grants, deletion, histories.
 */
export type OfficeAct =
  | 'user'
  | 'users'
  | 'window'
  | 'applications'
  | 'ties'
  | 'add_party'
  | 'create_account'
  | 'send_again'
  | 'reset_password'
  | 'unlock'
  | 'disable'
  | 'enable'
  | 'end_sessions'
  | 'set_note'
  | 'add_application'
  | 'invite'
  | 'reinvite'
  | 'unlink'
  | 'cancel_invitation'
  | 'relate'
  | 'end_tie'

/** The one thing that the office can do with an item next (I4). */
export type OfficeAction = 'invite' | 'reinvite' | 'unlink'

/** A page of the host's site that a message leads to. The word is the last part of its address. */
export type Page = 'activate' | 'invitation' | 'sign-in' | 'confirm' | 'object'

/** What a party is. */
export type PartyKind = 'person' | 'organization'

/** How a forgotten password is recovered (rules Q5, E6). */
export type RecoveryMethod = 'code_then_questions' | 'questions' | 'code'

/** What a viewer may see or do (rule V). */
export type Resource =
  | 'dashboard'
  | 'invoices'
  | 'calendar'
  | 'service_plan'
  | 'message_owner'
  | 'application'
  | 'profile'
  | 'client_contact'
  | 'care_tasks'

/** Why something stands in the access review. */
export type ReviewKind =
  | 'not_activated'
  | 'stale_invitation'
  | 'shared_email'
  | 'shared_phone'
  | 'no_role'
  | 'unused'
  | 'objection'
  | 'own_contact'

/** What a party is to the agency (rule R). A party may have several. */
export type Role =
  | 'client'
  | 'caregiver'
  | 'office_staff'
  | 'human_resources'
  | 'organization'
  | 'contact'
  | 'emergency_contact'
  | 'payer'
  | 'community'
  | 'family'
  | 'employer'
  | 'participant'

/** A column that carekey understands. */
export type RosterColumn =
  | 'role'
  | 'name'
  | 'first_name'
  | 'middle_name'
  | 'last_name'
  | 'second_last_name'
  | 'suffix'
  | 'nickname'
  | 'organization'
  | 'username'
  | 'email'
  | 'phone'
  | 'preferred'
  | 'language'
  | 'external_id'
  | 'password_hash'
  | 'note'
  | 'status'
  | 'already_created'
  | 'problem'
  | 'suggestion'
  | 'who'
  | 'who_name'
  | 'who_email'
  | 'who_phone'
  | 'kind'
  | 'of'
  | 'of_name'
  | 'of_email'
  | 'of_phone'
  | 'from'
  | 'until'
  | 'reference'

/** What `create` would do with a row that passes. */
export type RowAction = 'create' | 'update' | 'unchanged'

/** What came of a row. */
export type RowOutcome =
  | 'created'
  | 'invited'
  | 'staged'
  | 'updated'
  | 'unchanged'
  | 'waiting'
  | 'failed'
  | 'not_reached'

/** Where a row stands (U4, U5). */
export type RowState = 'pass' | 'waiting' | 'fail'

/** How much of it is seen, from least to most. */
export type Scope = 'own_schedule' | 'issued_to_viewer' | 'everything'

/** When whoever is enrolled is sent their first message (I10). */
export type Sending = 'now' | 'later'

/** What stands in the list of where a user is signed in (E5). */
export type SessionKind = 'session' | 'device'

/** How much a finding weighs. */
export type Severity = 'info' | 'warning' | 'error'

/**
 * How far an account got on its way to its first sign-in (rule E2). `disabled` is not among them:
 * it hides a stage and keeps it.
 */
export type Stage = 'invited' | 'password_due' | 'questions_due' | 'active'

/** Where an invitation stands at some moment. */
export type Standing = 'live' | 'lapsed' | 'superseded' | 'redeemed'

/** Where an account stands (E2): its stage, unless it is disabled. */
export type State = 'invited' | 'password_due' | 'questions_due' | 'active' | 'disabled'

/** One of the two ends of a tie. */
export type TieEnd = 'who' | 'of'

/** What one party is to another (rule R). Read: *who* is the … of *of*. */
export type TieKind =
  | 'emergency_contact'
  | 'individual'
  | 'organization_associated'
  | 'possible_payer'
  | 'payer'
  | 'community'
  | 'manager'
  | 'guardian'
  | 'caregiver'
  | 'personal_representative'

/** What comes of a tie of a roster: what a preview says, and what creating it then does. */
export type TieOutcome = 'made' | 'ended' | 'unchanged' | 'waiting' | 'failed' | 'not_reached'

/** The columns by which the list of users can be sorted (A3). */
export type UserColumn =
  | 'display_name'
  | 'first_name'
  | 'last_name'
  | 'username'
  | 'status'
  | 'last_logon'
  | 'created'
  | 'description'

/** How a username comes about (rules U1, U2, U3). */
export type UsernameScheme = 'email' | 'email_or_phone' | 'staff'

/**
 * A closed set of stable words that pages show: each is an enum of the core, and the type of its
 * words in Python and Node.
 */
export type WordSet =
  | 'role'
  | 'resource'
  | 'tie_kind'
  | 'party_kind'
  | 'method'
  | 'state'
  | 'standing'
  | 'application_standing'
  | 'event_kind'
  | 'actor_kind'
  | 'message_kind'
  | 'message_state'
  | 'review_kind'
  | 'session_kind'
  | 'office_act'
  | 'office_action'
  | 'row_outcome'
  | 'tie_outcome'
  | 'agency_state'
  | 'locale'

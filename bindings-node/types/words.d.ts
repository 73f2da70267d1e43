// The words of the rulebook. They are the same in every language, in columns
// and in policies, and are never spelt otherwise.

/** Who acted, as an event records it. */
export type ActorKind = 'support' | 'manager' | 'user' | 'system'
/** What was last done to an account (A3). */
export type AdministrativeAct =
  'created' | 'linked' | 'unlinked' | 'updated' | 'sent_again' | 'password_reset' | 'note_changed' |
  'disabled' | 'enabled' | 'unlocked' | 'sessions_ended' | 'deleted' | 'manager_added' | 'manager_removed'
/** A cell of the matrix (V). */
export type Cell = 'no' | 'never' | 'yes' | 'own' | 'own_schedule' | 'tied' | 'issued' | 'grant' | 'linked'
/** How an account gets its first password (E1). */
export type EnrolmentScheme = 'activation_link' | 'temporary_password' | 'invitation_code'
/** What sort of error it is. */
export type ErrorKind =
  'invalid' | 'not_found' | 'not_allowed' | 'refused' | 'conflict' | 'configuration' | 'store' |
  'cancelled' | 'internal'
/** What an event of a history is about (H). */
export type EventKind =
  'agency.created' | 'agency.changed' | 'template.changed' | 'account.created' | 'account.linked' |
  'contact.changed' | 'contact.to_confirm' | 'contact.proven' | 'contact.objected' | 'contact.released' |
  'username.changed' | 'note.changed' | 'enrolment.sent' | 'sign_in.granted' |
  'sign_in.step' | 'sign_in.refused' | 'sign_out' | 'password.set' | 'password.reset' |
  'password.rehashed' | 'questions.set' | 'recovery.started' | 'recovery.failed' | 'recovery.finished'
  | 'account.disabled' | 'account.enabled' | 'account.unlocked' | 'sessions.ended' | 'account.deleted' | 'manager.added' |
  'manager.removed' | 'invitation.sent' | 'invitation.sent_again' | 'invitation.redeemed' |
  'invitation.unlinked' | 'invitation.cancelled' |
  'party.added' | 'party.deleted' | 'roles.changed' | 'tie.added' | 'tie.ended' | 'grant.added' |
  'grant.ended' | 'application.added' | 'roster.created' | 'histories.begun'
/** What made a stored password hash (P6, P7). */
export type HashKind =
  'argon2id' | 'argon2i' | 'bcrypt' | 'bcrypt_sha256' | 'sha_crypt' | 'phpass' | 'django_pbkdf2' |
  'werkzeug_pbkdf2' | 'aspnet_v2' | 'aspnet_v3' | 'scrypt' | 'ldap_ssha' | 'unusable'
/** The languages of texts. */
export type Locale = 'en' | 'es'
/** What a message says (N). */
export type MessageKind =
  'activation' | 'registration' | 'invitation' | 'recovery_code' | 'password_changed' |
  'contact_changed' | 'confirm_contact' | 'contact_changing' | 'link_changed' | 'message_owner'
/** Where a message stands (N). */
export type MessageState = 'waiting' | 'claimed' | 'sent' | 'abandoned' | 'withdrawn'
/** How a message goes. */
export type Method = 'email' | 'sms'
/** What the office may do next with an item (I4). */
export type OfficeAction = 'invite' | 'reinvite' | 'unlink'
/** Where a link of a message leads. */
export type Page = 'activate' | 'invitation' | 'sign-in' | 'confirm' | 'object'
/** A person or an organization. */
export type PartyKind = 'person' | 'organization'
/** What a recovery asks (Q5). */
export type RecoveryMethod = 'code_then_questions' | 'questions' | 'code'
/** What can be seen (V). */
export type Resource =
  'dashboard' | 'invoices' | 'calendar' | 'service_plan' | 'message_owner' | 'application' | 'profile'
/** What an access review finds. */
export type ReviewKind =
  'not_activated' | 'stale_invitation' | 'shared_email' | 'shared_phone' | 'no_role' | 'unused' |
  'objection'
/** What a party is to the agency (R). */
export type Role =
  'client' | 'caregiver' | 'office_staff' | 'human_resources' | 'organization' | 'contact' |
  'emergency_contact' | 'payer' | 'community' | 'family' | 'employer' | 'participant'
/** What a row of a roster would do. */
export type RowAction = 'create' | 'update' | 'unchanged'
/** What came of a row. */
export type RowOutcome =
  'created' | 'invited' | 'updated' | 'unchanged' | 'waiting' | 'failed' | 'not_reached'
/** How a row stands: it passes, waits for a decision on its username or on who it is, or fails (U4, U5, C4). */
export type RowState = 'pass' | 'waiting' | 'fail'
/** How much of a resource is seen. */
export type Scope = 'own_schedule' | 'issued_to_viewer' | 'everything'
/** How much a finding weighs. */
export type Severity = 'info' | 'warning' | 'error'
/** How far an enrolment has come (E2). */
export type Stage = 'invited' | 'password_due' | 'questions_due' | 'active'
/** How an invitation stands (I2). */
export type Standing = 'live' | 'lapsed' | 'superseded' | 'redeemed'
/** Where an account stands (E2). */
export type State = 'invited' | 'password_due' | 'questions_due' | 'active' | 'disabled'
/** What one party is to another (R). */
export type TieKind =
  'emergency_contact' | 'individual' | 'organization_associated' | 'possible_payer' | 'payer' |
  'community' | 'manager' | 'guardian' | 'caregiver'
/** The columns by which the list of users can be sorted (A3). */
export type UserColumn =
  'display_name' | 'first_name' | 'last_name' | 'username' | 'status' | 'last_logon' | 'created' |
  'description'
/** How a username comes about (U1, U2, U3). */
export type UsernameScheme = 'email' | 'email_or_phone' | 'staff'

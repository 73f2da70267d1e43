//! The records: what each row means. Plain, typed columns that an agency can
//! query with its own tools.

use std::collections::BTreeSet;

use time::OffsetDateTime;
use uuid::Uuid;

use super::column::{Col, Column, Row, Value, damaged};
use super::table::{Table, TableColumn};
use super::{Merge, Serial, StoreResult, lists, totals};
use crate::account::{LiveCodes, Refusals, SourceTally, Throttle as Failures};
use crate::description::Description;
use crate::finding::{Locale, Params};
use crate::history::Head;
use crate::id::{
    AccountId, AgencyId, ApplicationId, ContactId, EventId, GrantId, InvitationId, LinkId, MessageId, PartyId,
    RecordId, TieId, TokenId,
};
use crate::invitation::Invitation as InvitationLife;
use crate::policy::{EnrolmentScheme, StoredPolicy};
use crate::words::{
    ActorKind, EventKind, LinkAct, MessageKind, MessageState, Method, PartyKind, Purpose, Resource, Role, Stage,
    TieKind,
};

/// A Rust type that rests as a row.
pub trait Record: Sized + 'static {
    /// Its table.
    const TABLE: &'static Table;

    /// All columns, in the order of the table.
    fn to_row(&self) -> Row;

    /// Reads it back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`](super::StoreError::Damaged) where the row is none that carekey wrote.
    fn from_row(row: Row) -> StoreResult<Self>;

    /// The agency, the first half of the key.
    fn agency(&self) -> AgencyId;

    /// The second half of the key.
    fn key(&self) -> Uuid;

    /// The revision of the row that was read, or will be written.
    fn revision(&self) -> i64;

    /// Counts the revision up by one.
    fn bump(&mut self);
}

/// What is given of a table, where it is.
const fn last<T: Copy>(given: &[T], none: T) -> T {
    match given {
        [.., last] => *last,
        [] => none,
    }
}

macro_rules! records {
    ($(
        $(#[$meta:meta])*
        $name:ident $table:literal {
            unique: [$([$($unique:literal),+]),*],
            indexes: [$([$($index:literal),+]),*],
            $( lists: $lists:expr, totals: $totals:expr, )?
            $( embeds: $rule:ident: $struct:ty { $($part:ident),+ }, )?
            $(#[$idmeta:meta])*
            id: $id:ty,
            $( $(#[$fmeta:meta])* $field:ident: $type:ty, )*
        }
    )+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, PartialEq, Eq)]
            pub struct $name {
                /// The agency it belongs to.
                pub agency: AgencyId,
                $(#[$idmeta])*
                pub id: $id,
                /// How often it was written; a stale one is a conflict.
                pub revision: i64,
                $( $(#[$fmeta])* pub $field: $type, )*
            }

            /// Its columns, by which rows are found and sorted.
            #[allow(non_upper_case_globals, missing_docs, reason = "each is documented where the field is")]
            impl $name {
                pub const id: Col<Self, $id> = Col::named("id");
                $( pub const $field: Col<Self, $type> = Col::named(stringify!($field)); )*
            }

            $(
                /// What the rule keeps, as the rule knows it.
                impl $name {
                    /// The rule's own struct, from the columns.
                    pub fn $rule(&self) -> $struct {
                        type Embedded = $struct;
                        Embedded { $( $part: self.$part.clone(), )+ }
                    }

                    /// Writes the rule's own struct into the columns.
                    pub fn keep(&mut self, kept: $struct) {
                        $( self.$part = kept.$part; )+
                    }
                }
            )?

            impl Record for $name {
                const TABLE: &'static Table = &Table {
                    name: $table,
                    columns: &[
                        TableColumn { name: "agency", column_type: <AgencyId as Column>::TYPE, nullable: false },
                        TableColumn { name: "id", column_type: <$id as Column>::TYPE, nullable: false },
                        TableColumn { name: "revision", column_type: <i64 as Column>::TYPE, nullable: false },
                        $( TableColumn {
                            name: stringify!($field),
                            column_type: <$type as Column>::TYPE,
                            nullable: <$type as Column>::NULLABLE,
                        }, )*
                    ],
                    unique: &[$(&[$($unique),+]),*],
                    indexes: &[$(&[$($index),+]),*],
                    lists: last(&[$( $lists )?], &[]),
                    totals: last(&[$( Some($totals) )?], None),
                };

                fn to_row(&self) -> Row {
                    vec![
                        self.agency.to_value(),
                        self.id.to_value(),
                        self.revision.to_value(),
                        $( self.$field.to_value(), )*
                    ]
                }

                fn from_row(row: Row) -> StoreResult<Self> {
                    let mut values = row.into_iter();
                    let mut next = || values.next().ok_or_else(damaged);
                    Ok(Self {
                        agency: Column::from_value(next()?)?,
                        id: Column::from_value(next()?)?,
                        revision: Column::from_value(next()?)?,
                        $( $field: Column::from_value(next()?)?, )*
                    })
                }

                fn agency(&self) -> AgencyId {
                    self.agency
                }

                fn key(&self) -> Uuid {
                    match self.id.to_value() {
                        Value::Id(id) => id,
                        _ => Uuid::nil(),
                    }
                }

                fn revision(&self) -> i64 {
                    self.revision
                }

                fn bump(&mut self) {
                    self.revision += 1;
                }
            }

            /// Rows are personal: a debug print only names the row.
            impl core::fmt::Debug for $name {
                fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    write!(f, "{}({} rev {})", $table, self.id, self.revision)
                }
            }
        )+

        /// Every table, in an order in which they can be made.
        pub const TABLES: &[&Table] = &[$(<$name as Record>::TABLE),+];
    };
}

records! {
    /// One tenant. Its `id` is its `agency`, derived from the code.
    Agency "agency" {
        unique: [],
        indexes: [],
        /// The same as `agency`.
        id: AgencyId,
        /// The code by which the directory knows it, for example `104`.
        code: String,
        /// Its name, as people know it.
        name: String,
        /// What staff names begin with (U3); often the code.
        prefix: String,
        /// ISO 3166-1, for phone numbers without a country (U2).
        country: String,
        /// The language of its messages where a party has none.
        locale: Locale,
        /// What links in messages begin with (N).
        link_base: String,
        /// Where messages to the agency's owner go.
        owner_email: Option<String>,
        /// Where they go as well, where there are several owners.
        owner_emails: Option<Vec<String>>,
        /// Its time zone, of the IANA's names (N); by default UTC.
        time_zone: Option<String>,
        /// Everything it set.
        policy: StoredPolicy,
        /// When it was created.
        created_at: OffsetDateTime,
        /// In which language, and which version of its order, lists are sorted
        /// (A4).
        listed_by: Option<String>,
        /// Since when it is suspended (A9).
        suspended_at: Option<OffsetDateTime>,
        /// By whom.
        suspended_by: Option<String>,
        /// Why.
        suspended_for: Option<String>,
        /// Since when its rows are being deleted; it stays suspended.
        deleting_since: Option<OffsetDateTime>,
        /// By whom.
        deleted_by: Option<String>,
        /// The SHA-256 of the export that the deletion rests on.
        deleted_export: Option<Vec<u8>>,
        /// When the last of its rows was gone: what is left is the note of it,
        /// under a code that is not given again.
        deleted_at: Option<OffsetDateTime>,
    }

    /// One of the strands of the agency's own history (H): each is a chain, and
    /// an act adds to any one of them, so that no act waits for another.
    Strand "strand" {
        unique: [],
        indexes: [],
        embeds: head: Head { length, mac },
        /// Derived from the agency and the strand's number; the subject of its lines.
        id: RecordId,
        /// How many lines it has.
        length: i64,
        /// The keyed hash over the whole strand, and its length.
        mac: Vec<u8>,
    }

    /// A person or an organization that the agency knows.
    Party "party" {
        unique: [["external_id"]],
        indexes: [["email_canonical"], ["phone_e164"]],
        lists: lists::PARTY,
        totals: totals::PARTY,
        /// Time-ordered.
        id: PartyId,
        /// Person or organization.
        kind: PartyKind,
        /// How the host or the roster knows it.
        external_id: Option<String>,
        /// What the office made it; what its ties convey is derived, never
        /// stored (R).
        roles: BTreeSet<Role>,
        /// As it is shown: `Wright, Sue` becomes `Sue Wright`.
        display_name: String,
        /// Given name.
        first_name: Option<String>,
        /// Second given name or its initial.
        middle_name: Option<String>,
        /// Family name; the whole name of a person who has one name.
        last_name: Option<String>,
        /// What they are called.
        nickname: Option<String>,
        /// The name in canonical form, by which a roster finds people again.
        name_key: String,
        /// As it was typed.
        email: Option<String>,
        /// In canonical form (U6).
        email_canonical: Option<String>,
        /// As it was typed.
        phone: Option<String>,
        /// In E.164 (U2).
        phone_e164: Option<String>,
        /// How they want to be written to; by default e-mail where there is one.
        preferred: Option<Method>,
        /// Their language; by default the agency's.
        locale: Option<Locale>,
        /// The current invitation.
        invitation: Option<InvitationId>,
        /// When the agency came to know them.
        created_at: OffsetDateTime,
        /// When they were deleted, and the names are gone, or merged into another:
        /// no list has them since.
        deleted_at: Option<OffsetDateTime>,
        /// The display name as the agency's language sorts it (A4).
        sort_display: Option<Vec<u8>>,
        /// What they are found by, without case and marks (A6).
        search: Option<String>,
        /// The party that has everything of it since they were merged (A6).
        merged_into: Option<PartyId>,
        /// What was moved then, for a split.
        merge: Option<Merge>,
    }

    /// A login of one person. To whom it belongs its links say, and where its
    /// user is reached its contacts.
    Account "account" {
        unique: [["username_canonical"]],
        indexes: [],
        lists: lists::ACCOUNT,
        totals: totals::ACCOUNT,
        /// Time-ordered.
        id: AccountId,
        /// As it is shown.
        username: String,
        /// In canonical form (U6).
        username_canonical: String,
        /// As it is shown.
        display_name: String,
        /// Given name.
        first_name: Option<String>,
        /// Family name.
        last_name: Option<String>,
        /// Its language; by default the agency's.
        locale: Option<Locale>,
        /// How it gets its first password (E1).
        enrolment: EnrolmentScheme,
        /// How far it got (E2).
        stage: Stage,
        /// The contact that its first message, or the last one sent in its
        /// place, went to.
        written_to: Option<ContactId>,
        /// An Argon2id string, the keyed digest of a generated temporary
        /// password, or an imported hash, sealed with the key (P7).
        password: Option<String>,
        /// What evaluating it costs, where that is not a hash of the policy (P7).
        password_class: Option<String>,
        /// When that was set.
        password_set_at: Option<OffsetDateTime>,
        /// When a temporary password ends to open anything (P8).
        password_expires_at: Option<OffsetDateTime>,
        /// Counted up to end all sessions and steps at once (E5).
        epoch: i64,
        /// The last sign-in (A3).
        last_sign_in_at: Option<OffsetDateTime>,
        /// When it was created (A3).
        created_at: OffsetDateTime,
        /// Since when it is an account manager (A1).
        manager_since: Option<OffsetDateTime>,
        /// Since when it is disabled (A4).
        disabled_at: Option<OffsetDateTime>,
        /// By whom, as their name was then (A4).
        disabled_by: Option<String>,
        /// When it was deleted; its name stays taken (U4).
        deleted_at: Option<OffsetDateTime>,
        /// A free note (A5).
        note: Option<String>,
        /// The last administrative act and by whom (A3).
        description: Option<Description>,
        /// Since when its first message waits for the office to send it (I10).
        staged_at: Option<OffsetDateTime>,
        /// When its user was last reminded of what was sent last (I10).
        reminded_at: Option<OffsetDateTime>,
        /// How many lines its history has (H).
        history_length: i64,
        /// The keyed hash over the whole history, and its length (H).
        history_head: Vec<u8>,
        /// The display name as the agency's language sorts it (A4).
        sort_display: Option<Vec<u8>>,
        /// The given name, likewise.
        sort_first: Option<Vec<u8>>,
        /// The family name, likewise, particles as that language has them.
        sort_last: Option<Vec<u8>>,
        /// What it is found by, without case and marks (A4).
        search: Option<String>,
    }

    /// Where the user of an account is reached (C1). One is proven when
    /// something that was sent to it came back; one beside it that is not
    /// waits to be confirmed.
    Contact "contact" {
        unique: [],
        indexes: [["account"], ["canonical"]],
        /// Time-ordered.
        id: ContactId,
        /// Whose it is.
        account: AccountId,
        /// E-mail or SMS.
        method: Method,
        /// Where messages go: the form that mailers take, as it was typed.
        address: String,
        /// In canonical form (U6).
        canonical: String,
        /// Since when.
        added_at: OffsetDateTime,
        /// When its user showed it to be theirs.
        proven_at: Option<OffsetDateTime>,
        /// When the owner of the earlier one objected to it (C2): it proves
        /// nothing until the office has decided.
        objected_at: Option<OffsetDateTime>,
    }

    /// That an account was to get another contact, as the owner of an earlier
    /// one was told (C2, C3). It outlives all that whoever holds the account
    /// may do: passwords, sessions, further changes.
    ContactChange "contact_change" {
        unique: [["digest"]],
        indexes: [["account"], ["canonical"], ["earlier_canonical"], ["expires_at"]],
        /// Time-ordered; the link to object is derived from it.
        id: RecordId,
        /// Whose contact it is.
        account: AccountId,
        /// The new contact, while the account has it.
        contact: ContactId,
        /// How the new one is reached.
        method: Method,
        /// The new one in canonical form (U6).
        canonical: String,
        /// How the earlier one is reached; nothing where there was none.
        earlier_method: Option<Method>,
        /// The earlier one, as messages go to it.
        earlier: Option<String>,
        /// The same in canonical form (U6).
        earlier_canonical: Option<String>,
        /// The keyed digest of the link to object.
        digest: Option<Vec<u8>>,
        /// Whether its user asked for it (C3), and not the office (C2).
        own: bool,
        /// When it was asked for.
        asked_at: OffsetDateTime,
        /// From when on nobody can object.
        expires_at: OffsetDateTime,
        /// When the new one was confirmed.
        confirmed_at: Option<OffsetDateTime>,
        /// When somebody objected, or it was undone by another objection or
        /// decided by the office: its link is over.
        ended_at: Option<OffsetDateTime>,
    }

    /// Which account belongs to which party or application, since when, until
    /// when, by which act (C5). What an account is allowed follows from these.
    Link "link" {
        unique: [["sole"]],
        indexes: [["account"], ["party"], ["application"]],
        /// Time-ordered.
        id: LinkId,
        /// The account.
        account: AccountId,
        /// The party; of an application, its family.
        party: PartyId,
        /// The application, where it is for one alone.
        application: Option<ApplicationId>,
        /// Whatever can have but one link in force: an application, or a party
        /// that is no family; nothing once it ended.
        sole: Option<Uuid>,
        /// Since when.
        since: OffsetDateTime,
        /// Until when; the moment itself is outside.
        ends_at: Option<OffsetDateTime>,
        /// By which act it came to be.
        act: LinkAct,
        /// Who did it, by name.
        by: String,
    }

    /// How many accounts came with a password of a kind that costs something
    /// else than a hash of the policy (P7).
    PasswordShare "password_share" {
        unique: [],
        indexes: [],
        /// Derived from the class.
        id: RecordId,
        /// The class.
        class: String,
        /// How many accounts came with it.
        came: i64,
        /// How many of them have one of the policy's own by now.
        renewed: i64,
    }

    /// A name that was used once and is never given to another (U4, U6).
    UsedName "used_name" {
        unique: [["skeleton"]],
        indexes: [["account"]],
        /// Derived from the skeleton.
        id: RecordId,
        /// The UTS 39 skeleton of the canonical form; of the e-mail or phone
        /// of someone deleted, a keyed digest of it.
        skeleton: String,
        /// The canonical form that was claimed first; where only the digest is left,
        /// one of it too, or nothing in a row of an earlier release.
        canonical: String,
        /// Whose it is.
        account: AccountId,
        /// Since when.
        claimed_at: OffsetDateTime,
        /// Since when its owner is deleted.
        retired_at: Option<OffsetDateTime>,
    }

    /// A password of the past (P4).
    OldPassword "old_password" {
        unique: [],
        indexes: [["account"]],
        /// Time-ordered.
        id: RecordId,
        /// Whose it was.
        account: AccountId,
        /// Its Argon2id string.
        password: String,
        /// When it was replaced.
        replaced_at: OffsetDateTime,
    }

    /// An answer to a security question (Q).
    Answer "answer" {
        unique: [["account", "question"]],
        indexes: [],
        /// Time-ordered.
        id: RecordId,
        /// Whose it is.
        account: AccountId,
        /// The question's stable word.
        question: String,
        /// The Argon2id string of the normalised answer.
        hash: String,
    }

    /// An answer of the past: an objection brings it back (C3).
    OldAnswer "old_answer" {
        unique: [],
        indexes: [["account"], ["replaced_at"]],
        /// Time-ordered.
        id: RecordId,
        /// Whose it was.
        account: AccountId,
        /// The question's stable word.
        question: String,
        /// The Argon2id string of the normalised answer.
        hash: String,
        /// When it was replaced.
        replaced_at: OffsetDateTime,
    }

    /// A session, or a live step towards one: only whoever holds the token
    /// may take that very step (E5, E6).
    Token "token" {
        unique: [["digest"]],
        indexes: [["account"]],
        /// Time-ordered.
        id: TokenId,
        /// Whose it is; none for a decoy made for an unknown name (E6).
        account: Option<AccountId>,
        /// The one step it opens.
        purpose: Purpose,
        /// The keyed digest of the token.
        digest: Vec<u8>,
        /// When it was made.
        created_at: OffsetDateTime,
        /// When it ends, used or not.
        expires_at: OffsetDateTime,
        /// How long it may be left unused, in milliseconds.
        idle_ms: Option<i64>,
        /// When it was last used.
        used_at: OffsetDateTime,
        /// The account's epoch when it was made; another one ends it.
        epoch: i64,
        /// How many wrong tries it had (E6).
        tries: u32,
        /// When it was ended.
        ended_at: Option<OffsetDateTime>,
        /// Whether "remember me" was ticked at the sign-in that it comes from:
        /// each step hands it on, so that the session is granted with it (E5).
        remember: bool,
        /// From where it was asked for, as the host worded it.
        source: Option<String>,
        /// The contact that it is about, for a link that confirms one (C2).
        contact: Option<ContactId>,
        /// The device that it was granted at, for a session (E5).
        device: Option<TokenId>,
    }

    /// An invitation: a link and a code (I).
    Invitation "invitation" {
        unique: [["link_digest"], ["code_digest"]],
        indexes: [["party"]],
        embeds: life: InvitationLife { contact, method, issued_at, expires_at, superseded_at, redeemed_at },
        /// Time-ordered.
        id: InvitationId,
        /// Who is invited.
        party: PartyId,
        /// The application it is for.
        application: Option<ApplicationId>,
        /// How it was sent.
        method: Method,
        /// Where to, in canonical form.
        contact: String,
        /// The keyed digest of the link's secret.
        link_digest: Vec<u8>,
        /// The keyed digest of the code.
        code_digest: Vec<u8>,
        /// When it was issued.
        issued_at: OffsetDateTime,
        /// From when on it is dead.
        expires_at: OffsetDateTime,
        /// When a newer one took its place, or unlink ended it (I5, I6).
        superseded_at: Option<OffsetDateTime>,
        /// When it was redeemed (I7).
        redeemed_at: Option<OffsetDateTime>,
        /// When it was printed to be handed over, in place of a message (I10).
        printed_at: Option<OffsetDateTime>,
        /// When whoever is invited was last reminded of it (I10).
        reminded_at: Option<OffsetDateTime>,
    }

    /// A child-care application that a family submitted.
    Application "application" {
        unique: [["number"]],
        indexes: [["family"], ["family_name"]],
        lists: lists::APPLICATION,
        totals: totals::APPLICATION,
        /// Time-ordered.
        id: ApplicationId,
        /// The number that the office knows it by.
        number: String,
        /// The family.
        family: PartyId,
        /// The family's name, by which it is found.
        family_name: String,
        /// When it was submitted.
        submitted_at: OffsetDateTime,
        /// The current invitation.
        invitation: Option<InvitationId>,
        /// What it is found by, without case and marks (S3).
        search: Option<String>,
    }

    /// A tie: `who` is the `kind` of `of` (R).
    Tie "tie" {
        unique: [],
        indexes: [["who", "kind", "ends_at", "id"], ["of", "who"], ["enrols_at"], ["kind"]],
        /// Time-ordered.
        id: TieId,
        /// What `who` is to `of`.
        kind: TieKind,
        /// The one who has the part.
        who: PartyId,
        /// The one whose relationship it is: the client, as a rule.
        of: PartyId,
        /// From when.
        begins_at: OffsetDateTime,
        /// Until when; the moment itself is outside.
        ends_at: Option<OffsetDateTime>,
        /// When it begins and enrols `who` (R); nothing once that is done.
        enrols_at: Option<OffsetDateTime>,
        /// The document that it rests on.
        reference: Option<String>,
    }

    /// A grant of one resource to a member of the office staff (V).
    Grant "access_grant" {
        unique: [],
        indexes: [["party", "resource", "of"], ["of", "resource", "ends_at"]],
        /// Time-ordered.
        id: GrantId,
        /// Who may see.
        party: PartyId,
        /// What.
        resource: Resource,
        /// Whose; nothing for every client or application.
        of: Option<Uuid>,
        /// From when.
        begins_at: OffsetDateTime,
        /// Until when; the moment itself is outside.
        ends_at: Option<OffsetDateTime>,
        /// Why it was given.
        reason: Option<String>,
    }

    /// A message that waits for the host's mailer or gateway (N).
    Message "message" {
        unique: [],
        indexes: [["state", "due_at"], ["account"], ["invitation"]],
        lists: lists::MESSAGE,
        totals: totals::MESSAGE,
        /// Time-ordered.
        id: MessageId,
        /// What it says.
        kind: MessageKind,
        /// How it goes.
        method: Method,
        /// Where to: as it is stored, never as a visitor typed it (U6).
        address: String,
        /// In which language.
        locale: Locale,
        /// The account it is about.
        account: Option<AccountId>,
        /// The invitation that it carries.
        invitation: Option<InvitationId>,
        /// When what it carries is dead: it is withdrawn then.
        expires_at: Option<OffsetDateTime>,
        /// What the text speaks of, without secrets.
        params: Params,
        /// The secrets of the text, sealed with the agency's key; gone once sent.
        sealed: Option<Vec<u8>>,
        /// Where it stands.
        state: MessageState,
        /// When it may be claimed next.
        due_at: OffsetDateTime,
        /// How often it was tried.
        tries: u32,
        /// When it was put here.
        created_at: OffsetDateTime,
        /// When it was sent or abandoned.
        closed_at: Option<OffsetDateTime>,
    }

    /// One line of a history (H).
    Event "event" {
        unique: [["subject", "sequence"], ["serial"]],
        indexes: [],
        /// Time-ordered.
        id: EventId,
        /// The account, or the agency, whose history it is.
        subject: Uuid,
        /// 1 for the first line, without gaps.
        sequence: i64,
        /// When.
        at: OffsetDateTime,
        /// What.
        kind: EventKind,
        /// What sort of actor.
        actor: ActorKind,
        /// The actor's account.
        actor_account: Option<AccountId>,
        /// The actor's name as it was then.
        actor_name: String,
        /// Before, after, and what else there is to say; never a secret.
        details: Params,
        /// From where.
        source: Option<String>,
        /// The keyed hash of this line and the one before.
        mac: Vec<u8>,
        /// Its place in the order in which the agency's lines came to be seen.
        serial: Option<Serial>,
    }

    /// Failures of one way in (E4): of an account, of a device that is known,
    /// of a name that nobody has, of a contact at which codes are guessed.
    Throttle "throttle" {
        unique: [],
        indexes: [["account"], ["touched_at"]],
        embeds: throttle: Failures { failures, open, open_until, locked_until },
        /// Derived from the way in and from whose it is.
        id: RecordId,
        /// Whose it is, where somebody's.
        account: Option<AccountId>,
        /// Failures in a row.
        failures: u32,
        /// Attempts that were let in and are not decided yet.
        open: u32,
        /// When open attempts count as failures: their process died.
        open_until: Option<OffsetDateTime>,
        /// Until when further ones are refused.
        locked_until: Option<OffsetDateTime>,
        /// Refusals that no line of the history tells yet (E4, H).
        refusals: Refusals,
        /// When it was last written.
        touched_at: OffsetDateTime,
    }

    /// The codes that were sent to one contact and are good (E4, E6).
    CodeBook "code_book" {
        unique: [],
        indexes: [["touched_at"]],
        /// Derived from the contact.
        id: RecordId,
        /// What the rule keeps of them.
        codes: LiveCodes,
        /// When it was last written.
        touched_at: OffsetDateTime,
    }

    /// From one network, the names at which someone failed (E4).
    SourceCount "source_count" {
        unique: [],
        indexes: [["touched_at"]],
        /// Derived from the network.
        id: RecordId,
        /// What the rule keeps of them.
        tally: SourceTally,
        /// When it was last written.
        touched_at: OffsetDateTime,
    }

    /// What the office decided of who is who (C4): asked once.
    Decision "who_decision" {
        unique: [],
        indexes: [["party"]],
        /// Derived from what the row says of the person.
        id: RecordId,
        /// The digest of that ([`WhoDecision`](crate::roster::WhoDecision)).
        said: String,
        /// The party that it is; nothing where it is another person.
        party: Option<PartyId>,
        /// When it was decided.
        decided_at: OffsetDateTime,
    }

    /// A text that an agency put in the place of the one that ships (N).
    Template "template" {
        unique: [["kind", "method", "locale"]],
        indexes: [],
        /// Time-ordered.
        id: RecordId,
        /// Of which message.
        kind: MessageKind,
        /// For which way to send.
        method: Method,
        /// In which language.
        locale: Locale,
        /// The subject of a mail; nothing for an SMS.
        subject: Option<String>,
        /// The text.
        body: String,
    }

    /// A fact about the store itself, under the agency of all zeros.
    Setting "setting" {
        unique: [],
        indexes: [],
        /// Derived from the name.
        id: RecordId,
        /// Its value.
        value: Vec<u8>,
    }
}

impl Account {
    /// One with nothing in it but its name.
    pub fn named(
        agency: AgencyId,
        id: AccountId,
        username: &str,
        canonical: &str,
        enrolment: EnrolmentScheme,
        created_at: OffsetDateTime,
    ) -> Self {
        Self {
            agency,
            id,
            revision: 1,
            username: username.to_owned(),
            username_canonical: canonical.to_owned(),
            display_name: String::new(),
            first_name: None,
            last_name: None,
            locale: None,
            enrolment,
            stage: Stage::first(enrolment),
            written_to: None,
            password: None,
            password_class: None,
            password_set_at: None,
            password_expires_at: None,
            epoch: 0,
            last_sign_in_at: None,
            created_at,
            manager_since: None,
            disabled_at: None,
            disabled_by: None,
            deleted_at: None,
            note: None,
            description: None,
            staged_at: None,
            reminded_at: None,
            history_length: 0,
            history_head: Vec::new(),
            sort_display: None,
            sort_first: None,
            sort_last: None,
            search: None,
        }
    }
}

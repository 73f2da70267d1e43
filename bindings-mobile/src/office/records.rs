//! Written by core/surface from the core: change it there, not here.

use std::collections::{HashMap, HashSet};

use super::preview::Who;
use super::words::*;
use crate::finding::{Finding, Param};
use crate::records::*;
use crate::types::*;
use crate::words::*;

/// One line of a history. It never holds a password, a code, a token or an
/// answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HistoryLine {
    /// Whose history it is: an account's, or the agency's own.
    pub subject: Identifier,
    /// 1 for the first line, without gaps.
    #[uniffi(default)]
    pub sequence: i64,
    /// When.
    pub at: Moment,
    /// What.
    pub kind: EventKind,
    /// What sort of actor.
    pub actor: ActorKind,
    /// The actor's account.
    #[uniffi(default)]
    pub actor_account: Option<AccountId>,
    /// The actor's name as it was then.
    pub actor_name: String,
    /// Before, after, and what else there is to say.
    #[uniffi(default)]
    pub details: HashMap<String, Param>,
    /// From where: an address or a device.
    #[uniffi(default)]
    pub source: Option<String>,
    /// The keyed hash of this line and the one before, 32 bytes.
    #[uniffi(default)]
    pub mac: Vec<u8>,
}

impl From<carekey::history::Line> for HistoryLine {
    fn from(it: carekey::history::Line) -> Self {
        Self {
            subject: it.subject,
            sequence: it.sequence,
            at: it.at,
            kind: it.kind.into(),
            actor: it.actor.into(),
            actor_account: it.actor_account,
            actor_name: it.actor_name,
            details: it.details.into_iter().map(|(name, value)| (name, value.into())).collect(),
            source: it.source,
            mac: it.mac,
        }
    }
}

impl From<HistoryLine> for carekey::history::Line {
    fn from(it: HistoryLine) -> Self {
        Self {
            subject: it.subject,
            sequence: it.sequence,
            at: it.at,
            kind: it.kind.into(),
            actor: it.actor.into(),
            actor_account: it.actor_account,
            actor_name: it.actor_name,
            details: it.details.into_iter().map(|(name, value)| (name, value.into())).collect(),
            source: it.source,
            mac: it.mac,
        }
    }
}

/// What the agency knows of a party: enough to know it again and to see what a
/// roster would change.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct KnownParty {
    /// The party.
    pub party: PartyId,
    /// Its login, where it has one.
    #[uniffi(default)]
    pub account: Option<AccountId>,
    /// Whether its login is active: its user has come (E2). A contact that the
    /// office corrects is then confirmed by its user first (C1).
    #[uniffi(default)]
    pub active: bool,
    /// Whether its login was made for another party, and this one was linked to
    /// it (I8): what the office writes of this one changes nothing in it (C2).
    #[uniffi(default)]
    pub joined: bool,
    /// Whether it is no party yet, but a login that was made before its record
    /// (A2): `party` is then the identifier of the login.
    #[uniffi(default)]
    pub unrecorded: bool,
    /// Whether it was deleted (U4): nothing is left of it but that the names of
    /// `own_names` were its own.
    #[uniffi(default)]
    pub deleted: bool,
    /// Whether an invitation was sent to it, from which its login comes (E1).
    #[uniffi(default)]
    pub invited: bool,
    /// How the host knows it.
    #[uniffi(default)]
    pub external_id: Option<String>,
    /// Its name as `PersonName.key` gives it.
    pub name_key: String,
    /// Its name as it is shown.
    pub display_name: String,
    /// What it is called.
    #[uniffi(default)]
    pub nickname: Option<String>,
    /// What it is to the agency.
    #[uniffi(default)]
    pub roles: HashSet<Role>,
    /// The username of its login, in canonical form.
    #[uniffi(default)]
    pub username_canonical: Option<String>,
    /// The usernames that its login had before, in canonical form (U4).
    #[uniffi(default)]
    pub own_names: Vec<String>,
    /// What the office wrote down, in canonical form.
    #[uniffi(default)]
    pub email_canonical: Option<String>,
    /// What the office wrote down, in E.164.
    #[uniffi(default)]
    pub phone_e164: Option<String>,
    /// The e-mail address of its login, in canonical form (C1).
    #[uniffi(default)]
    pub account_email: Option<String>,
    /// The phone number of its login, in E.164 (C1).
    #[uniffi(default)]
    pub account_phone: Option<String>,
    /// How it wants to be written to.
    #[uniffi(default)]
    pub preferred: Option<ContactMethod>,
    /// The language of its messages.
    #[uniffi(default)]
    pub language: Option<Language>,
    /// The note of its login.
    #[uniffi(default)]
    pub note: Option<String>,
}

impl From<KnownParty> for carekey::roster::Known {
    fn from(it: KnownParty) -> Self {
        Self {
            party: it.party,
            account: it.account,
            active: it.active,
            joined: it.joined,
            unrecorded: it.unrecorded,
            deleted: it.deleted,
            invited: it.invited,
            external_id: it.external_id,
            name_key: it.name_key,
            display_name: it.display_name,
            nickname: it.nickname,
            roles: it.roles.into_iter().map(Into::into).collect(),
            username_canonical: it.username_canonical,
            own_names: it.own_names,
            email_canonical: it.email_canonical,
            phone_e164: it.phone_e164,
            account_email: it.account_email,
            account_phone: it.account_phone,
            preferred: it.preferred.map(Into::into),
            locale: it.language.map(Into::into),
            note: it.note,
        }
    }
}

/// One person or organization of a roster. A blank says nothing: it never takes
/// away what the agency knows. It prints as its line.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct RosterRow {
    /// The line of the file on which it begins, counted from 1.
    #[uniffi(default)]
    pub line: u64,
    /// What the party is to the agency.
    #[uniffi(default)]
    pub role: Option<Role>,
    /// The person's name; empty for an organization.
    #[uniffi(default)]
    pub name: PersonName,
    /// The organization's name, or the one that the person belongs to.
    #[uniffi(default)]
    pub organization: Option<String>,
    /// As it was typed.
    #[uniffi(default)]
    pub username: Option<String>,
    /// As it was typed.
    #[uniffi(default)]
    pub email: Option<String>,
    /// As it was typed.
    #[uniffi(default)]
    pub phone: Option<String>,
    /// How they want to be written to.
    #[uniffi(default)]
    pub preferred: Option<ContactMethod>,
    /// The language of their messages.
    #[uniffi(default)]
    pub language: Option<Language>,
    /// How the host knows them.
    #[uniffi(default)]
    pub external_id: Option<String>,
    /// The password hash that another system had for them (P7). It is taken
    /// over with a new account, and renewed when they first sign in. What says
    /// that there is no password is none (`hash.unusable`).
    #[uniffi(default)]
    pub password_hash: Option<String>,
    /// A free note.
    #[uniffi(default)]
    pub note: Option<String>,
    /// What the file says of an account. Information only: what counts is what
    /// the agency knows.
    #[uniffi(default)]
    pub already_created: Option<bool>,
    /// What was found when it was read.
    #[uniffi(default)]
    pub findings: Vec<Finding>,
}

impl From<carekey::roster::RosterRow> for RosterRow {
    fn from(it: carekey::roster::RosterRow) -> Self {
        Self {
            line: it.line,
            role: it.role.map(Into::into),
            name: it.name.into(),
            organization: it.organization,
            username: it.username,
            email: it.email,
            phone: it.phone,
            preferred: it.preferred.map(Into::into),
            language: it.locale.map(Into::into),
            external_id: it.external_id,
            password_hash: it.password_hash.map(|it| it.reveal().to_owned()),
            note: it.note,
            already_created: it.already_created,
            findings: it.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RosterRow> for carekey::roster::RosterRow {
    fn from(it: RosterRow) -> Self {
        Self {
            line: it.line,
            role: it.role.map(Into::into),
            name: it.name.into(),
            organization: it.organization,
            username: it.username,
            email: it.email,
            phone: it.phone,
            preferred: it.preferred.map(Into::into),
            locale: it.language.map(Into::into),
            external_id: it.external_id,
            password_hash: it.password_hash.map(Into::into),
            note: it.note,
            already_created: it.already_created,
            findings: Vec::new(),
        }
    }
}

/// How many rows there are of each kind. The last five add up to the first.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RosterSummary {
    /// All rows.
    pub rows: u64,
    /// Pass, and make an account.
    pub create: u64,
    /// Pass, and change something.
    pub update: u64,
    /// Pass, and change nothing.
    pub unchanged: u64,
    /// Wait for a decision.
    pub waiting: u64,
    /// Fail.
    pub failed: u64,
}

impl From<carekey::roster::Summary> for RosterSummary {
    fn from(it: carekey::roster::Summary) -> Self {
        Self {
            rows: it.rows.try_into().unwrap_or(u64::MAX),
            create: it.create.try_into().unwrap_or(u64::MAX),
            update: it.update.try_into().unwrap_or(u64::MAX),
            unchanged: it.unchanged.try_into().unwrap_or(u64::MAX),
            waiting: it.waiting.try_into().unwrap_or(u64::MAX),
            failed: it.failed.try_into().unwrap_or(u64::MAX),
        }
    }
}

/// One thing that a row says otherwise than the agency knows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RowChange {
    /// `name`, `nickname`, `roles`, `username`, `email`, `phone`, `preferred`,
    /// `language`, `external_id` or `note`: a list of changes is in this order.
    pub field: String,
    /// As the agency knows it.
    pub before: Option<String>,
    /// As the row says it.
    pub after: Option<String>,
}

impl From<carekey::roster::Change> for RowChange {
    fn from(it: carekey::roster::Change) -> Self {
        Self { field: it.field, before: it.before, after: it.after }
    }
}

/// What comparing a password with a stored hash gave.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Verified {
    /// Whether it is the password.
    pub matches: bool,
    /// Whether to hash the password anew and store that: it matches, and the
    /// stored hash is another system's, weaker than the policy, above what the
    /// operator allows, or without the pepper. Never set where it does not
    /// match, nor where the scheme looks at a part of a password and this one
    /// is longer (bcrypt: 72 bytes), for the rest is not known to be right.
    pub renew: bool,
}

impl From<carekey::password::Verified> for Verified {
    fn from(it: carekey::password::Verified) -> Self {
        Self { matches: it.matches, renew: it.renew }
    }
}

/// A decision as it is kept, so that it is asked once. It never overrules an
/// identifier or a contact that agrees, and waits while its party is not there.
/// Once the other person is made, `Same` with the new party is what holds: keep
/// that in place of `Another`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WhoDecision {
    /// Which rows it is about: 64 hexadecimal digits.
    pub said: String,
    /// What was decided.
    pub who: Who,
}

impl From<carekey::roster::WhoDecision> for WhoDecision {
    fn from(it: carekey::roster::WhoDecision) -> Self {
        Self { said: it.said, who: it.who.into() }
    }
}

impl From<WhoDecision> for carekey::roster::WhoDecision {
    fn from(it: WhoDecision) -> Self {
        Self { said: it.said, who: it.who.into() }
    }
}

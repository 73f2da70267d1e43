//! Rosters (B): read from a file, a table, or rows of one's own.

use core::fmt;
use std::collections::HashSet;
use std::sync::Arc;

use carekey::password::ImportedHash;
use carekey::username::Usernames;
use carekey::{AccountId, PartyId, roster};

use super::preview::{Preview, WhoDecision};
use crate::error::CarekeyError;
use crate::finding::{Finding, findings};
use crate::name::PersonName;
use crate::policy::Policy;
use crate::username::in_use;
use crate::words::{ContactMethod, Language, Role};

/// One person or organization of a roster. What is left out says nothing: it
/// never takes away what the agency knows. It prints as its line.
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
    /// The password hash that another system had for them: a secret.
    #[uniffi(default)]
    pub password_hash: Option<String>,
    /// A free note.
    #[uniffi(default)]
    pub note: Option<String>,
    /// What the file says of an account. Information only: what counts is
    /// what the agency knows.
    #[uniffi(default)]
    pub already_created: Option<bool>,
    /// What was found when it was read.
    #[uniffi(default)]
    pub findings: Vec<Finding>,
}

impl fmt::Debug for RosterRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RosterRow(line {})", self.line)
    }
}

/// What the agency knows of a party: enough to know it again and to see what
/// a roster would change.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct KnownParty {
    /// The party.
    pub party: PartyId,
    /// Its login, where it has one.
    #[uniffi(default)]
    pub account: Option<AccountId>,
    /// Whether its login is active: its user has come. A contact that the
    /// office corrects is then confirmed by its user first.
    #[uniffi(default)]
    pub active: bool,
    /// Whether its login was made for another party, and this one was linked
    /// to it: what the office writes of this one changes nothing in it.
    #[uniffi(default)]
    pub joined: bool,
    /// Whether an invitation was sent to it, from which its login comes.
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
    /// The usernames that its login had before, in canonical form.
    #[uniffi(default)]
    pub own_names: Vec<String>,
    /// What the office wrote down, in canonical form.
    #[uniffi(default)]
    pub email_canonical: Option<String>,
    /// What the office wrote down, in E.164.
    #[uniffi(default)]
    pub phone_e164: Option<String>,
    /// The e-mail address of its login, in canonical form.
    #[uniffi(default)]
    pub account_email: Option<String>,
    /// The phone number of its login, in E.164.
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

/// A roster as it was read: people and organizations, in the order of the
/// file.
#[derive(Debug, uniffi::Object)]
pub struct Roster(roster::Roster);

#[uniffi::export]
impl Roster {
    /// Reads a CSV file: UTF-8, UTF-16 with a byte order mark, or
    /// Windows-1252; commas, semicolons or tabs; titles in any order, any case,
    /// English or Spanish. Needed are a role and a name. A row that cannot be
    /// used is kept, with its findings.
    ///
    /// Throws `Invalid` where nothing can be made of the file:
    /// `roster.too_large`, `roster.encoding`, `roster.empty`,
    /// `roster.malformed`, `roster.too_many_columns`, `roster.row_too_long`, or
    /// with the findings `roster.column_missing` and `roster.column_repeated`.
    #[uniffi::constructor]
    pub fn new(csv: Vec<u8>) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(roster::Roster::from_csv(csv.as_slice())?)))
    }

    /// Reads a table: a title for each column, and rows of cells, blank where
    /// there is nothing. Rows count from 1. Throws as `Roster(csv)` does.
    #[uniffi::constructor]
    pub fn from_table(titles: Vec<String>, rows: Vec<Vec<String>>) -> Result<Arc<Self>, CarekeyError> {
        Ok(Arc::new(Self(roster::Roster::from_table(titles, rows)?)))
    }

    /// A roster of one's own rows, which are read like those of a file. Lines
    /// that rise from row to row are kept; otherwise rows count from 1.
    #[uniffi::constructor]
    pub fn from_rows(rows: Vec<RosterRow>) -> Arc<Self> {
        Arc::new(Self(roster::Roster::from_rows(rows.into_iter().map(roster::RosterRow::from).collect())))
    }

    /// The rows in the order of the file, blank lines left out.
    pub fn rows(&self) -> Vec<RosterRow> {
        self.0.rows().iter().cloned().map(RosterRow::from).collect()
    }

    /// What there is to say about the file itself: columns that were passed
    /// over.
    pub fn findings(&self) -> Vec<Finding> {
        findings(self.0.findings().iter().cloned())
    }

    /// Holds every row against what the agency knows and the usernames in use,
    /// and against each other: the earlier row wins. Nothing is written.
    ///
    /// `taken` has every username in canonical form that the agency uses or
    /// once used, those of `known` included, and `retired` those of people who
    /// were deleted; `prefix` and `country` are the agency's. `decisions` are
    /// those on who rows are about that were kept from earlier previews.
    ///
    /// Throws `Invalid` with the findings `policy.pattern`, `agency.prefix` and
    /// `agency.country`.
    #[uniffi::method(default(retired = [], decisions = []))]
    #[allow(clippy::too_many_arguments, reason = "both languages call them by name")]
    pub fn preview(
        &self,
        known: Vec<KnownParty>,
        taken: Vec<String>,
        prefix: &str,
        country: &str,
        policy: &Policy,
        retired: Vec<String>,
        decisions: Vec<WhoDecision>,
    ) -> Result<Arc<Preview>, CarekeyError> {
        let known: Vec<roster::Known> = known.into_iter().map(roster::Known::from).collect();
        let decisions: Vec<roster::WhoDecision> = decisions.into_iter().map(roster::WhoDecision::from).collect();
        let usernames = Usernames::new(&policy.0.username, prefix, country, in_use(&taken, &retired))?;
        Ok(Preview::new(self.0.clone().preview(&known, &decisions, usernames, &policy.0, country)))
    }
}

impl From<RosterRow> for roster::RosterRow {
    fn from(row: RosterRow) -> Self {
        Self {
            line: row.line,
            role: row.role.map(Into::into),
            name: row.name.into(),
            organization: row.organization,
            username: row.username,
            email: row.email,
            phone: row.phone,
            preferred: row.preferred.map(Into::into),
            locale: row.language.map(Into::into),
            external_id: row.external_id,
            password_hash: row.password_hash.map(ImportedHash::from),
            note: row.note,
            already_created: row.already_created,
            // They are found anew.
            findings: Vec::new(),
        }
    }
}

impl From<roster::RosterRow> for RosterRow {
    fn from(row: roster::RosterRow) -> Self {
        Self {
            line: row.line,
            role: row.role.map(Into::into),
            name: row.name.into(),
            organization: row.organization,
            username: row.username,
            email: row.email,
            phone: row.phone,
            preferred: row.preferred.map(Into::into),
            language: row.locale.map(Into::into),
            external_id: row.external_id,
            password_hash: row.password_hash.map(|hash| hash.reveal().to_owned()),
            note: row.note,
            already_created: row.already_created,
            findings: findings(row.findings),
        }
    }
}

impl From<KnownParty> for roster::Known {
    fn from(known: KnownParty) -> Self {
        Self {
            party: known.party,
            account: known.account,
            active: known.active,
            joined: known.joined,
            unrecorded: false,
            invited: known.invited,
            external_id: known.external_id,
            name_key: known.name_key,
            display_name: known.display_name,
            nickname: known.nickname,
            roles: known.roles.into_iter().map(Into::into).collect(),
            username_canonical: known.username_canonical,
            own_names: known.own_names,
            email_canonical: known.email_canonical,
            phone_e164: known.phone_e164,
            account_email: known.account_email,
            account_phone: known.account_phone,
            preferred: known.preferred.map(Into::into),
            locale: known.language.map(Into::into),
            note: known.note,
        }
    }
}

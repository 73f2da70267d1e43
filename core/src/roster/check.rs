//! What there is to say of each row: what would be done, or why not.

use serde::{Deserialize, Serialize};

use super::RosterRow;
use super::known::{Known, is_contact};
use super::who::WhoDecision;
use crate::finding::{Code, Finding};
use crate::id::{AccountId, PartyId};
use crate::name::PersonName;
use crate::policy::{Policy, UsernameScheme};
use crate::text_enum::text_enum;
use crate::username::{Email, NameRequest, NameVerdict, Phone, canonical};

text_enum! {
    /// What `create` would do with a row that passes.
    pub enum RowAction {
        /// Make an account, and the party where the agency does not know it.
        Create = "create",
        /// Change what the row says otherwise.
        Update = "update",
        /// Nothing: the agency knows all of it already.
        Unchanged = "unchanged",
    }
}

text_enum! {
    /// Where a row stands (U4, U5).
    pub enum RowState {
        /// `create` takes it.
        Pass = "pass",
        /// Someone has to decide: on the suggestions, where only the username
        /// fails, or on who it is about (C4).
        Waiting = "waiting",
        /// It fails; the findings say why.
        Fail = "fail",
    }
}

/// One thing that a row says otherwise than the agency knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `name`, `nickname`, `roles`, `username`, `email`, `phone`,
    /// `preferred`, `language`, `external_id` or `note`: a list of changes is
    /// in this order.
    pub field: String,
    /// As the agency knows it.
    pub before: Option<String>,
    /// As the row says it.
    pub after: Option<String>,
}

/// A row and its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCheck {
    /// The row.
    pub row: RosterRow,
    /// What would be done if it passes.
    pub action: RowAction,
    /// Whom it is about, where the agency knows them.
    pub party: Option<PartyId>,
    /// The login that the person has already, made before their record (A2):
    /// the record is added, and the login linked to it (`roster.login_found`).
    pub(crate) login: Option<AccountId>,
    /// Whom it may be about, where that waits for a decision (C4): the first
    /// ten. It is neither a new person nor an update until then. Of a login
    /// that was made before its record it is the login's identifier.
    pub maybe: Vec<PartyId>,
    /// The decision by which it is about whom it is about.
    pub decision: Option<WhoDecision>,
    /// The earlier line about the same person in another role: this row adds
    /// its role to that person and says nothing else.
    pub same_as: Option<u64>,
    /// Whether the person has an account already (A5).
    pub has_account: bool,
    /// Whether the person is to share the login of whoever has their e-mail
    /// address ([`Preview::share`](super::Preview::share)).
    pub(crate) shares: bool,
    /// The username, as it is shown, where the row passes.
    pub username: Option<String>,
    /// The username in canonical form (U6).
    pub canonical: Option<String>,
    /// The row's e-mail address, where it is one.
    pub email: Option<Email>,
    /// The row's phone number, where it is one.
    pub phone: Option<Phone>,
    /// All there is to say: first what was found when the row was read, then
    /// whom it is about, then username, e-mail and phone, then what there is
    /// to send to.
    pub findings: Vec<Finding>,
    /// Usernames that are free, the best first (U5).
    pub suggestions: Vec<String>,
    /// What it would change.
    pub changes: Vec<Change>,
    /// What a username for it is held against.
    pub(super) asked: Asked,
    /// What a decision on who it is about is kept under.
    pub(super) said: Option<String>,
}

impl RowCheck {
    /// Whether it passes, waits for a decision, or fails.
    pub fn state(&self) -> RowState {
        let by_name = |finding: &Finding| finding.field == "username" && !self.suggestions.is_empty();
        let mut errors = self.findings.iter().filter(|finding| finding.is_error()).peekable();
        if errors.peek().is_none() {
            return RowState::Pass;
        }
        let asks = |finding: &Finding| matches!(finding.code, Code::RosterMaybeSame | Code::RosterReturned);
        let undecided = self.findings.iter().any(asks);
        let decidable = errors.all(|finding| match undecided {
            true => asks(finding),
            false => by_name(finding),
        });
        if decidable { RowState::Waiting } else { RowState::Fail }
    }

    /// Whether `create` takes it.
    pub fn passes(&self) -> bool {
        self.state() == RowState::Pass
    }

    /// The identifier that the party gets by it, if any: none where the one
    /// that the party has stays (`roster.id_kept`).
    pub(crate) fn external_id(&self) -> Option<&str> {
        let kept = self.findings.iter().any(|finding| finding.code == Code::RosterIdKept);
        self.row.external_id.as_deref().filter(|_| !kept)
    }

    /// Whether nothing is wrong but that another login has the e-mail address.
    pub(super) fn may_share(&self) -> bool {
        let mut errors = self.findings.iter().filter(|finding| finding.is_error()).peekable();
        let taken = |finding: &Finding| matches!(finding.code, Code::UsernameTaken | Code::UsernameTakenInRoster);
        let by_email = self.asked.scheme == Some(UsernameScheme::Email) && self.row.username.is_none();
        errors.peek().is_some() && errors.all(taken) && by_email && !self.has_account && self.login.is_none()
    }

    /// Lets it pass without a username of its own.
    pub(super) fn share(&mut self) {
        self.findings.retain(|finding| !finding.is_error() && finding.code != Code::RosterMayShare);
        self.suggestions.clear();
        self.shares = true;
    }

    /// Under what a decision on who it is about is kept, where there is one to take.
    pub(super) fn undecided(&self) -> Option<&str> {
        let open = !self.maybe.is_empty() || self.decision.is_some();
        self.said.as_deref().filter(|_| open)
    }
}

/// What the agency knows of the person of a row, where the row is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    scheme: Option<UsernameScheme>,
    own: Option<String>,
    earlier: Vec<String>,
    /// Whether the own name stays whatever is asked: it is the contact of an
    /// active login, and follows when its user confirms another (C1).
    held: bool,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

impl Asked {
    /// Of a row, of which this is the phone that is used.
    pub(super) fn of(
        row: &RosterRow,
        phone: Option<&str>,
        known: Option<&Known>,
        policy: &Policy,
        country: &str,
    ) -> Self {
        let from = |read: fn(&Known) -> &Option<String>| known.and_then(|known| read(known).clone());
        let scheme = row.role.map(|role| policy.username.scheme(role));
        let own = from(|known| &known.username_canonical);
        let active = known.is_some_and(|known| known.account.is_some() && known.active);
        let held = active && scheme != Some(UsernameScheme::Staff) && own.as_deref().is_some_and(is_contact);
        // Who types the name that stays asks for no other.
        let stays = |typed: &String| held && own.as_deref() == Some(canonical(typed, country).as_str());
        Self {
            scheme,
            earlier: known.map(|known| known.own_names.clone()).unwrap_or_default(),
            held,
            username: row.username.clone().filter(|typed| !stays(typed)),
            email: row.email.clone().or_else(|| from(|known| &known.email_canonical)),
            phone: phone.map(str::to_owned).or_else(|| from(|known| &known.phone_e164)),
            own,
        }
    }

    /// The username that they have.
    pub(super) fn own(&self) -> Option<&str> {
        self.own.as_deref()
    }

    /// The username that a row has whose verdict is good: as it is shown, and
    /// in canonical form.
    pub(super) fn granted(&self, verdict: &NameVerdict) -> (Option<String>, Option<String>) {
        match self.held {
            true => (self.own.clone(), self.own.clone()),
            false => (verdict.username.clone(), verdict.canonical.clone()),
        }
    }

    pub(super) fn has_contact(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }

    /// What the rules of usernames are asked; nothing without a role.
    pub(super) fn request<'a>(&'a self, row: &'a RosterRow, name: &'a PersonName) -> Option<NameRequest<'a>> {
        Some(NameRequest {
            line: row.line,
            scheme: self.scheme?,
            name,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            own: self.own.as_deref(),
            earlier: &self.earlier,
        })
    }
}

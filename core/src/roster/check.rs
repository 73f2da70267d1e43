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
use crate::username::{Email, NameRequest, Phone, canonical};

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
    /// The best username that is free, where the row fails by its own: it is
    /// kept back for the row (U5). [`Preview::suggestions`](super::Preview::suggestions)
    /// has further ones.
    pub suggestion: Option<String>,
    /// What it would change.
    pub changes: Vec<Change>,
    /// What a username for it is held against.
    pub(super) asked: Asked,
    /// What a decision on who it is about is kept under.
    pub(super) said: Option<String>,
    /// The row as it was read, where it says by now what is known of the one into whom
    /// its person was merged (A6).
    pub(super) read: Option<Box<RosterRow>>,
}

impl RowCheck {
    /// The row as it was read: what tells whom it is about, each time that it is asked.
    #[cfg(any(feature = "engine", test))]
    pub(crate) fn as_read(&self) -> &RosterRow {
        self.read.as_deref().unwrap_or(&self.row)
    }

    /// Whether it passes, waits for a decision, or fails.
    pub fn state(&self) -> RowState {
        let by_name = |finding: &Finding| finding.field == "username" && self.suggestion.is_some();
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
        self.suggestion = None;
        self.shares = true;
    }

    /// Under what a decision on who it is about is kept, where there is one to take.
    pub(super) fn undecided(&self) -> Option<&str> {
        let open = !self.maybe.is_empty() || self.decision.is_some();
        self.said.as_deref().filter(|_| open)
    }
}

/// What a username for a row is asked by, beside the row itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) scheme: Option<UsernameScheme>,
    /// Whether the own name stays whatever is asked: it is the contact of an
    /// active login, and follows when its user confirms another (C1).
    held: bool,
    /// Whether the username that was typed is the one that stays: who types it
    /// asks for no other.
    stays: bool,
    /// Whether the phone of the row is left out.
    without_phone: bool,
    /// What the agency knows of the person.
    on_file: Option<Box<OnFile>>,
}

/// What the agency knows of the person of a row: their names, and what stands in
/// for what the row does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct OnFile {
    own: Option<String>,
    earlier: Vec<String>,
    email: Option<String>,
    phone: Option<String>,
}

impl Asked {
    /// Of a row, whose phone may be left out.
    pub(super) fn of(
        row: &RosterRow,
        without_phone: bool,
        known: Option<&Known>,
        policy: &Policy,
        country: &str,
    ) -> Self {
        let scheme = row.role.map(|role| policy.username.scheme(role));
        let own = known.and_then(|known| known.username_canonical.as_deref());
        let active = known.is_some_and(|known| known.account.is_some() && known.active);
        let held = active && scheme != Some(UsernameScheme::Staff) && own.is_some_and(is_contact);
        let typed = row.username.as_deref();
        let stays = held && typed.is_some_and(|typed| own == Some(canonical(typed, country).as_str()));
        let on_file = known.map(|known| {
            Box::new(OnFile {
                own: known.username_canonical.clone(),
                earlier: known.own_names.clone(),
                email: known.email_canonical.clone(),
                phone: known.phone_e164.clone(),
            })
        });
        Self { scheme, held, stays, without_phone, on_file }
    }

    /// The username that they have.
    pub(super) fn own(&self) -> Option<&str> {
        self.on_file.as_deref()?.own.as_deref()
    }

    /// The username that a row has to which this one is granted: as it is shown,
    /// and in canonical form.
    pub(super) fn granted(&self, name: (String, String)) -> (Option<String>, Option<String>) {
        match self.held {
            true => (self.own().map(str::to_owned), self.own().map(str::to_owned)),
            false => (Some(name.0), Some(name.1)),
        }
    }

    /// Whether the row itself says the e-mail address, and the phone number.
    pub(super) fn says(&self, row: &RosterRow) -> (bool, bool) {
        (row.email.is_some(), row.phone.is_some() && !self.without_phone)
    }

    /// The e-mail address and the phone number: the row's, or those on file.
    fn contacts<'a>(&'a self, row: &'a RosterRow) -> [Option<&'a str>; 2] {
        let on_file = self.on_file.as_deref();
        let phone = row.phone.as_deref().filter(|_| self.says(row).1);
        [row.email.as_deref().or_else(|| on_file?.email.as_deref()), phone.or_else(|| on_file?.phone.as_deref())]
    }

    pub(super) fn has_contact(&self, row: &RosterRow) -> bool {
        self.contacts(row).iter().any(Option::is_some)
    }

    /// What the rules of usernames are asked; nothing without a role.
    pub(super) fn request<'a>(&'a self, row: &'a RosterRow, name: &'a PersonName) -> Option<NameRequest<'a>> {
        let [email, phone] = self.contacts(row);
        Some(NameRequest {
            line: row.line,
            scheme: self.scheme?,
            name,
            username: row.username.as_deref().filter(|_| !self.stays),
            email,
            phone,
            own: self.own(),
            earlier: self.on_file.as_deref().map_or(&[], |on_file| &on_file.earlier),
        })
    }
}

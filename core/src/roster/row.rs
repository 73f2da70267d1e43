//! One row of a roster: what its cells say.

use csv::StringRecord;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::columns::{Column, Layout};
use super::{formula, words};
use crate::finding::{Code, Finding, Locale};
use crate::name::PersonName;
#[cfg(feature = "engine")]
use crate::password::cost_class;
use crate::password::{HashKind, ImportedHash, check_hash};
#[cfg(feature = "engine")]
use crate::policy::HashingLimits;
use crate::words::{Method, PartyKind, Role};

/// The most characters of a name and of an organization's name.
const NAME_LIMIT: usize = 200;
/// The most characters of a username, an e-mail address or a phone number
/// that are looked at; their own rules allow fewer.
const CONTACT_LIMIT: usize = 1000;
/// The most characters of an identifier.
const ID_LIMIT: usize = 100;
/// What stands where there is no identifier.
const PLACEHOLDERS: &[&str] = &["n/a", "na", "null", "(null)", "none", "nil", "nan", "0", "-", "--", "–", "—"];
/// The most characters of a free note on an account, whichever way it comes.
pub(crate) const NOTE_LIMIT: usize = 2000;

/// One person or organization of a roster. A blank says nothing: it never
/// takes away what the agency knows.
///
/// ```
/// use carekey::name::PersonName;
/// use carekey::roster::{Roster, RosterRow};
/// use carekey::Role;
///
/// let roster = Roster::from_rows(vec![RosterRow {
///     role: Some(Role::Caregiver),
///     name: PersonName::parse("Taming, Sue").into_result()?,
///     email: Some("sue.taming@example.com".to_owned()),
///     ..RosterRow::default()
/// }]);
/// assert_eq!(roster.rows()[0].line, 1);
/// assert_eq!(roster.rows()[0].display(), "Sue Taming");
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RosterRow {
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// What the party is to the agency.
    pub role: Option<Role>,
    /// The person's name; empty for an organization.
    pub name: PersonName,
    /// The organization's name, or the one that the person belongs to.
    pub organization: Option<String>,
    /// As it was typed.
    pub username: Option<String>,
    /// As it was typed.
    pub email: Option<String>,
    /// As it was typed.
    pub phone: Option<String>,
    /// How they want to be written to.
    pub preferred: Option<Method>,
    /// The language of their messages.
    pub locale: Option<Locale>,
    /// How the host knows them.
    pub external_id: Option<String>,
    /// The password hash that another system had for them (P7). It is taken
    /// over with a new account, and renewed when they first sign in. What says
    /// that there is no password is none (`hash.unusable`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<ImportedHash>,
    /// A free note.
    pub note: Option<String>,
    /// What the file says of an account. Information only: what counts is
    /// what the agency knows.
    pub already_created: Option<bool>,
    /// What was found when it was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl RosterRow {
    /// An organization is a row with the name of one and no person's.
    pub fn kind(&self) -> PartyKind {
        let person = self.name != PersonName::default();
        if person || self.organization.is_none() { PartyKind::Person } else { PartyKind::Organization }
    }

    /// How a list shows it.
    pub fn display(&self) -> String {
        self.party_name().display()
    }

    /// The person's name, or that of the organization as a last name: what
    /// [`Known::name_key`](super::Known::name_key) is the key of.
    pub fn party_name(&self) -> PersonName {
        match self.kind() {
            PartyKind::Person => self.name.clone(),
            PartyKind::Organization => PersonName { last: self.organization.clone(), ..PersonName::default() },
        }
    }

    /// Reads the texts of a row that the caller made.
    pub(super) fn read_again(mut self) -> Self {
        self.findings.clear();
        if self.role.is_none() {
            self.findings.push(Finding::new(Code::RosterRoleMissing, "role"));
        }
        self.read_parts();
        self.read_texts();
        self
    }

    /// Reads the parts of a name that came apart.
    fn read_parts(&mut self) {
        let PersonName { first, middle, last, nickname } = core::mem::take(&mut self.name);
        let found = &mut self.findings;
        self.name = PersonName {
            first: text(first, "name", NAME_LIMIT, found),
            middle: text(middle, "name", NAME_LIMIT, found),
            last: text(last, "name", NAME_LIMIT, found),
            nickname: text(nickname, "name", NAME_LIMIT, found),
        };
        let PersonName { first, middle, last, nickname } = &mut self.name;
        let parts = [first, middle, last, nickname];
        if parts.iter().any(|part| part.as_deref().is_some_and(formula::runs)) {
            found.push(Finding::new(Code::RosterFormula, "name"));
        }
        let [first, _, last, nickname] = parts;
        if last.is_none() {
            // Who has one name has it as the last.
            *last = first.take().or_else(|| nickname.take());
        }
    }

    /// Reads all texts but the name.
    fn read_texts(&mut self) {
        let found = &mut self.findings;
        let nameless = self.name == PersonName::default() && !found.iter().any(|finding| finding.field == "name");
        if nameless && self.organization.as_deref().is_none_or(|name| name.trim().is_empty()) {
            found.push(Finding::new(Code::NameMissing, "name"));
        }
        self.organization = text(self.organization.take(), "organization", NAME_LIMIT, found);
        refuse_formula(self.organization.as_deref(), "organization", found);
        for (text, field) in [(&mut self.username, "username"), (&mut self.email, "email"), (&mut self.phone, "phone")]
        {
            *text = bounded(text.take(), field, CONTACT_LIMIT, found);
        }
        refuse_formula(self.username.as_deref(), "username", found);
        self.external_id = text(self.external_id.take(), "external_id", ID_LIMIT, found);
        if self.external_id.as_deref().is_some_and(|id| !is_identifier(id)) {
            let unusable = self.external_id.take().filter(|id| is_error_value(id) || is_exponent(id));
            found.extend(unusable.map(|id| Finding::new(Code::RosterIdUnusable, "external_id").with("id", id)));
        }
        if let Some(hash) = &self.password_hash {
            let checked = check_hash(hash.reveal());
            found.extend(checked.findings);
            if checked.value == Some(HashKind::Unusable) {
                self.password_hash = None;
            }
        }
        self.note = lines(self.note.take(), "note", NOTE_LIMIT, found);
    }

    /// Says once of a hash that it costs more than the operator allows.
    #[cfg(feature = "engine")]
    pub(super) fn refuse_dear(&mut self, limits: &HashingLimits) {
        let class = self.password_hash.as_ref().and_then(|hash| cost_class(hash.reveal()).ok());
        let Some(class) = class.filter(|class| !class.is_affordable(limits)) else { return };
        if self.findings.iter().all(|finding| finding.code != Code::HashOverLimit) {
            self.findings.push(Finding::new(Code::HashOverLimit, "password_hash").with("class", class.to_string()));
        }
    }
}

/// Reads the cells of a row.
pub(super) fn from_cells(line: u64, cells: &StringRecord, layout: &Layout, expected: usize) -> RosterRow {
    let cell = |column| layout.cell(cells, column);
    let own = |column| cell(column).map(str::to_owned);
    let mut row = RosterRow {
        line,
        organization: own(Column::Organization),
        username: own(Column::Username),
        email: own(Column::Email),
        phone: own(Column::Phone),
        external_id: own(Column::ExternalId),
        password_hash: own(Column::PasswordHash).map(ImportedHash::from),
        note: own(Column::Note),
        already_created: cell(Column::AlreadyCreated).and_then(words::yes_or_no),
        ..RosterRow::default()
    };
    if cells.len() != expected {
        let ragged = Finding::new(Code::RosterRowRagged, "row").with("expected", expected).with("found", cells.len());
        row.findings.push(ragged);
    }
    match cell(Column::Role) {
        None => row.findings.push(Finding::new(Code::RosterRoleMissing, "role")),
        Some(text) => {
            row.role = words::role(text);
            if row.role.is_none() {
                row.findings.push(Finding::new(Code::RosterRoleUnknown, "role").with("role", words::short(text)));
            }
        }
    }
    let parts = PersonName {
        first: own(Column::First),
        middle: own(Column::Middle),
        last: own(Column::Last),
        nickname: own(Column::Nickname),
    };
    match cell(Column::Name) {
        Some(name) if parts.first.is_none() && parts.last.is_none() => {
            row.read_name(name);
            row.name.nickname = parts.nickname.or(row.name.nickname.take());
        }
        _ => {
            row.name = parts;
            row.read_parts();
        }
    }
    let mut found = Vec::new();
    row.preferred = word(cell(Column::Preferred), words::method, &mut found, |text| {
        Finding::new(Code::RosterMethodUnknown, "preferred").with("method", text)
    });
    row.locale = word(cell(Column::Language), words::language, &mut found, |text| {
        Finding::new(Code::RosterLanguageUnknown, "language").with("language", text)
    });
    row.read_texts();
    row.findings.append(&mut found);
    row
}

impl RosterRow {
    /// Reads a name of one cell: of an organization, where the role says so
    /// (a payer is one unless the name is written `Last, First`), and of a
    /// person otherwise.
    fn read_name(&mut self, name: &str) {
        let organization = match self.role {
            Some(Role::Organization | Role::Community) => true,
            Some(Role::Payer) => !name.contains(','),
            Some(
                Role::Client
                | Role::Caregiver
                | Role::OfficeStaff
                | Role::HumanResources
                | Role::Contact
                | Role::EmergencyContact
                | Role::Family
                | Role::Employer
                | Role::Participant,
            )
            | None => false,
        };
        if organization && self.organization.is_none() {
            self.organization = Some(name.to_owned());
            return;
        }
        let mut read = PersonName::parse(name);
        self.name = read.value.unwrap_or_default();
        self.findings.append(&mut read.findings);
        refuse_formula(Some(name), "name", &mut self.findings);
    }
}

/// Whether an identifier tells anyone apart (C4): not what systems write where
/// there is none, nor what a spreadsheet made of one.
pub(super) fn is_identifier(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    !(text.is_empty() || PLACEHOLDERS.contains(&text.as_str()) || is_error_value(&text) || is_exponent(&text))
}

/// An error of a spreadsheet: `#N/A`, `#REF!`.
fn is_error_value(text: &str) -> bool {
    text.starts_with('#') && (text.ends_with(['!', '?']) || text.eq_ignore_ascii_case("#n/a"))
}

/// A number that a spreadsheet shortened: `1.23E+05`. Its digits are lost.
fn is_exponent(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(['e', 'E']).is_some_and(|(number, power)| {
        let mut parts = number.splitn(2, ['.', ',']);
        parts.all(digits) && power.strip_prefix(['+', '-']).is_some_and(digits)
    })
}

/// The meaning of a word, or the finding that it has none.
fn word<T>(
    cell: Option<&str>,
    read: fn(&str) -> Option<T>,
    found: &mut Vec<Finding>,
    unknown: fn(String) -> Finding,
) -> Option<T> {
    let cell = cell?;
    let meaning = read(cell);
    if meaning.is_none() {
        found.push(unknown(words::short(cell)));
    }
    meaning
}

fn refuse_formula(text: Option<&str>, field: &str, found: &mut Vec<Finding>) {
    if text.is_some_and(formula::runs) {
        found.push(Finding::new(Code::RosterFormula, field));
    }
}

/// A text of one line: NFC, blanks folded, of a bounded length.
fn text(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    let folded = raw?.split_whitespace().collect::<Vec<_>>().join(" ");
    lines(Some(folded), field, limit, found)
}

/// A text that may have several lines. What may not be kept is left out.
fn lines(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    let control = raw
        .as_deref()
        .is_some_and(|text| text.trim().chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')));
    let text = bounded(raw.map(|text| text.nfc().collect()), field, limit, found);
    if control {
        found.push(Finding::new(Code::TextControlCharacter, field));
        return None;
    }
    text
}

/// A text without blanks around it, if it is not too long.
fn bounded(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    let text = raw?.trim().to_owned();
    let length = text.chars().count();
    if length > limit {
        found.push(Finding::new(Code::TextTooLong, field).with("limit", limit).with("length", length));
        return None;
    }
    (!text.is_empty()).then_some(text)
}

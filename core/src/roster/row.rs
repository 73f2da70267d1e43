//! One row of a roster: what its cells say.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::cell::is_error_value;
use super::columns::{Column, Layout};
use super::header::Line;
use super::reading::{DateOrder, Reading};
use super::{cell, formula, garbled, status, words};
use crate::finding::{Code, Finding, Locale};
use crate::name::{PersonName, is_suffix};
#[cfg(feature = "engine")]
use crate::password::cost_class;
use crate::password::{HashKind, ImportedHash, check_hash};
#[cfg(feature = "engine")]
use crate::policy::HashingLimits;
use crate::words::{Method, PartyKind, Role};

/// The most characters of a name and of an organization's name.
pub(crate) const NAME_LIMIT: usize = 200;
/// The most characters of a username, an e-mail address or a phone number
/// that are looked at; their own rules allow fewer.
const CONTACT_LIMIT: usize = 1000;
/// The most characters of an identifier.
pub(crate) const ID_LIMIT: usize = 100;
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
        self.called().display()
    }

    /// The person's name, or that of the organization as a last name: what
    /// [`Known::name_key`](super::Known::name_key) is the key of.
    pub fn party_name(&self) -> PersonName {
        self.called().into_owned()
    }

    /// The same, where it need not be kept.
    pub(super) fn called(&self) -> Cow<'_, PersonName> {
        match self.kind() {
            PartyKind::Person => Cow::Borrowed(&self.name),
            PartyKind::Organization => {
                Cow::Owned(PersonName { last: self.organization.clone(), ..PersonName::default() })
            }
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
            first: name_part(first, found),
            middle: middle_part(middle, found),
            last: name_part(last, found),
            nickname: cell_text(nickname, "name", NAME_LIMIT, found),
        };
        let (mut name, mut aside) = core::mem::take(&mut self.name).tidied();
        found.append(&mut aside);
        // Who has one name has it as the last.
        while name.last.is_none() {
            let Some(only) = name.first.take().or_else(|| name.nickname.take()) else { break };
            name.last = Some(only);
            (name, aside) = name.tidied();
            found.append(&mut aside);
        }
        let parts = [&name.first, &name.middle, &name.last, &name.nickname];
        if parts.into_iter().any(|part| part.as_deref().is_some_and(formula::runs)) {
            found.push(Finding::new(Code::RosterFormula, "name"));
        }
        self.name = name;
    }

    /// Reads all texts but the name.
    fn read_texts(&mut self) {
        let found = &mut self.findings;
        let nameless = self.name == PersonName::default()
            && !found.iter().any(|finding| finding.field == "name" && finding.is_error());
        if nameless && self.organization.as_deref().is_none_or(|name| name.trim().is_empty()) {
            found.push(Finding::new(Code::NameMissing, "name"));
        }
        self.organization = cell_text(self.organization.take(), "organization", NAME_LIMIT, found);
        refuse_formula(self.organization.as_deref(), "organization", found);
        self.username = bounded(cell(self.username.take(), "username", found), "username", CONTACT_LIMIT, found);
        self.email = contact(self.email.take(), "email", found);
        self.phone = contact(self.phone.take(), "phone", found);
        refuse_formula(self.username.as_deref(), "username", found);
        let id = identifier(self.external_id.take(), "external_id", found);
        self.external_id = text(id, "external_id", ID_LIMIT, found);
        if let Some(hash) = &self.password_hash {
            let checked = check_hash(hash.reveal());
            // A word for nothing is no password, and no hash of one (P7).
            let nothing = checked.value.is_none() && cell::says_nothing(hash.reveal().trim());
            if nothing {
                let text = words::short(hash.reveal());
                found.push(Finding::new(Code::RosterPlaceholder, "password_hash").with("text", text));
            } else {
                found.extend(checked.findings);
            }
            if nothing || checked.value == Some(HashKind::Unusable) {
                self.password_hash = None;
            }
        }
        let note = self.note.take().map(|note| note.replace(['\u{b}', '\u{c}'], "\n"));
        let note = note.map(|note| cell::read(&note, "note", found));
        let note = note.filter(|note| {
            let lost = is_error_value(note) || ["\\N", "NULL", "(null)"].contains(&note.as_str());
            found.extend(lost.then(|| Finding::new(Code::RosterPlaceholder, "note").with("text", words::short(note))));
            !lost
        });
        self.note = lines(note, "note", NOTE_LIMIT, found);
    }

    /// Says of its days of leaving what they say `today`.
    #[cfg(feature = "engine")]
    pub(super) fn say_on(&mut self, today: time::Date) {
        self.findings.iter_mut().for_each(|finding| status::on(finding, today));
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

/// Reads the cells of a row. One whose line was `cut` in two is no row.
pub(super) fn from_cells(
    line: &Line,
    layout: &Layout,
    expected: usize,
    cut: bool,
    (reading, order): (&Reading, Option<DateOrder>),
) -> RosterRow {
    let Line { line, record: cells, role: section } = line;
    let cell = |column| layout.cell(cells, column);
    let own = |column| cell(column).map(str::to_owned);
    let [email, phone] = [Column::Email, Column::Phone].map(|column| usable(layout, cells, column));
    let mut row = RosterRow {
        line: *line,
        organization: own(Column::Organization),
        username: own(Column::Username),
        email: email.map(str::to_owned),
        phone: phone.map(str::to_owned),
        external_id: own(Column::ExternalId),
        password_hash: own(Column::PasswordHash).map(ImportedHash::from),
        note: own(Column::Note),
        ..RosterRow::default()
    };
    row.findings.extend(misfit(cells, expected, cut));
    let role = cell(Column::Role);
    // A position says what somebody does; under a heading the heading is the role.
    let role = role.filter(|role| !(layout.by_position && section.is_some() && words::role(role).is_none()));
    row.read_role(role, section.or(layout.role));
    let parts = PersonName {
        first: own(Column::First),
        middle: own(Column::Middle),
        last: match (cell(Column::Last), cell(Column::SecondLast)) {
            (Some(last), Some(second)) => Some(format!("{last} {second}")),
            (last, second) => last.or(second).map(str::to_owned),
        },
        nickname: own(Column::Nickname),
    };
    match cell(Column::Name) {
        Some(name) if parts.first.is_none() || cell(Column::Last).is_none() => {
            let second = own(Column::SecondLast).filter(|_| cell(Column::Last).is_none());
            let parts = PersonName { last: parts.last.filter(|_| second.is_none()), ..parts };
            row.read_beside(name, layout.last_first, parts, second);
        }
        whole => {
            row.name = parts;
            row.read_parts();
            // The same name again says nothing more; anything else is said.
            let shown = words::folded(&row.display());
            let other = whole.filter(|whole| {
                let words = whole.split([' ', ',']).map(words::folded);
                !words.filter(|word| !word.is_empty()).all(|word| shown.contains(&word))
            });
            row.findings.extend(other.map(|whole| set_aside("name", whole)));
        }
    }
    for suffix in cell(Column::Suffix).into_iter().flat_map(|cell| cell.split(',')).map(str::trim) {
        match row.name.last.as_mut() {
            Some(last) if is_suffix(suffix) => *last = format!("{last} {suffix}"),
            // A credential, as address books have them there: of no name.
            _ if !suffix.is_empty() => row.findings.push(set_aside("name", suffix)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    row.preferred = word(cell(Column::Preferred), "preferred", words::method, &mut found, |text| {
        Finding::new(Code::RosterMethodUnknown, "preferred").with("method", text)
    });
    row.locale = word(cell(Column::Language), "language", words::language, &mut found, |text| {
        Finding::new(Code::RosterLanguageUnknown, "language").with("language", text)
    });
    row.already_created = word(cell(Column::AlreadyCreated), "already_created", words::yes_or_no, &mut found, |text| {
        Finding::new(Code::RosterStatusUnknown, "already_created").with("status", text)
    });
    found.extend(layout.statuses(cells).filter_map(|(text, asked)| status::finding(text, asked, reading, order)));
    for (column, field, taken) in [(Column::Email, "email", email), (Column::Phone, "phone", phone)] {
        let others = layout.cells(cells, column).filter(|other| Some(*other) != taken);
        found.extend(others.map(|other| match says_none(other) {
            true => Finding::new(Code::RosterPlaceholder, field).with("text", words::short(other)),
            false => set_aside(field, other),
        }));
    }
    found.extend(layout.other_phones(cells).iter().map(|phone| set_aside("phone", phone)));
    found.extend(layout.untitled(cells).map(|cell| set_aside("row", cell)));
    row.read_texts();
    row.findings.append(&mut found);
    row
}

/// What there is to say of a row that has not as many cells as the header.
pub(super) fn misfit(cells: &csv::StringRecord, expected: usize, cut: bool) -> Option<Finding> {
    let count = cells.iter().zip(1..).filter(|(cell, _)| !cell.trim().is_empty()).last().map_or(0, |(_, at)| at);
    let finding = |code, found| Some(Finding::new(code, "row").with("expected", expected).with("found", found));
    if cut || count > expected {
        finding(Code::RosterRowRagged, count)
    } else if cells.len() < expected {
        finding(Code::RosterRowShort, cells.len())
    } else {
        None
    }
}

/// The one of several addresses or phones that is taken: the first that is not
/// a word for none.
fn usable<'a>(layout: &'a Layout, cells: &'a csv::StringRecord, column: Column) -> Option<&'a str> {
    let mut all = layout.cells(cells, column);
    let first = all.next()?;
    let Some(second) = all.next() else { return Some(first) };
    [first, second].into_iter().chain(all).find(|cell| !says_none(cell)).or(Some(first))
}

fn says_none(cell: &str) -> bool {
    cell::says_nothing(cell) || cell::is_no_contact(cell)
}

/// What of a cell was read nowhere.
pub(super) fn set_aside(field: &str, text: &str) -> Finding {
    Finding::new(Code::RosterSetAside, field).with("text", cell::shown(text))
}

impl RosterRow {
    /// Reads the role of a cell, or the one that holds where there is none.
    fn read_role(&mut self, cell: Option<&str>, otherwise: Option<Role>) {
        let text = cell.map(|cell| cell::read(cell, "role", &mut self.findings)).filter(|text| !text.is_empty());
        self.role = text.as_deref().map_or(otherwise, words::role);
        match (self.role, text) {
            (None, None) => self.findings.push(Finding::new(Code::RosterRoleMissing, "role")),
            (None, Some(text)) => {
                self.findings.push(Finding::new(Code::RosterRoleUnknown, "role").with("role", words::short(&text)));
            }
            (Some(_), _) => {}
        }
    }

    /// Reads a whole name, and the cells beside it that have a part of it.
    fn read_beside(&mut self, whole: &str, last_first: bool, parts: PersonName, second: Option<String>) {
        let PersonName { first, middle, last, nickname } = parts;
        let half = match (&first, &last) {
            (Some(first), _) => other_half(whole, first).map(|last| [Some(first.clone()), Some(last)]),
            (None, Some(last)) => other_half(whole, last).map(|first| [Some(first), Some(last.clone())]),
            (None, None) => None,
        };
        if let Some([first, last]) = half {
            self.name = PersonName { first, last, ..PersonName::default() };
            self.read_parts();
        } else {
            let parted = last.as_deref().and_then(|last| parted(whole, last));
            self.read_name(parted.as_deref().unwrap_or(whole), last_first);
            self.agree(whole, first.as_deref(), last.as_deref());
        }
        let found = &mut self.findings;
        let nickname = cell_text(nickname, "name", NAME_LIMIT, found);
        self.name.nickname = nickname.or(self.name.nickname.take());
        if self.name.last.is_none() {
            let beside = [first, last, middle, second].into_iter().flatten();
            found.extend(beside.map(|text| set_aside("name", &text)));
            return;
        }
        if let Some(middle) = middle_part(middle, found) {
            match &self.name.middle {
                Some(known) if is_again(known, &middle) => {}
                Some(_) => found.push(set_aside("name", &middle)),
                None if self.name.first.is_some() => self.name.middle = Some(middle),
                None => found.push(set_aside("name", &middle)),
            }
        }
        if let Some((second, last)) = name_part(second, found).zip(self.name.last.as_mut())
            && !last.split_whitespace().any(|word| words::folded(word) == words::folded(&second))
        {
            *last = format!("{last} {second}");
        }
    }

    /// Holds a name that was read against the cell of a part of it: where they say
    /// different things, nobody can tell which is right.
    fn agree(&mut self, whole: &str, first: Option<&str>, last: Option<&str>) {
        let fits = |part: &Option<String>, said: &str| {
            let (part, said) = (words::folded(part.as_deref().unwrap_or_default()), words::folded(said));
            part == said || part.starts_with(&said) || said.starts_with(&part) || part.ends_with(&said)
        };
        let Some(part) = first.or(last).filter(|_| self.name.last.is_some()) else { return };
        let known = if first.is_some() && self.name.first.is_some() { &self.name.first } else { &self.name.last };
        if fits(known, part) {
            return;
        }
        let differs = Finding::new(Code::NameDiffers, "name").with("text", words::short(whole));
        self.findings.push(differs.with("other", words::short(part)));
    }

    /// Reads a name of one cell: of an organization, where the role says so
    /// (a payer is one unless the name is written `Last, First`), and of a
    /// person otherwise.
    fn read_name(&mut self, cell: &str, last_first: bool) {
        let name = &cell::read(cell, "name", &mut self.findings);
        if cell::is_no_name(name) {
            let code = if cell::is_error_value(name) { Code::RosterErrorValue } else { Code::RosterPlaceholder };
            self.findings.push(Finding::new(code, "name").with("text", words::short(name)));
            return;
        }
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
        let beside = status::beside(name);
        let name = beside.as_ref().map_or(name, |(name, _)| name);
        refuse_lost(name, &mut self.findings);
        if has_error_value(name, &mut self.findings) {
            return;
        }
        // Which of three words are last names, no rule tells.
        if last_first && !name.contains(',') && name.split_whitespace().nth(1).is_some() {
            self.findings.push(Finding::new(Code::NameOrder, "name"));
        }
        let mut read = PersonName::parse(name);
        self.name = read.value.unwrap_or_default();
        self.findings.append(&mut read.findings);
        refuse_formula(Some(name), "name", &mut self.findings);
        self.findings.extend(beside.map(|(_, finding)| finding));
    }
}

/// What of a whole name is the other half of it, where a cell has one half: of `Ana`
/// beside `Ruiz` all of it, of `Ana Ruiz` beside `Ruiz` the rest; nothing where the
/// whole name is read by itself.
fn other_half(whole: &str, half: &str) -> Option<String> {
    let plain = !whole.contains(|c: char| !(c.is_alphabetic() || c.is_whitespace() || "'’-.".contains(c)));
    let words: Vec<&str> = whole.split_whitespace().collect();
    let of_half: Vec<String> = half.split_whitespace().map(words::folded).collect();
    match words.as_slice() {
        [word] if plain && !of_half.contains(&words::folded(word)) => Some((*word).to_owned()),
        _ => None,
    }
}

/// A whole name that ends with the last name, written with a comma: of `Ana Ruiz Peña`
/// the cell beside it says which the last names are.
fn parted(whole: &str, last: &str) -> Option<String> {
    let words: Vec<&str> = whole.split_whitespace().collect();
    let at = words.len().checked_sub(last.split_whitespace().count()).filter(|at| *at > 0)?;
    let (given, end) = words.split_at_checked(at)?;
    let same = words::folded(&end.join(" ")) == words::folded(last);
    (same && !whole.contains(',')).then(|| format!("{}, {}", end.join(" "), given.join(" ")))
}

/// Whether a middle name is the one that is known, or its initial.
fn is_again(known: &str, other: &str) -> bool {
    let (known, other) = (words::folded(known), words::folded(other));
    known.starts_with(&other) || other.starts_with(&known)
}

/// Whether a word of a name is an error of a spreadsheet: that is said.
fn has_error_value(name: &str, found: &mut Vec<Finding>) -> bool {
    let error = name.split([' ', ',']).find(|word| word.len() > 2 && is_error_value(word));
    found.extend(error.map(|error| Finding::new(Code::RosterErrorValue, "name").with("text", words::short(error))));
    error.is_some()
}

/// An identifier, or nothing where it tells nobody apart: that is said.
pub(crate) fn identifier(raw: Option<String>, field: &str, found: &mut Vec<Finding>) -> Option<String> {
    let raw = raw?;
    let read = cell::read(&raw, field, found);
    let text = cell::number(&read);
    let short = || words::short(text);
    if text.is_empty() {
        return None;
    }
    // Other signs that begin a formula begin identifiers too.
    if is_error_value(text) || is_exponent(text) || text.starts_with('=') {
        found.push(Finding::new(Code::RosterIdUnusable, field).with("id", short()));
        return None;
    }
    if !is_identifier(text) {
        found.push(Finding::new(Code::RosterPlaceholder, field).with("text", short()));
        return None;
    }
    match whole(text) {
        Some(whole) => {
            found.push(Finding::new(Code::RosterIdMended, field).with("id", short()).suggest(whole));
            Some(whole.to_owned())
        }
        None => Some(text.to_owned()),
    }
}

/// The digits of a number that was kept as a fraction: `123.0`.
fn whole(text: &str) -> Option<&str> {
    let (whole, zeros) = text.split_once(['.', ','])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(zeros) && zeros.bytes().all(|byte| byte == b'0') && zeros.len() < 3).then_some(whole)
}

/// An identifier without the zeros that a spreadsheet takes from its front.
pub(super) fn without_zeros(id: &str) -> &str {
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if digits { id.trim_start_matches('0') } else { id }
}

/// Whether an identifier tells anyone apart (C4): not what systems write where
/// there is none, nor what a spreadsheet made of one.
pub(super) fn is_identifier(text: &str) -> bool {
    let text = text.trim();
    // Signs and noughts, or signs alone.
    let zero = text.chars().filter(|c| c.is_alphanumeric()).all(|c| c == '0');
    !(zero || cell::says_nothing(text) || cell::is_no_identifier(text) || is_exponent(text))
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
    field: &str,
    read: fn(&str) -> Option<T>,
    found: &mut Vec<Finding>,
    unknown: fn(String) -> Finding,
) -> Option<T> {
    let cell = &*cell::read(cell?, field, found);
    let meaning = read(cell);
    if meaning.is_none() && !cell.is_empty() {
        let text = words::short(cell);
        found.push(match cell::says_nothing(cell) {
            true => Finding::new(Code::RosterPlaceholder, field).with("text", text),
            false => unknown(text),
        });
    }
    meaning
}

/// The first or the last name of a cell.
fn name_part(raw: Option<String>, found: &mut Vec<Finding>) -> Option<String> {
    let name = cell::read(&raw?, "name", found);
    if cell::is_no_name(&name) {
        found.push(Finding::new(Code::RosterErrorValue, "name").with("text", words::short(&name)));
        return None;
    }
    let beside = status::beside(&name);
    let name = beside.as_ref().map_or(name.as_str(), |(name, _)| name);
    refuse_lost(name, found);
    if has_error_value(name, found) {
        return None;
    }
    let name = text(Some(name.to_owned()), "name", NAME_LIMIT, found);
    found.extend(beside.map(|(_, finding)| finding));
    name
}

/// The middle name of a cell. An initial is one, though elsewhere `X` says that
/// there is nothing; so is `Na`.
fn middle_part(raw: Option<String>, found: &mut Vec<Finding>) -> Option<String> {
    match raw.as_deref().map(str::trim) {
        Some("X" | "Na") => raw.map(|name| name.trim().to_owned()),
        _ => cell_text(raw, "name", NAME_LIMIT, found),
    }
}

/// A name in which signs or question marks stand for letters that were lost.
fn refuse_lost(name: &str, found: &mut Vec<Finding>) {
    if found.iter().any(|finding| finding.code == Code::RosterGarbled && finding.field == "name") && !name.contains('?')
    {
        return;
    }
    let meant = if name.contains('?') { Some(None) } else { garbled::name(name) };
    if let Some(meant) = meant {
        let finding = Finding::new(Code::RosterGarbled, "name").with("text", words::short(name));
        found.push(match meant {
            Some(meant) => finding.suggest(meant),
            None => finding,
        });
    }
}

/// An address or a number, or nothing where it is nobody's: that is said.
pub(super) fn contact(raw: Option<String>, field: &str, found: &mut Vec<Finding>) -> Option<String> {
    let read = bounded(cell(raw, field, found), field, CONTACT_LIMIT, found)?;
    let typed =
        if field.ends_with("phone") { Cow::Borrowed(cell::number(&read)) } else { dotted(cell::address(&read)) };
    let text = &*typed;
    if matches!(typed, Cow::Owned(_)) {
        found.push(Finding::new(Code::RosterEntity, field).with("text", words::short(&read)));
    }
    if cell::is_no_contact(text) {
        found.push(Finding::new(Code::RosterPlaceholder, field).with("text", words::short(text)));
        return None;
    }
    Some(text.to_owned())
}

/// An address whose dots are those of another script: mail is sent to the typed ones.
fn dotted(address: &str) -> Cow<'_, str> {
    match address.contains(['。', '｡']) {
        true => Cow::Owned(address.replace(['。', '｡'], ".")),
        false => Cow::Borrowed(address),
    }
}

fn cell(raw: Option<String>, field: &str, found: &mut Vec<Finding>) -> Option<String> {
    cell::read_or_nothing(&raw?, field, found)
}

/// The text of a cell of one line, or nothing where it says that there is none.
pub(super) fn cell_text(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    text(cell(raw, field, found), field, limit, found)
}

fn refuse_formula(text: Option<&str>, field: &str, found: &mut Vec<Finding>) {
    if text.is_some_and(formula::runs) {
        found.push(Finding::new(Code::RosterFormula, field));
    }
}

/// A text of one line: NFC, blanks folded, of a bounded length.
pub(super) fn text(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    let folded = raw?.split_whitespace().collect::<Vec<_>>().join(" ");
    lines(Some(folded), field, limit, found)
}

/// A text that may have several lines. What may not be kept is left out.
fn lines(raw: Option<String>, field: &str, limit: usize, found: &mut Vec<Finding>) -> Option<String> {
    let control = raw
        .as_deref()
        .is_some_and(|text| text.trim().chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')));
    let text = bounded(raw.map(|text| if text.is_ascii() { text } else { text.nfc().collect() }), field, limit, found);
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

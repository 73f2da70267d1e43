//! Pass or fail for each row of a batch (rules U1 to U4).

use serde::Serialize;

use super::batch::{Batch, Look};
use super::canonical::{canonical, skeleton};
use super::contact::check_contact;
use super::email::{Email, check_email};
use super::logon::check_staff_name;
use super::phone::{Phone, check_phone};
use super::staff::StaffPattern;
use super::taken::Taken;
use crate::finding::{Checked, Code, Finding, has_errors};
use crate::name::PersonName;
use crate::policy::{UsernamePolicy, UsernameScheme};

/// How many suggestions a failed row comes with.
pub(crate) const SUGGESTIONS: usize = 5;

/// One row that wants a username.
///
/// A blank text counts as none.
#[derive(Debug, Clone, Copy)]
pub struct NameRequest<'a> {
    /// The line of the row: what other rows are told, and by which the batch
    /// knows the row again.
    pub line: u64,
    /// How the username comes about.
    pub scheme: UsernameScheme,
    /// The person.
    pub name: &'a PersonName,
    /// The username, where the row gives one.
    pub username: Option<&'a str>,
    /// The e-mail address, where the row gives one.
    pub email: Option<&'a str>,
    /// The phone number, where the row gives one.
    pub phone: Option<&'a str>,
    /// The name in canonical form that this person has already. It is never a
    /// clash, and a staff member who asks for no other keeps it.
    pub own: Option<&'a str>,
    /// The names in canonical form that this person had before: they may come
    /// back to one of them, also where it was retired (rule U4).
    pub earlier: &'a [String],
}

impl<'a> NameRequest<'a> {
    /// A row that gives nothing but the person.
    pub fn new(line: u64, scheme: UsernameScheme, name: &'a PersonName) -> Self {
        Self { line, scheme, name, username: None, email: None, phone: None, own: None, earlier: &[] }
    }

    /// Whether the person has or had that name.
    fn is_own(&self, canonical: &str) -> bool {
        given(self.own) == Some(canonical) || self.earlier.iter().any(|earlier| earlier == canonical)
    }
}

/// Pass or fail for one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameVerdict {
    /// The username as it is shown, if the row passes.
    pub username: Option<String>,
    /// The username in canonical form, if the row passes.
    pub canonical: Option<String>,
    /// The e-mail address, where one was given and can be used.
    pub email: Option<Email>,
    /// The phone number, where one was given and can be used.
    pub phone: Option<Phone>,
    /// What there is to say, by field: e-mail, phone, name, username.
    pub findings: Vec<Finding>,
    /// Usernames that would pass, the best first; none for a row that passes.
    pub suggestions: Vec<String>,
}

impl NameVerdict {
    /// Whether the row passes.
    pub fn pass(&self) -> bool {
        self.username.is_some()
    }
}

/// The usernames of one agency and one batch of rows (rule U4).
///
/// Rows are checked in their order; a row that passes has its name from then
/// on, and a later row that wants it fails. The same rows in the same order
/// always get the same verdicts.
#[derive(Debug, Clone)]
pub struct Usernames {
    pub(super) pattern: StaffPattern,
    pub(super) prefix: String,
    pub(super) max_length: u32,
    country: String,
    pub(super) batch: Batch,
}

impl Usernames {
    /// A new batch for an agency: its policy, its `prefix` for staff names
    /// (at most 8 letters or digits, may be empty), its `country`, and the
    /// names it uses or once used.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) with the findings
    /// `policy.pattern` (also where prefix and pattern leave no room for a
    /// name), `agency.prefix` and `agency.country`.
    pub fn new(policy: &UsernamePolicy, prefix: &str, country: &str, taken: Taken) -> crate::Result<Self> {
        let Checked { value: pattern, mut findings } = StaffPattern::parse(&policy.staff_pattern);
        if prefix.len() > 8 || !prefix.bytes().all(|b| b.is_ascii_alphanumeric()) {
            findings.push(Finding::new(Code::AgencyPrefix, "prefix"));
        }
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            findings.push(Finding::new(Code::AgencyCountry, "country"));
        }
        let max_length = policy.staff_max_length;
        let room = usize::try_from(max_length).unwrap_or(usize::MAX);
        if pattern.as_ref().is_some_and(|pattern| prefix.len() + pattern.fewest() > room) {
            findings.push(Finding::new(Code::PolicyPattern, "username.staff_pattern"));
        }
        match pattern {
            Some(pattern) if findings.is_empty() => Ok(Self {
                pattern,
                prefix: prefix.to_ascii_lowercase(),
                max_length,
                country: country.to_owned(),
                batch: Batch::new(taken),
            }),
            _ => Err(crate::Error::invalid(findings)),
        }
    }

    /// Adds names of people who were deleted, in canonical form.
    #[cfg(feature = "engine")]
    pub(crate) fn retire(&mut self, names: &[String]) {
        self.batch.retire(names);
    }

    /// The verdict on the next row. What the same line had before is given
    /// back first, so that a corrected row can be checked again.
    ///
    /// The first suggestion of a failed row is kept back for it: no other row
    /// gets it suggested. Rows that come later may still claim it by right;
    /// [`Usernames::check_all`] lets them do so first.
    pub fn check(&mut self, request: &NameRequest<'_>) -> NameVerdict {
        let mut verdict = self.decide(request);
        self.add_suggestions(request, &mut verdict);
        verdict
    }

    /// The verdicts on all rows of a batch, in their order.
    ///
    /// Suggestions are sought once every row has been decided: they are free
    /// of all other rows, earlier and later, and the first suggestions of all
    /// failed rows can be accepted together.
    pub fn check_all(&mut self, requests: &[NameRequest<'_>]) -> Vec<NameVerdict> {
        let mut verdicts: Vec<_> = requests.iter().map(|request| self.decide(request)).collect();
        for (request, verdict) in requests.iter().zip(&mut verdicts) {
            self.add_suggestions(request, verdict);
        }
        verdicts
    }

    /// Accepts a suggestion for a row, or any other name that someone typed:
    /// the verdict on the same row with that username (rule U5).
    pub fn accept(&mut self, request: &NameRequest<'_>, username: &str) -> NameVerdict {
        self.check(&NameRequest { username: Some(username), ..*request })
    }

    /// The verdict without suggestions.
    fn decide(&mut self, request: &NameRequest<'_>) -> NameVerdict {
        let mut findings = Vec::new();
        let email = given(request.email).and_then(|text| keep(check_email(text), &mut findings));
        let phone = given(request.phone).and_then(|text| keep(check_phone(text, &self.country), &mut findings));
        let mut wish = self.wish(request, email.as_ref(), phone.as_ref(), findings);
        self.settle(request.line, &mut wish);
        let (username, canonical) = wish.name.unzip();
        NameVerdict { username, canonical, email, phone, findings: wish.findings, suggestions: Vec::new() }
    }

    /// What a row wants, by itself: `findings` are those on the e-mail address
    /// and the phone number, where they were given.
    pub(crate) fn wish(
        &self,
        request: &NameRequest<'_>,
        email: Option<&Email>,
        phone: Option<&Phone>,
        mut findings: Vec<Finding>,
    ) -> Wish {
        let name = match request.scheme {
            UsernameScheme::Email => self.email_name(request, email, &mut findings),
            UsernameScheme::EmailOrPhone => self.contact_name(request, email, phone, &mut findings),
            UsernameScheme::Staff => keep(self.staff_name(request), &mut findings).map(|name| {
                let canonical = canonical(&name, &self.country);
                (name, canonical)
            }),
        };
        let Some((shown, canonical)) = &name else { return Wish { findings, ..Wish::default() } };
        let skeleton = skeleton(canonical);
        let in_use = self.batch.clash_in_use((shown, canonical), &skeleton, |own| request.is_own(own));
        Wish { look: self.batch.look(&skeleton), in_use: in_use.map(Box::new), name, findings }
    }

    /// Whether the row gets what it wants, beside all others.
    pub(crate) fn settle(&mut self, line: u64, wish: &mut Wish) {
        self.batch.release(line);
        self.say_clash(wish);
        if has_errors(&wish.findings) {
            wish.name = None;
        }
        if let Some((_, canonical)) = &wish.name {
            self.batch.claim(line, canonical, wish.look);
        }
    }

    /// Says of a row that fails already whether it would get what it wants: it
    /// claims nothing.
    pub(crate) fn look(&self, wish: &mut Wish) {
        self.say_clash(wish);
        wish.name = None;
    }

    fn say_clash(&self, wish: &mut Wish) {
        let Some((name, canonical)) = &wish.name else { return };
        let in_use = wish.in_use.take().map(|finding| *finding);
        let clash = in_use.or_else(|| self.batch.clash_in_batch((name, canonical), wish.look));
        wish.findings.extend(clash);
    }

    /// U1: the username is the e-mail address.
    fn email_name(
        &self,
        request: &NameRequest<'_>,
        email: Option<&Email>,
        findings: &mut Vec<Finding>,
    ) -> Option<(String, String)> {
        let username = given(request.username);
        let Some(email) = email else {
            if given(request.email).is_none() {
                let missing = Finding::new(Code::EmailMissing, "email");
                let meant = username.and_then(|username| check_email(username).value);
                findings.insert(
                    0,
                    match meant {
                        Some(meant) => missing.suggest(meant.typed),
                        None => missing,
                    },
                );
            }
            return None;
        };
        let Some(username) = username else { return Some((email.typed.clone(), email.canonical.clone())) };
        if canonical(username, &self.country) != email.canonical {
            findings.push(
                Finding::new(Code::UsernameNotEmail, "username")
                    .with("username", username)
                    .with("email", email.typed.as_str())
                    .suggest(email.typed.as_str()),
            );
            return None;
        }
        Some((username.to_owned(), email.canonical.clone()))
    }

    /// U2: the username is the e-mail address or the phone number.
    fn contact_name(
        &self,
        request: &NameRequest<'_>,
        email: Option<&Email>,
        phone: Option<&Phone>,
        findings: &mut Vec<Finding>,
    ) -> Option<(String, String)> {
        let by_email = email.map(|email| (email.typed.clone(), email.canonical.clone()));
        let preferred = by_email.or_else(|| phone.map(|phone| (phone.typed.clone(), phone.e164.clone())));
        let Some(username) = given(request.username) else {
            if given(request.email).or(given(request.phone)).is_none() {
                findings.push(Finding::new(Code::ContactMissing, "username"));
            }
            return preferred;
        };
        let contact = check_contact(username, &self.country);
        let contact = Checked {
            value: contact.value,
            findings: contact.findings.into_iter().map(|f| Finding { field: "username".to_owned(), ..f }).collect(),
        };
        let contact = keep(contact, findings)?;
        let is_given = email.is_some_and(|email| email.canonical == contact.canonical())
            || phone.is_some_and(|phone| phone.e164 == contact.canonical());
        match preferred {
            Some((best, _)) if !is_given => {
                findings
                    .push(Finding::new(Code::UsernameNotContact, "username").with("username", username).suggest(best));
                None
            }
            _ => Some((contact.display().to_owned(), contact.canonical().to_owned())),
        }
    }

    /// U3: the typed name, the one the person has, or one made from the name.
    fn staff_name(&self, request: &NameRequest<'_>) -> Checked<String> {
        match (given(request.username), given(request.own)) {
            (Some(typed), _) => check_staff_name(typed, self.max_length),
            (None, Some(own)) => Checked::pass(own.to_owned()),
            (None, None) => self.pattern.name_for(&self.prefix, request.name, self.max_length),
        }
    }

    /// U5, and the e-mail of U1.
    fn add_suggestions(&mut self, request: &NameRequest<'_>, verdict: &mut NameVerdict) {
        verdict.suggestions = self.suggest_for(request, &mut verdict.findings, SUGGESTIONS);
    }

    /// So many names for a row, where its name is at fault: the finding says the
    /// best, or one more that there is none.
    pub(crate) fn suggest_for(
        &mut self,
        request: &NameRequest<'_>,
        findings: &mut Vec<Finding>,
        most: usize,
    ) -> Vec<String> {
        let Some(fault) = findings.iter_mut().find(|finding| is_fault(finding)) else { return Vec::new() };
        if request.scheme == UsernameScheme::Staff {
            let suggestions = self.suggest(request.line, request.name, most);
            match suggestions.first() {
                Some(best) => fault.suggestion = Some(best.clone()),
                None => findings.push(Finding::new(Code::UsernameNoneFree, "username")),
            }
            return suggestions;
        }
        let is_free = |meant: &String| {
            let canonical = canonical(meant, &self.country);
            let (name, skeleton) = ((meant.as_str(), canonical.as_str()), skeleton(&canonical));
            self.batch.clash_in_use(name, &skeleton, |own| request.is_own(own)).is_none()
                && self.batch.clash_in_batch(name, self.batch.look(&skeleton)).is_none()
        };
        fault.suggestion.clone().into_iter().filter(is_free).collect()
    }
}

/// What a row wants to be called, before the others are asked.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    /// As it is shown, and in canonical form.
    pub(crate) name: Option<(String, String)>,
    look: Look,
    /// What it clashes with, whatever the other rows want.
    in_use: Option<Box<Finding>>,
    pub(crate) findings: Vec<Finding>,
}

/// Whether a row fails by its username.
pub(crate) fn is_fault(finding: &Finding) -> bool {
    finding.is_error() && finding.field == "username"
}

/// A cell that is not blank.
fn given(cell: Option<&str>) -> Option<&str> {
    cell.map(str::trim).filter(|text| !text.is_empty())
}

/// The value of a check, its findings put with the others.
fn keep<T>(checked: Checked<T>, findings: &mut Vec<Finding>) -> Option<T> {
    findings.extend(checked.findings);
    checked.value
}

//! Usernames (U1 to U6).

use carekey::Method;
use carekey::username as core;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::checked::CheckedOf;
use super::{Held, policy};
use crate::answers::{Email, NameRequest, NameVerdict, PersonName, Phone};
use crate::arg::{Count, Many, Object, Text, Word};
use crate::engine::settings::Policy;
use crate::error::{rule, rule_or, run};
use crate::over::{Core, Over};
use crate::record::record;
use crate::value::{Reduced, other, reduced};

record! {
    /// An e-mail address or a phone number (U2).
    Contact from core::Contact as contact {
        /// How a message reaches it.
        method: Word<Method> = Word(contact.method()),
        /// As it was typed.
        display: String = contact.display().to_owned(),
        /// The form in which it is compared.
        canonical: String = contact.canonical().to_owned(),
    }
}

/// Reads an e-mail address (U1).
///
/// Findings, on the field ``email``: ``email.missing``, ``email.malformed``,
/// ``email.too_long`` (over 254 octets), ``email.local_too_long`` (over 64),
/// ``email.ip_address``, ``email.domain_without_dot``,
/// ``email.domain_invalid``, and the warning ``email.domain_slip`` with the
/// mended address as its suggestion.
///
/// >>> from carekey.username import check_email
/// >>> check_email("AESquirrel@Bücher.example").require().canonical
/// 'aesquirrel@xn--bcher-kva.example'
#[pyfunction]
pub(crate) fn check_email(py: Python<'_>, text: Text) -> PyResult<CheckedOf<Email>> {
    rule(py, || core::check_email(&text.0).over())
}

/// Reads a phone number (U2). Without a country code it is one of
/// ``country``, the agency's (ISO 3166-1, two capital letters).
///
/// Findings, on the field ``phone``: ``phone.missing``, ``phone.malformed``,
/// ``phone.not_valid``.
///
/// >>> from carekey.username import check_phone
/// >>> check_phone("(212) 555-0142", "US").require().e164
/// '+12125550142'
#[pyfunction]
pub(crate) fn check_phone(py: Python<'_>, text: Text, country: Text) -> PyResult<CheckedOf<Phone>> {
    rule(py, || core::check_phone(&text.0, &country.0).over())
}

/// Reads an e-mail address or a phone number (U2); ``country`` as in
/// :func:`check_phone`.
///
/// The findings are those of :func:`check_email` or :func:`check_phone`, or,
/// on the field ``contact``, ``contact.missing`` or ``contact.malformed``.
#[pyfunction]
pub(crate) fn check_contact(py: Python<'_>, text: Text, country: Text) -> PyResult<CheckedOf<Contact>> {
    rule(py, || core::check_contact(&text.0, &country.0).over())
}

/// Reads a staff name that someone typed (U3): a Windows logon name in ASCII
/// without blanks, of at most so many characters. The value is in lower case.
///
/// Findings, on the field ``username``: ``username.missing``,
/// ``username.too_long``, ``username.forbidden_character`` for each such
/// character once, ``username.ends_with_dot``.
///
/// >>> from carekey.username import check_staff_name
/// >>> check_staff_name("104FConner", 20).value
/// '104fconner'
#[pyfunction]
pub(crate) fn check_staff_name(py: Python<'_>, typed: Text, max_length: Count) -> PyResult<CheckedOf<String>> {
    rule(py, || core::check_staff_name(&typed.0, max_length.small()).over())
}

/// The canonical form of a typed username: what sign-in looks up and what
/// must be unique in an agency (U6). Nothing is refused; ``country`` as in
/// :func:`check_phone`.
///
/// >>> from carekey.username import canonical
/// >>> canonical("104FConner", "US")
/// '104fconner'
#[pyfunction]
pub(crate) fn canonical(py: Python<'_>, typed: Text, country: Text) -> PyResult<String> {
    rule(py, || core::canonical(&typed.0, &country.0))
}

/// What a name in :func:`canonical` form looks like: two names with one
/// skeleton are taken for each other (U6). For comparing, not for showing.
#[pyfunction]
pub(crate) fn skeleton(py: Python<'_>, canonical: Text) -> PyResult<String> {
    rule(py, || core::skeleton(&canonical.0))
}

/// The house pattern of staff names (U3), `{prefix}{first:1}{last}` by
/// default.
///
/// Parts are `{prefix}`, `{first}`, `{middle}` and `{last}`, the names each
/// with an optional length; between them stands any character that a Windows
/// logon name may have.
///
/// >>> from carekey.username import PersonName, StaffPattern
/// >>> name = PersonName.parse("O'Brien-Lee, Máire").require()
/// >>> StaffPattern.parse("{first}.{last}").require().name_for("", name, 20).value
/// 'maire.obrienlee'
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct StaffPattern {
    core: core::StaffPattern,
    /// As it was written.
    text: String,
}

#[pymethods]
impl StaffPattern {
    /// Reads a pattern.
    ///
    /// Findings, on the field ``username.staff_pattern``: ``policy.pattern``.
    #[staticmethod]
    fn parse(py: Python<'_>, pattern: Text) -> PyResult<CheckedOf<Self>> {
        rule(py, || CheckedOf::map(core::StaffPattern::parse(&pattern.0), |core| Self { core, text: pattern.0 }))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, &self.text).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduced(py, "StaffPattern._restored", [PyString::new(py, &self.text).into_any()])
    }

    #[staticmethod]
    fn _restored(py: Python<'_>, text: Text) -> PyResult<Self> {
        core::StaffPattern::parse(&text.0).value.map(|core| Self { core, text: text.0 }).ok_or_else(|| other(py))
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("<StaffPattern {}>", self.text)
    }

    /// The plain name of a person in this pattern, in lower-case ASCII and at
    /// most ``max_length`` characters: the last name is cut first.
    ///
    /// Findings, on the field ``name``: ``name.missing``, ``name.no_letters``;
    /// on ``username``: ``username.too_long`` where the prefix leaves no room.
    fn name_for(
        &self,
        py: Python<'_>,
        prefix: Text,
        name: Object<PersonName>,
        max_length: Count,
    ) -> PyResult<CheckedOf<String>> {
        rule(py, || self.core.name_for(&prefix.0, &name.0.get().core(), max_length.small()).over())
    }
}

record! {
    /// Why a name is not free (U4, U6).
    Clash from core::Clash as clash {
        /// The name that it looks like; None where it is that very name which
        /// is or was in use.
        other: Option<String> = match clash {
            core::Clash::Taken | core::Clash::Retired => None,
            core::Clash::Confusable(ref other) => Some(other.clone()),
        },
        /// Whether it was the name of someone who was deleted.
        retired: bool = clash == core::Clash::Retired,
    }
}

/// The names that an agency uses or once used, those of disabled and deleted
/// accounts included: none of them is given to another person (U4), and no
/// name that looks like one of them (U6).
///
/// >>> from carekey.username import Taken
/// >>> taken = Taken(["104fconner"])
/// >>> taken.find("104fconner"), taken.find("lo4fconner"), taken.find("104fcanner")
/// (Clash(other=None, retired=False), Clash(other='104fconner', retired=False), None)
/// >>> taken.insert_retired("104sgone")
/// >>> taken.find("104sgone")
/// Clash(other=None, retired=True)
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Taken(Held<core::Taken>);

#[pymethods]
impl Taken {
    /// Of names in :func:`canonical` form.
    #[new]
    #[pyo3(signature = (names = Many(Vec::new())), text_signature = "(names=())")]
    fn new(py: Python<'_>, names: Many<Text>) -> PyResult<Self> {
        run(py, || Ok(names.0.iter().map(|name| name.0.as_str()).collect())).map(|taken| Self(Held::new(taken)))
    }

    /// Adds a name in :func:`canonical` form.
    fn insert(&self, py: Python<'_>, canonical: Text) -> PyResult<()> {
        rule(py, || self.0.with(|taken| taken.insert(&canonical.0)))
    }

    /// Adds the name of someone who was deleted, in :func:`canonical` form.
    fn insert_retired(&self, py: Python<'_>, canonical: Text) -> PyResult<()> {
        rule(py, || self.0.with(|taken| taken.insert_retired(&canonical.0)))
    }

    /// What a name in :func:`canonical` form clashes with.
    fn find(&self, py: Python<'_>, canonical: Text) -> PyResult<Option<Clash>> {
        rule(py, || self.0.with(|taken| taken.find(&canonical.0)).over())
    }
}

impl NameRequest {
    fn of<'a>(&'a self, name: &'a carekey::name::PersonName) -> core::NameRequest<'a> {
        core::NameRequest {
            line: self.line,
            scheme: self.scheme.0,
            name,
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            phone: self.phone.as_deref(),
            own: self.own.as_deref(),
            earlier: &self.earlier,
        }
    }
}

#[pymethods]
impl NameVerdict {
    /// Whether the row passes.
    #[getter]
    fn passes(&self) -> bool {
        self.username.is_some()
    }
}

/// The usernames of one agency and one batch of rows (U4).
///
/// Rows are checked in their order; a row that passes has its name from then
/// on, and a later row that wants it fails.
///
/// >>> from carekey.username import NameRequest, PersonName, Taken, Usernames
/// >>> names = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
/// >>> request = NameRequest(1, "staff", PersonName.parse("Felicia Grace Conner").require())
/// >>> verdict = names.check(request)
/// >>> verdict.passes, verdict.findings[0].code, verdict.suggestions[:2]
/// (False, 'username.taken', ['104fgconner', '104feconner'])
/// >>> names.accept(request, "104fgconner").username
/// '104fgconner'
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Usernames(Held<core::Usernames>);

#[pymethods]
impl Usernames {
    /// A new batch for an agency: its ``prefix`` for staff names (at most 8
    /// letters or digits, may be empty), its ``country`` (ISO 3166-1, two
    /// capital letters), and the names that it uses or once used.
    ///
    /// Raises :class:`InvalidInput` ``policy.pattern``, ``agency.prefix``,
    /// ``agency.country``.
    #[new]
    #[pyo3(signature = (*, prefix, country, taken = None, policy = None))]
    fn new(
        py: Python<'_>,
        prefix: Text,
        country: Text,
        taken: Option<Object<Taken>>,
        policy: Option<Object<Policy>>,
    ) -> PyResult<Self> {
        let taken = taken.map(|taken| taken.0.get().0.get()).unwrap_or_default();
        let policy = self::policy(policy).username;
        rule_or(py, || core::Usernames::new(&policy, &prefix.0, &country.0, taken)).map(|names| Self(Held::new(names)))
    }

    /// The verdict on the next row. What the same line had before is given
    /// back first, so that a corrected row can be checked again.
    fn check(&self, py: Python<'_>, request: Object<NameRequest>) -> PyResult<NameVerdict> {
        let request = request.0.get();
        let name = request.name.core();
        rule(py, || self.0.with(|names| names.check(&request.of(&name))).over())
    }

    /// The verdicts on all rows of a batch, in their order. Suggestions are
    /// free of all other rows, earlier and later.
    fn check_all(&self, py: Python<'_>, requests: Many<Object<NameRequest>>) -> PyResult<Vec<NameVerdict>> {
        run(py, || {
            let people: Vec<_> = requests.0.iter().map(|request| request.0.get().name.core()).collect();
            let rows = requests.0.iter().zip(&people);
            let rows: Vec<_> = rows.map(|(request, name)| request.0.get().of(name)).collect();
            Ok(self.0.with(|names| names.check_all(&rows)).over())
        })
    }

    /// Accepts a suggestion for a row, or any other name that someone typed:
    /// the verdict on the same row with that username (U5).
    fn accept(&self, py: Python<'_>, request: Object<NameRequest>, username: Text) -> PyResult<NameVerdict> {
        let request = request.0.get();
        let name = request.name.core();
        rule(py, || self.0.with(|names| names.accept(&request.of(&name), &username.0)).over())
    }
}

impl Usernames {
    /// As they are now, for a preview that goes its own way from here.
    pub(crate) fn core(&self) -> core::Usernames {
        self.0.get()
    }
}

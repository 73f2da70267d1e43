//! What an agency is made with: settings, policy, actors, and the clock.

use carekey::agency::Environment;
use carekey::{AccountId, Actor as CoreActor, Checked};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use serde::Serialize;

use crate::arg::{Count, Id, Many, Moment, Object, Text, Word};
use crate::error::{raise, wrong_type};
use crate::finding::Finding;
use crate::over::Over;
use crate::record::record;
use crate::value::{Reduced, json_value, reduced, restored_by_class};

/// Every number and switch that an agency may set, as values: nested
/// dictionaries by the names of the rulebook.
///
/// >>> from carekey import Policy
/// >>> Policy.agency().to_dict()["invitation"]["lifetime_hours"]
/// 336
/// >>> policy = Policy.read({"invitation": {"lifetime_hours": 168}})
/// >>> policy.findings()
/// []
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct Policy(pub(crate) carekey::Policy);

#[pymethods]
impl Policy {
    /// The defaults of the rulebook: the agency of the help pages.
    #[staticmethod]
    fn agency() -> Self {
        Self(carekey::Policy::agency())
    }

    /// The password rules of a state's visit verification: 9 characters of
    /// every class, the last 10 barred, locked after 3 failures.
    #[staticmethod]
    fn evv_state() -> Self {
        Self(carekey::Policy::evv_state())
    }

    /// NIST SP 800-63B-4 where the rulebook leaves a choice.
    #[staticmethod]
    fn nist_800_63b_4() -> Self {
        Self(carekey::Policy::nist_800_63b_4())
    }

    /// Reads a policy from JSON or from nested dictionaries; what is left out
    /// has its default. Strict: a name that is none is an error.
    ///
    /// Raises :class:`InvalidInput` ``policy.malformed``,
    /// ``policy.out_of_range`` and others, all at once in its findings.
    #[staticmethod]
    #[pyo3(signature = (source: "str | Mapping[str, Any]"))]
    fn read(py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<Self> {
        let Checked { value, findings } = carekey::Policy::read(&json(source)?);
        value.map(Self).ok_or_else(|| raise(py, carekey::Error::invalid(findings)))
    }

    /// Reads a policy that someone is still working on, as :meth:`read` does,
    /// whatever its numbers: :meth:`findings` says which lie out of their
    /// range.
    ///
    /// Raises :class:`InvalidInput` ``policy.malformed``.
    #[staticmethod]
    #[pyo3(signature = (source: "str | Mapping[str, Any]"))]
    fn draft(py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<Self> {
        carekey::Policy::draft(&json(source)?).map(Self).map_err(|error| raise(py, error))
    }

    /// How the username of a role comes about (U).
    fn username_scheme(&self, role: Word<carekey::Role>) -> Word<carekey::policy::UsernameScheme> {
        Word(self.0.username.scheme(role.0))
    }

    /// How an account of a role gets its first password (E1).
    fn enrolment_scheme(&self, role: Word<carekey::Role>) -> Word<carekey::policy::EnrolmentScheme> {
        Word(self.0.enrolment.scheme(role.0))
    }

    /// What is out of its range or contradicts itself, in the order of the
    /// fields.
    fn findings(&self) -> Vec<Finding> {
        self.0.findings().over()
    }

    /// Where it departs from NIST SP 800-63B-4 and OWASP ASVS, each with what
    /// it says there: advice, not errors.
    fn departures(&self) -> Vec<Finding> {
        self.0.departures().over()
    }

    /// The whole policy as nested dictionaries.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0)
    }

    /// The whole policy as JSON.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    fn __repr__(&self) -> String {
        format!("Policy.read({})", self.to_json())
    }
}

json_value! { key Policy: policy => &policy.0, Policy }
restored_by_class!(Policy);

/// A policy as JSON: a text already, or nested dictionaries.
fn json(source: &Bound<'_, PyAny>) -> PyResult<String> {
    if source.is_instance_of::<PyString>() {
        return source.extract().map(|Text(json)| json);
    }
    let expected = || wrong_type(source, "a policy (dict, or JSON as str)");
    let dict = source.py().get_type::<PyDict>().call1((source,)).map_err(|_| expected())?;
    let json = source.py().import("json")?.call_method1("dumps", (dict,)).map_err(|_| expected())?;
    json.extract().map(|Text(json)| json)
}

/// A value of the core as Python has its JSON.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let json = serde_json::to_string(value).unwrap_or_default();
    py.import("json")?.call_method1("loads", (json,))
}

record! {
    /// What the operator of a directory lets a password hash cost, whatever an
    /// agency sets (P6): an agency that asks for more is told
    /// `policy.cost_over_limit`.
    ///
    /// >>> from carekey import HashingLimits
    /// >>> HashingLimits(memory_kib=128 * 1024)
    /// HashingLimits(memory_kib=131072, passes=4, lanes=4)
    HashingLimits from carekey::policy::HashingLimits as limits {
        /// The most memory of one hash, in KiB.
        memory_kib: u32 = limits.memory_kib,
        /// The most passes over it.
        passes: u32 = limits.passes,
        /// The most lanes.
        lanes: u32 = limits.lanes,
    }
    methods {
        /// What is left out has the core's default.
        #[new]
        #[pyo3(signature = (*, memory_kib = None, passes = None, lanes = None))]
        fn new(memory_kib: Option<Count>, passes: Option<Count>, lanes: Option<Count>) -> Self {
            let default = carekey::policy::HashingLimits::default();
            let or = |given: Option<Count>, default| given.map_or(default, |given| given.small());
            Self {
                memory_kib: or(memory_kib, default.memory_kib),
                passes: or(passes, default.passes),
                lanes: or(lanes, default.lanes),
            }
        }
    }
}

impl HashingLimits {
    pub(crate) fn core(&self) -> carekey::policy::HashingLimits {
        carekey::policy::HashingLimits { memory_kib: self.memory_kib, passes: self.passes, lanes: self.lanes }
    }
}

/// The settings of an agency. What is left out has the core's default: the
/// code as prefix, the United States, English, the ``agency`` policy.
///
/// >>> from carekey import AgencySettings
/// >>> settings = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")
/// >>> settings.prefix, settings.country, settings.locale
/// ('104', 'US', 'en')
#[pyclass(frozen, eq, module = "carekey")]
#[derive(Clone, PartialEq)]
pub(crate) struct AgencySettings(pub(crate) carekey::AgencySettings);

impl AgencySettings {
    pub(crate) fn look<R>(&self, look: impl FnOnce(&carekey::AgencySettings) -> R) -> R {
        look(&self.0)
    }
}

#[pymethods]
impl AgencySettings {
    #[new]
    #[pyo3(signature = (code, name, link_base, *, prefix=None, country=None, locale=None, owner_email=None, owner_emails=None, time_zone=None, policy=None))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn new(
        code: Text,
        name: Text,
        link_base: Text,
        prefix: Option<Text>,
        country: Option<Text>,
        locale: Option<Word<carekey::Locale>>,
        owner_email: Option<Text>,
        owner_emails: Option<Many<Text>>,
        time_zone: Option<Text>,
        policy: Option<Object<Policy>>,
    ) -> Self {
        let settings = Self(carekey::AgencySettings::new(&code.0, &name.0, &link_base.0));
        settings.replace(None, None, prefix, country, locale, owner_email, owner_emails, time_zone, policy)
    }

    /// The same settings with some changed.
    #[pyo3(signature = (*, name=None, link_base=None, prefix=None, country=None, locale=None, owner_email=None, owner_emails=None, time_zone=None, policy=None))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn replace(
        &self,
        name: Option<Text>,
        link_base: Option<Text>,
        prefix: Option<Text>,
        country: Option<Text>,
        locale: Option<Word<carekey::Locale>>,
        owner_email: Option<Text>,
        owner_emails: Option<Many<Text>>,
        time_zone: Option<Text>,
        policy: Option<Object<Policy>>,
    ) -> Self {
        let text = |given: Option<Text>, over: &str| given.map_or_else(|| over.to_owned(), |text| text.0);
        let over = &self.0;
        Self(carekey::AgencySettings {
            code: over.code.clone(),
            name: text(name, &over.name),
            prefix: text(prefix, &over.prefix),
            country: text(country, &over.country),
            locale: locale.map_or(over.locale, |locale| locale.0),
            link_base: text(link_base, &over.link_base),
            owner_email: owner_email.map(|text| text.0).or_else(|| over.owner_email.clone()),
            owner_emails: owner_emails.map_or_else(
                || over.owner_emails.clone(),
                |emails| emails.0.into_iter().map(|email| email.0).collect(),
            ),
            time_zone: time_zone.map(|zone| zone.0).or_else(|| over.time_zone.clone()),
            policy: policy.map_or_else(|| over.policy.clone(), |policy| policy.0.get().0.clone()),
        })
    }

    fn __repr__(&self) -> String {
        format!("AgencySettings({:?}, {:?}, {:?})", self.0.code, self.0.name, self.0.link_base)
    }
}

json_value! { key AgencySettings: settings => &settings.0, AgencySettings }
restored_by_class!(AgencySettings);

/// Who acts. Every act of the office has an actor, and its name at that moment
/// stands in the history.
///
/// >>> from carekey import Actor
/// >>> Actor.support("Pat Long")
/// Actor.support('Pat Long')
#[pyclass(frozen, eq, module = "carekey", from_py_object)]
#[derive(Clone, PartialEq)]
pub(crate) struct Actor(pub(crate) CoreActor);

#[pymethods]
impl Actor {
    /// Someone of the vendor's support, by name: the only one who adds or
    /// removes account managers (A1).
    #[staticmethod]
    fn support(name: Text) -> Self {
        Self(CoreActor::Support(name.0))
    }

    /// A signed-in account. For acts of the office it must be an active
    /// account manager, or have an office role to which the policy delegates
    /// the act, on people of the roles that it says (A7).
    #[staticmethod]
    fn account(account: Id) -> Self {
        Self(CoreActor::Account(AccountId(account.0)))
    }

    /// A job of the host's, by name: a nightly import.
    #[staticmethod]
    fn system(name: Text) -> Self {
        Self(CoreActor::System(name.0))
    }

    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        slf.repr()?.hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let (maker, of) = match &self.0 {
            CoreActor::Support(name) => ("Actor.support", name.clone()),
            CoreActor::Account(id) => ("Actor.account", id.to_string()),
            CoreActor::System(name) => ("Actor.system", name.clone()),
        };
        reduced(py, maker, [PyString::new(py, &of).into_any()])
    }

    fn __repr__(&self) -> String {
        match &self.0 {
            CoreActor::Support(name) => format!("Actor.support('{name}')"),
            CoreActor::Account(id) => format!("Actor.account('{id}')"),
            CoreActor::System(name) => format!("Actor.system('{name}')"),
        }
    }
}

/// A clock that stands still until it is moved: for a host's own tests, who
/// want to see what 15 days do.
///
/// >>> from datetime import datetime, timedelta, timezone
/// >>> from carekey import ManualClock
/// >>> clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=timezone.utc))
/// >>> clock.advance(timedelta(days=15))
/// >>> clock.now().isoformat()
/// '2026-03-17T09:00:00+00:00'
#[pyclass(frozen, module = "carekey")]
pub(crate) struct ManualClock(pub(crate) carekey::agency::ManualClock);

#[pymethods]
impl ManualClock {
    #[new]
    fn new(now: Moment) -> Self {
        Self(carekey::agency::ManualClock::new(now.0))
    }

    /// The moment it shows.
    fn now(&self) -> Moment {
        Moment(self.0.now())
    }

    /// Moves it by a `timedelta`, forwards or backwards. It keeps
    /// milliseconds.
    #[pyo3(signature = (by: "timedelta"))]
    fn advance(&self, by: &Bound<'_, PyAny>) -> PyResult<()> {
        let by = by.extract().map_err(|_| wrong_type(by, "a duration (timedelta)"))?;
        self.0.advance(by);
        Ok(())
    }
}

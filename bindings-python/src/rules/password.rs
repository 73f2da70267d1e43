//! Passwords and security questions (P, Q): what a policy says of whom.

use carekey::password as core;
use carekey::password::questions;
use carekey::policy::PasswordPolicy;
use pyo3::prelude::*;

use super::policy;
use super::written::Hasher;
use crate::answers::{Person, RuleCheck};
use crate::arg::{Bytes, Flag, Object};
use crate::engine::results::Question;
use crate::engine::settings::Policy;
use crate::error::rule;
use crate::finding::Finding;
use crate::over::Over;
use crate::record::record;
use crate::secret::SecretArg;

/// Does something with the person as the core has it.
fn with_person<T>(person: Option<Object<Person>>, act: impl FnOnce(&core::Person<'_>) -> T) -> T {
    let Some(person) = &person else { return act(&core::Person::default()) };
    let person = person.0.get();
    let names: Vec<&str> = person.names.iter().map(String::as_str).collect();
    act(&core::Person {
        names: &names,
        username: person.username.as_deref(),
        email: person.email.as_deref(),
        agency: person.agency.as_deref(),
    })
}

fn rules(given: Option<Object<Policy>>, second_factor: &Flag) -> PasswordPolicy {
    let policy = policy(given).password;
    if second_factor.0 { policy.beside_second_factor() } else { policy }
}

record! {
    /// Every rule of a policy, met or not, in a fixed order (P2): for a form
    /// that ticks them off as someone types.
    Checklist from core::Checklist as list {
        /// Whether every rule is met.
        passes: bool = list.passes(),
        /// The findings of the rules that are not met.
        findings: Vec<Finding> = list.findings().over(),
        /// The rules.
        rules: Vec<RuleCheck> = list.rules.over(),
    }
}

/// Checks a password against every rule of the policy (P1, P2). Length counts
/// code points after NFC; over 1,024 bytes it is not looked at (P3).
///
/// With ``second_factor``, the shorter length applies that the policy allows
/// beside one.
///
/// >>> from carekey.password import Person, check_password
/// >>> checklist = check_password("felicia 2026", person=Person(names=["Felicia Conner"]))
/// >>> [rule.code for rule in checklist.rules if not rule.met]
/// ['password.no_upper', 'password.block_listed', 'password.contains_person']
#[pyfunction]
#[pyo3(signature = (password, *, person = None, policy = None, second_factor = Flag(false)),
    text_signature = "(password, *, person=None, policy=None, second_factor=False)")]
pub(crate) fn check_password(
    py: Python<'_>,
    password: SecretArg,
    person: Option<Object<Person>>,
    policy: Option<Object<Policy>>,
    second_factor: Flag,
) -> PyResult<Checklist> {
    let rules = rules(policy, &second_factor);
    rule(py, || with_person(person, |person| rules.check(password.0.reveal(), person)).over())
}

/// Everything that stands against changing a password (P4), all at once, in a
/// fixed order: the current password, the rules of :func:`check_password`,
/// the confirmation, whether it is the current one or one of the last.
///
/// The comparisons with stored hashes are the host's, who says what came of
/// them: ``current_matches`` (None if it was not asked), ``same_as_current``,
/// ``reused``.
///
/// >>> from carekey.password import check_change
/// >>> [finding.code for finding in check_change("Lantern#47 tide", "Lantern#47 tied")]
/// ['password.not_confirmed']
#[pyfunction]
#[pyo3(signature = (new, confirm, *, current_matches = None, same_as_current = Flag(false), reused = Flag(false),
    person = None, policy = None, second_factor = Flag(false)),
    text_signature = "(new, confirm, *, current_matches=None, same_as_current=False, reused=False, person=None, policy=None, second_factor=False)")]
#[allow(clippy::too_many_arguments, reason = "they are keywords")]
pub(crate) fn check_change(
    py: Python<'_>,
    new: SecretArg,
    confirm: SecretArg,
    current_matches: Option<Flag>,
    same_as_current: Flag,
    reused: Flag,
    person: Option<Object<Person>>,
    policy: Option<Object<Policy>>,
    second_factor: Flag,
) -> PyResult<Vec<Finding>> {
    let rules = rules(policy, &second_factor);
    let change = core::Change {
        new: new.0.reveal(),
        confirm: confirm.0.reveal(),
        current_matches: current_matches.map(|matches| matches.0),
        same_as_current: same_as_current.0,
        reused: reused.0,
    };
    rule(py, || with_person(person, |person| rules.check_change(&change, person)).over())
}

#[pymethods]
impl Hasher {
    /// A hasher; with a ``pepper`` of 32 bytes, hashes cannot even be guessed
    /// at without it.
    ///
    /// Raises :class:`ConfigurationError` ``key.length``.
    #[new]
    #[pyo3(signature = (*, policy = None, pepper = None))]
    fn new(py: Python<'_>, policy: Option<Object<Policy>>, pepper: Option<Bytes>) -> PyResult<Self> {
        let pepper = pepper.map(|pepper| pepper.key(py)).transpose()?;
        Ok(Self(core::Hasher::new(self::policy(policy).password.cost, pepper)))
    }
}

/// The security questions, in the order in which a form offers them (Q1).
///
/// >>> from carekey.password import questions
/// >>> questions()[0].id, questions()[0].text("es")
/// ('first_pet', '¿Cómo se llamaba su primera mascota?')
#[pyfunction(name = "questions")]
pub(crate) fn list() -> Vec<Question> {
    questions::Question::ALL.iter().map(Over::over).collect()
}

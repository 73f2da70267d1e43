//! Passwords and security questions (P, Q).

use carekey::password as core;
use carekey::password::questions;
use carekey::policy::PasswordPolicy;
use pyo3::prelude::*;

use super::checked::CheckedOf;
use super::policy;
use crate::answers::{HashingMemory, Person, RuleCheck, Verified};
use crate::arg::{Bytes, Count, Flag, Object, Text, Word};
use crate::engine::Answers;
use crate::engine::results::Question;
use crate::engine::settings::Policy;
use crate::error::{rule, run};
use crate::finding::Finding;
use crate::over::Over;
use crate::record::record;
use crate::secret::{Secret, SecretArg};

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

/// Whether a password is among those that attackers try first (P5). Nothing is
/// asked over a network.
#[pyfunction]
pub(crate) fn is_block_listed(py: Python<'_>, password: SecretArg) -> PyResult<bool> {
    rule(py, || core::is_block_listed(password.0.reveal()))
}

/// Makes a temporary password (P8): at least 12 characters, more where the
/// policy asks for more, of all four kinds, none of which look alike.
///
/// >>> from carekey.password import temporary
/// >>> len(temporary().reveal())
/// 12
#[pyfunction]
#[pyo3(signature = (*, policy = None))]
pub(crate) fn temporary(py: Python<'_>, policy: Option<Object<Policy>>) -> PyResult<Secret> {
    let policy = self::policy(policy);
    rule(py, || Secret(core::temporary(&policy.password, &policy.temporary_password, &mut rand::rng())))
}

/// Tells what a stored hash is, without any password (P7): before a row that
/// is imported is taken.
///
/// Findings, on the field ``password_hash``: ``hash.unsupported`` with the
/// ``kind``, ``hash.unrecognised``, ``hash.out_of_bounds``; the warning
/// ``hash.unusable``, where the account has no password that can be used.
#[pyfunction]
pub(crate) fn check_hash(py: Python<'_>, stored: SecretArg) -> PyResult<CheckedOf<Word<core::HashKind>>> {
    rule(py, || CheckedOf::map(core::check_hash(stored.0.reveal()), Word))
}

/// What hashing holds of the memory of this process (P6).
#[pyfunction]
pub(crate) fn hashing_memory(py: Python<'_>) -> PyResult<HashingMemory> {
    rule(py, || core::hashing_memory().over())
}

/// Sets how much memory all hashes of this process may hold at a time, in KiB
/// (P6): 64 MiB for each core where nobody does. A hash that finds too little
/// left waits its turn; one that is larger runs alone.
///
/// >>> from carekey.password import hashing_memory, limit_hashing_memory
/// >>> limit_hashing_memory(256 * 1024)
/// >>> hashing_memory().limit_kib
/// 262144
#[pyfunction]
pub(crate) fn limit_hashing_memory(py: Python<'_>, kib: Count) -> PyResult<()> {
    rule(py, || core::limit_hashing_memory(kib.0))
}

/// Hashes passwords and answers, and compares them with stored hashes (P6):
/// PHC strings of Argon2id, at the cost that the policy says.
///
/// One hasher serves any number of threads, and they hash in parallel.
///
/// >>> from carekey.password import Hasher
/// >>> hasher = Hasher()
/// >>> stored = hasher.hash("Lantern#47 tide")
/// >>> hasher.verify(stored, "Lantern#47 tide")
/// Verified(matches=True, renew=False)
/// >>> hasher.operations
/// 2
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Hasher(core::Hasher);

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

    /// Hashes a password for storing.
    ///
    /// Raises :class:`InvalidInput` ``password.too_long`` over 1,024 bytes.
    fn hash(&self, py: Python<'_>, password: SecretArg) -> PyResult<String> {
        run(py, || self.0.hash(password.0.reveal(), &mut rand::rng()))
    }

    /// Compares a password with a stored hash, in constant time. Hashes of
    /// other systems are accepted (P7).
    ///
    /// Raises :class:`InvalidInput` ``password.too_long``,
    /// ``hash.unsupported``, ``hash.unrecognised``, ``hash.out_of_bounds``,
    /// before any work is done.
    fn verify(&self, py: Python<'_>, stored: SecretArg, password: SecretArg) -> PyResult<Verified> {
        run(py, || self.0.verify(stored.0.reveal(), password.0.reveal())).map(Over::over)
    }

    /// Spends exactly one hash, against nothing: what a refusal without a
    /// stored hash must cost (E3).
    fn decoy(&self, py: Python<'_>, password: SecretArg) -> PyResult<()> {
        run(py, || {
            self.0.decoy(password.0.reveal());
            Ok(())
        })
    }

    /// How many hashes were computed so far, decoys included.
    #[getter]
    fn operations(&self) -> u64 {
        self.0.operations()
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

/// Checks the answers that someone chose (Q1, Q2), by question id: all that is
/// wrong, at once.
///
/// Findings, on the field ``answers``: ``questions.count``; then for each
/// answer, on ``answers.0`` and so on: ``questions.unknown``,
/// ``questions.repeated``, ``answer.too_long``, ``answer.too_short``,
/// ``answer.is_username``, ``answer.in_question``, ``answer.repeated``.
///
/// >>> from carekey.password import check_answers
/// >>> answers = {"first_pet": "Rex", "first_school": "rex", "first_car": "Red Fiat"}
/// >>> [(finding.field, finding.code) for finding in check_answers(answers, username="jo@example.com")]
/// [('answers.1', 'answer.repeated')]
#[pyfunction]
#[pyo3(signature = (answers, *, username, policy = None))]
pub(crate) fn check_answers(
    py: Python<'_>,
    answers: Answers,
    username: Text,
    policy: Option<Object<Policy>>,
) -> PyResult<Vec<Finding>> {
    let policy = self::policy(policy).questions;
    rule(py, || questions::check_answers(&policy, &username.0, &answers.borrowed()).over())
}

/// An answer as it is compared and hashed (Q3): NFKC, case-folded, letters,
/// digits and their accents only, with one blank between words.
#[pyfunction]
pub(crate) fn normalise_answer(py: Python<'_>, text: SecretArg) -> PyResult<Secret> {
    rule(py, || Secret(questions::normalise_answer(text.0.reveal())))
}

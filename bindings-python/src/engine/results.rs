//! What the engine answers with: one of several classes, or in a shape of
//! Python's own. The others are written from the core (`crate::answers`).

use carekey::agency::{self as engine, Asks, Invitee};
use carekey::invitation::OnlineAccount;
use carekey::{Locale, Params};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::answers::{Added, Description, Session, Step, User, WindowRow};
use crate::arg::{Id, Moment, Word, name};
use crate::finding::{Finding, ParamValue, params};
use crate::over::Over;
use crate::record::{Cell, ToCell, record};
use crate::secret::Secret;
use crate::table::{Table, TableOf};

#[pymethods]
impl Added {
    /// Why there is no account or no message: those of the enrolment.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.enrolled.as_ref().map(|enrolled| enrolled.findings.clone()).unwrap_or_default()
    }
}

record! {
    /// Signed in.
    Granted from carekey::Session as session {
        /// The session.
        session: Session = session.over(),
    }
}

record! {
    /// The password was right, and must be changed first (E2):
    /// `Agency.choose_password`.
    ChangePassword from carekey::Step as step {
        /// The step.
        step: Step = step.over(),
    }
}

record! {
    /// The password was right, and the security questions are to be set first
    /// (Q1): `Agency.set_questions`.
    SetQuestions from carekey::Step as step {
        /// The step.
        step: Step = step.over(),
    }
}

record! {
    /// Refused. Why is in the account's history and nowhere else (E3).
    Refused from () as _nothing {}
}

/// What signing in, and each step of it, comes to.
#[derive(IntoPyObject)]
pub(crate) enum SignIn {
    Granted(Granted),
    ChangePassword(ChangePassword),
    SetQuestions(SetQuestions),
    Refused(Refused),
}

impl Over<SignIn> for carekey::SignIn {
    fn over(self) -> SignIn {
        match self {
            Self::Granted(session) => SignIn::Granted(session.over()),
            Self::ChangePassword(step) => SignIn::ChangePassword(step.over()),
            Self::SetQuestions(step) => SignIn::SetQuestions(step.over()),
            Self::Refused => SignIn::Refused(().over()),
        }
    }
}

record! {
    /// One security question of the list (Q1).
    Question from &'static carekey::password::questions::Question as question {
        /// What answers name it by.
        id: String = question.id.over(),
        /// In English.
        en: String = question.text(Locale::English).over(),
        /// In Spanish.
        es: String = question.text(Locale::Spanish).over(),
    }
    methods {
        /// The question in every language that has texts, by its tag: those
        /// that ship, and those that :func:`load_language` added.
        #[getter]
        fn texts(&self) -> std::collections::BTreeMap<&'static str, &str> {
            Locale::known().into_iter().map(|locale| (locale.as_str(), self.text(Word(locale)))).collect()
        }

        /// The question for a reader of that language.
        #[pyo3(signature = (locale = Word(Locale::English)), text_signature = "($self, locale='en')")]
        fn text(&self, locale: Word<Locale>) -> &str {
            let known = carekey::password::questions::Question::find(&self.id);
            known.map_or(&self.en, |question| question.text(locale.0))
        }
    }
}

record! {
    /// What a recovery asks for next (E6). An unknown username is asked the
    /// same as a known one.
    Recovery from engine::Recovery as recovery {
        /// `code`, `questions` or `new_password`.
        asks: String = asks(&recovery.asks).over(),
        /// The questions to answer, where it asks for answers.
        questions: Vec<Question> = match recovery.asks {
            Asks::Questions(questions) => questions.over(),
            Asks::Code | Asks::NewPassword => Vec::new(),
        },
        /// What the next call takes.
        token: Secret = recovery.token.over(),
    }
}

fn asks(asks: &Asks) -> &'static str {
    match asks {
        Asks::Code => "code",
        Asks::Questions(_) => "questions",
        Asks::NewPassword => "new_password",
    }
}

record! {
    /// A redeemed invitation made a new account (I7): `Agency.choose_password`
    /// goes on with the step.
    NewAccount {
        /// The account.
        account: Id,
        /// The username, as it is shown.
        username: String,
        /// The step.
        step: Step,
    }
}

record! {
    /// A redeemed invitation was linked to an account that was there (I8).
    Linked {
        /// The account.
        account: Id,
        /// The username, as it is shown.
        username: String,
    }
}

record! {
    /// An account has the contact that the invitation went to. Nothing was
    /// done, and the invitation is good still: whoever has that account signs
    /// in and redeems again, with the session. Where the contact has changed
    /// hands, the office releases it (`Office.release_contact`) and invites
    /// again (C6).
    SignInFirst {}
}

/// What redeeming an invitation comes to.
#[derive(IntoPyObject)]
pub(crate) enum Redeemed {
    NewAccount(NewAccount),
    Linked(Linked),
    SignInFirst(SignInFirst),
}

impl Over<Redeemed> for engine::Redeemed {
    fn over(self) -> Redeemed {
        match self {
            Self::NewAccount { account, username, step } => {
                Redeemed::NewAccount(NewAccount { account: account.over(), username, step: step.over() })
            }
            Self::Linked { account, username } => Redeemed::Linked(Linked { account: account.over(), username }),
            Self::SignInFirst => Redeemed::SignInFirst(SignInFirst {}),
        }
    }
}

record! {
    /// What came of one item of a batch (I9).
    row BatchRow from engine::BatchRow as row {
        /// The party, where the item is one.
        party: Option<Id> = match row.item { Invitee::Party(id) => Some(id.over()), Invitee::Application(_) => None },
        /// The application, where the item is one.
        application: Option<Id> = match row.item { Invitee::Application(id) => Some(id.over()), Invitee::Party(_) => None },
        /// Whether it was done.
        done: bool = row.done,
        /// Why not, or what there is to say.
        findings: Vec<Finding> = row.findings.over(),
    }
}

record! {
    /// One line of the list of applications (I4).
    row Application from engine::ApplicationRow as row {
        /// Which.
        id: Id = row.id.over(),
        /// Its number.
        number: String = row.number,
        /// The family, as it is shown.
        family_name: String = row.family_name,
        /// The family.
        family: Id = row.family.over(),
        /// When it was submitted.
        submitted_at: Moment = row.submitted_at.over(),
        /// What the Online Account column shows: the contact of the account
        /// that it is linked to …
        linked_to: Option<String> = match &row.online_account {
            OnlineAccount::Linked(contact) => Some(contact.clone()),
            OnlineAccount::Action(_) => None,
        },
        /// … or what can be done, since it is linked to none.
        next_action: Option<Word<carekey::invitation::OfficeAction>> = match row.online_account {
            OnlineAccount::Linked(_) => None,
            OnlineAccount::Action(action) => Some(Word(action)),
        },
        /// When the live invitation lapses.
        invited_until: Option<Moment> = row.invited_until.over(),
        /// Where the current invitation went, in canonical form; of one that was
        /// printed, the contact that goes with its code.
        invited_contact: Option<String> = row.invited_contact,
        /// How it went there.
        invited_method: Option<Word<carekey::Method>> = row.invited_method.over(),
        /// Where the current invitation stands.
        invitation: Option<Word<carekey::invitation::Standing>> = row.invitation.over(),
    }
}

#[pymethods]
impl Description {
    /// The text for a reader of that language.
    #[pyo3(signature = (locale = Word(Locale::English)), text_signature = "($self, locale='en')")]
    fn text(&self, locale: Word<Locale>) -> String {
        engine::Description { act: self.act.0, by: self.by.clone() }.text(locale.0)
    }

    fn __str__(&self) -> String {
        self.text(Word(Locale::English))
    }
}

impl ToCell for Description {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.__str__().into())
    }
}

record! {
    /// A page of the list of users (A3).
    UserPage from engine::UserPage as page {
        /// The page: a table of `User`.
        users: TableOf<User> = Table::of(page.users),
        /// How many users the filter finds, on all pages.
        found: u64 = page.found,
        /// How many accounts of the agency are not disabled.
        active: u64 = page.active,
    }
}

record! {
    /// The parties of one role, with their number (A5).
    WindowGroup from engine::WindowGroup as group {
        /// The role.
        role: Word<carekey::Role> = group.role.over(),
        /// How many parties have it, on all pages.
        total: u64 = group.total,
        /// The page asked for, by name: a table of `WindowRow`.
        rows: TableOf<WindowRow> = Table::of(group.rows),
    }
}

/// The details of a line: a dictionary.
#[derive(Clone, PartialEq)]
pub(crate) struct Details(pub(crate) Params);

impl<'py> IntoPyObject<'py> for Details {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr =
        <std::collections::BTreeMap<String, ParamValue> as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        params(&self.0).into_pyobject(py)
    }
}

impl ToCell for Details {
    fn cell(&self) -> Cell<'_> {
        let shown: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if shown.is_empty() { Cell::Blank } else { Cell::Text(shown.join("; ").into()) }
    }
}

/// The keyed hash of a line: `bytes`.
#[derive(Clone, PartialEq)]
pub(crate) struct Mac(pub(crate) Vec<u8>);

impl<'py> IntoPyObject<'py> for Mac {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = core::convert::Infallible;

    const OUTPUT_TYPE: PyStaticExpr = name("bytes");

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyBytes::new(py, &self.0))
    }
}

impl ToCell for Mac {
    fn cell(&self) -> Cell<'_> {
        use core::fmt::Write;
        let hex = self.0.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Cell::Text(hex.into())
    }
}

//! One agency: signing in and all its steps, recovery, invitations, and who
//! sees what.

use carekey::agency::Redeemed;
use carekey::{AccountId, Credentials, PartyId, SignIn};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use super::directory::Open;
use super::results::{
    ChangePassword, Granted, InvitationView, Line, Linked, NewAccount, Party, Recovered, Recovery, Refused, Session,
    SetQuestions, SignInFirst, SignedIn,
};
use super::settings::{Actor, AgencySettings};
use super::sight::{Decision, SeenBy, Sight};
use super::{Answers, Office, Outbox, Typed, whose};
use crate::arg::{Count, Flag, Id, Object, Text, Word};
use crate::error::run;
use crate::secret::SecretArg;
use crate::table::{PagesOf, Table, TableOf};

/// One tenant of a directory. A cheap handle; keep it, share it between
/// threads.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Agency(pub(crate) Open<carekey::Agency>);

fn sign_in(py: Python<'_>, answer: SignIn) -> PyResult<Py<PyAny>> {
    match answer {
        SignIn::Granted(session) => Granted::from(session).into_py_any(py),
        SignIn::ChangePassword(step) => ChangePassword::from(step).into_py_any(py),
        SignIn::SetQuestions(step) => SetQuestions::from(step).into_py_any(py),
        SignIn::Refused => Refused::from(()).into_py_any(py),
    }
}

fn redeemed(py: Python<'_>, redeemed: Redeemed) -> PyResult<Py<PyAny>> {
    match redeemed {
        Redeemed::NewAccount { account, username, step } => NewAccount::from((account, username, step)).into_py_any(py),
        Redeemed::Linked { account, username } => Linked::from((account, username)).into_py_any(py),
        Redeemed::SignInFirst => SignInFirst::from(()).into_py_any(py),
    }
}

#[pymethods]
impl Agency {
    /// The code by which the directory knows it.
    #[getter]
    fn code(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.0.get(py)?.code().to_owned())
    }

    /// Its identifier.
    #[getter]
    fn id(&self, py: Python<'_>) -> PyResult<Id> {
        Ok(Id(self.0.get(py)?.id().0))
    }

    /// Its settings as they are now.
    #[getter]
    fn settings(&self, py: Python<'_>) -> PyResult<AgencySettings> {
        let agency = self.0.get(py)?;
        run(py, || agency.settings()).map(AgencySettings)
    }

    /// The office of this agency with someone acting. ``source`` is from where
    /// they come, as the histories show it.
    #[pyo3(signature = (actor, *, source = None))]
    fn acting_as(&self, actor: Object<Actor>, source: Option<Text>) -> Office {
        Office { agency: self.0.clone(), actor: actor.0.get().0.clone(), source: super::source(source) }
    }

    /// The messages that wait to be sent.
    #[getter]
    fn outbox(&self) -> Outbox {
        Outbox(self.0.clone())
    }

    /// Signs someone in (E3). Answers with one of :class:`Granted`,
    /// :class:`ChangePassword`, :class:`SetQuestions`, :class:`Refused`; every
    /// refusal looks the same and takes the same work.
    ///
    /// ``device`` is the token that an earlier :class:`Session` left on the
    /// device: such a device is counted by itself, whatever strangers do (E4).
    ///
    /// >>> import carekey, carekey.testing
    /// >>> with carekey.testing.agency() as agency:
    /// ...     agency.sign_in("nobody@example.com", "wrong")
    /// Refused()
    #[pyo3(signature = (username, password, *, remember = Flag(false), device = None, source = None) -> "Granted | ChangePassword | SetQuestions | Refused")]
    fn sign_in(
        &self,
        py: Python<'_>,
        username: Text,
        password: SecretArg,
        remember: Flag,
        device: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let device = device.map(|device| device.0);
        let device = device.as_ref().map(carekey::Secret::reveal);
        let credentials = Credentials { username: &username.0, password: &password.0, remember: remember.0, device };
        let answer = run(py, || agency.sign_in(&credentials, &source))?;
        sign_in(py, answer)
    }

    /// The username of an activation link, without using it up (E1).
    ///
    /// Raises :class:`RefusedError` ``step.refused``.
    fn activation(&self, py: Python<'_>, link: SecretArg) -> PyResult<String> {
        let agency = self.0.get(py)?;
        run(py, || agency.activation(link.0.reveal()))
    }

    /// Sets the first password of an account by its activation link (E1), and
    /// returns the state it is in then. Without ``confirm``, the host has
    /// compared the two.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
    /// with the findings about the password.
    #[pyo3(signature = (link, password, *, confirm = None, source = None))]
    fn activate(
        &self,
        py: Python<'_>,
        link: SecretArg,
        password: SecretArg,
        confirm: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Word<carekey::account::State>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let typed = Typed::of(password, confirm);
        run(py, || agency.activate(link.0.reveal(), typed.both(), &source)).map(Word)
    }

    /// Chooses a password in a step, after a temporary one or a redeemed code
    /// (E2). Answers as :meth:`sign_in`.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
    /// with the findings about the password.
    #[pyo3(signature = (step, password, *, confirm = None, source = None) -> "Granted | ChangePassword | SetQuestions | Refused")]
    fn choose_password(
        &self,
        py: Python<'_>,
        step: SecretArg,
        password: SecretArg,
        confirm: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let typed = Typed::of(password, confirm);
        let answer = run(py, || agency.choose_password(&step.0, typed.both(), &source))?;
        sign_in(py, answer)
    }

    /// Sets the security questions in a step (Q1): answers by question id.
    /// Answers as :meth:`sign_in`.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
    /// with the findings about the answers.
    #[pyo3(signature = (step, answers, *, source = None) -> "Granted | ChangePassword | SetQuestions | Refused")]
    fn set_questions(
        &self,
        py: Python<'_>,
        step: SecretArg,
        answers: Answers,
        source: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let answer = run(py, || agency.set_questions(&step.0, &answers.borrowed(), &source))?;
        sign_in(py, answer)
    }

    /// Changes the password of whoever is signed in (P4). Their other sessions
    /// and devices end; this one goes on under new tokens, which are returned.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
    /// ``password.current_wrong`` or with the findings about the new one.
    #[pyo3(signature = (session, current, password, *, confirm = None, source = None))]
    fn change_password(
        &self,
        py: Python<'_>,
        session: SecretArg,
        current: SecretArg,
        password: SecretArg,
        confirm: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Session> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let typed = Typed::of(password, confirm);
        run(py, || agency.change_password(session.0.reveal(), &current.0, typed.both(), &source)).map(Into::into)
    }

    /// Whose session it is, if it lives (E5).
    ///
    /// Raises :class:`RefusedError` ``session.ended``.
    fn session(&self, py: Python<'_>, token: SecretArg) -> PyResult<SignedIn> {
        let agency = self.0.get(py)?;
        run(py, || agency.session(token.0.reveal())).map(Into::into)
    }

    /// Ends a session (E5). One that has ended already is no fault.
    #[pyo3(signature = (token, *, source = None))]
    fn sign_out(&self, py: Python<'_>, token: SecretArg, source: Option<Text>) -> PyResult<()> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.sign_out(token.0.reveal(), &source))
    }

    /// Begins to recover a forgotten password (E6). An unknown username gets
    /// the same answer as a known one.
    #[pyo3(signature = (username, *, source = None))]
    fn recover(&self, py: Python<'_>, username: Text, source: Option<Text>) -> PyResult<Recovery> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.recover(&username.0, &source)).map(Into::into)
    }

    /// Goes on with a recovery by the code of the message (E6).
    ///
    /// Raises :class:`RefusedError` ``recovery.refused``.
    #[pyo3(signature = (token, code, *, source = None))]
    fn recovery_code(
        &self,
        py: Python<'_>,
        token: SecretArg,
        code: SecretArg,
        source: Option<Text>,
    ) -> PyResult<Recovery> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.recovery_code(&token.0, code.0.reveal(), &source)).map(Into::into)
    }

    /// Goes on with a recovery by the answers, by question id (Q5).
    ///
    /// Raises :class:`RefusedError` ``recovery.refused``.
    #[pyo3(signature = (token, answers, *, source = None))]
    fn recovery_answers(
        &self,
        py: Python<'_>,
        token: SecretArg,
        answers: Answers,
        source: Option<Text>,
    ) -> PyResult<Recovery> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.recovery_answers(&token.0, &answers.borrowed(), &source)).map(Into::into)
    }

    /// Ends a recovery with a new password. All sessions end, the failures are
    /// forgotten, and the user signs in as ever, with the token of the device
    /// that is returned (E4).
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
    /// with the findings about the password.
    #[pyo3(signature = (token, password, *, confirm = None, source = None))]
    fn finish_recovery(
        &self,
        py: Python<'_>,
        token: SecretArg,
        password: SecretArg,
        confirm: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Recovered> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let typed = Typed::of(password, confirm);
        run(py, || agency.finish_recovery(&token.0, typed.both(), &source)).map(Into::into)
    }

    /// Confirms a new e-mail address or phone number by the link that was sent
    /// to it (C2). It takes the place of the earlier one, and where that was
    /// the username, the username follows (U1). Returns the username.
    ///
    /// Raises :class:`RefusedError` ``step.refused`` where the link is not or
    /// no longer good, or the owner of the earlier contact objected;
    /// :class:`InvalidInput` ``link.malformed`` or with the findings about the
    /// username.
    #[pyo3(signature = (link, *, source = None))]
    fn confirm_contact(&self, py: Python<'_>, link: SecretArg, source: Option<Text>) -> PyResult<String> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.confirm_contact(link.0.reveal(), &source))
    }

    /// Objects to a new e-mail address or phone number, by the link that was
    /// sent to the earlier one (C2): it cannot be confirmed any more, and
    /// stands in the office's review.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput`
    /// ``link.malformed``.
    #[pyo3(signature = (link, *, source = None))]
    fn object_to_contact(&self, py: Python<'_>, link: SecretArg, source: Option<Text>) -> PyResult<()> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.object_to_contact(link.0.reveal(), &source))
    }

    /// What an invitation link shows (I3). Looking uses nothing up, however
    /// often mail scanners do.
    ///
    /// Raises :class:`RefusedError` ``invitation.refused``.
    fn look_at_invitation(&self, py: Python<'_>, link: SecretArg) -> PyResult<InvitationView> {
        let agency = self.0.get(py)?;
        run(py, || agency.look_at_invitation(link.0.reveal())).map(Into::into)
    }

    /// Redeems a code together with the contact it was sent to, or with the
    /// application's number (I3, I7). Answers with :class:`NewAccount`; with
    /// :class:`Linked` where a session is given (I8); with
    /// :class:`SignInFirst` where none is and an account has the contact.
    ///
    /// Raises :class:`RefusedError` ``invitation.refused``, for the right code
    /// after its time ``invitation.expired``, or ``session.ended``;
    /// :class:`InvalidInput` ``code.mistyped`` or ``code.malformed``, which count
    /// no failure.
    #[pyo3(signature = (code, contact, *, session = None, source = None) -> "NewAccount | Linked | SignInFirst")]
    fn redeem_code(
        &self,
        py: Python<'_>,
        code: SecretArg,
        contact: Text,
        session: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let session = session.map(|session| session.0);
        let session = session.as_ref().map(carekey::Secret::reveal);
        let done = run(py, || agency.redeem_code(code.0.reveal(), &contact.0, session, &source))?;
        redeemed(py, done)
    }

    /// Redeems an invitation by its link (I7). Answers as :meth:`redeem_code`.
    ///
    /// Raises :class:`RefusedError` ``invitation.refused``.
    #[pyo3(signature = (link, *, session = None, source = None) -> "NewAccount | Linked | SignInFirst")]
    fn redeem_link(
        &self,
        py: Python<'_>,
        link: SecretArg,
        session: Option<SecretArg>,
        source: Option<Text>,
    ) -> PyResult<Py<PyAny>> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        let session = session.map(|session| session.0);
        let session = session.as_ref().map(carekey::Secret::reveal);
        let done = run(py, || agency.redeem_link(link.0.reveal(), session, &source))?;
        redeemed(py, done)
    }

    /// Whether an account may see a resource now, and why (V): of a party
    /// (a client), of an application, or, with neither, its own. The answer is
    /// true where it may.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``party.not_found``,
    /// ``application.not_found``.
    #[pyo3(signature = (viewer, resource, *, party = None, application = None))]
    fn can_see(
        &self,
        py: Python<'_>,
        viewer: Id,
        resource: Word<carekey::Resource>,
        party: Option<Id>,
        application: Option<Id>,
    ) -> PyResult<Decision> {
        let (agency, of) = (self.0.get(py)?, whose(py, party, application)?);
        run(py, || agency.can_see(AccountId(viewer.0), resource.0, of)).map(Into::into)
    }

    /// Everything that an account sees now (V): a table of :class:`Sight`.
    ///
    /// Raises :class:`NotFound` ``account.not_found``.
    fn sees(&self, py: Python<'_>, viewer: Id) -> PyResult<TableOf<Sight>> {
        let agency = self.0.get(py)?;
        run(py, || agency.sees(AccountId(viewer.0))).map(Table::of)
    }

    /// Every account that sees a resource of a party or an application now,
    /// and why (V): a table of :class:`SeenBy`.
    ///
    /// Raises :class:`NotFound` ``party.not_found``,
    /// ``application.not_found``.
    #[pyo3(signature = (resource, *, party = None, application = None))]
    fn seen_by(
        &self,
        py: Python<'_>,
        resource: Word<carekey::Resource>,
        party: Option<Id>,
        application: Option<Id>,
    ) -> PyResult<TableOf<SeenBy>> {
        let (agency, of) = (self.0.get(py)?, whose(py, party, application)?);
        run(py, || agency.seen_by(resource.0, of)).map(Table::of)
    }

    /// What an account may see, as a text that its app verifies with
    /// :attr:`snapshot_key` and decides by without a network
    /// (:class:`Snapshot`). It lapses after the hours of the policy.
    ///
    /// Raises :class:`NotFound` ``account.not_found``;
    /// :class:`InvalidInput` ``account.disabled``.
    fn snapshot(&self, py: Python<'_>, viewer: Id) -> PyResult<String> {
        let agency = self.0.get(py)?;
        run(py, || agency.snapshot(AccountId(viewer.0)))
    }

    /// The public key of the agency's snapshots, to be built into its apps.
    #[getter]
    fn snapshot_key(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.0.get(py)?.snapshot_key().to_string())
    }

    /// A party as the agency knows it.
    ///
    /// Raises :class:`NotFound` ``party.not_found``.
    fn party(&self, py: Python<'_>, party: Id) -> PyResult<Party> {
        let agency = self.0.get(py)?;
        run(py, || agency.party(PartyId(party.0))).map(Into::into)
    }

    /// Parties whose name, contact or external id fits a text; all, with an
    /// empty one. An iterator of :class:`Party` that reads page by page.
    #[pyo3(signature = (text = Text(String::new()), *, page = Count(500)), text_signature = "($self, text='', *, page=500)")]
    fn find_parties(&self, text: Text, page: Count) -> PagesOf<Party> {
        let handle = self.0.clone();
        PagesOf::new(page.0, move |py, offset, limit| {
            let agency = handle.get(py)?;
            run(py, || agency.find_parties(&text.0, offset, limit))
        })
    }

    /// The history of an account (H): a table of :class:`Line`.
    ///
    /// Raises :class:`NotFound` ``account.not_found``.
    fn history(&self, py: Python<'_>, account: Id) -> PyResult<TableOf<Line>> {
        let agency = self.0.get(py)?;
        run(py, || agency.history(AccountId(account.0))).map(Table::of)
    }

    /// The agency's own history (H): a table of :class:`Line`.
    fn agency_history(&self, py: Python<'_>) -> PyResult<TableOf<Line>> {
        let agency = self.0.get(py)?;
        run(py, || agency.agency_history()).map(Table::of)
    }

    /// Checks that an account's history is whole and was not changed (H).
    ///
    /// Raises :class:`StoreError` ``history.broken`` or ``history.cut``.
    fn verify_history(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let agency = self.0.get(py)?;
        run(py, || agency.verify_history(AccountId(account.0)))
    }

    /// Checks that the agency's own history is whole and was not changed, and
    /// that every account whose history it saw begin still has one (H).
    ///
    /// Raises :class:`StoreError` ``history.broken``, ``history.cut`` or
    /// ``history.removed``.
    fn verify_agency_history(&self, py: Python<'_>) -> PyResult<()> {
        let agency = self.0.get(py)?;
        run(py, || agency.verify_agency_history())
    }

    /// Writes to the agency's owner from a template (N), on behalf of whoever
    /// is signed in.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`NotAllowed`;
    /// :class:`InvalidInput` with the findings about the text.
    #[pyo3(signature = (session, text, *, source = None))]
    fn message_owner(&self, py: Python<'_>, session: SecretArg, text: SecretArg, source: Option<Text>) -> PyResult<()> {
        let (agency, source) = (self.0.get(py)?, super::source(source));
        run(py, || agency.message_owner(session.0.reveal(), &text.0, &source))
    }

    /// Removes what nobody needs any more: lapsed tokens, and messages that
    /// were closed so many days ago. Returns how many records there were.
    fn tidy(&self, py: Python<'_>, message_days: Count) -> PyResult<u64> {
        let agency = self.0.get(py)?;
        let days = u32::try_from(message_days.0).unwrap_or(u32::MAX);
        run(py, || agency.tidy(days))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Agency {}>", self.0.get(py)?.code()))
    }
}

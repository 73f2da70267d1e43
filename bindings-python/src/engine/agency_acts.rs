//! Written by core/surface from the core: change it there, not here.

use pyo3::prelude::*;

use crate::answers::{Decision, InvitationView, Line, OwnContact, OwnSession, Party, Recovered, Session, SignedIn};
use crate::arg::{Count, Flag, Id, Text, Word};
use crate::engine::results::{Recovery, Redeemed, SignIn};
use crate::engine::sight::{SeenBy, Sight};
use crate::error::run;
use crate::over::Over;
use crate::secret::SecretArg;
use crate::table::{PagesOf, Table, TableOf};
use super::{Agency, Answers, Typed, whose};

#[pymethods]
impl Agency {
    /// Whether an account may see a resource now, and why (V). Default deny: an
    /// account or a party of another agency is one that is not there.
    ///
    /// Whose: of a ``party``, of an ``application``, or with neither one's own.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``party.not_found``,
    /// ``application.not_found``, or :class:`StoreError`.
    #[pyo3(signature = (viewer, resource, *, party = None, application = None), text_signature = "($self, viewer, resource, *, party=None, application=None)")]
    fn can_see(&self, py: Python<'_>, viewer: Id, resource: Word<carekey::Resource>, party: Option<Id>, application: Option<Id>) -> PyResult<Decision> {
        let agency = self.get(py)?;
        let viewer = viewer.over();
        let resource = resource.over();
        let of = whose(py, party, application)?;
        run(py, || agency.can_see(viewer, resource, of)).map(Over::over)
    }

    /// Everything that an account sees now: its own, that of everyone it is tied
    /// to, its applications, and what is granted to it by name. A grant for every
    /// client stands for itself and is not listed client by client.
    ///
    /// A table of :class:`Sight`.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, or :class:`StoreError`.
    fn sees(&self, py: Python<'_>, viewer: Id) -> PyResult<TableOf<Sight>> {
        let agency = self.get(py)?;
        let viewer = viewer.over();
        run(py, || agency.sees(viewer)).map(Table::of)
    }

    /// Every account that sees a resource of a client or an application now, and
    /// why: the other way round.
    ///
    /// A table of :class:`SeenBy`.
    ///
    /// Whose: of a ``party``, of an ``application``, or with neither one's own.
    ///
    /// Raises :class:`NotFound` ``party.not_found``, ``application.not_found``, or
    /// :class:`StoreError`.
    #[pyo3(signature = (resource, *, party = None, application = None), text_signature = "($self, resource, *, party=None, application=None)")]
    fn seen_by(&self, py: Python<'_>, resource: Word<carekey::Resource>, party: Option<Id>, application: Option<Id>) -> PyResult<TableOf<SeenBy>> {
        let agency = self.get(py)?;
        let resource = resource.over();
        let of = whose(py, party, application)?;
        run(py, || agency.seen_by(resource, of)).map(Table::of)
    }

    /// A snapshot of what an account may see, for an app to decide by without a
    /// network until it lapses (V, ``snapshot``): as ``can_see``, it answers for
    /// what is now. It lasts as long as the policy says.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, ``account.deleted``,
    /// :class:`InvalidInput` ``account.disabled``, or :class:`StoreError`.
    fn snapshot(&self, py: Python<'_>, viewer: Id) -> PyResult<String> {
        let agency = self.get(py)?;
        let viewer = viewer.over();
        run(py, || agency.snapshot(viewer)).map(Over::over)
    }

    /// The contacts of one's own account (C1): where its user is reached, and which
    /// wait to be confirmed; e-mail first, of each kind those that nobody objected
    /// to, the earliest of them first.
    ///
    /// A table of :class:`OwnContact`.
    ///
    /// Raises :class:`RefusedError` ``session.ended``.
    #[pyo3(signature = (session, *, source = None), text_signature = "($self, session, *, source=None)")]
    fn contacts(&self, py: Python<'_>, session: SecretArg, source: Option<Text>) -> PyResult<TableOf<OwnContact>> {
        let agency = self.get(py)?;
        let session = session.0;
        let source = super::source(source);
        run(py, || agency.contacts(session.reveal(), &source)).map(Table::of)
    }

    /// Changes one's own e-mail address or phone number, with one's password (C3).
    /// The new one is sent a link to confirm it, and takes the place of the one of
    /// its kind, and of the username where that is the same (U1, U2), when it is
    /// confirmed; the earlier one is told, and of a number the e-mail address as
    /// well, with a link to object for 30 days. Only the latest that was asked for
    /// can be confirmed. One that is theirs already takes back what waits.
    ///
    /// Whether somebody else has the address is said to whoever confirms it, who
    /// has it, and to nobody else.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
    /// ``password.current_wrong``, counted as at sign-in (E4);
    /// :class:`InvalidInput` with the findings about the address, such as
    /// ``email.malformed``; ``contact.objected`` where its owner objected and the
    /// office has not decided; ``contact.too_often`` where ten messages about
    /// changes went to either contact within a day.
    #[pyo3(signature = (session, password, method, address, *, source = None), text_signature = "($self, session, password, method, address, *, source=None)")]
    fn change_contact(&self, py: Python<'_>, session: SecretArg, password: SecretArg, method: Word<carekey::Method>, address: Text, source: Option<Text>) -> PyResult<OwnContact> {
        let agency = self.get(py)?;
        let session = session.0;
        let password = password.0;
        let method = method.over();
        let address = address.0;
        let source = super::source(source);
        run(py, || agency.change_contact(session.reveal(), &password, method, &address, &source)).map(Over::over)
    }

    /// In which language its user is written to from now on (C3). What the office
    /// writes down of the party later, unless it is another language, leaves it so.
    ///
    /// Raises :class:`RefusedError` ``session.ended``.
    #[pyo3(signature = (session, language, *, source = None), text_signature = "($self, session, language, *, source=None)")]
    fn set_language(&self, py: Python<'_>, session: SecretArg, language: Word<carekey::Locale>, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let session = session.0;
        let language = language.over();
        let source = super::source(source);
        run(py, || agency.set_language(session.reveal(), language, &source))
    }

    /// Confirms a new e-mail address or phone number by the link that was sent to
    /// it (C2, C3). It takes the place of the earlier one, and where that was the
    /// username, the username follows (U1). Gives the username.
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; ``contact.objected`` where
    /// the owner of the earlier contact objected; :class:`RefusedError`
    /// ``step.refused`` where the link is not or no longer good;
    /// :class:`InvalidInput` with the findings about the username.
    #[pyo3(signature = (link, *, source = None), text_signature = "($self, link, *, source=None)")]
    fn confirm_contact(&self, py: Python<'_>, link: SecretArg, source: Option<Text>) -> PyResult<String> {
        let agency = self.get(py)?;
        let link = link.0;
        let source = super::source(source);
        run(py, || agency.confirm_contact(link.reveal(), &source)).map(Over::over)
    }

    /// Objects to a new e-mail address or phone number, by the link that was sent
    /// to the earlier one (C2, C3), for 30 days and whatever whoever holds the
    /// account did meanwhile. The change and all that came after it are taken back:
    /// the earlier contact and username hold again, and all sessions and devices of
    /// the account end. Where the user asked for the change, or the new contact was
    /// confirmed, the password is gone as well, and the questions are those of
    /// before: whoever has the earlier contact recovers the account by it. The new
    /// one proves nothing, and stands in the office's review until it has decided.
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
    /// ``step.refused`` where the link is not or no longer good: used, too old, the
    /// office has decided, the account is deleted.
    #[pyo3(signature = (link, *, source = None), text_signature = "($self, link, *, source=None)")]
    fn object_to_contact(&self, py: Python<'_>, link: SecretArg, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let link = link.0;
        let source = super::source(source);
        run(py, || agency.object_to_contact(link.reveal(), &source))
    }

    /// Where the user of a session is signed in: their sessions, and the devices
    /// from which they signed in before (E5); the latest first, sessions before
    /// devices. What is over is not among them.
    ///
    /// A table of :class:`OwnSession`.
    ///
    /// Raises :class:`RefusedError` ``session.ended``.
    fn sessions(&self, py: Python<'_>, session: SecretArg) -> PyResult<TableOf<OwnSession>> {
        let agency = self.get(py)?;
        let session = session.0;
        run(py, || agency.sessions(session.reveal())).map(Table::of)
    }

    /// Ends one of the user's own sessions, this one too, or lets go of a device
    /// and of the sessions that began at it (E5).
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`NotFound`
    /// ``session.not_found`` where none of theirs has that identifier, whoever has
    /// it else, or it is over.
    #[pyo3(signature = (session, id, *, source = None), text_signature = "($self, session, id, *, source=None)")]
    fn end_session(&self, py: Python<'_>, session: SecretArg, id: Id, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let session = session.0;
        let id = id.over();
        let source = super::source(source);
        run(py, || agency.end_session(session.reveal(), id, &source))
    }

    /// Ends all of the user's sessions but this one, and lets go of all devices but
    /// that which it began at (E5). What a sign-in elsewhere led to is begun again.
    /// Gives how many sessions and devices there were.
    ///
    /// Raises :class:`RefusedError` ``session.ended``.
    #[pyo3(signature = (session, *, source = None), text_signature = "($self, session, *, source=None)")]
    fn end_other_sessions(&self, py: Python<'_>, session: SecretArg, source: Option<Text>) -> PyResult<u64> {
        let agency = self.get(py)?;
        let session = session.0;
        let source = super::source(source);
        run(py, || agency.end_other_sessions(session.reveal(), &source)).map(Over::over)
    }

    /// Sends what a signed-in user writes to the agency's owner, in the template of
    /// the message; where there are several owners, to each. It waits sealed, as
    /// codes do: it may be about someone's health.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`NotAllowed`
    /// ``actor.not_allowed`` where the user may not (V); :class:`InvalidInput`
    /// ``text.too_long`` over 5,000 characters; ``email.missing`` where the agency
    /// has no address of its owner.
    #[pyo3(signature = (session, text, *, source = None), text_signature = "($self, session, text, *, source=None)")]
    fn message_owner(&self, py: Python<'_>, session: SecretArg, text: SecretArg, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let session = session.0;
        let text = text.0;
        let source = super::source(source);
        run(py, || agency.message_owner(session.reveal(), &text, &source))
    }

    /// Begins a recovery: by the policy it sends a code to the stored contact, or
    /// asks the security questions (Q5). For unknown names, and for accounts that
    /// cannot be recovered, the answer and the work are the same.
    ///
    /// Raises :class:`StoreError`.
    #[pyo3(signature = (username, *, source = None), text_signature = "($self, username, *, source=None)")]
    fn recover(&self, py: Python<'_>, username: Text, source: Option<Text>) -> PyResult<Recovery> {
        let agency = self.get(py)?;
        let username = username.0;
        let source = super::source(source);
        run(py, || agency.recover(&username, &source)).map(Over::over)
    }

    /// Takes a code that was sent (E6), and says what is asked next.
    ///
    /// Raises :class:`RefusedError` ``recovery.refused``, whatever is wrong: the
    /// code, its time, the token, the account.
    #[pyo3(signature = (token, code, *, source = None), text_signature = "($self, token, code, *, source=None)")]
    fn recovery_code(&self, py: Python<'_>, token: SecretArg, code: SecretArg, source: Option<Text>) -> PyResult<Recovery> {
        let agency = self.get(py)?;
        let token = token.0;
        let code = code.0;
        let source = super::source(source);
        run(py, || agency.recovery_code(&token, code.reveal(), &source)).map(Over::over)
    }

    /// Takes the answers to all questions that were asked, and says only whether
    /// they are right together (Q4). The fifth wrong set ends the recovery; where
    /// nothing but questions is asked, it makes further ones wait (E4).
    ///
    /// Raises :class:`RefusedError` ``recovery.refused``, whatever is wrong.
    #[pyo3(signature = (token, answers, *, source = None), text_signature = "($self, token, answers, *, source=None)")]
    fn recovery_answers(&self, py: Python<'_>, token: SecretArg, answers: Answers, source: Option<Text>) -> PyResult<Recovery> {
        let agency = self.get(py)?;
        let token = token.0;
        let answers = answers.borrowed();
        let source = super::source(source);
        run(py, || agency.recovery_answers(&token, &answers, &source)).map(Over::over)
    }

    /// Chooses the new password and ends the recovery: all sessions end, the
    /// failures are forgotten, and nobody is signed in by it (E6).
    ///
    /// Without ``confirm``, the host has compared the two.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
    /// the findings about the password, after which the step stays open.
    #[pyo3(signature = (token, password, *, confirm = None, source = None), text_signature = "($self, token, password, *, confirm=None, source=None)")]
    fn finish_recovery(&self, py: Python<'_>, token: SecretArg, password: SecretArg, confirm: Option<SecretArg>, source: Option<Text>) -> PyResult<Recovered> {
        let agency = self.get(py)?;
        let token = token.0;
        let password = Typed::of(password, confirm);
        let source = super::source(source);
        run(py, || agency.finish_recovery(&token, password.both(), &source)).map(Over::over)
    }

    /// What an invitation's link leads to. It never uses the link up: mail scanners
    /// open links (I7).
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
    /// ``invitation.expired`` where its time is over; ``invitation.refused`` in
    /// every other case.
    fn look_at_invitation(&self, py: Python<'_>, link: SecretArg) -> PyResult<InvitationView> {
        let agency = self.get(py)?;
        let link = link.0;
        run(py, || agency.look_at_invitation(link.reveal())).map(Over::over)
    }

    /// Redeems a code together with the contact it was sent to or the application's
    /// number (I3), exactly once, however many try at the same time (I7). With a
    /// session, it links to that account; without, to a new one (I8), and never to
    /// one that exists (``SignInFirst``).
    ///
    /// Wrong codes are counted and keep nobody waiting: the code is too long to be
    /// found, and no stranger can keep the right one from being taken.
    ///
    /// Raises :class:`InvalidInput` ``code.malformed`` and ``code.mistyped``
    /// without asking the store; :class:`RefusedError` ``session.ended`` where a
    /// session was given that is over; ``invitation.expired`` for the right code
    /// after its time; ``invitation.refused`` in every other case.
    #[pyo3(signature = (code, contact, *, session = None, source = None), text_signature = "($self, code, contact, *, session=None, source=None)")]
    fn redeem_code(&self, py: Python<'_>, code: SecretArg, contact: Text, session: Option<SecretArg>, source: Option<Text>) -> PyResult<Redeemed> {
        let agency = self.get(py)?;
        let with = contact;
        let code = code.0;
        let with = with.0;
        let session = session.map(|session| session.0);
        let source = super::source(source);
        run(py, || agency.redeem_code(code.reveal(), &with, session.as_ref().map(carekey::Secret::reveal), &source)).map(Over::over)
    }

    /// Redeems the confirmed link of an invitation, exactly once (I7, I8).
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; else as
    /// ``Agency.redeem_code``.
    #[pyo3(signature = (link, *, session = None, source = None), text_signature = "($self, link, *, session=None, source=None)")]
    fn redeem_link(&self, py: Python<'_>, link: SecretArg, session: Option<SecretArg>, source: Option<Text>) -> PyResult<Redeemed> {
        let agency = self.get(py)?;
        let link = link.0;
        let session = session.map(|session| session.0);
        let source = super::source(source);
        run(py, || agency.redeem_link(link.reveal(), session.as_ref().map(carekey::Secret::reveal), &source)).map(Over::over)
    }

    /// Who this session belongs to, if it is live: not idle or old, its account
    /// neither disabled nor deleted, its password the same. A lock refuses
    /// passwords and ends no session (E4).
    ///
    /// Raises :class:`RefusedError` ``session.ended``, whatever the reason; or
    /// :class:`StoreError`.
    fn session(&self, py: Python<'_>, token: SecretArg) -> PyResult<SignedIn> {
        let agency = self.get(py)?;
        let token = token.0;
        run(py, || agency.session(token.reveal())).map(Over::over)
    }

    /// Ends this session. Ending one that is over is no error.
    ///
    /// Raises :class:`StoreError`.
    #[pyo3(signature = (token, *, source = None), text_signature = "($self, token, *, source=None)")]
    fn sign_out(&self, py: Python<'_>, token: SecretArg, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let token = token.0;
        let source = super::source(source);
        run(py, || agency.sign_out(token.reveal(), &source))
    }

    /// Signs in. Every refusal looks the same and costs the same, whether the name
    /// is unknown, the password wrong or empty, the account disabled, locked or
    /// expired (E3).
    ///
    /// Failures from devices that are not known are counted together, and make
    /// further passwords from such devices wait; a device whose token is given is
    /// counted by itself (E4).
    ///
    /// Raises only :class:`StoreError`: a refusal is an answer.
    ///
    /// >>> import carekey, carekey.testing
    /// >>> with carekey.testing.agency() as agency:
    /// ...     agency.sign_in("nobody@example.com", "wrong")
    /// Refused()
    #[pyo3(signature = (username, password, *, remember = Flag(false), device = None, source = None), text_signature = "($self, username, password, *, remember=False, device=None, source=None)")]
    fn sign_in(&self, py: Python<'_>, username: Text, password: SecretArg, remember: Flag, device: Option<SecretArg>, source: Option<Text>) -> PyResult<SignIn> {
        let agency = self.get(py)?;
        let username = username.0;
        let password = password.0;
        let remember = remember.over();
        let device = device.map(|device| device.0);
        let source = super::source(source);
        let new = carekey::agency::Credentials { username: &username, password: &password, remember, device: device.as_ref().map(carekey::Secret::reveal) };
        run(py, || agency.sign_in(&new, &source)).map(Over::over)
    }

    /// Whose activation this link is: the username to show beside the password
    /// fields. Looking never uses the link up (I7).
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
    /// ``step.refused`` where the link is not or no longer good.
    fn activation(&self, py: Python<'_>, link: SecretArg) -> PyResult<String> {
        let agency = self.get(py)?;
        let link = link.0;
        run(py, || agency.activation(link.reveal())).map(Over::over)
    }

    /// Sets the first password by the link of the activation message (S0). The
    /// contact that it went to is proven by it (C1). It signs nobody in: the answer
    /// is the state that sign-in will find.
    ///
    /// Without ``confirm``, the host has compared the two.
    ///
    /// Raises :class:`InvalidInput` ``link.malformed``; :class:`RefusedError`
    /// ``step.refused`` where the link is not or no longer good, the account
    /// disabled; :class:`InvalidInput` with the findings about the password.
    #[pyo3(signature = (link, password, *, confirm = None, source = None), text_signature = "($self, link, password, *, confirm=None, source=None)")]
    fn activate(&self, py: Python<'_>, link: SecretArg, password: SecretArg, confirm: Option<SecretArg>, source: Option<Text>) -> PyResult<Word<carekey::account::State>> {
        let agency = self.get(py)?;
        let link = link.0;
        let password = Typed::of(password, confirm);
        let source = super::source(source);
        run(py, || agency.activate(link.reveal(), password.both(), &source)).map(Over::over)
    }

    /// Chooses a password: takes the step that ``ChangePassword`` or a redeemed
    /// invitation began, and goes on to what comes next.
    ///
    /// Without ``confirm``, the host has compared the two.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
    /// the findings about the password. The step stays open after findings.
    #[pyo3(signature = (step, password, *, confirm = None, source = None), text_signature = "($self, step, password, *, confirm=None, source=None)")]
    fn choose_password(&self, py: Python<'_>, step: SecretArg, password: SecretArg, confirm: Option<SecretArg>, source: Option<Text>) -> PyResult<SignIn> {
        let agency = self.get(py)?;
        let step = step.0;
        let password = Typed::of(password, confirm);
        let source = super::source(source);
        run(py, || agency.choose_password(&step, password.both(), &source)).map(Over::over)
    }

    /// Sets the security questions: takes the step that ``SetQuestions`` began, and
    /// signs in.
    ///
    /// Raises :class:`RefusedError` ``step.refused``; :class:`InvalidInput` with
    /// the findings about the answers. The step stays open after findings.
    #[pyo3(signature = (step, answers, *, source = None), text_signature = "($self, step, answers, *, source=None)")]
    fn set_questions(&self, py: Python<'_>, step: SecretArg, answers: Answers, source: Option<Text>) -> PyResult<SignIn> {
        let agency = self.get(py)?;
        let step = step.0;
        let answers = answers.borrowed();
        let source = super::source(source);
        run(py, || agency.set_questions(&step, &answers, &source)).map(Over::over)
    }

    /// How many security questions whoever holds this step, or this session,
    /// answers (Q1): the largest number that the policy has for a role of theirs.
    /// So a page knows how many to show.
    ///
    /// Raises :class:`RefusedError` ``step.refused``, where it is neither.
    fn question_count(&self, py: Python<'_>, token: SecretArg) -> PyResult<u32> {
        let agency = self.get(py)?;
        let token = token.0;
        run(py, || agency.question_count(token.reveal())).map(Over::over)
    }

    /// Changes one's own security questions, with one's password (Q5): by the rules
    /// by which they were first set (Q1 to Q4). What somebody began of a recovery
    /// ends; all proven contacts of the user are told.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput`
    /// ``password.current_wrong``, counted as at sign-in (E4);
    /// :class:`InvalidInput` with the findings about the answers.
    #[pyo3(signature = (session, password, answers, *, source = None), text_signature = "($self, session, password, answers, *, source=None)")]
    fn change_questions(&self, py: Python<'_>, session: SecretArg, password: SecretArg, answers: Answers, source: Option<Text>) -> PyResult<()> {
        let agency = self.get(py)?;
        let session = session.0;
        let password = password.0;
        let answers = answers.borrowed();
        let source = super::source(source);
        run(py, || agency.change_questions(session.reveal(), &password, &answers, &source))
    }

    /// Changes the password of someone who is signed in. Their other sessions and
    /// devices end; this one goes on under new tokens, remembered if it was (E5).
    /// It is no sign-in.
    ///
    /// Without ``confirm``, the host has compared the two.
    ///
    /// Raises :class:`RefusedError` ``session.ended``; :class:`InvalidInput` with
    /// the findings about the passwords, with :class:`InvalidInput`
    /// ``password.current_wrong`` among them.
    #[pyo3(signature = (session, current, password, *, confirm = None, source = None), text_signature = "($self, session, current, password, *, confirm=None, source=None)")]
    fn change_password(&self, py: Python<'_>, session: SecretArg, current: SecretArg, password: SecretArg, confirm: Option<SecretArg>, source: Option<Text>) -> PyResult<Session> {
        let agency = self.get(py)?;
        let session = session.0;
        let current = current.0;
        let password = Typed::of(password, confirm);
        let source = super::source(source);
        run(py, || agency.change_password(session.reveal(), &current, password.both(), &source)).map(Over::over)
    }

    /// The agency's own history: settings, managers, rosters, ties, grants. Lines
    /// of one moment that two handles wrote are in no order of their own.
    ///
    /// A table of :class:`Line`.
    ///
    /// Raises :class:`StoreError`.
    fn agency_history(&self, py: Python<'_>) -> PyResult<TableOf<Line>> {
        let agency = self.get(py)?;
        run(py, || agency.agency_history()).map(Table::of)
    }

    /// Whether the history of an account is as it was written.
    ///
    /// Raises :class:`StoreError` ``history.broken`` with the number of the first
    /// line that is not as it was written, or that the feed has before its
    /// predecessor; ``history.cut`` where lines are missing at the end; those of
    /// ``Agency.history``.
    fn verify_history(&self, py: Python<'_>, account: Id) -> PyResult<()> {
        let agency = self.get(py)?;
        let account = account.over();
        run(py, || agency.verify_history(account))
    }

    /// Whether the agency's own history is as it was written, and whether every
    /// account whose history it ever saw begin still has one.
    ///
    /// Raises :class:`StoreError` ``history.broken``, ``history.cut``, or
    /// ``history.removed`` with the account whose history is gone.
    fn verify_agency_history(&self, py: Python<'_>) -> PyResult<()> {
        let agency = self.get(py)?;
        run(py, || agency.verify_agency_history())
    }

    /// Removes what is over and of no more use: tokens a day after their end,
    /// counts of failures and codes when no rule looks at them any more, sent,
    /// abandoned and withdrawn messages after ``message_days``, changes of contacts
    /// to which nobody can object any more and answers of before them. Refusals
    /// that no history tells yet are told first. How many rows lists have is
    /// counted anew. To be called now and then, from a job of the host's. Says how
    /// many rows went.
    ///
    /// Raises :class:`StoreError`.
    fn tidy(&self, py: Python<'_>, message_days: Count) -> PyResult<u64> {
        let agency = self.get(py)?;
        let message_days = message_days.over();
        run(py, || agency.tidy(message_days)).map(Over::over)
    }

    /// The history of an account, first line first. It outlives the account. What
    /// was refused and not told yet, is told now: one line for each reason and day
    /// (E4).
    ///
    /// A table of :class:`Line`.
    ///
    /// Raises :class:`NotFound` ``account.not_found``, or :class:`StoreError`.
    fn history(&self, py: Python<'_>, account: Id) -> PyResult<TableOf<Line>> {
        let agency = self.get(py)?;
        let account = account.over();
        run(py, || agency.history(account)).map(Table::of)
    }

    /// A party.
    ///
    /// Raises :class:`NotFound` ``party.not_found``; ``party.merged`` with the one
    /// that it was merged ``into`` (A6); or :class:`StoreError`.
    fn party(&self, py: Python<'_>, party: Id) -> PyResult<Party> {
        let agency = self.get(py)?;
        let id = party;
        let id = id.over();
        run(py, || agency.party(id)).map(Over::over)
    }

    /// Parties whose name, nickname, e-mail, phone or external identifier has each
    /// word of the text in it, whatever their order, case and marks, by name as the
    /// agency's language sorts it (A4, A6): ``Conner, Felicia`` finds Felicia
    /// Conner, and ``munoz`` Ana Muñoz. A phone number is found however it is
    /// written, and a party's own identifier finds that party.
    ///
    /// An iterator of :class:`Party` that reads page by page.
    ///
    /// Raises :class:`StoreError`.
    #[pyo3(signature = (text = Text(String::new()), *, page = Count(500)), text_signature = "($self, text='', *, page=500)")]
    fn find_parties(&self, text: Text, page: Count) -> PagesOf<Party> {
        let text = text.0;
        self.pages(page, move |agency| agency.each_party(&text))
    }

    /// Reminds those who were sent an activation link, a temporary password or an
    /// invitation and have not come, on the days of the policy (I10); there are
    /// none by default. To be called about once a day, from a job of the host's.
    /// Says how many reminders it put in the outbox.
    ///
    /// One that was missed is made up for, several by one message; one run sends
    /// nobody two. A reminder says the link and the code that were sent before,
    /// which are good for as long as they were; of a temporary password, that it
    /// was sent. Nobody is reminded of what was redeemed, replaced, cancelled or is
    /// over, who is disabled or deleted, or whose contact was objected to; nor of
    /// what was printed, or sent before this release of carekey.
    ///
    /// Raises :class:`StoreError`; what was written until then stays, and is not
    /// written again.
    fn remind(&self, py: Python<'_>) -> PyResult<u64> {
        let agency = self.get(py)?;
        run(py, || agency.remind()).map(Over::over)
    }
}

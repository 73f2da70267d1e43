//! What the engine answers with.

use carekey::agency::{self as engine, Asks, Invitee};
use carekey::invitation::OnlineAccount;

use super::answers::WindowRow;
use crate::arg::{Bytes, Id, Moment, Named, Text, Whole, Word, text};
use crate::finding::{Finding, ParamArg, findings};
use crate::record::record;
use crate::secret::Secret;
use crate::table::TableOf;

record! {
    /// What came of enrolling someone (E1).
    Enrolled from engine::Enrolled as enrolled {
        /// The new account; None where the scheme makes it later (families,
        /// when they redeem their code) or where the findings forbid it.
        account: Option<Id> = enrolled.account.map(|id| Id(id.0)),
        /// The username, as it is shown.
        username: Option<String> = enrolled.username,
        /// The invitation that was sent (families).
        invitation: Option<Id> = enrolled.invitation.map(|id| Id(id.0)),
        /// A temporary password that no message could carry, to be handed over
        /// in person.
        hand_over: Option<Secret> = enrolled.hand_over.map(Secret),
        /// Why there is no account or no message, and what else there is to
        /// say.
        findings: Vec<Finding> = findings(enrolled.findings),
    }
}

record! {
    /// A party that was added.
    Added from engine::Added as added {
        /// The party.
        party: Id = Id(added.party.0),
        /// What came of enrolling it, where it was given roles.
        enrolled: Option<Enrolled> = added.enrolled.map(Into::into),
    }
    methods {
        /// Why there is no account or no message: those of the enrolment.
        #[getter]
        fn findings(&self) -> Vec<Finding> {
            self.enrolled.as_ref().map(|enrolled| enrolled.findings.clone()).unwrap_or_default()
        }
    }
}

record! {
    /// A tie that was made (R).
    Tied from engine::Tied as tied {
        /// The tie.
        tie: Id = Id(tied.tie.0),
        /// What came of enrolling the one who got a role by it.
        enrolled: Option<Enrolled> = tied.enrolled.map(Into::into),
    }
}

record! {
    /// An application that was submitted.
    Submitted from engine::Submitted as submitted {
        /// The application.
        application: Id = Id(submitted.application.0),
        /// Why no invitation was sent, where none was.
        findings: Vec<Finding> = findings(submitted.findings),
    }
}

record! {
    /// A person or an organization that the agency knows.
    row Party from engine::Party as party {
        /// Which.
        id: Id = Id(party.id.0),
        /// A person or an organization.
        kind: Word<carekey::PartyKind> = Word(party.kind),
        /// The name, as it is shown.
        display_name: String = party.display_name,
        /// What it is to the agency now: what the office made it, and what its
        /// ties in force convey.
        roles: Vec<Word<carekey::Role>> = party.roles.into_iter().map(Word).collect(),
        /// Those of its roles that nothing but ties in force conveys: they end
        /// with them.
        conveyed: Vec<Word<carekey::Role>> = party.conveyed.into_iter().map(Word).collect(),
        /// How the host knows it.
        external_id: Option<String> = party.external_id,
        /// The e-mail address.
        email: Option<String> = party.email,
        /// The phone number, E.164.
        phone: Option<String> = party.phone,
        /// Its login: of a family that several have, the first.
        account: Option<Id> = party.account.map(|id| Id(id.0)),
        /// All its logins, those that are linked to an application of it among
        /// them (C5).
        accounts: Vec<Id> = party.accounts.into_iter().map(|id| Id(id.0)).collect(),
    }
}

record! {
    /// A session that was granted (E5). The token goes to the user and nowhere
    /// else.
    Session from carekey::Session as session {
        /// Whose it is.
        account: Id = Id(session.account.0),
        /// 256 random bits in base64url; only a digest is kept.
        token: Secret = Secret(session.token),
        /// When it ends at the latest.
        expires_at: Moment = Moment(session.expires_at),
        /// Whether it is remembered (E5): what keeps its token outlives the
        /// browser.
        remembered: bool = session.remembered,
        /// Where the user came from a device that was not known: the token by
        /// which it will be, to be kept there until `device_expires_at`,
        /// whatever becomes of the session, and given with the next sign-in
        /// (E4). It opens nothing.
        device: Option<Secret> = session.device.map(Secret),
        /// Until when a token of the device is good, new or known: longer with each
        /// sign-in.
        device_expires_at: Moment = Moment(session.device_expires_at),
    }
}

record! {
    /// A step on the way in, that its token stands for.
    Step from carekey::Step as step {
        /// What the next call takes.
        token: Secret = Secret(step.token),
        /// When the step lapses.
        expires_at: Moment = Moment(step.expires_at),
    }
}

record! {
    /// Signed in.
    Granted from carekey::Session as session {
        /// The session.
        session: Session = session.into(),
    }
}

record! {
    /// The password was right, and must be changed first (E2):
    /// `Agency.choose_password`.
    ChangePassword from carekey::Step as step {
        /// The step.
        step: Step = step.into(),
    }
}

record! {
    /// The password was right, and the security questions are to be set first
    /// (Q1): `Agency.set_questions`.
    SetQuestions from carekey::Step as step {
        /// The step.
        step: Step = step.into(),
    }
}

record! {
    /// Refused. Why is in the account's history and nowhere else (E3).
    Refused from () as _nothing {}
}

record! {
    /// Whose session it is.
    SignedIn from engine::SignedIn as signed_in {
        /// The account.
        account: Id = Id(signed_in.account.0),
        /// The first party that the account is linked to, where it is (A2).
        party: Option<Id> = signed_in.party.map(|id| Id(id.0)),
        /// All parties that it is linked to (C5).
        parties: Vec<Id> = signed_in.parties.into_iter().map(|id| Id(id.0)).collect(),
        /// The username, as it is shown.
        username: String = signed_in.username,
        /// The name, as it is shown.
        display_name: String = signed_in.display_name,
        /// Whether it is an account manager (A1).
        is_manager: bool = signed_in.is_manager,
        /// When the session ends at the latest.
        expires_at: Moment = Moment(signed_in.expires_at),
    }
}

record! {
    /// One security question of the list (Q1).
    Question from &'static carekey::password::questions::Question as question {
        /// What answers name it by.
        id: String = question.id.to_owned(),
        /// In English.
        en: String = question.text(carekey::Locale::English).to_owned(),
        /// In Spanish.
        es: String = question.text(carekey::Locale::Spanish).to_owned(),
    }
    methods {
        /// The question for a reader of that language.
        #[pyo3(signature = (locale = Word(carekey::Locale::English)), text_signature = "($self, locale='en')")]
        fn text(&self, locale: Word<carekey::Locale>) -> &str {
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
        asks: String = asks(&recovery.asks).to_owned(),
        /// The questions to answer, where it asks for answers.
        questions: Vec<Question> = match recovery.asks {
            Asks::Questions(questions) => questions.into_iter().map(Into::into).collect(),
            Asks::Code | Asks::NewPassword => Vec::new(),
        },
        /// What the next call takes.
        token: Secret = Secret(recovery.token),
    }
}

record! {
    /// A recovery that is over: a new password is set, and nobody is signed in
    /// by it (E6).
    Recovered from engine::Recovered as recovered {
        /// Where the account stands.
        state: Word<carekey::account::State> = Word(recovered.state),
        /// The token by which the device that it was done at is known from now
        /// on, to be kept as that of a `Session` and given with the sign-in that
        /// comes next: no stranger can keep it waiting (E4). It opens nothing.
        device: Secret = Secret(recovered.device),
        /// Until when it is good.
        device_expires_at: Moment = Moment(recovered.device_expires_at),
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
    /// What an invitation link shows before anything is typed (I3). Looking
    /// uses nothing up.
    InvitationView from engine::InvitationView as view {
        /// The agency's name.
        agency: String = view.agency,
        /// The application that it is for.
        application: Option<String> = view.application,
        /// When it lapses (I2).
        expires_at: Moment = Moment(view.expires_at),
    }
}

record! {
    /// A redeemed invitation made a new account (I7): `Agency.choose_password`
    /// goes on with the step.
    NewAccount from (carekey::AccountId, String, carekey::Step) as new {
        /// The account.
        account: Id = Id(new.0.0),
        /// The username, as it is shown.
        username: String = new.1,
        /// The step.
        step: Step = new.2.into(),
    }
}

record! {
    /// A redeemed invitation was linked to an account that was there (I8).
    Linked from (carekey::AccountId, String) as linked {
        /// The account.
        account: Id = Id(linked.0.0),
        /// The username, as it is shown.
        username: String = linked.1,
    }
}

record! {
    /// An account has the contact that the invitation went to. Nothing was
    /// done, and the invitation is good still: whoever has that account signs
    /// in and redeems again, with the session. Where the contact has changed
    /// hands, the office releases it (`Office.release_contact`) and invites
    /// again (C6).
    SignInFirst from () as _nothing {}
}

record! {
    /// What came of one item of a batch (I9).
    row BatchRow from engine::BatchRow as row {
        /// The party, where the item is one.
        party: Option<Id> = match row.item { Invitee::Party(id) => Some(Id(id.0)), Invitee::Application(_) => None },
        /// The application, where the item is one.
        application: Option<Id> = match row.item { Invitee::Application(id) => Some(Id(id.0)), Invitee::Party(_) => None },
        /// Whether it was done.
        done: bool = row.done,
        /// Why not, or what there is to say.
        findings: Vec<Finding> = findings(row.findings),
    }
}

record! {
    /// One line of the list of applications (I4).
    row Application from engine::ApplicationRow as row {
        /// Which.
        id: Id = Id(row.id.0),
        /// Its number.
        number: String = row.number,
        /// The family, as it is shown.
        family_name: String = row.family_name,
        /// The family.
        family: Id = Id(row.family.0),
        /// When it was submitted.
        submitted_at: Moment = Moment(row.submitted_at),
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
        invited_until: Option<Moment> = row.invited_until.map(Moment),
    }
}

record! {
    /// The last administrative act on an account (A3).
    Description from engine::Description as description {
        /// What was done.
        act: Word<engine::AdministrativeAct> = Word(description.act),
        /// The name of who did it, as it was then.
        by: String = description.by,
    }
    methods {
        /// The text for a reader of that language.
        #[pyo3(signature = (locale = Word(carekey::Locale::English)), text_signature = "($self, locale='en')")]
        fn text(&self, locale: Word<carekey::Locale>) -> String {
            engine::Description { act: self.act.0, by: self.by.clone() }.text(locale.0)
        }

        fn __str__(&self) -> String {
            self.text(Word(carekey::Locale::English))
        }
    }
}

impl crate::record::ToCell for Description {
    fn cell(&self) -> crate::record::Cell<'_> {
        crate::record::Cell::Text(self.__str__().into())
    }
}

record! {
    /// One line of the list of users (A3).
    row User from engine::User as user {
        /// The account.
        account: Id = Id(user.account.0),
        /// Its party, where it is linked to one (A2).
        party: Option<Id> = user.party.map(|id| Id(id.0)),
        /// First and last name.
        display_name: String = user.display_name,
        /// The given name.
        first_name: Option<String> = user.first_name,
        /// The family name.
        last_name: Option<String> = user.last_name,
        /// The logon name.
        username: String = user.username,
        /// Its state (E2).
        state: Word<carekey::account::State> = Word(user.state),
        /// Whether it is an account manager (A1).
        is_manager: bool = user.is_manager,
        /// The last sign-in.
        last_logon: Option<Moment> = user.last_logon.map(Moment),
        /// When the account was created.
        created: Moment = Moment(user.created),
        /// When it was disabled.
        disabled: Option<Moment> = user.disabled.map(Moment),
        /// By whom, whatever was done to it since.
        disabled_by: Option<String> = user.disabled_by,
        /// The last administrative act and by whom.
        description: Option<Description> = user.description.map(Description::from),
        /// A free note.
        note: Option<String> = user.note,
    }
}

/// A page of the list of users (A3).
#[pyo3::pyclass(frozen, get_all, module = "carekey")]
pub(crate) struct UserPage {
    /// The page: a table of `User`.
    pub(crate) users: TableOf<User>,
    /// How many users the filter finds, on all pages.
    pub(crate) found: u64,
    /// How many accounts of the agency are not disabled.
    pub(crate) active: u64,
}

/// The parties of one role, with their number (A5).
#[pyo3::pyclass(frozen, get_all, module = "carekey")]
pub(crate) struct WindowGroup {
    /// The role.
    pub(crate) role: Word<carekey::Role>,
    /// How many parties have it, on all pages.
    pub(crate) total: u64,
    /// The page asked for, by name: a table of `WindowRow`.
    pub(crate) rows: TableOf<WindowRow>,
}

record! {
    /// One line of the list of messages (N), without its secrets.
    row MessageRow from engine::MessageRow as row {
        /// Which.
        id: Id = Id(row.id.0),
        /// What it is about.
        kind: Word<carekey::words::MessageKind> = Word(row.kind),
        /// How it goes out.
        method: Word<carekey::Method> = Word(row.method),
        /// To whom.
        address: String = row.address,
        /// The subject, of an e-mail.
        subject: Option<String> = row.subject,
        /// The text, with its secrets masked.
        body: String = row.body,
        /// Whether it waits, was sent, or failed for good.
        state: Word<carekey::words::MessageState> = Word(row.state),
        /// How often it was tried.
        tries: u32 = row.tries,
        /// When it was written.
        created_at: Moment = Moment(row.created_at),
        /// When it is due.
        due_at: Moment = Moment(row.due_at),
        /// When it was sent or given up.
        closed_at: Option<Moment> = row.closed_at.map(Moment),
    }
}

record! {
    /// One line of a history (H).
    row Line from carekey::history::Line as line {
        /// Whose history it is: an account's, or the agency's own.
        subject: Id = Id(line.subject),
        /// 1 for the first line, without gaps.
        sequence: i64 = line.sequence,
        /// When.
        at: Moment = Moment(line.at),
        /// What.
        kind: Word<carekey::words::EventKind> = Word(line.kind),
        /// What sort of actor.
        actor: Word<carekey::words::ActorKind> = Word(line.actor),
        /// The actor's account.
        actor_account: Option<Id> = line.actor_account.map(|id| Id(id.0)),
        /// The actor's name as it was then.
        actor_name: String = line.actor_name,
        /// Before, after, and what else there is to say.
        details: Details = Details(line.details),
        /// From where: an address or a device.
        source: Option<String> = line.source,
        /// The keyed hash of this line and the one before, 32 bytes.
        mac: Mac = Mac(line.mac),
    }
    methods {
        /// A line that happened elsewhere; :meth:`carekey.history.Head.append`
        /// numbers and chains it.
        #[new]
        #[pyo3(signature = (subject, *, at, kind, actor, actor_name, actor_account = None, details = Named(Vec::new()),
            source = None, sequence = Whole(0), mac = Bytes(Vec::new())),
            text_signature = "(subject, *, at, kind, actor, actor_name, actor_account=None, details={}, source=None, sequence=0, mac=b'')")]
        #[allow(clippy::too_many_arguments, reason = "they are keywords")]
        fn new(
            subject: Id,
            at: Moment,
            kind: Word<carekey::words::EventKind>,
            actor: Word<carekey::words::ActorKind>,
            actor_name: Text,
            actor_account: Option<Id>,
            details: Named<ParamArg>,
            source: Option<Text>,
            sequence: Whole,
            mac: Bytes,
        ) -> Self {
            Self {
                subject,
                sequence: sequence.0,
                at,
                kind,
                actor,
                actor_account,
                actor_name: actor_name.0,
                details: Details(details.0.into_iter().map(|(name, value)| (name, value.0)).collect()),
                source: text(source),
                mac: Mac(mac.0),
            }
        }
    }
}

impl Line {
    pub(crate) fn core(&self) -> carekey::history::Line {
        let line = self.clone();
        carekey::history::Line {
            subject: line.subject.0,
            sequence: line.sequence,
            at: line.at.0,
            kind: line.kind.0,
            actor: line.actor.0,
            actor_account: line.actor_account.map(|id| carekey::AccountId(id.0)),
            actor_name: line.actor_name,
            details: line.details.0,
            source: line.source,
            mac: line.mac.0,
        }
    }
}

/// The details of a line: a dictionary.
#[derive(Clone, PartialEq)]
pub(crate) struct Details(pub(crate) carekey::Params);

impl<'py> pyo3::IntoPyObject<'py> for Details {
    type Target = pyo3::types::PyDict;
    type Output = pyo3::Bound<'py, pyo3::types::PyDict>;
    type Error = pyo3::PyErr;

    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr =
        <std::collections::BTreeMap<String, crate::finding::ParamValue> as pyo3::IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: pyo3::Python<'py>) -> Result<Self::Output, Self::Error> {
        crate::finding::params(&self.0).into_pyobject(py)
    }
}

impl crate::record::ToCell for Details {
    fn cell(&self) -> crate::record::Cell<'_> {
        let shown: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        if shown.is_empty() { crate::record::Cell::Blank } else { crate::record::Cell::Text(shown.join("; ").into()) }
    }
}

/// The keyed hash of a line: `bytes`.
#[derive(Clone, PartialEq)]
pub(crate) struct Mac(pub(crate) Vec<u8>);

impl<'py> pyo3::IntoPyObject<'py> for Mac {
    type Target = pyo3::types::PyBytes;
    type Output = pyo3::Bound<'py, pyo3::types::PyBytes>;
    type Error = core::convert::Infallible;

    const OUTPUT_TYPE: pyo3::inspect::PyStaticExpr = crate::arg::name("bytes");

    fn into_pyobject(self, py: pyo3::Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(pyo3::types::PyBytes::new(py, &self.0))
    }
}

impl crate::record::ToCell for Mac {
    fn cell(&self) -> crate::record::Cell<'_> {
        use core::fmt::Write;
        let hex = self.0.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        crate::record::Cell::Text(hex.into())
    }
}

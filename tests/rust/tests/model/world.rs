//! A world: an agency of the real engine beside the model, and what people
//! there hold. Every step is taken in both, and what came of it compared.

use std::collections::BTreeMap;

use carekey::agency::{Asks, Invitee, NewApplication, NewParty, NewStaff, NewTie, Recovery, Redeemed, RowOutcome};
use carekey::name::PersonName;
use carekey::roster::{Roster, RosterRow};
use carekey::store::{Select, record};
use carekey::visibility;
use carekey::words::{MessageKind, Purpose};
use carekey::{
    AccountId, Actor as EngineActor, ApplicationId, Credentials, Error, GrantId, PartyId, PartyKind, Policy, Resource,
    Result as Answer, Role, Secret, Session, SignIn, Source, TieId,
};
use carekey_tests::desk::{Desk, Mail, START, go_on, quick, support, twice};
use time::{Duration, OffsetDateTime};

use super::doors::{CLOSE_AFTER, FAILURES};
use super::state::{Addr, Id, Letter, Model, Ms, name};
use super::step::{Act, Actor, Item, Outcome, Proof, Row, Step, Whose};

const NOWHERE: &Source = &Source::UNKNOWN;

/// The default policy with few failures before the limits, and no questions:
/// `sequences.rs` is about those.
pub(crate) fn policy() -> Policy {
    let mut policy = quick();
    (policy.throttle.failures, policy.throttle.close_after) = (FAILURES, CLOSE_AFTER);
    policy
}

pub(crate) struct World {
    desk: Desk,
    pub(crate) model: Model,
    parties: BTreeMap<Id, PartyId>,
    accounts: BTreeMap<Id, AccountId>,
    applications: BTreeMap<Id, ApplicationId>,
    ties: BTreeMap<Id, TieId>,
    grants: BTreeMap<Id, GrantId>,
    /// Tokens, links, passwords and codes, as their holders have them.
    texts: BTreeMap<Id, String>,
    /// The codes of invitations, whose links are among the texts.
    codes: BTreeMap<Id, String>,
}

/// What came of a step, or what is wrong with how it came.
type Played = Result<Outcome, String>;

fn told(error: &Error) -> Outcome {
    error.code.as_str().to_owned()
}

fn moment(at: Ms) -> OffsetDateTime {
    START + Duration::milliseconds(at)
}

impl World {
    pub(crate) fn new(desk: Desk) -> Self {
        desk.cheap_hashes();
        Self {
            desk,
            model: Model::new(),
            parties: BTreeMap::new(),
            accounts: BTreeMap::new(),
            applications: BTreeMap::new(),
            ties: BTreeMap::new(),
            grants: BTreeMap::new(),
            texts: BTreeMap::new(),
            codes: BTreeMap::new(),
        }
    }

    /// Takes a step on both sides. Gives what came of it; nothing where the
    /// step is about what is not there.
    pub(crate) fn play(&mut self, number: u32, step: &Step) -> Result<Option<Outcome>, String> {
        if !self.holds(step) {
            return Ok(None);
        }
        let before = self.model.now;
        let Some(expected) = self.model.take(number, step) else { return Ok(None) };
        self.desk.clock.advance(Duration::milliseconds(self.model.now - before));
        if let Step::Office { act, .. } = step
            && let Act::AddManager { name, .. } | Act::AddParty { name, .. } | Act::Roster { row: Row::New(name), .. } =
                act
        {
            self.model.names = self.model.names.max(name + 1);
        }
        let got = self.perform(step)?;
        if got != expected {
            return Err(format!("the rulebook says {expected:?}, the engine {got:?}"));
        }
        self.bind_accounts()?;
        Ok(Some(got))
    }

    /// Whether what a step is taken with has come to someone.
    fn holds(&self, step: &Step) -> bool {
        let given = match step {
            Step::SignIn { password, device, .. } => [*password, *device],
            Step::Choose { token, .. } | Step::Activate { token, .. } | Step::Finish { token, .. } => {
                [Some(*token), None]
            }
            Step::Code { begun, code, .. } => [Some(*begun), *code],
            Step::Change { session, current, .. } => [Some(*session), *current],
            Step::Redeem { invitation, session, .. } => [Some(*invitation), *session],
            Step::Session(id) | Step::SignOut(id) | Step::Look(id) | Step::Confirm(id) | Step::Object(id) => {
                [Some(*id), None]
            }
            _ => [None, None],
        };
        given.into_iter().flatten().all(|id| self.texts.contains_key(&id))
    }

    fn perform(&mut self, step: &Step) -> Played {
        let agency = self.desk.agency.clone();
        let made = self.model.made.clone();
        // The new password, where the step sets one.
        let new = Secret::from(own_password(made.first().copied().unwrap_or_default()));
        match step {
            Step::SignIn { name, password, device, remember, .. } => {
                let password = Secret::from(self.text(*password));
                let device = device.map(|device| self.text(Some(device)));
                let credentials =
                    Credentials { username: name, password: &password, remember: *remember, device: device.as_deref() };
                let answer = agency.sign_in(&credentials, NOWHERE).map_err(|error| told(&error))?;
                self.go_in(answer, &made)
            }
            Step::Choose { token, .. } => match agency.choose_password(&self.secret(*token), twice(&new), NOWHERE) {
                Ok(answer) => {
                    self.learn(made.first(), new.reveal());
                    self.go_in(answer, made.get(1..).unwrap_or_default())
                }
                Err(error) => Ok(told(&error)),
            },
            Step::Activate { token, .. } => {
                let done = agency.activate(&self.text(Some(*token)), twice(&new), NOWHERE);
                Ok(done.map_or_else(
                    |error| told(&error),
                    |_| {
                        self.learn(made.first(), new.reveal());
                        "ok".into()
                    },
                ))
            }
            Step::Recover { name, .. } => self.step_of(agency.recover(name, NOWHERE), &Asks::Code, &made),
            Step::Code { begun, code, .. } => {
                let code = code.map_or_else(|| "not a code".to_owned(), |code| self.text(Some(code)));
                let step = agency.recovery_code(&self.secret(*begun), &code, NOWHERE);
                self.step_of(step, &Asks::NewPassword, &made)
            }
            Step::Finish { token, .. } => match agency.finish_recovery(&self.secret(*token), twice(&new), NOWHERE) {
                Ok(recovered) => {
                    self.learn(made.first(), new.reveal());
                    self.learn(made.get(1), recovered.device.reveal());
                    Ok("ok".into())
                }
                Err(error) => Ok(told(&error)),
            },
            Step::Change { session, current, .. } => {
                let current = Secret::from(self.text(*current));
                match agency.change_password(&self.text(Some(*session)), &current, twice(&new), NOWHERE) {
                    Ok(session) => {
                        self.learn(made.first(), new.reveal());
                        self.granted(&session, made.get(1..).unwrap_or_default())?;
                        Ok("ok".into())
                    }
                    Err(error) => Ok(told(&error)),
                }
            }
            Step::Session(token) => Ok(self.session(*token)),
            Step::SignOut(token) => {
                let done = agency.sign_out(&self.text(Some(*token)), NOWHERE);
                Ok(done.map_or_else(|error| told(&error), |()| "ok".into()))
            }
            Step::Look(invitation) => {
                let look = agency.look_at_invitation(&self.text(Some(*invitation)));
                Ok(look.map_or_else(|error| told(&error), |_| "ok".into()))
            }
            Step::Redeem { invitation, proof, session, .. } => self.redeem(*invitation, *proof, *session, &made),
            Step::Confirm(token) => {
                let done = agency.confirm_contact(&self.text(Some(*token)), NOWHERE);
                Ok(done.map_or_else(|error| told(&error), |_| "ok".into()))
            }
            Step::Object(token) => {
                let done = agency.object_to_contact(&self.text(Some(*token)), NOWHERE);
                Ok(done.map_or_else(|error| told(&error), |()| "ok".into()))
            }
            Step::Office { actor, act } => Ok(self.act(*actor, act, &made).unwrap_or_else(|error| told(&error))),
            Step::See { account, resource, of } => Ok(self.see(*account, *resource, *of)),
            Step::Deliver => self.deliver(),
            Step::Wait(_) | Step::Recycle { .. } => Ok("ok".into()),
        }
    }

    /// What someone holds; where nothing came to them, what is nothing's.
    fn text(&self, id: Option<Id>) -> String {
        id.and_then(|id| self.texts.get(&id).cloned()).unwrap_or_else(|| "Wrong!00 guess".to_owned())
    }

    fn secret(&self, id: Id) -> Secret {
        Secret::from(self.text(Some(id)))
    }

    fn learn(&mut self, id: Option<&Id>, text: &str) {
        if let Some(id) = id {
            self.texts.insert(*id, text.to_owned());
        }
    }

    fn go_in(&mut self, answer: SignIn, made: &[Id]) -> Played {
        match answer {
            SignIn::Granted(session) => {
                self.granted(&session, made)?;
                Ok("granted".into())
            }
            SignIn::ChangePassword(step) => {
                self.learn(made.first(), step.token.reveal());
                Ok("change password".into())
            }
            SignIn::SetQuestions(_) => Ok("set questions".into()),
            SignIn::Refused => Ok("refused".into()),
        }
    }

    /// A session is of the account that the model says, and of no other.
    fn granted(&mut self, session: &Session, made: &[Id]) -> Result<(), String> {
        let expected = made.first().map(|token| self.model.tokens[token].account);
        let expected = expected.and_then(|account| self.accounts.get(&account));
        if expected != Some(&session.account) {
            return Err(format!("a session of {} was granted, and {expected:?} was due", session.account));
        }
        if session.device.is_some() != made.get(1).is_some() {
            return Err("a device is told where it was known, or not where it was not".into());
        }
        self.learn(made.first(), session.token.reveal());
        if let Some(device) = &session.device {
            self.learn(made.get(1), device.reveal());
        }
        Ok(())
    }

    fn step_of(&mut self, step: Answer<Recovery>, asks: &Asks, made: &[Id]) -> Played {
        match step {
            Ok(step) if step.asks == *asks => {
                self.learn(made.first(), step.token.reveal());
                Ok("ok".into())
            }
            Ok(step) => Ok(format!("asks {:?}", step.asks)),
            Err(error) => Ok(told(&error)),
        }
    }

    /// Who a session says that it is.
    fn session(&self, token: Id) -> Outcome {
        match self.desk.agency.session(&self.text(Some(token))) {
            Ok(signed) => {
                let parties: Vec<Id> = signed.parties.iter().map(|id| name_of(&self.parties, id)).collect();
                format!("{} {parties:?} {}", name_of(&self.accounts, &signed.account), signed.is_manager)
            }
            Err(error) => told(&error),
        }
    }

    fn redeem(&mut self, id: Id, proof: Proof, session: Option<Id>, made: &[Id]) -> Played {
        let invitation = &self.model.invitations[&id];
        let with = match (proof, invitation.application) {
            (Proof::Number, Some(application)) => number(application),
            (Proof::Contact, _) => invitation.to.text(),
            _ => "nobody@example.com".to_owned(),
        };
        let session = session.map(|session| (session, self.text(Some(session))));
        let token = session.as_ref().map(|(_, text)| text.as_str());
        let agency = &self.desk.agency;
        let redeemed = match proof {
            Proof::Link => agency.redeem_link(&self.text(Some(id)), token, NOWHERE),
            _ => agency.redeem_code(&self.codes[&id], &with, token, NOWHERE),
        };
        match redeemed {
            Ok(Redeemed::NewAccount { step, .. }) => {
                self.learn(made.first(), step.token.reveal());
                Ok("new account".into())
            }
            Ok(Redeemed::Linked { account, .. }) => {
                let of = session.and_then(|(session, _)| self.model.tokens.get(&session)).map(|it| it.account);
                match of.and_then(|of| self.accounts.get(&of)) == Some(&account) {
                    true => Ok("linked".into()),
                    false => Err(format!("it was linked to {account}, whose session it was not")),
                }
            }
            Ok(Redeemed::SignInFirst) => Ok("sign in first".into()),
            Err(error) => Ok(told(&error)),
        }
    }

    fn invitee(&self, item: Item) -> Invitee {
        match item {
            Item::Party(id) => Invitee::Party(self.parties[&id]),
            Item::Application(id) => Invitee::Application(self.applications[&id]),
        }
    }

    fn act(&mut self, actor: Actor, act: &Act, made: &[Id]) -> Answer<Outcome> {
        let office = self.desk.agency.acting_as(match actor {
            Actor::Support => support(),
            Actor::Account(id) => EngineActor::Account(self.accounts[&id]),
        });
        let made = made.first().copied().unwrap_or_default();
        match act {
            Act::AddManager { name: number, email, phone } => {
                let (first, last) = name(*number);
                office.add_manager(&NewStaff {
                    first_name: first.to_owned(),
                    last_name: last.to_owned(),
                    email: Some(email.text()),
                    phone: Some(phone.text()),
                    username: None,
                })?;
            }
            Act::AddParty { name: number, org, roles, email, phone } => {
                let (first, last) = name(*number);
                let added = office.add_party(&NewParty {
                    kind: if *org { PartyKind::Organization } else { PartyKind::Person },
                    name: if *org { format!("{first} {last} House") } else { format!("{last}, {first}") },
                    roles: roles.clone(),
                    external_id: Some(external(*number)),
                    email: email.map(Addr::text),
                    phone: phone.map(Addr::text),
                    ..NewParty::default()
                })?;
                self.parties.insert(made, added.party);
            }
            Act::Roster { row, role, email, phone } => {
                let row = self.row(*row, *role, *email, *phone);
                let report = office.create(&office.preview(Roster::from_rows(vec![row]))?, None, &mut go_on)?;
                let row = &report.rows[0];
                if let (Some(party), RowOutcome::Created | RowOutcome::Invited) = (row.party, row.outcome)
                    && made > 0
                {
                    self.parties.insert(made, party);
                }
                return Ok(row.outcome.as_str().to_owned());
            }
            Act::CreateAccount { party, role } => {
                office.create_account(self.parties[party], *role, None)?;
            }
            Act::SetRoles { party, roles } => {
                office.set_roles(self.parties[party], roles)?;
            }
            Act::Relate { kind, who, of, from, until } => {
                let tied = office.relate(&NewTie {
                    kind: *kind,
                    who: self.parties[who],
                    of: self.parties[of],
                    begins_at: from.map(moment),
                    ends_at: until.map(moment),
                    reference: None,
                })?;
                self.ties.insert(made, tied.tie);
            }
            Act::EndTie { tie, at } => office.end_tie(self.ties[tie], at.map(moment))?,
            Act::Grant { to, resource, of, until } => {
                let of = of.map(|of| match self.parties.get(&of) {
                    Some(party) => party.0,
                    None => self.applications[&of].0,
                });
                let grant = office.grant(self.parties[to], *resource, of, Some(moment(*until)), None)?;
                self.grants.insert(made, grant);
            }
            Act::EndGrant(id) => office.end_grant(self.grants[id], None)?,
            Act::AddApplication(family) => {
                let new = NewApplication { number: number(made), family: self.parties[family], submitted_at: None };
                let submitted = office.add_application(&new)?;
                self.applications.insert(made, submitted.application);
            }
            Act::Invite(item) => office.invite(self.invitee(*item), None)?,
            Act::Reinvite(item) => office.reinvite(self.invitee(*item), None)?,
            Act::Unlink(item) => office.unlink(self.invitee(*item))?,
            Act::Cancel(item) => office.cancel_invitation(self.invitee(*item))?,
            Act::Disable(id) => office.disable(self.accounts[id])?,
            Act::Enable(id) => office.enable(self.accounts[id])?,
            Act::Unlock(id) => office.unlock(self.accounts[id])?,
            Act::Reset(id) => {
                let typed = Secret::from(own_password(made));
                office.reset_password(self.accounts[id], twice(&typed))?;
                self.learn(Some(&made), typed.reveal());
            }
            Act::SendAgain(id) => {
                office.send_again(self.accounts[id])?;
            }
            Act::Release { account, contact } => office.release_contact(self.accounts[account], &contact.text())?,
            Act::Delete(id) => office.delete_party(self.parties[id])?,
        }
        Ok("ok".into())
    }

    fn row(&self, row: Row, role: Role, email: Option<Addr>, phone: Option<Addr>) -> RosterRow {
        let number_of = |id: Id| self.model.parties[&id].name;
        let (id, called) = match row {
            Row::New(number) => (Some(external(number)), name(number)),
            Row::Known(id) => (Some(external(number_of(id))), name(number_of(id))),
            Row::NameAlone(id) => (None, name(number_of(id))),
            Row::OtherName(id) => (Some(external(number_of(id))), ("Ulla", "Other")),
        };
        RosterRow {
            role: Some(role),
            name: PersonName {
                first: Some(called.0.to_owned()),
                last: Some(called.1.to_owned()),
                ..PersonName::default()
            },
            external_id: id,
            email: email.map(Addr::text),
            phone: phone.map(Addr::text),
            ..RosterRow::default()
        }
    }

    fn see(&self, account: Id, resource: Resource, of: Whose) -> Outcome {
        let of = match of {
            Whose::Own => visibility::Whose::Own,
            Whose::Party(id) => visibility::Whose::Party(self.parties[&id]),
            Whose::Application(id) => visibility::Whose::Application(self.applications[&id]),
        };
        let seen = self.desk.agency.can_see(self.accounts[&account], resource, of);
        seen.map_or_else(|error| told(&error), |decision| format!("{:?}", decision.scope))
    }

    /// The host sends what waits, and whoever has the address gets it.
    fn deliver(&mut self) -> Played {
        let now = self.model.now;
        let mut letters = std::mem::take(&mut self.model.letters);
        letters.retain(|letter| letter.until.is_none_or(|until| now < until));
        let outbox = self.desk.agency.outbox();
        let claimed = outbox.claim(1_000).map_err(|error| told(&error))?;
        outbox.sent_all(&claimed).map_err(|error| told(&error))?;
        self.bind_accounts()?;
        letters.sort_by_key(|letter| self.order(letter));
        // As the outbox sorts them; those to one address of one moment by whose
        // they are.
        let mut mail: Vec<_> = claimed.iter().map(|message| (self.about(message.id), Mail::of(message))).collect();
        mail.sort_by_key(|((at, about), mail)| (*at, mail.kind.as_str(), mail.to.clone(), *about));
        let expected: Vec<_> = letters.iter().map(|letter| (letter.kind, letter.to.text())).collect();
        let got: Vec<_> = mail.iter().map(|(_, mail)| (mail.kind, mail.to.clone())).collect();
        if got != expected {
            return Err(format!("the rulebook sends {expected:?}, the engine {got:?}"));
        }
        for (letter, (_, mail)) in letters.iter().zip(&mail) {
            // Of two links to object that one act sent to one address nothing tells
            // which is which: neither is opened.
            let alike = letters.iter().filter(|it| self.order(it) == self.order(letter)).count();
            if letter.kind != MessageKind::ContactChanging || alike == 1 {
                self.receive(letter, mail);
            }
        }
        Ok("ok".into())
    }

    fn order(&self, letter: &Letter) -> (Ms, &'static str, String, Id) {
        let application = letter.invitation.and_then(|id| self.model.invitations[&id].application);
        (letter.at, letter.kind.as_str(), letter.to.text(), letter.account.or(application).unwrap_or_default())
    }

    /// When a message was posted, and about which account or application.
    fn about(&self, message: carekey::MessageId) -> (Ms, Id) {
        let select = Select::all::<record::Message>(self.desk.agency.id()).is("id", message);
        let row: record::Message = self.desk.read(&select).remove(0);
        let at = i64::try_from((row.created_at - START).whole_milliseconds()).expect("not that long");
        let application = row.invitation.and_then(|id| {
            let select = Select::all::<record::Invitation>(self.desk.agency.id()).is("id", id);
            self.desk.read::<record::Invitation>(&select).remove(0).application
        });
        let application = application.map_or(0, |id| name_of(&self.applications, &id));
        (at, row.account.map_or(application, |id| name_of(&self.accounts, &id)))
    }

    fn receive(&mut self, letter: &Letter, mail: &Mail) {
        let Some(secret) = letter.secret else { return };
        let purse = &mut self.model.purses[usize::from(self.model.owners[usize::from(letter.to.0)])];
        let text = match letter.kind {
            MessageKind::Registration => {
                purse.passwords.push(secret);
                mail.password().reveal().to_owned()
            }
            MessageKind::RecoveryCode => {
                purse.codes.push(secret);
                mail.digits()
            }
            MessageKind::Invitation => {
                purse.invitations.push(secret);
                self.codes.insert(secret, mail.code());
                mail.link()
            }
            _ => {
                purse.tokens.push(secret);
                mail.link()
            }
        };
        self.texts.insert(secret, text);
    }

    /// Accounts that the step has made: those of the names that the rulebook
    /// gives them.
    fn bind_accounts(&mut self) -> Result<(), String> {
        for (id, account) in &self.model.accounts {
            if self.accounts.contains_key(id) {
                continue;
            }
            let select = Select::all::<record::Account>(self.desk.agency.id())
                .is("username_canonical", account.username.as_str());
            let rows: Vec<record::Account> = self.desk.read(&select);
            let Some(row) = rows.first() else { return Err(format!("no account was made for {}", account.username)) };
            self.accounts.insert(*id, row.id);
        }
        Ok(())
    }

    /// Everything at once: who sees what, which sessions are good and whose,
    /// how many accounts there are, and what each party is.
    pub(crate) fn sweep(&mut self, thorough: bool) -> Result<(), String> {
        let count = self.desk.read::<record::Account>(&Select::all::<record::Account>(self.desk.agency.id())).len();
        if count != self.model.accounts.len() {
            return Err(format!("{count} accounts, and not {}", self.model.accounts.len()));
        }
        for (id, party) in self.model.parties.iter().filter(|(_, it)| !it.deleted) {
            let shown = self.desk.agency.party(self.parties[id]).map_err(|error| told(&error))?;
            let contacts = (party.email.map(Addr::text), party.phone.map(Addr::text));
            let logins: Vec<Id> = shown.accounts.iter().map(|id| name_of(&self.accounts, id)).collect();
            let mut expected: Vec<Id> = Vec::new();
            for (_, link) in self.model.links_of(*id) {
                if !expected.contains(&link.account) {
                    expected.push(link.account);
                }
            }
            if shown.roles != self.model.roles(*id) || (shown.email, shown.phone) != contacts || logins != expected {
                return Err(format!("party {id} is not what it should be"));
            }
        }
        let sessions: Vec<Id> = self
            .model
            .tokens
            .iter()
            .filter(|(id, it)| it.purpose == Purpose::Session && self.texts.contains_key(id))
            .map(|(id, _)| *id)
            .collect();
        for token in sessions {
            let expected = self.model.take(0, &Step::Session(token));
            self.desk.clock.advance(Duration::milliseconds(1));
            let got = self.session(token);
            if expected.as_ref() != Some(&got) {
                return Err(format!("session {token}: the rulebook says {expected:?}, the engine {got:?}"));
            }
        }
        for account in self.model.accounts.keys() {
            let sights = self.desk.agency.sees(self.accounts[account]).map_err(|error| told(&error))?;
            for sight in sights {
                let of = match sight.of {
                    visibility::Whose::Own => Whose::Own,
                    visibility::Whose::Party(id) => Whose::Party(name_of(&self.parties, &id)),
                    visibility::Whose::Application(id) => Whose::Application(name_of(&self.applications, &id)),
                };
                let scope = self.model.scope(*account, sight.resource, of);
                if scope != sight.decision.scope {
                    return Err(format!("{account} is listed {} of {of:?}, not {scope:?}", sight.resource));
                }
            }
        }
        if thorough { self.look_at_everything() } else { Ok(()) }
    }

    /// Every account, every resource, of everyone.
    fn look_at_everything(&self) -> Result<(), String> {
        let parties = self.model.parties.keys().map(|id| Whose::Party(*id));
        let applications = self.model.applications.keys().map(|id| Whose::Application(*id));
        let all: Vec<Whose> = [Whose::Own].into_iter().chain(parties).chain(applications).collect();
        for account in self.model.accounts.keys() {
            for (resource, of) in Resource::ALL.iter().flat_map(|it| all.iter().map(move |of| (*it, *of))) {
                let (expected, got) = (self.model.see(*account, resource, of), self.see(*account, resource, of));
                if expected.as_ref() != Some(&got) {
                    return Err(format!("{account} sees {resource} of {of:?}: {got}, and not {expected:?}"));
                }
            }
        }
        Ok(())
    }
}

/// A password that someone chose or typed: letters for digits, of which nobody's
/// name or phone is made (P1).
fn own_password(id: Id) -> String {
    let letters: String =
        id.to_string().bytes().map(|digit| char::from(b"bcdfghjklm"[usize::from(digit - b'0')])).collect();
    format!("Lantern#7 tide {letters}")
}

fn external(number: u8) -> String {
    format!("P-{number}")
}

/// The number that the office knows an application by.
fn number(id: Id) -> String {
    format!("A-{id}")
}

/// What the model calls something; 0 for what it does not know.
fn name_of<T: PartialEq>(all: &BTreeMap<Id, T>, wanted: &T) -> Id {
    all.iter().find(|(_, it)| *it == wanted).map_or(0, |(id, _)| *id)
}

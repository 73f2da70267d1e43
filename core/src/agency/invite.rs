//! Invitations (I): sending, sending again, unlinking, redeeming.

use time::OffsetDateTime;

use super::act::{self, Act, Post};
use super::actor::Source;
use super::enrol::{self, Enrolled, First, check_one, name_of};
use super::sign_in::Step;
use super::{Agency, Office, tokens};
use crate::account::{Admission, Throttle};
use crate::description::AdministrativeAct;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Params, params};
use crate::id::{AccountId, ApplicationId, InvitationId, PartyId, RecordId};
use crate::invitation::{
    InvitationCode, InvitationSecret, LinkToken, OfficeAction, OnlineAccount, check_action, choose_method,
    online_account,
};
use crate::message::Page;
use crate::policy::{EnrolmentScheme, UsernameScheme};
use crate::store::{Select, Test, record};
use crate::username::{self, NameRequest};
use crate::words::{EventKind, MessageKind, Method, Purpose};

/// What an invitation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Invitee {
    /// A party, to an account of their own.
    Party(PartyId),
    /// An application, to its family's account.
    Application(ApplicationId),
}

/// What came of one item of a batch (I9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// The item.
    pub item: Invitee,
    /// Whether it was done.
    pub done: bool,
    /// Why not, and what else there is to say.
    pub findings: Vec<Finding>,
}

/// An application as the office's list shows it (I4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// Its identifier.
    pub id: ApplicationId,
    /// The number that the office knows it by.
    pub number: String,
    /// The family's name.
    pub family_name: String,
    /// The family.
    pub family: PartyId,
    /// When it was submitted.
    pub submitted_at: OffsetDateTime,
    /// The linked e-mail or phone, else what the office may do next.
    pub online_account: OnlineAccount,
    /// Until when the current invitation is good, if one was sent.
    pub invited_until: Option<OffsetDateTime>,
}

/// What someone who opened an invitation's link is shown. Looking uses
/// nothing up (I7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// The agency's name.
    pub agency: String,
    /// The application's number, where it is for one.
    pub application: Option<String>,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
}

/// What came of redeeming an invitation (I8).
#[derive(Debug, Clone)]
pub enum Redeemed {
    /// A new account: its user chooses a password in this step
    /// ([`Agency::choose_password`]).
    NewAccount {
        /// The account.
        account: AccountId,
        /// The username: the e-mail or phone that the invitation went to.
        username: String,
        /// The step.
        step: Step,
    },
    /// Linked to the account that the person already has; its password is as
    /// it was.
    Linked {
        /// The account.
        account: AccountId,
        /// Its username.
        username: String,
    },
}

/// The item's records: the party and, where it is for one, the application.
struct Item {
    party: record::Party,
    application: Option<record::Application>,
}

impl Item {
    fn load(act: &Act<'_>, item: Invitee) -> Result<Self> {
        match item {
            Invitee::Party(id) => Ok(Self { party: enrol::party(act, id)?, application: None }),
            Invitee::Application(id) => {
                let application: record::Application = act.get(id.0, Code::ApplicationNotFound)?;
                Ok(Self { party: enrol::party(act, application.family)?, application: Some(application) })
            }
        }
    }

    fn account(&self) -> Option<AccountId> {
        self.application.as_ref().map_or(self.party.account, |application| application.account)
    }

    fn invitation(&self) -> Option<InvitationId> {
        self.application.as_ref().map_or(self.party.invitation, |application| application.invitation)
    }

    fn check(&self, action: OfficeAction) -> Option<Finding> {
        check_action(action, self.account().is_some(), self.invitation().is_some())
    }
}

impl Office {
    /// Invites, reinvites or unlinks each item (I4, I5, I6, I9). Every item
    /// has its own result; those that can be done are done.
    ///
    /// `as_of` is the moment at which the office looked at the list that the
    /// batch was chosen from. An item to which an invitation was sent since
    /// then is left alone with `invitation.already_sent`: so running the same
    /// batch again, after a crash or by a second click, sends nothing twice.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store. What is wrong with an item
    /// stands in its row.
    pub fn batch(
        &self,
        action: OfficeAction,
        items: &[Invitee],
        method: Option<Method>,
        as_of: OffsetDateTime,
    ) -> Result<Vec<BatchRow>> {
        items
            .iter()
            .map(|item| {
                let findings = match self.one(action, *item, method, Some(as_of)) {
                    Ok(findings) => findings,
                    Err(error) if matches!(error.kind, ErrorKind::Invalid | ErrorKind::NotFound) => {
                        let itself = Finding::new(error.code, "item");
                        if error.findings.is_empty() { vec![itself] } else { error.findings }
                    }
                    Err(error) => return Err(error),
                };
                Ok(BatchRow { item: *item, done: !crate::has_errors(&findings), findings })
            })
            .collect()
    }

    /// Invites, by the party's preferred way or by the one that is named (I1).
    ///
    /// # Errors
    ///
    /// `invitation.already_sent`, `invitation.already_linked`,
    /// `invitation.no_contact`; `party.not_found`, `application.not_found`.
    pub fn invite(&self, item: Invitee, method: Option<Method>) -> Result<()> {
        self.one(OfficeAction::Invite, item, method, None).and_then(as_error)
    }

    /// Sends a new invitation: 14 new days; the earlier one dies at once (I5).
    ///
    /// # Errors
    ///
    /// `invitation.never_sent`, `invitation.already_linked`,
    /// `invitation.no_contact`; `party.not_found`, `application.not_found`.
    pub fn reinvite(&self, item: Invitee, method: Option<Method>) -> Result<()> {
        self.one(OfficeAction::Reinvite, item, method, None).and_then(as_error)
    }

    /// Takes the account away from a party or an application, at once; the
    /// account stays, its sessions end (I6).
    ///
    /// # Errors
    ///
    /// `invitation.not_linked`; `party.not_found`, `application.not_found`.
    pub fn unlink(&self, item: Invitee) -> Result<()> {
        self.one(OfficeAction::Unlink, item, None, None).and_then(as_error)
    }

    fn one(
        &self,
        action: OfficeAction,
        item: Invitee,
        method: Option<Method>,
        as_of: Option<OffsetDateTime>,
    ) -> Result<Vec<Finding>> {
        self.act(action.as_str(), |act| {
            let mut item = Item::load(act, item)?;
            if let Some(finding) = item.check(action) {
                return Ok(vec![finding]);
            }
            if action == OfficeAction::Unlink {
                unlink(act, &mut item)?;
                return Ok(Vec::new());
            }
            if let (Some(as_of), Some(id)) = (as_of, item.invitation()) {
                let current: record::Invitation = act.get(id.0, Code::InvitationRefused)?;
                if current.issued_at > as_of {
                    return Ok(vec![Finding::new(Code::InvitationAlreadySent, "action")]);
                }
            }
            let again = action == OfficeAction::Reinvite;
            let sent = invite(act, &mut item.party, item.application.as_mut(), method, again)?;
            if sent.invitation.is_some() {
                match &mut item.application {
                    Some(application) => act.update(application),
                    None => act.update(&mut item.party),
                }
            }
            Ok(sent.findings)
        })
    }

    /// The applications, found by number or family name (S3), newest first,
    /// each with its Online Account column (I4).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn applications(&self, search: Option<&str>, offset: u64, limit: u64) -> Result<Vec<ApplicationRow>> {
        self.acting("applications")?;
        let agency = &self.agency;
        let mut select = Select::of::<record::Application>(agency.id).by("submitted_at", true).page(offset, limit);
        if let Some(text) = search {
            select =
                select.or("number", Test::Contains(text.to_owned())).or("family_name", Test::Contains(text.to_owned()));
        }
        let found: Vec<record::Application> = act::read(&agency.shared, &select)?;
        let accounts = Select::of::<record::Account>(agency.id).among("id", found.iter().filter_map(|row| row.account));
        let accounts: Vec<record::Account> = act::read(&agency.shared, &accounts)?;
        let sent =
            Select::of::<record::Invitation>(agency.id).among("id", found.iter().filter_map(|row| row.invitation));
        let sent: Vec<record::Invitation> = act::read(&agency.shared, &sent)?;
        Ok(found
            .into_iter()
            .map(|row| {
                let account = accounts.iter().find(|account| Some(account.id) == row.account);
                let invitation = sent.iter().find(|invitation| Some(invitation.id) == row.invitation);
                ApplicationRow {
                    online_account: online_account(account.map(|account| &*account.username), invitation.is_some()),
                    id: row.id,
                    number: row.number,
                    family_name: row.family_name,
                    family: row.family,
                    submitted_at: row.submitted_at,
                    invited_until: invitation.map(|invitation| invitation.expires_at),
                }
            })
            .collect())
    }
}

fn as_error(findings: Vec<Finding>) -> Result<()> {
    if crate::has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
}

/// Sends an invitation: the earlier one, if any, dies in the same act (I5).
/// The caller writes the party or the application.
pub(crate) fn invite(
    act: &mut Act<'_>,
    party: &mut record::Party,
    application: Option<&mut record::Application>,
    method: Option<Method>,
    again: bool,
) -> Result<Enrolled> {
    let contact = choose_method(party.preferred, method, party.email.as_deref(), party.phone_e164.as_deref());
    let Some((method, address)) = contact.value else {
        return Ok(Enrolled { findings: contact.findings, ..Enrolled::default() });
    };
    let earlier = application.as_ref().map_or(party.invitation, |application| application.invitation);
    supersede(act, earlier)?;
    let secret = InvitationSecret::generate(act.rng);
    let issued = crate::invitation::Invitation::issue(
        &username::canonical(&address, &act.agency.country),
        method,
        &act.agency.policy.invitation,
        act.now,
    );
    let invitation = record::Invitation {
        agency: act.agency.id,
        id: InvitationId::new(act.now, act.rng),
        revision: 1,
        party: party.id,
        application: application.as_ref().map(|application| application.id),
        method,
        contact: issued.contact,
        link_digest: act.keys.digest("invitation link", &[secret.link.canonical()]),
        code_digest: act.keys.digest("invitation code", &[secret.code.canonical()]),
        issued_at: issued.issued_at,
        expires_at: issued.expires_at,
        superseded_at: None,
        redeemed_at: None,
    };
    act.insert(&invitation);
    let mut details = params([("method", method.as_str().into()), ("name", party.display_name.as_str().into())]);
    if let Some(application) = application {
        application.invitation = Some(invitation.id);
        details.insert("application".to_owned(), application.number.as_str().into());
    } else {
        party.invitation = Some(invitation.id);
    }
    let url = Page::Invitation.link(&act.agency.link_base, &secret.link);
    act.post(Post {
        kind: MessageKind::Invitation,
        method,
        address: &address,
        locale: party.locale,
        account: None,
        name: &party.display_name,
        username: None,
        contact: Some(&address),
        valid: Some(invitation.expires_at - invitation.issued_at),
        secrets: &[("link", url.reveal()), ("code", secret.code.grouped().reveal())],
    })?;
    act.agency_event(if again { EventKind::Reinvited } else { EventKind::Invited }, details);
    Ok(Enrolled { invitation: Some(invitation.id), ..Enrolled::default() })
}

/// The invitation of that id, if it was neither superseded nor redeemed, dies.
fn supersede(act: &mut Act<'_>, id: Option<InvitationId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let mut earlier: record::Invitation = act.get(id.0, Code::InvitationRefused)?;
    if earlier.superseded_at.is_none() {
        earlier.superseded_at = Some(act.now);
        act.update(&mut earlier);
    }
    Ok(())
}

fn unlink(act: &mut Act<'_>, item: &mut Item) -> Result<()> {
    let Some(id) = item.account() else { return Ok(()) };
    let mut account: record::Account = act.get(id.0, Code::AccountNotFound)?;
    supersede(act, item.invitation())?;
    let mut details = params([("name", item.party.display_name.as_str().into())]);
    let mut party_leaves = true;
    if let Some(application) = &mut item.application {
        application.account = None;
        details.insert("application".to_owned(), application.number.as_str().into());
        act.update(application);
        let others = act.of::<record::Application>().is("family", item.party.id).is("account", id);
        let application = application.id;
        party_leaves = act.find::<record::Application>(&others)?.iter().all(|other| other.id == application);
    }
    if party_leaves && item.party.account == Some(id) {
        item.party.account = None;
        act.update(&mut item.party);
        if account.party == Some(item.party.id) {
            account.party = None;
        }
    }
    // Sessions that had the access end with the epoch; the account stays.
    account.epoch += 1;
    act.event(&mut account, EventKind::Unlinked, details);
    enrol::describe(act, &mut account, AdministrativeAct::Unlinked);
    enrol::notify(act, &account, MessageKind::LinkChanged)?;
    act.update(&mut account);
    Ok(())
}

/// How an invitation is shown to be the bearer's.
enum Proof<'a> {
    /// The code, with the contact it was sent to or the application's number.
    Code(&'a InvitationCode, &'a str),
    /// The link.
    Link(&'a LinkToken),
}

impl Agency {
    /// What an invitation's link leads to. It never uses the link up: mail
    /// scanners open links (I7).
    ///
    /// # Errors
    ///
    /// `link.malformed`; `invitation.expired` where its time is over;
    /// `invitation.refused` in every other case.
    pub fn look_at_invitation(&self, link: &str) -> Result<InvitationView> {
        let link = LinkToken::parse(link).into_result()?;
        act::run(&self.shared, self.id, &act::system(&Source::UNKNOWN), |act| {
            let invitation = find_live(act, &Proof::Link(&link))?.ok_or_else(refused)??;
            let application = match invitation.application {
                Some(id) => Some(act.get::<record::Application>(id.0, Code::ApplicationNotFound)?.number),
                None => None,
            };
            Ok(InvitationView { agency: act.agency.name.clone(), application, expires_at: invitation.expires_at })
        })
    }

    /// Redeems a code together with the contact it was sent to or the
    /// application's number (I3), exactly once, however many try at the same
    /// time (I7). With a session, it links to that account; without, to the
    /// account of the contact, or to a new one (I8).
    ///
    /// # Errors
    ///
    /// `code.malformed` and `code.mistyped` without asking the store;
    /// `invitation.expired` for the right code after its time;
    /// `invitation.refused` in every other case, also when too many wrong
    /// codes came for that contact.
    pub fn redeem_code(&self, code: &str, with: &str, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        let code = InvitationCode::parse(code).into_result()?;
        let subject = self.throttled(with, source)?;
        let outcome = self.redeem(&Proof::Code(&code, with), session, source);
        act::run(&self.shared, self.id, &act::system(source), |act| {
            with_throttle(act, subject, |throttle, policy, now| match &outcome {
                Ok(_) => throttle.succeeded(),
                Err(error) if error.code == Code::InvitationRefused => throttle.failed(policy, now),
                Err(_) => throttle.withdrawn(),
            })
        })?;
        outcome
    }

    /// Redeems the confirmed link of an invitation, exactly once (I7, I8).
    ///
    /// # Errors
    ///
    /// `link.malformed`; else as [`Agency::redeem_code`].
    pub fn redeem_link(&self, link: &str, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        let link = LinkToken::parse(link).into_result()?;
        self.redeem(&Proof::Link(&link), session, source)
    }

    /// Redeems, and looks a second time before it says that a name is taken:
    /// whoever came between may have taken it with this very invitation, or
    /// made the account that this one is to be linked to. Only a refusal can
    /// rest on reads of two moments; what is written is guarded by the commit.
    fn redeem(&self, proof: &Proof<'_>, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        match self.redeem_once(proof, session, source) {
            Err(error) if error.kind == ErrorKind::Invalid => self.redeem_once(proof, session, source),
            outcome => outcome,
        }
    }

    fn redeem_once(&self, proof: &Proof<'_>, session: Option<&str>, source: &Source) -> Result<Redeemed> {
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let mut invitation = find_live(act, proof)?.ok_or_else(refused)??;
            let item = match invitation.application {
                Some(application) => Invitee::Application(application),
                None => Invitee::Party(invitation.party),
            };
            let mut item = Item::load(act, item).map_err(|_| refused())?;
            let account = match session {
                Some(session) => Some(tokens::live(act, session, Purpose::Session)?.1),
                None => account_of_contact(act, &invitation.contact)?,
            };
            if account.as_ref().is_some_and(|account| !tokens::is_open(account, act.now)) {
                return Err(refused());
            }
            invitation.redeemed_at = Some(act.now);
            act.update(&mut invitation);
            match account {
                Some(account) => link(act, &mut item, account, source),
                None => new_account(act, &mut item, &invitation.contact, source),
            }
        })
    }

    /// Lets a guess at that contact's code in, or refuses it (E4, I3).
    fn throttled(&self, with: &str, source: &Source) -> Result<RecordId> {
        let mut rng = self.shared.surroundings.randomness()?;
        let mut round = 0;
        loop {
            let (subject, admission) = act::run(&self.shared, self.id, &act::system(source), |act| {
                let subject = RecordId::derived("throttle", username::canonical(with, &act.agency.country).as_bytes());
                let admission = with_throttle(act, subject, |throttle, policy, now| throttle.admit(policy, now))?;
                Ok((subject, admission))
            })?;
            match admission {
                // A code has no recovery: past the closing limit the longest
                // wait goes on, so that a stranger cannot burn an invitation.
                Admission::Evaluate => return Ok(subject),
                Admission::Locked(_) | Admission::Closed => return Err(refused()),
                Admission::Busy => act::pause(round, &mut *rng),
            }
            round += 1;
        }
    }
}

fn refused() -> Error {
    Error::new(ErrorKind::Refused, Code::InvitationRefused)
}

/// Changes the throttle of something that is guessed at without an account.
pub(crate) fn with_throttle<T>(
    act: &mut Act<'_>,
    subject: RecordId,
    change: impl FnOnce(&mut Throttle, &crate::policy::ThrottlePolicy, OffsetDateTime) -> T,
) -> Result<T> {
    let mut policy = act.policy().throttle.clone();
    policy.close_after = u32::MAX;
    let found: Option<record::Throttle> = act::get(act.shared, act.agency.id, subject.0)?;
    let mut throttle = found.as_ref().map_or_else(Throttle::default, |found| Throttle {
        failures: found.failures,
        open: found.attempts_open,
        open_until: found.attempts_until,
        locked_until: found.locked_until,
    });
    let outcome = change(&mut throttle, &policy, act.now);
    let mut record = record::Throttle {
        agency: act.agency.id,
        id: subject,
        revision: found.as_ref().map_or(1, |found| found.revision),
        failures: throttle.failures,
        attempts_open: throttle.open,
        attempts_until: throttle.open_until,
        locked_until: throttle.locked_until,
        touched_at: act.now,
    };
    match found {
        // Kept when it is empty again, and left to `tidy`: a row made anew would
        // count its revisions from 1, and one read before could pass for it.
        Some(_) => act.update(&mut record),
        None if throttle == Throttle::default() => {}
        None => act.insert(&record),
    }
    Ok(outcome)
}

/// The invitation that the proof is for: none; or one, live or past its time.
#[allow(clippy::type_complexity)]
fn find_live(act: &Act<'_>, proof: &Proof<'_>) -> Result<Option<Result<record::Invitation>>> {
    let select = act.of::<record::Invitation>();
    let select = match proof {
        Proof::Code(code, _) => select.is("code_digest", act.keys.digest("invitation code", &[code.canonical()])),
        Proof::Link(link) => select.is("link_digest", act.keys.digest("invitation link", &[link.canonical()])),
    };
    let found = act.find::<record::Invitation>(&select)?.into_iter().next();
    if let Proof::Code(_, with) = proof {
        // Its application is looked for whether there is one or not, so that
        // the work does not tell a right code with a wrong contact.
        let id = found.as_ref().and_then(|found| found.application).map_or(AccountId::NOBODY.0, |id| id.0);
        let application: Option<record::Application> = act::get(act.shared, act.agency.id, id)?;
        let contact = username::canonical(with, &act.agency.country);
        let goes_with = found.as_ref().is_some_and(|found| found.contact == contact)
            || application.is_some_and(|application| application.number == with.trim());
        if !goes_with {
            return Ok(None);
        }
    }
    let Some(found) = found else { return Ok(None) };
    let mut facts = crate::invitation::Invitation {
        contact: found.contact.clone(),
        method: found.method,
        issued_at: found.issued_at,
        expires_at: found.expires_at,
        superseded_at: found.superseded_at,
        redeemed_at: found.redeemed_at,
    };
    Ok(Some(facts.redeem(act.now).map(|()| found)))
}

/// The account whose username is that contact.
fn account_of_contact(act: &Act<'_>, contact: &str) -> Result<Option<record::Account>> {
    super::sign_in::by_name(act, contact)
}

/// Links the item to an account that its person already has.
fn link(act: &mut Act<'_>, item: &mut Item, mut account: record::Account, source: &Source) -> Result<Redeemed> {
    act.acting = act::user(&account, source);
    write_link(act, item, &account);
    if account.party.is_none() {
        account.party = Some(item.party.id);
    }
    act.event(&mut account, EventKind::Redeemed, redeemed_details(item));
    act.update(&mut account);
    Ok(Redeemed::Linked { account: account.id, username: account.username })
}

fn redeemed_details(item: &Item) -> Params {
    let mut details = params([("name", item.party.display_name.as_str().into())]);
    if let Some(application) = &item.application {
        details.insert("application".to_owned(), application.number.as_str().into());
    }
    details
}

fn write_link(act: &mut Act<'_>, item: &mut Item, account: &record::Account) {
    if let Some(application) = &mut item.application {
        application.account = Some(account.id);
        act.update(application);
    }
    if item.party.account.is_none() {
        item.party.account = Some(account.id);
        act.update(&mut item.party);
    }
}

/// Makes the account that the invitation is for; its user is here.
fn new_account(act: &mut Act<'_>, item: &mut Item, contact: &str, source: &Source) -> Result<Redeemed> {
    let name = name_of(&item.party);
    let (email, phone) = if contact.contains('@') { (Some(contact), None) } else { (None, Some(contact)) };
    let verdict = check_one(
        act,
        &NameRequest {
            line: 0,
            // Whatever else they are: the username is the contact (U2).
            scheme: UsernameScheme::EmailOrPhone,
            name: &name,
            username: None,
            email,
            phone,
            own: None,
            earlier: &[],
        },
    )?;
    let (Some(username), Some(canonical)) = (&verdict.username, &verdict.canonical) else {
        return Err(Error::invalid(verdict.findings));
    };
    let mut account = enrol::blank_account(act, username, canonical, EnrolmentScheme::InvitationCode);
    account.party = Some(item.party.id);
    enrol::name_after(&mut account, &item.party);
    account.email = email.map(str::to_owned);
    account.phone_e164 = phone.map(str::to_owned);
    account.locale = item.party.locale;
    act.acting = act::user(&account, source);
    write_link(act, item, &account);
    let step = tokens::issue_step(act, &account, Purpose::ChangePassword, false);
    enrol::begin_account(act, &mut account)?;
    act.event(&mut account, EventKind::Redeemed, redeemed_details(item));
    let (id, username) = (account.id, account.username.clone());
    enrol::finish_account(act, account, First::Here)?;
    Ok(Redeemed::NewAccount { account: id, username, step })
}

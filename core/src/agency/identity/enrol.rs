//! Enrolment (E1): how a party comes to an account, and what is sent.

use time::Duration;

use super::contacts::{self, to_account};
use super::{answers, links, names, passwords};
use crate::account::TokenLife;
use crate::agency::kernel::tokens;
use crate::agency::kernel::{Act, Sending, Tracked};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, params};
use crate::id::{AccountId, InvitationId, PartyId};
use crate::message::Page;
use crate::password::temporary;
use crate::policy::EnrolmentScheme;
use crate::secret::Secret;
use crate::store::record;
use crate::username::NameVerdict;
use crate::words::{EventKind, LinkAct, MessageKind, Method, Purpose, Role, Stage};

/// What came of enrolling someone.
#[derive(Debug, Clone, Default)]
pub struct Enrolled {
    /// The new account; nothing where the scheme makes it later (families, when
    /// they redeem their code) or where the findings forbid it.
    pub account: Option<AccountId>,
    /// The username, as it is shown.
    pub username: Option<String>,
    /// The invitation that was sent (families).
    pub invitation: Option<InvitationId>,
    /// A temporary password that no message could carry, to be handed over in
    /// person.
    pub hand_over: Option<Secret>,
    /// Why there is no account or no message, and what else there is to say.
    pub findings: Vec<Finding>,
}

/// What a new account is sent first.
#[derive(Clone, Copy)]
pub(crate) enum First<'a> {
    /// What its scheme sends, by this method where there is a choice.
    Send(Option<Method>),
    /// Nothing: a manager typed the temporary password, of which this is the
    /// hash, and hands it over.
    Typed(&'a str),
    /// Nothing: its user signs in with the password of the system that this
    /// hash comes from (P7).
    Imported(&'a str),
}

/// Makes the first account of someone who has none, by the scheme of a role
/// that no code enrols (E1).
pub(crate) fn enrol(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    role: Role,
    typed: Option<&str>,
) -> Result<Enrolled> {
    let verdict = names::check_party(act, party, role, typed)?;
    if verdict.canonical.is_none() {
        return Ok(Enrolled { findings: verdict.findings, ..Enrolled::default() });
    }
    let scheme = act.policy().enrolment.scheme(role);
    create_account(act, party, scheme, &verdict, None, First::Send(party.preferred))
}

/// Makes the account of a party whose name has passed.
pub(crate) fn create_account(
    act: &mut Act<'_>,
    party: &Tracked<record::Party>,
    scheme: EnrolmentScheme,
    verdict: &NameVerdict,
    note: Option<&str>,
    first: First<'_>,
) -> Result<Enrolled> {
    let (Some(username), Some(canonical)) = (&verdict.username, &verdict.canonical) else {
        return Err(Error::invalid(verdict.findings.clone()));
    };
    let mut account = blank_account(act, username, canonical, scheme);
    follow(&mut account, party);
    account.note = note.map(str::to_owned);
    let mut account = act.add(account);
    links::link_new(act, account.id, party, None, LinkAct::Enrolled);
    let contacts = contacts::take_over(act, account.id, party);
    begin(act, &mut account, (!party.is_new()).then_some(party.id))?;
    let hand_over = send_or_stage(act, &mut account, &contacts, first)?;
    Ok(Enrolled {
        account: Some(account.id),
        username: Some(account.username.clone()),
        hand_over,
        findings: verdict.findings.clone(),
        invitation: None,
    })
}

/// Names an account after its party.
pub(crate) fn name_after(account: &mut record::Account, party: &record::Party) {
    account.display_name.clone_from(&party.display_name);
    account.first_name.clone_from(&party.first_name);
    account.last_name.clone_from(&party.last_name);
}

/// The account that was made for a party goes by the party's name, and is
/// written to in its language.
pub(crate) fn follow(account: &mut record::Account, party: &record::Party) {
    name_after(account, party);
    account.locale = party.locale;
}

/// An account with nothing in it but its name.
pub(crate) fn blank_account(
    act: &mut Act<'_>,
    username: &str,
    canonical: &str,
    scheme: EnrolmentScheme,
) -> record::Account {
    let id = AccountId(act.new_id());
    record::Account::named(act.agency.id, id, username, canonical, scheme, act.now)
}

/// Claims the name, and begins the history of a new account: of a party, where
/// it is for one that was there before.
pub(crate) fn begin(act: &mut Act<'_>, account: &mut Tracked<record::Account>, of: Option<PartyId>) -> Result<()> {
    names::claim(act, account, of)?;
    let details =
        params([("username", account.username.as_str().into()), ("scheme", account.enrolment.as_str().into())]);
    act.event(account, EventKind::AccountCreated, details);
    Ok(())
}

/// Sends a new account what comes first, or lets it wait, where whoever acts
/// said so: nothing is made for it then that could be over (I10).
pub(crate) fn send_or_stage(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    contacts: &[Tracked<record::Contact>],
    first: First<'_>,
) -> Result<Option<Secret>> {
    if matches!(first, First::Send(_)) && act.acting.sending == Sending::Later {
        account.staged_at = Some(act.now);
        return Ok(None);
    }
    first_message(act, account, contacts, first)
}

/// Sends what the scheme sends first: the activation link, or the username
/// with a one-time password. What no message can carry is given back.
pub(crate) fn first_message(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    contacts: &[Tracked<record::Contact>],
    first: First<'_>,
) -> Result<Option<Secret>> {
    (account.staged_at, account.reminded_at) = (None, None);
    let preferred = match first {
        First::Imported(hash) => return import(act, account, hash).map(|()| None),
        First::Send(preferred) => preferred,
        First::Typed(_) => None,
    };
    // Where nothing was proven yet, any contact that is written down will do.
    let usable =
        |contact: &&Tracked<record::Contact>, method| contact.method == method && contact.objected_at.is_none();
    let by_method = |method: Method| contacts.iter().rev().find(|contact| usable(contact, method));
    let contact = contacts::proven(contacts, preferred)
        .or_else(|| preferred.into_iter().chain([Method::Email, Method::Sms]).find_map(by_method));
    if account.enrolment != EnrolmentScheme::TemporaryPassword {
        let valid = Duration::hours(act.policy().enrolment.activation_hours.into());
        let life = TokenLife::step(valid, act.now, account.epoch);
        let token = tokens::issue_link(act, account, Purpose::Activation, &life, contact.map(|to| to.id));
        let link = Page::Activate.link(&act.agency.link_base, &token);
        if let Some(contact) = contact {
            account.written_to = Some(contact.id);
            let secrets = [("link", link.reveal())];
            act.post(crate::agency::kernel::Post {
                valid: Some(valid),
                ..to_account(account, MessageKind::Activation, contact, &secrets)
            })?;
        }
        return Ok(None);
    }
    let valid = Duration::hours(act.policy().temporary_password.lifetime_hours.into());
    account.password_set_at = Some(act.now);
    account.password_expires_at = Some(act.now.saturating_add(valid));
    if let First::Typed(hash) = first {
        passwords::renewed(act, account, hash)?;
        account.written_to = None;
        return Ok(None);
    }
    let policy = &act.agency.policy;
    let password = temporary(&policy.password, &policy.temporary_password, act.rng);
    passwords::renewed(act, account, &passwords::generated(act.keys, account.id, &password))?;
    let Some(contact) = contact else { return Ok(Some(password)) };
    account.written_to = Some(contact.id);
    let secrets = [("password", password.reveal())];
    act.post(crate::agency::kernel::Post {
        valid: Some(valid),
        ..to_account(account, MessageKind::Registration, contact, &secrets)
    })?;
    Ok(None)
}

/// Keeps the hash of another system, sealed (P7).
fn import(act: &mut Act<'_>, account: &mut Tracked<record::Account>, hash: &str) -> Result<()> {
    let class = passwords::class(hash)?;
    account.password = Some(passwords::sealed(act.keys, account.id, hash, act.rng)?);
    account.password_class = class.map(|class| class.to_string());
    account.password_set_at = Some(act.now);
    account.stage = Stage::Invited.after_password(&answers::policy(act, account.id)?, false);
    passwords::came(act, account)
}

/// A party that was not deleted.
pub(crate) fn party(act: &Act<'_>, id: PartyId) -> Result<Tracked<record::Party>> {
    let party: Tracked<record::Party> = act.get(id.0, Code::PartyNotFound)?;
    if party.deleted_at.is_some() { Err(party.missing()) } else { Ok(party) }
}

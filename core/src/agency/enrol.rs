//! Enrolment (E1): how a party comes to an account, and what is sent.

use time::Duration;

use super::act::{Act, Post};
use super::tokens;
use crate::account::TokenLife;
use crate::description::{AdministrativeAct, Description};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, params};
use crate::id::{AccountId, InvitationId, PartyId, RecordId};
use crate::invitation::{LinkToken, choose_method};
use crate::message::Page;
use crate::name::PersonName;
use crate::password::temporary;
use crate::policy::EnrolmentScheme;
use crate::secret::Secret;
use crate::store::{Test, Value, record};
use crate::username::{self, NameRequest, NameVerdict, Taken, Usernames};
use crate::words::{EventKind, MessageKind, Method, Purpose, Role, Stage};

/// What came of enrolling someone.
#[derive(Debug, Clone, Default)]
pub struct Enrolled {
    /// The new account; none where the scheme makes it later (families, when
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

/// The name of a party, as the username rules take it.
pub(crate) fn name_of(party: &record::Party) -> PersonName {
    PersonName {
        first: party.first_name.clone(),
        middle: party.middle_name.clone(),
        last: party.last_name.clone(),
        nickname: party.nickname.clone(),
    }
}

/// All names that were ever used in the agency.
pub(crate) fn all_used(act: &Act<'_>) -> Result<Taken> {
    let mut taken = Taken::new();
    for used in act.find::<record::UsedName>(&act.of::<record::UsedName>())? {
        taken.insert(&used.canonical);
    }
    Ok(taken)
}

/// Checks the name of one person. It looks only for those used names that
/// could collide, and reads all of them only to make suggestions.
pub(crate) fn check_one(act: &Act<'_>, request: &NameRequest<'_>) -> Result<NameVerdict> {
    let usernames = |taken| Usernames::new(&act.policy().username, &act.agency.prefix, &act.agency.country, taken);
    let alone = usernames(Taken::new())?.check(request);
    let Some(canonical) = &alone.canonical else { return Ok(alone) };
    let select = act.of::<record::UsedName>().is("skeleton", username::skeleton(canonical));
    if act.find::<record::UsedName>(&select)?.iter().all(|used| Some(&*used.canonical) == request.own) {
        return Ok(alone);
    }
    Ok(usernames(all_used(act)?)?.check(request))
}

/// How a role enrols, and its first account (E1), for someone who has none.
/// The caller writes the party.
pub(crate) fn enrol(act: &mut Act<'_>, party: &mut record::Party, role: Role, typed: Option<&str>) -> Result<Enrolled> {
    if party.account.is_some() {
        return Ok(Enrolled { account: party.account, ..Enrolled::default() });
    }
    let scheme = act.policy().enrolment.scheme(role);
    if scheme == EnrolmentScheme::InvitationCode {
        return super::invite::invite(act, party, None, None, false);
    }
    let name = name_of(party);
    let verdict = check_one(
        act,
        &NameRequest {
            line: 0,
            scheme: act.policy().username.scheme(role),
            name: &name,
            username: typed,
            email: party.email.as_deref(),
            phone: party.phone.as_deref(),
            own: None,
            earlier: &[],
        },
    )?;
    if verdict.canonical.is_none() {
        return Ok(Enrolled { findings: verdict.findings, ..Enrolled::default() });
    }
    create_account(act, party, scheme, &verdict, None, First::Send(party.preferred))
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
    /// Nothing: its user is here, and chooses a password in a step.
    Here,
}

/// Makes the account of a party whose name has passed. The caller writes the
/// party.
pub(crate) fn create_account(
    act: &mut Act<'_>,
    party: &mut record::Party,
    scheme: EnrolmentScheme,
    verdict: &NameVerdict,
    note: Option<&str>,
    first: First<'_>,
) -> Result<Enrolled> {
    let (Some(username), Some(canonical)) = (&verdict.username, &verdict.canonical) else {
        return Err(Error::invalid(verdict.findings.clone()));
    };
    let mut account = blank_account(act, username, canonical, scheme);
    account.party = Some(party.id);
    name_after(&mut account, party);
    account.email.clone_from(&party.email);
    account.phone_e164.clone_from(&party.phone_e164);
    account.locale = party.locale;
    account.note = note.map(str::to_owned);
    party.account = Some(account.id);
    let created = finish_account(act, account, first)?;
    Ok(Enrolled { findings: verdict.findings.clone(), ..created })
}

/// Names an account after its party.
pub(crate) fn name_after(account: &mut record::Account, party: &record::Party) {
    account.display_name.clone_from(&party.display_name);
    account.display_key.clone_from(&party.name_key);
    account.first_name.clone_from(&party.first_name);
    account.last_name.clone_from(&party.last_name);
}

/// An account with nothing in it but its name.
pub(crate) fn blank_account(
    act: &mut Act<'_>,
    username: &str,
    canonical: &str,
    scheme: EnrolmentScheme,
) -> record::Account {
    record::Account {
        agency: act.agency.id,
        id: AccountId::new(act.now, act.rng),
        revision: 1,
        username: username.to_owned(),
        username_canonical: canonical.to_owned(),
        party: None,
        display_name: String::new(),
        display_key: String::new(),
        first_name: None,
        last_name: None,
        email: None,
        phone_e164: None,
        locale: None,
        enrolment: scheme,
        stage: Stage::first(scheme),
        password: None,
        password_set_at: None,
        password_expires_at: None,
        epoch: 0,
        failures: 0,
        attempts_open: 0,
        attempts_until: None,
        locked_until: None,
        last_sign_in_at: None,
        created_at: act.now,
        manager_since: None,
        disabled_at: None,
        deleted_at: None,
        note: None,
        description: None,
        history_length: 0,
        history_head: Vec::new(),
    }
}

/// Claims the name, and begins the history of a new account.
pub(crate) fn begin_account(act: &mut Act<'_>, account: &mut record::Account) -> Result<()> {
    claim(act, account)?;
    let details =
        params([("username", account.username.as_str().into()), ("scheme", account.enrolment.as_str().into())]);
    act.event(account, EventKind::AccountCreated, details);
    describe(act, account, AdministrativeAct::Created);
    Ok(())
}

/// Begins the history unless it has begun, sends the first message, and
/// writes the new account.
pub(crate) fn finish_account(act: &mut Act<'_>, mut account: record::Account, first: First<'_>) -> Result<Enrolled> {
    if account.history_length == 0 {
        begin_account(act, &mut account)?;
    }
    let hand_over = first_message(act, &mut account, first)?;
    act.insert(&account);
    Ok(Enrolled { account: Some(account.id), username: Some(account.username), hand_over, ..Enrolled::default() })
}

/// Marks a name as used, for ever (U4). Its own earlier claim is enough.
pub(crate) fn claim(act: &mut Act<'_>, account: &record::Account) -> Result<()> {
    let skeleton = username::skeleton(&account.username_canonical);
    let select = act.of::<record::UsedName>().is("skeleton", skeleton.clone());
    // A bulk chunk claims names that its check has found free: the unique
    // key says so at the commit, without a look-up for each.
    if account.history_length > 0
        && act.find::<record::UsedName>(&select)?.iter().any(|used| used.account == account.id)
    {
        return Ok(());
    }
    act.insert(&record::UsedName {
        agency: act.agency.id,
        id: RecordId::derived("used name", skeleton.as_bytes()),
        revision: 1,
        skeleton,
        canonical: account.username_canonical.clone(),
        account: account.id,
        claimed_at: act.now,
    });
    Ok(())
}

/// The last administrative act and by whom, as lists show it (A3).
pub(crate) fn describe(act: &Act<'_>, account: &mut record::Account, what: AdministrativeAct) {
    account.description = Some(Description { act: what, by: act.acting.name.clone() });
}

/// Sends what the scheme sends first: the activation link, or the username
/// with a one-time password. What no message can carry is given back.
pub(crate) fn first_message(
    act: &mut Act<'_>,
    account: &mut record::Account,
    first: First<'_>,
) -> Result<Option<Secret>> {
    let preferred = match first {
        First::Here => return Ok(None),
        First::Imported(hash) => {
            account.password = Some(hash.to_owned());
            account.password_set_at = Some(act.now);
            account.stage = Stage::Invited.after_password(&act.policy().questions, false);
            return Ok(None);
        }
        First::Send(preferred) => preferred,
        First::Typed(_) => None,
    };
    let contact = choose_method(preferred, None, account.email.as_deref(), account.phone_e164.as_deref()).value;
    if account.enrolment == EnrolmentScheme::ActivationLink || account.enrolment == EnrolmentScheme::InvitationCode {
        let valid = Duration::hours(act.policy().enrolment.activation_hours.into());
        let token = LinkToken::generate(act.rng);
        let life = TokenLife::step(valid, act.now, account.epoch);
        tokens::keep(act, account, Purpose::Activation, life, token.canonical());
        let link = Page::Activate.link(&act.agency.link_base, &token);
        if let Some((method, address)) = contact {
            let secrets = [("link", link.reveal())];
            act.post(Post {
                valid: Some(valid),
                ..to_account(account, MessageKind::Activation, method, &address, &secrets)
            })?;
        }
        return Ok(None);
    }
    let valid = Duration::hours(act.policy().temporary_password.lifetime_hours.into());
    account.password_set_at = Some(act.now);
    account.password_expires_at = Some(act.now + valid);
    if let First::Typed(hash) = first {
        account.password = Some(hash.to_owned());
        return Ok(None);
    }
    let policy = &act.agency.policy;
    let password = temporary(&policy.password, &policy.temporary_password, act.rng);
    account.password = Some(super::sign_in::generated(act.keys, account.id, &password));
    let Some((method, address)) = contact else { return Ok(Some(password)) };
    let secrets = [("password", password.reveal())];
    act.post(Post {
        valid: Some(valid),
        ..to_account(account, MessageKind::Registration, method, &address, &secrets)
    })?;
    Ok(None)
}

/// A message to an account.
pub(crate) fn to_account<'a>(
    account: &'a record::Account,
    kind: MessageKind,
    method: Method,
    address: &'a str,
    secrets: &'a [(&'a str, &'a str)],
) -> Post<'a> {
    Post {
        kind,
        method,
        address,
        locale: account.locale,
        account: Some(account.id),
        name: &account.display_name,
        username: Some(&account.username),
        contact: None,
        valid: None,
        secrets,
    }
}

/// Tells the account's stored contact of a change.
pub(crate) fn notify(act: &mut Act<'_>, account: &record::Account, kind: MessageKind) -> Result<()> {
    let contact = choose_method(None, None, account.email.as_deref(), account.phone_e164.as_deref()).value;
    let Some((method, address)) = contact else { return Ok(()) };
    act.post(to_account(account, kind, method, &address, &[]))
}

/// A party that was not deleted.
pub(crate) fn party(act: &Act<'_>, id: PartyId) -> Result<record::Party> {
    let party: record::Party = act.get(id.0, Code::PartyNotFound)?;
    if party.deleted_at.is_some() {
        return Err(Error::new(ErrorKind::NotFound, Code::PartyNotFound));
    }
    Ok(party)
}

/// The parties of these ids, by id.
pub(crate) fn parties(act: &Act<'_>, ids: impl IntoIterator<Item = PartyId>) -> Result<Vec<record::Party>> {
    let ids: Vec<Value> = ids.into_iter().map(|id| Value::Id(id.0)).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    act.find(&act.of::<record::Party>().and("id", Test::In(ids)))
}

//! Usernames against what is stored (U4 to U6): checking one, claiming it, and
//! moving an account to another.

use std::collections::BTreeSet;

use super::links;
use crate::agency::kernel::{Act, AgencyKeys, Tracked};
use crate::error::{Error, Result};
use crate::finding::{Code, params};
use crate::id::{AccountId, PartyId, RecordId};
use crate::name::PersonName;
use crate::policy::UsernameScheme;
use crate::store::record;
use crate::username::{self, NameRequest, NameVerdict, SUGGESTIONS, Taken, Usernames};
use crate::words::{EventKind, Method, Role};

/// The name of a party, as the username rules take it.
pub(crate) fn name_of(party: &record::Party) -> PersonName {
    PersonName {
        first: party.first_name.clone(),
        middle: party.middle_name.clone(),
        last: party.last_name.clone(),
        nickname: party.nickname.clone(),
    }
}

/// How the skeleton of a name rests of which only a digest is left: the e-mail
/// or phone of someone deleted (U4).
fn digested(keys: &AgencyKeys, skeleton: &str) -> String {
    format!("{DIGEST}{}", data_encoding::BASE64URL_NOPAD.encode(&keys.digest("retired name", &[skeleton])))
}

/// What the name itself was, of which only that digest is left: a name that looks like
/// it is not it.
fn said(keys: &AgencyKeys, canonical: &str) -> String {
    format!("{DIGEST}{}", data_encoding::BASE64URL_NOPAD.encode(&keys.digest("retired name itself", &[canonical])))
}

/// What a digest begins with, and no name does.
const DIGEST: &str = "$digest$";

/// Whether only digests are left of a name.
pub(crate) fn is_digested(used: &record::UsedName) -> bool {
    is_digest(&used.canonical)
}

/// The same of the name as it rests.
pub(crate) fn is_digest(canonical: &str) -> bool {
    canonical.is_empty() || canonical.starts_with(DIGEST)
}

/// Whether a name is the one of which only this is left; of what an earlier release
/// kept, whether it looks like it.
pub(crate) fn is_said(keys: &AgencyKeys, left: &str, canonical: &str) -> bool {
    left.is_empty() || left == said(keys, canonical)
}

/// The digests under which a name may rest of which nothing else is left.
pub(crate) fn digests(keys: &AgencyKeys, canonical: &str) -> impl Iterator<Item = String> {
    username::skeletons(canonical).into_iter().map(|skeleton| digested(keys, &skeleton))
}

/// All under which a name may rest: its skeleton, in plain or as a digest.
fn rests_as(keys: &AgencyKeys, canonical: &str) -> Vec<String> {
    username::skeletons(canonical).into_iter().chain(digests(keys, canonical)).collect()
}

/// How many further names are looked up at once when some are to be suggested.
const PROBED: usize = 16;

fn insert(taken: &mut Taken, used: &record::UsedName) {
    take(taken, &used.canonical, used.retired_at.is_some());
}

/// Adds a name in canonical form, of which more than a digest is left.
pub(crate) fn take(taken: &mut Taken, canonical: &str, is_retired: bool) {
    match is_retired {
        _ if is_digest(canonical) => {}
        true => taken.insert_retired(canonical),
        false => taken.insert(canonical),
    }
}

/// Names that were ever used and may be the one that is asked for: those of
/// its skeleton, in plain or as a digest.
pub(crate) fn used(act: &Act<'_>, canonical: &str) -> Result<Vec<Tracked<record::UsedName>>> {
    act.find(&act.all().among(record::UsedName::skeleton, rests_as(act.keys, canonical)))
}

/// Brings what [`used`] will look for of many names in canonical form.
pub(crate) fn bring(act: &Act<'_>, canonicals: impl Iterator<Item = String>) -> Result<()> {
    act.bring(record::UsedName::skeleton, canonicals.flat_map(|canonical| rests_as(act.keys, &canonical)))
}

/// Checks the name of one person: of a party, where it is one that was there
/// before. It looks only for those used names that could collide with it, or with
/// what is suggested in its place.
pub(crate) fn check_one(act: &Act<'_>, request: &NameRequest<'_>, of: Option<PartyId>) -> Result<NameVerdict> {
    let usernames = |taken| Usernames::new(&act.policy().username, &act.agency.prefix, &act.agency.country, taken);
    let alone = usernames(Taken::new())?.check(request);
    let Some(canonical) = &alone.canonical else { return Ok(alone) };
    let found = used(act, canonical)?;
    if found.is_empty() {
        return Ok(alone);
    }
    let mut taken = Taken::new();
    let mut earlier = request.earlier.to_vec();
    for used in &found {
        if is_former(act, used, of)? {
            // The same person may come back to one of their own (U4).
            earlier.push(if is_digested(used) { canonical.clone() } else { used.canonical.clone() });
        }
        if is_digested(used) {
            // Whoever had it is deleted, and the digest says that it was this one, or
            // one that looks like it.
            taken.insert_retired(canonical);
        } else {
            insert(&mut taken, used);
        }
    }
    if request.scheme == UsernameScheme::Staff {
        let next = |taken: &Taken, most| Ok(usernames(taken.clone())?.suggest(request.line, request.name, most));
        probe(act, &mut taken, next)?;
    }
    Ok(usernames(taken)?.check(&NameRequest { earlier: &earlier, ..*request }))
}

/// Adds to the names that are known as taken those that lie in the way of
/// suggestions, looked up by their skeletons: twice as many each time, so that
/// the thousandth person of one name costs some ten look-ups.
fn probe(act: &Act<'_>, taken: &mut Taken, next: impl Fn(&Taken, usize) -> Result<Vec<String>>) -> Result<()> {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut most = PROBED;
    loop {
        let suggested = next(taken, most)?;
        let skeletons: Vec<String> = suggested.iter().map(|name| username::skeleton(name)).collect();
        let is_asked = skeletons.iter().take(SUGGESTIONS).all(|skeleton| asked.contains(skeleton));
        if is_asked {
            return Ok(());
        }
        let unknown = skeletons.into_iter().filter(|skeleton| asked.insert(skeleton.clone()));
        for used in act.find::<record::UsedName>(&act.all().among(record::UsedName::skeleton, unknown))? {
            insert(taken, &used);
        }
        most = most.saturating_mul(2);
    }
}

/// Whether a name was that of a party who was deleted, and is there again (U4).
fn is_former(act: &Act<'_>, used: &record::UsedName, of: Option<PartyId>) -> Result<bool> {
    match of {
        Some(party) if used.retired_at.is_some() => {
            let links = act.all().is(record::Link::account, used.account).is(record::Link::party, party);
            Ok(act.first::<record::Link>(&links)?.is_some())
        }
        _ => Ok(false),
    }
}

/// Who had a name in canonical form, and is deleted (U4).
pub(crate) fn former(act: &Act<'_>, canonical: &str) -> Result<Option<PartyId>> {
    for used in used(act, canonical)? {
        let is_it = match is_digested(&used) {
            true => is_said(act.keys, &used.canonical, canonical),
            false => used.canonical == canonical,
        };
        let is_it = is_it && used.retired_at.is_some();
        if let (true, Some(party)) = (is_it, links::made_for(act, used.account)?) {
            return Ok(Some(party));
        }
    }
    Ok(None)
}

/// Checks the username that a party would have in a role.
pub(crate) fn check_party(
    act: &Act<'_>,
    party: &record::Party,
    role: Role,
    typed: Option<&str>,
) -> Result<NameVerdict> {
    let name = name_of(party);
    let request = NameRequest {
        username: typed,
        email: party.email.as_deref(),
        phone: party.phone.as_deref(),
        ..NameRequest::new(0, act.policy().username.scheme(role), &name)
    };
    check_one(act, &request, Some(party.id))
}

/// Checks a username that is the contact itself.
pub(crate) fn check_contact_name(
    act: &Act<'_>,
    party: &record::Party,
    scheme: UsernameScheme,
    method: Method,
    contact: &str,
) -> Result<NameVerdict> {
    let name = name_of(party);
    let (email, phone) = match method {
        Method::Email => (Some(contact), None),
        Method::Sms => (None, Some(contact)),
    };
    check_one(act, &NameRequest { email, phone, ..NameRequest::new(0, scheme, &name) }, Some(party.id))
}

/// Marks a name as used, for ever (U4). Its own earlier claim is enough; that
/// of a party which was deleted and is there again goes over to its new account.
pub(crate) fn claim(act: &mut Act<'_>, account: &Tracked<record::Account>, of: Option<PartyId>) -> Result<()> {
    // A bulk piece claims names that its check has found free: the unique key
    // says so at the commit, without a look-up for each.
    if !account.is_new() && used(act, &account.username_canonical)?.iter().any(|used| used.account == account.id) {
        return Ok(());
    }
    for mut used in if of.is_some() { used(act, &account.username_canonical)? } else { Vec::new() } {
        if !is_former(act, &used, of)? {
            continue;
        }
        if used.canonical == account.username_canonical {
            // A staff name stays with the account that is deleted until then.
            let mut former: Tracked<record::Account> = act.get(used.account.0, Code::AccountNotFound)?;
            former.username_canonical = nobodys(former.id);
            (used.account, used.claimed_at, used.retired_at) = (account.id, act.now, None);
            return Ok(());
        }
        if is_digested(&used) {
            used.delete();
        }
    }
    let skeleton = username::skeleton(&account.username_canonical);
    drop(act.add(record::UsedName {
        agency: act.agency.id,
        id: RecordId::derived("used name", skeleton.as_bytes()),
        revision: 1,
        skeleton,
        canonical: account.username_canonical.clone(),
        account: account.id,
        claimed_at: act.now,
        retired_at: None,
    }));
    Ok(())
}

/// Gives an account another username, which is a contact of its user (U1, U2).
///
/// # Errors
///
/// The findings about the username, where someone else has or had it.
pub(crate) fn rename(act: &mut Act<'_>, account: &mut Tracked<record::Account>, to: &str) -> Result<()> {
    let canonical = username::canonical(to, &act.agency.country);
    let name =
        PersonName { first: account.first_name.clone(), last: account.last_name.clone(), ..PersonName::default() };
    let earlier: Vec<String> = own(act, account.id)?;
    let (email, phone) = if to.contains('@') { (Some(to), None) } else { (None, Some(to)) };
    let verdict = check_one(
        act,
        &NameRequest { email, phone, earlier: &earlier, ..NameRequest::new(0, UsernameScheme::EmailOrPhone, &name) },
        None,
    )?;
    if verdict.canonical.as_deref() != Some(&*canonical) {
        return Err(Error::invalid(verdict.findings));
    }
    set(act, account, to, &canonical)
}

/// Sets a username that has passed.
pub(crate) fn set(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    username: &str,
    canonical: &str,
) -> Result<()> {
    let before = std::mem::replace(&mut account.username, username.to_owned());
    canonical.clone_into(&mut account.username_canonical);
    claim(act, account, None)?;
    let details = params([("username before", before.into()), ("username after", username.into())]);
    act.event(account, EventKind::UsernameChanged, details);
    Ok(())
}

/// The names that an account has or had.
pub(crate) fn own(act: &Act<'_>, account: AccountId) -> Result<Vec<String>> {
    let used = act.find::<record::UsedName>(&act.all().is(record::UsedName::account, account))?;
    Ok(used.iter().map(|used| used.canonical.clone()).collect())
}

/// Retires the names of someone who is deleted (U4): of an e-mail address or a
/// phone number only a keyed digest stays.
pub(crate) fn retire(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    for mut used in act.find::<record::UsedName>(&act.all().is(record::UsedName::account, account.id))? {
        used.retired_at.get_or_insert(act.now);
        if !is_contact(&used.canonical) {
            continue;
        }
        let skeleton = digested(act.keys, &used.skeleton);
        drop(act.add(record::UsedName {
            id: RecordId::derived("used name", skeleton.as_bytes()),
            revision: 1,
            skeleton,
            canonical: said(act.keys, &used.canonical),
            ..record::UsedName::clone(&used)
        }));
        used.delete();
    }
    if is_contact(&account.username_canonical) {
        account.username = nobodys(account.id);
        account.username_canonical = account.username.clone();
    }
    Ok(())
}

/// What a deleted account goes by that has lost its name: no username is so.
fn nobodys(account: AccountId) -> String {
    format!("(deleted {})", account.0.simple())
}

/// Whether a username in canonical form is an e-mail address or a phone number.
fn is_contact(canonical: &str) -> bool {
    canonical.contains('@') || canonical.starts_with('+')
}

/// Lets go of the name of an account whose contact has changed hands (C6): the
/// one way in which a name is given to another.
pub(crate) fn release(act: &mut Act<'_>, account: AccountId, canonical: &str) -> Result<()> {
    used(act, canonical)?.into_iter().filter(|used| used.account == account).for_each(Tracked::delete);
    Ok(())
}

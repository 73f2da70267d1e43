//! Links (C5): which account belongs to which party or application. Everything
//! an account is allowed follows from its links in force, read from here alone.

use std::collections::BTreeSet;

use time::OffsetDateTime;

use crate::agency::kernel::{Act, Shared, Tracked, read};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};
use crate::id::{AccountId, AgencyId, ApplicationId, LinkId, PartyId};
pub(crate) use crate::relationship::may_have_several;
use crate::store::{Query, record};
use crate::words::{LinkAct, Role};

/// The links of these accounts that are in force.
pub(crate) fn of_accounts(shared: &Shared, agency: AgencyId, accounts: &[AccountId]) -> Result<Vec<record::Link>> {
    let mut links = read(shared, &in_force(Query::all(agency)).among(record::Link::account, accounts))?;
    links.sort_by_key(|link| by_age(link.since, link.id));
    Ok(links)
}

/// The links of these parties that are in force, those of their applications
/// among them.
pub(crate) fn of_parties(
    shared: &Shared,
    agency: AgencyId,
    parties: impl IntoIterator<Item = PartyId>,
) -> Result<Vec<record::Link>> {
    let mut links = read(shared, &in_force(Query::all(agency)).among(record::Link::party, parties))?;
    links.sort_by_key(|link| by_age(link.since, link.id));
    Ok(links)
}

/// Those that are not over. Nobody makes one for later.
pub(crate) fn in_force(query: Query<record::Link>) -> Query<record::Link> {
    query.null(record::Link::ends_at, true)
}

/// Links stand in the order in which they were made.
pub(crate) fn by_age(since: OffsetDateTime, id: LinkId) -> impl Ord {
    (since, id)
}

/// The same of one account, in an act.
pub(crate) fn of_account(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::Link>>> {
    sorted(act, in_force(act.all()).is(record::Link::account, account))
}

/// The same of one party and its applications, in an act.
pub(crate) fn of_party(act: &Act<'_>, party: PartyId) -> Result<Vec<Tracked<record::Link>>> {
    sorted(act, in_force(act.all()).is(record::Link::party, party))
}

/// The same of one application, in an act.
pub(crate) fn of_application(act: &Act<'_>, application: ApplicationId) -> Result<Vec<Tracked<record::Link>>> {
    sorted(act, in_force(act.all()).is(record::Link::application, application))
}

fn sorted(act: &Act<'_>, query: Query<record::Link>) -> Result<Vec<Tracked<record::Link>>> {
    let mut links = act.find(&query)?;
    links.sort_by_key(|link| by_age(link.since, link.id));
    Ok(links)
}

/// The account of a party: of a family that several have, the first.
pub(crate) fn account_of(act: &Act<'_>, party: PartyId) -> Result<Option<AccountId>> {
    Ok(of_party(act, party)?.first().map(|link| link.account))
}

/// The party that an account was made for: that of its first link, in force
/// or not.
pub(crate) fn made_for(act: &Act<'_>, account: AccountId) -> Result<Option<PartyId>> {
    let links = sorted(act, act.all().is(record::Link::account, account))?;
    Ok(links.first().map(|link| link.party))
}

/// The links of a party alone, those of its applications aside, that are in force.
pub(crate) fn direct(act: &Act<'_>, party: PartyId) -> Result<Vec<Tracked<record::Link>>> {
    let mut links = of_party(act, party)?;
    links.retain(|link| link.application.is_none());
    Ok(links)
}

/// Why a party cannot have these roles: it has several accounts, and could have but
/// one with them (C5).
pub(crate) fn too_many(act: &Act<'_>, party: PartyId, roles: &BTreeSet<Role>) -> Result<Option<Finding>> {
    if may_have_several(roles) {
        return Ok(None);
    }
    let accounts: BTreeSet<AccountId> = direct(act, party)?.iter().map(|link| link.account).collect();
    Ok((accounts.len() > 1).then(|| Finding::new(Code::PartyTwoAccounts, "roles")))
}

/// Whether a party may have several accounts goes by its roles, and so does what its
/// links say of it: whoever changes roles settles it.
///
/// # Errors
///
/// `party.two_accounts` where it has several, and may have but one with these.
pub(crate) fn settle(act: &Act<'_>, party: &record::Party) -> Result<()> {
    if let Some(found) = too_many(act, party.id, &party.roles)? {
        return Err(found.into());
    }
    let sole = (!may_have_several(&party.roles)).then_some(party.id.0);
    for mut link in direct(act, party.id)? {
        if link.sole != sole {
            link.sole = sole;
        }
    }
    Ok(())
}

/// Links an account to a party, or to an application of it.
///
/// # Errors
///
/// `account.exists` where the party, or the application, has another.
pub(crate) fn make(
    act: &mut Act<'_>,
    account: AccountId,
    party: &record::Party,
    application: Option<ApplicationId>,
    by: LinkAct,
) -> Result<()> {
    let mine = match application {
        Some(application) => of_application(act, application)?,
        None => of_party(act, party.id)?.into_iter().filter(|link| link.application.is_none()).collect(),
    };
    if mine.iter().any(|link| link.account == account) {
        return Ok(());
    }
    let several = application.is_none() && may_have_several(&party.roles);
    if !mine.is_empty() && !several {
        return Err(Error::new(ErrorKind::Invalid, Code::AccountExists));
    }
    link_new(act, account, party, application, by);
    Ok(())
}

/// The first link of an account that is being made, to a party that has none:
/// the store's unique key says so at the commit.
pub(crate) fn link_new(
    act: &mut Act<'_>,
    account: AccountId,
    party: &record::Party,
    application: Option<ApplicationId>,
    by: LinkAct,
) {
    let sole = match application {
        Some(application) => Some(application.0),
        None => (!may_have_several(&party.roles)).then_some(party.id.0),
    };
    let id = LinkId(act.new_id());
    drop(act.add(record::Link {
        agency: act.agency.id,
        id,
        revision: 1,
        account,
        party: party.id,
        application,
        sole,
        since: act.now,
        ends_at: None,
        act: by,
        by: act.acting.name.clone(),
    }));
}

/// Ends a link, now.
pub(crate) fn end(act: &Act<'_>, link: &mut Tracked<record::Link>) {
    link.ends_at = Some(act.now);
    link.sole = None;
}

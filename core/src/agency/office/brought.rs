//! What an act on many brings before it begins with the first: the rows that it
//! looks for of each, read for all of them at once. To leave one out costs a
//! read for each item, and changes no answer.

use std::collections::BTreeSet;

use super::Invitee;
use super::grants::NewGrant;
use super::ties::NewTie;
use crate::agency::identity::{contacts, names};
use crate::agency::kernel::{Act, Tracked};
use crate::error::Result;
use crate::id::{AccountId, ApplicationId, InvitationId, PartyId};
use crate::invitation::OfficeAction;
use crate::store::record;
use crate::words::{Resource, TieKind};

/// Parties, their links and ties; of delegated work, the accounts too.
fn parties(act: &Act<'_>, ids: &BTreeSet<PartyId>) -> Result<()> {
    act.bring(record::Party::id, ids)?;
    act.bring(record::Link::party, ids)?;
    if act.reach.is_some() {
        act.bring(record::Tie::who, ids)?;
        let accounts = logins(act, ids)?;
        act.bring(record::Link::account, &accounts)?;
    }
    Ok(())
}

/// The accounts of parties whose links are here.
fn logins(act: &Act<'_>, ids: &BTreeSet<PartyId>) -> Result<BTreeSet<AccountId>> {
    let links = act.find(&act.all().among(record::Link::party, ids))?;
    let accounts = links.iter().map(|link| link.account).collect();
    act.bring(record::Account::id, &accounts)?;
    Ok(accounts)
}

/// For an account to be made for each: the names that theirs could be, too.
pub(super) fn to_enrol(act: &Act<'_>, ids: impl IntoIterator<Item = PartyId>) -> Result<()> {
    let ids: BTreeSet<PartyId> = ids.into_iter().collect();
    parties(act, &ids)?;
    act.bring(record::Tie::who, &ids)?;
    let found: Vec<Tracked<record::Party>> = act.find(&act.all().among(record::Party::id, &ids))?;
    let theirs = |party: &Tracked<record::Party>| [party.email_canonical.clone(), party.phone_e164.clone()];
    names::bring(act, found.iter().flat_map(theirs).flatten())
}

/// For ties: what is told of them stands with the accounts of who has the part,
/// and those of a client are written to about a representative.
pub(super) fn to_relate(act: &Act<'_>, ties: &[NewTie]) -> Result<()> {
    act.bring(record::Tie::of, ties.iter().map(|tie| tie.of).collect::<BTreeSet<_>>())?;
    let ends: BTreeSet<PartyId> = ties.iter().flat_map(|tie| [tie.who, tie.of]).collect();
    to_enrol(act, ends.iter().copied())?;
    let accounts = logins(act, &ends)?;
    if ties.iter().any(|tie| tie.kind == TieKind::PersonalRepresentative) {
        act.bring(record::Contact::account, &accounts)?;
    }
    Ok(())
}

/// For grants: those that there are, whose they are of, and the accounts in whose
/// history they stand.
pub(super) fn to_grant(act: &Act<'_>, grants: &[NewGrant]) -> Result<()> {
    let ids: BTreeSet<PartyId> = grants.iter().map(|grant| grant.party).collect();
    parties(act, &ids)?;
    act.bring(record::Tie::who, &ids)?;
    act.bring(record::Grant::party, &ids)?;
    let of_one = |is_application: bool| {
        let kind = move |grant: &&NewGrant| (grant.resource == Resource::Application) == is_application;
        grants.iter().filter(kind).filter_map(|grant| grant.of).collect::<BTreeSet<_>>()
    };
    let applications: BTreeSet<ApplicationId> = of_one(true).into_iter().map(ApplicationId).collect();
    let mut clients: BTreeSet<PartyId> = of_one(false).into_iter().map(PartyId).collect();
    if !applications.is_empty() {
        act.bring(record::Application::id, &applications)?;
        let found = act.find::<record::Application>(&act.all().among(record::Application::id, &applications))?;
        clients.extend(found.iter().map(|application| application.family));
    }
    act.bring(record::Party::id, clients)?;
    logins(act, &ids).map(drop)
}

/// Accounts, with the parties that they belong to, and what they were sent.
pub(super) fn accounts(act: &Act<'_>, ids: &[AccountId]) -> Result<()> {
    let ids: BTreeSet<AccountId> = ids.iter().copied().collect();
    act.bring(record::Account::id, &ids)?;
    act.bring(record::Link::account, &ids)?;
    let links = act.find(&act.all().among(record::Link::account, &ids))?;
    parties(act, &links.iter().map(|link| link.party).collect())?;
    act.bring(record::Token::account, &ids)?;
    act.bring(record::Message::account, &ids)?;
    act.bring(record::Throttle::account, &ids)?;
    act.bring(record::Contact::account, &ids)?;
    let theirs: Vec<Tracked<record::Contact>> = act.find(&act.all().among(record::Contact::account, &ids))?;
    let books: BTreeSet<_> = theirs.iter().map(|contact| contacts::code_book(act, &contact.canonical)).collect();
    act.bring(record::CodeBook::id, &books)
}

/// Those to invite, to invite again, or to unlink.
pub(super) fn invitees(act: &Act<'_>, action: OfficeAction, items: &[Invitee]) -> Result<()> {
    let (mut families, mut applications) = (BTreeSet::new(), BTreeSet::new());
    for item in items {
        match item {
            Invitee::Party(party) => drop(families.insert(*party)),
            Invitee::Application(application) => drop(applications.insert(*application)),
        }
    }
    let applications: BTreeSet<ApplicationId> = applications;
    let mut invitations: BTreeSet<InvitationId> = BTreeSet::new();
    if !applications.is_empty() {
        act.bring(record::Application::id, &applications)?;
        act.bring(record::Link::application, &applications)?;
        for application in act.find(&act.all().among(record::Application::id, &applications))? {
            families.insert(application.family);
            invitations.extend(application.invitation);
        }
    }
    parties(act, &families)?;
    for family in act.find(&act.all().among(record::Party::id, &families))? {
        invitations.extend(family.invitation);
    }
    if action == OfficeAction::Unlink {
        act.bring(record::Invitation::party, &families)?;
        let theirs = act.find(&act.all().among(record::Invitation::party, &families))?;
        invitations.extend(theirs.iter().map(|invitation| invitation.id));
        let mut linked: BTreeSet<AccountId> = BTreeSet::new();
        for link in act.find(&act.all().among(record::Link::party, &families))? {
            linked.insert(link.account);
        }
        act.bring(record::Account::id, &linked)?;
        act.bring(record::Contact::account, &linked)?;
    }
    if !invitations.is_empty() {
        act.bring(record::Invitation::id, &invitations)?;
        act.bring(record::Message::invitation, &invitations)?;
    }
    Ok(())
}

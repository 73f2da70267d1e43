//! Merging two parties that are one person or organization, and splitting what
//! was merged wrongly (A6).
//!
//! Everything of the one moves to the other. Its own row stays, with what was
//! moved, so that a roster that still names it finds the other, and a split can
//! move all of it back.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::edit::family_name;
use super::{Office, invite};
use crate::agency::identity::enrol;
use crate::agency::identity::links;
use crate::agency::kernel::act::ids;
use crate::agency::kernel::{Act, Tracked, act};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Params, params};
use crate::id::{AccountId, ApplicationId, GrantId, InvitationId, LinkId, PartyId, TieId};
use crate::relationship::Period;
use crate::store::{Ends, Merge, MergedTie, Span, record};
use crate::words::{EventKind, Role};

/// What a merge does, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The party that has everything now.
    pub party: PartyId,
    /// The roles that it had not.
    pub roles: BTreeSet<Role>,
    /// What it had not and got, by name: `nickname`, `email`, `phone`,
    /// `preferred`, `language`, `external_id`, `invitation`.
    pub given: Vec<String>,
    /// The ties that moved to it, those that were joined among them.
    pub ties: Vec<TieId>,
    /// Of these, those that both had: one has the time of both now, and these
    /// none.
    pub joined: Vec<TieId>,
    /// The ties between the two, which are over.
    pub ended: Vec<TieId>,
    /// The grants that moved, and those of the other's data.
    pub grants: Vec<GrantId>,
    /// The links that moved to it.
    pub links: Vec<LinkId>,
    /// The applications that moved to it.
    pub applications: Vec<ApplicationId>,
    /// The invitations that moved to it.
    pub invitations: Vec<InvitationId>,
    /// The invitations, of either, that are dead: there is an account, or one is
    /// enough.
    pub cancelled: Vec<InvitationId>,
}

/// What a split did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The party that is there again.
    pub party: PartyId,
    /// The one that it had been merged into.
    pub of: PartyId,
    /// What moved back: ties, grants, links, applications and invitations.
    pub moved: Vec<Uuid>,
    /// What was ended or changed since the merge, and is not as it was before.
    pub changed: Vec<Uuid>,
}

impl Office {
    /// Merges a party into another, since both are one person or organization
    /// (A6): its roles, ties, grants, links, applications and invitations are
    /// the other's from now on, and what the other has not written down. Ties
    /// that both have become one, ties between the two end. No contact of an
    /// account moves. It is in no list any more; who asks for it by its
    /// identifier is told of the other, and a roster that names it means the
    /// other. [`split_party`](Self::split_party) undoes it.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, `party.merged`;
    /// `party.merge_unfit` for a person and an organization, or for one alone;
    /// `party.two_accounts` where both have an account, and may have but one
    /// (C5).
    pub fn merge_parties(&self, keep: PartyId, gone: PartyId) -> Result<Merged> {
        self.act("merge_parties", |act| merge(act, keep, gone))
    }

    /// What [`merge_parties`](Self::merge_parties) would do. It writes nothing.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, `party.merged`,
    /// `party.merge_unfit`, `party.two_accounts`, as `merge_parties`.
    pub fn preview_merge(&self, keep: PartyId, gone: PartyId) -> Result<Merged> {
        let agency = &self.agency;
        act::decided(&agency.shared, agency.id, &self.someone(), |act| {
            self.admit(act, "preview_merge")?;
            merge(act, keep, gone)
        })
    }

    /// Splits a party again from the one that it was merged into (A6): what was
    /// moved goes back, and both are as before, but for what was ended or
    /// changed since. What came to the other since the merge stays with it.
    /// Sessions of the accounts of both end, since each has less now.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`; `party.not_merged`;
    /// `party.merged` where the other has been merged itself: that one is to be
    /// split first.
    pub fn split_party(&self, party: PartyId) -> Result<Split> {
        self.act("split_party", |act| split(act, party))
    }
}

fn merge(act: &mut Act<'_>, keep: PartyId, gone: PartyId) -> Result<Merged> {
    let unfit = || Error::from(Finding::new(Code::PartyMergeUnfit, "gone"));
    let mut keep = enrol::party(act, keep)?;
    if keep.id == gone {
        return Err(unfit());
    }
    let mut gone = enrol::party(act, gone)?;
    if keep.kind != gone.kind {
        return Err(unfit());
    }
    let mut merge = Merge::default();
    let logins: BTreeSet<AccountId> = accounts(act, keep.id)?.into_iter().chain(accounts(act, gone.id)?).collect();
    let roles: BTreeSet<Role> = gone.roles.difference(&keep.roles).copied().collect();
    keep.roles.extend(roles.iter().copied());
    merge.roles.clone_from(&roles);
    let own = move_links(act, &keep, &gone, &mut merge)?;
    let ended = move_ties(act, keep.id, gone.id, &mut merge)?;
    move_grants(act, keep.id, gone.id, &mut merge)?;
    for mut application in act.find(&act.all().is(record::Application::family, gone.id))? {
        application.family = keep.id;
        application.family_name = family_name(&keep);
        merge.applications.push(application.id);
    }
    for mut decision in act.find(&act.all().is(record::Decision::party, gone.id))? {
        decision.party = Some(keep.id);
        merge.decisions.push(decision.id);
    }
    give(&mut keep, &mut gone, &mut merge);
    let cancelled = move_invitations(act, &mut keep, &gone, !own.is_empty(), &mut merge)?;
    let joined: Vec<TieId> = merge.ties.iter().filter(|tie| tie.joined.is_some()).map(|tie| tie.tie).collect();
    let merged = Merged {
        party: keep.id,
        roles,
        given: merge.given.iter().map(|(field, _)| field.clone()).collect(),
        ties: merge.ties.iter().filter(|tie| tie.ends != Ends::default()).map(|tie| tie.tie).collect(),
        joined,
        ended,
        grants: merge.grants.iter().map(|(grant, _)| *grant).collect(),
        links: merge.links.iter().map(|(link, _)| *link).collect(),
        applications: merge.applications.clone(),
        invitations: merge.invitations.clone(),
        cancelled,
    };
    let details = told(&keep, &gone, &merged);
    tell(act, logins, EventKind::PartyMerged, &details)?;
    gone.merged_into = Some(keep.id);
    gone.merge = Some(merge);
    // Whatever lists parties leaves it out.
    gone.deleted_at = Some(act.now);
    Ok(merged)
}

/// What the histories say of a merge.
fn told(keep: &record::Party, gone: &record::Party, merged: &Merged) -> Params {
    let mut details = params([
        ("party", keep.id.to_string().into()),
        ("name", keep.display_name.as_str().into()),
        ("merged", gone.id.to_string().into()),
        ("merged name", gone.display_name.as_str().into()),
    ]);
    let roles: Vec<&str> = merged.roles.iter().map(|role| role.as_str()).collect();
    for (name, list) in [
        ("roles", roles.join(" ")),
        ("given", merged.given.join(" ")),
        ("ties", ids(merged.ties.iter().map(|tie| tie.0))),
        ("joined", ids(merged.joined.iter().map(|tie| tie.0))),
        ("ended", ids(merged.ended.iter().map(|tie| tie.0))),
        ("grants", ids(merged.grants.iter().map(|grant| grant.0))),
        ("links", ids(merged.links.iter().map(|link| link.0))),
        ("applications", ids(merged.applications.iter().map(|application| application.0))),
        ("invitations", ids(merged.invitations.iter().map(|invitation| invitation.0))),
    ] {
        if !list.is_empty() {
            details.insert(name.to_owned(), list.into());
        }
    }
    details
}

/// Tells it in the agency's history, and in those of the party's accounts.
fn tell(act: &mut Act<'_>, accounts: BTreeSet<AccountId>, kind: EventKind, details: &Params) -> Result<()> {
    act.agency_event(kind, details.clone())?;
    for id in accounts {
        let mut account = act.account(id)?;
        act.event(&mut account, kind, details.clone());
    }
    Ok(())
}

/// The accounts that belong to a party or to an application of it.
fn accounts(act: &Act<'_>, party: PartyId) -> Result<BTreeSet<AccountId>> {
    Ok(links::of_party(act, party)?.iter().map(|link| link.account).collect())
}

/// Links move, those that are over too: for whom an account was made, its first
/// one says.
fn move_links(
    act: &mut Act<'_>,
    keep: &record::Party,
    gone: &record::Party,
    merge: &mut Merge,
) -> Result<BTreeSet<AccountId>> {
    let own: BTreeSet<AccountId> = direct(act, keep.id)?;
    let theirs: BTreeSet<AccountId> = direct(act, gone.id)?;
    let several = links::may_have_several(keep);
    if !several && own.union(&theirs).count() > 1 {
        return Err(Finding::new(Code::PartyTwoAccounts, "gone").into());
    }
    for id in &theirs {
        let mut account = act.account(*id)?;
        let named = account.display_name == gone.display_name && links::made_for(act, *id)? == Some(gone.id);
        if named && account.display_name != keep.display_name {
            enrol::name_after(&mut account, keep);
            merge.named.push(*id);
        }
    }
    let all: Vec<Tracked<record::Link>> = act.find(&act.all().is(record::Link::party, gone.id))?;
    for mut link in all {
        let is_direct = link.application.is_none() && link.ends_at.is_none();
        let twice = is_direct && own.contains(&link.account);
        link.party = keep.id;
        if twice {
            links::end(act, &mut link);
        } else if is_direct {
            link.sole = (!several).then_some(keep.id.0);
        }
        merge.links.push((link.id, twice));
    }
    settle(act, keep)?;
    Ok(own.into_iter().chain(theirs).collect())
}

/// The accounts that a party has in force, those of its applications aside.
fn direct(act: &Act<'_>, party: PartyId) -> Result<BTreeSet<AccountId>> {
    let links = links::of_party(act, party)?;
    Ok(links.iter().filter(|link| link.application.is_none()).map(|link| link.account).collect())
}

/// Whether a party may have several accounts goes by its roles, and what its
/// links say of it with them.
fn settle(act: &Act<'_>, party: &record::Party) -> Result<()> {
    let sole = (!links::may_have_several(party)).then_some(party.id.0);
    for mut link in links::of_party(act, party.id)? {
        if link.application.is_none() && link.sole != sole {
            link.sole = sole;
        }
    }
    Ok(())
}

fn span(tie: &record::Tie) -> Span {
    Span { begins_at: tie.begins_at, ends_at: tie.ends_at, enrols_at: tie.enrols_at }
}

fn period(tie: &record::Tie) -> Period {
    Period { begins_at: tie.begins_at, ends_at: tie.ends_at }
}

/// Ties move, both ends. Where the other has the same tie at a time that both
/// cover, that one is there for the whole time, and the one that moved for none.
/// Ties between the two are over, and stay where they are.
fn move_ties(act: &mut Act<'_>, keep: PartyId, gone: PartyId, merge: &mut Merge) -> Result<Vec<TieId>> {
    let mut ended = Vec::new();
    let theirs = act.all().or_is(record::Tie::who, gone).or_is(record::Tie::of, gone);
    let mut theirs: Vec<Tracked<record::Tie>> = act.find(&theirs)?;
    theirs.sort_by_key(|tie| (tie.begins_at, tie.id));
    for mut tie in theirs {
        let ends = Ends { who: tie.who == gone, of: tie.of == gone };
        let (who, of) = (if ends.who { keep } else { tie.who }, if ends.of { keep } else { tie.of });
        if who == of {
            if tie.ends_at.is_none_or(|ends| ends > act.now) {
                let before = Some(span(&tie));
                tie.ends_at = Some(act.now.max(tie.begins_at));
                tie.enrols_at = None;
                let after = Some(span(&tie));
                merge.ties.push(MergedTie { tie: tie.id, ends: Ends::default(), before, after, joined: None });
                ended.push(tie.id);
            }
            continue;
        }
        let same = act.all().is(record::Tie::who, who).is(record::Tie::of, of).is(record::Tie::kind, tie.kind);
        let mut same: Vec<Tracked<record::Tie>> = act.find(&same)?;
        same.retain(|other| other.id != tie.id && period(other).overlaps(&period(&tie)));
        same.sort_by_key(|other| (other.begins_at, other.id));
        let mut same = same.into_iter();
        let before = span(&tie);
        (tie.who, tie.of) = (who, of);
        let Some(mut first) = same.next() else {
            merge.ties.push(MergedTie { tie: tie.id, ends, before: None, after: None, joined: None });
            continue;
        };
        let (was, joined) = (span(&first), first.id);
        let mut others = Vec::new();
        join(&mut first, before);
        for mut other in same {
            let was = span(&other);
            join(&mut first, was);
            nowhere(&mut other);
            others.push(changed(&other, Ends::default(), was, Some(joined)));
        }
        nowhere(&mut tie);
        merge.ties.push(changed(&first, Ends::default(), was, None));
        merge.ties.push(changed(&tie, ends, before, Some(joined)));
        merge.ties.extend(others);
    }
    Ok(ended)
}

fn changed(tie: &record::Tie, ends: Ends, before: Span, joined: Option<TieId>) -> MergedTie {
    MergedTie { tie: tie.id, ends, before: Some(before), after: Some(span(tie)), joined }
}

/// The tie is there for both times, which overlap.
fn join(tie: &mut record::Tie, other: Span) {
    tie.begins_at = tie.begins_at.min(other.begins_at);
    tie.ends_at = tie.ends_at.zip(other.ends_at).map(|(own, other)| own.max(other));
    // What began enrols nobody any more.
    tie.enrols_at = tie.enrols_at.zip(other.enrols_at).map(|(own, other)| own.min(other));
}

/// The tie is there at no time.
fn nowhere(tie: &mut record::Tie) {
    tie.ends_at = Some(tie.begins_at);
    tie.enrols_at = None;
}

fn move_grants(act: &mut Act<'_>, keep: PartyId, gone: PartyId, merge: &mut Merge) -> Result<()> {
    let grants = act.all().or_is(record::Grant::party, gone).or_is(record::Grant::of, gone.0);
    for mut grant in act.find(&grants)? {
        let ends = Ends { who: grant.party == gone, of: grant.of == Some(gone.0) };
        if ends.who {
            grant.party = keep;
        }
        if ends.of {
            grant.of = Some(keep.0);
        }
        merge.grants.push((grant.id, ends));
    }
    Ok(())
}

/// What is written down of the one, and not of the other, is the other's.
fn give(keep: &mut record::Party, gone: &mut record::Party, merge: &mut Merge) {
    let mut given = |field: &str, value: String| merge.given.push((field.to_owned(), value));
    if let (None, Some(nickname)) = (&keep.nickname, &gone.nickname) {
        given("nickname", nickname.clone());
        keep.nickname = Some(nickname.clone());
    }
    if let (None, Some(email)) = (&keep.email, &gone.email) {
        given("email", email.clone());
        keep.email = Some(email.clone());
        keep.email_canonical.clone_from(&gone.email_canonical);
    }
    if let (None, Some(phone)) = (&keep.phone_e164, &gone.phone_e164) {
        given("phone", phone.clone());
        keep.phone_e164 = Some(phone.clone());
        keep.phone.clone_from(&gone.phone);
    }
    if let (None, Some(method)) = (keep.preferred, gone.preferred) {
        given("preferred", method.to_string());
        keep.preferred = Some(method);
    }
    if let (None, Some(locale)) = (keep.locale, gone.locale) {
        given("language", locale.to_string());
        keep.locale = Some(locale);
    }
    if keep.external_id.is_none()
        && let Some(id) = gone.external_id.take()
    {
        given("external_id", id.clone());
        keep.external_id = Some(id);
    }
}

/// Invitations move. Where the party has an account, or another invitation that
/// is out, none that would make an account more stays good.
fn move_invitations(
    act: &mut Act<'_>,
    keep: &mut record::Party,
    gone: &record::Party,
    has_account: bool,
    merge: &mut Merge,
) -> Result<Vec<InvitationId>> {
    let own: Vec<Tracked<record::Invitation>> = act.find(&act.all().is(record::Invitation::party, keep.id))?;
    let mut all: Vec<Tracked<record::Invitation>> = act.find(&act.all().is(record::Invitation::party, gone.id))?;
    for invitation in &mut all {
        invitation.party = keep.id;
        merge.invitations.push(invitation.id);
    }
    all.extend(own);
    let taken = keep.invitation;
    if let (None, Some(id)) = (keep.invitation, gone.invitation) {
        merge.given.push(("invitation".to_owned(), id.to_string()));
        keep.invitation = Some(id);
    }
    let linked = has_account && !links::may_have_several(keep);
    let mut cancelled = Vec::new();
    for invitation in all {
        let is_out = invitation.superseded_at.is_none() && invitation.redeemed_at.is_none();
        let one_too_many = linked || taken.is_some_and(|taken| taken != invitation.id);
        if is_out && invitation.application.is_none() && one_too_many {
            cancelled.push(invitation.id);
            invite::end(act, invitation)?;
        }
    }
    Ok(cancelled)
}

fn split(act: &mut Act<'_>, party: PartyId) -> Result<Split> {
    let mut gone: Tracked<record::Party> = act.get(party.0, Code::PartyNotFound)?;
    let (Some(into), Some(merge)) = (gone.merged_into, gone.merge.clone()) else {
        return match gone.deleted_at {
            Some(_) => Err(Error::not_found(Code::PartyNotFound)),
            None => Err(Finding::new(Code::PartyNotMerged, "party").into()),
        };
    };
    let mut keep = enrol::party(act, into)?;
    let mut split = Split { party, of: into, moved: Vec::new(), changed: Vec::new() };
    let details = params([
        ("party", keep.id.to_string().into()),
        ("name", keep.display_name.as_str().into()),
        ("split", gone.id.to_string().into()),
        ("split name", gone.display_name.as_str().into()),
    ]);
    let logins = accounts(act, keep.id)?;
    // Each has less now: whoever is signed in signs in again (I6).
    for id in &logins {
        act.account(*id)?.epoch += 1;
    }
    tell(act, logins, EventKind::PartySplit, &details)?;
    (gone.merged_into, gone.merge, gone.deleted_at) = (None, None, None);
    take_roles(act, &mut keep, &gone, &merge)?;
    take_back(&mut keep, &mut gone, &merge);
    ties_back(act, &keep, gone.id, &merge, &mut split)?;
    for (id, ends) in &merge.grants {
        let Some(mut grant) = act.by_id::<record::Grant>(id.0)? else { continue };
        if ends.who {
            grant.party = gone.id;
        }
        if ends.of {
            grant.of = Some(gone.id.0);
        }
        split.moved.push(id.0);
    }
    links_back(act, &keep, &gone, &merge, &mut split)?;
    for id in &merge.applications {
        let Some(mut application) = act.by_id::<record::Application>(id.0)? else { continue };
        if application.family == keep.id {
            application.family = gone.id;
            application.family_name = family_name(&gone);
            split.moved.push(id.0);
        }
    }
    for id in &merge.invitations {
        let Some(mut invitation) = act.by_id::<record::Invitation>(id.0)? else { continue };
        if invitation.party == keep.id {
            invitation.party = gone.id;
            split.moved.push(id.0);
        }
    }
    for id in &merge.decisions {
        if let Some(mut decision) = act.by_id::<record::Decision>(id.0)?
            && decision.party == Some(keep.id)
        {
            decision.party = Some(gone.id);
        }
    }
    Ok(split)
}

/// The roles that the merge brought go, but for those that another one who was
/// merged into the same party brings too: they are of that merge from now on.
fn take_roles(act: &mut Act<'_>, keep: &mut record::Party, gone: &record::Party, merge: &Merge) -> Result<()> {
    let mut others: Vec<Tracked<record::Party>> = act.find(&act.all().is(record::Party::merged_into, keep.id))?;
    others.retain(|other| other.id != gone.id);
    for role in &merge.roles {
        let heir = others.iter_mut().find(|other| other.roles.contains(role));
        match heir {
            Some(other) => {
                if let Some(merge) = &mut other.merge {
                    merge.roles.insert(*role);
                }
            }
            None => {
                keep.roles.remove(role);
            }
        }
    }
    Ok(())
}

/// What the merge gave is taken back, where it is the same still.
fn take_back(keep: &mut record::Party, gone: &mut record::Party, merge: &Merge) {
    for (field, value) in &merge.given {
        let is = |now: Option<String>| now.as_deref() == Some(value);
        match field.as_str() {
            "nickname" if is(keep.nickname.clone()) => keep.nickname = None,
            "email" if is(keep.email.clone()) => (keep.email, keep.email_canonical) = (None, None),
            "phone" if is(keep.phone_e164.clone()) => (keep.phone, keep.phone_e164) = (None, None),
            "preferred" if is(keep.preferred.map(|method| method.to_string())) => keep.preferred = None,
            "language" if is(keep.locale.map(|locale| locale.to_string())) => keep.locale = None,
            "invitation" if is(keep.invitation.map(|id| id.to_string())) => keep.invitation = None,
            "external_id" if is(keep.external_id.clone()) => gone.external_id = keep.external_id.take(),
            _ => {}
        }
    }
}

fn ties_back(act: &mut Act<'_>, keep: &record::Party, gone: PartyId, merge: &Merge, split: &mut Split) -> Result<()> {
    // What was ended since ends for all that it had joined.
    let mut cuts: BTreeMap<TieId, OffsetDateTime> = BTreeMap::new();
    let lasting = merge.ties.iter().filter(|moved| moved.joined.is_none());
    let last: BTreeMap<TieId, Span> = lasting.filter_map(|moved| Some((moved.tie, moved.after?))).collect();
    for (id, after) in last {
        if let Some(tie) = act.by_id::<record::Tie>(id.0)?
            && let Some(ends) = tie.ends_at.filter(|_| tie.ends_at != after.ends_at)
        {
            cuts.insert(id, ends);
        }
    }
    // The latest first: one that joined several was changed once for each.
    for moved in merge.ties.iter().rev() {
        let Some(mut tie) = act.by_id::<record::Tie>(moved.tie.0)? else { continue };
        if moved.ends.who && tie.who == keep.id {
            tie.who = gone;
        }
        if moved.ends.of && tie.of == keep.id {
            tie.of = gone;
        }
        if moved.ends != Ends::default() {
            split.moved.push(tie.id.0);
        }
        let Some(before) = moved.before else { continue };
        (tie.begins_at, tie.ends_at, tie.enrols_at) = (before.begins_at, before.ends_at, before.enrols_at);
        if let Some(cut) = cuts.get(&moved.joined.unwrap_or(moved.tie)) {
            let cut = (*cut).max(before.begins_at);
            tie.ends_at = Some(before.ends_at.map_or(cut, |ends| ends.min(cut)));
            if !split.changed.contains(&tie.id.0) {
                split.changed.push(tie.id.0);
            }
        }
    }
    Ok(())
}

fn links_back(
    act: &mut Act<'_>,
    keep: &record::Party,
    gone: &record::Party,
    merge: &Merge,
    split: &mut Split,
) -> Result<()> {
    for (id, twice) in &merge.links {
        let Some(mut link) = act.by_id::<record::Link>(id.0)? else { continue };
        if link.party != keep.id {
            continue;
        }
        link.party = gone.id;
        if *twice {
            link.ends_at = None;
        }
        if link.application.is_none() {
            let alone = link.ends_at.is_none() && !links::may_have_several(gone);
            link.sole = alone.then_some(gone.id.0);
        }
        split.moved.push(id.0);
    }
    settle(act, keep)?;
    for id in &merge.named {
        let account: Option<Tracked<record::Account>> = act.by_id(id.0)?;
        if let Some(mut account) = account.filter(|account| account.deleted_at.is_none())
            && account.display_name == keep.display_name
        {
            enrol::name_after(&mut account, gone);
        }
    }
    Ok(())
}

impl record::Party {
    /// The party, where lists have it.
    pub(crate) fn there(self) -> Result<Self> {
        if self.deleted_at.is_some() { Err(self.missing()) } else { Ok(self) }
    }

    /// Why a party that is in no list is not there.
    pub(crate) fn missing(&self) -> Error {
        match self.merged_into {
            Some(into) => Error::new(ErrorKind::NotFound, Code::PartyMerged).with("into", into.to_string()),
            None => Error::not_found(Code::PartyNotFound),
        }
    }
}

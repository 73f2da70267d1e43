//! Merging two parties that are one person or organization, and splitting what
//! was merged wrongly (A6).
//!
//! Everything of the one moves to the other. Its own row stays, with what was
//! moved, so that a roster that still names it finds the other, and a split can
//! move all of it back.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::correct::reprinted;
use super::edit::family_name;
use super::{Office, invite, not_allowed, ties};
use crate::agency::identity::enrol;
use crate::agency::identity::links;
use crate::agency::kernel::act::ids;
use crate::agency::kernel::{Act, Tracked, act};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Params, params};
use crate::id::{AccountId, ApplicationId, GrantId, InvitationId, LinkId, PartyId, TieId, made_at};
use crate::relationship::{Period, check_reference};
use crate::store::{Ends, Merge, MergedTie, Span, record};
use crate::words::{EventKind, Role, TieKind};

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
    /// What is not as it was before the merge: ties, grants, links and invitations
    /// that were ended since, or that the merge had ended for good; and the party
    /// itself, where it has lost a role that was taken away since, or where what is
    /// written down of both was corrected since, which stays with the other one.
    pub changed: Vec<Uuid>,
}

impl Office {
    /// Merges a party into another, since both are one person or organization
    /// (A6): its roles, ties, grants, links, applications and invitations are
    /// the other's from now on, and what the other has not written down. Ties
    /// that both have become one, unless they rest on different documents; ties
    /// between the two end. No contact of an
    /// account moves. It is in no list any more; who asks for it by its
    /// identifier is told of the other, and a roster that names it means the
    /// other. [`split_party`](Self::split_party) undoes it.
    ///
    /// Where one of them is a personal representative or has one, support or an
    /// account manager does it, and the client is told who decides for them from
    /// now on, as by [`relate`](Self::relate) (V).
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
    /// changed since, which [`Split::changed`] names. What came to the other since
    /// the merge stays with it. Sessions of the accounts of both end, since each
    /// has less now. Whoever of the two is left without an account, and became a
    /// client or had a tie begin that enrols while they were one, is enrolled (R).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, also for a program where one of them is a personal
    /// representative or has one (V); `party.not_found`; `party.not_merged`;
    /// `party.merged` where the other has been merged itself: that one is to be
    /// split first. So is one that was merged later into the same party, or that
    /// joined the same ties: `party.merged_later` says which. `party.two_accounts`
    /// where one of them would have several and may have but one (C5): unlink
    /// first.
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
    let mut merge = Merge { place: next_place(act)?, ..Merge::default() };
    let is_new_client = keep.roles.contains(&Role::Client) != gone.roles.contains(&Role::Client);
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
    merge.contacts = Some((keep.email.clone(), keep.phone_e164.clone()));
    let cancelled = move_invitations(act, &mut keep, &gone, !own.is_empty(), &mut merge)?;
    merge.cancelled.clone_from(&cancelled);
    merge.ends = ends(act, &merge)?;
    let moved: Vec<TieId> = merge.ties.iter().filter(|tie| tie.ends != Ends::default()).map(|tie| tie.tie).collect();
    represented(act, "merge_parties", &moved, &[(&keep, &own)])?;
    if is_new_client {
        let mut of_client: Vec<Tracked<record::Tie>> = act.find(&act.all().is(record::Tie::of, keep.id))?;
        // What this act has moved, it finds by what it is.
        for moved in merge.ties.iter().filter(|tie| tie.ends.of) {
            of_client.extend(act.by_id(moved.tie.0)?);
        }
        ties::enrol_by(act, of_client)?;
    }
    let joined: Vec<TieId> = merge.ties.iter().filter(|tie| tie.joined.is_some()).map(|tie| tie.tie).collect();
    let merged = Merged {
        party: keep.id,
        roles,
        given: merge.given.iter().map(|(field, _)| field.clone()).collect(),
        ties: moved,
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

/// The place of the next merge: behind all that are not split again. Two at once
/// that have nothing in common may have the same.
fn next_place(act: &Act<'_>) -> Result<u64> {
    let places = merged(act)?.into_iter().filter_map(|party| Some(party.merge.as_ref()?.place));
    Ok(places.max().unwrap_or_default().saturating_add(1))
}

/// Those who were merged into another.
fn merged(act: &Act<'_>) -> Result<Vec<Tracked<record::Party>>> {
    act.find(&act.all().null(record::Party::merged_into, false))
}

/// Who was merged later, and is to be split before: into the same party, or where
/// ties were joined that this merge moved. Each merge was made of what the one
/// before it had left.
fn merged_later(act: &Act<'_>, gone: &record::Party, merge: &Merge) -> Result<Option<PartyId>> {
    let moved: BTreeSet<TieId> = merge.ties.iter().map(|tie| tie.tie).collect();
    let place = |party: &record::Party, merge: &Merge| (merge.place, party.deleted_at);
    let later = merged(act)?.into_iter().filter_map(|other| {
        let theirs = other.merge.as_ref()?;
        let joins = || theirs.ties.iter().any(|tie| tie.before.is_some() && moved.contains(&tie.tie));
        let touches = other.merged_into == gone.merged_into || joins();
        let at = place(&other, theirs);
        (other.id != gone.id && touches && at > place(gone, merge)).then_some((at, other.id))
    });
    Ok(later.max().map(|(_, party)| party))
}

/// When each of what a merge moved ends or is over, in milliseconds.
fn ends(act: &Act<'_>, merge: &Merge) -> Result<BTreeMap<Uuid, Option<i64>>> {
    let mut ends = BTreeMap::new();
    let mut add = |id: Uuid, at: Option<OffsetDateTime>| ends.insert(id, at.map(crate::time_ms));
    for moved in &merge.ties {
        if let Some(tie) = act.by_id::<record::Tie>(moved.tie.0)? {
            add(moved.tie.0, tie.ends_at);
        }
    }
    for (id, _) in &merge.grants {
        if let Some(grant) = act.by_id::<record::Grant>(id.0)? {
            add(id.0, grant.ends_at);
        }
    }
    for (id, _) in &merge.links {
        if let Some(link) = act.by_id::<record::Link>(id.0)? {
            add(id.0, link.ends_at);
        }
    }
    for id in &merge.invitations {
        if let Some(invitation) = act.by_id::<record::Invitation>(id.0)? {
            add(id.0, invitation.superseded_at.or(invitation.redeemed_at));
        }
    }
    Ok(ends)
}

/// Whoever merges or splits says who decides as a client, where one of these ties
/// makes its holder do so: that is for those who may set a representative, and told
/// to the client (V). Of the parties that the act has in hand it takes those, with
/// their logins, which are not found as they are before it is committed.
fn represented(
    act: &mut Act<'_>,
    name: &str,
    ties: &[TieId],
    in_hand: &[(&record::Party, &BTreeSet<AccountId>)],
) -> Result<()> {
    for id in ties {
        let Some(tie) = act.by_id::<record::Tie>(id.0)? else { continue };
        let (TieKind::PersonalRepresentative, Some(until)) = (tie.kind, tie.ends_at.filter(|ends| *ends > act.now))
        else {
            continue;
        };
        if !ties::may_represent(&act.acting) {
            return Err(not_allowed(name));
        }
        let find = |act: &Act<'_>, id: PartyId| -> Result<Option<(record::Party, Vec<AccountId>)>> {
            if let Some((party, logins)) = in_hand.iter().find(|(party, _)| party.id == id) {
                return Ok(Some((record::Party::clone(party), logins.iter().copied().collect())));
            }
            let Some(party) = act.by_id::<record::Party>(id.0)? else { return Ok(None) };
            let logins = links::direct(act, id)?.iter().map(|link| link.account).collect();
            Ok(Some((record::Party::clone(&party), logins)))
        };
        if let (Some((who, _)), Some((of, logins))) = (find(act, tie.who)?, find(act, tie.of)?) {
            ties::tell_client(act, &of, &logins, &who.display_name, until)?;
        }
    }
    Ok(())
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
    let mine: Vec<(AccountId, LinkId)> =
        links::direct(act, keep.id)?.iter().map(|link| (link.account, link.id)).collect();
    let own: BTreeSet<AccountId> = mine.iter().map(|(account, _)| *account).collect();
    let theirs: BTreeSet<AccountId> = links::direct(act, gone.id)?.iter().map(|link| link.account).collect();
    let several = links::may_have_several(&keep.roles);
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
        let twin = mine.iter().find(|(account, _)| is_direct && *account == link.account);
        link.party = keep.id;
        if let Some((_, twin)) = twin {
            links::end(act, &mut link);
            merge.twins.push((link.id, *twin));
        } else if is_direct {
            link.sole = (!several).then_some(keep.id.0);
        }
        merge.links.push((link.id, twin.is_some()));
    }
    links::settle(act, keep)?;
    Ok(own.into_iter().chain(theirs).collect())
}

fn span(tie: &record::Tie) -> Span {
    Span { begins_at: tie.begins_at, ends_at: tie.ends_at, enrols_at: tie.enrols_at }
}

fn period(tie: &record::Tie) -> Period {
    Period { begins_at: tie.begins_at, ends_at: tie.ends_at }
}

/// Ties move, both ends. Where the other has the same tie at a time that both
/// cover, that one is there for the whole time, and the one that moved for none;
/// but not where they rest on different documents, of which each is good for its own
/// time alone. Ties between the two are over, and stay where they are.
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
        let is_one =
            |other: &record::Tie| check_reference(tie.kind, None).is_none() && other.reference == tie.reference;
        same.retain(|other| other.id != tie.id && is_one(other) && period(other).overlaps(&period(&tie)));
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
    let linked = has_account && !links::may_have_several(&keep.roles);
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
    if let Some(later) = merged_later(act, &gone, &merge)? {
        return Err(Finding::new(Code::PartyMergedLater, "party").with("party", later.to_string()).into());
    }
    let since = gone.deleted_at.unwrap_or(act.now);
    let mut split = Split { party, of: into, moved: Vec::new(), changed: ended_since(act, &merge)? };
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
    let has_all_roles = roles_back(&mut keep, &mut gone, &merge);
    let has_all = take_back(&mut keep, &mut gone, &merge);
    if !has_all_roles || !has_all {
        split.changed.push(gone.id.0);
    }
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
    let theirs = links_back(act, &keep, &gone, &merge, &mut split)?;
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
            reprinted(act, &gone, invitation)?;
        }
    }
    for id in &merge.decisions {
        if let Some(mut decision) = act.by_id::<record::Decision>(id.0)?
            && decision.party == Some(keep.id)
        {
            decision.party = Some(gone.id);
        }
    }
    let moved: Vec<TieId> = merge.ties.iter().filter(|tie| tie.ends != Ends::default()).map(|tie| tie.tie).collect();
    let own: BTreeSet<AccountId> = links::direct(act, keep.id)?.iter().map(|link| link.account).collect();
    represented(act, "split_party", &moved, &[(&keep, &own), (&gone, &theirs)])?;
    let of_keep: Vec<Tracked<record::Tie>> = act.find(&act.all().is(record::Tie::who, keep.id))?;
    enrol_late(act, &mut keep, of_keep, since)?;
    // What this act has moved, it finds by what it is.
    if merge.links.is_empty() {
        let theirs = merge.ties.iter().filter(|tie| tie.ends.who).map(|tie| act.by_id(tie.tie.0));
        let theirs: Vec<Option<Tracked<record::Tie>>> = theirs.collect::<Result<_>>()?;
        enrol_late(act, &mut gone, theirs.into_iter().flatten().collect(), since)?;
    }
    Ok(split)
}

/// What ends otherwise than the merge left it, and what it cancelled.
fn ended_since(act: &Act<'_>, merge: &Merge) -> Result<Vec<Uuid>> {
    let now = ends(act, merge)?;
    let joined: BTreeSet<Uuid> = merge.ties.iter().filter(|tie| tie.before.is_some()).map(|tie| tie.tie.0).collect();
    let twice: BTreeSet<Uuid> = merge.links.iter().filter(|(_, twice)| *twice).map(|(link, _)| link.0).collect();
    // Of ties that were joined, and links that were ended, it is told where they go back.
    let told_there = |id: &Uuid| joined.contains(id) || twice.contains(id);
    let ended = merge.ends.iter().filter(|(id, at)| !told_there(id) && now.get(id).is_some_and(|now| now != *at));
    let cancelled = merge.cancelled.iter().map(|invitation| invitation.0);
    let mut changed: Vec<Uuid> = ended.map(|(id, _)| *id).collect();
    changed.extend(cancelled.filter(|id| !changed.contains(id)).collect::<Vec<_>>());
    Ok(changed)
}

/// The roles that the merge brought go. What was taken away since, neither has any
/// more. Whether the party has all that it had.
fn roles_back(keep: &mut record::Party, gone: &mut record::Party, merge: &Merge) -> bool {
    let before = gone.roles.len();
    gone.roles.retain(|role| keep.roles.contains(role));
    keep.roles.retain(|role| !merge.roles.contains(role));
    gone.roles.len() == before
}

/// What the merge gave is taken back, where it is the same still: of what was
/// corrected since, nobody knows whose it is. Whether nothing was.
fn take_back(keep: &mut record::Party, gone: &mut record::Party, merge: &Merge) -> bool {
    let now = || (keep.email.clone(), keep.phone_e164.clone());
    let mut is_same = merge.contacts.as_ref().is_none_or(|contacts| *contacts == now());
    for (field, value) in &merge.given {
        let is = |now: Option<String>| now.as_deref() == Some(value);
        match field.as_str() {
            "nickname" if is(keep.nickname.clone()) => keep.nickname = None,
            "email" if is(keep.email.clone()) => (keep.email, keep.email_canonical) = (None, None),
            "phone" if is(keep.phone_e164.clone()) => (keep.phone, keep.phone_e164) = (None, None),
            "preferred" if is(keep.preferred.map(|method| method.to_string())) => keep.preferred = None,
            "language" if is(keep.locale.map(|locale| locale.to_string())) => keep.locale = None,
            "invitation" if is(keep.invitation.map(|id| id.to_string())) => keep.invitation = None,
            // Its own one is told by itself, where another took its place.
            "invitation" => {}
            "external_id" if is(keep.external_id.clone()) => gone.external_id = keep.external_id.take(),
            _ => is_same = false,
        }
    }
    is_same
}

/// A tie that began while the two were one, or a client's role that was given then,
/// enrolled nobody where there was a login already. Whoever is left without one, and
/// never had one, is enrolled now (R).
fn enrol_late(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    ties: Vec<Tracked<record::Tie>>,
    since: OffsetDateTime,
) -> Result<()> {
    if party.invitation.is_some() {
        return Ok(());
    }
    if party.roles.contains(&Role::Client) {
        return ties::enrol_unattended(act, party, Role::Client);
    }
    for tie in ties {
        let came_since = tie.begins_at > since || made_at(tie.id.0) > Some(since);
        if let (true, Some(role)) = (came_since, ties::enrols_in(act, &tie)?) {
            return ties::enrol_unattended(act, party, role);
        }
    }
    Ok(())
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
) -> Result<BTreeSet<AccountId>> {
    let mut theirs = BTreeSet::new();
    for (id, twice) in &merge.links {
        let Some(mut link) = act.by_id::<record::Link>(id.0)? else { continue };
        if link.party != keep.id {
            continue;
        }
        link.party = gone.id;
        if *twice && stands(act, &link, keep.id, merge)? {
            link.ends_at = None;
        } else if *twice {
            split.changed.push(id.0);
        }
        if link.application.is_none() && link.ends_at.is_none() {
            theirs.insert(link.account);
            link.sole = (!links::may_have_several(&gone.roles)).then_some(gone.id.0);
        }
        split.moved.push(id.0);
    }
    if theirs.len() > 1 && !links::may_have_several(&gone.roles) {
        return Err(Finding::new(Code::PartyTwoAccounts, "party").into());
    }
    links::settle(act, keep)?;
    for id in &merge.named {
        let account: Option<Tracked<record::Account>> = act.by_id(id.0)?;
        if let Some(mut account) = account.filter(|account| account.deleted_at.is_none())
            && account.display_name == keep.display_name
        {
            enrol::name_after(&mut account, gone);
        }
    }
    Ok(theirs)
}

/// Whether the link that stood for both since the merge, which ended this one, does
/// so still: what the office unlinked since, only a new invitation links again (C5).
fn stands(act: &Act<'_>, ended: &record::Link, keep: PartyId, merge: &Merge) -> Result<bool> {
    let account: Option<Tracked<record::Account>> = act.by_id(ended.account.0)?;
    if account.is_none_or(|account| account.deleted_at.is_some()) {
        return Ok(false);
    }
    let twin = merge.twins.iter().find(|(link, _)| *link == ended.id).map(|(_, twin)| *twin);
    // A merge of an earlier release does not say which: none that was made since.
    let is_it = |link: &record::Link| match twin {
        Some(twin) => link.id == twin,
        None => link.account == ended.account && Some(link.since) <= ended.ends_at,
    };
    Ok(links::direct(act, keep)?.iter().any(|link| is_it(link)))
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

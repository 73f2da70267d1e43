//! Grants (V): what a member of the office staff sees beyond the matrix.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::people::facts;
use super::{Office, tell};
use crate::agency::identity::enrol;
use crate::agency::kernel::{Act, Tracked, get, read};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, has_errors, params};
use crate::id::{ApplicationId, GrantId, PartyId};
use crate::relationship::Period;
use crate::remark;
use crate::store::{Query, record};
use crate::visibility::check_grant;
use crate::words::{EventKind, Resource, Role};

/// A grant to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// To whom: a member of the office staff.
    pub party: PartyId,
    /// What.
    pub resource: Resource,
    /// Of which client or application; nothing for every one.
    pub of: Option<Uuid>,
    /// Until when; the moment itself is outside. Every grant has an end.
    pub ends_at: Option<OffsetDateTime>,
    /// Why, in at most 200 characters.
    pub reason: Option<String>,
}

/// A grant as the office lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant.
    pub grant: GrantId,
    /// To whom.
    pub to: PartyId,
    /// Their name, as it is shown.
    pub to_name: String,
    /// What.
    pub resource: Resource,
    /// The client or the application whose it is; nothing for every one.
    pub of: Option<Uuid>,
    /// The client's name, as it is shown, or the application's number.
    pub of_name: Option<String>,
    /// From when.
    pub begins_at: OffsetDateTime,
    /// Until when; the moment itself is outside. Nothing only where the grant
    /// was given before every one had an end.
    pub ends_at: Option<OffsetDateTime>,
    /// Why it was given.
    pub reason: Option<String>,
}

impl Office {
    /// The grants of a party, both ways round: what it was granted, and what of
    /// it was granted to others (V). Those in force at a moment, where one is
    /// given; otherwise all there ever were. The latest begun come first. One
    /// for every client stands with whom it was given to alone.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, and those of the store.
    pub fn grants(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<Vec<GrantRow>> {
        self.may("grants")?;
        let (shared, agency) = (&self.agency.shared, self.agency.id);
        let known = get::<record::Party>(shared, agency, party.0)?.filter(|party| party.deleted_at.is_none());
        known.ok_or_else(|| Error::not_found(Code::PartyNotFound))?;
        let grants = Query::<record::Grant>::all(agency).or_is(record::Grant::party, party);
        let mut grants = read(shared, &grants.or_is(record::Grant::of, party.0))?;
        grants.retain(|grant| at.is_none_or(|at| grant.facts().period.in_force(at)));
        grants.sort_by_key(|grant| (core::cmp::Reverse(grant.begins_at), grant.id));
        let whose: BTreeSet<Uuid> = grants.iter().filter_map(|grant| grant.of).collect();
        let parties = grants.iter().map(|grant| grant.party).chain(whose.iter().copied().map(PartyId));
        let parties: BTreeSet<PartyId> = parties.collect();
        let parties = read(shared, &Query::<record::Party>::all(agency).among(record::Party::id, &parties))?;
        let mut names: BTreeMap<Uuid, String> =
            parties.into_iter().map(|party| (party.id.0, party.display_name)).collect();
        let applications = Query::<record::Application>::all(agency)
            .among(record::Application::id, whose.into_iter().map(ApplicationId));
        names.extend(read(shared, &applications)?.into_iter().map(|found| (found.id.0, found.number)));
        let row = |grant: record::Grant| GrantRow {
            grant: grant.id,
            to: grant.party,
            to_name: names.get(&grant.party.0).cloned().unwrap_or_default(),
            resource: grant.resource,
            of: grant.of,
            of_name: grant.of.and_then(|of| names.get(&of).cloned()),
            begins_at: grant.begins_at,
            ends_at: grant.ends_at,
            reason: grant.reason,
        };
        Ok(grants.into_iter().map(row).collect())
    }

    /// Grants a resource to a member of the office staff: of one client or
    /// application, or of all, until a moment (V). The reason is in at most 200
    /// characters: an emergency, say. One that ends when it begins is none.
    ///
    /// # Errors
    ///
    /// `party.not_found`, or the findings of [`check_grant`], and after them
    /// `text.too_long`, `text.control_character`, `grant.not_client` where it is of a
    /// party that is no client; `party.not_found`, `party.merged`,
    /// `application.not_found` of what it is of; `grant.duplicate` where they
    /// have this very grant, with this end and reason, already.
    pub fn grant(
        &self,
        party: PartyId,
        resource: Resource,
        of: Option<Uuid>,
        ends_at: Option<OffsetDateTime>,
        reason: Option<&str>,
    ) -> Result<GrantId> {
        let new = NewGrant { party, resource, of, ends_at, reason: reason.map(str::to_owned) };
        self.act("grant", |act| grant(act, &new))
    }

    /// Ends a grant, now or at a moment given; what it allowed is over then. An
    /// end only ever comes earlier by it: one that is over, or ends before that
    /// moment already, stays as it is.
    ///
    /// # Errors
    ///
    /// `grant.not_found`, `grant.ended`, `grant.ends_before_it_begins`, and
    /// `party.not_found` where whoever had it was deleted.
    pub fn end_grant(&self, grant: GrantId, at: Option<OffsetDateTime>) -> Result<()> {
        self.act("end_grant", |act| {
            let mut grant: Tracked<record::Grant> = act.get(grant.0, Code::GrantNotFound)?;
            let party = enrol::party(act, grant.party)?;
            let at = at.unwrap_or(act.now);
            if grant.ends_at.is_some_and(|ends| ends <= act.now || ends < at) {
                return Err(Finding::new(Code::GrantEnded, "grant").into());
            }
            if at < grant.begins_at {
                return Err(Finding::new(Code::GrantEndsBeforeItBegins, "ends_at").into());
            }
            grant.ends_at = Some(at);
            let details =
                params([("grant", grant.id.to_string().into()), ("resource", grant.resource.as_str().into())]);
            tell(act, &party, EventKind::GrantEnded, details)
        })
    }
}

/// What a grant is of is there, and what the resource is of: it rests on that.
fn check_of(act: &Act<'_>, new: &NewGrant) -> Result<()> {
    let Some(of) = new.of else { return Ok(()) };
    if new.resource == Resource::Application {
        let application: Tracked<record::Application> = act.get(of, Code::ApplicationNotFound)?;
        let family = enrol::party(act, application.family)?;
        act.guard(&application);
        act.guard(&family);
        return Ok(());
    }
    let client = enrol::party(act, PartyId(of))?;
    if !client.roles.contains(&Role::Client) {
        return Err(Finding::new(Code::GrantNotClient, "of").with("resource", new.resource.as_str()).into());
    }
    // Two handles of one row: who has the grant writes theirs.
    if client.id != new.party {
        act.guard(&client);
    }
    Ok(())
}

/// Gives one grant, where nothing speaks against it.
pub(super) fn grant(act: &mut Act<'_>, new: &NewGrant) -> Result<GrantId> {
    let mut party = enrol::party(act, new.party)?;
    let period = Period { begins_at: act.now, ends_at: new.ends_at };
    let mut findings = check_grant(&facts(act, &party)?, new.resource, &period);
    let reason = remark::read(new.reason.as_deref(), "reason").unwrap_or_else(|found| {
        findings.extend(found);
        None
    });
    if has_errors(&findings) {
        return Err(Error::invalid(findings));
    }
    check_of(act, new)?;
    let theirs: Vec<Tracked<record::Grant>> = act.find(&act.all().is(record::Grant::party, party.id))?;
    // A store keeps milliseconds.
    let ends = new.ends_at.map(crate::time_ms);
    let is_it = |grant: &Tracked<record::Grant>| {
        (grant.resource, grant.of, &grant.reason) == (new.resource, new.of, &reason)
            && grant.ends_at.map(crate::time_ms) == ends
            && grant.facts().period.in_force(act.now)
    };
    if theirs.iter().any(is_it) {
        return Err(Finding::new(Code::GrantDuplicate, "party").into());
    }
    let id = GrantId(act.new_id());
    let mut details = params([
        ("grant", id.to_string().into()),
        ("resource", new.resource.as_str().into()),
        ("name", party.display_name.as_str().into()),
    ]);
    if let Some(reason) = &reason {
        details.insert("reason".to_owned(), reason.as_str().into());
    }
    drop(act.add(record::Grant {
        agency: act.agency.id,
        id,
        revision: 1,
        party: party.id,
        resource: new.resource,
        of: new.of,
        begins_at: act.now,
        ends_at: new.ends_at,
        reason,
    }));
    // Its roles are what the grant rests on, and two such acts at once must not
    // both find none.
    party.touch();
    tell(act, &party, EventKind::GrantAdded, details)?;
    Ok(id)
}

//! What bears on a decision: of all that an agency has, the rows that can make a
//! difference to whether a viewer sees a resource of someone (V). What is read
//! does not grow with the clients that the viewer has beside.

use std::collections::BTreeSet;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::gathered::{Gathered, LinkLine, TieLine};
use crate::agency::identity::links;
use crate::agency::kernel::{Agency, Asked, Found, Reads, refuse_suspended};
use crate::error::{Error, Result};
use crate::finding::Code;
use crate::id::{AccountId, AgencyId, ApplicationId, PartyId};
use crate::policy::VisibilityPolicy;
use crate::store::{Col, Query, Record, record};
use crate::visibility::{Of, Viewer, Whose, conveying, opening, shuts};
use crate::words::{Resource, Stage, TieKind};

/// What is asked for, read beside other things.
struct AskedOf {
    thing: Thing,
    agency: Asked<record::Agency>,
}

enum Thing {
    Own,
    Party(Asked<record::Party>),
    Application(Asked<record::Application>),
}

impl Agency {
    /// The viewer behind an account, as far as it bears on a resource of
    /// someone; what that someone is, and the policy. Two reads, or one where
    /// the account sees nothing at all.
    pub(super) fn bearing(
        &self,
        viewer: AccountId,
        resource: Resource,
        whose: Whose,
        now: OffsetDateTime,
    ) -> Result<(Viewer, Of, VisibilityPolicy)> {
        let mut reads = Reads::default();
        let asked = self.ask_of(&mut reads, whose);
        let account = reads.ask(&Query::<record::Account>::by_key(self.id, viewer.0));
        let links = reads.ask_parts(links::in_force(Query::all(self.id)).is(record::Link::account, viewer));
        let mut found = reads.read(&self.shared)?;
        let (of, policy) = asked.take(&mut found)?;
        let account = found.one(&account)?.ok_or_else(|| Error::not_found(Code::AccountNotFound))?;
        let mut gathered = Gathered::default();
        gathered.account(&account);
        if !account.is_active() {
            return Ok((gathered.viewer(viewer).unwrap_or_default(), of, policy));
        }
        gathered.links(found.take(&links)?);

        let mut reads = Reads::default();
        let parties = Query::<record::Party>::all(self.id).among(record::Party::id, gathered.of_links());
        let parties = reads.ask_parts(parties.null(record::Party::deleted_at, true));
        let mine = gathered.owned();
        let mut ties = Vec::new();
        let mut grants = Vec::new();
        if let Some(id) = id(whose) {
            let granted = |query| in_force(query, record::Grant::begins_at, record::Grant::ends_at, now);
            let of_mine = Query::<record::Grant>::all(self.id).among(record::Grant::party, &mine);
            let of_mine = of_mine.is(record::Grant::resource, resource);
            grants.push(reads.ask(&granted(of_mine.clone().null(record::Grant::of, true))));
            grants.push(reads.ask(&granted(of_mine.is(record::Grant::of, id))));
        }
        if let Whose::Party(id) = whose {
            let query = Query::<record::Tie>::all(self.id).among(record::Tie::who, &mine).is(record::Tie::of, id);
            ties.push(reads.ask_parts(in_force(query, record::Tie::begins_at, record::Tie::ends_at, now)));
        }
        for who in &mine {
            ties.extend(ask_roles(&mut reads, self.id, *who, conveying(resource), now));
        }
        let mut found = reads.read(&self.shared)?;
        gathered.parties(found.take(&parties)?);
        for tied in ties {
            gathered.ties(found.take(&tied)?);
        }
        for granted in grants {
            gathered.grants(found.take(&granted)?);
        }
        Ok((gathered.viewer(viewer).unwrap_or_default(), of, policy))
    }

    /// Everyone who may have a way to a resource of someone, as far as it bears
    /// on that; what that someone is, and the policy. Three reads at the most:
    /// the ways, who is behind them, and what may shut them.
    pub(super) fn bearing_on(
        &self,
        resource: Resource,
        whose: Whose,
        now: OffsetDateTime,
    ) -> Result<(Gathered, Of, VisibilityPolicy)> {
        let mut reads = Reads::default();
        let asked = self.ask_of(&mut reads, whose);
        let grants = id(whose).map(|id| {
            let all = || Query::<record::Grant>::all(self.id).is(record::Grant::resource, resource);
            let granted = |query| in_force(query, record::Grant::begins_at, record::Grant::ends_at, now);
            let for_all = granted(all().null(record::Grant::of, true));
            [reads.ask(&for_all), reads.ask(&granted(all().is(record::Grant::of, id)))]
        });
        let ties = match whose {
            Whose::Party(id) => {
                let ties = Query::<record::Tie>::all(self.id).is(record::Tie::of, id);
                let ties = ties.among(record::Tie::kind, opening(resource));
                Some(reads.ask_parts::<TieLine>(in_force(ties, record::Tie::begins_at, record::Tie::ends_at, now)))
            }
            Whose::Own | Whose::Application(_) => None,
        };
        let linked = match whose {
            Whose::Application(id) => Some(
                reads.ask_parts::<LinkLine>(links::in_force(Query::all(self.id)).is(record::Link::application, id)),
            ),
            Whose::Own | Whose::Party(_) => None,
        };
        let mut found = reads.read(&self.shared)?;
        let (of, policy) = asked.take(&mut found)?;
        let mut gathered = Gathered::default();
        let mut named: BTreeSet<PartyId> = BTreeSet::new();
        if let Some(ties) = ties {
            let ties = found.take(&ties)?;
            named.extend(ties.iter().map(|tie| tie.who));
            gathered.ties(ties);
        }
        for granted in grants.iter().flatten() {
            let granted = found.take(granted)?;
            named.extend(granted.iter().map(|grant| grant.party));
            gathered.grants(granted);
        }
        if let Some(linked) = linked {
            named.extend(found.take(&linked)?.iter().map(|link| link.party));
        }
        if let Whose::Party(id) = whose {
            named.insert(id);
        }
        if named.is_empty() {
            return Ok((gathered, of, policy));
        }

        // All links of all active accounts that are linked to one of these.
        let mut reads = Reads::default();
        let of_these = links::in_force(Query::all(self.id)).among(record::Link::party, &named);
        let accounts = Query::<record::Account>::all(self.id)
            .found(record::Account::id, of_these, record::Link::account, true)
            .is(record::Account::stage, Stage::Active)
            .null(record::Account::disabled_at, true)
            .null(record::Account::deleted_at, true);
        let links = links::in_force(Query::all(self.id));
        let links = reads.ask_parts(links.found(record::Link::account, accounts, record::Account::id, true));
        let parties = Query::<record::Party>::all(self.id).null(record::Party::deleted_at, true);
        let these = reads.ask_parts(parties.clone().among(record::Party::id, &named));
        let mut found = reads.read(&self.shared)?;
        let links = found.take(&links)?;
        gathered.active(&links);
        gathered.links(links);
        gathered.parties(found.take(&these)?);

        let mut reads = Reads::default();
        let mut others = gathered.of_links();
        others.retain(|party| !named.contains(party));
        let others = (!others.is_empty()).then(|| reads.ask_parts(parties.among(record::Party::id, others)));
        let mut ties = Vec::new();
        // What it has by ties of its own, where it is somebody's own.
        if let Whose::Party(id) = whose
            && gathered.owned().contains(&id)
        {
            ties.extend(ask_roles(&mut reads, self.id, id, conveying(resource), now));
        }
        // A role of any of their parties may shut what is open to another.
        if shuts(resource) {
            let query = Query::<record::Tie>::all(self.id).among(record::Tie::who, gathered.owned());
            ties.push(reads.ask_parts(in_force(query, record::Tie::begins_at, record::Tie::ends_at, now)));
        }
        let mut found = reads.read(&self.shared)?;
        if let Some(others) = others {
            gathered.parties(found.take(&others)?);
        }
        for tied in ties {
            gathered.ties(found.take(&tied)?);
        }
        Ok((gathered, of, policy))
    }

    /// Asks whose it is, and for the policy.
    fn ask_of(&self, reads: &mut Reads, whose: Whose) -> AskedOf {
        let thing = match whose {
            Whose::Own => Thing::Own,
            Whose::Party(id) => Thing::Party(reads.ask(&Query::by_key(self.id, id.0))),
            Whose::Application(id) => Thing::Application(reads.ask(&Query::by_key(self.id, id.0))),
        };
        AskedOf { thing, agency: reads.ask(&Query::by_key(self.id, self.id.0)) }
    }
}

impl AskedOf {
    /// What is asked for, with what is known of it, and the policy.
    fn take(self, found: &mut Found) -> Result<(Of, VisibilityPolicy)> {
        let agency = found.one(&self.agency)?.ok_or_else(|| Error::not_found(Code::AgencyNotFound))?;
        refuse_suspended(&agency)?;
        let of = match self.thing {
            Thing::Own => Of::Own,
            Thing::Party(party) => {
                let party = found.one(&party)?.filter(|party| party.deleted_at.is_none());
                // Nobody is a client by a tie: what the office made it, decides.
                let facts = party.map(|party| party.stored_facts());
                Of::from(&facts.ok_or_else(|| Error::not_found(Code::PartyNotFound))?)
            }
            Thing::Application(application) => {
                let application = found.one(&application)?.map(|application| application.id);
                Of::Application(application.ok_or_else(|| Error::not_found(Code::ApplicationNotFound))?)
            }
        };
        Ok((of, agency.policy.visibility.clone()))
    }
}

/// Asks which roles of these kinds of ties a party has now: of each kind one tie
/// in force, with an end or without, each found where its index says.
fn ask_roles(
    reads: &mut Reads,
    agency: AgencyId,
    who: PartyId,
    kinds: impl Iterator<Item = TieKind>,
    now: OffsetDateTime,
) -> Vec<Asked<TieLine>> {
    let mut asked = Vec::new();
    for kind in kinds {
        let begun = Query::<record::Tie>::all(agency).is(record::Tie::who, who).is(record::Tie::kind, kind);
        let begun = begun.before(record::Tie::begins_at, after(now)).page(0, 1);
        asked.push(reads.ask_parts(begun.clone().null(record::Tie::ends_at, true)));
        asked.push(reads.ask_parts(begun.from(record::Tie::ends_at, after(now)).by(record::Tie::ends_at, false)));
    }
    asked
}

/// Those in force at a moment of the store's.
fn in_force<R: Record>(
    query: Query<R>,
    begins_at: Col<R, OffsetDateTime>,
    ends_at: Col<R, Option<OffsetDateTime>>,
    now: OffsetDateTime,
) -> Query<R> {
    query.before(begins_at, after(now)).or_null(ends_at).or_from(ends_at, after(now))
}

/// The next moment that a store knows.
fn after(now: OffsetDateTime) -> OffsetDateTime {
    now.saturating_add(Duration::MILLISECOND)
}

/// The party or the application.
fn id(whose: Whose) -> Option<Uuid> {
    match whose {
        Whose::Own => None,
        Whose::Party(PartyId(id)) | Whose::Application(ApplicationId(id)) => Some(id),
    }
}

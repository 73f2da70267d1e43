//! The inside of a snapshot, in as few bytes as its facts allow (postcard).
//!
//! Words are written as their number in the order they are declared, so a word
//! that is added, and one that moves, makes a new [`VERSION`](super::VERSION).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, PrimitiveDateTime};
use uuid::Uuid;

use super::Snapshot;
use super::facts::Facts;
use crate::id::{AccountId, AgencyId, ApplicationId, PartyId};
use crate::policy::VisibilityPolicy;
use crate::relationship::{PartyFacts, Period, Tie};
use crate::visibility::{Grant, Viewer};
use crate::words::{PartyKind, Resource, Role, TieKind};

#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    account: AccountId,
    issued_at: Moment,
    lapses_at: Moment,
    active: bool,
    parties: Vec<(PartyId, PartyKind, BTreeSet<Role>)>,
    ties: Vec<(TieKind, Index, Named, Dates)>,
    grants: Vec<(Index, Resource, Option<Named>, Dates)>,
    applications: Vec<ApplicationId>,
    /// All of the agency's, where a grant is for every one; else nothing, and
    /// ties and grants say whether the one they name is a client.
    clients: Option<BTreeSet<PartyId>>,
    taken_away: BTreeMap<Role, BTreeSet<Resource>>,
    opened: BTreeMap<Role, BTreeSet<Resource>>,
}

/// Which of the viewer's parties.
type Index = u32;

/// Whom a tie or a grant names, and whether it is a client.
type Named = (Uuid, bool);

/// From a moment, until one.
type Dates = (Moment, Option<Moment>);

/// Nanoseconds since 1970: exactly the moment that it was.
type Moment = i128;

impl Body {
    /// The body of a snapshot; nothing where a tie or a grant is of none of
    /// the viewer's parties.
    pub(super) fn of(snapshot: &Snapshot) -> Option<Self> {
        let Facts { viewer, policy, clients } = &snapshot.facts;
        let index = |id| viewer.parties.iter().position(|party| party.id == id)?.try_into().ok();
        let named = |id: Uuid| (id, clients.contains(&PartyId(id)));
        let ties = viewer.ties.iter();
        let ties = ties.map(|tie| Some((tie.kind, index(tie.who)?, named(tie.of.0), dates(&tie.period))));
        let grants = viewer.grants.iter();
        let grants =
            grants.map(|grant| Some((index(grant.to)?, grant.resource, grant.of.map(named), dates(&grant.period))));
        Some(Self {
            account: snapshot.account,
            issued_at: nanoseconds(snapshot.issued_at),
            lapses_at: nanoseconds(snapshot.lapses_at),
            active: viewer.active,
            parties: viewer.parties.iter().map(|party| (party.id, party.kind, party.roles.clone())).collect(),
            ties: ties.collect::<Option<_>>()?,
            grants: grants.collect::<Option<_>>()?,
            applications: viewer.applications.clone(),
            clients: snapshot.facts.of_every_client().then(|| clients.clone()),
            taken_away: policy.taken_away.clone(),
            opened: policy.opened.clone(),
        })
    }

    /// The snapshot that it is the body of; nothing where it makes no sense.
    pub(super) fn snapshot(self, agency: AgencyId) -> Option<Snapshot> {
        // A list, since a set of many is made faster at once than one by one.
        let mut clients: Vec<PartyId> = self.clients.unwrap_or_default().into_iter().collect();
        let mut named = |(id, client)| {
            if client {
                clients.push(PartyId(id));
            }
            id
        };
        let own = |index| self.parties.get(usize::try_from(index).ok()?).map(|(id, ..)| *id);
        let ties = self.ties.into_iter().map(|(kind, who, of, dates)| {
            Some(Tie { kind, who: own(who)?, of: PartyId(named(of)), period: period(dates)? })
        });
        let ties = ties.collect::<Option<_>>()?;
        let grants = self.grants.into_iter().map(|(to, resource, of, dates)| {
            Some(Grant { to: own(to)?, resource, of: of.map(&mut named), period: period(dates)? })
        });
        let grants = grants.collect::<Option<_>>()?;
        let parties = self.parties.into_iter().map(|(id, kind, roles)| PartyFacts { id, kind, roles }).collect();
        let viewer = Viewer { active: self.active, parties, ties, grants, applications: self.applications };
        let policy = VisibilityPolicy { taken_away: self.taken_away, opened: self.opened };
        let facts = Facts { viewer, policy, clients: clients.into_iter().collect() };
        Some(Snapshot::of(agency, self.account, moment(self.issued_at)?, moment(self.lapses_at)?, facts))
    }
}

fn dates(period: &Period) -> Dates {
    (nanoseconds(period.begins_at), period.ends_at.map(nanoseconds))
}

fn period((begins_at, ends_at): Dates) -> Option<Period> {
    let ends_at = match ends_at {
        Some(ends_at) => Some(moment(ends_at)?),
        None => None,
    };
    Some(Period { begins_at: moment(begins_at)?, ends_at })
}

/// The last evening of the year 9999, which stands for never, is in the year
/// 10000 already in UTC, and no moment then: the nearest one is taken.
fn nanoseconds(moment: OffsetDateTime) -> Moment {
    let [first, last] = [PrimitiveDateTime::MIN, PrimitiveDateTime::MAX].map(PrimitiveDateTime::assume_utc);
    moment.unix_timestamp_nanos().clamp(first.unix_timestamp_nanos(), last.unix_timestamp_nanos())
}

fn moment(nanoseconds: Moment) -> Option<OffsetDateTime> {
    // 128 bits are divided slowly, and 64 reach from 1677 to 2262.
    match i64::try_from(nanoseconds) {
        Ok(near) => OffsetDateTime::from_unix_timestamp(near.div_euclid(1_000_000_000))
            .ok()
            .and_then(|second| second.replace_nanosecond(u32::try_from(near.rem_euclid(1_000_000_000)).ok()?).ok()),
        Err(_) => OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok(),
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_words_are_those_of_this_version() {
        fn all<T: Copy + core::fmt::Display>(words: &[T]) -> String {
            words.iter().map(|word| word.to_string()).collect::<Vec<_>>().join(" ")
        }
        // Where one is added or moves, an app of before reads another word: make
        // it a new VERSION.
        assert_eq!(super::super::VERSION, 2);
        assert_eq!(all(PartyKind::ALL), "person organization");
        assert_eq!(
            all(Role::ALL),
            "client caregiver office_staff human_resources organization contact emergency_contact payer community family employer participant"
        );
        assert_eq!(
            all(Resource::ALL),
            "dashboard invoices calendar service_plan message_owner application profile client_contact care_tasks"
        );
        assert_eq!(
            all(TieKind::ALL),
            "emergency_contact individual organization_associated possible_payer payer community manager guardian caregiver personal_representative"
        );
    }

    #[test]
    fn a_tie_for_ever_can_be_written_and_read() {
        for moment in
            [datetime!(9999-12-31 23:59:59 -6), datetime!(-9999-01-01 00:00 +6), datetime!(2026-03-14 09:00 -6)]
        {
            let read = super::moment(nanoseconds(moment)).unwrap();
            assert!((read - moment).abs() <= Duration::hours(6));
        }
        assert_eq!(super::moment(nanoseconds(datetime!(2026-03-14 09:00 -6))), Some(datetime!(2026-03-14 15:00 UTC)));
    }

    #[test]
    fn a_body_that_makes_no_sense_is_no_snapshot() {
        let agency = AgencyId::of_code("104");
        let snapshot =
            Snapshot::new("104", AccountId(Uuid::nil()), &Facts::default(), OffsetDateTime::UNIX_EPOCH, Duration::DAY);
        let body = || Body::of(&snapshot).unwrap();
        assert_eq!(body().snapshot(agency).as_ref(), Some(&snapshot));
        let (sue, always) = ((Uuid::nil(), true), (0, None));
        let senseless = [
            Body { ties: vec![(TieKind::Payer, 0, sue, always)], ..body() },
            Body { grants: vec![(0, Resource::Invoices, None, always)], ..body() },
            Body { lapses_at: Moment::MAX, ..body() },
        ];
        assert!(senseless.into_iter().all(|body| body.snapshot(agency).is_none()));
    }
}

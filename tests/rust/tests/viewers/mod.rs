//! Random viewers and policies, for the laws of who sees what.

use std::collections::{BTreeMap, BTreeSet};

use carekey::policy::VisibilityPolicy;
use carekey::relationship::{PartyFacts, Period, Tie};
use carekey::visibility::{Grant, Viewer};
use carekey::{ApplicationId, PartyId, PartyKind, Resource, Role, TieKind};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// The viewer's possible parties are 0 to 2, other clients 3 to 6.
pub(crate) fn party(n: u128) -> PartyId {
    PartyId(Uuid::from_u128(n))
}

pub(crate) fn application(n: u128) -> ApplicationId {
    ApplicationId(Uuid::from_u128(100 + n))
}

pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)
}

/// Periods around now, so that many begin or end at that very moment.
fn periods() -> impl Strategy<Value = Period> {
    (-2i64..=2, prop::option::of(-2i64..=2)).prop_map(|(begins, ends)| Period {
        begins_at: now() + Duration::seconds(begins),
        ends_at: ends.map(|ends| now() + Duration::seconds(ends)),
    })
}

pub(crate) fn roles() -> impl Strategy<Value = BTreeSet<Role>> {
    subsequence(Role::ALL, 0..=3).prop_map(|roles| roles.into_iter().collect())
}

pub(crate) fn ties() -> impl Strategy<Value = Tie> {
    (select(TieKind::ALL), 0u128..3, 0u128..7, periods()).prop_map(|(kind, who, of, period)| Tie {
        kind,
        who: party(who),
        of: party(of),
        period,
    })
}

fn grants() -> impl Strategy<Value = Grant> {
    let whose = prop_oneof![
        Just(None),
        (0u128..7).prop_map(|n| Some(party(n).0)),
        (0u128..3).prop_map(|n| Some(application(n).0)),
    ];
    (0u128..3, select(Resource::ALL), whose, periods()).prop_map(|(to, resource, of, period)| Grant {
        to: party(to),
        resource,
        of,
        period,
    })
}

pub(crate) fn viewers() -> impl Strategy<Value = Viewer> {
    viewers_with(8, 6)
}

/// Viewers with fewer than so many ties and grants.
#[allow(dead_code, reason = "not every suite wants many")]
pub(crate) fn viewers_with(most_ties: usize, most_grants: usize) -> impl Strategy<Value = Viewer> {
    let parties = prop::collection::vec(roles(), 0..=2);
    let applications = subsequence(vec![0u128, 1, 2], 0..=3);
    (
        prop::bool::weighted(0.9),
        parties,
        prop::collection::vec(ties(), 0..most_ties),
        prop::collection::vec(grants(), 0..most_grants),
        applications,
    )
        .prop_map(|(active, parties, ties, grants, applications)| Viewer {
            active,
            parties: (0..)
                .zip(parties)
                .map(|(n, roles)| PartyFacts { id: party(n), kind: PartyKind::Person, roles })
                .collect(),
            ties,
            grants,
            applications: applications.into_iter().map(application).collect(),
        })
}

pub(crate) fn policies() -> impl Strategy<Value = VisibilityPolicy> {
    let cells = || {
        let cells = prop::collection::btree_map(
            select(Role::ALL),
            subsequence(Resource::ALL, 0..=3).prop_map(|resources| resources.into_iter().collect()),
            0..4,
        );
        prop_oneof![Just(BTreeMap::new()), cells]
    };
    (cells(), cells(), any::<bool>()).prop_map(|(taken_away, mut opened, open)| {
        if open {
            opened.entry(Role::EmergencyContact).or_insert_with(BTreeSet::new).insert(Resource::CareTasks);
        }
        VisibilityPolicy { taken_away, opened }
    })
}

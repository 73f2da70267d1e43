//! Access snapshots (V): opening them, and deciding by them.

use std::collections::{BTreeMap, BTreeSet};

use carekey::policy::VisibilityPolicy;
use carekey::relationship::{PartyFacts, Period, Tie};
use carekey::snapshot::{Facts, PublicKey, SigningKey, Snapshot};
use carekey::visibility::{Grant, Viewer, Whose};
use carekey::{AccountId, ApplicationId, Error, PartyId, PartyKind, Resource, Role, TieKind};
use carekey_tests::moment;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::visibility::{decision_json, get};

/// The output of a call, or `None` where it is not one of these.
pub(crate) fn call(call: &str, given: &Value) -> Option<Value> {
    let answer = match call {
        "snapshot.open" => open(given).map(|snapshot| {
            let text = |moment: OffsetDateTime| moment.format(&Rfc3339).expect("a moment");
            json!({ "issued_at": text(snapshot.issued_at()), "lapses_at": text(snapshot.lapses_at()) })
        }),
        "snapshot.decide" => open(given).and_then(|snapshot| {
            let (resource, of): (Resource, Whose) = (get(given, "resource"), get(given, "of"));
            Ok(decision_json(&snapshot.can_see(resource, of, moment(&given["at"]))?))
        }),
        _ => return None,
    };
    Some(answer.unwrap_or_else(|error| match error.params.is_empty() {
        true => json!({ "error": error.code }),
        false => json!({ "error": error.code, "params": error.params }),
    }))
}

fn open(given: &Value) -> Result<Snapshot, Error> {
    let text = |name: &str| given[name].as_str().unwrap_or_else(|| panic!("{name} in {given}"));
    let key = PublicKey::parse(text("key")).into_result()?;
    Snapshot::open(text("snapshot"), &key, text("agency"), get(given, "viewer"), moment(&given["now"]))
}

const ISSUED_AT: OffsetDateTime = datetime!(2026-03-14 09:00 UTC);

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn since_january(ends_at: Option<OffsetDateTime>) -> Period {
    Period { begins_at: datetime!(2026-01-01 00:00 UTC), ends_at }
}

fn person(n: u128, roles: &[Role]) -> PartyFacts {
    PartyFacts { id: PartyId(id(n)), kind: PartyKind::Person, roles: roles.iter().copied().collect() }
}

fn clients() -> BTreeSet<PartyId> {
    [PartyId(id(0xc)), PartyId(id(0xd))].into()
}

/// The emergency contact of one client until noon, and of another no longer.
fn contact() -> Facts {
    let tie = |of, ends_at| Tie {
        kind: TieKind::EmergencyContact,
        who: PartyId(id(1)),
        of: PartyId(id(of)),
        period: since_january(Some(ends_at)),
    };
    let ties = vec![tie(0xc, datetime!(2026-03-14 12:00 UTC)), tie(0xd, datetime!(2026-03-01 00:00 UTC))];
    let viewer = Viewer { active: true, parties: vec![person(1, &[])], ties, ..Viewer::default() };
    Facts { viewer, clients: clients(), ..Facts::default() }
}

/// One of the office with the plan of every client, the invoices of one, and
/// one application; the agency took the message to the owner away.
fn office() -> Facts {
    let grant = |resource, of: Option<u128>| Grant {
        to: PartyId(id(1)),
        resource,
        of: of.map(id),
        period: since_january(None),
    };
    let grants = vec![
        grant(Resource::ServicePlan, None),
        grant(Resource::Invoices, Some(0xc)),
        grant(Resource::Application, Some(0xa)),
    ];
    let viewer = Viewer { active: true, parties: vec![person(1, &[Role::OfficeStaff])], grants, ..Viewer::default() };
    let taken_away = [(Role::OfficeStaff, [Resource::MessageOwner].into())].into();
    Facts { viewer, clients: clients(), policy: VisibilityPolicy { taken_away, ..VisibilityPolicy::default() } }
}

/// A family with its application.
fn family() -> Facts {
    let applications = vec![ApplicationId(id(0xa))];
    let viewer = Viewer { active: true, parties: vec![person(1, &[Role::Family])], applications, ..Viewer::default() };
    Facts { viewer, ..Facts::default() }
}

/// A caregiver of one client, whose emergency contact they are too, and the
/// personal representative of another until noon; the agency opened the care
/// tasks.
fn helper() -> Facts {
    let tie =
        |kind, of, ends_at| Tie { kind, who: PartyId(id(1)), of: PartyId(id(of)), period: since_january(ends_at) };
    let ties = vec![
        tie(TieKind::Caregiver, 0xc, None),
        tie(TieKind::EmergencyContact, 0xc, None),
        tie(TieKind::PersonalRepresentative, 0xd, Some(datetime!(2026-03-14 12:00 UTC))),
    ];
    let viewer = Viewer { active: true, parties: vec![person(1, &[Role::Caregiver])], ties, ..Viewer::default() };
    let opened = [(Role::EmergencyContact, [Resource::CareTasks].into())].into();
    Facts { viewer, clients: clients(), policy: VisibilityPolicy { opened, ..VisibilityPolicy::default() } }
}

/// Someone with everything that a snapshot can say, so that no word changes
/// its number unseen.
fn every_word() -> Facts {
    let tie = |kind| Tie { kind, who: PartyId(id(1)), of: PartyId(id(0xc)), period: since_january(None) };
    let grant = |resource| Grant { to: PartyId(id(1)), resource, of: None, period: since_january(None) };
    let home = PartyFacts { id: PartyId(id(2)), kind: PartyKind::Organization, roles: [].into() };
    let viewer = Viewer {
        active: true,
        parties: vec![person(1, Role::ALL), home],
        ties: TieKind::ALL.iter().copied().map(tie).collect(),
        grants: Resource::ALL.iter().copied().map(grant).collect(),
        applications: vec![ApplicationId(id(0xa))],
    };
    let all: BTreeSet<Resource> = Resource::ALL.iter().copied().collect();
    let taken_away: BTreeMap<_, _> = Role::ALL.iter().map(|role| (*role, all.clone())).collect();
    let opened = taken_away.clone();
    Facts { viewer, clients: clients(), policy: VisibilityPolicy { taken_away, opened } }
}

/// The bytes of a snapshot are the same for ever: other releases read them.
#[test]
fn snapshots_are_written_as_the_committed_ones() {
    let mut committed = BTreeSet::new();
    for (_, file) in carekey_tests::case_files() {
        let cases = file.cases.iter().filter_map(|case| case.given["snapshot"].as_str());
        committed.extend(cases.map(str::to_owned));
    }
    let written = [
        ("104", 7, contact()),
        ("104", 7, office()),
        ("104", 7, family()),
        ("104", 7, helper()),
        ("104", 7, every_word()),
        ("104", 7, Facts::default()),
        ("104", 8, contact()),
        ("105", 8, contact()),
    ];
    for (agency, key, facts) in written {
        let snapshot = Snapshot::new(agency, AccountId(id(9)), &facts, ISSUED_AT, Duration::hours(24));
        let text = snapshot.sign(&SigningKey::from_bytes(&[key; 32])).expect("a snapshot");
        assert!(committed.contains(&text), "no case has {text}");
    }
}

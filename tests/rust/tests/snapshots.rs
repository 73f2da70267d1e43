//! Access snapshots of a real agency (V): they say what the agency says, and
//! what is over is gone from the next one.

use std::collections::BTreeSet;

use carekey::agency::{Invitee, NewApplication, NewTie, Redeemed, Whose};
use carekey::snapshot::{PublicKey, Snapshot};
use carekey::{
    AccountId, Agency, ApplicationId, Code, ErrorKind, GrantId, PartyId, Resource, Role, Source, TieId, TieKind,
};
use carekey_tests::desk::{Desk, GOOD, new_person, open_file, quick};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

fn open(agency: &Agency, text: &str, viewer: AccountId, at: OffsetDateTime) -> Snapshot {
    Snapshot::open(text, &agency.snapshot_key(), agency.code(), viewer, at).expect("it opens")
}

/// A snapshot as of now.
fn taken(desk: &Desk, viewer: AccountId) -> Snapshot {
    open(&desk.agency, &desk.agency.snapshot(viewer).expect("a snapshot"), viewer, desk.clock.now())
}

fn tie(kind: TieKind, who: PartyId, of: PartyId) -> NewTie {
    NewTie { kind, who, of, begins_at: None, ends_at: None, reference: None }
}

/// An agency with a little of everything, and what may be done to it.
struct World {
    desk: Desk,
    accounts: Vec<AccountId>,
    parties: Vec<PartyId>,
    applications: Vec<ApplicationId>,
    ties: Vec<TieId>,
    grants: Vec<GrantId>,
}

impl World {
    fn new() -> Self {
        let desk = Desk::memory(quick());
        let people = [
            desk.client("Ann Client", "ann@example.com"),
            desk.client("Ben Client", "ben@example.com"),
            desk.caregiver("Cat Care", "cat@example.com"),
            desk.caregiver("Dan Care", "dan@example.com"),
            desk.family_by_phone("Rosa Garcia", "+1 519 672 1843"),
        ];
        let accounts = people.iter().map(|person| person.account).collect();
        let mut parties: Vec<PartyId> = people.iter().filter_map(|person| person.party).collect();
        let add = |name, role| desk.office().add_party(&new_person(name, role, "")).expect("a party").party;
        parties.extend([add("Eve Client", Role::Client), add("Flo Contact", Role::Contact)]);
        let family = parties[4];
        let apply = |number: &str| {
            let new = NewApplication { number: number.to_owned(), family, submitted_at: None };
            desk.office().add_application(&new).expect("an application").application
        };
        let applications = vec![apply("A-1")];
        let link = desk.one_mail().link();
        let session = desk.session(&people[4].username, GOOD).token;
        let linked = desk.agency.redeem_link(&link, Some(session.reveal()), &Source::UNKNOWN).expect("redeemed");
        assert!(matches!(linked, Redeemed::Linked { .. }));
        let applications = [applications, vec![apply("A-2")]].concat();
        Self { desk, accounts, parties, applications, ties: Vec::new(), grants: Vec::new() }
    }

    /// One act by chance. What the rules refuse is refused, and nothing is done.
    fn act(&mut self, rng: &mut ChaCha8Rng) {
        let office = self.desk.office();
        let later = |rng: &mut ChaCha8Rng| self.desk.clock.now() + Duration::minutes(rng.random_range(1..180));
        let party = *self.parties.choose(rng).expect("a party");
        let account = *self.accounts.choose(rng).expect("an account");
        match rng.random_range(0..16) {
            0..5 => {
                let ends_at = rng.random_bool(0.5).then(|| later(rng));
                let begins_at = rng.random_bool(0.2).then(|| later(rng));
                let (kind, of) = (TieKind::ALL.choose(rng), self.parties.choose(rng));
                let (kind, of) = (*kind.expect("a kind"), *of.expect("a party"));
                let reference = Some("Order 26-114".to_owned());
                self.ties.extend(
                    office.relate(&NewTie { kind, who: party, of, begins_at, ends_at, reference }).map(|tied| tied.tie),
                );
            }
            5..9 => {
                let of: Option<Uuid> = match rng.random_range(0..4) {
                    0 => None,
                    1 => self.applications.choose(rng).map(|id| id.0),
                    2 => Some(Uuid::from_u128(rng.random())),
                    _ => self.parties.choose(rng).map(|id| id.0),
                };
                let resource = *Resource::ALL.choose(rng).expect("a resource");
                let ends_at = Some(later(rng));
                self.grants.extend(office.grant(party, resource, of, ends_at, None));
            }
            9..12 => {
                let mut roles: BTreeSet<Role> = (0..2).filter_map(|_| Role::ALL.choose(rng).copied()).collect();
                if rng.random_bool(0.5) {
                    roles.insert(Role::OfficeStaff);
                }
                drop(office.set_roles(party, &roles));
            }
            12 => drop(self.ties.choose(rng).map(|tie| office.end_tie(*tie, None))),
            13 => drop(self.grants.choose(rng).map(|grant| office.end_grant(*grant, None))),
            14 => drop(if rng.random_bool(0.5) { office.disable(account) } else { office.enable(account) }),
            _ => drop(rng.random_bool(0.1).then(|| office.delete_party(party))),
        }
    }

    /// Holds a snapshot against the agency, and counts what was seen.
    fn compare(&self, account: AccountId, snapshot: &Snapshot) -> usize {
        let (agency, now) = (&self.desk.agency, self.desk.clock.now());
        let parties = self.parties.iter().copied().map(Whose::Party);
        let applications = self.applications.iter().copied().map(Whose::Application);
        let mut seen = 0;
        for whose in core::iter::once(Whose::Own).chain(parties).chain(applications) {
            for resource in Resource::ALL {
                let offline = snapshot.can_see(*resource, whose, now).expect("in its time");
                match agency.can_see(account, *resource, whose) {
                    Ok(server) if offline == server => seen += usize::from(server.allowed),
                    // Of strangers a snapshot keeps to itself who is no client.
                    Ok(server) => {
                        assert!(!server.allowed && !offline.allowed, "{resource} {whose:?}: {server:?}, {offline:?}");
                        assert!(server.because.iter().any(|reason| reason.code == Code::HiddenNotClient));
                    }
                    // Someone who was deleted.
                    Err(error) => {
                        assert_eq!(error.code, Code::PartyNotFound);
                        assert!(!offline.allowed, "{resource} {whose:?}: {offline:?}");
                    }
                }
            }
        }
        assert_eq!(snapshot.what(now).expect("in its time"), agency.sees(account).expect("an answer"));
        seen
    }
}

impl World {
    /// Who sees what, asked of each thing, is what each account is told of it.
    fn both_ways_round(&self) -> usize {
        let agency = &self.desk.agency;
        let parties = self.parties.iter().copied().map(Whose::Party);
        let applications = self.applications.iter().copied().map(Whose::Application);
        let mut seen = 0;
        for whose in parties.chain(applications) {
            for resource in Resource::ALL {
                let Ok(listed) = agency.seen_by(*resource, whose) else { continue };
                let mut accounts = self.accounts.clone();
                accounts.sort_unstable();
                let told = accounts
                    .into_iter()
                    .map(|account| (account, agency.can_see(account, *resource, whose).expect("a decision")));
                let told: Vec<_> = told.filter(|(_, decision)| decision.allowed).collect();
                assert_eq!(listed, told, "{resource} {whose:?}");
                seen += told.len();
            }
        }
        seen
    }
}

#[test]
fn an_agency_and_its_snapshots_say_the_same() {
    let (mut seen, mut refused, mut by) = (0, 0, 0);
    for seed in 0..8 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut world = World::new();
        for _ in 0..12 {
            for _ in 0..8 {
                world.act(&mut rng);
            }
            let now = world.desk.clock.now();
            let snapshots: Vec<(AccountId, Snapshot)> = world
                .accounts
                .iter()
                .filter_map(|account| match world.desk.agency.snapshot(*account) {
                    Ok(text) => Some((*account, open(&world.desk.agency, &text, *account, now))),
                    Err(error) => {
                        assert!([Code::AccountDisabled, Code::AccountDeleted].contains(&error.code));
                        assert!(world.desk.agency.sees(*account).expect("an answer").is_empty());
                        refused += 1;
                        None
                    }
                })
                .collect();
            // Now, and later, when ties and grants have begun and ended.
            for _ in 0..3 {
                seen += snapshots.iter().map(|(account, snapshot)| world.compare(*account, snapshot)).sum::<usize>();
                world.desk.clock.advance(Duration::minutes(45));
            }
            by += world.both_ways_round();
        }
    }
    assert!(
        seen > 5_000 && refused > 10 && by > 500,
        "{seen} seen, {refused} refused, {by} seen by: the worlds are too poor"
    );
}

#[test]
fn what_is_revoked_is_gone_from_the_next_snapshot() {
    let desk = Desk::memory(quick());
    let (office, agency) = (desk.office(), &desk.agency);
    let ann = desk.client("Ann Client", "ann@example.com").party.unwrap();
    let cat = desk.caregiver("Cat Care", "cat@example.com");
    let party = cat.party.unwrap();
    office.set_roles(party, &[Role::Caregiver, Role::OfficeStaff].into()).unwrap();
    let tied = office.relate(&tie(TieKind::EmergencyContact, party, ann)).unwrap().tie;
    let granted = office
        .grant(party, Resource::Invoices, Some(ann.0), Some(desk.clock.now() + time::Duration::days(30)), None)
        .unwrap();
    let sees = |snapshot: &Snapshot, resource| snapshot.can_see(resource, ann, desk.clock.now()).unwrap().allowed;
    let holds = |snapshot: &Snapshot| format!("{snapshot:?}").contains(&ann.to_string());

    let first = taken(&desk, cat.account);
    assert!(sees(&first, Resource::Calendar) && sees(&first, Resource::Invoices) && holds(&first));
    desk.clock.advance(Duration::hours(1));
    office.end_tie(tied, None).unwrap();
    let second = taken(&desk, cat.account);
    assert!(!sees(&second, Resource::Calendar) && sees(&second, Resource::Invoices));
    office.end_grant(granted, None).unwrap();
    let third = taken(&desk, cat.account);
    assert!(!sees(&third, Resource::Invoices) && !holds(&third), "she is nobody to the caregiver now");
    // The first says so until it lapses, and not a moment longer.
    assert!(sees(&first, Resource::Calendar));
    desk.clock.advance(Duration::hours(23));
    let late = first.can_see(Resource::Calendar, ann, desk.clock.now()).unwrap_err();
    assert_eq!((late.kind, late.code), (ErrorKind::Refused, Code::SnapshotLapsed));

    // A link to an application, too.
    let rosa = desk.family_by_phone("Rosa Garcia", "+1 519 672 1843");
    let new = NewApplication { number: "A-1".into(), family: rosa.party.unwrap(), submitted_at: None };
    let application = office.add_application(&new).unwrap().application;
    let link = desk.one_mail().link();
    let session = desk.session(&rosa.username, GOOD).token;
    agency.redeem_link(&link, Some(session.reveal()), &Source::UNKNOWN).unwrap();
    let sees = || {
        let snapshot = taken(&desk, rosa.account);
        snapshot.can_see(Resource::Application, application, desk.clock.now()).unwrap().allowed
    };
    assert!(sees());
    office.unlink(Invitee::Application(application)).unwrap();
    assert!(!sees());
}

#[test]
fn who_may_not_look_gets_none() {
    let desk = Desk::memory(quick());
    let (office, agency) = (desk.office(), &desk.agency);
    let refused = |account| agency.snapshot(account).unwrap_err();
    let ann = desk.client("Ann Client", "ann@example.com");
    office.disable(ann.account).unwrap();
    assert_eq!((refused(ann.account).kind, refused(ann.account).code), (ErrorKind::Invalid, Code::AccountDisabled));
    office.enable(ann.account).unwrap();
    assert!(agency.snapshot(ann.account).is_ok());
    office.delete_party(ann.party.unwrap()).unwrap();
    assert_eq!((refused(ann.account).kind, refused(ann.account).code), (ErrorKind::NotFound, Code::AccountDeleted));
    let nobody = AccountId(Uuid::from_u128(1));
    assert_eq!((refused(nobody).kind, refused(nobody).code), (ErrorKind::NotFound, Code::AccountNotFound));
    // One who has not signed in yet sees nothing, offline too.
    let ben = office.add_party(&new_person("Ben Client", Role::Client, "ben@example.com")).unwrap();
    let ben = ben.enrolled.unwrap().account.unwrap();
    let snapshot = taken(&desk, ben);
    assert!(snapshot.what(desk.clock.now()).unwrap().is_empty());
    let decision = snapshot.can_see(Resource::Profile, Whose::Own, desk.clock.now()).unwrap();
    assert_eq!(decision.because[0].code, Code::HiddenAccount);
    // Another agency knows neither of them.
    assert_eq!(desk.another("105").snapshot(ben).unwrap_err().code, Code::AccountNotFound);
}

#[test]
fn each_agency_has_a_key_of_its_own_that_stays() {
    let desk = Desk::sqlite(quick());
    let ann = desk.client("Ann Client", "ann@example.com").account;
    let text = desk.agency.snapshot(ann).unwrap();
    let now = desk.clock.now();
    let other = desk.another("105");
    let (ours, theirs) = (desk.agency.snapshot_key(), other.snapshot_key());
    assert_ne!(ours, theirs);
    let code = |key, agency| Snapshot::open(&text, key, agency, ann, now).unwrap_err().code;
    assert_eq!(code(&theirs, "105"), Code::SnapshotOtherAgency);
    assert_eq!(code(&ours, "105"), Code::SnapshotOtherAgency);
    assert_eq!(code(&theirs, "104"), Code::SnapshotForged);
    // Another process, later: the same key opens what was signed before.
    let reopened = open_file(&desk.file(), desk.clock.clone(), 9).agency("104").unwrap();
    let key = PublicKey::parse(&reopened.snapshot_key().to_string()).value.unwrap();
    assert_eq!(key, ours);
    assert!(Snapshot::open(&text, &key, "104", ann, now).is_ok());
}

#[test]
fn its_lifetime_is_policy() {
    let desk = Desk::memory(quick());
    let ann = desk.client("Ann Client", "ann@example.com").account;
    let lasts = || {
        let snapshot = taken(&desk, ann);
        assert_eq!(snapshot.issued_at(), desk.clock.now());
        snapshot.lapses_at() - snapshot.issued_at()
    };
    assert_eq!(lasts(), Duration::hours(24));
    let mut settings = desk.agency.settings().unwrap();
    settings.policy.snapshot.lifetime_hours = 2;
    desk.office().change_settings(settings.clone()).unwrap();
    assert_eq!(lasts(), Duration::hours(2));
    settings.policy.snapshot.lifetime_hours = 0;
    let error = desk.office().change_settings(settings).unwrap_err();
    assert_eq!((error.code, error.findings[0].field.as_str()), (Code::PolicyOutOfRange, "snapshot.lifetime_hours"));
}

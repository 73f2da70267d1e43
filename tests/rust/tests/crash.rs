//! A process is killed while it creates five thousand people: what is there
//! is whole, and running it again completes the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;

use carekey::agency::{CreateReport, RowOutcome};
use carekey::roster::Roster;
use carekey::store::record;
use carekey::words::{EventKind, MessageKind, Purpose};
use carekey::{AccountId, Agency, Role};
use carekey_tests::desk::{Clock, Desk, KEY, Snapshot, open_place, quick, support};
use carekey_tests::race::{child, work};
use rand::{RngExt, SeedableRng};

const PEOPLE: usize = 5_000;

/// A roster of all sorts: of ten people four caregivers, three clients, two of
/// the office and one family.
fn roster() -> Roster {
    let mut file = String::from("Role,Name,Email,ID\n");
    for number in 0..PEOPLE {
        let letters: String = number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
        let role = match number % 10 {
            0..4 => "Caregiver",
            4..7 => "Client",
            7..9 => "Office staff",
            _ => "Family",
        };
        file += &format!("{role},\"{letters}, Pat\",p{number}@example.com,ID-{number}\n");
    }
    Roster::from_csv(file.as_bytes()).unwrap()
}

fn create(agency: &Agency, progress: impl Fn(usize)) -> CreateReport {
    let office = agency.acting_as(support());
    let preview = office.preview(roster()).unwrap();
    office
        .create(&preview, None, &mut |step| {
            progress(step.done);
            ControlFlow::Continue(())
        })
        .unwrap()
}

/// The process that is killed: nothing in a run of its own.
#[test]
fn a_child() {
    let Some(work) = work() else { return };
    let [place, seed] = work.as_slice() else { panic!("work") };
    let directory = open_place(place, Clock::new(), seed.parse().unwrap());
    create(&directory.agency("104").unwrap(), |done| println!("RESULT {done}"));
}

/// How many of each are there, after checking that each is whole.
fn check(agency: &Agency, snapshot: &Snapshot) -> (usize, usize) {
    let accounts: BTreeMap<AccountId, record::Account> =
        snapshot.rows::<record::Account>().into_iter().map(|account| (account.id, account)).collect();
    let parties = snapshot.rows::<record::Party>();
    let messages = snapshot.rows::<record::Message>();
    let invitations = snapshot.rows::<record::Invitation>();
    let tokens = snapshot.rows::<record::Token>();
    let links = snapshot.rows::<record::Link>();
    assert_eq!(links.len(), accounts.len(), "one link each");
    let mut named: BTreeSet<AccountId> = BTreeSet::new();
    for used in snapshot.rows::<record::UsedName>() {
        assert_eq!(accounts[&used.account].username_canonical, used.canonical);
        assert!(named.insert(used.account), "one name each");
    }
    assert_eq!(named.len(), accounts.len());

    let mut families = 0;
    for party in &parties {
        match links.iter().find(|link| link.party == party.id) {
            Some(link) => assert!(accounts.contains_key(&link.account) && link.ends_at.is_none()),
            None => {
                assert_eq!(party.roles, [Role::Family].into());
                let id = party.invitation.expect("an invitation");
                assert!(invitations.iter().any(|invitation| invitation.id == id && invitation.party == party.id));
                families += 1;
            }
        }
    }
    assert_eq!(parties.len(), accounts.len() + families);
    assert_eq!(invitations.len(), families);
    let ids: BTreeSet<&str> = parties.iter().filter_map(|party| party.external_id.as_deref()).collect();
    assert_eq!(ids.len(), parties.len(), "nobody twice");

    let mut first: BTreeMap<AccountId, usize> = BTreeMap::new();
    for message in &messages {
        match message.account {
            Some(id) => {
                assert!(accounts.contains_key(&id) && message.sealed.is_some());
                *first.entry(id).or_default() += 1;
            }
            None => assert_eq!(message.kind, MessageKind::Invitation),
        }
    }
    assert_eq!(first.len(), accounts.len(), "each has its first message");
    assert!(first.values().all(|count| *count == 1), "and no other");
    assert_eq!(messages.len(), accounts.len() + families);

    let linked = tokens.iter().filter(|token| token.purpose == Purpose::Activation).count();
    assert_eq!(linked, tokens.len());
    for token in &tokens {
        assert!(accounts.contains_key(&token.account.expect("an account")));
    }
    let with_password = accounts.values().filter(|account| account.password.is_some()).count();
    assert_eq!(linked + with_password, accounts.len(), "each has its link or its password");

    let mut histories: BTreeMap<uuid::Uuid, usize> = BTreeMap::new();
    for event in snapshot.rows::<record::Event>() {
        *histories.entry(event.subject).or_default() += 1;
    }
    // Whom something was sent to is reached there (C1).
    let mut reached: BTreeMap<carekey::ContactId, AccountId> = BTreeMap::new();
    for contact in snapshot.rows::<record::Contact>() {
        assert!(accounts.contains_key(&contact.account) && contact.proven_at.is_none());
        reached.insert(contact.id, contact.account);
    }
    for (id, account) in &accounts {
        assert_eq!(reached.get(&account.written_to.expect("a contact")), Some(id));
    }

    let strands: BTreeSet<uuid::Uuid> = snapshot.rows::<record::Strand>().iter().map(|strand| strand.id.0).collect();
    let of_the_agency = histories.keys().filter(|subject| strands.contains(subject)).count();
    assert_eq!(histories.len(), accounts.len() + of_the_agency, "of every account and of the agency, of nothing else");
    for (id, account) in &accounts {
        assert_eq!(histories[&id.0] as i64, account.history_length);
    }
    // Reading all of them takes long: every account's end is checked above,
    // and the chain of one in seven here.
    for id in accounts.keys().step_by(7) {
        agency.verify_history(*id).unwrap();
        assert_eq!(agency.history(*id).unwrap()[0].kind, EventKind::AccountCreated);
    }
    agency.verify_agency_history().unwrap();
    for empty in [
        snapshot.count::<record::Tie>(),
        snapshot.count::<record::Grant>(),
        snapshot.count::<record::Application>(),
        snapshot.count::<record::Answer>(),
        snapshot.count::<record::OldPassword>(),
    ] {
        assert_eq!(empty, 0);
    }
    (accounts.len(), families)
}

#[test]
fn killed_at_any_moment_only_whole_accounts_are_there_and_the_next_run_completes_them() {
    let desk = Desk::sqlite(quick());
    kill(&desk);
    let folder = desk.close();
    let file = folder.path().join("agency.db");
    let address = format!("sqlite:{}", file.display());
    assert!(carekey::Directory::open(&address, &KEY).unwrap().agency("104").is_ok());
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn the_same_on_a_server() {
    let desk = Desk::postgres(quick());
    kill(&desk);
    assert!(carekey::Directory::open(&desk.place(), &KEY).unwrap().agency("104").is_ok());
}

fn kill(desk: &Desk) {
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
    println!("seed {seed}");
    let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(seed);
    let place = desk.place();
    let mut before = 0;
    let mut in_the_middle = 0;
    for run in 0..5 {
        let mut child = child("a_child", &[&place, &(100 + run).to_string()]);
        // The pipe stays open, so that the child ends by the kill and nothing else.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // The first one is killed behind its first piece, the others anywhere.
        let pieces = if run == 0 { 2 } else { 1 };
        let begun = lines.by_ref().filter(|line| line.contains("RESULT ")).take(pieces).count() == pieces;
        std::thread::sleep(std::time::Duration::from_micros(rng.random_range(0..120_000)));
        child.kill().unwrap();
        let killed = !child.wait().unwrap().success();
        // Another handle than the one that was open all the time.
        let agency = open_place(&place, Clock::new(), 500 + run).agency("104").unwrap();
        let (accounts, families) = check(&agency, &desk.snapshot());
        assert!(begun && accounts + families >= before, "nothing is lost");
        before = accounts + families;
        in_the_middle += usize::from(killed && (1..PEOPLE).contains(&before));
        println!("killed: {killed}; {accounts} accounts and {families} families are there");
    }
    assert!(in_the_middle > 0, "no run was killed in the middle");

    let report = create(&desk.agency, |_| {});
    let done = report.count(RowOutcome::Created) + report.count(RowOutcome::Invited);
    assert_eq!(done, PEOPLE - before);
    assert_eq!(report.count(RowOutcome::Unchanged), before);
    let whole = desk.snapshot();
    assert_eq!(check(&desk.agency, &whole), (PEOPLE * 9 / 10, PEOPLE / 10));
    let report = create(&desk.agency, |_| {});
    assert_eq!(report.count(RowOutcome::Unchanged), PEOPLE);
    assert_eq!(desk.snapshot().changed(&whole), [""; 0], "once more changes nothing");
}

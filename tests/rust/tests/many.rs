//! For many at once (A5): the same as one after the other, and nothing twice.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use carekey::agency::{DoneRow, Invitee, NewGrant, NewTie, PartyFilter, Progress, RowOutcome, UserQuery};
use carekey::invitation::OfficeAction;
use carekey::policy::EnrolmentScheme;
use carekey::roster::Roster;
use carekey::store::record;
use carekey::{AccountId, Code, Locale, PartyId, Resource, Result, Role, TieKind};
use carekey_tests::between::Between;
use carekey_tests::desk::{Desk, go_on, new_person, quick, send_all};
use carekey_tests::race::race;
use proptest::prelude::*;
use time::Duration;
use uuid::Uuid;

carekey_tests::on_every_store! { quick();
    two_at_once_make_each_account_once, a_thousand_in_pieces_stop_where_they_are_told,
    a_roster_goes_in_pieces_by_what_is_hashed, a_few_rows_beside_very_many_people,
}

/// What an agency looks like, whatever the identifiers: the users, what waits
/// to be sent, the ties, and the histories.
fn seen(desk: &Desk) -> (Vec<String>, Vec<String>, usize, BTreeMap<String, Vec<String>>) {
    let office = desk.office();
    let all = UserQuery { show_disabled: true, limit: 1_000, ..UserQuery::default() };
    let users = office.users(&all).unwrap().users;
    let told = |user: &carekey::agency::User| {
        let described = user.description.as_ref().map(|description| description.text(Locale::English));
        format!("{} {} {:?} {:?} {}", user.username, user.state, user.disabled_by, described, user.party.is_some())
    };
    let mut messages: Vec<String> = office
        .messages(None, 0, 1_000)
        .unwrap()
        .iter()
        .map(|message| format!("{} {:?} {}", message.kind, message.address, message.state))
        .collect();
    messages.sort();
    let history = |account: AccountId| {
        desk.agency.verify_history(account).unwrap();
        let lines = desk.agency.history(account).unwrap();
        lines.iter().map(|line| format!("{} {}", line.kind, line.actor_name)).collect()
    };
    let histories = users.iter().map(|user| (user.username.clone(), history(user.account))).collect();
    let ties = desk.snapshot().count::<record::Tie>();
    let mut users: Vec<String> = users.iter().map(told).collect();
    users.sort();
    (users, messages, ties, histories)
}

/// The codes of what was said of each.
fn codes(rows: &[DoneRow]) -> Vec<Vec<Code>> {
    rows.iter().map(|row| row.findings.iter().map(|finding| finding.code).collect()).collect()
}

fn code_of<T>(done: Result<T>) -> Vec<Code> {
    match done {
        Ok(_) => Vec::new(),
        Err(error) if error.findings.is_empty() => vec![error.code],
        Err(error) => error.findings.iter().map(|finding| finding.code).collect(),
    }
}

/// People of few names and roles, so that they meet.
fn people() -> impl Strategy<Value = Vec<(&'static str, Role, &'static str)>> {
    let name = prop::sample::select(vec!["Ann Hale", "Bob Hale", "Cyd Moss", "Dee Reed"]);
    let role = prop::sample::select(vec![Role::Caregiver, Role::Family, Role::HumanResources, Role::OfficeStaff]);
    let email = prop::sample::select(vec!["", "a@example.com", "b@example.com", "c@example.com", "A@example.com"]);
    prop::collection::vec((name, role, email), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Each of many gets what it would have got alone, in the same order.
    #[test]
    fn many_are_as_one_after_the_other(people in people(), twice: bool, role in prop::sample::select(vec![Role::Caregiver, Role::Family, Role::OfficeStaff])) {
        let (together, alone) = (Desk::memory(quick()), Desk::memory(quick()));
        let add = |desk: &Desk| -> Vec<PartyId> {
            let add = |(name, role, email): &(&str, Role, &str)| desk.office().add_party(&new_person(name, *role, email)).unwrap().party;
            people.iter().map(add).collect()
        };
        let (mut here, mut there) = (add(&together), add(&alone));
        if twice {
            here.extend(here.clone());
            there.extend(there.clone());
        }
        let made = together.office().create_accounts(&here, role, &mut go_on).unwrap();
        let one_by_one: Vec<Result<_>> = there.iter().map(|party| alone.office().create_account(*party, role, None)).collect();
        let accounts: Vec<AccountId> = made.iter().filter_map(|row| row.account).collect();
        let others: Vec<AccountId> = one_by_one.iter().flatten().filter_map(|made| made.account).collect();
        for (row, one) in made.iter().zip(&one_by_one) {
            prop_assert_eq!(row.done, one.is_ok());
            prop_assert_eq!(&row.username, &one.as_ref().ok().and_then(|made| made.username.clone()));
            prop_assert_eq!(row.hand_over.is_some(), one.as_ref().is_ok_and(|made| made.hand_over.is_some()));
        }
        let failed: Vec<Vec<Code>> = one_by_one.into_iter().map(code_of).collect();
        for (row, one) in made.iter().zip(&failed).filter(|(row, _)| !row.done) {
            prop_assert_eq!(&codes(std::slice::from_ref(row))[0], one);
        }
        prop_assert_eq!(seen(&together), seen(&alone));

        for desk in [&together, &alone] {
            desk.clock.advance(Duration::hours(1));
        }
        let as_of = together.clock.now();
        let sent = together.office().send_again_all(&accounts, as_of, &mut go_on).unwrap();
        let mut known = std::collections::BTreeSet::new();
        let distinct: Vec<AccountId> = others.iter().copied().filter(|id| known.insert(*id)).collect();
        for account in &distinct {
            alone.office().send_again(*account).unwrap();
        }
        prop_assert_eq!(sent.iter().filter(|row| row.done).count(), distinct.len());
        prop_assert_eq!(seen(&together), seen(&alone));
        let again = together.office().send_again_all(&accounts, as_of, &mut go_on).unwrap();
        prop_assert!(again.iter().all(|row| !row.done && codes(std::slice::from_ref(row))[0] == [Code::EnrolmentAlreadySent]));
        prop_assert_eq!(seen(&together), seen(&alone));

        together.office().end_sessions_all(&accounts[..accounts.len() / 2], &mut go_on).unwrap();
        for account in &others[..accounts.len().min(others.len()) / 2] {
            alone.office().end_sessions(*account).unwrap();
        }
        if accounts.len() == others.len() {
            prop_assert_eq!(seen(&together), seen(&alone));
        }
        let disabled = together.office().disable_all(&accounts, &mut go_on).unwrap();
        let one_by_one: Vec<Vec<Code>> = others.iter().map(|id| code_of(alone.office().disable(*id))).collect();
        if accounts.len() == others.len() {
            prop_assert_eq!(codes(&disabled), one_by_one);
            prop_assert_eq!(seen(&together), seen(&alone));
        }
        prop_assert!(together.office().disable_all(&accounts, &mut go_on).unwrap().iter().all(|row| !row.done));
    }

    /// Ties too, one that is said twice among them.
    #[test]
    fn many_ties_are_as_one_after_the_other(pairs in prop::collection::vec((0usize..4, 0usize..4, prop::sample::select(TieKind::ALL)), 1..10)) {
        let (together, alone) = (Desk::memory(quick()), Desk::memory(quick()));
        let add = |desk: &Desk| -> Vec<PartyId> {
            let people = [("Ann Hale", Role::Client), ("Bob Hale", Role::Client), ("Cyd Moss", Role::Contact), ("Dee Reed", Role::Caregiver)];
            let add = |(at, (name, role)): (usize, &(&str, Role))| {
                desk.office().add_party(&new_person(name, *role, &format!("p{at}@example.com"))).unwrap().party
            };
            people.iter().enumerate().map(add).collect()
        };
        let ties = |parties: &[PartyId]| -> Vec<NewTie> {
            let tie = |(who, of, kind): &(usize, usize, TieKind)| NewTie {
                kind: *kind, who: parties[*who], of: parties[*of], begins_at: None, ends_at: None,
                reference: None,
            };
            pairs.iter().map(tie).collect()
        };
        let (here, there) = (add(&together), add(&alone));
        let made = together.office().relate_all(&ties(&here), &mut go_on).unwrap();
        let one_by_one: Vec<Vec<Code>> = ties(&there).iter().map(|tie| code_of(alone.office().relate(tie))).collect();
        for (row, one) in made.iter().zip(&one_by_one) {
            prop_assert_eq!(row.done, one.is_empty());
            prop_assert_eq!(row.tie.is_some(), row.done);
            if !row.done {
                prop_assert_eq!(&codes(std::slice::from_ref(row))[0], one);
            }
        }
        prop_assert_eq!(seen(&together), seen(&alone));
        let again = together.office().relate_all(&ties(&here), &mut go_on).unwrap();
        prop_assert!(again.iter().all(|row| !row.done));
        prop_assert_eq!(seen(&together), seen(&alone));
    }
}

fn two_at_once_make_each_account_once(desk: &Desk) {
    let parties: Vec<PartyId> = (0..40)
        .map(|n| {
            desk.office().add_party(&new_person(&format!("P{n} Hale"), Role::Caregiver, &format!("p{n}@example.com")))
        })
        .map(|added| added.unwrap().party)
        .collect();
    let rows = race(4, |_| desk.office().create_accounts(&parties, Role::Caregiver, &mut go_on).unwrap());
    let made = rows.iter().flatten().filter(|row| row.done).count();
    assert_eq!(made, parties.len());
    for row in rows.iter().flatten().filter(|row| !row.done) {
        assert_eq!(row.findings[0].code, Code::AccountExists, "{row:?}");
    }
    assert!(rows.iter().flatten().all(|row| row.account.is_some()), "each says which account there is");
    assert_eq!(send_all(&desk.agency).len(), parties.len());
}

/// Somebody makes the account of one of them after it was looked for whether there
/// is one, and before whether its name is free: no reading of one moment says so.
#[test]
fn what_is_refused_is_read_of_one_moment() {
    let between = Between::default();
    let desk = Desk::on(between.clone(), quick());
    let add =
        |name: &str, email: &str| desk.office().add_party(&new_person(name, Role::Caregiver, email)).unwrap().party;
    let (ann, bo) = (add("Ann Hale", "ann@example.com"), add("Bo Hale", "bo@example.com"));
    for others in [vec![], vec![bo]] {
        let one = if others.is_empty() { ann } else { add("Cy Hale", "cy@example.com") };
        let somebody = desk.office();
        between.after_reading("link", move || {
            somebody.create_account(one, Role::Caregiver, None).unwrap();
        });
        let all: Vec<PartyId> = [one].into_iter().chain(others).collect();
        let rows = desk.office().create_accounts(&all, Role::Caregiver, &mut go_on).unwrap();
        assert_eq!(codes(&rows)[0], [Code::AccountExists]);
        assert!(rows.iter().all(|row| row.account.is_some()) && rows[1..].iter().all(|row| row.done));
    }
    assert_eq!(desk.snapshot().count::<record::Account>(), 3);
}

fn a_thousand_in_pieces_stop_where_they_are_told(desk: &Desk) {
    let parties: Vec<PartyId> = (0..1_100)
        .map(|n| {
            desk.office().add_party(&new_person(&format!("P{n} Hale"), Role::Caregiver, &format!("p{n}@example.com")))
        })
        .map(|added| added.unwrap().party)
        .collect();
    let mut told = Vec::new();
    let mut stop = |progress: Progress| {
        told.push(progress.done);
        if progress.done >= 1_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let rows = desk.office().create_accounts(&parties, Role::Caregiver, &mut stop).unwrap();
    assert_eq!(told, [0, 500, 1_000]);
    assert!(rows[..1_000].iter().all(|row| row.done));
    assert!(rows[1_000..].iter().all(|row| !row.done && row.findings[0].code == Code::Cancelled));
    let rest = desk.office().create_accounts(&parties, Role::Caregiver, &mut go_on).unwrap();
    assert_eq!(rest.iter().filter(|row| row.done).count(), 100);
    assert_eq!(desk.snapshot().count::<record::Account>(), 1_100);
    // Nothing of it is hashed: they go together.
    let accounts: Vec<AccountId> = rest.iter().filter_map(|row| row.account).collect();
    let mut told = Vec::new();
    let mut tell = |progress: Progress| {
        told.push(progress.done);
        ControlFlow::Continue(())
    };
    let rows = desk.office().disable_all(&accounts, &mut tell).unwrap();
    assert!(rows.iter().all(|row| row.done));
    assert_eq!(told, [0, 1_100]);
}

/// What goes in pieces of five thousand, however many there are, hashes nothing: who
/// is nobody is refused in them as well as others are done.
#[test]
fn what_goes_in_large_pieces_hashes_nothing() {
    let desk = Desk::memory(quick());
    let add = |n: usize, role| {
        desk.office().add_party(&new_person(&format!("P{n} Hale"), role, &format!("p{n}@example.com"))).unwrap().party
    };
    let parties: Vec<PartyId> = (0..3).map(|n| add(n, Role::Caregiver)).collect();
    let made = desk.office().create_accounts(&parties, Role::Caregiver, &mut go_on).unwrap();
    let accounts: Vec<AccountId> = made.iter().filter_map(|row| row.account).collect();
    let families: Vec<Invitee> = (3..6).map(|n| Invitee::Party(add(n, Role::Family))).collect();
    let staff = add(6, Role::OfficeStaff);
    let grant = NewGrant {
        party: staff,
        resource: Resource::Calendar,
        of: None,
        ends_at: Some(desk.clock.now() + Duration::days(30)),
        reason: None,
    };

    let hashes = desk.directory.hash_operations();
    let sent = |action| {
        desk.clock.advance(Duration::hours(1));
        let rows = desk.office().batch(action, &families, None, desk.clock.now(), &mut go_on).unwrap();
        assert!(rows.iter().all(|row| row.done), "{action}");
    };
    [OfficeAction::Invite, OfficeAction::Reinvite].into_iter().for_each(sent);
    let office = desk.office();
    assert!(office.grant_all(&[grant], &mut go_on).unwrap().iter().all(|row| row.done));
    assert!(office.end_sessions_all(&accounts, &mut go_on).unwrap().iter().all(|row| row.done));
    let nobody = (0..10_000).map(|n| AccountId(Uuid::from_u128(n)));
    let all: Vec<AccountId> = accounts.iter().copied().chain(nobody).collect();
    let mut told = Vec::new();
    let mut tell = |progress: Progress| {
        told.push(progress.done);
        ControlFlow::Continue(())
    };
    let rows = office.disable_all(&all, &mut tell).unwrap();
    assert_eq!(told, [0, 5_000, 10_000, 10_003]);
    assert!(rows.iter().enumerate().all(|(at, row)| row.done == (at < 3)));
    assert_eq!(desk.directory.hash_operations(), hashes);
}

/// Whoever gets a link costs no hash, whoever gets a password does, and so may whoever is
/// tied to somebody who becomes a client.
fn a_roster_goes_in_pieces_by_what_is_hashed(desk: &Desk) {
    let of_client = |scheme| {
        let mut settings = desk.agency.settings().unwrap();
        settings.policy.enrolment.schemes.insert(Role::Client, scheme);
        settings.policy.password.cost = quick().password.cost;
        desk.office().change_settings(settings).unwrap();
        desk.cheap_hashes();
    };
    let roles = [
        ("caregiver", "Moss", &[0, 600][..], EnrolmentScheme::TemporaryPassword),
        ("client", "Hale", &[0, 500, 600], EnrolmentScheme::TemporaryPassword),
        ("client", "Reed", &[0, 600], EnrolmentScheme::ActivationLink),
        ("client", "Moss", &[0, 500, 600], EnrolmentScheme::ActivationLink),
    ];
    for (role, name, expected, scheme) in roles {
        of_client(scheme);
        let rows: String = (0..600).map(|n| format!("P{n} {name},p{n}@{name}.example.com,{role}\n")).collect();
        let file = format!("name,email,role\n{rows}");
        let preview = desk.office().preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
        let mut told = Vec::new();
        let mut tell = |progress: Progress| {
            told.push(progress.done);
            ControlFlow::Continue(())
        };
        let report = desk.office().create(&preview, None, &mut tell).unwrap();
        let done = report.count(RowOutcome::Created) + report.count(RowOutcome::Updated);
        assert_eq!((done, &*told), (600, expected), "{role} {name}");
    }
}

/// A few rows beside more people than are read for them: whom they mean is found all the
/// same, by contact, identifier or name, also whoever was merged or is nobody whom a row
/// resembles; and none of it is made twice.
fn a_few_rows_beside_very_many_people(desk: &Desk) {
    let office = desk.office();
    let all = (0..1_200).map(|n| format!("family,N{n:04},Nell{n} Moss,n{n}@example.com\n")).collect::<String>();
    let create = |preview: &carekey::roster::Preview| office.create(preview, None, &mut go_on).unwrap();
    let read = |rows: &str| Roster::from_csv(format!("Role,ID,Name,Email\n{rows}").as_bytes()).unwrap();
    let made = create(&office.preview(read(&all)).unwrap());
    let party = |number: usize| made.rows[number].party.unwrap();
    office.merge_parties(party(7), party(8)).unwrap();
    office.delete_party(party(9)).unwrap();

    let file = "family,,Nell1 Moss,n1@example.com\n\
                family,N0002,Nell2 Moss,\n\
                family,N0008,Nell8 Moss,\n\
                family,,Nell3 Moss,new3@example.com\n\
                family,,Zoe Reed,zoe@example.com\n\
                family,,Nell9 Moss,n9@example.com\n\
                family,,Nell4 Moss,new4@example.com\n";
    let mut preview = office.preview(read(file)).unwrap();
    let about = |preview: &carekey::roster::Preview| preview.rows().iter().map(|row| row.party).collect::<Vec<_>>();
    let certain = [Some(party(1)), Some(party(2)), Some(party(7)), None, None, None, None];
    assert_eq!(about(&preview), certain);
    let waiting = |preview: &carekey::roster::Preview| -> Vec<(u64, Vec<PartyId>)> {
        preview.rows().iter().filter(|row| !row.passes()).map(|row| (row.row.line, row.maybe.clone())).collect()
    };
    assert_eq!(waiting(&preview), [(5, vec![party(3)]), (8, vec![party(4)])]);
    assert_eq!(preview.gone().len(), 1_200 - 5 - 2, "all others but who is meant, was merged or is deleted");
    // Somebody whom the row does not resemble, and nobody whom there is.
    let nobody = preview.decide(5, carekey::roster::Who::Same(PartyId(Uuid::from_u128(5)))).unwrap_err();
    assert_eq!(nobody.code, Code::PartyNotFound);
    preview.decide(5, carekey::roster::Who::Same(party(100))).unwrap();
    preview.decide(8, carekey::roster::Who::Same(party(4))).unwrap();
    assert_eq!(about(&preview), [certain[0], certain[1], certain[2], Some(party(100)), None, None, Some(party(4))]);
    assert!(!preview.gone().contains(&party(100)) && preview.gone().contains(&party(3)));
    let outcomes = |report: &carekey::agency::CreateReport| {
        report.rows.iter().map(|row| (row.outcome, row.party)).collect::<Vec<_>>()
    };
    let report = create(&preview);
    let done = outcomes(&report);
    use RowOutcome::{Invited, Unchanged, Updated};
    let expected = [Unchanged, Unchanged, Unchanged, Updated, Invited, Invited, Updated];
    assert_eq!(done.iter().map(|(outcome, _)| *outcome).collect::<Vec<_>>(), expected, "{:?}", report.rows);
    assert_eq!((done[2].1, done[3].1, done[6].1), (Some(party(7)), Some(party(100)), Some(party(4))));
    let people = office.parties(&PartyFilter::default(), 0, 1).unwrap().found;
    assert_eq!(people, 1_200 - 2 + 2);
    // What was decided is kept: the same file again is about the same people.
    let again = office.preview(read(file)).unwrap();
    assert!(again.rows().iter().all(carekey::roster::RowCheck::passes), "{:?}", waiting(&again));
    assert!(outcomes(&create(&again)).iter().all(|(outcome, _)| *outcome == Unchanged));
    assert_eq!(office.parties(&PartyFilter::default(), 0, 1).unwrap().found, people);
}

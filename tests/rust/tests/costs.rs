//! What acts ask of their store: how often they read and how often they commit,
//! whatever the clock. The table in `docs/stores.md` is what is counted here.

use std::fmt::Debug;

use carekey::agency::{Invitee, NewGrant, NewTie, Redeemed};
use carekey::invitation::OfficeAction;
use carekey::roster::Roster;
use carekey::{AccountId, PartyId, Resource, Role, Secret, SignIn, Source, TieKind};
use carekey_tests::counting::Counted;
use carekey_tests::desk::{Desk, GOOD, go_on, new_person, quick, send_all, twice};
use time::Duration;

/// What each act cost.
struct Bill {
    counted: Counted,
    lines: Vec<String>,
}

impl Bill {
    fn new() -> Self {
        Self { counted: Counted::new(quick()), lines: Vec::new() }
    }

    /// Notes what an act costs.
    fn note<T: Debug>(&mut self, what: &str, act: impl FnOnce(&Desk) -> T) -> (usize, usize, T) {
        let (cost, answer) = self.counted.cost(act);
        let (reads, commits) = (cost.calls.reads(), cost.calls.commits());
        self.lines.push(format!("| {what} | {reads} | {commits} | {} |", cost.calls.waits()));
        (reads, commits, answer)
    }

    fn desk(&self) -> &Desk {
        &self.counted.desk
    }
}

fn people(bill: &Bill, role: Role, from: usize, many: usize) -> Vec<PartyId> {
    let add = |n| {
        bill.desk().office().add_party(&new_person(&format!("P{n} Hale"), role, &format!("p{n}@example.com"))).unwrap()
    };
    (from..from + many).map(|n| add(n).party).collect()
}

/// Of many, how often it reads and commits does not go by how many: that of one
/// piece, whatever is in it.
#[test]
fn many_in_one_piece_cost_what_few_do() {
    let of = |many: usize| {
        let mut bill = Bill::new();
        let mut costs = Vec::new();
        let mut cost = |what: &str, (reads, commits): (usize, usize)| costs.push((what.to_owned(), reads, commits));
        let families: Vec<Invitee> = people(&bill, Role::Family, 0, many).into_iter().map(Invitee::Party).collect();
        let batch = |bill: &mut Bill, action| {
            bill.desk().clock.advance(Duration::hours(1));
            let as_of = bill.desk().clock.now();
            let (reads, commits, rows) =
                bill.note("", |desk| desk.office().batch(action, &families, None, as_of, &mut go_on).unwrap());
            assert!(rows.iter().all(|row| row.done), "{:?}", rows.iter().find(|row| !row.done));
            (reads, commits)
        };
        cost("invite", batch(&mut bill, OfficeAction::Invite));
        cost("reinvite", batch(&mut bill, OfficeAction::Reinvite));
        let caregivers = people(&bill, Role::Caregiver, 10_000, many);
        let (reads, commits, made) =
            bill.note("", |desk| desk.office().create_accounts(&caregivers, Role::Caregiver, &mut go_on).unwrap());
        assert!(made.iter().all(|row| row.done));
        cost("create", (reads, commits));
        let accounts: Vec<AccountId> = made.iter().filter_map(|row| row.account).collect();
        bill.desk().clock.advance(Duration::hours(1));
        let as_of = bill.desk().clock.now();
        let (reads, commits, sent) =
            bill.note("", |desk| desk.office().send_again_all(&accounts, as_of, &mut go_on).unwrap());
        assert!(sent.iter().all(|row| row.done));
        cost("send again", (reads, commits));
        let (reads, commits, _) = bill.note("", |desk| desk.office().end_sessions_all(&accounts, &mut go_on).unwrap());
        cost("end sessions", (reads, commits));
        let ties: Vec<NewTie> = people(&bill, Role::Client, 20_000, many)
            .into_iter()
            .zip(&caregivers)
            .map(|(of, who)| NewTie {
                kind: TieKind::EmergencyContact,
                who: *who,
                of,
                begins_at: None,
                ends_at: None,
                reference: None,
            })
            .collect();
        let (reads, commits, tied) = bill.note("", |desk| desk.office().relate_all(&ties, &mut go_on).unwrap());
        assert!(tied.iter().all(|row| row.done));
        cost("relate", (reads, commits));
        let staff = people(&bill, Role::OfficeStaff, 30_000, many);
        bill.desk().office().create_accounts(&staff, Role::OfficeStaff, &mut go_on).unwrap();
        let ends_at = Some(bill.desk().clock.now() + Duration::days(30));
        let grants: Vec<NewGrant> = staff
            .iter()
            .zip(&ties)
            .map(|(party, tie)| NewGrant {
                party: *party,
                resource: Resource::Calendar,
                of: Some(tie.of.0),
                ends_at,
                reason: None,
            })
            .collect();
        let (reads, commits, given) = bill.note("", |desk| desk.office().grant_all(&grants, &mut go_on).unwrap());
        assert!(given.iter().all(|row| row.done));
        cost("grant", (reads, commits));
        let linked: Vec<Invitee> = caregivers.iter().copied().map(Invitee::Party).collect();
        let (reads, commits, rows) = bill.note("", |desk| {
            desk.office().batch(OfficeAction::Unlink, &linked[..many / 2], None, as_of, &mut go_on).unwrap()
        });
        assert!(rows.iter().all(|row| row.done));
        cost("unlink", (reads, commits));
        let (reads, commits, gone) = bill.note("", |desk| desk.office().disable_all(&accounts, &mut go_on).unwrap());
        assert!(gone.iter().all(|row| row.done));
        cost("disable", (reads, commits));
        costs
    };
    let (few, many) = (of(4), of(60));
    assert_eq!(few, many);
    assert!(many.iter().all(|(_, _, commits)| *commits == 1), "{many:?}");
}

#[test]
fn the_table_of_the_documentation_is_what_is_counted() {
    let mut bill = Bill::new();
    bill.note("add a client, with an account", |desk| {
        desk.office().add_party(&new_person("Ann Hale", Role::Client, "ann@example.com")).unwrap()
    });
    send_all(&bill.desk().agency);
    let family = people(&bill, Role::Family, 0, 1)[0];
    bill.note("invite a family", |desk| desk.office().invite(Invitee::Party(family), None).unwrap());
    let link = bill.desk().one_mail().link();
    let (_, _, redeemed) =
        bill.note("redeem its link", |desk| desk.agency.redeem_link(&link, None, &Source::UNKNOWN).unwrap());
    let Redeemed::NewAccount { username, step, .. } = redeemed else { panic!("a new account") };
    let password = Secret::from(GOOD);
    bill.note("choose a password, and be signed in", |desk| {
        matches!(desk.agency.choose_password(&step.token, twice(&password), &Source::UNKNOWN), Ok(SignIn::Granted(_)))
    });
    let (_, _, session) = bill.note("sign in", |desk| desk.sign_in(&username, GOOD));
    assert!(matches!(session, SignIn::Granted(_)));
    bill.note("sign in with a wrong password", |desk| matches!(desk.sign_in(&username, "wrong"), SignIn::Refused));
    bill.note("the same, of a name that nobody has", |desk| {
        matches!(desk.sign_in("nobody@example.com", "wrong"), SignIn::Refused)
    });
    for many in [1, 500] {
        let families = people(&bill, Role::Family, many * 1_000, many);
        let items: Vec<Invitee> = families.into_iter().map(Invitee::Party).collect();
        let as_of = bill.desk().clock.now();
        bill.note(&format!("invite {many} by a batch"), |desk| {
            desk.office().batch(OfficeAction::Invite, &items, None, as_of, &mut go_on).unwrap()
        });
    }
    let caregivers = people(&bill, Role::Caregiver, 700_000, 500);
    let (_, _, made) = bill.note("make 500 accounts", |desk| {
        desk.office().create_accounts(&caregivers, Role::Caregiver, &mut go_on).unwrap()
    });
    let accounts: Vec<AccountId> = made.iter().filter_map(|row| row.account).collect();
    bill.note("disable 500", |desk| desk.office().disable_all(&accounts, &mut go_on).unwrap());
    for many in [100, 2_000] {
        let rows: String = (0..many).map(|n| format!("Q{many}x{n} Moss,q{many}x{n}@example.com,caregiver\n")).collect();
        let file = format!("name,email,role\n{rows}");
        let preview = bill.desk().office().preview(Roster::from_csv(file.as_bytes()).unwrap()).unwrap();
        bill.note(&format!("create a roster of {many}"), |desk| {
            let report = desk.office().create(&preview, None, &mut go_on).unwrap();
            assert!(report.stopped.is_none());
        });
    }
    let table = bill.lines.join("\n");
    let stores = std::fs::read_to_string(carekey_tests::tests_folder().join("../docs/stores.md")).unwrap();
    assert!(stores.contains(&format!("\n{table}\n")), "docs/stores.md is to have\n{table}");
}

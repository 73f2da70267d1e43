//! Laws of whole agencies, whatever was done in them: a merge that is split again
//! brings everything back (A6), and who sees what is one thing, whichever way it is
//! asked (V): `can_see`, `sees`, `seen_by`, and the pure decision over the rows.

use std::collections::{BTreeMap, BTreeSet};

use carekey::agency::{Edit, Invitee, NewApplication, NewTie, PartyEdit, Whose};
use carekey::relationship::{PartyFacts, Period, Tie};
use carekey::store::{Record, Row, Select, Store, Value, record};
use carekey::visibility::{Decision, Grant, Of, Viewer, decide};
use carekey::words::Stage;
use carekey::{AccountId, ApplicationId, GrantId, PartyId, PartyKind, Resource, Role, Source, TieId, TieKind};
use carekey_tests::desk::{Desk, GOOD, new_person, quick, send_all, twice};
use proptest::prelude::*;
use time::Duration;

/// What is done, with whom; each number is taken as far as there are such.
#[derive(Debug, Clone)]
enum Step {
    Relate(TieKind, usize, usize, i64, Option<i64>),
    EndTie(usize),
    Grant(usize, Resource, Option<usize>, i64),
    EndGrant(usize),
    Merge(usize, usize),
    Split(usize),
    Unlink(usize),
    Roles(usize, BTreeSet<Role>),
    Edit(usize, u8),
    Disable(usize),
    Enable(usize),
    Wait(i64),
}

fn roles() -> impl Strategy<Value = BTreeSet<Role>> {
    prop::sample::subsequence(
        vec![Role::Client, Role::Caregiver, Role::OfficeStaff, Role::Contact, Role::Participant],
        1..=2,
    )
    .prop_map(|roles| roles.into_iter().collect())
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let who = || 0usize..8;
    let step = prop_oneof![
        4 => (prop::sample::select(TieKind::ALL), who(), who(), -3i64..3, prop::option::of(1i64..6))
            .prop_map(|(kind, one, other, from, until)| Step::Relate(kind, one, other, from, until)),
        1 => who().prop_map(Step::EndTie),
        3 => (who(), prop::sample::select(Resource::ALL), prop::option::of(who()), 1i64..6)
            .prop_map(|(to, resource, of, days)| Step::Grant(to, resource, of, days)),
        1 => who().prop_map(Step::EndGrant),
        2 => (who(), who()).prop_map(|(one, other)| Step::Merge(one, other)),
        1 => who().prop_map(Step::Split),
        1 => who().prop_map(Step::Unlink),
        2 => (who(), roles()).prop_map(|(one, roles)| Step::Roles(one, roles)),
        1 => (who(), 0u8..9).prop_map(|(one, n)| Step::Edit(one, n)),
        1 => who().prop_map(Step::Disable),
        1 => who().prop_map(Step::Enable),
        2 => (0i64..3).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..most)
}

/// An agency of eight: clients, a caregiver, the office, a contact and a family with
/// an application; most have a login.
struct Town {
    desk: Desk,
    parties: Vec<PartyId>,
    ties: Vec<TieId>,
    grants: Vec<GrantId>,
}

impl Town {
    fn new() -> Self {
        let desk = Desk::memory(quick());
        desk.cheap_hashes();
        let mut parties = Vec::new();
        for (at, name) in ["Ann Hale", "Bob Hale"].iter().enumerate() {
            parties.push(desk.client(name, &format!("c{at}@example.com")).party.unwrap());
        }
        parties.push(desk.caregiver("Cyd Moss", "cyd@example.com").party.unwrap());
        let staff = desk.client("Dee Reed", "dee@example.com").party.unwrap();
        desk.office().set_roles(staff, &[Role::OfficeStaff].into()).unwrap();
        parties.push(staff);
        let contact = desk.client("Eve Lane", "eve@example.com").party.unwrap();
        desk.office().set_roles(contact, &[Role::Contact].into()).unwrap();
        parties.push(contact);
        // Without a login, so that they can be merged with those who have one.
        for (name, role) in [("Ann Hail", Role::Client), ("Cid Moss", Role::Caregiver)] {
            let added = desk.office().add_party(&new_person(name, role, "")).unwrap();
            parties.push(added.party);
        }
        let family = new_person("Fay Ross", Role::Family, "fay@example.com");
        let family = desk.office().add_party(&family).unwrap().party;
        send_all(&desk.agency);
        let new = NewApplication { number: "A-1".to_owned(), family, submitted_at: None };
        desk.office().add_application(&new).unwrap();
        let link = desk.one_mail().link();
        let redeemed = desk.agency.redeem_link(&link, None, &Source::UNKNOWN).unwrap();
        let carekey::agency::Redeemed::NewAccount { step, .. } = redeemed else { panic!("a new account") };
        let password = carekey::Secret::from(GOOD);
        let _ = desk.agency.choose_password(&step.token, twice(&password), &Source::UNKNOWN).unwrap();
        parties.push(family);
        Self { desk, parties, ties: Vec::new(), grants: Vec::new() }
    }

    /// Does it, where it may be done.
    fn play(&mut self, step: &Step) {
        let (desk, party) = (&self.desk, |at: &usize| self.parties[at % self.parties.len()]);
        let (office, now) = (desk.office(), desk.clock.now());
        let login = |at: &usize| desk.agency.party(party(at)).ok().and_then(|party| party.account);
        match step {
            Step::Relate(kind, who, of, from, until) => {
                let begins_at = Some(now + Duration::days(*from));
                let ends_at = until.map(|days| now + Duration::days(days));
                let reference = Some("power of attorney 17".to_owned());
                let new = NewTie { kind: *kind, who: party(who), of: party(of), begins_at, ends_at, reference };
                self.ties.extend(office.relate(&new).ok().map(|tied| tied.tie));
            }
            Step::EndTie(at) if !self.ties.is_empty() => drop(office.end_tie(self.ties[at % self.ties.len()], None)),
            Step::Grant(to, resource, of, days) => {
                let ends = Some(now + Duration::days(*days));
                let of = match (of, resource) {
                    (Some(_), Resource::Application) => Some(rows::<record::Application>(desk)[0].id.0),
                    (of, _) => of.map(|of| party(&of).0),
                };
                self.grants.extend(office.grant(party(to), *resource, of, ends, None).ok());
            }
            Step::EndGrant(at) if !self.grants.is_empty() => {
                drop(office.end_grant(self.grants[at % self.grants.len()], None));
            }
            Step::Merge(keep, gone) => drop(office.merge_parties(party(keep), party(gone))),
            Step::Split(at) => drop(office.split_party(party(at))),
            Step::Unlink(at) => drop(office.unlink(Invitee::Party(party(at)))),
            Step::Roles(at, roles) => drop(office.set_roles(party(at), roles)),
            Step::Edit(at, n) => {
                let nickname = Edit::Set(format!("Nick{}", char::from(b'A' + n)));
                drop(office.edit_party(party(at), &PartyEdit { nickname, ..PartyEdit::default() }));
            }
            Step::Disable(at) => drop(login(at).map(|account| office.disable(account))),
            Step::Enable(at) => drop(login(at).map(|account| office.enable(account))),
            Step::Wait(days) => desk.clock.advance(Duration::days(*days)),
            Step::EndTie(_) | Step::EndGrant(_) => {}
        }
    }
}

fn rows<R: Record>(desk: &Desk) -> Vec<R> {
    let found = desk.store.find(&Select::all::<R>(desk.agency.id())).unwrap();
    found.into_iter().map(|row| R::from_row(row).unwrap()).collect()
}

/// The rows of who is who and what they have, but for how often each was written.
fn standing(desk: &Desk) -> BTreeMap<&'static str, Vec<Row>> {
    let of = |table: &'static carekey::store::Table| {
        let select = Select { table, ..Select::all::<record::Party>(desk.agency.id()) };
        let mut rows = desk.store.find(&select).unwrap();
        for row in &mut rows {
            row[2] = Value::Null;
        }
        rows.sort_by(|one, other| one[1].cmp(&other[1]));
        (table.name, rows)
    };
    [
        record::Party::TABLE,
        record::Link::TABLE,
        record::Tie::TABLE,
        record::Grant::TABLE,
        record::Contact::TABLE,
        record::Application::TABLE,
    ]
    .into_iter()
    .map(of)
    .collect()
}

/// A viewer, gathered from the rows in the plainest way.
fn viewer(desk: &Desk, account: &record::Account) -> Viewer {
    let links = rows::<record::Link>(desk);
    let mut links: Vec<_> = links.iter().filter(|link| link.account == account.id && link.ends_at.is_none()).collect();
    links.sort_by_key(|link| (link.since, link.id));
    let all = rows::<record::Party>(desk);
    let own: BTreeSet<PartyId> =
        links.iter().filter(|link| link.application.is_none()).map(|link| link.party).collect();
    let mut parties: Vec<PartyFacts> = Vec::new();
    let mut applications: BTreeSet<ApplicationId> = BTreeSet::new();
    for link in &links {
        let Some(party) = all.iter().find(|party| party.id == link.party && party.deleted_at.is_none()) else {
            continue;
        };
        applications.extend(link.application);
        if parties.iter().all(|known| known.id != party.id) {
            let roles = party.roles.iter().copied().filter(|role| own.contains(&party.id) || *role == Role::Family);
            parties.push(PartyFacts { id: party.id, kind: party.kind, roles: roles.collect() });
        }
    }
    let period = |begins_at, ends_at| Period { begins_at, ends_at };
    let ties = rows::<record::Tie>(desk).into_iter().filter(|tie| own.contains(&tie.who));
    let ties =
        ties.map(|tie| Tie { kind: tie.kind, who: tie.who, of: tie.of, period: period(tie.begins_at, tie.ends_at) });
    let grants = rows::<record::Grant>(desk).into_iter().filter(|grant| own.contains(&grant.party));
    let grants = grants.map(|grant| Grant {
        to: grant.party,
        resource: grant.resource,
        of: grant.of,
        period: period(grant.begins_at, grant.ends_at),
    });
    let active = account.stage == Stage::Active && account.disabled_at.is_none() && account.deleted_at.is_none();
    Viewer {
        active,
        parties,
        ties: ties.collect(),
        grants: grants.collect(),
        applications: applications.into_iter().collect(),
    }
}

/// Every way of asking says the same of every viewer, resource and whose it is.
fn agrees(desk: &Desk) -> Result<(), TestCaseError> {
    let (agency, now) = (&desk.agency, desk.clock.now());
    let policy = agency.settings().unwrap().policy.visibility;
    let accounts = rows::<record::Account>(desk);
    let viewers: Vec<(AccountId, Viewer)> = accounts.iter().map(|it| (it.id, viewer(desk, it))).collect();
    let parties = rows::<record::Party>(desk);
    let there = parties.iter().filter(|party| party.deleted_at.is_none());
    let mut whose: Vec<Of> = vec![Of::Own];
    whose.extend(there.map(|party| Of::Party { id: party.id, client: party.roles.contains(&Role::Client) }));
    whose.extend(rows::<record::Application>(desk).iter().map(|application| Of::Application(application.id)));
    let listed: BTreeMap<AccountId, Vec<_>> =
        accounts.iter().map(|account| (account.id, agency.sees(account.id).unwrap())).collect();
    let mut allowed = 0;
    for resource in Resource::ALL {
        for of in &whose {
            let asked = Whose::from(*of);
            let seen_by: BTreeMap<AccountId, Decision> =
                agency.seen_by(*resource, asked).unwrap().into_iter().collect();
            for (account, viewer) in &viewers {
                let pure = decide(viewer, *resource, *of, &policy, now);
                let said = agency.can_see(*account, *resource, asked).unwrap();
                prop_assert_eq!((said.allowed, said.scope), (pure.allowed, pure.scope), "{:?} {:?}", resource, of);
                prop_assert_eq!(&said.because, &pure.because);
                allowed += usize::from(said.allowed);
                // Of one's own nobody is listed: whose it is goes by who asks.
                let is_listed = seen_by.get(account);
                prop_assert_eq!(is_listed.is_some(), said.allowed && *of != Of::Own, "{:?} {:?}", resource, of);
                if let Some(decision) = is_listed {
                    prop_assert_eq!(decision.scope, said.scope);
                }
                // What is listed of somebody is what may be seen; a grant for all stands for itself.
                let in_list = listed[account].iter().find(|sight| (sight.resource, sight.of) == (*resource, asked));
                if let Some(sight) = in_list {
                    prop_assert_eq!((sight.decision.allowed, sight.decision.scope), (said.allowed, said.scope));
                }
                let by_all = viewer.grants.iter().any(|grant| grant.of.is_none() && grant.resource == *resource);
                // What is of a party of one's own stands as one's own.
                let is_own = viewer.parties.iter().any(|own| Whose::Party(own.id) == asked);
                let as_own = is_own && listed[account].iter().any(|it| (it.resource, it.of) == (*resource, Whose::Own));
                prop_assert!(in_list.is_some() || as_own || !said.allowed || by_all, "{:?} {:?}", resource, of);
            }
        }
    }
    prop_assert!(allowed > 0 || viewers.iter().all(|(_, viewer)| !viewer.active));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was done before: what a merge moved, a split moves back, and each is
    /// what it was, with the same ties, grants, links, contacts and applications.
    #[test]
    fn a_merge_that_is_split_again_brings_everything_back(
        steps in steps(24), keep in 0usize..8, gone in 0usize..8, days in 0i64..3,
    ) {
        let mut town = Town::new();
        steps.iter().for_each(|step| town.play(step));
        let (keep, gone) = (town.parties[keep], town.parties[gone]);
        let before = standing(&town.desk);
        let preview = town.desk.office().preview_merge(keep, gone);
        prop_assert_eq!(&standing(&town.desk), &before);
        let merged = town.desk.office().merge_parties(keep, gone);
        prop_assert_eq!(preview.map(|it| (it.ties, it.grants, it.links)).ok(), merged.as_ref().map(|it| (it.ties.clone(), it.grants.clone(), it.links.clone())).ok());
        if merged.is_ok() {
            prop_assert!(standing(&town.desk) != before);
            agrees(&town.desk)?;
            town.desk.clock.advance(Duration::days(days));
            let split = town.desk.office().split_party(gone).unwrap();
            prop_assert_eq!((split.party, split.of), (gone, keep));
            prop_assert!(split.changed.is_empty(), "{:?}", split);
        }
        prop_assert_eq!(&standing(&town.desk), &before);
        town.desk.agency.verify_agency_history().unwrap();
    }

    /// Whatever was done: every way of asking who sees what gives one answer.
    #[test]
    fn who_sees_what_is_one_thing_whichever_way_it_is_asked(steps in steps(40)) {
        let mut town = Town::new();
        agrees(&town.desk)?;
        for part in steps.chunks(10) {
            part.iter().for_each(|step| town.play(step));
            agrees(&town.desk)?;
        }
    }
}

#[test]
fn the_steps_reach_what_they_are_for() {
    let mut town = Town::new();
    let kinds = [PartyKind::Person];
    assert!(rows::<record::Party>(&town.desk).iter().all(|party| kinds.contains(&party.kind)));
    town.play(&Step::Relate(TieKind::Caregiver, 2, 0, 0, Some(5)));
    town.play(&Step::Grant(3, Resource::Invoices, Some(0), 5));
    assert_eq!((town.ties.len(), town.grants.len()), (1, 1));
    // A client with no login, into the one who has one: both have a tie and a grant.
    town.play(&Step::Relate(TieKind::Caregiver, 2, 5, 0, Some(5)));
    town.play(&Step::Grant(3, Resource::Invoices, Some(5), 5));
    let before = standing(&town.desk);
    town.play(&Step::Merge(0, 5));
    assert_ne!(standing(&town.desk), before);
    town.play(&Step::Split(5));
    assert_eq!(standing(&town.desk), before);
}

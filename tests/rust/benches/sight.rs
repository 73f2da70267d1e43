//! What it costs to ask an agency in a file who sees what (V), beside few and
//! beside many.
#![allow(missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use carekey::agency::NewTie;
use carekey::store::{Select, Store, Write, record};
use carekey::{AccountId, GrantId, PartyId, Resource, Role, TieId, TieKind};
use carekey_tests::desk::{Desk, new_person, quick};
use time::Duration;
use uuid::Uuid;

const FEW: usize = 1;

/// A payer of so many clients, beside as many grants to others; and a client
/// with as many contacts.
struct Office {
    desk: Desk,
    payer: AccountId,
    client: PartyId,
    nobodys: PartyId,
}

impl Office {
    fn new(many: usize) -> Self {
        let desk = Desk::sqlite(quick());
        desk.cheap_hashes();
        let add = |name| desk.office().add_party(&new_person(name, Role::Client, "")).expect("a party").party;
        let (client, nobodys) = (add("Sue Client"), add("Bea Client"));
        let payer = desk.client("Tom Payer", "tom@example.com");
        let (agency, now) = (desk.agency.id(), desk.clock.now());
        let number = |sort: u128, n: usize| Uuid::from_u128((sort << 100) | n as u128);
        let who = payer.party.expect("a party");
        let tie = NewTie { kind: TieKind::Payer, who, of: client, begins_at: None, ends_at: None, reference: None };
        desk.office().relate(&tie).expect("tied");
        let mut writes = Vec::new();
        for n in 0..many {
            writes.push(Write::insert(&record::Tie {
                agency,
                id: TieId(number(1, n)),
                revision: 1,
                kind: TieKind::Payer,
                who,
                of: PartyId(number(2, n)),
                begins_at: now,
                ends_at: None,
                enrols_at: None,
                reference: None,
            }));
            writes.push(Write::insert(&record::Grant {
                agency,
                id: GrantId(number(3, n)),
                revision: 1,
                party: PartyId(number(4, n)),
                resource: Resource::Calendar,
                of: Some(number(2, n)),
                begins_at: now,
                ends_at: Some(now + Duration::days(30)),
                reason: None,
            }));
        }
        desk.store.commit(writes).expect("written");
        Self { desk, payer: payer.account, client, nobodys }
    }

    /// A client whom so many accounts may see: their rows as the engine makes
    /// them, all alike.
    fn with_contacts(contacts: usize) -> Self {
        let office = Self::new(0);
        let now = office.desk.clock.now();
        let agency = office.desk.agency.id();
        let account = office.desk.account_row(office.payer);
        let link: record::Link = office.desk.read(&Select::all::<record::Link>(agency)).remove(0);
        let party = Select::all::<record::Party>(agency).is("id", link.party);
        let party: record::Party = office.desk.read(&party).remove(0);
        let mut writes = Vec::new();
        for n in 0..contacts {
            let number = |sort: u128| Uuid::from_u128((sort << 100) | n as u128);
            let name = format!("contact{n}@example.com");
            writes.push(Write::insert(&record::Account {
                id: AccountId(number(5)),
                revision: 1,
                username: name.clone(),
                username_canonical: name,
                ..account.clone()
            }));
            let id = PartyId(number(6));
            writes.push(Write::insert(&record::Party { id, revision: 1, external_id: None, ..party.clone() }));
            writes.push(Write::insert(&record::Link {
                id: carekey::LinkId(number(7)),
                revision: 1,
                account: AccountId(number(5)),
                party: id,
                sole: Some(id.0),
                ..link.clone()
            }));
            writes.push(Write::insert(&record::Tie {
                agency,
                id: TieId(number(8)),
                revision: 1,
                kind: TieKind::EmergencyContact,
                who: id,
                of: office.client,
                begins_at: now,
                ends_at: None,
                enrols_at: None,
                reference: None,
            }));
        }
        office.desk.store.commit(writes).expect("written");
        office
    }
}

fn main() {
    const TIMES: usize = 200;
    let (few, many) = (Office::new(FEW), Office::new(50_000));
    let can_see = |office: &Office| {
        for _ in 0..TIMES {
            let decision = office.desk.agency.can_see(office.payer, Resource::Calendar, office.client);
            assert!(decision.expect("a decision").allowed);
        }
    };
    let nobody = |office: &Office| {
        for _ in 0..TIMES {
            assert!(office.desk.agency.seen_by(Resource::Calendar, office.nobodys).expect("an answer").is_empty());
        }
    };
    let [of_few, of_many, by_few, by_many] =
        table::turns([&mut || can_see(&few), &mut || can_see(&many), &mut || nobody(&few), &mut || nobody(&many)]);
    table::growth("can_see, a payer of 2 and of 50,001 clients, SQLite", (TIMES, of_few), (TIMES, of_many), "");
    table::growth("seen_by, nobody, beside 1 and 50,000 grants, SQLite", (TIMES, by_few), (TIMES, by_many), "");
    let shown = |took| table::each(took, TIMES);
    table::reach("can-see", &format!("{}; {} with 50,001 clients", shown(of_few), shown(of_many)), "");
    let some = Office::with_contacts(100);
    let more = Office::with_contacts(1_000);
    let seen_by = |office: &Office, contacts: usize| {
        let seen = office.desk.agency.seen_by(Resource::Calendar, office.client).expect("an answer");
        assert_eq!(seen.len(), contacts + 1);
    };
    let [of_some, of_more] = table::turns([&mut || seen_by(&some, 100), &mut || seen_by(&more, 1_000)]);
    table::reach(
        "seen-by",
        &format!("{}; {}", table::each(of_more, 1), shown(by_many)),
        "a row of each of four tables for each contact",
    );
    table::growth("seen_by, each of the contacts of a client, SQLite", (100, of_some), (1_000, of_more), "");
}

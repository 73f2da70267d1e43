//! Acts on many people, and what the databases under them could do: beside the
//! same acts one by one, beside bare inserts of the same rows, and from few to
//! many.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::cell::Cell;

use carekey::agency::Invitee;
use carekey::invitation::OfficeAction;
use carekey::roster::Roster;
use carekey::store::record::Contact;
use carekey::store::{SqliteStore, Store, Write};
use carekey::words::Method;
use carekey::{AccountId, AgencyId, ContactId, PartyId};
use carekey_tests::desk::{Desk, go_on, quick};
use carekey_tests::postgres::Schema;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use time::Duration;
use uuid::Uuid;

fn main() {
    let on_server = std::env::var("CAREKEY_POSTGRES").is_ok();
    one_by_one(&Desk::sqlite(quick()), "SQLite");
    growing(Desk::sqlite, "SQLite");
    bare_sqlite();
    if on_server {
        one_by_one(&Desk::postgres(quick()), "PostgreSQL");
        growing(Desk::postgres, "PostgreSQL");
        copy();
    }
}

/// People to invite: added by a roster of clients' families without a message.
fn families(desk: &Desk, many: usize, of: &str) -> Vec<PartyId> {
    let rows: String = (0..many).map(|n| format!("F{of}x{n} Hale,f{of}x{n}@example.com,family\n")).collect();
    let office = desk.office().sending(carekey::agency::Sending::Later);
    let file = format!("name,email,role\n{rows}");
    let preview = office.preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview");
    let report = office.create(&preview, None, &mut go_on).expect("created");
    report.rows.iter().filter_map(|row| row.party).collect()
}

fn batch(desk: &Desk, parties: &[PartyId]) {
    let items: Vec<Invitee> = parties.iter().copied().map(Invitee::Party).collect();
    let action = OfficeAction::Invite;
    let rows = desk.office().batch(action, &items, None, desk.clock.now(), &mut go_on).expect("a batch");
    assert!(rows.iter().all(|row| row.done), "{:?}", rows.iter().find(|row| !row.done));
    desk.clock.advance(Duration::minutes(1));
}

fn one_by_one(desk: &Desk, on: &str) {
    const MANY: usize = 500;
    let turn = Cell::new(0);
    let next = || {
        turn.set(turn.get() + 1);
        families(desk, MANY, &format!("{on}{}", turn.get()))
    };
    let (ours, theirs): (Vec<_>, Vec<_>) = ((0..5).map(|_| next()).collect(), (0..5).map(|_| next()).collect());
    let (mut ours, mut theirs) = (ours.iter(), theirs.iter());
    let [together, apart] = table::turns([&mut || batch(desk, ours.next().expect("five turns")), &mut || {
        for party in theirs.next().expect("five turns") {
            desk.office().invite(Invitee::Party(*party), None).expect("invited");
        }
    }]);
    table::beside(&format!("invite 500, on {on}"), MANY, together, ("an act for each", apart), "each has its result");
}

fn growing(desk: fn(carekey::Policy) -> Desk, on: &str) {
    let timed = |many: usize| {
        let desk = desk(quick());
        let parties: Vec<Vec<PartyId>> = (0..5).map(|turn| families(&desk, many, &turn.to_string())).collect();
        let mut parties = parties.iter();
        let [took] = table::turns([&mut || batch(&desk, parties.next().expect("five turns"))]);
        (many, took)
    };
    table::growth(&format!("invite by a batch, on {on}"), timed(500), timed(10_000), "");
    let created = |many: usize| {
        let desk = desk(quick());
        let turn = Cell::new(0);
        let mut previews = (0..5)
            .map(|_| {
                turn.set(turn.get() + 1);
                let rows =
                    (0..many).map(|n| format!("C{}x{n} Moss,c{}x{n}@example.com,caregiver\n", turn.get(), turn.get()));
                let file = format!("name,email,role\n{}", rows.collect::<String>());
                desk.office().preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview")
            })
            .collect::<Vec<_>>()
            .into_iter();
        let [took] = table::turns([&mut || {
            let report =
                desk.office().create(&previews.next().expect("five turns"), None, &mut go_on).expect("created");
            assert!(report.stopped.is_none() && report.rows.iter().all(|row| row.account.is_some()));
        }]);
        (many, took)
    };
    table::growth(&format!("create, by activation link, on {on}"), created(1_000), created(10_000), "");
}

const ROWS: usize = 10_000;

fn contacts(agency: AgencyId, turn: u128) -> Vec<Contact> {
    let contact = |n: u128| Contact {
        agency,
        // In the order of time, as ids are.
        id: ContactId(Uuid::from_u128(turn << 64 | n)),
        revision: 1,
        account: AccountId(Uuid::from_u128((turn << 64 | n).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))),
        method: Method::Email,
        address: format!("Ann.Wright{turn}x{n}@example.com"),
        canonical: format!("ann.wright{turn}x{n}@example.com"),
        added_at: time::OffsetDateTime::UNIX_EPOCH,
        proven_at: None,
        objected_at: None,
    };
    (0..ROWS as u128).map(contact).collect()
}

fn bare_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("agency.db");
    let store = SqliteStore::open(&path).expect("a store");
    let mut bare = rusqlite::Connection::open(&path).expect("the file");
    bare.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536")
        .expect("as ours");
    let (mut turn, mut other) = (0, 1_000);
    let [ours, theirs] = table::turns([
        &mut || {
            turn += 1;
            let rows = contacts(AgencyId::of_code("104"), turn);
            store.commit(rows.iter().map(Write::insert).collect()).expect("inserted");
        },
        &mut || {
            other += 1;
            let rows = contacts(AgencyId::of_code("104"), other);
            let transaction = bare.transaction().expect("a transaction");
            {
                let mut insert = transaction
                    .prepare("INSERT INTO contact (agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .expect("a statement");
                for row in &rows {
                    let none: Option<i64> = None;
                    insert
                        .execute(rusqlite::params![
                            row.agency.0.as_bytes().as_slice(),
                            row.id.0.as_bytes().as_slice(),
                            row.revision,
                            row.account.0.as_bytes().as_slice(),
                            row.method.as_str(),
                            row.address,
                            row.canonical,
                            0i64,
                            none,
                            none
                        ])
                        .expect("inserted");
                }
            }
            transaction.commit().expect("committed");
        },
    ]);
    table::beside("10,000 rows into SQLite", ROWS, ours, ("bare prepared inserts", theirs), "1 is the floor");
}

fn copy() {
    let schema = Schema::new();
    let store = schema.store();
    let mut tool = schema.tool();
    let (mut turn, mut other) = (0, 1_000);
    let [ours, theirs] = table::turns([
        &mut || {
            turn += 1;
            let rows = contacts(AgencyId::of_code("104"), turn);
            store.commit(rows.iter().map(Write::insert).collect()).expect("inserted");
        },
        &mut || {
            other += 1;
            let rows = contacts(AgencyId::of_code("104"), other);
            let columns = "agency, id, revision, account, method, address, canonical, added_at, proven_at, objected_at";
            let mut transaction = tool.transaction().expect("a transaction");
            let into = transaction.copy_in(&format!("COPY contact ({columns}) FROM STDIN BINARY")).expect("a copy");
            let (id, text, number) = (Type::UUID, Type::TEXT, Type::INT8);
            let types = [&id, &id, &number, &id, &text, &text, &text, &number, &number, &number].map(Clone::clone);
            let mut writer = BinaryCopyInWriter::new(into, &types);
            for row in &rows {
                let none: Option<i64> = None;
                writer
                    .write(&[
                        &row.agency.0,
                        &row.id.0,
                        &row.revision,
                        &row.account.0,
                        &row.method.as_str(),
                        &row.address,
                        &row.canonical,
                        &0i64,
                        &none,
                        &none,
                    ])
                    .expect("a row");
            }
            writer.finish().expect("copied");
            transaction.commit().expect("committed");
        },
    ]);
    table::beside("10,000 rows into PostgreSQL", ROWS, ours, ("bare COPY", theirs), "the goal is 0.5");
}

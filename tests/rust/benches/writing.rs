//! Acts on many people, and what the databases under them could do: beside the
//! same acts one by one, beside bare inserts of the same rows, and from few to
//! many.
#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../../../core/benches/table/mod.rs"]
mod table;

use std::cell::Cell;
use std::io::{Read, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use carekey::agency::Invitee;
use carekey::invitation::OfficeAction;
use carekey::roster::{Preview, Roster};
use carekey::store::record::Contact;
use carekey::store::{SqliteStore, Store, Write};
use carekey::words::Method;
use carekey::{AccountId, AgencyId, ContactId, PartyId};
use carekey_tests::desk::{Desk, go_on, quick};
use carekey_tests::postgres::Schema;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;
use postgres::{Client, NoTls};
use time::Duration;
use uuid::Uuid;

fn main() {
    let on_server = std::env::var("CAREKEY_POSTGRES").is_ok();
    one_by_one(&Desk::sqlite(quick()), "SQLite");
    growing(Desk::sqlite, "SQLite");
    beside_others();
    bare_sqlite();
    inserts_of_all();
    if on_server {
        one_by_one(&Desk::postgres(quick()), "PostgreSQL");
        growing(Desk::postgres, "PostgreSQL");
        copy();
        copy_of_all();
        threads();
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
        if on == "SQLite" {
            let (theirs, _) = bare(&desk, |name| ["invitation", "message", "event"].contains(&name));
            let peer = ("bare inserts of its invitation, message and line of a history", theirs / 5);
            table::beside(
                &format!("invite {many} by a batch, on SQLite"),
                many,
                took,
                peer,
                "its party is written too",
            );
        }
        (many, took)
    };
    let (few, many) = (timed(500), timed(10_000));
    table::growth(&format!("invite by a batch, on {on}"), few, many, "");
    // It is said once, of both.
    let why = match on {
        "SQLite" => {
            "an invitation, its message, its line of the history and its party are written for each, with their indexes"
        }
        _ => "",
    };
    table::reach("batch", &format!("{} a second on {on}", table::rate(many.1, many.0)), why);
    let created = |many: usize| {
        let desk = desk(quick());
        let previews: Vec<Preview> = (0..5).map(|turn| caregivers(&desk, many, &turn.to_string())).collect();
        let mut previews = previews.iter();
        let [took] = table::turns([&mut || create(&desk, previews.next().expect("five turns"))]);
        (many, took)
    };
    let sizes = [1_000, 10_000, 50_000].map(created);
    for (many, took) in sizes {
        table::size("An account created, by activation link", on, many, (many, took));
    }
    let [few, some, many] = sizes;
    table::growth(&format!("create, by activation link, on {on}"), few, some, "");
    table::growth(&format!("create, by activation link, on {on}"), some, many, "");
}

fn caregivers(desk: &Desk, many: usize, of: &str) -> Preview {
    let rows = (0..many).map(|n| format!("C{of}x{n} Moss,c{of}x{n}@example.com,caregiver\n"));
    let file = format!("name,email,role\n{}", rows.collect::<String>());
    desk.office().preview(Roster::from_csv(file.as_bytes()).expect("a roster")).expect("a preview")
}

fn create(desk: &Desk, preview: &Preview) {
    let report = desk.office().create(preview, None, &mut go_on).expect("created");
    assert!(report.stopped.is_none() && report.rows.iter().all(|row| row.account.is_some()));
}

/// A roster created while somebody invites all the time.
fn beside_others() {
    const MANY: usize = 5_000;
    // Each turn in an agency of its own: in one that grows the later ones take longer.
    let offices = || {
        let made = (0..5).map(|_| {
            let desk = Desk::sqlite(quick());
            let parties = families(&desk, 500, "busy");
            let preview = caregivers(&desk, MANY, "new");
            (desk, parties, preview)
        });
        made.collect::<Vec<_>>().into_iter()
    };
    let (mut left, mut beset, mut acts) = (offices(), offices(), 0);
    let [alone, busy] = table::turns([
        &mut || {
            let (desk, _, preview) = left.next().expect("five turns");
            create(&desk, &preview);
        },
        &mut || {
            let (desk, parties, preview) = beset.next().expect("five turns");
            let (office, done) = (desk.office(), AtomicBool::new(false));
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    for party in &parties {
                        if done.load(Ordering::Relaxed) {
                            return;
                        }
                        office.invite(Invitee::Party(*party), None).expect("invited");
                        acts += 1;
                        std::thread::sleep(std::time::Duration::from_millis(50));
                    }
                    panic!("more parties are needed");
                });
                create(&desk, &preview);
                done.store(true, Ordering::Relaxed);
            });
        },
    ]);
    assert!(acts >= 5, "others came between");
    let ratio = busy.as_secs_f64() / alone.as_secs_f64();
    table::reach("create-busy", &format!("{ratio:.2} times alone"), "");
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

/// How long it takes to insert the rows of some tables of a desk's file, and how many
/// they are, into an empty file of the same tables and indexes: by SQLite alone, from
/// one file to the other, in one transaction.
fn bare(desk: &Desk, is_wanted: impl Fn(&str) -> bool) -> (std::time::Duration, usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("agency.db");
    drop(SqliteStore::open(&path).expect("a store"));
    let bare = rusqlite::Connection::open(&path).expect("the file");
    bare.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -131072")
        .expect("as ours");
    bare.execute("ATTACH ? AS made", [desk.file().to_str()]).expect("the other file");
    let named = |what: &str| -> Vec<String> {
        bare.prepare("SELECT name FROM main.sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'")
            .and_then(|mut select| select.query_map([what], |row| row.get(0))?.collect())
            .expect("names")
    };
    // Totals are rows among the others.
    for name in named("trigger") {
        bare.execute_batch(&format!("DROP TRIGGER main.\"{name}\"")).expect("none");
    }
    let names = named("table");
    for name in &names {
        bare.execute_batch(&format!("DELETE FROM main.\"{name}\"")).expect("empty");
    }
    let started = Instant::now();
    bare.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
    let wanted = names.iter().filter(|name| is_wanted(name));
    let rows = wanted.map(|name| {
        // With a condition, since SQLite takes over whole indexes as they are
        // without one, and that is no insert.
        let all = format!("INSERT INTO main.\"{name}\" SELECT * FROM made.\"{name}\" WHERE true");
        bare.execute(&all, []).expect("inserted")
    });
    let rows = rows.sum();
    bare.execute_batch("COMMIT").expect("committed");
    (started.elapsed(), rows)
}

/// Accounts created on desks, beside all the rows that they come to, written into the
/// same tables with the same indexes by the database alone: the shortest of ours and
/// of its, and how many rows it were.
fn created_beside(
    (on, desk): (&str, fn(carekey::Policy) -> Desk),
    many: usize,
    (peer, bare): (&str, impl Fn(&Desk) -> (std::time::Duration, usize)),
) -> (std::time::Duration, std::time::Duration, usize) {
    let turns = (0..3).map(|turn| {
        let desk = desk(quick());
        let preview = caregivers(&desk, many, &format!("all{turn}"));
        let started = Instant::now();
        create(&desk, &preview);
        (started.elapsed(), bare(&desk))
    });
    let turns: Vec<_> = turns.collect();
    let ours = turns.iter().map(|(ours, _)| *ours).min().expect("three turns");
    let (theirs, rows) = turns.iter().map(|(_, theirs)| *theirs).min().expect("three turns");
    let note = format!("{rows} rows into all tables");
    table::beside(&format!("create {many}, on {on}"), many, ours, (peer, theirs), &note);
    (ours, theirs, rows)
}

fn inserts_of_all() {
    let timed = |many: usize| {
        let peer = ("bare inserts of what it writes", |desk: &Desk| bare(desk, |_| true));
        created_beside(("SQLite", Desk::sqlite), many, peer)
    };
    let (few, many) = (10_000, 50_000);
    let ((_, of_few, _), (ours, of_many, rows)) = (timed(few), timed(many));
    table::growth("the same bare inserts", (few, of_few), (many, of_many), "");
    let floor = ours.as_secs_f64() / of_many.as_secs_f64();
    let value = format!("{} a second, of 50,000; {floor:.1} times bare inserts", table::rate(ours, many));
    let rows = rows as f64 / many as f64;
    let why = format!("{rows:.0} rows an account, with the indexes of all lists, beside Django's one");
    table::reach("create-sqlite", &value, &why);
}

fn copy_of_all() {
    const MANY: usize = 10_000;
    let peer = ("bare COPY of what it writes", copy_of);
    let (ours, theirs, _) = created_beside(("PostgreSQL", Desk::postgres), MANY, peer);
    let value = format!("{:.1} times the COPY", ours.as_secs_f64() / theirs.as_secs_f64());
    let rate = format!("{} a second", table::rate(ours, MANY));
    table::reach("create-postgres", &format!("{value}; {rate}"), "");
}

/// How long it takes to copy all rows of a desk's schema, and how many they are, into
/// an empty one.
fn copy_of(desk: &Desk) -> (std::time::Duration, usize) {
    let mut from = Client::connect(&desk.place(), NoTls).expect("the server");
    let (schema, mut rows) = (Schema::new(), 0);
    drop(schema.store());
    let mut into = schema.tool();
    let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
    let tables: Vec<(String, Vec<u8>)> = from
        .query(names, &[])
        .expect("tables")
        .into_iter()
        .map(|row| {
            let (name, mut bytes): (String, _) = (row.get(0), Vec::new());
            let mut out = from.copy_out(&format!("COPY \"{name}\" TO STDOUT BINARY")).expect("a copy");
            out.read_to_end(&mut bytes).expect("all of it");
            (name, bytes)
        })
        .collect();
    for (name, _) in &tables {
        // Totals are rows among the others.
        let bare = format!("TRUNCATE \"{name}\"; ALTER TABLE \"{name}\" DISABLE TRIGGER USER");
        into.batch_execute(&bare).expect("empty");
    }
    let started = Instant::now();
    let mut transaction = into.transaction().expect("a transaction");
    for (name, bytes) in &tables {
        let mut writer = transaction.copy_in(&format!("COPY \"{name}\" FROM STDIN BINARY")).expect("a copy");
        writer.write_all(bytes).expect("sent");
        rows += usize::try_from(writer.finish().expect("copied")).expect("so many");
    }
    transaction.commit().expect("committed");
    (started.elapsed(), rows)
}

/// Many threads that invite in one agency, each for itself.
fn threads() {
    const ACTS: usize = 320;
    let desk = Desk::postgres(quick());
    let invite = |threads: usize, parties: &[PartyId]| {
        std::thread::scope(|scope| {
            for some in parties.chunks(ACTS / threads) {
                let office = desk.office();
                scope.spawn(move || {
                    for party in some {
                        office.invite(Invitee::Party(*party), None).expect("invited");
                    }
                });
            }
        });
    };
    let parties: Vec<Vec<PartyId>> = (0..15).map(|turn| families(&desk, ACTS, &format!("t{turn}"))).collect();
    let (mut one, mut four, mut many) = (parties[..5].iter(), parties[5..10].iter(), parties[10..].iter());
    let [one, four, many] = table::turns([
        &mut || invite(1, one.next().expect("five turns")),
        &mut || invite(4, four.next().expect("five turns")),
        &mut || invite(16, many.next().expect("five turns")),
    ]);
    for (threads, took) in [(1, one), (4, four), (16, many)] {
        table::size("An invitation by one of several threads, PostgreSQL", "one agency", threads, (ACTS, took));
    }
    let rate = |took| table::rate(took, ACTS);
    table::reach("threads", &format!("{} a second; 4 threads {}; 1 thread {}", rate(many), rate(four), rate(one)), "");
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

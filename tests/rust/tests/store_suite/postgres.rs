//! What only a server can get wrong.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread;

use carekey::store::record::{Event, Party, Setting, TABLES, Throttle};
use carekey::store::{
    ColumnType, List, PostgresStore, SCHEMA_VERSION, Select, Store, StoreError, Table, TableColumn, Test, Value, Write,
};
use carekey::{AgencyId, Code, Directory};
use carekey_tests::postgres::{Schema, address, tool};
use carekey_tests::race::race;
use uuid::Uuid;

use crate::isolation::tenant;
use crate::rows::{agency, conflicts, find, known, party, put, throttle};
use crate::serial::{after, event};
use crate::totals::{agree, recounted, somebody};

fn refused(address: &str) -> StoreError {
    PostgresStore::open(address).expect_err("it is refused")
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn reopening_finds_everything() {
    let schema = Schema::new();
    let here = agency("104");
    let mut rows = [known(here, 1, "a"), known(here, 2, "b")];
    put(&schema.store(), &rows);
    let store = schema.store();
    assert_eq!(find::<Party>(&store, &Select::all::<Party>(here)), rows);
    assert!(conflicts(&store, vec![Write::insert(&known(here, 3, "a"))]));
    store.commit(vec![Write::update(&mut rows[0])]).expect("fresh");
    // A second store on the same schema, at the same time.
    assert_eq!(find::<Party>(&schema.store(), &Select::all::<Party>(here)), rows);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn many_may_make_the_tables_at_once() {
    let schema = Schema::new();
    let here = agency("104");
    thread::scope(|scope| {
        for number in 0..16 {
            let schema = &schema;
            scope.spawn(move || put(&schema.store(), &[party(here, number, "x")]));
        }
    });
    assert_eq!(schema.store().count(&Select::all::<Party>(here)).expect("a count"), 16);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn tables_and_indexes_are_those_of_the_records() {
    let schema = Schema::new();
    drop(schema.store());
    let mut tool = schema.tool();
    let mut texts = |sql: &str| {
        let mut texts: Vec<String> = tool.query(sql, &[]).expect("an answer").iter().map(|row| row.get(0)).collect();
        texts.sort();
        texts
    };
    let column = |table: &Table, column: &TableColumn| {
        let sort = match column.column_type {
            ColumnType::Int | ColumnType::Moment | ColumnType::Serial => "bigint",
            ColumnType::Bool => "boolean",
            ColumnType::Text => "text C",
            ColumnType::Bytes => "bytea",
            ColumnType::Id => "uuid",
        };
        let null = if column.nullable { "YES" } else { "NO" };
        format!("{} {} {sort} {null}", table.name, column.name)
    };
    let columns = TABLES.iter().flat_map(|table| table.columns.iter().map(|each| column(table, each)));
    let mut columns: Vec<String> = columns.collect();
    columns.sort();
    assert_eq!(
        texts(
            "SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable)
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name <> 'carekey_version'
             AND table_name NOT LIKE '%\\_totals'"
        ),
        columns
    );

    let mut indexes: Vec<String> = TABLES
        .iter()
        .flat_map(|table| {
            let index =
                |unique: bool, columns: &[&str]| format!("{} {unique} agency,{}", table.name, columns.join(","));
            let all = table.unique.iter().map(move |columns| index(true, columns));
            let key = [index(true, &["id"])];
            let list = move |list: &List| {
                let (by, beside) = (list.by.iter().copied(), list.columns().skip(list.by.len()));
                index(false, &by.chain(["id"]).chain(beside).collect::<Vec<_>>())
            };
            let all = all.chain(table.indexes.iter().map(move |columns| index(false, columns)));
            all.chain(table.lists.iter().map(list)).chain(key)
        })
        .collect();
    indexes.sort();
    assert_eq!(
        texts(
            "SELECT format('%s %s %s', indrelid::regclass, CASE WHEN indisunique THEN 'true' ELSE 'false' END,
                (SELECT string_agg(attname, ',' ORDER BY place)
                 FROM unnest(indkey) WITH ORDINALITY AS keys (number, place)
                 JOIN pg_attribute ON attrelid = indrelid AND attnum = number))
             FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
             WHERE relnamespace = current_schema()::regnamespace AND relname <> 'carekey_version'
             AND relname NOT LIKE '%\\_totals'"
        ),
        indexes
    );
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn tables_of_a_newer_release_are_refused() {
    let schema = Schema::new();
    put(&schema.store(), &[party(agency("104"), 1, "x")]);
    schema.tool().execute("UPDATE carekey_version SET version = version + 1", &[]).expect("one row");
    let found = refused(&schema.address());
    assert!(matches!(found, StoreError::Newer { found } if found == SCHEMA_VERSION + 1), "{found}");
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn tables_of_another_application_are_left_alone() {
    let schema = Schema::new();
    schema.tool().batch_execute("CREATE TABLE account (number integer); INSERT INTO account VALUES (7)").expect("one");
    assert!(matches!(refused(&schema.address()), StoreError::Damaged(_)));
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    assert_eq!(schema.tool().query_one(tables, &[]).expect("a count").get::<_, i64>(0), 1);
    assert_eq!(schema.tool().query_one("SELECT number FROM account", &[]).expect("a row").get::<_, i32>(0), 7);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn what_is_refused_says_no_secret() {
    let wrong = address().replacen("carekey:", "carekey:Lantern47", 1);
    let found = refused(&wrong);
    assert_eq!(found.to_string(), "unavailable: the server answered with the error 28P01");
    for malformed in ["postgres://", "postgres:secret", "postgres://a:secret@[", "postgres://u:secret@h/d?nothing=1"] {
        let found = refused(malformed);
        assert_eq!(found.to_string(), "unavailable: the address is not that of a PostgreSQL database", "{malformed}");
    }
    let nobody = "postgres://carekey:secret@127.0.0.1:1/postgres";
    assert_eq!(refused(nobody).to_string(), "unavailable: the server cannot be reached, or the connection broke");
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn connections_that_broke_are_replaced() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    put(&store, &[party(here, 1, "x")]);
    // As when the server was started anew, or a network forgot.
    let break_all = || {
        let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1";
        let ended = tool().query_one(ended, &[&schema.name()]).expect("a count");
        assert!(ended.get::<_, i64>(0) > 0);
    };
    for number in 2..6 {
        break_all();
        if number % 2 == 0 {
            put(&store, &[party(here, number, "x")]);
        } else {
            assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), number as u64 - 1);
            put(&store, &[party(here, number, "x")]);
        }
    }
    assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 5);
    for _ in 0..4 {
        break_all();
        assert_eq!(store.recount(here).expect("counted"), 0);
    }
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn two_commits_that_wait_for_each_other_are_a_conflict_of_one() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    put(&store, &[party(here, 1, "x"), party(here, 2, "y")]);
    let made = race(16, |racer| {
        let mut made = 0;
        for _ in 0..20 {
            let mut rows: Vec<Party> = find(&store, &Select::all::<Party>(here));
            if racer % 2 == 0 {
                rows.reverse();
            }
            match store.commit(rows.iter_mut().map(Write::update).collect()) {
                Ok(()) => made += 1,
                Err(StoreError::Conflict { table }) => assert_eq!(table, "party"),
                Err(other) => panic!("{other}"),
            }
        }
        made
    });
    let made: i64 = made.into_iter().sum();
    let rows: Vec<Party> = find(&store, &Select::all::<Party>(here));
    assert!(made > 0 && rows.iter().all(|row| row.revision == 1 + made), "{made}");
}

/// A store that would rather fail than end a deadlock.
fn unforgiving(schema: &Schema) -> PostgresStore {
    let own = format!("search_path%3D{}", schema.name());
    PostgresStore::open(&schema.address().replacen(&own, &format!("{own}%20-cdeadlock_timeout%3D600s"), 1))
        .expect("a store")
}

/// Rows are taken in one order, whether they are written or only guarded: where
/// two waited for each other, both would fail here.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn commits_that_guard_and_write_the_same_rows_do_not_wait_for_each_other() {
    let schema = Schema::new();
    let (store, here) = (unforgiving(&schema), agency("104"));
    put(&store, &(0..4).map(|number| party(here, number, "x")).collect::<Vec<_>>());
    put(&store, &(0..4).map(|number| throttle(here, number)).collect::<Vec<_>>());
    let made = race(8, |racer| {
        let mut made = 0;
        for round in 0..40 {
            let mut parties: Vec<Party> = find(&store, &Select::all::<Party>(here));
            let mut throttles: Vec<Throttle> = find(&store, &Select::all::<Throttle>(here));
            // Another quarter is left out, is written, or is guarded each time.
            let mut writes = Vec::new();
            let mut choose = |place: usize, write: Write, guard: Write| match (place + racer + round) % 4 {
                0 => {}
                1 => writes.push(write),
                _ => writes.push(guard),
            };
            for (place, row) in parties.iter_mut().enumerate() {
                let guard = Write::guard(row);
                choose(place, Write::update(row), guard);
            }
            for (place, row) in throttles.iter_mut().enumerate() {
                let guard = Write::guard(row);
                choose(place + 1, Write::update(row), guard);
            }
            if racer % 2 == 0 {
                writes.reverse();
            }
            made += usize::from(!conflicts(&store, writes));
        }
        made
    });
    assert!(made.into_iter().sum::<usize>() > 0);
}

/// Waits until a connection of the schema waits for a lock; not for what has
/// ended without.
fn until_it_waits<T>(schema: &Schema, commit: &thread::ScopedJoinHandle<'_, T>) {
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'";
    let mut tool = tool();
    while !commit.is_finished() && tool.query_one(waiting, &[&schema.name()]).expect("a count").get::<_, i64>(0) == 0 {
        thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_guard_is_held_against_what_it_had_to_wait_for() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    let (guarded, other) = (party(here, 1, "x"), party(here, 2, "y"));
    put(&store, &[guarded.clone(), other.clone()]);
    let change = "UPDATE party SET revision = revision + 1 WHERE name_key = 'x'";
    let end = "DELETE FROM party WHERE name_key = 'x'";
    for (statement, last, is_late) in [(change, "ROLLBACK", false), (change, "COMMIT", true), (end, "COMMIT", true)] {
        let now: Vec<Party> = find(&store, &Select::all::<Party>(here));
        let mut tool = schema.tool();
        tool.batch_execute(&format!("BEGIN; {statement}")).expect("the row is free");
        thread::scope(|scope| {
            let commit =
                scope.spawn(|| conflicts(&store, vec![Write::update(&mut now[1].clone()), Write::guard(&now[0])]));
            until_it_waits(&schema, &commit);
            tool.batch_execute(last).expect("the end");
            assert_eq!(commit.join().expect("no panic"), is_late, "{statement}; {last}");
        });
    }
    assert_eq!(find::<Party>(&store, &Select::all::<Party>(here))[0].revision, 2);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn many_may_rest_on_one_row_at_once() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    let (shared, mut mine) = (party(here, 1, "x"), party(here, 2, "y"));
    put(&store, &[shared.clone(), mine.clone()]);
    let mut other = schema.tool();
    other.batch_execute("BEGIN; SELECT FROM party WHERE name_key = 'x' FOR SHARE").expect("the row is free");
    // If it had to wait, it would fail at last.
    store.commit(vec![Write::guard(&shared), Write::update(&mut mine)]).expect("both rest on it");
    other.batch_execute("COMMIT").expect("the end");
}

// --- how many there are

#[test]
#[ignore = "needs a PostgreSQL server"]
fn what_is_out_of_step_is_counted_anew() {
    let schema = Schema::new();
    let (store, mut tool) = (schema.store(), schema.tool());
    recounted(&store, |sql| tool.execute(sql, &[]).expect(sql));
    let here = agency("106");
    put(&store, &[somebody(here, 1), somebody(here, 2)]);
    tool.batch_execute("TRUNCATE party").expect("emptied");
    assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 2, "no trigger saw it");
    assert_eq!(store.recount(here).expect("counted"), 2);
    agree(&store, here);
}

/// So many writes as have rows of totals put together.
fn written(here: AgencyId, first: i64) -> String {
    format!(
        "DO $$ BEGIN FOR number IN {first}..{first} + 249 LOOP
            INSERT INTO party (agency, id, revision, kind, roles, display_name, name_key, created_at)
            VALUES ('{}', gen_random_uuid(), 1, 'person', '', number::text, '', 0);
        END LOOP; END $$",
        here.0
    )
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn nobody_waits_for_totals() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    let all = Select::all::<Party>(here);
    put(&store, &[party(here, 1, "x")]);
    let mut other = schema.tool();
    other.batch_execute(&format!("BEGIN; {}", written(here, 0))).expect("written");
    // If one of these had to wait, it would fail at last.
    for number in 2..=300 {
        put(&store, &[party(here, number, "y")]);
    }
    assert_eq!(store.count(&all).expect("a count"), 300);
    other.batch_execute("COMMIT").expect("the end");
    assert_eq!(store.count(&all).expect("a count"), 550);
    other.batch_execute(&format!("BEGIN; {}; ROLLBACK", written(here, 250))).expect("nothing");
    assert_eq!(store.count(&all).expect("a count"), 550);
}

/// However many came and went, and whoever wrote them.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn totals_stay_few_rows() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    let mut tool = schema.tool();
    for round in 0..8 {
        tool.batch_execute(&written(here, round * 250)).expect("written");
    }
    tool.batch_execute("UPDATE party SET deleted_at = 1; DELETE FROM party WHERE display_name < '5'").expect("gone");
    agree(&store, here);
    let rows: i64 = tool.query_one("SELECT count(*) FROM party_totals", &[]).expect("a count").get(0);
    assert!(rows <= 110, "{rows}");
}

// --- whose key it is

const KEY: &[u8] = b"the fingerprint of a key";

/// The sequences of the lines that a follower is shown.
fn shown(store: &dyn Store, here: AgencyId) -> Vec<i64> {
    after(store, here, 0, 100).iter().map(|event| event.sequence).collect()
}

/// A commit has taken its number and cannot end; another, with a greater one,
/// has. Whoever was shown that one would pass the other by.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_smaller_number_that_comes_later_is_not_passed_by() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    put(&store, &[event(here, 1, 1)]);
    for (round, is_cut_off) in [(0, false), (1, true)] {
        let name = format!("taken {round}");
        let mut tool = schema.tool();
        let columns = "agency, id, revision, kind, roles, display_name, name_key, created_at, external_id";
        let row = "$1, gen_random_uuid(), 1, 'person', ',', 'x', 'x', 0, $2";
        tool.batch_execute("BEGIN").expect("a transaction");
        tool.execute(&format!("INSERT INTO party ({columns}) VALUES ({row})"), &[&here.0, &name]).expect("a row");
        let mut expected = shown(&store, here);
        let (slow, fast) = (10 + round * 10, 11 + round * 10);
        thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let taken = known(here, 100 + round as u128, &name);
                store.commit(vec![Write::insert(&event(here, 1, slow)), Write::insert(&taken)])
            });
            until_it_waits(&schema, &waiting);
            put(&store, &[event(here, 1, fast)]);
            assert_eq!(shown(&store, here), expected, "nothing is certain above the one under way");
            // Whoever asks for all that is there is shown it.
            assert_eq!(find::<Event>(&store, &Select::all::<Event>(here)).len(), expected.len() + 1);
            if is_cut_off {
                let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = $1 AND wait_event_type = 'Lock'";
                tool.query(end, &[&schema.name()]).expect("the end of a connection");
            } else {
                expected.push(slow);
            }
            tool.batch_execute("ROLLBACK").expect("the end");
            assert_eq!(waiting.join().expect("no panic").is_ok(), !is_cut_off);
        });
        expected.push(fast);
        assert_eq!(shown(&store, here), expected);
    }
}

/// A commit that reads how far the numbers are, and says so only after another
/// has ended, will take greater ones: whoever was shown that other one is shown
/// all up to it, whatever is held back from those who ask for all.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_bound_that_was_shown_stays_certain() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    put(&store, &[event(here, 1, 1), event(here, 1, 2), event(here, 1, 3)]);
    let last = after(&store, here, 0, 100)[1].serial.expect("a number").0;
    let mut late = schema.tool();
    let announce = "SELECT pg_advisory_xact_lock_shared(('event_serial'::regclass::oid::bigint - 2147483648)::int, 0)";
    late.batch_execute(&format!("BEGIN; {announce}")).expect("a transaction");
    assert_eq!(shown(&store, here), [0; 0]);
    let up_to = Select::all::<Event>(here).and("serial", Test::Below(Value::Int(last + 1))).by("serial", false);
    let found: Vec<i64> = find::<Event>(&store, &up_to).iter().map(|event| event.sequence).collect();
    assert_eq!(found, [1, 2]);
}

/// What others do on the server, however long, holds up nobody.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_long_transaction_of_others_holds_nothing_up() {
    let (schema, other) = (Schema::new(), Schema::new());
    let (store, here) = (schema.store(), agency("104"));
    drop(other.store());
    let mut tool = schema.tool();
    // One that writes, with a number of its own; and one of another schema's store.
    tool.batch_execute("BEGIN; SELECT txid_current(); CREATE TEMP TABLE of_others (x int)").expect("a transaction");
    let mut theirs = other.tool();
    let announce = "SELECT pg_advisory_xact_lock_shared(('event_serial'::regclass::oid::bigint - 2147483648)::int, 0)";
    theirs.batch_execute(&format!("BEGIN; {announce}")).expect("a transaction");
    put(&store, &[event(here, 1, 1), event(here, 1, 2)]);
    assert_eq!(shown(&store, here), [1, 2]);
    assert_eq!(shown(&other.store(), here), [0; 0]);
}

/// As a dump of the tables alone leaves it.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn numbers_go_on_above_those_that_are_there() {
    let schema = Schema::new();
    let here = agency("104");
    put(&schema.store(), &[tenant("104")]);
    put(&schema.store(), &[event(here, 1, 1), event(here, 1, 2), event(here, 1, 3)]);
    let last = |store: &PostgresStore| after(store, here, 0, 100).last().and_then(|event| event.serial);
    let before = last(&schema.store());
    schema.tool().batch_execute("ALTER SEQUENCE event_serial RESTART WITH 1").expect("a sequence");
    let store = schema.store();
    put(&store, &[event(here, 1, 4)]);
    assert!(last(&store) > before && before.is_some());
    assert_eq!(shown(&store, here), [1, 2, 3, 4]);
}

/// Those of totals too, or nobody could be added any more.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn totals_go_on_above_those_that_are_there() {
    let schema = Schema::new();
    let here = agency("104");
    put(&schema.store(), &[tenant("104")]);
    put(&schema.store(), &[party(here, 1, "x")]);
    put(&schema.store(), &[party(here, 2, "x")]);
    schema.tool().batch_execute("ALTER SEQUENCE party_totals_number_seq RESTART WITH 1").expect("a sequence");
    let store = schema.store();
    put(&store, &[party(here, 3, "x")]);
    agree(&store, here);
}

fn checked(schema: &Schema, fingerprint: &[u8]) -> Result<PostgresStore, StoreError> {
    PostgresStore::open_checked(&schema.address(), fingerprint)
}

/// The rows that the database itself has: the one with the fingerprint.
fn settings(store: &dyn Store) -> Vec<Setting> {
    find(store, &Select::all::<Setting>(AgencyId(Uuid::nil())))
}

/// Everything that lies in the schema, by the transactions that wrote it.
fn everything(schema: &Schema) -> Vec<String> {
    let mut tool = schema.tool();
    let mut texts =
        |sql: &str| -> Vec<String> { tool.query(sql, &[]).expect("an answer").iter().map(|row| row.get(0)).collect() };
    [
        "SELECT concat_ws(' ', oid, relname, relnatts, xmin) FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace ORDER BY oid",
        "SELECT concat_ws(' ', xmin, version) FROM carekey_version",
        "SELECT concat_ws(' ', xmin, setting) FROM setting ORDER BY id",
    ]
    .map(&mut texts)
    .concat()
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn older_tables_of_another_key_are_left_as_they_were() {
    let made = Schema::new();
    let key = settings(&checked(&made, KEY).expect("a new store")).remove(0);
    // As version 2 left them, the first that PostgreSQL has.
    let schema = Schema::new();
    let mut tool = schema.tool();
    let first = include_str!("../../../../core/src/store/postgres/migrations/0002_tables.sql");
    tool.batch_execute(&format!("{first}; UPDATE carekey_version SET version = 2")).expect("sql");
    tool.execute("INSERT INTO setting VALUES ($1, $2, 1, $3)", &[&key.agency.0, &key.id.0, &KEY]).expect("sql");
    let before = everything(&schema);
    for other in [b"another key".as_slice(), b"", &[KEY, b" "].concat()] {
        assert!(matches!(checked(&schema, other), Err(StoreError::OtherKey)));
    }
    assert_eq!(everything(&schema), before);
    assert_eq!(settings(&checked(&schema, KEY).expect("the right key")), [key]);
    let version: i64 = tool.query_one("SELECT version FROM carekey_version", &[]).expect("a version").get(0);
    assert_eq!(version, i64::from(SCHEMA_VERSION));
    // The key is looked at before any step is taken: this one cannot be.
    tool.execute("UPDATE carekey_version SET version = 1", &[]).expect("one row");
    assert!(matches!(checked(&schema, b"another key"), Err(StoreError::OtherKey)));
    assert!(matches!(checked(&schema, KEY), Err(StoreError::Damaged(_))));
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_schema_keeps_the_fingerprint_that_it_was_first_opened_with() {
    let schema = Schema::new();
    // One that nobody opened with a key is open to the first.
    assert_eq!(settings(&schema.store()), []);
    let store = checked(&schema, KEY).expect("the first");
    assert_eq!(settings(&store).iter().map(|row| row.value.as_slice()).collect::<Vec<_>>(), [KEY]);
    let before = everything(&schema);
    assert!(matches!(checked(&schema, b"another key"), Err(StoreError::OtherKey)));
    assert_eq!(settings(&checked(&schema, KEY).expect("the first")).len(), 1);
    assert_eq!(settings(&schema.store()).len(), 1);
    assert_eq!(everything(&schema), before);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn of_many_keys_new_tables_are_made_with_one() {
    for _ in 0..3 {
        let schema = Schema::new();
        let opened = race(8, |number| {
            let key = if number % 2 == 0 { KEY } else { b"another key" };
            match checked(&schema, key) {
                Ok(_) => Some(key),
                Err(StoreError::OtherKey) => None,
                Err(other) => panic!("{other}"),
            }
        });
        let row = settings(&schema.store()).remove(0);
        let with: Vec<&[u8]> = opened.into_iter().flatten().collect();
        assert_eq!(with, [row.value.as_slice(); 4]);
    }
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_directory_says_that_the_key_is_wrong() {
    let schema = Schema::new();
    drop(Directory::open(&schema.address(), &[7; 32]).expect("a new directory"));
    let before = everything(&schema);
    let wrong = Directory::open(&schema.address(), &[8; 32]).map(|_| ()).expect_err("another key");
    assert_eq!(wrong.code, Code::KeyWrong);
    assert_eq!(everything(&schema), before);
    Directory::open(&schema.address(), &[7; 32]).expect("its own key");
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn it_may_be_used_and_closed_in_an_asynchronous_program() {
    let schema = Schema::new();
    let here = agency("104");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = schema.store();
        put(&store, &[party(here, 1, "x")]);
        assert_eq!(store.count(&Select::all::<Party>(here)).expect("a count"), 1);
    });
}

/// Keeps what the client of the server logs.
struct Kept(Mutex<String>);

static LOG: Kept = Kept(Mutex::new(String::new()));

impl log::Log for Kept {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().expect("no thread panicked"), "{}", record.args()).expect("memory can be written");
    }

    fn flush(&self) {}
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn what_is_bound_is_not_logged() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    log::set_logger(&LOG).expect("no other logger");
    log::set_max_level(log::LevelFilter::Trace);
    put(&store, &[known(here, 1, "Lantern47")]);
    let one = Select::all::<Party>(here).is("external_id", "Lantern47".to_owned());
    let many = Select::all::<Party>(here).among("external_id", ["Lantern47".to_owned()]);
    assert_eq!([one, many].map(|select| find::<Party>(&store, &select).len()), [1, 1]);
    log::set_max_level(log::LevelFilter::Off);
    let logged = LOG.0.lock().expect("no thread panicked");
    assert!(logged.contains("with parameters: [id, id, int, text"), "it logs what it sends");
    assert!(logged.contains("list"));
    assert!(!logged.contains("Lantern47"));
}

/// The server's certificate is its own; whoever trusts it may go by TLS, and
/// nobody else goes without.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn tls_asks_for_a_certificate_that_is_trusted() {
    let schema = Schema::new();
    let secure = format!("{}&sslmode=require", schema.address());
    let found = refused(&secure);
    assert_eq!(found.to_string(), "unavailable: the server cannot be reached, or the connection broke");

    let certificate = std::env::var("CAREKEY_POSTGRES_CERT").expect("the certificate of the server");
    let trusting = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "postgres::a_child_that_trusts", "--include-ignored"])
        .env("SSL_CERT_FILE", certificate)
        .env(
            "CAREKEY_TEST_ADDRESS",
            secure.replace(schema.name(), "trusting").replacen(
                "search_path%3Dtrusting",
                &format!("search_path%3D{}", schema.name()),
                1,
            ),
        )
        .status()
        .expect("a child");
    assert!(trusting.success());
}

/// Nothing in a run of its own.
#[test]
#[ignore = "needs a PostgreSQL server"]
fn a_child_that_trusts() {
    let Ok(secure) = std::env::var("CAREKEY_TEST_ADDRESS") else { return };
    let (store, here) = (PostgresStore::open(&secure).expect("TLS"), agency("104"));
    put(&store, &[party(here, 1, "x")]);
    let used =
        "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'trusting'";
    assert!(tool().query_one(used, &[]).expect("one row").get::<_, bool>(0));
}

//! What only a server can get wrong.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread;

use carekey::store::record::{Party, TABLES};
use carekey::store::{ColumnType, PostgresStore, SCHEMA_VERSION, Select, Store, StoreError, Table, TableColumn, Write};
use carekey_tests::postgres::{Schema, address, tool};

use crate::rows::{agency, conflicts, find, known, party, put};

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
    assert_eq!(find::<Party>(&store, &Select::of::<Party>(here)), rows);
    assert!(conflicts(&store, vec![Write::insert(&known(here, 3, "a"))]));
    store.commit(vec![Write::update(&mut rows[0])]).expect("fresh");
    // A second store on the same schema, at the same time.
    assert_eq!(find::<Party>(&schema.store(), &Select::of::<Party>(here)), rows);
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
    assert_eq!(schema.store().count(&Select::of::<Party>(here)).expect("a count"), 16);
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
            ColumnType::Int | ColumnType::Moment => "bigint",
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
             WHERE table_schema = current_schema() AND table_name <> 'carekey_version'"
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
            all.chain(table.indexes.iter().map(move |columns| index(false, columns))).chain(key)
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
             WHERE relnamespace = current_schema()::regnamespace AND relname <> 'carekey_version'"
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
    for number in 2..6 {
        // As when the server was started anew, or a network forgot.
        let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1";
        let ended = tool().query_one(ended, &[&schema.name()]).expect("a count");
        assert!(ended.get::<_, i64>(0) > 0);
        if number % 2 == 0 {
            put(&store, &[party(here, number, "x")]);
        } else {
            assert_eq!(store.count(&Select::of::<Party>(here)).expect("a count"), number as u64 - 1);
            put(&store, &[party(here, number, "x")]);
        }
    }
    assert_eq!(store.count(&Select::of::<Party>(here)).expect("a count"), 5);
}

#[test]
#[ignore = "needs a PostgreSQL server"]
fn two_commits_that_wait_for_each_other_are_a_conflict_of_one() {
    let schema = Schema::new();
    let (store, here) = (schema.store(), agency("104"));
    put(&store, &[party(here, 1, "x"), party(here, 2, "y")]);
    let made = carekey_tests::race::race(16, |racer| {
        let mut made = 0;
        for _ in 0..20 {
            let mut rows: Vec<Party> = find(&store, &Select::of::<Party>(here));
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
    let rows: Vec<Party> = find(&store, &Select::of::<Party>(here));
    assert!(made > 0 && rows.iter().all(|row| row.revision == 1 + made), "{made}");
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
        assert_eq!(store.count(&Select::of::<Party>(here)).expect("a count"), 1);
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
    let one = Select::of::<Party>(here).is("external_id", "Lantern47".to_owned());
    let many = Select::of::<Party>(here).among("external_id", ["Lantern47".to_owned()]);
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

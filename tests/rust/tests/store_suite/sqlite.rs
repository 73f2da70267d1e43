//! What only a file can get wrong.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use carekey::store::record::{Party, Setting};
use carekey::store::{SCHEMA_VERSION, Select, SqliteStore, Store, StoreError, Write};
use carekey::{AgencyId, Code, Directory, RecordId, Role};
use carekey_tests::race::race;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use crate::rows::{agency, at, conflicts, find, known, numbers, party, put};
use crate::totals::{agree, recounted, somebody};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("agency.db");
    (folder, path)
}

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path).expect("a sound file")
}

/// A plain connection to the file, as any tool has.
fn tool(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("a file");
    connection.busy_timeout(Duration::from_secs(15)).expect("a timeout");
    connection
}

/// A release that keeps no totals is at work beside this one while an office changes
/// over: what it writes is counted too, and so is what this one does to its rows.
#[test]
fn whoever_writes_is_counted() {
    let (_folder, path) = folder();
    let (store, here) = (open(&path), agency("104"));
    put(&store, &(1..=40).map(|number| somebody(here, number)).collect::<Vec<_>>());
    let other = tool(&path);
    let copies = "INSERT INTO party (agency, id, revision, kind, roles, display_name, name_key, created_at, deleted_at)
        SELECT agency, randomblob(16), 1, kind, roles, display_name, name_key, created_at, deleted_at FROM party";
    for statement in [
        copies,
        "UPDATE party SET deleted_at = 5 WHERE roles = ',client,'",
        "UPDATE party SET kind = 'organization', roles = '' WHERE deleted_at IS NULL",
        "UPDATE party SET nickname = 'Bo'",
        "DELETE FROM party WHERE random() % 3 = 0",
        copies,
    ] {
        other.execute(statement, []).expect(statement);
        agree(&store, here);
    }
    let mut left: Vec<Party> = find(&store, &Select::all::<Party>(here));
    left.iter_mut().for_each(|row| row.roles = [Role::Payer].into());
    store.commit(left.iter_mut().map(Write::update).collect()).expect("fresh");
    agree(&store, here);
    store.commit(left.iter().map(Write::delete).collect()).expect("fresh");
    agree(&store, here);
}

#[test]
fn what_is_out_of_step_is_counted_anew() {
    let (_folder, path) = folder();
    let (store, other) = (open(&path), tool(&path));
    recounted(&store, |sql| other.execute(sql, []).expect(sql) as u64);
}

#[test]
fn reopening_finds_everything() {
    let (_folder, path) = folder();
    let here = agency("104");
    let mut rows = [known(here, 1, "a"), known(here, 2, "b")];
    put(&open(&path), &rows);
    let store = open(&path);
    assert_eq!(find::<Party>(&store, &Select::all::<Party>(here)), rows);
    assert!(conflicts(&store, vec![Write::insert(&known(here, 3, "a"))]));
    store.commit(vec![Write::update(&mut rows[0])]).expect("fresh");
    // A second store on the same file, at the same time.
    assert_eq!(find::<Party>(&open(&path), &Select::all::<Party>(here)), rows);
}

#[test]
fn an_update_writes_the_indexes_of_what_it_changes_and_no_others() {
    let (_folder, path) = folder();
    let here = agency("104");
    let store = open(&path);
    let mut people: Vec<Party> = (0..5_000).map(|number| known(here, number, &format!("P-{number}"))).collect();
    put(&store, &people);
    let log = path.with_extension("db-wal");
    let mut pages = |change: fn(&mut Party)| {
        tool(&path).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("checkpointed");
        assert_eq!(fs::metadata(&log).expect("the log").len(), 0);
        let of = &mut people[2_500];
        change(of);
        store.commit(vec![Write::update(of)]).expect("updated");
        (fs::metadata(&log).expect("the log").len() - 32) / (4_096 + 24)
    };
    assert_eq!(pages(|of| of.middle_name = Some("Ann".to_owned())), 1, "the page of the row");
    assert_eq!(pages(|of| of.external_id = Some("P-2500a".to_owned())), 2, "and that of its identifiers");
    pages(|of| of.deleted_at = Some(at(1)));
    assert_eq!(pages(|of| of.deleted_at = Some(at(2))), 1, "it stays one of its sort, which is not counted anew");
    let all: Vec<Party> = find(&store, &Select::all::<Party>(here).by("id", false));
    assert_eq!(all, people);
}

/// So many that each commit has a connection of its own.
#[test]
fn very_much_is_written_whole_or_not_at_all_and_what_it_opened_is_closed() {
    const MANY: u128 = 12_000;
    let (_folder, path) = folder();
    let here = agency("104");
    let store = open(&path);
    let people = |turn: u128| -> Vec<Party> {
        (turn * MANY..(turn + 1) * MANY).map(|number| known(here, number, &format!("P-{number}"))).collect()
    };
    put(&store, &people(0));
    let mut late = people(1);
    late.last_mut().expect("the last").external_id = Some("P-0".to_owned());
    assert!(conflicts(&store, late.iter().map(Write::insert).collect()), "the last has the identifier of another");
    let count = || u128::from(store.count(&Select::all::<Party>(here)).expect("counted"));
    assert_eq!(count(), MANY);
    let opened = open_files(&path);
    for turn in 1..4 {
        put(&store, &people(turn));
        // Its memory and its locks went with it: a small act is as ever.
        let mut first = known(here, turn * MANY, &format!("P-{}", turn * MANY));
        first.middle_name = Some("Ann".to_owned());
        store.commit(vec![Write::update(&mut first)]).expect("updated");
    }
    assert_eq!(count(), MANY * 4);
    assert_eq!(open_files(&path), opened);
}

/// How many descriptors of the file and of those beside it this process has open; none
/// that it can tell of on other systems than Linux.
fn open_files(path: &Path) -> usize {
    let folder = path.parent().expect("a folder");
    let Ok(open) = fs::read_dir("/proc/self/fd") else { return 0 };
    open.flatten().filter(|one| fs::read_link(one.path()).is_ok_and(|file| file.starts_with(folder))).count()
}

#[test]
fn many_threads_may_create_the_same_file() {
    let (_folder, path) = folder();
    let here = agency("104");
    thread::scope(|scope| {
        for number in 0..16 {
            let path = &path;
            scope.spawn(move || put(&open(path), &[party(here, number, "x")]));
        }
    });
    assert_eq!(open(&path).count(&Select::all::<Party>(here)).expect("a count"), 16);
}

#[test]
fn an_empty_file_counts_as_new() {
    let (_folder, path) = folder();
    fs::write(&path, b"").expect("a file");
    put(&open(&path), &[party(agency("104"), 1, "x")]);
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    let store = open(&path);
    put(&store, &[party(agency("104"), 1, "x")]);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.path()).expect("a folder") {
        let entry = entry.expect("an entry");
        assert_eq!(entry.metadata().expect("its metadata").permissions().mode() & 0o777, 0o600);
        names.push(entry.file_name().into_string().expect("a name"));
    }
    names.sort();
    assert_eq!(names, ["agency.db", "agency.db-shm", "agency.db-wal"]);
}

#[test]
fn closing_leaves_one_file_with_everything() {
    let (folder, path) = folder();
    let here = agency("104");
    let store = open(&path);
    put(&store, &[party(here, 1, "x")]);
    assert_eq!(numbers(&store, &Select::all::<Party>(here)), [1]);
    drop(store);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).expect("a copy");
    assert_eq!(numbers(&open(&copy), &Select::all::<Party>(here)), [1]);
}

#[test]
fn what_was_deleted_is_not_left_in_the_file() {
    let (_folder, path) = folder();
    let here = agency("104");
    let store = open(&path);
    let marker = b"sealed until it was sent";
    let value = marker.iter().copied().cycle().take(10_000).collect();
    let mut row = Setting { agency: here, id: RecordId(Uuid::from_u128(1)), revision: 1, value };
    put(&store, std::slice::from_ref(&row));
    row.value = vec![1];
    store.commit(vec![Write::update(&mut row)]).expect("fresh");
    drop(store);
    assert!(!path.with_file_name("agency.db-wal").exists());
    let bytes = fs::read(&path).expect("the file");
    assert!(!bytes.windows(marker.len()).any(|window| window == marker));
    assert_eq!(find::<Setting>(&open(&path), &Select::all::<Setting>(here)), [row]);
}

// --- files that are refused, and left as they were

/// The error, once it is sure that the file is the same as before.
fn refusal(path: &Path) -> StoreError {
    let before = fs::read(path).expect("the file");
    let error = SqliteStore::open(path).expect_err("to be refused");
    assert!(fs::read(path).expect("the file") == before, "the file was written to");
    error
}

#[test]
fn a_newer_file_is_refused() {
    let (_folder, path) = folder();
    drop(open(&path));
    tool(&path).pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("a version");
    assert!(matches!(refusal(&path), StoreError::Newer { found } if found == SCHEMA_VERSION + 1));
    tool(&path).pragma_update(None, "user_version", i32::MAX).expect("a version");
    assert!(matches!(refusal(&path), StoreError::Newer { found: 0x7fff_ffff }));
    tool(&path).pragma_update(None, "user_version", -1).expect("a version");
    assert!(matches!(refusal(&path), StoreError::Damaged(_)));
}

#[test]
fn a_file_of_another_application_is_refused() {
    let (_folder, path) = folder();
    tool(&path)
        .execute_batch("CREATE TABLE party (id INTEGER PRIMARY KEY); INSERT INTO party VALUES (1)")
        .expect("sql");
    assert!(matches!(refusal(&path), StoreError::Damaged("the database belongs to another application")));
    tool(&path).pragma_update(None, "application_id", 5).expect("an id");
    assert!(matches!(refusal(&path), StoreError::Damaged(_)));
}

/// Its latest commits are still in its log: moving them would be writing too.
#[test]
fn the_log_of_another_application_is_left_alone() {
    use rusqlite::config::DbConfig;
    let (_folder, path) = folder();
    let other = tool(&path);
    other.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).expect("a setting");
    other
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('x')")
        .expect("sql");
    drop(other);
    let log = path.with_file_name("agency.db-wal");
    let before = fs::read(&log).expect("a log");
    assert!(!before.is_empty());
    assert!(matches!(refusal(&path), StoreError::Damaged(_)));
    assert!(fs::read(&log).expect("a log") == before);
}

#[test]
fn what_is_not_a_database_is_refused() {
    let (_folder, path) = folder();
    // (SQLite itself counts a single byte as empty.)
    let texts: [&[u8]; 4] = [b"xy", b"Name,Email\nSue Wright,sue@example.com\n", b"SQLite format 3\0", &[0; 8192]];
    for bytes in texts {
        fs::write(&path, bytes).expect("a file");
        let error = refusal(&path);
        assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    let (_folder, path) = folder();
    put(&open(&path), &(0..200).map(|n| known(agency("104"), n, &format!("{n}"))).collect::<Vec<_>>());
    let whole = fs::read(&path).expect("the file");
    for length in [50, 100, 511, 512, 4096, 5000, whole.len() / 2, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).expect("a file");
        let error = refusal(&path);
        assert!(matches!(error, StoreError::Damaged(_)), "{length}: {error}");
    }
}

#[test]
fn a_row_that_carekey_did_not_write_is_noticed() {
    let (_folder, path) = folder();
    let here = agency("104");
    let store = open(&path);
    put(&store, &[party(here, 1, "x")]);
    tool(&path).execute("UPDATE party SET display_name = CAST(x'c328' AS TEXT)", []).expect("sql");
    assert!(matches!(store.find(&Select::all::<Party>(here)), Err(StoreError::Damaged(_))));
    tool(&path).execute_batch("DROP TABLE party").expect("sql");
    assert!(matches!(store.find(&Select::all::<Party>(here)), Err(StoreError::Damaged(_))));
    assert!(matches!(store.commit(vec![Write::insert(&party(here, 2, "x"))]), Err(StoreError::Damaged(_))));
}

#[test]
fn what_cannot_be_reached_is_unavailable() {
    let (folder, path) = folder();
    fs::write(&path, b"").expect("a file");
    let beyond = [path.join("inside a file.db"), folder.path().join("no/such/folder.db"), PathBuf::new()];
    for path in beyond.iter().map(PathBuf::as_path).chain([folder.path()]) {
        let error = SqliteStore::open(path).expect_err("no file there");
        assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
        // The text of an error does not tell where things are.
        assert!(!error.to_string().contains("folder") && !error.to_string().contains('/'), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_only_be_read_is_unavailable() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    drop(open(&path));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).expect("a permission");
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        return; // Root may write to everything.
    }
    assert!(matches!(refusal(&path), StoreError::Unavailable(_)));
}

// --- whose key it is

const KEY: &[u8] = b"the fingerprint of a key";

fn checked(path: &Path, fingerprint: &[u8]) -> Result<SqliteStore, StoreError> {
    SqliteStore::open_checked(path, fingerprint)
}

/// The rows that the file itself has: the one with the fingerprint.
fn settings(store: &dyn Store) -> Vec<Setting> {
    find(store, &Select::all::<Setting>(AgencyId(Uuid::nil())))
}

/// A file as version 1 left it, in that journal mode.
fn version_1(path: &Path, mode: &str) {
    let new = tempfile::tempdir().expect("a folder");
    let key = settings(&checked(&new.path().join("new.db"), KEY).expect("a new store")).remove(0);
    let tool = tool(path);
    tool.execute_batch(include_str!("../../../../core/src/store/sqlite/migrations/0001_tables.sql")).expect("sql");
    tool.execute(
        "INSERT INTO setting (agency, id, revision, value) VALUES (?1, ?2, 1, ?3)",
        (key.agency.0.as_bytes(), key.id.0.as_bytes(), KEY),
    )
    .expect("sql");
    tool.pragma_update(None, "application_id", i32::from_be_bytes(*b"care")).expect("an id");
    tool.pragma_update(None, "user_version", 1).expect("a version");
    assert_eq!(pragma(&tool, &format!("journal_mode = {mode}")), mode);
}

fn pragma(tool: &Connection, name: &str) -> String {
    let text = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    match tool.query_row(&format!("PRAGMA {name}"), [], text).expect("a pragma") {
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Integer(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Whether the file is refused for its key, and nothing changes.
fn is_of_another_key(path: &Path, fingerprint: &[u8]) -> bool {
    let names = |path: &Path| fs::read_dir(path.parent().expect("a folder")).expect("a folder").count();
    let (before, beside) = (fs::read(path).expect("the file"), names(path));
    let refused = matches!(checked(path, fingerprint), Err(StoreError::OtherKey));
    refused && fs::read(path).expect("the file") == before && names(path) == beside
}

#[test]
fn an_older_file_of_another_key_is_left_as_it_was() {
    for mode in ["delete", "wal"] {
        let (_folder, path) = folder();
        version_1(&path, mode);
        for other in [b"another key".as_slice(), b"", &[KEY, b" "].concat()] {
            assert!(is_of_another_key(&path, other));
        }
        assert_eq!(pragma(&tool(&path), "user_version"), "1");
        assert_eq!(pragma(&tool(&path), "journal_mode"), mode);
        let store = checked(&path, KEY).expect("the right key");
        assert_eq!(settings(&store).len(), 1);
        assert_eq!(pragma(&tool(&path), "user_version"), SCHEMA_VERSION.to_string());
        assert_eq!(pragma(&tool(&path), "journal_mode"), "wal");
    }
}

#[test]
fn a_store_keeps_the_fingerprint_that_it_was_first_opened_with() {
    let (_folder, path) = folder();
    // One that nobody opened with a key is open to the first.
    drop(open(&path));
    assert_eq!(settings(&open(&path)), []);
    let store = checked(&path, KEY).expect("the first");
    assert_eq!(settings(&store).iter().map(|row| row.value.as_slice()).collect::<Vec<_>>(), [KEY]);
    assert!(matches!(checked(&path, b"another key"), Err(StoreError::OtherKey)));
    put(&store, &[party(here(), 1, "x")]);
    drop(store);
    assert!(is_of_another_key(&path, b"another key"));
    assert_eq!(settings(&checked(&path, KEY).expect("the first")).len(), 1);
    assert_eq!(settings(&open(&path)).len(), 1);
}

/// What was committed last is still in its log: moving it would be writing.
#[test]
fn the_log_of_another_key_is_left_alone() {
    use rusqlite::config::DbConfig;
    let (_folder, path) = folder();
    version_1(&path, "wal");
    let writer = tool(&path);
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).expect("a setting");
    writer.execute_batch("INSERT INTO setting VALUES (zeroblob(16), zeroblob(16), 1, x'')").expect("sql");
    drop(writer);
    let log = path.with_file_name("agency.db-wal");
    let before = fs::read(&log).expect("a log");
    assert!(!before.is_empty());
    assert!(is_of_another_key(&path, b"another key"));
    assert!(fs::read(&log).expect("a log") == before);
    assert_eq!(settings(&checked(&path, KEY).expect("the right key")).len(), 2);
}

#[test]
fn of_many_keys_a_new_file_is_made_with_one() {
    for _ in 0..5 {
        let (_folder, path) = folder();
        let opened = race(12, |number| {
            let key = if number % 2 == 0 { KEY } else { b"another key" };
            match checked(&path, key) {
                Ok(_) => Some(key),
                Err(StoreError::OtherKey) => None,
                Err(other) => panic!("{other}"),
            }
        });
        let row = settings(&open(&path)).remove(0);
        let with: Vec<&[u8]> = opened.into_iter().flatten().collect();
        assert_eq!(with, [row.value.as_slice(); 6]);
    }
}

#[test]
fn a_directory_says_that_the_key_is_wrong() {
    let (_folder, path) = folder();
    let address = format!("sqlite:{}", path.display());
    drop(Directory::open(&address, &[7; 32]).expect("a new directory"));
    let before = fs::read(&path).expect("the file");
    let wrong = Directory::open(&address, &[8; 32]).map(|_| ()).expect_err("another key");
    assert_eq!(wrong.code, Code::KeyWrong);
    assert!(fs::read(&path).expect("the file") == before);
    Directory::open(&address, &[7; 32]).expect("its own key");
}

// --- other processes

/// Another process, and what it says.
struct Other {
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Other {
    /// Runs [`child`] in a process of its own.
    fn spawn(role: &str, path: &Path) -> Self {
        Self::run(Command::new(std::env::current_exe().expect("this very program")), role, path)
    }

    /// The same, where files cannot grow beyond a megabyte or two.
    #[cfg(unix)]
    fn spawn_confined(role: &str, path: &Path) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\""]);
        shell.arg(std::env::current_exe().expect("this very program"));
        Self::run(shell, role, path)
    }

    fn run(mut command: Command, role: &str, path: &Path) -> Self {
        let mut process = command
            .args(["--exact", "sqlite::child", "--nocapture"])
            .env("CAREKEY_TEST_ROLE", role)
            .env("CAREKEY_TEST_FILE", path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, output }
    }

    /// The rest of the next line that begins so; none at its end.
    fn says(&mut self, start: &str) -> Option<String> {
        let mut lines = self.output.by_ref().lines().map_while(Result::ok);
        lines.find_map(|line| line.strip_prefix(start).map(str::to_owned))
    }

    fn ends_well(mut self) -> bool {
        while self.says("").is_some() {}
        self.process.wait().expect("an end").success()
    }
}

fn here() -> AgencyId {
    agency("104")
}

const BY_CHILD: u128 = 1_000_000;

/// The other process of the tests below; by itself it does nothing.
#[test]
fn child() {
    let Ok(role) = std::env::var("CAREKEY_TEST_ROLE") else { return };
    let path = PathBuf::from(std::env::var("CAREKEY_TEST_FILE").expect("a file"));
    match role.as_str() {
        // Counts a row up a hundred times, and adds rows of its own.
        "count" => count_up(&open(&path), BY_CHILD + u128::from(std::process::id()) * 1000),
        // Opens the file at the same moment as others.
        "create" => put(&open(&path), &[party(here(), u128::from(std::process::id()), "x")]),
        // Says of each row that it is safe, until it is killed.
        "until killed" => {
            let store = open(&path);
            for number in 0.. {
                put(&store, &[party(here(), 2 * number, "x"), party(here(), 2 * number + 1, "x")]);
                println!("\nsafe {number}");
            }
        }
        // Writes until there is no more room, and says how many rows there are.
        "until full" => {
            let store = open(&path);
            let full = (0..1_000).find_map(|number| {
                let insert = Write::insert(&party(here(), number, &"x".repeat(100_000)));
                store.commit(vec![insert]).err().map(|error| (number, error))
            });
            let (rows, error) = full.expect("a limit");
            assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
            assert_eq!(store.count(&Select::all::<Party>(here())).expect("reading goes on"), rows as u64);
            println!("\nsafe {rows}");
        }
        // Holds the right to write for a second.
        "hold" => {
            let connection = tool(&path);
            connection.execute_batch("BEGIN IMMEDIATE").expect("the right to write");
            println!("\nheld");
            thread::sleep(Duration::from_secs(1));
            connection.execute_batch("COMMIT").expect("the end");
        }
        other => panic!("no such role: {other}"),
    }
}

fn count_up(store: &SqliteStore, first: u128) {
    for round in 0..100 {
        put(store, &[party(here(), first + round, "x")]);
        loop {
            let select = Select::all::<Party>(here()).is("id", Uuid::from_u128(0));
            let mut row = find::<Party>(store, &select).remove(0);
            row.display_name = (row.display_name.parse::<u32>().expect("a number") + 1).to_string();
            if !conflicts(store, vec![Write::update(&mut row)]) {
                break;
            }
        }
    }
}

#[test]
fn several_processes_write_at_the_same_time() {
    let (_folder, path) = folder();
    let store = open(&path);
    put(&store, &[party(here(), 0, "0")]);
    let others: Vec<Other> = (0..3).map(|_| Other::spawn("count", &path)).collect();
    count_up(&store, 1);
    assert!(others.into_iter().all(Other::ends_well));
    assert_eq!(store.count(&Select::all::<Party>(here())).expect("a count"), 401);
    let counter = Select::all::<Party>(here()).is("id", Uuid::from_u128(0));
    let row = find::<Party>(&store, &counter).remove(0);
    assert_eq!((row.display_name.as_str(), row.revision), ("400", 401));
}

#[test]
fn several_processes_may_create_the_same_file() {
    let (folder, _) = folder();
    for round in 0..5 {
        let path = folder.path().join(format!("{round}.db"));
        let others: Vec<Other> = (0..4).map(|_| Other::spawn("create", &path)).collect();
        assert!(others.into_iter().all(Other::ends_well));
        assert_eq!(open(&path).count(&Select::all::<Party>(here())).expect("a count"), 4);
    }
}

#[test]
fn what_was_committed_survives_the_death_of_the_process() {
    let (_folder, path) = folder();
    let mut other = Other::spawn("until killed", &path);
    let mut safe: u128 = 0;
    while safe < 50 {
        safe = other.says("safe ").expect("it does not end by itself").parse().expect("a number");
    }
    other.process.kill().expect("its death");
    while let Some(last) = other.says("safe ") {
        safe = last.parse().unwrap_or(safe); // The last line may be cut.
    }
    other.process.wait().expect("its end");
    let found = numbers(&open(&path), &Select::all::<Party>(here()));
    let rows = found.len() as u128;
    assert!(rows >= 2 * (safe + 1), "{rows} rows, but number {safe} was safe");
    assert_eq!(rows % 2, 0, "half a commit");
    assert_eq!(found, (0..rows).collect::<Vec<_>>());
}

#[test]
fn a_commit_waits_for_another_process() {
    let (_folder, path) = folder();
    let store = open(&path);
    let mut other = Other::spawn("hold", &path);
    other.says("held").expect("the right to write is held");
    // Reading goes on meanwhile.
    assert_eq!(store.count(&Select::all::<Party>(here())).expect("a count"), 0);
    put(&store, &[party(here(), 1, "x")]);
    assert!(other.ends_well());
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let (_folder, path) = folder();
    let mut other = Other::spawn_confined("until full", &path);
    let safe: u64 = other.says("safe ").expect("a full disk").parse().expect("a number");
    assert!(other.ends_well());
    assert!(safe > 0);
    let store = open(&path);
    assert_eq!(store.count(&Select::all::<Party>(here())).expect("a count"), safe);
    put(&store, &[party(here(), u128::MAX, "there is room again")]);
}

//! Opening the file.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{error, migrations};
use crate::store::{StoreError, StoreResult};

/// How long a connection waits while others write.
const PATIENCE: Duration = Duration::from_secs(15);

/// Statements that a connection keeps prepared: all writes, each update by what
/// changes, and the reads that come again and again.
const STATEMENTS: usize = 256;

/// What every connection needs.
///
/// The file may come from elsewhere: nothing in its schema is trusted to call
/// functions with effects, and damaged pages are noticed early. There is no
/// `mmap`, so that a file cut short is an error and not a signal.
const EVERY: &str = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;";

/// What the writing connection needs.
///
/// - `synchronous = FULL`: a code that was redeemed stays so after a power
///   failure. `fullfsync`: on Apple systems, too.
/// - `secure_delete = ON`: what a message had sealed, and the hashes of old
///   passwords, do not linger in free pages once they are removed. They may
///   in the write-ahead log, until it starts over; it is kept short.
/// - `cache_size`: 16 MiB, for acts on hundreds of people at once.
const WRITER: &str = "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -16384;";

/// What a connection needs besides to write very much: up to 128 MiB of the file
/// at hand. Indexes on names and digests are written all over, and what does not
/// fit is written early and read again.
const BULK: &str = "PRAGMA cache_size = -131072;";

/// The one connection that writes, once the file is known to be ours, of the
/// right key, and brought up to date.
pub(super) fn writer(path: &Path, fingerprint: Option<&[u8]>) -> StoreResult<Connection> {
    create(path).map_err(|failure| StoreError::Unavailable(failure.kind().to_string()))?;
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Until the file is known to be ours, closing must not move anything from
    // its write-ahead log into it.
    keep_log(&connection, true)?;
    let ready = match patiently(|| migrations::is_ready(&mut connection, fingerprint))? {
        Ok(ready) => ready,
        Err(refused) => {
            // Without a log there is nothing to move: closing only puts away
            // what opening laid beside the file.
            if std::fs::metadata(log(path)).is_ok_and(|log| log.len() == 0) {
                keep_log(&connection, false)?;
            }
            return Err(refused);
        }
    };
    keep_log(&connection, false)?;
    if connection.is_readonly("main").map_err(|failure| error::general(&failure))? {
        return Err(StoreError::Unavailable("the file may not be written to".to_owned()));
    }
    // Not under `busy_timeout`: two that change the mode at once fail at once.
    patiently(|| connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())))?;
    patiently(|| writes(&connection))?;
    if !ready {
        migrations::migrate(&mut connection, fingerprint)?;
    }
    Ok(connection)
}

/// A connection that writes one commit of very much, beside the one that writes as
/// a rule, which waits meanwhile.
///
/// SQLite goes through the places for all pages that a connection ever had at hand
/// when it forgets some, and that is at every second commit: after one of very much
/// each small one would take twice as long.
pub(super) fn bulk(path: &Path) -> StoreResult<Connection> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    patiently(|| writes(&connection))?;
    patiently(|| connection.execute_batch(BULK))?;
    Ok(connection)
}

/// Makes a connection one that writes for the store: what triggers do for others it
/// does by itself.
fn writes(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.execute_batch(WRITER)
}

/// What a commit waits for before it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// Until it is on the disk.
    ForDisk,
    /// Not even that: it is in the log, in its order.
    Not,
}

/// Says what the next commit of a connection waits for: before each, so that
/// none goes by what another one was told.
pub(super) fn wait_for_disk(connection: &Connection, wait: Wait) -> StoreResult<()> {
    let how = match wait {
        Wait::ForDisk => "PRAGMA synchronous = FULL",
        Wait::Not => "PRAGMA synchronous = NORMAL",
    };
    connection.execute_batch(how).map_err(|failure| error::general(&failure))
}

/// A connection that reads.
pub(super) fn reader(path: &Path) -> StoreResult<Connection> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn connect(path: &Path, access: OpenFlags) -> StoreResult<Connection> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = patiently(|| Connection::open_with_flags(path, flags))?;
    patiently(|| prepare(&connection))?;
    Ok(connection)
}

/// Creates the file, where there is none, for its owner's eyes only. SQLite
/// gives the files that it puts beside it the same permissions.
fn create(path: &Path) -> std::io::Result<()> {
    // POSIX drops all locks that a process has on a file when it closes one
    // descriptor of it: no other thread may open it between here and the close.
    static CREATING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = CREATING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(failure) if failure.kind() != ErrorKind::AlreadyExists => Err(failure),
        _ => Ok(()),
    }
}

/// Makes a connection ready, whatever it is for.
///
/// - A double-quoted word is the name of a column, never a text.
/// - Plans do not depend on the values bound. Otherwise SQLite prepares a
///   statement again whenever a value differs, and a find takes thrice as long.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    rusqlite::vtab::array::load_module(connection)?;
    connection.execute_batch(EVERY)
}

/// Where the write-ahead log of a file is.
fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Whether the log is left as it is when the last connection is closed.
fn keep_log(connection: &Connection, keep: bool) -> StoreResult<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)
        .map(|_| ())
        .map_err(|failure| error::general(&failure))
}

/// Tries again while others are in the way.
fn patiently<T>(mut attempt: impl FnMut() -> rusqlite::Result<T>) -> StoreResult<T> {
    let began = Instant::now();
    loop {
        match attempt() {
            Err(failure) if error::is_busy(&failure) && began.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            answer => return answer.map_err(|failure| error::general(&failure)),
        }
    }
}

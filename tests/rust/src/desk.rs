//! An agency to try things on: a directory with a clock that tests set, and
//! randomness from a seed.

mod mail;
mod people;
mod rows;
mod snapshot;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use carekey::agency::Environment;
use carekey::store::{MemoryStore, PostgresStore, Row, Select, SqliteStore, Store, StoreResult, ValueRef, Write};
use carekey::{Actor, Agency, AgencyId, AgencySettings, Directory, Office, Policy};
use rand::{CryptoRng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

use crate::postgres::Schema;

pub use mail::{Mail, code_in, digits_in, link_in, password_in, send_all};
pub use people::{GOOD, OTHER, Person, answers, new_person, new_staff, org, sign_in, twice};
pub use snapshot::Snapshot;

/// The key of every test's directory.
pub const KEY: [u8; 32] = [7; 32];

/// When every test begins.
pub const START: OffsetDateTime = datetime!(2026-03-02 09:00 UTC);

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// A clock that stands at [`START`].
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(0)))
    }

    /// The moment it shows.
    pub fn now(&self) -> OffsetDateTime {
        START + Duration::milliseconds(self.0.load(Ordering::SeqCst))
    }

    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.whole_milliseconds()).expect("not that long");
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Clock`], and for each act the next stream of a seed.
pub struct Room {
    clock: Clock,
    seed: u64,
    acts: AtomicU64,
}

impl Room {
    /// A room with that clock and that seed. Processes that share a file need
    /// seeds that differ.
    pub fn new(clock: Clock, seed: u64) -> Self {
        Self { clock, seed, acts: AtomicU64::new(0) }
    }
}

impl Environment for Room {
    fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    fn randomness(&self) -> carekey::Result<Box<dyn CryptoRng>> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        rng.set_stream(self.acts.fetch_add(1, Ordering::SeqCst));
        Ok(Box::new(rng))
    }
}

/// A store that the directory has, and the test too.
#[derive(Clone)]
pub struct Handle(Arc<dyn Store>);

impl Store for Handle {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.0.find(select)
    }

    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        self.0.find_each(selects)
    }

    fn look_through(&self, selects: &[Select], each: &mut dyn FnMut(usize, &[ValueRef<'_>])) -> StoreResult<()> {
        self.0.look_through(selects, each)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.0.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.0.commit(writes)
    }

    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.0.commit_ahead(writes)
    }

    fn recount(&self, agency: AgencyId) -> StoreResult<u64> {
        self.0.recount(agency)
    }
}

/// A directory with one agency, `104`, and what a test needs around it.
pub struct Desk {
    /// The directory.
    pub directory: Directory,
    /// The agency `104`.
    pub agency: Agency,
    /// The clock.
    pub clock: Clock,
    /// The store behind the directory.
    pub store: Handle,
    folder: Option<TempDir>,
    schema: Option<Schema>,
}

/// The policy of tests that have nothing to say about questions: as the
/// default, but nobody is asked any, so that an account is active sooner.
pub fn quick() -> Policy {
    let mut policy = Policy::default();
    policy.questions.count = 0;
    policy
}

/// The settings of an agency with that code.
pub fn settings(code: &str, policy: Policy) -> AgencySettings {
    let mut settings = AgencySettings::new(code, "Harbor Home Care", "https://portal.example.com");
    settings.policy = policy;
    settings
}

/// A progress that never stops the work.
pub fn go_on(_: carekey::agency::Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Support, as tests act.
pub fn support() -> Actor {
    Actor::Support("Pat Long".to_owned())
}

impl Desk {
    /// A desk on a memory store.
    pub fn memory(policy: Policy) -> Self {
        Self::over(Handle(Arc::new(MemoryStore::new())), None, policy)
    }

    /// A desk on a SQLite file in a folder of its own.
    pub fn sqlite(policy: Policy) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("agency.db")).expect("a new store");
        Self::over(Handle(Arc::new(store)), Some(folder), policy)
    }

    /// A desk on a PostgreSQL server, in a schema of its own.
    pub fn postgres(policy: Policy) -> Self {
        let schema = Schema::new();
        let desk = Self::over(Handle(Arc::new(schema.store())), None, policy);
        Self { schema: Some(schema), ..desk }
    }

    /// A desk on a store of the test's own.
    pub fn on(store: impl Store, policy: Policy) -> Self {
        Self::over(Handle(Arc::new(store)), None, policy)
    }

    /// A desk on a file that a desk was on before.
    pub fn on_file(store: SqliteStore, folder: TempDir) -> Self {
        let (store, clock) = (Handle(Arc::new(store)), Clock::new());
        let directory = Directory::with(store.clone(), &KEY, Room::new(clock.clone(), 2)).expect("the directory");
        let agency = directory.agency("104").expect("the agency");
        Self { directory, agency, clock, store, folder: Some(folder), schema: None }
    }

    fn over(store: Handle, folder: Option<TempDir>, policy: Policy) -> Self {
        let clock = Clock::new();
        let directory = Directory::with(store.clone(), &KEY, Room::new(clock.clone(), 1)).expect("a directory");
        let agency = directory.create_agency(settings("104", policy), &support()).expect("an agency");
        Self { directory, agency, clock, store, folder, schema: None }
    }

    /// The SQLite file.
    pub fn file(&self) -> PathBuf {
        self.folder.as_ref().expect("a desk on a file").path().join("agency.db")
    }

    /// Where the store is, for [`open_place`] in another process: the file, or
    /// the address of the schema.
    pub fn place(&self) -> String {
        match &self.schema {
            Some(schema) => schema.address(),
            None => self.file().to_str().expect("UTF-8").to_owned(),
        }
    }

    /// The same; nothing for a memory, which is nowhere.
    pub fn some_place(&self) -> Option<String> {
        (self.schema.is_some() || self.folder.is_some()).then(|| self.place())
    }

    /// The folder of the SQLite file, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(TempDir::path)
    }

    /// The folder of the SQLite file, given away: the desk is closed.
    pub fn close(self) -> TempDir {
        self.folder.expect("a desk on a file")
    }

    /// The agency with support acting.
    pub fn office(&self) -> Office {
        self.agency.acting_as(support())
    }

    /// The agency with that person acting.
    pub fn as_person(&self, person: &Person) -> Office {
        self.agency.acting_as(Actor::Account(person.account))
    }

    /// Another agency of the same directory.
    pub fn another(&self, code: &str) -> Agency {
        let policy = self.agency.settings().expect("settings").policy;
        self.directory.create_agency(settings(code, policy), &support()).expect("another agency")
    }

    /// All rows of all tables, as they are now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.directory, &self.store)
    }
}

/// Another process's directory on a file: its own connections, its own seed.
pub fn open_file(file: &Path, clock: Clock, seed: u64) -> Directory {
    let store = SqliteStore::open(file).expect("the file");
    Directory::with(store, &KEY, Room::new(clock, seed)).expect("the directory")
}

/// The same at the place of a desk, be it a file or a server.
pub fn open_place(place: &str, clock: Clock, seed: u64) -> Directory {
    if !place.starts_with("postgres:") {
        return open_file(Path::new(place), clock, seed);
    }
    let store = PostgresStore::open(place).expect("the server");
    Directory::with(store, &KEY, Room::new(clock, seed)).expect("the directory")
}

/// Runs each of these tests, `fn(&Desk)`, on every store, with a policy.
#[macro_export]
macro_rules! on_every_store {
    ($policy:expr; $($name:ident),+ $(,)?) => {
        mod on_memory {
            #[allow(unused_imports)]
            use super::*;
            $(
            #[test]
            fn $name() {
                super::$name(&carekey_tests::desk::Desk::memory($policy));
            }
            )+
        }
        mod on_sqlite {
            #[allow(unused_imports)]
            use super::*;
            $(
            #[test]
            fn $name() {
                super::$name(&carekey_tests::desk::Desk::sqlite($policy));
            }
            )+
        }
        mod on_postgres {
            #[allow(unused_imports)]
            use super::*;
            $(
            #[test]
            #[ignore = "needs a PostgreSQL server"]
            fn $name() {
                super::$name(&carekey_tests::desk::Desk::postgres($policy));
            }
            )+
        }
    };
}

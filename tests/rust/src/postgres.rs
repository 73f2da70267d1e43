//! The PostgreSQL server of the tests: `tests/postgres.sh` starts it. Tests
//! that need it are ignored where it is not there, and counted as skipped.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use carekey::store::PostgresStore;
use postgres::{Client, NoTls};

/// The address of the server, of a user who may make schemas.
pub fn address() -> String {
    std::env::var("CAREKEY_POSTGRES").expect("CAREKEY_POSTGRES: tests/rust/run.sh starts a server")
}

/// A plain connection to the server, as any tool has.
pub fn tool() -> Client {
    Client::connect(&address(), NoTls).expect("the server")
}

/// A schema of a test's own, gone when dropped.
pub struct Schema {
    name: String,
}

impl Schema {
    /// A new, empty one.
    #[allow(clippy::new_without_default, reason = "it makes something on a server")]
    pub fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Relaxed));
        tool().batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}")).expect("a schema");
        Self { name }
    }

    /// Its name, by which its connections go as well.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address of a store in it.
    pub fn address(&self) -> String {
        format!("{}?options=-csearch_path%3D{name}&application_name={name}", address(), name = self.name)
    }

    /// A store in it.
    pub fn store(&self) -> PostgresStore {
        PostgresStore::open(&self.address()).expect("a store")
    }

    /// A plain connection that looks into it.
    pub fn tool(&self) -> Client {
        let address = format!("{}?options=-csearch_path%3D{}", address(), self.name);
        Client::connect(&address, NoTls).expect("the server")
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // A test that failed may have left a transaction open; the server is
        // thrown away with all that is in it.
        let _ = tool().batch_execute(&format!("SET lock_timeout = '5s'; DROP SCHEMA {} CASCADE", self.name));
    }
}

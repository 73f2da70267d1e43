//! How the tables of the database become those of this release: by its own
//! steps, then by those of [all databases](crate::store::migrations).

use deadpool_postgres::Object;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Error, GenericClient, IsolationLevel};

use super::dialect::Postgres;
use super::{error, key, serial};
use crate::store::migrations::{OWN_STEPS, since};
use crate::store::{SCHEMA_VERSION, StoreError, StoreResult};

/// The version before the first step.
const BEFORE: u32 = 1;

/// The steps, the first leading from nothing to version 2. A released step is
/// never edited.
const STEPS: &[&str] =
    &[include_str!("migrations/0002_tables.sql"), include_str!("migrations/0003_contacts_and_links.sql")];

const _: () = assert!(STEPS.len() == (OWN_STEPS - BEFORE) as usize);

/// What programs that start at the same time wait for: the letters `carekey`.
const LOCK: i64 = i64::from_be_bytes(*b"\0carekey");

/// Takes the steps that the database has not taken yet, and leaves the
/// fingerprint where one is given and there is none: all of it, or nothing.
/// One that was made with another key is not written to.
pub(super) async fn migrate(connection: &mut Object, fingerprint: Option<&[u8]>) -> StoreResult<()> {
    let failed = |failure: Error| match failure.code() {
        Some(code) if *code == SqlState::DUPLICATE_TABLE || *code == SqlState::DUPLICATE_OBJECT => {
            StoreError::Damaged("the schema has tables of another application")
        }
        _ => error::general(&failure),
    };
    let encoding: String = connection.query_one("SHOW server_encoding", &[]).await.map_err(failed)?.get(0);
    if encoding != "UTF8" {
        return Err(StoreError::Damaged("the database is not in UTF-8"));
    }
    // Each statement sees what was committed while it waited, whatever the
    // server's default.
    let builder = connection.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
    let transaction = builder.start().await.map_err(failed)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(failed)?;
    let found = version(&*transaction).await.map_err(failed)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::Newer { found });
    }
    let left = match found {
        0 => fingerprint.is_none(),
        _ => key::is_left(&*transaction, fingerprint).await.map_err(failed)??,
    };
    if found == SCHEMA_VERSION && left {
        serial::catch_up(&*transaction).await.map_err(failed)?;
        return Ok(());
    }
    for step in STEPS.iter().skip((found.max(BEFORE) - BEFORE) as usize) {
        transaction.batch_execute(step).await.map_err(failed)?;
    }
    for step in since::<Postgres>(found) {
        transaction.batch_execute(&step).await.map_err(failed)?;
    }
    let version = i64::from(SCHEMA_VERSION);
    transaction.execute("UPDATE carekey_version SET version = $1", &[&version]).await.map_err(failed)?;
    if let (Some(fingerprint), false) = (fingerprint, left) {
        key::leave(&*transaction, fingerprint).await.map_err(failed)?;
        // Whoever leaves theirs by a commit does not wait for us.
        key::is_left(&*transaction, Some(fingerprint)).await.map_err(failed)??;
    }
    transaction.commit().await.map_err(failed)
}

/// The version of the tables in the schema, 0 for one without them.
async fn version(client: &impl GenericClient) -> Result<u32, Error> {
    let there = client.query_one("SELECT to_regclass('carekey_version') IS NOT NULL", &[]).await?;
    if !there.try_get::<_, bool>(0)? {
        return Ok(0);
    }
    let version: i64 = client.query_one("SELECT version FROM carekey_version", &[]).await?.try_get(0)?;
    Ok(u32::try_from(version).unwrap_or(u32::MAX))
}

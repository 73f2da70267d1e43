//! SQLite.
/// x
pub struct SqliteStore;

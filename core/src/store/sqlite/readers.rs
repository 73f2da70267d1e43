//! The connections that read.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use rusqlite::Connection;

use super::open;
use crate::store::StoreResult;

/// How many reads run at the same time; further ones wait for one of these.
const READERS: usize = 8;

/// Connections to a local file neither break nor time out, so that all there
/// is to do is to lend them. A general pool opens and closes them in threads
/// of its own; here they are closed when this is dropped, before the writer,
/// which as the last one moves the log into the file.
pub(super) struct Readers {
    path: PathBuf,
    /// Opened when they are first needed.
    slots: [Mutex<Option<Connection>>; READERS],
    /// Counts those who had to wait.
    turn: AtomicUsize,
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, slots: [const { Mutex::new(None) }; READERS], turn: AtomicUsize::new(0) }
    }

    /// Lends a connection.
    pub(super) fn lend<T>(&self, read: impl FnOnce(&Connection) -> StoreResult<T>) -> StoreResult<T> {
        let mut slot = self.slot();
        let connection = match slot.take() {
            Some(connection) => connection,
            None => open::reader(&self.path)?,
        };
        read(slot.insert(connection))
    }

    /// The first free slot, so that no more are opened than are needed; where
    /// all are lent, the next in turn.
    fn slot(&self) -> MutexGuard<'_, Option<Connection>> {
        let free = self.slots.iter().find_map(|slot| match slot.try_lock() {
            Ok(free) => Some(free),
            Err(TryLockError::Poisoned(free)) => Some(free.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        free.unwrap_or_else(|| {
            let [first, ..] = &self.slots;
            let turn = self.turn.fetch_add(1, Ordering::Relaxed) % READERS;
            self.slots.get(turn).unwrap_or(first).lock().unwrap_or_else(PoisonError::into_inner)
        })
    }
}

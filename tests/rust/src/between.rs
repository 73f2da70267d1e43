//! What comes between an act's reads, and between these and its commit.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use carekey::store::{MemoryStore, Row, Select, Store, StoreError, StoreResult, Write};

type Then<T> = Arc<Mutex<Option<T>>>;
type Doing = Box<dyn FnOnce() + Send>;

/// A store in which somebody else comes between two reads of an act, or between
/// these and its commit, and which dies after so many commits. A clone is the same
/// store.
#[derive(Clone)]
pub struct Between {
    store: MemoryStore,
    then: Then<Doing>,
    after: Then<(&'static str, Doing)>,
    commits_left: Arc<AtomicUsize>,
}

impl Default for Between {
    fn default() -> Self {
        let commits_left = Arc::new(AtomicUsize::new(usize::MAX));
        Self { store: MemoryStore::new(), then: Then::default(), after: Then::default(), commits_left }
    }
}

impl Between {
    /// Does that before the next commit.
    ///
    /// # Panics
    ///
    /// If another thread panicked in it.
    pub fn before_the_next(&self, then: impl FnOnce() + Send + 'static) {
        *self.then.lock().expect("no panic") = Some(Box::new(then));
    }

    /// Does that when a table was read the next time.
    ///
    /// # Panics
    ///
    /// If another thread panicked in it.
    pub fn after_reading(&self, table: &'static str, then: impl FnOnce() + Send + 'static) {
        *self.after.lock().expect("no panic") = Some((table, Box::new(then)));
    }

    /// Whether what comes before a commit is still to be done.
    ///
    /// # Panics
    ///
    /// As [`Between::before_the_next`].
    pub fn waits(&self) -> bool {
        self.then.lock().expect("no panic").is_some()
    }

    /// Dies after so many more commits.
    pub fn dies_after(&self, commits: usize) {
        self.commits_left.store(commits, Ordering::SeqCst);
    }

    /// Dies no more.
    pub fn lives(&self) {
        self.dies_after(usize::MAX);
    }
}

impl Store for Between {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        let found = self.store.find(select);
        let then = self.after.lock().expect("no panic").take_if(|(table, _)| *table == select.table.name);
        if let Some((_, then)) = then {
            then();
        }
        found
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        let then = self.then.lock().expect("no panic").take();
        if let Some(then) = then {
            then();
        }
        let left = self.commits_left.load(Ordering::SeqCst);
        if left == 0 {
            return Err(StoreError::Unavailable("killed".to_owned()));
        }
        self.commits_left.store(left - 1, Ordering::SeqCst);
        self.store.commit(writes)
    }
}

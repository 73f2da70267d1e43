//! Counting what an act asks of its store.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use carekey::store::{Row, Select, Store, StoreResult, Write};

/// How often each method of a store was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Calls {
    /// `find`.
    pub finds: u64,
    /// `count`.
    pub counts: u64,
    /// `commit`.
    pub commits: u64,
}

#[derive(Default)]
struct Counters {
    finds: AtomicU64,
    counts: AtomicU64,
    commits: AtomicU64,
}

/// A store that counts its calls. A clone counts on the same counters.
#[derive(Clone)]
pub struct Counting<S> {
    store: Arc<S>,
    counters: Arc<Counters>,
}

impl<S> Counting<S> {
    /// Counts the calls of that store.
    pub fn new(store: S) -> Self {
        Self { store: Arc::new(store), counters: Arc::default() }
    }

    /// The calls since the last time this was asked.
    pub fn take(&self) -> Calls {
        let take = |counter: &AtomicU64| counter.swap(0, Ordering::SeqCst);
        Calls {
            finds: take(&self.counters.finds),
            counts: take(&self.counters.counts),
            commits: take(&self.counters.commits),
        }
    }
}

impl<S: Store> Store for Counting<S> {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.counters.finds.fetch_add(1, Ordering::SeqCst);
        self.store.find(select)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.counters.counts.fetch_add(1, Ordering::SeqCst);
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.counters.commits.fetch_add(1, Ordering::SeqCst);
        self.store.commit(writes)
    }
}

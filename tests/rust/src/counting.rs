//! Counting what an act asks of its store, and what it hashes.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use carekey::store::{MemoryStore, Row, Select, Store, StoreResult, Value, ValueRef, Write};
use carekey::{AgencyId, Policy};
use uuid::Uuid;

use crate::desk::Desk;

/// What an act asked of its store, in the order in which it did: `find
/// account`, `count event`, `commit: update account, insert event`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calls(Vec<String>);

impl Calls {
    /// How many commits are among them.
    pub fn commits(&self) -> usize {
        self.0.iter().filter(|call| call.starts_with("commit")).count()
    }

    /// How many of these wait for the disk.
    pub fn waits(&self) -> usize {
        self.0.iter().filter(|call| call.starts_with("commit:")).count()
    }

    /// How many reads are among them.
    pub fn reads(&self) -> usize {
        self.0.len() - self.commits()
    }
}

/// Rows, each by its table and id.
pub type Rows = BTreeSet<(&'static str, Uuid)>;

#[derive(Default)]
struct Asked {
    calls: Calls,
    written: Rows,
}

/// A store that notes its calls. A clone notes them in the same place.
pub struct Counting<S> {
    store: Arc<S>,
    asked: Arc<Mutex<Asked>>,
}

impl<S> Clone for Counting<S> {
    fn clone(&self) -> Self {
        Self { store: Arc::clone(&self.store), asked: Arc::clone(&self.asked) }
    }
}

impl<S> Counting<S> {
    /// Notes the calls of that store.
    pub fn new(store: S) -> Self {
        Self { store: Arc::new(store), asked: Arc::default() }
    }

    /// The calls since the last time this was asked, and the rows that they
    /// wrote.
    pub fn take(&self) -> (Calls, Rows) {
        let asked = std::mem::take(&mut *self.asked.lock().expect("no panic"));
        (asked.calls, asked.written)
    }

    fn note(&self, call: String) {
        self.asked.lock().expect("no panic").calls.0.push(call);
    }
}

impl<S: Store> Store for Counting<S> {
    fn find(&self, select: &Select) -> StoreResult<Vec<Row>> {
        self.note(format!("find {}", select.table.name));
        self.store.find(select)
    }

    fn find_each(&self, selects: &[Select]) -> StoreResult<Vec<Vec<Row>>> {
        let tables: Vec<&str> = selects.iter().map(|select| select.table.name).collect();
        self.note(format!("find {}", tables.join(", ")));
        self.store.find_each(selects)
    }

    fn look_through(&self, selects: &[Select], each: &mut dyn FnMut(usize, &[ValueRef<'_>])) -> StoreResult<()> {
        let tables: Vec<&str> = selects.iter().map(|select| select.table.name).collect();
        self.note(format!("find {}", tables.join(", ")));
        self.store.look_through(selects, each)
    }

    fn count(&self, select: &Select) -> StoreResult<u64> {
        self.note(format!("count {}", select.table.name));
        self.store.count(select)
    }

    fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.note_commit("commit", &writes);
        self.store.commit(writes)
    }

    fn commit_ahead(&self, writes: Vec<Write>) -> StoreResult<()> {
        self.note_commit("commit ahead", &writes);
        self.store.commit_ahead(writes)
    }

    fn recount(&self, agency: AgencyId) -> StoreResult<u64> {
        self.store.recount(agency)
    }
}

impl<S> Counting<S> {
    fn note_commit(&self, how: &str, writes: &[Write]) {
        let written: Vec<(&str, &'static str, Uuid)> = writes.iter().map(kind_and_row).collect();
        let kinds: Vec<String> = written.iter().map(|(kind, table, _)| format!("{kind} {table}")).collect();
        self.note(format!("{how}: {}", kinds.join(", ")));
        let changed = written.into_iter().filter(|(kind, ..)| *kind != "guard").map(|(_, table, id)| (table, id));
        self.asked.lock().expect("no panic").written.extend(changed);
    }
}

fn kind_and_row(write: &Write) -> (&'static str, &'static str, Uuid) {
    let of_row = |row: &Row| match row.get(1) {
        Some(Value::Id(id)) => *id,
        other => panic!("an id, not {other:?}"),
    };
    let (kind, id) = match write {
        Write::Insert { row, .. } => ("insert", of_row(row)),
        Write::Update { row, .. } => ("update", of_row(row)),
        Write::Delete { id, .. } => ("delete", *id),
        Write::Guard { id, .. } => ("guard", *id),
        Write::Follow { ids, .. } => ("follow", ids.first().copied().expect("one to follow")),
    };
    (kind, write.table().name, id)
}

/// A desk whose store is counted, with hashes that cost nearly nothing.
pub struct Counted {
    /// The desk.
    pub desk: Desk,
    store: Counting<MemoryStore>,
}

/// What an act cost, and its answer as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// What it asked of the store.
    pub calls: Calls,
    /// How many hashes it took.
    pub hashes: u64,
    /// Its answer.
    pub answer: String,
}

impl Cost {
    /// The same without what its commits write: for acts at names of which
    /// different things were counted before.
    pub fn outline(&self) -> Self {
        let calls = self.calls.0.iter().map(|call| call.split(':').take(1).collect()).collect();
        Self { calls: Calls(calls), ..self.clone() }
    }
}

impl Counted {
    /// A desk on a memory store.
    pub fn new(policy: Policy) -> Self {
        let store = Counting::new(MemoryStore::new());
        let desk = Desk::on(store.clone(), policy);
        desk.cheap_hashes();
        Self { desk, store }
    }

    /// What an act costs.
    pub fn cost<T: Debug>(&self, act: impl FnOnce(&Desk) -> T) -> (Cost, T) {
        let hashes = self.desk.directory.hash_operations();
        self.store.take();
        let answer = act(&self.desk);
        let (calls, _) = self.store.take();
        let hashes = self.desk.directory.hash_operations() - hashes;
        (Cost { calls, hashes, answer: format!("{answer:?}") }, answer)
    }

    /// The rows that an act writes.
    pub fn rows<T>(&self, act: impl FnOnce(&Desk) -> T) -> (Rows, T) {
        self.store.take();
        let answer = act(&self.desk);
        (self.store.take().1, answer)
    }
}

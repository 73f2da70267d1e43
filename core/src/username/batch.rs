//! Who has which name within one batch (rules U4, U5).

use std::collections::HashMap;
use std::sync::Arc;

use super::canonical::skeleton;
use super::suggest::FIRST_NUMBER;
use super::taken::{Clash, Taken};
use crate::finding::{Code, Finding};

/// The names in use, those that lines of the batch have claimed, and those
/// that are held for lines as their first suggestion.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// Shared: a preview that is judged again begins from the same names.
    taken: Arc<Taken>,
    /// By skeleton: the name and the line that has it.
    claimed: HashMap<Arc<str>, (Box<str>, u64)>,
    /// By skeleton: the line for which it is held.
    held: HashMap<Arc<str>, u64>,
    /// What each line claimed, by its skeleton.
    claims: HashMap<u64, Arc<str>>,
    /// What is held for each line.
    holds: HashMap<u64, Hold>,
    /// Below this number every numbered name of that plain name was found in
    /// use, so that the thousandth J Smith is not compared with 999 others.
    numbers: HashMap<String, u64>,
    /// How many names were tried.
    #[cfg(test)]
    pub(super) probes: Arc<core::sync::atomic::AtomicU64>,
}

/// A name that is held.
#[derive(Debug, Clone)]
struct Hold {
    skeleton: Arc<str>,
    /// The number from which on it was looked for numbered names.
    from: u64,
    /// Where the name is a numbered one: the plain name and the number.
    number: Option<(Box<str>, u64)>,
}

impl Batch {
    pub(super) fn new(taken: Taken) -> Self {
        Self { taken: Arc::new(taken), ..Self::default() }
    }

    /// What a name clashes with, for a line whose person has or had the names
    /// that `is_own` knows. What is merely held for another line can be claimed.
    pub(super) fn clash(
        &self,
        (name, canonical): (&str, &str),
        skeleton: &str,
        is_own: impl Fn(&str) -> bool,
    ) -> Option<Finding> {
        let confusable = |other: &str| {
            Finding::new(Code::UsernameConfusable, "username").with("username", name).with("other", other)
        };
        match self.taken.find_beside(skeleton, canonical, is_own) {
            Some(Clash::Taken) => Some(Finding::new(Code::UsernameTaken, "username").with("username", name)),
            Some(Clash::Retired) => Some(Finding::new(Code::UsernameRetired, "username").with("username", name)),
            Some(Clash::Confusable(other)) => Some(confusable(&other)),
            None => match self.claimed.get(skeleton)? {
                (claimed, line) if **claimed == *canonical => Some(
                    Finding::new(Code::UsernameTakenInRoster, "username").with("username", name).with("line", *line),
                ),
                (claimed, _) => Some(confusable(claimed)),
            },
        }
    }

    /// Whether a name can be suggested to a line: nobody has it, and it is not
    /// held for any of the lines that `before` knows.
    pub(super) fn is_free(&self, canonical: &str, skeleton: &str, before: impl Fn(u64) -> bool) -> bool {
        #[cfg(test)]
        self.probes.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
        self.taken.find_beside(skeleton, canonical, |_| false).is_none()
            && !self.claimed.contains_key(skeleton)
            && self.held.get(skeleton).is_none_or(|holder| !before(*holder))
    }

    /// Gives a free name to a line, whatever it had or held before.
    pub(super) fn claim(&mut self, line: u64, canonical: &str, skeleton: &str) {
        self.release(line);
        let skeleton: Arc<str> = skeleton.into();
        self.claimed.insert(Arc::clone(&skeleton), (canonical.into(), line));
        self.claims.insert(line, skeleton);
    }

    /// Keeps a free name back for a line, for which it was looked for numbered
    /// names from a number on.
    pub(super) fn hold(&mut self, line: u64, name: &str, from: u64, number: Option<(String, u64)>) {
        self.release(line);
        let skeleton: Arc<str> = skeleton(name).into();
        self.held.insert(Arc::clone(&skeleton), line);
        let number = number.map(|(plain, number)| (plain.into(), number));
        self.holds.insert(line, Hold { skeleton, from, number });
    }

    /// The number from which on numbered names were looked for when the one
    /// that is held for a line was found: those below were in use.
    pub(super) fn held_from(&self, line: u64) -> Option<u64> {
        self.holds.get(&line).map(|hold| hold.from)
    }

    /// Takes from a line what it claimed or held.
    pub(super) fn release(&mut self, line: u64) {
        if let Some(skeleton) = self.claims.remove(&line)
            && self.claimed.get(&skeleton).is_some_and(|(_, claimer)| *claimer == line)
        {
            self.claimed.remove(&skeleton);
        }
        let Some(hold) = self.holds.remove(&line) else { return };
        if self.held.get(&hold.skeleton) == Some(&line) {
            self.held.remove(&hold.skeleton);
        }
        if let Some((plain, number)) = hold.number {
            self.numbers.entry(plain.into()).and_modify(|next| *next = number.min(*next));
        }
    }

    /// The first number worth trying after that plain name.
    pub(super) fn next_number(&self, plain: &str) -> u64 {
        self.numbers.get(plain).copied().unwrap_or(FIRST_NUMBER)
    }

    /// All numbers below are in use.
    pub(super) fn set_next_number(&mut self, plain: &str, number: u64) {
        match self.numbers.get_mut(plain) {
            Some(next) => *next = number,
            None => drop(self.numbers.insert(plain.to_owned(), number)),
        }
    }
}

//! Who has which name within one batch (rules U4, U5).

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;

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
    claims: Claims,
    /// By skeleton: the line for which it is held.
    held: HashMap<Arc<str>, u64>,
    /// What is held for each line.
    holds: HashMap<u64, Hold>,
    /// Below this number every numbered name of that plain name was found in
    /// use, so that the thousandth J Smith is not compared with 999 others.
    numbers: HashMap<String, u64>,
    /// How many names were tried.
    #[cfg(test)]
    pub(super) probes: Arc<core::sync::atomic::AtomicU64>,
}

/// The names that lines have claimed, no two of which look alike: one for each
/// line. A census has as many as rows, so that both ways to find one lead to it
/// by its place.
#[derive(Debug, Clone, Default)]
struct Claims {
    hasher: RandomState,
    all: Vec<Claim>,
    by_look: HashTable<usize>,
    by_line: HashTable<usize>,
}

#[derive(Debug, Clone)]
struct Claim {
    line: u64,
    look: Look,
    canonical: Box<str>,
}

/// The skeleton of a name, hashed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look(u64);

impl Claims {
    fn of_look(&self, canonical: &str, look: Look) -> Option<&Claim> {
        // Two of one hash look alike, but for a chance that is left to nobody.
        let alike = |claim: &&Claim| claim.look == look && skeleton(&claim.canonical) == skeleton(canonical);
        let at = self.by_look.find(look.0, |at| self.all.get(*at).as_ref().is_some_and(alike))?;
        self.all.get(*at)
    }

    fn add(&mut self, claim: Claim) {
        let Self { hasher, all, by_look, by_line } = self;
        let (at, look, line) = (all.len(), claim.look, claim.line);
        all.push(claim);
        let look_at = |at: &usize| all.get(*at).map_or(0, |claim| claim.look.0);
        by_look.insert_unique(look.0, at, look_at);
        let line_at = |at: &usize| all.get(*at).map_or(0, |claim| hasher.hash_one(claim.line));
        by_line.insert_unique(hasher.hash_one(line), at, line_at);
    }

    fn remove(&mut self, line: u64) {
        let Self { hasher, all, by_look, by_line } = self;
        let is_of_line = |at: &usize| all.get(*at).is_some_and(|claim| claim.line == line);
        let Ok(found) = by_line.find_entry(hasher.hash_one(line), is_of_line) else { return };
        let (at, _) = found.remove();
        let removed = all.swap_remove(at);
        if let Ok(found) = by_look.find_entry(removed.look.0, |other| *other == at) {
            found.remove();
        }
        // The last one has its place now.
        let (Some(moved), last) = (all.get(at), all.len()) else { return };
        for place in [
            by_look.find_mut(moved.look.0, |other| *other == last),
            by_line.find_mut(hasher.hash_one(moved.line), |other| *other == last),
        ] {
            place.into_iter().for_each(|place| *place = at);
        }
    }
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

    /// Adds names of people who were deleted.
    #[cfg(feature = "engine")]
    pub(super) fn retire(&mut self, names: &[String]) {
        if !names.is_empty() {
            let taken = Arc::make_mut(&mut self.taken);
            names.iter().for_each(|name| taken.insert_retired(name));
        }
    }

    /// What a name looks like.
    pub(super) fn look(&self, skeleton: &str) -> Look {
        Look(self.claims.hasher.hash_one(skeleton))
    }

    /// What a name in use clashes with, for a line whose person has or had the
    /// names that `is_own` knows: the same, whatever the batch has claimed.
    pub(super) fn clash_in_use(
        &self,
        (name, canonical): (&str, &str),
        skeleton: &str,
        is_own: impl Fn(&str) -> bool,
    ) -> Option<Finding> {
        let finding = |code| Finding::new(code, "username").with("username", name);
        Some(match self.taken.find_beside(skeleton, canonical, is_own)? {
            Clash::Taken => finding(Code::UsernameTaken),
            Clash::Retired => finding(Code::UsernameRetired),
            Clash::Confusable(other) => finding(Code::UsernameConfusable).with("other", other),
        })
    }

    /// What a name clashes with that a line has claimed. What is merely held for
    /// another line can be claimed.
    pub(super) fn clash_in_batch(&self, (name, canonical): (&str, &str), look: Look) -> Option<Finding> {
        let claim = self.claims.of_look(canonical, look)?;
        let finding = |code| Finding::new(code, "username").with("username", name);
        Some(match *claim.canonical == *canonical {
            true => finding(Code::UsernameTakenInRoster).with("line", claim.line),
            false => finding(Code::UsernameConfusable).with("other", &*claim.canonical),
        })
    }

    /// Whether a name can be suggested to a line: nobody has it, and it is not
    /// held for any of the lines that `before` knows.
    pub(super) fn is_free(&self, canonical: &str, skeleton: &str, before: impl Fn(u64) -> bool) -> bool {
        #[cfg(test)]
        self.probes.fetch_add(1, core::sync::atomic::Ordering::Relaxed);
        self.taken.find_beside(skeleton, canonical, |_| false).is_none()
            && self.claims.of_look(canonical, self.look(skeleton)).is_none()
            && self.held.get(skeleton).is_none_or(|holder| !before(*holder))
    }

    /// Gives a free name to a line, whatever it had or held before.
    pub(super) fn claim(&mut self, line: u64, canonical: &str, look: Look) {
        self.release(line);
        self.claims.add(Claim { line, look, canonical: canonical.into() });
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
        self.claims.remove(line);
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

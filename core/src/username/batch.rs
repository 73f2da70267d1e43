//! Who has which name within one batch (rules U4, U5).

use std::collections::HashMap;
use std::sync::Arc;

use super::canonical::skeleton;
use super::taken::{Clash, Taken};
use crate::finding::{Code, Finding};

/// The names in use, those that lines of the batch have claimed, and those
/// that are held for lines as their first suggestion.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// Shared: a preview that is judged again begins from the same names.
    taken: Arc<Taken>,
    /// By skeleton: the name and the line that has it.
    claimed: HashMap<String, (String, u64)>,
    /// By skeleton: the line for which it is held.
    held: HashMap<String, u64>,
    /// What each line claimed or holds, by its skeleton.
    lines: HashMap<u64, Place>,
    /// Below this number every numbered name of that plain name was found in
    /// use, so that the thousandth J Smith is not compared with 999 others.
    numbers: HashMap<String, u64>,
    #[cfg(test)]
    pub(super) probes: u64,
}

#[derive(Debug, Clone)]
struct Place {
    skeleton: String,
    /// Where the name is a numbered one: the plain name and the number.
    number: Option<(String, u64)>,
}

impl Batch {
    pub(super) fn new(taken: Taken) -> Self {
        Self { taken: Arc::new(taken), ..Self::default() }
    }

    /// What a name clashes with, for a line whose person has or had the names
    /// that `is_own` knows. What is merely held for another line can be claimed.
    pub(super) fn clash(&self, name: &str, canonical: &str, is_own: impl Fn(&str) -> bool) -> Option<Finding> {
        let skeleton = skeleton(canonical);
        let confusable = |other: &str| {
            Finding::new(Code::UsernameConfusable, "username").with("username", name).with("other", other)
        };
        match self.taken.find_beside(&skeleton, canonical, is_own) {
            Some(Clash::Taken) => Some(Finding::new(Code::UsernameTaken, "username").with("username", name)),
            Some(Clash::Retired) => Some(Finding::new(Code::UsernameRetired, "username").with("username", name)),
            Some(Clash::Confusable(other)) => Some(confusable(&other)),
            None => match self.claimed.get(&skeleton)? {
                (claimed, line) if claimed == canonical => Some(
                    Finding::new(Code::UsernameTakenInRoster, "username").with("username", name).with("line", *line),
                ),
                (claimed, _) => Some(confusable(claimed)),
            },
        }
    }

    /// Whether a name can be suggested to a line: nobody has it, and it is
    /// not held for another line.
    pub(super) fn is_free(&mut self, line: u64, canonical: &str) -> bool {
        #[cfg(test)]
        {
            self.probes += 1;
        }
        let skeleton = skeleton(canonical);
        self.taken.find_beside(&skeleton, canonical, |_| false).is_none()
            && !self.claimed.contains_key(&skeleton)
            && self.held.get(&skeleton).is_none_or(|holder| *holder == line)
    }

    /// Gives a free name to a line, whatever it had or held before.
    pub(super) fn claim(&mut self, line: u64, canonical: &str) {
        self.release(line);
        let skeleton = skeleton(canonical);
        self.claimed.insert(skeleton.clone(), (canonical.to_owned(), line));
        self.lines.insert(line, Place { skeleton, number: None });
    }

    /// Keeps a free name back for a line.
    pub(super) fn hold(&mut self, line: u64, canonical: &str, number: Option<(String, u64)>) {
        self.release(line);
        let skeleton = skeleton(canonical);
        self.held.insert(skeleton.clone(), line);
        self.lines.insert(line, Place { skeleton, number });
    }

    /// Takes from a line what it claimed or held.
    pub(super) fn release(&mut self, line: u64) {
        let Some(place) = self.lines.remove(&line) else { return };
        if self.claimed.get(&place.skeleton).is_some_and(|(_, claimer)| *claimer == line) {
            self.claimed.remove(&place.skeleton);
        }
        if self.held.get(&place.skeleton) == Some(&line) {
            self.held.remove(&place.skeleton);
        }
        if let Some((plain, number)) = place.number {
            self.numbers.entry(plain).and_modify(|next| *next = number.min(*next));
        }
    }

    /// The first number worth trying after that plain name.
    pub(super) fn next_number(&self, plain: &str) -> u64 {
        self.numbers.get(plain).copied().unwrap_or(2)
    }

    /// All numbers below are in use.
    pub(super) fn set_next_number(&mut self, plain: &str, number: u64) {
        self.numbers.insert(plain.to_owned(), number);
    }
}

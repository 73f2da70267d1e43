//! The names that an agency uses or once used (rules U4, U6).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::canonical::skeleton;

/// The names that an agency uses or once used, those of disabled and deleted
/// accounts included: none of them is given to another person (rule U4), and
/// no name that looks like one of them (U6).
///
/// ```
/// use carekey::username::{Clash, Taken};
///
/// let mut taken = Taken::new();
/// taken.insert("104fconner");
/// taken.insert_retired("104sgone");
/// assert_eq!(taken.find("104fconner"), Some(Clash::Taken));
/// assert_eq!(taken.find("104sgone"), Some(Clash::Retired));
/// assert_eq!(taken.find("lo4fconner"), Some(Clash::Confusable("104fconner".to_owned())));
/// assert_eq!(taken.find("104fcanner"), None);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// By skeleton, the first of that look: nearly always the only one.
    names: HashMap<String, Name>,
    /// By skeleton, all others: names that were imported may look alike, and are
    /// all kept.
    alike: HashMap<String, Vec<Name>>,
}

#[derive(Debug, Clone)]
struct Name {
    canonical: String,
    /// Whether it was someone's who is deleted.
    retired: bool,
}

/// Why a name is not free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// It is or was in use.
    Taken,
    /// It was the name of someone who was deleted.
    Retired,
    /// It looks like this one (in canonical form), which is or was in use.
    Confusable(String),
}

impl Taken {
    /// No names yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name in [`canonical`](super::canonical) form.
    pub fn insert(&mut self, canonical: &str) {
        self.add(canonical, false);
    }

    /// Adds the name of someone who was deleted, in
    /// [`canonical`](super::canonical) form.
    pub fn insert_retired(&mut self, canonical: &str) {
        self.add(canonical, true);
    }

    fn add(&mut self, canonical: &str, retired: bool) {
        let name = Name { canonical: canonical.to_owned(), retired };
        let mut first = match self.names.entry(skeleton(canonical)) {
            Entry::Vacant(free) => {
                free.insert(name);
                return;
            }
            Entry::Occupied(first) => first,
        };
        let others = self.alike.get_mut(first.key()).into_iter().flatten();
        match core::iter::once(first.get_mut()).chain(others).find(|name| name.canonical == canonical) {
            // What someone has now is not retired.
            Some(name) => name.retired &= retired,
            None => self.alike.entry(first.key().clone()).or_default().push(name),
        }
    }

    /// All names of that look.
    fn of(&self, skeleton: &str) -> impl Iterator<Item = &Name> {
        let others = self.alike.get(skeleton).into_iter().flatten();
        self.names.get(skeleton).into_iter().chain(others)
    }

    /// What a name in [`canonical`](super::canonical) form clashes with.
    pub fn find(&self, canonical: &str) -> Option<Clash> {
        self.find_beside(&skeleton(canonical), canonical, |_| false)
    }

    /// The same for a person who has, or had, the names that `is_own` knows.
    pub(super) fn find_beside(&self, skeleton: &str, canonical: &str, is_own: impl Fn(&str) -> bool) -> Option<Clash> {
        let others: Vec<&Name> = self.of(skeleton).filter(|name| !is_own(&name.canonical)).collect();
        match others.iter().find(|name| name.canonical == canonical) {
            Some(name) if name.retired => Some(Clash::Retired),
            Some(_) => Some(Clash::Taken),
            None => others.first().map(|name| Clash::Confusable(name.canonical.clone())),
        }
    }
}

impl<S: AsRef<str>> Extend<S> for Taken {
    fn extend<I: IntoIterator<Item = S>>(&mut self, names: I) {
        for name in names {
            self.insert(name.as_ref());
        }
    }
}

impl<S: AsRef<str>> FromIterator<S> for Taken {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut taken = Self::new();
        taken.extend(names);
        taken
    }
}

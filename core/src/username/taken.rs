//! The names that an agency uses or once used (rules U4, U6).

use std::collections::HashMap;

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
/// assert_eq!(taken.find("104fconner"), Some(Clash::Taken));
/// assert_eq!(taken.find("lo4fconner"), Some(Clash::Confusable("104fconner".to_owned())));
/// assert_eq!(taken.find("104fcanner"), None);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// By skeleton. Nearly always one name; names that were imported may
    /// look alike and are all kept.
    names: HashMap<String, Vec<String>>,
}

/// Why a name is not free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// It is or was in use.
    Taken,
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
        let names = self.names.entry(skeleton(canonical)).or_default();
        if !names.iter().any(|name| name == canonical) {
            names.push(canonical.to_owned());
        }
    }

    /// What a name in [`canonical`](super::canonical) form clashes with.
    pub fn find(&self, canonical: &str) -> Option<Clash> {
        self.find_beside(&skeleton(canonical), canonical, None)
    }

    /// The same for a person who has the name `own` already.
    pub(super) fn find_beside(&self, skeleton: &str, canonical: &str, own: Option<&str>) -> Option<Clash> {
        let names = self.names.get(skeleton)?;
        let mut others = names.iter().filter(|name| own != Some(name.as_str()));
        let first = others.next()?;
        if first == canonical || others.any(|name| name == canonical) {
            return Some(Clash::Taken);
        }
        Some(Clash::Confusable(first.clone()))
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

//! Who acts, and from where.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::id::AccountId;
use crate::text_enum::text_enum;
use crate::words::{ActorKind, Role};

/// Who acts. Every act of the office has an actor, and its name at that
/// moment stands in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Someone of the vendor's support, by name: the only one who adds or
    /// removes account managers (A1).
    Support(String),
    /// A signed-in account. For acts of the office it must be an active
    /// account manager, or have an office role to which the policy delegates
    /// the act, on people of the roles that it says (A7).
    Account(AccountId),
    /// The host's own program, by name: an import, a nightly job.
    System(String),
}

text_enum! {
    /// When whoever is enrolled is sent their first message (I10).
    #[derive(Default)]
    pub enum Sending {
        /// In the act that enrols them.
        #[default]
        Now = "now",
        /// Later, when the office says so.
        Later = "later",
    }
}

/// From where someone comes. The history shows it; where it begins with an IP
/// address, failures from its network are counted together (E4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source(Option<String>);

impl Source {
    /// Nothing is known of it.
    pub const UNKNOWN: Self = Self(None);

    /// An address, a device, or both, as the host words it; at most 200
    /// characters of it are kept.
    ///
    /// ```
    /// let source = carekey::Source::new("203.0.113.7, portal");
    /// ```
    pub fn new(text: &str) -> Self {
        Self(Some(text.chars().filter(|c| !c.is_control()).take(200).collect()))
    }

    pub(crate) fn text(&self) -> Option<String> {
        self.0.clone()
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// The actor as an event records it.
#[derive(Debug, Clone)]
pub(crate) struct Acting {
    pub(crate) kind: ActorKind,
    pub(crate) account: Option<AccountId>,
    pub(crate) name: String,
    pub(crate) source: Option<String>,
    /// When those whom the act enrols are sent their first message (I10).
    pub(crate) sending: Sending,
}

/// On whom somebody may act who is no account manager (A7).
#[derive(Debug)]
pub(crate) struct Reach {
    /// The account that acts.
    pub(crate) actor: AccountId,
    /// What it does.
    pub(crate) name: String,
    /// Every role of whom it acts on is one of these.
    pub(crate) roles: BTreeSet<Role>,
    /// Whether it was held against somebody: an act that never asks is refused.
    pub(crate) was_asked: Cell<bool>,
}

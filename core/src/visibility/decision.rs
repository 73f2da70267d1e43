//! The answer to who sees what, and why.

use serde::{Deserialize, Serialize};

use super::Grant;
use crate::finding::{Code, Locale, text};
use crate::relationship::Tie;
use crate::text_enum::text_enum;
use crate::texts::{Section, said};
use crate::words::{Resource, Role};

text_enum! {
    /// How much of it is seen, from least to most.
    pub enum Scope {
        /// A caregiver's calendar: the visits they make.
        OwnSchedule = "own_schedule",
        /// A payer's or a community's invoices: those issued to them on behalf
        /// of that client.
        IssuedToViewer = "issued_to_viewer",
        /// All of it.
        Everything = "everything",
    }
}

/// A decision, with why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it is seen.
    pub allowed: bool,
    /// How much of it; nothing where it is not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Where it is seen, every way that leads to it; where it is not, what
    /// forbids it or all that was missing. Never empty; in the order of the
    /// roles.
    pub because: Vec<Reason>,
}

/// One reason of a decision: the rule, and the tie or grant that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// A `visible.…` or a `hidden.…` code.
    pub code: Code,
    /// What was asked for.
    pub resource: Resource,
    /// The viewer's role that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The tie that allows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<Tie>,
    /// The grant that allows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
}

impl Reason {
    /// The reason in words, for a reader of that language. It is for the
    /// office: a viewer need not learn what they lack.
    pub fn message(&self, locale: Locale) -> String {
        let role = self.role.map(|role| ("role", said(Section::Roles, role.as_str(), locale)));
        let tie = self.tie.map(|tie| ("tie", said(Section::Ties, tie.kind.as_str(), locale)));
        let resource = Some(("resource", said(Section::Resources, self.resource.as_str(), locale)));
        let params = [role, tie, resource].into_iter().flatten();
        text(self.code, &params.map(|(name, word)| (name.to_owned(), word.into())).collect(), locale)
    }
}

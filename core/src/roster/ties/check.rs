//! What there is to say of each tie of a roster.

use time::OffsetDateTime;

use super::TieRosterRow;
use crate::finding::{Code, Finding, Locale};
use crate::id::{PartyId, TieId};
use crate::text_enum::text_enum;
use crate::texts::{Section, find};

text_enum! {
    /// What comes of a tie of a roster: what a preview says, and what creating
    /// it then does.
    pub enum TieOutcome {
        /// The tie is made.
        Made = "made",
        /// The tie that is there ends earlier than it did.
        Ended = "ended",
        /// The tie is there already, and as the row says it.
        Unchanged = "unchanged",
        /// Nothing: someone has to say who an end is (C4).
        Waiting = "waiting",
        /// Nothing: the findings say why.
        Failed = "failed",
        /// Nothing: the work was stopped before it.
        NotReached = "not_reached",
    }
}

impl TieOutcome {
    /// The words of the result column.
    pub fn label(self, locale: Locale) -> &'static str {
        find(Section::Outcomes, self.as_str(), locale)
    }

    /// Whether it is one of those that a row has which can be done.
    pub fn passes(self) -> bool {
        matches!(self, Self::Made | Self::Ended | Self::Unchanged)
    }
}

text_enum! {
    /// One of the two ends of a tie.
    pub enum TieEnd {
        /// The one who has the part: the emergency contact, the payer.
        Who = "who",
        /// The one whose relationship it is: the client, as a rule.
        Of = "of",
    }
}

/// A row of a roster of ties and its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieCheck {
    /// The row.
    pub row: TieRosterRow,
    /// What comes of it.
    pub outcome: TieOutcome,
    /// The one who has the part, where that is certain.
    pub who: Option<PartyId>,
    /// Their name, as it is shown.
    pub who_name: Option<String>,
    /// Whom `who` may be, where that is not certain: the first ten.
    pub who_maybe: Vec<PartyId>,
    /// The one whose relationship it is, where that is certain.
    pub of: Option<PartyId>,
    /// Their name, as it is shown.
    pub of_name: Option<String>,
    /// Whom `of` may be, where that is not certain: the first ten.
    pub of_maybe: Vec<PartyId>,
    /// The tie that it is about, where the agency has it.
    pub tie: Option<TieId>,
    /// From when it holds if the row passes.
    pub begins_at: Option<OffsetDateTime>,
    /// Until when it holds if the row passes.
    pub ends_at: Option<OffsetDateTime>,
    /// All there is to say: first what was found when the row was read, then
    /// who its ends are, then whether the tie can be.
    pub findings: Vec<Finding>,
}

impl TieCheck {
    /// Whether `create_ties` takes it.
    pub fn passes(&self) -> bool {
        self.outcome.passes()
    }
}

/// What a row comes to that has errors: it waits where all of them are about
/// who its ends are, and there is someone to choose from.
pub(super) fn undone(findings: &[Finding]) -> TieOutcome {
    let open = |finding: &Finding| matches!(finding.code, Code::RosterMaybeSame | Code::RosterAmbiguous);
    let waits = findings.iter().filter(|finding| finding.is_error()).all(open);
    if waits { TieOutcome::Waiting } else { TieOutcome::Failed }
}

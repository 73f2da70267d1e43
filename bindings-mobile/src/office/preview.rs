//! What a roster would do, and the decisions on its suggestions and on who its
//! rows are about (B, U5, C4).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use carekey::{PartyId, roster};

use super::records::{RosterRow, RosterSummary, RowChange, WhoDecision};
use super::words::{RowAction, RowState};
use crate::choice::choices;
use crate::error::CarekeyError;
use crate::finding::{Finding, findings};
use crate::records::{Email, Phone};
use crate::words::{Language, Role};

choices! {
    /// Who a row is about that may be about someone known.
    Who = carekey::roster::Who {
        /// It is about this party.
        Same(
            /// Which one.
            party: PartyId
        ),
        /// It is about none of those that the agency knows by that name or
        /// identifier.
        Another,
    }
}

/// A decision on the row of a line.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LineDecision {
    /// The line on which the row begins.
    pub line: u64,
    /// Who it is about.
    pub who: Who,
}

/// The rows of one role, as the bulk window shows them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RoleGroup {
    /// The role; nothing for rows whose role could not be read.
    pub role: Option<Role>,
    /// How they stand.
    pub summary: RosterSummary,
    /// The lines of its rows, in the order of the roster.
    pub lines: Vec<u64>,
}

/// What a roster would do to an agency, row by row. It writes nothing; rows
/// that wait do so until someone accepts a suggestion, types another name, or
/// declines; or, where a row may be about someone known, until someone decides
/// that.
#[derive(Debug, uniffi::Object)]
pub struct Preview(Mutex<roster::Preview>);

#[uniffi::export]
impl Preview {
    /// What there is to say about the file itself.
    pub fn findings(&self) -> Vec<Finding> {
        findings(self.now().findings().iter().cloned())
    }

    /// Every row with its verdict, in the order of the roster.
    pub fn rows(&self) -> Vec<RowCheck> {
        let preview = self.now();
        preview.rows().iter().map(|row| RowCheck::of(row, &preview)).collect()
    }

    /// Whom the agency knows in one of the roles that the roster speaks of,
    /// and who is on no row of it, or only on rows that say that they have left.
    /// They are listed, never touched.
    pub fn gone(&self) -> Vec<PartyId> {
        self.now().gone().to_vec()
    }

    /// How many rows there are of each kind.
    pub fn summary(&self) -> RosterSummary {
        self.now().summary().into()
    }

    /// The rows grouped by role, the roles in the order of the rulebook.
    pub fn by_role(&self) -> Vec<RoleGroup> {
        let preview = self.now();
        let groups = preview.by_role().into_iter().map(|group| RoleGroup {
            role: group.role.map(Role::from),
            summary: group.summary.into(),
            lines: group.rows.iter().map(|row| row.row.line).collect(),
        });
        groups.collect()
    }

    /// Takes the first suggestion of every row that waits, in order. Says how
    /// many rows pass by that.
    pub fn accept_suggestions(&self) -> u64 {
        count(self.now().accept_suggestions())
    }

    /// Gives a row that fails by its username this one: a suggestion, or
    /// another that someone typed.
    ///
    /// Throws `Invalid`: `roster.no_such_row` where no row that needs a
    /// username begins on the line, or with the findings on the name; the row
    /// stays as it is.
    pub fn accept(&self, line: u64, username: &str) -> Result<RowCheck, CarekeyError> {
        let mut preview = self.now();
        preview.accept(line, username)?;
        Ok(RowCheck::of(preview.row(line)?, &preview))
    }

    /// Turns the suggestions of a row down: it fails until someone types a
    /// name that passes.
    ///
    /// Throws `Invalid` with `roster.no_such_row`.
    pub fn decline(&self, line: u64) -> Result<(), CarekeyError> {
        Ok(self.now().decline(line)?)
    }

    /// Lets the person of a row share the login of whoever has their e-mail
    /// address (`roster.may_share`): two of one household, who read one
    /// mailbox. They are added without a login, and are invited at the address.
    ///
    /// Throws `NotFound` with `roster.no_such_row` where the row of that line
    /// has no `roster.may_share`.
    pub fn share(&self, line: u64) -> Result<RowCheck, CarekeyError> {
        let mut preview = self.now();
        preview.share(line)?;
        Ok(RowCheck::of(preview.row(line)?, &preview))
    }

    /// Decides who a row is about that waits with `roster.maybe_same`: one of
    /// those it may be about, any other that the agency knows, or someone else.
    /// All rows are judged again as if it had been known before, and what was
    /// accepted or declined meanwhile holds where it still can. A decision may
    /// be taken anew.
    ///
    /// Throws `Invalid`, and nothing is changed: `roster.nothing_to_decide`
    /// where no row on the line waits for it, `party.not_found` where the party
    /// is not known or has another identifier than the row, or with the finding
    /// `roster.repeated_row` where another row is about that party in the same
    /// role.
    pub fn decide(&self, line: u64, who: Who) -> Result<RowCheck, CarekeyError> {
        let mut preview = self.now();
        preview.decide(line, who.into())?;
        Ok(RowCheck::of(preview.row(line)?, &preview))
    }

    /// Takes many decisions at once: all rows are judged again only once.
    ///
    /// Throws as `decide` does, of the first decision that cannot be taken;
    /// then none is.
    pub fn decide_all(&self, decisions: Vec<LineDecision>) -> Result<(), CarekeyError> {
        let decisions: Vec<(u64, roster::Who)> =
            decisions.into_iter().map(|LineDecision { line, who }| (line, who.into())).collect();
        Ok(self.now().decide_all(&decisions)?)
    }

    /// The decisions on who rows are about that were taken here, to be kept and
    /// brought along the next time.
    pub fn decisions(&self) -> Vec<WhoDecision> {
        self.now().decisions().iter().cloned().map(WhoDecision::from).collect()
    }

    /// The rows that do not pass as a CSV file (UTF-8 with a byte order mark),
    /// each with its problems and its first suggestion in front, the rest as
    /// it came: to be corrected and read again.
    pub fn failed_csv(&self, language: Language) -> Result<Vec<u8>, CarekeyError> {
        let mut file = Vec::new();
        self.now().write_failed(&mut file, language.into())?;
        Ok(file)
    }
}

impl Preview {
    pub(super) fn new(preview: roster::Preview) -> Arc<Self> {
        Arc::new(Self(Mutex::new(preview)))
    }

    fn now(&self) -> MutexGuard<'_, roster::Preview> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A roster has far fewer rows than there are numbers.
fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// A row and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RowCheck {
    /// The row.
    pub row: RosterRow,
    /// Whether it passes, waits for a decision, or fails.
    pub state: RowState,
    /// What would be done if it passes.
    pub action: RowAction,
    /// Whom it is about, where the agency knows them.
    pub party: Option<PartyId>,
    /// Whom it may be about, where that waits for a decision (C4): the first
    /// ten. It is neither a new person nor an update until then. Of a login
    /// that was made before its record it is the login's identifier.
    pub maybe: Vec<PartyId>,
    /// The decision by which it is about whom it is about.
    pub decision: Option<WhoDecision>,
    /// The earlier line about the same person in another role: this row adds
    /// its role to that person and says nothing else.
    pub same_as: Option<u64>,
    /// Whether the person has an account already (A5).
    pub has_account: bool,
    /// The username, as it is shown, where the row passes.
    pub username: Option<String>,
    /// The username in canonical form (U6).
    pub canonical: Option<String>,
    /// The row's e-mail address, where it is one.
    pub email: Option<Email>,
    /// The row's phone number, where it is one.
    pub phone: Option<Phone>,
    /// All there is to say: first what was found when the row was read, then
    /// whom it is about, then username, e-mail and phone, then what there is to
    /// send to.
    pub findings: Vec<Finding>,
    /// Usernames that are free, the best first (U5).
    pub suggestions: Vec<String>,
    /// What it would change.
    pub changes: Vec<RowChange>,
}

impl RowCheck {
    /// A row of a preview, with the suggestions for it, which are made now.
    fn of(it: &roster::RowCheck, preview: &roster::Preview) -> Self {
        let (state, suggestions) = (it.state(), preview.suggestions(it.row.line));
        let it = it.clone();
        Self {
            row: it.row.into(),
            state: state.into(),
            action: it.action.into(),
            party: it.party,
            maybe: it.maybe,
            decision: it.decision.map(Into::into),
            same_as: it.same_as,
            has_account: it.has_account,
            username: it.username,
            canonical: it.canonical,
            email: it.email.map(Into::into),
            phone: it.phone.map(Into::into),
            findings: it.findings.into_iter().map(Into::into).collect(),
            suggestions,
            changes: it.changes.into_iter().map(Into::into).collect(),
        }
    }
}

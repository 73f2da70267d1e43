//! What a roster would do, and the decisions on its suggestions.

use serde::Serialize;

use super::Sheet;
use super::check::{Change, RowAction, RowCheck, RowState};
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::username::{NameVerdict, Usernames};
use crate::words::Role;
use crate::{Error, Result};

/// What a roster would do to an agency, row by row. It writes nothing.
///
/// `create` takes the rows that pass. Rows that wait do so until someone
/// accepts a suggestion, types another name, or declines.
#[derive(Debug, Clone)]
pub struct Preview {
    findings: Vec<Finding>,
    pub(super) sheet: Sheet,
    rows: Vec<RowCheck>,
    /// Rows that add a role to the person of an earlier one, and that one.
    followers: Vec<(usize, usize)>,
    gone: Vec<PartyId>,
    usernames: Usernames,
}

/// The rows of one role, as the bulk window shows them (A5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGroup<'a> {
    /// The role; nothing for rows whose role could not be read.
    pub role: Option<Role>,
    /// How they stand.
    pub summary: Summary,
    /// The rows, in the order of the roster.
    pub rows: Vec<&'a RowCheck>,
}

/// How many rows there are of each kind. The last five add up to the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All rows.
    pub rows: usize,
    /// Pass, and make an account.
    pub create: usize,
    /// Pass, and change something.
    pub update: usize,
    /// Pass, and change nothing.
    pub unchanged: usize,
    /// Wait for a decision.
    pub waiting: usize,
    /// Fail.
    pub failed: usize,
}

impl Summary {
    fn count(&mut self, row: &RowCheck) {
        self.rows += 1;
        *match (row.state(), row.action) {
            (RowState::Waiting, _) => &mut self.waiting,
            (RowState::Fail, _) => &mut self.failed,
            (RowState::Pass, RowAction::Create) => &mut self.create,
            (RowState::Pass, RowAction::Update) => &mut self.update,
            (RowState::Pass, RowAction::Unchanged) => &mut self.unchanged,
        } += 1;
    }
}

impl Preview {
    pub(super) fn new(
        findings: Vec<Finding>,
        sheet: Sheet,
        rows: Vec<RowCheck>,
        followers: Vec<(usize, usize)>,
        gone: Vec<PartyId>,
        usernames: Usernames,
    ) -> Self {
        let mut preview = Self { findings, sheet, rows, followers, gone, usernames };
        preview.follow();
        preview
    }

    /// What there is to say about the file itself.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every row with its verdict, in the order of the roster.
    pub fn rows(&self) -> &[RowCheck] {
        &self.rows
    }

    /// Whom the agency knows in one of the roles that the roster speaks of,
    /// and who is on no row of it. They are listed, never touched.
    pub fn gone(&self) -> &[PartyId] {
        &self.gone
    }

    /// How many rows there are of each kind.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        self.rows.iter().for_each(|row| summary.count(row));
        summary
    }

    /// The rows grouped by role, the roles in the order of the rulebook (A5).
    pub fn by_role(&self) -> Vec<RoleGroup<'_>> {
        let roles = Role::ALL.iter().copied().map(Some).chain([None]);
        let mut groups: Vec<RoleGroup<'_>> =
            roles.map(|role| RoleGroup { role, summary: Summary::default(), rows: Vec::new() }).collect();
        for row in &self.rows {
            if let Some(group) = groups.iter_mut().find(|group| group.role == row.row.role) {
                group.summary.count(row);
                group.rows.push(row);
            }
        }
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    /// Takes the first suggestion of every row that waits, in order. Says how
    /// many rows pass by that. A suggestion that an earlier row took meanwhile
    /// is passed over for the next.
    pub fn accept_suggestions(&mut self) -> usize {
        let mut accepted = 0;
        for row in self.rows.iter_mut().filter(|row| row.state() == RowState::Waiting) {
            let mut verdict = None;
            for name in row.suggestions.clone() {
                verdict = take(row, &mut self.usernames, &name);
                if row.passes() {
                    accepted += 1;
                    break;
                }
            }
            // An earlier row took them all: what is said now is what holds now.
            if let Some(verdict) = verdict.filter(|_| !row.passes()) {
                row.findings.retain(|finding| finding.field != "username");
                row.findings.extend(verdict.findings.into_iter().filter(|finding| finding.field == "username"));
                row.suggestions = verdict.suggestions;
            }
        }
        self.follow();
        accepted
    }

    /// Gives a row that fails by its username this one: a suggestion, or
    /// another that someone typed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) where no row that
    /// needs a username begins on the line; [`ErrorKind::Invalid`](crate::ErrorKind::Invalid)
    /// with the findings on the name, and the row stays as it is.
    pub fn accept(&mut self, line: u64, username: &str) -> Result<&RowCheck> {
        let at = self.needing_name(line)?;
        if let Some(row) = self.rows.get_mut(at) {
            let verdict = take(row, &mut self.usernames, username).ok_or_else(no_row)?;
            if !verdict.pass() {
                return Err(Error::invalid(verdict.findings));
            }
        }
        self.follow();
        self.rows.get(at).ok_or_else(no_row)
    }

    /// Turns the suggestions of a row down: it fails until someone types a
    /// name that passes (S2: "clicking No will not change the username").
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) as for [`Preview::accept`].
    pub fn decline(&mut self, line: u64) -> Result<()> {
        let at = self.needing_name(line)?;
        if let Some(row) = self.rows.get_mut(at) {
            row.suggestions.clear();
        }
        self.follow();
        Ok(())
    }

    /// The place of a row whose only errors are about its username.
    fn needing_name(&self, line: u64) -> Result<usize> {
        let at = self.rows.binary_search_by_key(&line, |row| row.row.line).map_err(|_| no_row())?;
        let follows = self.followers.iter().any(|(follower, _)| *follower == at);
        let by_name = |row: &&RowCheck| {
            let mut errors = row.findings.iter().filter(|finding| finding.is_error());
            !row.passes() && errors.all(|finding| finding.field == "username")
        };
        self.rows.get(at).filter(by_name).filter(|_| !follows).map(|_| at).ok_or_else(no_row)
    }

    /// Brings rows that add a role up to date with the row of the person.
    fn follow(&mut self) {
        for (at, first) in &self.followers {
            let Some(first) = self.rows.get(*first) else { continue };
            let (line, state) = (first.row.line, first.state());
            let (username, canonical) = (first.username.clone(), first.canonical.clone());
            let Some(row) = self.rows.get_mut(*at) else { continue };
            row.same_as = Some(line);
            (row.username, row.canonical) = (username, canonical);
            row.findings.retain(|finding| finding.code != Code::RosterOtherLine);
            if state != RowState::Pass {
                row.findings.push(Finding::new(Code::RosterOtherLine, "row").with("line", line));
            }
        }
    }
}

/// Gives the row that username, if it is free and fit, and says why if not.
fn take(row: &mut RowCheck, usernames: &mut Usernames, username: &str) -> Option<NameVerdict> {
    let name = row.row.party_name();
    let verdict = usernames.accept(&row.asked.request(&row.row, &name)?, username);
    if verdict.pass() {
        row.findings.retain(|finding| finding.field != "username");
        row.suggestions.clear();
        (row.username, row.canonical) = (verdict.username.clone(), verdict.canonical.clone());
        if row.has_account && row.asked.own() != row.canonical.as_deref() {
            let earlier = |change: &&Change| matches!(change.field.as_str(), "name" | "nickname" | "roles");
            let at = row.changes.iter().take_while(earlier).count();
            let (before, after) = (row.asked.own().map(str::to_owned), row.canonical.clone());
            row.changes.insert(at, Change { field: "username".to_owned(), before, after });
            row.action = RowAction::Update;
        }
    }
    Some(verdict)
}

fn no_row() -> Error {
    Error::not_found(Code::RosterNoSuchRow)
}

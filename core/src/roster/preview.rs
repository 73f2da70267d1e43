//! What a roster would do, and the decisions on it.

#[cfg(feature = "engine")]
use std::collections::BTreeSet;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::check::{Change, RowAction, RowCheck, RowState};
use super::identify::other_id;
use super::known::Known;
use super::verdict::judge;
use super::who::{Who, WhoDecision};
use super::{RosterRow, Sheet};
#[cfg(feature = "engine")]
use crate::finding::has_errors;
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::policy::{Policy, UsernameScheme};
#[cfg(feature = "engine")]
use crate::relationship::may_have_several;
use crate::username::{NameVerdict, Usernames};
use crate::words::Role;
use crate::{Error, Result};

/// What a roster would do to an agency, row by row. It writes nothing.
///
/// `create` takes the rows that pass. Rows that wait do so until someone
/// accepts a suggestion, types another name, or declines; or, where a row may
/// be about someone known, until someone decides that.
#[derive(Debug, Clone)]
pub struct Preview {
    findings: Vec<Finding>,
    pub(super) sheet: Option<Sheet>,
    rows: Vec<RowCheck>,
    /// By the place of a row: the later ones that add a role to its person.
    followers: HashMap<usize, Vec<usize>>,
    gone: Vec<PartyId>,
    usernames: Usernames,
    /// What the rows were held against, where there is something to decide.
    basis: Option<Box<Basis>>,
    /// The parties with several accounts, and their roles.
    #[cfg(feature = "engine")]
    several: HashMap<PartyId, BTreeSet<Role>>,
    /// What was decided here on who rows are about.
    decisions: Vec<WhoDecision>,
    /// What was decided here on usernames, in order.
    choices: Vec<(u64, Choice)>,
    /// How many rows were brought up to date with the first of their person.
    #[cfg(test)]
    followed: usize,
}

/// What was decided on the username of a row.
#[derive(Debug, Clone)]
enum Choice {
    Accepted(String),
    Declined,
    Shared,
}

/// What rows are held against.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    pub(super) known: Vec<Known>,
    /// All others, where these are but whom a row may mean.
    pub(super) others: Option<Others>,
    pub(super) decisions: Vec<WhoDecision>,
    pub(super) usernames: Usernames,
    pub(super) policy: Policy,
    pub(super) country: String,
}

/// Whom the agency knows besides, of very many.
#[derive(Clone)]
pub(crate) struct Others {
    /// All in a role of the roster, those who are known to it too, in their order.
    pub(crate) in_role: Vec<PartyId>,
    #[cfg(feature = "engine")]
    pub(crate) find: Find,
}

/// Looks for a party.
#[cfg(feature = "engine")]
pub(crate) type Find = std::sync::Arc<dyn Fn(PartyId) -> Result<Met> + Send + Sync>;

/// Somebody whom no row of a file may mean, and of whom somebody says that one does.
#[cfg(feature = "engine")]
pub(crate) struct Met {
    /// What is known of them, and of those who were merged into them.
    pub(crate) known: Vec<Known>,
    /// Their roles, where they have several accounts.
    pub(crate) several: HashMap<PartyId, BTreeSet<Role>>,
    /// Contacts of theirs that are names of people who were deleted (U4).
    pub(crate) retired: Vec<String>,
}

impl core::fmt::Debug for Others {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} in a role", self.in_role.len())
    }
}

/// The verdicts on all rows.
pub(super) struct Judged {
    pub(super) rows: Vec<RowCheck>,
    /// By the place of a row: the later ones that add a role to its person.
    pub(super) followers: HashMap<usize, Vec<usize>>,
    pub(super) gone: Vec<PartyId>,
    pub(super) usernames: Usernames,
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
    pub(super) fn new(findings: Vec<Finding>, sheet: Option<Sheet>, judged: Judged, basis: Option<Box<Basis>>) -> Self {
        let Judged { rows, followers, gone, usernames } = judged;
        let (decisions, choices) = (Vec::new(), Vec::new());
        let mut preview = Self {
            findings,
            sheet,
            rows,
            followers,
            gone,
            usernames,
            basis,
            #[cfg(feature = "engine")]
            several: HashMap::new(),
            decisions,
            choices,
            #[cfg(test)]
            followed: 0,
        };
        preview.all_follow();
        preview
    }

    /// The same, where these parties have several accounts, with these roles.
    #[cfg(feature = "engine")]
    pub(crate) fn with_several(mut self, several: HashMap<PartyId, BTreeSet<Role>>) -> Self {
        self.several = several;
        self.all_follow();
        self
    }

    /// What there is to say about the file itself.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every row with its verdict, in the order of the roster.
    pub fn rows(&self) -> &[RowCheck] {
        &self.rows
    }

    /// The row that begins on a line.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with
    /// `roster.no_such_row` where none does.
    pub fn row(&self, line: u64) -> Result<&RowCheck> {
        self.at(line).and_then(|at| self.rows.get(at)).ok_or_else(no_row)
    }

    /// Whom the agency knows in one of the roles that the roster speaks of,
    /// and who is on no row of it, or only on rows that say that they have left.
    /// They are listed, never touched.
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

    /// Usernames that are free for the row of a line that fails by its own, the
    /// best first; at most five. They are made when they are asked for: all of
    /// them are free at that moment, within the roster too, and none is kept
    /// back for an earlier row (U5). None for any other row.
    ///
    /// ```
    /// # use carekey::Policy;
    /// # use carekey::roster::Roster;
    /// # use carekey::username::{Taken, Usernames};
    /// # let policy = Policy::default();
    /// let usernames = Usernames::new(&policy.username, "104", "US", ["104fconner"].into_iter().collect::<Taken>())?;
    /// let roster = Roster::from_csv("Role,Name\nOffice staff,Felicia Conner\n".as_bytes())?;
    /// let preview = roster.preview(&[], &[], usernames, &policy, "US");
    /// assert_eq!(preview.rows()[0].suggestion.as_deref(), Some("104feconner"));
    /// assert_eq!(preview.suggestions(2)[..2], ["104feconner", "104felconner"]);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn suggestions(&self, line: u64) -> Vec<String> {
        let row = self.at(line).and_then(|at| self.rows.get(at));
        row.map(|row| further(row, &self.usernames)).unwrap_or_default()
    }

    /// Takes the first suggestion of every row that waits, in order. Says how
    /// many rows pass by that. A suggestion that an earlier row took meanwhile
    /// is passed over for the next.
    pub fn accept_suggestions(&mut self) -> usize {
        let mut accepted = 0;
        for row in self.rows.iter_mut().filter(|row| row.state() == RowState::Waiting) {
            let Some(best) = row.suggestion.clone() else { continue };
            let mut verdict = take(row, &mut self.usernames, &best);
            let mut name = best;
            if !row.passes() {
                for next in further(row, &self.usernames) {
                    verdict = take(row, &mut self.usernames, &next);
                    if row.passes() {
                        name = next;
                        break;
                    }
                }
            }
            if row.passes() {
                accepted += 1;
                self.choices.push((row.row.line, Choice::Accepted(name)));
            } else if let Some(verdict) = verdict {
                // An earlier row took them all: what is said now is what holds now.
                row.findings.retain(|finding| finding.field != "username");
                row.findings.extend(verdict.findings.into_iter().filter(|finding| finding.field == "username"));
                row.suggestion = verdict.suggestions.into_iter().next();
            }
        }
        self.all_follow();
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
            self.choices.push((line, Choice::Accepted(username.to_owned())));
        }
        self.follow(at);
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
            row.suggestion = None;
            self.choices.push((line, Choice::Declined));
        }
        self.follow(at);
        Ok(())
    }

    /// Lets the person of a row share the login of whoever has their e-mail
    /// address (`roster.may_share`): two of one household, who read one
    /// mailbox. They are added without a login, and `create` sends an
    /// invitation to the address: whoever signs in there and takes it up sees
    /// what is theirs too (I8). Nobody is linked before that.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) with
    /// `roster.no_such_row` where the row of that line has no `roster.may_share`.
    pub fn share(&mut self, line: u64) -> Result<&RowCheck> {
        let at = self.at(line).ok_or_else(no_row)?;
        let row = self.rows.get_mut(at).filter(|row| row.may_share()).ok_or_else(no_row)?;
        row.share();
        self.choices.push((line, Choice::Shared));
        self.follow(at);
        self.rows.get(at).ok_or_else(no_row)
    }

    /// Decides who a row is about that waits with `roster.maybe_same` (C4):
    /// one of those it may be about, any other that the agency knows, or
    /// someone else. All rows are judged again as if it had been known before,
    /// and what was accepted or declined meanwhile holds where it still can. A
    /// decision may be taken anew.
    ///
    /// ```
    /// # use carekey::name::PersonName;
    /// # use carekey::roster::{Roster, RowState, Who};
    /// # use carekey::username::{Taken, Usernames};
    /// # use carekey::{PartyId, Policy};
    /// # let policy = Policy::default();
    /// # let usernames = || Usernames::new(&policy.username, "104", "US", Taken::new());
    /// # let known: carekey::roster::Known = serde_json::from_value(serde_json::json!({
    /// #     "party": "00000000-0000-0000-0000-000000000007", "name_key": "maria||garcia",
    /// #     "display_name": "Maria Garcia", "roles": ["caregiver"], "email_canonical": "old@example.com",
    /// # })).map_err(|_| carekey::UnknownWord)?;
    /// # let known = [known];
    /// let file = "Role,Name,Email\nCaregiver,\"Garcia, Maria\",new@example.com\n";
    /// let roster = Roster::from_csv(file.as_bytes())?;
    /// let mut preview = roster.preview(&known, &[], usernames()?, &policy, "US");
    /// assert_eq!(preview.rows()[0].state(), RowState::Waiting);
    /// assert_eq!(preview.rows()[0].maybe, [known[0].party]);
    ///
    /// preview.decide(2, Who::Another)?;
    /// assert!(preview.rows()[0].passes());
    ///
    /// // Kept, it is not asked again.
    /// let kept = preview.decisions().to_vec();
    /// let next = Roster::from_csv(file.as_bytes())?.preview(&known, &kept, usernames()?, &policy, "US");
    /// assert!(next.rows()[0].passes());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound): with
    /// `roster.nothing_to_decide` where no row on the line waits for it, with
    /// `party.not_found` where the party is not known, or has another
    /// identifier than the row and is none of those that it may be about. Of a preview
    /// of an office those of the store, too. [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) with
    /// `roster.repeated_row` where another row is about that party in the same
    /// role. Nothing is changed then.
    pub fn decide(&mut self, line: u64, who: Who) -> Result<&RowCheck> {
        self.decide_all(&[(line, who)])?;
        self.at(line).and_then(|at| self.rows.get(at)).ok_or_else(nothing_to_decide)
    }

    /// Takes many decisions at once, each a line and who its row is about: all
    /// rows are judged again only once.
    ///
    /// # Errors
    ///
    /// Those of [`Preview::decide`], of the first decision that cannot be
    /// taken; then none is.
    pub fn decide_all(&mut self, decisions: &[(u64, Who)]) -> Result<()> {
        #[cfg(feature = "engine")]
        self.meet(decisions)?;
        let Some(basis) = &self.basis else {
            return if decisions.is_empty() { Ok(()) } else { Err(nothing_to_decide()) };
        };
        let parties: HashMap<PartyId, &Known> = basis.known.iter().map(|known| (known.party, known)).collect();
        let mut lines: HashMap<(PartyId, Option<Role>), u64> = HashMap::new();
        for row in &self.rows {
            lines.extend(row.party.map(|party| ((party, row.row.role), row.row.line)));
        }
        let mut made = self.decisions.clone();
        for (line, who) in decisions {
            let row = self.at(*line).and_then(|at| self.rows.get(at)).ok_or_else(nothing_to_decide)?;
            let said = row.undecided().ok_or_else(nothing_to_decide)?;
            if let Who::Same(party) = who {
                let asked = row.maybe.contains(party);
                let known = parties.get(party).filter(|known| asked || !other_id(&row.row, Some(*known)));
                if known.is_none() {
                    return Err(Error::not_found(Code::PartyNotFound));
                }
                let other = *lines.entry((*party, row.row.role)).or_insert(*line);
                if other != *line {
                    let repeated = Finding::new(Code::RosterRepeatedRow, "row").with("line", other);
                    return Err(Error::invalid(vec![repeated]));
                }
            }
            made.push(WhoDecision { said: said.to_owned(), who: *who });
        }
        // The last decision on a row is the one that holds.
        let mut seen = HashSet::new();
        made.reverse();
        made.retain(|decision| seen.insert(decision.said.clone()));
        made.reverse();
        self.decisions = made;
        self.judge_again();
        Ok(())
    }

    /// Takes in those others whom somebody says that rows are about.
    #[cfg(feature = "engine")]
    fn meet(&mut self, decisions: &[(u64, Who)]) -> Result<()> {
        let Some(basis) = self.basis.as_deref_mut() else { return Ok(()) };
        let Basis { known, others: Some(others), usernames, .. } = basis else { return Ok(()) };
        for (_, who) in decisions {
            let Who::Same(party) = who else { continue };
            if known.iter().all(|one| one.party != *party) {
                // Where they stand among all: parties come first, in order.
                let place = known.iter().take_while(|one| !one.unrecorded && one.party < *party).count();
                let met = (others.find)(*party)?;
                known.splice(place..place, met.known);
                self.several.extend(met.several);
                usernames.retire(&met.retired);
            }
        }
        Ok(())
    }

    /// The decisions on who rows are about that were taken here, to be kept
    /// and brought along the next time.
    pub fn decisions(&self) -> &[WhoDecision] {
        &self.decisions
    }

    fn judge_again(&mut self) {
        let Some(basis) = &self.basis else { return };
        let rows = core::mem::take(&mut self.rows).into_iter();
        let rows: Vec<RosterRow> = rows.map(|row| row.read.map_or(row.row, |read| *read)).collect();
        let decisions: Vec<WhoDecision> = basis.decisions.iter().chain(&self.decisions).cloned().collect();
        let usernames = basis.usernames.clone();
        let known = (&basis.known[..], basis.others.as_ref());
        let judged = judge(rows, known, &decisions, usernames, &basis.policy, &basis.country);
        (self.rows, self.followers, self.gone) = (judged.rows, judged.followers, judged.gone);
        self.usernames = judged.usernames;
        self.all_follow();
        for (line, choice) in &self.choices {
            let Ok(at) = self.needing_name(*line) else { continue };
            let Some(row) = self.rows.get_mut(at) else { continue };
            match choice {
                Choice::Accepted(name) => {
                    let _ = take(row, &mut self.usernames, name);
                }
                Choice::Declined => row.suggestion = None,
                Choice::Shared if row.may_share() => row.share(),
                Choice::Shared => {}
            }
        }
        self.all_follow();
    }

    /// The place of the row that begins on the line.
    fn at(&self, line: u64) -> Option<usize> {
        self.rows.binary_search_by_key(&line, |row| row.row.line).ok()
    }

    /// The place of a row whose only errors are about its username.
    fn needing_name(&self, line: u64) -> Result<usize> {
        let at = self.at(line).ok_or_else(no_row)?;
        let by_name = |row: &&RowCheck| {
            let mut errors = row.findings.iter().filter(|finding| finding.is_error());
            !row.passes() && errors.all(|finding| finding.field == "username")
        };
        self.rows.get(at).filter(by_name).filter(|row| row.same_as.is_none()).map(|_| at).ok_or_else(no_row)
    }

    /// Refuses rows that give a party a role with which it may have but one account
    /// and has several (C5), together with the later ones that add one.
    #[cfg(feature = "engine")]
    fn refuse_roles(&mut self) {
        let Self { rows, followers, several, .. } = self;
        if several.is_empty() {
            return;
        }
        for at in 0..rows.len() {
            let Some(row) = rows.get(at).filter(|row| row.passes() && row.same_as.is_none()) else { continue };
            let Some(own) = row.party.and_then(|party| several.get(&party)) else { continue };
            let later = followers.get(&at).into_iter().flatten().filter_map(|at| rows.get(*at));
            let theirs: Vec<&RowCheck> = later.filter(|row| !has_errors(&row.findings)).chain([row]).collect();
            let more: BTreeSet<Role> = theirs.iter().filter_map(|row| row.row.role).collect();
            let both = own.union(&more).copied().collect();
            let changes = theirs.iter().any(|row| row.action != RowAction::Unchanged);
            let refused = changes && !more.is_subset(own) && !may_have_several(&both);
            if let Some(row) = rows.get_mut(at).filter(|_| refused) {
                row.findings.push(Finding::new(Code::PartyTwoAccounts, "roles"));
            }
        }
    }

    /// Brings all rows that add a role up to date with the row of the person.
    fn all_follow(&mut self) {
        #[cfg(feature = "engine")]
        self.refuse_roles();
        for (first, followers) in &self.followers {
            followers.iter().for_each(|at| follow(&mut self.rows, *first, *at));
        }
    }

    /// The same, of one person.
    fn follow(&mut self, first: usize) {
        for at in self.followers.get(&first).into_iter().flatten() {
            follow(&mut self.rows, first, *at);
            #[cfg(test)]
            {
                self.followed += 1;
            }
        }
    }
}

/// Brings a row that adds a role up to date with the first of its person.
fn follow(rows: &mut [RowCheck], first: usize, at: usize) {
    let Some(first) = rows.get(first) else { return };
    let (line, state) = (first.row.line, first.state());
    let (username, canonical) = (first.username.clone(), first.canonical.clone());
    let Some(row) = rows.get_mut(at) else { return };
    row.same_as = Some(line);
    (row.username, row.canonical) = (username, canonical);
    row.findings.retain(|finding| finding.code != Code::RosterOtherLine);
    if state != RowState::Pass {
        row.findings.push(Finding::new(Code::RosterOtherLine, "row").with("line", line));
    }
}

/// The suggestions for a row that has one.
fn further(row: &RowCheck, usernames: &Usernames) -> Vec<String> {
    match &row.suggestion {
        Some(best) if row.asked.scheme == Some(UsernameScheme::Staff) => {
            usernames.further(row.row.line, &row.row.called(), best)
        }
        other => other.iter().cloned().collect(),
    }
}

/// Gives the row that username, if it is free and fit, and says why if not.
fn take(row: &mut RowCheck, usernames: &mut Usernames, username: &str) -> Option<NameVerdict> {
    let name = row.row.called();
    let verdict = usernames.accept(&row.asked.request(&row.row, &name)?, username);
    if let (Some(shown), Some(canonical)) = (&verdict.username, &verdict.canonical) {
        row.findings.retain(|finding| finding.field != "username");
        row.suggestion = None;
        (row.username, row.canonical) = row.asked.granted((shown.clone(), canonical.clone()));
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

fn nothing_to_decide() -> Error {
    Error::not_found(Code::RosterNothingToDecide)
}

fn no_row() -> Error {
    Error::not_found(Code::RosterNoSuchRow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::Roster;
    use crate::username::Taken;

    fn preview(rows: &str) -> Preview {
        let policy = Policy::default();
        let usernames = Usernames::new(&policy.username, "104", "US", Taken::new()).unwrap();
        let roster = Roster::from_csv(format!("Role,ID,Name\n{rows}").as_bytes()).unwrap();
        roster.preview(&[], &[], usernames, &policy, "US")
    }

    /// A decision on one row changes nothing about another that is about somebody who
    /// was merged: each time it is the row of the file that tells whom it means.
    #[test]
    fn what_was_decided_of_one_row_leaves_one_of_somebody_merged() {
        let known = |party: u128, name: &str, id: Option<&str>| -> Known {
            serde_json::from_value(serde_json::json!({
                "party": PartyId(uuid::Uuid::from_u128(party)), "external_id": id, "display_name": name,
                "name_key": crate::name::PersonName::parse(name).value.unwrap().key(),
                "roles": ["client"], "email_canonical": format!("{party}@example.com"),
            }))
            .unwrap()
        };
        // Sue Moss was merged into Ann Hale, who has no identifier.
        let known = [known(1, "Ann Hale", None), known(1, "Sue Moss", Some("7")), known(2, "Bo Day", None)];
        let policy = Policy::default();
        let usernames = Usernames::new(&policy.username, "104", "US", Taken::new()).unwrap();
        let file = "Role,ID,Name,Email\nClient,7,Sue Moss,\nClient,,Bo Day,new@example.com\n";
        let roster = Roster::from_csv(file.as_bytes()).unwrap();
        let mut preview = roster.preview(&known, &[], usernames, &policy, "US");
        let about = |preview: &Preview| preview.row(2).unwrap().party;
        assert_eq!(about(&preview), Some(known[0].party));
        assert_eq!(preview.row(2).unwrap().row.called().display(), "Ann Hale");
        assert_eq!(preview.row(2).unwrap().as_read().called().display(), "Sue Moss");
        preview.decide(3, Who::Another).unwrap();
        assert_eq!(about(&preview), Some(known[0].party));
        assert!(preview.rows().iter().all(RowCheck::passes));
    }

    #[test]
    fn suggestions_are_made_when_they_are_asked_for() {
        for people in [10_u64, 3000] {
            let preview = preview(&"Office Staff,,J Smith\n".repeat(usize::try_from(people).unwrap()));
            let unasked = preview.usernames.probes();
            // The plain name, the number that went last time, and the one that is kept back.
            assert!(unasked <= 3 * people, "{unasked} names tried for {people} rows");
            let line = people;
            let asked = preview.suggestions(line);
            assert_eq!(asked.len(), 5);
            assert_eq!(asked.first(), preview.row(line).unwrap().suggestion.as_ref());
            assert!(preview.usernames.probes() - unasked <= 7, "one row costs no more than itself");
        }
    }

    /// Far behind too, in a part of the roster that another thread reads (U5).
    #[test]
    fn no_suggestion_is_a_name_that_a_later_row_has_by_right() {
        for between in [0, 5000] {
            let others: String = (0..between).map(|at| format!("Client,C{at},Bo Day\n")).collect();
            let file =
                format!("Office Staff,,Ann Wright\nOffice Staff,,Amy Wright\n{others}Office Staff,,Ada Mwright\n");
            let preview = preview(&file);
            let by_right = preview.rows().last().unwrap();
            assert_eq!(by_right.username.as_deref(), Some("104amwright"));
            assert!(by_right.passes());
            assert_eq!(preview.row(3).unwrap().suggestion.as_deref(), Some("104amywright"));
        }
    }

    #[test]
    fn accepting_one_touches_its_own_rows_alone() {
        for people in [10, 2000] {
            let pair = |at: usize| format!("Office Staff,S{at},J Smith\nContact,S{at},J Smith\n");
            let mut preview = preview(&(0..people).map(pair).collect::<String>());
            let waiting: Vec<(u64, String)> =
                preview.rows().iter().filter_map(|row| Some((row.row.line, row.suggestion.clone()?))).collect();
            assert_eq!(waiting.len(), people - 1);
            let (followed, probes) = (preview.followed, preview.usernames.probes());
            for (line, name) in &waiting {
                preview.accept(*line, name).unwrap();
            }
            assert_eq!(preview.followed - followed, waiting.len(), "one follower each");
            assert_eq!(preview.usernames.probes(), probes, "no name is sought");
            assert!(preview.rows().iter().all(RowCheck::passes));
        }
    }
}

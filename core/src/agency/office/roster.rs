//! Rosters against what is stored: previewing and creating (B, U4, U5).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::correct::{Contacts, correct};
use super::facts::Facts;
use super::people::{blank_party, set_name, set_organization};
use super::restore::restore;
use super::{Office, Progress, ties};
use crate::agency::doors::NewPassword;
use crate::agency::identity::enrol::{self, First, create_account};
use crate::agency::identity::{links, names};
use crate::agency::kernel::pieces::{Piece, beside, hashing, in_pieces};
use crate::agency::kernel::{Act, Sending, Tracked, act};
use crate::description::AdministrativeAct;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Locale, params};
use crate::id::{AccountId, PartyId, RecordId};
use crate::policy::EnrolmentScheme;
use crate::relationship::{Tie, conveyed, conveys};
use crate::roster::{Preview, Roster, RosterRow, RowAction, RowCheck, RowState, WhoDecision};
use crate::secret::Secret;
use crate::store::record;
use crate::text_enum::text_enum;
use crate::texts::{Section, find};
use crate::username::NameVerdict;
use crate::words::{EventKind, LinkAct, PartyKind, Role, TieKind};

/// How often all rows are checked again because others came between.
const ROUNDS: u32 = 200;
/// How often one row alone is tried before all are checked again: someone else
/// took its name, or made the person.
const TRIES: u32 = 3;

text_enum! {
    /// What came of a row.
    pub enum RowOutcome {
        /// Account Created, in S2's words.
        Created = "created",
        /// The party was added and an invitation sent; the account comes when
        /// it is redeemed (families).
        Invited = "invited",
        /// The account was made, or the party added, and what is sent first waits
        /// for the office to send it (I10).
        Staged = "staged",
        /// What the row says otherwise was changed.
        Updated = "updated",
        /// Nothing was to be done.
        Unchanged = "unchanged",
        /// Nothing was done: a suggested username waits for a decision.
        Waiting = "waiting",
        /// Nothing was done: the findings say why.
        Failed = "failed",
        /// It was not reached: the work was stopped before.
        NotReached = "not_reached",
    }
}

impl RowOutcome {
    /// The words of the result column.
    pub fn label(self, locale: Locale) -> &'static str {
        find(Section::Outcomes, self.as_str(), locale)
    }
}

/// What came of one row of a roster.
#[derive(Debug, Clone)]
pub struct RowResult {
    /// The line of the row.
    pub line: u64,
    /// What came of it.
    pub outcome: RowOutcome,
    /// The party, where there is one.
    pub party: Option<PartyId>,
    /// The account, where there is one.
    pub account: Option<AccountId>,
    /// The username, as it is shown.
    pub username: Option<String>,
    /// A temporary password that no message could carry, to be handed over.
    pub hand_over: Option<Secret>,
    /// Why it failed, and what else there is to say.
    pub findings: Vec<Finding>,
}

/// What came of a whole roster: every row is accounted for.
#[derive(Debug, Clone)]
pub struct CreateReport {
    /// One result for each row, in the order of the roster.
    pub rows: Vec<RowResult>,
    /// Whom the agency knows in a role of the roster, and who is not on it.
    pub gone: Vec<PartyId>,
    /// Why the work ended before its time, where it did: what was committed by
    /// then stands in the rows, and the rest can be run again.
    pub stopped: Option<Error>,
}

impl CreateReport {
    /// How many rows came out so.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }
}

impl Office {
    /// Holds a roster against the agency: a verdict, findings and suggestions
    /// for every row. It writes nothing.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn preview(&self, roster: Roster) -> Result<Preview> {
        self.may("preview")?;
        Facts::of_roster(&self.agency.shared, &self.agency.record()?, &roster, &[])?.preview(roster, &[])
    }

    /// Creates what a preview let pass: parties, accounts, first messages and
    /// their histories, in pieces that are each whole. It can be run again
    /// after a crash or with next month's roster: what is there already is
    /// left alone, what changed is updated, nothing is made twice, and what was
    /// decided of who is who is kept (C4).
    ///
    /// Rows are checked again from fresh facts before they are written. A
    /// password typed twice for the office staff (S2's Initial Password) is
    /// given to each of them as their temporary password; whom it does not
    /// suit, since it holds their name, fails alone.
    ///
    /// Of an office that is [sending](Self::sending) later, the first messages
    /// wait, of those who need one; what was staged before is not sent by
    /// running it again.
    ///
    /// `progress` is told before each piece, and may stop the work: the report
    /// says so, and holds what was done until then.
    ///
    /// # Errors
    ///
    /// The findings about the typed password, where it suits nobody;
    /// `actor.not_allowed` and those of the store, where nothing was done yet:
    /// later they stand in the report.
    pub fn create(
        &self,
        preview: &Preview,
        initial_password: Option<NewPassword<'_>>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<CreateReport> {
        self.may("create")?;
        if let Some(password) = initial_password {
            self.check_typed(password)?;
        }
        let mut work = Work { office: self, preview, initial_password, typed: BTreeMap::new() };
        let mut results: BTreeMap<u64, RowResult> = BTreeMap::new();
        let mut gone = Vec::new();
        let mut stopped = None;
        for round in 0..=ROUNDS {
            let agency = self.agency.record()?;
            let rows: Vec<RosterRow> = preview.rows().iter().map(|row| row.as_read().clone()).collect();
            let roster = Roster::from_read(rows);
            let facts = Facts::of_roster(&self.agency.shared, &agency, &roster, preview.decisions())?;
            let (accounts, there) = (facts.accounts(), facts.there);
            let checked = decided(preview, roster, facts)?;
            gone = checked.gone().to_vec();
            let merged = with_followers(checked.rows());
            let mut pending = Vec::new();
            for (asked, row) in preview.rows().iter().zip(checked.rows()) {
                if !asked.passes() {
                    // What did not pass when it was looked at is not made, whatever has changed.
                    results.entry(row.row.line).or_insert_with(|| settled(asked));
                } else if !(work.is_work(row) || merged.contains_key(&row.row.line)) || row.same_as.is_some() {
                    let account = row.party.and_then(|party| accounts.get(&party).copied());
                    results.entry(row.row.line).or_insert_with(|| RowResult { account, ..settled(row) });
                } else if !results.contains_key(&row.row.line) {
                    pending.push(row);
                }
            }
            let (before, total) = (results.len(), checked.rows().len());
            let mut told = |done: Progress| progress(Progress { done: before + done.done, total });
            let by_password = |role| agency.policy.enrolment.scheme(role) == EnrolmentScheme::TemporaryPassword;
            // Somebody who becomes a client brings a login to those who are tied to them (R).
            let tied = TieKind::ALL.iter().filter_map(|kind| conveys(*kind)).any(by_password);
            let by_ties = |row: &RowCheck| tied && row.party.is_some() && row.row.role == Some(Role::Client);
            let hashes = |row: &&RowCheck| row.row.role.is_some_and(by_password) || by_ties(row);
            let hashes = initial_password.is_some() || pending.iter().any(hashes);
            let size = if hashes { hashing(pending.len()) } else { beside(there) };
            let pieces = in_pieces(&pending, size, &mut told, |piece, tries| work.commit(piece, tries, &merged));
            results.extend(pieces.results.into_iter().map(|result| (result.line, result)));
            match pieces.stopped {
                None => break,
                Some(error) if error.kind == ErrorKind::Conflict && round < ROUNDS => {}
                Some(error) => {
                    let reached = pending.iter().filter(|row| results.contains_key(&row.row.line)).count();
                    if reached == 0 && round == 0 && error.kind != ErrorKind::Cancelled {
                        return Err(error);
                    }
                    for row in pending {
                        let not_reached = || RowResult { outcome: RowOutcome::NotReached, ..settled(row) };
                        results.entry(row.row.line).or_insert_with(not_reached);
                    }
                    stopped = Some(error);
                    break;
                }
            }
        }
        follow(preview, &mut results);
        let mut report = CreateReport { rows: results.into_values().collect(), gone, stopped };
        if let Err(error) = self.record_roster(&report) {
            report.stopped.get_or_insert(error);
        }
        Ok(report)
    }

    /// The line of the agency's history. It tells what was done, also where
    /// its actor could do no more.
    fn record_roster(&self, report: &CreateReport) -> Result<()> {
        let changed = [RowOutcome::Created, RowOutcome::Invited, RowOutcome::Staged, RowOutcome::Updated];
        if changed.iter().all(|outcome| report.count(*outcome) == 0) {
            return Ok(());
        }
        let counts = || {
            let told = RowOutcome::ALL.iter().filter(|outcome| {
                !matches!(outcome, RowOutcome::NotReached | RowOutcome::Staged) || report.count(**outcome) > 0
            });
            told.map(|outcome| (outcome.to_string(), report.count(*outcome).into())).collect()
        };
        act::run(&self.agency.shared, self.agency.id, &self.someone(), |act| {
            self.name_actor(act)?;
            act.agency_event(EventKind::RosterCreated, counts())
        })
    }
}

/// The rows held against fresh facts, with the usernames that were decided
/// upon. The rows themselves stay as they are: they tell who is who.
fn decided(preview: &Preview, rows: Roster, facts: Facts) -> Result<Preview> {
    let mut checked = facts.preview(rows, preview.decisions())?;
    let waiting: Vec<(u64, &str)> = preview
        .rows()
        .iter()
        .zip(checked.rows())
        .filter(|(asked, row)| asked.passes() && asked.same_as.is_none() && !row.passes())
        .filter_map(|(asked, _)| Some((asked.row.line, asked.username.as_deref()?)))
        .collect();
    for (line, username) in waiting {
        // One that was taken meanwhile is not given: the row says so itself.
        let _ = checked.accept(line, username);
    }
    for row in preview.rows().iter().filter(|row| row.shares) {
        // Where the address is free by now, they get a login of their own.
        let _ = checked.share(row.row.line);
    }
    Ok(checked)
}

/// The result of a row for which there is nothing to do.
fn settled(row: &RowCheck) -> RowResult {
    let outcome = match row.state() {
        RowState::Pass => RowOutcome::Unchanged,
        RowState::Waiting => RowOutcome::Waiting,
        RowState::Fail => RowOutcome::Failed,
    };
    RowResult {
        line: row.row.line,
        outcome,
        party: row.party,
        account: None,
        username: row.username.clone(),
        hand_over: None,
        findings: row.findings.clone(),
    }
}

/// The further roles of people who stand on more than one line, where they are new to
/// them: the first line is then work, whatever else it says.
fn with_followers(rows: &[RowCheck]) -> BTreeMap<u64, BTreeSet<Role>> {
    let mut roles: BTreeMap<u64, BTreeSet<Role>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.passes() && row.action != RowAction::Unchanged) {
        if let (Some(first), Some(role)) = (row.same_as, row.row.role) {
            roles.entry(first).or_default().insert(role);
        }
    }
    roles
}

/// A row that adds a role to an earlier one comes out as that one does.
fn follow(preview: &Preview, results: &mut BTreeMap<u64, RowResult>) {
    for row in preview.rows() {
        let Some(first) = row.same_as.and_then(|line| results.get(&line)) else { continue };
        let (party, account, username) = (first.party, first.account, first.username.clone());
        let outcome = match first.outcome {
            RowOutcome::Created | RowOutcome::Invited | RowOutcome::Staged | RowOutcome::Updated => RowOutcome::Updated,
            other => other,
        };
        if let Some(result) = results.get_mut(&row.row.line) {
            (result.party, result.account, result.username) = (party, account, username);
            if result.outcome == RowOutcome::Unchanged {
                result.outcome = outcome;
            }
        }
    }
}

/// What all pieces of one creation share.
struct Work<'a> {
    office: &'a Office,
    preview: &'a Preview,
    initial_password: Option<NewPassword<'a>>,
    /// The typed password of each line that gets it, hashed once, before any
    /// act; or why it does not suit.
    typed: BTreeMap<u64, std::result::Result<String, Vec<Finding>>>,
}

impl Work<'_> {
    fn is_work(&self, row: &RowCheck) -> bool {
        row.passes() && (row.action != RowAction::Unchanged || self.decision(row).is_some())
    }

    /// The decision on who a row is about, where it was taken just now.
    fn decision<'r>(&self, row: &'r RowCheck) -> Option<&'r WhoDecision> {
        row.decision.as_ref().filter(|decision| self.preview.decisions().contains(decision))
    }

    /// Commits one piece; a row that is tried alone too often has to be
    /// checked again.
    fn commit(
        &mut self,
        piece: &[&RowCheck],
        tries: u32,
        followers: &BTreeMap<u64, BTreeSet<Role>>,
    ) -> Result<Piece<RowResult>> {
        for row in piece {
            self.hash_for(row)?;
        }
        let (office, work) = (self.office, &*self);
        let agency = &office.agency;
        let done = act::attempt(&agency.shared, agency.id, &office.someone(), tries, |act| {
            office.admit(act, "create")?;
            let known = act.all().among(record::Party::id, piece.iter().filter_map(|row| row.party));
            let mut parties: BTreeMap<PartyId, Tracked<record::Party>> =
                act.find(&known)?.into_iter().map(|party: Tracked<record::Party>| (party.id, party)).collect();
            let mut clients = Vec::new();
            let rows = piece.iter().map(|row| {
                let party = row.party.and_then(|id| parties.remove(&id));
                let more = followers.get(&row.row.line);
                work.write(act, row, party, more.into_iter().flatten().copied(), &mut clients)
            });
            let rows = rows.collect::<Result<Vec<RowResult>>>()?;
            // Once no row has a party in hand that a tie may be of.
            drop(parties);
            for client in clients {
                ties::enrol_for(act, client)?;
            }
            Ok(rows)
        })?;
        match done {
            Some(done) => Ok(Piece::Done(done)),
            None if piece.len() == 1 && tries >= TRIES => Err(Error::new(ErrorKind::Conflict, Code::StoreConflict)),
            None => Ok(Piece::Conflict),
        }
    }

    /// Hashes the typed password for a row that gets it.
    fn hash_for(&mut self, row: &RowCheck) -> Result<()> {
        let Some(password) = self.initial_password else { return Ok(()) };
        let is_asked = row.row.role == Some(Role::OfficeStaff) && row.action == RowAction::Create;
        if !is_asked || row.row.password_hash.is_some() || self.typed.contains_key(&row.row.line) {
            return Ok(());
        }
        let hashed =
            match self.office.typed_password(&row.row.party_name().display(), row.username.as_deref(), password) {
                Ok(hash) => Ok(hash),
                Err(error) if error.kind == ErrorKind::Invalid => Err(error.findings),
                Err(error) => return Err(error),
            };
        self.typed.insert(row.row.line, hashed);
        Ok(())
    }

    /// Writes one row. Who was there and becomes a client is one of those `clients`.
    fn write(
        &self,
        act: &mut Act<'_>,
        row: &RowCheck,
        known: Option<Tracked<record::Party>>,
        more: impl Iterator<Item = Role>,
        clients: &mut Vec<PartyId>,
    ) -> Result<RowResult> {
        let mut result = settled(row);
        let failed = |findings: Vec<Finding>, result: RowResult| {
            let findings = result.findings.iter().cloned().chain(findings).collect();
            Ok(RowResult { outcome: RowOutcome::Failed, findings, ..result })
        };
        // Whoever was deleted does not come back by a file, but by a decision (U4).
        let restores = row.findings.iter().any(|finding| finding.code == Code::RosterRestored);
        let is_gone = known
            .as_ref()
            .is_some_and(|party| party.deleted_at.is_some() != restores || (restores && party.kind != row.row.kind()));
        if is_gone || (row.party.is_some() && known.is_none()) {
            return failed(vec![Finding::new(Code::PartyNotFound, "row")], result);
        }
        if let Some(Err(findings)) = self.typed.get(&row.row.line) {
            return failed(findings.clone(), result);
        }
        // Somebody gave the login a record meanwhile: no second one is made.
        if let Some(login) = row.login
            && links::made_for(act, login)?.is_some()
        {
            return failed(vec![Finding::new(Code::AccountAlreadyLinked, "row")], result);
        }
        let more: BTreeSet<Role> = more.collect();
        let adds = !more.is_empty();
        let more: BTreeSet<Role> = row.row.role.into_iter().chain(more).collect();
        if let Some(known) = &known
            && !more.is_subset(&known.roles)
            && let Some(found) = links::too_many(act, known.id, &more.union(&known.roles).copied().collect())?
        {
            return failed(vec![found], result);
        }
        let mut party = match known {
            Some(party) => party,
            None => {
                let blank = blank_party(act, row.row.kind());
                act.add(blank)
            }
        };
        result.party = Some(party.id);
        if let Some(decision) = self.decision(row) {
            keep_decision(act, decision, party.id)?;
        }
        if row.action == RowAction::Unchanged && !adds {
            return Ok(result);
        }
        let before = Contacts::of(&party);
        apply(&mut party, row);
        if restores {
            restore(act, &mut party)?;
        }
        if let Some(login) = row.login {
            party.roles.extend(more);
            return link_login(act, login, &party, result);
        }
        let was_client = party.roles.contains(&Role::Client);
        let tied: Vec<Tie> = if party.is_new() { Vec::new() } else { ties_of(act, party.id)? };
        let by_ties = conveyed(party.id, &tied, act.now);
        let brought = more.into_iter().filter(|role| !by_ties.contains(role) && !party.roles.contains(role));
        let brought: Vec<Role> = brought.collect();
        let settles = !brought.is_empty() && !party.is_new();
        party.roles.extend(brought);
        if settles {
            links::settle(act, &party)?;
        }
        if !was_client && !party.is_new() && party.roles.contains(&Role::Client) {
            clients.push(party.id);
        }
        let login = if party.is_new() { None } else { links::account_of(act, party.id)? };
        if let Some(id) = login {
            result.findings.extend(correct(act, &mut party, &before)?.findings);
            let mut account = act.account(id)?;
            update_account(act, &mut account, &party, row)?;
            result.account = Some(id);
            result.username = Some(account.username.clone());
            result.outcome = RowOutcome::Updated;
        } else {
            if !party.is_new() {
                result.findings.extend(correct(act, &mut party, &before)?.findings);
            }
            self.enrol(act, row, &mut party, &mut result)?;
        }
        Ok(result)
    }

    fn enrol(
        &self,
        act: &mut Act<'_>,
        row: &RowCheck,
        party: &mut Tracked<record::Party>,
        result: &mut RowResult,
    ) -> Result<()> {
        let Some(role) = row.row.role else { return Ok(()) };
        let scheme = act.policy().enrolment.scheme(role);
        let imported = row.row.password_hash.as_ref().map(|hash| hash.reveal());
        if row.shares || (scheme == EnrolmentScheme::InvitationCode && imported.is_none()) {
            // Someone invited before is not invited again by a roster (I9).
            if party.invitation.is_none() && act.acting.sending == Sending::Later {
                let known = if row.changes.is_empty() { RowOutcome::Unchanged } else { RowOutcome::Updated };
                result.outcome = if party.is_new() { RowOutcome::Staged } else { known };
            } else if party.invitation.is_none() {
                let sent = super::invite::invite(act, party, None, None, false)?;
                result.findings.extend(sent.findings);
                result.outcome = RowOutcome::Invited;
            } else {
                result.outcome = RowOutcome::Updated;
            }
            return Ok(());
        }
        let verdict = NameVerdict {
            username: row.username.clone(),
            canonical: row.canonical.clone(),
            email: row.email.clone(),
            phone: row.phone.clone(),
            findings: Vec::new(),
            suggestions: Vec::new(),
        };
        let typed = self.typed.get(&row.row.line).and_then(|typed| typed.as_ref().ok());
        let first = match (imported, typed) {
            (Some(hash), _) => First::Imported(hash),
            (None, Some(hash)) => First::Typed(hash),
            (None, None) => First::Send(party.preferred),
        };
        let first_waits = matches!(first, First::Send(_));
        let enrolled = create_account(act, party, scheme, &verdict, row.row.note.as_deref(), first)?;
        result.account = enrolled.account;
        result.username = enrolled.username;
        result.hand_over = enrolled.hand_over;
        let sent_later = first_waits && act.acting.sending == Sending::Later;
        result.outcome = if sent_later { RowOutcome::Staged } else { RowOutcome::Created };
        Ok(())
    }
}

/// Links the login that came before its record to that record (A2).
fn link_login(
    act: &mut Act<'_>,
    login: AccountId,
    party: &Tracked<record::Party>,
    mut result: RowResult,
) -> Result<RowResult> {
    let mut account = act.account(login)?;
    links::make(act, login, party, None, LinkAct::Linked)?;
    act.event(&mut account, EventKind::AccountLinked, params([("name", party.display_name.as_str().into())]));
    (result.account, result.username) = (Some(login), Some(account.username.clone()));
    result.outcome = RowOutcome::Updated;
    Ok(result)
}

fn ties_of(act: &Act<'_>, who: PartyId) -> Result<Vec<Tie>> {
    let ties: Vec<Tracked<record::Tie>> = act.find(&act.all().is(record::Tie::who, who))?;
    Ok(ties.iter().map(|tie| tie.facts()).collect())
}

/// Keeps a decision, so that it is asked once (C4). Once the other person is
/// there, the decision is that it is they.
pub(super) fn keep_decision(act: &mut Act<'_>, decision: &WhoDecision, party: PartyId) -> Result<()> {
    let id = RecordId::derived("who decision", decision.said.as_bytes());
    let mut kept = act.by_id_or(id.0, || record::Decision {
        agency: act.agency.id,
        id,
        revision: 1,
        said: decision.said.clone(),
        party: None,
        decided_at: act.now,
    })?;
    kept.party = Some(party);
    kept.decided_at = act.now;
    Ok(())
}

/// Writes into a party what the row says; a blank changes nothing.
fn apply(party: &mut record::Party, row: &RowCheck) {
    match row.row.kind() {
        PartyKind::Person => {
            let nickname = party.nickname.take();
            set_name(party, &row.row.name);
            party.nickname = party.nickname.take().or(nickname);
        }
        PartyKind::Organization => set_organization(party, row.row.organization.as_deref().unwrap_or_default()),
    }
    if let Some(email) = &row.email {
        party.email = Some(email.typed.clone());
        party.email_canonical = Some(email.canonical.clone());
    }
    if let Some(phone) = &row.phone {
        party.phone = Some(phone.typed.clone());
        party.phone_e164 = Some(phone.e164.clone());
    }
    party.external_id = row.external_id().map(str::to_owned).or(party.external_id.take());
    party.preferred = row.row.preferred.or(party.preferred);
    party.locale = row.row.locale.or(party.locale);
}

/// Brings the account that was made for a party up to date with it. What
/// changed, from what to what, stands in its history. Of other accounts that
/// the party is linked to nothing changes (C2).
fn update_account(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    party: &record::Party,
    row: &RowCheck,
) -> Result<()> {
    if links::made_for(act, account.id)? != Some(party.id) {
        return Ok(());
    }
    let mut details = params([]);
    for change in &row.changes {
        let value = |text: &Option<String>| text.clone().unwrap_or_default().into();
        details.insert(format!("{} before", change.field), value(&change.before));
        details.insert(format!("{} after", change.field), value(&change.after));
    }
    enrol::name_after(account, party);
    // What its user said of themselves stays, unless the office says otherwise (C3).
    if row.changes.iter().any(|change| change.field == "language") {
        account.locale = party.locale;
    }
    account.note = row.row.note.clone().or(account.note.take());
    if let (Some(username), Some(canonical)) = (&row.username, &row.canonical)
        && *canonical != account.username_canonical
    {
        account.username.clone_from(username);
        account.username_canonical.clone_from(canonical);
        names::claim(act, account, None)?;
        act.event(account, EventKind::UsernameChanged, details);
    } else {
        act.event(account, EventKind::ContactChanged, details);
    }
    act.describe(account, AdministrativeAct::Updated);
    Ok(())
}

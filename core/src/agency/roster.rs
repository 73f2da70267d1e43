//! Rosters against what is stored: previewing and creating (B, U4, U5).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::Office;
use super::act::{self, Act};
use super::actor::Acting;
use super::directory::Shared;
use super::enrol::{self, First, create_account, notify};
use super::people::{blank_party, set_name, set_organization};
use super::steps::NewPassword;
use crate::description::AdministrativeAct;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Locale, params};
use crate::id::{AccountId, AgencyId, PartyId};
use crate::policy::EnrolmentScheme;
use crate::roster::{Known, Preview, Roster, RosterRow, RowAction, RowCheck, RowState, WhoDecision};
use crate::secret::Secret;
use crate::store::{Select, Test, record};
use crate::text_enum::text_enum;
use crate::username::{NameVerdict, Taken, Usernames, check_email};
use crate::words::{EventKind, MessageKind, PartyKind, Role};

/// How many rows are committed in one piece. A crash loses at most this many,
/// and leaves whole accounts only. Larger pieces share the pages of indexes
/// whose order is not that of the roster.
const CHUNK: usize = 2000;

/// How often all rows are checked again because others came between.
const ROUNDS: u32 = 200;

text_enum! {
    /// What came of a row.
    pub enum RowOutcome {
        /// Account Created, in S2's words.
        Created = "created",
        /// The party was added and an invitation sent; the account comes when
        /// it is redeemed (families).
        Invited = "invited",
        /// What the row says otherwise was changed.
        Updated = "updated",
        /// Nothing was to be done.
        Unchanged = "unchanged",
        /// Nothing was done: a suggested username waits for a decision.
        Waiting = "waiting",
        /// Nothing was done: the findings say why.
        Failed = "failed",
    }
}

impl RowOutcome {
    /// The words of the result column.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (locale, self) {
            (Locale::English, Self::Created) => "Account Created",
            (Locale::English, Self::Invited) => "Invited",
            (Locale::English, Self::Updated) => "Updated",
            (Locale::English, Self::Unchanged) => "Unchanged",
            (Locale::English, Self::Waiting) => "Waiting",
            (Locale::English, Self::Failed) => "Failed",
            (Locale::Spanish, Self::Created) => "Cuenta creada",
            (Locale::Spanish, Self::Invited) => "Invitado",
            (Locale::Spanish, Self::Updated) => "Actualizado",
            (Locale::Spanish, Self::Unchanged) => "Sin cambios",
            (Locale::Spanish, Self::Waiting) => "Pendiente",
            (Locale::Spanish, Self::Failed) => "Fallido",
        }
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
}

impl CreateReport {
    /// How many rows came out so.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }
}

/// How far a long act has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that are done.
    pub done: usize,
    /// Rows in all.
    pub total: usize,
}

impl Office {
    /// Holds a roster against the agency: a verdict, findings and suggestions
    /// for every row. It writes nothing.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn preview(&self, roster: Roster) -> Result<Preview> {
        self.acting("preview")?;
        Facts::load(&self.agency.shared, &self.agency.record()?)?.preview(roster, &[])
    }

    /// Creates what a preview let pass: parties, accounts, first messages and
    /// their histories, in pieces that are each whole. It can be run again
    /// after a crash or with next month's roster: what is there already is
    /// left alone, what changed is updated, nothing is made twice.
    ///
    /// Rows are checked again from fresh facts before they are written. A
    /// password typed twice for the office staff (S2's Initial Password) is
    /// given to each of them as their temporary password.
    ///
    /// `progress` is told of each piece, and may stop the work.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`; `act.cancelled` where `progress` stopped it, and
    /// what was committed stays; the findings about the typed password; those
    /// of the store.
    pub fn create(
        &self,
        preview: &Preview,
        initial_password: Option<NewPassword<'_>>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<CreateReport> {
        let acting = self.acting("create")?;
        let work = Work { office: self, acting: &acting, initial_password };
        let mut results: BTreeMap<u64, RowResult> = BTreeMap::new();
        let mut gone = Vec::new();
        for round in 0..=ROUNDS {
            let facts = Facts::load(&self.agency.shared, &self.agency.record()?)?;
            let accounts = facts.accounts();
            let checked = decided(preview, facts)?;
            gone = checked.gone().to_vec();
            let merged = with_followers(checked.rows());
            let mut pending = Vec::new();
            for (asked, row) in preview.rows().iter().zip(checked.rows()) {
                if !asked.passes() {
                    // What did not pass when it was looked at is not made, whatever has changed.
                    results.entry(row.row.line).or_insert_with(|| settled(asked));
                } else if !work.is_work(row) || row.same_as.is_some() {
                    let account = row.party.and_then(|party| accounts.get(&party).copied());
                    results.entry(row.row.line).or_insert_with(|| RowResult { account, ..settled(row) });
                } else if !results.contains_key(&row.row.line) {
                    pending.push(row);
                }
            }
            let total = checked.rows().len();
            let mut whole = true;
            for chunk in pending.chunks(CHUNK) {
                if progress(Progress { done: results.len(), total }).is_break() {
                    return Err(Error::new(ErrorKind::Cancelled, Code::Cancelled));
                }
                match work.commit(chunk, &merged)? {
                    Some(done) => results.extend(done.into_iter().map(|result| (result.line, result))),
                    None => {
                        whole = false;
                        break;
                    }
                }
            }
            if whole {
                let _ = progress(Progress { done: total, total });
                break;
            }
            if round == ROUNDS {
                return Err(Error::new(ErrorKind::Conflict, Code::StoreConflict));
            }
        }
        follow(preview, &mut results);
        let report = CreateReport { rows: results.into_values().collect(), gone };
        self.record_roster(&report)?;
        Ok(report)
    }

    fn record_roster(&self, report: &CreateReport) -> Result<()> {
        let changed = [RowOutcome::Created, RowOutcome::Invited, RowOutcome::Updated];
        if changed.iter().all(|outcome| report.count(*outcome) == 0) {
            return Ok(());
        }
        self.act("create", |act| {
            let counts = RowOutcome::ALL.iter().map(|outcome| (outcome.to_string(), report.count(*outcome).into()));
            act.agency_event(EventKind::RosterCreated, counts.collect());
            Ok(())
        })
    }
}

/// The rows held against fresh facts, with the usernames that were decided
/// upon. The rows themselves stay as they are: they tell who is who.
fn decided(preview: &Preview, facts: Facts) -> Result<Preview> {
    let rows: Vec<RosterRow> = preview.rows().iter().map(|row| row.row.clone()).collect();
    let mut checked = facts.preview(Roster::from_read(rows), preview.decisions())?;
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

/// The further roles of people who stand on more than one line.
fn with_followers(rows: &[RowCheck]) -> BTreeMap<u64, BTreeSet<Role>> {
    let mut roles: BTreeMap<u64, BTreeSet<Role>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.passes()) {
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
            RowOutcome::Created | RowOutcome::Invited | RowOutcome::Updated => RowOutcome::Updated,
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

/// What a roster is held against, read once.
struct Facts {
    known: Vec<Known>,
    taken: Taken,
    agency: record::Agency,
}

impl Facts {
    fn load(shared: &Shared, agency: &record::Agency) -> Result<Self> {
        let id: AgencyId = agency.id;
        let accounts: Vec<record::Account> =
            act::read(shared, &Select::of::<record::Account>(id).and("deleted_at", Test::Null(true)))?;
        let accounts: BTreeMap<AccountId, record::Account> =
            accounts.into_iter().map(|account| (account.id, account)).collect();
        let parties = Select::of::<record::Party>(id).and("deleted_at", Test::Null(true));
        let parties: Vec<record::Party> = act::read(shared, &parties)?;
        let used: Vec<record::UsedName> = act::read(shared, &Select::of::<record::UsedName>(id))?;
        let mut taken = Taken::new();
        let mut names: BTreeMap<AccountId, Vec<String>> = BTreeMap::new();
        for used in used {
            match accounts.contains_key(&used.account) {
                true => taken.insert(&used.canonical),
                false => taken.insert_retired(&used.canonical),
            }
            names.entry(used.account).or_default().push(used.canonical);
        }
        let known = parties
            .into_iter()
            .map(|party| {
                // Several parties may share one account (I8).
                let account = party.account.and_then(|account| accounts.get(&account));
                Known {
                    party: party.id,
                    account: party.account,
                    active: account.is_some_and(|account| account.stage == crate::Stage::Active),
                    joined: account.is_some_and(|account| account.party != Some(party.id)),
                    own_names: account.and_then(|account| names.get(&account.id)).cloned().unwrap_or_default(),
                    account_email: account
                        .and_then(|account| account.email.as_deref())
                        .and_then(|email| check_email(email).value)
                        .map(|email| email.canonical),
                    account_phone: account.and_then(|account| account.phone_e164.clone()),
                    invited: party.invitation.is_some(),
                    external_id: party.external_id,
                    name_key: party.name_key,
                    display_name: party.display_name,
                    nickname: party.nickname,
                    roles: party.roles,
                    note: account.and_then(|account| account.note.clone()),
                    username_canonical: account.map(|account| account.username_canonical.clone()),
                    email_canonical: party.email_canonical,
                    phone_e164: party.phone_e164,
                    preferred: party.preferred,
                    locale: party.locale,
                }
            })
            .collect();
        Ok(Self { known, taken, agency: agency.clone() })
    }

    /// The account of each party that has one.
    fn accounts(&self) -> BTreeMap<PartyId, AccountId> {
        self.known.iter().filter_map(|known| Some((known.party, known.account?))).collect()
    }

    fn preview(self, roster: Roster, decisions: &[WhoDecision]) -> Result<Preview> {
        let policy = &self.agency.policy;
        let country = &self.agency.country;
        let usernames = Usernames::new(&policy.username, &self.agency.prefix, country, self.taken)?;
        Ok(roster.preview(&self.known, decisions, usernames, policy, country))
    }
}

/// What all pieces of one creation share.
struct Work<'a> {
    office: &'a Office,
    acting: &'a Acting,
    initial_password: Option<NewPassword<'a>>,
}

impl Work<'_> {
    fn is_work(&self, row: &RowCheck) -> bool {
        row.passes() && row.action != RowAction::Unchanged
    }

    /// Commits one piece. `None` where others came between: check again.
    fn commit(&self, chunk: &[&RowCheck], followers: &BTreeMap<u64, BTreeSet<Role>>) -> Result<Option<Vec<RowResult>>> {
        let agency = &self.office.agency;
        act::attempt(&agency.shared, agency.id, self.acting, |act| {
            let ids = chunk.iter().filter_map(|row| row.party);
            let parties = enrol::parties(act, ids)?.into_iter().map(|party| (party.id, party));
            let mut parties: BTreeMap<PartyId, record::Party> = parties.collect();
            // Two parties of one piece may share an account: the second goes on from the first.
            let mut written = BTreeMap::new();
            chunk
                .iter()
                .map(|row| {
                    let party = row.party.and_then(|id| parties.remove(&id));
                    let more = followers.get(&row.row.line);
                    self.write(act, row, party, more.into_iter().flatten().copied(), &mut written)
                })
                .collect()
        })
    }

    /// Writes one row.
    fn write(
        &self,
        act: &mut Act<'_>,
        row: &RowCheck,
        known: Option<record::Party>,
        more: impl Iterator<Item = Role>,
        written: &mut BTreeMap<AccountId, record::Account>,
    ) -> Result<RowResult> {
        let is_new = known.is_none();
        let mut party = known.unwrap_or_else(|| blank_party(act, row.row.kind()));
        let before = (party.email.clone(), party.phone_e164.clone());
        apply(&mut party, row);
        party.roles.extend(row.row.role.into_iter().chain(more));
        let mut result = settled(row);
        result.party = Some(party.id);
        match party.account {
            None => self.enrol(act, row, &mut party, &mut result)?,
            Some(id) => {
                let mut account = match written.remove(&id) {
                    Some(account) => account,
                    None => act.account(id)?,
                };
                update_account(act, &mut account, &party, row, before)?;
                result.account = Some(id);
                result.username = Some(account.username.clone());
                result.outcome = RowOutcome::Updated;
                written.insert(id, account);
            }
        }
        if is_new {
            act.insert(&party);
        } else {
            act.update(&mut party);
        }
        Ok(result)
    }

    fn enrol(
        &self,
        act: &mut Act<'_>,
        row: &RowCheck,
        party: &mut record::Party,
        result: &mut RowResult,
    ) -> Result<()> {
        let Some(role) = row.row.role else { return Ok(()) };
        let scheme = act.policy().enrolment.scheme(role);
        let imported = row.row.password_hash.as_ref().map(|hash| hash.reveal());
        if scheme == EnrolmentScheme::InvitationCode && imported.is_none() {
            // Someone invited before is not invited again by a roster (I9).
            if party.invitation.is_none() {
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
        let typed = match self.initial_password {
            Some(password) if role == Role::OfficeStaff => {
                Some(super::manage::typed_for(act, &party.display_name, row.username.as_deref(), password)?)
            }
            _ => None,
        };
        let first = match (imported, &typed) {
            (Some(hash), _) => First::Imported(hash),
            (None, Some(hash)) => First::Typed(hash),
            (None, None) => First::Send(party.preferred),
        };
        let enrolled = create_account(act, party, scheme, &verdict, row.row.note.as_deref(), first)?;
        result.account = enrolled.account;
        result.username = enrolled.username;
        result.hand_over = enrolled.hand_over;
        result.outcome = RowOutcome::Created;
        Ok(())
    }
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
    party.external_id = row.row.external_id.clone().or(party.external_id.take());
    party.preferred = row.row.preferred.or(party.preferred);
    party.locale = row.row.locale.or(party.locale);
}

/// Brings an account up to date with its party. What changed, from what to
/// what, stands in its history; the contact that was stored is told.
fn update_account(
    act: &mut Act<'_>,
    account: &mut record::Account,
    party: &record::Party,
    row: &RowCheck,
    before: (Option<String>, Option<String>),
) -> Result<()> {
    let contact_changed = before != (party.email.clone(), party.phone_e164.clone());
    if contact_changed {
        notify(act, account, MessageKind::ContactChanged)?;
    }
    let mut details = params([]);
    for change in &row.changes {
        let value = |text: &Option<String>| text.clone().unwrap_or_default().into();
        details.insert(format!("{} before", change.field), value(&change.before));
        details.insert(format!("{} after", change.field), value(&change.after));
    }
    enrol::name_after(account, party);
    account.email.clone_from(&party.email);
    account.phone_e164.clone_from(&party.phone_e164);
    account.locale = party.locale;
    account.note = row.row.note.clone().or(account.note.take());
    if let (Some(username), Some(canonical)) = (&row.username, &row.canonical)
        && *canonical != account.username_canonical
    {
        account.username.clone_from(username);
        account.username_canonical.clone_from(canonical);
        enrol::claim(act, account)?;
        act.event(account, EventKind::UsernameChanged, details);
    } else {
        act.event(account, EventKind::ContactChanged, details);
    }
    enrol::describe(act, account, AdministrativeAct::Updated);
    act.update(account);
    Ok(())
}

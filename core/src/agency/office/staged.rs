//! Sending staged (I10): who waits to be sent their first message, and sending
//! it to those chosen.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use time::{Duration, OffsetDateTime};

use super::each::Bulk;
use super::invite::{Item, findings_of, invite};
use super::ties::enrols_in;
use super::users::send_first;
use super::{Invitee, Office, Progress, brought};
use crate::agency::identity::{enrol, links};
use crate::agency::kernel::{Act, Each, ListPage, Place, now, read};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Params};
use crate::id::{AccountId, PartyId};
use crate::invitation::OfficeAction;
use crate::policy::EnrolmentScheme;
use crate::relationship::conveys;
use crate::secret::Secret;
use crate::store::{Query, record};
use crate::words::{EventKind, Role, TieKind};

/// Who waits to be sent something for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Staged {
    /// An account: its activation link, or its temporary password.
    Account(AccountId),
    /// A party: that of its account; of one that has none, its invitation.
    Party(PartyId),
}

/// One line of the list of those who wait to be sent something (I10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    /// The account; nothing for a family, whose account comes with its
    /// invitation.
    pub account: Option<AccountId>,
    /// The party; nothing for an account that came before its staff record (A2).
    pub party: Option<PartyId>,
    /// As it is shown.
    pub display_name: String,
    /// Since when it waits.
    pub since: OffsetDateTime,
}

impl StagedRow {
    /// It, for [`Office::send_staged`].
    pub fn item(&self) -> Option<Staged> {
        self.account.map(Staged::Account).or(self.party.map(Staged::Party))
    }
}

/// What came of sending to one who waited (I10).
#[derive(Debug, Clone)]
pub struct SentRow {
    /// The account that was sent to.
    pub account: Option<AccountId>,
    /// The party that was named, or that the account was made for.
    pub party: Option<PartyId>,
    /// The username of the account, as it is shown.
    pub username: Option<String>,
    /// Whether it was done.
    pub done: bool,
    /// A temporary password that no message could carry, to be handed over.
    pub hand_over: Option<Secret>,
    /// Why not, and what else there is to say.
    pub findings: Vec<Finding>,
}

impl Office {
    /// Who waits to be sent their first message, longest first (I10): accounts
    /// that were made to be sent to later, families that were never invited, and
    /// others who can only be invited: whose role, be it by a tie in force with a
    /// client, is enrolled by a code, or whose address is the login of somebody else,
    /// which they share. A family with applications is invited to those: it stands in
    /// the list of applications. Who is disabled waits for nothing.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn staged(&self, offset: u64, limit: u64) -> Result<ListPage<StagedRow>> {
        let rows = self.all_staged()?;
        let found = rows.len() as u64;
        let most = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let rows = rows.into_iter().skip(most(offset)).take(most(limit)).collect();
        Ok(ListPage { rows, found })
    }

    /// All of [`staged`](Self::staged), one after the other, as they wait when the
    /// first is asked for.
    pub fn each_staged(&self) -> Each<StagedRow> {
        let read = |office: &Self, place: &mut Place| office.all_staged().map(|rows| place.at_end(rows));
        Each::of(self.clone(), read, |office| office.staged(0, 0).map(|page| page.found))
    }

    fn all_staged(&self) -> Result<Vec<StagedRow>> {
        self.may("staged")?;
        let mut rows = self.staged_accounts()?;
        rows.extend(self.not_invited()?);
        rows.sort_by(|one, other| (one.since, &one.display_name).cmp(&(other.since, &other.display_name)));
        Ok(rows)
    }

    /// Sends each of those who wait their first message, now: the activation
    /// link, the username with a temporary password, the invitation (I10). Each
    /// has its own result; good ones go through, in pieces that are each one
    /// commit. Running it again sends nothing twice: who waits no longer has
    /// `enrolment.not_staged` in their row.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with one of them stands in its row: `enrolment.not_staged`,
    /// `account.disabled`, `account.not_found`, `account.deleted`,
    /// `party.not_found`, `invitation.no_contact`.
    pub fn send_staged(
        &self,
        items: &[Staged],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<SentRow>> {
        self.may("send_staged")?;
        let row = |act: &mut Act<'_>, item: &Staged| one(act, *item);
        let pieces = self.each(Bulk::hashing("send_staged"), items, progress, bring, row, |row| row.done);
        pieces.whole(items, |item, why| failed(*item, vec![why]))
    }

    fn staged_accounts(&self) -> Result<Vec<StagedRow>> {
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let staged = Query::<record::Account>::all(id)
            .null(record::Account::staged_at, false)
            .null(record::Account::deleted_at, true)
            .null(record::Account::disabled_at, true);
        let accounts = read(shared, &staged)?;
        let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
        let mut parties: BTreeMap<AccountId, PartyId> = BTreeMap::new();
        for link in links::of_accounts(shared, id, &ids)? {
            parties.entry(link.account).or_insert(link.party);
        }
        let row = |account: record::Account| {
            Some(StagedRow {
                account: Some(account.id),
                party: parties.get(&account.id).copied(),
                display_name: account.display_name,
                since: account.staged_at?,
            })
        };
        Ok(accounts.into_iter().filter_map(row).collect())
    }

    fn not_invited(&self) -> Result<Vec<StagedRow>> {
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let policy = self.agency.record()?.policy;
        let by_code = |role: &Role| policy.enrolment.scheme(*role) == EnrolmentScheme::InvitationCode;
        let there = || {
            let there = Query::<record::Party>::all(id).null(record::Party::deleted_at, true);
            let linked = links::in_force(Query::all(id));
            let there = there.null(record::Party::invitation, true);
            there.found(record::Party::id, linked, record::Link::party, false)
        };
        let mut waiting: BTreeMap<PartyId, record::Party> = BTreeMap::new();
        let mut add = |found: Vec<record::Party>| waiting.extend(found.into_iter().map(|party| (party.id, party)));
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(by_code).collect();
        if !roles.is_empty() {
            let by_role = roles.iter().fold(there(), |parties, role| parties.or_has(record::Party::roles, *role));
            add(read(shared, &by_role)?);
            let kinds = TieKind::ALL.iter().copied().filter(|kind| conveys(*kind).is_some_and(|role| by_code(&role)));
            let clients = Query::<record::Party>::all(id).has(record::Party::roles, Role::Client);
            let next = now(shared)?.saturating_add(Duration::MILLISECOND);
            let ties = Query::<record::Tie>::all(id)
                .among(record::Tie::kind, kinds)
                .before(record::Tie::begins_at, next)
                .found(record::Tie::of, clients, record::Party::id, true)
                .or_null(record::Tie::ends_at)
                .or_from(record::Tie::ends_at, next);
            add(read(shared, &there().found(record::Party::id, ties, record::Tie::who, true))?);
        }
        let names = || Query::<record::Account>::all(id).null(record::Account::deleted_at, true);
        let by_name = |column| there().found(column, names(), record::Account::username_canonical, true);
        let mut sharing = read(shared, &by_name(record::Party::email_canonical))?;
        sharing.extend(read(shared, &by_name(record::Party::phone_e164))?);
        sharing.retain(is_enrolled);
        add(sharing);
        let applications = Query::<record::Application>::all(id).among(record::Application::family, waiting.keys());
        for application in read(shared, &applications)? {
            waiting.remove(&application.family);
        }
        let row = |party: record::Party| StagedRow {
            account: None,
            party: Some(party.id),
            display_name: party.display_name,
            since: party.created_at,
        };
        Ok(waiting.into_values().map(row).collect())
    }
}

/// Nothing was sent, since the findings say why.
fn failed(item: Staged, findings: Vec<Finding>) -> SentRow {
    let (account, party) = match item {
        Staged::Account(account) => (Some(account), None),
        Staged::Party(party) => (None, Some(party)),
    };
    SentRow { account, party, username: None, done: false, hand_over: None, findings }
}

/// What is looked for of each of them.
fn bring(act: &Act<'_>, items: &[Staged]) -> Result<()> {
    let (mut accounts, mut parties) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Staged::Account(account) => accounts.push(*account),
            Staged::Party(party) => parties.push(Invitee::Party(*party)),
        }
    }
    brought::accounts(act, &accounts)?;
    brought::invitees(act, OfficeAction::Invite, &parties)
}

/// Sends to one of them; what forbids it stands in its row.
fn one(act: &mut Act<'_>, item: Staged) -> Result<SentRow> {
    let sent = match item {
        Staged::Account(account) => send_account(act, account),
        Staged::Party(party) => send_party(act, party),
    };
    sent.or_else(|error| Ok(failed(item, findings_of(error, "item")?)))
}

fn send_party(act: &mut Act<'_>, id: PartyId) -> Result<SentRow> {
    let party = enrol::party(act, id)?;
    act.guard(&party);
    if let Some(account) = links::account_of(act, id)? {
        return Ok(SentRow { party: Some(id), ..send_account(act, account)? });
    }
    let is_invited = by_code(act, &party)? || shares(act, &party)?;
    drop(party);
    let mut item = Item::load(act, Invitee::Party(id))?;
    if !is_invited || item.check(OfficeAction::Invite).is_some() {
        return Err(not_staged());
    }
    let findings = invite(act, &mut item.party, None, None, false)?.findings;
    let sent = failed(Staged::Party(id), findings);
    Ok(SentRow { done: !crate::has_errors(&sent.findings), ..sent })
}

/// Whether the office enrols somebody at all: those who are nothing but a contact, or
/// the organization of others, it writes down.
fn is_enrolled(party: &record::Party) -> bool {
    party.roles.iter().any(|role| !matches!(role, Role::Contact | Role::Organization))
}

/// Whether a party has a role that is enrolled by a code, be it by a tie.
fn by_code(act: &Act<'_>, party: &record::Party) -> Result<bool> {
    let is_by_code = |role: &Role| act.policy().enrolment.scheme(*role) == EnrolmentScheme::InvitationCode;
    if party.roles.iter().any(is_by_code) {
        return Ok(true);
    }
    for tie in act.find::<record::Tie>(&act.all().is(record::Tie::who, party.id))? {
        if enrols_in(act, &tie)?.is_some_and(|role| is_by_code(&role)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the address of a party is the login of somebody else: it can share that one,
/// and have none of its own.
fn shares(act: &Act<'_>, party: &record::Party) -> Result<bool> {
    for name in [&party.email_canonical, &party.phone_e164].into_iter().flatten().filter(|_| is_enrolled(party)) {
        let login = act.all().is(record::Account::username_canonical, name.as_str());
        if act.first::<record::Account>(&login.null(record::Account::deleted_at, true))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn send_account(act: &mut Act<'_>, id: AccountId) -> Result<SentRow> {
    let mut account = act.account(id)?;
    if account.staged_at.is_none() {
        return Err(not_staged());
    }
    if account.disabled_at.is_some() {
        return Err(Finding::new(Code::AccountDisabled, "item").into());
    }
    act.event(&mut account, EventKind::EnrolmentSent, Params::new());
    let hand_over = send_first(act, &mut account)?;
    let party = links::made_for(act, id)?;
    let username = Some(account.username.clone());
    Ok(SentRow { account: Some(id), party, username, done: true, hand_over, findings: Vec::new() })
}

fn not_staged() -> Error {
    Finding::new(Code::EnrolmentNotStaged, "item").into()
}

//! The bulk window (A5, S0): the parties by role, and who has an account.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;

use super::people::of_role;
use super::{Office, delegated};
use crate::account::State;
use crate::agency::identity::links;
use crate::agency::kernel::{ListPage, now, read};
use crate::error::Result;
use crate::id::{AccountId, PartyId};
use crate::relationship::conveys;
use crate::store::{Query, record};
use crate::words::{Role, TieKind};

/// One party of the bulk window (S0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowRow {
    /// The party.
    pub party: PartyId,
    /// Person or company, as it is shown.
    pub display_name: String,
    /// The username, where there is an account.
    pub username: Option<String>,
    /// E-mail, as it was typed.
    pub email: Option<String>,
    /// Cell, as it was typed.
    pub phone: Option<String>,
    /// The account: whether it exists already.
    pub account: Option<AccountId>,
    /// The account's status.
    pub state: Option<State>,
    /// The account's free note.
    pub note: Option<String>,
    /// Since when the account's first message waits to be sent (I10).
    pub staged: Option<OffsetDateTime>,
}

/// The parties of one role, with their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowGroup {
    /// The role.
    pub role: Role,
    /// How many parties have it, on all pages.
    pub total: u64,
    /// The page asked for, by name.
    pub rows: Vec<WindowRow>,
}

impl Office {
    /// The bulk window (A5, S0): the parties of every role that has any, each
    /// role with its number and the first `limit` parties after `offset`.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn window(&self, offset: u64, limit: u64) -> Result<Vec<WindowGroup>> {
        let within = self.may_list("window")?;
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let (tied, now) = (self.conveyed()?, now(shared)?);
        let (nobody, mut groups) = (BTreeSet::new(), Vec::new());
        for role in Role::ALL {
            let mut query = Query::<record::Party>::all(id).null(record::Party::deleted_at, true);
            if let Some(roles) = &within {
                let beyond = delegated::beyond(id, roles, now);
                let managers = delegated::of_managers(id);
                query = query.found(record::Party::id, beyond, record::Party::id, false).found(
                    record::Party::id,
                    managers,
                    record::Link::party,
                    false,
                );
            }
            let ListPage { rows: parties, found: total } =
                of_role(shared, &query, *role, tied.get(role).unwrap_or(&nobody), offset, limit)?;
            if total == 0 {
                continue;
            }
            let mut logins: BTreeMap<PartyId, AccountId> = BTreeMap::new();
            for link in links::of_parties(shared, id, parties.iter().map(|party| party.id))? {
                logins.entry(link.party).or_insert(link.account);
            }
            let accounts = Query::<record::Account>::all(id).among(record::Account::id, logins.values());
            let accounts: BTreeMap<AccountId, record::Account> =
                read(shared, &accounts)?.into_iter().map(|account| (account.id, account)).collect();
            let rows = parties.into_iter().map(|party| {
                // Several parties may share one account (I8).
                let account = logins.get(&party.id).and_then(|id| accounts.get(id));
                window_row(party, account)
            });
            groups.push(WindowGroup { role: *role, total, rows: rows.collect() });
        }
        Ok(groups)
    }

    /// Who has which role because of a tie in force.
    pub(super) fn conveyed(&self) -> Result<BTreeMap<Role, BTreeSet<PartyId>>> {
        let now = now(&self.agency.shared)?;
        let kinds = TieKind::ALL.iter().copied().filter(|kind| conveys(*kind).is_some());
        let ties = Query::<record::Tie>::all(self.agency.id).among(record::Tie::kind, kinds);
        let mut tied: BTreeMap<Role, BTreeSet<PartyId>> = BTreeMap::new();
        for tie in read(&self.agency.shared, &ties)? {
            if let Some(role) = conveys(tie.kind).filter(|_| tie.facts().period.in_force(now)) {
                tied.entry(role).or_default().insert(tie.who);
            }
        }
        Ok(tied)
    }
}

fn window_row(party: record::Party, account: Option<&record::Account>) -> WindowRow {
    WindowRow {
        party: party.id,
        display_name: party.display_name,
        email: party.email,
        phone: party.phone,
        account: account.map(|account| account.id),
        state: account.map(|account| State::of(account.stage, account.disabled_at.is_some())),
        note: account.and_then(|account| account.note.clone()),
        staged: account.and_then(|account| account.staged_at),
        username: account.map(|account| account.username.clone()),
    }
}

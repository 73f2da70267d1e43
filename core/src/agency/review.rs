//! The office's overviews: the bulk window by role (A5), and the access
//! review: what someone should look at.

use std::collections::{BTreeMap, BTreeSet};

use time::{Duration, OffsetDateTime};

use super::Office;
use super::act;
use crate::account::State;
use crate::error::Result;
use crate::id::{AccountId, ApplicationId, InvitationId, PartyId};
use crate::store::{Select, Test, record};
use crate::text_enum::text_enum;
use crate::words::{Role, Stage};

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

/// After how many days without a sign-in an account stands in the access
/// review, where nobody says otherwise (A5).
pub const UNUSED_DAYS: u32 = 90;

text_enum! {
    /// Why something stands in the access review.
    pub enum ReviewKind {
        /// An account that was never activated.
        NotActivated = "not_activated",
        /// An invitation that lapsed and was neither redeemed nor sent again.
        StaleInvitation = "stale_invitation",
        /// An e-mail address that several parties have.
        SharedEmail = "shared_email",
        /// A phone number that several parties have.
        SharedPhone = "shared_phone",
        /// An account whose party has no role left, or is gone.
        NoRole = "no_role",
        /// An account that was not signed in to for so many days.
        Unused = "unused",
    }
}

/// One thing of the access review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewItem {
    /// Why it stands here.
    pub kind: ReviewKind,
    /// The account it is about.
    pub account: Option<AccountId>,
    /// The parties it is about: one, or all that share something.
    pub parties: Vec<PartyId>,
    /// The application, for an invitation to one.
    pub application: Option<ApplicationId>,
    /// The names, as they are shown.
    pub names: Vec<String>,
    /// Since when: created, lapsed, last used.
    pub since: Option<OffsetDateTime>,
}

impl Office {
    /// The bulk window (A5, S0): the parties of every role that has any, each
    /// role with its number and the first `limit` parties after `offset`.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn window(&self, offset: u64, limit: u64) -> Result<Vec<WindowGroup>> {
        self.acting("window")?;
        let agency = &self.agency;
        let mut groups = Vec::new();
        for role in Role::ALL {
            let select = Select::of::<record::Party>(agency.id)
                .and("roles", Test::Contains(format!(",{role},")))
                .and("deleted_at", Test::Null(true));
            let total = agency.shared.store.count(&select)?;
            if total == 0 {
                continue;
            }
            let page = select.by("name_key", false).page(offset, limit);
            let parties: Vec<record::Party> = act::read(&agency.shared, &page)?;
            let ids = parties.iter().filter_map(|party| party.account);
            let accounts: Vec<record::Account> =
                act::read(&agency.shared, &Select::of::<record::Account>(agency.id).among("id", ids))?;
            let accounts: BTreeMap<AccountId, record::Account> =
                accounts.into_iter().map(|account| (account.id, account)).collect();
            let rows = parties.into_iter().map(|party| {
                // Several parties may share one account (I8).
                let account = party.account.and_then(|id| accounts.get(&id));
                window_row(party, account)
            });
            groups.push(WindowGroup { role: *role, total, rows: rows.collect() });
        }
        Ok(groups)
    }

    /// The access review: who has not activated, which invitations are stale,
    /// which e-mails and phones are shared, whose party has no role left, and
    /// who has not signed in for `unused_days` ([`UNUSED_DAYS`] where nobody
    /// says otherwise). Sorted by kind, then by age.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn review(&self, unused_days: u32) -> Result<Vec<ReviewItem>> {
        self.acting("review")?;
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let now = act::now(shared)?;
        let live = |select: Select| select.and("deleted_at", Test::Null(true));
        let accounts: Vec<record::Account> = act::read(shared, &live(Select::of::<record::Account>(id)))?;
        let parties: Vec<record::Party> = act::read(shared, &live(Select::of::<record::Party>(id)))?;
        let mut items = Vec::new();
        review_accounts(&accounts, &parties, now - Duration::days(unused_days.into()), &mut items);
        shared_contacts(&parties, ReviewKind::SharedEmail, |party| party.email_canonical.as_deref(), &mut items);
        shared_contacts(&parties, ReviewKind::SharedPhone, |party| party.phone_e164.as_deref(), &mut items);
        let names: BTreeMap<PartyId, &record::Party> = parties.iter().map(|party| (party.id, party)).collect();
        let applications: Vec<record::Application> = act::read(shared, &Select::of::<record::Application>(id))?;
        let current: BTreeSet<InvitationId> = parties
            .iter()
            .filter(|party| party.account.is_none())
            .filter_map(|party| party.invitation)
            .chain(applications.iter().filter(|row| row.account.is_none()).filter_map(|row| row.invitation))
            .collect();
        let lapsed = Select::of::<record::Invitation>(id)
            .and("redeemed_at", Test::Null(true))
            .and("superseded_at", Test::Null(true));
        for invitation in act::read::<record::Invitation>(shared, &lapsed)? {
            if invitation.expires_at <= now && current.contains(&invitation.id) {
                items.push(ReviewItem {
                    kind: ReviewKind::StaleInvitation,
                    account: None,
                    parties: vec![invitation.party],
                    application: invitation.application,
                    names: names.get(&invitation.party).map(|party| party.display_name.clone()).into_iter().collect(),
                    since: Some(invitation.expires_at),
                });
            }
        }
        items.sort_by_cached_key(|item| (item.kind, item.since, item.names.clone(), item.account));
        Ok(items)
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
        username: account.map(|account| account.username.clone()),
    }
}

fn review_accounts(
    accounts: &[record::Account],
    parties: &[record::Party],
    unused_since: OffsetDateTime,
    items: &mut Vec<ReviewItem>,
) {
    let mut has_role: BTreeSet<AccountId> = BTreeSet::new();
    has_role.extend(parties.iter().filter(|party| !party.roles.is_empty()).filter_map(|party| party.account));
    for account in accounts {
        let mut add = |kind, since| {
            items.push(ReviewItem {
                kind,
                account: Some(account.id),
                parties: account.party.into_iter().collect(),
                application: None,
                names: vec![account.display_name.clone()],
                since: Some(since),
            });
        };
        if account.disabled_at.is_some() {
            continue;
        }
        if account.stage != Stage::Active {
            add(ReviewKind::NotActivated, account.created_at);
        }
        // Managers may do without a staff record (A2).
        if account.manager_since.is_none() && !has_role.contains(&account.id) {
            add(ReviewKind::NoRole, account.created_at);
        }
        let last = account.last_sign_in_at.unwrap_or(account.created_at);
        if account.stage == Stage::Active && last <= unused_since {
            add(ReviewKind::Unused, last);
        }
    }
}

fn shared_contacts(
    parties: &[record::Party],
    kind: ReviewKind,
    contact: impl Fn(&record::Party) -> Option<&str>,
    items: &mut Vec<ReviewItem>,
) {
    let mut by_contact: BTreeMap<&str, Vec<&record::Party>> = BTreeMap::new();
    for party in parties {
        if let Some(contact) = contact(party) {
            by_contact.entry(contact).or_default().push(party);
        }
    }
    for mut sharing in by_contact.into_values().filter(|sharing| sharing.len() > 1) {
        // Identifiers of one millisecond are in no order of their own.
        sharing.sort_by_key(|party| (&party.display_name, party.id));
        items.push(ReviewItem {
            kind,
            account: None,
            parties: sharing.iter().map(|party| party.id).collect(),
            application: None,
            names: sharing.iter().map(|party| party.display_name.clone()).collect(),
            since: None,
        });
    }
}

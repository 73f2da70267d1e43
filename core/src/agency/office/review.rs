//! The access review: what someone should look at (A5, C2).

use std::collections::{BTreeMap, BTreeSet};

use time::{Duration, OffsetDateTime};

use super::Office;
use crate::agency::identity::links;
use crate::agency::kernel::{now, read};
use crate::error::Result;
use crate::id::{AccountId, ApplicationId, InvitationId, PartyId};
use crate::relationship::{Tie, conveyed};
use crate::store::{Query, record};
use crate::text_enum::text_enum;
use crate::words::{Method, Stage};

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
        /// The owner of an e-mail or phone objected to another in its place (C2).
        Objection = "objection",
        /// An account's own e-mail or phone is another than the party's that it
        /// was made for: its user changed it (C3).
        OwnContact = "own_contact",
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
    /// The contacts it is about: of an objection the new one and the earlier ones
    /// of the account, one of which the office [takes
    /// away](Office::release_contact); of an own contact the party's and the
    /// account's.
    pub contacts: Vec<String>,
    /// Since when: created, lapsed, last used.
    pub since: Option<OffsetDateTime>,
}

impl Office {
    /// The access review: who has not activated, which invitations are stale,
    /// which e-mails and phones are shared, whose party has no role left,
    /// who has not signed in for `unused_days` ([`UNUSED_DAYS`] where nobody
    /// says otherwise), who objected to a new contact, and who changed their own.
    /// Sorted by kind, then by age.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn review(&self, unused_days: u32) -> Result<Vec<ReviewItem>> {
        self.may("review")?;
        let (shared, id) = (&self.agency.shared, self.agency.id);
        let now = now(shared)?;
        let accounts = read(shared, &Query::<record::Account>::all(id).null(record::Account::deleted_at, true))?;
        let parties = read(shared, &Query::<record::Party>::all(id).null(record::Party::deleted_at, true))?;
        let links = read(shared, &links::in_force(Query::all(id)))?;
        let ties: Vec<Tie> = read(shared, &Query::<record::Tie>::all(id))?.iter().map(record::Tie::facts).collect();
        let mut items = Vec::new();
        let unused_since = now.saturating_sub(Duration::days(unused_days.into()));
        Accounts { parties: &parties, links: &links, ties: &ties, now, unused_since }.review(&accounts, &mut items);
        shared_contacts(&parties, ReviewKind::SharedEmail, |party| party.email_canonical.as_deref(), &mut items);
        shared_contacts(&parties, ReviewKind::SharedPhone, |party| party.phone_e164.as_deref(), &mut items);
        let names: BTreeMap<PartyId, &record::Party> = parties.iter().map(|party| (party.id, party)).collect();
        let applications = read(shared, &Query::<record::Application>::all(id))?;
        let linked: BTreeSet<PartyId> = links.iter().map(|link| link.party).collect();
        let redeemed: BTreeSet<ApplicationId> = links.iter().filter_map(|link| link.application).collect();
        let current: BTreeSet<InvitationId> = parties
            .iter()
            .filter(|party| !linked.contains(&party.id))
            .filter_map(|party| party.invitation)
            .chain(applications.iter().filter(|row| !redeemed.contains(&row.id)).filter_map(|row| row.invitation))
            .collect();
        let lapsed = Query::<record::Invitation>::all(id)
            .null(record::Invitation::redeemed_at, true)
            .null(record::Invitation::superseded_at, true);
        for invitation in read(shared, &lapsed)? {
            if invitation.expires_at <= now && current.contains(&invitation.id) {
                items.push(ReviewItem {
                    kind: ReviewKind::StaleInvitation,
                    account: None,
                    parties: vec![invitation.party],
                    application: invitation.application,
                    names: names.get(&invitation.party).map(|party| party.display_name.clone()).into_iter().collect(),
                    contacts: Vec::new(),
                    since: Some(invitation.expires_at),
                });
            }
        }
        let contacts = read(shared, &Query::<record::Contact>::all(id).by(record::Contact::added_at, false))?;
        let all_links = read(shared, &Query::<record::Link>::all(id).by(record::Link::since, false))?;
        Contacts { accounts: &accounts, parties: &names, links: &links, all_links: &all_links, contacts: &contacts }
            .review(&mut items);
        items.sort_by_cached_key(|item| (item.kind, item.since, item.names.clone(), item.account));
        Ok(items)
    }
}

/// The parties that each account is linked to.
fn by_account(links: &[record::Link]) -> BTreeMap<AccountId, Vec<PartyId>> {
    let mut linked: BTreeMap<AccountId, Vec<PartyId>> = BTreeMap::new();
    for link in links {
        linked.entry(link.account).or_default().push(link.party);
    }
    linked
}

/// What the review of accounts looks at.
struct Accounts<'a> {
    parties: &'a [record::Party],
    links: &'a [record::Link],
    ties: &'a [Tie],
    now: OffsetDateTime,
    unused_since: OffsetDateTime,
}

impl Accounts<'_> {
    fn review(&self, accounts: &[record::Account], items: &mut Vec<ReviewItem>) {
        let tied: BTreeSet<PartyId> = self.ties.iter().map(|tie| tie.who).collect();
        let has_role = |party: &record::Party| {
            !party.roles.is_empty() || (tied.contains(&party.id) && !conveyed(party.id, self.ties, self.now).is_empty())
        };
        let with_role: BTreeSet<PartyId> =
            self.parties.iter().filter(|party| has_role(party)).map(|party| party.id).collect();
        let linked = by_account(self.links);
        for account in accounts.iter().filter(|account| account.disabled_at.is_none()) {
            let mine = linked.get(&account.id).map_or(&[][..], Vec::as_slice);
            let mut add = |kind, since| {
                items.push(ReviewItem {
                    kind,
                    account: Some(account.id),
                    parties: mine.first().copied().into_iter().collect(),
                    application: None,
                    names: vec![account.display_name.clone()],
                    contacts: Vec::new(),
                    since: Some(since),
                });
            };
            if account.stage != Stage::Active {
                add(ReviewKind::NotActivated, account.created_at);
            }
            // Managers may do without a staff record (A2).
            if account.manager_since.is_none() && !mine.iter().any(|party| with_role.contains(party)) {
                add(ReviewKind::NoRole, account.created_at);
            }
            let last = account.last_sign_in_at.unwrap_or(account.created_at);
            if account.stage == Stage::Active && last <= self.unused_since {
                add(ReviewKind::Unused, last);
            }
        }
    }
}

/// What the review of the accounts' own contacts looks at.
struct Contacts<'a> {
    accounts: &'a [record::Account],
    parties: &'a BTreeMap<PartyId, &'a record::Party>,
    links: &'a [record::Link],
    /// Those that are over among them: the first says for whom an account was made.
    all_links: &'a [record::Link],
    contacts: &'a [record::Contact],
}

impl Contacts<'_> {
    fn review(&self, items: &mut Vec<ReviewItem>) {
        let linked = by_account(self.links);
        let mut made_for: BTreeMap<AccountId, PartyId> = BTreeMap::new();
        for link in self.all_links {
            made_for.entry(link.account).or_insert(link.party);
        }
        let mut of: BTreeMap<AccountId, Vec<&record::Contact>> = BTreeMap::new();
        for contact in self.contacts {
            of.entry(contact.account).or_default().push(contact);
        }
        for account in self.accounts {
            let theirs = of.get(&account.id).map_or(&[][..], Vec::as_slice);
            let parties = linked.get(&account.id).map_or(&[][..], Vec::as_slice);
            let item = |kind, contacts: Vec<String>, since| ReviewItem {
                kind,
                account: Some(account.id),
                parties: parties.to_vec(),
                application: None,
                names: vec![account.display_name.clone()],
                contacts,
                since,
            };
            for method in [Method::Email, Method::Sms] {
                let mine = || theirs.iter().filter(|contact| contact.method == method);
                let address = |contact: &&&record::Contact| contact.address.clone();
                let proven = || mine().filter(|contact| contact.proven_at.is_some());
                let mut objected = mine().filter(|contact| contact.objected_at.is_some()).peekable();
                if objected.peek().is_some() {
                    items.extend(objected.map(|new| {
                        let both = core::iter::once(new.address.clone()).chain(proven().map(|it| address(&it)));
                        item(ReviewKind::Objection, both.collect(), new.objected_at)
                    }));
                    continue;
                }
                // The office wrote another one, which its user has not confirmed, or none.
                let party = made_for.get(&account.id).filter(|party| parties.contains(party));
                // Two parents of one family have each their own.
                let party =
                    party.and_then(|party| self.parties.get(party)).filter(|it| !links::may_have_several(&it.roles));
                let written = party.and_then(|party| match method {
                    Method::Email => party.email.as_ref().zip(party.email_canonical.as_ref()),
                    Method::Sms => party.phone_e164.as_ref().zip(party.phone_e164.as_ref()),
                });
                let (Some((address, written)), Some(own)) = (written, proven().next_back()) else { continue };
                if mine().all(|contact| contact.canonical != *written) {
                    let both = vec![address.clone(), own.address.clone()];
                    items.push(item(ReviewKind::OwnContact, both, own.proven_at));
                }
            }
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
            contacts: Vec::new(),
            since: None,
        });
    }
}

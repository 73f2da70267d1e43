//! The file of a party (A6): all that the office knows of it, on one page.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{ApplicationRow, GrantRow, Office, Party, TieRow};
use crate::agency::kernel::{get, now, read};
use crate::error::{Error, Result};
use crate::finding::Code;
use crate::id::{AccountId, ApplicationId, InvitationId, LinkId, PartyId};
use crate::invitation::Standing;
use crate::relationship::Period;
use crate::store::{Query, record};
use crate::words::{LinkAct, Method};

/// All that the office knows of a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFile {
    /// The party; its conveyed roles are those of the moment that was asked
    /// for, or of now.
    pub party: Party,
    /// Which accounts belong to it and to its applications (C5), the latest
    /// first.
    pub links: Vec<LinkRow>,
    /// What it is to others, and what others are to it (R), the latest begun
    /// first.
    pub ties: Vec<TieRow>,
    /// What it may see beyond the matrix (V), the latest begun first.
    pub grants: Vec<GrantRow>,
    /// Its current invitation, as it stands now.
    pub invitation: Option<InvitationRow>,
    /// Its applications, the newest first (I4).
    pub applications: Vec<ApplicationRow>,
}

/// A link as the office lists it (C5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The link.
    pub link: LinkId,
    /// The account.
    pub account: AccountId,
    /// Its username, as it is shown.
    pub username: String,
    /// The application, where the link is for one alone.
    pub application: Option<ApplicationId>,
    /// That application's number.
    pub number: Option<String>,
    /// Since when.
    pub since: OffsetDateTime,
    /// Until when; the moment itself is outside.
    pub ends_at: Option<OffsetDateTime>,
    /// By which act it came to be.
    pub act: LinkAct,
    /// Who did it, as their name was then.
    pub by: String,
}

/// An invitation as the office sees it: never what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// The invitation.
    pub invitation: InvitationId,
    /// How it went.
    pub method: Method,
    /// Where to, in canonical form.
    pub contact: String,
    /// From when on it is dead.
    pub expires_at: OffsetDateTime,
    /// Where it stands.
    pub standing: Standing,
}

impl Office {
    /// The file of a party (A6): the party itself with its links, ties both
    /// ways round, grants, current invitation and applications. Links, ties
    /// and grants are those in force at a moment, where one is given, otherwise
    /// all there ever were; of its names and contacts, what is written down now.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`, `party.merged`, and those of the store.
    pub fn party_file(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<PartyFile> {
        self.may("party_file")?;
        let (agency, shared) = (&self.agency, &self.agency.shared);
        let found = get::<record::Party>(shared, agency.id, party.0)?;
        let found = found.ok_or_else(|| Error::not_found(Code::PartyNotFound))?.there()?;
        let current = found.invitation;
        let now = now(shared)?;
        let shown = agency.shown(vec![found], at.unwrap_or(now))?.pop();
        let applications =
            Query::all(agency.id).is(record::Application::family, party).by(record::Application::submitted_at, true);
        let invitation = current.map(|id| get::<record::Invitation>(shared, agency.id, id.0)).transpose()?.flatten();
        Ok(PartyFile {
            party: shown.ok_or_else(|| Error::not_found(Code::PartyNotFound))?,
            links: self.links_of(party, at)?,
            ties: self.ties_of(party, at)?,
            grants: self.grants(party, at)?,
            invitation: invitation.map(|invitation| InvitationRow {
                invitation: invitation.id,
                method: invitation.method,
                standing: invitation.life().standing(now),
                expires_at: invitation.expires_at,
                contact: invitation.contact,
            }),
            applications: self.shown(read(shared, &applications)?)?,
        })
    }

    fn links_of(&self, party: PartyId, at: Option<OffsetDateTime>) -> Result<Vec<LinkRow>> {
        let (agency, shared) = (&self.agency, &self.agency.shared);
        let mut links = read(shared, &Query::<record::Link>::all(agency.id).is(record::Link::party, party))?;
        links.retain(|link| {
            let period = Period { begins_at: link.since, ends_at: link.ends_at };
            at.is_none_or(|at| period.in_force(at))
        });
        links.sort_by_key(|link| (core::cmp::Reverse(link.since), link.id));
        let accounts = links.iter().map(|link| link.account);
        let accounts = read(shared, &Query::<record::Account>::all(agency.id).among(record::Account::id, accounts))?;
        let names: BTreeMap<AccountId, String> =
            accounts.into_iter().map(|account| (account.id, account.username)).collect();
        let numbers = links.iter().filter_map(|link| link.application);
        let numbers = Query::<record::Application>::all(agency.id).among(record::Application::id, numbers);
        let numbers: BTreeMap<ApplicationId, String> =
            read(shared, &numbers)?.into_iter().map(|application| (application.id, application.number)).collect();
        let row = |link: record::Link| LinkRow {
            link: link.id,
            account: link.account,
            username: names.get(&link.account).cloned().unwrap_or_default(),
            application: link.application,
            number: link.application.and_then(|id| numbers.get(&id).cloned()),
            since: link.since,
            ends_at: link.ends_at,
            act: link.act,
            by: link.by,
        };
        Ok(links.into_iter().map(row).collect())
    }
}

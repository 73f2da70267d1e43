//! Bringing back who was deleted (U4): the same party, by an explicit act.

use time::OffsetDateTime;

use super::edit::family_name;
use super::leave::end_ties;
use super::people::{Added, NewParty, enrol_client, new_party};
use super::{Office, of_party};
use crate::agency::identity::names;
use crate::agency::kernel::{Act, Tracked, get, run};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding};
use crate::id::PartyId;
use crate::store::record;
use crate::username::canonical;
use crate::words::EventKind;

/// Someone who was deleted, as far as anything is left to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// The party that they were.
    pub party: PartyId,
    /// When they were deleted.
    pub deleted_at: OffsetDateTime,
}

impl Office {
    /// Who is deleted and had this e-mail address, phone number or username
    /// (`username.retired`, U4), so that their return is recognised. Of an
    /// address or number nothing but a keyed digest is left: whose it was
    /// only the address itself tells.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn former(&self, name: &str) -> Result<Option<Former>> {
        let agency = &self.agency;
        let found = run(&agency.shared, agency.id, &self.someone(), |act| {
            self.admit(act, "former")?;
            let canonical = canonical(name, &act.agency.country);
            names::former(act, &canonical)
        })?;
        let party = found.map(|party| get::<record::Party>(&agency.shared, agency.id, party.0)).transpose()?;
        let former = |party: record::Party| Some(Former { party: party.id, deleted_at: party.deleted_at? });
        Ok(party.flatten().and_then(former))
    }

    /// Brings back a party that was deleted (U4): it is the same one again,
    /// with the name, roles and contacts that are given now, and may have the
    /// usernames that were its own. Nothing else comes back: no account, tie,
    /// grant, link or password. A client is enrolled in the same act, as by
    /// [`add_party`](Self::add_party); for others
    /// [`create_account`](Self::create_account) makes a new account.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`; `party.not_found` also where a person would come
    /// back as an organization; `party.merged` for one that was merged;
    /// `party.exists` for a party that is not
    /// deleted, or for another one's external identifier; the findings about
    /// name, roles, e-mail and phone.
    pub fn restore_party(&self, party: PartyId, new: &NewParty) -> Result<Added> {
        self.act("restore_party", |act| {
            let mut party: Tracked<record::Party> = act.get(party.0, Code::PartyNotFound)?;
            if party.deleted_at.is_none() {
                return Err(Finding::new(Code::PartyExists, "party").into());
            }
            if party.merged_into.is_some() {
                return Err(party.missing());
            }
            if party.kind != new.kind {
                return Err(Error::not_found(Code::PartyNotFound));
            }
            let made = new_party(act, new)?;
            let (id, revision, created_at) = (party.id, party.revision, party.created_at);
            *party = record::Party { id, revision, created_at, ..made };
            restore(act, &mut party)?;
            let enrolled = enrol_client(act, &mut party)?;
            Ok(Added { party: party.id, enrolled })
        })
    }
}

/// A deleted party, to which its name was given again, is there again, and its
/// applications are found by that name.
pub(super) fn restore(act: &mut Act<'_>, party: &mut Tracked<record::Party>) -> Result<()> {
    party.deleted_at = None;
    // What an earlier release left when they were deleted does not come back.
    end_ties(act, party.id)?;
    // What it was invited to before is over.
    party.invitation = None;
    for mut application in act.find::<record::Application>(&act.all().is(record::Application::family, party.id))? {
        application.family_name = family_name(party);
    }
    act.agency_event(EventKind::PartyRestored, of_party(party))
}

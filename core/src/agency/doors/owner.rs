//! Writing to the agency's owner (S1).

use std::collections::BTreeSet;

use crate::agency::identity::contacts;
use crate::agency::kernel::{Agency, Post, Source, run, system, tokens};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};
use crate::id::AccountId;
use crate::secret::Secret;
use crate::store::record;
use crate::username;
use crate::visibility::Whose;
use crate::words::{MessageKind, Method, Purpose, Resource};

/// The most characters that can be written at once.
const LIMIT: usize = 5_000;

impl Agency {
    /// Sends what a signed-in user writes to the agency's owner, in the
    /// template of the message; where there are several owners, to each. It waits sealed, as codes do: it may be about
    /// someone's health.
    ///
    /// # Errors
    ///
    /// `session.ended`; `actor.not_allowed` where the user may not (V);
    /// `text.too_long` over 5,000 characters; `email.missing` where the agency
    /// has no address of its owner.
    pub fn message_owner(&self, session: &str, text: &Secret, source: &Source) -> Result<()> {
        let viewer = self.session(session)?.account;
        if !self.may_write_to_owner(viewer)? {
            return Err(Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed).with("act", "message_owner"));
        }
        let length = text.reveal().chars().count();
        if length > LIMIT {
            return Err(Finding::new(Code::TextTooLong, "text").with("limit", LIMIT).with("length", length).into());
        }
        run(&self.shared, self.id, &system(source), |act| {
            let (_, account) = tokens::live(act, session, Purpose::Session)?;
            let owners = owners(&act.agency);
            if owners.is_empty() {
                return Err(Finding::new(Code::EmailMissing, "owner_email").into());
            }
            let contacts = contacts::of(act, account.id)?;
            let contact = contacts::reach(&account, &contacts, None);
            owners.iter().try_for_each(|address| {
                act.post(Post {
                    kind: MessageKind::MessageOwner,
                    method: Method::Email,
                    address,
                    locale: None,
                    account: Some(account.id),
                    invitation: None,
                    name: &account.display_name,
                    username: None,
                    contact: contact.map(|contact| contact.address.as_str()),
                    representative: None,
                    valid: None,
                    secrets: &[("text", text.reveal())],
                })
            })
        })
    }
}

impl Agency {
    /// By a role of their own, or for a client whom they represent (V).
    fn may_write_to_owner(&self, viewer: AccountId) -> Result<bool> {
        let own = self.can_see(viewer, Resource::MessageOwner, Whose::Own)?.allowed;
        Ok(own || self.sees(viewer)?.iter().any(|sight| sight.resource == Resource::MessageOwner))
    }
}

/// Where the owners of an agency read, each address once.
fn owners(agency: &record::Agency) -> Vec<String> {
    let mut known = BTreeSet::new();
    let all = agency.owner_email.iter().chain(agency.owner_emails.iter().flatten());
    all.filter(|address| known.insert(username::canonical(address, &agency.country))).cloned().collect()
}

//! Messages as they are put in the outbox, and taken from it when what they
//! carry is dead (N).

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::act::Act;
use super::keys::Sealing;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Locale, Params};
use crate::id::{AccountId, InvitationId, MessageId};
use crate::message::{self, Page};
use crate::secret::Secret;
use crate::store::{Query, record};
use crate::username;
use crate::words::{MessageKind, MessageState, Method};

/// A message to be put in the outbox.
pub(crate) struct Post<'a> {
    pub(crate) kind: MessageKind,
    pub(crate) method: Method,
    /// Where to: as it is stored. It goes there in sendable form (N).
    pub(crate) address: &'a str,
    /// In which language; by default the agency's.
    pub(crate) locale: Option<Locale>,
    /// The account it is about.
    pub(crate) account: Option<AccountId>,
    /// The invitation that it carries.
    pub(crate) invitation: Option<InvitationId>,
    /// Of whom it is written to, or from.
    pub(crate) name: &'a str,
    /// The username of the account.
    pub(crate) username: Option<&'a str>,
    /// The contact that the text speaks of.
    pub(crate) contact: Option<&'a str>,
    /// The representative that the text speaks of, and until when they are one.
    pub(crate) representative: Option<(&'a str, OffsetDateTime)>,
    /// How long its secrets are good.
    pub(crate) valid: Option<time::Duration>,
    /// Its secrets, by the name that the text gives them.
    pub(crate) secrets: &'a [(&'a str, &'a str)],
}

/// What a message says of whom it is to, or from.
pub(crate) struct Said<'a> {
    pub(crate) name: &'a str,
    pub(crate) username: Option<&'a str>,
    pub(crate) contact: Option<&'a str>,
    /// The name of a representative, and until when they are one.
    pub(crate) representative: Option<(&'a str, OffsetDateTime)>,
    pub(crate) valid: Option<time::Duration>,
}

/// What the texts of a kind speak of, beside secrets. Addresses begin with the
/// configured one, and moments are in the agency's time (N).
pub(crate) fn spoken(
    agency: &record::Agency,
    kind: MessageKind,
    locale: Locale,
    now: time::OffsetDateTime,
    said: &Said<'_>,
) -> Params {
    let moment = |at| message::moment(message::in_zone(at, agency.time_zone.as_deref()), locale);
    let known = [
        ("agency", Some(agency.name.clone())),
        ("name", Some(said.name.to_owned())),
        ("username", said.username.map(str::to_owned)),
        ("contact", said.contact.map(str::to_owned)),
        ("page", Some(Page::of(kind).address(&agency.link_base))),
        (PORTAL, Some(portal(agency))),
        ("valid", said.valid.map(|valid| message::span(valid, locale))),
        ("representative", said.representative.map(|(name, _)| name.to_owned())),
        ("until", said.representative.map(|(_, until)| moment(until))),
        ("when", Some(moment(now))),
    ];
    let wanted = message::fields(kind).params;
    let known = known.into_iter().filter(|(name, _)| wanted.contains(name));
    known.filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
}

/// The name of where people sign in.
const PORTAL: &str = "portal";

fn portal(agency: &record::Agency) -> String {
    Page::SignIn.address(&agency.link_base)
}

/// What a message that waits speaks of. One that an earlier release wrote does
/// not know where people sign in, which the texts of this one say.
pub(crate) fn spoken_by(agency: &record::Agency, row: &record::Message) -> Params {
    let mut params = row.params.clone();
    if message::fields(row.kind).params.contains(&PORTAL) {
        params.entry(PORTAL.to_owned()).or_insert_with(|| portal(agency).into());
    }
    params
}

impl Act<'_> {
    /// How an address is written to (N): where its domain has other letters than
    /// ASCII's, or such that are not seen, as mailers look it up; before the `@` as it
    /// is stored, since a mailbox may tell `Sue` from `sue`.
    pub(crate) fn sendable(&self, address: &str) -> String {
        let canonical = username::canonical(address, &self.agency.country);
        match (address.trim().rsplit_once('@'), canonical.rsplit_once('@')) {
            (Some((local, typed)), Some((_, domain))) if !typed.is_ascii() => format!("{local}@{domain}"),
            (Some(_), _) => address.trim().to_owned(),
            _ => canonical,
        }
    }

    /// Puts a message in the outbox, its secrets sealed.
    pub(crate) fn post(&mut self, post: Post<'_>) -> Result<()> {
        let locale = post.locale.unwrap_or(self.agency.locale);
        let said = Said {
            name: post.name,
            username: post.username,
            contact: post.contact,
            representative: post.representative,
            valid: post.valid,
        };
        let params = spoken(&self.agency, post.kind, locale, self.now, &said);
        let mut row = self.waiting(post.kind, post.method, locale)?;
        row.sealed = self.sealed(row.id, post.secrets)?;
        row.address = self.sendable(post.address);
        row.account = post.account;
        row.invitation = post.invitation;
        row.expires_at = post.valid.map(|valid| self.now.saturating_add(valid));
        row.params = params;
        drop(self.add(row));
        Ok(())
    }

    /// Writes what a message costs to write, and that nobody gets: where an
    /// unknown name asked for one (E6). It is gone with the next tidying.
    pub(crate) fn post_nobody(&mut self, kind: MessageKind, secrets: &[(&str, &str)]) -> Result<()> {
        let mut row = self.waiting(kind, Method::Email, self.agency.locale)?;
        row.sealed = self.sealed(row.id, secrets)?;
        row.state = MessageState::Withdrawn;
        row.closed_at = Some(self.now);
        drop(self.add(row));
        Ok(())
    }

    fn waiting(&mut self, kind: MessageKind, method: Method, locale: Locale) -> Result<record::Message> {
        Ok(record::Message {
            agency: self.agency.id,
            id: MessageId(self.new_id()),
            revision: 1,
            kind,
            method,
            address: String::new(),
            locale,
            account: None,
            invitation: None,
            expires_at: None,
            params: Params::new(),
            sealed: None,
            state: MessageState::Waiting,
            due_at: self.now,
            tries: 0,
            created_at: self.now,
            closed_at: None,
        })
    }

    fn sealed(&mut self, id: MessageId, secrets: &[(&str, &str)]) -> Result<Option<Vec<u8>>> {
        if secrets.is_empty() {
            return Ok(None);
        }
        let secrets: BTreeMap<&str, &str> = secrets.iter().copied().collect();
        let text = serde_json::to_string(&secrets).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
        let text = Secret::from(text);
        self.keys.seal(Sealing::Outbox, id.0.as_bytes(), text.reveal(), self.rng).map(Some)
    }

    /// Takes back what waits for an account and carries a secret: the secret
    /// is dead. What its user wrote to the agency's owner goes out all the same.
    pub(crate) fn withdraw_secrets_of(&mut self, account: AccountId) -> Result<()> {
        let theirs = self.all().is(record::Message::account, account).null(record::Message::sealed, false);
        // Nor does a link to object die with what it speaks of (C3).
        let lasting = [MessageKind::MessageOwner, MessageKind::ContactChanging];
        self.withdraw(&theirs.none_of(record::Message::kind, lasting))?;
        // It speaks of a secret that is dead.
        let speaks_of_one = self.all().is(record::Message::account, account);
        self.withdraw(&speaks_of_one.is(record::Message::kind, MessageKind::RegistrationReminder))
    }

    /// Takes back what asks to confirm a contact that another one was asked for
    /// in place of: its link is dead.
    pub(crate) fn withdraw_confirmation(&mut self, account: AccountId, address: &str) -> Result<()> {
        self.withdraw_from(account, address, MessageKind::ConfirmContact)
    }

    /// Takes back what tells of a contact that is not to come any more.
    pub(crate) fn withdraw_objection(&mut self, account: AccountId, address: &str) -> Result<()> {
        self.withdraw_from(account, address, MessageKind::ContactChanging)
    }

    fn withdraw_from(&mut self, account: AccountId, address: &str, kind: MessageKind) -> Result<()> {
        let theirs = self.all().is(record::Message::account, account);
        // One that an earlier release wrote goes to what was typed.
        let theirs = theirs.among(record::Message::address, [self.sendable(address), address.to_owned()]);
        self.withdraw(&theirs.is(record::Message::kind, kind))
    }

    /// Takes back the message of an invitation that is dead.
    pub(crate) fn withdraw_invitation(&mut self, invitation: InvitationId) -> Result<()> {
        self.withdraw(&self.all().is(record::Message::invitation, invitation))
    }

    fn withdraw(&mut self, query: &Query<record::Message>) -> Result<()> {
        for mut message in self.find(query)? {
            let is_out = message.state == MessageState::Claimed && message.due_at > self.now;
            let is_closed = message.closed_at.is_some();
            // A mailer has it in hand: too late.
            if !is_out && !is_closed {
                message.close(MessageState::Withdrawn, self.now);
            }
        }
        Ok(())
    }
}

impl record::Message {
    /// Ends its way, and removes its secrets.
    pub(crate) fn close(&mut self, state: MessageState, now: time::OffsetDateTime) {
        self.state = state;
        self.sealed = None;
        self.closed_at = Some(now);
    }
}

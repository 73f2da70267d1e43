//! The contacts of an account (C1 to C3, C6): where its user is reached, and
//! which of them are shown to be theirs.
//!
//! The contacts of a *party* are what the office wrote down, and rest with the
//! party. They become an account's when something is sent to them, and are
//! proven when it comes back. Nothing but its user's own doing, or the office's
//! word that it has changed hands (C6), takes a proven one away.

use super::changes::{self, Asked};
use crate::account::LiveCodes;
use crate::agency::kernel::{Act, Post, Tracked};
use crate::error::Result;
use crate::finding::{Param, params};
use crate::id::{AccountId, ContactId, RecordId};
use crate::policy::EnrolmentScheme;
use crate::store::record;
use crate::username;
use crate::words::{EventKind, MessageKind, Method};

/// The contacts of an account, the earliest first.
pub(crate) fn of(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::Contact>>> {
    let mut found = act.find(&act.all().is(record::Contact::account, account))?;
    found.sort_by_key(|contact: &Tracked<record::Contact>| (contact.added_at, contact.id));
    Ok(found)
}

/// Where an account's user is reached: by a proven contact; before the first
/// is proven, where the first message went. E-mail before SMS, unless they are
/// said to prefer otherwise.
pub(crate) fn reach<'a>(
    account: &record::Account,
    contacts: &'a [Tracked<record::Contact>],
    preferred: Option<Method>,
) -> Option<&'a Tracked<record::Contact>> {
    proven(contacts, preferred).or_else(|| contacts.iter().find(|contact| Some(contact.id) == account.written_to))
}

/// Where an account's user is told what they have to know wherever they look: at all
/// contacts that are proven; before the first, where they are reached.
pub(crate) fn told<'a>(
    account: &record::Account,
    contacts: &'a [Tracked<record::Contact>],
    preferred: Option<Method>,
) -> Vec<&'a Tracked<record::Contact>> {
    let proven: Vec<_> = contacts.iter().filter(|contact| contact.proven_at.is_some()).collect();
    if proven.is_empty() { reach(account, contacts, preferred).into_iter().collect() } else { proven }
}

/// The proven contact that codes go to (E6).
pub(crate) fn proven(
    contacts: &[Tracked<record::Contact>],
    preferred: Option<Method>,
) -> Option<&Tracked<record::Contact>> {
    preferred.into_iter().chain([Method::Email, Method::Sms]).find_map(|method| {
        // The latest: an earlier one of its kind is on its way out.
        contacts.iter().rev().find(|contact| contact.method == method && contact.proven_at.is_some())
    })
}

/// The e-mail or phone that an account is connected with, among the contacts of
/// many (S3, I4): its username where that is one, else the proven one, e-mail
/// first; the username where it has none.
pub(crate) fn connected<'a>(account: &'a record::Account, contacts: &'a [record::Contact]) -> &'a str {
    let mine = || contacts.iter().filter(|contact| contact.account == account.id);
    if mine().any(|contact| contact.canonical == account.username_canonical) {
        return &account.username;
    }
    let proven = |method: &Method| {
        let proven = mine().filter(|contact| contact.method == *method && contact.proven_at.is_some());
        proven.max_by_key(|contact| (contact.added_at, contact.id))
    };
    let found = [Method::Email, Method::Sms].iter().find_map(proven);
    found.map_or(&account.username, |contact| &contact.address)
}

/// Writes down a contact of an account.
pub(crate) fn add(
    act: &mut Act<'_>,
    account: AccountId,
    method: Method,
    address: &str,
    proven: bool,
) -> Tracked<record::Contact> {
    let country = act.agency.country.clone();
    let id = ContactId(act.new_id());
    act.add(record::Contact {
        agency: act.agency.id,
        id,
        revision: 1,
        account,
        method,
        address: address.to_owned(),
        canonical: username::canonical(address, &country),
        added_at: act.now,
        proven_at: proven.then_some(act.now),
        objected_at: None,
    })
}

/// The contacts of a party become those of the account that is made for it.
pub(crate) fn take_over(act: &mut Act<'_>, account: AccountId, party: &record::Party) -> Vec<Tracked<record::Contact>> {
    let stored = [(Method::Email, party.email.as_deref()), (Method::Sms, party.phone_e164.as_deref())];
    stored
        .into_iter()
        .filter_map(|(method, address)| Some((method, address?)))
        .map(|(method, address)| add(act, account, method, address, false))
        .collect()
}

/// Something that was sent to a contact came back: it is its user's (C1).
pub(crate) fn prove(act: &mut Act<'_>, account: &mut Tracked<record::Account>, id: Option<ContactId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let found: Option<Tracked<record::Contact>> = act.by_id(id.0)?;
    let is_to_prove = |found: &record::Contact| found.proven_at.is_none() && found.objected_at.is_none();
    let Some(mut contact) = found.filter(|found| found.account == account.id && is_to_prove(found)) else {
        return Ok(());
    };
    contact.proven_at = Some(act.now);
    act.event(account, EventKind::ContactProven, params([("method", contact.method.as_str().into())]));
    Ok(())
}

/// Under which id the codes that were sent to a contact rest.
pub(crate) fn code_book(act: &Act<'_>, canonical: &str) -> RecordId {
    RecordId::derived("codes of a contact", &act.keys.digest("codes of a contact", &[canonical]))
}

/// The codes that were sent to a contact; written in either case.
pub(crate) fn book(act: &Act<'_>, id: RecordId) -> Result<Tracked<record::CodeBook>> {
    let mut found = act.by_id_or(id.0, || record::CodeBook {
        agency: act.agency.id,
        id,
        revision: 1,
        codes: LiveCodes::default(),
        touched_at: act.now,
    })?;
    found.touched_at = act.now;
    Ok(found)
}

/// Ends what an account was sent, and what it began: links, steps, temporary
/// passwords, sessions and devices with the epoch; recovery codes; and messages
/// that wait with one of these secrets (A4, C2).
pub(crate) fn end_what_was_sent(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    account.epoch += 1;
    act.withdraw_secrets_of(account.id)?;
    end_codes(act, account.id)
}

/// Ends the recovery codes that were sent to the contacts of an account.
pub(crate) fn end_codes(act: &Act<'_>, account: AccountId) -> Result<()> {
    for contact in of(act, account)? {
        if let Some(mut book) = act.by_id::<record::CodeBook>(code_book(act, &contact.canonical).0)? {
            book.codes.end_all();
        }
    }
    Ok(())
}

/// A message to where an account's user is reached; nothing where nobody is.
pub(crate) fn notify(act: &mut Act<'_>, account: &record::Account, kind: MessageKind) -> Result<()> {
    let contacts = of(act, account.id)?;
    match reach(account, &contacts, None) {
        Some(contact) => act.post(to_account(account, kind, contact, &[])),
        None => Ok(()),
    }
}

/// A message to all contacts of an account that are proven.
pub(crate) fn notify_all(act: &mut Act<'_>, account: &record::Account, kind: MessageKind) -> Result<()> {
    for contact in of(act, account.id)?.iter().filter(|contact| contact.proven_at.is_some()) {
        act.post(to_account(account, kind, contact, &[]))?;
    }
    Ok(())
}

/// A message to an account.
pub(crate) fn to_account<'a>(
    account: &'a record::Account,
    kind: MessageKind,
    contact: &'a record::Contact,
    secrets: &'a [(&'a str, &'a str)],
) -> Post<'a> {
    Post {
        kind,
        method: contact.method,
        address: &contact.address,
        locale: account.locale,
        account: Some(account.id),
        invitation: None,
        name: &account.display_name,
        username: Some(&account.username),
        contact: None,
        representative: None,
        valid: None,
        secrets,
    }
}

/// What became of a party's corrected contact in the account made for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Corrected {
    /// It is the account's contact now: nothing had come back from the old one.
    Replaced,
    /// It is one more: there was none of its kind, and nothing is dead by it.
    Added,
    /// It waits to be confirmed: whoever corrects [asks](changes::ask_to_confirm) for it
    /// once all is corrected, since each correction ends what was sent before.
    ToConfirm {
        /// Where its user is told.
        old: ContactId,
        /// The one that waits.
        new: ContactId,
    },
}

/// The office corrects a contact of the party that an account was made for
/// (C2). What was sent to the old one is dead in this act. Where nothing ever
/// came back from it, the new one takes its place; a proven one stays until
/// its user confirms the new. One to which was objected stays as well, and stands in
/// the review until the office takes one of the two away (C3): writing it down once
/// more decides nothing.
pub(crate) fn correct(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    method: Method,
    address: Option<&str>,
) -> Result<Option<Corrected>> {
    let mut contacts = of(act, account.id)?;
    let country = act.agency.country.clone();
    let is_new = |contact: &record::Contact, address: &str| contact.canonical != username::canonical(address, &country);
    let (objected, theirs): (Vec<_>, Vec<_>) = contacts
        .drain(..)
        .filter(|contact| contact.method == method)
        .partition(|contact| contact.objected_at.is_some());
    let (mut waiting, proven): (Vec<_>, Vec<_>) = theirs.into_iter().partition(|contact| contact.proven_at.is_none());
    let among = |contacts: &[Tracked<record::Contact>]| {
        address.is_some_and(|address| contacts.iter().any(|contact| !is_new(contact, address)))
    };
    if among(&objected) {
        return Ok(None);
    }
    // Back to a proven one, an earlier correction is taken back.
    let taken_back = among(&proven);
    if among(&waiting) || (waiting.is_empty() && (taken_back || address.is_none())) {
        return Ok(None);
    }
    let is_first = waiting.is_empty() && proven.is_empty();
    if !is_first {
        // What went to the old one is dead.
        end_what_was_sent(act, account)?;
    }
    let replaced = waiting.iter().chain(if taken_back { &[][..] } else { &proven[..] });
    let before: Vec<String> = replaced.map(|contact| contact.address.clone()).collect();
    for contact in waiting.drain(..) {
        changes::taken_back(act, account.id, contact.id)?;
        if account.written_to == Some(contact.id) {
            account.written_to = None;
        }
        contact.delete();
    }
    let Some(address) = address else { return Ok(Some(Corrected::Replaced)) };
    let mut details = params([("method", method.as_str().into()), ("after", address.into())]);
    if let Some(before) = before.last() {
        details.insert("before".to_owned(), Param::from(before.as_str()));
    }
    if taken_back {
        act.event(account, EventKind::ContactChanged, details);
        return Ok(Some(Corrected::Replaced));
    }
    let added = add(act, account.id, method, address, false);
    // Where another way is proven, its owner is asked about one more.
    let others = of(act, account.id)?;
    let Some(old) = proven.last().or_else(|| self::proven(&others, None)) else {
        act.event(account, EventKind::ContactChanged, details);
        return Ok(Some(if is_first { Corrected::Added } else { Corrected::Replaced }));
    };
    act.event(account, EventKind::ContactToConfirm, details);
    Ok(Some(Corrected::ToConfirm { old: old.id, new: added.id }))
}

/// Whoever came by a printed code has a contact to which nothing was sent: once
/// they have a password, it is sent a link to confirm it (I10, C1).
pub(crate) fn ask_whom_nothing_was_sent(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    if account.enrolment != EnrolmentScheme::InvitationCode || account.written_to.is_some() {
        return Ok(());
    }
    let contacts = of(act, account.id)?;
    let Some(contact) = contacts.first().filter(|_| proven(&contacts, None).is_none()) else { return Ok(()) };
    account.written_to = Some(contact.id);
    changes::ask_to_confirm(act, account, contact, &[], Asked::ByOffice)
}

//! Changes of an account's contacts, and objections to them (C2, C3).
//!
//! The owner of an earlier contact is told of a new one, with a link to object.
//! That link is a row of its own, and neither a token nor part of a contact:
//! whoever holds the account may change its password, its contacts or its
//! questions after it, and the link is good all the same until its time is over,
//! somebody used it, or the office has decided. An objection takes back its
//! change and all that came after it.

use std::collections::BTreeSet;

use time::{Duration, OffsetDateTime};

use super::{answers, contacts, names, passwords};
use crate::account::TokenLife;
use crate::agency::kernel::tokens;
use crate::agency::kernel::{Act, Post, Tracked};
use crate::error::Result;
use crate::finding::{Code, Finding, params};
use crate::id::{AccountId, ContactId, RecordId};
use crate::message::Page;
use crate::store::record;
use crate::words::{EventKind, MessageKind, Method, Purpose};

/// How long someone may object, and how long what an objection brings back is
/// kept: whatever a policy says of other links, since a thief would not mind
/// a short one.
pub(crate) const OBJECTION: Duration = Duration::days(30);

/// How many messages about changes go to one contact within a day, whoever asks
/// for them (E4).
const MOST_MESSAGES: usize = 10;
const DAY: Duration = Duration::days(1);

/// Who asked for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The office, which corrected the contact of a party (C2).
    ByOffice,
    /// The account's user, with their password (C3).
    ByUser,
}

/// Sends a new contact a link to confirm it, and the earlier ones each a link to
/// object to it.
pub(crate) fn ask_to_confirm(
    act: &mut Act<'_>,
    account: &record::Account,
    new: &record::Contact,
    earlier: &[&record::Contact],
    by: Asked,
) -> Result<()> {
    let valid = Duration::hours(act.policy().enrolment.activation_hours.into());
    let life = TokenLife::step(valid, act.now, account.epoch);
    let token = tokens::issue_link(act, account, Purpose::ConfirmContact, &life, Some(new.id));
    let link = Page::Confirm.link(&act.agency.link_base, &token);
    let secrets = [("link", link.reveal())];
    act.post(Post { valid: Some(valid), ..contacts::to_account(account, MessageKind::ConfirmContact, new, &secrets) })?;
    if earlier.is_empty() {
        drop(note(act, account.id, new, None, by));
    }
    for old in earlier {
        let mut change = note(act, account.id, new, Some(old), by);
        let token = tokens::written(act, Purpose::ObjectToContact, change.id.0);
        change.digest = Some(tokens::digest(act, Purpose::ObjectToContact, token.canonical()));
        let link = Page::Object.link(&act.agency.link_base, &token);
        let secrets = [("link", link.reveal())];
        act.post(Post {
            valid: Some(OBJECTION),
            ..contacts::to_account(account, MessageKind::ContactChanging, old, &secrets)
        })?;
    }
    Ok(())
}

/// Notes a correction while the account is disabled, when nobody could confirm it: it
/// is asked about once it is enabled.
pub(crate) fn ask_once_enabled(
    act: &mut Act<'_>,
    account: &record::Account,
    new: &record::Contact,
    old: &record::Contact,
) {
    drop(note(act, account.id, new, Some(old), Asked::ByOffice));
}

/// Asks about what was corrected while the account was disabled.
pub(crate) fn ask_what_waited(act: &mut Act<'_>, account: &record::Account) -> Result<()> {
    // Of whatever was asked about, somebody was told with a link, or there was nobody.
    let waited = |change: &Tracked<record::ContactChange>| change.digest.is_none() && change.earlier.is_some();
    for mut change in open(act, account.id)?.into_iter().filter(waited) {
        change.ended_at = Some(act.now);
        let theirs = contacts::of(act, account.id)?;
        let new = theirs.iter().find(|new| new.id == change.contact && new.proven_at.is_none());
        let earlier = change.earlier_canonical.as_deref();
        let old = theirs.iter().find(|old| old.proven_at.is_some() && Some(&*old.canonical) == earlier);
        if let (Some(new), Some(old)) = (new.filter(|new| new.objected_at.is_none()), old) {
            ask_to_confirm(act, account, new, &[old], Asked::ByOffice)?;
        }
    }
    Ok(())
}

fn note(
    act: &mut Act<'_>,
    account: AccountId,
    new: &record::Contact,
    earlier: Option<&record::Contact>,
    by: Asked,
) -> Tracked<record::ContactChange> {
    let id = RecordId(act.new_id());
    act.add(record::ContactChange {
        agency: act.agency.id,
        id,
        revision: 1,
        account,
        contact: new.id,
        method: new.method,
        canonical: new.canonical.clone(),
        earlier_method: earlier.map(|earlier| earlier.method),
        earlier: earlier.map(|earlier| earlier.address.clone()),
        earlier_canonical: earlier.map(|earlier| earlier.canonical.clone()),
        digest: None,
        own: by == Asked::ByUser,
        asked_at: act.now,
        expires_at: act.now.saturating_add(OBJECTION),
        confirmed_at: None,
        ended_at: None,
    })
}

/// From when on a contact may be written to about a change again; nothing where
/// it may be now. Whoever asks at the same moment waits for this one, so that
/// no more go out than may, from however many accounts.
pub(crate) fn too_often(act: &Act<'_>, canonical: &str) -> Result<Option<OffsetDateTime>> {
    drop(contacts::book(act, contacts::code_book(act, canonical))?);
    let since = act.now.saturating_sub(DAY);
    let of_new = act.find(&act.all().is(record::ContactChange::canonical, canonical))?;
    let of_earlier = act.find(&act.all().is(record::ContactChange::earlier_canonical, canonical))?;
    // One change has a row for each of those who are told of it.
    let asked = of_new.iter().map(|row| (row.asked_at, row.contact)).collect::<BTreeSet<_>>();
    let mut sent: Vec<OffsetDateTime> =
        asked.into_iter().map(|(at, _)| at).chain(of_earlier.iter().map(|row| row.asked_at)).collect();
    sent.retain(|at| *at > since);
    sent.sort();
    Ok(sent.len().checked_sub(MOST_MESSAGES).and_then(|place| sent.get(place)).map(|at| at.saturating_add(DAY)))
}

/// The changes of an account that nobody has ended, the earliest first.
pub(crate) fn open(act: &Act<'_>, account: AccountId) -> Result<Vec<Tracked<record::ContactChange>>> {
    let open = act.all().is(record::ContactChange::account, account);
    let mut found = act.find(&open.null(record::ContactChange::ended_at, true))?;
    found.sort_by_key(|change: &Tracked<record::ContactChange>| (change.asked_at, change.id));
    Ok(found)
}

/// A contact was confirmed: so were the changes that brought it.
pub(crate) fn confirmed(act: &Act<'_>, account: AccountId, contact: ContactId) -> Result<()> {
    for mut change in open(act, account)? {
        if change.contact == contact {
            change.confirmed_at = Some(act.now);
        }
    }
    Ok(())
}

/// The office takes back a contact that nobody has confirmed: nobody need object to
/// it. One that the user asked for can be objected to still: it may have been
/// somebody else, who knew the password.
pub(crate) fn taken_back(act: &mut Act<'_>, account: AccountId, contact: ContactId) -> Result<()> {
    let is_over = |change: &record::ContactChange| change.contact == contact && !change.own;
    let (over, left): (Vec<_>, Vec<_>) = open(act, account)?.into_iter().partition(|change| is_over(change));
    for mut change in over {
        change.ended_at = Some(act.now);
        // A notice that waits says what is not so any more, unless it may be another's.
        let others = || left.iter().filter(|other| other.earlier_canonical == change.earlier_canonical);
        if let Some(earlier) = change.earlier.as_ref().filter(|_| others().next().is_none()) {
            act.withdraw_objection(account, earlier)?;
        }
    }
    Ok(())
}

/// Ends the changes from or to a contact: the office has decided (C6).
pub(crate) fn decided(act: &Act<'_>, account: AccountId, canonical: &str) -> Result<()> {
    for mut change in open(act, account)? {
        if change.canonical == canonical || change.earlier_canonical.as_deref() == Some(canonical) {
            change.ended_at = Some(act.now);
        }
    }
    Ok(())
}

/// Whether somebody may object by a contact.
pub(crate) fn is_left(act: &Act<'_>, account: AccountId, canonical: &str) -> Result<bool> {
    let is = |change: &Tracked<record::ContactChange>| change.earlier_canonical.as_deref() == Some(canonical);
    Ok(open(act, account)?.iter().any(|change| is(change) && act.now < change.expires_at))
}

/// Whether a contact to which someone objected had been confirmed.
fn was_confirmed(act: &Act<'_>, contact: ContactId, account: AccountId) -> Result<bool> {
    let changes = act.find::<record::ContactChange>(&act.all().is(record::ContactChange::account, account))?;
    Ok(changes.iter().any(|change| change.contact == contact && change.confirmed_at.is_some()))
}

/// What an objection is about.
pub(crate) struct Objection {
    /// When the change was asked for: all that came since is taken back.
    pub(crate) since: OffsetDateTime,
    /// The new contact.
    pub(crate) contact: ContactId,
    /// How the new one is reached, and what there is to tell of both.
    pub(crate) details: crate::finding::Params,
}

/// The owner of an earlier contact objects (C2, C3). All sessions, devices and
/// steps of the account end, and what was sent; the contacts and the username
/// are again what they were; the new contact proves nothing until the office has
/// decided.
///
/// Where whoever asked for the change knew the password, or the new contact was
/// confirmed and so could set one, the password is gone, and the questions are
/// those of before: the way in is a recovery by the earlier contact.
pub(crate) fn object(act: &mut Act<'_>, account: &mut Tracked<record::Account>, it: Objection) -> Result<()> {
    contacts::end_what_was_sent(act, account)?;
    let (undone, earlier): (Vec<_>, Vec<_>) =
        open(act, account.id)?.into_iter().partition(|change| change.asked_at >= it.since);
    let theirs = contacts::of(act, account.id)?;
    let was_proven = theirs.iter().any(|contact| contact.id == it.contact && contact.proven_at.is_some());
    drop(theirs);
    let had_a_way_in = was_proven || undone.iter().any(|change| change.own || change.confirmed_at.is_some());
    // What never came to be cannot be objected to twice.
    for mut change in earlier {
        if change.confirmed_at.is_none() {
            change.ended_at = Some(act.now);
        }
    }
    let undone = undo(act, account, undone)?;
    let mut theirs = contacts::of(act, account.id)?;
    for method in [Method::Email, Method::Sms] {
        let is_gone = |contact: &record::Contact| {
            contact.method == method && (contact.id == it.contact || undone.is_gone(contact))
        };
        // The one that stood, else the one that waited, is what the office decides on.
        let stood = theirs
            .iter()
            .filter(|contact| is_gone(contact))
            .max_by_key(|contact| (contact.proven_at.is_some(), contact.added_at, contact.id));
        let stood = stood.map(|contact| contact.id);
        for mut contact in theirs.extract_if(.., |contact| is_gone(contact)) {
            leave(account, &contact);
            // It may have been honest: its owner has to know.
            if contact.proven_at.is_some() {
                act.post(contacts::to_account(account, MessageKind::ContactChanged, &contact, &[]))?;
            }
            if Some(contact.id) == stood {
                (contact.proven_at, contact.objected_at) = (None, Some(act.now));
            } else {
                contact.delete();
            }
        }
    }
    drop(theirs);
    undone.give_back(act, account.id)?;
    if had_a_way_in {
        close(act, account)?;
    }
    act.event(account, EventKind::ContactObjected, it.details);
    Ok(())
}

/// What changes that are taken back had brought, and what they had replaced.
struct Undone {
    gone: BTreeSet<(Method, String)>,
    /// How each is reached, in canonical form, and as messages go to it.
    back: Vec<(Method, String, String)>,
}

/// Ends changes, and gives the username back.
fn undo(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    undone: Vec<Tracked<record::ContactChange>>,
) -> Result<Undone> {
    let (mut back, mut gone): (Vec<(Method, String, String)>, BTreeSet<_>) = Default::default();
    // The latest first: each gives its place back to the one before it.
    for mut change in undone.into_iter().rev() {
        change.ended_at = Some(act.now);
        gone.insert((change.method, change.canonical.clone()));
        back.retain(|(_, canonical, _)| *canonical != change.canonical);
        let (Some(method), Some(canonical), Some(address)) =
            (change.earlier_method, &change.earlier_canonical, &change.earlier)
        else {
            continue;
        };
        if back.iter().all(|(_, known, _)| known != canonical) {
            back.push((method, canonical.clone(), address.clone()));
        }
        if account.username_canonical == change.canonical && method == change.method {
            names::rename(act, account, address)?;
        }
    }
    gone.retain(|(_, canonical)| back.iter().all(|(_, back, _)| back != canonical));
    Ok(Undone { gone, back })
}

impl Undone {
    fn is_gone(&self, contact: &record::Contact) -> bool {
        self.gone.iter().any(|(method, canonical)| *method == contact.method && *canonical == contact.canonical)
    }

    /// The earlier contacts prove again.
    fn give_back(self, act: &mut Act<'_>, account: AccountId) -> Result<()> {
        let mut theirs = contacts::of(act, account)?;
        for (method, canonical, address) in self.back {
            match theirs.iter_mut().find(|contact| contact.canonical == canonical) {
                Some(contact) if contact.proven_at.is_some() => {}
                Some(contact) => (contact.proven_at, contact.objected_at) = (Some(act.now), None),
                None => drop(contacts::add(act, account, method, &address, true)),
            }
        }
        Ok(())
    }
}

/// A contact goes from an account, or proves nothing any more.
fn leave(account: &mut Tracked<record::Account>, contact: &record::Contact) {
    if account.written_to == Some(contact.id) {
        account.written_to = None;
    }
}

/// Contacts to which was objected by that one (C2), or by one of its kind: the
/// office decides on them when it takes it away.
pub(crate) fn disputed(act: &Act<'_>, account: AccountId, canonical: &str) -> Result<Vec<ContactId>> {
    let theirs = contacts::of(act, account)?;
    let changes = act.find::<record::ContactChange>(&act.all().is(record::ContactChange::account, account))?;
    let by_it = |new: &record::Contact| {
        let is = |change: &Tracked<record::ContactChange>| change.earlier_canonical.as_deref() == Some(canonical);
        changes.iter().any(|change| change.contact == new.id && is(change))
    };
    let earlier = || theirs.iter().filter(|contact| contact.canonical == canonical && contact.objected_at.is_none());
    let by_its_kind = |new: &record::Contact| earlier().any(|contact| contact.method == new.method);
    let objected = theirs.iter().filter(|contact| contact.objected_at.is_some() && contact.canonical != canonical);
    let decided = objected.filter(|new| earlier().next().is_some() && (by_it(new) || by_its_kind(new)));
    Ok(decided.map(|new| new.id).collect())
}

/// The office decides for contacts to which was objected by an earlier one, which
/// it takes away (C2, C6): one of a kind. What came since the objection came by
/// way of the earlier one: contacts, a password, questions, sessions. All of it
/// goes, and they take their places as if nobody had objected: as they stood, or
/// to be confirmed.
///
/// # Errors
///
/// `contact.objected` where there are several of a kind.
pub(crate) fn decide_for(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    stand: &[ContactId],
    against: &str,
) -> Result<()> {
    let is_new = |contact: &Tracked<record::Contact>| stand.contains(&contact.id);
    let news = contacts::of(act, account.id)?;
    let news = || news.iter().filter(|contact| is_new(contact));
    let kinds: Vec<Method> = news().map(|contact| contact.method).collect();
    // Which of several is the user's, nobody but the office knows.
    if kinds.iter().collect::<BTreeSet<_>>().len() < kinds.len() {
        return Err(Finding::new(Code::ContactObjected, "contact").into());
    }
    let since = news().filter_map(|contact| contact.objected_at).min().unwrap_or(act.now);
    contacts::end_what_was_sent(act, account)?;
    let undone = open(act, account.id)?.into_iter().filter(|change| change.own && change.asked_at >= since).collect();
    let undone = undo(act, account, undone)?;
    let mut theirs = contacts::of(act, account.id)?;
    for contact in theirs.extract_if(.., |contact| !is_new(contact) && undone.is_gone(contact)) {
        leave(account, &contact);
        contact.delete();
    }
    drop(theirs);
    undone.give_back(act, account.id)?;
    let (mut news, mut others): (Vec<_>, Vec<_>) = contacts::of(act, account.id)?.into_iter().partition(is_new);
    let is_over = |contact: &record::Contact| {
        contact.objected_at.is_none() && (contact.canonical == against || kinds.contains(&contact.method))
    };
    for contact in others.extract_if(.., |contact| is_over(contact)) {
        let (method, gone) = (contact.method, contact.canonical.clone());
        leave(account, &contact);
        contact.delete();
        let next = news.iter().find(|new| new.method == method).or(news.first());
        if let Some(next) = next.filter(|_| account.username_canonical == gone) {
            names::rename(act, account, &next.address)?;
        }
        names::release(act, account.id, &gone)?;
        decided(act, account.id, &gone)?;
    }
    drop(others);
    close(act, account)?;
    act.event(account, EventKind::ContactReleased, params([("method", by_look(against).as_str().into())]));
    for new in &mut news {
        decided(act, account.id, &new.canonical)?;
        let was_confirmed = was_confirmed(act, new.id, account.id)?;
        (new.objected_at, new.proven_at) = (None, was_confirmed.then_some(act.now));
        if was_confirmed {
            act.post(contacts::to_account(account, MessageKind::ContactChanged, new, &[]))?;
        } else {
            ask_to_confirm(act, account, new, &[], Asked::ByOffice)?;
        }
    }
    Ok(())
}

/// How a contact in canonical form is reached.
pub(crate) fn by_look(canonical: &str) -> Method {
    if canonical.starts_with('+') { Method::Sms } else { Method::Email }
}

/// Takes the password of an account away, and brings its earlier questions back:
/// somebody had it who should not. Its user recovers it.
fn close(act: &mut Act<'_>, account: &mut Tracked<record::Account>) -> Result<()> {
    passwords::gone(act, account)?;
    account.password_expires_at = None;
    answers::bring_back(act, account.id)
}

/// How a contact is told in a history.
pub(crate) fn told(change: &record::ContactChange, after: Option<&str>) -> crate::finding::Params {
    let mut details = params([("method", change.method.as_str().into())]);
    details.insert("after".to_owned(), after.unwrap_or(&change.canonical).into());
    if let Some(before) = &change.earlier {
        details.insert("before".to_owned(), before.as_str().into());
    }
    details
}

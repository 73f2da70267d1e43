//! The contacts of an account as its user sees and changes them (C1, C3);
//! confirming a new one, and objecting to it (C2): by the links that were sent to
//! the new contact and to the earlier one.

use time::OffsetDateTime;

use crate::agency::identity::changes::{self, Asked, Objection};
use crate::agency::identity::{contacts, names};
use crate::agency::kernel::ways::rfc3339;
use crate::agency::kernel::{Act, Agency, Source, Tracked, act, run, system, tokens};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Locale, Param, params};
use crate::id::ContactId;
use crate::invitation::LinkToken;
use crate::secret::Secret;
use crate::store::record;
use crate::username::{check_email, check_phone};
use crate::words::{EventKind, Method, Purpose};

/// A contact of one's own account (C1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnContact {
    /// E-mail or SMS.
    pub method: Method,
    /// The address, or the number in E.164.
    pub address: String,
    /// Since when it is shown to be the user's: recovery codes and notices go to
    /// such ones alone.
    pub proven_at: Option<OffsetDateTime>,
    /// Until when it waits to be confirmed, where it does: it takes the place of
    /// the one of its kind then.
    pub confirm_until: Option<OffsetDateTime>,
    /// When the owner of the earlier one objected to it: it waits for the office.
    pub objected_at: Option<OffsetDateTime>,
}

impl Agency {
    /// The contacts of one's own account (C1): where its user is reached, and
    /// which wait to be confirmed; e-mail first, of each kind those
    /// that nobody objected to, the earliest of them first.
    ///
    /// # Errors
    ///
    /// `session.ended`.
    pub fn contacts(&self, session: &str, source: &Source) -> Result<Vec<OwnContact>> {
        run(&self.shared, self.id, &system(source), |act| {
            let (_, account) = tokens::live(act, session, Purpose::Session)?;
            let waiting = waiting(act, &account)?;
            let mut theirs = contacts::of(act, account.id)?;
            theirs.sort_by_key(|contact| (contact.method == Method::Sms, contact.objected_at.is_some()));
            Ok(theirs.iter().map(|contact| OwnContact::of(contact, &waiting)).collect())
        })
    }

    /// Changes one's own e-mail address or phone number, with one's password
    /// (C3). The new one is sent a link to confirm it, and takes the place of the
    /// one of its kind, and of the username where that is the same (U1, U2), when
    /// it is confirmed; the earlier one is told, and of a number the e-mail address as
    /// well, with a link to object for 30 days. Only the latest that was asked for can be confirmed. One that is
    /// theirs already takes back what waits.
    ///
    /// Whether somebody else has the address is said to whoever confirms it, who
    /// has it, and to nobody else.
    ///
    /// # Errors
    ///
    /// `session.ended`; `password.current_wrong`, counted as at sign-in (E4); the
    /// findings about the address, such as `email.malformed`; `contact.objected` where its owner objected and
    /// the office has not decided; `contact.too_often` where ten messages
    /// about changes went to either contact within a day.
    pub fn change_contact(
        &self,
        session: &str,
        password: &Secret,
        method: Method,
        address: &str,
        source: &Source,
    ) -> Result<OwnContact> {
        let proved = self.prove_current(session, password, "password", source)?;
        run(&self.shared, self.id, &system(source), |act| {
            let (_, mut account) = proved.still(act, session)?;
            act.acting = act::user(&account, source);
            let (address, canonical) = sendable(act, method, address)?;
            change(act, &mut account, method, &address, &canonical)
        })
    }

    /// In which language its user is written to from now on (C3). What the office
    /// writes down of the party later, unless it is another language, leaves it so.
    ///
    /// # Errors
    ///
    /// `session.ended`.
    pub fn set_language(&self, session: &str, language: Locale, source: &Source) -> Result<()> {
        run(&self.shared, self.id, &system(source), |act| {
            let (_, mut account) = tokens::live(act, session, Purpose::Session)?;
            let before = account.locale.unwrap_or(act.agency.locale);
            if account.locale == Some(language) {
                return Ok(());
            }
            act.acting = act::user(&account, source);
            account.locale = Some(language);
            let details = params([("before", before.as_str().into()), ("after", language.as_str().into())]);
            act.event(&mut account, EventKind::LanguageChanged, details);
            Ok(())
        })
    }

    /// Confirms a new e-mail address or phone number by the link that was sent
    /// to it (C2, C3). It takes the place of the earlier one, and where that was
    /// the username, the username follows (U1). Gives the username.
    ///
    /// # Errors
    ///
    /// `link.malformed`; `contact.objected` where the owner of the earlier contact
    /// objected; `step.refused` where the link is not or no longer good; the
    /// findings about the username.
    pub fn confirm_contact(&self, link: &str, source: &Source) -> Result<String> {
        let link = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(source), |act| {
            let found = tokens::find(act, link.canonical(), Purpose::ConfirmContact)?;
            let asked = found.map(|(token, _)| asked_about(act, token.contact)).transpose()?.flatten();
            if asked.is_some_and(|contact| contact.objected_at.is_some()) {
                return Err(Error::new(ErrorKind::Refused, Code::ContactObjected));
            }
            let (mut token, mut account) = tokens::live(act, link.canonical(), Purpose::ConfirmContact)?;
            let mut new = asked_about(act, token.contact)?.ok_or_else(refused)?;
            if new.proven_at.is_some() {
                return Err(refused());
            }
            act.acting = act::user(&account, source);
            tokens::end(act, &mut token);
            new.proven_at = Some(act.now);
            let (mut follows, mut replaces) = (false, false);
            for old in contacts::of(act, account.id)? {
                if old.method == new.method && old.id != new.id && old.objected_at.is_none() {
                    follows |= old.canonical == account.username_canonical;
                    replaces |= old.proven_at.is_some();
                    old.delete();
                }
            }
            if replaces {
                // A recovery that got so far by a code to the earlier one is over (C1).
                for step in [Purpose::RecoveryQuestions, Purpose::NewPassword] {
                    tokens::end_all(act, account.id, step)?;
                }
            }
            changes::confirmed(act, account.id, new.id)?;
            act.event(&mut account, EventKind::ContactProven, params([("method", new.method.as_str().into())]));
            if follows {
                names::rename(act, &mut account, &new.address)?;
            }
            Ok(account.username.clone())
        })
    }

    /// Objects to a new e-mail address or phone number, by the link that was
    /// sent to the earlier one (C2, C3), for 30 days and whatever whoever holds
    /// the account did meanwhile. The change and all that came after it are
    /// taken back: the earlier contact and username hold again, and all sessions
    /// and devices of the account end. Where the user asked for the change,
    /// or the new contact was confirmed, the password is gone as well, and the
    /// questions are those of before: whoever has the earlier contact recovers
    /// the account by it. The new one proves nothing, and stands in the office's
    /// review until it has [decided](crate::Office::release_contact).
    ///
    /// # Errors
    ///
    /// `link.malformed`; `step.refused` where the link is not or no longer good:
    /// used, too old, the office has decided, the account is deleted.
    pub fn object_to_contact(&self, link: &str, source: &Source) -> Result<()> {
        let link = LinkToken::parse(link).into_result()?;
        run(&self.shared, self.id, &system(source), |act| {
            let digest = tokens::digest(act, Purpose::ObjectToContact, link.canonical());
            let change: Option<Tracked<record::ContactChange>> =
                act.first(&act.all().is(record::ContactChange::digest, digest))?;
            let Some(change) = change else { return object_by_token(act, &link) };
            let account: Option<Tracked<record::Account>> = act.by_id(change.account.0)?;
            let account = account.filter(|account| account.deleted_at.is_none());
            let is_good = change.ended_at.is_none() && act.now < change.expires_at;
            let mut account = account.filter(|_| is_good).ok_or_else(refused)?;
            let new = asked_about(act, Some(change.contact))?;
            let details = changes::told(&change, new.as_ref().map(|new| &*new.address));
            drop(new);
            let it = Objection { since: change.asked_at, contact: change.contact, details };
            drop(change);
            changes::object(act, &mut account, it)
        })
    }
}

/// By a link of an earlier release, which ends with what it is about.
fn object_by_token(act: &mut Act<'_>, link: &LinkToken) -> Result<()> {
    let (mut token, mut account) = tokens::live(act, link.canonical(), Purpose::ObjectToContact)?;
    let new = asked_about(act, token.contact)?.ok_or_else(refused)?;
    tokens::end(act, &mut token);
    let details = params([("method", new.method.as_str().into()), ("after", new.address.as_str().into())]);
    let it = Objection { since: token.created_at, contact: new.id, details };
    drop((token, new));
    changes::object(act, &mut account, it)
}

/// The contact that a link is about, while the account has it.
fn asked_about(act: &Act<'_>, contact: Option<ContactId>) -> Result<Option<Tracked<record::Contact>>> {
    contact.map_or(Ok(None), |id| act.by_id(id.0))
}

fn refused() -> Error {
    Error::new(ErrorKind::Refused, Code::StepRefused)
}

/// The links to confirm a contact that are live.
fn waiting(act: &Act<'_>, account: &record::Account) -> Result<Vec<Tracked<record::Token>>> {
    let links = act.all().is(record::Token::account, account.id).is(record::Token::purpose, Purpose::ConfirmContact);
    let links = act.find::<record::Token>(&links.null(record::Token::ended_at, true))?;
    Ok(links.into_iter().filter(|link| tokens::is_live(link, account, act.now)).collect())
}

impl OwnContact {
    fn of(contact: &record::Contact, waiting: &[Tracked<record::Token>]) -> Self {
        let link = waiting.iter().filter(|link| link.contact == Some(contact.id));
        let until = link.map(|link| link.expires_at).max();
        Self {
            method: contact.method,
            address: contact.address.clone(),
            proven_at: contact.proven_at,
            confirm_until: until.filter(|_| contact.proven_at.is_none() && contact.objected_at.is_none()),
            objected_at: contact.objected_at,
        }
    }
}

/// An address as messages go to it, and in canonical form.
fn sendable(act: &Act<'_>, method: Method, typed: &str) -> Result<(String, String)> {
    match method {
        Method::Email => check_email(typed).into_result().map(|email| (email.typed, email.canonical)),
        Method::Sms => {
            check_phone(typed, &act.agency.country).into_result().map(|phone| (phone.e164.clone(), phone.e164))
        }
    }
}

fn change(
    act: &mut Act<'_>,
    account: &mut Tracked<record::Account>,
    method: Method,
    address: &str,
    canonical: &str,
) -> Result<OwnContact> {
    let links = waiting(act, account)?;
    let mut theirs = contacts::of(act, account.id)?;
    let is_it = |contact: &record::Contact| contact.method == method && contact.canonical == canonical;
    if theirs.iter().any(|contact| is_it(contact) && contact.objected_at.is_some()) {
        return Err(Error::new(ErrorKind::Refused, Code::ContactObjected));
    }
    // Only the latest can be confirmed.
    let waits = |contact: &record::Contact| links.iter().any(|link| link.contact == Some(contact.id));
    for contact in theirs.extract_if(.., |contact| contact.method == method && waits(contact)) {
        act.withdraw_confirmation(account.id, &contact.address)?;
        if account.written_to == Some(contact.id) {
            account.written_to = None;
        }
        contact.delete();
    }
    for mut link in links {
        if asked_about(act, link.contact)?.is_none() {
            tokens::end(act, &mut link);
        }
    }
    if let Some(contact) = theirs.iter().find(|contact| is_it(contact) && contact.proven_at.is_some()) {
        return Ok(OwnContact::of(contact, &[]));
    }
    let known = theirs.iter().position(|contact| is_it(contact));
    let new = match known {
        Some(place) => theirs.remove(place),
        None => contacts::add(act, account.id, method, address, false),
    };
    let proven = theirs.iter().filter(|contact| contact.proven_at.is_some());
    let mut earlier: Vec<&record::Contact> = proven.map(|contact| &**contact).collect();
    // Of a new number the e-mail address is told as well: codes go there first (E6).
    let is_told = |contact: &&record::Contact| contact.method == method || contact.method == Method::Email;
    if earlier.iter().any(is_told) {
        earlier.retain(is_told);
    }
    for contact in core::iter::once(&*new).chain(earlier.iter().copied()) {
        if let Some(from) = changes::too_often(act, &contact.canonical)? {
            return Err(Finding::new(Code::ContactTooOften, "contact").with("from", rfc3339(from)).into());
        }
    }
    let mut details = params([("method", method.as_str().into()), ("after", address.into())]);
    if let Some(before) = earlier.iter().rfind(|contact| contact.method == method) {
        details.insert("before".to_owned(), Param::from(before.address.as_str()));
    }
    act.event(account, EventKind::ContactToConfirm, details);
    changes::ask_to_confirm(act, account, &new, &earlier, Asked::ByUser)?;
    Ok(OwnContact::of(&new, &waiting(act, account)?))
}

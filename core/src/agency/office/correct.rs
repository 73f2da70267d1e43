//! Correcting a party's contact (C2): what was sent to the old one is dead in
//! the same act, and is sent again to the new one where nothing had come back.

use super::invite::{self, invite};
use super::users::send_unattended;
use crate::agency::identity::changes::{self, Asked};
use crate::agency::identity::contacts::{self, Corrected};
use crate::agency::identity::{links, passwords};
use crate::agency::kernel::{Act, Tracked};
use crate::error::Result;
use crate::finding::{Code, Finding};
use crate::id::{AccountId, ApplicationId};
use crate::invitation::choose_method;
use crate::store::record;
use crate::username;
use crate::words::Method;

/// The contacts of a party, as they were before something was written.
pub(super) struct Contacts {
    email: Option<String>,
    phone: Option<String>,
}

impl Contacts {
    pub(super) fn of(party: &record::Party) -> Self {
        Self { email: party.email.clone(), phone: party.phone_e164.clone() }
    }

    fn changed<'a>(
        &'a self,
        party: &'a record::Party,
    ) -> impl Iterator<Item = (Method, Option<&'a str>, Option<&'a str>)> {
        let both = [
            (Method::Email, self.email.as_deref(), party.email.as_deref()),
            (Method::Sms, self.phone.as_deref(), party.phone_e164.as_deref()),
        ];
        both.into_iter().filter(|(_, before, after)| before != after)
    }
}

/// What followed from a correction.
#[derive(Default)]
pub(super) struct Followed {
    /// Where no invitation could go out again.
    pub(super) findings: Vec<Finding>,
    /// Whether anything was sent again, to the new contact.
    pub(super) sent_again: bool,
    /// The new contacts that wait for the account's user to confirm them.
    pub(super) to_confirm: Vec<(Method, String)>,
}

/// Follows the correction of a party's contacts: of its invitations that are
/// out, and of the account that was made for it.
pub(super) fn correct(act: &mut Act<'_>, party: &mut Tracked<record::Party>, before: &Contacts) -> Result<Followed> {
    let mut followed = Followed::default();
    let changed: Vec<(Method, Option<String>, Option<String>)> = before
        .changed(party)
        .map(|(method, before, after)| (method, before.map(str::to_owned), after.map(str::to_owned)))
        .collect();
    if changed.is_empty() {
        return Ok(followed);
    }
    for (method, old, _) in &changed {
        if let Some(old) = old {
            invite_anew(act, party, *method, old, &mut followed)?;
        }
    }
    let accounts: Vec<AccountId> = links::of_party(act, party.id)?
        .iter()
        .filter(|link| link.application.is_none())
        .map(|link| link.account)
        .collect();
    for id in accounts {
        if links::made_for(act, id)? == Some(party.id) {
            correct_account(act, id, &changed, &mut followed)?;
        }
    }
    Ok(followed)
}

/// Invitations that went to the old contact are dead, and go out again by the
/// contact that there is now.
fn invite_anew(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    method: Method,
    old: &str,
    followed: &mut Followed,
) -> Result<()> {
    let canonical = username::canonical(old, &act.agency.country);
    let out = act
        .all()
        .is(record::Invitation::party, party.id)
        .is(record::Invitation::method, method)
        .is(record::Invitation::contact, canonical)
        .null(record::Invitation::superseded_at, true)
        .null(record::Invitation::redeemed_at, true);
    for invitation in act.find::<record::Invitation>(&out)? {
        if invitation.printed_at.is_some() {
            reprinted(act, party, invitation)?;
            continue;
        }
        let (application, lapsed) = (invitation.application, act.now >= invitation.expires_at);
        invite::end(act, invitation)?;
        if lapsed {
            continue;
        }
        let mut application =
            application.map(|id: ApplicationId| act.by_id::<record::Application>(id.0)).transpose()?.flatten();
        let sent = invite(act, party, application.as_mut(), None, true)?;
        followed.sent_again |= sent.invitation.is_some();
        followed.findings.extend(sent.findings);
    }
    Ok(())
}

/// What is on paper was sent to nobody: it goes with the contact that its party has
/// now, and with none it is dead (I10).
pub(super) fn reprinted(
    act: &mut Act<'_>,
    party: &record::Party,
    mut invitation: Tracked<record::Invitation>,
) -> Result<()> {
    if invitation.printed_at.is_none() || !invitation.is_out() {
        return Ok(());
    }
    let now = choose_method(party.preferred, None, party.email.as_deref(), party.phone_e164.as_deref());
    let Some((method, address)) = now.value else { return invite::end(act, invitation) };
    let contact = username::canonical(&address, &act.agency.country);
    if (invitation.method, &invitation.contact) != (method, &contact) {
        (invitation.method, invitation.contact) = (method, contact);
    }
    Ok(())
}

fn correct_account(
    act: &mut Act<'_>,
    id: AccountId,
    changed: &[(Method, Option<String>, Option<String>)],
    followed: &mut Followed,
) -> Result<()> {
    let mut account = act.account(id)?;
    let mut replaced = false;
    let mut asks = Vec::new();
    for (method, _, address) in changed {
        match contacts::correct(act, &mut account, *method, address.as_deref())? {
            Some(Corrected::Replaced) => replaced = true,
            Some(Corrected::ToConfirm { old, new }) => {
                followed.to_confirm.extend(address.clone().map(|address| (*method, address)));
                asks.push((old, new));
            }
            // The row says so itself.
            Some(Corrected::Added) | None => {}
        }
    }
    // Once all are corrected: the second correction would end the link that the
    // first one sent.
    for (old, new) in asks {
        let (new, old) = (act.get(new.0, Code::ContactNotFound)?, act.get(old.0, Code::ContactNotFound)?);
        if account.disabled_at.is_some() {
            changes::ask_once_enabled(act, &account, &new, &old);
        } else {
            changes::ask_to_confirm(act, &account, &new, &[&old], Asked::ByOffice)?;
        }
    }
    // A password that a manager handed over was not sent to anybody.
    let was_sent = account.password.as_deref().is_none_or(passwords::is_generated);
    let was_sent = was_sent && account.staged_at.is_none();
    if replaced && !account.stage.has_come() && was_sent && account.disabled_at.is_none() {
        followed.sent_again = send_unattended(act, &mut account)?;
    }
    Ok(())
}

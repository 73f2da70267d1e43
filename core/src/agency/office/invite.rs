//! Invitations from the office's side (I1 to I6, I9, C5): sending, sending
//! again, unlinking, cancelling, one by one or many at once.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::each::Bulk;
use super::{Office, Progress, brought, delegated};
use crate::agency::identity::contacts;
use crate::agency::identity::enrol::Enrolled;
use crate::agency::identity::links;
use crate::agency::kernel::{Act, AgencyKeys, Post, Tracked};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Checked, Code, Finding, Params, params};
use crate::id::{AccountId, ApplicationId, InvitationId, PartyId};
use crate::invitation::{InvitationCode, InvitationSecret, LinkToken, OfficeAction, check_action, choose_method};
use crate::message::Page;
use crate::store::record;
use crate::username;
use crate::words::{EventKind, MessageKind, Method};

/// What an invitation is for.
///
/// In JSON: `{"party": "…"}` or `{"application": "…"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invitee {
    /// A party, to an account of their own.
    Party(PartyId),
    /// An application, to its family's account.
    Application(ApplicationId),
}

/// What came of one item of a batch (I9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// The item.
    pub item: Invitee,
    /// Whether it was done.
    pub done: bool,
    /// Why not, and what else there is to say.
    pub findings: Vec<Finding>,
}

/// The item's records: the party and, where it is for one, the application.
pub(super) struct Item {
    pub(super) party: Tracked<record::Party>,
    pub(super) application: Option<Tracked<record::Application>>,
    links: Vec<Tracked<record::Link>>,
}

impl Item {
    pub(super) fn load(act: &Act<'_>, item: Invitee) -> Result<Self> {
        let (party, application) = match item {
            Invitee::Party(id) => (delegated::party(act, id)?, None),
            Invitee::Application(id) => {
                let application: Tracked<record::Application> = act.get(id.0, Code::ApplicationNotFound)?;
                (delegated::party(act, application.family)?, Some(application))
            }
        };
        let links = match &application {
            Some(application) => links::of_application(act, application.id)?,
            None => links::of_party(act, party.id)?,
        };
        act.guard(&party);
        Ok(Self { party, application, links })
    }

    /// The current invitation.
    pub(super) fn invitation(&self) -> Option<InvitationId> {
        self.application.as_ref().map_or(self.party.invitation, |application| application.invitation)
    }

    /// Whether an account has it.
    pub(super) fn is_linked(&self) -> bool {
        !self.links.is_empty()
    }

    pub(super) fn check(&self, action: OfficeAction) -> Option<Finding> {
        check_action(action, self.is_linked(), self.invitation().is_some())
    }

    pub(super) fn details(&self) -> Params {
        let mut details = params([("name", self.party.display_name.as_str().into())]);
        if let Some(application) = &self.application {
            details.insert("application".to_owned(), application.number.as_str().into());
        }
        details
    }
}

impl Office {
    /// Invites, reinvites or unlinks each item (I4, I5, I6, I9). Every item
    /// has its own result; those that can be done are done, in pieces that are
    /// each one commit.
    ///
    /// `as_of` is the moment at which the office looked at the list that the
    /// batch was chosen from. An item to which an invitation was sent at that
    /// moment or since is left alone with `invitation.already_sent`: so running
    /// the same batch again, after a crash or by a second click, sends nothing
    /// twice, whatever the grain of the clock.
    ///
    /// `progress` is told before each piece, and may stop the work: what was
    /// not reached has `act.cancelled` then, and can be run again.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store, where nothing was reached.
    /// What is wrong with an item stands in its row, and so does what kept it
    /// from being reached.
    pub fn batch(
        &self,
        action: OfficeAction,
        items: &[Invitee],
        method: Option<Method>,
        as_of: OffsetDateTime,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<BatchRow>> {
        self.may_list(action.as_str())?;
        let bring = |act: &Act<'_>, piece: &[Invitee]| brought::invitees(act, action, piece);
        let row = |act: &mut Act<'_>, item: &Invitee| {
            let one = delegated::asking(act, |act| one(act, action, *item, method, Some(as_of)));
            let findings = match one {
                Ok(findings) => findings,
                Err(error) => findings_of(error, "item")?,
            };
            Ok(BatchRow { item: *item, done: !crate::has_errors(&findings), findings })
        };
        let pieces = self.each(Bulk::of(action.as_str()), items, progress, bring, row, |row| row.done);
        pieces.whole(items, |item, why| BatchRow { item: *item, done: false, findings: vec![why] })
    }

    /// Invites, by the party's preferred way or by the one that is named (I1).
    ///
    /// # Errors
    ///
    /// `invitation.already_sent`, `invitation.already_linked`,
    /// `invitation.no_contact`; `party.not_found`, `application.not_found`.
    pub fn invite(&self, item: Invitee, method: Option<Method>) -> Result<()> {
        self.one(OfficeAction::Invite, item, method)
    }

    /// Sends a new invitation: 14 new days; the earlier one dies at once (I5).
    ///
    /// # Errors
    ///
    /// `invitation.never_sent`, `invitation.already_linked`,
    /// `invitation.no_contact`; `party.not_found`, `application.not_found`.
    pub fn reinvite(&self, item: Invitee, method: Option<Method>) -> Result<()> {
        self.one(OfficeAction::Reinvite, item, method)
    }

    /// Ends every link of a party, those of its applications among them, or of
    /// one application, at once, with every invitation by which whoever had it
    /// could come back; the accounts stay, their sessions end (I6, C5).
    ///
    /// # Errors
    ///
    /// `invitation.not_linked`; `party.not_found`, `application.not_found`.
    pub fn unlink(&self, item: Invitee) -> Result<()> {
        self.one(OfficeAction::Unlink, item, None)
    }

    fn one(&self, action: OfficeAction, item: Invitee, method: Option<Method>) -> Result<()> {
        let findings = self.act(action.as_str(), |act| one(act, action, item, method, None))?;
        if crate::has_errors(&findings) { Err(Error::invalid(findings)) } else { Ok(()) }
    }

    /// Cancels the invitation of a party or an application that is out: its
    /// link and code are dead at once (C5). It can be sent again.
    ///
    /// # Errors
    ///
    /// `invitation.never_sent` where none is out; `party.not_found`,
    /// `application.not_found`.
    pub fn cancel_invitation(&self, item: Invitee) -> Result<()> {
        self.act("cancel_invitation", |act| {
            let item = Item::load(act, item)?;
            let none = || Error::from(Finding::new(Code::InvitationNeverSent, "item"));
            let id = item.invitation().ok_or_else(none)?;
            let invitation: Tracked<record::Invitation> = act.get(id.0, Code::InvitationRefused)?;
            if !invitation.is_out() {
                return Err(none());
            }
            end(act, invitation)?;
            act.agency_event(EventKind::InvitationCancelled, item.details())
        })
    }
}

/// What is wrong with one item of a batch; any other error ends it.
pub(super) fn findings_of(error: Error, field: &str) -> Result<Vec<Finding>> {
    match error.kind {
        ErrorKind::Invalid | ErrorKind::NotFound if error.findings.is_empty() => {
            Ok(vec![Finding::new(error.code, field)])
        }
        ErrorKind::Invalid | ErrorKind::NotFound => Ok(error.findings),
        // Of many, one may be out of reach of delegated work (A7).
        ErrorKind::NotAllowed => {
            let not_allowed = Finding::new(error.code, field);
            Ok(vec![error.params.into_iter().fold(not_allowed, |finding, (name, value)| finding.with(&name, value))])
        }
        _ => Err(error),
    }
}

/// Does one action for one item; what forbids it is given back.
fn one(
    act: &mut Act<'_>,
    action: OfficeAction,
    item: Invitee,
    method: Option<Method>,
    as_of: Option<OffsetDateTime>,
) -> Result<Vec<Finding>> {
    let mut item = Item::load(act, item)?;
    if let Some(finding) = item.check(action) {
        return Ok(vec![finding]);
    }
    if action == OfficeAction::Unlink {
        unlink(act, item)?;
        return Ok(Vec::new());
    }
    if let (Some(as_of), Some(id)) = (as_of, item.invitation()) {
        let current: Tracked<record::Invitation> = act.get(id.0, Code::InvitationRefused)?;
        // Stores keep milliseconds: of the very moment, it was sent since.
        if crate::time_ms(current.issued_at) >= crate::time_ms(as_of) {
            return Ok(vec![Finding::new(Code::InvitationAlreadySent, "action")]);
        }
    }
    let again = action == OfficeAction::Reinvite;
    Ok(invite(act, &mut item.party, item.application.as_mut(), method, again)?.findings)
}

impl record::Invitation {
    /// Whether it could still be redeemed, or could be until its time was over.
    pub(super) fn is_out(&self) -> bool {
        self.superseded_at.is_none() && self.redeemed_at.is_none()
    }
}

/// How an invitation reaches whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carried {
    /// By a message.
    Sent,
    /// On paper (I10).
    Printed,
}

/// An invitation that was made, and waits to be carried to whom it is for.
pub(super) struct Issued {
    pub(super) id: InvitationId,
    pub(super) secret: InvitationSecret,
    pub(super) life: crate::invitation::Invitation,
    /// The contact that goes with the code, as it is stored.
    pub(super) address: String,
    /// What the history says of it.
    pub(super) details: Params,
}

/// Makes an invitation: the earlier one, if any, dies in the same act (I5). Its
/// link and code are derived from its id, so that a reminder can say them again
/// (I10); what is stored are their digests.
pub(super) fn issue(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    application: Option<&mut Tracked<record::Application>>,
    method: Option<Method>,
    carried: Carried,
) -> Result<Checked<Issued>> {
    let contact = choose_method(party.preferred, method, party.email.as_deref(), party.phone_e164.as_deref());
    let Some((method, address)) = contact.value else {
        return Ok(Checked { value: None, findings: contact.findings });
    };
    let earlier = application.as_ref().map_or(party.invitation, |application| application.invitation);
    if let Some(earlier) = earlier {
        let earlier = act.get(earlier.0, Code::InvitationRefused)?;
        end(act, earlier)?;
    }
    let id = InvitationId(act.new_id());
    let secret = written(act.keys, id);
    let life = crate::invitation::Invitation::issue(
        &username::canonical(&address, &act.agency.country),
        method,
        &act.agency.policy.invitation,
        act.now,
    );
    let (link_digest, code_digest) = digests(act.keys, &secret);
    drop(act.add(record::Invitation {
        agency: act.agency.id,
        id,
        revision: 1,
        party: party.id,
        application: application.as_ref().map(|application| application.id),
        method: life.method,
        contact: life.contact.clone(),
        link_digest,
        code_digest,
        issued_at: life.issued_at,
        expires_at: life.expires_at,
        superseded_at: life.superseded_at,
        redeemed_at: life.redeemed_at,
        printed_at: (carried == Carried::Printed).then_some(act.now),
        reminded_at: None,
    }));
    let mut details = params([("method", method.as_str().into()), ("name", party.display_name.as_str().into())]);
    if let Some(application) = application {
        application.invitation = Some(id);
        details.insert("application".to_owned(), application.number.as_str().into());
    } else {
        party.invitation = Some(id);
    }
    Ok(Checked::pass(Issued { id, secret, life, address, details }))
}

/// The link and the code of an invitation, as they are derived from its id.
fn written(keys: &AgencyKeys, id: InvitationId) -> InvitationSecret {
    let link = keys.written("invitation link", id.0);
    let code = keys.written("invitation code", id.0);
    InvitationSecret { code: InvitationCode::of(&code), link: LinkToken::of(&link) }
}

/// What is stored of them.
fn digests(keys: &AgencyKeys, secret: &InvitationSecret) -> (Vec<u8>, Vec<u8>) {
    (
        keys.digest("invitation link", &[secret.link.canonical()]).to_vec(),
        keys.digest("invitation code", &[secret.code.canonical()]).to_vec(),
    )
}

/// The link and the code of an invitation, once more; nothing where they were
/// made otherwise: drawn by an earlier release, or derived with another key.
pub(super) fn written_again(keys: &AgencyKeys, invitation: &record::Invitation) -> Option<InvitationSecret> {
    let secret = written(keys, invitation.id);
    let (link, code) = digests(keys, &secret);
    (link == invitation.link_digest && code == invitation.code_digest).then_some(secret)
}

/// Sends an invitation.
pub(super) fn invite(
    act: &mut Act<'_>,
    party: &mut Tracked<record::Party>,
    application: Option<&mut Tracked<record::Application>>,
    method: Option<Method>,
    again: bool,
) -> Result<Enrolled> {
    let issued = issue(act, party, application, method, Carried::Sent)?;
    let Some(Issued { id, secret, life, address, details }) = issued.value else {
        return Ok(Enrolled { findings: issued.findings, ..Enrolled::default() });
    };
    let valid = life.expires_at - life.issued_at;
    post(act, MessageKind::Invitation, party, (id, life.method), &address, valid, &secret)?;
    act.agency_event(if again { EventKind::Reinvited } else { EventKind::Invited }, details)?;
    Ok(Enrolled { invitation: Some(id), ..Enrolled::default() })
}

/// Writes a message that carries an invitation.
pub(super) fn post(
    act: &mut Act<'_>,
    kind: MessageKind,
    party: &record::Party,
    (id, method): (InvitationId, Method),
    address: &str,
    valid: Duration,
    secret: &InvitationSecret,
) -> Result<()> {
    let url = Page::Invitation.link(&act.agency.link_base, &secret.link);
    act.post(Post {
        kind,
        method,
        address,
        locale: party.locale,
        account: None,
        invitation: Some(id),
        name: &party.display_name,
        username: None,
        contact: Some(address),
        representative: None,
        valid: Some(valid),
        secrets: &[("link", url.reveal()), ("code", secret.code.grouped().reveal())],
    })
}

/// An invitation that was neither superseded nor redeemed dies, and its
/// message with it.
pub(super) fn end(act: &mut Act<'_>, mut invitation: Tracked<record::Invitation>) -> Result<()> {
    let mut life = invitation.life();
    life.supersede(act.now);
    if life != invitation.life() {
        invitation.keep(life);
    }
    act.withdraw_invitation(invitation.id)
}

/// Ends the links of an item. Whoever had it has no way back: the invitations
/// for it are dead, and those for the same family that went to a contact of
/// theirs.
fn unlink(act: &mut Act<'_>, mut item: Item) -> Result<()> {
    let details = item.details();
    let accounts: Vec<AccountId> = item.links.iter().map(|link| link.account).collect();
    for mut link in item.links.drain(..) {
        links::end(act, &mut link);
    }
    let mut theirs = Vec::new();
    for account in &accounts {
        theirs.extend(contacts::of(act, *account)?.iter().map(|contact| contact.canonical.clone()));
    }
    let invitations: Vec<Tracked<record::Invitation>> =
        act.find(&act.all().is(record::Invitation::party, item.party.id))?;
    let of_item = |invitation: &record::Invitation| match &item.application {
        Some(application) => invitation.application == Some(application.id),
        None => true,
    };
    let redeemed: Vec<String> = invitations
        .iter()
        .filter(|invitation| of_item(invitation) && invitation.redeemed_at.is_some())
        .map(|invitation| invitation.contact.clone())
        .collect();
    theirs.extend(redeemed);
    for invitation in invitations {
        if invitation.is_out() && (of_item(&invitation) || theirs.contains(&invitation.contact)) {
            end(act, invitation)?;
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for id in accounts.into_iter().filter(|id| seen.insert(*id)) {
        let mut account: Tracked<record::Account> = act.get(id.0, Code::AccountNotFound)?;
        // Sessions that had the access end with the epoch; the account stays.
        account.epoch += 1;
        act.event(&mut account, EventKind::Unlinked, details.clone());
        contacts::notify(act, &account, MessageKind::LinkChanged)?;
    }
    Ok(())
}

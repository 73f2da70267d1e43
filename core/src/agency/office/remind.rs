//! Reminding those who have not come of what they were sent (I10).
//!
//! A reminder says the same link and code once more: they are derived, so that
//! they can be said again though only their digests are stored. So no further
//! secret is alive by it, and it is good exactly as long as the first. A
//! temporary password is not derived, since what suits a policy may not suit the
//! next: its reminder says where it is, and how to get another.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use time::{Duration, OffsetDateTime};

use super::invite::{Item, post, written_again};
use super::{Invitee, Progress, brought};
use crate::agency::identity::{contacts, passwords};
use crate::agency::kernel::pieces::{LARGE, Piece, in_pieces};
use crate::agency::kernel::{Act, Agency, Post, Source, Tracked, act, read, system, tokens};
use crate::error::Result;
use crate::finding::params;
use crate::id::{AccountId, InvitationId};
use crate::invitation::OfficeAction;
use crate::message::Page;
use crate::policy::EnrolmentScheme;
use crate::secret::Secret;
use crate::store::{Query, record};
use crate::username;
use crate::words::{EventKind, MessageKind, Method, Purpose};

/// What someone may have to be reminded of.
#[derive(Clone, Copy)]
enum Open {
    Account(AccountId),
    Invitation(InvitationId),
}

impl Agency {
    /// Reminds those who were sent an activation link, a temporary password or
    /// an invitation and have not come, on the days of the policy (I10); there
    /// are none by default. To be called about once a day, from a job of the
    /// host's. Says how many reminders it put in the outbox.
    ///
    /// One that was missed is made up for, several by one message; one run
    /// sends nobody two. A reminder says the link and the code that were sent
    /// before, which are good for as long as they were; of a temporary password,
    /// that it was sent. Nobody is reminded of what was redeemed, replaced,
    /// cancelled or is over, who is disabled or deleted, or whose contact was
    /// objected to; nor of what was printed, or sent before this release of
    /// carekey.
    ///
    /// # Errors
    ///
    /// Those of the store; what was written until then stays, and is not
    /// written again.
    pub fn remind(&self) -> Result<u64> {
        if self.record()?.policy.enrolment.reminder_days.is_empty() {
            return Ok(0);
        }
        let open = self.open()?;
        let acting = system(&Source::UNKNOWN);
        // To whom this run has written.
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut go_on = |_: Progress| ControlFlow::Continue(());
        let pieces = in_pieces(&open, LARGE, &mut go_on, |piece, round| {
            let done = act::attempt(&self.shared, self.id, &acting, round, |act| {
                bring(act, piece)?;
                let mut now = told.clone();
                let before = now.len();
                for open in piece {
                    match open {
                        Open::Account(id) => account(act, *id, &mut now)?,
                        Open::Invitation(id) => invitation(act, *id, &mut now)?,
                    }
                }
                Ok((now.len() - before, now))
            })?;
            let Some((written, now)) = done else { return Ok(Piece::Conflict) };
            told = now;
            let mut results = vec![0; piece.len()];
            if let Some(first) = results.first_mut() {
                *first = written as u64;
            }
            Ok(Piece::Done(results))
        });
        match pieces.stopped {
            Some(error) => Err(error),
            None => Ok(pieces.results.iter().sum()),
        }
    }

    /// Whatever may be due; each is looked at again in the act that reminds.
    fn open(&self) -> Result<Vec<Open>> {
        let accounts = Query::<record::Account>::all(self.id)
            .null(record::Account::deleted_at, true)
            .null(record::Account::disabled_at, true)
            .null(record::Account::staged_at, true)
            .null(record::Account::written_to, false);
        let invitations = Query::<record::Invitation>::all(self.id)
            .null(record::Invitation::redeemed_at, true)
            .null(record::Invitation::superseded_at, true)
            .null(record::Invitation::printed_at, true);
        let now = act::now(&self.shared)?;
        let accounts = read(&self.shared, &accounts)?.into_iter().filter(|account| !account.stage.has_come());
        let invitations =
            read(&self.shared, &invitations)?.into_iter().filter(|invitation| now < invitation.expires_at);
        Ok(accounts
            .map(|account| Open::Account(account.id))
            .chain(invitations.map(|invitation| Open::Invitation(invitation.id)))
            .collect())
    }
}

/// What is looked for of each of them.
fn bring(act: &Act<'_>, open: &[Open]) -> Result<()> {
    let (mut accounts, mut invitations) = (Vec::new(), BTreeSet::new());
    for open in open {
        match open {
            Open::Account(account) => accounts.push(*account),
            Open::Invitation(invitation) => drop(invitations.insert(*invitation)),
        }
    }
    brought::accounts(act, &accounts)?;
    act.bring(record::Invitation::id, &invitations)?;
    let found = act.find(&act.all().among(record::Invitation::id, &invitations))?;
    let invitees: Vec<Invitee> = found.iter().map(|invitation| invitee(invitation)).collect();
    brought::invitees(act, OfficeAction::Reinvite, &invitees)
}

/// What an invitation is for.
fn invitee(invitation: &record::Invitation) -> Invitee {
    invitation.application.map_or(Invitee::Party(invitation.party), Invitee::Application)
}

/// Whether a day to remind on is over since something was sent, and was not
/// reminded of since.
fn is_due(act: &Act<'_>, sent_at: OffsetDateTime, reminded_at: Option<OffsetDateTime>) -> bool {
    let days = act.policy().enrolment.reminder_days.iter().rev();
    let last = days.map(|day| sent_at.saturating_add(Duration::days((*day).into()))).find(|at| *at <= act.now);
    last.is_some_and(|last| reminded_at.is_none_or(|reminded| reminded < last))
}

/// What an account was sent first, and is good still: its link, if it has one.
struct First {
    kind: MessageKind,
    sent_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    link: Option<Secret>,
}

fn first_of(act: &Act<'_>, account: &record::Account) -> Result<Option<First>> {
    if account.enrolment == EnrolmentScheme::TemporaryPassword {
        let is_sent = account.password.as_deref().is_some_and(passwords::is_generated);
        let (Some(sent_at), Some(expires_at), true) = (account.password_set_at, account.password_expires_at, is_sent)
        else {
            return Ok(None);
        };
        return Ok(Some(First { kind: MessageKind::RegistrationReminder, sent_at, expires_at, link: None }));
    }
    let tokens = act.all().is(record::Token::account, account.id).is(record::Token::purpose, Purpose::Activation);
    let tokens = act.find::<record::Token>(&tokens.null(record::Token::ended_at, true))?;
    let live = tokens.into_iter().find(|token| tokens::is_live(token, account, act.now));
    Ok(live.and_then(|token| {
        let link = Page::Activate.link(&act.agency.link_base, &tokens::written_again(act, &token)?);
        Some(First {
            kind: MessageKind::ActivationReminder,
            sent_at: token.created_at,
            expires_at: token.expires_at,
            link: Some(link),
        })
    }))
}

fn account(act: &mut Act<'_>, id: AccountId, told: &mut BTreeSet<String>) -> Result<()> {
    let Some(mut account) = act.by_id::<record::Account>(id.0)? else { return Ok(()) };
    if !tokens::is_open(&account) || account.staged_at.is_some() || account.stage.has_come() {
        return Ok(());
    }
    let contacts = contacts::of(act, id)?;
    let contact = contacts.iter().find(|contact| Some(contact.id) == account.written_to);
    let (Some(contact), Some(first)) = (contact, first_of(act, &account)?) else { return Ok(()) };
    let objected = contacts.iter().any(|contact| contact.objected_at.is_some());
    if objected
        || act.now >= first.expires_at
        || !is_due(act, first.sent_at, account.reminded_at)
        || !told.insert(contact.canonical.clone())
    {
        return Ok(());
    }
    account.reminded_at = Some(act.now);
    act.event(&mut account, EventKind::Reminded, params([("method", contact.method.as_str().into())]));
    let secrets: Vec<(&str, &str)> = first.link.iter().map(|link| ("link", link.reveal())).collect();
    let valid = Some(first.expires_at - act.now);
    act.post(Post { valid, ..contacts::to_account(&account, first.kind, contact, &secrets) })
}

fn invitation(act: &mut Act<'_>, id: InvitationId, told: &mut BTreeSet<String>) -> Result<()> {
    let Some(mut invitation) = act.by_id::<record::Invitation>(id.0)? else { return Ok(()) };
    let is_live = invitation.life().redeem(act.now).is_ok() && invitation.printed_at.is_none();
    if !is_live || !is_due(act, invitation.issued_at, invitation.reminded_at) {
        return Ok(());
    }
    let Ok(item) = Item::load(act, invitee(&invitation)) else { return Ok(()) };
    if item.is_linked() || item.invitation() != Some(id) {
        return Ok(());
    }
    let Some(secret) = written_again(act.keys, &invitation) else { return Ok(()) };
    if !told.insert(invitation.contact.clone()) {
        return Ok(());
    }
    invitation.reminded_at = Some(act.now);
    let mut details = item.details();
    details.insert("method".to_owned(), invitation.method.as_str().into());
    act.agency_event(EventKind::Reminded, details)?;
    let address = stored(act, &item.party, &invitation);
    let valid = invitation.expires_at - act.now;
    post(act, MessageKind::InvitationReminder, &item.party, (id, invitation.method), &address, valid, &secret)
}

/// The contact that an invitation was sent to, as the party has it.
fn stored(act: &Act<'_>, party: &record::Party, invitation: &Tracked<record::Invitation>) -> String {
    let stored = match invitation.method {
        Method::Email => party.email.as_deref(),
        Method::Sms => party.phone_e164.as_deref(),
    };
    let is_same = |stored: &&str| username::canonical(stored, &act.agency.country) == invitation.contact;
    stored.filter(is_same).unwrap_or(&invitation.contact).to_owned()
}

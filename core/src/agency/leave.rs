//! Those who leave: deleting a person, and tidying up what is over.

use time::Duration;

use super::act::{self, Act};
use super::actor::Source;
use super::enrol;
use super::{Agency, Office};
use crate::description::AdministrativeAct;
use crate::error::Result;
use crate::finding::{Param, Params, params};
use crate::id::PartyId;
use crate::store::{Record, Test, Value, record};
use crate::time_ms;
use crate::words::{EventKind, MessageKind, MessageState};

/// How long a token that is over is kept: long enough to say so.
const KEPT: Duration = Duration::days(1);
/// How many rows are tidied up in one piece.
const PIECE: u64 = 1_000;

/// What is shown in the place of a deleted person's name.
const NOBODY: &str = "(deleted)";

impl Office {
    /// Deletes a person or an organization: names, contacts, password and
    /// answers go; ties and grants end; waiting messages go. The history stays
    /// (H), and the username is never given to another (U4).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `party.not_found`; `manager.last` for the last
    /// account manager.
    pub fn delete_party(&self, party: PartyId) -> Result<()> {
        self.act("delete_party", |act| {
            let mut party = enrol::party(act, party)?;
            end_ties(act, party.id)?;
            let mine = act.of::<record::Application>().is("family", party.id);
            for mut application in act.find::<record::Application>(&mine)? {
                application.account = None;
                NOBODY.clone_into(&mut application.family_name);
                act.update(&mut application);
            }
            let invitations = act.of::<record::Invitation>().is("party", party.id);
            let invitations = act.find::<record::Invitation>(&invitations)?;
            delete_invitation_messages(act, &party, &invitations)?;
            for mut invitation in invitations {
                invitation.superseded_at = invitation.superseded_at.or(Some(act.now));
                invitation.contact.clear();
                act.update(&mut invitation);
            }
            if let Some(id) = party.account {
                let account: record::Account = act.account(id)?;
                let others = act.of::<record::Party>().is("account", id).and("deleted_at", Test::Null(true));
                let mut others: Vec<record::Party> = act.find(&others)?;
                others.retain(|other| other.id != party.id);
                match others.into_iter().min_by_key(|other| other.id) {
                    Some(other) => leave_to(act, account, &party, &other)?,
                    None => delete_account(act, account)?,
                }
            }
            let details =
                params([("party", party.id.to_string().into()), ("name", party.display_name.as_str().into())]);
            act.agency_event(EventKind::PartyDeleted, details);
            forget(&mut party);
            party.deleted_at = Some(act.now);
            act.update(&mut party);
            Ok(())
        })
    }
}

fn end_ties(act: &mut Act<'_>, party: PartyId) -> Result<()> {
    let ties = act.of::<record::Tie>().or("who", Test::Is(Value::Id(party.0))).or("of", Test::Is(Value::Id(party.0)));
    for mut tie in act.find::<record::Tie>(&ties)? {
        if tie.ends_at.is_none_or(|ends| ends > act.now) {
            tie.ends_at = Some(act.now.max(tie.begins_at));
            act.update(&mut tie);
        }
    }
    for mut grant in act.find::<record::Grant>(&act.of::<record::Grant>().is("party", party))? {
        if grant.ends_at.is_none_or(|ends| ends > act.now) {
            grant.ends_at = Some(act.now.max(grant.begins_at));
            act.update(&mut grant);
        }
    }
    Ok(())
}

/// Deletes the messages that carry the invitations of a party. They are about
/// no account: they are known by where they went and whom they name.
fn delete_invitation_messages(
    act: &mut Act<'_>,
    party: &record::Party,
    invitations: &[record::Invitation],
) -> Result<()> {
    let stored = [party.email.clone(), party.phone_e164.clone()].into_iter().flatten();
    let addresses = stored.chain(invitations.iter().map(|invitation| invitation.contact.clone()));
    let messages = act.of::<record::Message>().is("kind", MessageKind::Invitation).among("address", addresses);
    let name = Param::from(party.display_name.as_str());
    for message in act.find::<record::Message>(&messages)? {
        if message.params.get("name") == Some(&name) {
            act.delete(&message);
        }
    }
    Ok(())
}

/// An account that is another party's login too stays theirs, and goes by
/// their name; what it had because of the one who leaves ends, as by unlink.
fn leave_to(
    act: &mut Act<'_>,
    mut account: record::Account,
    party: &record::Party,
    other: &record::Party,
) -> Result<()> {
    account.epoch += 1;
    act.event(&mut account, EventKind::Unlinked, params([("name", party.display_name.as_str().into())]));
    enrol::describe(act, &mut account, AdministrativeAct::Unlinked);
    if account.party == Some(party.id) {
        account.party = Some(other.id);
        enrol::name_after(&mut account, other);
    }
    enrol::notify(act, &account, MessageKind::LinkChanged)?;
    act.update(&mut account);
    Ok(())
}

fn delete_account(act: &mut Act<'_>, mut account: record::Account) -> Result<()> {
    if account.manager_since.is_some() {
        super::manage::keep_one(act, &account)?;
        account.manager_since = None;
    }
    delete_all::<record::Answer>(act, account.id.0)?;
    delete_all::<record::OldPassword>(act, account.id.0)?;
    delete_all::<record::Token>(act, account.id.0)?;
    delete_all::<record::Message>(act, account.id.0)?;
    act.event(&mut account, EventKind::Deleted, Params::new());
    enrol::describe(act, &mut account, AdministrativeAct::Deleted);
    account.epoch += 1;
    account.deleted_at = Some(act.now);
    NOBODY.clone_into(&mut account.display_name);
    account.display_key.clear();
    (account.first_name, account.last_name) = (None, None);
    (account.email, account.phone_e164) = (None, None);
    (account.password, account.password_set_at, account.password_expires_at) = (None, None, None);
    (account.party, account.note) = (None, None);
    act.update(&mut account);
    Ok(())
}

/// Deletes the rows of a table that belong to an account.
fn delete_all<R: Record>(act: &mut Act<'_>, account: uuid::Uuid) -> Result<()> {
    for row in act.find::<R>(&act.of::<R>().is("account", account))? {
        act.delete(&row);
    }
    Ok(())
}

fn forget(party: &mut record::Party) {
    NOBODY.clone_into(&mut party.display_name);
    party.name_key.clear();
    party.roles.clear();
    (party.first_name, party.middle_name) = (None, None);
    (party.last_name, party.nickname) = (None, None);
    (party.email, party.email_canonical) = (None, None);
    (party.phone, party.phone_e164) = (None, None);
    (party.external_id, party.account) = (None, None);
}

impl Agency {
    /// Removes what is over and of no more use: tokens a day after their end,
    /// counts of failures at unknown names and codes a day after the last, sent and abandoned messages after `message_days`. To be called now and
    /// then, from a job of the host's. Says how many rows went.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn tidy(&self, message_days: u32) -> Result<u64> {
        let mut removed = 0;
        loop {
            let piece = act::run(&self.shared, self.id, &act::system(&Source::UNKNOWN), |act| {
                let before = |span: Duration| Test::Below(Value::Int(time_ms(act.now - span)));
                let tokens = act.of::<record::Token>().and("expires_at", before(KEPT)).page(0, PIECE);
                let messages = act
                    .of::<record::Message>()
                    .among("state", [MessageState::Sent, MessageState::Abandoned])
                    .and("closed_at", before(Duration::days(message_days.into())))
                    .page(0, PIECE);
                let throttles = act.of::<record::Throttle>().and("touched_at", before(KEPT)).page(0, PIECE);
                let throttles: Vec<record::Throttle> = act.find(&throttles)?;
                throttles.iter().for_each(|throttle| act.delete(throttle));
                let tokens: Vec<record::Token> = act.find(&tokens)?;
                let messages: Vec<record::Message> = act.find(&messages)?;
                tokens.iter().for_each(|token| act.delete(token));
                messages.iter().for_each(|message| act.delete(message));
                Ok((throttles.len() + tokens.len() + messages.len()) as u64)
            })?;
            removed += piece;
            if piece == 0 {
                return Ok(removed);
            }
        }
    }
}

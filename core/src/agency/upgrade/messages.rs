//! What messages of an earlier release carry: which invitation, until when it
//! is good. One whose secret is dead is withdrawn (N).

use std::collections::BTreeMap;

use time::OffsetDateTime;

use crate::agency::identity::passwords;
use crate::agency::kernel::{Act, Sealing, Tracked, tokens};
use crate::error::Result;
use crate::id::InvitationId;
use crate::invitation::LinkToken;
use crate::secret::Secret;
use crate::store::record;
use crate::username;
use crate::words::{MessageKind, MessageState, Purpose};

/// Until when what a message carries is good; nothing where it is dead.
type Until = Option<OffsetDateTime>;

pub(super) fn upgrade(act: &Act<'_>) -> Result<()> {
    for mut message in act.find::<record::Message>(&act.all().null(record::Message::sealed, false))? {
        // What does not open is abandoned when it comes up.
        let Some(secrets) = unsealed(act, &message) else { continue };
        let secret = |name| secrets.get(name).map(Secret::reveal);
        let until = match message.kind {
            MessageKind::Invitation => match invitation(act, secret("link"))? {
                Some(invitation) => {
                    message.invitation = Some(invitation.id);
                    let out = invitation.superseded_at.is_none() && invitation.redeemed_at.is_none();
                    out.then_some(invitation.expires_at)
                }
                None => None,
            },
            MessageKind::Activation => activation(act, secret("link"))?,
            MessageKind::Registration => registration(act, &message, secrets.get("password"))?,
            // They are counted elsewhere now: another is asked for.
            MessageKind::RecoveryCode => None,
            _ => continue,
        };
        message.expires_at = until;
        let is_out = message.state == MessageState::Claimed && message.due_at > act.now;
        // A mailer has it in hand: too late.
        if until.is_none() && !is_out {
            message.close(MessageState::Withdrawn, act.now);
        }
    }
    closed(act)
}

/// Which invitations the messages that were sent or abandoned carried: they go
/// when those whom they were for are deleted. One of somebody deleted before
/// goes now.
fn closed(act: &Act<'_>) -> Result<()> {
    let query = act.all().is(record::Message::kind, MessageKind::Invitation);
    let mut messages: Vec<Tracked<record::Message>> = act.find(&query)?;
    messages.retain(|message| message.invitation.is_none());
    if messages.is_empty() {
        return Ok(());
    }
    let mut by_contact: BTreeMap<(String, OffsetDateTime), InvitationId> = BTreeMap::new();
    for invitation in act.find::<record::Invitation>(&act.all())? {
        by_contact.insert((invitation.contact.clone(), invitation.issued_at), invitation.id);
    }
    for mut message in messages {
        let contact = username::canonical(&message.address, &act.agency.country);
        match by_contact.get(&(contact, message.created_at)) {
            Some(invitation) => message.invitation = Some(*invitation),
            None => message.delete(),
        }
    }
    Ok(())
}

fn unsealed(act: &Act<'_>, message: &record::Message) -> Option<BTreeMap<String, Secret>> {
    let opened = act.keys.unseal(Sealing::Outbox, message.id.0.as_bytes(), message.sealed.as_deref()?).ok()?;
    let secrets: BTreeMap<String, String> = serde_json::from_str(opened.reveal()).ok()?;
    Some(secrets.into_iter().map(|(name, value)| (name, Secret::from(value))).collect())
}

fn invitation(act: &Act<'_>, link: Option<&str>) -> Result<Option<Tracked<record::Invitation>>> {
    let Some(link) = link.and_then(|link| LinkToken::parse(link).value) else { return Ok(None) };
    let digest = act.keys.digest("invitation link", &[link.canonical()]).to_vec();
    act.first(&act.all().is(record::Invitation::link_digest, digest))
}

fn activation(act: &Act<'_>, link: Option<&str>) -> Result<Until> {
    let Some(link) = link.and_then(|link| LinkToken::parse(link).value) else { return Ok(None) };
    let Some((token, Some(account))) = tokens::find(act, link.canonical(), Purpose::Activation)? else {
        return Ok(None);
    };
    Ok(tokens::is_live(&token, &account, act.now).then_some(token.expires_at))
}

fn registration(act: &Act<'_>, message: &record::Message, password: Option<&Secret>) -> Result<Until> {
    let (Some(id), Some(password)) = (message.account, password) else { return Ok(None) };
    let Some(account) = act.by_id::<record::Account>(id.0)? else { return Ok(None) };
    let is_it = account.password.as_deref() == Some(&*passwords::generated(act.keys, id, password));
    Ok(account.password_expires_at.filter(|_| is_it))
}

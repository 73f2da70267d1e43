//! Tokens: sessions, devices and steps under way. Only their keyed digests are
//! stored.

use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::act::Act;
use super::unit::Tracked;
use crate::account::TokenLife;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::{AccountId, ContactId, TokenId};
use crate::invitation::LinkToken;
use crate::secret::Secret;
use crate::store::record;
use crate::words::Purpose;

/// A step that was begun: whoever holds the token may take it, once.
#[derive(Debug, Clone)]
pub struct Step {
    /// 256 random bits in base64url; only a digest is kept.
    pub token: Secret,
    /// Until when it can be taken.
    pub expires_at: OffsetDateTime,
}

/// 256 random bits in base64url (E5).
pub(crate) fn random(rng: &mut dyn CryptoRng) -> Secret {
    let mut bytes = Zeroizing::new([0u8; 32]);
    rng.fill_bytes(bytes.as_mut());
    Secret::from(BASE64URL_NOPAD.encode(bytes.as_slice()))
}

impl TokenLife {
    fn of(token: &record::Token) -> Self {
        Self {
            expires_at: token.expires_at,
            used_at: token.used_at,
            idle_ms: token.idle_ms,
            epoch: token.epoch,
            ended: token.ended_at.is_some(),
        }
    }
}

/// Whether this account may come in now, by whatever way: not deleted, not
/// disabled. A lock refuses passwords alone (E4).
pub(crate) fn is_open(account: &record::Account) -> bool {
    account.deleted_at.is_none() && account.disabled_at.is_none()
}

pub(crate) fn digest(act: &Act<'_>, purpose: Purpose, token: &str) -> Vec<u8> {
    act.keys.digest("token", &[purpose.as_str(), token]).to_vec()
}

/// What there is to say of a new token beside its life.
#[derive(Clone, Copy, Default)]
pub(crate) struct About {
    pub(crate) remember: bool,
    pub(crate) contact: Option<ContactId>,
    /// The device that a session is granted at.
    pub(crate) device: Option<TokenId>,
}

/// Makes a token for that one step of the account.
pub(crate) fn issue(
    act: &mut Act<'_>,
    account: &record::Account,
    purpose: Purpose,
    life: &TokenLife,
    about: About,
) -> (TokenId, Secret) {
    let token = random(act.rng);
    let id = TokenId(act.new_id());
    add(act, id, token.reveal(), account, purpose, life, about);
    (id, token)
}

/// Makes a token that a message carries as a link to that contact. It is derived
/// from the token's id, so that a reminder can say it again (I10); what is
/// stored is its digest.
pub(crate) fn issue_link(
    act: &mut Act<'_>,
    account: &record::Account,
    purpose: Purpose,
    life: &TokenLife,
    contact: Option<ContactId>,
) -> LinkToken {
    let id = TokenId(act.new_id());
    let link = written(act, purpose, id.0);
    add(act, id, link.canonical(), account, purpose, life, About { contact, ..About::default() });
    link
}

/// The link for that step of the row of that id.
pub(crate) fn written(act: &Act<'_>, purpose: Purpose, id: Uuid) -> LinkToken {
    LinkToken::of(&act.keys.written(purpose.as_str(), id))
}

/// The link of a token, once more; nothing where it was made otherwise: drawn
/// by an earlier release, or derived with another key.
pub(crate) fn written_again(act: &Act<'_>, token: &record::Token) -> Option<LinkToken> {
    let link = written(act, token.purpose, token.id.0);
    (digest(act, token.purpose, link.canonical()) == token.digest).then_some(link)
}

fn add(
    act: &Act<'_>,
    id: TokenId,
    token: &str,
    account: &record::Account,
    purpose: Purpose,
    life: &TokenLife,
    about: About,
) {
    drop(act.add(record::Token {
        agency: act.agency.id,
        id,
        revision: 1,
        account: Some(account.id),
        purpose,
        digest: digest(act, purpose, token),
        created_at: act.now,
        expires_at: life.expires_at,
        idle_ms: life.idle_ms,
        used_at: life.used_at,
        epoch: life.epoch,
        tries: 0,
        ended_at: None,
        remember: about.remember,
        source: act.acting.source.clone(),
        contact: about.contact,
        device: about.device,
    }));
}

/// Makes a token for a step that was begun just now.
pub(crate) fn issue_step(act: &mut Act<'_>, account: &record::Account, purpose: Purpose, about: About) -> Step {
    let lasts = Duration::minutes(act.policy().enrolment.step_minutes.into());
    let life = TokenLife::step(lasts, act.now, account.epoch);
    let expires_at = life.expires_at;
    Step { token: issue(act, account, purpose, &life, about).1, expires_at }
}

/// A token and its account, of either none where there is none.
pub(crate) type Found = Option<(Tracked<record::Token>, Option<Tracked<record::Account>>)>;

/// The token of that purpose, live or not.
pub(crate) fn find(act: &Act<'_>, token: &str, purpose: Purpose) -> Result<Found> {
    let found = act.first(&act.all().is(record::Token::digest, digest(act, purpose, token)))?;
    // A token that nobody has costs the same look at an account.
    let id = found.as_ref().and_then(|found: &Tracked<record::Token>| found.account).unwrap_or(AccountId::NOBODY);
    let account = act.by_id(id.0)?;
    Ok(found.map(|found| (found, account)))
}

/// Whether a token is good now, and its account may come in.
pub(crate) fn is_live(token: &record::Token, account: &record::Account, now: OffsetDateTime) -> bool {
    TokenLife::of(token).is_live(account.epoch, now) && is_open(account)
}

/// The live token for that very step, and its account, if the account may
/// come in now. Whatever is wrong, the error is the same.
pub(crate) fn live(
    act: &Act<'_>,
    token: &str,
    purpose: Purpose,
) -> Result<(Tracked<record::Token>, Tracked<record::Account>)> {
    let found = find(act, token, purpose)?;
    let found = found.and_then(|(token, account)| Some((token, account?)));
    found.filter(|(token, account)| is_live(token, account, act.now)).ok_or_else(|| {
        let code = if purpose == Purpose::Session { Code::SessionEnded } else { Code::StepRefused };
        Error::new(ErrorKind::Refused, code)
    })
}

/// Ends a token: it was used, or is not wanted any more.
pub(crate) fn end(act: &Act<'_>, token: &mut Tracked<record::Token>) {
    token.ended_at = Some(act.now);
}

/// Ends the steps of that purpose that an account has begun: a newer one takes
/// their place (E6).
pub(crate) fn end_all(act: &Act<'_>, account: AccountId, purpose: Purpose) -> Result<()> {
    let begun = act.all().is(record::Token::account, account).is(record::Token::purpose, purpose);
    for mut earlier in act.find(&begun.null(record::Token::ended_at, true))? {
        end(act, &mut earlier);
    }
    Ok(())
}

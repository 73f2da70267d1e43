//! Tokens: sessions and steps under way. Only their keyed digests are stored.

use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::act::Act;
use crate::account::TokenLife;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::{AccountId, TokenId};
use crate::secret::Secret;
use crate::store::record;
use crate::words::Purpose;

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
/// disabled, not locked (E4).
pub(crate) fn is_open(account: &record::Account, now: OffsetDateTime) -> bool {
    account.deleted_at.is_none()
        && account.disabled_at.is_none()
        && account.locked_until.is_none_or(|until| now >= until)
}

fn digest(act: &Act<'_>, purpose: Purpose, token: &str) -> Vec<u8> {
    act.keys.digest("token", &[purpose.as_str(), token])
}

/// Makes a token for that one step of the account.
pub(crate) fn issue(
    act: &mut Act<'_>,
    account: &record::Account,
    purpose: Purpose,
    life: TokenLife,
    remember: bool,
) -> Secret {
    let token = random(act.rng);
    let record = record::Token { remember, ..record(act, Some(account.id), purpose, life, token.reveal()) };
    act.insert(&record);
    token
}

/// Keeps the digest of a token for that one step of the account.
pub(crate) fn keep(act: &mut Act<'_>, account: &record::Account, purpose: Purpose, life: TokenLife, token: &str) {
    let record = record(act, Some(account.id), purpose, life, token);
    act.insert(&record);
}

/// What is kept of a token, where nobody had "remember me" to tick; the caller
/// writes it.
pub(crate) fn record(
    act: &mut Act<'_>,
    account: Option<AccountId>,
    purpose: Purpose,
    life: TokenLife,
    token: &str,
) -> record::Token {
    record::Token {
        agency: act.agency.id,
        id: TokenId::new(act.now, act.rng),
        revision: 1,
        account,
        purpose,
        digest: digest(act, purpose, token),
        code_digest: None,
        created_at: act.now,
        expires_at: life.expires_at,
        idle_ms: life.idle_ms,
        used_at: life.used_at,
        epoch: life.epoch,
        tries: 0,
        ended_at: None,
        remember: false,
    }
}

/// Makes a token for a step that was begun just now.
pub(crate) fn issue_step(
    act: &mut Act<'_>,
    account: &record::Account,
    purpose: Purpose,
    remember: bool,
) -> super::Step {
    let lasts = time::Duration::minutes(act.policy().enrolment.step_minutes.into());
    let life = TokenLife::step(lasts, act.now, account.epoch);
    let expires_at = life.expires_at;
    super::Step { token: issue(act, account, purpose, life, remember), expires_at }
}

/// The token of that purpose, live or not, and its account; none of either
/// where there is none.
pub(crate) fn look(
    act: &Act<'_>,
    token: &str,
    purpose: Purpose,
) -> Result<Option<(record::Token, Option<record::Account>)>> {
    let select = act.of::<record::Token>().is("digest", digest(act, purpose, token));
    let Some(found) = act.find::<record::Token>(&select)?.into_iter().next() else { return Ok(None) };
    // A token without an account costs the same look.
    let id = found.account.unwrap_or(AccountId::NOBODY);
    let account = act.find(&act.of::<record::Account>().is("id", id))?.into_iter().next();
    Ok(Some((found, account)))
}

/// Whether a token is good now, and its account may come in.
pub(crate) fn is_live(token: &record::Token, account: &record::Account, now: OffsetDateTime) -> bool {
    TokenLife::of(token).is_live(account.epoch, now) && is_open(account, now)
}

/// The live token for that very step, and its account, if the account may
/// come in now. Whatever is wrong, the error is the same.
pub(crate) fn live(act: &Act<'_>, token: &str, purpose: Purpose) -> Result<(record::Token, record::Account)> {
    let found = look(act, token, purpose)?;
    let found = found.and_then(|(token, account)| Some((token, account?)));
    found.filter(|(token, account)| is_live(token, account, act.now)).ok_or_else(|| {
        let code = if purpose == Purpose::Session { Code::SessionEnded } else { Code::StepRefused };
        Error::new(ErrorKind::Refused, code)
    })
}

/// Ends a token: it was used, or is not wanted any more.
pub(crate) fn end(act: &mut Act<'_>, token: &mut record::Token) {
    token.ended_at = Some(act.now);
    act.update(token);
}

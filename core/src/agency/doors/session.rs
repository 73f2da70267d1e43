//! Sessions and devices (E4, E5).

use time::{Duration, OffsetDateTime};

use super::sign_in::Visit;
use crate::account::TokenLife;
use crate::agency::identity::links;
use crate::agency::kernel::tokens::{self, About};
use crate::agency::kernel::{Act, Agency, Source, Tracked, run, system};
use crate::error::Result;
use crate::finding::Params;
use crate::id::{AccountId, PartyId, TokenId};
use crate::secret::Secret;
use crate::store::record;
use crate::words::{EventKind, Purpose};

/// A use is recorded when the last recorded one is at least this old, so that
/// a page of many requests costs one write. An idle limit may end a session
/// by this much early.
const USE_RECORDED_EVERY: Duration = Duration::seconds(15);

/// Likewise of a session that may be left unused: its use is recorded for its
/// user to see, and ends nothing.
const REMEMBERED_USE_RECORDED_EVERY: Duration = Duration::hours(1);

/// A session that was granted. The tokens go to the user and nowhere else.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose it is.
    pub account: AccountId,
    /// 256 random bits in base64url; only a digest is kept.
    pub token: Secret,
    /// When it ends at the latest.
    pub expires_at: OffsetDateTime,
    /// Whether it is remembered (E5): what keeps its token outlives the browser.
    pub remembered: bool,
    /// Where the user came from a device that was not known: the token by which
    /// it will be, to be kept there until `device_expires_at` and given with
    /// the next sign-in (E4). It opens nothing.
    pub device: Option<Secret>,
    /// Until when a token of the device is good, new or known: longer with each
    /// sign-in.
    pub device_expires_at: OffsetDateTime,
}

/// Who a session belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The first party that the account is linked to, where it is (A2).
    pub party: Option<PartyId>,
    /// All parties that it is linked to (C5).
    pub parties: Vec<PartyId>,
    /// The username, as it is shown.
    pub username: String,
    /// The name, as it is shown.
    pub display_name: String,
    /// Whether it is an account manager (A1).
    pub is_manager: bool,
    /// When the session ends at the latest.
    pub expires_at: OffsetDateTime,
}

/// Makes a session for an account that has just shown who it is, and records
/// the sign-in.
pub(super) fn grant(act: &mut Act<'_>, account: &mut Tracked<record::Account>, visit: Visit) -> Result<Session> {
    account.last_sign_in_at = Some(act.now);
    let session = go_on(act, account, visit)?;
    act.event(account, EventKind::SignedIn, Params::new());
    Ok(session)
}

/// Makes a session without a sign-in: one that goes on under a new token.
pub(super) fn go_on(act: &mut Act<'_>, account: &record::Account, visit: Visit) -> Result<Session> {
    let life = TokenLife::session(&act.policy().session, visit.remember, act.now, account.epoch);
    // A policy may have turned it off; only what is remembered has no idle limit.
    let (expires_at, remembered) = (life.expires_at, life.idle_ms.is_none());
    let (id, device, device_expires_at) = meet_device(act, account, visit.device)?;
    let about = About { remember: visit.remember, device: Some(id), ..About::default() };
    let (_, token) = tokens::issue(act, account, Purpose::Session, &life, about);
    Ok(Session { account: account.id, token, expires_at, remembered, device, device_expires_at })
}

/// Knows a device that is known for longer, as it is in use; or one that was not
/// from now on. Says which it is, its token where that is new, and until when it
/// is good.
fn meet_device(
    act: &mut Act<'_>,
    account: &record::Account,
    known: Option<TokenId>,
) -> Result<(TokenId, Option<Secret>, OffsetDateTime)> {
    let known = known.map(|id| act.by_id::<record::Token>(id.0)).transpose()?.flatten();
    if let Some(mut device) = known.filter(|device| tokens::is_live(device, account, act.now)) {
        device.used_at = act.now;
        device.expires_at = device_life(act, account).expires_at;
        return Ok((device.id, None, device.expires_at));
    }
    let (id, device, expires_at) = know_device(act, account);
    Ok((id, Some(device), expires_at))
}

/// A token by which the device that its user is at will be known (E4).
pub(super) fn know_device(act: &mut Act<'_>, account: &record::Account) -> (TokenId, Secret, OffsetDateTime) {
    let life = device_life(act, account);
    let (id, token) = tokens::issue(act, account, Purpose::Device, &life, About::default());
    (id, token, life.expires_at)
}

fn device_life(act: &Act<'_>, account: &record::Account) -> TokenLife {
    let lasts = Duration::days(act.policy().session.device_days.into());
    TokenLife::step(lasts, act.now, account.epoch)
}

impl Agency {
    /// Who this session belongs to, if it is live: not idle or old, its
    /// account neither disabled nor deleted, its password the same. A lock
    /// refuses passwords and ends no session (E4).
    ///
    /// # Errors
    ///
    /// `session.ended`, whatever the reason; or those of the store.
    pub fn session(&self, token: &str) -> Result<SignedIn> {
        run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
            let (mut found, account) = tokens::live(act, token, Purpose::Session)?;
            let every = if found.idle_ms.is_some() { USE_RECORDED_EVERY } else { REMEMBERED_USE_RECORDED_EVERY };
            if act.now - found.used_at >= every {
                found.used_at = act.now;
            }
            let mut parties: Vec<PartyId> = links::of_account(act, account.id)?.iter().map(|link| link.party).collect();
            let mut seen = std::collections::BTreeSet::new();
            parties.retain(|party| seen.insert(*party));
            Ok(SignedIn {
                account: account.id,
                party: parties.first().copied(),
                parties,
                username: account.username.clone(),
                display_name: account.display_name.clone(),
                is_manager: account.manager_since.is_some(),
                expires_at: found.expires_at,
            })
        })
    }

    /// Ends this session. Ending one that is over is no error.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn sign_out(&self, token: &str, source: &Source) -> Result<()> {
        run(&self.shared, self.id, &system(source), |act| {
            let Some((mut found, Some(mut account))) = tokens::find(act, token, Purpose::Session)? else {
                return Ok(());
            };
            if found.ended_at.is_some() {
                return Ok(());
            }
            act.acting = crate::agency::kernel::act::user(&account, source);
            tokens::end(act, &mut found);
            act.event(&mut account, EventKind::SignedOut, Params::new());
            Ok(())
        })
    }
}

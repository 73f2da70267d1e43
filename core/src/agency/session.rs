//! Sessions (E5).

use time::{Duration, OffsetDateTime};

use super::act::{self, Act};
use super::actor::Source;
use super::{Agency, tokens};
use crate::account::TokenLife;
use crate::error::Result;
use crate::finding::Params;
use crate::id::{AccountId, PartyId};
use crate::secret::Secret;
use crate::store::record;
use crate::words::{EventKind, Purpose};

/// A use is recorded when the last recorded one is at least this old, so that
/// a page of many requests costs one write. An idle limit may end a session
/// by this much early.
const USE_RECORDED_EVERY: Duration = Duration::seconds(15);

/// A session that was granted. The token goes to the user and nowhere else.
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
}

/// Who a session belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The account's party, where it is linked to one (A2).
    pub party: Option<PartyId>,
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
/// the sign-in. The caller writes the account.
pub(crate) fn grant(act: &mut Act<'_>, account: &mut record::Account, remember: bool) -> Session {
    let life = TokenLife::session(&act.policy().session, remember, act.now, account.epoch);
    // A policy may have turned it off; only what is remembered has no idle limit.
    let (expires_at, remembered) = (life.expires_at, life.idle_ms.is_none());
    let token = tokens::issue(act, account, Purpose::Session, life, remember);
    account.last_sign_in_at = Some(act.now);
    act.event(account, EventKind::SignedIn, Params::new());
    Session { account: account.id, token, expires_at, remembered }
}

impl Agency {
    /// Who this session belongs to, if it is live: not idle or old, its
    /// account neither disabled, locked nor deleted, its password the same.
    ///
    /// # Errors
    ///
    /// `session.ended`, whatever the reason; or those of the store.
    pub fn session(&self, token: &str) -> Result<SignedIn> {
        act::run(&self.shared, self.id, &act::system(&Source::UNKNOWN), |act| {
            let (mut found, account) = tokens::live(act, token, Purpose::Session)?;
            if found.idle_ms.is_some() && act.now - found.used_at >= USE_RECORDED_EVERY {
                found.used_at = act.now;
                act.update(&mut found);
            }
            Ok(SignedIn {
                account: account.id,
                party: account.party,
                username: account.username,
                display_name: account.display_name,
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
        act::run(&self.shared, self.id, &act::system(source), |act| {
            let Some((mut found, Some(mut account))) = tokens::look(act, token, Purpose::Session)? else {
                return Ok(());
            };
            if found.ended_at.is_some() {
                return Ok(());
            }
            act.acting = super::act::user(&account, source);
            tokens::end(act, &mut found);
            act.event(&mut account, EventKind::SignedOut, Params::new());
            act.update(&mut account);
            Ok(())
        })
    }
}

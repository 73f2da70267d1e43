//! The life of an invitation (I2, I5, I6, I7).

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::error::{Error, ErrorKind};
use crate::finding::Code;
use crate::policy::InvitationPolicy;
use crate::text_enum::text_enum;
use crate::words::Method;

text_enum! {
    /// Where an invitation stands at some moment.
    pub enum Standing {
        /// It can be redeemed.
        Live = "live",
        /// Its time is over (I2).
        Lapsed = "lapsed",
        /// A newer one took its place, or unlink ended it (I5, I6).
        Superseded = "superseded",
        /// It was redeemed (I7).
        Redeemed = "redeemed",
    }
}

/// The facts of one invitation (I2). Its secret is not among them.
///
/// Looking changes nothing (I7): mail scanners open links. Only
/// [`Invitation::redeem`] uses it up. That it does so once, however many try
/// at the same moment, is for whoever stores the facts: write them back only
/// if they are still the ones that were read.
///
/// Moments are kept to the millisecond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Where it was sent, in canonical form.
    pub contact: String,
    /// How it was sent.
    pub method: Method,
    /// When it was issued.
    #[serde(with = "time::serde::rfc3339")]
    pub issued_at: OffsetDateTime,
    /// From when on it is dead; the moment itself is outside.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// When a newer one took its place, or unlink ended it.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub superseded_at: Option<OffsetDateTime>,
    /// When it was redeemed.
    #[serde(default, with = "time::serde::rfc3339::option")]
    pub redeemed_at: Option<OffsetDateTime>,
}

impl Invitation {
    /// A new invitation to a contact in canonical form, good from now for the
    /// lifetime of the policy: by default 14 × 24 hours (I2), whatever the
    /// clocks on the wall do meanwhile.
    pub fn issue(contact: &str, method: Method, policy: &InvitationPolicy, now: OffsetDateTime) -> Self {
        let issued_at = to_millisecond(now);
        Self {
            contact: contact.to_owned(),
            method,
            issued_at,
            expires_at: issued_at.saturating_add(Duration::hours(i64::from(policy.lifetime_hours))),
            superseded_at: None,
            redeemed_at: None,
        }
    }

    /// Where it stands. What happened to it outweighs that its time is over.
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        if self.redeemed_at.is_some() {
            Standing::Redeemed
        } else if self.superseded_at.is_some() {
            Standing::Superseded
        } else if now >= self.expires_at {
            Standing::Lapsed
        } else {
            Standing::Live
        }
    }

    /// How long it can still be redeemed; zero unless it is live.
    pub fn time_left(&self, now: OffsetDateTime) -> Duration {
        match self.standing(now) {
            Standing::Live => self.expires_at - now,
            _ => Duration::ZERO,
        }
    }

    /// Uses it up (I7).
    ///
    /// # Errors
    ///
    /// `invitation.expired` where its time is over, which whoever holds the
    /// right code may know, since they need a new one; `invitation.refused`
    /// where it was redeemed or superseded before. The invitation is then as
    /// before.
    pub fn redeem(&mut self, now: OffsetDateTime) -> Result<(), Error> {
        match self.standing(now) {
            Standing::Live => {
                self.redeemed_at = Some(to_millisecond(now));
                Ok(())
            }
            Standing::Lapsed => Err(Error::new(ErrorKind::Refused, Code::InvitationExpired)),
            Standing::Superseded | Standing::Redeemed => Err(Error::new(ErrorKind::Refused, Code::InvitationRefused)),
        }
    }

    /// Ends it: a newer one takes its place, or unlink wants no one to come
    /// back by it (I5, I6). Ending it again keeps the first moment.
    pub fn supersede(&mut self, now: OffsetDateTime) {
        self.superseded_at.get_or_insert(to_millisecond(now));
    }
}

/// The moment as a store keeps it, so that what is held and what is read back
/// are the same.
fn to_millisecond(moment: OffsetDateTime) -> OffsetDateTime {
    crate::time_from_ms(crate::time_ms(moment)).unwrap_or(moment)
}

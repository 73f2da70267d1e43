//! Invitations (rule I): the code and the link, their 14 days, and what the
//! office may do next. From S3.
//!
//! An invitation carries an [`InvitationSecret`]: a code to type and a link to
//! tap. The facts about it are an [`Invitation`]; the secret is never among
//! them, since a store keeps only its keyed digests. Neither knows of the
//! other, so a host with its own database stores each as it likes.
//!
//! ```
//! use carekey::invitation::{Invitation, InvitationSecret, Standing, choose_method};
//! use carekey::policy::InvitationPolicy;
//! # use rand::SeedableRng;
//! # let rng = &mut rand_chacha::ChaCha20Rng::from_seed([7; 32]);
//! # let now = time::macros::datetime!(2026-03-02 09:00 UTC);
//!
//! let (method, contact) = choose_method(None, None, Some("sue@example.com"), None).into_result()?;
//! let mut invitation = Invitation::issue(&contact, method, &InvitationPolicy::default(), now);
//! let secret = InvitationSecret::generate(rng);
//! assert_eq!(secret.code.grouped().reveal().len(), "ABCDE-FGHJK".len());
//!
//! assert_eq!(invitation.standing(now), Standing::Live);
//! invitation.redeem(now + time::Duration::days(3))?;
//! assert_eq!(invitation.standing(now), Standing::Redeemed);
//! # Ok::<(), carekey::Error>(())
//! ```

mod code;
mod life;
mod link;
mod office;

pub use code::InvitationCode;
pub use life::{Invitation, Standing};
pub use link::LinkToken;
pub use office::{OfficeAction, OnlineAccount, check_action, choose_method, next_action, online_account};

use rand::CryptoRng;

/// What an invitation carries: a code to type and a link to tap (I1, I3).
///
/// Either of them is enough to redeem it, each together with what the rule
/// asks besides. It is made anew for every invitation, reinvitations included.
#[derive(Debug, Clone)]
pub struct InvitationSecret {
    /// The code.
    pub code: InvitationCode,
    /// The secret part of the link.
    pub link: LinkToken,
}

impl InvitationSecret {
    /// A new code and a new link.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self { code: InvitationCode::generate(rng), link: LinkToken::generate(rng) }
    }
}

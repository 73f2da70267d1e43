//! Messages (rule N): their texts in English and Spanish, the links in them,
//! and when a failed one is tried again.
//!
//! [`label`] says how people call the stable words that pages show.
//!
//! A message is a [`Text`] whose `{fields}` are filled when it is sent. What
//! ships is [`shipped`]; an agency can replace any, and [`check_template`]
//! says what is wrong with a replacement. [`fields`] lists what each kind of
//! message can speak of.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use carekey::invitation::InvitationSecret;
//! use carekey::message::{Page, render, shipped};
//! use carekey::words::MessageKind;
//! use carekey::{Locale, Method, Param, Params};
//! # use rand::SeedableRng;
//! # let rng = &mut rand_chacha::ChaCha20Rng::from_seed([7; 32]);
//!
//! let base = "https://portal.example.com";
//! let secret = InvitationSecret::generate(rng);
//! let params = Params::from([
//!     ("agency".to_owned(), Param::from("Good Hands")),
//!     ("page".to_owned(), Param::from(Page::Invitation.address(base))),
//!     ("valid".to_owned(), Param::from("14 days")),
//! ]);
//! let secrets = BTreeMap::from([
//!     ("link".to_owned(), Page::Invitation.link(base, &secret.link)),
//!     ("code".to_owned(), secret.code.grouped()),
//! ]);
//! let text = shipped(MessageKind::Invitation, Method::Sms, Locale::English);
//! let message = render(&text, &params, &secrets);
//! assert!(message.body.reveal().starts_with("Good Hands invites you"));
//! assert!(message.body.reveal().contains("https://portal.example.com/invitation#"));
//! ```

mod label;
mod link;
mod moment;
mod retry;
mod shipped;
mod template;
#[cfg(feature = "engine")]
mod zone;

pub use label::{Label, WordSet, label, labels};
pub use link::{Page, check_link_base};
pub use moment::{moment, span};
pub use retry::retry_at;
pub use shipped::shipped;
#[cfg(feature = "engine")]
pub(crate) use template::names;
pub use template::{Fields, Rendered, Text, check_template, fields, masked, render};
#[cfg(feature = "engine")]
pub(crate) use zone::{check_zone, from_zone, in_zone};

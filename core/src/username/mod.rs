//! Usernames (rules U1 to U6): e-mail addresses, phone numbers and the names
//! of the office staff.
//!
//! [`check_email`], [`check_phone`] and [`check_contact`] read a contact.
//! [`canonical`] is the form in which names are compared, [`skeleton`] tells
//! which look alike, and [`Usernames`] gives each row of a batch its verdict
//! against the names in use or once in use ([`Taken`]).
//!
//! ```
//! use carekey::name::PersonName;
//! use carekey::policy::{UsernamePolicy, UsernameScheme};
//! use carekey::username::{NameRequest, Taken, Usernames};
//!
//! let taken: Taken = ["104fconner"].into_iter().collect();
//! let mut names = Usernames::new(&UsernamePolicy::default(), "104", "US", taken)?;
//!
//! let felicia = PersonName::parse("Felicia Grace Conner").into_result()?;
//! let verdict = names.check(&NameRequest::new(1, UsernameScheme::Staff, &felicia));
//! assert!(!verdict.pass());
//! assert_eq!(verdict.findings[0].code.as_str(), "username.taken");
//! assert_eq!(verdict.suggestions[..2], ["104fgconner", "104feconner"]);
//!
//! let accepted = names.accept(&NameRequest::new(1, UsernameScheme::Staff, &felicia), "104fgconner");
//! assert_eq!(accepted.username.as_deref(), Some("104fgconner"));
//! # Ok::<(), carekey::Error>(())
//! ```

mod batch;
mod canonical;
mod check;
mod contact;
mod email;
mod letters;
mod logon;
mod mend;
mod phone;
mod slip;
mod staff;
mod suggest;
mod taken;

#[cfg(feature = "engine")]
pub(crate) use canonical::skeletons;
pub use canonical::{canonical, skeleton};
#[cfg(feature = "engine")]
pub(crate) use check::SUGGESTIONS;
pub use check::{NameRequest, NameVerdict, Usernames};
pub(crate) use check::{Wish, is_fault};
pub use contact::{Contact, check_contact};
pub use email::{Email, check_email};
pub use logon::check_staff_name;
pub use phone::{Phone, check_phone};
pub use staff::StaffPattern;
pub use taken::{Clash, Taken};

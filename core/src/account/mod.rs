//! Enrolment and sign-in (rule E): the states of a login and what moves it,
//! counting failures, and how long codes and sessions live.
//!
//! | scheme (E1) | the account passes through (E2) |
//! |---|---|
//! | activation link | `invited` → `questions_due` → `active` |
//! | temporary password | `password_due` → `questions_due` → `active` |
//! | invitation code | `invited` → `questions_due` → `active` |
//!
//! Where the policy asks no questions, `questions_due` is left out. Any of
//! them can be `disabled`, and comes back as it was. *Locked* is not a state
//! but a time until which sign-in is refused ([`Throttle`]).
//!
//! Whatever strangers send is bounded (E4): what they guess by [`Throttle`],
//! [`SourceTally`] and [`LiveCodes`], what reaches the owner's contact by
//! [`LiveCodes`], what is stored of it by [`Refusals`].

mod codes;
mod life;
mod source;
mod state;
mod tally;
mod throttle;

pub use codes::{LiveCodes, NewCode};
pub use life::TokenLife;
pub use source::{Network, SourceTally};
pub use state::State;
pub use tally::{Refusal, RefusalLine, Refusals};
pub use throttle::{Admission, Throttle};

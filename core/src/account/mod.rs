//! Enrolment and sign-in (rule E): the states of a login and what moves it,
//! counting failures, and how long a session lives.
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

mod life;
mod state;
mod throttle;

pub use life::TokenLife;
pub use state::State;
pub use throttle::{Admission, Throttle};

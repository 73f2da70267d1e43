//! Relationships: what a party is, and the ties between two (rule R).
//!
//! A party is a person or an organization, with any number of
//! [roles](crate::Role) that [fit](role_fits) it. Two parties may have any
//! number of [ties](Tie), in both directions and in circles, each from a
//! moment and until one. [`check_tie`] says whether a tie makes sense;
//! [`conveys`] names the role that comes with it.
//!
//! Who sees what because of a tie is decided in
//! [`visibility`](crate::visibility).

mod period;
mod role;
mod tie;

pub use period::Period;
#[cfg(feature = "engine")]
pub(crate) use role::may_have_several;
pub use role::{PartyFacts, conveyed, conveys, role_fits};
#[cfg(feature = "engine")]
pub(crate) use tie::check_reference;
pub use tie::{Tie, check_tie};

//! The rules alone: facts in, answers out, at once. Most are written from the
//! core (`written`); here is what Node has in a shape of its own.

mod account;
mod finding;
mod history;
mod invitation;
mod message;
mod password;
mod policy;
mod snapshot;
mod username;
mod visibility;
#[rustfmt::skip]
mod written;

pub(crate) use policy::read_policy;

use carekey::Policy;
use serde_json::Value;

/// The policy that a rule goes by: the one given, or the default.
fn policy_or_default(given: Option<&Value>) -> carekey::Result<Policy> {
    given.map_or_else(|| Ok(Policy::default()), policy::parse)
}

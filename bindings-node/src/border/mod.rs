//! How a call comes in, and how its answer or its error goes out.

mod fault;
mod given;
mod moment;
mod pack;
mod read;
mod rules;
mod spelling;
mod work;

pub(crate) use fault::{guard, malformed, written};
pub(crate) use moment::Moment;
pub use pack::Packed;
pub(crate) use pack::Packer;
pub(crate) use read::{read, rule};
pub(crate) use rules::{reads, rules};
pub use work::Work;

//! What every act of the engine stands on: the act and its commit, who acts,
//! keys and tokens, the counts of who guesses, messages and histories, and by
//! what lists are searched and sorted.
//!
//! It knows records and the rules, and nothing of the rooms above it: the
//! [ways in](super::doors), [who is who](super::identity), the
//! [office](super::office).

pub(crate) mod act;
mod actor;
mod agency;
mod at_hand;
mod each;
mod environment;
mod events;
mod history;
mod keys;
pub(crate) mod listing;
mod page;
pub(crate) mod pieces;
mod posting;
mod reads;
pub(crate) mod tokens;
mod unit;
pub(crate) mod ways;

pub use actor::{Actor, Sending, Source};
pub use agency::Agency;
pub use each::Each;
pub use environment::{Environment, ManualClock, SystemEnvironment};
pub use page::ListPage;

pub(crate) use act::{Act, get, now, pause, read, read_parts, run, system};
pub(crate) use actor::{Acting, Reach};
pub(crate) use agency::{Shared, refuse_suspended};
pub(crate) use each::Place;
pub(crate) use events::{strand_id, strand_ids};
pub(crate) use history::{Chains, begun_by, chained, from_record, is_seen};
pub(crate) use keys::{AgencyKeys, MasterKey, Sealing};
pub(crate) use posting::{Post, Said, spoken, spoken_by};
pub(crate) use reads::{Asked, Found, Reads};
pub(crate) use unit::Tracked;

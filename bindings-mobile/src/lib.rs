//! carekey's rules for phones, as UniFFI carries them into Swift and Kotlin.
//!
//! What ships to phones is without [`office`], which a feature adds.
//!
//! Nothing is decided here. Each item names one of the core, in the shapes
//! that UniFFI can carry: the comments are what Swift and Kotlin show, and
//! the core's documentation has the rest.

pub mod account;
mod choice;
pub mod error;
pub mod finding;
pub mod invitation;
pub mod name;
#[cfg(feature = "office")]
pub mod office;
pub mod password;
pub mod policy;
pub mod questions;
pub mod records;
pub mod relationship;
pub mod snapshot;
pub mod types;
pub mod username;
pub mod visibility;
pub mod word;
mod words;

uniffi::setup_scaffolding!("carekey");

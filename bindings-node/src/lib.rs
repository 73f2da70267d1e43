//! What crosses the border between Node and carekey.
//!
//! Facts go over as JSON text, since one call with a text is cheaper than a
//! call for each property; secrets and bytes go beside it; the rows of a
//! roster go over packed, and what is asked very often part by part. Names are
//! spelt as each side spells them (`begins_at` here, `beginsAt` there), moments
//! and secrets are marked, and an error goes over whole. The package's JavaScript
//! turns all that into objects, and nothing else: no rule, default or text is here
//! or there.

// `#[napi]` registers what it is on; nothing of this crate is called by Rust.
#![allow(unreachable_pub, missing_docs)]

mod border;
mod engine;
mod rules;
mod show;

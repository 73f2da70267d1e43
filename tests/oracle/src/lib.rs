//! The table of who sees what (V) a second time, for the authorization engine
//! Cedar (`visibility.cedar`), and agencies to ask both about.

pub mod cedar;
pub mod graph;

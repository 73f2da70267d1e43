//! Sign-in (E): what becomes of an attempt, and what a host writes of a session.

use carekey::account as core;
use pyo3::prelude::*;

use super::written::TokenLife;
use crate::arg::{Flag, Moment};
use crate::record::record;

record! {
    /// What becomes of an attempt (E4). It is true where it is to be
    /// evaluated.
    Admission from core::Admission as admission {
        /// `evaluate`, `locked` (too many failures), `closed` (until recovery)
        /// or `busy` (all places are held by attempts under way: come back in
        /// a moment).
        outcome: String = match admission {
            core::Admission::Evaluate => "evaluate",
            core::Admission::Locked(_) => "locked",
            core::Admission::Closed => "closed",
            core::Admission::Busy => "busy",
        }.to_owned(),
        /// Until when it is locked.
        until: Option<Moment> = match admission {
            core::Admission::Locked(until) => Some(Moment(until)),
            _ => None,
        },
    }
    methods {
        fn __bool__(&self) -> bool {
            self.outcome == "evaluate"
        }
    }
}

#[pymethods]
impl TokenLife {
    #[setter]
    fn set_used_at(&self, at: Moment) {
        self.with(|life| life.used_at = at.0);
    }

    #[setter]
    fn set_ended(&self, ended: Flag) {
        self.with(|life| life.ended = ended.0);
    }
}

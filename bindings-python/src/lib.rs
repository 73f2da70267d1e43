//! carekey for Python: the extension module `carekey._carekey`.
//!
//! It carries and decides nothing. What its users see is the package
//! `carekey`, which arranges these names; what they read with `help()` stands
//! here.

mod arg;
mod engine;
mod error;
mod finding;
mod record;
mod secret;
mod table;

/// The rules and the engine of carekey.
#[pyo3::pymodule]
mod _carekey {
    #[pymodule_export]
    use super::arg::_words;
    #[pymodule_export]
    use super::engine::outbox::Message;
    #[pymodule_export]
    use super::engine::results::{
        Added, Application, BatchRow, ChangePassword, Enrolled, Granted, InvitationView, Line, Linked, MessageRow,
        NewAccount, Party, Question, Recovery, Refused, ReviewItem, Session, SetQuestions, SignedIn, Step, Submitted,
        Tied, User, UserPage, WindowGroup, WindowRow,
    };
    #[pymodule_export]
    use super::engine::roster::{
        _panic, Change, CreateReport, Preview, RoleGroup, Roster, RosterRow, RowCheck, RowResult, Summary,
    };
    #[pymodule_export]
    use super::engine::settings::{Actor, AgencySettings, ManualClock, Policy};
    #[pymodule_export]
    use super::engine::sight::{Decision, Grant, Reason, SeenBy, Sight, Tie};
    #[pymodule_export]
    use super::engine::snapshot::Snapshot;
    #[pymodule_export]
    use super::engine::{Agency, Directory, Office, Outbox};
    #[pymodule_export]
    use super::finding::Finding;
    #[pymodule_export]
    use super::secret::Secret;
    #[pymodule_export]
    use super::table::{Pages, Table};
}

//! carekey for Python: the extension module `carekey._carekey`.
//!
//! It carries and decides nothing. What its users see is the package
//! `carekey`, which arranges these names; what they read with `help()` stands
//! here.

#[rustfmt::skip]
mod answers;
mod arg;
mod arrow;
mod engine;
mod error;
mod finding;
mod held;
mod over;
mod record;
mod rules;
mod secret;
mod table;
mod value;
#[rustfmt::skip]
mod words;

/// The rules and the engine of carekey.
#[pyo3::pymodule]
mod _carekey {
    #[pymodule_export]
    use super::answers::{
        Added, AgencyExport, AgencyRow, Allowed, Change, Decision, Description, DoneRow, Edited, Email, Enrolled,
        FeedLine, FeedPage, Fields, Grant, GrantRow, HashingMemory, HistoryExport, InvitationRow, InvitationView,
        Known, Label, Line, LinkRow, Merged, MessageRow, NameRequest, NameVerdict, NewGrant, NewTie, Outline,
        OwnContact, OwnSession, Party, PartyFacts, PartyFile, Period, Person, PersonName, Phone, PrintedCode,
        Recovered, Rendered, ReviewItem, RosterRow, RowResult, RuleCheck, SentRow, Session, SessionRow, SignedIn,
        Split, StagedRow, Step, Submitted, Summary, TextRow, Tie, TieResult, TieRosterRow, TieRow, Tied, Titled,
        Trimmed, User, Verified, WhoDecision, WindowRow,
    };
    #[pymodule_export]
    use super::engine::feed::FeedLines;
    #[pymodule_export]
    use super::engine::outbox::Message;
    #[pymodule_export]
    use super::engine::results::{
        Application, BatchRow, ChangePassword, Granted, Linked, NewAccount, Question, Recovery, Refused, SetQuestions,
        SignInFirst, UserPage, WindowGroup,
    };
    #[pymodule_export]
    use super::engine::roster::{_panic, CreateReport, Preview, RoleGroup, Roster, RowCheck};
    #[pymodule_export]
    use super::engine::settings::{Actor, AgencySettings, HashingLimits, ManualClock, Policy};
    #[pymodule_export]
    use super::engine::sight::{Reason, SeenBy, Sight};
    #[pymodule_export]
    use super::engine::snapshot::Snapshot;
    #[pymodule_export]
    use super::engine::tie_roster::{TieCheck, TiePreview, TieReport, TieRoster};
    #[pymodule_export]
    use super::engine::{Agency, Directory, Office, Outbox, verify_export, verify_history_export};
    #[pymodule_export]
    use super::finding::Finding;
    #[pymodule_export]
    use super::rules::account::Admission;
    #[pymodule_export]
    use super::rules::checked::Checked;
    #[pymodule_export]
    use super::rules::invitation::OnlineAccount;
    #[pymodule_export]
    use super::rules::message::{Text, moment};
    #[pymodule_export]
    use super::rules::password::{Checklist, check_change, check_password, list};
    #[pymodule_export]
    use super::rules::username::{Clash, Contact, StaffPattern};
    #[pymodule_export]
    use super::rules::visibility::{Of, Viewer, decide, sees, what_can_see, who_can_see};
    #[pymodule_export]
    use super::rules::written::{
        Hasher, Head, Invitation, InvitationCode, LinkToken, Taken, Throttle, TokenLife, Usernames, after_password,
        after_questions, canonical, cell, check_action, check_answers, check_contact, check_email, check_grant,
        check_hash, check_link_base, check_phone, check_policy, check_staff_name, check_template, check_tie,
        choose_method, conveyed, conveys, defused, fields, first_stage, hashing_memory, is_block_listed, label, labels,
        limit_hashing_memory, load_language, masked, next_action, normalise_answer, online_account, page_address,
        page_link, page_of, render, retry_at, role_fits, shipped, skeleton, span, state_of, temporary, to_csv,
        to_json_lines, verify,
    };
    #[pymodule_export]
    use super::secret::Secret;
    #[pymodule_export]
    use super::table::{Pages, Table};
    #[pymodule_export]
    use super::value::_restored;
    #[pymodule_export]
    use super::words::_words;

    /// Which carekey this is.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// After how many days without a sign-in an account stands in the access
    /// review, where nobody says otherwise (A5).
    #[pymodule_export]
    const UNUSED_DAYS: u32 = carekey::agency::UNUSED_DAYS;

    /// The version of the list of security questions (Q1).
    #[pymodule_export]
    const QUESTIONS_VERSION: u32 = carekey::password::questions::VERSION;
}

//! What the office delegates (A7): which office role may do what, on people of
//! which roles.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding};
use crate::text_enum::text_enum;
use crate::words::Role;

text_enum! {
    /// The acts of the office that can be delegated (A7). All others are for
    /// account managers and support: managers themselves, settings, texts,
    /// rosters, grants, deletion, histories.
    pub enum OfficeAct {
        /// See an account.
        User = "user",
        /// See the accounts.
        Users = "users",
        /// See the bulk window.
        Window = "window",
        /// See the applications.
        Applications = "applications",
        /// See somebody's ties.
        Ties = "ties",
        /// Add a person or an organization.
        AddParty = "add_party",
        /// Make the account of a party.
        CreateAccount = "create_account",
        /// Send the first message again.
        SendAgain = "send_again",
        /// Reset a password to one that was typed.
        ResetPassword = "reset_password",
        /// Forget the failures of an account.
        Unlock = "unlock",
        /// Disable an account.
        Disable = "disable",
        /// Enable an account.
        Enable = "enable",
        /// Sign somebody out everywhere.
        EndSessions = "end_sessions",
        /// Write the note of an account.
        SetNote = "set_note",
        /// Add an application.
        AddApplication = "add_application",
        /// Send the first invitation.
        Invite = "invite",
        /// Send a new invitation.
        Reinvite = "reinvite",
        /// Take access away.
        Unlink = "unlink",
        /// Cancel an invitation.
        CancelInvitation = "cancel_invitation",
        /// Make a tie.
        Relate = "relate",
        /// End a tie.
        EndTie = "end_tie",
    }
}

/// The roles to which work can be delegated. Nobody who has one of them is
/// acted on by delegated work: whoever could reset a colleague's password would
/// have what the colleague may do.
pub const OFFICE_ROLES: [Role; 2] = [Role::OfficeStaff, Role::HumanResources];

/// What the office delegates (A7): nothing by default.
///
/// ```
/// use carekey::policy::{OfficeAct, Policy};
/// use carekey::Role;
///
/// let policy = Policy::read(
///     r#"{ "office": { "delegated": {
///         "office_staff": { "send_again": ["client", "family"], "unlock": ["client"] },
///         "human_resources": { "create_account": ["caregiver"], "disable": ["caregiver"] }
///     } } }"#,
/// );
/// let office = policy.value.expect("a policy").office;
/// assert_eq!(office.reach(&[Role::HumanResources].into(), OfficeAct::Disable), [Role::Caregiver].into());
/// assert!(office.reach(&[Role::OfficeStaff].into(), OfficeAct::Disable).is_empty());
/// assert!(office.reach(&[Role::Caregiver].into(), OfficeAct::Disable).is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfficePolicy {
    /// For each office role the acts that it may do, and for each of them the
    /// roles of people on whom it may.
    pub delegated: BTreeMap<Role, BTreeMap<OfficeAct, BTreeSet<Role>>>,
}

impl OfficePolicy {
    /// On people of which roles somebody may do an act who has these roles:
    /// what each of them may, together. Every role of whom they act on must be
    /// among them.
    pub fn reach(&self, roles: &BTreeSet<Role>, act: OfficeAct) -> BTreeSet<Role> {
        let mine = OFFICE_ROLES.iter().filter(|role| roles.contains(role));
        let on = mine.filter_map(|role| self.delegated.get(role)?.get(&act)).flatten().copied();
        on.filter(|role| !OFFICE_ROLES.contains(role)).collect()
    }

    /// What cannot be delegated so: `policy.delegate_unfit` for each role that
    /// is none of the office's, then `policy.delegation_unfit` for each act on
    /// people of the office; the field is `office.delegated`.
    pub fn findings(&self) -> Vec<Finding> {
        let finding = |code, role: Role| Finding::new(code, "office.delegated").with("role", role.as_str());
        let to = self.delegated.keys().filter(|role| !OFFICE_ROLES.contains(role));
        let to = to.map(|role| finding(Code::PolicyDelegateUnfit, *role));
        let on = self.delegated.values().flatten().flat_map(|(act, on)| {
            let office = on.iter().filter(|role| OFFICE_ROLES.contains(role));
            office.map(|role| finding(Code::PolicyDelegationUnfit, *role).with("act", act.as_str()))
        });
        to.chain(on).collect()
    }
}

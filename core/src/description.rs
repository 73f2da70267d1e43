//! What was last done to an account, as the list of users says it (A3).

use serde::{Deserialize, Serialize};

use crate::finding::{Locale, fill};
use crate::text_enum::text_enum;
use crate::texts::{Section, find};
use crate::words::EventKind;

text_enum! {
    /// What the office, or someone for it, does to an account.
    pub enum AdministrativeAct {
        /// It was created.
        Created = "created",
        /// It was linked to its party (A2).
        Linked = "linked",
        /// A party or an application was unlinked from it (I6).
        Unlinked = "unlinked",
        /// A roster changed it (B).
        Updated = "updated",
        /// Its party was edited, merged or split (A6).
        Edited = "edited",
        /// Its name, e-mail or phone was corrected (C2).
        ContactChanged = "contact_changed",
        /// An e-mail or phone that changed hands was taken from it (C6).
        ContactReleased = "contact_released",
        /// Its username was changed.
        UsernameChanged = "username_changed",
        /// A role was given to its party, or taken (R).
        RolesChanged = "roles_changed",
        /// Its party got a tie (R).
        TieAdded = "tie_added",
        /// A tie of its party was ended (R).
        TieEnded = "tie_ended",
        /// Its party was granted a resource (V).
        GrantAdded = "grant_added",
        /// A grant of its party was ended (V).
        GrantEnded = "grant_ended",
        /// Its first message, which had waited, was sent (I10).
        Sent = "sent",
        /// Its first message was sent again.
        SentAgain = "sent_again",
        /// Its password was reset (A4).
        PasswordReset = "password_reset",
        /// Its note was written (A5).
        NoteChanged = "note_changed",
        /// Unlocked.
        Unlocked = "unlocked",
        /// Its sessions were ended (E5).
        SessionsEnded = "sessions_ended",
        /// It was disabled (A4).
        Disabled = "disabled",
        /// It was enabled again (A4).
        Enabled = "enabled",
        /// It was deleted.
        Deleted = "deleted",
        /// It became an account manager (A1).
        ManagerAdded = "manager_added",
        /// It ceased to be an account manager (A1).
        ManagerRemoved = "manager_removed",
    }
}

impl AdministrativeAct {
    /// What an event in the history of an account says was done to it; `None`
    /// where it is no act of the office. `waited` is whether its first message
    /// was still to be sent (I10).
    ///
    /// Every kind of event is named, so that one that is added has to say what
    /// it is.
    pub(crate) fn of(kind: EventKind, waited: bool) -> Option<Self> {
        Some(match kind {
            EventKind::AccountCreated => Self::Created,
            EventKind::AccountLinked => Self::Linked,
            EventKind::Unlinked => Self::Unlinked,
            EventKind::ContactChanged | EventKind::ContactToConfirm => Self::ContactChanged,
            EventKind::ContactReleased => Self::ContactReleased,
            EventKind::UsernameChanged => Self::UsernameChanged,
            EventKind::NoteChanged => Self::NoteChanged,
            EventKind::EnrolmentSent if waited => Self::Sent,
            EventKind::EnrolmentSent => Self::SentAgain,
            EventKind::PasswordReset => Self::PasswordReset,
            EventKind::Disabled => Self::Disabled,
            EventKind::Enabled => Self::Enabled,
            EventKind::Unlocked => Self::Unlocked,
            EventKind::SessionsEnded => Self::SessionsEnded,
            EventKind::Deleted => Self::Deleted,
            EventKind::ManagerAdded => Self::ManagerAdded,
            EventKind::ManagerRemoved => Self::ManagerRemoved,
            EventKind::RolesChanged => Self::RolesChanged,
            EventKind::TieAdded => Self::TieAdded,
            EventKind::TieEnded => Self::TieEnded,
            EventKind::GrantAdded => Self::GrantAdded,
            EventKind::GrantEnded => Self::GrantEnded,
            EventKind::PartyChanged | EventKind::PartyMerged | EventKind::PartySplit => Self::Edited,
            // What its user does.
            EventKind::ContactProven
            | EventKind::ContactObjected
            | EventKind::SignedIn
            | EventKind::SignInStep
            | EventKind::SignInRefused
            | EventKind::SignedOut
            | EventKind::SessionEnded
            | EventKind::PasswordSet
            | EventKind::PasswordRehashed
            | EventKind::QuestionsSet
            | EventKind::QuestionsChanged
            | EventKind::LanguageChanged
            | EventKind::RecoveryStarted
            | EventKind::RecoveryFailed
            | EventKind::RecoveryFinished
            | EventKind::Redeemed
            // What happens by itself, or to no account.
            | EventKind::Reminded
            | EventKind::AgencyCreated
            | EventKind::AgencyChanged
            | EventKind::AgencySuspended
            | EventKind::AgencyResumed
            | EventKind::AgencyExported
            | EventKind::TemplateChanged
            | EventKind::Invited
            | EventKind::Reinvited
            | EventKind::CodePrinted
            | EventKind::InvitationCancelled
            | EventKind::PartyAdded
            | EventKind::PartyDeleted
            | EventKind::PartyRestored
            | EventKind::ApplicationAdded
            | EventKind::RosterCreated
            | EventKind::HistoriesBegun
            | EventKind::HistoryExported
            | EventKind::HistoryTrimmed
            | EventKind::HistoryCheckpoint => return None,
        })
    }
}

/// The last administrative act on an account, and by whom (A3).
///
/// ```
/// use carekey::Locale;
/// use carekey::agency::{AdministrativeAct, Description};
///
/// let description = Description { act: AdministrativeAct::Disabled, by: "Felicia Conner".to_owned() };
/// assert_eq!(description.text(Locale::English), "disabled by Felicia Conner");
/// assert_eq!(description.text(Locale::Spanish), "desactivada por Felicia Conner");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// What was done.
    pub act: AdministrativeAct,
    /// The name of who did it, as it was then.
    pub by: String,
}

impl Description {
    /// The text for a reader of that language.
    pub fn text(&self, locale: Locale) -> String {
        let template = find(Section::Descriptions, self.act.as_str(), locale);
        fill(template, |_| Some(self.by.clone()))
    }
}

//! What was last done to an account, as the list of users says it (A3).

use serde::{Deserialize, Serialize};

use crate::finding::{Locale, fill};
use crate::text_enum::text_enum;
use crate::texts::{Section, find};

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

//! What was last done to an account, as the list of users says it (A3).

use serde::{Deserialize, Serialize};

use crate::finding::{Locale, fill};
use crate::text_enum::text_enum;

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
    const fn template(self, locale: Locale) -> &'static str {
        let (en, es) = match self {
            Self::Created => ("created by {by}", "creada por {by}"),
            Self::Linked => ("linked by {by}", "vinculada por {by}"),
            Self::Unlinked => ("unlinked by {by}", "desvinculada por {by}"),
            Self::Updated => ("updated from a roster by {by}", "actualizada desde una lista por {by}"),
            Self::SentAgain => ("sent again by {by}", "enviada de nuevo por {by}"),
            Self::PasswordReset => ("password reset by {by}", "contraseña restablecida por {by}"),
            Self::NoteChanged => ("note changed by {by}", "nota cambiada por {by}"),
            Self::Unlocked => ("unlocked by {by}", "desbloqueada por {by}"),
            Self::SessionsEnded => ("signed out everywhere by {by}", "desconectada de todos los dispositivos por {by}"),
            Self::Disabled => ("disabled by {by}", "desactivada por {by}"),
            Self::Enabled => ("enabled by {by}", "activada de nuevo por {by}"),
            Self::Deleted => ("deleted by {by}", "eliminada por {by}"),
            Self::ManagerAdded => ("made account manager by {by}", "nombrada administradora de cuentas por {by}"),
            Self::ManagerRemoved => {
                ("ceased to be account manager by {by}", "cesada como administradora de cuentas por {by}")
            }
        };
        match locale {
            Locale::English => en,
            Locale::Spanish => es,
        }
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
        fill(self.act.template(locale), |_| Some(self.by.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_says_by_whom_in_every_language() {
        for act in AdministrativeAct::ALL {
            for locale in Locale::ALL {
                assert_eq!(act.template(*locale).split('{').nth(1), Some("by}"), "{act}");
            }
            assert_ne!(act.template(Locale::English), act.template(Locale::Spanish), "{act} is not translated");
        }
    }
}

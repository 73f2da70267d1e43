//! How people call what the API calls by stable words.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Locale};
use crate::invitation::OfficeAction;
use crate::policy::OfficeAct;
use crate::text_enum::text_enum;
use crate::texts::{Section, called_itself, tags, text, words};

text_enum! {
    /// A closed set of stable words that pages show: each is an enum of the core,
    /// and the type of its words in Python and Node.
    pub enum WordSet {
        /// Roles (R).
        Role = "role",
        /// What is seen (V).
        Resource = "resource",
        /// Kinds of ties (R).
        TieKind = "tie_kind",
        /// Person or organization.
        PartyKind = "party_kind",
        /// Ways to send.
        Method = "method",
        /// Where an account stands (E2).
        State = "state",
        /// Where an invitation stands (I2).
        Standing = "standing",
        /// What has become of an application's invitation (I4).
        ApplicationStanding = "application_standing",
        /// What happened (H).
        EventKind = "event_kind",
        /// Who acts.
        ActorKind = "actor_kind",
        /// What a message says (N).
        MessageKind = "message_kind",
        /// Where a message stands (N).
        MessageState = "message_state",
        /// Why something stands in the access review (A5).
        ReviewKind = "review_kind",
        /// Where a user is signed in (E5).
        SessionKind = "session_kind",
        /// What can be delegated (A7).
        OfficeAct = "office_act",
        /// The one thing to do with an application next (I4).
        OfficeAction = "office_action",
        /// What came of a row of a roster (B).
        RowOutcome = "row_outcome",
        /// What came of a row of a roster of ties (B).
        TieOutcome = "tie_outcome",
        /// How an agency stands (A9).
        AgencyState = "agency_state",
        /// The languages that there are texts in.
        Locale = "locale",
    }
}

impl WordSet {
    const fn section(self) -> Section {
        match self {
            Self::Role => Section::Roles,
            Self::Resource => Section::Resources,
            Self::TieKind => Section::Ties,
            Self::PartyKind => Section::Parties,
            Self::Method => Section::Channels,
            Self::State => Section::AccountStates,
            Self::Standing => Section::Standings,
            Self::ApplicationStanding => Section::ApplicationStandings,
            Self::EventKind => Section::Events,
            Self::ActorKind => Section::Actors,
            Self::MessageKind => Section::MessageKinds,
            Self::MessageState => Section::MessageStates,
            Self::ReviewKind => Section::Reviews,
            Self::SessionKind => Section::Sessions,
            Self::OfficeAct | Self::OfficeAction => Section::Acts,
            Self::RowOutcome | Self::TieOutcome => Section::Outcomes,
            Self::AgencyState => Section::AgencyStates,
            Self::Locale => Section::Locales,
        }
    }

    /// Its words. What two sets have in one section, each has its own of.
    fn words(self) -> Vec<&'static str> {
        match self {
            Self::OfficeAct => OfficeAct::ALL.iter().map(|word| word.as_str()).collect(),
            Self::OfficeAction => OfficeAction::ALL.iter().map(|word| word.as_str()).collect(),
            #[cfg(feature = "engine")]
            Self::RowOutcome => crate::agency::RowOutcome::ALL.iter().map(|word| word.as_str()).collect(),
            #[cfg(feature = "engine")]
            Self::TieOutcome => crate::roster::TieOutcome::ALL.iter().map(|word| word.as_str()).collect(),
            Self::Locale => tags().to_vec(),
            _ => words(self.section()).collect(),
        }
    }
}

/// How people of that language call a stable word, as a page shows it: it begins
/// with a capital.
///
/// A language that the host loaded is called as its file calls it where the texts
/// have no name for it.
///
/// ```
/// use carekey::Locale;
/// use carekey::message::{WordSet, label};
///
/// assert_eq!(label(WordSet::Role, "office_staff", Locale::English)?, "Office staff");
/// assert_eq!(label(WordSet::EventKind, "invitation.sent", Locale::Spanish)?, "Invitación enviada");
/// # Ok::<(), carekey::Error>(())
/// ```
///
/// # Errors
///
/// `input.unknown_word` where the set has no such word.
pub fn label(set: WordSet, word: &str, locale: Locale) -> Result<String> {
    let words = set.words();
    let known = words.iter().find(|known| **known == word);
    known.map(|word| shown(set, word, locale)).ok_or_else(|| {
        Error::new(ErrorKind::Invalid, Code::InputUnknownWord)
            .with("argument", "word")
            .with("choices", words.join(", "))
    })
}

/// What a page shows of a word that the set has.
fn shown(set: WordSet, word: &'static str, locale: Locale) -> String {
    let said = text(set.section(), word, locale).or_else(|| called_itself(word)).unwrap_or(word);
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A stable word, and how people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The word of the API.
    pub word: String,
    /// What a page shows.
    pub label: String,
}

/// All words of a set in the order of their labels, as a form lets people choose
/// among them.
///
/// ```
/// use carekey::Locale;
/// use carekey::message::{WordSet, labels};
///
/// let kinds: Vec<String> = labels(WordSet::PartyKind, Locale::English).into_iter().map(|one| one.label).collect();
/// assert_eq!(kinds, ["Organization", "Person"]);
/// ```
pub fn labels(set: WordSet, locale: Locale) -> Vec<Label> {
    let of = |word: &'static str| Label { word: word.to_owned(), label: shown(set, word, locale) };
    let mut labels: Vec<Label> = set.words().into_iter().map(of).collect();
    labels.sort_by(|one, other| one.label.cmp(&other.label));
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_another_set_is_none() {
        let error = label(WordSet::State, "client", Locale::English).unwrap_err();
        assert_eq!(error.code, Code::InputUnknownWord);
        assert!(error.message(Locale::English).contains("password_due"));
        for set in WordSet::ALL {
            assert!(label(*set, "*", Locale::English).is_err(), "{set}");
        }
    }

    #[test]
    fn a_language_is_called_as_its_readers_call_it() {
        assert_eq!(label(WordSet::Locale, "es", Locale::Spanish).unwrap(), "Español");
        assert_eq!(label(WordSet::Locale, "es", Locale::English).unwrap(), "Spanish");
    }
}

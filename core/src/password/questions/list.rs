//! The list of security questions (Q1).

use crate::finding::Locale;
use crate::texts::{Section, find};

/// The version of the list. A later one may add questions; none is ever
/// removed or worded to mean something else, since answers refer to them.
pub const VERSION: u32 = 1;

/// A question of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The stable word by which an answer refers to it.
    pub id: &'static str,
}

impl Question {
    /// The whole list, in the order in which a form offers it: things that a
    /// person remembers for life and that do not stand in a public profile. No
    /// mother's maiden name, no place of birth.
    pub const ALL: &'static [Question] = &[
        Question { id: "first_pet" },
        Question { id: "first_school" },
        Question { id: "childhood_street" },
        Question { id: "childhood_friend" },
        Question { id: "favorite_teacher" },
        Question { id: "first_job" },
        Question { id: "first_boss" },
        Question { id: "first_car" },
        Question { id: "parents_met" },
        Question { id: "oldest_cousin" },
        Question { id: "grandparent_job" },
        Question { id: "childhood_book" },
        Question { id: "first_flight" },
        Question { id: "first_concert" },
        Question { id: "childhood_dish" },
    ];

    /// The question of that word.
    ///
    /// ```
    /// use carekey::Locale;
    /// use carekey::password::questions::Question;
    ///
    /// let question = Question::find("first_pet").unwrap();
    /// assert_eq!(question.text(Locale::Spanish), "¿Cómo se llamaba su primera mascota?");
    /// ```
    pub fn find(id: &str) -> Option<&'static Question> {
        Self::ALL.iter().find(|question| question.id == id)
    }

    /// The question for a reader of that language.
    pub fn text(&self, locale: Locale) -> &'static str {
        find(Section::Questions, self.id, locale)
    }
}

//! The list of security questions (Q1).

use crate::finding::Locale;

/// The version of the list. A later one may add questions; none is ever
/// removed or worded to mean something else, since answers refer to them.
pub const VERSION: u32 = 1;

/// A question of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The stable word by which an answer refers to it.
    pub id: &'static str,
    /// The question in English.
    pub english: &'static str,
    /// The question in Spanish.
    pub spanish: &'static str,
}

macro_rules! questions {
    ($( $id:literal $english:literal $spanish:literal )+) => {
        impl Question {
            /// The whole list, in the order in which a form offers it.
            pub const ALL: &'static [Question] =
                &[$( Question { id: $id, english: $english, spanish: $spanish } ),+];
        }
    };
}

// Things that a person remembers for life and that do not stand in a public
// profile: no mother's maiden name, no place of birth.
questions! {
    "first_pet"
        "What was the name of your first pet?"
        "¿Cómo se llamaba su primera mascota?"
    "first_school"
        "What was the name of the first school you attended?"
        "¿Cómo se llamaba la primera escuela a la que asistió?"
    "childhood_street"
        "On which street did you live when you were ten years old?"
        "¿En qué calle vivía cuando tenía diez años?"
    "childhood_friend"
        "Who was your best friend as a child?"
        "¿Quién fue su mejor amigo o amiga de la infancia?"
    "favorite_teacher"
        "What was the last name of your favorite teacher?"
        "¿Cuál era el apellido de su profesor favorito o profesora favorita?"
    "first_job"
        "In which town was your first job?"
        "¿En qué ciudad tuvo su primer trabajo?"
    "first_boss"
        "What was the first name of your first supervisor?"
        "¿Cuál era el nombre de su primer supervisor o supervisora?"
    "first_car"
        "What were the make and color of your first car?"
        "¿De qué marca y color era su primer automóvil?"
    "parents_met"
        "In which town did your parents meet?"
        "¿En qué ciudad se conocieron sus padres?"
    "oldest_cousin"
        "What is the first name of your oldest cousin?"
        "¿Cuál es el nombre de su primo o prima mayor?"
    "grandparent_job"
        "What did your grandfather do for a living?"
        "¿A qué se dedicaba su abuelo?"
    "childhood_book"
        "What was your favorite book as a child?"
        "¿Cuál era su libro favorito de la infancia?"
    "first_flight"
        "Where did you go the first time you flew on a plane?"
        "¿Adónde fue la primera vez que viajó en avión?"
    "first_concert"
        "Whose was the first concert you went to?"
        "¿De quién fue el primer concierto al que asistió?"
    "childhood_dish"
        "Which dish did you like best as a child?"
        "¿Qué plato le gustaba más en la infancia?"
}

impl Question {
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
        match locale {
            Locale::English => self.english,
            Locale::Spanish => self.spanish,
        }
    }
}

//! Every text that people read, in one home: a file for each language (N).
//!
//! A file holds, under the stable words of the core: the texts of findings, of
//! messages, of moments, of what was last done to an account, the security
//! questions, what came of the rows of a roster, and the [`Words`] by which
//! people call what the API calls by stable words. The files that ship are
//! part of the library, and tests hold them complete. What a file lacks all the
//! same is said in English, and what that lacks by its stable word: a text is
//! no reason to fail.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::{Code, Locale, Param};

/// Texts by the stable word that they are for.
pub(crate) type ByWord = BTreeMap<String, String>;

/// All texts of one language, as its file holds them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    /// By code: see [`Code::template`].
    pub(crate) findings: ByWord,
    /// By kind of message.
    pub(crate) messages: BTreeMap<String, Message>,
    /// Times and how long something lasts.
    pub(crate) moments: Moments,
    /// By administrative act, with `{by}` for who did it (A3).
    #[cfg_attr(not(feature = "engine"), allow(dead_code))]
    pub(crate) descriptions: ByWord,
    /// The security questions, by their id (Q1).
    pub(crate) questions: ByWord,
    /// The words of the result column of a roster, by outcome (B).
    #[cfg_attr(not(feature = "engine"), allow(dead_code))]
    pub(crate) outcomes: ByWord,
    /// The stable words, as people say them.
    pub(crate) words: Words,
}

/// The texts of one kind of message; the bodies line by line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Message {
    /// The subject of the e-mail.
    pub(crate) subject: String,
    /// The e-mail, whose last line ends as the others do.
    pub(crate) email: Vec<String>,
    /// The SMS.
    pub(crate) sms: Vec<String>,
}

/// How times are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moments {
    /// A moment: `{day}`, `{month}`, `{year}`, and `{clock}` with its offset.
    pub(crate) pattern: String,
    /// From January to December.
    pub(crate) months: [String; 12],
    /// What lasts days.
    pub(crate) day: Unit,
    /// What lasts hours.
    pub(crate) hour: Unit,
    /// What lasts minutes.
    pub(crate) minute: Unit,
}

/// A unit of time.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unit {
    /// Of a single one.
    pub(crate) one: String,
    /// Of any other number.
    pub(crate) many: String,
}

/// The closed sets of stable words that texts speak of. Which parameter of a
/// finding is of which set, the table of [`Code`]s says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Roles (R).
    pub(crate) roles: Set,
    /// What is seen (V).
    pub(crate) resources: Set,
    /// Kinds of ties (R).
    pub(crate) ties: Set,
    /// The two ends of a tie (R).
    pub(crate) ends: Set,
    /// Person or organization.
    pub(crate) party_kinds: Set,
    /// Ways to send.
    pub(crate) methods: Set,
    /// What of a person a password may not be made of (P1).
    pub(crate) personal: Set,
    /// What a stored hash asks for (P6).
    pub(crate) costs: Set,
    /// What the office does, by the name of the call.
    pub(crate) acts: Set,
    /// The settings of a policy (P1).
    pub(crate) settings: Set,
    /// What a setting can be, where that is a word.
    pub(crate) values: Set,
    /// What a call was given: names of the API stay as they are.
    pub(crate) arguments: Set,
    /// What a call takes, as the bindings say it.
    pub(crate) expected: Set,
    /// The fields of a roster's row (B).
    pub(crate) fields: Set,
    /// The titles of the columns of rosters that are written (B).
    pub(crate) titles: Set,
    /// Where a row of a roster stands (U5).
    pub(crate) states: Set,
    /// What would be done with a row (B).
    pub(crate) actions: Set,
    /// Yes and no, in the cells of a roster.
    pub(crate) ticks: Set,
}

/// One closed set: each stable word as people say it.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Set(ByWord);

impl Set {
    /// The word as people say it. One that is not of the set is said as the
    /// set says any other (`*`), or else as it is.
    pub(crate) fn said(&self, word: &str) -> String {
        if let Some(said) = self.0.get(word) {
            return said.clone();
        }
        // Python says what it was given behind what it takes.
        if let Some((not, (takes, given))) = self.0.get("not *").zip(word.rsplit_once(", not ")) {
            return format!("{}, {}", self.said(takes), not.replace('*', given));
        }
        self.0.get("*").map_or_else(|| word.to_owned(), |any| any.replace('*', word))
    }
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("en.json")));
static SPANISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("es.json")));

/// A file that ships can be read: the tests below do it.
fn read(file: &str) -> Texts {
    serde_json::from_str(file).unwrap_or_default()
}

/// All texts of that language.
pub(crate) fn texts(locale: Locale) -> &'static Texts {
    match locale {
        Locale::English => &ENGLISH,
        Locale::Spanish => &SPANISH,
    }
}

/// The stable words, as people of that language say them.
pub(crate) fn words(locale: Locale) -> &'static Words {
    &texts(locale).words
}

/// The text for a word in that language; in English, or the word itself, where
/// there is none.
pub(crate) fn find(section: fn(&Texts) -> &ByWord, word: &'static str, locale: Locale) -> &'static str {
    let text = |locale| section(texts(locale)).get(word);
    text(locale).or_else(|| text(Locale::English)).map_or(word, String::as_str)
}

/// A parameter of a code, as people say it: a word of a closed set in their
/// language, anything else as it is.
pub(crate) fn said(code: Code, param: &str, value: &Param, locale: Locale) -> String {
    match (value, code.set_of(param)) {
        (Param::Text(word), Some(set)) => set(words(locale)).said(word),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests;

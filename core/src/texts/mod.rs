//! Every text that people read, in one home (N): a file for each language, and
//! one for its messages, which apps do not carry.
//!
//! A file holds, under the stable words of the core: the texts of findings, of
//! messages, of moments, of what was last done to an account, the security
//! questions, what came of the rows of a roster, and the words by which people
//! call what the API calls by stable words. The files that ship are
//! part of the library, and tests hold them complete. What a file lacks all the
//! same is said in English, and what that lacks by its stable word: a text is
//! no reason to fail.
//!
//! A server can load further languages ([`Locale::load`]), each a file as
//! complete as English is.

#[cfg(feature = "engine")]
mod complete;
#[cfg(feature = "engine")]
mod further;
mod plural;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::finding::{Code, Locale, Param};
use crate::message::moment;
pub(crate) use plural::counted;

/// Texts by the stable word that they are for, in sections.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

macro_rules! sections {
    ($( $(#[$meta:meta])* $section:ident = $name:literal, )+) => {
        /// What a text is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Section {
            $( $(#[$meta])* $section, )+
        }

        impl Section {
            /// All of them.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$( Self::$section, )+];

            /// Its name in the files.
            const fn name(self) -> &'static str {
                match self { $( Self::$section => $name, )+ }
            }
        }
    };
}

// The last ones are closed sets of stable words. Which parameter of a finding
// is of which set, the table of codes says.
sections! {
    /// By code: see [`Code::template`].
    Findings = "findings",
    /// A moment (`pattern`, with `{day}`, `{month}`, `{year}`, and `{clock}`
    /// with its offset), the months, and how long something lasts: `day`, `hour`
    /// and `minute`, with `{count}`.
    Moments = "moments",
    /// By administrative act, with `{by}` for who did it (A3).
    #[cfg_attr(not(feature = "engine"), allow(dead_code))]
    Descriptions = "descriptions",
    /// The security questions, by their id (Q1).
    Questions = "questions",
    /// The words of the result column of a roster, by outcome (B).
    #[cfg_attr(not(feature = "engine"), allow(dead_code))]
    Outcomes = "outcomes",
    /// Roles (R).
    Roles = "roles",
    /// What is seen (V).
    Resources = "resources",
    /// Kinds of ties (R).
    Ties = "ties",
    /// The two ends of a tie (R).
    Ends = "ends",
    /// Person or organization.
    PartyKinds = "party_kinds",
    /// Ways to send.
    Methods = "methods",
    /// What of a person a password may not be made of (P1).
    Personal = "personal",
    /// Why attackers come to a password soon (P5).
    Because = "because",
    /// What a stored hash asks for (P6).
    Costs = "costs",
    /// What the office does, by the name of the call.
    Acts = "acts",
    /// The settings of a policy (P1).
    Settings = "settings",
    /// What a setting can be, where that is a word.
    Values = "values",
    /// What a call was given: names of the API stay as they are.
    Arguments = "arguments",
    /// What a call takes, as the bindings say it.
    Expected = "expected",
    /// The fields of a roster's row (B).
    Fields = "fields",
    /// The titles of the columns of rosters that are written (B).
    Titles = "titles",
    /// Where a row of a roster stands (U5).
    States = "states",
    /// What would be done with a row (B).
    Actions = "actions",
    /// Yes and no, in the cells of a roster.
    Ticks = "ticks",
    /// Person or organization, as a page shows it.
    Parties = "parties",
    /// Ways to send, as a page shows them.
    Channels = "channels",
    /// Where an account stands (E2).
    AccountStates = "account_states",
    /// Where an invitation stands (I2).
    Standings = "standings",
    /// What has become of an application's invitation (I4).
    ApplicationStandings = "application_standings",
    /// What happened (H).
    Events = "events",
    /// Who acts.
    Actors = "actors",
    /// What a message says (N).
    MessageKinds = "message_kinds",
    /// Where a message stands (N).
    MessageStates = "message_states",
    /// Why something stands in the access review (A5).
    Reviews = "reviews",
    /// Where a user is signed in (E5).
    Sessions = "sessions",
    /// How an agency stands (A9).
    AgencyStates = "agency_states",
    /// Languages, by their tag.
    Locales = "locales",
    /// With whom and what a text of a message is tried: `name` and `email` of
    /// somebody, `text` that they write (N).
    #[cfg_attr(not(feature = "engine"), allow(dead_code))]
    Samples = "samples",
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("en.json")));
static SPANISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("es.json")));
static ENGLISH_MESSAGES: LazyLock<Texts> = LazyLock::new(|| read(include_str!("en.messages.json")));
static SPANISH_MESSAGES: LazyLock<Texts> = LazyLock::new(|| read(include_str!("es.messages.json")));

/// A file that ships can be read: the tests below do it.
fn read(file: &str) -> Texts {
    serde_json::from_str(file).unwrap_or_default()
}

/// The languages that a host loaded: none in an app.
fn further() -> impl Iterator<Item = Locale> {
    #[cfg(feature = "engine")]
    return further::all().into_iter().map(Locale::Further);
    #[cfg(not(feature = "engine"))]
    std::iter::empty()
}

/// All languages that have texts: those that ship, and those that were loaded.
pub(crate) fn locales() -> impl Iterator<Item = Locale> {
    Locale::ALL.iter().copied().chain(further())
}

/// The tags of all these.
pub(crate) fn tags() -> &'static [&'static str] {
    #[cfg(feature = "engine")]
    return further::known();
    #[cfg(not(feature = "engine"))]
    Locale::WORDS
}

/// The text of that language for a word.
fn of(section: Section, word: &str, locale: Locale) -> Option<&'static str> {
    let texts: &'static Texts = match locale {
        Locale::English => &ENGLISH,
        Locale::Spanish => &SPANISH,
        #[cfg(feature = "engine")]
        Locale::Further(further) => further::loaded(further).map_or(&ENGLISH, |language| &language.sections),
    };
    texts.get(section.name())?.get(word).map(String::as_str)
}

/// The text for a word in that language, or in English.
pub(crate) fn text(section: Section, word: &str, locale: Locale) -> Option<&'static str> {
    of(section, word, locale).or_else(|| of(section, word, Locale::English))
}

/// The text for a word in that language; in English, or the word itself, where
/// there is none.
pub(crate) fn find(section: Section, word: &'static str, locale: Locale) -> &'static str {
    text(section, word, locale).unwrap_or(word)
}

/// The words of a section.
pub(crate) fn words(section: Section) -> impl Iterator<Item = &'static str> {
    ENGLISH.get(section.name()).into_iter().flat_map(BTreeMap::keys).map(String::as_str).filter(|word| *word != "*")
}

/// How the file of a language that was loaded calls it, by its tag.
pub(crate) fn called_itself(tag: &str) -> Option<&'static str> {
    further().find(|locale| locale.as_str() == tag).and_then(|locale| names(locale).first()).map(String::as_str)
}

/// A part of a message that ships: its `subject`, `email` or `sms`; in English,
/// or the word of its kind, where there is none.
pub(crate) fn message(kind: &'static str, part: &str, locale: Locale) -> &'static str {
    let of = |texts: &'static Texts| texts.get(kind)?.get(part).map(String::as_str);
    let text = match locale {
        Locale::English => None,
        Locale::Spanish => of(&SPANISH_MESSAGES),
        #[cfg(feature = "engine")]
        Locale::Further(further) => further::loaded(further).and_then(|language| of(&language.messages)),
    };
    text.or_else(|| of(&ENGLISH_MESSAGES)).unwrap_or(kind)
}

/// A word of a closed set, as people of that language say it. One that is not
/// of the set is said as the set says any other (`*`), or else as it is.
pub(crate) fn said(set: Section, word: &str, locale: Locale) -> String {
    if let Some(said) = of(set, word, locale) {
        return said.to_owned();
    }
    // Python says what it was given behind what it takes.
    if let Some((not, (takes, given))) = of(set, "not *", locale).zip(word.rsplit_once(", not ")) {
        return format!("{}, {}", said(set, takes, locale), not.replace('*', given));
    }
    of(set, "*", locale).map_or_else(|| word.to_owned(), |any| any.replace('*', word))
}

/// A parameter of a code, as people say it: a word of a closed set or a moment in
/// their language, anything else as it is.
pub(crate) fn param(code: Code, name: &str, value: &Param, locale: Locale) -> String {
    match (value, code.set_of(name)) {
        (Param::Text(at), Some(Section::Moments)) => {
            OffsetDateTime::parse(at, &Rfc3339).map_or_else(|_| at.clone(), |at| moment(at, locale))
        }
        (Param::Text(word), Some(set)) => said(set, word, locale),
        _ => value.to_string(),
    }
}

/// Which word of a set people mean in a language that was loaded, as `same`
/// takes what they would say.
pub(crate) fn meant<T>(
    set: Section,
    words: impl Iterator<Item = (T, &'static str)> + Clone,
    same: impl Fn(&str) -> bool,
) -> Option<T> {
    let said = |locale, word| of(set, word, locale).is_some_and(&same);
    further().find_map(|locale| words.clone().find(|(_, word)| said(locale, word))).map(|(meant, _)| meant)
}

/// Which language that was loaded is called so.
pub(crate) fn called(same: impl Fn(&str) -> bool) -> Option<Locale> {
    further().find(|locale| same(locale.as_str()) || names(*locale).iter().any(|name| same(name)))
}

/// How people call a language that was loaded.
fn names(locale: Locale) -> &'static [String] {
    match locale {
        Locale::English | Locale::Spanish => &[],
        #[cfg(feature = "engine")]
        Locale::Further(further) => further::loaded(further).map_or(&[], |language| &language.names),
    }
}

#[cfg(test)]
mod tests;

//! The languages that a host loads, each a file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{PoisonError, RwLock};

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};
use serde::Deserialize;

use super::{Texts, complete};
use crate::error::{Error, Result};
use crate::finding::{Code, Finding, Further, Locale};

/// A language that was loaded.
pub(super) struct Language {
    /// How people call it, for the cells of a roster.
    pub(super) names: Vec<String>,
    pub(super) sections: Texts,
    pub(super) messages: Texts,
    rules: PluralRules,
}

/// What its file holds.
#[derive(Deserialize)]
struct File {
    language: String,
    #[serde(default)]
    names: Vec<String>,
    messages: Texts,
    #[serde(flatten)]
    sections: Texts,
}

impl Language {
    /// The category of a number.
    pub(super) fn category(&self, number: i64) -> &'static str {
        match self.rules.category_for(number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// The categories of the numbers that texts are likely to speak of.
    pub(super) fn categories(&self) -> BTreeSet<&'static str> {
        (0..1000).map(|number| self.category(number)).collect()
    }
}

/// Texts are given out as long as the process lives, as those that ship are: so
/// what was loaded is never let go.
static LOADED: RwLock<BTreeMap<Further, &'static Language>> = RwLock::new(BTreeMap::new());

/// The tags that there were, loaded or not.
static TAGS: RwLock<BTreeSet<&'static str>> = RwLock::new(BTreeSet::new());

/// The tags of all that have texts, for whoever gives one that has none.
static KNOWN: RwLock<&'static [&'static str]> = RwLock::new(Locale::WORDS);

pub(super) fn known() -> &'static [&'static str] {
    *KNOWN.read().unwrap_or_else(PoisonError::into_inner)
}

/// The texts of a language, where they were loaded.
pub(super) fn loaded(further: Further) -> Option<&'static Language> {
    LOADED.read().unwrap_or_else(PoisonError::into_inner).get(&further).copied()
}

/// All that were loaded.
pub(super) fn all() -> Vec<Further> {
    LOADED.read().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
}

/// A language by its tag, whether it was loaded or not.
fn tagged(tag: &str) -> Further {
    let mut tags = TAGS.write().unwrap_or_else(PoisonError::into_inner);
    Further(tags.get(tag).copied().unwrap_or_else(|| {
        let tag: &'static str = String::leak(tag.to_owned());
        tags.insert(tag);
        tag
    }))
}

/// The tag as BCP 47 writes it; nothing where it is none.
fn canonical(tag: &str) -> Option<LanguageIdentifier> {
    LanguageIdentifier::try_from_str(tag).ok().filter(|known| !known.language.is_unknown())
}

impl Locale {
    /// Loads a further language from a file: JSON with the texts of all
    /// sections, as `core/src/texts/en.json` has them in English, with its
    /// messages (`messages`, as in `en.messages.json`), its tag of BCP 47
    /// (`language`), and what people call it in the cells of a roster
    /// (`names`, which may be left out).
    ///
    /// From then on it is a language like those that ship, in the whole
    /// process: findings, labels and moments are said in it, agencies and
    /// people can have it, and rosters are read and written in it. Load it
    /// before a directory is opened: where a store speaks of a language that
    /// was not loaded, its texts are said in English. Loading it again replaces
    /// its texts; the memory of the earlier ones is not given back.
    ///
    /// Words that go by a number have a form for each category that the CLDR
    /// gives the language: `{count:one=miejsce|few=miejsca|many=miejsc}`. Two
    /// forms without names are `one` and `other`.
    ///
    /// ```no_run
    /// use carekey::{Code, Finding, Locale};
    ///
    /// let polish = Locale::load(&std::fs::read("pl.json")?)?;
    /// assert_eq!(polish.as_str(), "pl");
    /// println!("{}", Finding::new(Code::NameMissing, "name").message(polish));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `language.malformed` of what is no such file; `language.tag` of a tag
    /// that is none, or of a language that ships; or, as findings, all that is
    /// not as in English, each with the place of its text, such as
    /// `findings.name.missing`, in its field. Nothing is loaded then: `language.text_missing` and
    /// `language.text_unknown`; of a text `template.empty`,
    /// `language.parameter_missing`, `template.unknown_field`, and
    /// `language.form_missing` where words have no form for a category; of a
    /// message those of [`check_template`](crate::message::check_template).
    pub fn load(file: &[u8]) -> Result<Self> {
        let file: File = serde_json::from_slice(file).map_err(|error| {
            let finding = Finding::new(Code::LanguageMalformed, "language");
            finding.with("line", error.line()).with("column", error.column())
        })?;
        let tag = || Finding::new(Code::LanguageTag, "language").with("tag", file.language.as_str());
        let known = canonical(&file.language).ok_or_else(tag)?;
        if known.to_string() != file.language {
            return Err(tag().suggest(known.to_string()).into());
        }
        if Self::ALL.iter().any(|ships| ships.as_str() == file.language) {
            return Err(tag().into());
        }
        let rules = PluralRules::try_new_cardinal((&known).into()).map_err(|_| tag())?;
        let File { language: tag, names, messages, sections } = file;
        let language = Language { names, sections, messages, rules };
        let findings = complete::check(&language);
        if !findings.is_empty() {
            return Err(Error::invalid(findings));
        }
        let further = tagged(&tag);
        let language: &'static Language = Box::leak(Box::new(language));
        LOADED.write().unwrap_or_else(PoisonError::into_inner).insert(further, language);
        // Under the lock, so that of two who load the later one tells of both.
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        *known = Vec::leak(Self::known().into_iter().map(Self::as_str).collect());
        Ok(Self::Further(further))
    }

    /// A language as a store has it: one that was not loaded is kept as it is.
    pub(crate) fn stored(tag: &str) -> Option<Self> {
        let known = || canonical(tag).filter(|known| known.to_string() == tag);
        tag.parse().ok().or_else(|| known().map(|_| Self::Further(tagged(tag))))
    }
}

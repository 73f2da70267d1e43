//! How people are found and sorted in lists, as those who read them do (A4,
//! A6): without regard to case and marks, letters where the agency's language
//! has them.
//!
//! What stores compare byte by byte is made here, and is written with every
//! row that has it: no act needs to remember to.

use core::any::Any;
use core::cell::OnceCell;

use caseless::Caseless;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::LanguageIdentifier;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::act::Suspended;
use super::agency::Shared;
use super::{Acting, Source, act, read};
use crate::error::Result;
use crate::finding::Locale;
use crate::store::{Query, Record, record};

/// Counted up when keys come out otherwise: the test of this module says when.
const VERSION: u8 = 1;

/// How many rows are written anew in one commit.
const PIECE: usize = 500;

/// The order of names in one language.
pub(super) struct Listing {
    locale: Locale,
    /// Made when the first row asks for it; nothing where the language is none
    /// that anyone knows.
    collator: OnceCell<Option<CollatorBorrowed<'static>>>,
}

impl Listing {
    pub(super) fn of(locale: Locale) -> Self {
        Self { locale, collator: OnceCell::new() }
    }

    /// Writes what a row is found and sorted by, where its table has that.
    pub(super) fn keep<R: Record + 'static>(&self, row: &mut R) {
        let row: &mut dyn Any = row;
        if let Some(account) = row.downcast_mut::<record::Account>() {
            account.sort_display = self.key(&account.display_name);
            account.sort_first = account.first_name.as_deref().and_then(|name| self.key(name));
            account.sort_last = account.last_name.as_deref().and_then(|name| self.key(&self.by_last(name)));
            let (first, last) = (account.first_name.as_deref(), account.last_name.as_deref());
            account.search = searched([Some(&*account.display_name), first, last, Some(&*account.username)]);
        } else if let Some(party) = row.downcast_mut::<record::Party>() {
            party.sort_display = self.key(&party.display_name);
            party.search = searched([
                Some(&*party.display_name),
                party.first_name.as_deref(),
                party.middle_name.as_deref(),
                party.last_name.as_deref(),
                party.nickname.as_deref(),
                party.email.as_deref(),
                party.email_canonical.as_deref(),
                party.phone_e164.as_deref(),
                party.external_id.as_deref(),
            ]);
        } else if let Some(application) = row.downcast_mut::<record::Application>() {
            application.search = searched([Some(&*application.number), Some(&*application.family_name)]);
        }
    }

    /// The sort key of a text; nothing for an empty one.
    fn key(&self, text: &str) -> Option<Vec<u8>> {
        if text.is_empty() {
            return None;
        }
        let collator = self.collator.get_or_init(|| collator(self.locale).or_else(|| collator(Locale::default())));
        let mut key = Vec::with_capacity(text.len() * 2);
        match collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, &mut key);
            }
            None => key.extend_from_slice(fold(text).as_bytes()),
        }
        Some(key)
    }

    /// A last name as its language looks it up: `van Beethoven` stands under B
    /// but in English, where it stands under V.
    fn by_last(&self, name: &str) -> String {
        let is_particle = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let words: Vec<&str> = name.split_whitespace().collect();
        let particles = words.iter().take_while(|word| is_particle(word)).count();
        match words.split_at_checked(particles) {
            Some((particles, rest)) if !rest.is_empty() && self.locale != Locale::English => {
                [rest, particles].concat().join(" ")
            }
            _ => words.join(" "),
        }
    }
}

/// By letters, then by marks; case tells nothing apart.
fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    let language: LanguageIdentifier = locale.as_str().parse().ok()?;
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Secondary);
    CollatorBorrowed::try_new(CollatorPreferences::from(&language), options).ok()
}

/// What a list is searched in: each text without case and marks, and in ASCII
/// where that is otherwise, so that `lukasz` finds Łukasz and `maria` Мария.
fn searched<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut put = |line: String| {
        if !line.is_empty() && !lines.iter().any(|other| other.contains(&line)) {
            lines.push(line);
        }
    };
    for text in texts.into_iter().flatten() {
        let folded = fold(text);
        let ascii = (!folded.is_ascii()).then(|| any_ascii::any_ascii(&folded).to_lowercase());
        // By its digits alone, as one that is sought is read.
        let dialled = dialled(&folded);
        put(folded);
        ascii.into_iter().chain(dialled).for_each(&mut put);
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The digits of what is written as phone numbers are: `(512) 555-0123`, and
/// identifiers such as `2026-000123`.
fn dialled(text: &str) -> Option<String> {
    let is_sign = |c: char| " ()+-./".contains(c);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_written_so = text.chars().all(|c| c.is_ascii_digit() || is_sign(c)) && text.trim().contains(is_sign);
    (digits.len() >= 7 && is_written_so).then_some(digits)
}

/// The words of which each must stand in what is searched: `Conner, Felicia`
/// finds Felicia Conner. A phone number is one word, however it is written.
pub(crate) fn sought(text: &str) -> Vec<String> {
    let folded = fold(text);
    if let Some(digits) = dialled(&folded) {
        return vec![digits];
    }
    folded.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Without marks and case; apostrophes and hyphens of one kind, and one blank
/// between words.
fn fold(text: &str) -> String {
    // What nearly all texts are: it has no marks.
    let text = if text.is_ascii() { text.to_ascii_lowercase() } else { without_marks(text) };
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2032}' | '`' => '\'',
            '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
            other => other,
        }));
    }
    folded
}

fn without_marks(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).default_case_fold().nfkc().collect()
}

/// By what the rows of an agency with that language are sorted.
pub(crate) fn listed_by(locale: Locale) -> String {
    format!("{locale} {VERSION}")
}

/// Writes anew by what rows are found and sorted, where an agency's language or
/// a release made that otherwise. Run again, it does nothing.
pub(crate) fn relist(shared: &Shared, agency: &record::Agency) -> Result<()> {
    let wanted = listed_by(agency.locale);
    if agency.listed_by.as_deref() == Some(&*wanted) {
        return Ok(());
    }
    touch_all::<record::Account>(shared, agency)?;
    touch_all::<record::Party>(shared, agency)?;
    touch_all::<record::Application>(shared, agency)?;
    act::run_where(shared, agency.id, Suspended::IsMet, &carekey(), |act| {
        // Whoever changed the language meanwhile has it done again.
        if act.agency.locale == agency.locale {
            act.agency.listed_by = Some(wanted.clone());
        }
        Ok(())
    })
}

fn carekey() -> Acting {
    act::system(&Source::UNKNOWN)
}

/// Writes all rows of a table, in pieces.
fn touch_all<R: Record + 'static>(shared: &Shared, agency: &record::Agency) -> Result<()> {
    let ids: Vec<uuid::Uuid> = read::<R>(shared, &Query::all(agency.id))?.iter().map(Record::key).collect();
    for piece in ids.chunks(PIECE) {
        act::run_where(shared, agency.id, Suspended::IsMet, &carekey(), |act| {
            for mut row in act.find(&act.all::<R>().keys(piece))? {
                row.touch();
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted<'a>(locale: Locale, names: &[&'a str]) -> Vec<&'a str> {
        let listing = Listing::of(locale);
        let mut names = names.to_vec();
        names.sort_by_key(|name| listing.key(name));
        names
    }

    #[test]
    fn case_and_marks_tell_no_letters_apart() {
        let names = ["Zoe", "Äsa", "adam", "Eva", "Élan", "Evan", "Özil", "Olsen", "Ł. Adam", "Lund"];
        let as_read = ["adam", "Äsa", "Élan", "Eva", "Evan", "Ł. Adam", "Lund", "Olsen", "Özil", "Zoe"];
        assert_eq!(sorted(Locale::English, &names), as_read);
    }

    #[test]
    fn letters_stand_where_the_language_has_them() {
        let names = ["Núñez", "Nuzzi", "Nunez", "Oca"];
        assert_eq!(sorted(Locale::English, &names), ["Nunez", "Núñez", "Nuzzi", "Oca"]);
        let names = ["Peña", "Penz", "Pena"];
        assert_eq!(sorted(Locale::Spanish, &names), ["Pena", "Penz", "Peña"]);
        let further = |tag| Locale::stored(tag).unwrap();
        let names = ["Łoś", "Lwów", "Maj", "Las"];
        assert_eq!(sorted(further("pl"), &names), ["Las", "Lwów", "Łoś", "Maj"]);
        let names = ["Özil", "Zorn", "Olsen"];
        assert_eq!(sorted(further("sv"), &names), ["Olsen", "Zorn", "Özil"]);
    }

    #[test]
    fn particles_go_by_the_language() {
        let by = |locale, name| Listing::of(locale).by_last(name);
        assert_eq!(by(Locale::English, "van  Beethoven"), "van Beethoven");
        assert_eq!(by(Locale::Spanish, "de la Cruz"), "Cruz de la");
        assert_eq!(by(Locale::Spanish, "De la Cruz"), "De la Cruz");
        assert_eq!(by(Locale::Spanish, "von"), "von");
    }

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(text in "[\\x00-\\x7f]{0,24}") {
            prop_assert_eq!(without_marks(&text), text.to_ascii_lowercase());
        }
    }

    #[test]
    fn words_are_found_as_people_write_them() {
        let people = searched([
            Some("José Muñoz-Peña"),
            Some("O’Brien"),
            Some("Łukasz Żak"),
            Some("Мария"),
            Some("+15125550123"),
            Some("2026-000123"),
        ]);
        let people = people.unwrap();
        let found = |text: &str| sought(text).iter().all(|word| people.contains(word));
        for text in [
            "munoz",
            "MUÑOZ",
            "munoz, jose",
            "Muñoz",
            "o'brien",
            "O’BRIEN",
            "lukasz",
            "ŁUKASZ",
            "zak",
            "мария",
            "mariya",
        ] {
            assert!(found(text), "{text} in {people}");
        }
        for text in ["(512) 555-0123", "512 555 0123", "512-555-0123", "5550123", "+15125550123"] {
            assert!(found(text), "{text} in {people}");
        }
        for text in ["2026-000123", "2026-0001", "2026 000123", "2026000123"] {
            assert!(found(text), "{text} in {people}");
        }
        for text in ["munos", "jose, x", "512 555 0124", "2026-000124"] {
            assert!(!found(text), "{text} in {people}");
        }
    }

    /// Stored keys are compared with new ones: where this fails after a new
    /// release of the collator, `VERSION` goes up.
    #[test]
    fn keys_are_those_of_this_version() {
        let mut all = Vec::new();
        for tag in ["en", "es", "pl", "sv", "de"] {
            let listing = Listing::of(Locale::stored(tag).unwrap());
            for name in ["Łukasz Żak", "Muñoz", "Özil", "O'Brien-Lee", "van der Berg", "Мария", "李小龍", "Smith 2"]
            {
                all.extend(listing.key(name).unwrap());
                all.push(0);
            }
        }
        use sha2::{Digest, Sha256};
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&all));
        assert!(VERSION == 1 && digest.starts_with("c5e9e6100eebc8f6"), "{digest}");
    }
}

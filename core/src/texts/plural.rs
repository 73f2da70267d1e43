//! Words that go by a number.
//!
//! `{count:place|places}` has a form for one and one for any other number.
//! Where a language has more of them, each is named by its category of the
//! CLDR: `{count:one=miejsce|few=miejsca|many=miejsc}`. `#` is the number.

use super::Locale;
use crate::finding::Param;

/// The categories of the CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms, each with its category. Without a name the last is for `other`,
/// and one before it for `one`.
pub(super) fn forms(forms: &str) -> impl Iterator<Item = (&str, &str)> {
    let last = forms.matches('|').count();
    forms.split('|').enumerate().map(move |(at, form)| match form.split_once('=') {
        Some(named) if CATEGORIES.contains(&named.0) => named,
        _ => (if at < last { "one" } else { "other" }, form),
    })
}

/// The form for a value of that name, which stands in its place where there is
/// no value.
pub(crate) fn counted(text: &str, name: &str, value: Option<&Param>, locale: Locale) -> String {
    let category = match value {
        Some(Param::Number(number)) => category(*number, locale),
        _ => "other",
    };
    let of = |category: &str| forms(text).find(|(of, _)| *of == category);
    let form = of(category).or_else(|| of("other")).or_else(|| forms(text).last()).map_or("", |(_, form)| form);
    form.replace('#', &value.map_or_else(|| format!("{{{name}}}"), ToString::to_string))
}

/// The category of a number in that language. Of those that ship only one
/// matters, which `one` alone is of.
fn category(number: i64, locale: Locale) -> &'static str {
    #[cfg(feature = "engine")]
    if let Locale::Further(further) = locale
        && let Some(language) = super::further::loaded(further)
    {
        return language.category(number);
    }
    let _ = locale;
    if number == 1 { "one" } else { "other" }
}

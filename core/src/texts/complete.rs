//! Whether a further language says all that English does.

use std::collections::{BTreeMap, BTreeSet};

use super::further::Language;
use super::plural::forms;
use super::{ENGLISH, ENGLISH_MESSAGES, Texts};
use crate::finding::{Code, Finding};
use crate::message::{Text, check_template, fields, names};
use crate::words::{MessageKind, Method};

/// All that is not as in English, in the order of sections and words, the
/// messages last.
pub(super) fn check(language: &Language) -> Vec<Finding> {
    let mut findings = Vec::new();
    let categories = language.categories();
    for ((section, word), pair) in pairs(&ENGLISH, &language.sections) {
        let place = format!("{section}.{word}");
        if let Some((english, text)) = both(&place, pair, &mut findings) {
            differing(&place, &parameters(english), &parameters(text), &mut findings);
            formless(&place, text, &categories, &mut findings);
        }
    }
    for ((kind, part), pair) in pairs(&ENGLISH_MESSAGES, &language.messages) {
        let place = format!("messages.{kind}.{part}");
        if let (Some((english, text)), Ok(kind)) = (both(&place, pair, &mut findings), kind.parse()) {
            // What a message may speak of, and what it must not lack, is its own rule.
            let secrets = fields(kind).secrets;
            let wanted = parameters(english).into_iter().filter(|name| !secrets.contains(&name.as_str()));
            let named = parameters(text);
            differing(&place, &wanted.chain(named.iter().cloned()).collect(), &named, &mut findings);
            findings.extend(unfit(kind, part, text).map(|finding| Finding { field: place.clone(), ..finding }));
        }
    }
    findings
}

type Pair<'a> = (Option<&'a str>, Option<&'a str>);

/// What both say for each word of each section.
fn pairs<'a>(english: &'a Texts, texts: &'a Texts) -> BTreeMap<(&'a str, &'a str), Pair<'a>> {
    fn flat(texts: &Texts) -> impl Iterator<Item = ((&str, &str), &str)> {
        texts.iter().flat_map(|(section, texts)| texts.iter().map(|(word, text)| ((&**section, &**word), &**text)))
    }
    let mut pairs: BTreeMap<_, Pair<'a>> = flat(english).map(|(at, text)| (at, (Some(text), None))).collect();
    for (at, text) in flat(texts) {
        pairs.entry(at).or_default().1 = Some(text);
    }
    pairs
}

/// Both texts, where there are both.
fn both<'a>(place: &str, pair: Pair<'a>, findings: &mut Vec<Finding>) -> Option<(&'a str, &'a str)> {
    let wrong = match pair {
        (Some(_), Some(text)) if text.trim().is_empty() => Code::TemplateEmpty,
        (Some(english), Some(text)) => return Some((english, text)),
        (Some(_), None) => Code::LanguageTextMissing,
        (None, _) => Code::LanguageTextUnknown,
    };
    findings.push(Finding::new(wrong, place));
    None
}

/// What a text speaks of, `*` where it has room for any word.
fn parameters(text: &str) -> BTreeSet<String> {
    let name = |field: String| field.split_once(':').map_or_else(|| field.clone(), |(name, _)| name.to_owned());
    names(text).into_iter().map(name).chain(text.contains('*').then(|| "*".to_owned())).collect()
}

/// What one of both speaks of alone.
fn differing(place: &str, wanted: &BTreeSet<String>, named: &BTreeSet<String>, findings: &mut Vec<Finding>) {
    let found = |code, name: &String| Finding::new(code, place).with("name", name.as_str());
    findings.extend(wanted.difference(named).map(|name| found(Code::LanguageParameterMissing, name)));
    findings.extend(named.difference(wanted).map(|name| found(Code::TemplateUnknownField, name)));
}

/// Words that go by a number, and have no form for some.
fn formless(place: &str, text: &str, categories: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    for field in names(text) {
        let Some((name, words)) = field.split_once(':').filter(|(_, words)| *words != "=") else { continue };
        let formed: BTreeSet<&str> = forms(words).map(|(category, _)| category).collect();
        findings.extend(categories.difference(&formed).map(|category| {
            Finding::new(Code::LanguageFormMissing, place).with("name", name).with("category", *category)
        }));
    }
}

/// What a part of a message breaks of its rules.
fn unfit(kind: MessageKind, part: &str, text: &str) -> impl Iterator<Item = Finding> {
    let other = || fields(kind).secrets.iter().map(|name| format!("{{{name}}}")).collect::<String>() + ".";
    let (method, checked, subject, body) = match part {
        "subject" => (Method::Email, "subject", Some(text.to_owned()), other()),
        "email" => (Method::Email, "body", Some(other()), text.to_owned()),
        _ => (Method::Sms, "body", None, text.to_owned()),
    };
    let found = check_template(kind, method, &Text { subject, body });
    found.into_iter().filter(move |finding| finding.field == checked)
}

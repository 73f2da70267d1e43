//! What an act says that it refuses, against what the cases see it refuse: a
//! code that comes out of a scenario is one that the act documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::docs::Docs;
use crate::source::Source;
use crate::{Result, files};

/// Whose acts the steps of a scenario are.
const OWNERS: [&str; 4] = ["Office", "Agency", "Outbox", "Directory"];

/// Steps that are not called as their act is, or do more than one.
const STEPS: [(&str, &[&str]); 7] = [
    ("look", &["Agency::look_at_invitation"]),
    ("preview", &["Roster::from_csv", "Office::preview"]),
    ("create", &["Roster::from_csv", "Office::preview", "Office::create"]),
    ("preview_ties", &["TieRoster::read", "Office::preview_ties", "TiePreview::accept"]),
    ("create_ties", &["TieRoster::read", "Office::preview_ties", "TiePreview::accept", "Office::create_ties"]),
    ("verify", &["Agency::verify_history", "Agency::verify_agency_history"]),
    ("history", &["Agency::history", "Agency::agency_history"]),
];

/// What documents call `the findings about …`: how their codes begin.
const ABOUT: [(&str, &[&str]); 7] = [
    ("name", &["name."]),
    ("username", &["username.", "email.", "phone."]),
    ("password", &["password."]),
    ("answer", &["answer.", "questions."]),
    ("role", &["party.role_"]),
    ("e-mail", &["email."]),
    ("phone", &["phone."]),
];

/// Says which codes of cases are not documented.
pub(crate) fn check(source: &Source, top: &Path) -> Result<()> {
    let mut lacking = BTreeSet::new();
    let mut seen = 0;
    for path in files(&top.join("tests/cases"), |name| name.starts_with("s-") && name.ends_with(".json"))? {
        let said = |error: &dyn core::fmt::Display| format!("{}: {error}", path.display());
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).map_err(|error| said(&error))?)
            .map_err(|error| said(&error))?;
        for case in list(file.get("cases")) {
            for (step, outcome) in list(case.pointer("/given/steps")).iter().zip(list(case.get("expect"))) {
                let step = step.get("do").and_then(Value::as_str).unwrap_or_default();
                for code in list(outcome.get("error")).iter().filter_map(Value::as_str) {
                    seen += 1;
                    if !documented(source, step).iter().any(|known| known.fits(code)) {
                        lacking.insert(format!("`{code}` of {step}"));
                    }
                }
            }
        }
    }
    if seen == 0 {
        return Err("no scenario sees an error".to_owned());
    }
    let lacking: Vec<String> = lacking.into_iter().collect();
    if lacking.is_empty() { Ok(()) } else { Err(format!("cases see what no act documents: {}", lacking.join(", "))) }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What a text documents.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Code(String),
    /// All codes that begin so.
    Group(&'static str),
}

impl Known {
    fn fits(&self, code: &str) -> bool {
        match self {
            Self::Code(known) => known == code,
            Self::Group(begin) => code.starts_with(begin),
        }
    }
}

/// What the acts of a step document.
fn documented(source: &Source, step: &str) -> BTreeSet<Known> {
    let named =
        STEPS.iter().find(|(name, _)| *name == step).map(|(_, acts)| acts.iter().map(ToString::to_string).collect());
    let acts: Vec<String> = named.unwrap_or_else(|| OWNERS.iter().map(|owner| format!("{owner}::{step}")).collect());
    let mut known = BTreeSet::new();
    let mut read = BTreeSet::new();
    acts.iter().for_each(|act| follow(source, act, &mut read, &mut known));
    known
}

/// What a method or a function documents, and those that it speaks of: what is
/// true of all acts, once with their struct.
fn follow(source: &Source, name: &str, read: &mut BTreeSet<String>, known: &mut BTreeSet<Known>) {
    if !read.insert(name.to_owned()) {
        return;
    }
    let (owner, method) = name.rsplit_once("::").unwrap_or(("", name));
    let methods = source.methods.iter().filter(|one| one.owner == owner && one.name == method);
    for docs in methods.map(|method| &method.docs) {
        collect(source, docs.errors.as_deref().unwrap_or_default(), read, known);
        if let Some(owner) = source.structs.iter().find(|found| found.name == owner) {
            owner.docs.says.iter().for_each(|says| codes(source, says, known));
        }
    }
    // What a check says is all that its text speaks of.
    let function = source.functions.iter().rfind(|one| one.name == method && owner.is_empty());
    if let Some(Docs { says, errors }) = function.map(|function| &function.docs) {
        says.iter().chain(errors).for_each(|text| collect(source, text, read, known));
    }
}

fn collect(source: &Source, text: &str, read: &mut BTreeSet<String>, known: &mut BTreeSet<Known>) {
    codes(source, text, known);
    for name in quoted(text) {
        follow(source, name, read, known);
    }
    for phrase in text.split("findings about ").skip(1) {
        let phrase = phrase.split([';', '.', '`']).next().unwrap_or_default();
        let words = phrase.split([' ', ',']).map(|word| word.strip_suffix('s').unwrap_or(word));
        let begins = words.filter_map(|word| ABOUT.iter().find(|(about, _)| *about == word));
        known.extend(begins.flat_map(|(_, begins)| begins.iter().map(|begin| Known::Group(begin))));
    }
}

/// The codes that a text names.
fn codes(source: &Source, text: &str, known: &mut BTreeSet<Known>) {
    let named = quoted(text).filter(|name| source.codes.iter().any(|code| code == name));
    known.extend(named.map(|code| Known::Code(code.to_owned())));
}

/// What stands between backquotes: codes, and names of the core's.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).map(|name| name.trim_start_matches("::"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parsed;

    #[test]
    fn what_an_act_speaks_of_is_documented_and_nothing_else() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let core = top.join("core/src");
        let source = Source::of(&core, parsed(&core).unwrap()).unwrap();
        let documents = |step, code: &str| documented(&source, step).iter().any(|known| known.fits(code));
        for (step, code) in [
            ("grant", "grant.never"),
            ("set_text", "template.no_secret"),
            ("redeem_link", "invitation.expired"),
            ("failed", "message.not_found"),
            ("disable", "actor.not_allowed"),
            ("activate", "password.too_short"),
            ("create", "roster.column_missing"),
        ] {
            assert!(documents(step, code), "{code} of {step}");
        }
        for (step, code) in [("grant", "tie.unfit"), ("enable", "account.active"), ("activate", "answer.repeated")] {
            assert!(!documents(step, code), "{code} of {step}");
        }
        check(&source, &top).unwrap();
    }
}

//! Python: its words, and the acts and classes that PyO3 declares.

mod acts;
mod answers;
mod rules;
mod signature;

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::Record;
use crate::docs::{Docs, joined, spelled, wrapped};
use crate::shape::Shape;
use crate::source::Source;
use crate::table::Table;
use crate::{Result, WRITTEN};

const WORDS_HEADER: &str = r#""""The words of the rulebook, as types: the same in every language.

Each is a `Literal`: write the word itself, and a type checker knows whether it
is one.

>>> from typing import get_args
>>> from carekey.words import Method
>>> get_args(Method)
('email', 'sms')
"""

from typing import Literal, TypeAlias
"#;

/// `carekey/words.py`.
pub(crate) fn words(source: &Source, table: &Table) -> Result<String> {
    let mut sets: Vec<(&str, Vec<&str>, bool, &str)> = Vec::new();
    for name in table.words.keys() {
        let set = source.words.get(name).ok_or_else(|| format!("the core has no words {name}"))?;
        let words = set.words.iter().map(|word| word.word.as_str()).collect();
        sets.push((name, words, set.open, set.docs.first()));
    }
    let codes = source.codes.iter().map(String::as_str).collect();
    sets.push(("Code", codes, false, "A stable code: a lower-case dotted word that keeps its meaning."));
    sets.sort();
    let mut out = format!("# {WRITTEN}\n{WORDS_HEADER}");
    for (name, words, open, says) in sets {
        let other = if open { " | str" } else { "" };
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let line = format!("{name}: TypeAlias = Literal[{}]{other}", quoted.join(", "));
        if line.len() <= 120 {
            out.push_str(&format!("\n{line}\n"));
        } else {
            out.push_str(&format!("\n{name}: TypeAlias = Literal[\n    {},\n]{other}\n", quoted.join(",\n    ")));
        }
        let says = marked(says);
        match format!("\"\"\"{says}\"\"\"") {
            line if line.chars().count() <= 120 => out.push_str(&format!("{line}\n")),
            _ => out.push_str(&format!("\"\"\"\n{}\"\"\"\n", wrapped(&says, "", 80))),
        }
    }
    Ok(out)
}

/// The sets of words, as the border reads them.
pub(crate) fn sets(source: &Source, table: &Table) -> String {
    let set = |(name, path): (&String, &String)| {
        let is_open = source.words.get(name).is_some_and(|set| set.open);
        let known = if is_open { format!(" => {path}::known()") } else { String::new() };
        format!("    \"{name}\" {path}{known},\n")
    };
    let sets: Vec<String> = table.words.iter().map(set).collect();
    format!("//! {WRITTEN}\n\nuse crate::arg::words;\n\nwords! {{\n    \"Code\" carekey::Code,\n{}}}\n", sets.concat())
}

/// What is written for Python.
pub(crate) struct Border<'a> {
    pub(crate) source: &'a Source,
    pub(crate) table: &'a Table,
    pub(crate) answers: &'a [Record],
}

impl Border<'_> {
    /// The type of what comes out.
    fn comes_out(&self, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Unit => "()".to_owned(),
            Shape::Id(_) => "Id".to_owned(),
            Shape::Text => "String".to_owned(),
            Shape::Moment => "Moment".to_owned(),
            Shape::Number(kind) => kind.clone(),
            Shape::Flag => "bool".to_owned(),
            Shape::Secret { .. } => "Secret".to_owned(),
            Shape::Finding => "Finding".to_owned(),
            Shape::Word(word) => format!("Word<{}>", self.table.path(word)?),
            Shape::Struct(name) | Shape::Other(name) => self.class(name)?,
            Shape::Optional(inner) => format!("Option<{}>", self.comes_out(inner)?),
            Shape::Many(inner) => format!("Vec<{}>", self.comes_out(inner)?),
            Shape::Lasts => "Lasts".to_owned(),
            Shape::Checked(inner) => format!("CheckedOf<{}>", self.comes_out(inner)?),
            other => return Err(format!("{other:?} comes out by no type of Python's")),
        })
    }

    /// The type of what goes in.
    fn goes_in(&self, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Id(_) => "Id".to_owned(),
            Shape::Text => "Text".to_owned(),
            Shape::Moment => "Moment".to_owned(),
            Shape::Number(kind) if kind == "i64" => "Whole".to_owned(),
            Shape::Number(_) => "Count".to_owned(),
            Shape::Flag => "Flag".to_owned(),
            Shape::Secret { .. } => "SecretArg".to_owned(),
            Shape::Answers => "Answers".to_owned(),
            Shape::Word(word) => format!("Word<{}>", self.table.path(word)?),
            Shape::Struct(name) => format!("Object<{}>", self.class(name)?),
            Shape::Other(name) => match self.table.types.get(name).and_then(|own| own.python_given.as_ref()) {
                Some(given) => given.clone(),
                None if self.table.classes.values().any(|classes| classes.contains_key(name)) => {
                    format!("Object<{name}>")
                }
                None => self.class(name)?,
            },
            Shape::Optional(inner) => format!("Option<{}>", self.goes_in(inner)?),
            Shape::Many(inner) => format!("Many<{}>", self.goes_in(inner)?),
            Shape::Lasts => "Lasts".to_owned(),
            Shape::Bytes { .. } => "Bytes".to_owned(),
            Shape::Named(inner) => format!("Named<{}>", self.goes_in(inner)?),
            other => return Err(format!("{other:?} goes in by no type of Python's")),
        })
    }

    /// The class of a struct.
    fn class(&self, name: &str) -> Result<String> {
        if let Some(path) = self.by_hand(name) {
            // A text goes in by that name, too.
            return Ok(if name == "Text" { path } else { path.rsplit("::").next().unwrap_or(path) }.to_owned());
        }
        let held = self.table.classes.values().find_map(|classes| classes.get_key_value(name)).map(|(name, _)| name);
        let written = self.answers.iter().find(|record| record.name == name).map(|record| &record.name);
        written.or(held).cloned().ok_or_else(|| format!("surface.toml does not say how {name} comes out"))
    }

    /// Where the class of a struct is, if it is written by hand.
    fn by_hand(&self, name: &str) -> Option<&str> {
        self.table.types.get(name).and_then(|own| own.python.as_deref())
    }

    /// The classes that are written.
    fn written(&self) -> impl Iterator<Item = &Record> {
        self.answers.iter().filter(|record| record.usage.holds.is_none() && self.by_hand(&record.name).is_none())
    }

    /// The imports of what a text speaks of.
    fn imports(&self, own: &[(&str, &[&str])], body: &str) -> String {
        let mut from: BTreeMap<&str, Vec<&str>> = own.iter().map(|(path, names)| (*path, names.to_vec())).collect();
        let paths = self.table.types.values().filter_map(|own| own.python.as_deref()?.rsplit_once("::"));
        let open = self.answers.iter().filter(|record| record.usage.holds.is_some()).map(|record| record.name.as_str());
        let held = self.table.classes.values().flat_map(|classes| classes.keys().map(String::as_str)).chain(open);
        let held = held.filter(|_| !own.iter().any(|(path, _)| *path == "super::checked"));
        for (path, name) in paths.chain(held.map(|name| ("crate::rules::written", name))) {
            if !own.iter().any(|(_, names)| names.contains(&name)) {
                from.entry(path).or_default().push(name);
            }
        }
        from.into_iter().map(|(path, names)| used(path, &names, body)).collect()
    }
}

/// The import of those names that a text has.
fn used(path: &str, names: &[&str], body: &str) -> String {
    let code = body.lines().filter(|line| !line.trim_start().starts_with("///"));
    let ends = |c: char| !c.is_alphanumeric() && c != '_' && c != ':';
    // What comes after a colon pair is within something else.
    let words: BTreeSet<&str> =
        code.flat_map(|line| line.split(ends)).filter_map(|path| path.split("::").next()).collect();
    let words: BTreeSet<&str> = words.into_iter().map(|word| word.trim_end_matches(':')).collect();
    let is_called = |name: &str| [format!(" {name}("), format!("\n{name}!")].iter().any(|call| body.contains(call));
    let is_used = |name: &&str| words.contains(name) && (!name.starts_with(char::is_lowercase) || is_called(name));
    let mut used: Vec<&str> = names.iter().copied().filter(is_used).collect();
    used.sort_by_key(|name| (name.starts_with(char::is_lowercase), *name));
    match used.as_slice() {
        [] => String::new(),
        [one] => format!("use {path}::{one};\n"),
        many => format!("use {path}::{{{}}};\n", many.join(", ")),
    }
}

/// A docstring: so many paragraphs, and an example.
fn docstring(paragraphs: &[String], example: Option<&str>, before: &str) -> String {
    let before = format!("{before}/// ");
    let blank = format!("{}\n", before.trim_end());
    let said = joined(paragraphs, |paragraph| wrapped(paragraph, &before, 84), &blank);
    let example = example.map(|example| example.lines().map(|line| format!("{before}{line}\n")).collect());
    [said].into_iter().chain(example).collect::<Vec<_>>().join(&blank)
}

/// A text as docstrings mark and spell code: a choice is a class of its own.
fn marked(text: &str) -> String {
    let spell = |name: &str| match name.rsplit_once("::") {
        Some((_, choice)) if choice.starts_with(char::is_uppercase) => choice.to_owned(),
        _ => name.replace("::", "."),
    };
    spelled(text, spell).replace('`', "``")
}

fn first(docs: &Docs) -> String {
    marked(&docs.first_with("None"))
}

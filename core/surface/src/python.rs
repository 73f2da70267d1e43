//! Python: its words, and the acts that PyO3 declares.

use std::collections::BTreeSet;

use crate::act::{Act, Argument, Record};
use crate::docs::wrapped;
use crate::shape::Shape;
use crate::source::Source;
use crate::table::{Table, path};
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
        let says = says.replace('`', "``");
        match format!("\"\"\"{says}\"\"\"") {
            line if line.chars().count() <= 120 => out.push_str(&format!("{line}\n")),
            _ => out.push_str(&format!("\"\"\"\n{}\"\"\"\n", wrapped(&says, "", 80))),
        }
    }
    Ok(out)
}

/// The acts of the office that need no hand.
pub(crate) fn acts(acts: &[Act], records: &[Record]) -> Result<String> {
    let written: Vec<String> =
        acts.iter().filter(|act| !act.is_by_hand("python")).map(written).collect::<Result<_>>()?;
    let body = format!("#[pymethods]\nimpl Office {{\n{}}}\n", written.join("\n"));
    let written_here: Vec<&str> = records.iter().map(Record::python_name).collect();
    let mut answers: Vec<&str> =
        acts.iter().filter(|act| !act.is_by_hand("python")).filter_map(Act::python_answer).collect();
    answers.sort_unstable();
    answers.dedup();
    answers.retain(|answer| !written_here.contains(answer));
    let imports: String = [
        used("super::answers", &written_here, &body),
        used("super::office", &["Office", "item"], &body),
        used("super::results", &answers, &body),
        used("crate::arg", &["Count", "Flag", "Id", "Many", "Moment", "Text", "Word", "text", "word"], &body),
        used("crate::error", &["run"], &body),
        used("crate::table", &["PagesOf", "Table", "TableOf"], &body),
    ]
    .concat();
    Ok(format!("//! {WRITTEN}\n\nuse pyo3::prelude::*;\n\n{imports}\n{body}"))
}

/// The import of those names that a text has.
fn used(path: &str, names: &[&str], body: &str) -> String {
    let words: BTreeSet<&str> = body.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let used: Vec<&str> = names.iter().copied().filter(|name| words.contains(name)).collect();
    match used.as_slice() {
        [] => String::new(),
        [one] => format!("use {path}::{one};\n"),
        many => format!("use {path}::{{{}}};\n", many.join(", ")),
    }
}

impl Record {
    /// What it is called here.
    fn python_name(&self) -> &str {
        self.called.python.as_deref().unwrap_or(&self.name)
    }
}

impl Act {
    /// What the struct that comes out is called here.
    fn python_answer(&self) -> Option<&str> {
        self.called.python.as_deref().or(self.answered())
    }
}

fn written(act: &Act) -> Result<String> {
    let pages = matches!(act.answer, Shape::Page(_));
    let of_page = |argument: &&Argument| pages && argument.is_of_a_page();
    let mut arguments = Vec::new();
    for argument in &act.arguments {
        if !of_page(&argument) {
            arguments.extend(said(act, argument)?);
        }
    }
    if pages {
        let default = Some(("Count(500)".to_owned(), "500".to_owned()));
        arguments.push(Said { name: "page".to_owned(), kind: "Count".to_owned(), default });
    }
    let by_place = |said: &Said| match &act.usage.python {
        Some(names) => names.contains(&said.name),
        None => said.default.is_none() && act.whole.is_none(),
    };
    let (places, names): (Vec<&Said>, Vec<&Said>) = arguments.iter().partition(|said| by_place(said));
    let mut out = docs(act);
    if !names.is_empty() || places.iter().any(|said| said.default.is_some()) {
        out.push_str(&signature(&places, &names));
    }
    if arguments.len() > 6 {
        out.push_str("    #[allow(clippy::too_many_arguments, reason = \"they are keywords\")]\n");
    }
    let declared: Vec<String> =
        places.iter().chain(&names).map(|said| format!("{}: {}", said.name, said.kind)).collect();
    let declared = declared.join(", ");
    let answer = act.python_answer().unwrap_or_default();
    let renamed: String =
        act.usage.python_names.iter().map(|(core, here)| format!("        let {core} = {here};\n")).collect();
    let read: String = act.arguments.iter().filter(|argument| !of_page(argument)).filter_map(read).collect();
    let made = act.made("        ");
    if pages {
        return Ok(format!(
            "{out}    fn {}(&self, {declared}) -> PagesOf<{answer}> {{\n{read}        self.pages(page, move |office, \
             offset, limit| office.{}({}))\n    }}\n",
            act.name,
            act.name,
            act.passed()
        ));
    }
    let (kind, into) = match &act.answer {
        Shape::Unit => ("()".to_owned(), String::new()),
        Shape::Id(_) => ("Id".to_owned(), ".map(|id| Id(id.0))".to_owned()),
        Shape::Struct(_) => (answer.to_owned(), ".map(Into::into)".to_owned()),
        Shape::Optional(_) => (format!("Option<{answer}>"), ".map(|answer| answer.map(Into::into))".to_owned()),
        Shape::Many(_) => (format!("TableOf<{answer}>"), ".map(Table::of)".to_owned()),
        other => return Err(format!("{}: {other:?} comes out of no act by itself", act.name)),
    };
    let comma = if declared.is_empty() { "" } else { ", " };
    Ok(format!(
        "{out}    fn {}(&self, py: Python<'_>{comma}{declared}) -> PyResult<{kind}> {{\n        let office = \
         self.get(py)?;\n{renamed}{read}{made}        run(py, || office.{}({})){into}\n    }}\n",
        act.name,
        act.name,
        act.passed()
    ))
}

/// One argument as Python sees it.
struct Said {
    name: String,
    kind: String,
    /// In Rust, and as it is shown.
    default: Option<(String, String)>,
}

fn said(act: &Act, argument: &Argument) -> Result<Vec<Said>> {
    let nothing = || Some(("None".to_owned(), "None".to_owned()));
    if argument.shape == Shape::Item {
        let id = |name: &str| Said { name: name.to_owned(), kind: "Option<Id>".to_owned(), default: nothing() };
        return Ok(vec![id("party"), id("application")]);
    }
    let default = act.usage.python_default.get(&argument.name).cloned();
    let default = default.or_else(|| if argument.shape.is_needed() { None } else { nothing() });
    let name = act.usage.python_names.get(&argument.name).unwrap_or(&argument.name).clone();
    Ok(vec![Said { name, kind: kind(act, &argument.shape)?, default }])
}

fn kind(act: &Act, shape: &Shape) -> Result<String> {
    Ok(match shape {
        Shape::Id(_) => "Id".to_owned(),
        Shape::Text => "Text".to_owned(),
        Shape::Moment => "Moment".to_owned(),
        Shape::Number(_) => "Count".to_owned(),
        Shape::Flag => "Flag".to_owned(),
        Shape::Word(word) => format!("Word<{}>", path(&act.paths, word)?),
        Shape::Other(name) if name == "Uuid" => "Id".to_owned(),
        Shape::Optional(inner) => format!("Option<{}>", kind(act, inner)?),
        Shape::Many(inner) => format!("Many<{}>", kind(act, inner)?),
        other => return Err(format!("{}: {other:?} goes into no act by itself", act.name)),
    })
}

/// The line that makes of an argument what the core takes.
fn read(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    let value = match &argument.shape {
        Shape::Item => "item(py, party, application)?".to_owned(),
        Shape::Id(id) => format!("carekey::{id}({name}.0)"),
        Shape::Number(kind) if kind == "u32" => format!("{name}.small()"),
        Shape::Text | Shape::Moment | Shape::Number(_) | Shape::Flag | Shape::Word(_) => format!("{name}.0"),
        Shape::Optional(inner) => match &**inner {
            Shape::Text => format!("text({name})"),
            Shape::Word(_) => format!("word({name})"),
            Shape::Id(id) => format!("{name}.map(|id| carekey::{id}(id.0))"),
            _ => format!("{name}.map(|given| given.0)"),
        },
        Shape::Many(_) => format!("{name}.0.into_iter().map(|given| given.0).collect()"),
        _ => return None,
    };
    Some(format!("        let {name} = {value};\n"))
}

fn signature(places: &[&Said], names: &[&Said]) -> String {
    let star = if names.is_empty() { None } else { Some("*".to_owned()) };
    let in_rust = |said: &&Said| match &said.default {
        Some((default, _)) => format!("{} = {default}", said.name),
        None => said.name.clone(),
    };
    let shown = |said: &&Said| match &said.default {
        Some((_, default)) => format!("{}={default}", said.name),
        None => said.name.clone(),
    };
    let rust: Vec<String> = places.iter().map(in_rust).chain(star.clone()).chain(names.iter().map(in_rust)).collect();
    let own = ["$self".to_owned()];
    let seen: Vec<String> =
        own.into_iter().chain(places.iter().map(shown)).chain(star).chain(names.iter().map(shown)).collect();
    format!("    #[pyo3(signature = ({}), text_signature = \"({})\")]\n", rust.join(", "), seen.join(", "))
}

fn docs(act: &Act) -> String {
    let doubled = |paragraph: &String| paragraph.replace('`', "``");
    let mut paragraphs: Vec<String> = act.docs.says.iter().map(doubled).collect();
    let answer = act.python_answer().unwrap_or_default();
    match act.answer {
        Shape::Page(_) => paragraphs.push(format!("An iterator of :class:`{answer}` that reads page by page.")),
        Shape::Many(_) => paragraphs.push(format!("A table of :class:`{answer}`.")),
        _ => {}
    }
    paragraphs.extend(act.docs.errors.as_ref().map(|errors| format!("Raises {}", doubled(errors))));
    let said: Vec<String> = paragraphs.iter().map(|paragraph| wrapped(paragraph, "    /// ", 84)).collect();
    said.join("    ///\n")
}

/// The classes of what comes out and needs no hand.
pub(crate) fn records(records: &[Record]) -> Result<String> {
    let mut body = String::new();
    for record in records {
        let name = record.python_name();
        let mut fields = String::new();
        for (docs, field) in &record.fields {
            let (kind, value) = comes_out(record, field)?;
            fields.push_str(&wrapped(&docs.first().replace('`', "``"), "        /// ", 84));
            fields.push_str(&format!("        {}: {kind} = {value},\n", field.name));
        }
        let says = wrapped(&record.docs.first().replace('`', "``"), "    /// ", 84);
        body.push_str(&format!(
            "\nrecord! {{\n{says}    row {name} from carekey::agency::{} as row {{\n{fields}    }}\n}}\n",
            record.name
        ));
    }
    let imports = used("crate::arg", &["Id", "Moment", "Word"], &body);
    Ok(format!("//! {WRITTEN}\n\n{imports}use crate::record::record;\n{body}"))
}

/// The type of a field in Python, and the line that makes it.
fn comes_out(record: &Record, field: &Argument) -> Result<(String, String)> {
    let path = |word: &String| path(&record.paths, word);
    let row = format!("row.{}", field.name);
    let of = |kind: &str, value: String| Ok((kind.to_owned(), value));
    match &field.shape {
        Shape::Id(_) => of("Id", format!("Id({row}.0)")),
        Shape::Text => of("String", row),
        Shape::Flag => of("bool", row),
        Shape::Number(kind) => of(kind, row),
        Shape::Moment => of("Moment", format!("Moment({row})")),
        Shape::Word(word) => of(&format!("Word<{}>", path(word)?), format!("Word({row})")),
        Shape::Optional(inner) => match &**inner {
            Shape::Id(_) => of("Option<Id>", format!("{row}.map(|id| Id(id.0))")),
            Shape::Text => of("Option<String>", row),
            Shape::Moment => of("Option<Moment>", format!("{row}.map(Moment)")),
            Shape::Word(word) => of(&format!("Option<Word<{}>>", path(word)?), format!("{row}.map(Word)")),
            other => Err(format!("{}.{}: {other:?} needs a hand", record.name, field.name)),
        },
        Shape::Many(inner) => match &**inner {
            Shape::Id(_) => of("Vec<Id>", format!("{row}.into_iter().map(|id| Id(id.0)).collect()")),
            Shape::Text => of("Vec<String>", row),
            other => Err(format!("{}.{}: {other:?} needs a hand", record.name, field.name)),
        },
        other => Err(format!("{}.{}: {other:?} needs a hand", record.name, field.name)),
    }
}

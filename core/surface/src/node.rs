//! Node: its words and codes, the acts that napi declares, the class that calls
//! them, what comes out, and what all that is to TypeScript.

mod acts;
mod answers;
mod class;
mod declarations;
mod functions;
mod given;
mod rules;

pub(crate) use class::class;
pub(crate) use declarations::declared;
pub(crate) use functions::functions;
pub(crate) use rules::{namespaces, rules};

use std::collections::BTreeMap;

use crate::act::{Act, Argument, camel_case, snake_case};
use crate::answer::Record;
use crate::docs::{joined, spelled, wrapped};
use crate::shape::Shape;
use crate::source::Source;
use crate::table::Table;
use crate::{Result, WRITTEN};

/// `types/words.d.ts`.
pub(crate) fn words(source: &Source, table: &Table) -> Result<String> {
    let mut names: Vec<&String> = table.words.keys().chain(table.node_words.keys()).collect();
    names.sort();
    let mut out = format!("// {WRITTEN}\n\n// The words of the rulebook: the same in every language.\n");
    for name in names {
        let set = source.words.get(name).ok_or_else(|| format!("the core has no words {name}"))?;
        // What a host adds is a string; editors still know the others.
        let other = set.open.then(|| "(string & {})".to_owned());
        let words: Vec<String> = set.words.iter().map(|word| format!("'{}'", word.word)).chain(other).collect();
        out.push_str(&format!("\n{}{}", comment(&[set.docs.first().to_owned()], ""), union(name, &words)));
    }
    Ok(out)
}

/// `types/codes.d.ts`.
pub(crate) fn codes(source: &Source) -> String {
    let codes: Vec<String> = source.codes.iter().map(|code| format!("  | '{code}'\n")).collect();
    format!(
        "// {WRITTEN}\n\n/** A stable code: a lower-case dotted word that keeps its meaning. */\nexport type Code =\n{}",
        codes.concat()
    )
}

fn union(name: &str, words: &[String]) -> String {
    match format!("export type {name} = {}", words.join(" | ")) {
        line if line.len() <= 120 => format!("{line}\n"),
        _ => format!("export type {name} =\n  | {}\n", words.join("\n  | ")),
    }
}

/// A comment of so many paragraphs.
fn comment(paragraphs: &[String], before: &str) -> String {
    // A choice is a word.
    let spell = |name: &str| match name.rsplit_once("::") {
        Some((_, choice)) if choice.starts_with(char::is_uppercase) => snake_case(choice),
        _ => camel_case(&name.replace("::", ".")),
    };
    let paragraphs: Vec<String> = paragraphs.iter().map(|says| spelled(says, spell)).collect();
    let one = format!("{before}/** {} */\n", paragraphs.join(" "));
    if paragraphs.len() == 1 && one.chars().count() <= 120 {
        return one;
    }
    let laid_out = |paragraph: &str| wrapped(paragraph, &format!("{before} * "), 100);
    format!("{before}/**\n{}{before} */\n", joined(&paragraphs, laid_out, &format!("{before} *\n")))
}

/// The sets of words, as the border shows them.
pub(crate) fn sets(table: &Table) -> String {
    let sets = table.words.iter().chain(&table.node_words);
    let sets: Vec<String> = sets.map(|(name, path)| format!("    \"{name}\" {path},\n")).collect();
    format!("//! {WRITTEN}\n\nuse super::sets;\n\nsets! {{\n{}}}\n", sets.concat())
}

/// What is written for Node.
pub(crate) struct Border<'a> {
    pub(crate) table: &'a Table,
    pub(crate) answers: &'a [Record],
    /// The types that are declared by hand, and their files.
    pub(crate) declared: BTreeMap<String, String>,
}

/// What an argument is called in JavaScript.
fn called(act: &Act, argument: &Argument) -> String {
    camel_case(act.usage.node_names.get(&argument.name).unwrap_or(&argument.name))
}

/// What goes by place, and whether more comes in an object.
fn places(act: &Act) -> (Vec<&Argument>, Vec<&Argument>) {
    act.arguments.iter().partition(|argument| match &act.usage.node {
        Some(names) => names.contains(&argument.name),
        None => argument.shape.is_needed() && !act.has_parts() && !argument.is_of_a_page(),
    })
}

/// What goes beside the facts and never in them: a secret, a password, answers.
fn is_beside(argument: &Argument) -> bool {
    match &argument.shape {
        Shape::Secret { .. } | Shape::Password | Shape::Answers | Shape::Progress => true,
        Shape::Optional(inner) => matches!(**inner, Shape::Secret { .. } | Shape::Password),
        _ => false,
    }
}

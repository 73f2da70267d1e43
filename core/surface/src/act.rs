//! The acts of the office, as the core declares them.

use std::collections::BTreeSet;

use crate::docs::Docs;
use crate::shape::Shape;
use crate::source::{Field, Source};
use crate::table::{Answer, Paths, Table, Usage};
use crate::{Result, source};

/// An act.
pub(crate) struct Act {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// What a call says, one by one; a struct that it takes is in its parts.
    pub(crate) arguments: Vec<Argument>,
    /// The struct that the parts make.
    pub(crate) whole: Option<String>,
    pub(crate) answer: Shape,
    pub(crate) usage: Usage,
    /// What the answer is called elsewhere.
    pub(crate) called: Answer,
    /// Where words are in Rust.
    pub(crate) paths: Paths,
}

/// One thing that a call says.
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) shape: Shape,
}

impl Argument {
    /// Whether it says which part of a list is wanted.
    pub(crate) fn is_of_a_page(&self) -> bool {
        matches!(self.name.as_str(), "offset" | "limit")
    }
}

impl Act {
    /// Whether it is one that a border writes by hand.
    pub(crate) fn is_by_hand(&self, language: &str) -> bool {
        self.usage.by_hand.contains_key(language)
    }

    /// The struct that comes out, bare or in many.
    pub(crate) fn answered(&self) -> Option<&str> {
        match &self.answer {
            Shape::Struct(name) => Some(name),
            Shape::Optional(inner) | Shape::Many(inner) | Shape::Page(inner) => match &**inner {
                Shape::Struct(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// What the core is called with: each argument as it takes it.
    pub(crate) fn passed(&self) -> String {
        if self.whole.is_some() {
            return "&new".to_owned();
        }
        let passed = |argument: &Argument| match &argument.shape {
            Shape::Text | Shape::Many(_) => format!("&{}", argument.name),
            Shape::Optional(inner) if **inner == Shape::Text => format!("{}.as_deref()", argument.name),
            _ => argument.name.clone(),
        };
        self.arguments.iter().map(passed).collect::<Vec<_>>().join(", ")
    }

    /// The line that makes a whole of the parts.
    pub(crate) fn made(&self, before: &str) -> String {
        let Some(whole) = &self.whole else { return String::new() };
        let parts: Vec<&str> = self.arguments.iter().map(|argument| argument.name.as_str()).collect();
        format!("{before}let new = carekey::agency::{whole} {{ {} }};\n", parts.join(", "))
    }
}

/// A struct that comes out, field by field.
pub(crate) struct Record {
    /// Its name in Rust.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<(Docs, Argument)>,
    pub(crate) called: Answer,
    pub(crate) paths: Paths,
}

/// The structs that come out and need no hand.
pub(crate) fn records(acts: &[Act], source: &Source, table: &Table) -> Result<Vec<Record>> {
    let written = acts.iter().filter(|act| !(act.is_by_hand("python") && act.is_by_hand("node")));
    let answered = written.filter_map(Act::answered).filter(|name| !table.by_hand.iter().any(|hand| hand == name));
    let names: BTreeSet<&str> = answered.chain(table.within.iter().map(String::as_str)).collect();
    let record = |name: &str| {
        let found = source.structs.get(name).ok_or_else(|| format!("the core has no struct {name}"))?;
        let field = |field: &Field| {
            let argument = Argument { name: field.name.clone(), shape: Shape::of(&field.kind, source) };
            (field.docs.clone(), argument)
        };
        Ok(Record {
            name: name.to_owned(),
            docs: found.docs.clone(),
            fields: found.fields.iter().map(field).collect(),
            called: table.answers.get(name).cloned().unwrap_or_default(),
            paths: table.words.clone(),
        })
    };
    names.into_iter().map(record).collect()
}

/// All acts of the office, in the order of their files.
pub(crate) fn all(source: &Source, table: &Table) -> Result<Vec<Act>> {
    let of_office = source.methods.iter().filter(|method| method.owner == "Office");
    let acts: Vec<Act> = of_office.map(|method| act(method, source, table)).collect::<Result<_>>()?;
    match table.office.keys().find(|name| acts.iter().all(|act| act.name != **name)) {
        Some(unknown) => Err(format!("surface.toml: the office has no {unknown}")),
        None => Ok(acts),
    }
}

fn act(method: &source::Method, source: &Source, table: &Table) -> Result<Act> {
    let answer = method.answer.as_ref().map_or(Shape::Unit, |answer| Shape::of(answer, source));
    let named = |field: &Field| Argument { name: field.name.clone(), shape: Shape::of(&field.kind, source) };
    let arguments: Vec<Argument> = method.arguments.iter().map(named).collect();
    let (arguments, whole) = match arguments.as_slice() {
        [Argument { shape: Shape::Struct(whole), .. }] => {
            let parts = source.structs.get(whole).map_or(&[][..], |whole| &whole.fields);
            (parts.iter().map(named).collect(), Some(whole.clone()))
        }
        _ => (arguments, None),
    };
    let mut act = Act {
        name: method.name.clone(),
        docs: method.docs.clone(),
        arguments,
        whole,
        answer,
        usage: table.office.get(&method.name).cloned().unwrap_or_default(),
        called: Answer::default(),
        paths: table.words.clone(),
    };
    act.called = act.answered().and_then(|name| table.answers.get(name)).cloned().unwrap_or_default();
    let strange = act.arguments.iter().find(|argument| matches!(argument.shape, Shape::Other(_)));
    match strange {
        Some(argument) if !(act.is_by_hand("python") && act.is_by_hand("node")) => {
            Err(format!("{}: {} goes over no border by itself; say why it is written by hand", act.name, argument.name))
        }
        _ => Ok(act),
    }
}

/// `ApplicationRow` as `application_row`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// `end_tie` as `endTie`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in name.chars() {
        match c {
            '_' => upper = true,
            _ if upper => {
                out.push(c.to_ascii_uppercase());
                upper = false;
            }
            _ => out.push(c),
        }
    }
    out
}

/// `end_tie` as `EndTie`.
pub(crate) fn pascal_case(name: &str) -> String {
    camel_case(&format!("_{name}"))
}

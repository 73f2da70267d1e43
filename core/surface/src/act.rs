//! The acts of the engine, as the core declares them.

use syn::Type;

use crate::docs::Docs;
use crate::shape::Shape;
use crate::source::{Field, Source};
use crate::table::{Table, Usage, Usages};
use crate::{Result, source};

/// An act.
pub(crate) struct Act {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// What a call says, one by one; a struct that it takes is in its parts.
    pub(crate) arguments: Vec<Argument>,
    /// What the core is called with.
    passed: Vec<Passed>,
    pub(crate) answer: Shape,
    pub(crate) usage: Usage,
}

enum Passed {
    One(Argument),
    /// A struct, of its parts.
    Whole(String, Vec<Argument>),
}

/// One thing that a call says.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) shape: Shape,
    /// Whether the core borrows it.
    pub(crate) is_borrowed: bool,
}

impl Argument {
    pub(crate) fn of(field: &Field, source: &Source) -> Self {
        let text = quote::ToTokens::to_token_stream(&field.kind).to_string();
        let is_borrowed = matches!(field.kind, Type::Reference(_)) || text.starts_with("Option < &");
        Self { name: field.name.clone(), shape: Shape::of(&field.kind, source), is_borrowed }
    }

    /// Whether it says which part of a list is wanted.
    pub(crate) fn is_of_a_page(&self) -> bool {
        matches!(self.name.as_str(), "offset" | "limit")
    }

    /// As the core takes it.
    pub(crate) fn passed(&self) -> String {
        let name = &self.name;
        match &self.shape {
            Shape::Secret { bare: true } => format!("{name}.reveal()"),
            Shape::Password => format!("{name}.both()"),
            Shape::Progress => "tell".to_owned(),
            Shape::Source | Shape::Answers => format!("&{name}"),
            Shape::Optional(inner) => match &**inner {
                Shape::Secret { bare: true } => format!("{name}.as_ref().map(carekey::Secret::reveal)"),
                Shape::Password => format!("{name}.as_ref().map(Typed::both)"),
                Shape::Text if self.is_borrowed => format!("{name}.as_deref()"),
                _ => name.clone(),
            },
            _ if self.is_borrowed => format!("&{name}"),
            _ => name.clone(),
        }
    }
}

impl Act {
    /// Whether it is one that a border writes by hand.
    pub(crate) fn is_by_hand(&self, language: &str) -> bool {
        self.usage.by_hand.contains_key(language)
    }

    /// Whether a struct that it takes is in its parts.
    pub(crate) fn has_parts(&self) -> bool {
        self.passed.iter().any(|passed| matches!(passed, Passed::Whole(..)))
    }

    /// Whether it tells how far it is.
    pub(crate) fn tells(&self) -> bool {
        self.arguments.iter().any(|argument| argument.shape == Shape::Progress)
    }

    /// What comes out, be it in a list.
    pub(crate) fn answered(&self) -> &Shape {
        match &self.answer {
            Shape::Optional(inner) | Shape::Many(inner) | Shape::Page(inner) => inner,
            other => other,
        }
    }

    /// What the core is called with: each argument as it takes it.
    pub(crate) fn passed(&self) -> String {
        self.passed_where(|_| true)
    }

    /// What the act that goes through all pages is called with.
    pub(crate) fn passed_of_all(&self) -> String {
        self.passed_where(|argument| !argument.is_of_a_page())
    }

    fn passed_where(&self, is_wanted: impl Fn(&Argument) -> bool) -> String {
        let passed = |passed: &Passed| match passed {
            Passed::One(argument) => is_wanted(argument).then(|| argument.passed()),
            Passed::Whole(..) => Some("&new".to_owned()),
        };
        self.passed.iter().filter_map(passed).collect::<Vec<_>>().join(", ")
    }

    /// The line that makes a whole of the parts.
    pub(crate) fn made(&self, before: &str) -> String {
        let part = |part: &Argument| match part.passed() {
            passed if passed == part.name => passed,
            passed => format!("{}: {passed}", part.name),
        };
        let made = |passed: &Passed| match passed {
            Passed::One(_) => None,
            Passed::Whole(whole, parts) => {
                let parts: Vec<String> = parts.iter().map(part).collect();
                Some(format!("{before}let new = carekey::agency::{whole} {{ {} }};\n", parts.join(", ")))
            }
        };
        self.passed.iter().filter_map(made).collect()
    }
}

/// All acts of a class of the engine, in the order of their files, but for those
/// that go through all pages of another: that one has them beside it.
pub(crate) fn all(owner: &str, usages: &Usages, source: &Source, table: &Table) -> Result<Vec<Act>> {
    let is_beside = |name: &String| usages.values().any(|usage| usage.each.as_ref() == Some(name));
    let methods = source.methods.iter().filter(|method| method.owner == owner && !is_beside(&method.name));
    let acts: Vec<Act> = methods.map(|method| act(method, usages, source, table)).collect::<Result<_>>()?;
    match usages.keys().find(|name| acts.iter().all(|act| act.name != **name)) {
        Some(unknown) => Err(format!("surface.toml: {owner} has no {unknown}")),
        None => Ok(acts),
    }
}

fn act(method: &source::Method, usages: &Usages, source: &Source, table: &Table) -> Result<Act> {
    let argument = |field: &Field| {
        let mut argument = Argument::of(field, source);
        if table.secrets.contains(&argument.name) {
            match &mut argument.shape {
                shape @ Shape::Text => *shape = Shape::Secret { bare: true },
                Shape::Optional(inner) if **inner == Shape::Text => **inner = Shape::Secret { bare: true },
                _ => {}
            }
        }
        argument
    };
    let mut arguments = Vec::new();
    let mut passed = Vec::new();
    for field in &method.arguments {
        let one = argument(field);
        if let Shape::Struct(whole) = &one.shape {
            let parts: Vec<Argument> = source.record("agency", whole)?.fields.iter().map(argument).collect();
            arguments.extend(parts.iter().cloned());
            passed.push(Passed::Whole(whole.clone(), parts));
        } else {
            arguments.push(one.clone());
            passed.push(Passed::One(one));
        }
    }
    let act = Act {
        name: method.name.clone(),
        docs: method.docs.clone(),
        arguments,
        passed,
        answer: method.answer.as_ref().map_or(Shape::Unit, |answer| Shape::of(answer, source)),
        usage: usages.get(&method.name).cloned().unwrap_or_default(),
    };
    let strange = act.arguments.iter().find(|argument| matches!(argument.shape, Shape::Other(_)));
    match strange {
        Some(argument) if !(act.is_by_hand("python") && act.is_by_hand("node")) => {
            Err(format!("{}: {} goes over no border by itself; say why it is written by hand", act.name, argument.name))
        }
        _ => Ok(act),
    }
}

/// `EndTie` as `end_tie`.
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

//! The rules: functions of the core, and methods of its values, as hosts with a
//! database of their own call them.

use crate::Result;
use crate::act::{Argument, snake_case};
use crate::docs::Docs;
use crate::shape::Shape;
use crate::source::{Field, Itself, Method, Source};
use crate::table::{Ruled, Table};

/// A rule.
pub(crate) struct Rule {
    /// The module of the core that it is in.
    pub(crate) module: String,
    /// Its path in Rust.
    pub(crate) path: String,
    /// Its name from there: `check_email`, `Throttle::admit`.
    pub(crate) name: String,
    pub(crate) itself: Option<Itself>,
    pub(crate) docs: Docs,
    /// What it is of, where it is a method, and then what it takes.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) answer: Shape,
    /// Whether it may refuse.
    pub(crate) may_fail: bool,
    pub(crate) usage: Ruled,
}

impl Rule {
    /// The argument of that name.
    pub(crate) fn argument(&self, name: &str) -> Result<&Argument> {
        let found = self.arguments.iter().find(|argument| argument.name == name);
        found.ok_or_else(|| format!("surface.toml: {} has no {name}", self.name))
    }

    /// Whether it goes by what a policy says.
    pub(crate) fn goes_by_policy(&self) -> bool {
        self.arguments.iter().any(|argument| matches!(argument.shape, Shape::Rules(_)))
    }

    /// What the core is called with: what it is of, and what it takes. `chance`
    /// is where randomness comes from.
    pub(crate) fn passed(&self, of: Option<&str>, chance: &str) -> String {
        let passed = |(place, argument): (usize, &Argument)| match &argument.shape {
            _ if place == 0 && self.itself.is_some() => match (of, &argument.shape, self.itself) {
                (Some(of), ..) => of.to_owned(),
                (None, Shape::Rules(path), _) => format!("&policy.{path}"),
                (None, _, Some(Itself::Whole)) => argument.name.clone(),
                (None, _, _) => format!("&{}", argument.name),
            },
            Shape::Rules(path) if argument.is_borrowed => format!("&policy.{path}"),
            Shape::Rules(path) => format!("policy.{path}"),
            Shape::Chance => chance.to_owned(),
            _ => argument.passed(),
        };
        self.arguments.iter().enumerate().map(passed).collect::<Vec<_>>().join(", ")
    }
}

/// All that `surface.toml` tells of.
pub(crate) fn all(source: &Source, table: &Table) -> Result<Vec<Rule>> {
    let named = table.rules.iter().flat_map(|(module, rules)| rules.iter().map(move |rule| (module, rule)));
    named.map(|(module, (name, usage))| rule(module, name, usage, source, table)).collect()
}

fn rule(module: &str, name: &str, usage: &Ruled, source: &Source, table: &Table) -> Result<Rule> {
    let found = method(module, name, source)?;
    let Method { owner, docs, itself, arguments, answer, .. } = found;
    let argument = |field: &Field| {
        let mut argument = Argument::of(field, source);
        if usage.secrets.contains(&argument.name) {
            argument.shape = Shape::Secret { bare: true };
        }
        argument
    };
    let of = itself.map(|_| Argument {
        name: snake_case(owner),
        shape: syn::parse_str(owner).map_or(Shape::Unit, |kind| Shape::of(&kind, source)),
        is_borrowed: false,
    });
    let told = answer.as_ref().map(|answer| quote::ToTokens::to_token_stream(answer).to_string());
    Ok(Rule {
        module: module.to_owned(),
        path: match table.words.get(owner) {
            Some(words) => format!("{words}::{}", found.name),
            None => format!("carekey::{module}::{name}"),
        },
        name: name.to_owned(),
        itself: *itself,
        docs: docs.clone(),
        arguments: of.into_iter().chain(arguments.iter().map(argument)).collect(),
        answer: match answer {
            _ if usage.hides => Shape::Secret { bare: true },
            None => Shape::Unit,
            Some(answer) => Shape::of(answer, source),
        },
        may_fail: told.is_some_and(|told| told.contains("Result <")),
        usage: usage.clone(),
    })
}

/// The function or the method: of that module where several have one.
fn method<'a>(module: &str, name: &str, source: &'a Source) -> Result<&'a Method> {
    let (owner, method) = match name.rsplit_once("::") {
        Some((owner, method)) if owner.starts_with(char::is_uppercase) => (owner, method),
        Some((_, function)) => ("", function),
        None => ("", name),
    };
    let of = if owner.is_empty() { &source.functions } else { &source.methods };
    let named = || of.iter().filter(|found| found.owner == owner && found.name == method);
    let found = named().find(|found| module.starts_with(&found.module)).or_else(|| named().next());
    found.ok_or_else(|| format!("surface.toml: the core has no {name}"))
}

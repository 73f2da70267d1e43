//! The rules that Node has, and how napi declares them.

use std::collections::BTreeMap;

use super::Border;
use crate::act::snake_case;
use crate::call::{Call, Given};
use crate::rule::Rule;
use crate::shape::Shape;
use crate::source::{Itself, Source};
use crate::{Result, WRITTEN};

/// A rule as Node has it.
pub(crate) struct Called<'a> {
    pub(super) rule: &'a Rule,
    pub(super) call: Call,
}

/// Those that Node has, by their namespace.
pub(crate) type Namespaces<'a> = BTreeMap<String, Vec<Called<'a>>>;

pub(crate) fn namespaces(rules: &[Rule]) -> Result<Namespaces<'_>> {
    let mut called = Namespaces::new();
    for rule in rules {
        if let Some(told) = &rule.usage.node {
            let call = Call::read(told)?;
            let namespace = call.within.clone().unwrap_or_else(|| rule.module.clone());
            called.entry(namespace).or_default().push(Called { rule, call });
        }
    }
    Ok(called)
}

impl Called<'_> {
    /// Its name in the native module, in Rust.
    pub(super) fn native(&self, namespace: &str) -> String {
        format!("{namespace}_{}", snake_case(&self.call.name))
    }

    pub(super) fn is_secret(&self, given: &Given) -> bool {
        self.rule.usage.secrets.contains(&given.core)
    }

    /// Whether a policy goes by name.
    pub(super) fn has_policy(&self) -> bool {
        self.rule.goes_by_policy() && !self.call.says("policy")
    }
}

/// `src/rules/written.rs`.
pub(crate) fn rules(namespaces: &Namespaces<'_>, source: &Source, border: &Border<'_>) -> Result<String> {
    let mut body = String::new();
    for (namespace, rules) in namespaces {
        let rules = rules.iter().map(|called| declared(namespace, called, source, border));
        body.push_str(&format!("\nrules! {{\n    {}\n}}\n", rules.collect::<Result<Vec<_>>>()?.join("\n\n    ")));
    }
    let environment = if body.contains("SystemEnvironment") {
        "use carekey::agency::{Environment, SystemEnvironment};\n"
    } else {
        ""
    };
    Ok(format!(
        "//! {WRITTEN}\n\n{environment}use serde_json::Value;\n\nuse super::policy_or_default;\nuse \
         crate::border::{{Moment, rules}};\n{body}"
    ))
}

fn declared(namespace: &str, called: &Called<'_>, source: &Source, border: &Border<'_>) -> Result<String> {
    let Called { rule, call } = called;
    let mut fields = Vec::new();
    let mut secrets = Vec::new();
    let mut reads = Vec::new();
    for given in &call.arguments {
        let field = snake_case(&given.name);
        if given.core == "policy" {
            continue;
        }
        let shape = &rule.argument(&given.core)?.shape;
        let read = match shape {
            Shape::Moment => format!("{field}.0"),
            Shape::Lasts => format!("time::Duration::milliseconds({field})"),
            _ => field.clone(),
        };
        if read != given.core {
            reads.push(format!("let {} = {read};", given.core));
        }
        if called.is_secret(given) {
            secrets.push(field);
        } else {
            let is_default = given.default.is_some() && !matches!(shape, Shape::Optional(_));
            let default = if is_default { "#[serde(default)] " } else { "" };
            fields.push(format!("{default}{field}: {}", goes_in(shape, &rule.module, source, border)?));
        }
    }
    if rule.goes_by_policy() {
        fields.push("policy: Option<Value>".to_owned());
        reads.push("let policy = policy_or_default(policy.as_ref())?;".to_owned());
    }
    let chance = "&mut *SystemEnvironment.randomness()?";
    let may_fail = if rule.may_fail { "?" } else { "" };
    let answer = match (rule.itself, rule.arguments.first()) {
        // What it changes is what comes out.
        (Some(Itself::Changed), Some(of)) => {
            let of = &of.name;
            reads.push(format!("let mut {of} = {of};"));
            reads.push(format!("{}({}){may_fail};", rule.path, rule.passed(Some(&format!("&mut {of}")), chance)));
            of.clone()
        }
        _ => format!("{}({}){may_fail}", rule.path, rule.passed(None, chance)),
    };
    let secrets = if secrets.is_empty() { String::new() } else { format!("[{}]", secrets.join(", ")) };
    let answer = if reads.is_empty() { answer } else { format!("{{ {} {answer} }}", reads.join(" ")) };
    Ok(format!("strict {}{secrets}({}) => {answer};", called.native(namespace), fields.join(", ")))
}

/// What serde reads.
fn goes_in(shape: &Shape, module: &str, source: &Source, border: &Border<'_>) -> Result<String> {
    Ok(match shape {
        Shape::Lasts => "i64".to_owned(),
        Shape::Struct(name) => format!("carekey::{}::{name}", source.record(module, name)?.module),
        Shape::Other(name) if name == "Params" => "carekey::Params".to_owned(),
        Shape::Other(name) => format!("carekey::{module}::{name}"),
        Shape::Optional(inner) => format!("Option<{}>", goes_in(inner, module, source, border)?),
        Shape::Many(inner) => format!("Vec<{}>", goes_in(inner, module, source, border)?),
        plain => border.goes_in(plain)?,
    })
}

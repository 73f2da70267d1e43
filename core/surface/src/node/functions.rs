//! The rules, as JavaScript calls them, and what they are to TypeScript.

use std::collections::BTreeMap;

use super::declarations::arguments_spelled;
use super::rules::{Called, Namespaces};
use super::{Border, comment};
use crate::act::camel_case;
use crate::call::Given;
use crate::docs::renamed;
use crate::shape::Shape;
use crate::source::Itself;
use crate::{Result, WRITTEN};

/// `lib/functions.js`.
pub(crate) fn functions(namespaces: &Namespaces<'_>) -> String {
    let namespace = |(namespace, rules): (&String, &Vec<Called<'_>>)| {
        let functions: Vec<String> = rules.iter().map(|called| function(namespace, called)).collect();
        format!("const {namespace} = {{\n{}\n}}\n", functions.join(",\n"))
    };
    let names: Vec<&str> = namespaces.keys().map(String::as_str).collect();
    let bodies: Vec<String> = namespaces.iter().map(namespace).collect();
    format!(
        "'use strict'\n\n// {WRITTEN}\n\nconst {{ native, now: call, options, pack, text }} = \
         require('./border')\n\n{}\nmodule.exports = {{ {} }}\n",
        bodies.join("\n"),
        names.join(", ")
    )
}

fn function(namespace: &str, called: &Called<'_>) -> String {
    let call = &called.call;
    let (places, by_name) = call.parted();
    let has_options = called.has_policy() || !by_name.is_empty();
    let facts = places.iter().filter(|given| !called.is_secret(given)).map(|given| given.name.clone());
    let spread = has_options.then(|| "...options(given)".to_owned());
    let packed: Vec<String> = spread.into_iter().chain(facts).collect();
    let packed = match packed.as_slice() {
        [] => "{}".to_owned(),
        [one] if has_options => one.trim_start_matches("...").to_owned(),
        many => format!("{{ {} }}", many.join(", ")),
    };
    let secrets = places.iter().filter(|given| called.is_secret(given));
    let secrets = secrets.map(|given| format!("text({0}, '{0}')", given.name));
    let passed: Vec<String> = [format!("pack({packed})")].into_iter().chain(secrets).collect();
    let said = places.iter().map(|given| given.name.as_str()).chain(has_options.then_some("given"));
    let said = said.collect::<Vec<_>>().join(", ");
    let done = format!("call(() => native.{}({}))", camel_case(&called.native(namespace)), passed.join(", "));
    let done = if called.rule.answer == Shape::Unit && called.rule.itself != Some(Itself::Changed) {
        format!("{{ {done} }}")
    } else {
        done
    };
    match format!("  {}: ({said}) => {done}", call.name) {
        line if line.chars().count() <= 120 => line,
        _ => format!("  {}: ({said}) =>\n    {done}", call.name),
    }
}

impl Border<'_> {
    /// `types/functions.d.ts`.
    pub(crate) fn functions(&self, namespaces: &Namespaces<'_>) -> Result<String> {
        let names: BTreeMap<&str, String> = namespaces
            .iter()
            .flat_map(|(namespace, rules)| {
                rules.iter().map(move |one| (one.rule.name.as_str(), format!("{namespace}.{}", one.call.name)))
            })
            .collect();
        let mut body = String::new();
        for (namespace, rules) in namespaces {
            let functions = rules.iter().map(|called| self.function(called, &names));
            let functions: String = functions.collect::<Result<_>>()?;
            body.push_str(&format!("\n  namespace {namespace} {{\n{functions}  }}\n"));
        }
        Ok(format!(
            "// {WRITTEN}\n\n{}\ndeclare module './rules' {{{}}}\n",
            self.imports("functions", &body),
            body.trim_start_matches('\n').replacen("  namespace", "\n  namespace", 1)
        ))
    }

    fn function(&self, called: &Called<'_>, names: &BTreeMap<&str, String>) -> Result<String> {
        let Called { rule, call } = called;
        let (places, by_name) = call.parted();
        let one = |given: &Given| -> Result<String> {
            let mark = if given.default.is_some() { "?" } else { "" };
            let kind = match given.core.as_str() {
                "policy" => "Policy | PolicySettings".to_owned(),
                core => self.is_given(&rule.argument(core)?.shape)?,
            };
            Ok(format!("{}{mark}: {kind}", given.name))
        };
        let mut said: Vec<String> = places.into_iter().map(one).collect::<Result<_>>()?;
        let parts: Vec<String> = by_name.iter().map(|given| one(given)).collect::<Result<_>>()?;
        let is_free = by_name.iter().all(|given| given.default.is_some());
        let object = (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")));
        let whole: Vec<String> = called.has_policy().then(|| "ByPolicy".to_owned()).into_iter().chain(object).collect();
        if !whole.is_empty() {
            let (name, mark) =
                (if said.is_empty() && !is_free { "given" } else { "options" }, if is_free { "?" } else { "" });
            said.push(format!("{name}{mark}: {}", whole.join(" & ")));
        }
        let answer = match (rule.itself, rule.arguments.first()) {
            (Some(Itself::Changed), Some(of)) => self.comes_out(&of.shape)?,
            _ => self.comes_out(&rule.answer)?,
        };
        let told = |text: &String| {
            let text = renamed(text, |name| names.get(name).cloned()).replace("`None`", "`null`");
            arguments_spelled(&text, rule.arguments.iter())
        };
        let errors = rule.docs.errors.as_ref().map(|errors| format!("@throws {{CarekeyError}} {}", told(errors)));
        let unit = (rule.answer == Shape::Lasts).then(|| "In milliseconds.".to_owned());
        let paragraphs: Vec<String> = rule.docs.says.iter().map(told).chain(unit).chain(errors).collect();
        let out = comment(&paragraphs, "    ");
        Ok(match format!("    function {}({}): {answer}\n", call.name, said.join(", ")) {
            line if line.chars().count() <= 121 => out + &line,
            _ => format!("{out}    function {}({}):\n      {answer}\n", call.name, said.join(", ")),
        })
    }

    /// What an argument is.
    fn is_given(&self, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Moment => "Moment".to_owned(),
            Shape::Secret { .. } => "SecretText".to_owned(),
            Shape::Optional(inner) => format!("{} | null", self.is_given(inner)?),
            Shape::Many(inner) => format!("{}[]", self.is_given(inner)?),
            Shape::Struct(name) => {
                let of_it = |path: &str| path.rsplit("::").next() == Some(name.as_str());
                let given = self.table.node_given.iter().find(|(_, given)| of_it(&given.of));
                given.map_or_else(|| format!("Partial<{name}>"), |(given, _)| given.clone())
            }
            other => self.comes_out(other)?,
        })
    }
}

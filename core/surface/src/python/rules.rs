//! The rules: functions, and the methods and the classes of what they change.

use std::collections::BTreeMap;

use super::acts::{raised, taken};
use super::signature::{Said, signature};
use super::{Border, docstring, marked};
use crate::act::Argument;
use crate::call::Call;
use crate::docs::renamed;
use crate::rule::Rule;
use crate::shape::Shape;
use crate::source::{Itself, Source};
use crate::table::{Class, Holds};
use crate::{Result, WRITTEN};

/// Where randomness comes from.
const CHANCE: &str = "&mut rand::rng()";

impl Border<'_> {
    /// The file of the rules.
    pub(crate) fn rules(&self, rules: &[Rule]) -> Result<String> {
        let names = names(rules)?;
        let mut functions = String::new();
        let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for rule in rules {
            let Some(told) = &rule.usage.python else { continue };
            let call = Call::read(told)?;
            match &call.within {
                None => functions.push_str(&format!("\n{}", self.rule(rule, &call, &names)?)),
                Some(class) => methods.entry(class.clone()).or_default().push(self.rule(rule, &call, &names)?),
            }
        }
        let classes: Vec<String> = self.held_classes(&names)?;
        let methods = methods
            .into_iter()
            .map(|(class, methods)| format!("\n#[pymethods]\nimpl {class} {{\n{}}}\n", methods.join("\n")));
        let body: String = classes.into_iter().chain([functions]).chain(methods).collect();
        let written: Vec<&str> = self.written().map(|record| record.name.as_str()).collect();
        let arguments = [
            "Bytes", "Count", "Flag", "Id", "Lasts", "Many", "Moment", "Named", "Object", "Text", "Whole", "Word",
            "text",
        ];
        let own: [(&str, &[&str]); 10] = [
            ("super", &["policy"]),
            ("super::checked", &["CheckedOf"]),
            ("crate::answers", &written),
            ("crate::arg", &arguments),
            ("crate::engine", &["Answers"]),
            ("crate::error", &["rule", "rule_or", "run"]),
            ("crate::finding", &["Finding", "ParamArg"]),
            ("crate::held", &["held"]),
            ("crate::over", &["Core", "Over"]),
            ("crate::secret", &["Secret", "SecretArg"]),
        ];
        Ok(format!("//! {WRITTEN}\n\nuse pyo3::prelude::*;\n\n{}{body}", self.imports(&own, &body)))
    }

    fn rule(&self, rule: &Rule, call: &Call, names: &BTreeMap<String, String>) -> Result<String> {
        let before = if call.within.is_some() { "    " } else { "" };
        let mut arguments: (Vec<Said>, Vec<Said>) = Default::default();
        let mut reads = String::new();
        for given in &call.arguments {
            if given.core == "policy" {
                arguments.0.push(Said { name: "policy".to_owned(), kind: "Object<Policy>".to_owned(), default: None });
                continue;
            }
            let argument = rule.argument(&given.core)?;
            let kind = self.goes_in(&argument.shape)?;
            let default =
                given.default.as_ref().map(|shown| self.default(&kind, &argument.shape, shown)).transpose()?;
            let said = Said { name: given.name.clone(), kind, default };
            if given.by_name {
                arguments.1.push(said)
            } else {
                arguments.0.push(said)
            }
            reads.push_str(&taken(argument).unwrap_or_default());
        }
        self.all_said(rule, call)?;
        if rule.goes_by_policy() {
            let given = if call.says("policy") { "Some(policy)" } else { "policy" };
            reads.push_str(&format!("        let policy = super::policy({given});\n"));
            if !call.says("policy") {
                arguments.1.push(Said::optional("policy", "Object<Policy>"));
            }
        }
        let (places, by_name): (Vec<&Said>, Vec<&Said>) = (arguments.0.iter().collect(), arguments.1.iter().collect());
        let is_method = call.within.is_some() && rule.itself.is_some();
        let mut attributes = match (&call.within, is_method) {
            (None, _) => "#[pyfunction]\n".to_owned(),
            (Some(_), false) => "#[staticmethod]\n".to_owned(),
            (Some(_), true) if call.is_read => "#[getter]\n".to_owned(),
            (Some(_), true) => String::new(),
        };
        if !by_name.is_empty() || places.iter().any(|said| said.default.is_some()) {
            attributes.push_str(&signature(is_method.then_some("$self"), &places, &by_name));
        }
        if arguments.0.len() + arguments.1.len() > 6 {
            attributes.push_str("#[allow(clippy::too_many_arguments, reason = \"they are keywords\")]\n");
        }
        let attributes: String = attributes.lines().map(|line| format!("{before}{line}\n")).collect();
        let own = is_method.then(|| "&self".to_owned());
        let declared = places.iter().chain(&by_name).map(|said| said.declared());
        let declared: Vec<String> = own.into_iter().chain(["py: Python<'_>".to_owned()]).chain(declared).collect();
        let reads: String =
            reads.lines().map(|line| format!("{before}{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
        let visible = if call.within.is_some() { "" } else { "pub(crate) " };
        Ok(format!(
            "{}{attributes}{before}{visible}fn {}({}) -> PyResult<{}> {{\n{reads}{before}    {}\n{before}}}\n",
            self.documented(rule, names, before)?,
            call.name,
            declared.join(", "),
            self.comes_out(&rule.answer)?,
            self.work(rule, call)?
        ))
    }

    /// What is done.
    fn work(&self, rule: &Rule, call: &Call) -> Result<String> {
        let (is_record, of) = match (&call.within, rule.itself) {
            (Some(class), Some(_)) => {
                let is_record = self.written().any(|record| &record.name == class && !record.usage.held);
                (is_record, Some(if is_record { "&Core::core(self)" } else { "core" }))
            }
            _ => (false, None),
        };
        let passed = rule.passed(of, CHANCE);
        let called = format!("{}({passed})", rule.path);
        let called = if rule.usage.hides { format!("carekey::Secret::from({called})") } else { called };
        // Of the value alone the core's function is all that is done.
        let done = if passed == "core" && !rule.usage.hides { rule.path.clone() } else { format!("|core| {called}") };
        let called = match (of, rule.itself) {
            (Some(_), Some(Itself::Changed)) => format!("self.with({done})"),
            (Some(_), _) if !is_record => format!("self.look({done})"),
            _ => called,
        };
        let over = if rule.answer == Shape::Unit { "" } else { ".map(Over::over)" };
        Ok(match (rule.usage.long, rule.may_fail) {
            (true, true) => format!("run(py, || {called}){over}"),
            (true, false) if rule.answer == Shape::Unit => format!("run(py, || {{ {called}; Ok(()) }})"),
            (true, false) => format!("run(py, || Ok({called})){over}"),
            (false, true) => format!("rule_or(py, || {called}){over}"),
            (false, false) if rule.answer == Shape::Unit => format!("rule(py, || {called})"),
            (false, false) => format!("rule(py, || {called}.over())"),
        })
    }

    /// Everything that the core takes is said, or is a policy's or chance.
    fn all_said(&self, rule: &Rule, call: &Call) -> Result<()> {
        let own = usize::from(rule.itself.is_some() && call.within.is_some());
        let goes_unsaid = |argument: &&Argument| {
            !matches!(argument.shape, Shape::Rules(_) | Shape::Chance) && !call.says(&argument.name)
        };
        match rule.arguments.iter().skip(own).find(goes_unsaid) {
            Some(unsaid) => Err(format!("surface.toml: {} in Python says nothing of {}", rule.name, unsaid.name)),
            None => Ok(()),
        }
    }

    /// The docstring.
    fn documented(&self, rule: &Rule, names: &BTreeMap<String, String>, before: &str) -> Result<String> {
        let mut paragraphs: Vec<String> =
            rule.docs.says.iter().map(|says| marked(&renamed(says, |name| names.get(name).cloned()))).collect();
        let errors =
            rule.docs.errors.as_ref().map(|errors| raised(&marked(&renamed(errors, |name| names.get(name).cloned()))));
        paragraphs.extend(errors.map(|errors| format!("Raises {errors}")));
        if rule.arguments.iter().any(|argument| argument.shape == (Shape::Bytes { key: true })) {
            paragraphs.push("A key has 32 bytes, or raises :class:`ConfigurationError` ``key.length``.".to_owned());
        }
        Ok(docstring(&paragraphs, rule.usage.python_example.as_deref(), before))
    }

    /// The classes that hold a value of the core: those of which nothing is
    /// open, and those that show fields.
    fn held_classes(&self, names: &BTreeMap<String, String>) -> Result<Vec<String>> {
        let closed = self.table.classes.iter().flat_map(|(module, classes)| {
            classes.iter().map(move |(name, class)| (module.clone(), name.clone(), class.clone()))
        });
        let open = self.answers.iter().filter_map(|record| {
            let holds = record.usage.holds?;
            let class = Class { holds, python_example: record.usage.python_example.clone() };
            Some((record.module.clone(), record.name.clone(), class))
        });
        let one = |(module, name, class): (String, String, Class)| {
            let docs = docs_of(self.source, &module, &name)?;
            let paragraphs: Vec<String> =
                docs.iter().map(|says| marked(&renamed(says, |name| names.get(name).cloned()))).collect();
            let said = docstring(&paragraphs, class.python_example.as_deref(), "    ");
            let how = match class.holds {
                Holds::Fixed => "fixed",
                Holds::Changing => "changing",
                Holds::Kept => "kept",
            };
            Ok(format!("\nheld! {{\n{said}    {name} holds {how} carekey::{module}::{name}\n}}\n"))
        };
        closed.chain(open).map(one).collect()
    }
}

fn docs_of<'a>(source: &'a Source, module: &str, name: &str) -> Result<&'a [String]> {
    let mut all = source.closed.iter().chain(&source.structs);
    let found = all.find(|found| found.name == name && found.module == module);
    found.map(|found| found.docs.says.as_slice()).ok_or_else(|| format!("the core has no struct {name} in {module}"))
}

/// What Python calls what the core names otherwise.
fn names(rules: &[Rule]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for rule in rules {
        if let Some(told) = &rule.usage.python {
            let call = Call::read(told)?;
            let within = call.within.map(|class| format!("{class}::")).unwrap_or_default();
            names.insert(rule.name.clone(), format!("{within}{}", call.name));
        }
    }
    Ok(names)
}

//! The acts that need no hand, as napi declares them.

use super::{Border, is_beside};
use crate::act::{Act, Argument, pascal_case};
use crate::shape::Shape;
use crate::{Result, WRITTEN};

const IMPORTS: &str = "use napi_derive::napi;
use serde::Deserialize;

";

impl Border<'_> {
    /// The file of the acts of a class.
    pub(crate) fn acts(&self, owner: &str, acts: &[Act]) -> Result<String> {
        let acts: Vec<&Act> = acts.iter().filter(|act| !act.is_by_hand("node")).collect();
        let given: Vec<String> = acts.iter().map(|act| self.given(act)).collect::<Result<_>>()?;
        let calls: Vec<String> = acts.iter().map(|act| call(owner, act)).collect();
        let body = format!("{}\n#[napi]\nimpl {owner} {{\n{}}}\n", given.concat(), calls.join("\n"));
        let helpers = ["Answers", "Typed", "page_limit"];
        let helpers: Vec<&str> = helpers.into_iter().filter(|name| speaks_of(&body, name)).collect();
        let border = if speaks_of(&body, "Moment") { "{Moment, Work}" } else { "Work" };
        let (napi, progress) = if body.contains("telling(") {
            ("{AsyncTask, FnArgs, Function}", "use super::progress::{Stop, telling};\n")
        } else {
            ("AsyncTask", "")
        };
        let secret = if body.contains("Secret::") { "use carekey::Secret;\n" } else { "" };
        Ok(format!(
            "//! {WRITTEN}\n\n{secret}use napi::bindgen_prelude::{napi};\n{IMPORTS}use super::{}::{owner};\nuse \
             super::each::Each;\n{progress}use \
             super::{{{}}};\nuse crate::border::{border};\n{body}",
            owner.to_lowercase(),
            helpers.join(", ")
        ))
    }

    /// What a call is given, as serde reads it.
    fn given(&self, act: &Act) -> Result<String> {
        let mut fields = String::new();
        let is_given = |argument: &&Argument| !is_beside(argument) || argument.shape == Shape::Answers;
        for argument in act.arguments.iter().filter(is_given) {
            let is_default = act.usage.node_default.contains(&argument.name) || argument.name == "offset";
            let default = match argument.name.as_str() {
                "limit" => "    #[serde(default = \"page_limit\")]\n",
                _ if is_default => "    #[serde(default)]\n",
                _ => "",
            };
            fields.push_str(&format!("{default}    {}: {},\n", field(act, argument), self.goes_in_of(act, argument)?));
        }
        let fields = if fields.is_empty() { fields } else { format!("\n{fields}") };
        Ok(format!(
            "\n#[derive(Deserialize)]\n#[serde(deny_unknown_fields)]\nstruct {} {{{fields}}}\n",
            pascal_case(&act.name)
        ))
    }

    fn goes_in_of(&self, act: &Act, argument: &Argument) -> Result<String> {
        match &argument.shape {
            // One by one, in their order.
            Shape::Many(inner) if act.tells() => Ok(format!("Vec<{}>", self.goes_in(inner)?)),
            shape => self.goes_in(shape),
        }
    }

    pub(super) fn goes_in(&self, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Id(id) => format!("carekey::{id}"),
            Shape::Text => "String".to_owned(),
            Shape::Moment => "Moment".to_owned(),
            Shape::Number(kind) => kind.clone(),
            Shape::Flag => "bool".to_owned(),
            Shape::Word(word) => self.table.path(word)?.to_owned(),
            Shape::Item => "carekey::agency::Invitee".to_owned(),
            Shape::Whose => "carekey::visibility::Whose".to_owned(),
            Shape::Source => "Option<String>".to_owned(),
            Shape::Answers => "Vec<String>".to_owned(),
            Shape::Optional(inner) => format!("Option<{}>", self.goes_in(inner)?),
            Shape::Many(inner) => format!("std::collections::BTreeSet<{}>", self.goes_in(inner)?),
            other => return Err(format!("{other:?} goes in by no type of Node's")),
        })
    }
}

/// The field of what is given that an argument is in.
fn field(act: &Act, argument: &Argument) -> String {
    match argument.shape {
        Shape::Answers => "questions".to_owned(),
        _ => act.usage.node_names.get(&argument.name).unwrap_or(&argument.name).clone(),
    }
}

fn call(owner: &str, act: &Act) -> String {
    let (name, given, engine) = (&act.name, pascal_case(&act.name), owner.to_lowercase());
    let mut parameters = vec!["given: String".to_owned()];
    let (mut before, mut within, mut fields) = (String::new(), String::new(), Vec::new());
    for argument in &act.arguments {
        let here = &argument.name;
        let mut beside = |kind: &str, value: String| {
            parameters.push(format!("{here}: {kind}"));
            before.push_str(&format!("        let {here} = {value};\n"));
        };
        match &argument.shape {
            Shape::Secret { .. } => beside("String", format!("Secret::from({here})")),
            Shape::Password => beside("String, confirm: String", format!("Typed::new({here}, confirm)")),
            Shape::Answers => beside("Vec<String>", format!("Answers::new({here})")),
            Shape::Optional(inner) => match **inner {
                Shape::Secret { .. } => beside("Option<String>", format!("{here}.map(Secret::from)")),
                Shape::Password => {
                    let typed = format!("{here}.map(|{here}| Typed::new({here}, confirm.unwrap_or_default()))");
                    beside("Option<String>, confirm: Option<String>", typed);
                }
                _ => {}
            },
            _ => {}
        }
        let field = field(act, argument);
        let mut into = |value: &str| within.push_str(&format!("            let {here} = {value};\n"));
        match &argument.shape {
            Shape::Moment => into(&format!("{field}.0")),
            Shape::Optional(inner) if **inner == Shape::Moment => into(&format!("{field}.map(|at| at.0)")),
            Shape::Source => into("super::source(source.as_deref())"),
            Shape::Answers => into(&format!("{here}.to(&{field})")),
            _ if *here != field && !is_beside(argument) => into(&field),
            _ => {}
        }
        if !is_beside(argument) || argument.shape == Shape::Answers {
            fields.push(field);
        }
    }
    let (kind, open, close) = if act.tells() {
        parameters.push("stop: &Stop, progress: Function<'_, FnArgs<(u32, u32)>, ()>".to_owned());
        before.push_str("        let mut tell = telling(stop, &progress)?;\n");
        within.push_str("            let tell = &mut tell;\n");
        ("napi::Result<AsyncTask<Work>>", "Ok(", ")")
    } else {
        ("AsyncTask<Work>", "", "")
    };
    let fields = if fields.is_empty() { String::new() } else { format!(" {} ", fields.join(", ")) };
    let (parameters, made) = (parameters.join(", "), act.made("            "));
    let mut out = format!(
        "    #[napi]\n    pub fn {name}(&self, {parameters}) -> {kind} {{\n{before}        {open}self.act(given, move \
         |{engine}, {given} {{{fields}}}: {given}| {{\n{within}{made}            {engine}.{name}({})\n        \
         }}){close}\n    }}\n",
        act.passed()
    );
    if let Some(each) = &act.usage.each {
        let fields = fields.replace(" offset,", "").replace(" limit ", " limit, .. ");
        out.push_str(&format!(
            "\n    #[napi]\n    pub fn {each}(&self, {parameters}) -> Each {{\n        self.each(given, move |{engine}, \
             {given} {{{fields}}}: {given}| {{\n{within}{made}            {engine}.{each}({}).by(limit)\n        }})\n    \
             }}\n",
            act.passed_of_all()
        ));
    }
    out
}

fn speaks_of(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

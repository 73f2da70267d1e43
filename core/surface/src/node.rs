//! Node: its words and codes, the acts that napi declares, the class that calls
//! them, and what it is to TypeScript.

use std::collections::BTreeSet;

use crate::act::{Act, Argument, Record, camel_case, pascal_case, snake_case};
use crate::docs::wrapped;
use crate::shape::Shape;
use crate::source::Source;
use crate::table::{Table, path};
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
    let one = format!("{before}/** {} */\n", paragraphs.join(" "));
    if paragraphs.len() == 1 && one.chars().count() <= 120 {
        return one;
    }
    let lines: Vec<String> =
        paragraphs.iter().map(|paragraph| wrapped(paragraph, &format!("{before} * "), 100)).collect();
    format!("{before}/**\n{}{before} */\n", lines.join(&format!("{before} *\n")))
}

const ACTS_IMPORTS: &str = "use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde::Deserialize;

use super::office::Office;
use super::{Item, page_limit};
use crate::border::Work;
use crate::show;
";

/// The acts of the office that need no hand.
pub(crate) fn acts(acts: &[Act]) -> Result<String> {
    let acts: Vec<&Act> = acts.iter().filter(|act| !act.is_by_hand("node")).collect();
    let given: Vec<String> = acts.iter().map(|act| given(act)).collect::<Result<_>>()?;
    let calls: Vec<String> = acts.iter().map(|act| call(act)).collect::<Result<_>>()?;
    Ok(format!("//! {WRITTEN}\n\n{ACTS_IMPORTS}{}\n#[napi]\nimpl Office {{\n{}}}\n", given.concat(), calls.join("\n")))
}

/// What a call is given, as serde reads it.
fn given(act: &Act) -> Result<String> {
    let mut fields = String::new();
    for argument in &act.arguments {
        let is_default = act.usage.node_default.contains(&argument.name) || argument.name == "offset";
        let default = match (&argument.shape, argument.name.as_str()) {
            (Shape::Optional(inner), _) if **inner == Shape::Moment => {
                "    #[serde(default, deserialize_with = \"crate::border::moment::option::deserialize\")]\n"
            }
            (Shape::Moment, _) => "    #[serde(deserialize_with = \"crate::border::moment::deserialize\")]\n",
            (_, "limit") => "    #[serde(default = \"page_limit\")]\n",
            _ if is_default => "    #[serde(default)]\n",
            _ => "",
        };
        fields.push_str(&format!("{default}    {}: {},\n", argument.name, kind(act, &argument.shape)?));
    }
    Ok(format!(
        "\n#[derive(Deserialize)]\n#[serde(deny_unknown_fields)]\nstruct {} {{\n{fields}}}\n",
        pascal_case(&act.name)
    ))
}

fn kind(act: &Act, shape: &Shape) -> Result<String> {
    Ok(match shape {
        Shape::Id(id) => format!("carekey::{id}"),
        Shape::Text => "String".to_owned(),
        Shape::Moment => "time::OffsetDateTime".to_owned(),
        Shape::Number(kind) => kind.clone(),
        Shape::Flag => "bool".to_owned(),
        Shape::Word(word) => path(&act.paths, word)?.to_owned(),
        Shape::Item => "Item".to_owned(),
        Shape::Optional(inner) => format!("Option<{}>", kind(act, inner)?),
        Shape::Many(inner) => format!("std::collections::BTreeSet<{}>", kind(act, inner)?),
        other => return Err(format!("{}: {other:?} goes into no act by itself", act.name)),
    })
}

fn call(act: &Act) -> Result<String> {
    let name = &act.name;
    let given = pascal_case(name);
    let parts: Vec<&str> = act.arguments.iter().map(|argument| argument.name.as_str()).collect();
    let items = act.arguments.iter().filter(|argument| argument.shape == Shape::Item);
    let items: String = items.map(|item| format!("            let {0} = {0}.into();\n", item.name)).collect();
    let made = act.made("            ");
    let called = format!("office.{name}({})", act.passed());
    let show = act.called.show.clone().or_else(|| act.answered().map(snake_case)).unwrap_or_default();
    let answer = match &act.answer {
        Shape::Unit => called,
        Shape::Id(_) => format!("Ok(serde_json::json!({called}?))"),
        Shape::Struct(_) => format!("Ok(show::{show}(&{called}?))"),
        Shape::Optional(_) => format!("Ok({called}?.as_ref().map_or(serde_json::Value::Null, show::{show}))"),
        Shape::Many(_) => format!("Ok(show::list(&{called}?, show::{show}))"),
        Shape::Page(_) => format!("Ok(show::page(&{called}?, show::{show}))"),
        other => return Err(format!("{name}: {other:?} comes out of no act by itself")),
    };
    let does = if act.answer == Shape::Unit { "done" } else { "act" };
    Ok(format!(
        "    #[napi]\n    pub fn {name}(&self, given: String) -> AsyncTask<Work> {{\n        self.{does}(given, |office, \
         {given} {{ {} }}: {given}| {{\n{items}{made}            {answer}\n        }})\n    }}\n",
        parts.join(", ")
    ))
}

/// What goes by place, and whether more comes in an object.
fn places(act: &Act) -> (Vec<&Argument>, Vec<&Argument>) {
    act.arguments.iter().partition(|argument| match &act.usage.node {
        Some(names) => names.contains(&argument.name),
        None => argument.shape.is_needed() && act.whole.is_none() && !argument.is_of_a_page(),
    })
}

/// `lib/office_acts.js`.
pub(crate) fn class(acts: &[Act]) -> Result<String> {
    let mut methods = Vec::new();
    for act in acts.iter().filter(|act| !act.is_by_hand("node")) {
        let name = camel_case(&act.name);
        let (places, rest) = places(act);
        let by_place: Vec<String> = places.iter().map(|argument| camel_case(&argument.name)).collect();
        let (said, packed) = match (by_place.is_empty(), rest.is_empty()) {
            (true, _) => ("given".to_owned(), "options(given)".to_owned()),
            (false, true) => (by_place.join(", "), format!("{{ {} }}", by_place.join(", "))),
            (false, false) => {
                (format!("{}, given", by_place.join(", ")), format!("{{ ...options(given), {} }}", by_place.join(", ")))
            }
        };
        let call = format!("later(() => this.#native.{name}(pack({packed})))");
        methods.push(if act.answer == Shape::Unit {
            format!("  async {name} ({said}) {{\n    await {call}\n  }}\n")
        } else {
            format!("  {name} ({said}) {{\n    return {call}\n  }}\n")
        });
        if let Some(each) = &act.usage.node_each {
            methods.push(format!(
                "  {each} (given) {{\n    return pages((offset) => this.{name}({{ ...options(given), offset }}))\n  }}\n"
            ));
        }
    }
    Ok(format!(
        "'use strict'\n\n// {WRITTEN}\n\nconst {{ pages }} = require('./pages')\nconst {{ later, options, pack }} = \
         require('./border')\n\n/** The acts of the office that need no hand. */\nclass OfficeActs {{\n  #native\n\n  \
         constructor (handle) {{\n    this.#native = handle\n  }}\n\n{}}}\n\nmodule.exports = {{ OfficeActs }}\n",
        methods.join("\n")
    ))
}

/// `types/office.d.ts`.
pub(crate) fn declarations(acts: &[Act], records: &[Record]) -> Result<String> {
    let mut out = String::new();
    for act in acts.iter().filter(|act| !act.is_by_hand("node")) {
        let name = camel_case(&act.name);
        let (places, rest) = places(act);
        let mut said: Vec<String> = Vec::new();
        for argument in places {
            said.push(format!("{}: {}", camel_case(&argument.name), takes(&argument.shape)?));
        }
        let of_a_page = rest.iter().any(|argument| argument.is_of_a_page());
        let mut parts = Vec::new();
        for argument in rest.iter().filter(|argument| !argument.is_of_a_page()) {
            let may_lack = !argument.shape.is_needed() || act.usage.node_default.contains(&argument.name);
            let mark = if may_lack { "?" } else { "" };
            parts.push(format!("{}{mark}: {}", camel_case(&argument.name), takes(&argument.shape)?));
        }
        let is_free = parts.iter().all(|part| part.contains("?: "));
        let object = if parts.is_empty() { String::new() } else { format!("{{ {} }}", parts.join(", ")) };
        let whole = [of_a_page.then(|| "Paging".to_owned()), Some(object.clone()).filter(|object| !object.is_empty())];
        let whole: Vec<String> = whole.into_iter().flatten().collect();
        if !whole.is_empty() {
            said.push(format!("{}{}: {}", if is_free { "options?" } else { "given" }, "", whole.join(" & ")));
        }
        let answer = act.called.node.clone().or_else(|| act.answered().map(str::to_owned)).unwrap_or_default();
        let answer = match &act.answer {
            Shape::Unit => "void".to_owned(),
            Shape::Id(_) => "Id".to_owned(),
            Shape::Optional(_) => format!("{answer} | null"),
            Shape::Many(_) => format!("{answer}[]"),
            Shape::Page(_) => format!("ListPage<{answer}>"),
            _ => answer,
        };
        let mut paragraphs = act.docs.says.clone();
        paragraphs.extend(act.docs.errors.as_ref().map(|errors| format!("Rejects with {errors}")));
        out.push_str(&comment(&paragraphs, "  "));
        out.push_str(&line(&name, &said, &format!("Promise<{answer}>")));
        if let (Some(each), Shape::Page(_)) = (&act.usage.node_each, &act.answer) {
            let row = act.answered().unwrap_or_default();
            let query = if object.is_empty() { Vec::new() } else { vec![format!("options?: {object}")] };
            out.push_str(&comment(&[format!("All of them, page by page: as `{name}`.")], "  "));
            out.push_str(&line(each, &query, &format!("AsyncGenerator<{row}, void, undefined>")));
        }
    }
    let interfaces = interfaces(records)?;
    let own: Vec<&str> = records.iter().map(|record| record.name.as_str()).collect();
    let imports = imports(acts, &own, &format!("{out}{interfaces}"));
    Ok(format!(
        "// {WRITTEN}\n\n{imports}{interfaces}\n/** The acts of the office that need no hand. */\nexport interface OfficeActs \
         {{\n{out}}}\n"
    ))
}

/// What the declarations may speak of, and where it is declared.
const DECLARED: &[(&str, &[&str])] = &[
    ("./basics", &["Finding", "Id", "Moment"]),
    (
        "./engine",
        &[
            "ApplicationRow",
            "Enrolled",
            "Invitee",
            "ListPage",
            "MessageRow",
            "Paging",
            "ReviewItem",
            "User",
            "WindowGroup",
        ],
    ),
];

/// The imports of what a text speaks of.
fn imports(acts: &[Act], own: &[&str], text: &str) -> String {
    let declared = text.lines().filter(|line| !line.trim_start().starts_with(['*', '/']));
    let spoken: BTreeSet<&str> = declared.flat_map(|line| line.split(|c: char| !c.is_alphanumeric())).collect();
    let sets: Vec<&str> = acts.first().map(|act| act.paths.keys().map(String::as_str).collect()).unwrap_or_default();
    let from = |(file, names): (&str, &[&str])| {
        let names: Vec<&str> =
            names.iter().copied().filter(|name| spoken.contains(name) && !own.contains(name)).collect();
        if names.is_empty() { String::new() } else { format!("import type {{ {} }} from '{file}'\n", names.join(", ")) }
    };
    DECLARED.iter().copied().chain([("./words", &sets[..])]).map(from).collect()
}

fn line(name: &str, said: &[String], answer: &str) -> String {
    match format!("  {name}({}): {answer}\n", said.join(", ")) {
        line if line.chars().count() <= 121 => line,
        _ => format!("  {name}({}):\n    {answer}\n", said.join(", ")),
    }
}

fn takes(shape: &Shape) -> Result<String> {
    Ok(match shape {
        Shape::Id(_) => "Id".to_owned(),
        Shape::Text => "string".to_owned(),
        Shape::Moment => "Moment".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::Flag => "boolean".to_owned(),
        Shape::Word(word) => word.clone(),
        Shape::Item => "Invitee".to_owned(),
        Shape::Optional(inner) => format!("{} | null", takes(inner)?),
        Shape::Many(inner) => format!("Iterable<{}>", takes(inner)?),
        other => return Err(format!("{other:?} goes into no act by itself")),
    })
}

/// What shows the answers that need no hand.
pub(crate) fn records(records: &[Record]) -> Result<String> {
    let mut body = String::new();
    for record in records {
        let mut fields = String::new();
        for (_, field) in &record.fields {
            let row = format!("row.{}", field.name);
            let value = match &field.shape {
                Shape::Moment => format!("moment({row})"),
                Shape::Optional(inner) if **inner == Shape::Moment => format!("moment_or_null({row})"),
                _ => row,
            };
            fields.push_str(&format!("        \"{}\": {value},\n", camel_case(&field.name)));
        }
        let show = record.called.show.clone().unwrap_or_else(|| snake_case(&record.name));
        body.push_str(&format!(
            "\npub(crate) fn {show}(row: &carekey::agency::{}) -> Value {{\n    json!({{\n{fields}    }})\n}}\n",
            record.name
        ));
    }
    let moments = match (body.contains(" moment("), body.contains("moment_or_null(")) {
        (true, true) => "\nuse super::{moment, moment_or_null};\n",
        (true, false) => "\nuse super::moment;\n",
        (false, true) => "\nuse super::moment_or_null;\n",
        (false, false) => "",
    };
    Ok(format!("//! {WRITTEN}\n\nuse serde_json::{{Value, json}};\n{moments}{body}"))
}

/// The same, to TypeScript.
fn interfaces(records: &[Record]) -> Result<String> {
    let mut out = String::new();
    for record in records {
        out.push('\n');
        out.push_str(&comment(&[record.docs.first().to_owned()], ""));
        out.push_str(&format!("export interface {} {{\n", record.called.node.as_deref().unwrap_or(&record.name)));
        for (docs, field) in &record.fields {
            out.push_str(&comment(&[docs.first().to_owned()], "  "));
            out.push_str(&format!("  {}: {}\n", camel_case(&field.name), gives(&field.shape)?));
        }
        out.push_str("}\n");
    }
    Ok(out)
}

fn gives(shape: &Shape) -> Result<String> {
    Ok(match shape {
        Shape::Moment => "Date".to_owned(),
        Shape::Optional(inner) => format!("{} | null", gives(inner)?),
        Shape::Many(inner) => format!("{}[]", gives(inner)?),
        other => takes(other)?,
    })
}

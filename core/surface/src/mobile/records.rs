//! Swift and Kotlin: the structs that they have as the core has them, each with
//! the way over.

use syn::{GenericArgument, PathArguments, Type};

use crate::docs::{Docs, spelled, wrapped};
use crate::source::{Source, Struct};
use crate::table::{Mirrored, Mirrors, Table, Way};
use crate::{Result, WRITTEN};

/// What the structs of every library are made of.
const USES: &str = "\
use std::collections::HashSet;

use crate::finding::Finding;
use crate::snapshot::Whose;
use crate::types::*;
use crate::words::*;
";

/// And those of offices.
const OFFICE_USES: &str = "\
use std::collections::{HashMap, HashSet};

use super::preview::Who;
use super::words::*;
use crate::finding::{Finding, Param};
use crate::records::*;
use crate::types::*;
use crate::words::*;
";

/// The file of every library.
pub(crate) fn records(source: &Source, table: &Table) -> Result<String> {
    file(USES, &table.mobile_records, source, table)
}

/// That for offices.
pub(crate) fn office_records(source: &Source, table: &Table) -> Result<String> {
    file(OFFICE_USES, &table.mobile_office_records, source, table)
}

fn file(uses: &str, mirrors: &Mirrors, source: &Source, table: &Table) -> Result<String> {
    let records = mirrors.iter().map(|(name, mirrored)| record(name, mirrored, source, table));
    Ok(format!("//! {WRITTEN}\n\n{uses}{}", records.collect::<Result<String>>()?))
}

/// A value of the core's on its way.
struct Value {
    /// Its type there.
    kind: String,
    /// What is done with it on the way out, and in.
    out: String,
    into: String,
}

impl Value {
    fn same(kind: &str) -> Self {
        Self { kind: kind.to_owned(), out: String::new(), into: String::new() }
    }

    fn converted(kind: &str) -> Self {
        Self { out: ".into()".to_owned(), into: ".into()".to_owned(), ..Self::same(kind) }
    }

    fn each(self, kind: &str) -> Self {
        let each = |way: &str| if way.is_empty() { "" } else { ".into_iter().map(Into::into).collect()" }.to_owned();
        Self { kind: format!("{kind}<{}>", self.kind), out: each(&self.out), into: each(&self.into) }
    }

    fn or_nothing(self) -> Self {
        let map = |way: &str| match way {
            "" => String::new(),
            ".into()" => ".map(Into::into)".to_owned(),
            way => format!(".map(|it| it{way})"),
        };
        Self { kind: format!("Option<{}>", self.kind), out: map(&self.out), into: map(&self.into) }
    }

    fn of(kind: &Type, table: &Table) -> Self {
        match kind {
            Type::Reference(lent) => Self::of(&lent.elem, table),
            Type::Slice(slice) => Self::of(&slice.elem, table).each("Vec"),
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return Self::same("()") };
                let inner = match &last.arguments {
                    PathArguments::AngleBracketed(inside) => inside.args.iter().find_map(|inside| match inside {
                        GenericArgument::Type(kind) => Some(Self::of(kind, table)),
                        _ => None,
                    }),
                    _ => None,
                };
                Self::named(&last.ident.to_string(), inner, table)
            }
            _ => Self::same("a type of its own"),
        }
    }

    fn named(name: &str, inner: Option<Self>, table: &Table) -> Self {
        match (name, inner) {
            ("Option", Some(inner)) => inner.or_nothing(),
            ("Vec", Some(inner)) => inner.each("Vec"),
            // Sets of the core's are ordered.
            ("BTreeSet", Some(inner)) => inner.each("HashSet"),
            ("str", _) => Self::same("String"),
            ("OffsetDateTime", _) => Self::same("Moment"),
            ("Uuid", _) => Self::same("Identifier"),
            ("usize", _) => Self { out: ".try_into().unwrap_or(u64::MAX)".to_owned(), ..Self::same("u64") },
            ("Code", _) => Self { out: ".to_string()".to_owned(), ..Self::same("String") },
            ("ImportedHash", _) => {
                Self { out: ".reveal().to_owned()".to_owned(), into: ".into()".to_owned(), ..Self::same("String") }
            }
            ("Params", _) => {
                let each = ".into_iter().map(|(name, value)| (name, value.into())).collect()".to_owned();
                Self { kind: "HashMap<String, Param>".to_owned(), out: each.clone(), into: each }
            }
            ("String" | "bool" | "u8" | "u32" | "u64" | "i64", _) => Self::same(name),
            _ if name.ends_with("Id") => Self::same(name),
            _ => Self::converted(table.mobile_name(name).unwrap_or(name)),
        }
    }
}

/// A field: its name there, its documentation, and the way of what is in it.
struct Part<'a> {
    core: &'a str,
    name: &'a str,
    docs: &'a Docs,
    value: Value,
    is_asked: bool,
}

fn parts<'a>(found: &'a Struct, mirrored: &'a Mirrored, source: &'a Source, table: &Table) -> Result<Vec<Part<'a>>> {
    let field = |field: &'a crate::source::Field| Part {
        core: &field.name,
        name: mirrored.names.get(&field.name).unwrap_or(&field.name),
        docs: &field.docs,
        value: Value::of(&field.kind, table),
        is_asked: false,
    };
    let mut parts: Vec<Part<'_>> = found.fields.iter().map(field).collect();
    for (name, after) in &mirrored.asks {
        let method = source.methods.iter().find(|method| method.owner == found.name && method.name == *name);
        let Some((method, answer)) = method.and_then(|method| Some((method, method.answer.as_ref()?))) else {
            return Err(format!("{} cannot be asked for its {name}", found.name));
        };
        let place = parts.iter().position(|part| part.core == after).map_or(0, |place| place + 1);
        let value = Value::of(answer, table);
        parts.insert(place, Part { core: name, name, docs: &method.docs, value, is_asked: true });
    }
    Ok(parts)
}

fn said(says: &str, before: &str) -> String {
    wrapped(&spelled(says, |name| name.replace("::", ".")), before, 80)
}

fn record(name: &str, mirrored: &Mirrored, source: &Source, table: &Table) -> Result<String> {
    let path = &mirrored.of;
    let mut way = path.rsplit("::");
    let (core, module) = (way.next().unwrap_or_default(), way.next().unwrap_or_default());
    let found = source.record(module, core)?;
    let parts = parts(found, mirrored, source, table)?;

    let mut fields = String::new();
    for part in &parts {
        fields.push_str(&said(part.docs.first(), "    /// "));
        if mirrored.needed.as_ref().is_some_and(|needed| !needed.iter().any(|needed| needed == part.core)) {
            fields.push_str("    #[uniffi(default)]\n");
        }
        fields.push_str(&format!("    pub {}: {},\n", part.name, part.value.kind));
    }
    let debug = if mirrored.own_debug { ("", "#[uniffi::export(Debug)]\n") } else { ("Debug, ", "") };
    let mut out = format!(
        "\n{}#[derive({}Clone, PartialEq, Eq, uniffi::Record)]\n{}pub struct {name} {{\n{fields}}}\n",
        said(&format!("{} {}", found.docs.first(), mirrored.says), "/// "),
        debug.0,
        debug.1,
    );
    if matches!(mirrored.goes, Way::Out | Way::Both) {
        let asked = parts.iter().filter(|part| part.is_asked);
        let asked: String = asked.map(|part| format!("        let {} = it.{}();\n", part.name, part.core)).collect();
        let set = |part: &Part<'_>| match (part.is_asked, &*part.value.out) {
            (true, "") => part.name.to_owned(),
            (true, out) => format!("{0}: {0}{out}", part.name),
            (false, out) => format!("{}: it.{}{out}", part.name, part.core),
        };
        out.push_str(&from(path, name, &asked, parts.iter().map(set).collect()));
    }
    if matches!(mirrored.goes, Way::In | Way::Both) {
        let set = |part: &Part<'_>| match &*part.value.kind {
            // What is said of it is found anew.
            "Vec<Finding>" => format!("{}: Vec::new()", part.core),
            _ => format!("{}: it.{}{}", part.core, part.name, part.value.into),
        };
        out.push_str(&from(name, path, "", parts.iter().map(set).collect()));
    }
    Ok(out)
}

fn from(from: &str, to: &str, asked: &str, set: Vec<String>) -> String {
    let set = match format!("        Self {{ {} }}", set.join(", ")) {
        line if line.len() <= 120 => line,
        _ => format!("        Self {{\n            {},\n        }}", set.join(",\n            ")),
    };
    format!("\nimpl From<{from}> for {to} {{\n    fn from(it: {from}) -> Self {{\n{asked}{set}\n    }}\n}}\n")
}

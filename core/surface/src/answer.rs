//! What comes out: structs of the core, field by field.

use crate::Result;
use crate::act::Argument;
use crate::docs::Docs;
use crate::source::{Field, Source};
use crate::table::{Answer, Table};

/// A struct that comes out, and may go in.
pub(crate) struct Record {
    /// Its name in Rust.
    pub(crate) name: String,
    /// The module of the core that it is in.
    pub(crate) module: String,
    /// Its path in Rust.
    pub(crate) path: String,
    pub(crate) docs: Docs,
    /// Its fields, those of a struct that is flat in it in its place.
    pub(crate) fields: Vec<Part>,
    /// The structs that are flat in it: the field, and its path in Rust.
    pub(crate) flat: Vec<(String, String)>,
    pub(crate) usage: Answer,
}

impl Record {
    /// Whether it goes in alone: the core's borrows, and a call makes one.
    pub(crate) fn goes_in_alone(&self) -> bool {
        self.usage.new.is_some() && self.fields.iter().any(|part| part.field.is_borrowed)
    }
}

/// One field.
pub(crate) struct Part {
    pub(crate) docs: Docs,
    pub(crate) field: Argument,
    /// The field that it is in, where a struct is flat.
    pub(crate) within: Option<String>,
}

impl Part {
    /// Where it is, from the struct.
    pub(crate) fn place(&self) -> String {
        let within = self.within.iter().map(|field| format!("{field}."));
        within.chain([self.field.name.clone()]).collect()
    }
}

/// All that `surface.toml` tells of.
pub(crate) fn all(source: &Source, table: &Table) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for (module, answers) in &table.answers {
        for (name, usage) in answers {
            records.push(record(module, name, usage, source)?);
        }
    }
    Ok(records)
}

fn record(module: &str, name: &str, usage: &Answer, source: &Source) -> Result<Record> {
    let found = source.record(module, name)?;
    let mut fields = Vec::new();
    let mut flat = Vec::new();
    let part = |field: &Field, within: Option<&Field>| Part {
        docs: field.docs.clone(),
        field: Argument::of(field, source),
        within: within.map(|within| within.name.clone()),
    };
    for field in &found.fields {
        match usage.flat.get(&field.name) {
            Some(path) => {
                let inner = source.record(module, path.rsplit("::").next().unwrap_or(path))?;
                fields.extend(inner.fields.iter().map(|inner| part(inner, Some(field))));
                flat.push((field.name.clone(), path.clone()));
            }
            None => fields.push(part(field, None)),
        }
    }
    Ok(Record {
        name: name.to_owned(),
        module: module.to_owned(),
        path: format!("carekey::{module}::{name}"),
        docs: found.docs.clone(),
        fields,
        flat,
        usage: usage.clone(),
    })
}

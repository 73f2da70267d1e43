//! What TypeScript calls the structs that a host makes, or reads back as it
//! made them.

use super::{Border, comment};
use crate::act::{Argument, camel_case};
use crate::shape::Shape;
use crate::source::Source;
use crate::table::Given;
use crate::{Result, WRITTEN};

impl Border<'_> {
    /// `types/given.d.ts`.
    pub(crate) fn hosts_make(&self, source: &Source) -> Result<String> {
        let given = self.table.node_given.iter();
        let body = given.map(|(name, given)| interface(name, given, source)).collect::<Result<String>>()?;
        Ok(format!("// {WRITTEN}\n\n{}{body}", self.imports("given", &body)))
    }
}

fn interface(name: &str, given: &Given, source: &Source) -> Result<String> {
    let mut path = given.of.rsplit("::");
    let (core, module) = (path.next().unwrap_or_default(), path.next().unwrap_or_default());
    let found = source.record(module, core)?;
    let says = format!("{} {}", found.docs.first(), given.says);
    let extends = given.extends.as_ref().map_or_else(String::new, |other| format!(" extends {other}"));
    let mut out = format!("\n{}export interface {name}{extends} {{\n", comment(&[says.trim_end().to_owned()], ""));
    for field in found.fields.iter().filter(|field| !given.without.contains(&field.name)) {
        let may_lack = given.needed.as_ref().is_some_and(|needed| !needed.contains(&field.name));
        let kind = match given.types.get(&field.name) {
            Some(kind) => kind.clone(),
            None => kind(&Argument::of(field, source).shape)
                .ok_or_else(|| format!("surface.toml does not say what {name} has as its {}", field.name))?,
        };
        out.push_str(&comment(&[field.docs.first_with("`null`")], "  "));
        out.push_str(&format!("  {}{}: {kind}\n", camel_case(&field.name), if may_lack { "?" } else { "" }));
    }
    Ok(out + "}\n")
}

fn kind(shape: &Shape) -> Option<String> {
    Some(match shape {
        Shape::Id(_) => "Id".to_owned(),
        Shape::Text => "string".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::Flag => "boolean".to_owned(),
        Shape::Moment => "Moment".to_owned(),
        Shape::Finding => "Finding".to_owned(),
        Shape::Word(name) | Shape::Struct(name) => name.clone(),
        Shape::Optional(inner) => format!("{} | null", kind(inner)?),
        Shape::Many(inner) => format!("{}[]", kind(inner)?),
        _ => return None,
    })
}

//! The classes of what comes out.

use super::signature::{Said, signature};
use super::{Border, docstring, first};
use crate::answer::{Part, Record};
use crate::shape::Shape;
use crate::{Result, WRITTEN};

/// How a call makes an object.
struct Made {
    attributes: String,
    arguments: String,
    names: Vec<String>,
}

impl Border<'_> {
    /// The file of the classes.
    pub(crate) fn answers(&self) -> Result<String> {
        let held = self.answers.iter().filter(|record| record.usage.held).map(|record| self.held(record));
        let classes: Vec<String> =
            self.written().map(|record| self.answer(record)).chain(held).collect::<Result<_>>()?;
        let body = classes.concat();
        let arguments = ["Bytes", "Count", "Flag", "Id", "Many", "Moment", "Named", "Object", "Text", "Whole", "Word"];
        let own: [(&str, &[&str]); 5] = [
            ("crate::arg", &arguments),
            ("crate::finding", &["Finding", "ParamArg"]),
            ("crate::over", &["Over"]),
            ("crate::record", &["record"]),
            ("crate::secret", &["Secret", "SecretArg"]),
        ];
        Ok(format!(
            "//! {WRITTEN}\n\nuse pyo3::prelude::*;\nuse pyo3::types::PyDict;\n\n{}{body}",
            self.imports(&own, &body)
        ))
    }

    fn answer(&self, record: &Record) -> Result<String> {
        let (name, path, alone) = (&record.name, &record.path, record.goes_in_alone());
        let mut fields = String::new();
        for part in &record.fields {
            let kind = self.comes_out(&part.field.shape)?;
            fields.push_str(&docstring(&[first(&part.docs)], None, "        "));
            let over = if alone { String::new() } else { format!(" = core.{}.over()", part.place()) };
            fields.push_str(&format!("        {}: {kind}{over},\n", part.field.name));
        }
        let says: Vec<String> = [first(&record.docs)].into_iter().chain(record.usage.python_says.clone()).collect();
        let says = docstring(&[says.join(" ")], record.usage.python_example.as_deref(), "    ");
        let row = if record.usage.row { "row " } else { "" };
        let (new, core) = match &record.usage.new {
            Some(new) => self.constructor(record, new)?,
            None => Default::default(),
        };
        let from = if alone { String::new() } else { format!(" from {path} as core") };
        let core = if alone { String::new() } else { core };
        Ok(format!("\nrecord! {{\n{says}    {row}{name}{from} {{\n{fields}    }}\n{new}}}\n{core}"))
    }

    /// How a call makes one, and what the core gets of it: nothing that a call
    /// cannot say.
    fn constructor(&self, record: &Record, signed: &str) -> Result<(String, String)> {
        let Made { attributes, arguments, names: said } = self.made(record, signed)?;
        let is_said = |part: &&Part| said.contains(&part.field.name);
        let field = |part: &Part| {
            let name = &part.field.name;
            match part.field.shape {
                _ if !is_said(&part) => format!("{name}: Default::default()"),
                Shape::Struct(_) => format!("{name}: {name}.0.get().clone()"),
                _ => format!("{name}: {name}.over()"),
            }
        };
        let fields: Vec<String> = record.fields.iter().map(field).collect();
        let new = format!(
            "    methods {{\n{attributes}        fn new({arguments}) -> Self {{\n            Self {{ {} }}\n        \
             }}\n    }}\n",
            fields.join(", ")
        );
        let given = |part: &Part| match &part.field.name {
            name if is_said(&part) => format!("{name}: self.{name}.over()"),
            name => format!("{name}: Default::default()"),
        };
        let own = record.fields.iter().filter(|part| part.within.is_none()).map(given);
        let flat = record.flat.iter().map(|(field, path)| {
            let parts = record.fields.iter().filter(|part| part.within.as_ref() == Some(field)).map(given);
            format!("{field}: {path} {{ {} }}", parts.collect::<Vec<_>>().join(", "))
        });
        let core: Vec<String> = own.chain(flat).collect();
        let (name, path) = (&record.name, &record.path);
        let core = format!(
            "\nimpl Over<{path}> for {name} {{\n    fn over(self) -> {path} {{\n        {path} {{ {} }}\n    }}\n}}\n",
            core.join(", ")
        );
        Ok((new, core))
    }

    /// The fields of a class that holds the core's struct, as it is now; and how
    /// one is made that was stored.
    fn held(&self, record: &Record) -> Result<String> {
        let (name, path) = (self.class(&record.name)?, &record.path);
        let mut methods = Vec::new();
        if let Some(new) = &record.usage.new {
            let Made { attributes, arguments, names } = self.made(record, new)?;
            let given: Vec<String> = names.iter().map(|name| format!("{name}: {name}.over()")).collect();
            let fields: Vec<String> = record.fields.iter().map(|part| format!("\"{}\"", part.field.name)).collect();
            let fields = fields.join(", ");
            methods.push(format!(
                "    /// One that was stored.\n{attributes}    fn new({arguments}) -> Self {{\n        Self::hold({path} \
                 {{ {} }})\n    }}\n\n    /// The fields by name, as :class:`{name}` takes them.\n    fn to_dict<'py>(slf: \
                 &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {{\n        crate::record::to_dict(slf.as_any(), \
                 &[{fields}])\n    }}\n\n    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {{\n        \
                 crate::record::repr(slf.as_any(), \"{name}\", &[{fields}])\n    }}\n",
                given.join(", ")
            ));
        }
        for part in &record.fields {
            let clone = if part.field.shape.is_copied() { "" } else { ".clone()" };
            methods.push(format!(
                "{}    #[getter]\n    fn {}(&self) -> {} {{\n        self.look(|core| core.{}{clone}.over())\n    }}\n",
                docstring(&[first(&part.docs)], None, "    "),
                part.field.name,
                self.comes_out(&part.field.shape)?,
                part.place()
            ));
        }
        Ok(format!("\n#[pymethods]\nimpl {name} {{\n{}}}\n", methods.join("\n")))
    }

    /// What the signature of a constructor says.
    fn made(&self, record: &Record, signed: &str) -> Result<Made> {
        let mut said: (Vec<Said>, Vec<Said>) = Default::default();
        let mut by_name = false;
        for argument in signed.split(", ") {
            let (name, default) = match argument.split_once(" = ") {
                _ if argument == "*" => {
                    by_name = true;
                    continue;
                }
                Some((name, default)) => (name, Some(default)),
                None => (argument, None),
            };
            let part = record.fields.iter().find(|part| part.field.name == name);
            let part = part.ok_or_else(|| format!("surface.toml: {} has no {name}", record.name))?;
            let kind = self.goes_in(&part.field.shape)?;
            let default = default.map(|shown| self.default(&kind, &part.field.shape, shown)).transpose()?;
            let list = if by_name { &mut said.1 } else { &mut said.0 };
            list.push(Said { name: name.to_owned(), kind, default });
        }
        let (places, names): (Vec<&Said>, Vec<&Said>) = (said.0.iter().collect(), said.1.iter().collect());
        let all = || places.iter().chain(&names);
        let many = "#[allow(clippy::too_many_arguments, reason = \"they are keywords\")]\n";
        let many = (all().count() > 7).then(|| many.to_owned());
        let attributes = ["#[new]\n".to_owned(), signature(None, &places, &names)].into_iter().chain(many);
        Ok(Made {
            attributes: attributes.map(|line| format!("        {line}")).collect(),
            arguments: all().map(|said| said.declared()).collect::<Vec<_>>().join(", "),
            names: all().map(|said| said.name.clone()).collect(),
        })
    }

    /// A default in Rust, and as it is shown.
    pub(super) fn default(&self, kind: &str, shape: &Shape, shown: &str) -> Result<(String, String)> {
        let outer = kind.split('<').next().unwrap_or(kind);
        let rust = match (shape, shown) {
            (_, "None") => "None".to_owned(),
            (_, "False") => format!("{outer}(false)"),
            (_, "0") => format!("{outer}(0)"),
            (_, "()" | "{}" | "b''") => format!("{outer}(Vec::new())"),
            (Shape::Word(set), word) => {
                let words = self.source.words.get(set).map(|set| set.words.iter()).into_iter().flatten();
                let variant = words.into_iter().find(|found| word.trim_matches('\'') == found.word);
                let variant = variant.ok_or_else(|| format!("surface.toml: {word} is no {set}"))?;
                format!("Word({}::{})", self.table.path(set)?, variant.variant)
            }
            _ => return Err(format!("surface.toml: {shown} is no default of a {kind}")),
        };
        Ok((rust, shown.to_owned()))
    }
}

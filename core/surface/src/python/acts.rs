//! The acts that need no hand.

use super::signature::{Said, signature};
use super::{Border, docstring, marked};
use crate::act::{Act, Argument};
use crate::shape::Shape;
use crate::{Result, WRITTEN};

impl Border<'_> {
    /// The file of the acts of a class.
    pub(crate) fn acts(&self, owner: &str, acts: &[Act]) -> Result<String> {
        let acts = acts.iter().filter(|act| !act.is_by_hand("python"));
        let written: Vec<String> = acts.map(|act| self.act(owner, act)).collect::<Result<_>>()?;
        let body = format!("#[pymethods]\nimpl {owner} {{\n{}}}\n", written.join("\n"));
        let classes: Vec<&str> = self.written().map(|record| record.name.as_str()).collect();
        let own: [(&str, &[&str]); 7] = [
            ("super", &["Agency", "Answers", "Office", "Typed", "item", "whose"]),
            ("crate::answers", &classes),
            ("crate::arg", &["Count", "Flag", "Id", "Many", "Moment", "Text", "Word", "text"]),
            ("crate::error", &["run"]),
            ("crate::over", &["Over"]),
            ("crate::secret", &["SecretArg"]),
            ("crate::table", &["PagesOf", "Table", "TableOf"]),
        ];
        Ok(format!("//! {WRITTEN}\n\nuse pyo3::prelude::*;\n\n{}\n{body}", self.imports(&own, &body)))
    }

    fn act(&self, owner: &str, act: &Act) -> Result<String> {
        let pages = matches!(act.answer, Shape::Page(_));
        let of_page = |argument: &&Argument| pages && argument.is_of_a_page();
        let mut arguments = Vec::new();
        let is_said = |argument: &&Argument| !of_page(argument) && argument.shape != Shape::Progress;
        for argument in act.arguments.iter().filter(is_said) {
            arguments.extend(self.said(act, argument)?);
        }
        if act.tells() {
            arguments.push(Said::optional("progress", "&Bound<'_, PyAny>"));
        }
        if pages {
            let default = Some(("Count(500)".to_owned(), "500".to_owned()));
            arguments.push(Said { name: "page".to_owned(), kind: "Count".to_owned(), default });
        }
        let by_place = |said: &Said| match &act.usage.python {
            Some(names) => names.contains(&said.name),
            None => said.default.is_none() && !act.has_parts(),
        };
        let (places, names): (Vec<&Said>, Vec<&Said>) = arguments.iter().partition(|said| by_place(said));
        let mut out = self.docs(act)?;
        if !names.is_empty() || places.iter().any(|said| said.default.is_some()) {
            out.push_str(&format!("    {}", signature(Some("$self"), &places, &names)));
        }
        if arguments.len() > 5 {
            out.push_str("    #[allow(clippy::too_many_arguments, reason = \"they are keywords\")]\n");
        }
        let declared: Vec<String> = places.iter().chain(&names).map(|said| said.declared()).collect();
        let declared = declared.join(", ");
        let renamed = act.usage.python_names.iter().map(|(core, here)| format!("        let {core} = {here};\n"));
        let taken = if act.tells() { taken } else { read };
        let read = act.arguments.iter().filter(is_said).filter_map(taken);
        let read: String = renamed.chain(read).chain([act.made("        ")]).collect();
        let (name, passed, engine) = (&act.name, act.passed(), owner.to_lowercase());
        let answer = self.comes_out(act.answered())?;
        let comma = if declared.is_empty() { "" } else { ", " };
        if act.tells() {
            return Ok(format!(
                "{out}    fn {name}(&self, py: Python<'_>{comma}{declared}) -> PyResult<TableOf<{answer}>> {{\n{read}        \
                 self.many(py, progress, |{engine}, tell| {engine}.{name}({passed}))\n    }}\n"
            ));
        }
        let (kind, over) = match &act.answer {
            Shape::Page(_) => {
                let each = act.usage.each.as_ref().ok_or_else(|| format!("{name}: what goes through all pages?"))?;
                return Ok(format!(
                    "{out}    fn {name}(&self, {declared}) -> PagesOf<{answer}> {{\n{read}        self.pages(page, move \
                     |{engine}| {engine}.{each}({}))\n    }}\n",
                    act.passed_of_all()
                ));
            }
            Shape::Unit => (answer, ""),
            Shape::Many(_) => (format!("TableOf<{answer}>"), ".map(Table::of)"),
            other => (self.comes_out(other)?, ".map(Over::over)"),
        };
        Ok(format!(
            "{out}    fn {name}(&self, py: Python<'_>{comma}{declared}) -> PyResult<{kind}> {{\n        let {engine} = \
             self.get(py)?;\n{read}        run(py, || {engine}.{name}({passed})){over}\n    }}\n"
        ))
    }

    fn said(&self, act: &Act, argument: &Argument) -> Result<Vec<Said>> {
        let name = act.usage.python_names.get(&argument.name).unwrap_or(&argument.name).clone();
        Ok(match &argument.shape {
            Shape::Item | Shape::Whose => ["party", "application"].map(|name| Said::optional(name, "Id")).into(),
            Shape::Source => vec![Said::optional(&name, "Text")],
            Shape::Password => {
                let password = Said { name, kind: "SecretArg".to_owned(), default: None };
                vec![password, Said::optional("confirm", "SecretArg")]
            }
            Shape::Optional(inner) if **inner == Shape::Password => {
                [&name, "confirm"].map(|name| Said::optional(name, "SecretArg")).into()
            }
            shape => {
                let default = act.usage.python_default.get(&argument.name).cloned();
                let nothing = || (!shape.is_needed()).then(|| ("None".to_owned(), "None".to_owned()));
                vec![Said { name, kind: self.goes_in(shape)?, default: default.or_else(nothing) }]
            }
        })
    }

    fn docs(&self, act: &Act) -> Result<String> {
        let mut paragraphs: Vec<String> = act.docs.says.iter().map(|says| marked(says)).collect();
        let answer = self.comes_out(act.answered())?;
        match act.answer {
            Shape::Page(_) => paragraphs.push(format!("An iterator of :class:`{answer}` that reads page by page.")),
            Shape::Many(_) if act.tells() => {
                paragraphs.push(format!(
                    "A table of :class:`{answer}`, one for each. ``progress`` is a call, or a tqdm bar."
                ));
            }
            Shape::Many(_) => paragraphs.push(format!("A table of :class:`{answer}`.")),
            _ => {}
        }
        let takes = |shape: Shape| act.arguments.iter().any(|argument| argument.shape == shape);
        if takes(Shape::Whose) {
            paragraphs.push("Whose: of a ``party``, of an ``application``, or with neither one's own.".to_owned());
        }
        if takes(Shape::Password) {
            paragraphs.push("Without ``confirm``, the host has compared the two.".to_owned());
        }
        paragraphs.extend(act.docs.errors.as_ref().map(|errors| format!("Raises {}", raised(&marked(errors)))));
        Ok(docstring(&paragraphs, act.usage.python_example.as_deref(), "    "))
    }
}

/// The classes of errors, by how their codes begin or end. All others are what
/// is wrong with what was given.
const CLASSES: [(&str, &str); 10] = [
    ("internal.fault", "InternalError"),
    ("key.length", "ConfigurationError"),
    ("actor.not_allowed", "NotAllowed"),
    (".not_found", "NotFound"),
    ("account.deleted", "NotFound"),
    ("party.merged", "NotFound"),
    (".refused", "RefusedError"),
    ("session.ended", "RefusedError"),
    ("invitation.expired", "RefusedError"),
    ("history.", "StoreError"),
];
const INVALID: &str = "InvalidInput";

/// The errors with their classes, each said where another began.
pub(super) fn raised(errors: &str) -> String {
    let mut last = "";
    let mut out = String::new();
    for (place, part) in errors.split("``").enumerate() {
        if place % 2 == 0 {
            out.push_str(&part.replace("those of the store", ":class:`StoreError`"));
            continue;
        }
        let is_code = part.contains('.') && !part.contains(char::is_uppercase);
        let of = CLASSES.iter().find(|(code, _)| part.starts_with(code) || part.ends_with(code));
        let class = of.map_or(INVALID, |(_, class)| class);
        if is_code && class != last {
            out.push_str(&format!(":class:`{class}` "));
            last = class;
        }
        out.push_str(&format!("``{part}``"));
    }
    out.replace("the findings about", &format!(":class:`{INVALID}` with the findings about"))
}

/// The same, of what the core borrows as a list.
pub(super) fn taken(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    match &argument.shape {
        Shape::Bytes { key: true } => Some(format!("        let {name} = {name}.key(py)?;\n")),
        Shape::Bytes { key: false } => Some(format!("        let {name} = {name}.0;\n")),
        Shape::Many(_) if argument.is_borrowed => Some(format!("        let {name}: Vec<_> = {name}.over();\n")),
        Shape::Other(_) => Some(format!("        let {name} = {name}.over();\n")),
        _ => read(argument),
    }
}

/// The line that makes of an argument what the core takes.
pub(super) fn read(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    let value = match &argument.shape {
        Shape::Item => "item(py, party, application)?".to_owned(),
        Shape::Whose => "whose(py, party, application)?".to_owned(),
        Shape::Source => format!("super::source({name})"),
        Shape::Answers => format!("{name}.borrowed()"),
        Shape::Password => format!("Typed::of({name}, confirm)"),
        Shape::Text | Shape::Secret { .. } => format!("{name}.0"),
        Shape::Optional(inner) => match &**inner {
            // The argument would hide what reads it.
            Shape::Text if name == "text" => "crate::arg::text(text)".to_owned(),
            Shape::Text => format!("text({name})"),
            Shape::Password => format!("{name}.map(|{name}| Typed::of({name}, confirm))"),
            Shape::Secret { .. } => format!("{name}.map(|{name}| {name}.0)"),
            _ => format!("{name}.over()"),
        },
        Shape::Other(_) => return None,
        _ => format!("{name}.over()"),
    };
    Some(format!("        let {name} = {value};\n"))
}

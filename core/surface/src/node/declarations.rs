//! What the acts and what comes out are to TypeScript.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{Border, called, comment, places};
use crate::act::{Act, Argument, camel_case};
use crate::answer::Record;
use crate::shape::Shape;
use crate::{Result, WRITTEN, files};

/// The types that hands declare in a folder, and in which file.
pub(crate) fn declared(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut declared = BTreeMap::new();
    for file in files(folder, |name| name.ends_with(".d.ts"))? {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().trim_end_matches(".d.ts");
        if text.contains(WRITTEN) {
            continue;
        }
        for line in text.lines().filter_map(|line| line.strip_prefix("export ")) {
            let mut words = line.split(|c: char| !c.is_alphanumeric());
            if let (Some("interface" | "type" | "class"), Some(found)) = (words.next(), words.next()) {
                declared.insert(found.to_owned(), name.to_owned());
            }
        }
    }
    Ok(declared)
}

impl Border<'_> {
    /// The structs that are shown by no hand.
    pub(super) fn written(&self) -> impl Iterator<Item = &Record> {
        self.answers.iter().filter(|record| self.by_hand(&record.name).is_none())
    }

    /// What a struct is called, if hands show it.
    fn by_hand(&self, name: &str) -> Option<&str> {
        self.table.types.get(name).and_then(|own| own.node.as_deref())
    }

    /// `types/answers.d.ts`.
    pub(crate) fn interfaces(&self) -> Result<String> {
        let mut body = String::new();
        for record in self.written() {
            let name = self.named(&record.name);
            // One that is no name is said where it is.
            let is_given = self.table.node_given.contains_key(&name);
            if name.starts_with('{') || is_given || self.declared.contains_key(&name) {
                continue;
            }
            body.push_str(&format!("\n{}export interface {name} {{\n", comment(&[record.docs.first().to_owned()], "")));
            for part in &record.fields {
                body.push_str(&comment(&[part.docs.first_with("`null`")], "  "));
                body.push_str(&format!("  {}: {}\n", camel_case(&part.field.name), self.comes_out(&part.field.shape)?));
            }
            body.push_str("}\n");
        }
        Ok(format!("// {WRITTEN}\n\n{}{body}", self.imports("answers", &body)))
    }

    /// The declarations of the acts of a class.
    pub(crate) fn declarations(&self, owner: &str, acts: &[Act]) -> Result<String> {
        let acts = acts.iter().filter(|act| !act.is_by_hand("node"));
        let body: String = acts.map(|act| self.act(act)).collect::<Result<_>>()?;
        let class = owner.to_lowercase();
        Ok(format!(
            "// {WRITTEN}\n\n{}\n/** The acts of the {class} that need no hand. */\nexport interface {owner}Acts \
             {{\n{body}}}\n",
            self.imports(&class, &body)
        ))
    }

    fn act(&self, act: &Act) -> Result<String> {
        let name = camel_case(&act.name);
        let (places, rest) = places(act);
        let mut said: Vec<String> = Vec::new();
        for argument in places {
            said.push(format!("{}: {}", called(act, argument), self.takes(act, argument, &argument.shape)?));
        }
        let mut wholes = Vec::new();
        let mut parts = Vec::new();
        for argument in rest.iter().filter(|argument| !argument.is_of_a_page()) {
            match &argument.shape {
                Shape::Source => wholes.push("From"),
                Shape::Progress => wholes.push("UnderWay"),
                Shape::Password => wholes.push("TypedTwice"),
                Shape::Optional(inner) if **inner == Shape::Password => wholes.push("Partial<TypedTwice>"),
                shape => {
                    let may_lack = !shape.is_needed() || act.usage.node_default.contains(&argument.name);
                    let mark = if may_lack { "?" } else { "" };
                    parts.push(format!("{}{mark}: {}", called(act, argument), self.takes(act, argument, shape)?));
                }
            }
        }
        let has = |name| rest.iter().any(|argument| argument.name == name);
        // What is followed from a cursor has no offset.
        let paging = match (has("offset"), has("limit")) {
            (true, _) => Some("Paging"),
            (false, true) => Some("Omit<Paging, 'offset'>"),
            (false, false) => None,
        };
        let is_free = parts.iter().all(|part| part.contains("?: ")) && !wholes.contains(&"TypedTwice");
        let object = if parts.is_empty() { String::new() } else { format!("{{ {} }}", parts.join(", ")) };
        let whole = paging.into_iter().chain(wholes).chain((!object.is_empty()).then_some(&*object));
        let whole: Vec<&str> = whole.collect();
        let by_place = said.clone();
        if !whole.is_empty() {
            said.push(format!("{}: {}", if is_free { "options?" } else { "given" }, whole.join(" & ")));
        }
        let row = self.comes_out(act.answered())?;
        let answer = match &act.answer {
            Shape::Page(_) => format!("ListPage<{row}>"),
            other => self.comes_out(other)?,
        };
        let told = |says: &String| {
            let says = says.replace(
                "`progress` is told before each piece, and may",
                "`onProgress` is told before each piece, and `signal` may",
            );
            arguments_spelled(&says, act.arguments.iter())
        };
        let mut paragraphs: Vec<String> = act.docs.says.iter().map(told).collect();
        paragraphs.extend(act.docs.errors.as_ref().map(|errors| format!("Rejects with {errors}")));
        let mut out = comment(&paragraphs, "  ");
        out.push_str(&line(&name, &said, &format!("Promise<{answer}>")));
        if let Some(each) = &act.usage.each {
            let query = (!object.is_empty()).then(|| format!("options?: {object}"));
            let said: Vec<String> = by_place.into_iter().chain(query).collect();
            out.push_str(&comment(&[format!("All of them, page by page: as `{name}`.")], "  "));
            out.push_str(&line(&camel_case(each), &said, &format!("AsyncGenerator<{row}, void, undefined>")));
        }
        Ok(out)
    }

    fn takes(&self, act: &Act, argument: &Argument, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Moment => "Moment".to_owned(),
            Shape::Item => "Invitee".to_owned(),
            Shape::Whose => "Whose".to_owned(),
            Shape::Answers => "Answer[]".to_owned(),
            Shape::Secret { .. } if self.table.tokens.contains(&called(act, argument)) => "TokenText".to_owned(),
            Shape::Secret { .. } => "SecretText".to_owned(),
            Shape::Optional(inner) => format!("{} | null", self.takes(act, argument, inner)?),
            Shape::Many(inner) => format!("Iterable<{}>", self.takes(act, argument, inner)?),
            other => self.comes_out(other)?,
        })
    }

    pub(super) fn comes_out(&self, shape: &Shape) -> Result<String> {
        Ok(match shape {
            Shape::Unit => "void".to_owned(),
            Shape::Id(_) => "Id".to_owned(),
            Shape::Text => "string".to_owned(),
            Shape::Number(_) => "number".to_owned(),
            Shape::Flag => "boolean".to_owned(),
            Shape::Moment => "Date".to_owned(),
            Shape::Secret { .. } => "Secret".to_owned(),
            Shape::Finding => "Finding".to_owned(),
            Shape::Item => "Invitee".to_owned(),
            Shape::Whose => "Whose".to_owned(),
            Shape::Word(word) => word.clone(),
            Shape::Struct(name) | Shape::Other(name) => self.named(name),
            Shape::Optional(inner) => format!("{} | null", self.comes_out(inner)?),
            Shape::Many(inner) => format!("{}[]", self.comes_out(inner)?),
            Shape::Lasts => "number".to_owned(),
            Shape::Checked(inner) => format!("Checked<{}>", self.comes_out(inner)?),
            other => return Err(format!("{other:?} comes out by no type of Node's")),
        })
    }

    /// What a struct is called.
    fn named(&self, name: &str) -> String {
        let record = self.answers.iter().find(|record| record.name == name);
        let renamed = record.and_then(|record| record.usage.node.as_deref());
        renamed.or(self.by_hand(name)).unwrap_or(name).to_owned()
    }

    /// The imports of what the text of a file speaks of.
    pub(super) fn imports(&self, own: &str, text: &str) -> String {
        let told = text.lines().filter(|line| !line.trim_start().starts_with(['*', '/']));
        let spoken: BTreeSet<&str> = told.flat_map(|line| line.split(|c: char| !c.is_alphanumeric())).collect();
        let mut from: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in spoken {
            let file = match self.declared.get(name) {
                Some(file) => file,
                None if name == "Code" => "codes",
                None if self.table.words.contains_key(name) => "words",
                None if self.table.node_given.contains_key(name) => "given",
                None if self.written().any(|record| self.named(&record.name) == name) => "answers",
                None => continue,
            };
            if file != own {
                from.entry(file).or_default().push(name);
            }
        }
        let import =
            |(file, names): (&str, Vec<&str>)| format!("import type {{ {} }} from './{file}'\n", names.join(", "));
        from.into_iter().map(import).collect()
    }
}

/// A text with the names of arguments in it in JavaScript's spelling.
pub(super) fn arguments_spelled<'a>(text: &str, arguments: impl Iterator<Item = &'a Argument>) -> String {
    arguments.fold(text.to_owned(), |text, argument| {
        text.replace(&format!("`{}`", argument.name), &format!("`{}`", camel_case(&argument.name)))
    })
}

fn line(name: &str, said: &[String], answer: &str) -> String {
    match format!("  {name}({}): {answer}\n", said.join(", ")) {
        line if line.chars().count() <= 121 => line,
        _ => format!("  {name}({}):\n    {answer}\n", said.join(", ")),
    }
}

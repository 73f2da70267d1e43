//! Doc comments, read once and said in each language's form.

use syn::Attribute;

use crate::source::doc_lines;

/// What a doc comment says.
#[derive(Default, Clone)]
pub(crate) struct Docs {
    /// What it does: paragraphs and items of lists, each one line.
    pub(crate) says: Vec<String>,
    /// The errors, as the section of that name has them.
    pub(crate) errors: Option<String>,
}

impl Docs {
    pub(crate) fn of(attributes: &[Attribute]) -> Self {
        let mut docs = Self::default();
        let mut paragraph = String::new();
        let (mut in_errors, mut in_code) = (false, false);
        for line in doc_lines(attributes).iter().map(String::as_str).chain([""]) {
            match line {
                "# Errors" => in_errors = true,
                _ if line.starts_with("```") => in_code = !in_code,
                _ if in_code => {}
                "" => docs.end(&mut paragraph, in_errors),
                // What a link leads to.
                _ if line.starts_with("[`") && line.contains("`]: ") => {}
                _ => {
                    if is_item(line) && !in_errors {
                        docs.end(&mut paragraph, in_errors);
                    }
                    if !paragraph.is_empty() {
                        paragraph.push(' ');
                    }
                    paragraph.push_str(line.trim());
                }
            }
        }
        docs
    }

    fn end(&mut self, paragraph: &mut String, in_errors: bool) {
        let ended = without_links(&core::mem::take(paragraph));
        if ended.is_empty() {
            return;
        }
        if in_errors {
            self.errors.get_or_insert(uncapitalised(&ended));
        } else {
            self.says.push(ended);
        }
    }

    /// The first paragraph.
    pub(crate) fn first(&self) -> &str {
        self.says.first().map_or("", String::as_str)
    }

    /// The same, with nothing called as a language calls it.
    pub(crate) fn first_with(&self, nothing: &str) -> String {
        self.first().replace("; nothing", &format!("; {nothing}"))
    }
}

/// How an item of a list begins.
const ITEM: &str = "* ";

/// Whether a line is an item of a list, or a row of a table.
fn is_item(line: &str) -> bool {
    line.starts_with(ITEM) || line.starts_with('|')
}

/// Paragraphs that were laid out, with what stands between two of them; nothing
/// does between two items of a list.
pub(crate) fn joined(paragraphs: &[String], laid_out: impl Fn(&str) -> String, between: &str) -> String {
    let mut out = String::new();
    let mut after_item = false;
    for paragraph in paragraphs {
        let is_item = is_item(paragraph);
        if !(out.is_empty() || is_item && after_item) {
            out.push_str(between);
        }
        out.push_str(&laid_out(paragraph));
        after_item = is_item;
    }
    out
}

fn uncapitalised(sentence: &str) -> String {
    let (first, rest) = sentence.split_at(sentence.chars().next().map_or(0, char::len_utf8));
    first.to_lowercase() + rest
}

/// A text with the names of the core in it as a language spells them.
pub(crate) fn spelled(text: &str, spell: impl Fn(&str) -> String) -> String {
    let part = |(place, part): (usize, &str)| match part.strip_prefix("::") {
        Some(name) if place % 2 == 1 => spell(name),
        _ if place % 2 == 1 && part.contains("::") => spell(part),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(part).collect::<Vec<_>>().join("`")
}

/// A text with names of the core in it as a language has them.
pub(crate) fn renamed(text: &str, named: impl Fn(&str) -> Option<String>) -> String {
    let part = |(place, part): (usize, &str)| match part.strip_prefix("::").and_then(&named) {
        Some(name) if place % 2 == 1 => format!("::{name}"),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(part).collect::<Vec<_>>().join("`")
}

/// `[`x`](path)` and `[`x`]` as `` `::x` ``, a name of the core's; `[words](path)`
/// as the words.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((inside, after)) = after.split_once(']') else {
            out.push('[');
            rest = after;
            continue;
        };
        match inside.strip_prefix('`') {
            Some(name) => out.push_str(&format!("`::{}", name.trim_start_matches("::"))),
            None => out.push_str(inside),
        }
        rest = match after.strip_prefix('(').and_then(|after| after.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    out.push_str(rest);
    out
}

/// A text in lines of at most that width, each with what stands before it.
pub(crate) fn wrapped(text: &str, before: &str, width: usize) -> String {
    if text.starts_with('|') {
        return format!("{before}{text}\n");
    }
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && before.chars().count() + line.chars().count() + 1 + word.chars().count() > width {
            out.push_str(&format!("{before}{line}\n"));
            line.clear();
            // Beneath its beginning, in a list.
            if text.starts_with(ITEM) {
                line.push(' ');
            }
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    out.push_str(&format!("{before}{line}\n"));
    out
}

//! `docs/parity.md`: which act, which rule and which set of words is in which
//! language. A hole is one with a reason, or nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::act::camel_case;
use crate::source::Source;
use crate::table::{Hole, Table};
use crate::{Result, WRITTEN};

const HEADER: &str = "\
# Parity

What there is in which language: the acts of the engine, the rules, and the sets
of words. A dash has its reason below.

Acts are a server's: Rust, Python and Node have them, and the command for those
who have no portal. Swift and Kotlin have the rules, the snapshot among them; a
few are in the library for offices alone.
";

/// Whose acts are told of.
const OWNERS: [&str; 4] = ["Directory", "Agency", "Office", "Outbox"];

/// The languages that have acts beside Rust.
const WITH_ACTS: [&str; 3] = ["Python", "Node", "command"];

/// What answers the cases in each language: a folder, that of the library for
/// offices, and how files end.
const ANSWERS: [(&str, &str, Option<&str>, &str); 5] = [
    ("Rust", "tests/rust/tests/cases", None, ".rs"),
    ("Python", "bindings-python/tests/cases", None, ".py"),
    ("Node", "bindings-node/test/cases", None, ".js"),
    ("Swift", "bindings-mobile/swift/Tests", Some("bindings-mobile/office/swift"), ".swift"),
    ("Kotlin", "bindings-mobile/kotlin/src/test", Some("bindings-mobile/office/kotlin"), ".kt"),
];

pub(crate) fn table(source: &Source, table: &Table, top: &Path) -> Result<String> {
    let mut reasons = Reasons { holes: &table.holes, given: Vec::new(), used: BTreeSet::new() };
    let acts = acts(source, top, &mut reasons)?;
    let rules = rules(top, &mut reasons)?;
    let words = words(source, table, &mut reasons)?;
    reasons.all_used()?;
    Ok(format!(
        "<!-- {WRITTEN} -->\n\n{HEADER}\n## Acts\n\n{acts}\n## Rules\n\n{rules}\n## Words\n\n{words}\n## Reasons\n\n{}",
        reasons.told()
    ))
}

fn acts(source: &Source, top: &Path, reasons: &mut Reasons<'_>) -> Result<String> {
    let stub = read(&top.join("bindings-python/python/carekey/_carekey.pyi"))?;
    let types =
        ["agency.d.ts", "engine.d.ts", "office.d.ts"].map(|file| read(&top.join("bindings-node/types").join(file)));
    let types: String = types.into_iter().collect::<Result<_>>()?;
    let commands = commands(&top.join("bindings-python/python/carekey/cli"))?;
    let mut rows = Vec::new();
    for owner in OWNERS {
        let in_python = blocks(&stub, &[&format!("class {owner}:")]);
        let in_node = blocks(&types, &[&format!("class {owner} {{"), &format!("interface {owner}Acts {{")]);
        for method in source.methods.iter().filter(|method| method.owner == owner) {
            let act = format!("{owner}.{}", method.name);
            let has = |name: &str| match name {
                "Python" => ["(", "(self"].iter().any(|end| in_python.contains(&format!("def {}{end}", method.name))),
                "Node" => {
                    let name = camel_case(&method.name);
                    in_node.contains(&format!(" {name}(")) || in_node.contains(&format!("readonly {name}:"))
                }
                _ => false,
            };
            let mut cells = vec![format!("`{act}`"), "✓".to_owned()];
            for language in WITH_ACTS {
                cells.push(match commands.get(&method.name) {
                    Some(command) if language == "command" => format!("`{command}`"),
                    _ if has(language) => "✓".to_owned(),
                    _ => reasons.of(&act, language)?,
                });
            }
            rows.push(cells);
        }
    }
    Ok(markdown(&["act", "Rust", "Python", "Node", "command"], &rows))
}

/// The commands by the acts that they call, themselves or by what helps them.
fn commands(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for file in files(folder, ".py")? {
        let text = read(&file)?;
        let parts: Vec<(&str, &str)> =
            text.split("\ndef ").skip(1).map(|part| (part.split('(').next().unwrap_or_default(), part)).collect();
        let (helpers, own): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(name, _)| name.starts_with('_'));
        for (name, part) in own {
            let helps = helpers.iter().filter(|(helper, _)| part.contains(&format!("{helper}(")));
            for method in helps.map(|(_, part)| *part).chain([part]).flat_map(called) {
                found.entry(method).or_insert_with(|| name.replace('_', "-"));
            }
        }
    }
    Ok(found)
}

/// The methods of the engine that a piece of Python calls.
fn called(part: &str) -> Vec<String> {
    let receivers = ["office.", "agency.", "directory.", "outbox."];
    let after = receivers.iter().flat_map(|receiver| part.split(receiver).skip(1));
    after.map(|call| call.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

fn rules(top: &Path, reasons: &mut Reasons<'_>) -> Result<String> {
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    for file in files(&top.join("tests/cases"), ".json")? {
        let text = read(&file)?;
        let file: Cases = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        *cases.entry(file.call).or_default() += file.cases.len();
    }
    let mut answers = Vec::new();
    let all = |folder: &str, end: &str| -> Result<String> {
        let texts: Vec<String> = files(&top.join(folder), end)?.iter().map(|file| read(file)).collect::<Result<_>>()?;
        Ok(texts.concat())
    };
    for (language, folder, office, end) in ANSWERS {
        answers.push((language, all(folder, end)?, office.map_or(Ok(String::new()), |office| all(office, end))?));
    }
    let mut rows = Vec::new();
    for (call, number) in cases {
        let mut cells = vec![format!("`{call}`"), number.to_string()];
        let said = [format!("\"{call}\""), format!("'{call}'"), format!(" {call}:")];
        let answers_it = |text: &String| said.iter().any(|said| text.contains(said));
        for (language, everywhere, office) in &answers {
            cells.push(match (answers_it(everywhere), answers_it(office)) {
                (true, _) => "✓".to_owned(),
                (false, true) => "for offices".to_owned(),
                (false, false) => reasons.of(&call, language)?,
            });
        }
        rows.push(cells);
    }
    Ok(markdown(&["rule", "cases", "Rust", "Python", "Node", "Swift", "Kotlin"], &rows))
}

/// A file of cases.
#[derive(serde::Deserialize)]
struct Cases {
    call: String,
    cases: Vec<serde_json::Value>,
}

fn words(source: &Source, table: &Table, reasons: &mut Reasons<'_>) -> Result<String> {
    let mut rows = Vec::new();
    for (name, set) in &source.words {
        let of = |path: &String| path.rsplit("::").next() == Some(name.as_str());
        let on_phones = table.mobile.iter().chain(&table.mobile_office).find(|(_, path)| of(path));
        let mut cells = vec![format!("`{name}`"), set.words.len().to_string()];
        for (language, has) in [
            ("Python", table.words.contains_key(name)),
            ("Node", table.words.contains_key(name) || table.node_words.contains_key(name)),
        ] {
            cells.push(if has { "✓".to_owned() } else { reasons.of(name, language)? });
        }
        cells.push(match on_phones {
            Some((called, _)) => format!("`{called}`"),
            None => reasons.of(name, "Swift and Kotlin")?,
        });
        rows.push(cells);
    }
    Ok(markdown(&["words", "number", "Python", "Node", "Swift and Kotlin"], &rows))
}

/// The reasons of holes, numbered as they are met.
struct Reasons<'a> {
    holes: &'a [Hole],
    given: Vec<&'a str>,
    used: BTreeSet<(usize, String)>,
}

impl Reasons<'_> {
    /// A dash, and the number of its reason.
    fn of(&mut self, what: &str, language: &str) -> Result<String> {
        let fits =
            |hole: &&Hole| hole.of.iter().any(|name| name == what) && hole.within.iter().any(|name| name == language);
        let (place, hole) = self
            .holes
            .iter()
            .enumerate()
            .find(|(_, hole)| fits(hole))
            .ok_or_else(|| format!("{what} is not in {language}, and surface.toml does not say why"))?;
        self.used.insert((place, what.to_owned()));
        let number = self.given.iter().position(|why| *why == hole.why).unwrap_or_else(|| {
            self.given.push(&hole.why);
            self.given.len() - 1
        });
        Ok(format!("– {}", number + 1))
    }

    /// A reason for what is no hole any more is to go.
    fn all_used(&self) -> Result<()> {
        for (place, hole) in self.holes.iter().enumerate() {
            if let Some(filled) = hole.of.iter().find(|name| !self.used.contains(&(place, (*name).clone()))) {
                return Err(format!("surface.toml: {filled} is no hole ({})", hole.why));
            }
        }
        Ok(())
    }

    fn told(&self) -> String {
        self.given.iter().enumerate().map(|(place, why)| format!("{}. {why}\n", place + 1)).collect()
    }
}

/// The parts of a text that begin with a line which holds one of these, each
/// until the next line that is not indented.
fn blocks(text: &str, heads: &[&str]) -> String {
    let mut out = String::new();
    let mut within = false;
    for line in text.lines() {
        if heads.iter().any(|head| line.contains(head)) {
            within = true;
        } else if !line.is_empty() && !line.starts_with([' ', '\t']) {
            within = false;
        }
        if within {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn markdown(titles: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
    let rule: Vec<String> = titles.iter().map(|_| "---".to_owned()).collect();
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{}{rows}", line(&titles), line(&rule))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn files(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    crate::files(folder, |name| name.ends_with(end))
}

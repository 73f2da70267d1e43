//! Writes what the bindings derive from the core's own source: the words, the
//! acts with their arguments, answers, errors and sentences, and the table of
//! parity. What Rust does not say (which arguments go by place, what is written
//! by hand and why) is in `surface.toml` beside this.
//!
//! ```text
//! cargo run -p carekey-surface            writes
//! cargo run -p carekey-surface -- --check says what is not as it would be written
//! ```

mod act;
mod answer;
mod call;
mod docs;
mod errors;
mod mobile;
mod node;
mod parity;
mod python;
mod rule;
mod shape;
mod source;
mod table;
mod wildcards;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use source::Source;
use table::Table;

/// Something that stands in the way of writing, as a sentence.
type Result<T> = std::result::Result<T, String>;

/// What every written file says of itself.
const WRITTEN: &str = "Written by core/surface from the core: change it there, not here.";

/// A file that is written, from the top of the project, and its text.
type Written = (&'static str, String);

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    match run(check) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            #[allow(clippy::print_stderr, reason = "it is a command")]
            {
                eprintln!("{why}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<()> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let core = top.join("core/src");
    let parsed = source::parsed(&core)?;
    wildcards::check(&parsed)?;
    let source = Source::of(&core, parsed)?;
    errors::check(&source, &top)?;
    let table = Table::read(include_str!("../surface.toml"))?;
    let mut stale = put(&top, written(&source, &table, &top)?, check)?;
    // It looks at what the bindings have, the others among it.
    stale.extend(put(&top, vec![("docs/parity.md", parity::table(&source, &table, &top)?)], check)?);
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("not as the core has it (`cargo run -p carekey-surface` writes it): {}", stale.join(", ")))
    }
}

/// Writes files, or says which are not as they would be written.
fn put(top: &Path, written: Vec<Written>, check: bool) -> Result<Vec<&'static str>> {
    let mut stale = Vec::new();
    for (file, text) in written {
        let path = top.join(file);
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        if check {
            stale.push(file);
        } else {
            fs::write(&path, text).map_err(|error| format!("{file}: {error}"))?;
        }
    }
    Ok(stale)
}

/// All files but the table of parity, as they would be written now.
fn written(source: &Source, table: &Table, top: &Path) -> Result<Vec<Written>> {
    let office = act::all("Office", &table.office, source, table)?;
    let agency = act::all("Agency", &table.agency, source, table)?;
    let answers = answer::all(source, table)?;
    let rules = rule::all(source, table)?;
    let python = python::Border { source, table, answers: &answers };
    let node = node::Border { table, answers: &answers, declared: node::declared(&top.join("bindings-node/types"))? };
    let functions = node::namespaces(&rules)?;
    Ok(vec![
        ("bindings-python/python/carekey/words.py", python::words(source, table)?),
        ("bindings-python/src/words.rs", python::sets(source, table)),
        ("bindings-python/src/answers.rs", python.answers()?),
        ("bindings-python/src/rules/written.rs", python.rules(&rules)?),
        ("bindings-python/src/engine/agency_acts.rs", python.acts("Agency", &agency)?),
        ("bindings-python/src/engine/office_acts.rs", python.acts("Office", &office)?),
        ("bindings-node/types/words.d.ts", node::words(source, table)?),
        ("bindings-node/types/codes.d.ts", node::codes(source)),
        ("bindings-node/types/answers.d.ts", node.interfaces()?),
        ("bindings-node/types/given.d.ts", node.hosts_make(source)?),
        ("bindings-node/types/agency.d.ts", node.declarations("Agency", &agency)?),
        ("bindings-node/types/office.d.ts", node.declarations("Office", &office)?),
        ("bindings-node/src/show/words.rs", node::sets(table)),
        ("bindings-node/src/show/answers.rs", node.answers()),
        ("bindings-node/src/engine/agency_acts.rs", node.acts("Agency", &agency)?),
        ("bindings-node/src/engine/office_acts.rs", node.acts("Office", &office)?),
        ("bindings-node/src/rules/written.rs", node::rules(&functions, source, &node)?),
        ("bindings-node/lib/functions.js", node::functions(&functions)),
        ("bindings-node/types/functions.d.ts", node.functions(&functions)?),
        ("bindings-node/lib/agency_acts.js", node::class("Agency", &agency, table)),
        ("bindings-node/lib/office_acts.js", node::class("Office", &office, table)),
        ("bindings-mobile/src/words.rs", mobile::words(source, &table.mobile)?),
        ("bindings-mobile/src/office/words.rs", mobile::words(source, &table.mobile_office)?),
        ("bindings-mobile/src/records.rs", mobile::records(source, table)?),
        ("bindings-mobile/src/office/records.rs", mobile::office_records(source, table)?),
    ])
}

/// All files beneath a folder whose names fit, in their order; not those of
/// packages that were brought.
fn files(folder: &Path, fits: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !matches!(name, "node_modules" | "target" | "build") {
                    folders.push(path);
                }
            } else if fits(name) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

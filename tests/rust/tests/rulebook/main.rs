//! Every rule that is cited anywhere stands in `docs/rulebook.md`, with an
//! anchor that a link can land on.

mod citation;
mod seeds;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use carekey::Code;
use carekey_tests::{RULES, case_files, tests_folder};
use citation::{citations, prose};

/// Where rules are cited, from the project's folder.
const PLACES: &[&str] = &[
    "README.md",
    "docs",
    "core/src",
    "core/examples",
    "bindings-mobile/README.md",
    "bindings-mobile/src",
    "bindings-node/README.md",
    "bindings-node/examples/portal/lib",
    "bindings-node/examples/portal/routes",
    "bindings-node/lib",
    "bindings-node/src",
    "bindings-node/types",
    "bindings-node/web",
    "bindings-python/README.md",
    "bindings-python/python",
    "bindings-python/src",
    "tests/rust/src",
    "tests/rust/tests",
];

/// What the table of codes names where no rule asks for the code, and the page
/// and heading that say why it is there.
const NO_RULES: &[(&str, &str, &str)] =
    &[("architecture", "docs/architecture.md", "# Architecture"), ("Keys", "docs/security.md", "## The key")];

/// Rules of the second edition that no case shows yet. Whoever brings the first
/// case takes the rule from here to [`RULES`].
const PENDING: &[&str] = &[];

/// A rule, and the file and line that cite it.
type Cited = (String, String);

#[test]
fn every_rule_that_is_cited_has_an_anchor() {
    let (page, table) = (page(), Path::new("core/src/finding/table.rs"));
    let anchors = anchors(&page);
    let mut cited = in_prose(&letters(&anchors));
    cited.extend(in_cases());
    let codes = in_codes(table);
    cited.extend(codes.into_iter().filter(|(rule, _)| !NO_RULES.iter().any(|(word, ..)| word == rule)));

    let lost = without_anchor(&cited, &anchors);
    assert!(lost.is_empty(), "docs/rulebook.md has no anchor for\n{}", lost.join("\n"));
    // The search finds what is there to be found, and can fail.
    let fewer: BTreeMap<&str, &str> = anchors.into_iter().filter(|(anchor, _)| *anchor != "u4").collect();
    let lost = without_anchor(&cited, &fewer);
    for place in ["core/src/username/check.rs:", "bindings-python/src/", "tests/cases/u4-pass-fail.json:", "table.rs:"]
    {
        assert!(lost.iter().any(|line| line.contains(place)), "no citation of U4 was found in {place}");
    }
    for (word, file, heading) in NO_RULES {
        assert!(read(Path::new(file)).lines().any(|line| line == *heading), "{file} says nothing of {word}");
    }
}

#[test]
fn every_anchor_stands_at_its_rule() {
    let page = page();
    for (anchor, after) in anchors(&page) {
        let name = anchor.to_uppercase();
        let at_rule = after.starts_with(&format!("**{name} ")) || after.starts_with(&format!("**{name}**"));
        let at_letter = after.starts_with(&format!("{name}. "));
        let at_system = name.starts_with('S') && after.starts_with(&format!("{name} |"));
        assert!(at_rule || at_letter || at_system, "{anchor} stands before {after:.20}");
    }
    let bold = page.match_indices("**").filter(|(at, _)| {
        let mut name = page[at + 2..].chars();
        name.next().is_some_and(|letter| letter.is_ascii_uppercase()) && name.next().is_some_and(|n| n.is_ascii_digit())
    });
    for (at, _) in bold {
        let before = &page[..at];
        assert!(before.ends_with("\"></a>"), "no anchor before {:.20}", &page[at..]);
    }
}

#[test]
fn the_rules_with_cases_are_those_of_the_rulebook() {
    let page = page();
    let anchors = anchors(&page);
    // A letter with numbered rules is shown by their cases, any other by its own.
    let numbered: BTreeSet<char> =
        anchors.keys().filter(|name| name.len() > 1).filter_map(|name| first(name)).collect();
    let mut expected = BTreeSet::new();
    for (anchor, after) in &anchors {
        let whole = anchor.len() == 1 && first(anchor).is_some_and(|letter| numbered.contains(&letter));
        let later = after.split_once(". ").map_or(*after, |(title, _)| title).contains("(3)");
        if !whole && !later && !anchor.starts_with('s') {
            expected.insert(anchor.to_uppercase());
        }
    }
    let shown: BTreeSet<String> = RULES.iter().map(|rule| (*rule).to_owned()).collect();
    let pending: BTreeSet<String> = PENDING.iter().map(|rule| (*rule).to_owned()).collect();
    let twice: Vec<&String> = shown.intersection(&pending).collect();
    assert!(twice.is_empty(), "in RULES, so no longer pending: {twice:?}");
    assert_eq!(shown.union(&pending).cloned().collect::<BTreeSet<_>>(), expected, "RULES and PENDING, and the anchors");
}

#[test]
fn every_link_to_a_rule_lands_on_it() {
    let page = page();
    let anchors = anchors(&page);
    let (mut links, mut to_page) = (0, BTreeSet::new());
    for path in files() {
        for (number, line) in read(&path).lines().enumerate().map(|(index, line)| (index + 1, line)) {
            for part in line.split("rulebook.md").skip(1) {
                to_page.insert(path.clone());
                let Some(rest) = part.strip_prefix('#') else { continue };
                let anchor: String = rest.chars().take_while(|letter| letter.is_ascii_alphanumeric()).collect();
                assert!(anchors.contains_key(anchor.as_str()), "{}:{number}: no {anchor}", path.display());
                links += 1;
            }
        }
    }
    assert!(links > 0, "no page links to a rule");
    for page in ["README.md", "docs/architecture.md"] {
        assert!(to_page.contains(Path::new(page)), "{page} does not name the rulebook's page");
    }
}

fn project() -> PathBuf {
    tests_folder().parent().expect("the project").to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn page() -> String {
    read(Path::new("docs/rulebook.md"))
}

fn first(name: &str) -> Option<char> {
    name.chars().next()
}

/// The anchors of the page, each with the text after it.
fn anchors(page: &str) -> BTreeMap<&str, &str> {
    let mut anchors = BTreeMap::new();
    for part in page.split("<a id=\"").skip(1) {
        let (anchor, after) = part.split_once("\"></a>").expect("an anchor that ends");
        assert!(anchors.insert(anchor, after).is_none(), "{anchor} twice");
    }
    anchors
}

/// The letters of the rulebook; S is that of the systems it comes from.
fn letters(anchors: &BTreeMap<&str, &str>) -> BTreeSet<char> {
    anchors.keys().filter_map(|name| first(name)).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The citations whose rule has no anchor, as lines `file:line: rule`.
fn without_anchor(cited: &[Cited], anchors: &BTreeMap<&str, &str>) -> Vec<String> {
    cited
        .iter()
        .filter(|(rule, _)| !anchors.contains_key(rule.to_lowercase().as_str()))
        .map(|(rule, place)| format!("  {place}: {rule}"))
        .collect()
}

/// All files of [`PLACES`] that can be read, but for the samples of this test.
fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut left: Vec<PathBuf> = PLACES.iter().map(PathBuf::from).collect();
    while let Some(path) = left.pop() {
        if project().join(&path).is_dir() {
            for entry in fs::read_dir(project().join(&path)).expect("a readable folder") {
                left.push(path.join(entry.expect("an entry").file_name()));
            }
        } else if path
            .extension()
            .is_some_and(|end| ["md", "rs", "sql", "py", "pyi", "js", "ts"].iter().any(|e| end == *e))
        {
            files.push(path);
        }
    }
    files.retain(|path| path != Path::new("tests/rust/tests/rulebook/citation.rs"));
    files.sort();
    files
}

fn in_prose(letters: &BTreeSet<char>) -> Vec<Cited> {
    let mut cited = Vec::new();
    for path in files() {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        for (index, line) in read(&path).lines().enumerate() {
            let place = format!("{}:{}", path.display(), index + 1);
            let rules = citations(prose(&ending, line), letters);
            cited.extend(rules.into_iter().map(|rule| (rule, place.clone())));
        }
    }
    cited
}

/// The rule of every case.
fn in_cases() -> Vec<Cited> {
    let mut cited = Vec::new();
    for (name, file) in case_files() {
        let path = format!("tests/cases/{name}.json");
        let text = read(Path::new(&path));
        for case in file.cases {
            let quoted = serde_json::to_string(&case.name).expect("a text");
            let line = text.lines().position(|line| line.contains(&quoted)).map_or(0, |index| index + 1);
            cited.push((case.rule, format!("{path}:{line}")));
        }
    }
    cited
}

/// The rule of every code.
fn in_codes(table: &Path) -> Vec<Cited> {
    let text = read(table);
    Code::ALL
        .iter()
        .map(|code| {
            let quoted = format!("\"{code}\" ");
            let line = text.lines().position(|line| line.contains(&quoted)).map_or(0, |index| index + 1);
            (code.rule().to_owned(), format!("{}:{line}", table.display()))
        })
        .collect()
}

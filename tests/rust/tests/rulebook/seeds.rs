//! `docs/seeds.md`: what each row names as showing its sentence is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use carekey_tests::{case_files, tests_folder};

/// What a row of the table cites: the label, the path and the name, if any.
struct Shown<'a> {
    label: &'a str,
    path: &'a str,
    name: Option<&'a str>,
}

/// Reads `[label](path): name; [label](path)`.
fn shown(cell: &str) -> Vec<Shown<'_>> {
    let mut found = Vec::new();
    for part in cell.split("; [") {
        let part = part.trim_start_matches('[');
        let Some((label, rest)) = part.split_once("](") else { continue };
        let (path, name) = rest.split_once(')').expect("a path ends");
        found.push(Shown { label, path, name: name.strip_prefix(": ") });
    }
    found
}

#[test]
fn each_sentence_of_the_seeds_is_shown_by_what_is_there() {
    let docs = tests_folder().join("../docs");
    let page = fs::read_to_string(docs.join("seeds.md")).expect("docs/seeds.md");
    let files = case_files();
    let cases: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|(file, cases)| (file.as_str(), cases.cases.iter().map(|case| case.name.as_str()).collect()))
        .collect();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| S")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let &[number, _, cell] = cells.as_slice() else { panic!("three cells: {line}") };
        let (seed, place) = number.split_once('.').expect("S0.1");
        let count = rows.entry(seed).or_default();
        *count += 1;
        assert_eq!(place, count.to_string(), "{number}");
        let shown = shown(cell);
        assert!(!shown.is_empty(), "{number} is shown by nothing");
        for Shown { label, path, name } in shown {
            let text = fs::read_to_string(docs.join(path)).unwrap_or_else(|_| panic!("{number}: no {path}"));
            assert!(path.contains(label), "{number}: {label} is not {path}");
            match (cases.get(label), name) {
                (Some(cases), Some(name)) => assert!(cases.contains(name), "{number}: no case {name:?} in {label}"),
                (Some(cases), None) => assert!(!cases.is_empty(), "{number}: no cases in {label}"),
                (None, name) => {
                    let name = name.unwrap_or_else(|| panic!("{number}: which test of {label}"));
                    assert!(text.contains(name), "{number}: no test {name:?} in {label}");
                }
            }
        }
    }
    let all: Vec<(&str, usize)> = rows.into_iter().collect();
    assert_eq!(all, [("S0", 29), ("S1", 17), ("S2", 31), ("S3", 16), ("S4", 15)]);
}

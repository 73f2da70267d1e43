//! What the Rust tests share: reading the cases, and small helpers.

pub mod between;
pub mod counting;
pub mod desk;
pub mod fuzz;
pub mod postgres;
pub mod race;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

/// One file of `tests/cases/`: cases of one call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What is called, for example `username.email`.
    pub call: String,
    /// What the file shows.
    pub about: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case: what is given and exactly what must come out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows; unique in its file.
    pub name: String,
    /// The rule of the rulebook that it shows, for example `U3`.
    pub rule: String,
    /// The input.
    pub given: Value,
    /// The whole output.
    pub expect: Value,
    /// Which program wrote what is given, where one did, and its version
    /// (`tests/vectors/`).
    pub made_by: Option<String>,
}

/// The rules of the rulebook.
pub const RULES: &[&str] = &[
    "U1", "U2", "U3", "U4", "U5", "U6", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "Q1", "Q2", "Q3", "Q4", "Q5",
    "E1", "E2", "E3", "E4", "E5", "E6", "C1", "C2", "C3", "C4", "C5", "C6", "I1", "I2", "I3", "I4", "I5", "I6", "I7",
    "I8", "I9", "I10", "V", "R", "A1", "A2", "A3", "A4", "A5", "A6", "A9", "B", "N", "H", "A7",
];

/// The folder `tests/`.
pub fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/rust lies in tests/").to_owned()
}

/// All case files, in the order of their names, checked against the schema.
pub fn case_files() -> Vec<(String, CaseFile)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(tests_folder().join("cases"))
        .expect("tests/cases can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a readable case file");
            let file: CaseFile = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!file.cases.is_empty() && !file.about.is_empty(), "{name} is empty");
            let mut names = BTreeSet::new();
            for case in &file.cases {
                assert!(names.insert(&case.name), "{name}: {:?} twice", case.name);
                assert!(RULES.contains(&case.rule.as_str()), "{name}: {:?} names no rule", case.name);
            }
            (name, file)
        })
        .collect()
}

/// Findings as cases write them: the severity is left out, since the table
/// gives it; empty parameters and suggestions are left out too.
pub fn findings_json(findings: &[carekey::Finding]) -> Value {
    findings
        .iter()
        .map(|finding| {
            let mut out = json!({ "code": finding.code, "field": finding.field });
            if !finding.params.is_empty() {
                out["params"] = json!(finding.params);
            }
            if let Some(suggestion) = &finding.suggestion {
                out["suggestion"] = json!(suggestion);
            }
            out
        })
        .collect()
}

/// A moment in RFC 3339, for cases.
pub fn moment(text: &Value) -> time::OffsetDateTime {
    let text = text.as_str().expect("a moment is a text");
    time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).expect("RFC 3339")
}

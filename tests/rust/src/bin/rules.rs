//! Prints how many cases each rule of the rulebook has, and fails where one
//! has none.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::process::ExitCode;

use carekey_tests::{RULES, case_files};

fn main() -> ExitCode {
    let mut counts: BTreeMap<&str, usize> = RULES.iter().map(|rule| (*rule, 0)).collect();
    let files = case_files();
    for case in files.iter().flat_map(|(_, file)| &file.cases) {
        counts.entry(&case.rule).and_modify(|count| *count += 1);
    }
    println!("cases by rule");
    for line in RULES.chunks(9) {
        let line: Vec<String> =
            line.iter().map(|rule| format!("{rule:>3} {:<5}", counts.get(rule).copied().unwrap_or_default())).collect();
        println!("  {}", line.join(" "));
    }
    let without: Vec<&str> = RULES.iter().copied().filter(|rule| counts.get(rule) == Some(&0)).collect();
    println!("{} cases; rules without one: {}", counts.values().sum::<usize>(), without.len());
    if without.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("✗ no case shows {}", without.join(", "));
    ExitCode::FAILURE
}

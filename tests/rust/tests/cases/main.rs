//! Runs every case of `tests/cases/`: the rulebook as data.
//!
//! Each module answers the calls of one part of the rulebook; the files are
//! the same for every language.

mod account;
mod finding;
mod history;
mod invitation;
mod password;
mod policy;
mod roster;
mod scenario;
mod snapshot;
mod username;
mod visibility;

use serde_json::Value;

/// The output of a call, or `None` where no module knows it.
fn answer(call: &str, given: &Value) -> Option<Value> {
    [
        account::call,
        finding::call,
        history::call,
        invitation::call,
        password::call,
        policy::call,
        roster::call,
        scenario::call,
        snapshot::call,
        username::call,
        visibility::call,
    ]
    .into_iter()
    .find_map(|module| module(call, given))
}

#[test]
fn every_case_holds() {
    let mut ran = 0;
    let mut wrong = Vec::new();
    for (file, cases) in carekey_tests::case_files() {
        for case in &cases.cases {
            let Some(got) = answer(&cases.call, &case.given) else { panic!("{file}: no such call {}", cases.call) };
            ran += 1;
            if got != case.expect {
                if cases.call == "scenario" {
                    wrong.push(format!(
                        "{file} / {} ({}){}",
                        case.name,
                        case.rule,
                        scenario::differences(&case.expect, &got)
                    ));
                    continue;
                }
                wrong.push(format!(
                    "{file} / {} ({})\n  given  {}\n  expect {}\n  got    {got}",
                    case.name, case.rule, case.given, case.expect
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {ran} cases:\n{}", wrong.len(), wrong.join("\n"));
    println!("cases: {ran}");
}

//! `docs/standards.md` says what the code says.
//!
//! Its table is made from the presets. After a change of a preset or of the
//! check, `CAREKEY_WRITE_DOCS=1 cargo test --test standards` writes it anew;
//! the reasons beside it are for people to write.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use carekey::policy::Policy;
use carekey::{Code, Severity};
use carekey_tests::tests_folder;
use serde_json::{Value, json};

const BEGIN: &str = "<!-- made from the presets: begin -->\n";
const END: &str = "<!-- made from the presets: end -->\n";

#[test]
fn the_page_on_standards_is_that_of_the_code() {
    let path = tests_folder().parent().expect("the project").join("docs/standards.md");
    let page = std::fs::read_to_string(&path).expect("docs/standards.md");
    let (before, rest) = page.split_once(BEGIN).expect("where the table begins");
    let (table, after) = rest.split_once(END).expect("where the table ends");
    let expected = made();
    if table != expected && std::env::var_os("CAREKEY_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).expect("written");
    } else {
        assert_eq!(table, expected, "write it anew with CAREKEY_WRITE_DOCS=1");
    }

    // The reasons speak of every setting of the table, and of nothing else.
    let settings: BTreeSet<String> =
        presets().iter().flat_map(|(_, policy)| policy.departures()).map(|finding| finding.field).collect();
    for setting in &settings {
        assert!(after.contains(&format!("* `{setting}`: ")), "no reason for {setting}");
    }
    assert_eq!(after.matches("\n* `").count(), settings.len(), "a reason for what does not depart");
    // The list of checks has every code, with its weight.
    for code in Code::ALL.iter().filter(|code| code.as_str().starts_with("departure.")) {
        let weight = if code.severity() == Severity::Warning { "warning" } else { "info" };
        assert!(before.contains(&format!("| `{code}` | {weight} |")), "{code} is not listed as {weight}");
    }
}

fn presets() -> [(&'static str, Policy); 3] {
    [("agency", Policy::agency()), ("evv_state", Policy::evv_state()), ("nist_800_63b_4", Policy::nist_800_63b_4())]
}

/// A line per setting and code: the sections, and the setting of each preset
/// that departs.
fn made() -> String {
    let mut sections: BTreeMap<(String, Code), BTreeSet<String>> = BTreeMap::new();
    let mut departs = BTreeSet::new();
    for (preset, policy) in presets() {
        for finding in policy.departures() {
            let key = (finding.field.clone(), finding.code);
            let (standard, section) = (finding.params["standard"].to_string(), finding.params["section"].to_string());
            let short = standard.replace(" SP 800-63B-4", "").replace("OWASP ", "").replace(" 5.0", "");
            let cited = if section.contains("CFR") { section } else { format!("{short} {section}") };
            sections.entry(key.clone()).or_default().insert(cited);
            departs.insert((key, preset));
        }
    }
    let names: Vec<&str> = presets().iter().map(|(preset, _)| *preset).collect();
    let mut table = format!("| setting | finding | sections | {} |\n|---|---|---|---|---|---|\n", names.join(" | "));
    for (key, sections) in sections {
        let sections: Vec<String> = sections.into_iter().collect();
        write!(table, "| `{}` | `{}` | {} |", key.0, key.1, sections.join(", ")).expect("a text");
        for (preset, policy) in presets() {
            if departs.contains(&(key.clone(), preset)) {
                write!(table, " {}", shown(&json!(policy), &key.0)).expect("a text");
            }
            table.push_str(" |");
        }
        table.push('\n');
    }
    table
}

/// A setting of a policy, as people write it.
fn shown(policy: &Value, setting: &str) -> String {
    match setting.split('.').fold(policy, |group, name| &group[name]) {
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        other => other.to_string().trim_matches('"').to_owned(),
    }
}

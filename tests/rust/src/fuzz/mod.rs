//! What is fuzzed: every reader of text that a stranger may have written.
//!
//! Each [`Target`] reads its bytes and asserts the laws of what it reads: no
//! panic, no value beside an error, canonical forms that stay as they are,
//! limits that hold, findings as the table has them. libFuzzer
//! (`tests/fuzz/fuzz_targets`) and the short run of `cargo test`
//! (`tests/fuzz_corpus.rs`) call the same bodies.

mod contacts;
mod mutate;
mod names;
mod passwords;
mod policies;
mod rosters;
mod snapshots;
mod tokens;

use std::collections::BTreeSet;

use carekey::{Checked, Code, Finding, Locale, has_errors};

pub use contacts::{contact, email, phone};
pub use mutate::Mutator;
pub use names::{person_name, staff_name};
pub use passwords::{foreign_hash, password, phc};
pub use policies::{policy, template};
pub use rosters::csv;
pub use snapshots::snapshot;
pub use tokens::{code, link, link_base};

/// One thing that is fuzzed.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of its corpus and of its libFuzzer binary.
    pub name: &'static str,
    /// Reads the bytes, and panics where a law is broken.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "code", run: code },
    Target { name: "contact", run: contact },
    Target { name: "csv", run: csv },
    Target { name: "email", run: email },
    Target { name: "foreign_hash", run: foreign_hash },
    Target { name: "link", run: link },
    Target { name: "link_base", run: link_base },
    Target { name: "password", run: password },
    Target { name: "person_name", run: person_name },
    Target { name: "phc", run: phc },
    Target { name: "phone", run: phone },
    Target { name: "policy", run: policy },
    Target { name: "snapshot", run: snapshot },
    Target { name: "staff_name", run: staff_name },
    Target { name: "template", run: template },
];

/// The bytes as text; what is no UTF-8 becomes U+FFFD.
fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The text in `N` parts, one a line; the last has all lines that are left.
fn parts<const N: usize>(data: &[u8]) -> [String; N] {
    let text = text(data);
    let mut lines = text.splitn(N, '\n');
    [(); N].map(|()| lines.next().unwrap_or_default().to_owned())
}

/// A check has a value exactly where it has no error.
fn consistent<T>(checked: &Checked<T>) {
    assert_eq!(checked.value.is_none(), has_errors(&checked.findings), "{:?}", checked.findings);
    well_formed(&checked.findings);
}

/// Findings are as the table has them: the severity of their code, a value
/// for all that their text speaks of and nothing else, one text a language,
/// and unchanged by being stored.
fn well_formed(findings: &[Finding]) {
    for finding in findings {
        assert_eq!(finding.severity, finding.code.severity());
        assert!(!finding.field.is_empty(), "{}", finding.code);
        let given: BTreeSet<&str> = finding.params.keys().map(String::as_str).collect();
        let table: BTreeSet<&str> = finding.code.params().iter().copied().collect();
        assert_eq!(given, table, "the parameters of {}", finding.code);
        for locale in Locale::ALL {
            assert!(!finding.message(*locale).is_empty());
        }
        let stored = serde_json::to_string(finding).expect("a finding can be stored");
        assert_eq!(*finding, serde_json::from_str::<Finding>(&stored).expect("a stored finding can be read"));
    }
}

/// Whether there is a finding with that code.
fn has(findings: &[Finding], code: Code) -> bool {
    findings.iter().any(|finding| finding.code == code)
}

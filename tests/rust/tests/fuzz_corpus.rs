//! The short run of the fuzz targets: every input of the stored corpus, and
//! inputs made of them, the same ones each time.
//!
//! `CAREKEY_FUZZ_RUNS` sets how many are made for each target.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use carekey_tests::fuzz::{Mutator, TARGETS, Target};
use carekey_tests::tests_folder;

/// How many inputs are made for each target, and how long that may take.
const RUNS: u32 = 6_000;
const PATIENCE: Duration = Duration::from_millis(1_200);

fn corpus(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = tests_folder().join("fuzz/corpus").join(target.name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).expect("a readable input"))).collect()
}

/// Says which input it was, since a panic within a target does not.
fn run(target: &Target, what: &str, data: &[u8]) {
    let outcome = std::panic::catch_unwind(|| (target.run)(data));
    assert!(outcome.is_ok(), "{}: {what}: {:?}", target.name, String::from_utf8_lossy(data));
}

#[test]
fn every_target_holds_over_its_corpus() {
    for target in TARGETS {
        let corpus = corpus(target);
        assert!(!corpus.is_empty(), "{} has no corpus", target.name);
        for (path, data) in &corpus {
            run(target, &path.display().to_string(), data);
        }
    }
}

#[test]
fn every_target_holds_over_changed_inputs() {
    let asked: Option<u32> = std::env::var("CAREKEY_FUZZ_RUNS").ok().map(|runs| runs.parse().expect("a number"));
    std::thread::scope(|scope| {
        for half in TARGETS.chunks(TARGETS.len().div_ceil(2)) {
            scope.spawn(move || {
                for (seed, target) in (1..).zip(half) {
                    let corpus: Vec<Vec<u8>> = corpus(target).into_iter().map(|(_, data)| data).collect();
                    let mut mutator = Mutator::new(seed);
                    let begun = Instant::now();
                    for made in 0..asked.unwrap_or(RUNS) {
                        if asked.is_none() && begun.elapsed() > PATIENCE {
                            break;
                        }
                        run(target, &format!("input {made} of seed {seed}"), &mutator.next(&corpus));
                    }
                }
            });
        }
    });
}

#[test]
fn every_target_has_its_binary_and_its_corpus() {
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    let stems = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(tests_folder().join(folder)).expect("a folder");
        let stem = |entry: std::fs::DirEntry| entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
        entries.map(|entry| stem(entry.expect("an entry"))).collect()
    };
    assert_eq!(names, stems("fuzz/fuzz_targets"));
    assert_eq!(names, stems("fuzz/corpus"));
    let manifest = std::fs::read_to_string(tests_folder().join("fuzz/Cargo.toml")).expect("a manifest");
    for name in &names {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}

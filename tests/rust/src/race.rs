//! Many at once: threads at a barrier, and processes at a file.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;

/// How many race, as a rule.
pub const MANY: usize = 64;

/// What each of so many threads gets that begin at the same moment.
pub fn race<T: Send>(threads: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let barrier = Barrier::new(threads);
    thread::scope(|scope| {
        let racers: Vec<_> = (0..threads)
            .map(|number| {
                let (barrier, run) = (&barrier, &run);
                scope.spawn(move || {
                    barrier.wait();
                    run(number)
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().expect("no panic")).collect()
    })
}

/// The variable that tells a test process that it is a child, and its work.
const WORK: &str = "CAREKEY_TEST_CHILD";

/// The work of this process, where it is a child.
pub fn work() -> Option<Vec<String>> {
    let work = std::env::var(WORK).ok()?;
    Some(serde_json::from_str(&work).expect("a list of texts"))
}

/// Begins this test binary once more, to do the test of that name with that
/// work.
pub fn child(test: &str, work: &[&str]) -> Child {
    Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(WORK, serde_json::to_string(work).expect("JSON"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child")
}

/// Says in a folder that child `number` is ready, and waits for the start.
pub fn ready(folder: &Path, number: &str) {
    std::fs::write(folder.join(format!("ready.{number}")), "").expect("a file");
    wait_for(&folder.join("go"));
}

/// Waits until so many children are ready, and starts them.
pub fn start(folder: &Path, children: usize) {
    for number in 0..children {
        wait_for(&folder.join(format!("ready.{number}")));
    }
    std::fs::write(folder.join("go"), "").expect("a file");
}

fn wait_for(file: &Path) {
    for _ in 0..60_000 {
        if file.exists() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("waited too long");
}

/// The lines that a child printed behind `RESULT `.
pub fn results(child: Child) -> Vec<String> {
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "a child failed");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().filter_map(|line| line.split_once("RESULT ")).map(|(_, rest)| rest.to_owned()).collect()
}

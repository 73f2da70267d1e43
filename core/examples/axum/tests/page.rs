//! Each line of the programs in the guide's page on async programs stands in
//! this example, which is compiled and run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "it is a test")]

const PAGE: &str = include_str!("../../../../docs/async.md");
const SOURCES: [&str; 3] =
    [include_str!("../src/site.rs"), include_str!("../src/routes.rs"), include_str!("../src/visit.rs")];

#[test]
fn the_page_shows_what_is_run() {
    let known: Vec<&str> = SOURCES.iter().flat_map(|source| source.lines()).map(str::trim).collect();
    let (mut inside, mut shown) = (false, 0);
    for line in PAGE.lines().map(str::trim) {
        match line {
            "```rust" => inside = true,
            "```" => inside = false,
            "" => {}
            _ if inside => {
                shown += 1;
                assert!(known.contains(&line), "in no source of the example: {line}");
            }
            _ => {}
        }
    }
    assert!(shown > 10, "{shown}");
}

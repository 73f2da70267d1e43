//! Writes the filter to where the library embeds it from.

use std::path::Path;

use carekey_block_list::{List, entries};

#[expect(clippy::print_stdout, reason = "the figures of the README")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let entries = entries();
    let list = List::of(&entries);
    let bytes = list.filter()?;
    println!(
        "{} entries, {} of them listed, {} words: {} bytes",
        entries.len(),
        list.listed,
        list.words(),
        bytes.len()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src/password/block_list/filter.bin");
    std::fs::write(path, bytes)?;
    Ok(())
}

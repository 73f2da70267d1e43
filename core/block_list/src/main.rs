//! Writes the filter to where the library embeds it from.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = carekey_block_list::filter(&carekey_block_list::entries())?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src/password/block_list/filter.bin");
    std::fs::write(path, bytes)?;
    Ok(())
}

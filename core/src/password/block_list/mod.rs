//! The passwords that attackers try first (P5).
//!
//! The list itself is made by `tools/block_list` and rests in `filter.bin`: a
//! binary fuse filter (Graf and Lemire, 2022) of 32-bit fingerprints. It
//! forgets none of its entries, and takes another password for one of them in
//! one of four thousand million cases.

mod key;

use std::sync::LazyLock;

use xorf::{BinaryFuse32, Descriptor, Filter};

/// Whether a password is among those that attackers try first (P5).
///
/// Case and compatibility forms aside: `PASSWORD1!` and fullwidth letters are
/// found under `password1!`. Nothing is asked over a network.
///
/// ```
/// assert!(carekey::password::is_block_listed("Password1!"));
/// assert!(!carekey::password::is_block_listed("Lantern#47 tide"));
/// ```
pub fn is_block_listed(password: &str) -> bool {
    // No entry is as long, and the work on a longer one is not worth it.
    password.len() <= key::LONGEST && FILTER.as_ref().is_some_and(|filter| filter.contains(&key::key(password)))
}

/// The filter, read when first asked: little-endian, the descriptor's four
/// fields and then the fingerprints.
static FILTER: LazyLock<Option<BinaryFuse32>> = LazyLock::new(|| read(include_bytes!("filter.bin")));

fn read(bytes: &[u8]) -> Option<BinaryFuse32> {
    let (seed, bytes) = bytes.split_first_chunk()?;
    let (segment_length, bytes) = bytes.split_first_chunk()?;
    let (segment_length_mask, bytes) = bytes.split_first_chunk()?;
    let (segment_count_length, bytes) = bytes.split_first_chunk()?;
    let (fingerprints, []) = bytes.as_chunks() else { return None };
    Some(BinaryFuse32 {
        descriptor: Descriptor {
            seed: u64::from_le_bytes(*seed),
            segment_length: u32::from_le_bytes(*segment_length),
            segment_length_mask: u32::from_le_bytes(*segment_length_mask),
            segment_count_length: u32::from_le_bytes(*segment_count_length),
        },
        fingerprints: fingerprints.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect(),
    })
}

//! The passwords that attackers try first (rule P5): the entries, and the
//! filter in which the library carries them. See `README.md` beside it.

mod variants;

use std::collections::HashSet;

use xorf::BinaryFuse32;

// The library looks a password up under this key; the list is made with the
// same lines, so the two cannot drift apart.
#[path = "../../../core/src/password/block_list/key.rs"]
mod key;

/// All entries, each once whatever its case, the likeliest first.
pub fn entries() -> Vec<String> {
    let mut seen = HashSet::new();
    variants::all().into_iter().filter(|entry| entry.len() <= key::LONGEST && seen.insert(key::key(entry))).collect()
}

/// The file that the library embeds: the descriptor of the filter, then its
/// fingerprints, all little-endian.
///
/// # Errors
///
/// Where no filter can be made of those entries, which does not happen unless
/// two of them have the same key.
pub fn filter(entries: &[String]) -> Result<Vec<u8>, &'static str> {
    let keys: Vec<u64> = entries.iter().map(|entry| key::key(entry)).collect();
    let filter = BinaryFuse32::try_from(&keys)?;
    let descriptor = &filter.descriptor;
    let mut bytes = Vec::new();
    bytes.extend(descriptor.seed.to_le_bytes());
    bytes.extend(descriptor.segment_length.to_le_bytes());
    bytes.extend(descriptor.segment_length_mask.to_le_bytes());
    bytes.extend(descriptor.segment_count_length.to_le_bytes());
    bytes.extend(filter.fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
    Ok(bytes)
}

//! The passwords that attackers try first (rule P5): the entries, and the
//! filters in which the library carries them. See `README.md` beside it.

mod variants;

use std::collections::HashSet;

use xorf::{BinaryFuse8, BinaryFuse16, Descriptor};

// The library looks a password up under this key; the list is made with the
// same lines, so the two cannot drift apart.
#[path = "../../../core/src/password/block_list/key.rs"]
mod key;

/// All entries, each once whatever its case, the likeliest first.
pub fn entries() -> Vec<String> {
    let mut seen = HashSet::new();
    variants::all().into_iter().filter(|entry| entry.len() <= key::LONGEST && seen.insert(key::keys(entry))).collect()
}

/// The file that the library embeds: a filter of 16-bit fingerprints, then one
/// of 8-bit ones; of each the descriptor, how many fingerprints there are, and
/// these, all little-endian.
///
/// # Errors
///
/// Where no filter can be made of those entries, which does not happen unless
/// two of them have the same key.
pub fn filter(entries: &[String]) -> Result<Vec<u8>, &'static str> {
    let (keys16, keys8): (Vec<u64>, Vec<u64>) = entries.iter().map(|entry| key::keys(entry)).map(Into::into).unzip();
    let (filter16, filter8) = (BinaryFuse16::try_from(&keys16)?, BinaryFuse8::try_from(&keys8)?);
    let mut bytes = head(&filter16.descriptor, filter16.fingerprints.len())?;
    bytes.extend(filter16.fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
    bytes.extend(head(&filter8.descriptor, filter8.fingerprints.len())?);
    bytes.extend(&filter8.fingerprints);
    Ok(bytes)
}

fn head(descriptor: &Descriptor, count: usize) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    bytes.extend(descriptor.seed.to_le_bytes());
    bytes.extend(descriptor.segment_length.to_le_bytes());
    bytes.extend(descriptor.segment_length_mask.to_le_bytes());
    bytes.extend(descriptor.segment_count_length.to_le_bytes());
    bytes.extend(u32::try_from(count).map_err(|_| "too many entries")?.to_le_bytes());
    Ok(bytes)
}

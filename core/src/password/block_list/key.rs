//! How a password, or a word of one, is looked up in the block list.
//! `core/block_list` reads this very file, so that the list is made with what
//! it is asked with.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The longest password that can be an entry, in bytes as typed.
pub(crate) const LONGEST: usize = 256;

/// The two keys of a password, one for each filter: the first 16 bytes of
/// SHA-256 of its NFKC, case-folded form, halved.
pub(crate) fn keys(password: &str) -> [u64; 2] {
    let compatible: Zeroizing<String> = Zeroizing::new(password.nfkc().collect());
    let folded = Zeroizing::new(caseless::default_case_fold_str(&compatible));
    halved(folded.as_bytes())
}

/// The two keys of a word of the first class; the others follow on it.
pub(crate) fn word_keys(word: &[u8]) -> [u64; 2] {
    halved(word).map(|key| key.wrapping_add(1))
}

fn halved(bytes: &[u8]) -> [u64; 2] {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = digest;
    [u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes([i, j, k, l, m, n, o, p])]
}

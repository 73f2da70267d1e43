//! The passwords that attackers try first (rule P5): the entries, and the
//! filters in which the library carries them. See `README.md` beside it.

mod variants;
mod words;

use std::collections::{HashMap, HashSet};

use xorf::{BinaryFuse8, BinaryFuse16, Descriptor};

// The library judges a password by these, and the list is made with the same
// lines, so the two cannot drift apart.
#[path = "../../../core/src/password/block_list/key.rs"]
mod key;
#[path = "../../../core/src/password/block_list/keyboard.rs"]
mod keyboard;
#[path = "../../../core/src/password/letters.rs"]
mod letters;
#[path = "../../../core/src/password/block_list/parts.rs"]
mod parts;
#[path = "../../../core/src/password/block_list/pattern.rs"]
mod pattern;

use pattern::Class;

/// All entries, each once whatever its case, the likeliest first.
pub fn entries() -> Vec<String> {
    let mut seen = HashSet::new();
    variants::all().into_iter().filter(|entry| entry.len() <= key::LONGEST && seen.insert(key::keys(entry))).collect()
}

/// What the filters hold: the words, and the entries that are not judged by
/// what they are made of.
pub struct List {
    words: HashMap<Vec<u8>, Class>,
    keys: Vec<[u64; 2]>,
    /// How many entries are held as they are.
    pub listed: usize,
}

impl List {
    /// The words, and what of those entries they leave to be listed.
    pub fn of(entries: &[String]) -> Self {
        let words = words::all();
        let class = |word: &[u8]| words.get(word).copied();
        let listed: Vec<[u64; 2]> = entries
            .iter()
            .filter(|entry| in_the_dearest_cases(entry).iter().any(|entry| pattern::because(entry, class).is_none()))
            .map(|entry| key::keys(entry))
            .collect();
        let of_words = words.iter().map(|(word, class)| {
            let at = Class::ALL.iter().zip(0..).find(|(other, _)| *other == class).map_or(0, |(_, at)| at);
            key::word_keys(word).map(|key| key.wrapping_add(at))
        });
        let count = listed.len();
        let mut keys: Vec<[u64; 2]> = listed.into_iter().chain(of_words).collect();
        keys.sort_unstable();
        Self { words, keys, listed: count }
    }

    /// How many words are held.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// The file that the library embeds: a filter of 16-bit fingerprints, then
    /// one of 8-bit ones; of each the descriptor, how many fingerprints there
    /// are, and these, all little-endian.
    ///
    /// # Errors
    ///
    /// Where no filter can be made of those keys, which does not happen unless
    /// two of them are the same.
    pub fn filter(&self) -> Result<Vec<u8>, &'static str> {
        let (keys16, keys8): (Vec<u64>, Vec<u64>) = self.keys.iter().copied().map(Into::into).unzip();
        let (filter16, filter8) = (BinaryFuse16::try_from(&keys16)?, BinaryFuse8::try_from(&keys8)?);
        let mut bytes = head(&filter16.descriptor, filter16.fingerprints.len())?;
        bytes.extend(filter16.fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
        bytes.extend(head(&filter8.descriptor, filter8.fingerprints.len())?);
        bytes.extend(&filter8.fingerprints);
        Ok(bytes)
    }
}

/// An entry in the cases that cost most to say, so that what is judged in them
/// is judged in any: in capitals, and with every other letter one.
fn in_the_dearest_cases(entry: &str) -> [String; 3] {
    let every_other = |first: bool| {
        let mut upper = first;
        let turn = |c: char| {
            upper ^= c.is_ascii_alphabetic();
            if upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
        };
        entry.chars().map(turn).collect()
    };
    [entry.to_ascii_uppercase(), every_other(false), every_other(true)]
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

//! The passwords that attackers try first (P5).
//!
//! The list itself is made by `core/block_list` and rests in `filter.bin`: two
//! binary fuse filters (Graf and Lemire, 2022), of 16-bit and of 8-bit
//! fingerprints, over keys that have nothing to do with each other. They
//! forget none of their entries, and take another password for one of them in
//! one of 16 million cases, for three quarters of the room that the next
//! larger single one would take in an app. It holds whole passwords, and the
//! words that people make theirs of: what is made of those needs no entry.

mod key;
mod keyboard;
mod parts;
mod pattern;

use std::sync::LazyLock;

use xorf::{BinaryFuse8, BinaryFuse16, Descriptor, Filter};

use super::letters;
use pattern::{Because, Class};

/// Whether a password is among those that attackers try first (P5): listed, or
/// a word, a name, a date or a row of keys with what people put around it.
///
/// Case and compatibility forms aside: `PASSWORD1!` and fullwidth letters are
/// found under `password1!`. Nothing is asked over a network.
///
/// ```
/// use carekey::password::is_block_listed;
///
/// assert!(is_block_listed("Password1!"));
/// assert!(is_block_listed("P4$$w0rd?47"));
/// assert!(!is_block_listed("Lantern#47 tide"));
/// ```
pub fn is_block_listed(password: &str) -> bool {
    because(password).is_some()
}

/// Why a password is refused, where it is: a word of the texts.
pub(super) fn because(password: &str) -> Option<&'static str> {
    pattern::because(password, class).map(word).or_else(|| is_entry(password).then_some("listed"))
}

/// What is said of a password that is not refused: that it is none of these.
pub(super) const ANY: &str = "any";

fn word(because: Because) -> &'static str {
    match because {
        Because::Word => "word",
        Because::Spelling => "spelling",
        Because::Name => "name",
        Because::Season => "season",
        Because::Trade => "trade",
        Because::Keys => "keys",
        Because::Sequence => "sequence",
        Because::Repeat => "repeat",
        Because::Number => "number",
        Because::Date => "date",
    }
}

fn is_entry(password: &str) -> bool {
    // No entry is as long, and the work on a longer one is not worth it.
    password.len() <= key::LONGEST && has(key::keys(password))
}

fn class(word: &[u8]) -> Option<Class> {
    let keys = key::word_keys(word);
    Class::ALL.into_iter().zip(0..).find(|(_, at)| has(keys.map(|key| key.wrapping_add(*at)))).map(|(class, _)| class)
}

fn has([key16, key8]: [u64; 2]) -> bool {
    FILTERS.as_ref().is_some_and(|(filter16, filter8)| filter16.contains(&key16) && filter8.contains(&key8))
}

/// The filters, read when first asked.
static FILTERS: LazyLock<Option<(BinaryFuse16, BinaryFuse8)>> = LazyLock::new(|| read(include_bytes!("filter.bin")));

/// First the filter of 16-bit fingerprints, then that of 8-bit ones; of each
/// the descriptor's four fields, how many fingerprints there are, and these,
/// all little-endian.
fn read(bytes: &[u8]) -> Option<(BinaryFuse16, BinaryFuse8)> {
    let (descriptor, fingerprints, bytes) = split::<2>(bytes)?;
    let fingerprints = fingerprints.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect();
    let filter16 = BinaryFuse16 { descriptor, fingerprints };
    let (descriptor, fingerprints, rest) = split::<1>(bytes)?;
    let filter8 = BinaryFuse8 { descriptor, fingerprints: fingerprints.as_flattened().into() };
    rest.is_empty().then_some((filter16, filter8))
}

/// The descriptor and the fingerprints of a filter, and what stands behind.
type Split<'a, const SIZE: usize> = (Descriptor, &'a [[u8; SIZE]], &'a [u8]);

fn split<const SIZE: usize>(bytes: &[u8]) -> Option<Split<'_, SIZE>> {
    let (seed, bytes) = bytes.split_first_chunk()?;
    let (segment_length, bytes) = bytes.split_first_chunk()?;
    let (segment_length_mask, bytes) = bytes.split_first_chunk()?;
    let (segment_count_length, bytes) = bytes.split_first_chunk()?;
    let (count, bytes) = bytes.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*count)).ok()?.checked_mul(SIZE)?;
    let (fingerprints, rest) = bytes.split_at_checked(length)?;
    let descriptor = Descriptor {
        seed: u64::from_le_bytes(*seed),
        segment_length: u32::from_le_bytes(*segment_length),
        segment_length_mask: u32::from_le_bytes(*segment_length_mask),
        segment_count_length: u32::from_le_bytes(*segment_count_length),
    };
    Some((descriptor, fingerprints.as_chunks().0, rest))
}

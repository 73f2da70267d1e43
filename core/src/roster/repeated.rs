//! Which texts of a roster may stand on more rows than one.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering};

/// Answers of any text that stood there: never no of one that came twice, and
/// seldom yes of one that came once. Threads note theirs in any order.
pub(super) struct Repeated {
    hasher: RandomState,
    /// A bit for each hash that came, and one for each that came again.
    bits: Vec<[AtomicU64; 2]>,
}

/// A text that was noted; never nought, so that a row which has none of it takes no more
/// room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted(NonZero<u64>);

/// How many bits there are for each text.
const BITS: usize = 16;

impl Repeated {
    /// For about so many texts.
    pub(super) fn new(about: usize) -> Self {
        let words = about.saturating_mul(BITS) / 64 + 1;
        Self { hasher: RandomState::new(), bits: core::iter::repeat_with(Default::default).take(words).collect() }
    }

    /// Notes a text, and gives back what is asked for it.
    pub(super) fn note(&self, text: &str) -> Noted {
        let noted = Noted(NonZero::new(self.hasher.hash_one(text)).unwrap_or(NonZero::<u64>::MIN));
        let (word, bit) = self.place(noted);
        if let Some([once, again]) = self.bits.get(word)
            && once.fetch_or(bit, Ordering::Relaxed) & bit != 0
        {
            again.fetch_or(bit, Ordering::Relaxed);
        }
        noted
    }

    fn place(&self, Noted(hash): Noted) -> (usize, u64) {
        let (hash, words) = (hash.get(), u64::try_from(self.bits.len()).unwrap_or(u64::MAX));
        (usize::try_from((hash >> 6) % words).unwrap_or_default(), 1 << (hash % 64))
    }

    /// Whether the text may have been noted more than once.
    pub(super) fn may_have(&self, noted: Noted) -> bool {
        let (word, bit) = self.place(noted);
        self.bits.get(word).is_some_and(|[_, again]| again.load(Ordering::Relaxed) & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_twice_is_never_missed_and_what_came_once_seldom_meant() {
        let texts: Vec<String> = (0..10_000).map(|number| format!("p{number}@example.com")).collect();
        let repeated = Repeated::new(10_500);
        let noted: Vec<Noted> = texts.iter().map(|text| repeated.note(text)).collect();
        texts.iter().take(500).for_each(|text| _ = repeated.note(text));
        assert!(noted.iter().take(500).all(|text| repeated.may_have(*text)));
        let meant = noted.iter().skip(500).filter(|text| repeated.may_have(**text)).count();
        assert!(meant < 1_500, "{meant} of 9,500");
        let few = Repeated::new(0);
        assert!(!few.may_have(few.note("x")));
    }
}

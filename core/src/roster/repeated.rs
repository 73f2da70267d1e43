//! Which texts of a roster may stand on more rows than one.

use std::hash::{BuildHasher, RandomState};

/// Answers of any text that stood there: never no of one that came twice, and
/// seldom yes of one that came once.
pub(super) struct Repeated {
    hasher: RandomState,
    /// A bit for each hash that came, and one for each that came again.
    bits: Vec<[u64; 2]>,
}

/// How many bits there are for each text.
const BITS: usize = 16;

impl Repeated {
    /// Of texts, of which there are about so many.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>, about: usize) -> Self {
        let words = about.saturating_mul(BITS) / 64 + 1;
        let mut repeated = Self { hasher: RandomState::new(), bits: vec![[0; 2]; words] };
        for text in texts {
            let (word, bit) = repeated.place(text);
            if let Some([once, again]) = repeated.bits.get_mut(word) {
                *again |= *once & bit;
                *once |= bit;
            }
        }
        repeated
    }

    fn place(&self, text: &str) -> (usize, u64) {
        let hash = self.hasher.hash_one(text);
        let words = u64::try_from(self.bits.len()).unwrap_or(u64::MAX);
        (usize::try_from((hash >> 6) % words).unwrap_or_default(), 1 << (hash % 64))
    }

    pub(super) fn may_have(&self, text: &str) -> bool {
        let (word, bit) = self.place(text);
        self.bits.get(word).is_some_and(|[_, again]| again & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_twice_is_never_missed_and_what_came_once_seldom_meant() {
        let texts: Vec<String> = (0..10_000).map(|number| format!("p{number}@example.com")).collect();
        let repeated = Repeated::of(texts.iter().chain(texts.iter().take(500)).map(String::as_str), 10_500);
        assert!(texts.iter().take(500).all(|text| repeated.may_have(text)));
        let meant = texts.iter().skip(500).filter(|text| repeated.may_have(text)).count();
        assert!(meant < 1_500, "{meant} of 9,500");
        assert!(!Repeated::of(core::iter::empty(), 0).may_have("x"));
    }
}

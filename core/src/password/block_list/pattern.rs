//! What a password is made of: the cheapest way to say it in parts that people
//! put passwords together from. One that can be said in few bits is one that
//! attackers come to soon, whatever its ending (P5).
//!
//! The costs are a code: a part that costs ten bits leaves room for a thousand
//! others as likely. So no more than 2^n passwords are said in n bits, and a
//! random one is hardly ever among them. `core/block_list` reads this very
//! file, to know which entries need not be listed beside it.

use any_ascii::any_ascii;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::letters::read;
use super::parts::{Part, parts};

/// What a character of a random password costs, in tenths of a bit …
const RANDOM: u32 = 65;

/// … and how much less than a random one a password costs that is refused: of
/// random ones that is fewer than one in a million, however short they are.
const LESS: u32 = 270;

/// What none costs that is refused: two words and an ending do not cost as
/// much, and four words always do.
const MOST: u32 = 400;

/// The longest password that is judged, in characters: nobody says a longer
/// one in so few bits unless by saying it again and again.
const LONGEST: usize = 64;

/// The letters of a word that is looked up. The longer, the likelier a filter
/// takes what is drawn by lot for one.
pub(crate) const WORD: core::ops::RangeInclusive<usize> = 3..=13;

/// Why attackers come to a password soon: what most of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Because {
    Word,
    Spelling,
    Name,
    Season,
    Trade,
    Keys,
    Sequence,
    Repeat,
    Number,
    Date,
}

impl Because {
    /// How much a part of so many characters says of what a password is: of
    /// `Lee#2026!` it is the name.
    fn weight(self, length: usize) -> usize {
        match self {
            Self::Word | Self::Spelling | Self::Name | Self::Season | Self::Trade => length * 3,
            Self::Keys | Self::Sequence | Self::Repeat | Self::Number | Self::Date => length,
        }
    }
}

/// How well known a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// A season, a month, a day of the week.
    Season,
    /// What is said in care agencies.
    Trade,
    /// Among the commonest thousand of leaked passwords.
    First,
    /// A name that many people have.
    Name,
    /// Among the next thousands.
    Common,
    /// In the lists all the same.
    Rare,
}

impl Class {
    /// In the order in which their keys follow one another.
    pub(crate) const ALL: [Self; 6] = [Self::Season, Self::Trade, Self::First, Self::Name, Self::Common, Self::Rare];

    /// What one of its words costs: of how many it is one.
    pub(crate) fn bits(self) -> u32 {
        match self {
            Self::Season => 60,
            Self::Trade => 75,
            Self::First => 100,
            Self::Name => 115,
            Self::Common => 130,
            Self::Rare => 150,
        }
    }

    pub(crate) fn because(self) -> Because {
        match self {
            Self::Season => Because::Season,
            Self::Trade => Because::Trade,
            Self::Name => Because::Name,
            Self::First | Self::Common | Self::Rare => Because::Word,
        }
    }
}

/// The cheapest way to say the beginning of a password.
#[derive(Clone, Copy)]
struct Said {
    bits: u32,
    weight: usize,
    because: Because,
}

/// Why attackers come to a password soon, where they do. `class` knows the
/// words, as [`spelled`] writes them.
pub(crate) fn because(password: &str, class: impl Fn(&[u8]) -> Option<Class>) -> Option<Because> {
    let compatible: Zeroizing<String> = Zeroizing::new(password.nfkc().take(LONGEST + 1).collect());
    let text = Zeroizing::new(any_ascii(&compatible));
    let text = text.as_bytes();
    if text.len() > LONGEST {
        return None;
    }
    let budget = u32::try_from(text.len()).map_or(0, |length| (RANDOM * length).saturating_sub(LESS).min(MOST));
    let mut said: Vec<Option<Said>> = vec![None; text.len() + 1];
    if let Some(start) = said.first_mut() {
        *start = Some(Said { bits: 0, weight: 0, because: Because::Repeat });
    }
    for at in 0..text.len() {
        // What is too dear already is not said further.
        let Some(before) = said.get(at).copied().flatten().filter(|said| said.bits <= budget) else { continue };
        parts(text, at, &class, &mut |part: Part| {
            let bits = before.bits + part.bits;
            let (weight, because) = match part.because {
                Some(because) if because.weight(part.length) > before.weight => (because.weight(part.length), because),
                _ => (before.weight, before.because),
            };
            let after = said.get_mut(at + part.length);
            if let Some(after) = after.filter(|after| after.is_none_or(|after| bits < after.bits)) {
                *after = Some(Said { bits, weight, because });
            }
        });
    }
    said.last().copied().flatten().filter(|said| said.bits < budget).map(|said| said.because)
}

/// A word as it is looked up, with what stands for a letter read as it; `None`
/// where something stands for none.
pub(crate) fn spelled(word: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut out = Zeroizing::new(Vec::with_capacity(word.len()));
    for &byte in word {
        let letter = read(char::from(byte.to_ascii_lowercase()));
        out.push(u8::try_from(letter).ok().filter(u8::is_ascii_lowercase)?);
    }
    Some(out)
}

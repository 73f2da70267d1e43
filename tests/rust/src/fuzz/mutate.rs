//! A small mutator for the short run: the same seed, the same inputs.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Pieces that readers treat in a way of their own.
const PIECES: &[&str] = &[
    "@",
    ".",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "'",
    "=",
    "+",
    "-",
    "$",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "#",
    "%",
    "/",
    "\\",
    ":",
    "*",
    "?",
    "<",
    ">",
    "|",
    " ",
    "\u{a0}",
    "\u{0}",
    "\u{7f}",
    "\u{301}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "İ",
    "ß",
    "ﬁ",
    "Å",
    "Ω",
    "ё",
    "李",
    "م",
    "٣",
    "𝟛",
    "xn--",
    "sep=;",
    "+1",
    "0",
    "99999999999999999999",
    "-1",
    "1e9",
    "null",
    "true",
    "{}",
    "[]",
    "\"\":",
    "$argon2id$",
    "m=4294967296",
    "{SSHA}",
    "{code}",
    "A",
    "z",
    "é",
];

/// Makes inputs out of inputs, always the same ones for a seed.
#[derive(Debug)]
pub struct Mutator(ChaCha8Rng);

impl Mutator {
    /// One that begins at that seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of the inputs, changed in a few places.
    pub fn next(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut data = self.pick(corpus).cloned().unwrap_or_default();
        for _ in 0..self.0.random_range(1..6) {
            self.change(&mut data, corpus);
        }
        data
    }

    fn change(&mut self, data: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.0.random_range(0..=data.len());
        let end = (at + self.0.random_range(0..24)).min(data.len());
        match self.0.random_range(0..8) {
            0 => drop(data.drain(at..end)),
            1 => {
                let piece = data[at..end].to_vec();
                let times = self.0.random_range(1..12);
                data.splice(at..at, piece.repeat(times));
            }
            2 if at < data.len() => data[at] ^= 1 << self.0.random_range(0..8),
            3 if at < data.len() => data[at] = self.0.random(),
            4 => {
                let other = self.pick(corpus).cloned().unwrap_or_default();
                let from = self.0.random_range(0..=other.len());
                data.splice(at..end, other[from..].iter().copied());
            }
            5 => data[at..end].reverse(),
            _ => {
                let piece = PIECES[self.0.random_range(0..PIECES.len())];
                data.splice(at..at, piece.bytes());
            }
        }
    }

    fn pick<'a>(&mut self, corpus: &'a [Vec<u8>]) -> Option<&'a Vec<u8>> {
        if corpus.is_empty() { None } else { corpus.get(self.0.random_range(0..corpus.len())) }
    }
}

//! The parts that people put passwords together from, and what each costs, in
//! tenths of a bit.

use core::ops::RangeInclusive;

use super::keyboard::walks;
use super::pattern::{Because, Class, WORD, spelled};

/// A part of a password: what it costs, how many characters it has, and why
/// attackers come to it soon, unless it is but an ending.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) length: usize,
    pub(crate) bits: u32,
    pub(crate) because: Option<Because>,
}

impl Part {
    pub(super) fn of(length: usize, bits: u32, because: Because) -> Self {
        Self { length, bits, because: Some(because) }
    }
}

/// Hands over every part that a text can go on with from there.
pub(super) fn parts(text: &[u8], at: usize, class: &impl Fn(&[u8]) -> Option<Class>, found: &mut impl FnMut(Part)) {
    let Some((before, rest)) = text.split_at_checked(at) else { return };
    loose(rest, found);
    numbers(rest, found);
    dates(rest, found);
    sequences(rest, found);
    repeats(before, rest, found);
    walks(rest, found);
    words(rest, class, found);
}

/// A letter that belongs to nothing, and a special character: what people end
/// with most is cheapest.
fn loose(rest: &[u8], found: &mut impl FnMut(Part)) {
    let Some(first) = rest.first() else { return };
    let bits = match first {
        b'!' => 25,
        b'@' | b'#' | b'$' | b'.' | b'*' | b'?' | b'-' | b'_' | b' ' | b'&' | b'+' | b'%' => 50,
        byte if byte.is_ascii_alphanumeric() => 130,
        _ => 70,
    };
    found(Part { length: 1, bits, because: None });
}

/// How many characters of a kind there are at the beginning.
fn run(rest: &[u8], kind: impl Fn(&u8) -> bool) -> usize {
    rest.iter().take_while(|byte| kind(byte)).count()
}

/// Numerals without more to them.
fn numbers(rest: &[u8], found: &mut impl FnMut(Part)) {
    let mut bits = 15;
    for length in 1..=run(rest, u8::is_ascii_digit) {
        bits += 33;
        found(Part::of(length, bits, Because::Number));
    }
}

/// A year, or a day with its month and perhaps its year, in any order.
fn dates(rest: &[u8], found: &mut impl FnMut(Part)) {
    const MONTHS: RangeInclusive<u32> = 1..=12;
    const DAYS: RangeInclusive<u32> = 1..=31;
    const YEARS: RangeInclusive<u32> = 1940..=2039;
    let number = |from: usize, length: usize| -> Option<u32> {
        let digits = rest.get(from..from + length)?;
        core::str::from_utf8(digits).ok()?.parse().ok().filter(|_| digits.iter().all(u8::is_ascii_digit))
    };
    let is = |from: usize, length: usize, range: &RangeInclusive<u32>| {
        number(from, length).is_some_and(|number| range.contains(&number))
    };
    let is_day = |one: usize, other: usize| {
        is(one, 2, &MONTHS) && is(other, 2, &DAYS) || is(one, 2, &DAYS) && is(other, 2, &MONTHS)
    };
    if is(0, 4, &YEARS) {
        let recent = is(0, 4, &(2010..=2030));
        found(Part::of(4, if recent { 70 } else { 95 }, Because::Date));
    }
    if is_day(0, 2) {
        found(Part::of(4, 125, Because::Date));
        if is(4, 4, &YEARS) {
            found(Part::of(8, 190, Because::Date));
        }
        if number(4, 2).is_some() {
            found(Part::of(6, 190, Because::Date));
        }
    }
    if is(0, 4, &YEARS) && is_day(4, 6) {
        found(Part::of(8, 190, Because::Date));
    }
    // 17.01.1978, 1978-01-17: with what stands between.
    let joint = |at: usize| rest.get(at).filter(|byte| b"./-".contains(byte));
    if is_day(0, 3) && joint(2).is_some() && joint(2) == joint(5) {
        if is(6, 4, &YEARS) {
            found(Part::of(10, 210, Because::Date));
        }
        if number(6, 2).is_some() {
            found(Part::of(8, 210, Because::Date));
        }
    }
    if is(0, 4, &YEARS) && joint(4).is_some() && joint(4) == joint(7) && is_day(5, 8) {
        found(Part::of(10, 210, Because::Date));
    }
}

/// `123`, `cba`: one after another, up or down.
fn sequences(rest: &[u8], found: &mut impl FnMut(Part)) {
    let Some(first) = rest.first().map(u8::to_ascii_lowercase).filter(u8::is_ascii_alphanumeric) else { return };
    let start = match first {
        b'0' | b'1' | b'9' | b'a' | b'z' => 10,
        b'2'..=b'8' => 33,
        _ => 47,
    };
    for step in [1, u8::MAX] {
        let follows = |one: u8, other: u8| {
            let next = if (one, step) == (b'9', 1) { b'0' } else { one.wrapping_add(step) };
            next == other && one.is_ascii_digit() == other.is_ascii_digit()
        };
        let mut last = first;
        for (at, byte) in rest.iter().map(u8::to_ascii_lowercase).enumerate().skip(1) {
            if !byte.is_ascii_alphanumeric() || !follows(last, byte) {
                break;
            }
            last = byte;
            if at >= 2 {
                let letters = rest.get(..=at).unwrap_or_default();
                found(Part::of(at + 1, 55 + start + cased(letters), Because::Sequence));
            }
        }
    }
}

/// `!!!`, `Aa`: the same character; and whatever is said again at once.
fn repeats(before: &[u8], rest: &[u8], found: &mut impl FnMut(Part)) {
    let Some(first) = rest.first() else { return };
    let bits = match first {
        b'!' => 15,
        byte if byte.is_ascii_digit() => 33,
        byte if byte.is_ascii_alphabetic() => 67,
        _ => 40,
    };
    for length in 2..=run(rest, |byte| byte.eq_ignore_ascii_case(first)) {
        found(Part::of(length, 50 + bits, Because::Repeat));
    }
    for length in 2..=before.len().min(rest.len()) {
        let (Some(one), Some(other)) = (before.get(before.len() - length..), rest.get(..length)) else { continue };
        if one.eq_ignore_ascii_case(other) {
            found(Part::of(length, 60, Because::Repeat));
        }
    }
}

/// A word that attackers have, as it is or with what stands for its letters.
fn words(rest: &[u8], class: &impl Fn(&[u8]) -> Option<Class>, found: &mut impl FnMut(Part)) {
    for length in WORD {
        let Some(typed) = rest.get(..length) else { break };
        let Some(word) = spelled(typed) else { break };
        let replaced =
            u32::try_from(typed.iter().filter(|byte| !byte.is_ascii_alphabetic()).count()).unwrap_or(u32::MAX);
        let letters = typed.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        if letters * 2 < length {
            continue;
        }
        let Some(class) = class(&word) else { continue };
        let (spelling, because) =
            if replaced == 0 { (0, class.because()) } else { (20 + 10 * replaced, Because::Spelling) };
        found(Part::of(length, 15 + class.bits() + cased(typed) + spelling, because));
    }
}

/// What it costs to say which letters are capitals.
fn cased(typed: &[u8]) -> u32 {
    let letters: Vec<bool> =
        typed.iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::is_ascii_uppercase).collect();
    match letters.split_first() {
        None => 0,
        Some((_, rest)) if rest.iter().all(|upper| !upper) => 10,
        Some((true, rest)) if rest.iter().all(|upper| *upper) => 30,
        Some(_) => u32::try_from(letters.len()).map_or(u32::MAX, |count| 30 + 10 * count),
    }
}

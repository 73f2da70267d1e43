//! The words that people make passwords of, each in the best known class that
//! it is of.

use std::collections::HashMap;

use any_ascii::any_ascii;

use crate::pattern::{Class, WORD, spelled};
use crate::variants::{CONTEXT, FIRST_NAMES, LAST_NAMES, LEAKED};

const SEASONS: &str = include_str!("../sources/seasons.txt");
const TRADE: &str = include_str!("../sources/trade.txt");

/// First names of the census of the United States, with how frequent they are.
const CENSUS: [&str; 2] = [
    include_str!("../../examples/onboard/names/first-female.tsv"),
    include_str!("../../examples/onboard/names/first-male.tsv"),
];

/// Every word as it is looked up.
pub(crate) fn all() -> HashMap<Vec<u8>, Class> {
    let census = |from: usize, count: usize| {
        CENSUS
            .iter()
            .flat_map(move |names| names.lines().skip(from).take(count))
            .filter_map(|line| line.split('\t').next())
    };
    let [zxcvbn, django] = LEAKED.map(|list| list.lines().filter(|word| is_word(word)));
    let mut words = HashMap::new();
    let mut add = |class: Class, word: &str| {
        let word = any_ascii(word);
        if let Some(word) = spelled(word.as_bytes()).filter(|word| WORD.contains(&word.len())) {
            words.entry(word.to_vec()).or_insert(class);
        }
    };
    SEASONS.lines().for_each(|word| add(Class::Season, word));
    TRADE.lines().for_each(|word| add(Class::Trade, word));
    census(0, 600).chain(FIRST_NAMES.lines().take(400)).for_each(|name| add(Class::Name, name));
    CONTEXT
        .lines()
        .filter(|word| is_word(word))
        .chain(zxcvbn.clone().take(1000))
        .for_each(|word| add(Class::First, word));
    zxcvbn.clone().take(9000).chain(LAST_NAMES.lines().take(300)).for_each(|word| add(Class::Common, word));
    let rare = zxcvbn.chain(django).filter(|word| word.len() > 3);
    rare.chain(census(600, 4000))
        .chain(FIRST_NAMES.lines())
        .chain(LAST_NAMES.lines())
        .for_each(|word| add(Class::Rare, word));
    words
}

fn is_word(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

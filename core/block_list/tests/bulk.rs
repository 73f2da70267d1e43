//! What the rules of passwords bar by mistake: of what is drawn by lot nothing,
//! or hardly anything. The words are the 7,776 commonest of three to nine
//! letters (npm `@zxcvbn-ts/language-en` 4.1.1, `commonWords.json`, MIT, as
//! `sources/LICENSE-zxcvbn-ts`), as many as diceware has and harder on the rules: all are
//! ones that attackers know.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test may fail so")]

use carekey::Code;
use carekey::password::{Person, is_block_listed};
use carekey::policy::PasswordPolicy;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const WORDS: &str = include_str!("common-words.txt");
const FIRST: &str = include_str!("../../examples/onboard/names/first-female.tsv");
const LAST: &str = include_str!("../../examples/onboard/names/last.tsv");

/// How many are drawn.
const MANY: usize = 200_000;

fn pick<'a>(rng: &mut ChaCha8Rng, list: &[&'a str]) -> &'a str {
    list[rng.random_range(0..list.len())]
}

/// Four words, with one of the usual marks between them or capitals.
fn phrase(rng: &mut ChaCha8Rng, words: &[&str]) -> String {
    let joint = [" ", "-", ".", "_", ""][rng.random_range(0..5)];
    let four: Vec<String> = (0..4)
        .map(|_| pick(rng, words))
        .map(|word| if joint.is_empty() { word[..1].to_uppercase() + &word[1..] } else { word.to_owned() })
        .collect();
    four.join(joint)
}

#[test]
fn of_random_passwords_none_is_block_listed() {
    let visible: Vec<char> = ('!'..='~').collect();
    let usual: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("!@#$%^&*".chars()).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    for characters in [visible, usual] {
        for length in [8, 10, 12, 16] {
            // As many of all lengths.
            for _ in 0..MANY / 8 {
                let password: String = (0..length).map(|_| characters[rng.random_range(0..characters.len())]).collect();
                assert!(!is_block_listed(&password), "{password}");
            }
        }
    }
}

#[test]
fn of_four_words_none_is_block_listed() {
    let words: Vec<&str> = WORDS.lines().collect();
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    for _ in 0..MANY {
        let phrase = phrase(&mut rng, &words);
        assert!(!is_block_listed(&phrase), "{phrase}");
    }
}

/// How many phrases are barred as made of the person's own name, username or
/// e-mail address.
fn barred(name: impl Fn(&mut ChaCha8Rng) -> (String, String)) -> usize {
    let policy = PasswordPolicy { block_list: false, ..PasswordPolicy::nist_800_63b_4() };
    let words: Vec<&str> = WORDS.lines().collect();
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    (0..MANY)
        .filter(|_| {
            let (first, last) = name(&mut rng);
            let username = format!("104{}{}", &first[..1], last).to_lowercase();
            let email = format!("{first}.{last}@example.com").to_lowercase();
            let person = Person {
                names: &[&first, &last],
                username: Some(&username),
                email: Some(&email),
                agency: Some("Bright Path Home Care"),
            };
            let findings = policy.check(&phrase(&mut rng, &words), &person).findings();
            findings.iter().any(|finding| finding.code == Code::PasswordContainsPerson)
        })
        .count()
}

#[test]
fn of_four_words_fewer_than_five_in_ten_thousand_are_barred_for_the_person() {
    let names = |list: &'static str| list.lines().filter_map(|line| line.split('\t').next()).collect::<Vec<_>>();
    let (first, last) = (names(FIRST), names(LAST));
    let anyone = barred(|rng| (pick(rng, &first[..500]).to_owned(), pick(rng, &last[..1000]).to_owned()));
    let rose_lane = barred(|_| ("Rose".to_owned(), "Lane".to_owned()));
    assert!(anyone < 100 && rose_lane < 100, "{anyone}, Rose Lane {rose_lane}, of {MANY}");
}

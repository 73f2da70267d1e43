//! What people make of a word when a form asks for more: one function per
//! habit, from the words of `sources/`.

/// Leaked passwords, the most frequent first.
pub(crate) const LEAKED: [&str; 2] =
    [include_str!("../sources/zxcvbn-passwords.txt"), include_str!("../sources/django-passwords.txt")];
/// Leaked ones that meet what most forms ask for, exact as they are.
const COMPOSED: &str = include_str!("../sources/seclists-composed.txt");
pub(crate) const CONTEXT: &str = include_str!("../sources/context.txt");
const PHRASES: &str = include_str!("../sources/phrases.txt");
pub(crate) const FIRST_NAMES: &str = include_str!("../sources/zxcvbn-firstnames-es.txt");
pub(crate) const LAST_NAMES: &str = include_str!("../sources/zxcvbn-lastnames-en.txt");

/// The specials that people put at the end, the commonest first, and those
/// that they put between a word and a number.
const ENDS: [&str; 9] = ["!", "@", "#", "$", ".", "*", "?", "!!", "!@#"];
const JOINTS: [&str; 7] = ["@", "#", "!", "$", "_", "-", "."];

/// Numbers, the commonest first.
const NUMBERS: [&str; 22] = [
    "1", "123", "12", "1234", "12345", "2", "01", "7", "11", "3", "10", "22", "99", "69", "00", "007", "21", "23",
    "321", "111", "123456", "777",
];

/// Every entry, the likeliest first; some more than once.
pub(crate) fn all() -> Vec<String> {
    let leaked: Vec<&str> = LEAKED.iter().flat_map(|list| list.lines()).collect();
    let context: Vec<&str> = CONTEXT.lines().collect();
    let words: Vec<&str> = leaked.iter().copied().filter(|word| is_word(word)).collect();
    let mut names: Vec<&str> = FIRST_NAMES.lines().chain(LAST_NAMES.lines().take(700)).collect();
    names.retain(|name| is_word(name));
    let common: Vec<&str> = context.iter().copied().chain(words.iter().copied().take(1200)).collect();

    let mut out: Vec<String> = leaked.iter().map(|password| (*password).to_owned()).collect();
    for word in context.iter().take(40) {
        out.extend(with_number_and_special(word, NUMBERS.len(), 1970..=2030));
    }
    for word in context.iter().skip(40) {
        out.extend(with_number_and_special(word, 10, 2018..=2030));
    }
    for word in &context {
        out.extend(around(word));
    }
    for word in words.iter().take(200) {
        out.extend(with_number_and_special(word, 8, 2024..=2027));
    }
    for word in words.iter().take(4000).chain(&names) {
        out.extend(["1!", "123!", "@123", "1@", "!1", "12!", "#1"].map(|end| format!("{}{end}", capital(word))));
    }
    for password in leaked.iter().filter(|password| is_mixed(password)).take(4000) {
        out.extend(["!", "@", "#"].map(|end| format!("{}{end}", capital(password))));
    }
    for word in common.iter().take(500) {
        out.extend(in_leet(word));
    }
    out.extend(shifted_keys());
    out.extend(long(&leaked, &common));
    out.extend(COMPOSED.lines().map(str::to_owned));
    out
}

/// Letters only, at least four.
fn is_word(text: &str) -> bool {
    text.chars().count() >= 4 && text.chars().all(char::is_alphabetic)
}

/// Letters and numerals, at least seven characters: a special one is missing.
fn is_mixed(text: &str) -> bool {
    text.len() >= 7
        && text.chars().all(char::is_alphanumeric)
        && text.chars().any(char::is_alphabetic)
        && text.chars().any(char::is_numeric)
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `Summer2026!`, `Summer@2026`: a capital, a number (so many of the
/// commonest, or a year) and a special character, in either order.
fn with_number_and_special(word: &str, numbers: usize, years: core::ops::RangeInclusive<u32>) -> Vec<String> {
    let word = capital(word);
    let numbers = NUMBERS.iter().take(numbers).map(|number| (*number).to_owned());
    numbers
        .chain(years.map(|year| year.to_string()))
        .flat_map(|number| {
            let ends = ENDS.iter().map(|end| format!("{word}{number}{end}")).collect::<Vec<_>>();
            let joints = JOINTS.iter().map(|joint| format!("{word}{joint}{number}")).collect::<Vec<_>>();
            ends.into_iter().chain(joints)
        })
        .collect()
}

/// `!Password1`, `Summer26!`, `Abc123!@#`: the less common habits.
fn around(word: &str) -> Vec<String> {
    let word = capital(word);
    let years = (20..=29).flat_map(|year| ["!", "@", "#", "$", "."].map(|end| format!("{word}{year}{end}")));
    let joined = (20..=29).flat_map(|year| ["@", "#", "!"].map(|joint| format!("{word}{joint}{year}")));
    let ends = ["123!@#", "!@#123", "1234!@#$", "!@#$1234", "1!!", "@1!", "#1!"].map(|end| format!("{word}{end}"));
    let starts =
        ["!{}1", "@{}1", "#{}1", "#1{}", "1{}!", "1{}@", "123{}!", "!{}123"].map(|start| start.replace("{}", &word));
    years.chain(joined).chain(ends).chain(starts).collect()
}

/// `P@ssw0rd1!`: the usual substitutions, and an end.
fn in_leet(word: &str) -> Vec<String> {
    const SETS: [&[(char, char)]; 10] = [
        &[('a', '@')],
        &[('o', '0')],
        &[('a', '@'), ('o', '0')],
        &[('s', '$'), ('a', '@')],
        &[('s', '$'), ('a', '@'), ('o', '0')],
        &[('s', '5'), ('a', '@'), ('o', '0')],
        &[('e', '3')],
        &[('e', '3'), ('o', '0')],
        &[('e', '3'), ('a', '@')],
        &[('i', '1'), ('e', '3'), ('a', '@'), ('o', '0'), ('s', '$')],
    ];
    const ENDS: [&str; 11] = ["", "1", "!", "1!", "12", "123", "123!", "@123", "2024", "2025", "2026"];
    let whole = SETS.iter().map(|set| -> String {
        word.chars().map(|c| set.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
    });
    // `W3lcome!`: the first one only.
    let first = ["a@", "e3", "o0", "s$", "i1"].iter().filter_map(|pair| pair.split_at_checked(1));
    whole
        .chain(first.map(|(from, to)| word.replacen(from, to, 1)))
        .filter(|leet| leet != word || word.contains(['@', '$']))
        .flat_map(|leet| ENDS.map(|end| format!("{}{end}", capital(&leet))))
        .collect()
}

/// `1qaz@WSX`, `!QAZ2wsx`: keys side by side, some of them with shift.
fn shifted_keys() -> Vec<String> {
    const COLUMNS: [(&str, &str); 10] = [
        ("1qaz", "!QAZ"),
        ("2wsx", "@WSX"),
        ("3edc", "#EDC"),
        ("4rfv", "$RFV"),
        ("5tgb", "%TGB"),
        ("qaz1", "QAZ!"),
        ("zaq1", "ZAQ!"),
        ("xsw2", "XSW@"),
        ("cde3", "CDE#"),
        ("1234", "!@#$"),
    ];
    const ROWS: [&str; 6] = ["qwer", "asdf", "zxcv", "qwert", "asdfg", "zxcvb"];
    let keys: Vec<&str> = COLUMNS.iter().flat_map(|(plain, shifted)| [*plain, *shifted]).chain(ROWS).collect();
    let mut out = Vec::new();
    for one in &keys {
        for other in &keys {
            out.push(format!("{one}{other}"));
            out.extend(keys.iter().map(|third| format!("{one}{other}{third}")));
            out.extend(["!", "1", "12", "123", "1!"].map(|end| format!("{one}{other}{end}")));
        }
    }
    out
}

/// What people write where 15 characters are asked and nothing else.
fn long(leaked: &[&str], common: &[&str]) -> Vec<String> {
    let mut out = repeated();
    // `passwordpassword`, `123412341234123412`: the same until it is long.
    for word in leaked.iter().filter(|word| (3..15).contains(&word.chars().count())).take(9_000) {
        out.extend((2..=5).map(|times| word.repeat(times)).find(|long| long.chars().count() >= 15));
    }
    // `password123456789`: a word and what fills it up.
    for word in common.iter().take(900) {
        let ends = [
            "123456789",
            "1234567890",
            "12345678",
            "123456",
            "12345678910",
            "1234567",
            "123123",
            "123123123",
            "2024",
            "2025",
        ];
        out.extend(ends.map(|end| format!("{word}{end}")));
        out.extend(["1", "12", "123", "1234", "!", "2024", "2025", "2026"].map(|end| format!("{word}{word}{end}")));
    }
    // `sunshineprincess`, `summer password 1`: two words.
    for one in common.iter().take(190) {
        for other in common.iter().take(190).filter(|other| *other != one) {
            out.extend(["", "1", "123", "!"].map(|end| format!("{one}{other}{end}")));
            out.push(format!("{one} {other}"));
        }
    }
    out.retain(|long| long.chars().count() >= 15);
    out.extend(phrases());
    out
}

/// `aaaaaaaaaaaaaaa`, `123456789012345`: one key, or one row again and again.
fn repeated() -> Vec<String> {
    const ROWS: [&str; 12] = [
        "1234567890",
        "0123456789",
        "0987654321",
        "9876543210",
        "123456789",
        "987654321",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qwertyuiopasdfghjklzxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
        "1q2w3e4r5t6y7u8i9o0p",
    ];
    let one_key = (' '..='~').map(String::from);
    let groups = (0..1000u32).map(|number| format!("{number:03}")).chain((0..100).map(|number| format!("{number:02}")));
    one_key
        .chain(ROWS.map(str::to_owned))
        .flat_map(|row| (8..=40).map(|length| row.chars().cycle().take(length).collect()).collect::<Vec<String>>())
        .chain(
            groups.flat_map(|group| {
                (15..=18).map(|length| group.chars().cycle().take(length).collect()).collect::<Vec<_>>()
            }),
        )
        .collect()
}

/// Well-known phrases, as sentences and run together, with an end or without.
fn phrases() -> Vec<String> {
    PHRASES
        .lines()
        .flat_map(|phrase| {
            [" ", "", "-", "_", "."].into_iter().flat_map(move |joint| {
                let joined = phrase.replace(' ', joint);
                ["", "!", ".", "1", "1!", "123", "2024", "2025", "2026"].map(|end| format!("{joined}{end}"))
            })
        })
        .collect()
}

//! A realistic roster of any size, always the same: names as frequent as in
//! the census, roles as an agency has them, and the faults that rosters have.

use std::collections::HashMap;
use std::fmt::Write;

use carekey::name::PersonName;
use carekey::roster::RosterRow;
use carekey::{Locale, Method, Role};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Names that the census list, being ASCII and English, does not have.
const OTHERS: &[(&str, &str)] = &[
    ("José", "Muñoz"),
    ("Máire", "O'Brien-Lee"),
    ("Zoë", "Åkesson"),
    ("Nguyễn Thị", "Hoa"),
    ("Ольга", "Петрова"),
    ("Ελένη", "Παππά"),
    ("美咲", "佐藤"),
    ("Fatima", "al-Sayed"),
    ("Łucja", "Wiśniewska"),
    ("Ana María", "de la Cruz"),
];

/// Of a hundred rows, how many have which role.
const ROLES: &[(Role, u32)] = &[
    (Role::Caregiver, 52),
    (Role::Client, 24),
    (Role::OfficeStaff, 6),
    (Role::Family, 9),
    (Role::EmergencyContact, 4),
    (Role::HumanResources, 2),
    (Role::Payer, 2),
    (Role::Community, 1),
];

/// Names with what they add up to, so that one look-up draws one.
struct Names(Vec<(f64, &'static str)>);

impl Names {
    fn read(list: &'static str) -> Self {
        let mut sum = 0.0;
        let pairs = list.lines().filter_map(|line| line.split_once('\t'));
        Self(
            pairs
                .filter_map(|(name, percent)| {
                    sum += percent.trim().parse::<f64>().ok()?;
                    Some((sum, name))
                })
                .collect(),
        )
    }

    fn draw(&self, rng: &mut impl Rng) -> &'static str {
        let total = self.0.last().map_or(0.0, |(sum, _)| *sum);
        let at = rng.random_range(0.0..total);
        let place = self.0.partition_point(|(sum, _)| *sum <= at);
        self.0.get(place).map_or("Smith", |(_, name)| name)
    }
}

/// A roster of so many rows.
pub fn roster(count: usize) -> Vec<RosterRow> {
    let female = Names::read(include_str!("names/first-female.tsv"));
    let male = Names::read(include_str!("names/first-male.tsv"));
    let last = Names::read(include_str!("names/last.tsv"));
    let mut rng = ChaCha8Rng::seed_from_u64(104);
    let mut addresses = HashMap::new();
    let mut rows: Vec<RosterRow> = Vec::with_capacity(count);
    for line in (2u64..).take(count) {
        let role = role(&mut rng);
        let (first, family) = if rng.random_ratio(1, 60) {
            OTHERS[rng.random_range(0..OTHERS.len())]
        } else {
            let firsts = if rng.random_bool(0.7) { &female } else { &male };
            (firsts.draw(&mut rng), last.draw(&mut rng))
        };
        let middle = rng.random_bool(0.3).then(|| char::from(rng.random_range(b'A'..=b'Z')).to_string());
        let email = email(&mut rng, &mut addresses, first, family);
        let mut row = RosterRow {
            line,
            role: Some(role),
            name: PersonName { first: Some(first.into()), middle, last: Some(family.into()), nickname: None },
            phone: rng.random_bool(0.7).then(|| phone(&mut rng)),
            email: Some(email),
            preferred: (role == Role::Family && rng.random_bool(0.25)).then_some(Method::Sms),
            locale: rng.random_ratio(1, 12).then_some(Locale::Spanish),
            external_id: Some(format!("P{line:06}")),
            ..RosterRow::default()
        };
        if matches!(role, Role::Payer | Role::Community) {
            let what = if role == Role::Payer { "Insurance" } else { "Residence" };
            row.organization = Some(format!("{family} {what}"));
            row.name = PersonName::default();
        }
        // The first of each role are whole, so that the walks have someone.
        if line > 40 {
            spoil(&mut row, rows.last(), &mut rng);
        }
        rows.push(row);
    }
    rows
}

fn role(rng: &mut impl Rng) -> Role {
    let mut at = rng.random_range(0..ROLES.iter().map(|(_, weight)| weight).sum());
    for (role, weight) in ROLES {
        if at < *weight {
            return *role;
        }
        at -= weight;
    }
    Role::Caregiver
}

/// What is wrong with one row in eight.
fn spoil(row: &mut RosterRow, before: Option<&RosterRow>, rng: &mut impl Rng) {
    match rng.random_range(0..1000) {
        0..35 => row.email = None,
        35..45 => (row.email, row.phone) = (None, None),
        45..60 => row.email = row.email.take().map(|email| email.replace("example.com", "gmial.com")),
        60..70 => row.email = row.email.take().map(|email| email.replace("example.", "example")),
        70..85 => row.username = row.email.as_ref().map(|email| format!("x{email}")),
        85..100 => row.username = Some(format!("{}@H_V1.40", row.display().replace(' ', ""))),
        100..110 => row.email = before.and_then(|before| before.email.clone()),
        110..118 => row.phone = Some("55-WRONG".into()),
        118..122 => row.note = Some("=HYPERLINK(\"http://evil.example\")".into()),
        _ => {}
    }
}

/// An address as people make them; the second of a name gets a number.
fn email(rng: &mut impl Rng, seen: &mut HashMap<String, u32>, first: &str, last: &str) -> String {
    let word = |text: &str| -> String {
        let ascii = any_ascii::any_ascii(text).to_lowercase();
        ascii.chars().filter(char::is_ascii_alphanumeric).collect()
    };
    let (first, last) = (word(first), word(last));
    let local = match rng.random_range(0..3) {
        0 => format!("{first}.{last}"),
        1 => format!("{}{last}", first.chars().take(1).collect::<String>()),
        _ => format!("{first}{last}"),
    };
    let domain = ["example.com", "example.org", "mail.example.net"][rng.random_range(0..3)];
    let count = seen.entry(format!("{local}@{domain}")).or_default();
    *count += 1;
    if *count == 1 { format!("{local}@{domain}") } else { format!("{local}{count}@{domain}") }
}

/// A number of an area that has some, in one of the ways people write them.
fn phone(rng: &mut impl Rng) -> String {
    const AREAS: [u32; 6] = [404, 519, 614, 678, 813, 212];
    let area = AREAS[rng.random_range(0..AREAS.len())];
    let (exchange, line) = (rng.random_range(220..990), rng.random_range(0..10_000));
    let mut out = String::new();
    let _ = match rng.random_range(0..3) {
        0 => write!(out, "{area}{exchange}{line:04}"),
        1 => write!(out, "({area}) {exchange}-{line:04}"),
        _ => write!(out, "{area}-{exchange}-{line:04}"),
    };
    out
}

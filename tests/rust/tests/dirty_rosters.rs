//! B and C4 against files as offices export them: a generator mixes what
//! programs leave in them, and three laws hold over all of its files. No cell is
//! lost in silence, nobody is merged with another or moved unasked, and the
//! same people spelled otherwise next month get no second account.
//!
//! `DIRTY_FILES=100000` goes through as many files; a test run through fewer.

use std::collections::BTreeMap;

use carekey::policy::Policy;
use carekey::roster::{Known, Preview, Roster, RosterRow, RowCheck, RowState};
use carekey::username::{Taken, Usernames};
use carekey::{PartyId, Role};
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

const FIRST: &[&str] =
    &["Ana", "José", "Zoë", "Sue", "Kim", "Renée", "Tomás", "Lee", "Björn", "María José", "Wei", "Ian"];
const LAST: &[&str] = &[
    "O'Brien",
    "Núñez",
    "van der Berg",
    "Pérez-López",
    "Smith",
    "Hale",
    "Müller",
    "D'Angelo",
    "Okafor",
    "García Márquez",
    "Null",
    "Wright",
];
const ROLES: &[(&str, Role)] =
    &[("Caregiver", Role::Caregiver), ("Office Staff", Role::OfficeStaff), ("Cliente", Role::Client)];

#[derive(Clone)]
struct Person {
    role: usize,
    first: String,
    middle: Option<char>,
    last: String,
    email: Option<String>,
    phone: Option<String>,
    id: Option<String>,
}

/// People of whom no two could be one.
fn people(rng: &mut ChaCha8Rng) -> Vec<Person> {
    let mut out: BTreeMap<(String, String), Person> = BTreeMap::new();
    let identified = rng.random_bool(0.5);
    for n in 0..rng.random_range(1..7) {
        let (first, last) = (FIRST.choose(rng).unwrap(), LAST.choose(rng).unwrap());
        let role = rng.random_range(0..ROLES.len());
        // Who signs in with an address needs one.
        let address = ROLES[role].1 != Role::OfficeStaff || rng.random_bool(0.5);
        let person = Person {
            role,
            first: (*first).to_owned(),
            middle: rng.random_bool(0.3).then_some('Q'),
            last: (*last).to_owned(),
            email: address.then(|| format!("p{n}@example.com")),
            phone: rng.random_bool(0.5).then(|| format!("212-555-01{:02}", 10 + n)),
            id: identified.then(|| format!("{:05}", 101 + n)),
        };
        out.entry(((*first).to_owned(), (*last).to_owned())).or_insert(person);
    }
    out.into_values().collect()
}

fn often(rng: &mut ChaCha8Rng) -> bool {
    rng.random_bool(0.15)
}

/// The name as someone might write it.
fn spelled(person: &Person, rng: &mut ChaCha8Rng) -> String {
    let Person { first, last, middle, .. } = person;
    let middle = middle.filter(|_| rng.random_bool(0.7)).map(|middle| format!(" {middle}.")).unwrap_or_default();
    let mut name = match rng.random_range(0..3) {
        0 if !last.contains(' ') && !first.contains(' ') => format!("{first}{middle} {last}"),
        _ => format!("{last}, {first}{middle}"),
    };
    if often(rng) {
        name = any_ascii::any_ascii(&name);
    }
    if often(rng) {
        name = name.replace('\'', "’");
    }
    if often(rng) {
        name = name.replace('-', "\u{2010}");
    }
    if often(rng) {
        name = name.to_uppercase();
    }
    if often(rng) {
        name.push_str(", RN");
    }
    if often(rng) {
        name = name.replace('\'', "&#039;");
    }
    if often(rng) {
        name.push('\u{200b}');
    }
    if often(rng) {
        name.push_str(" (\"Bo\")");
    }
    name
}

fn address(person: &Person, rng: &mut ChaCha8Rng) -> String {
    let Some(email) = &person.email else {
        return ["", "", "n/a", "NULL", "noemail@example.com"].choose(rng).unwrap().to_string();
    };
    match rng.random_range(0..12) {
        0 => email.to_uppercase(),
        1 => format!("{email}\u{200b}"),
        2 => format!("{} <{email}>", person.first),
        3 => format!("mailto:{email}"),
        4 => format!("{email}; other@example.com"),
        5 => format!("{email}."),
        _ => email.clone(),
    }
}

fn number(person: &Person, rng: &mut ChaCha8Rng) -> String {
    let Some(phone) = &person.phone else { return ["", "-", "000-000-0000"].choose(rng).unwrap().to_string() };
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match rng.random_range(0..10) {
        0 => format!("{digits}.0"),
        1 => format!("=\"{digits}\""),
        2 => format!("{phone} x12"),
        3 => format!("Cell: {phone}"),
        4 => "2.12555E+09".to_owned(),
        5 => format!("'{digits}"),
        _ => phone.clone(),
    }
}

fn identifier(person: &Person, rng: &mut ChaCha8Rng) -> String {
    let Some(id) = &person.id else { return ["", "n/a", "0", "NULL"].choose(rng).unwrap().to_string() };
    match rng.random_range(0..8) {
        0 => id.trim_start_matches('0').to_owned(),
        1 => format!("{}.0", id.trim_start_matches('0')),
        2 => format!("=\"{id}\""),
        3 => String::new(),
        _ => id.clone(),
    }
}

/// A file about them, and whose line each is.
fn file(people: &[Person], rng: &mut ChaCha8Rng) -> (Vec<Vec<String>>, Vec<u8>) {
    let mut rows = Vec::new();
    if often(rng) {
        rows.push(vec!["Harbor Home Care".to_owned()]);
    }
    let header = ["Role", "Employee ID", "Name", "E-mail (required)", "Mobile Phone", "Home Phone", "Team"];
    rows.push(header.map(str::to_owned).to_vec());
    for person in people {
        if often(rng) && often(rng) {
            rows.push(header.map(str::to_owned).to_vec());
        }
        rows.push(vec![
            ROLES[person.role].0.to_owned(),
            identifier(person, rng),
            spelled(person, rng),
            address(person, rng),
            number(person, rng),
            if often(rng) { "212-555-0199".to_owned() } else { String::new() },
            if often(rng) { "North".to_owned() } else { String::new() },
        ]);
        if often(rng) && often(rng) {
            rows.push(vec!["Page 1 of 2".to_owned()]);
        }
    }
    if often(rng) {
        rows.push(vec!["Total".to_owned(), people.len().to_string()]);
    }
    let sign = *[b',', b';', b'\t', b'|'].choose(rng).unwrap();
    let mut csv = csv::WriterBuilder::new().delimiter(sign).flexible(true).from_writer(Vec::new());
    for row in &rows {
        csv.write_record(row).unwrap();
    }
    let mut bytes = csv.into_inner().unwrap();
    match rng.random_range(0..6) {
        0 => bytes.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        1 => bytes.extend(b"\x1a"),
        2 => {
            let text = String::from_utf8(bytes).unwrap();
            bytes = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        }
        _ => {}
    }
    (rows, bytes)
}

fn folded(text: &str) -> String {
    any_ascii::any_ascii(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}

/// All that a row became, and what was said of it.
fn said(row: &RosterRow, findings: &[carekey::Finding]) -> String {
    let name = &row.name;
    let texts = [
        &name.first,
        &name.middle,
        &name.last,
        &name.nickname,
        &row.organization,
        &row.username,
        &row.email,
        &row.phone,
    ];
    let mut out: String =
        texts.into_iter().chain([&row.external_id, &row.note]).flatten().map(|text| folded(text)).collect();
    for finding in findings {
        out.extend(finding.params.values().map(|value| folded(&value.to_string())));
        out.push_str(&finding.suggestion.as_deref().map(folded).unwrap_or_default());
    }
    out
}

/// No cell is lost in silence: each word of it came out, or was named.
fn every_cell_is_accounted_for(rows: &[Vec<String>], roster: &Roster, preview: &Preview) {
    let file = roster.findings().iter().flat_map(|finding| finding.params.values());
    let file: String = file.map(|value| folded(&value.to_string())).collect();
    let all: String = preview.rows().iter().map(|check| said(&check.row, &check.findings)).collect();
    for cell in rows.iter().flatten() {
        let text = cell.replace("&#039;", " ");
        for word in text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| !word.is_empty()) {
            let header = ["role", "employee", "id", "name", "e", "mail", "required", "mobile", "phone", "home"];
            let role =
                ["caregiver", "office", "staff", "cliente", "mailto", "north", "x12", "12"].contains(&word.as_str());
            let told = all.contains(&word) || file.contains(&word) || header.contains(&word.as_str()) || role;
            assert!(told, "{word} of {cell:?} was lost: {:?}\n{rows:?}", preview.rows());
        }
    }
}

fn preview(bytes: &[u8], known: &[Known], taken: &[String]) -> (Roster, Preview) {
    let policy = Policy::default();
    let roster =
        Roster::from_csv(bytes).unwrap_or_else(|error| panic!("{error}: {:?}", String::from_utf8_lossy(bytes)));
    let taken: Taken = taken.iter().map(String::as_str).collect();
    let usernames = Usernames::new(&policy.username, "104", "US", taken).unwrap();
    let preview = roster.clone().preview(known, &[], usernames, &policy, "US");
    (roster, preview)
}

/// What an agency knows of someone who was created by a row.
fn known(check: &RowCheck, number: u128) -> Known {
    let name = check.row.party_name();
    let all = serde_json::json!({
        "party": Uuid::from_u128(number), "account": Uuid::from_u128(number), "active": true,
        "external_id": check.row.external_id, "name_key": name.key(), "display_name": name.display(),
        "roles": [check.row.role], "username_canonical": check.canonical,
        "email_canonical": check.email.as_ref().map(|email| &email.canonical),
        "phone_e164": check.phone.as_ref().map(|phone| &phone.e164),
        "account_email": check.email.as_ref().map(|email| &email.canonical),
    });
    serde_json::from_value(all).unwrap()
}

#[test]
fn dirty_files_lose_nothing_merge_nobody_and_make_nobody_twice() {
    let files: u64 = std::env::var("DIRTY_FILES").ok().and_then(|count| count.parse().ok()).unwrap_or(4_000);
    let mut rng = ChaCha8Rng::seed_from_u64(20_261_128);
    let (mut created, mut met, mut asked) = (0_u64, 0_u64, 0_u64);
    for _ in 0..files / 2 {
        let people = people(&mut rng);
        let (rows, bytes) = file(&people, &mut rng);
        let (roster, mut month) = preview(&bytes, &[], &[]);
        every_cell_is_accounted_for(&rows, &roster, &month);
        assert_eq!(month.rows().len(), people.len(), "{rows:?}");
        month.accept_suggestions();

        let mut all = Vec::new();
        let mut whose = BTreeMap::new();
        for (number, (check, _)) in month.rows().iter().zip(&people).enumerate() {
            if check.passes() {
                created += 1;
                all.push(known(check, number as u128));
                whose.insert(number, check.canonical.clone());
            }
        }
        let taken: Vec<String> = whose.values().flatten().cloned().collect();
        let (rows, bytes) = file(&people, &mut rng);
        let (roster, next) = preview(&bytes, &all, &taken);
        every_cell_is_accounted_for(&rows, &roster, &next);
        for (number, check) in next.rows().iter().enumerate() {
            let own = whose.contains_key(&number).then(|| PartyId(Uuid::from_u128(number as u128)));
            if let Some(party) = check.party {
                assert_eq!(Some(party), own, "merged with another: {check:?}\n{rows:?}\n{all:?}");
                met += 1;
                assert!(check.canonical.is_none() || check.canonical == whose[&number], "moved: {check:?}");
            } else if own.is_some() {
                assert_ne!(check.state(), RowState::Pass, "a second account: {check:?}\n{rows:?}\n{all:?}");
                asked += 1;
            }
        }
        let _ = rng.next_u32();
    }
    println!("{files} files: {created} created, {met} known again, {asked} asked or failed");
    assert!(created > files / 4 && met > created / 2, "{created} created, {met} known again");
}

//! What a roster costs (B): a row of a preview, alone and as the roster grows,
//! of one name, decided one by one, and the parts of it beside the crates that
//! do the like.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod table;

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};
use std::time::{Duration, Instant};

use carekey::Policy;
use carekey::roster::{Preview, Reading, Roster, RosterRow, RowCheck, RowState};
use carekey::username::{Taken, Usernames, check_email, check_phone, skeleton};
use table::{beside, each, growth, rate, reach, size, turns};

/// Counts what is held, so that memory is told exactly; nothing while time is measured,
/// since counting has all threads wait for each other.
struct Counting;

static COUNTS: AtomicBool = AtomicBool::new(false);
static HELD: AtomicIsize = AtomicIsize::new(0);
static MOST: AtomicIsize = AtomicIsize::new(0);

// SAFETY: the system's, which is handed everything as it came.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if COUNTS.load(Ordering::Relaxed) {
            let size = layout.size() as isize;
            MOST.fetch_max(HELD.fetch_add(size, Ordering::Relaxed) + size, Ordering::Relaxed);
        }
        // SAFETY: as it came.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        if COUNTS.load(Ordering::Relaxed) {
            HELD.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        }
        // SAFETY: as it came.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    parts();
    sizes();
    one_name();
    followers();
}

fn roster(text: &str, rows: usize) -> Roster {
    let reading = Reading { most_rows: Some(rows), ..Reading::default() };
    Roster::read(text.as_bytes(), &reading).expect("a roster")
}

fn preview(roster: Roster) -> Preview {
    let policy = Policy::default();
    let usernames = Usernames::new(&policy.username, "104", "US", Taken::new()).expect("usernames");
    roster.preview(&[], &[], usernames, &policy, "US")
}

/// A census: people of every role, each with an identifier, an address and a
/// phone; one in eight names has accents, phones are of a hundred exchanges.
fn census(rows: usize) -> String {
    const FIRST: [&str; 8] = ["Ann", "Bo", "José", "Carla", "Kim", "Lee", "Pat", "Sue"];
    const LAST: [&str; 8] = ["Wright", "Hale", "Nunez", "O'Brien", "Day", "Roe", "van der Berg", "Nguyen"];
    const ROLES: [&str; 4] = ["Caregiver", "Client", "Family", "Office Staff"];
    let mut out = String::from("Role,ID,Name,Email,Cell\n");
    for at in 0..rows {
        let word = |mut number: usize| {
            let mut word = String::new();
            while number > 0 {
                word.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
                number /= 26;
            }
            word
        };
        let (first, last) = (FIRST[at % 8], format!("{}{}", LAST[at / 8 % 8], word(at / 64)));
        let phone = format!("({}) 555-{:04}", 201 + at / 10_000 % 100, at % 10_000);
        let phone =
            if check_phone(&phone, "US").value.is_some() { phone } else { format!("212-555-{:04}", at % 10_000) };
        out.push_str(&format!("{},E{at:07},\"{last}, {first}\",p{at}@example.com,{phone}\n", ROLES[at % 4]));
    }
    out
}

/// What work holds of memory: at most, and in the end of what it gives back.
fn held<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    COUNTS.store(true, Ordering::Relaxed);
    let before = HELD.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    let made = black_box(work());
    let above = |held: isize| usize::try_from(held - before).unwrap_or_default();
    let (most, kept) = (above(MOST.load(Ordering::Relaxed)), above(HELD.load(Ordering::Relaxed)));
    COUNTS.store(false, Ordering::Relaxed);
    (made, most, kept)
}

/// What a preview of a roster takes of time.
fn took(text: &str, rows: usize) -> Duration {
    let runs = (0..3).map(|_| {
        let roster = roster(text, rows);
        let started = Instant::now();
        let preview = black_box(preview(roster));
        let took = started.elapsed();
        drop(preview);
        took
    });
    runs.min().expect("three runs")
}

fn sizes() {
    let (few, many) = (10_000, 1_000_000);
    let (small, text) = (took(&census(few), few), census(many));
    let started = Instant::now();
    let read = black_box(roster(&text, many));
    let reading = started.elapsed();
    drop(read);
    let (read, _, bytes) = held(|| roster(&text, many));
    let value = format!("{} rows a second, {} bytes a row held", rate(reading, many), bytes / many);
    reach("million", &value, "a roster is held whole while it is decided, since rows meet each other");
    let (_, most, kept) = held(|| preview(read));
    let (most, kept) = (most / many, kept / many);
    let large = took(&text, many);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let value = format!("{} rows a second and core ({cores} cores); {kept} B", rate(large * cores as u32, many));
    reach("preview", &value, &floor(few));
    let plot = "A row of a preview";
    size(plot, "of a census", few, (few, small));
    size(plot, "of a census", many, (many, large));
    for rows in [1_000, 100_000] {
        size(plot, "of a census", rows, (rows, took(&census(rows), rows)));
        size(plot, "of one name", rows, (rows, took(&of_one_name(rows), rows)));
    }
    let note = format!("{cores} cores; above the roster {most} bytes a row at most, {kept} in the end");
    growth("a row of a preview of a census", (few, small), (many, large), &note);
}

/// What keeps a row from the goal: what its phone number and its address take
/// by themselves, and what hosts read of a row that was checked.
fn floor(rows: usize) -> String {
    let preview = preview(roster(&census(rows), rows));
    let contacts = || preview.rows().iter().map(|row| (row.row.phone.as_deref(), row.row.email.as_deref()));
    let [phones, emails] = turns([
        &mut || contacts().for_each(|(phone, _)| drop(black_box(phone.map(|phone| check_phone(phone, "US"))))),
        &mut || contacts().for_each(|(_, email)| drop(black_box(email.map(check_email)))),
    ]);
    let texts = |row: &RowCheck| -> usize {
        let email = row.email.iter().flat_map(|email| [&email.typed, &email.canonical]);
        let phone = row.phone.iter().flat_map(|phone| [&phone.typed, &phone.e164]);
        [&row.username, &row.canonical].into_iter().flatten().chain(email).chain(phone).map(String::len).sum()
    };
    format!(
        "of a row its phone number takes {} of a core, its address {}; what hosts read of it beside what it says itself \
         are {} bytes of fields and {} of texts",
        each(phones, rows),
        each(emails, rows),
        size_of::<RowCheck>() - size_of::<RosterRow>(),
        preview.rows().iter().map(texts).sum::<usize>() / rows,
    )
}

fn of_one_name(rows: usize) -> String {
    "Role,Name\n".to_owned() + &"Office Staff,J Smith\n".repeat(rows)
}

fn one_name() {
    let rows = 200_000;
    let (mix, one) = (took(&census(rows), rows), took(&of_one_name(rows), rows));
    beside(
        "a row of people of one name",
        rows,
        one,
        ("a row of the mix", mix),
        "the suggestion kept back; the others are made when asked for",
    );
    let value = format!("{} a second, {:.2} times the mix", rate(one, rows), one.as_secs_f64() / mix.as_secs_f64());
    reach("one-name", &value, "");
    let (few, many) = (10_000, 1_000_000);
    let (small, large) = (took(&of_one_name(few), few), took(&of_one_name(many), many));
    growth("a row of people of one name", (few, small), (many, large), "");
}

/// People of one name, each with a second role on a further line, their names
/// accepted one by one.
fn followers() {
    let accepted = |people: usize| {
        let mut text = String::from("Role,ID,Name\n");
        for at in 0..people {
            text.push_str(&format!("Office Staff,S{at},J Smith\nContact,S{at},J Smith\n"));
        }
        let mut preview = preview(roster(&text, 2 * people));
        let waiting: Vec<(u64, String)> = preview
            .rows()
            .iter()
            .filter(|row| row.state() == RowState::Waiting)
            .filter_map(|row| Some((row.row.line, row.suggestion.clone()?)))
            .collect();
        let started = Instant::now();
        for (line, name) in &waiting {
            preview.accept(*line, name).expect("a suggestion");
        }
        (waiting.len(), started.elapsed())
    };
    let (few, many) = (accepted(1_000), accepted(100_000));
    growth("a suggestion accepted, of a person with a second role", few, many, "");
    reach("accept", &format!("{} each of 1,000, {} of 100,000", each(few.1, few.0), each(many.1, many.0)), "");
}

/// What a row is read with, beside crates that do the like.
fn parts() {
    let names: Vec<String> = (0..1_000).map(|at| format!("104fconner{at}")).collect();
    let all = |of: &dyn Fn(&str) -> String| names.iter().map(|name| of(name).len()).sum::<usize>();
    let theirs = |name: &str| -> String { unicode_security::skeleton(name).collect() };
    for name in &names {
        // Ours is theirs without regard to case, to its end.
        assert_eq!(skeleton(name), skeleton(&theirs(name)), "{name}");
    }
    let [ours, peer] = turns([
        &mut || {
            black_box(all(&skeleton));
        },
        &mut || {
            black_box(all(&theirs));
        },
    ]);
    let note = "ours goes on until it changes no more, without regard to case";
    beside("the skeleton of a name", names.len(), ours, ("{unicode-security}", peer), note);

    let phones: Vec<String> = (0..1_000).map(|at| format!("({}) {}-{at:04}", 201 + at % 100, 200 + at / 10)).collect();
    let util = &rlibphonenumber::PHONE_NUMBER_UTIL;
    let region = "US".parse::<rlibphonenumber::Region>().ok();
    let theirs = |text: &str| {
        let number = util.parse(text, region).ok().filter(|number| number.is_valid());
        number.map(|number| number.format_as(rlibphonenumber::PhoneNumberFormat::E164).into_owned())
    };
    for phone in &phones {
        assert_eq!(check_phone(phone, "US").value.map(|phone| phone.e164), theirs(phone), "{phone}");
    }
    let valid: Vec<&String> = phones.iter().filter(|phone| theirs(phone).is_some()).collect();
    let [ours, peer] =
        turns([&mut || valid.iter().for_each(|phone| drop(black_box(check_phone(phone, "US")))), &mut || {
            valid.iter().for_each(|phone| drop(black_box(theirs(phone))))
        }]);
    let note = "ours reads how people write a number before, by the same engine";
    beside("a phone number of the plan +1", valid.len(), ours, ("{rlibphonenumber}", peer), note);

    let emails: Vec<String> = (0..1_000).map(|at| format!("p{at}@example.com")).collect();
    let ascii = |domain: &str| idna::domain_to_ascii_strict(domain);
    let [ours, peer] =
        turns([&mut || emails.iter().for_each(|email| drop(black_box(check_email(email)))), &mut || {
            emails.iter().for_each(|email| drop(black_box(email.rsplit_once('@').map(|(_, domain)| ascii(domain)))))
        }]);
    beside(
        "an e-mail address",
        emails.len(),
        ours,
        ("{idna}, the domain alone", peer),
        "ours reads the local part and well-known slips too",
    );
}

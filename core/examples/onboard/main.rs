//! The main job of carekey, whole, on a real roster: from a file to people
//! who are signed in.
//!
//! ```text
//! cargo run --release --example onboard -- --roster tests/rosters/agency.csv
//! cargo run --release --example onboard -- --people 100000 --database agency.db
//! ```
//!
//! It reads a roster (or makes one of that many people), previews it, accepts
//! the suggested staff names, creates the accounts, and walks one person of
//! each kind through the first login. At the end every person of the roster
//! is accounted for; if not, it fails. Run it again on the same database, and
//! nothing is made twice.
//!
//! `CAREKEY_KEY` holds the key of the database, 64 hexadecimal digits; without
//! it the example makes one up, and the database can be opened this once.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::indexing_slicing, missing_docs, unreachable_pub)]

mod clock;
mod host;
mod office;
mod people;
mod show;
mod story;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use carekey::agency::{CreateReport, Environment, RowOutcome, UserQuery};
use carekey::policy::UsernameScheme;
use carekey::roster::{Preview, Roster, RowState};
use carekey::store::SqliteStore;
use carekey::{Directory, Locale, Office};
use data_encoding::HEXLOWER_PERMISSIVE;
use indicatif::{ProgressBar, ProgressStyle};

use clock::Clock;
use host::Host;
use show::{count, done, part, say};
use story::{Story, Walked};

pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: onboard [--roster FILE | --people N] [--database FILE]
the key of the database is taken from CAREKEY_KEY (64 hexadecimal digits)";

enum Input {
    Roster(PathBuf),
    People(usize),
}

impl Input {
    fn read(&self) -> Outcome<Roster> {
        Ok(match self {
            Self::Roster(file) => {
                Roster::from_csv(File::open(file).map_err(|error| format!("{}: {error}", file.display()))?)?
            }
            Self::People(number) => Roster::from_rows(people::roster(*number)),
        })
    }
}

struct Arguments {
    input: Input,
    database: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = match arguments(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(what) => {
            eprintln!("{what}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<carekey::Error>() {
                Some(error) => {
                    eprintln!("{}: {}", error.code, error.message(Locale::English));
                    error.findings.iter().for_each(|finding| eprintln!("  {}", show::finding(finding)));
                }
                None => eprintln!("{error}"),
            }
            ExitCode::FAILURE
        }
    }
}

/// Reads the command line; nothing where help is asked for.
fn arguments(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let project = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/rosters/agency.csv");
    let mut arguments = Arguments { input: Input::Roster(project.into()), database: None };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--roster" => arguments.input = Input::Roster(value()?.into()),
            "--people" => {
                let number = value()?;
                let number = number.parse().map_err(|_| format!("--people takes a number, not {number}"))?;
                arguments.input = Input::People(number);
            }
            "--database" => arguments.database = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("{other} is not known")),
        }
    }
    Ok(Some(arguments))
}

fn run(arguments: &Arguments) -> Outcome<()> {
    let clock = Clock::default();
    // Removed when it is dropped, at the end.
    let folder = tempfile::tempdir()?;
    let file = arguments.database.clone().unwrap_or_else(|| folder.path().join("agency.db"));
    part("The directory");
    let directory = Directory::with(SqliteStore::open(&file)?, &key(&clock)?, clock.clone())?;
    match &arguments.database {
        Some(file) => done(format!("opened the SQLite file {}", file.display())),
        None => done("opened a temporary SQLite file, which is removed at the end"),
    }
    let agency = office::agency(&directory, &clock)?;
    let mut host = Host::new(&agency);
    let office = office::manager(&agency, &mut host)?;

    part("The roster");
    let started = Instant::now();
    let roster = arguments.input.read()?;
    say(format!("{} rows read in {}", count(roster.rows().len()), took(started)));
    let started = Instant::now();
    let mut preview = office.preview(roster)?;
    say(format!("previewed in {}; nothing is written yet", took(started)));
    println!();
    show::preview(&preview);

    part("Accounts");
    let accepted = accept(&mut preview)?;
    done(format!("accepted the suggested name of {} of the office", count(accepted.len())));
    let before = accounts(&office)?;
    let report = create(&office, &preview)?;
    println!();
    show::report(&report);

    part("Waiting messages, their secrets masked");
    office::messages(&office)?;

    part("First logins");
    let mut story = Story { agency: &agency, office: &office, clock: &clock, host, preview: &preview, report: &report };
    let mut walked = Walked { caregiver: story.caregiver()?, client: story.client()?, ..Walked::default() };
    walked.staff = story.office_member(&accepted)?;
    walked.family = story.family()?;
    part("Who sees what of a client, and why");
    story.visibility(&walked)?;
    part("An invitation that lapses");
    story.lapsed()?;
    story.applications()?;
    say(format!("{} messages were claimed and sent for all of this", count(story.host.sent)));

    part("Manage users");
    office::users(&office)?;
    part("The history of one account");
    office::history(&agency, walked.caregiver.or(walked.client))?;

    part("Every person accounted for");
    account_for(&office, &report, before)?;
    again_the_same(&office, arguments.input.read()?)
}

/// The key of the database.
fn key(clock: &Clock) -> Outcome<Vec<u8>> {
    if let Ok(text) = std::env::var("CAREKEY_KEY") {
        let key = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes());
        return Ok(key.map_err(|_| "CAREKEY_KEY is not hexadecimal")?);
    }
    let mut key = vec![0; 32];
    clock.randomness()?.fill_bytes(&mut key);
    say("CAREKEY_KEY is not set: a key was made up, and is forgotten at the end");
    Ok(key)
}

fn took(started: Instant) -> String {
    let seconds = started.elapsed().as_secs_f64();
    if seconds < 1.0 { format!("{:.0} ms", seconds * 1000.0) } else { format!("{seconds:.1} s") }
}

/// Accepts the first suggestion for each staff name (S2's Yes to All). Where
/// a row gives one username and another e-mail, the office has to find out
/// which is right: those wait.
fn accept(preview: &mut Preview) -> Outcome<Vec<u64>> {
    let policy = carekey::Policy::default();
    let waiting: Vec<(u64, String)> = preview
        .rows()
        .iter()
        .filter(|row| row.state() == RowState::Waiting)
        .filter(|row| row.row.role.is_some_and(|role| policy.username.scheme(role) == UsernameScheme::Staff))
        .filter_map(|row| Some((row.row.line, row.suggestion.clone()?)))
        .collect();
    for (line, name) in &waiting {
        preview.accept(*line, name)?;
    }
    Ok(waiting.into_iter().map(|(line, _)| line).collect())
}

fn create(office: &Office, preview: &Preview) -> Outcome<CreateReport> {
    let started = Instant::now();
    let bar = ProgressBar::new(preview.rows().len() as u64);
    bar.set_style(ProgressStyle::with_template("  {bar:60} {human_pos}/{human_len}  {per_sec}  {eta} left")?);
    let report = office.create(preview, None, &mut |progress| {
        bar.set_position(progress.done as u64);
        ControlFlow::Continue(())
    })?;
    bar.finish_and_clear();
    let made = report.count(RowOutcome::Created) + report.count(RowOutcome::Invited);
    let rate = (made as f64 / started.elapsed().as_secs_f64()).round() as usize;
    done(format!("{} people created or invited in {} ({} a second)", count(made), took(started), count(rate)));
    Ok(report)
}

/// How many accounts the agency has.
fn accounts(office: &Office) -> carekey::Result<u64> {
    Ok(office.users(&UserQuery { show_disabled: true, limit: 1, ..UserQuery::default() })?.found)
}

/// Holds the report against the roster and against what is stored.
fn account_for(office: &Office, report: &CreateReport, before: u64) -> Outcome<()> {
    show::report(report);
    println!();
    say("Why the others failed, or what they wait for");
    show::reasons(report);
    let silent = |outcome| {
        let rows = report.rows.iter().filter(move |row| row.outcome == outcome);
        rows.filter(|row| !carekey::has_errors(&row.findings)).count()
    };
    let sum: usize = RowOutcome::ALL.iter().map(|outcome| report.count(*outcome)).sum();
    let created = report.rows.iter().filter(|row| row.outcome == RowOutcome::Created && row.account.is_some()).count();
    let faults = [
        ("the counts do not add up", sum != report.rows.len()),
        ("someone was created without an account", created != report.count(RowOutcome::Created)),
        ("someone failed without a reason", silent(RowOutcome::Failed) + silent(RowOutcome::Waiting) > 0),
        ("fewer accounts are stored than were created", accounts(office)? < before + created as u64),
    ];
    if let Some((fault, _)) = faults.into_iter().find(|(_, is_so)| *is_so) {
        return Err(fault.into());
    }
    println!();
    done(format!("every person accounted for: {} of {} rows", count(sum), count(report.rows.len())));
    Ok(())
}

/// The same roster once more: nothing is made twice.
fn again_the_same(office: &Office, roster: Roster) -> Outcome<()> {
    let before = accounts(office)?;
    let started = Instant::now();
    let mut preview = office.preview(roster)?;
    accept(&mut preview)?;
    let report = office.create(&preview, None, &mut |_| ControlFlow::Continue(()))?;
    let made = report.count(RowOutcome::Created) + report.count(RowOutcome::Invited);
    let unchanged = report.count(RowOutcome::Unchanged);
    if made > 0 || accounts(office)? != before {
        return Err(format!("the same roster again made {made} people twice").into());
    }
    done(format!("the same roster again: nothing made twice, {} unchanged, in {}", count(unchanged), took(started)));
    Ok(())
}

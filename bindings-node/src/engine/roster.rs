//! Rosters and previews, and the two acts of the office with them.

use std::fs::File;
use std::sync::{Arc, PoisonError, RwLock};

use carekey::agency::CreateReport;
use carekey::roster::{self, Known, RosterRow, RowCheck, Who, WhoDecision};
use carekey::username::{Taken, Usernames, canonical};
use carekey::{Code, Error, ErrorKind, Locale};
use napi::bindgen_prelude::{AsyncTask, FnArgs, Function, Uint8Array};
use napi_derive::napi;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Typed;
use super::office::Office;
use super::progress::{Stop, telling};
use crate::border::{Packed, Packer, Work, guard, read, reads, written};
use crate::rules::read_policy;
use crate::show::Show;

/// A roster that was read.
#[napi]
pub struct Roster {
    roster: roster::Roster,
}

/// A preview of a roster, and the decisions taken on it.
#[napi]
pub struct Preview {
    preview: Arc<RwLock<roster::Preview>>,
}

/// What came of a roster: its rows packed, the rest in JSON.
#[napi(object, object_from_js = false)]
pub struct Report {
    pub rows: Packed,
    pub rest: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deciding {
    line: u64,
    who: Who,
}

impl Roster {
    fn of(roster: roster::Roster) -> Self {
        Self { roster }
    }
}

#[napi]
impl Roster {
    #[napi]
    pub fn of_bytes(bytes: Uint8Array, given: String) -> AsyncTask<Work<Roster>> {
        let bytes = bytes.to_vec();
        Work::on_pool(move || roster::Roster::read(bytes.as_slice(), &read(&given)?).map(Roster::of))
    }

    #[napi]
    pub fn of_text(text: String, given: String) -> AsyncTask<Work<Roster>> {
        Work::on_pool(move || roster::Roster::read(text.as_bytes(), &read(&given)?).map(Roster::of))
    }

    #[napi]
    pub fn of_file(path: String, given: String) -> AsyncTask<Work<Roster>> {
        Work::on_pool(move || {
            let unreadable = |_| Error::new(ErrorKind::Invalid, Code::RosterUnreadable);
            let reading = read(&given)?;
            roster::Roster::read(File::open(path).map_err(unreadable)?, &reading).map(Roster::of)
        })
    }

    #[napi]
    pub fn of_table(given: String) -> AsyncTask<Work<Roster>> {
        Work::on_pool(move || {
            reads!(strict &given => titles: Vec<String>, rows: Vec<Vec<String>>);
            roster::Roster::from_table(titles, rows).map(Roster::of)
        })
    }

    #[napi]
    pub fn of_rows(given: String) -> AsyncTask<Work<Roster>> {
        Work::on_pool(move || {
            reads!(&given => rows: Vec<RosterRow>);
            Ok(Roster::of(roster::Roster::from_rows(rows)))
        })
    }

    /// What a file has to choose from.
    #[napi]
    pub fn outline(bytes: Uint8Array, given: String) -> AsyncTask<Work> {
        let bytes = bytes.to_vec();
        Work::showing(move || roster::Roster::outline(bytes.as_slice(), &read(&given)?))
    }

    #[napi]
    pub fn findings(&self) -> String {
        self.roster.findings().show().to_string()
    }

    #[napi]
    pub fn rows(&self) -> Packed {
        let rows = self.roster.rows();
        let mut packer = Packer::new(rows.len());
        rows.iter().for_each(|row| with_row(row, |cells| packer.row(cells)));
        packer.finish()
    }

    /// Holds it against what the host knows, by the rules alone.
    #[napi]
    pub fn preview(&self, given: String) -> AsyncTask<Work<Preview>> {
        let roster = self.roster.clone();
        Work::on_pool(move || {
            reads!(strict &given =>
                #[serde(default)] known: Vec<Known>,
                #[serde(default)] taken: Vec<String>,
                #[serde(default)] retired: Vec<String>,
                #[serde(default)] decisions: Vec<WhoDecision>,
                policy: Option<Value>, prefix: String, country: String,
            );
            let policy = policy.map_or_else(|| Ok(carekey::Policy::default()), |policy| read_policy(&policy))?;
            let mut names: Taken = taken.iter().map(|name| canonical(name, &country)).collect();
            names.extend(known.iter().filter_map(|known| known.username_canonical.as_deref()));
            retired.iter().for_each(|name| names.insert_retired(&canonical(name, &country)));
            let usernames = Usernames::new(&policy.username, &prefix, &country, names)?;
            Ok(Preview::of(roster.preview(&known, &decisions, usernames, &policy, &country)))
        })
    }
}

impl Preview {
    fn of(preview: roster::Preview) -> Self {
        Self { preview: Arc::new(RwLock::new(preview)) }
    }

    fn look<T>(&self, look: impl FnOnce(&roster::Preview) -> carekey::Result<T>) -> napi::Result<T> {
        guard(|| look(&self.preview.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Decides something; not while the preview is being created from.
    fn decide<T>(&self, decide: impl FnOnce(&mut roster::Preview) -> carekey::Result<T>) -> napi::Result<T> {
        guard(|| {
            let busy = |_| Error::new(ErrorKind::Conflict, Code::StoreConflict);
            decide(&mut *self.preview.try_write().map_err(busy)?)
        })
    }
}

#[napi]
impl Preview {
    #[napi]
    pub fn findings(&self) -> napi::Result<String> {
        self.look(|preview| Ok(preview.findings().show().to_string()))
    }

    #[napi]
    pub fn gone(&self) -> napi::Result<String> {
        self.look(|preview| Ok(json!(preview.gone()).to_string()))
    }

    #[napi]
    pub fn summary(&self) -> napi::Result<String> {
        self.look(|preview| Ok(json!(preview.summary()).to_string()))
    }

    /// The roles, their numbers, and which rows they have.
    #[napi]
    pub fn by_role(&self) -> napi::Result<String> {
        self.look(|preview| {
            let groups = preview.by_role().into_iter().map(|group| {
                let lines: Vec<u64> = group.rows.iter().map(|row| row.row.line).collect();
                json!({ "role": group.role, "summary": group.summary, "lines": lines })
            });
            Ok(groups.collect::<Value>().to_string())
        })
    }

    #[napi]
    pub fn rows(&self) -> napi::Result<Packed> {
        self.look(|preview| {
            let mut packer = Packer::new(preview.rows().len());
            preview.rows().iter().for_each(|row| with_check(row, preview, |cells| packer.row(cells)));
            Ok(packer.finish())
        })
    }

    #[napi]
    pub fn accept_suggestions(&self) -> napi::Result<u32> {
        self.decide(|preview| Ok(u32::try_from(preview.accept_suggestions()).unwrap_or(u32::MAX)))
    }

    /// The row as it is then.
    #[napi]
    pub fn accept(&self, given: String) -> napi::Result<Packed> {
        self.decide(|preview| {
            reads!(&given => line: u64, username: String);
            let mut packer = Packer::new(1);
            preview.accept(line, &username)?;
            with_check(preview.row(line)?, preview, |cells| packer.row(cells));
            Ok(packer.finish())
        })
    }

    #[napi]
    pub fn decline(&self, given: String) -> napi::Result<()> {
        self.decide(|preview| {
            reads!(&given => line: u64);
            preview.decline(line)
        })
    }

    /// The row as it is then.
    #[napi]
    pub fn share(&self, given: String) -> napi::Result<Packed> {
        self.decide(|preview| {
            reads!(&given => line: u64);
            let mut packer = Packer::new(1);
            preview.share(line)?;
            with_check(preview.row(line)?, preview, |cells| packer.row(cells));
            Ok(packer.finish())
        })
    }

    /// The row as it is then.
    #[napi]
    pub fn decide_one(&self, given: String) -> napi::Result<Packed> {
        self.decide(|preview| {
            let Deciding { line, who } = read(&given)?;
            let mut packer = Packer::new(1);
            preview.decide(line, who)?;
            with_check(preview.row(line)?, preview, |cells| packer.row(cells));
            Ok(packer.finish())
        })
    }

    #[napi]
    pub fn decide_all(&self, given: String) -> napi::Result<()> {
        self.decide(|preview| {
            reads!(&given => decisions: Vec<Deciding>);
            let decisions: Vec<(u64, Who)> = decisions.iter().map(|one| (one.line, one.who)).collect();
            preview.decide_all(&decisions)
        })
    }

    #[napi]
    pub fn decisions(&self) -> napi::Result<String> {
        self.look(|preview| Ok(json!(preview.decisions()).to_string()))
    }

    #[napi]
    pub fn failed_csv(&self, given: String) -> napi::Result<String> {
        self.written(&given, |preview, out, locale| preview.write_failed(out, locale))
    }

    #[napi]
    pub fn all_csv(&self, given: String) -> napi::Result<String> {
        self.written(&given, |preview, out, locale| preview.write_all(out, locale))
    }

    fn written(
        &self,
        given: &str,
        write: impl FnOnce(&roster::Preview, &mut Vec<u8>, Locale) -> carekey::Result<()>,
    ) -> napi::Result<String> {
        self.look(|preview| {
            reads!(strict given => #[serde(default)] locale: Locale);
            csv(|out| write(preview, out, locale))
        })
    }
}

/// What is written, as a text.
pub(super) fn csv(write: impl FnOnce(&mut Vec<u8>) -> carekey::Result<()>) -> carekey::Result<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    let text = String::from_utf8(out).map_err(|_| Error::new(ErrorKind::Internal, Code::RosterUnwritable))?;
    Ok(Value::String(text).to_string())
}

#[napi]
impl Office {
    #[napi]
    pub fn preview(&self, roster: &Roster) -> AsyncTask<Work<Preview>> {
        let (open, roster) = (self.opener(), roster.roster.clone());
        Work::on_pool(move || open()?.preview(roster).map(Preview::of))
    }

    /// Creates what the preview let pass, and tells `progress` how many rows
    /// of how many are done.
    #[napi]
    pub fn create(
        &self,
        preview: &Preview,
        password: Option<String>,
        confirm: Option<String>,
        stop: &Stop,
        progress: Function<'_, FnArgs<(u32, u32)>, ()>,
    ) -> napi::Result<AsyncTask<Work<Report>>> {
        let (open, preview) = (self.opener(), Arc::clone(&preview.preview));
        let typed = password.map(|password| Typed::new(password, confirm.unwrap_or_default()));
        let mut progress = telling(stop, &progress)?;
        Ok(Work::on_pool(move || {
            let preview = preview.read().unwrap_or_else(PoisonError::into_inner);
            let typed = typed.as_ref().map(Typed::both);
            Ok(report(&open()?.create(&preview, typed, &mut progress)?))
        }))
    }
}

fn report(report: &CreateReport) -> Report {
    let mut packer = Packer::new(report.rows.len());
    for row in &report.rows {
        let [party, account] = [row.party.map(|id| id.to_string()), row.account.map(|id| id.to_string())];
        packer.row([
            Some(&row.line.to_string()),
            Some(row.outcome.as_str()),
            party.as_deref(),
            account.as_deref(),
            row.username.as_deref(),
            row.hand_over.as_ref().map(carekey::Secret::reveal),
            some(&row.findings).as_deref(),
        ]);
    }
    let rest = json!({ "gone": report.gone, "stopped": report.stopped.as_ref().map(written) });
    Report { rows: packer.finish(), rest: rest.to_string() }
}

/// The JSON of a list, where it is not empty.
fn some<T: Show>(items: &[T]) -> Option<String> {
    (!items.is_empty()).then(|| items.show().to_string())
}

fn truth(flag: Option<bool>) -> Option<&'static str> {
    flag.map(|flag| if flag { "true" } else { "false" })
}

/// The cells of a row, in the order of `ROW` in `lib/roster.js`.
fn with_row(row: &RosterRow, take: impl FnOnce([Option<&str>; 16])) {
    let name = &row.name;
    take([
        Some(&row.line.to_string()),
        row.role.map(carekey::Role::as_str),
        name.first.as_deref(),
        name.middle.as_deref(),
        name.last.as_deref(),
        name.nickname.as_deref(),
        row.organization.as_deref(),
        row.username.as_deref(),
        row.email.as_deref(),
        row.phone.as_deref(),
        row.preferred.map(carekey::Method::as_str),
        row.locale.map(Locale::as_str),
        row.external_id.as_deref(),
        row.note.as_deref(),
        truth(row.already_created),
        some(&row.findings).as_deref(),
    ]);
}

/// The cells of a verdict, in the order of `CHECK` in `lib/roster.js`.
fn with_check(check: &RowCheck, preview: &roster::Preview, take: impl FnOnce([Option<&str>; 31])) {
    let party = check.party.map(|party| party.to_string());
    let maybe = some(&check.maybe);
    let decision = check.decision.as_ref().map(|decision| json!(decision).to_string());
    let same_as = check.same_as.map(|line| line.to_string());
    let display = check.row.display();
    let found = some(&check.findings);
    let suggestions = some(&preview.suggestions(check.row.line));
    let changes = some(&check.changes);
    let verdict = [
        Some(check.state().as_str()),
        Some(check.action.as_str()),
        Some(display.as_str()),
        party.as_deref(),
        maybe.as_deref(),
        decision.as_deref(),
        same_as.as_deref(),
        truth(Some(check.has_account)),
        check.username.as_deref(),
        check.canonical.as_deref(),
        check.email.as_ref().map(|email| email.canonical.as_str()),
        check.phone.as_ref().map(|phone| phone.e164.as_str()),
        found.as_deref(),
        suggestions.as_deref(),
        changes.as_deref(),
    ];
    with_row(&check.row, |row| {
        let mut cells = [None; 31];
        for (cell, value) in cells.iter_mut().zip(verdict.into_iter().chain(row)) {
            *cell = value;
        }
        take(cells);
    });
}

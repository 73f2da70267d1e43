//! Rosters of ties (R, B): read from anything, previewed, and created.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use carekey::agency as core;
use carekey::roster::{DateOrder, Reading, RosterColumn, TieCheck as CoreTieCheck, TieEnd, TieOutcome};
use carekey::{Error, Locale, PartyId};
use pyo3::prelude::*;

use super::office::Office;
use super::progress::{Listener, Watch};
use super::roster::{self, Source, source, written};
use crate::answers::{TieResult, TieRosterRow};
use crate::arg::{Count, FilePath, Id, Many, Moment, Object, Text, Word, word};
use crate::error::{Raised, rule_or, run};
use crate::finding::Finding;
use crate::over::{Core, Over};
use crate::record::record;
use crate::table::{Table, TableOf};

record! {
    /// A row of a roster of ties and its verdict.
    row TieCheck from &CoreTieCheck as check {
        /// The line of the file, counted from 1.
        line: u64 = check.row.line,
        /// What comes of it: ``made``, ``ended``, ``unchanged``, ``waiting`` or ``failed``.
        outcome: Word<TieOutcome> = Word(check.outcome),
        /// The one who has the part, where that is certain.
        who: Option<Id> = check.who.over(),
        /// Their name, as it is shown.
        who_name: Option<String> = check.who_name.clone(),
        /// Whom ``who`` may be, where that is not certain: the first ten. See
        /// `TiePreview.accept`.
        who_maybe: Vec<Id> = check.who_maybe.clone().over(),
        /// What ``who`` is to ``of``.
        kind: Option<Word<carekey::TieKind>> = check.row.kind.map(Word),
        /// The one whose relationship it is, where that is certain.
        of: Option<Id> = check.of.over(),
        /// Their name, as it is shown.
        of_name: Option<String> = check.of_name.clone(),
        /// Whom ``of`` may be, where that is not certain: the first ten.
        of_maybe: Vec<Id> = check.of_maybe.clone().over(),
        /// The tie that it is about, where the agency has it.
        tie: Option<Id> = check.tie.over(),
        /// From when it holds if the row passes.
        begins_at: Option<Moment> = check.begins_at.over(),
        /// Until when it holds if the row passes.
        ends_at: Option<Moment> = check.ends_at.over(),
        /// All there is to say, in its fixed order.
        findings: Vec<Finding> = check.findings.clone().over(),
    }
}

#[pymethods]
impl TieResult {
    /// The words of the result column.
    #[pyo3(signature = (locale = Word(Locale::English)), text_signature = "($self, locale='en')")]
    fn label(&self, locale: Word<Locale>) -> &'static str {
        self.outcome.0.label(locale.0)
    }
}

/// What came of creating a roster of ties: every row is accounted for.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct TieReport {
    /// The rows, in the order of the roster: a table of `TieResult`.
    #[pyo3(get)]
    rows: TableOf<TieResult>,
    /// How many rows there are of each outcome.
    #[pyo3(get)]
    counts: BTreeMap<&'static str, usize>,
    stopped: Option<Error>,
}

#[pymethods]
impl TieReport {
    /// Why the work ended before its time, where it did: what was committed by
    /// then stands in the rows, the others are `not_reached`, and the same
    /// preview can be created again.
    #[getter]
    fn stopped(&self) -> Option<Raised> {
        self.stopped.clone().map(Raised)
    }

    fn __repr__(&self) -> String {
        format!("<TieReport: {}>", told(&self.counts))
    }
}

impl TieReport {
    pub(crate) fn of(report: core::TieReport) -> Self {
        Self { counts: counts(|outcome| report.count(outcome)), rows: Table::of(report.rows), stopped: report.stopped }
    }
}

/// How many rows there are of each outcome that any has.
fn counts(count: impl Fn(TieOutcome) -> usize) -> BTreeMap<&'static str, usize> {
    let counts = TieOutcome::ALL.iter().map(|outcome| (outcome.as_str(), count(*outcome)));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn told(counts: &BTreeMap<&'static str, usize>) -> String {
    counts.iter().map(|(outcome, count)| format!("{outcome}={count}")).collect::<Vec<_>>().join(", ")
}

/// A roster of ties as it was read: who is what of whom, from when and until
/// when.
///
/// >>> from carekey import TieRoster
/// >>> roster = TieRoster.read(b"Who,Kind,Of,From\nTom Reed,emergency contact,C-17,2026-03-01\n")
/// >>> roster.rows[0].who, roster.rows[0].kind
/// ('Tom Reed', 'emergency_contact')
#[pyclass(frozen, module = "carekey")]
pub(crate) struct TieRoster(pub(crate) carekey::roster::TieRoster);

#[pymethods]
impl TieRoster {
    /// Reads a roster of ties from whatever :meth:`Roster.read` takes.
    ///
    /// Needed are the columns *who*, *kind* and *of*; *from* and *until* are
    /// dates, and so are the names, e-mail addresses and phone numbers of both
    /// ends where there are such columns. A date alone is the beginning of that
    /// day in the agency's time zone, and *until* the first moment outside.
    /// *Reference* names the document that a personal representative is one by.
    ///
    /// What the file does not say itself is told: ``sheet``, ``columns``,
    /// ``statuses``, ``encoding`` and ``most_rows`` as for :meth:`Roster.read`, and ``dates``, which number of
    /// ``01/02/2026`` is the day, where no other date of the file says it.
    ///
    /// >>> from carekey import TieRoster
    /// >>> file = b"Who,Kind,Of,From\nTom Reed,payer,C-17,01/02/2026\n"
    /// >>> TieRoster.read(file).rows[0].findings[0].code
    /// 'roster.date_ambiguous'
    /// >>> TieRoster.read(file, dates="month_first").rows[0].begins_at.month
    /// 1
    ///
    /// Raises :class:`InvalidInput` as :meth:`Roster.read`.
    #[staticmethod]
    #[pyo3(signature = (source: "RosterSource", *, sheet = None, columns = None, statuses = None, encoding = None, dates = None, most_rows = None))]
    #[allow(clippy::too_many_arguments, reason = "Python calls them by name")]
    fn read(
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        sheet: Option<Text>,
        columns: Option<HashMap<String, Option<Word<RosterColumn>>>>,
        statuses: Option<HashMap<String, bool>>,
        encoding: Option<Text>,
        dates: Option<Word<DateOrder>>,
        most_rows: Option<Count>,
    ) -> PyResult<Self> {
        let told = roster::told(sheet, columns, statuses, None, encoding);
        let reading = Reading { dates: word(dates), most_rows: roster::rows(most_rows), ..told };
        Self::of(py, source, &reading)
    }

    /// A roster of the host's own rows. They are read like those of a file:
    /// blanks are folded, and what cannot be used becomes a finding of its
    /// row. Lines that rise from row to row are kept; otherwise rows are
    /// counted from 1.
    #[staticmethod]
    fn from_rows(py: Python<'_>, rows: Many<Object<TieRosterRow>>) -> PyResult<Self> {
        let rows = || rows.0.iter().map(|row| row.0.get().core()).collect();
        run(py, || Ok(Self(carekey::roster::TieRoster::from_rows(rows()))))
    }

    /// The rows as they were read, blank lines left out: a table of
    /// `TieRosterRow`.
    #[getter]
    fn rows(&self) -> TableOf<TieRosterRow> {
        Table::of(self.0.rows().iter().cloned())
    }

    /// What there is to say about the file itself.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.0.findings().to_vec().over()
    }

    fn __len__(&self) -> usize {
        self.0.rows().len()
    }

    fn __repr__(&self) -> String {
        format!("<TieRoster of {} rows>", self.__len__())
    }
}

impl TieRoster {
    fn of(py: Python<'_>, from: &Bound<'_, PyAny>, reading: &Reading) -> PyResult<Self> {
        use carekey::roster::TieRoster as Read;
        match source(from)? {
            Source::File(file) => run(py, || Read::read(file.open()?, reading)),
            Source::Table(frame) => run(py, || Read::read_table(frame.titles, frame.rows, reading)),
        }
        .map(Self)
    }
}

/// A roster of ties held against an agency: what would come of every row.
/// Nothing is written. Say here who ends are that are not certain, then give it
/// to `Office.create_ties`.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct TiePreview(Mutex<carekey::roster::TiePreview>);

impl TiePreview {
    fn with<T>(&self, act: impl FnOnce(&mut carekey::roster::TiePreview) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[pymethods]
impl TiePreview {
    /// The rows and their verdicts now, in the order of the roster: a table of
    /// `TieCheck`.
    #[getter]
    fn rows(&self) -> TableOf<TieCheck> {
        self.with(|preview| Table::of(preview.rows()))
    }

    /// What there is to say about the file itself.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.with(|preview| preview.findings().to_vec().over())
    }

    /// How many rows there are of each outcome.
    #[getter]
    fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.with(|preview| counts(|outcome| preview.count(outcome)))
    }

    /// Says who an end of the row of that line is (C4), which waits with
    /// ``roster.maybe_same`` or ``roster.ambiguous`` or fits nobody: one of
    /// those that it may be, or any other that the agency knows. All rows are
    /// judged again; it may be said anew. Returns the row and its new verdict.
    ///
    /// Raises :class:`NotFound` ``roster.nothing_to_decide`` where no row
    /// begins on the line or the end is certain, ``party.not_found`` where the
    /// party is not known. Nothing is changed then.
    fn accept(&self, py: Python<'_>, line: Count, end: Word<TieEnd>, party: Id) -> PyResult<TieCheck> {
        rule_or(py, || self.with(|preview| preview.accept(line.0, end.0, PartyId(party.0)).map(Over::over)))
    }

    /// Says who many ends are, each a line, an end and a party: all rows are
    /// judged again only once.
    ///
    /// Raises what :meth:`accept` does, of the first that cannot be taken; then
    /// none is.
    fn accept_all(&self, py: Python<'_>, accepted: Many<(Count, Word<TieEnd>, Id)>) -> PyResult<()> {
        let accepted: Vec<_> =
            accepted.0.into_iter().map(|(line, end, party)| (line.0, end.0, PartyId(party.0))).collect();
        run(py, || self.with(|preview| preview.accept_all(&accepted)))
    }

    /// The rows that do not pass as CSV, each with its problems and what would
    /// mend the first in front, the rest as it came: correct them in a
    /// spreadsheet and read the file again. Into the file at that path, or
    /// returned.
    ///
    /// Raises :class:`InvalidInput` ``roster.unwritable``.
    #[pyo3(signature = (path = None, *, locale = Word(Locale::English)), text_signature = "($self, path=None, *, locale='en')")]
    fn write_failed(&self, py: Python<'_>, path: Option<FilePath>, locale: Word<Locale>) -> PyResult<Option<String>> {
        let preview = self.with(|preview| preview.clone());
        written(py, path.map(|path| path.0), |text| preview.write_failed(text, locale.0))
    }

    fn __len__(&self) -> usize {
        self.with(|preview| preview.rows().len())
    }

    fn __repr__(&self) -> String {
        format!("<TiePreview of {} rows: {}>", self.__len__(), told(&self.counts()))
    }
}

#[pymethods]
impl Office {
    /// Holds a roster of ties against the agency: what would come of every row,
    /// with its findings (R, B). It writes nothing. ``source`` is a
    /// :class:`TieRoster`, or anything that :meth:`TieRoster.read` takes.
    #[pyo3(signature = (source: "TieRoster | RosterSource"))]
    fn preview_ties(&self, py: Python<'_>, source: &Bound<'_, PyAny>) -> PyResult<TiePreview> {
        let office = self.get(py)?;
        let roster = match source.cast::<TieRoster>() {
            Ok(roster) => roster.get().0.clone(),
            Err(_) => TieRoster::of(py, source, &Reading::default())?.0,
        };
        run(py, || office.preview_ties(roster)).map(|preview| TiePreview(Mutex::new(preview)))
    }

    /// Makes and ends the ties that a preview let pass, in pieces that are each
    /// whole; whoever one makes somebody's emergency contact, payer or
    /// community is enrolled as by :meth:`relate` (R). It can be run again,
    /// after a crash or with next month's roster.
    ///
    /// ``progress`` is told as that of :meth:`create`.
    #[pyo3(signature = (preview, *, progress: "Progress | None" = None))]
    fn create_ties(
        &self,
        py: Python<'_>,
        preview: Object<TiePreview>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<TieReport> {
        let office = self.get(py)?;
        let preview = preview.0.get().with(|preview| preview.clone());
        let mut watch = Watch::new(Listener::of(progress)?);
        let done = run(py, || office.create_ties(&preview, &mut |progress| watch.tell(progress)));
        watch.result(done).map(TieReport::of)
    }
}

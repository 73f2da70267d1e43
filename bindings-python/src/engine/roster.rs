//! Rosters (B): read from anything, previewed, and created.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use carekey::agency as core;
use carekey::roster::Who as CoreWho;
use carekey::roster::{DateOrder, Reading, RosterColumn, RowCheck as CoreRowCheck};
use carekey::{Code, Error, ErrorKind, Locale, PartyId};
use pyo3::inspect::{PyStaticConstant, PyStaticExpr, PyStaticOperator};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use super::settings::Policy;
use crate::answers::{Change, Known, Outline, RosterRow, RowResult, Summary, WhoDecision};
use crate::arg::{Count, FilePath, Id, Many, Object, Text, Word, name, text, word};
use crate::error::{Raised, rule, rule_or, run, wrong_type};
use crate::finding::Finding;
use crate::over::{Core, Over};
use crate::record::record;
use crate::rules::written::Usernames;
use crate::table::{Frame, Table, TableOf, frame, records};

impl crate::record::ToCell for Change {
    fn cell(&self) -> crate::record::Cell<'_> {
        let shown = |side: &Option<String>| side.clone().unwrap_or_default();
        crate::record::Cell::Text(format!("{}: {} → {}", self.field, shown(&self.before), shown(&self.after)).into())
    }
}

/// Who a row is about: a party, or `another`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Who(pub(crate) CoreWho);

const ANOTHER: &str = "another";

const LITERAL: PyStaticExpr = PyStaticExpr::Subscript {
    value: &PyStaticExpr::Attribute { value: &name("typing"), attr: "Literal" },
    slice: &PyStaticExpr::Constant { value: PyStaticConstant::Str(ANOTHER) },
};

impl FromPyObject<'_, '_> for Who {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::BinOp {
        left: &<Id as FromPyObject<'_, '_>>::INPUT_TYPE,
        op: PyStaticOperator::BitOr,
        right: &LITERAL,
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if value.cast::<PyString>().is_ok_and(|text| text == ANOTHER) {
            return Ok(Self(CoreWho::Another));
        }
        value.extract().map(|Id(party)| Self(CoreWho::Same(PartyId(party))))
    }
}

impl<'py> IntoPyObject<'py> for Who {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = PyStaticExpr::BinOp {
        left: &<Id as IntoPyObject<'_>>::OUTPUT_TYPE,
        op: PyStaticOperator::BitOr,
        right: &LITERAL,
    };

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.0 {
            CoreWho::Same(party) => Id(party.0).into_pyobject(py),
            CoreWho::Another => Ok(PyString::intern(py, ANOTHER).into_any()),
        }
    }
}

impl crate::record::ToCell for WhoDecision {
    fn cell(&self) -> crate::record::Cell<'_> {
        crate::record::Cell::Text(match self.who.0 {
            CoreWho::Same(party) => party.0.to_string().into(),
            CoreWho::Another => ANOTHER.into(),
        })
    }
}

record! {
    /// A row of a roster and its verdict (U4, U5).
    row RowCheck from (&CoreRowCheck, &carekey::roster::Preview) as check {
        /// The line of the file, counted from 1.
        line: u64 = check.0.row.line,
        /// The name, as it is shown.
        name: String = check.0.row.display(),
        /// What the party is to the agency.
        role: Option<Word<carekey::Role>> = check.0.row.role.map(Word),
        /// `pass`, `waiting` or `fail`.
        state: Word<carekey::roster::RowState> = Word(check.0.state()),
        /// What is done with it if it passes.
        action: Word<carekey::roster::RowAction> = check.0.action.over(),
        /// The username, as it is shown, where the row passes.
        username: Option<String> = check.0.username.clone(),
        /// The username in canonical form (U6).
        canonical: Option<String> = check.0.canonical.clone(),
        /// Usernames that are free, the best first (U5).
        suggestions: Vec<String> = check.1.suggestions(check.0.row.line),
        /// All there is to say, in its fixed order.
        findings: Vec<Finding> = check.0.findings.clone().over(),
        /// The row's e-mail address, where it is one.
        email: Option<String> = check.0.email.as_ref().map(|email| email.typed.clone()),
        /// The row's phone number in E.164, where it is one.
        phone: Option<String> = check.0.phone.as_ref().map(|phone| phone.e164.clone()),
        /// Whom it is about, where the agency knows them.
        party: Option<Id> = check.0.party.over(),
        /// Whom it may be about, where that waits for a decision (C4): the
        /// first ten. See `Preview.decide`.
        maybe: Vec<Id> = check.0.maybe.clone().over(),
        /// The decision by which it is about whom it is about.
        decision: Option<WhoDecision> = check.0.decision.clone().over(),
        /// The earlier line about the same person in another role.
        same_as: Option<u64> = check.0.same_as,
        /// Whether the person has an account already (A5).
        has_account: bool = check.0.has_account,
        /// What it would change.
        changes: Vec<Change> = check.0.changes.clone().over(),
    }
}

record! {
    /// The rows of one role, as the bulk window shows them (A5).
    RoleGroup {
        /// The role; None for rows whose role could not be read.
        role: Option<Word<carekey::Role>>,
        /// How they stand.
        summary: Summary,
        /// The rows, in the order of the roster: a table of `RowCheck`.
        rows: TableOf<RowCheck>,
    }
}

#[pymethods]
impl RowResult {
    /// The words of the result column.
    #[pyo3(signature = (locale = Word(Locale::English)), text_signature = "($self, locale='en')")]
    fn label(&self, locale: Word<Locale>) -> &'static str {
        self.outcome.0.label(locale.0)
    }
}

/// What came of creating a roster: every row is accounted for.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct CreateReport {
    /// The rows, in the order of the roster: a table of `RowResult`.
    #[pyo3(get)]
    rows: TableOf<RowResult>,
    /// Whom the agency knows and the roster does not name. Nothing was done
    /// with them.
    #[pyo3(get)]
    gone: Vec<Id>,
    /// How many rows there are of each outcome.
    #[pyo3(get)]
    counts: std::collections::BTreeMap<&'static str, usize>,
    stopped: Option<Error>,
}

#[pymethods]
impl CreateReport {
    /// Why the work ended before its time, where it did: what was committed by
    /// then stands in the rows, the others are `not_reached`, and the same
    /// preview can be created again.
    #[getter]
    fn stopped(&self) -> Option<Raised> {
        self.stopped.clone().map(Raised)
    }

    fn __repr__(&self) -> String {
        let counts: Vec<String> = self.counts.iter().map(|(outcome, count)| format!("{outcome}={count}")).collect();
        format!("<CreateReport: {}>", counts.join(", "))
    }

    fn _repr_html_(&self) -> String {
        self.rows.table.html()
    }
}

impl CreateReport {
    pub(crate) fn of(report: core::CreateReport) -> Self {
        let counts = core::RowOutcome::ALL.iter().map(|outcome| (outcome.as_str(), report.count(*outcome)));
        Self {
            counts: counts.filter(|(_, count)| *count > 0).collect(),
            gone: report.gone.over(),
            rows: Table::of(report.rows),
            stopped: report.stopped,
        }
    }
}

/// A roster as it was read: people and organizations, in the order of the
/// file.
///
/// >>> from carekey import Roster
/// >>> roster = Roster.read(b"Role,Name\nCaregiver,\"Taming, Sue (Sue W)\"\n")
/// >>> roster.rows[0].last, roster.rows[0].nickname
/// ('Taming', 'Sue W')
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Roster(pub(crate) carekey::roster::Roster);

#[pymethods]
impl Roster {
    /// Reads a roster (B) from
    ///
    /// - a path (`str` or `os.PathLike`) of a CSV file or a workbook (xlsx, xls,
    ///   ods),
    /// - an open file, binary or text, or the `bytes` of one,
    /// - a list of dictionaries, whose keys are the titles,
    /// - a data frame: anything with the Arrow PyCapsule interface (pandas,
    ///   polars, pyarrow), none of which is imported.
    ///
    /// Titles may come in any order, any case, English or Spanish; `first_name`
    /// and `First name` are one. Needed are a role and a name.
    ///
    /// What the file does not say itself is told: ``sheet`` of a workbook;
    /// ``columns``, what titles of the file mean, ``None`` for one that is passed
    /// over; ``statuses``, what words of a status mean, whether who has it is there;
    /// ``role`` of everyone, where there is no column for it; ``encoding`` of a text,
    /// by a name of the WHATWG Encoding Standard; ``dates``, which number of
    /// ``03/04/2026`` is the day, where no other day of leaving says it. ``most_rows``
    /// is how many rows there may be, 250,000 where nothing is said; for more the file
    /// may have more than 32 MiB, in proportion.
    ///
    /// >>> from carekey import Roster
    /// >>> told = {"Aide": "name", "Branch": None}
    /// >>> roster = Roster.read(b"Aide,Branch\nSue Wright,North\n", columns=told, role="caregiver")
    /// >>> roster.rows[0].last, roster.findings
    /// ('Wright', [])
    ///
    /// Raises :class:`InvalidInput` where nothing can be made of it:
    /// ``roster.unreadable`` (no such file), ``roster.encoding``,
    /// ``roster.workbook``, ``roster.sheet_needed``, ``roster.empty``, ``roster.malformed``, ``roster.too_large``,
    /// ``roster.column_missing``, ``roster.column_repeated`` and others of
    /// ``roster.…``.
    #[staticmethod]
    #[pyo3(signature = (source: "RosterSource", *, sheet = None, columns = None, statuses = None, role = None, encoding = None, dates = None, most_rows = None))]
    #[allow(clippy::too_many_arguments, reason = "Python calls them by name")]
    fn read(
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        sheet: Option<Text>,
        columns: Option<HashMap<String, Option<Word<RosterColumn>>>>,
        statuses: Option<HashMap<String, bool>>,
        role: Option<Word<carekey::Role>>,
        encoding: Option<Text>,
        dates: Option<Word<DateOrder>>,
        most_rows: Option<Count>,
    ) -> PyResult<Self> {
        let told = told(sheet, columns, statuses, role, encoding);
        Self::of(py, source, &Reading { dates: word(dates), most_rows: rows(most_rows), ..told })
    }

    /// What a file has to choose from: the sheets of a workbook, and the titles
    /// with what each is read as. For a page that asks an office how its file is
    /// to be read, also where :meth:`read` refused it for that. It takes a path, a
    /// file or bytes, and is told what :meth:`read` is told.
    ///
    /// >>> from carekey import Roster
    /// >>> outline = Roster.outline(b"Aide,Email\nSue Wright,s@example.com\n")
    /// >>> [(one.title, one.column) for one in outline.titles]
    /// [('Aide', None), ('Email', 'email')]
    ///
    /// Raises :class:`InvalidInput` as :meth:`read`, but not about titles and sheets.
    #[staticmethod]
    #[pyo3(signature = (source: "RosterFile", *, sheet = None, columns = None, role = None, encoding = None))]
    fn outline(
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        sheet: Option<Text>,
        columns: Option<HashMap<String, Option<Word<RosterColumn>>>>,
        role: Option<Word<carekey::Role>>,
        encoding: Option<Text>,
    ) -> PyResult<Outline> {
        let reading = told(sheet, columns, None, role, encoding);
        let file = File::of(source)?.ok_or_else(|| wrong_type(source, "a path"))?;
        run(py, || carekey::roster::Roster::outline(file.open()?, &reading)).map(Over::over)
    }

    /// A roster of the host's own rows. They are read like those of a file:
    /// blanks are folded, and what cannot be used becomes a finding of its
    /// row. Lines that rise from row to row are kept; otherwise rows are
    /// counted from 1.
    #[staticmethod]
    fn from_rows(py: Python<'_>, rows: Many<Object<RosterRow>>) -> PyResult<Self> {
        let rows = || rows.0.iter().map(|row| row.0.get().core()).collect();
        run(py, || Ok(Self(carekey::roster::Roster::from_rows(rows()))))
    }

    /// Reads a table: a title for each column, and rows of texts, blank where
    /// there is nothing. Lines are counted from 1, the first row.
    ///
    /// Raises :class:`InvalidInput` as :meth:`read`.
    #[staticmethod]
    fn from_table(py: Python<'_>, titles: Many<Text>, rows: Many<Many<Text>>) -> PyResult<Self> {
        let texts = |texts: Many<Text>| texts.0.into_iter().map(|text| text.0).collect();
        let frame = Frame { titles: texts(titles), rows: rows.0.into_iter().map(texts).collect() };
        Self::of_frame(py, frame, &Reading::default())
    }

    /// Holds every row against what the host knows and the usernames in use,
    /// and against each other (U4). Nothing is written; ``usernames`` stays as
    /// it is, and has those of ``known`` too; ``country`` is for phone numbers
    /// without one (U2). ``decisions`` are those on who is who that earlier
    /// previews left (C4).
    ///
    /// >>> from carekey.roster import Roster
    /// >>> from carekey.username import Taken, Usernames
    /// >>> roster = Roster.read(b"Role,Name\nOffice staff,Felicia Conner\n")
    /// >>> usernames = Usernames(prefix="104", country="US", taken=Taken(["104fconner"]))
    /// >>> preview = roster.preview(usernames=usernames, country="US")
    /// >>> preview.rows[0].state, preview.rows[0].suggestions[0]
    /// ('waiting', '104feconner')
    #[pyo3(signature = (known = Many(Vec::new()), *, decisions = Many(Vec::new()), usernames, country, policy = None),
        text_signature = "($self, known=(), *, decisions=(), usernames, country, policy=None)")]
    fn preview(
        &self,
        py: Python<'_>,
        known: Many<Object<Known>>,
        decisions: Many<Object<WhoDecision>>,
        usernames: Object<Usernames>,
        country: Text,
        policy: Option<Object<Policy>>,
    ) -> PyResult<Preview> {
        let policy = crate::rules::policy(policy);
        run(py, || {
            let known: Vec<_> = known.0.iter().map(|known| known.0.get().core()).collect();
            let decisions: Vec<_> = decisions.0.iter().map(|decision| decision.0.get().core()).collect();
            let usernames = usernames.0.get().core();
            Ok(Preview::of(self.0.clone().preview(&known, &decisions, usernames, &policy, &country.0)))
        })
    }

    /// The rows as they were read, blank lines left out: a table of
    /// `RosterRow`.
    #[getter]
    fn rows(&self) -> TableOf<RosterRow> {
        Table::of(self.0.rows().iter().cloned())
    }

    /// What there is to say about the file itself: columns that were passed
    /// over.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.0.findings().to_vec().over()
    }

    fn __len__(&self) -> usize {
        self.0.rows().len()
    }

    fn __repr__(&self) -> String {
        format!("<Roster of {} rows>", self.__len__())
    }
}

impl Roster {
    /// The roster of whatever it is in.
    fn of(py: Python<'_>, from: &Bound<'_, PyAny>, reading: &Reading) -> PyResult<Self> {
        match source(from)? {
            Source::File(file) => run(py, || carekey::roster::Roster::read(file.open()?, reading)).map(Self),
            Source::Table(frame) => Self::of_frame(py, frame, reading),
        }
    }

    fn of_frame(py: Python<'_>, frame: Frame, reading: &Reading) -> PyResult<Self> {
        run(py, || carekey::roster::Roster::read_table(frame.titles, frame.rows, reading)).map(Self)
    }
}

/// How a file is to be read, as it was told.
pub(super) fn told(
    sheet: Option<Text>,
    columns: Option<HashMap<String, Option<Word<RosterColumn>>>>,
    statuses: Option<HashMap<String, bool>>,
    role: Option<Word<carekey::Role>>,
    encoding: Option<Text>,
) -> Reading {
    let columns = columns.unwrap_or_default().into_iter().map(|(title, column)| (title, word(column))).collect();
    let statuses = statuses.unwrap_or_default().into_iter().collect();
    Reading { sheet: text(sheet), columns, statuses, role: word(role), encoding: text(encoding), ..Reading::default() }
}

/// The most rows that there may be, as it was told.
pub(super) fn rows(most: Option<Count>) -> Option<usize> {
    most.map(|most| usize::try_from(most.0).unwrap_or(usize::MAX))
}

/// A file: where it is, or what is in it.
pub(super) enum File {
    At(PathBuf),
    Of(Vec<u8>),
}

impl File {
    /// The file that it is, if it is one and no table.
    fn of(source: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(bytes) = source.cast::<PyBytes>() {
            return Ok(Some(Self::Of(bytes.as_bytes().to_vec())));
        }
        if source.hasattr("__arrow_c_stream__")? {
            return Ok(None);
        }
        if source.is_instance_of::<PyString>() || source.hasattr("__fspath__")? {
            return source.extract().map(|path| Some(Self::At(path))).map_err(|_| wrong_type(source, "a path"));
        }
        if !source.hasattr("read")? {
            return Ok(None);
        }
        // What the file itself says against it stays as it is: it is no input of ours.
        let content = source.call_method0("read")?;
        if content.is_instance_of::<PyString>() {
            return Ok(Some(Self::Of(content.extract::<Text>()?.0.into_bytes())));
        }
        let bytes = content.cast::<PyBytes>().map_err(|_| wrong_type(&content, "text or bytes"))?;
        Ok(Some(Self::Of(bytes.as_bytes().to_vec())))
    }

    pub(super) fn open(self) -> carekey::Result<Box<dyn Read>> {
        match self {
            Self::Of(bytes) => Ok(Box::new(Cursor::new(bytes))),
            Self::At(path) => match std::fs::File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(_) => Err(Error::new(ErrorKind::Invalid, Code::RosterUnreadable)),
            },
        }
    }
}

/// What a roster is read from.
pub(super) enum Source {
    File(File),
    Table(Frame),
}

/// Whatever it is in.
pub(super) fn source(source: &Bound<'_, PyAny>) -> PyResult<Source> {
    if let Some(file) = File::of(source)? {
        return Ok(Source::File(file));
    }
    let is_frame = source.hasattr("__arrow_c_stream__")?;
    Ok(Source::Table(if is_frame { frame(source)? } else { records(source)? }))
}

/// A roster held against an agency: a verdict, findings and suggestions for
/// every row (U4, U5). Nothing is written. Decide on suggestions and on who is
/// who here, then give it to `Office.create`.
#[pyclass(frozen, module = "carekey")]
pub(crate) struct Preview(Mutex<carekey::roster::Preview>);

impl Preview {
    pub(crate) fn of(preview: carekey::roster::Preview) -> Self {
        Self(Mutex::new(preview))
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut carekey::roster::Preview) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does it, and gives the row of a line as it is then.
    fn then(
        &self,
        line: u64,
        act: impl FnOnce(&mut carekey::roster::Preview) -> carekey::Result<()>,
    ) -> carekey::Result<RowCheck> {
        self.with(|preview| {
            act(preview)?;
            preview.row(line).map(|row| (row, &*preview).over())
        })
    }

    fn csv(&self, py: Python<'_>, path: Option<PathBuf>, write: CsvWriter, locale: Locale) -> PyResult<Option<String>> {
        let preview = self.with(|preview| preview.clone());
        written(py, path, |text| write(&preview, text, locale))
    }
}

/// What is written: into the file at that path, or as a text.
pub(super) fn written(
    py: Python<'_>,
    path: Option<PathBuf>,
    write: impl FnOnce(&mut Vec<u8>) -> carekey::Result<()> + Send,
) -> PyResult<Option<String>> {
    let unwritable = || Error::new(ErrorKind::Invalid, Code::RosterUnwritable);
    run(py, || {
        let mut text = Vec::new();
        write(&mut text)?;
        let Some(path) = path else { return Ok(Some(String::from_utf8_lossy(&text).into_owned())) };
        std::fs::write(path, text).map_err(|_| unwritable())?;
        Ok(None)
    })
}

type CsvWriter = fn(&carekey::roster::Preview, &mut Vec<u8>, Locale) -> carekey::Result<()>;

#[pymethods]
impl Preview {
    /// The rows and their verdicts now, in the order of the roster: a table of
    /// `RowCheck`.
    #[getter]
    fn rows(&self) -> TableOf<RowCheck> {
        self.with(|preview| Table::of(preview.rows().iter().map(|row| (row, &*preview))))
    }

    /// What there is to say about the file itself.
    #[getter]
    fn findings(&self) -> Vec<Finding> {
        self.with(|preview| preview.findings().to_vec().over())
    }

    /// Whom the agency knows and the roster does not name.
    #[getter]
    fn gone(&self) -> Vec<Id> {
        self.with(|preview| preview.gone().to_vec().over())
    }

    /// How many rows there are of each kind.
    #[getter]
    fn summary(&self) -> Summary {
        self.with(|preview| preview.summary().over())
    }

    /// The rows by role, as the bulk window shows them (A5); roles without
    /// rows are left out.
    fn by_role(&self) -> Vec<RoleGroup> {
        self.with(|preview| {
            let preview = &*preview;
            let group = |group: carekey::roster::RoleGroup<'_>| RoleGroup {
                role: group.role.map(Word),
                summary: group.summary.over(),
                rows: Table::of(group.rows.into_iter().map(|row| (row, preview))),
            };
            preview.by_role().into_iter().map(group).collect()
        })
    }

    /// Accepts the best suggestion for every row that waits (U5). Returns how
    /// many there were.
    fn accept_suggestions(&self, py: Python<'_>) -> PyResult<usize> {
        rule(py, || self.with(carekey::roster::Preview::accept_suggestions))
    }

    /// Accepts a username for the row of that line: one of its suggestions, or
    /// another. Returns the row and its new verdict.
    ///
    /// Raises :class:`NotFound` ``roster.no_such_row`` where no row of that
    /// line needs a name.
    fn accept(&self, py: Python<'_>, line: Count, username: Text) -> PyResult<RowCheck> {
        rule_or(py, || self.then(line.0, |preview| preview.accept(line.0, &username.0).map(drop)))
    }

    /// Declines the suggestions of the row of that line: it fails.
    ///
    /// Raises :class:`NotFound` ``roster.no_such_row`` as :meth:`accept`.
    fn decline(&self, py: Python<'_>, line: Count) -> PyResult<()> {
        rule_or(py, || self.with(|preview| preview.decline(line.0)))
    }

    /// Lets the person of the row of that line share the login of whoever has
    /// their e-mail address (``roster.may_share``): two of one household, who
    /// read one mailbox. They are added without a login, and
    /// :meth:`Office.create` sends an invitation to the address: whoever signs
    /// in there and takes it up sees what is theirs too (I8). Nobody is linked
    /// before that. Returns the row and its new verdict.
    ///
    /// Raises :class:`NotFound` ``roster.no_such_row`` where the row of that
    /// line has no ``roster.may_share``.
    fn share(&self, py: Python<'_>, line: Count) -> PyResult<RowCheck> {
        rule_or(py, || self.then(line.0, |preview| preview.share(line.0).map(drop)))
    }

    /// Decides who the row of that line is about, which waits with
    /// ``roster.maybe_same`` (C4): a party, be it one of those that it may be
    /// about or any other that the agency knows, or ``another`` than these. All
    /// rows are judged again, and what was accepted or declined holds where it
    /// still can; a decision may be taken anew. Returns the row and its new
    /// verdict.
    ///
    /// Raises :class:`NotFound` ``roster.nothing_to_decide`` where no row of
    /// that line waits for it, ``party.not_found`` where the party is not known
    /// or has another identifier than the row; :class:`InvalidInput`
    /// ``roster.repeated_row`` where another row is about that party in the
    /// same role. Of a preview of an office :class:`StoreError`, too, since beside very
    /// many people somebody whom no row resembles is looked for then. Nothing is changed.
    ///
    /// >>> from uuid import UUID
    /// >>> from carekey.roster import Known, PersonName, Roster
    /// >>> from carekey.username import Usernames
    /// >>> maria = PersonName.parse("Maria Garcia").require()
    /// >>> known = [Known(UUID(int=7), name_key=maria.key(), display_name=maria.display(), roles=["caregiver"],
    /// ...                email_canonical="old@example.com")]
    /// >>> roster = Roster.read(b"Role,Name,Email\nCaregiver,Maria Garcia,new@example.com\n")
    /// >>> usernames = Usernames(prefix="104", country="US")
    /// >>> preview = roster.preview(known, usernames=usernames, country="US")
    /// >>> preview.rows[0].state, preview.rows[0].maybe == [UUID(int=7)]
    /// ('waiting', True)
    /// >>> preview.decide(2, "another").state
    /// 'pass'
    ///
    /// Kept, it is not asked again:
    ///
    /// >>> roster.preview(known, decisions=preview.decisions, usernames=usernames, country="US").rows[0].state
    /// 'pass'
    fn decide(&self, py: Python<'_>, line: Count, who: Who) -> PyResult<RowCheck> {
        // Of a preview of an office it may ask the store.
        run(py, || self.then(line.0, |preview| preview.decide(line.0, who.0).map(drop)))
    }

    /// Takes many decisions at once, pairs of a line and who its row is about:
    /// all rows are judged again only once.
    ///
    /// Raises what :meth:`decide` does, of the first decision that cannot be
    /// taken; then none is.
    fn decide_all(&self, py: Python<'_>, decisions: Many<(Count, Who)>) -> PyResult<()> {
        let decisions: Vec<_> = decisions.0.into_iter().map(|(line, who)| (line.0, who.0)).collect();
        run(py, || self.with(|preview| preview.decide_all(&decisions)))
    }

    /// The decisions on who rows are about that were taken here, to be kept and
    /// brought along the next time.
    #[getter]
    fn decisions(&self) -> Vec<WhoDecision> {
        self.with(|preview| preview.decisions().to_vec().over())
    }

    /// The rows that do not pass as CSV, each with its problems and its first
    /// suggestion in front, the rest as it came: correct them in a spreadsheet
    /// and read the file again. Into the file at that path, or returned.
    ///
    /// Raises :class:`InvalidInput` ``roster.unwritable``.
    #[pyo3(signature = (path = None, *, locale = Word(Locale::English)), text_signature = "($self, path=None, *, locale='en')")]
    fn write_failed(&self, py: Python<'_>, path: Option<FilePath>, locale: Word<Locale>) -> PyResult<Option<String>> {
        self.csv(py, path.map(|path| path.0), |preview, text, locale| preview.write_failed(text, locale), locale.0)
    }

    /// All rows with their verdicts as CSV: into the file at that path, or
    /// returned.
    ///
    /// Raises :class:`InvalidInput` ``roster.unwritable``.
    #[pyo3(signature = (path = None, *, locale = Word(Locale::English)), text_signature = "($self, path=None, *, locale='en')")]
    fn write_all(&self, py: Python<'_>, path: Option<FilePath>, locale: Word<Locale>) -> PyResult<Option<String>> {
        self.csv(py, path.map(|path| path.0), |preview, text, locale| preview.write_all(text, locale), locale.0)
    }

    fn __len__(&self) -> usize {
        self.with(|preview| preview.rows().len())
    }

    fn __repr__(&self) -> String {
        let summary = self.with(|preview| preview.summary());
        format!(
            "<Preview of {} rows: create={}, update={}, unchanged={}, waiting={}, failed={}>",
            summary.rows, summary.create, summary.update, summary.unchanged, summary.waiting, summary.failed
        )
    }

    fn _repr_html_(&self) -> String {
        self.rows().table.html()
    }
}

/// A roster, or anything that one can be read from.
pub(crate) fn roster(source: &Bound<'_, PyAny>) -> PyResult<carekey::roster::Roster> {
    if let Ok(roster) = source.cast::<Roster>() {
        return Ok(roster.get().0.clone());
    }
    Roster::of(source.py(), source, &Reading::default()).map(|roster| roster.0)
}

/// For tests: what a panic of the core becomes. Only in builds for testing.
#[pyfunction]
pub(crate) fn _panic(py: Python<'_>) -> PyResult<()> {
    #[allow(clippy::panic, reason = "that is what it is for")]
    run(py, || if cfg!(debug_assertions) { panic!("a panic on purpose") } else { Ok(()) })
}

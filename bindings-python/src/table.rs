//! Long lists: they stay on the core's side, and a row becomes an object when
//! someone asks for it.

use std::borrow::Cow;
use std::io::Write;
use std::marker::PhantomData;
use std::sync::Arc;

use carekey::agency::Each;
use carekey::roster::{defused, number_text};
use carekey::{Code, Error, ErrorKind};
use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyException, PyIndexError};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyCapsule, PyDateTime, PyDict, PyFloat, PyList, PySlice, PyString, PyTuple};

use crate::arg::FilePath;
use crate::arrow::{self, CAPSULE, Column, Fault, Stream};
use crate::error::{raise, rule_or, run, wrong_column, wrong_type};
use crate::over::Over;
use crate::record::{Cell, Row};
use crate::value::{Reduced, Restore, other, reduced};

/// How many rows a notebook shows of a table.
const SHOWN: usize = 20;

/// A table that says of what: for the type stub.
#[derive(Clone)]
pub(crate) struct TableOf<R> {
    pub(crate) table: Table,
    row: PhantomData<fn() -> R>,
}

impl<'py, R: Row> IntoPyObject<'py> for TableOf<R> {
    type Target = Table;
    type Output = Bound<'py, Table>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr =
        PyStaticExpr::Subscript { value: &<Table as PyTypeInfo>::TYPE_HINT, slice: &<R as PyTypeInfo>::TYPE_HINT };

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Bound::new(py, self.table)
    }
}

impl<R: Row> PartialEq for TableOf<R> {
    fn eq(&self, other: &Self) -> bool {
        self.table.same(&other.table)
    }
}

impl<R: Row> Restore for TableOf<R> {
    fn restore(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let table = value.cast::<Table>().map_err(|_| other(value.py()))?.get().clone();
        if table.rows.class() != R::CLASS {
            return Err(other(value.py()));
        }
        Ok(Self { table, row: PhantomData })
    }
}

/// What a table needs to know of its rows.
trait Rows: Send + Sync {
    /// The class of the rows.
    fn class(&self) -> &'static str;
    fn cells(&self, row: usize) -> Vec<Cell<'_>>;
    fn object(&self, py: Python<'_>, row: usize) -> PyResult<Option<Py<PyAny>>>;
    fn dict<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Option<Bound<'py, PyDict>>>;
}

impl<R: Row> Rows for Vec<R> {
    fn class(&self) -> &'static str {
        R::CLASS
    }

    fn cells(&self, row: usize) -> Vec<Cell<'_>> {
        self.get(row).map(R::cells).unwrap_or_default()
    }

    fn object(&self, py: Python<'_>, row: usize) -> PyResult<Option<Py<PyAny>>> {
        self.get(row).map(|row| row.object(py)).transpose()
    }

    fn dict<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Option<Bound<'py, PyDict>>> {
        self.get(row).map(|row| row.dict(py)).transpose()
    }
}

/// A long list of results: a sequence whose rows become objects when they are
/// asked for, so that 100,000 of them cost nothing until they are read.
///
/// It exports itself: :meth:`to_dicts`, :meth:`to_csv`, and Arrow
/// (``pyarrow.table(table)``, ``polars.DataFrame(table)``,
/// ``pandas.DataFrame.from_arrow(table)``).
#[pyclass(frozen, sequence, module = "carekey")]
#[derive(Clone)]
pub(crate) struct Table {
    rows: Arc<dyn Rows>,
    columns: &'static [&'static str],
    /// Which of the rows, in which order: a slice of a table is a table.
    from: usize,
    to: usize,
}

impl Table {
    pub(crate) fn of<R: Row>(rows: impl IntoIterator<Item: Over<R>>) -> TableOf<R> {
        let table = Self::holding::<R>(rows.into_iter().map(Over::over).collect());
        TableOf { table, row: PhantomData }
    }

    pub(crate) fn holding<R: Row>(rows: Vec<R>) -> Self {
        Self { from: 0, to: rows.len(), rows: Arc::new(rows), columns: R::COLUMNS }
    }

    fn same(&self, other: &Self) -> bool {
        self.rows.class() == other.rows.class() && self.__len__() == other.__len__() && self.lines().eq(other.lines())
    }

    fn lines(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        (self.from..self.to).map(|row| self.rows.cells(row))
    }

    fn write(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut csv = csv::Writer::from_writer(to);
        csv.write_record(self.columns)?;
        for cells in self.lines() {
            // A cell that a spreadsheet would run as a formula is defused (B).
            csv.write_record(cells.iter().map(|cell| defused(&cell.to_string()).into_owned()))?;
        }
        Ok(csv.flush()?)
    }

    /// The columns for Arrow. None where one is too long for it.
    fn arrow(&self) -> Option<Vec<Column>> {
        let mut columns: Vec<Column> = self.columns.iter().map(|_| Column::new()).collect();
        for cells in self.lines() {
            for (column, cell) in columns.iter_mut().zip(cells) {
                column.push(&cell)?;
            }
        }
        Some(columns)
    }
}

/// The rest of Python's collector while many objects are made: none of them is
/// garbage yet, and it would go through all of them again and again.
struct Rest<'py>(Option<Bound<'py, PyModule>>);

impl<'py> Rest<'py> {
    fn begin(py: Python<'py>) -> PyResult<Self> {
        let collector = py.import("gc")?;
        let at_work: bool = collector.call_method0("isenabled")?.extract()?;
        if at_work {
            collector.call_method0("disable")?;
        }
        Ok(Self(at_work.then_some(collector)))
    }
}

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        if let Some(collector) = &self.0 {
            // There is nobody to tell, and it takes nothing that could be wrong.
            let _ = collector.call_method0("enable");
        }
    }
}

#[pymethods]
impl Table {
    /// The names of the columns: the fields of a row.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.columns)
    }

    fn __len__(&self) -> usize {
        self.to - self.from
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(slice) = index.cast::<PySlice>() {
            let length = isize::try_from(self.__len__()).unwrap_or(isize::MAX);
            let at = slice.indices(length)?;
            if at.step == 1 {
                let place = |index: isize| self.from + usize::try_from(index).unwrap_or(0);
                let (from, to) = (place(at.start), place(at.stop.max(at.start)));
                let part = Self { rows: self.rows.clone(), columns: self.columns, from, to };
                return Ok(Bound::new(py, part)?.into_any());
            }
            let picked = (0..at.slicelength).map(|nth| {
                let index = at.start + isize::try_from(nth).unwrap_or(0) * at.step;
                self.row(py, index)
            });
            return Ok(PyList::new(py, picked.collect::<PyResult<Vec<_>>>()?)?.into_any());
        }
        let index: isize = index.extract().map_err(|_| wrong_type(index, "an index or a slice (int, slice)"))?;
        let length = isize::try_from(self.__len__()).unwrap_or(isize::MAX);
        Ok(self.row(py, if index < 0 { index + length } else { index })?.into_bound(py))
    }

    /// The rows as dictionaries, one for each, with the same keys.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let _rest = Rest::begin(py)?;
        for row in self.from..self.to {
            if let Some(row) = self.rows.dict(py, row)? {
                list.append(row)?;
            }
        }
        Ok(list)
    }

    /// The rows as CSV, in UTF-8: into the file at that path, or returned as a
    /// text. Moments are in RFC 3339, lists are joined by ``; ``, secrets are
    /// left out, and cells that a spreadsheet would run as a formula are
    /// defused (B).
    ///
    /// Raises :class:`InvalidInput` ``roster.unwritable`` where the file
    /// cannot be written.
    #[pyo3(signature = (path = None))]
    fn to_csv(&self, py: Python<'_>, path: Option<FilePath>) -> PyResult<Option<String>> {
        let unwritable = || Error::new(ErrorKind::Invalid, Code::RosterUnwritable);
        run(py, || match path {
            Some(path) => {
                let file = std::fs::File::create(path.0).map_err(|_| unwritable())?;
                self.write(std::io::BufWriter::new(file)).map_err(|_| unwritable())?;
                Ok(None)
            }
            None => {
                let mut text = Vec::new();
                self.write(&mut text).map_err(|_| unwritable())?;
                Ok(Some(String::from_utf8_lossy(&text).into_owned()))
            }
        })
    }

    /// The Arrow PyCapsule interface: what data frame libraries read.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer may ask for another schema; the protocol lets us give ours.
        drop(requested_schema);
        let too_long = || Error::new(ErrorKind::Internal, Code::Internal);
        let columns = rule_or(py, || self.arrow().ok_or_else(too_long))?;
        PyCapsule::new_with_value(py, Stream::new(self.columns, columns), CAPSULE)
    }

    fn __repr__(&self) -> String {
        format!("<Table of {} rows: {}>", self.__len__(), self.columns.join(", "))
    }

    fn _repr_html_(&self) -> String {
        self.html()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.same(other.get()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let rows: Vec<Py<PyAny>> = (0..self.to - self.from)
            .filter_map(|row| self.rows.object(py, self.from + row).transpose())
            .collect::<PyResult<_>>()?;
        reduced(py, &format!("{}._table", self.rows.class()), [PyList::new(py, rows)?.into_any()])
    }

    #[classmethod]
    fn __class_getitem__(class: &Bound<'_, pyo3::types::PyType>, _row: &Bound<'_, PyAny>) -> Py<pyo3::types::PyType> {
        class.clone().unbind()
    }
}

impl Table {
    /// The first rows, as a notebook shows them.
    pub(crate) fn html(&self) -> String {
        let mut html = String::from("<table><thead><tr>");
        self.columns.iter().for_each(|column| html.extend(["<th>", &escaped(column), "</th>"]));
        html.push_str("</tr></thead><tbody>");
        for cells in self.lines().take(SHOWN) {
            html.push_str("<tr>");
            cells.iter().for_each(|cell| html.extend(["<td>", &escaped(&cell.to_string()), "</td>"]));
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        let more = self.__len__().saturating_sub(SHOWN);
        if more > 0 {
            html.push_str(&format!("<p>and {more} more rows</p>"));
        }
        html
    }

    /// The row at that place, which must be there.
    fn row(&self, py: Python<'_>, index: isize) -> PyResult<Py<PyAny>> {
        let place = usize::try_from(index).ok().filter(|index| *index < self.__len__());
        let row = place.map(|index| self.rows.object(py, self.from + index)).transpose()?.flatten();
        row.ok_or_else(|| PyIndexError::new_err("the table has no such row"))
    }
}

fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

/// A list that is gone through, and its rows as Python's.
trait List: Send + Sync {
    fn page(&mut self, py: Python<'_>) -> PyResult<Vec<Py<PyAny>>>;
    fn found(&self, py: Python<'_>) -> PyResult<u64>;
}

/// Goes through a long list page by page, so that no more than one page is in
/// memory.
#[pyclass(module = "carekey")]
pub(crate) struct Pages {
    list: Box<dyn List>,
    /// What is left of the page that was read last.
    rows: std::vec::IntoIter<Py<PyAny>>,
    found: Option<u64>,
}

/// Pages that say of what: for the type stub.
pub(crate) struct PagesOf<R> {
    pages: Pages,
    row: PhantomData<fn() -> R>,
}

/// Begun when the first row, or how many there are, is asked for.
struct Lazy<R, Core, Begin> {
    begin: Begin,
    size: u64,
    begun: Option<Each<Core>>,
    row: PhantomData<fn() -> R>,
}

impl<R, Core, Begin> List for Lazy<R, Core, Begin>
where
    R: Row,
    Core: Over<R> + Send + Sync + 'static,
    Begin: Fn(Python<'_>) -> PyResult<Each<Core>> + Send + Sync,
{
    fn page(&mut self, py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
        let each = match &mut self.begun {
            Some(each) => each,
            none => none.insert((self.begin)(py)?.by(self.size)),
        };
        run(py, || each.page())?.into_iter().map(|row| row.over().object(py)).collect()
    }

    fn found(&self, py: Python<'_>) -> PyResult<u64> {
        let each = (self.begin)(py)?;
        run(py, || each.found())
    }
}

impl<R: Row> PagesOf<R> {
    pub(crate) fn new<Core: Over<R> + Send + Sync + 'static>(
        size: u64,
        begin: impl Fn(Python<'_>) -> PyResult<Each<Core>> + Send + Sync + 'static,
    ) -> Self {
        let list = Box::new(Lazy { begin, size, begun: None, row: PhantomData::<fn() -> R> });
        Self { pages: Pages { list, rows: Vec::new().into_iter(), found: None }, row: PhantomData }
    }
}

impl<'py, R: Row> IntoPyObject<'py> for PagesOf<R> {
    type Target = Pages;
    type Output = Bound<'py, Pages>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr =
        PyStaticExpr::Subscript { value: &<Pages as PyTypeInfo>::TYPE_HINT, slice: &<R as PyTypeInfo>::TYPE_HINT };

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Bound::new(py, self.pages)
    }
}

#[pymethods]
impl Pages {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        if self.rows.len() == 0 {
            self.rows = self.list.page(py)?.into_iter();
        }
        Ok(self.rows.next())
    }

    /// How many rows there are on all pages, when it was first asked.
    #[getter]
    fn found(&mut self, py: Python<'_>) -> PyResult<u64> {
        match self.found {
            Some(found) => Ok(found),
            None => Ok(*self.found.insert(self.list.found(py)?)),
        }
    }

    #[classmethod]
    fn __class_getitem__(class: &Bound<'_, pyo3::types::PyType>, _row: &Bound<'_, PyAny>) -> Py<pyo3::types::PyType> {
        class.clone().unbind()
    }
}

/// A table that comes from a data frame: titles, and rows of texts.
pub(crate) struct Frame {
    pub(crate) titles: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads what offers itself through the Arrow PyCapsule interface: data frames
/// of pandas, polars, pyarrow and others, none of which is imported. A frame
/// that Arrow does not take, since a column holds a mixture, is read cell by
/// cell where it offers that (pandas).
pub(crate) fn frame(value: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let py = value.py();
    let unreadable = || raise(py, Error::new(ErrorKind::Invalid, Code::RosterUnreadable));
    let capsule = match value.call_method0("__arrow_c_stream__") {
        Ok(capsule) => capsule,
        Err(error) if !error.is_instance_of::<PyException>(py) => return Err(error),
        Err(_) if value.hasattr("itertuples")? => return mixed(value),
        Err(error) => {
            let raised = unreadable();
            raised.set_cause(py, Some(error));
            return Err(raised);
        }
    };
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| wrong_type(value, "a data frame (Arrow stream)"))?;
    let pointer = capsule.pointer_checked(Some(CAPSULE))?;
    // SAFETY: the protocol says that a capsule of this name holds a valid
    // stream, which a consumer moves out.
    match unsafe { arrow::read(pointer.as_ptr().cast()) } {
        Ok((titles, rows)) => Ok(Frame { titles, rows }),
        Err(Fault::Unreadable) => Err(unreadable()),
        Err(Fault::Column { title, holds }) => Err(wrong_column(py, &title, holds)),
    }
}

/// A frame of pandas, cell by cell.
fn mixed(value: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let titles = value.getattr("columns")?.try_iter()?.map(|title| Ok(title?.str()?.to_string()));
    let titles = titles.collect::<PyResult<_>>()?;
    let plain = [("index", false)].into_py_dict(value.py())?;
    let rows = value.call_method("itertuples", (), Some(&plain))?.try_iter()?;
    let rows = rows.map(|row| row?.try_iter()?.map(|cell| cell_text(&cell?)).collect()).collect::<PyResult<_>>()?;
    Ok(Frame { titles, rows })
}

/// A cell of Python as its text: what is missing, by any of the names that
/// libraries have for it (None, NaN, NaT, NA), as a blank, and numbers and
/// moments as a workbook shows them.
fn cell_text(cell: &Bound<'_, PyAny>) -> PyResult<String> {
    if cell.is_none() {
        return Ok(String::new());
    }
    if cell.is_instance_of::<PyString>() {
        return Ok(cell.extract::<crate::arg::Text>()?.0);
    }
    if let Ok(number) = cell.cast::<PyFloat>() {
        return Ok(number_text(number.value()));
    }
    // Nothing that is there differs from itself; NA of pandas does not say even that.
    if !cell.eq(cell).or_else(|_| cell.get_type().name().map(|name| name != "NAType"))? {
        return Ok(String::new());
    }
    let text = cell.str()?.to_string();
    let is_moment = cell.is_instance_of::<PyDateTime>();
    Ok(text.strip_suffix(" 00:00:00").filter(|_| is_moment).map(str::to_owned).unwrap_or(text))
}

/// Reads a list of mappings: the keys are the titles, in the order in which
/// they first come, and the cells are read as those of a data frame.
pub(crate) fn records(value: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let expected = "a path, a file, bytes, a list of dictionaries, or a data frame";
    let mut titles: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for record in value.try_iter().map_err(|_| wrong_type(value, expected))? {
        let record = record?;
        let record = match record.cast::<PyDict>() {
            Ok(record) => record.clone(),
            Err(_) => return Err(wrong_type(&record, "a dictionary (dict)")),
        };
        let mut row = vec![String::new(); titles.len()];
        for (title, cell) in record.iter() {
            let title: crate::arg::Text = title.extract()?;
            let at = titles.iter().position(|known| *known == title.0).unwrap_or_else(|| {
                titles.push(title.0);
                row.push(String::new());
                titles.len() - 1
            });
            if let Some(place) = row.get_mut(at) {
                *place = cell_text(&cell)?;
            }
        }
        rows.push(row);
    }
    rows.iter_mut().for_each(|row| row.resize(titles.len(), String::new()));
    Ok(Frame { titles, rows })
}

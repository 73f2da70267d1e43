//! What comes in: each type of argument says what it takes, and refuses all
//! else with a code.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::str::FromStr;

use carekey::agency::Edit;
use carekey::{Code, Error, ErrorKind};
use pyo3::inspect::{PyStaticExpr, PyStaticOperator};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDateTime, PyDelta, PyInt, PyMapping, PyString, PyTzInfo};
use pyo3::{PyClass, PyTypeInfo};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::error::{raise, unknown_word, wrong_type};

/// A name of Python, for the type stub.
pub(crate) const fn name(id: &'static str) -> PyStaticExpr {
    PyStaticExpr::Name { id }
}

const UUID: PyStaticExpr = PyStaticExpr::Attribute { value: &name("uuid"), attr: "UUID" };
const DATETIME: PyStaticExpr = PyStaticExpr::Attribute { value: &name("datetime"), attr: "datetime" };
const WORDS: PyStaticExpr = name("carekey.words");

/// A text: `str`.
pub(crate) struct Text(pub(crate) String);

impl FromPyObject<'_, '_> for Text {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = name("str");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>().map_err(|_| wrong_type(&value, "text (str)"))?;
        // A lone surrogate: bytes of a file name that are no text.
        text.to_str().map(|text| Self(text.to_owned())).map_err(|_| wrong_type(&value, "text that UTF-8 can write"))
    }
}

/// A whole number from zero.
pub(crate) struct Count(pub(crate) u64);

impl FromPyObject<'_, '_> for Count {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = name("int");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let number = value.cast::<PyInt>().ok().and_then(|number| number.extract().ok());
        number.map(Self).ok_or_else(|| wrong_type(&value, "a whole number from zero (int)"))
    }
}

impl Count {
    /// The number, or the largest that the core counts to.
    pub(crate) fn small(&self) -> u32 {
        u32::try_from(self.0).unwrap_or(u32::MAX)
    }
}

/// A whole number.
pub(crate) struct Whole(pub(crate) i64);

impl FromPyObject<'_, '_> for Whole {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = name("int");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let number = value.cast::<PyInt>().ok().and_then(|number| number.extract().ok());
        number.map(Self).ok_or_else(|| wrong_type(&value, "a whole number (int)"))
    }
}

/// Some bytes: `bytes`.
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl FromPyObject<'_, '_> for Bytes {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = name("bytes");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let bytes = value.cast::<PyBytes>().map_err(|_| wrong_type(&value, "bytes"))?;
        Ok(Self(bytes.as_bytes().to_vec()))
    }
}

impl Bytes {
    /// A key: 32 bytes, or the error that they are not so many.
    pub(crate) fn key(&self, py: Python<'_>) -> PyResult<[u8; 32]> {
        let error = || Error::new(ErrorKind::Configuration, Code::KeyLength).with("expected", 32);
        <[u8; 32]>::try_from(self.0.as_slice()).map_err(|_| raise(py, error().with("found", self.0.len())))
    }
}

/// An identifier: a `uuid.UUID`, or its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Id(pub(crate) Uuid);

impl FromPyObject<'_, '_> for Id {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        PyStaticExpr::BinOp { left: &UUID, op: PyStaticOperator::BitOr, right: &name("str") };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(id) = value.extract::<Uuid>() {
            return Ok(Self(id));
        }
        let text = value.cast::<PyString>().map_err(|_| wrong_type(&value, "an identifier (uuid.UUID)"))?;
        let parsed = text.to_str().ok().and_then(|text| Uuid::parse_str(text).ok());
        let malformed = || raise(value.py(), carekey::Finding::new(Code::IdMalformed, "id").into());
        parsed.map(Self).ok_or_else(malformed)
    }
}

impl<'py> IntoPyObject<'py> for Id {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = UUID;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.into_pyobject(py)
    }
}

/// A moment: a `datetime` with a zone. It comes out in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment(pub(crate) OffsetDateTime);

impl FromPyObject<'_, '_> for Moment {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = DATETIME;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if let Some(moment) = again(&value) {
            return Ok(Self(moment));
        }
        if let Some(moment) = since_epoch(&value) {
            keep(&value, moment);
            return Ok(Self(moment));
        }
        let expected = || wrong_type(&value, "a moment with a zone (datetime)");
        let moment = value.cast::<PyDateTime>().map_err(|_| expected())?;
        if moment.call_method0("utcoffset")?.is_none() {
            return Err(expected());
        }
        let there = moment.call_method1("astimezone", (PyTzInfo::utc(py)?,))?;
        there.extract().map(Self).map_err(|_| expected())
    }
}

thread_local! {
    /// The moment that came in again last, where it is one that stays what it is.
    static LAST: RefCell<Option<(Py<PyAny>, OffsetDateTime)>> = const { RefCell::new(None) };
    /// Where the object lay that came in before: another may lie there by now.
    static BEFORE: Cell<usize> = const { Cell::new(0) };
}

/// The moment that came in again last, where this is the very same object: who decides
/// for all that a page shows does so as of one moment.
fn again(value: &Bound<'_, PyAny>) -> Option<OffsetDateTime> {
    LAST.with_borrow(|last| last.as_ref().filter(|(known, _)| known.is(value)).map(|(_, moment)| *moment))
}

/// Keeps a moment for [`again`] that comes in a second time, where no code of Python has
/// a say in what it is: one in UTC. A zone of somebody's own may answer otherwise the
/// next time.
fn keep(value: &Bound<'_, PyAny>, moment: OffsetDateTime) {
    static UTC: PyOnceLock<Py<PyTzInfo>> = PyOnceLock::new();
    let (py, here) = (value.py(), value.as_ptr().addr());
    if BEFORE.replace(here) != here {
        return;
    }
    let utc = UTC.get_or_try_init(py, || PyTzInfo::utc(py).map(|utc| utc.to_owned().unbind()));
    if let (Ok(zone), Ok(utc)) = (value.getattr(intern!(py, "tzinfo")), utc)
        && zone.is(utc)
    {
        LAST.set(Some((value.clone().unbind(), moment)));
    }
}

/// The moment of a `datetime` with a zone, by what lies between it and the first
/// of 1970: the stable ABI reads each of its parts by name, and of these there are
/// three and not nine. Nothing where it is of a class of its own, has no zone, or
/// is in UTC where Python writes none.
fn since_epoch(value: &Bound<'_, PyAny>) -> Option<OffsetDateTime> {
    static EPOCH: PyOnceLock<Py<PyDateTime>> = PyOnceLock::new();
    if !value.is_exact_instance_of::<PyDateTime>() {
        return None;
    }
    let py = value.py();
    let epoch = EPOCH.get_or_try_init(py, || OffsetDateTime::UNIX_EPOCH.into_pyobject(py).map(Bound::unbind)).ok()?;
    let lies = value.sub(epoch).ok()?;
    let part = |name| lies.getattr(name).ok()?.extract::<i64>().ok();
    let seconds = part(intern!(py, "days"))? * 86_400 + part(intern!(py, "seconds"))?;
    let rest = u32::try_from(part(intern!(py, "microseconds"))?).ok()?;
    let moment = OffsetDateTime::from_unix_timestamp(seconds).ok()?.replace_microsecond(rest).ok()?;
    (1..=9999).contains(&moment.year()).then_some(moment)
}

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = DATETIME;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.0.into_pyobject(py)
    }
}

/// A time that something lasts: a `timedelta`.
pub(crate) struct Lasts(pub(crate) Duration);

impl FromPyObject<'_, '_> for Lasts {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Attribute { value: &name("datetime"), attr: "timedelta" };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        value.extract().map(Self).map_err(|_| wrong_type(&value, "a duration (timedelta)"))
    }
}

impl<'py> IntoPyObject<'py> for Lasts {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;

    const OUTPUT_TYPE: PyStaticExpr = <Self as FromPyObject<'_, '_>>::INPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.0.into_pyobject(py)
    }
}

/// A word of the rulebook: `Literal` in Python, an enum in the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word<T>(pub(crate) T);

/// An enum of the core whose variants are words.
pub(crate) trait TextEnum: FromStr + Copy + 'static {
    /// Its name in Python, in `carekey.words`.
    const NAME: &'static str;
    /// The words, in their order.
    fn words() -> Vec<&'static str>;
    /// Those and what a host added: of languages, those that it loaded.
    fn known() -> Vec<&'static str>;
    /// The word.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($( $name:literal $type:path $(=> $known:expr)? ),+ $(,)?) => {
        $(impl $crate::arg::TextEnum for $type {
            const NAME: &'static str = $name;

            fn words() -> Vec<&'static str> {
                Self::ALL.iter().map(|word| word.as_str()).collect()
            }

            fn known() -> Vec<&'static str> {
                $crate::arg::words!(@ Self::words() $(, $known)?)
            }

            fn word(self) -> &'static str {
                self.as_str()
            }
        })+

        /// Every set of words with its name, for the test that `carekey.words`
        /// has them all.
        #[pyo3::pyfunction]
        pub(crate) fn _words() -> Vec<(&'static str, Vec<&'static str>)> {
            vec![$(($name, <$type as $crate::arg::TextEnum>::words())),+]
        }
    };
    (@ $words:expr) => { $words };
    (@ $words:expr, $known:expr) => { $known.iter().map(|word| word.as_str()).collect() };
}

pub(crate) use words;

impl<T: TextEnum> FromPyObject<'_, '_> for Word<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Attribute { value: &WORDS, attr: T::NAME };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>().map_err(|_| wrong_type(&value, "a word (str)"))?;
        let word = text.to_str().ok().and_then(|text| text.parse().ok());
        word.map(Self).ok_or_else(|| unknown_word(value.py(), T::NAME, &T::known()))
    }
}

impl<'py, T: TextEnum> IntoPyObject<'py> for Word<T> {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = core::convert::Infallible;

    const OUTPUT_TYPE: PyStaticExpr = PyStaticExpr::Attribute { value: &WORDS, attr: T::NAME };

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyString::intern(py, self.0.word()))
    }
}

/// Yes or no: `bool`.
pub(crate) struct Flag(pub(crate) bool);

impl FromPyObject<'_, '_> for Flag {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = name("bool");

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        value.extract().map(Self).map_err(|_| wrong_type(&value, "True or False (bool)"))
    }
}

/// A path of a file: `str` or `os.PathLike`.
pub(crate) struct FilePath(pub(crate) PathBuf);

impl FromPyObject<'_, '_> for FilePath {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PathBuf::INPUT_TYPE;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        value.extract().map(Self).map_err(|_| wrong_type(&value, "a path (str or os.PathLike)"))
    }
}

/// Any number of things: whatever can be iterated, but for a text.
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: for<'a, 'py> FromPyObject<'a, 'py, Error = PyErr>> FromPyObject<'_, '_> for Many<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Subscript {
        value: &PyStaticExpr::Attribute { value: &name("collections.abc"), attr: "Iterable" },
        slice: &T::INPUT_TYPE,
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let expected = || wrong_type(&value, "a list");
        if value.is_instance_of::<PyString>() {
            return Err(expected());
        }
        let items = value.try_iter().map_err(|_| expected())?;
        items.map(|item| item?.extract()).collect::<PyResult<_>>().map(Self)
    }
}

/// An object of one of carekey's classes.
pub(crate) struct Object<T>(pub(crate) Py<T>);

impl<T: PyClass + PyTypeInfo> FromPyObject<'_, '_> for Object<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = T::TYPE_HINT;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let object = value.cast::<T>().map_err(|_| wrong_type(&value, <T as PyClass>::NAME))?;
        Ok(Self(object.to_owned().unbind()))
    }
}

/// Something by name: any mapping from texts.
pub(crate) struct Named<T>(pub(crate) Vec<(String, T)>);

impl<T: for<'a, 'py> FromPyObject<'a, 'py, Error = PyErr>> FromPyObject<'_, '_> for Named<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = PyStaticExpr::Subscript {
        value: &PyStaticExpr::Attribute { value: &name("collections.abc"), attr: "Mapping" },
        slice: &PyStaticExpr::Tuple { elts: &[name("str"), T::INPUT_TYPE] },
    };

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let mapping = value.cast::<PyMapping>().map_err(|_| wrong_type(&value, "a dictionary (dict)"))?;
        let mut named = Vec::new();
        for item in mapping.items()?.iter() {
            let (key, value): (Text, Bound<'_, PyAny>) = item.extract()?;
            named.push((key.0, value.extract()?));
        }
        Ok(Self(named))
    }
}

/// What becomes of something: left out, it stays; `None` clears it.
pub(crate) enum Edited<T> {
    /// It was left out.
    Kept,
    /// It was said.
    Said(Option<T>),
}

impl<'a, 'py, T: FromPyObject<'a, 'py, Error = PyErr>> FromPyObject<'a, 'py> for Edited<T> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        PyStaticExpr::BinOp { left: &T::INPUT_TYPE, op: PyStaticOperator::BitOr, right: &name("None") };

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if value.is_none() { Ok(Self::Said(None)) } else { T::extract(value).map(|value| Self::Said(Some(value))) }
    }
}

impl<T> Edited<T> {
    /// As the core takes it.
    pub(crate) fn edit<Core>(self, core: impl FnOnce(T) -> Core) -> Edit<Core> {
        match self {
            Self::Kept => Edit::Keep,
            Self::Said(None) => Edit::Clear,
            Self::Said(Some(value)) => Edit::Set(core(value)),
        }
    }
}

/// The text, where one is given.
pub(crate) fn text(text: Option<Text>) -> Option<String> {
    text.map(|text| text.0)
}

/// What the word stands for, where one is given.
pub(crate) fn word<T>(word: Option<Word<T>>) -> Option<T> {
    word.map(|word| word.0)
}

//! Messages (N): their texts, and when something happened.

use carekey::Locale;
use carekey::message as core;
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use time::OffsetDateTime;

use crate::arg::{Moment, Text as TextArg, Word, text};
use crate::error::wrong_type;
use crate::over::Over;
use crate::record::record;

record! {
    /// The text of a message, with `{field}` where a value comes.
    Text from core::Text as text {
        /// The text itself, plain, with its line breaks.
        body: String = text.body,
        /// The subject of an e-mail; an SMS has none.
        subject: Option<String> = text.subject,
    }
    methods {
        #[new]
        #[pyo3(signature = (body, *, subject = None))]
        fn new(body: TextArg, subject: Option<TextArg>) -> Self {
            Self { body: body.0, subject: text(subject) }
        }
    }
}

impl Over<core::Text> for Text {
    fn over(self) -> core::Text {
        core::Text { subject: self.subject, body: self.body }
    }
}

/// A moment with the offset in which it is told.
pub(crate) struct Told(OffsetDateTime);

impl FromPyObject<'_, '_> for Told {
    type Error = PyErr;

    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = Moment::INPUT_TYPE;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let Moment(utc) = value.extract()?;
        let expected = || wrong_type(&value, "a moment with a zone (datetime)");
        let offset = value.cast::<PyDateTime>().map_err(|_| expected())?.call_method0("utcoffset")?;
        let offset: time::Duration = offset.extract().map_err(|_| expected())?;
        let seconds = i32::try_from(offset.whole_seconds()).map_err(|_| expected())?;
        time::UtcOffset::from_whole_seconds(seconds).map(|offset| Self(utc.to_offset(offset))).map_err(|_| expected())
    }
}

/// A moment in words, in the offset that it has.
///
/// >>> from datetime import datetime, timezone
/// >>> from carekey.message import moment
/// >>> moment(datetime(2026, 11, 2, 9, 5, tzinfo=timezone.utc))
/// 'November 2, 2026 at 09:05 UTC'
#[pyfunction]
#[pyo3(signature = (at, locale = Word(Locale::English)), text_signature = "(at, locale='en')")]
pub(crate) fn moment(at: Told, locale: Word<Locale>) -> String {
    core::moment(at.0, locale.0)
}

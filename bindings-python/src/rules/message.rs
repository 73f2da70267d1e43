//! Messages: their texts, the links in them, and when a failed one is tried
//! again (N).

use carekey::message as core;
use carekey::words::MessageKind;
use carekey::{Locale, Method, Params};
use pyo3::prelude::*;
use pyo3::types::PyDateTime;
use time::OffsetDateTime;

use super::checked::CheckedOf;
use super::invitation::LinkToken;
use super::policy;
use crate::answers::{Fields, Rendered};
use crate::arg::{Bytes, Count, Lasts, Moment, Named, Object, Text as TextArg, Word, text};
use crate::engine::settings::Policy;
use crate::error::{rule, run, wrong_type};
use crate::finding::{Finding, ParamArg};
use crate::over::Over;
use crate::record::record;
use crate::secret::{Secret, SecretArg};

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

impl Text {
    fn core(&self) -> core::Text {
        core::Text { subject: self.subject.clone(), body: self.body.clone() }
    }
}

/// The fields of a kind of message.
///
/// >>> from carekey.message import fields
/// >>> fields("recovery_code")
/// Fields(params=['agency', 'name', 'valid'], secrets=['code'])
#[pyfunction]
pub(crate) fn fields(kind: Word<MessageKind>) -> Fields {
    core::fields(kind.0).over()
}

/// The text that ships for a kind of message, a method and a language.
#[pyfunction]
pub(crate) fn shipped(kind: Word<MessageKind>, method: Word<Method>, locale: Word<Locale>) -> Text {
    core::shipped(kind.0, method.0, locale.0).over()
}

/// Checks a text that an agency wants in the place of a shipped one: all that
/// is wrong with it.
///
/// Findings, on the field ``subject`` or ``body``: ``template.subject``,
/// ``template.secret_in_subject``, ``template.unknown_field``,
/// ``template.empty``, ``template.no_secret``, ``text.too_long``,
/// ``text.control_character``.
///
/// >>> from carekey.message import Text, check_template
/// >>> text = Text("{agency}: {cod} is your code")
/// >>> [finding.code for finding in check_template("recovery_code", "sms", text)]
/// ['template.unknown_field', 'template.no_secret']
#[pyfunction]
pub(crate) fn check_template(
    py: Python<'_>,
    kind: Word<MessageKind>,
    method: Word<Method>,
    text: Object<Text>,
) -> PyResult<Vec<Finding>> {
    rule(py, || core::check_template(kind.0, method.0, &text.0.get().core()).over())
}

fn params(params: Named<ParamArg>) -> Params {
    params.0.into_iter().map(|(name, value)| (name, value.0)).collect()
}

/// Fills a text in. A secret stands in the body alone; a parameter stays on
/// its line, whatever is in it; a field without a value stays as it is.
///
/// >>> from carekey.message import Text, render
/// >>> render(Text("{agency}: {code}"), {"agency": "Good Hands"}, {"code": "123456"}).body.reveal()
/// 'Good Hands: 123456'
#[pyfunction]
#[pyo3(signature = (text, params, secrets = Named(Vec::new())), text_signature = "(text, params, secrets={})")]
pub(crate) fn render(
    py: Python<'_>,
    text: Object<Text>,
    params: Named<ParamArg>,
    secrets: Named<SecretArg>,
) -> PyResult<Rendered> {
    let secrets = secrets.0.into_iter().map(|(name, secret)| (name, secret.0)).collect();
    rule(py, || core::render(&text.0.get().core(), &self::params(params), &secrets).over())
}

/// The message as the office sees it in its list: filled in, with `•••` for
/// each secret of its kind.
#[pyfunction]
pub(crate) fn masked(
    py: Python<'_>,
    kind: Word<MessageKind>,
    text: Object<Text>,
    params: Named<ParamArg>,
) -> PyResult<Text> {
    rule(py, || core::masked(kind.0, &text.0.get().core(), &self::params(params)).over())
}

/// The page of the host's site that a message of that kind leads to.
#[pyfunction]
pub(crate) fn page_of(kind: Word<MessageKind>) -> Word<core::Page> {
    Word(core::Page::of(kind.0))
}

/// The address of a page: ``{base}/sign-in``. The base is one that
/// :func:`check_link_base` passed.
#[pyfunction]
pub(crate) fn page_address(page: Word<core::Page>, base: TextArg) -> String {
    page.0.address(&base.0)
}

/// The address of a page with a token, in the fragment, which a browser keeps
/// to itself (I7): ``{base}/invitation#{token}``.
#[pyfunction]
pub(crate) fn page_link(page: Word<core::Page>, base: TextArg, token: Object<LinkToken>) -> Secret {
    Secret(page.0.link(&base.0, &token.0.get().0))
}

/// Reads the address that links begin with (N), and returns it as it stands in
/// links: in ASCII, without a slash at the end.
///
/// Findings, on the field ``link_base``: ``agency.link_base``.
///
/// >>> from carekey.message import check_link_base
/// >>> check_link_base("https://Portal.Example.com/family/").value
/// 'https://portal.example.com/family'
#[pyfunction]
pub(crate) fn check_link_base(py: Python<'_>, text: TextArg) -> PyResult<CheckedOf<String>> {
    rule(py, || core::check_link_base(&text.0).over())
}

/// When a message that has now failed ``tries`` times, counting from 1, may be
/// tried again; None where it is abandoned. The waits double, up to a day.
#[pyfunction]
#[pyo3(signature = (tries, *, now, policy = None))]
pub(crate) fn retry_at(tries: Count, now: Moment, policy: Option<Object<Policy>>) -> Option<Moment> {
    core::retry_at(&self::policy(policy).outbox, tries.small(), now.0).map(Moment)
}

/// How long something is good, in words, rounded down.
///
/// >>> from datetime import timedelta
/// >>> from carekey.message import span
/// >>> span(timedelta(days=14)), span(timedelta(hours=24), "es")
/// ('14 days', '24 horas')
#[pyfunction]
#[pyo3(signature = (lasts, locale = Word(Locale::English)), text_signature = "(lasts, locale='en')")]
pub(crate) fn span(lasts: Lasts, locale: Word<Locale>) -> String {
    core::span(lasts.0, locale.0)
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

/// Loads a further language from a file of texts (N), and says its tag. From
/// then on it is a language like those that ship, in the whole process.
///
/// Raises :class:`InvalidInput`: ``language.malformed``, ``language.tag``, or all
/// that is not as in English, each with the place of its text in its field:
/// ``language.text_missing``, ``language.text_unknown``,
/// ``language.parameter_missing``, ``language.form_missing``, and the codes of
/// ``check_template``.
#[pyfunction]
pub(crate) fn load_language(py: Python<'_>, file: Bytes) -> PyResult<Word<Locale>> {
    run(py, || Locale::load(&file.0)).map(Word)
}

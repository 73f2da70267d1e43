//! The agency's own texts, in the place of those that ship (N): read, tried with
//! sample values, and set.

use std::collections::{BTreeMap, BTreeSet};

use super::Office;
use super::sample::sample;
use crate::agency::kernel::{Act, Agency, Tracked, act, read};
use crate::error::{Error, Result};
use crate::finding::{Locale, has_errors, params};
use crate::id::RecordId;
use crate::message::{Rendered, Text, check_template, render, shipped};
use crate::store::{Query, record};
use crate::words::{EventKind, MessageKind, Method};

/// A text as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// Of which kind of message.
    pub kind: MessageKind,
    /// By which way.
    pub method: Method,
    /// In which language.
    pub locale: Locale,
    /// The text, with `{field}` where a value comes.
    pub text: Text,
    /// Whether it is the agency's own, in the place of the one that ships.
    pub own: bool,
}

impl Office {
    /// Every text that is sent: by kind, way and language, in each language that
    /// has texts, and in those that the agency has written some in (N).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn texts(&self) -> Result<Vec<TextRow>> {
        self.may("texts")?;
        let texts = Texts::read(&self.agency)?;
        let mut locales: BTreeSet<Locale> = Locale::known().into_iter().collect();
        locales.extend(texts.0.keys().map(|(_, _, locale)| *locale));
        let mut rows = Vec::new();
        for kind in MessageKind::ALL {
            for method in Method::ALL {
                rows.extend(locales.iter().map(|locale| texts.row(*kind, *method, *locale)));
            }
        }
        Ok(rows)
    }

    /// The text that is sent: the agency's own, or the one that ships (N).
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn text(&self, kind: MessageKind, method: Method, locale: Locale) -> Result<TextRow> {
        self.may("text")?;
        Ok(Texts::read(&self.agency)?.row(kind, method, locale))
    }

    /// What a text looks like to whoever gets it: one that may be set, or the
    /// one that is sent (N). It is filled in with sample values in its language;
    /// links begin with the agency's own address, and open nothing, as its codes
    /// and passwords do not. Nothing is written, and nobody gets it.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`; the findings of [`check_template`], as
    /// [`set_text`](Self::set_text) has them; those of the store.
    pub fn preview_text(
        &self,
        kind: MessageKind,
        method: Method,
        locale: Locale,
        text: Option<&Text>,
    ) -> Result<Rendered> {
        self.may("preview_text")?;
        let findings = text.map_or_else(Vec::new, |text| check_template(kind, method, text));
        if has_errors(&findings) {
            return Err(Error::invalid(findings));
        }
        let own = match text {
            Some(text) => text.clone(),
            None => Texts::read(&self.agency)?.row(kind, method, locale).text,
        };
        let (params, secrets) = sample(&self.agency.record()?, kind, method, locale, act::now(&self.agency.shared)?);
        Ok(render(&own, &params, &secrets))
    }

    /// Puts an agency's own text in the place of the one that ships; `None`
    /// brings the shipped one back (N).
    ///
    /// # Errors
    ///
    /// The findings of [`check_template`].
    pub fn set_text(&self, kind: MessageKind, method: Method, locale: Locale, text: Option<&Text>) -> Result<()> {
        self.act("set_text", |act| {
            let findings = text.map_or_else(Vec::new, |text| check_template(kind, method, text));
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            let old = act
                .all()
                .is(record::Template::kind, kind)
                .is(record::Template::method, method)
                .is(record::Template::locale, locale);
            act.find::<record::Template>(&old)?.into_iter().for_each(Tracked::delete);
            if let Some(text) = text {
                let id = RecordId(act.new_id());
                drop(act.add(record::Template {
                    agency: act.agency.id,
                    id,
                    revision: 1,
                    kind,
                    method,
                    locale,
                    subject: text.subject.clone(),
                    body: text.body.clone(),
                }));
            }
            let details = params([
                ("message", kind.as_str().into()),
                ("method", method.as_str().into()),
                ("language", locale.as_str().into()),
            ]);
            act.agency_event(EventKind::TemplateChanged, details)
        })
    }
}

/// The agency's own texts.
pub(super) struct Texts(BTreeMap<(MessageKind, Method, Locale), Text>);

impl Texts {
    pub(super) fn load(act: &Act<'_>) -> Result<Self> {
        let own = act.find::<record::Template>(&act.all())?;
        Ok(Self::of(own.iter().map(|own| record::Template::clone(own))))
    }

    fn read(agency: &Agency) -> Result<Self> {
        Ok(Self::of(read::<record::Template>(&agency.shared, &Query::all(agency.id))?))
    }

    fn of(own: impl IntoIterator<Item = record::Template>) -> Self {
        let text = |own: record::Template| Text { subject: own.subject, body: own.body };
        Self(own.into_iter().map(|own| ((own.kind, own.method, own.locale), text(own))).collect())
    }

    fn row(&self, kind: MessageKind, method: Method, locale: Locale) -> TextRow {
        let own = self.0.get(&(kind, method, locale)).cloned();
        let is_own = own.is_some();
        TextRow { kind, method, locale, text: own.unwrap_or_else(|| shipped(kind, method, locale)), own: is_own }
    }

    pub(super) fn get(&self, row: &record::Message) -> Text {
        self.row(row.kind, row.method, row.locale).text
    }
}

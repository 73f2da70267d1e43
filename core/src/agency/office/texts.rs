//! The agency's own texts, in the place of those that ship (N).

use std::collections::BTreeMap;

use super::Office;
use crate::agency::kernel::{Act, Tracked};
use crate::error::{Error, Result};
use crate::finding::{Locale, has_errors, params};
use crate::id::RecordId;
use crate::message::{Text, check_template, shipped};
use crate::store::record;
use crate::words::{EventKind, MessageKind, Method};

impl Office {
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
                let id = RecordId::new(act.now, act.rng);
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
        let text = |own: &record::Template| Text { subject: own.subject.clone(), body: own.body.clone() };
        Ok(Self(own.iter().map(|own| ((own.kind, own.method, own.locale), text(own))).collect()))
    }

    pub(super) fn get(&self, row: &record::Message) -> Text {
        let own = self.0.get(&(row.kind, row.method, row.locale)).cloned();
        own.unwrap_or_else(|| shipped(row.kind, row.method, row.locale))
    }
}

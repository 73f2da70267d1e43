//! The outbox (N): messages that wait for the host's mailer or SMS gateway.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use super::act::{self, Act};
use super::actor::Source;
use super::{Agency, Office};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding, Locale, has_errors, params};
use crate::id::{MessageId, RecordId};
use crate::message::{Text, check_template, masked, render, retry_at, shipped};
use crate::secret::Secret;
use crate::store::{Test, Value, record};
use crate::time_ms;
use crate::words::{EventKind, MessageKind, MessageState, Method};

/// A message that someone claimed, ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// What it says.
    pub kind: MessageKind,
    /// How it goes.
    pub method: Method,
    /// Where to: an e-mail address, or a phone number in E.164.
    pub address: String,
    /// The subject of a mail.
    pub subject: Option<String>,
    /// The text. It may hold a link, a code or a password.
    pub body: Secret,
    /// Which try this is, 1 for the first.
    pub attempt: u32,
    /// Until when it is this claimer's; after that someone else may claim it.
    pub leased_until: OffsetDateTime,
    revision: i64,
}

/// A message as the office sees it: its secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Its identifier.
    pub id: MessageId,
    /// What it says.
    pub kind: MessageKind,
    /// How it goes.
    pub method: Method,
    /// Where to.
    pub address: String,
    /// The subject of a mail.
    pub subject: Option<String>,
    /// The text, with `•••` for each secret.
    pub body: String,
    /// Where it stands.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// When it was put here.
    pub created_at: OffsetDateTime,
    /// When it may be claimed next.
    pub due_at: OffsetDateTime,
    /// When it was sent or abandoned.
    pub closed_at: Option<OffsetDateTime>,
}

/// The outbox of an agency.
///
/// ```
/// # use carekey::*;
/// # let directory = Directory::open("memory:", &[7; 32])?;
/// # let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// # let agency = directory.create_agency(settings, &Actor::Support("Pat".into()))?;
/// # fn mail(_: &Message) -> bool { true }
/// let outbox = agency.outbox();
/// for message in outbox.claim(100)? {
///     if mail(&message) { outbox.sent(&message)? } else { outbox.failed(&message)? }
/// }
/// # Ok::<(), carekey::Error>(())
/// ```
pub struct Outbox<'a> {
    agency: &'a Agency,
    method: Option<Method>,
}

impl Agency {
    /// The messages that wait.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox { agency: self, method: None }
    }
}

impl Outbox<'_> {
    /// The same outbox for one who sends by one method alone: only such
    /// messages are claimed, and the others wait for whoever sends those.
    /// Without one, all are.
    ///
    /// ```
    /// # fn sent_by_mail(agency: &carekey::Agency) -> carekey::Result<()> {
    /// for message in agency.outbox().by(carekey::Method::Email).claim(100)? {
    ///     // to the mail server
    /// #   let _ = message;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn by(self, method: impl Into<Option<Method>>) -> Self {
        Self { method: method.into(), ..self }
    }

    /// Claims up to so many messages that are due, oldest first, for the lease
    /// that the policy gives. Nobody else gets them until then.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn claim(&self, most: u64) -> Result<Vec<Message>> {
        self.act(|act| {
            let mut select = act
                .of::<record::Message>()
                .among("state", [MessageState::Waiting, MessageState::Claimed])
                .and("due_at", Test::Below(Value::Int(time_ms(act.now) + 1)))
                .by("due_at", false)
                .page(0, most);
            if let Some(method) = self.method {
                select = select.is("method", method);
            }
            let lease = Duration::seconds(act.policy().outbox.lease_seconds.into());
            let texts = Texts::load(act)?;
            let mut claimed = Vec::new();
            for mut row in act.find::<record::Message>(&select)? {
                let (text, secrets) = (texts.get(&row), unseal(act, &row)?);
                let rendered = render(&text, &row.params, &secrets);
                row.state = MessageState::Claimed;
                row.due_at = act.now + lease;
                row.tries = row.tries.saturating_add(1);
                act.update(&mut row);
                claimed.push(Message {
                    id: row.id,
                    kind: row.kind,
                    method: row.method,
                    address: row.address,
                    subject: rendered.subject,
                    body: rendered.body,
                    attempt: row.tries,
                    leased_until: row.due_at,
                    revision: row.revision,
                });
            }
            Ok(claimed)
        })
    }

    /// The host says that it sent the message: its secrets are removed.
    ///
    /// # Errors
    ///
    /// `message.not_found` where the lease ran out and someone else has it now.
    pub fn sent(&self, message: &Message) -> Result<()> {
        self.act(|act| {
            let mut row = claimed(act, message)?;
            close(act, &mut row, MessageState::Sent);
            act.update(&mut row);
            Ok(())
        })
    }

    /// The same for many at once, in one write: for a mailer that takes a lot
    /// at a time. Says how many there were; those that someone else has by
    /// now, or that came twice, are left out.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn sent_all(&self, messages: &[Message]) -> Result<usize> {
        let revisions: BTreeMap<MessageId, i64> =
            messages.iter().map(|message| (message.id, message.revision)).collect();
        self.act(|act| {
            let rows: Vec<record::Message> = act.find(&act.of::<record::Message>().among("id", revisions.keys()))?;
            let mut closed = 0;
            for mut row in rows {
                if is_claim(&row, revisions.get(&row.id)) {
                    close(act, &mut row, MessageState::Sent);
                    act.update(&mut row);
                    closed += 1;
                }
            }
            Ok(closed)
        })
    }

    /// The host says that sending failed: it is tried again later, each time
    /// after twice the wait, and abandoned after the tries of the policy.
    ///
    /// # Errors
    ///
    /// As [`Outbox::sent`].
    pub fn failed(&self, message: &Message) -> Result<()> {
        self.act(|act| {
            let mut row = claimed(act, message)?;
            match retry_at(&act.policy().outbox, row.tries, act.now) {
                Some(at) => {
                    row.state = MessageState::Waiting;
                    row.due_at = at;
                }
                None => close(act, &mut row, MessageState::Abandoned),
            }
            act.update(&mut row);
            Ok(())
        })
    }

    fn act<T>(&self, decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        act::run(&self.agency.shared, self.agency.id, &act::system(&Source::UNKNOWN), decide)
    }
}

impl Office {
    /// The messages of the agency, newest first, their secrets masked; of one
    /// state, or of all.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn messages(&self, state: Option<MessageState>, offset: u64, limit: u64) -> Result<Vec<MessageRow>> {
        self.act("messages", |act| {
            let mut select = act.of::<record::Message>().by("created_at", true).page(offset, limit);
            if let Some(state) = state {
                select = select.is("state", state);
            }
            let texts = Texts::load(act)?;
            let rows: Vec<record::Message> = act.find(&select)?;
            Ok(rows
                .into_iter()
                .map(|row| {
                    let shown = masked(row.kind, &texts.get(&row), &row.params);
                    MessageRow {
                        id: row.id,
                        kind: row.kind,
                        method: row.method,
                        address: row.address,
                        subject: shown.subject,
                        body: shown.body,
                        state: row.state,
                        tries: row.tries,
                        created_at: row.created_at,
                        due_at: row.due_at,
                        closed_at: row.closed_at,
                    }
                })
                .collect())
        })
    }

    /// Puts an agency's own text in the place of the one that ships; `None`
    /// brings the shipped one back (N).
    ///
    /// # Errors
    ///
    /// The findings of [`check_template`].
    pub fn set_text(&self, kind: MessageKind, method: Method, locale: Locale, text: Option<&Text>) -> Result<()> {
        self.act("set_text", |act| {
            let findings: Vec<Finding> = text.map(|text| check_template(kind, method, text)).unwrap_or_default();
            if has_errors(&findings) {
                return Err(Error::invalid(findings));
            }
            let select = act.of::<record::Template>().is("kind", kind).is("method", method).is("locale", locale);
            for old in act.find::<record::Template>(&select)? {
                act.delete(&old);
            }
            if let Some(text) = text {
                let id = RecordId::new(act.now, act.rng);
                act.insert(&record::Template {
                    agency: act.agency.id,
                    id,
                    revision: 1,
                    kind,
                    method,
                    locale,
                    subject: text.subject.clone(),
                    body: text.body.clone(),
                });
            }
            let details = params([
                ("message", kind.as_str().into()),
                ("method", method.as_str().into()),
                ("language", locale.as_str().into()),
            ]);
            act.agency_event(EventKind::TemplateChanged, details);
            Ok(())
        })
    }
}

/// The agency's own texts.
struct Texts(BTreeMap<(MessageKind, Method, Locale), Text>);

impl Texts {
    fn load(act: &Act<'_>) -> Result<Self> {
        let own = act.find::<record::Template>(&act.of::<record::Template>())?.into_iter();
        Ok(Self(own.map(|t| ((t.kind, t.method, t.locale), Text { subject: t.subject, body: t.body })).collect()))
    }

    fn get(&self, row: &record::Message) -> Text {
        let own = self.0.get(&(row.kind, row.method, row.locale)).cloned();
        own.unwrap_or_else(|| shipped(row.kind, row.method, row.locale))
    }
}

fn unseal(act: &Act<'_>, row: &record::Message) -> Result<BTreeMap<String, Secret>> {
    let Some(sealed) = &row.sealed else { return Ok(BTreeMap::new()) };
    let opened = act.keys.unseal(row.id.0.as_bytes(), sealed)?;
    let secrets: BTreeMap<String, String> =
        serde_json::from_str(opened.reveal()).map_err(|_| Error::new(ErrorKind::Store, Code::StoreDamaged))?;
    Ok(secrets.into_iter().map(|(name, value)| (name, Secret::from(value))).collect())
}

/// The row, if it is still this claimer's.
fn claimed(act: &Act<'_>, message: &Message) -> Result<record::Message> {
    let row: record::Message = act.get(message.id.0, Code::MessageNotFound)?;
    if is_claim(&row, Some(&message.revision)) { Ok(row) } else { Err(Error::not_found(Code::MessageNotFound)) }
}

fn is_claim(row: &record::Message, revision: Option<&i64>) -> bool {
    row.state == MessageState::Claimed && Some(&row.revision) == revision
}

fn close(act: &Act<'_>, row: &mut record::Message, state: MessageState) {
    row.state = state;
    row.sealed = None;
    row.closed_at = Some(act.now);
}

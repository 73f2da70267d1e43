//! The outbox (N): messages that wait for the host's mailer or SMS gateway.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use super::Office;
use super::texts::Texts;
use crate::agency::kernel::spoken_by;
use crate::agency::kernel::{Act, Agency, Each, ListPage, Place, Sealing, Source, Tracked, run, system};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::MessageId;
use crate::message::{masked, render, retry_at};
use crate::secret::Secret;
use crate::store::{Query, record};
use crate::words::{MessageKind, MessageState, Method};

/// A message that someone claimed, ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// What it says.
    pub kind: MessageKind,
    /// How it goes.
    pub method: Method,
    /// Where to: an e-mail address, its domain in ASCII form, or a phone number in E.164.
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
/// While the agency is suspended nothing is claimed: `agency.suspended` (A9).
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
    /// One whose secret is dead by now is withdrawn, one that was given out as
    /// often as the policy allows is abandoned, whoever died over it, and so is
    /// one that cannot be read: none of them holds up another.
    ///
    /// Before it gives out messages, it enrols those whose tie has begun (R).
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn claim(&self, most: u64) -> Result<Vec<Message>> {
        self.agency.begin_ties()?;
        let mut claimed = Vec::new();
        loop {
            let left = most.saturating_sub(claimed.len() as u64);
            let (found, some) = self.act(|act| self.claim_piece(act, left))?;
            claimed.extend(some);
            // Those that were closed instead make room for others.
            if found < left || found == 0 || claimed.len() as u64 >= most {
                return Ok(claimed);
            }
        }
    }

    fn claim_piece(&self, act: &mut Act<'_>, most: u64) -> Result<(u64, Vec<Message>)> {
        let mut due = act
            .all()
            .among(record::Message::state, [MessageState::Waiting, MessageState::Claimed])
            .before(record::Message::due_at, act.now.saturating_add(Duration::MILLISECOND))
            .by(record::Message::due_at, false)
            .page(0, most);
        if let Some(method) = self.method {
            due = due.is(record::Message::method, method);
        }
        let policy = act.policy().outbox.clone();
        let lease = Duration::seconds(policy.lease_seconds.into());
        let texts = Texts::load(act)?;
        let mut claimed = Vec::new();
        let mut found = act.find::<record::Message>(&due)?;
        // Those of one moment in an order that can be told beforehand.
        found.sort_by(|one, other| {
            let key = |row: &record::Message| (row.due_at, row.kind.as_str(), row.address.clone());
            key(one).cmp(&key(other))
        });
        let count = found.len() as u64;
        for mut row in found {
            if row.expires_at.is_some_and(|expires_at| act.now >= expires_at) {
                row.close(MessageState::Withdrawn, act.now);
                continue;
            }
            let Ok(secrets) = unseal(act, &row) else {
                row.close(MessageState::Abandoned, act.now);
                continue;
            };
            if row.tries >= policy.tries {
                row.close(MessageState::Abandoned, act.now);
                continue;
            }
            let rendered = render(&texts.get(&row), &spoken_by(&act.agency, &row), &secrets);
            row.state = MessageState::Claimed;
            row.due_at = act.now + lease;
            row.tries = row.tries.saturating_add(1);
            claimed.push(Message {
                id: row.id,
                kind: row.kind,
                method: row.method,
                address: act.sendable(&row.address),
                subject: rendered.subject,
                body: rendered.body,
                attempt: row.tries,
                leased_until: row.due_at,
                // As it is once this is committed.
                revision: row.revision + 1,
            });
        }
        Ok((count, claimed))
    }

    /// The host says that it sent the message: its secrets are removed.
    ///
    /// # Errors
    ///
    /// `message.not_found` where the lease ran out and someone else has it now.
    pub fn sent(&self, message: &Message) -> Result<()> {
        self.act(|act| {
            claimed(act, message)?.close(MessageState::Sent, act.now);
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
            let mut closed = 0;
            for mut row in act.find::<record::Message>(&act.all().among(record::Message::id, revisions.keys()))? {
                if is_claim(&row, revisions.get(&row.id)) {
                    row.close(MessageState::Sent, act.now);
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
                None => row.close(MessageState::Abandoned, act.now),
            }
            Ok(())
        })
    }

    fn act<T>(&self, decide: impl FnMut(&mut Act<'_>) -> Result<T>) -> Result<T> {
        run(&self.agency.shared, self.agency.id, &system(&Source::UNKNOWN), decide)
    }
}

impl Office {
    /// The messages of the agency, newest first, their secrets masked; of one
    /// state, or of all.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, and those of the store.
    pub fn messages(&self, state: Option<MessageState>, offset: u64, limit: u64) -> Result<ListPage<MessageRow>> {
        self.act("messages", |act| {
            let query = found(act, state).page(offset, limit);
            let texts = Texts::load(act)?;
            let (found, rows) = (act.count(&query)?, act.find(&query)?);
            Ok(ListPage { found, rows: rows.iter().map(|row| shown(&act.agency, row, &texts)).collect() })
        })
    }

    /// All of [`messages`](Self::messages), one after the other.
    pub fn each_message(&self, state: Option<MessageState>) -> Each<MessageRow> {
        let read = move |office: &Self, place: &mut Place| {
            let (rows, reached) = office.act("messages", |act| {
                let mut reached = place.clone();
                let rows = reached.next(act.shared, [found(act, state)])?;
                let texts = Texts::load(act)?;
                Ok((rows.iter().map(|row| shown(&act.agency, row, &texts)).collect(), reached))
            })?;
            *place = reached;
            Ok(rows)
        };
        Each::of(self.clone(), read, move |office| office.messages(state, 0, 0).map(|page| page.found))
    }
}

/// Those of a state, newest first.
fn found(act: &Act<'_>, state: Option<MessageState>) -> Query<record::Message> {
    // What only looks like a message, for nobody, has no address.
    let all = act.all().none_of(record::Message::address, [""]).by(record::Message::created_at, true);
    match state {
        Some(state) => all.is(record::Message::state, state),
        None => all,
    }
}

fn shown(agency: &record::Agency, row: &record::Message, texts: &Texts) -> MessageRow {
    let shown = masked(row.kind, &texts.get(row), &spoken_by(agency, row));
    MessageRow {
        id: row.id,
        kind: row.kind,
        method: row.method,
        address: row.address.clone(),
        subject: shown.subject,
        body: shown.body,
        state: row.state,
        tries: row.tries,
        created_at: row.created_at,
        due_at: row.due_at,
        closed_at: row.closed_at,
    }
}

fn unseal(act: &Act<'_>, row: &record::Message) -> Result<BTreeMap<String, Secret>> {
    let Some(sealed) = &row.sealed else { return Ok(BTreeMap::new()) };
    let opened = act.keys.unseal(Sealing::Outbox, row.id.0.as_bytes(), sealed)?;
    let secrets: BTreeMap<String, String> =
        serde_json::from_str(opened.reveal()).map_err(|_| Error::new(ErrorKind::Store, Code::StoreDamaged))?;
    Ok(secrets.into_iter().map(|(name, value)| (name, Secret::from(value))).collect())
}

/// The row, if it is still this claimer's.
fn claimed(act: &Act<'_>, message: &Message) -> Result<Tracked<record::Message>> {
    let row: Tracked<record::Message> = act.get(message.id.0, Code::MessageNotFound)?;
    if is_claim(&row, Some(&message.revision)) { Ok(row) } else { Err(Error::not_found(Code::MessageNotFound)) }
}

fn is_claim(row: &record::Message, revision: Option<&i64>) -> bool {
    row.state == MessageState::Claimed && Some(&row.revision) == revision
}

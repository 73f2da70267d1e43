//! One act, one change-set.
//!
//! An act reads what it needs, asks the rules, and collects writes, events
//! and messages; they are committed in one piece. When the store says that
//! something it rests on has changed, the whole act is decided again from
//! fresh facts. That is all the concurrency control there is.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::{CryptoRng, RngExt};
use time::OffsetDateTime;

use super::actor::{Acting, Source};
use super::directory::Shared;
use super::keys::AgencyKeys;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Params};
use crate::history::{Head, Line};
use crate::id::{AccountId, AgencyId, MessageId};
use crate::message::{self, Page};
use crate::policy::Policy;
use crate::secret::Secret;
use crate::store::{Record, Select, StoreError, Write, record};
use crate::time_from_ms;
use crate::time_ms;
use crate::words::{ActorKind, EventKind, MessageKind, MessageState, Method};

/// How often an act is decided again before it gives up. Each round someone
/// else got through, so this bounds how many may come between.
const ROUNDS: u32 = 400;

/// One act under way: fresh facts, the rules' `now` and randomness, and the
/// change-set that it collects.
pub(crate) struct Act<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) keys: &'a AgencyKeys,
    pub(crate) agency: record::Agency,
    pub(crate) now: OffsetDateTime,
    pub(crate) rng: &'a mut dyn CryptoRng,
    pub(crate) acting: Acting,
    agency_guarded: bool,
    writes: Vec<Write>,
}

/// A message to be put in the outbox.
pub(crate) struct Post<'a> {
    pub(crate) kind: MessageKind,
    pub(crate) method: Method,
    /// Where to.
    pub(crate) address: &'a str,
    /// In which language; by default the agency's.
    pub(crate) locale: Option<crate::Locale>,
    /// The account it is about.
    pub(crate) account: Option<AccountId>,
    /// Of whom it is written to, or from.
    pub(crate) name: &'a str,
    /// The username of the account.
    pub(crate) username: Option<&'a str>,
    /// The contact that the text speaks of.
    pub(crate) contact: Option<&'a str>,
    /// How long its secrets are good.
    pub(crate) valid: Option<time::Duration>,
    /// Its secrets, by the name that the text gives them.
    pub(crate) secrets: &'a [(&'a str, &'a str)],
}

impl Act<'_> {
    pub(crate) fn policy(&self) -> &Policy {
        &self.agency.policy
    }

    /// The rows of a record that fit.
    pub(crate) fn find<R: Record>(&self, select: &Select) -> Result<Vec<R>> {
        read(self.shared, select)
    }

    /// A `Select` over a record of this agency.
    pub(crate) fn of<R: Record>(&self) -> Select {
        Select::of::<R>(self.agency.id)
    }

    /// The row of that id.
    pub(crate) fn get<R: Record>(&self, id: uuid::Uuid, missing: Code) -> Result<R> {
        get(self.shared, self.agency.id, id)?.ok_or_else(|| Error::not_found(missing))
    }

    /// An account that was not deleted.
    pub(crate) fn account(&self, id: AccountId) -> Result<record::Account> {
        let account: record::Account = self.get(id.0, Code::AccountNotFound)?;
        if account.deleted_at.is_some() {
            return Err(Error::not_found(Code::AccountDeleted));
        }
        Ok(account)
    }

    pub(crate) fn insert<R: Record>(&mut self, record: &R) {
        self.writes.push(Write::insert(record));
    }

    pub(crate) fn update<R: Record>(&mut self, record: &mut R) {
        self.writes.push(Write::update(record));
    }

    pub(crate) fn delete<R: Record>(&mut self, record: &R) {
        self.writes.push(Write::delete(record));
    }

    /// A line in an account's history. The account itself must be written
    /// too, in the same act, after this.
    pub(crate) fn event(&mut self, account: &mut record::Account, kind: EventKind, details: Params) {
        let mut head = Head { length: account.history_length, mac: std::mem::take(&mut account.history_head) };
        self.line(account.id.0, &mut head, kind, details);
        account.history_length = head.length;
        account.history_head = head.mac;
    }

    /// Makes this act one that is decided again when another act that writes
    /// the agency came between.
    pub(crate) fn guard_agency(&mut self) {
        self.agency_guarded = true;
    }

    /// A line in the agency's own history. It also makes this act one that is
    /// decided again when another such act came between.
    pub(crate) fn agency_event(&mut self, kind: EventKind, details: Params) {
        let mut head = Head { length: self.agency.history_length, mac: std::mem::take(&mut self.agency.history_head) };
        self.line(self.agency.id.0, &mut head, kind, details);
        self.agency.history_length = head.length;
        self.agency.history_head = head.mac;
        self.agency_guarded = true;
    }

    fn line(&mut self, subject: uuid::Uuid, head: &mut Head, kind: EventKind, details: Params) {
        let mut line = Line {
            subject,
            sequence: 0,
            at: self.now,
            kind,
            actor: self.acting.kind,
            actor_account: self.acting.account,
            actor_name: self.acting.name.clone(),
            details,
            source: self.acting.source.clone(),
            mac: Vec::new(),
        };
        head.append(&self.keys.history, &mut line);
        let event = super::record_history::to_record(self.agency.id, line);
        self.insert(&event);
    }

    /// Puts a message in the outbox, its secrets sealed (N).
    pub(crate) fn post(&mut self, post: Post<'_>) -> Result<()> {
        let id = MessageId::new(self.now, self.rng);
        let locale = post.locale.unwrap_or(self.agency.locale);
        let known = [
            ("agency", Some(self.agency.name.clone())),
            ("name", Some(post.name.to_owned())),
            ("username", post.username.map(str::to_owned)),
            ("contact", post.contact.map(str::to_owned)),
            ("page", Some(Page::of(post.kind).address(&self.agency.link_base))),
            ("valid", post.valid.map(|valid| message::span(valid, locale))),
            ("when", Some(message::moment(self.now, locale))),
        ];
        let wanted = message::fields(post.kind).params;
        let params: Params = known
            .into_iter()
            .filter(|(name, _)| wanted.contains(name))
            .filter_map(|(name, value)| Some((name.to_owned(), value?.into())))
            .collect();
        let secrets: BTreeMap<&str, &str> = post.secrets.iter().copied().collect();
        let sealed = if secrets.is_empty() {
            None
        } else {
            let text = Secret::from(serde_json::to_string(&secrets).unwrap_or_default());
            Some(self.keys.seal(id.0.as_bytes(), text.reveal(), self.rng)?)
        };
        self.insert(&record::Message {
            agency: self.agency.id,
            id,
            revision: 1,
            kind: post.kind,
            method: post.method,
            address: post.address.to_owned(),
            locale,
            account: post.account,
            params,
            sealed,
            state: MessageState::Waiting,
            due_at: self.now,
            tries: 0,
            created_at: self.now,
            closed_at: None,
        });
        Ok(())
    }

    /// All that was collected, as it will be committed.
    fn finish(mut self) -> Vec<Write> {
        if self.agency_guarded {
            let mut agency = self.agency.clone();
            self.update(&mut agency);
        }
        self.writes
    }
}

/// Reads rows.
pub(crate) fn read<R: Record>(shared: &Shared, select: &Select) -> Result<Vec<R>> {
    let rows = shared.store.find(select)?;
    rows.into_iter().map(|row| R::from_row(row).map_err(Error::from)).collect()
}

/// Reads the row of that id.
pub(crate) fn get<R: Record>(shared: &Shared, agency: AgencyId, id: uuid::Uuid) -> Result<Option<R>> {
    Ok(read::<R>(shared, &Select::of::<R>(agency).is("id", id))?.into_iter().next())
}

/// The moment it is, to the millisecond that stores keep.
pub(crate) fn now(shared: &Shared) -> Result<OffsetDateTime> {
    time_from_ms(time_ms(shared.surroundings.now())).ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))
}

/// Decides an act and commits it, again from fresh facts where others came
/// between.
pub(crate) fn run<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    mut decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<T> {
    let keys = shared.key.agency(agency);
    let mut rng = shared.surroundings.randomness()?;
    for round in 0..ROUNDS {
        if let Some(outcome) = once(shared, agency, acting, &keys, &mut *rng, &mut decide)? {
            return Ok(outcome);
        }
        pause(round, &mut *rng);
    }
    Err(Error::new(ErrorKind::Conflict, Code::StoreConflict))
}

/// Decides an act and commits it; `None` where others came between, for a
/// caller whose facts are wider than the act.
pub(crate) fn attempt<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    mut decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let keys = shared.key.agency(agency);
    let mut rng = shared.surroundings.randomness()?;
    once(shared, agency, acting, &keys, &mut *rng, &mut decide)
}

fn once<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    keys: &AgencyKeys,
    rng: &mut dyn CryptoRng,
    decide: &mut impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let record = get(shared, agency, agency.0)?.ok_or_else(|| Error::not_found(Code::AgencyNotFound))?;
    let mut act = Act {
        shared,
        keys,
        agency: record,
        now: now(shared)?,
        rng,
        acting: acting.clone(),
        agency_guarded: false,
        writes: Vec::new(),
    };
    let outcome = decide(&mut act)?;
    let writes = act.finish();
    if writes.is_empty() {
        return Ok(Some(outcome));
    }
    match shared.store.commit(writes) {
        Ok(()) => Ok(Some(outcome)),
        Err(StoreError::Conflict { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A short wait of random length, so that those who collided do not meet again.
pub(crate) fn pause(round: u32, rng: &mut dyn CryptoRng) {
    let most = 200u64 << round.min(6);
    std::thread::sleep(Duration::from_micros(rng.random_range(0..=most)));
}

/// Acts that the engine does by itself, such as sign-in before anyone is known.
pub(crate) fn system(source: &Source) -> Acting {
    Acting { kind: ActorKind::System, account: None, name: "carekey".to_owned(), source: source.text() }
}

/// The one place where a store's error becomes a public one. The reason goes
/// along as a parameter, for whoever looks after the store: by what
/// [`StoreError`] promises, it holds nothing of a row.
impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::new(ErrorKind::Conflict, Code::StoreConflict),
            StoreError::Newer { found } => Self::new(ErrorKind::Store, Code::StoreNewer)
                .with("found", found)
                .with("known", crate::store::SCHEMA_VERSION),
            StoreError::OtherKey => Self::new(ErrorKind::Configuration, Code::KeyWrong),
            StoreError::Damaged(reason) => Self::new(ErrorKind::Store, Code::StoreDamaged).with("reason", reason),
            StoreError::Unavailable(reason) => {
                Self::new(ErrorKind::Store, Code::StoreUnavailable).with("reason", reason)
            }
        }
    }
}

/// The user whose account it is acts.
pub(crate) fn user(account: &record::Account, source: &Source) -> Acting {
    Acting {
        kind: ActorKind::User,
        account: Some(account.id),
        name: account.display_name.clone(),
        source: source.text(),
    }
}

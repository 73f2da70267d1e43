//! One act, one change-set.
//!
//! An act reads what it needs, asks the rules, and changes the records that it
//! was handed; with events and messages they are committed in one piece. When
//! the store says that something it rests on has changed, the whole act is
//! decided again from fresh facts. That is all the concurrency control there is.

use std::time::Duration;

use rand::{CryptoRng, RngExt};
use time::OffsetDateTime;
use uuid::Uuid;

use super::actor::{Acting, Reach, Sending, Source};
use super::agency::{Shared, refuse_suspended};
use super::at_hand::AtHand;
use super::events;
use super::keys::AgencyKeys;
use super::listing::Listing;
use super::unit::{Tracked, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::history::Line;
use crate::id::{AccountId, AgencyId, Ids, RecordId};
use crate::policy::Policy;
use crate::store::{Col, Fits, Part, Query, Record, StoreError, record};
use crate::time_from_ms;
use crate::time_ms;
use crate::words::ActorKind;

/// How often an act is decided again before it gives up. Each round someone
/// else got through, so this bounds how many may come between.
const ROUNDS: u32 = 400;

/// One act under way: fresh facts, the rules' `now` and randomness, and the
/// change-set that it collects.
pub(crate) struct Act<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) keys: &'a AgencyKeys,
    pub(crate) agency: Tracked<record::Agency>,
    pub(crate) now: OffsetDateTime,
    pub(crate) rng: &'a mut dyn CryptoRng,
    ids: Ids,
    pub(crate) acting: Acting,
    /// On whom, where the work is delegated; nothing for all others (A7).
    pub(crate) reach: Option<Reach>,
    /// Whether it finds nothing and writes nothing (A9).
    is_blind: bool,
    /// Lines of the agency's own history, in their order.
    pub(super) told: Vec<Line>,
    /// Accounts whose history begins in this act.
    pub(super) begun: Vec<AccountId>,
    /// The one strand that these go to; nothing for any.
    pub(super) strand: Option<RecordId>,
    pub(super) unit: Unit,
    at_hand: AtHand,
    ahead: bool,
}

/// What becomes of an act of an agency that is suspended (A9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suspended {
    /// It is refused.
    Refuses,
    /// It finds nothing and writes nothing: whoever comes without a session is
    /// answered as one whom nobody knows, at the same cost (E3).
    IsEmpty,
    /// It is all the same to it: what suspends, resumes and deletes, and what a
    /// new release needs.
    IsMet,
}

/// What an act is decided from: the agency as the store has it, and nothing
/// changed yet.
struct Facts {
    agency: Tracked<record::Agency>,
    unit: Unit,
    is_blind: bool,
}

impl<'a> Act<'a> {
    /// One that has decided nothing yet.
    fn new(
        shared: &'a Shared,
        keys: &'a AgencyKeys,
        facts: Facts,
        rng: &'a mut dyn CryptoRng,
        acting: &Acting,
    ) -> Result<Self> {
        // Whatever it writes rests on the agency as it was found: one that was
        // suspended meanwhile takes nothing any more (A9).
        facts.unit.guard(&facts.agency);
        Ok(Self {
            shared,
            keys,
            agency: facts.agency,
            now: now(shared)?,
            rng,
            ids: Ids::default(),
            acting: acting.clone(),
            reach: None,
            is_blind: facts.is_blind,
            told: Vec::new(),
            begun: Vec::new(),
            strand: None,
            unit: facts.unit,
            at_hand: AtHand::default(),
            ahead: false,
        })
    }
}

impl Act<'_> {
    pub(crate) fn policy(&self) -> &Policy {
        &self.agency.policy
    }

    /// What is to identify something that comes to be by it.
    pub(crate) fn new_id(&mut self) -> Uuid {
        self.ids.next(self.now, self.rng)
    }

    /// All rows of a record in this agency, to be narrowed.
    pub(crate) fn all<R: Record>(&self) -> Query<R> {
        Query::all(self.agency.id)
    }

    /// The rows that fit, as this act has changed them; those that it added
    /// come last, whatever the order, and a page may be longer by them.
    pub(crate) fn find<R: Record>(&self, query: &Query<R>) -> Result<Vec<Tracked<R>>> {
        self.unit.as_changed(query, self.stored(query)?)
    }

    /// The rows that fit, as the store has them, or as they were brought.
    fn stored<R: Record>(&self, query: &Query<R>) -> Result<Vec<R>> {
        if self.is_blind {
            return Ok(Vec::new());
        }
        match self.at_hand.find(query) {
            Some(rows) => rows.into_iter().map(|row| R::from_row(row).map_err(Error::from)).collect(),
            None => read(self.shared, query),
        }
    }

    /// Reads at once all rows that have one of these values in that column, and
    /// that finds of this act will ask for, value by value: an act on many items
    /// begins with it.
    pub(crate) fn bring<R: Record, T, V: Fits<T>>(
        &self,
        column: Col<R, T>,
        values: impl IntoIterator<Item = V>,
    ) -> Result<()> {
        let values = values.into_iter().map(|value| value.to_value()).collect();
        self.at_hand.bring(self.shared, self.all::<R>(), column.name(), values)
    }

    /// The first row that fits.
    pub(crate) fn first<R: Record>(&self, query: &Query<R>) -> Result<Option<Tracked<R>>> {
        Ok(self.find(query)?.into_iter().next())
    }

    /// How many rows fit, in the store.
    pub(crate) fn count<R: Record>(&self, query: &Query<R>) -> Result<u64> {
        if self.is_blind { Ok(0) } else { Ok(self.shared.store.count(query.select())?) }
    }

    /// The row of that id, if there is one.
    pub(crate) fn by_id<R: Record>(&self, id: uuid::Uuid) -> Result<Option<Tracked<R>>> {
        if let Some(pending) = self.unit.pending(id)? {
            return Ok(Some(pending));
        }
        let found = self.stored(&Query::by_key(self.agency.id, id))?.into_iter().next();
        found.map_or(Ok(None), |record| self.unit.track(record))
    }

    /// The row of that id, or a new one.
    pub(crate) fn by_id_or<R: Record>(&self, id: uuid::Uuid, new: impl FnOnce() -> R) -> Result<Tracked<R>> {
        Ok(self.by_id(id)?.unwrap_or_else(|| self.add(new())))
    }

    /// The row of that id.
    pub(crate) fn get<R: Record>(&self, id: uuid::Uuid, missing: Code) -> Result<Tracked<R>> {
        self.by_id(id)?.ok_or_else(|| Error::not_found(missing))
    }

    /// An account that was not deleted.
    pub(crate) fn account(&self, id: AccountId) -> Result<Tracked<record::Account>> {
        let account: Tracked<record::Account> = self.get(id.0, Code::AccountNotFound)?;
        if account.deleted_at.is_some() {
            return Err(Error::not_found(Code::AccountDeleted));
        }
        Ok(account)
    }

    /// A new record.
    pub(crate) fn add<R: Record>(&self, record: R) -> Tracked<R> {
        self.unit.add(record)
    }

    /// Nobody is answered before another act is committed: this one need not
    /// be on the disk before that one is (E4).
    pub(crate) fn is_ahead(&mut self) {
        self.ahead = true;
    }

    /// Makes this act rest on a record that it does not change: it is decided
    /// again where that was written meanwhile.
    pub(crate) fn guard<R: Record>(&self, record: &Tracked<R>) {
        self.unit.guard(record);
    }
}

pub(crate) use super::events::ids;

/// Reads rows.
pub(crate) fn read<R: Record>(shared: &Shared, query: &Query<R>) -> Result<Vec<R>> {
    Ok(R::from_rows(shared.store.find(query.select())?)?)
}

/// Reads some columns of rows.
pub(crate) fn read_parts<P: Part>(shared: &Shared, query: Query<P::Of>) -> Result<Vec<P>> {
    Ok(P::from_rows(shared.store.find(query.columns(P::COLUMNS).select())?)?)
}

/// Reads the row of that id.
pub(crate) fn get<R: Record>(shared: &Shared, agency: AgencyId, id: uuid::Uuid) -> Result<Option<R>> {
    Ok(read::<R>(shared, &Query::by_key(agency, id))?.into_iter().next())
}

/// The moment it is, to the millisecond that stores keep.
pub(crate) fn now(shared: &Shared) -> Result<OffsetDateTime> {
    time_from_ms(time_ms(shared.environment.now())).ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))
}

/// Decides an act and commits it, again from fresh facts where others came
/// between.
pub(crate) fn run<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<T> {
    run_where(shared, agency, Suspended::Refuses, acting, decide)
}

/// The same for those to whom it matters otherwise that an agency is suspended.
pub(crate) fn run_where<T>(
    shared: &Shared,
    agency: AgencyId,
    suspended: Suspended,
    acting: &Acting,
    mut decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<T> {
    let mut rng = shared.environment.randomness()?;
    for round in 0..ROUNDS {
        if let Some(outcome) = once(shared, agency, suspended, acting, &mut decide)? {
            return Ok(outcome);
        }
        pause(round, &mut *rng);
    }
    Err(Error::new(ErrorKind::Conflict, Code::StoreConflict))
}

/// Decides an act and commits it; `None` where others came between, for a
/// caller whose facts are wider than the act. `round` is how often it was
/// tried before: the more often, the longer it waits, so that the next try does
/// not meet the same ones.
pub(crate) fn attempt<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    round: u32,
    mut decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let outcome = once(shared, agency, Suspended::Refuses, acting, &mut decide)?;
    if outcome.is_none() {
        pause(round, &mut *shared.environment.randomness()?);
    }
    Ok(outcome)
}

fn once<T>(
    shared: &Shared,
    agency: AgencyId,
    suspended: Suspended,
    acting: &Acting,
    decide: &mut impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    commit(shared, as_it_is(shared, agency, suspended)?, acting, decide)
}

/// What an act would come to, decided as it is now: nothing is written.
pub(crate) fn decided<T>(
    shared: &Shared,
    agency: AgencyId,
    acting: &Acting,
    decide: impl FnOnce(&mut Act<'_>) -> Result<T>,
) -> Result<T> {
    let facts = as_it_is(shared, agency, Suspended::Refuses)?;
    let keys = shared.key.agency(facts.agency.id);
    let mut rng = shared.environment.randomness()?;
    decide(&mut Act::new(shared, &keys, facts, &mut *rng, acting)?)
}

/// Where every act begins.
fn as_it_is(shared: &Shared, agency: AgencyId, suspended: Suspended) -> Result<Facts> {
    let missing = || Error::not_found(Code::AgencyNotFound);
    let record: record::Agency = get(shared, agency, agency.0)?.ok_or_else(missing)?;
    let is_blind = suspended == Suspended::IsEmpty && record.suspended_at.is_some();
    if suspended == Suspended::Refuses {
        refuse_suspended(&record)?;
    }
    let unit = Unit::new(Listing::of(record.locale));
    let agency = unit.track(record)?.ok_or_else(missing)?;
    Ok(Facts { agency, unit, is_blind })
}

/// Decides the first act of an agency: the one that makes it.
pub(crate) fn found<T>(
    shared: &Shared,
    record: record::Agency,
    acting: &Acting,
    mut decide: impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let unit = Unit::new(Listing::of(record.locale));
    let agency = unit.add(record);
    commit(shared, Facts { agency, unit, is_blind: false }, acting, &mut decide)
}

fn commit<T>(
    shared: &Shared,
    facts: Facts,
    acting: &Acting,
    decide: &mut impl FnMut(&mut Act<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let id = facts.agency.id;
    let keys = shared.key.agency(id);
    let mut rng = shared.environment.randomness()?;
    let (unit, is_blind) = (facts.unit.clone(), facts.is_blind);
    let mut act = Act::new(shared, &keys, facts, &mut *rng, acting)?;
    let outcome = decide(&mut act)?;
    if is_blind {
        return Ok(Some(outcome));
    }
    act.anchor()?;
    let (told, strand, ahead) = (std::mem::take(&mut act.told), act.strand, act.ahead);
    // What the act still holds is written when it is let go of.
    drop(act);
    let writes = unit.finish(id, events::chained(id, &keys.history, told, strand))?;
    if writes.is_empty() {
        return Ok(Some(outcome));
    }
    let made = if ahead { shared.store.commit_ahead(writes) } else { shared.store.commit(writes) };
    match made {
        Ok(()) => Ok(Some(outcome)),
        // A history that was taken away is not begun anew.
        Err(StoreError::Conflict { table }) if table == record::Strand::TABLE.name && is_cut(shared, id)? => {
            let expected = i64::from(events::STRANDS);
            Err(Error::new(ErrorKind::Store, Code::HistoryCut).with("expected", expected).with("found", 0))
        }
        Err(StoreError::Conflict { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether an agency that is there has no strand to write its history in.
fn is_cut(shared: &Shared, agency: AgencyId) -> Result<bool> {
    let is_there = get::<record::Agency>(shared, agency, agency.0)?.is_some();
    Ok(is_there && read(shared, &Query::<record::Strand>::all(agency))?.is_empty())
}

/// A short wait of random length, so that those who collided do not meet again.
pub(crate) fn pause(round: u32, rng: &mut dyn CryptoRng) {
    let most = 200u64 << round.min(6);
    std::thread::sleep(Duration::from_micros(rng.random_range(0..=most)));
}

/// Acts that the engine does by itself, such as sign-in before anyone is known.
pub(crate) fn system(source: &Source) -> Acting {
    Acting {
        kind: ActorKind::System,
        account: None,
        name: "carekey".to_owned(),
        source: source.text(),
        sending: Sending::Now,
    }
}

/// The user whose account it is acts.
pub(crate) fn user(account: &record::Account, source: &Source) -> Acting {
    Acting {
        kind: ActorKind::User,
        account: Some(account.id),
        name: account.display_name.clone(),
        source: source.text(),
        sending: Sending::Now,
    }
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
            StoreError::Damaged(reason) => Self::new(ErrorKind::Store, Code::StoreDamaged).with("reason", reason),
            StoreError::OtherKey => Self::new(ErrorKind::Configuration, Code::KeyWrong),
            StoreError::Unavailable(reason) => {
                Self::new(ErrorKind::Store, Code::StoreUnavailable).with("reason", reason)
            }
        }
    }
}

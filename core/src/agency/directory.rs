//! A directory: all that one store holds, many agencies.

use std::sync::Arc;

use super::ending::support;
use super::kernel::{Actor, Agency, Environment, MasterKey, Shared, SystemEnvironment, act, get, now, read};
use super::office::AgencySettings;
use super::upgrade::upgrade;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::password::Work;
use crate::policy::HashingLimits;
use crate::store::{MemoryStore, Query, Record, Store, StoreError, Write, record};
use crate::words::EventKind;

/// All that one store holds: many agencies, none of which sees another.
///
/// A directory is a cheap handle; clone it, share it between threads. Several
/// processes may open the same SQLite file.
///
/// An agency that was deleted is refused with `agency.deleted`, and so is its code
/// for another (A9).
///
/// ```
/// use carekey::{Actor, AgencySettings, Directory};
///
/// let directory = Directory::open("memory:", &[7; 32])?;
/// let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
/// let agency = directory.create_agency(settings, &Actor::Support("Pat Long".into()))?;
/// assert_eq!(agency.code(), "104");
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Clone)]
pub struct Directory {
    pub(crate) shared: Arc<Shared>,
}

impl Directory {
    /// Opens the directory at that address, and makes it where there is none:
    /// `sqlite:FILE` (feature `sqlite`), `postgres://…` (feature `postgres`) or
    /// `memory:`. The key is 32 bytes that the host keeps elsewhere; a directory
    /// opens only with the key it was made with.
    ///
    /// # Errors
    ///
    /// `key.length`, `key.wrong`, `store.address`; `store.newer` where a newer
    /// release wrote it; `store.damaged` where the file is not carekey's;
    /// `store.unavailable`. Nothing is written then.
    pub fn open(address: &str, key: &[u8]) -> Result<Self> {
        Self::open_with(address, key, SystemEnvironment)
    }

    /// As [`Directory::open`], with a clock and randomness of the host's own.
    ///
    /// # Errors
    ///
    /// As [`Directory::open`].
    pub fn open_with(address: &str, key: &[u8], environment: impl Environment) -> Result<Self> {
        Self::open_within(address, key, environment, HashingLimits::default())
    }

    /// As [`Directory::open_with`], with what its operator lets a password hash
    /// cost at most, whatever an agency sets (P6).
    ///
    /// # Errors
    ///
    /// As [`Directory::open`].
    pub fn open_within(
        address: &str,
        key: &[u8],
        environment: impl Environment,
        limits: HashingLimits,
    ) -> Result<Self> {
        let key = MasterKey::new(key)?;
        let malformed = || Error::new(ErrorKind::Configuration, Code::StoreAddress);
        let store: Box<dyn Store> = match address.split_once(':') {
            Some(("memory", "")) => Box::new(MemoryStore::new()),
            #[cfg(feature = "sqlite")]
            Some(("sqlite", file)) if !file.is_empty() => {
                Box::new(crate::store::SqliteStore::open_checked(std::path::Path::new(file), &key.fingerprint())?)
            }
            #[cfg(feature = "postgres")]
            Some(("postgres" | "postgresql", _)) => {
                Box::new(crate::store::PostgresStore::open_checked(address, &key.fingerprint())?)
            }
            _ => return Err(malformed()),
        };
        Self::build(store, key, Box::new(environment), limits)
    }

    /// Opens a directory on a store of the host's own, or with an environment
    /// (clock, randomness) of its own.
    ///
    /// # Errors
    ///
    /// As [`Directory::open`].
    pub fn with(store: impl Store, key: &[u8], environment: impl Environment) -> Result<Self> {
        Self::build(Box::new(store), MasterKey::new(key)?, Box::new(environment), HashingLimits::default())
    }

    fn build(
        store: Box<dyn Store>,
        key: MasterKey,
        environment: Box<dyn Environment>,
        limits: HashingLimits,
    ) -> Result<Self> {
        let shared = Shared::new(store, key, environment, limits);
        check_key(&shared)?;
        upgrade(&shared)?;
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Makes a new agency. Only support does.
    ///
    /// # Errors
    ///
    /// `actor.not_allowed`, `agency.exists`, `agency.deleted` where one of that
    /// code was deleted or is being so (A9), or the findings about the settings.
    pub fn create_agency(&self, settings: AgencySettings, actor: &Actor) -> Result<Agency> {
        let acting = support(actor, "create_agency")?;
        let settings = settings.checked(&self.shared.limits)?;
        let id = AgencyId::of_code(&settings.code);
        let exists = || Error::new(ErrorKind::Invalid, Code::AgencyExists);
        match get::<record::Agency>(&self.shared, id, id.0)? {
            // Its keys are those of the code: what was signed for one that is
            // gone must not hold for another.
            Some(agency) if agency.deleting_since.is_some() => {
                return Err(Error::new(ErrorKind::Invalid, Code::AgencyDeleted));
            }
            Some(_) => return Err(exists()),
            None => {}
        }
        let record = settings.into_record(id, now(&self.shared)?);
        // One commit: an agency has its history from its first moment on.
        let made = act::found(&self.shared, record.clone(), &acting, |act| {
            act.begin_strands(EventKind::AgencyCreated, 0);
            Ok(())
        })?;
        made.map(|()| Agency::new(self.shared.clone(), &record)).ok_or_else(exists)
    }

    /// The agency that is known by this code. One that is suspended is found;
    /// what is asked of it is refused (A9).
    ///
    /// # Errors
    ///
    /// `agency.not_found`, `agency.deleted`, or those of the store.
    pub fn agency(&self, code: &str) -> Result<Agency> {
        let agency = self.there(code)?;
        if agency.deleted_at.is_some() {
            return Err(Error::not_found(Code::AgencyDeleted));
        }
        Ok(Agency::new(self.shared.clone(), &agency))
    }

    /// All agencies that are not suspended, by code: those that a job of the
    /// host's has work in. [`agency_rows`](Self::agency_rows) has every one.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn agencies(&self) -> Result<Vec<Agency>> {
        let open = Query::agencies().null(record::Agency::suspended_at, true);
        let agencies = read(&self.shared, &open.by(record::Agency::code, false))?;
        Ok(agencies.iter().map(|agency| Agency::new(self.shared.clone(), agency)).collect())
    }

    /// How many password hashes this handle and its clones have computed:
    /// for tests of timing parity, which count instead of measuring.
    pub fn hash_operations(&self) -> u64 {
        self.shared.hash_operations()
    }

    /// What they cost: for the same tests.
    ///
    /// ```
    /// # use carekey::*;
    /// let directory = Directory::open("memory:", &[7; 32])?;
    /// assert_eq!(directory.hash_work(), password::Work::default());
    /// # Ok::<(), carekey::Error>(())
    /// ```
    pub fn hash_work(&self) -> Work {
        self.shared.hash_work()
    }
}

/// The first to open a store leaves the key's fingerprint; all others must
/// have the same.
fn check_key(shared: &Shared) -> Result<()> {
    let setting = crate::store::key::setting(&shared.key.fingerprint());
    for _ in 0..2 {
        match get::<record::Setting>(shared, setting.agency, setting.key())? {
            Some(found) if found.value == setting.value => return Ok(()),
            Some(_) => return Err(Error::new(ErrorKind::Configuration, Code::KeyWrong)),
            None => match shared.store.commit(vec![Write::insert(&setting)]) {
                Ok(()) => return Ok(()),
                // Someone else was first: look whose key it is.
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            },
        }
    }
    Err(Error::new(ErrorKind::Conflict, Code::StoreConflict))
}

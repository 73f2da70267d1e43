//! What all handles share: one open directory, and one tenant of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::act;
use super::environment::Environment;
use super::keys::{AgencyKeys, MasterKey};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::password::{Hasher, Work};
use crate::policy::{Argon2Cost, HashingLimits};
use crate::store::{Store, record};

/// What all handles of one open directory share.
pub(crate) struct Shared {
    pub(crate) store: Box<dyn Store>,
    pub(crate) key: MasterKey,
    pub(crate) environment: Box<dyn Environment>,
    /// What hashing may cost: the operator's, not an agency's (P6).
    pub(crate) limits: HashingLimits,
    /// One hasher for each agency and cost: they count what they do.
    hashers: Mutex<HashMap<(AgencyId, Argon2Cost), Arc<Hasher>>>,
}

impl Shared {
    pub(crate) fn new(
        store: Box<dyn Store>,
        key: MasterKey,
        environment: Box<dyn Environment>,
        limits: HashingLimits,
    ) -> Self {
        Self { store, key, environment, limits, hashers: Mutex::default() }
    }

    /// The hasher of an agency for passwords of that cost, within the limits
    /// of the directory.
    pub(crate) fn hasher(&self, agency: AgencyId, cost: Argon2Cost, keys: &AgencyKeys) -> Arc<Hasher> {
        let mut hashers = self.hashers.lock().unwrap_or_else(PoisonError::into_inner);
        let hasher = || Hasher::new(cost, Some(*keys.pepper)).within(&self.limits);
        Arc::clone(hashers.entry((agency, cost)).or_insert_with(|| Arc::new(hasher())))
    }

    /// How many password hashes were computed, of all agencies.
    pub(crate) fn hash_operations(&self) -> u64 {
        let hashers = self.hashers.lock().unwrap_or_else(PoisonError::into_inner);
        hashers.values().map(|hasher| hasher.operations()).sum()
    }

    /// What they cost, of all agencies.
    pub(crate) fn hash_work(&self) -> Work {
        let hashers = self.hashers.lock().unwrap_or_else(PoisonError::into_inner);
        hashers.values().map(|hasher| hasher.work()).sum()
    }
}

/// One tenant of a directory. A cheap handle; clone it, share it.
///
/// While it is suspended its acts are refused with `agency.suspended`, and once
/// it is deleted with `agency.deleted` (A9).
#[derive(Clone)]
pub struct Agency {
    pub(crate) shared: Arc<Shared>,
    pub(crate) id: AgencyId,
    code: Arc<str>,
}

impl Agency {
    pub(crate) fn new(shared: Arc<Shared>, record: &record::Agency) -> Self {
        Self { shared, id: record.id, code: record.code.as_str().into() }
    }

    /// The code by which the directory knows it.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its identifier.
    pub fn id(&self) -> AgencyId {
        self.id
    }

    /// The agency as it is, where it is not suspended (A9): what reads outside
    /// of an act asks for it first.
    pub(crate) fn record(&self) -> Result<record::Agency> {
        let record = self.even_suspended()?;
        refuse_suspended(&record)?;
        Ok(record)
    }

    /// The agency as it is, for those who are not told that it is suspended.
    pub(crate) fn even_suspended(&self) -> Result<record::Agency> {
        act::get(&self.shared, self.id, self.id.0)?.ok_or_else(|| Error::not_found(Code::AgencyNotFound))
    }

    pub(crate) fn keys(&self) -> AgencyKeys {
        self.shared.key.agency(self.id)
    }

    /// The hasher for passwords of this agency, and its keys.
    pub(crate) fn hasher(&self, record: &record::Agency, keys: &AgencyKeys) -> Arc<Hasher> {
        self.shared.hasher(self.id, record.policy.password.cost, keys)
    }
}

/// `agency.suspended` where it is, `agency.deleted` where it is gone (A9).
pub(crate) fn refuse_suspended(agency: &record::Agency) -> Result<()> {
    match (agency.deleted_at, agency.suspended_at) {
        (Some(_), _) => Err(Error::not_found(Code::AgencyDeleted)),
        (None, Some(_)) => Err(Error::new(ErrorKind::NotAllowed, Code::AgencySuspended)),
        (None, None) => Ok(()),
    }
}

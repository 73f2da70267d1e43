//! Passwords as they are stored, and temporary ones (P6 to P8).

use std::sync::Arc;

use carekey::password;

use super::key;
use super::records::Verified;
use super::words::HashKind;
use crate::error::CarekeyError;
use crate::finding::checks;
use crate::policy::Policy;

/// Hashes passwords and compares them with stored hashes: PHC strings of
/// Argon2id, at the cost that the policy says. It serves any number of
/// threads; a hash takes a good part of a tenth of a second.
#[derive(uniffi::Object)]
pub struct Hasher(password::Hasher);

#[uniffi::export]
impl Hasher {
    /// A hasher of the policy's cost. With a `pepper` of 32 bytes, hashes
    /// cannot even be guessed at without it.
    ///
    /// Throws `Invalid` with `key.length`.
    #[uniffi::constructor(default(pepper = None))]
    pub fn new(policy: &Policy, pepper: Option<Vec<u8>>) -> Result<Arc<Self>, CarekeyError> {
        let pepper = pepper.as_deref().map(key).transpose()?;
        Ok(Arc::new(Self(password::Hasher::new(policy.0.password.cost, pepper))))
    }

    /// Hashes a password for storing.
    ///
    /// Throws `Invalid` with `password.too_long`, over 1,024 bytes.
    pub fn hash(&self, password: &str) -> Result<String, CarekeyError> {
        Ok(self.0.hash(password, &mut rand::rng())?)
    }

    /// Compares a password with a stored hash, in constant time. Hashes of
    /// other systems are accepted.
    ///
    /// Throws `Invalid` with `password.too_long`, `hash.unsupported`,
    /// `hash.unrecognised` or `hash.out_of_bounds`, before any work is done.
    pub fn verify(&self, stored: &str, password: &str) -> Result<Verified, CarekeyError> {
        Ok(self.0.verify(stored, password)?.into())
    }
}

checks! {
    /// What a stored hash is.
    HashCheck(
        /// Its kind, unless an error forbids it.
        HashKind
    )
}

/// Tells what a stored hash is, without any password: before a row that is
/// imported is taken.
///
/// Findings, on the field `password_hash`: `hash.unsupported` with the `kind`,
/// `hash.unrecognised`, `hash.out_of_bounds`; the warning `hash.unusable`, where
/// the account has no password that can be used.
#[uniffi::export]
pub fn check_hash(stored: &str) -> HashCheck {
    password::check_hash(stored).into()
}

#[uniffi::export]
impl Policy {
    /// Makes a temporary password: at least 12 characters, more where the
    /// policy asks for more, of all four kinds, none of which look alike. Show
    /// it once and keep it nowhere.
    pub fn temporary_password(&self) -> String {
        password::temporary(&self.0.password, &self.0.temporary_password, &mut rand::rng()).reveal().to_owned()
    }
}

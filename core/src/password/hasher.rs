//! Keeping passwords (P6): hashing, verifying, and when to renew.

use std::sync::atomic::{AtomicU64, Ordering};

use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::cost::CostClass;
use super::kernel;
use super::stored::{Argon2Hash, Stored};
use super::{MAX_BYTES, foreign, is_too_long, nfc};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};
use crate::policy::Argon2Cost;

/// The bytes of a salt that [`Hasher::hash`] draws.
const SALT_BYTES: usize = 16;

/// The bytes of a tag that [`Hasher::hash`] makes.
const TAG_BYTES: usize = 32;

/// What comparing a password with a stored hash gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Whether it is the password.
    pub matches: bool,
    /// Whether to hash the password anew and store that: it matches, and the
    /// stored hash is another system's, weaker than the policy, or without
    /// the pepper. Never set where it does not match.
    pub renew: bool,
}

/// Hashes passwords and answers, and compares them with stored hashes (P6).
///
/// A hash is a PHC string of Argon2id, version 19, with a 16-byte salt and a
/// 32-byte tag, of the password in NFC. With a pepper, what is hashed is the
/// HMAC-SHA-256 of the password under the pepper, and the string has a
/// `keyid` that tells which pepper it was: a store that is stolen without the
/// key cannot even be guessed at.
///
/// One hasher serves any number of threads, and keeps the memory of the last
/// few hashes for the next ones.
///
/// ```
/// use carekey::password::Hasher;
/// use carekey::policy::Argon2Cost;
///
/// # let mut rng = rand::rng();
/// let hasher = Hasher::new(Argon2Cost::default(), None);
/// let stored = hasher.hash("Lantern#47 tide", &mut rng)?;
/// assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
/// assert!(hasher.verify(&stored, "Lantern#47 tide")?.matches);
/// assert!(!hasher.verify(&stored, "lantern#47 tide")?.matches);
/// assert_eq!(hasher.operations(), 3);
/// # Ok::<(), carekey::Error>(())
/// ```
pub struct Hasher {
    cost: Argon2Cost,
    pepper: Option<Pepper>,
    operations: AtomicU64,
}

/// The pepper, and the mark by which its hashes are known.
struct Pepper {
    key: Zeroizing<[u8; 32]>,
    id: [u8; 8],
}

impl Hasher {
    /// A hasher of that cost. [`Policy::findings`](crate::Policy::findings)
    /// says whether a cost is enough; this takes any.
    pub fn new(cost: Argon2Cost, pepper: Option<[u8; 32]>) -> Self {
        let pepper = pepper.map(|key| {
            let mut id = [0; 8];
            for (to, from) in id.iter_mut().zip(keyed(&key, b"carekey pepper id").iter()) {
                *to = *from;
            }
            Pepper { key: Zeroizing::new(key), id }
        });
        Self { cost, pepper, operations: AtomicU64::new(0) }
    }

    /// Hashes a password for storing.
    ///
    /// # Errors
    ///
    /// `password.too_long` over [`MAX_BYTES`] bytes, before anything is hashed
    /// (P3); `internal.fault` where the cost is none that Argon2 has, or its
    /// memory is not to be had.
    pub fn hash(&self, password: &str, rng: &mut dyn CryptoRng) -> Result<String> {
        refuse_too_long(password)?;
        let mut salt = [0; SALT_BYTES];
        rng.fill_bytes(&mut salt);
        let mut tag = [0; TAG_BYTES];
        self.derive(password, self.pepper.as_ref(), &salt, self.cost, &mut tag)?;
        Argon2Hash::format(self.cost, self.pepper.as_ref().map(|pepper| &pepper.id[..]), &salt, &tag)
            .ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))
    }

    /// Compares a password with a stored hash, in constant time.
    ///
    /// Hashes of other systems are accepted (P7, the kinds of
    /// [`HashKind`](super::HashKind)); they see the password as it was typed,
    /// as those systems did.
    ///
    /// # Errors
    ///
    /// `password.too_long`, `hash.unrecognised`, or `hash.out_of_bounds` where
    /// the stored hash asks for more than 1 GiB, 10 passes or 16 lanes, or
    /// [another bound](super::check_hash): all before any memory is taken or
    /// anything is hashed. Where a refusal must cost as much as an answer,
    /// call [`Hasher::decoy`] then.
    pub fn verify(&self, stored: &str, password: &str) -> Result<Verified> {
        refuse_too_long(password)?;
        match Stored::parse(stored)? {
            Stored::Argon2id(stored) => self.verify_argon2(&stored, password),
            Stored::Foreign(stored) => {
                self.count();
                let matches = foreign::matches(&stored, password);
                // A scheme that looks at a part only says nothing of the rest (P7).
                Ok(Verified { matches, renew: matches && foreign::looks_at_all(&stored, password) })
            }
        }
    }

    /// Spends exactly one hash of the policy's cost, against nothing: what a
    /// refusal without a stored hash must cost (E3). Never fails; a password
    /// too long to be hashed is replaced by an empty one.
    pub fn decoy(&self, password: &str) {
        let password = if is_too_long(password) { "" } else { password };
        let mut tag = [0; TAG_BYTES];
        // The tag is compared with nothing, and a host out of memory is no
        // reason to answer differently here.
        let _ = self.derive(password, self.pepper.as_ref(), &[0; SALT_BYTES], self.cost, &mut tag);
        std::hint::black_box(tag);
    }

    /// As [`Hasher::verify`], for the hash of another system: where its kind
    /// costs less than a hash of the policy, one is computed besides, so that
    /// no refusal is quicker than another (P7).
    ///
    /// # Errors
    ///
    /// As [`Hasher::verify`].
    pub fn verify_filled(&self, stored: &str, password: &str) -> Result<Verified> {
        refuse_too_long(password)?;
        match Stored::parse(stored)? {
            Stored::Foreign(cheap) if cheap.cost_class().is_policy() => {
                // Together they are counted as the one hash that they cost.
                let matches = foreign::matches(&cheap, password);
                self.decoy(password);
                Ok(Verified { matches, renew: matches && foreign::looks_at_all(&cheap, password) })
            }
            _ => self.verify(stored, password),
        }
    }

    /// Spends what verifying a password of that class costs, and compares it
    /// with nothing.
    pub fn decoy_like(&self, class: CostClass, password: &str) {
        let password = if is_too_long(password) { "" } else { password };
        match class {
            CostClass::Policy => self.decoy(password),
            CostClass::Argon2(memory_kib, passes, lanes) => {
                let mut tag = [0; TAG_BYTES];
                let cost = Argon2Cost { memory_kib, passes, lanes };
                let _ = self.derive(password, self.pepper.as_ref(), &[0; SALT_BYTES], cost, &mut tag);
                std::hint::black_box(tag);
            }
            other => {
                self.count();
                foreign::spend(other, password);
            }
        }
    }

    /// How many hashes were computed so far, decoys and other systems'
    /// included: that two refusals cost the same can be tested by counting.
    pub fn operations(&self) -> u64 {
        self.operations.load(Ordering::Relaxed)
    }

    fn verify_argon2(&self, stored: &Argon2Hash, password: &str) -> Result<Verified> {
        // A hash under a pepper that is not at hand cannot match; it is
        // computed all the same, so that the answer takes as long.
        let pepper = if stored.pepper_id.is_some() { self.pepper.as_ref() } else { None };
        let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
        self.derive(password, pepper, &stored.salt, stored.cost, &mut tag)?;
        let under = pepper.map(|pepper| &pepper.id[..]);
        let matches = bool::from(tag.ct_eq(&stored.tag)) && stored.pepper_id.as_deref() == under;
        let weaker = stored.cost.memory_kib < self.cost.memory_kib
            || stored.cost.passes < self.cost.passes
            || stored.salt.len() < SALT_BYTES
            || stored.tag.len() < TAG_BYTES
            || (stored.pepper_id.is_none() && self.pepper.is_some());
        Ok(Verified { matches, renew: matches && weaker })
    }

    fn derive(
        &self,
        password: &str,
        pepper: Option<&Pepper>,
        salt: &[u8],
        cost: Argon2Cost,
        tag: &mut [u8],
    ) -> Result<()> {
        self.count();
        let password = nfc(password);
        match pepper {
            Some(pepper) => kernel::derive(&*keyed(&pepper.key, password.as_bytes()), salt, cost, tag),
            None => kernel::derive(password.as_bytes(), salt, cost, tag),
        }
    }

    fn count(&self) {
        self.operations.fetch_add(1, Ordering::Relaxed);
    }
}

/// The cost, and whether there is a pepper: never the pepper.
impl core::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Hasher").field("cost", &self.cost).field("peppered", &self.pepper.is_some()).finish()
    }
}

fn refuse_too_long(password: &str) -> Result<()> {
    if is_too_long(password) {
        return Err(Finding::new(Code::PasswordTooLong, "password").with("limit", MAX_BYTES).into());
    }
    Ok(())
}

fn keyed(key: &[u8; 32], data: &[u8]) -> Zeroizing<[u8; 32]> {
    // A key shorter than a block is padded with zeros (RFC 2104).
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(data);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

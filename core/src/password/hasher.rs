//! Keeping passwords (P6): hashing, verifying, and when to renew.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::Algorithm;
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::cost::{self, CostClass};
use super::stored::{Argon2Hash, BOUNDS, Stored};
use super::work::Work;
use super::{MAX_BYTES, foreign, forms, is_too_long, kernel, nfc};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::{Code, Finding};
use crate::policy::{Argon2Cost, HashingLimits};

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
    /// stored hash is another system's, weaker than the policy, above what the
    /// operator allows, or without the pepper. Never set where it does not
    /// match, nor where the scheme looks at a part of a password and this one
    /// is longer (bcrypt: 72 bytes), for the rest is not known to be right.
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
/// One hasher serves any number of threads. All hashers of a process take
/// their memory from one budget ([`limit_hashing_memory`]): where it is used
/// up, a call waits.
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
///
/// [`limit_hashing_memory`]: super::limit_hashing_memory
pub struct Hasher {
    cost: Argon2Cost,
    /// What a stored hash may cost and stay.
    most: Argon2Cost,
    pepper: Option<Pepper>,
    operations: AtomicU64,
    work: Mutex<Work>,
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
        Self { cost, most: BOUNDS, pepper, operations: AtomicU64::new(0), work: Mutex::default() }
    }

    /// The same within what the operator allows (P6): no hash that it makes
    /// costs more, whatever the policy says, and one that is stored and costs
    /// more is renewed.
    ///
    /// ```
    /// use carekey::password::Hasher;
    /// use carekey::policy::{Argon2Cost, HashingLimits};
    ///
    /// # let mut rng = rand::rng();
    /// let dear = Argon2Cost { memory_kib: 70 * 1024, passes: 2, lanes: 1 };
    /// let stored = Hasher::new(dear, None).hash("Lantern#47 tide", &mut rng)?;
    /// let hasher = Hasher::new(dear, None).within(&HashingLimits::default());
    /// assert!(hasher.verify(&stored, "Lantern#47 tide")?.renew);
    /// assert!(hasher.hash("Lantern#47 tide", &mut rng)?.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    /// # Ok::<(), carekey::Error>(())
    /// ```
    #[must_use]
    pub fn within(self, limits: &HashingLimits) -> Self {
        Self { cost: limits.clamp(self.cost), most: limits.clamp(BOUNDS), ..self }
    }

    /// Hashes a password for storing.
    ///
    /// # Errors
    ///
    /// `password.too_long` over 1,024 bytes, before anything is hashed
    /// (P3); `internal.fault` where the cost is none that Argon2 has, or its
    /// memory is not to be had.
    pub fn hash(&self, password: &str, rng: &mut dyn CryptoRng) -> Result<String> {
        refuse_too_long(password)?;
        let mut salt = [0; SALT_BYTES];
        rng.fill_bytes(&mut salt);
        let mut tag = [0; TAG_BYTES];
        self.count();
        let password = nfc(password);
        self.derive(Algorithm::Argon2id, &password, self.pepper.as_ref(), &salt, self.cost, &mut tag)?;
        Argon2Hash::format(self.cost, self.pepper.as_ref().map(|pepper| &pepper.id[..]), &salt, &tag)
            .ok_or_else(|| Error::new(ErrorKind::Internal, Code::Internal))
    }

    /// Compares a password with a stored hash, in constant time.
    ///
    /// Hashes of other systems are accepted (P7, the kinds of
    /// [`HashKind`](super::HashKind)). They are compared with the password as
    /// it was typed, in NFC and in NFD, since those systems may have taken any:
    /// with all that differ, one to three, so that how long it takes tells
    /// nothing but what the password says itself.
    ///
    /// # Errors
    ///
    /// `password.too_long`, `hash.unsupported`, `hash.unrecognised`, or
    /// `hash.out_of_bounds` where the stored hash asks for more than 1 GiB, 10
    /// passes or 16 lanes, or [another bound](super::check_hash): all before
    /// any memory is taken or anything is hashed. Where a refusal must cost as
    /// much as an answer, call [`Hasher::decoy`] then.
    pub fn verify(&self, stored: &str, password: &str) -> Result<Verified> {
        refuse_too_long(password)?;
        self.compare(&Stored::parse(stored)?, password)
    }

    /// Spends exactly one hash of the policy's cost, against nothing: what a
    /// refusal without a stored hash must cost (E3). Without a pepper it is one
    /// for each form that differs, as it is for a stored one. Never fails; a
    /// password too long to be hashed is replaced by an empty one.
    pub fn decoy(&self, password: &str) {
        self.decoy_like(CostClass::Policy, password);
    }

    /// As [`Hasher::verify`], for the hash of another system: where it costs
    /// clearly less than a hash of the policy, one is computed besides, so that
    /// no refusal is quicker than another (P7). It costs what
    /// [`Hasher::decoy_like`] spends for the [class](super::cost_class) of the
    /// hash and the same password.
    ///
    /// ```
    /// use carekey::password::{Hasher, cost_class};
    /// use carekey::policy::Argon2Cost;
    ///
    /// let hasher = Hasher::new(Argon2Cost::default(), None);
    /// let stored = "{SSHA}71Z8lcXKIfnRhPboY1t1qUao/KoBAgMEBQYHCA==";
    /// assert!(hasher.verify_filled(stored, "Lantern#47 tide")?.matches);
    /// let cost = hasher.work();
    ///
    /// hasher.decoy_like(cost_class(stored)?, "another guess");
    /// assert_eq!(hasher.work() - cost, cost);
    /// # Ok::<(), carekey::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Hasher::verify`].
    pub fn verify_filled(&self, stored: &str, password: &str) -> Result<Verified> {
        refuse_too_long(password)?;
        let stored = Stored::parse(stored)?;
        let verified = self.compare(&stored, password);
        self.fill(stored.cost_class(), password);
        verified
    }

    /// Spends what [`Hasher::verify_filled`] does with a hash of that class,
    /// and compares it with nothing. Never fails; a password too long to be
    /// hashed is replaced by an empty one.
    pub fn decoy_like(&self, class: CostClass, password: &str) {
        self.count();
        let password = if is_too_long(password) { "" } else { password };
        match class {
            CostClass::Policy => {}
            CostClass::Argon2(memory_kib, passes, lanes) => {
                for form in forms(password) {
                    self.spend(&form, Argon2Cost { memory_kib, passes, lanes });
                }
            }
            foreign => {
                for form in forms(password) {
                    self.spent(foreign.work());
                    foreign::spend(foreign, form.as_bytes());
                }
            }
        }
        self.fill(class, password);
    }

    /// How many times a password was hashed or compared, or seemed to be:
    /// decoys and other systems' hashes included, one for each call. What that
    /// cost is [`Hasher::work`].
    pub fn operations(&self) -> u64 {
        self.operations.load(Ordering::Relaxed)
    }

    /// What all of it cost so far: that two refusals cost the same can be
    /// tested by counting.
    pub fn work(&self) -> Work {
        *self.counted()
    }

    fn compare(&self, stored: &Stored, password: &str) -> Result<Verified> {
        self.count();
        match stored {
            Stored::Argon2(stored) => self.verify_argon2(stored, password),
            Stored::Foreign(stored) => {
                let work = stored.cost_class().work();
                forms(password).iter().for_each(|_| self.spent(work));
                let compared = foreign::compare(stored, password);
                Ok(Verified { matches: compared.matches, renew: compared.whole })
            }
        }
    }

    /// Adds what a hash of our own costs to what cost clearly less.
    fn fill(&self, class: CostClass, password: &str) {
        if class.is_filled(self.cost) {
            for form in self.tried(self.pepper.is_some(), password) {
                self.spend(&form, self.cost);
            }
        }
    }

    /// The forms of a password that an Argon2 hash is compared with. One under
    /// the pepper is our own, of NFC; one without may come from elsewhere (P7),
    /// and where there is no pepper none can be told apart.
    fn tried(&self, peppered: bool, password: &str) -> Vec<Zeroizing<String>> {
        if peppered { vec![nfc(password)] } else { forms(password) }
    }

    /// One hash of that cost, against nothing.
    fn spend(&self, password: &str, cost: Argon2Cost) {
        let mut tag = [0; TAG_BYTES];
        // The tag is compared with nothing, and a host out of memory is no
        // reason to answer differently here.
        let _ = self.derive(Algorithm::Argon2id, password, self.pepper.as_ref(), &[0; SALT_BYTES], cost, &mut tag);
        std::hint::black_box(tag);
    }

    fn verify_argon2(&self, stored: &Argon2Hash, password: &str) -> Result<Verified> {
        // A hash under a pepper that is not at hand cannot match; it is
        // computed all the same, so that the answer takes as long.
        let pepper = if stored.pepper_id.is_some() { self.pepper.as_ref() } else { None };
        let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
        let mut found = false;
        for form in self.tried(pepper.is_some(), password) {
            self.derive(stored.algorithm, &form, pepper, &stored.salt, stored.cost, &mut tag)?;
            found |= bool::from(tag.ct_eq(&stored.tag));
        }
        let under = pepper.map(|pepper| &pepper.id[..]);
        let matches = found && stored.pepper_id.as_deref() == under;
        let weaker = stored.algorithm != Algorithm::Argon2id
            || stored.cost.memory_kib < self.cost.memory_kib
            || stored.cost.passes < self.cost.passes
            || stored.salt.len() < SALT_BYTES
            || stored.tag.len() < TAG_BYTES
            || (stored.pepper_id.is_none() && self.pepper.is_some());
        let dearer = stored.cost.memory_kib > self.most.memory_kib
            || stored.cost.passes > self.most.passes
            || stored.cost.lanes > self.most.lanes;
        Ok(Verified { matches, renew: matches && (weaker || dearer) })
    }

    fn derive(
        &self,
        algorithm: Algorithm,
        password: &str,
        pepper: Option<&Pepper>,
        salt: &[u8],
        cost: Argon2Cost,
        tag: &mut [u8],
    ) -> Result<()> {
        self.spent(cost::argon2(cost));
        match pepper {
            Some(pepper) => kernel::derive(algorithm, &*keyed(&pepper.key, password.as_bytes()), salt, cost, tag),
            None => kernel::derive(algorithm, password.as_bytes(), salt, cost, tag),
        }
    }

    fn count(&self) {
        self.operations.fetch_add(1, Ordering::Relaxed);
    }

    fn spent(&self, work: Work) {
        let mut counted = self.counted();
        *counted = *counted + work;
    }

    fn counted(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
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

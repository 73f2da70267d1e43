//! What hashing cost, told by counting (E3).

use core::iter::Sum;
use core::ops::{Add, Sub};

/// What hashing cost so far: that two answers cost the same is shown by
/// counting, on a machine however busy.
///
/// ```
/// use carekey::password::{Hasher, Work};
/// use carekey::policy::Argon2Cost;
///
/// let hasher = Hasher::new(Argon2Cost::default(), None);
/// hasher.decoy("a guess");
/// assert_eq!(hasher.work(), Work { argon2: 2 * 19 * 1024, ..Work::default() });
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Argon2, in KiB of memory times passes over it.
    pub argon2: u64,
    /// bcrypt, in rounds: 2 to the power of the cost.
    pub bcrypt: u64,
    /// PBKDF2 with SHA-1, in rounds.
    pub pbkdf2_sha1: u64,
    /// PBKDF2 with SHA-256, in rounds.
    pub pbkdf2_sha256: u64,
    /// PBKDF2 with SHA-384, in rounds.
    pub pbkdf2_sha384: u64,
    /// PBKDF2 with SHA-512, in rounds.
    pub pbkdf2_sha512: u64,
    /// SHA-crypt with SHA-256, in rounds.
    pub sha256_crypt: u64,
    /// SHA-crypt with SHA-512, in rounds.
    pub sha512_crypt: u64,
    /// phpass, in rounds.
    pub phpass: u64,
    /// scrypt, in blocks of 128 bytes filled: N times r times p.
    pub scrypt: u64,
}

impl Work {
    fn zip(self, other: Self, each: fn(u64, u64) -> u64) -> Self {
        Self {
            argon2: each(self.argon2, other.argon2),
            bcrypt: each(self.bcrypt, other.bcrypt),
            pbkdf2_sha1: each(self.pbkdf2_sha1, other.pbkdf2_sha1),
            pbkdf2_sha256: each(self.pbkdf2_sha256, other.pbkdf2_sha256),
            pbkdf2_sha384: each(self.pbkdf2_sha384, other.pbkdf2_sha384),
            pbkdf2_sha512: each(self.pbkdf2_sha512, other.pbkdf2_sha512),
            sha256_crypt: each(self.sha256_crypt, other.sha256_crypt),
            sha512_crypt: each(self.sha512_crypt, other.sha512_crypt),
            phpass: each(self.phpass, other.phpass),
            scrypt: each(self.scrypt, other.scrypt),
        }
    }

    /// About how long it takes on one core. It holds for no machine exactly:
    /// it matters only that the same is always treated the same.
    pub(super) fn nanoseconds(self) -> u64 {
        [
            (self.argon2, 150),
            (self.bcrypt, 50_000),
            (self.pbkdf2_sha1, 300),
            (self.pbkdf2_sha256, 300),
            (self.pbkdf2_sha384, 300),
            (self.pbkdf2_sha512, 300),
            (self.sha256_crypt, 300),
            (self.sha512_crypt, 500),
            (self.phpass, 150),
            (self.scrypt, 300),
        ]
        .into_iter()
        .fold(0, |sum, (count, each)| count.saturating_mul(each).saturating_add(sum))
    }
}

impl Add for Work {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.zip(other, u64::wrapping_add)
    }
}

/// What was done since.
impl Sub for Work {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        self.zip(earlier, u64::wrapping_sub)
    }
}

impl Sum for Work {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

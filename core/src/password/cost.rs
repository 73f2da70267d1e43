//! What evaluating a stored password costs, so that a refusal tells nobody
//! whether a name is known (E3, P7).

use serde::{Deserialize, Serialize};

use super::crypt;
use super::foreign::{self, Sha};
use super::stored::{self, Stored};
use super::work::Work;
use crate::error::{Result, UnknownWord};
use crate::policy::Argon2Cost;
#[cfg(feature = "engine")]
use crate::policy::HashingLimits;

/// How many times the dearest hash of the operator's own one that is taken over
/// may cost.
#[cfg(feature = "engine")]
const IMPORTED_TIMES: u64 = 16;

/// The class of what evaluating a stored password costs: all of one class cost
/// the same.
///
/// ```
/// use carekey::password::{CostClass, cost_class};
///
/// let class = cost_class("$2b$12$abcdefghijklmnopqrstuuLr8Iyr8hTVSDGRrmUPwMu6ReZJT3yKa")?;
/// assert_eq!(class, CostClass::Bcrypt(12));
/// assert_eq!(class.to_string(), "bcrypt:12");
/// assert_eq!("bcrypt:12".parse(), Ok(class));
/// # Ok::<(), carekey::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum CostClass {
    /// One hash of the policy: its own, and a digest, which costs next to
    /// nothing and is filled up to it.
    Policy,
    /// bcrypt of that cost.
    Bcrypt(u32),
    /// PBKDF2 with that digest, and its rounds for the whole of a tag.
    Pbkdf2(Sha, u32),
    /// scrypt: the logarithm of N, r and p.
    Scrypt(u32, u32, u32),
    /// SHA-crypt with that digest, and its rounds.
    ShaCrypt(Sha, u32),
    /// phpass: the logarithm of its rounds.
    Phpass(u32),
    /// Argon2 of another cost: KiB, passes, lanes.
    Argon2(u32, u32, u32),
}

impl CostClass {
    /// Whether it is one hash of the policy.
    pub const fn is_policy(self) -> bool {
        matches!(self, Self::Policy)
    }

    /// Whether comparing is filled up with a hash of the policy: where it costs
    /// less than half of one.
    pub(super) fn is_filled(self, policy: Argon2Cost) -> bool {
        self.is_policy() || self.work().nanoseconds().saturating_mul(2) < argon2(policy).nanoseconds()
    }

    /// What comparing one form of a password costs, without what fills it up.
    pub(super) fn work(self) -> Work {
        let none = Work::default();
        match self {
            Self::Policy => none,
            Self::Bcrypt(cost) => Work { bcrypt: 1u64.checked_shl(cost).unwrap_or(u64::MAX), ..none },
            Self::Pbkdf2(Sha::Sha1, rounds) => Work { pbkdf2_sha1: rounds.into(), ..none },
            Self::Pbkdf2(Sha::Sha256, rounds) => Work { pbkdf2_sha256: rounds.into(), ..none },
            Self::Pbkdf2(Sha::Sha384, rounds) => Work { pbkdf2_sha384: rounds.into(), ..none },
            Self::Pbkdf2(Sha::Sha512, rounds) => Work { pbkdf2_sha512: rounds.into(), ..none },
            Self::Scrypt(log_n, r, p) => Work { scrypt: foreign::scrypt_blocks(log_n, r, p), ..none },
            Self::ShaCrypt(Sha::Sha512, rounds) => Work { sha512_crypt: rounds.into(), ..none },
            Self::ShaCrypt(_, rounds) => Work { sha256_crypt: rounds.into(), ..none },
            Self::Phpass(log2) => Work { phpass: 1u64.checked_shl(log2).unwrap_or(u64::MAX), ..none },
            Self::Argon2(memory_kib, passes, lanes) => argon2(Argon2Cost { memory_kib, passes, lanes }),
        }
    }

    /// Whether a hash that is taken over may have it: what strangers who knock
    /// at its name make the server do is the operator's word too (P6). It may
    /// cost sixteen times the dearest hash of the operator's own, since systems
    /// that hash by other schemes choose dearer ones (bcrypt 13, 2,000,000
    /// rounds of PBKDF2), until its owner signs in and it is renewed.
    #[cfg(feature = "engine")]
    pub(crate) fn is_affordable(self, limits: &HashingLimits) -> bool {
        let dearest = argon2(limits.clamp(stored::BOUNDS)).nanoseconds();
        self.work().nanoseconds() <= dearest.saturating_mul(IMPORTED_TIMES)
    }

    /// Whether a stored hash may have it: a class that is kept beside one could
    /// ask for anything otherwise.
    fn is_within(self) -> bool {
        match self {
            Self::Policy => true,
            Self::Bcrypt(cost) => foreign::BCRYPT_COSTS.contains(&cost),
            Self::Pbkdf2(_, rounds) => (1..=foreign::PBKDF2_ROUNDS_IN_ALL).contains(&rounds),
            Self::Scrypt(log_n, r, p) => foreign::scrypt_params(log_n, r, p).is_ok(),
            Self::ShaCrypt(Sha::Sha256 | Sha::Sha512, rounds) => crypt::SHA_CRYPT_ROUNDS.contains(&rounds),
            Self::ShaCrypt(..) => false,
            Self::Phpass(log2) => crypt::PHPASS_LOG2.contains(&log2),
            Self::Argon2(memory_kib, passes, lanes) => stored::is_within(Argon2Cost { memory_kib, passes, lanes }),
        }
    }
}

/// The work of one Argon2 hash.
pub(super) fn argon2(cost: Argon2Cost) -> Work {
    Work { argon2: u64::from(cost.memory_kib).saturating_mul(cost.passes.into()), ..Work::default() }
}

impl core::fmt::Display for CostClass {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Policy => f.write_str("policy"),
            Self::Bcrypt(cost) => write!(f, "bcrypt:{cost}"),
            Self::Pbkdf2(sha, rounds) => write!(f, "pbkdf2_{sha}:{rounds}"),
            Self::Scrypt(log_n, r, p) => write!(f, "scrypt:{log_n}:{r}:{p}"),
            Self::ShaCrypt(sha, rounds) => write!(f, "{sha}_crypt:{rounds}"),
            Self::Phpass(log2) => write!(f, "phpass:{log2}"),
            Self::Argon2(kib, passes, lanes) => write!(f, "argon2:{kib}:{passes}:{lanes}"),
        }
    }
}

impl core::str::FromStr for CostClass {
    type Err = UnknownWord;

    fn from_str(text: &str) -> core::result::Result<Self, UnknownWord> {
        let mut parts = text.split(':');
        let kind = parts.next().unwrap_or_default();
        let numbers: Vec<u32> =
            parts.map(|part| part.parse().map_err(|_| UnknownWord)).collect::<core::result::Result<_, _>>()?;
        let class = match (kind, numbers.as_slice()) {
            ("policy", []) => Self::Policy,
            ("bcrypt", [cost]) => Self::Bcrypt(*cost),
            ("scrypt", [log_n, r, p]) => Self::Scrypt(*log_n, *r, *p),
            ("argon2", [kib, passes, lanes]) => Self::Argon2(*kib, *passes, *lanes),
            ("sha256_crypt", [rounds]) => Self::ShaCrypt(Sha::Sha256, *rounds),
            ("sha512_crypt", [rounds]) => Self::ShaCrypt(Sha::Sha512, *rounds),
            ("phpass", [log2]) => Self::Phpass(*log2),
            (_, [rounds]) => Self::Pbkdf2(kind.strip_prefix("pbkdf2_").ok_or(UnknownWord)?.parse()?, *rounds),
            _ => return Err(UnknownWord),
        };
        if class.is_within() { Ok(class) } else { Err(UnknownWord) }
    }
}

impl From<CostClass> for String {
    fn from(class: CostClass) -> Self {
        class.to_string()
    }
}

impl TryFrom<String> for CostClass {
    type Error = UnknownWord;

    fn try_from(text: String) -> core::result::Result<Self, UnknownWord> {
        text.parse()
    }
}

/// The class of a stored hash.
///
/// # Errors
///
/// Those of [`check_hash`](super::check_hash).
pub fn cost_class(stored: &str) -> Result<CostClass> {
    Ok(Stored::parse(stored)?.cost_class())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_reads_back_and_none_that_is_out_of_bounds() {
        for class in [
            CostClass::Policy,
            CostClass::Bcrypt(12),
            CostClass::Pbkdf2(Sha::Sha256, 600_000),
            CostClass::Pbkdf2(Sha::Sha1, 2000),
            CostClass::Scrypt(15, 8, 1),
            CostClass::ShaCrypt(Sha::Sha512, 5_000),
            CostClass::Phpass(13),
            CostClass::Argon2(19_456, 2, 1),
        ] {
            assert_eq!(class.to_string().parse(), Ok(class));
        }
        for wrong in [
            "",
            "bcrypt",
            "bcrypt:x",
            "bcrypt:3",
            "bcrypt:17",
            "scrypt:1:2",
            "scrypt:24:8:1",
            "scrypt:1:4000000:1",
            "scrypt:20:8:16",
            "scrypt:400:8:1",
            "policy:1",
            "md5:1",
            "pbkdf2:1",
            "pbkdf2_sha3:1",
            "pbkdf2_sha1:0",
            "pbkdf2_sha256:40000001",
            "sha384_crypt:5000",
            "sha256_crypt:999",
            "phpass:25",
            "argon2:1048577:2:1",
            "argon2:19456:11:1",
            "argon2:19456:2:17",
            "argon2:0:2:1",
        ] {
            assert_eq!(wrong.parse::<CostClass>(), Err(UnknownWord), "{wrong}");
        }
    }

    #[test]
    fn the_class_of_a_hash_is_what_it_costs() {
        let tag = "mYc3p63eT2xvSolzR6CPyQZgJ0RCu30PuAv/CYwZU3g";
        for (stored, class) in [
            (format!("$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw${tag}"), "argon2:19456:2:1"),
            (format!("pbkdf2_sha256$36000$seasalt2${tag}="), "pbkdf2_sha256:36000"),
            (format!("scrypt$16384$seasalt2$8$5${}==", "A".repeat(86)), "scrypt:14:8:5"),
            ("{SSHA}71Z8lcXKIfnRhPboY1t1qUao/KoBAgMEBQYHCA==".to_owned(), "policy"),
            // 1,000 rounds for each 20 bytes of 32.
            ("AAABAgMEBQYHCAkKCwwNDg8FEFatNx5GYFdVhojOwQK7A0p5PiKoggTmCHmWO955Xw==".to_owned(), "pbkdf2_sha1:2000"),
            ("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.".to_owned(), "bcrypt:6"),
            ("$5$seasalt2$70bsQwGXphf.L1dC4OjLC6pSysa7AzLQfFaIZ8n2cw3".to_owned(), "sha256_crypt:5000"),
            ("$P$6seasalt2URKdv5ZW2iz4Pe19d.8/Z0".to_owned(), "phpass:8"),
        ] {
            assert_eq!(cost_class(&stored).unwrap().to_string(), class, "{stored}");
        }
        assert!(cost_class("$1$salt$xxxxxxxxxxxxxxxxxxxxxx").is_err());
    }

    #[cfg(feature = "engine")]
    #[test]
    fn what_is_taken_over_costs_what_the_operator_allows() {
        let affordable =
            |class: &str, limits: &HashingLimits| class.parse::<CostClass>().unwrap().is_affordable(limits);
        let default = HashingLimits::default();
        // What the systems that people come from choose.
        for class in ["argon2:102400:2:8", "bcrypt:13", "pbkdf2_sha256:1200000", "scrypt:17:8:1", "sha512_crypt:656000"]
        {
            assert!(affordable(class, &default), "{class}");
        }
        let frugal = HashingLimits { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
        for class in ["argon2:1048576:10:1", "bcrypt:14", "pbkdf2_sha256:10000000", "phpass:24"] {
            assert!(!affordable(class, &default), "{class}");
            assert!(!affordable(class, &frugal), "{class}");
        }
        assert!(affordable("bcrypt:10", &frugal) && !affordable("bcrypt:12", &frugal));
        let generous = HashingLimits { memory_kib: 256 * 1024, ..default };
        assert!(affordable("bcrypt:15", &generous));
    }

    #[test]
    fn what_costs_clearly_less_than_the_policy_is_filled_up() {
        let filled = |class: &str| class.parse::<CostClass>().unwrap().is_filled(Argon2Cost::default());
        for class in ["policy", "pbkdf2_sha1:2000", "bcrypt:4", "argon2:8:1:1", "scrypt:10:8:1"] {
            assert!(filled(class), "{class}");
        }
        for class in ["argon2:19456:2:1", "bcrypt:12", "pbkdf2_sha256:600000", "scrypt:14:8:1"] {
            assert!(!filled(class), "{class}");
        }
    }
}

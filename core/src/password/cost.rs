//! What evaluating a stored password costs, so that a refusal tells nobody
//! whether a name is known (E3, P7).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::stored::Stored;
use crate::error::{Result, UnknownWord};

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
    /// One hash of the policy: its own, and whatever costs less by itself and
    /// is filled up to it.
    Policy,
    /// bcrypt of that cost.
    Bcrypt(u32),
    /// PBKDF2 of so many rounds.
    Pbkdf2(u32),
    /// scrypt: the logarithm of N, r and p.
    Scrypt(u32, u32, u32),
    /// Argon2 of another cost: KiB, passes, lanes.
    Argon2(u32, u32, u32),
}

impl CostClass {
    /// Whether it is one hash of the policy.
    pub const fn is_policy(self) -> bool {
        matches!(self, Self::Policy)
    }
}

impl core::fmt::Display for CostClass {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Policy => f.write_str("policy"),
            Self::Bcrypt(cost) => write!(f, "bcrypt:{cost}"),
            Self::Pbkdf2(rounds) => write!(f, "pbkdf2:{rounds}"),
            Self::Scrypt(log_n, r, p) => write!(f, "scrypt:{log_n}:{r}:{p}"),
            Self::Argon2(kib, passes, lanes) => write!(f, "argon2:{kib}:{passes}:{lanes}"),
        }
    }
}

impl core::str::FromStr for CostClass {
    type Err = UnknownWord;

    fn from_str(text: &str) -> core::result::Result<Self, UnknownWord> {
        let mut parts = text.split(':');
        let kind = parts.next();
        let numbers: Vec<u32> =
            parts.map(|part| part.parse().map_err(|_| UnknownWord)).collect::<core::result::Result<_, _>>()?;
        match (kind, numbers.as_slice()) {
            (Some("policy"), []) => Ok(Self::Policy),
            (Some("bcrypt"), [cost]) => Ok(Self::Bcrypt(*cost)),
            (Some("pbkdf2"), [rounds]) => Ok(Self::Pbkdf2(*rounds)),
            (Some("scrypt"), [log_n, r, p]) => Ok(Self::Scrypt(*log_n, *r, *p)),
            (Some("argon2"), [kib, passes, lanes]) => Ok(Self::Argon2(*kib, *passes, *lanes)),
            _ => Err(UnknownWord),
        }
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
    Ok(match Stored::parse(stored)? {
        Stored::Argon2id(hash) => CostClass::Argon2(hash.cost.memory_kib, hash.cost.passes, hash.cost.lanes),
        Stored::Foreign(foreign) => foreign.cost_class(),
    })
}

/// How many accounts have a password of each class at present, from which a
/// name that nobody has is drawn one: so the costs of known and unknown names
/// are spread alike (P7).
///
/// ```
/// use carekey::password::{CostClass, Shares};
///
/// let mut shares = Shares::default();
/// shares.add(CostClass::Policy, 3);
/// shares.add(CostClass::Bcrypt(12), 1);
/// // The digest of a name, keyed: the same name draws the same class.
/// assert_eq!(shares.draw(&[0; 32]), CostClass::Policy);
/// assert_eq!(shares.draw(&[255; 32]), CostClass::Bcrypt(12));
/// assert_eq!(Shares::default().draw(&[7; 32]), CostClass::Policy);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shares(BTreeMap<CostClass, u64>);

impl Shares {
    /// Counts so many accounts more.
    pub fn add(&mut self, class: CostClass, accounts: u64) {
        let count = self.0.entry(class).or_default();
        *count = count.saturating_add(accounts);
    }

    /// The class that a name of that keyed digest draws, in proportion to the
    /// counts; [`CostClass::Policy`] where nothing is counted.
    pub fn draw(&self, digest: &[u8]) -> CostClass {
        let total: u128 = self.0.values().map(|count| u128::from(*count)).sum();
        let drawn = digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
        // The place of the digest among all there are, scaled to the total.
        let mut place = (u128::from(drawn) * total) >> 64;
        for (class, count) in &self.0 {
            match place.checked_sub(u128::from(*count)) {
                Some(left) => place = left,
                None => return *class,
            }
        }
        CostClass::Policy
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn names_are_spread_as_the_accounts_are() {
        let mut shares = Shares::default();
        shares.add(CostClass::Policy, 700);
        shares.add(CostClass::Bcrypt(12), 250);
        shares.add(CostClass::Scrypt(15, 8, 1), 50);
        let mut drawn: BTreeMap<CostClass, u32> = BTreeMap::new();
        for name in 0..20_000u32 {
            *drawn.entry(shares.draw(&Sha256::digest(name.to_be_bytes()))).or_default() += 1;
        }
        for (class, per_mille) in
            [(CostClass::Policy, 700), (CostClass::Bcrypt(12), 250), (CostClass::Scrypt(15, 8, 1), 50)]
        {
            let found = drawn[&class] / 20;
            assert!(found.abs_diff(per_mille) < 20, "{class}: {found} of 1000");
        }
    }

    #[test]
    fn every_class_reads_back() {
        for class in [
            CostClass::Policy,
            CostClass::Bcrypt(12),
            CostClass::Pbkdf2(600_000),
            CostClass::Scrypt(15, 8, 1),
            CostClass::Argon2(19_456, 2, 1),
        ] {
            assert_eq!(class.to_string().parse(), Ok(class));
        }
        for wrong in ["", "bcrypt", "bcrypt:x", "scrypt:1:2", "policy:1", "md5:1"] {
            assert_eq!(wrong.parse::<CostClass>(), Err(UnknownWord));
        }
    }
}

//! Hashes that iterate a plain digest (P7): SHA-crypt, as crypt(3) of Unix
//! writes it, and phpass, of WordPress and phpBB.

use std::sync::LazyLock;

use data_encoding::{BitOrder, Encoding, Specification};
use md5::Md5;
use sha_crypt::{Params, PasswordVerifier};
use sha2::Digest;
use subtle::ConstantTimeEq;

use super::foreign::Sha;
use super::stored::{bounded, out_of_bounds, unrecognised};
use crate::finding::Finding;

/// The rounds of SHA-crypt; the most take some seconds.
pub(super) const SHA_CRYPT_ROUNDS: core::ops::RangeInclusive<u32> = Params::ROUNDS_MIN..=10_000_000;

/// The rounds of phpass, as powers of two; the most take some seconds.
pub(super) const PHPASS_LOG2: core::ops::RangeInclusive<u32> = 7..=24;

/// The digits of crypt(3), in their order.
pub(super) const CRYPT64: &str = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `$5$` or `$6$`, where they are not 5,000 the rounds, up to 16 characters of
/// salt, and the digest.
pub(super) struct ShaCrypt {
    pub(super) sha: Sha,
    pub(super) rounds: u32,
    /// The string itself, which `sha-crypt` reads again.
    stored: String,
}

impl ShaCrypt {
    pub(super) fn parse(stored: &str) -> Result<Self, Finding> {
        let (sha, digits, rest) = match (stored.strip_prefix("$5$"), stored.strip_prefix("$6$")) {
            (Some(rest), _) => (Sha::Sha256, 43, rest),
            (_, Some(rest)) => (Sha::Sha512, 86, rest),
            _ => return Err(unrecognised()),
        };
        let (rounds, rest) = match rest.strip_prefix("rounds=").map(|rest| rest.split_once('$')) {
            None => (Params::RECOMMENDED_ROUNDS, rest),
            Some(Some((rounds, rest))) => (bounded(rounds, "rounds", *SHA_CRYPT_ROUNDS.end())?, rest),
            Some(None) => return Err(unrecognised()),
        };
        let (salt, digest) = rest.split_once('$').ok_or_else(unrecognised)?;
        let is_salt = (1..=16).contains(&salt.len()) && is_crypt64(salt);
        if !SHA_CRYPT_ROUNDS.contains(&rounds) || !is_salt || digest.len() != digits || !is_crypt64(digest) {
            return Err(unrecognised());
        }
        Ok(Self { sha, rounds, stored: stored.to_owned() })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        sha_crypt::ShaCrypt::default().verify_password(password, self.stored.as_str()).is_ok()
    }

    /// Spends what comparing with such a hash costs.
    pub(super) fn spend(sha: Sha, rounds: u32, password: &[u8]) {
        let Ok(params) = Params::new(rounds) else { return };
        match sha {
            Sha::Sha512 => drop(std::hint::black_box(sha_crypt::sha512_crypt(password, &[b'.'; 16], params))),
            _ => drop(std::hint::black_box(sha_crypt::sha256_crypt(password, &[b'.'; 16], params))),
        }
    }
}

/// `$P$` or `$H$`, a digit of rounds, eight of salt, and 22 of an MD5.
pub(super) struct Phpass {
    pub(super) log2: u32,
    salt: [u8; 8],
    tag: [u8; 16],
}

impl Phpass {
    pub(super) fn parse(stored: &str) -> Result<Self, Finding> {
        let rest = stored.strip_prefix("$P$").or_else(|| stored.strip_prefix("$H$")).ok_or_else(unrecognised)?;
        let (rounds, rest) = rest.split_at_checked(1).ok_or_else(unrecognised)?;
        let (salt, tag) = rest.split_at_checked(8).ok_or_else(unrecognised)?;
        let log2 = CRYPT64.find(rounds).and_then(|log2| u32::try_from(log2).ok()).ok_or_else(unrecognised)?;
        if log2 > *PHPASS_LOG2.end() {
            return Err(out_of_bounds("rounds", 1 << *PHPASS_LOG2.end()));
        }
        let salt = salt.as_bytes().try_into().map_err(|_| unrecognised())?;
        match decoded(tag).and_then(|bytes| bytes.try_into().ok()) {
            Some(tag) if PHPASS_LOG2.contains(&log2) => Ok(Self { log2, salt, tag }),
            _ => Err(unrecognised()),
        }
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        iterated(self.log2, self.salt, password).ct_eq(&self.tag).into()
    }

    /// Spends what comparing with such a hash costs.
    pub(super) fn spend(log2: u32, password: &[u8]) {
        std::hint::black_box(iterated(log2, [0; 8], password));
    }
}

fn iterated(log2: u32, salt: [u8; 8], password: &[u8]) -> [u8; 16] {
    let mut digest: [u8; 16] = Md5::new().chain_update(salt).chain_update(password).finalize().into();
    for _ in 0..1u64 << log2.min(*PHPASS_LOG2.end()) {
        digest = Md5::new().chain_update(digest).chain_update(password).finalize().into();
    }
    digest
}

/// Whether it has no other than these.
pub(super) fn is_crypt64(text: &str) -> bool {
    text.chars().all(|c| CRYPT64.contains(c))
}

/// The bytes of these digits, the first of them the lowest.
fn decoded(text: &str) -> Option<Vec<u8>> {
    static ENCODING: LazyLock<Option<Encoding>> = LazyLock::new(|| {
        let mut crypt64 = Specification::new();
        crypt64.symbols.push_str(CRYPT64);
        crypt64.bit_order = BitOrder::LeastSignificantFirst;
        crypt64.encoding().ok()
    });
    ENCODING.as_ref()?.decode(text.as_bytes()).ok()
}

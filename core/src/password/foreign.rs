//! Hashes of other systems (P7): read at import, renewed at first sign-in.

use argon2::PasswordHash;
use data_encoding::BASE64;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::cost::CostClass;
use super::stored::{HashKind, LANES_LIMIT, MEMORY_KIB_LIMIT, bounded, number, out_of_bounds, unrecognised};
use crate::finding::Finding;

/// The highest cost of bcrypt: some seconds.
const BCRYPT_COST_LIMIT: u32 = 16;

/// The most rounds of PBKDF2: some seconds.
const PBKDF2_ROUNDS_LIMIT: u32 = 10_000_000;

/// How long a tag or a digest may be, in bytes. A shorter one than 16 bytes
/// would let strangers in by chance.
/// Fewer rounds cost less than a hash of the smallest policy, about 5 ms.
const CHEAP_ROUNDS: u32 = 10_000;

/// bcrypt below this costs less than that too.
const CHEAP_BCRYPT: u32 = 8;

const TAG_LENGTHS: core::ops::RangeInclusive<usize> = 16..=64;

/// A hash of another system.
pub(super) enum Foreign {
    /// The string itself, which `bcrypt` reads again.
    Bcrypt(String),
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
    Ssha(Ssha),
}

pub(super) struct Pbkdf2 {
    pub(super) kind: HashKind,
    sha: Sha,
    rounds: u32,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

pub(super) struct Scrypt {
    params: scrypt::Params,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

pub(super) struct Ssha {
    sha: Sha,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Sha {
    Sha1,
    Sha256,
    Sha512,
}

impl Foreign {
    /// What evaluating it costs. What costs less than a hash of any policy
    /// (under 10,000 rounds) is filled up to one.
    pub(super) fn cost_class(&self) -> CostClass {
        match self {
            Self::Bcrypt(stored) => {
                let cost = stored.split('$').nth(2).and_then(|cost| cost.parse().ok());
                cost.filter(|cost| *cost >= CHEAP_BCRYPT).map_or(CostClass::Policy, CostClass::Bcrypt)
            }
            Self::Pbkdf2(pbkdf2) if pbkdf2.rounds >= CHEAP_ROUNDS => CostClass::Pbkdf2(pbkdf2.rounds),
            Self::Scrypt(scrypt) => {
                let params = &scrypt.params;
                CostClass::Scrypt(params.log_n().into(), params.r(), params.p())
            }
            Self::Pbkdf2(_) | Self::Ssha(_) => CostClass::Policy,
        }
    }

    pub(super) fn parse(stored: &str) -> Result<Self, Finding> {
        if stored.starts_with("$2") {
            return bcrypt(stored);
        }
        if stored.starts_with("$scrypt$") {
            return scrypt_phc(stored);
        }
        if stored.starts_with('{') {
            return ssha(stored);
        }
        let parts: Vec<&str> = stored.split('$').collect();
        match parts.as_slice() {
            ["pbkdf2_sha256", rounds, salt, tag] => django(Sha::Sha256, rounds, salt, tag),
            ["pbkdf2_sha1", rounds, salt, tag] => django(Sha::Sha1, rounds, salt, tag),
            ["scrypt", n, salt, r, p, tag] => django_scrypt(n, salt, r, p, tag),
            [blob] => aspnet(blob),
            _ => Err(unrecognised()),
        }
    }
}

fn bcrypt(stored: &str) -> Result<Foreign, Finding> {
    // `$2x$` marks the hashes of a broken implementation.
    let tail = ["$2a$", "$2b$", "$2y$"].iter().find_map(|prefix| stored.strip_prefix(prefix));
    let (cost, _) = tail.and_then(|tail| tail.split_once('$')).ok_or_else(unrecognised)?;
    if cost.len() != 2 {
        return Err(unrecognised());
    }
    let cost = bounded(cost.trim_start_matches('0'), "cost", BCRYPT_COST_LIMIT)?;
    stored.parse::<bcrypt::HashParts>().ok().filter(|_| cost >= 4).ok_or_else(unrecognised)?;
    Ok(Foreign::Bcrypt(stored.to_owned()))
}

/// `pbkdf2_sha256$ROUNDS$SALT$TAG`: the salt is text, the tag as long as its
/// digest.
fn django(sha: Sha, rounds: &str, salt: &str, tag: &str) -> Result<Foreign, Finding> {
    let rounds = bounded(rounds, "iterations", PBKDF2_ROUNDS_LIMIT)?;
    let tag = base64(tag)?;
    if salt.is_empty() || tag.len() != sha.length() {
        return Err(unrecognised());
    }
    Ok(Foreign::Pbkdf2(Pbkdf2 { kind: HashKind::DjangoPbkdf2, sha, rounds, salt: salt.as_bytes().to_vec(), tag }))
}

/// ASP.NET Identity: base64 of a marker, then, for 0, 16 bytes of salt and 32
/// of tag; for 1, the digest, the rounds and the length of the salt as
/// big-endian 32-bit numbers, the salt and the tag.
fn aspnet(blob: &str) -> Result<Foreign, Finding> {
    let bytes = base64(blob)?;
    let (marker, rest) = bytes.split_first().ok_or_else(unrecognised)?;
    let (kind, sha, rounds, salt_length, rest) = match marker {
        0 if rest.len() == 48 => (HashKind::AspnetV2, Sha::Sha1, 1000, 16, rest),
        1 => {
            let (sha, rest) = big_endian(rest).ok_or_else(unrecognised)?;
            let (rounds, rest) = big_endian(rest).ok_or_else(unrecognised)?;
            let (salt_length, rest) = big_endian(rest).ok_or_else(unrecognised)?;
            let sha = match sha {
                0 => Sha::Sha1,
                1 => Sha::Sha256,
                2 => Sha::Sha512,
                _ => return Err(unrecognised()),
            };
            (HashKind::AspnetV3, sha, rounds, salt_length, rest)
        }
        _ => return Err(unrecognised()),
    };
    let salt_length = usize::try_from(salt_length).map_err(|_| unrecognised())?;
    let (salt, tag) = rest.split_at_checked(salt_length).ok_or_else(unrecognised)?;
    if rounds == 0 || salt.len() < 8 || !TAG_LENGTHS.contains(&tag.len()) {
        return Err(unrecognised());
    }
    if rounds > PBKDF2_ROUNDS_LIMIT {
        return Err(out_of_bounds("iterations", PBKDF2_ROUNDS_LIMIT));
    }
    Ok(Foreign::Pbkdf2(Pbkdf2 { kind, sha, rounds, salt: salt.to_vec(), tag: tag.to_vec() }))
}

fn big_endian(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*number), rest))
}

/// `scrypt$N$SALT$R$P$TAG`: the salt is text.
fn django_scrypt(n: &str, salt: &str, r: &str, p: &str, tag: &str) -> Result<Foreign, Finding> {
    let n = bounded(n, "n", u32::MAX)?;
    if !n.is_power_of_two() || salt.is_empty() {
        return Err(unrecognised());
    }
    scrypt(n.ilog2(), bounded(r, "r", u32::MAX)?, bounded(p, "p", LANES_LIMIT)?, salt.as_bytes(), base64(tag)?)
}

/// `$scrypt$ln=LOG2N,r=R,p=P$SALT$TAG`.
fn scrypt_phc(stored: &str) -> Result<Foreign, Finding> {
    let phc = PasswordHash::new(stored).map_err(|_| unrecognised())?;
    let (salt, tag) = phc.salt.zip(phc.hash).ok_or_else(unrecognised)?;
    if phc.version.is_some() || phc.params.iter().count() != 3 {
        return Err(unrecognised());
    }
    let log_n = number(&phc.params, "ln", u32::MAX)?;
    let (r, p) = (number(&phc.params, "r", u32::MAX)?, number(&phc.params, "p", LANES_LIMIT)?);
    scrypt(log_n, r, p, &salt, tag.as_bytes().to_vec())
}

fn scrypt(log_n: u32, r: u32, p: u32, salt: &[u8], tag: Vec<u8>) -> Result<Foreign, Finding> {
    // 128 bytes a block, r blocks an element, 2^log_n elements.
    let kib = 1u64.checked_shl(log_n).and_then(|n| n.checked_mul(u64::from(r))).map(|blocks| blocks / 8);
    if kib.is_none_or(|kib| kib > u64::from(MEMORY_KIB_LIMIT)) {
        return Err(out_of_bounds("memory", MEMORY_KIB_LIMIT));
    }
    let params = u8::try_from(log_n).ok().and_then(|log_n| scrypt::Params::new(log_n, r, p).ok());
    let params = params.filter(|_| TAG_LENGTHS.contains(&tag.len())).ok_or_else(unrecognised)?;
    Ok(Foreign::Scrypt(Scrypt { params, salt: salt.to_vec(), tag }))
}

/// `{SSHA}` and base64 of the digest and the salt (RFC 2307's scheme names
/// are read case-blind).
fn ssha(stored: &str) -> Result<Foreign, Finding> {
    let (scheme, blob) = stored.trim_start_matches('{').split_once('}').ok_or_else(unrecognised)?;
    let sha = match scheme.to_ascii_uppercase().as_str() {
        "SSHA" => Sha::Sha1,
        "SSHA256" => Sha::Sha256,
        "SSHA512" => Sha::Sha512,
        _ => return Err(unrecognised()),
    };
    let bytes = base64(blob)?;
    let (digest, salt) = bytes.split_at_checked(sha.length()).ok_or_else(unrecognised)?;
    if salt.is_empty() {
        return Err(unrecognised());
    }
    Ok(Foreign::Ssha(Ssha { sha, salt: salt.to_vec(), digest: digest.to_vec() }))
}

fn base64(text: &str) -> Result<Vec<u8>, Finding> {
    BASE64.decode(text.as_bytes()).map_err(|_| unrecognised())
}

/// Whether it is the password, in constant time. bcrypt looks at 72 bytes and
/// no more, as it did where the hash was made; that ends with the renewal.
pub(super) fn matches(stored: &Foreign, password: &str) -> bool {
    let password = password.as_bytes();
    match stored {
        Foreign::Bcrypt(stored) => bcrypt::verify(password, stored).unwrap_or(false),
        Foreign::Pbkdf2(stored) => {
            let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
            let derive = match stored.sha {
                Sha::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>,
                Sha::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
                Sha::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>,
            };
            derive(password, &stored.salt, stored.rounds, &mut tag);
            tag.ct_eq(&stored.tag).into()
        }
        Foreign::Scrypt(stored) => {
            let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
            scrypt::scrypt(password, &stored.salt, &stored.params, &mut tag).is_ok()
                && bool::from(tag.ct_eq(&stored.tag))
        }
        Foreign::Ssha(stored) => stored.sha.digest(password, &stored.salt).ct_eq(&stored.digest).into(),
    }
}

impl Sha {
    /// The bytes of its digest.
    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    fn digest(self, password: &[u8], salt: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::new().chain_update(password).chain_update(salt).finalize().to_vec(),
            Self::Sha256 => Sha256::new().chain_update(password).chain_update(salt).finalize().to_vec(),
            Self::Sha512 => Sha512::new().chain_update(password).chain_update(salt).finalize().to_vec(),
        }
    }
}

/// Whether a scheme looks at the whole of a password: bcrypt looks at 72 bytes.
pub(super) fn looks_at_all(stored: &Foreign, password: &str) -> bool {
    !matches!(stored, Foreign::Bcrypt(_)) || password.len() <= 72
}

/// Spends what evaluating a hash of that class costs; a hash of the policy is
/// another's business. It says nothing.
pub(super) fn spend(class: CostClass, password: &str) {
    let password = password.as_bytes();
    let mut tag = Zeroizing::new([0; 32]);
    match class {
        CostClass::Bcrypt(cost) => {
            // As bcrypt sees a password: 72 bytes, with the zero that ends it.
            let mut seen = Zeroizing::new([password, &[0]].concat());
            seen.truncate(72);
            std::hint::black_box(bcrypt::bcrypt(cost.min(BCRYPT_COST_LIMIT), [0; 16], &seen));
        }
        CostClass::Pbkdf2(rounds) => pbkdf2::pbkdf2_hmac::<Sha256>(password, &[0; 16], rounds, &mut *tag),
        CostClass::Scrypt(log_n, r, p) => {
            if let Some(params) = u8::try_from(log_n).ok().and_then(|log_n| scrypt::Params::new(log_n, r, p).ok()) {
                std::hint::black_box(scrypt::scrypt(password, &[0; 16], &params, &mut *tag).is_ok());
            }
        }
        CostClass::Policy | CostClass::Argon2(..) => {}
    }
    std::hint::black_box(&tag);
}

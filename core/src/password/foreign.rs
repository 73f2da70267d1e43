//! Hashes of other systems (P7): read at import, renewed at first sign-in.

use argon2::PasswordHash;
use data_encoding::{BASE64, HEXLOWER};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::cost::CostClass;
use super::crypt::{Phpass, ShaCrypt};
use super::forms;
use super::kernel::Buffer;
use super::memory::{Budget, Taken};
use super::stored::{BOUNDS, HashKind, bounded, number, out_of_bounds, unrecognised};
use crate::finding::Finding;
use crate::text_enum::text_enum;

/// The costs of bcrypt; the highest takes some seconds.
pub(super) const BCRYPT_COSTS: core::ops::RangeInclusive<u32> = 4..=16;

/// How much of a password bcrypt looks at, in bytes.
const BCRYPT_LOOKS_AT: usize = 72;

/// The most rounds of PBKDF2: some seconds.
const PBKDF2_ROUNDS_LIMIT: u32 = 10_000_000;

/// The same for all of a tag: the longest has four digests of the shortest.
pub(super) const PBKDF2_ROUNDS_IN_ALL: u32 = 4 * PBKDF2_ROUNDS_LIMIT;

/// The most of scrypt's r, which is 8 wherever it was seen: each lane takes so
/// many blocks besides.
const SCRYPT_R_LIMIT: u32 = 128;

/// The most blocks that scrypt fills, lanes and all: some seconds, eight times
/// the most memory.
const SCRYPT_BLOCKS_LIMIT: u32 = 1 << 26;

/// How long a tag or a digest may be, in bytes. A shorter one than 16 bytes
/// would let strangers in by chance.
const TAG_LENGTHS: core::ops::RangeInclusive<usize> = 16..=64;

/// The bytes of a tag of Django's and Werkzeug's scrypt. A shorter one was cut.
const SCRYPT_TAG: usize = 64;

/// A hash of another system.
pub(super) enum Foreign {
    Bcrypt(Bcrypt),
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
    Ssha(Ssha),
    ShaCrypt(ShaCrypt),
    Phpass(Phpass),
}

pub(super) struct Bcrypt {
    cost: u32,
    /// Whether Django took the hexadecimal SHA-256 of the password for it.
    pub(super) of_sha256: bool,
    /// The string itself, which `bcrypt` reads again.
    stored: String,
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

text_enum! {
    /// The digest under a PBKDF2.
    pub enum Sha {
        /// SHA-1.
        Sha1 = "sha1",
        /// SHA-256.
        Sha256 = "sha256",
        /// SHA-384.
        Sha384 = "sha384",
        /// SHA-512.
        Sha512 = "sha512",
    }
}

impl Foreign {
    /// What comparing with it costs.
    pub(super) fn cost_class(&self) -> CostClass {
        match self {
            Self::Bcrypt(bcrypt) => CostClass::Bcrypt(bcrypt.cost),
            Self::Pbkdf2(pbkdf2) => {
                // Each digest of the tag takes all the rounds.
                let digests = u32::try_from(pbkdf2.tag.len().div_ceil(pbkdf2.sha.length())).unwrap_or(u32::MAX);
                CostClass::Pbkdf2(pbkdf2.sha, pbkdf2.rounds.saturating_mul(digests))
            }
            Self::Scrypt(scrypt) => {
                let params = &scrypt.params;
                CostClass::Scrypt(params.log_n().into(), params.r(), params.p())
            }
            Self::Ssha(_) => CostClass::Policy,
            Self::ShaCrypt(crypt) => CostClass::ShaCrypt(crypt.sha, crypt.rounds),
            Self::Phpass(phpass) => CostClass::Phpass(phpass.log2),
        }
    }

    /// Reads one that has been [unwrapped](super::wraps).
    pub(super) fn parse(stored: &str) -> Result<Self, Finding> {
        if stored.starts_with("$2") {
            return bcrypt(stored, false);
        }
        if let Some(stored) = stored.strip_prefix("bcrypt_sha256$") {
            return bcrypt(stored, true);
        }
        if stored.starts_with("$5$") || stored.starts_with("$6$") {
            return ShaCrypt::parse(stored).map(Self::ShaCrypt);
        }
        if stored.starts_with("$P$") || stored.starts_with("$H$") {
            return Phpass::parse(stored).map(Self::Phpass);
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
            [method, salt, tag] => werkzeug(method, salt, tag),
            [blob] => aspnet(blob),
            _ => Err(unrecognised()),
        }
    }
}

fn bcrypt(stored: &str, of_sha256: bool) -> Result<Foreign, Finding> {
    // `$2x$` marks the hashes of a broken implementation.
    let tail = ["$2a$", "$2b$", "$2y$"].iter().find_map(|prefix| stored.strip_prefix(prefix));
    let (cost, _) = tail.and_then(|tail| tail.split_once('$')).ok_or_else(unrecognised)?;
    if cost.len() != 2 {
        return Err(unrecognised());
    }
    let cost = bounded(cost.trim_start_matches('0'), "cost", *BCRYPT_COSTS.end())?;
    stored.parse::<bcrypt::HashParts>().ok().filter(|_| BCRYPT_COSTS.contains(&cost)).ok_or_else(unrecognised)?;
    Ok(Foreign::Bcrypt(Bcrypt { cost, of_sha256, stored: stored.to_owned() }))
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

/// `pbkdf2:DIGEST:ROUNDS$SALT$TAG` or `scrypt:N:R:P$SALT$TAG`: the salt is
/// text, the tag hexadecimal.
fn werkzeug(method: &str, salt: &str, tag: &str) -> Result<Foreign, Finding> {
    let tag = HEXLOWER.decode(tag.as_bytes()).map_err(|_| unrecognised())?;
    let parts: Vec<&str> = method.split(':').collect();
    if salt.is_empty() {
        return Err(unrecognised());
    }
    let salt = salt.as_bytes().to_vec();
    match parts.as_slice() {
        ["pbkdf2", sha, rounds] => {
            let sha: Sha = sha.parse().map_err(|_| unrecognised())?;
            let rounds = bounded(rounds, "iterations", PBKDF2_ROUNDS_LIMIT)?;
            if tag.len() != sha.length() {
                return Err(unrecognised());
            }
            Ok(Foreign::Pbkdf2(Pbkdf2 { kind: HashKind::WerkzeugPbkdf2, sha, rounds, salt, tag }))
        }
        ["scrypt", n, r, p] => scrypt_of(n, r, p, &salt, tag),
        _ => Err(unrecognised()),
    }
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
    if salt.is_empty() {
        return Err(unrecognised());
    }
    scrypt_of(n, r, p, salt.as_bytes(), base64(tag)?)
}

fn scrypt_of(n: &str, r: &str, p: &str, salt: &[u8], tag: Vec<u8>) -> Result<Foreign, Finding> {
    let n = bounded(n, "n", u32::MAX)?;
    if !n.is_power_of_two() {
        return Err(unrecognised());
    }
    let whole = tag.len() == SCRYPT_TAG;
    let read = scrypt(n.ilog2(), bounded(r, "r", u32::MAX)?, bounded(p, "p", BOUNDS.lanes)?, salt, tag)?;
    if whole { Ok(read) } else { Err(unrecognised()) }
}

/// `$scrypt$ln=LOG2N,r=R,p=P$SALT$TAG`.
fn scrypt_phc(stored: &str) -> Result<Foreign, Finding> {
    let phc = PasswordHash::new(stored).map_err(|_| unrecognised())?;
    let (salt, tag) = phc.salt.zip(phc.hash).ok_or_else(unrecognised)?;
    if phc.version.is_some() || phc.params.iter().count() != 3 {
        return Err(unrecognised());
    }
    let log_n = number(&phc.params, "ln", u32::MAX)?;
    let (r, p) = (number(&phc.params, "r", u32::MAX)?, number(&phc.params, "p", BOUNDS.lanes)?);
    scrypt(log_n, r, p, &salt, tag.as_bytes().to_vec())
}

fn scrypt(log_n: u32, r: u32, p: u32, salt: &[u8], tag: Vec<u8>) -> Result<Foreign, Finding> {
    let params = scrypt_params(log_n, r, p)?;
    if !TAG_LENGTHS.contains(&tag.len()) {
        return Err(unrecognised());
    }
    Ok(Foreign::Scrypt(Scrypt { params, salt: salt.to_vec(), tag }))
}

/// The parameters of scrypt, within bounds.
pub(super) fn scrypt_params(log_n: u32, r: u32, p: u32) -> Result<scrypt::Params, Finding> {
    for (name, value, limit) in [
        ("memory", scrypt_blocks(log_n, r, 1) / 8, BOUNDS.memory_kib),
        ("r", r.into(), SCRYPT_R_LIMIT),
        ("p", p.into(), BOUNDS.lanes),
        ("n*r*p", scrypt_blocks(log_n, r, p), SCRYPT_BLOCKS_LIMIT),
    ] {
        if value > limit.into() {
            return Err(out_of_bounds(name, limit));
        }
    }
    let params = u8::try_from(log_n).ok().and_then(|log_n| scrypt::Params::new(log_n, r, p).ok());
    params.ok_or_else(unrecognised)
}

/// How many blocks of 128 bytes scrypt fills: r for each of 2^log_n elements,
/// in each of p lanes one after the other, in the same memory.
pub(super) fn scrypt_blocks(log_n: u32, r: u32, p: u32) -> u64 {
    1u64.checked_shl(log_n).unwrap_or(u64::MAX).saturating_mul(r.into()).saturating_mul(p.into())
}

/// scrypt brings its own memory; it takes the room for it all the same.
fn scrypt_room(params: &scrypt::Params) -> Taken<'static, Buffer> {
    Budget::of_process().take_room(scrypt_blocks(params.log_n().into(), params.r(), 1).div_ceil(8))
}

/// `{SSHA}` and base64 of the digest and the salt (RFC 2307's scheme names
/// are read case-blind).
fn ssha(stored: &str) -> Result<Foreign, Finding> {
    let (scheme, blob) = stored.trim_start_matches('{').split_once('}').ok_or_else(unrecognised)?;
    let sha = match scheme.to_ascii_uppercase().as_str() {
        "SSHA" => Sha::Sha1,
        "SSHA256" => Sha::Sha256,
        "SSHA384" => Sha::Sha384,
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

/// What comparing a password with a foreign hash gave.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) matches: bool,
    /// Whether it matches and all of it was looked at. What was never looked at
    /// is not known to be right: it ends with a password of their own.
    pub(super) whole: bool,
}

/// Compares the password with it, in constant time: as it was typed, in NFC
/// and in NFD, since the system that it comes from may have taken any (P7).
///
/// All [forms] are tried, whichever matches: how many there are is told by the
/// password, which the one who waits knows, and by nothing that is stored.
pub(super) fn compare(stored: &Foreign, password: &str) -> Compared {
    let mut compared = Compared::default();
    for form in forms(password) {
        let matches = matches(stored, form.as_bytes());
        compared.matches |= matches;
        compared.whole |= matches && (!cuts(stored) || form.len() <= BCRYPT_LOOKS_AT);
    }
    compared
}

/// Whether it looks at the beginning of a password alone.
fn cuts(stored: &Foreign) -> bool {
    matches!(stored, Foreign::Bcrypt(bcrypt) if !bcrypt.of_sha256)
}

fn matches(stored: &Foreign, password: &[u8]) -> bool {
    match stored {
        Foreign::Bcrypt(stored) if stored.of_sha256 => {
            let digest = Zeroizing::new(HEXLOWER.encode(&Sha256::digest(password)));
            bcrypt::verify(digest.as_bytes(), &stored.stored).unwrap_or(false)
        }
        Foreign::Bcrypt(stored) => bcrypt::verify(password, &stored.stored).unwrap_or(false),
        Foreign::ShaCrypt(stored) => stored.matches(password),
        Foreign::Phpass(stored) => stored.matches(password),
        Foreign::Pbkdf2(stored) => {
            let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
            stored.sha.pbkdf2(password, &stored.salt, stored.rounds, &mut tag);
            tag.ct_eq(&stored.tag).into()
        }
        Foreign::Scrypt(stored) => {
            let _taken = scrypt_room(&stored.params);
            let mut tag = Zeroizing::new(vec![0; stored.tag.len()]);
            scrypt::scrypt(password, &stored.salt, &stored.params, &mut tag).is_ok()
                && bool::from(tag.ct_eq(&stored.tag))
        }
        Foreign::Ssha(stored) => stored.sha.digest(password, &stored.salt).ct_eq(&stored.digest).into(),
    }
}

/// Spends what comparing one form of a password with a hash of that class
/// costs; a hash of Argon2 is another's business. It says nothing.
pub(super) fn spend(class: CostClass, password: &[u8]) {
    let mut tag = Zeroizing::new([0; 64]);
    match class {
        CostClass::Policy | CostClass::Argon2(..) => {}
        CostClass::Bcrypt(cost) => {
            // As bcrypt sees a password: 72 bytes, with the zero that ends it.
            let mut seen = Zeroizing::new([password, &[0]].concat());
            seen.truncate(BCRYPT_LOOKS_AT);
            std::hint::black_box(bcrypt::bcrypt(cost, [0; 16], &seen));
        }
        CostClass::ShaCrypt(sha, rounds) => ShaCrypt::spend(sha, rounds, password),
        CostClass::Phpass(log2) => Phpass::spend(log2, password),
        CostClass::Pbkdf2(sha, rounds) => {
            if let Some(tag) = tag.get_mut(..sha.length()) {
                sha.pbkdf2(password, &[0; 16], rounds, tag);
            }
        }
        CostClass::Scrypt(log_n, r, p) => {
            if let Ok(params) = scrypt_params(log_n, r, p) {
                let _taken = scrypt_room(&params);
                std::hint::black_box(scrypt::scrypt(password, &[0; 16], &params, &mut *tag).is_ok());
            }
        }
    }
    std::hint::black_box(&tag);
}

impl Sha {
    fn pbkdf2(self, password: &[u8], salt: &[u8], rounds: u32, tag: &mut [u8]) {
        let derive = match self {
            Self::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>,
            Self::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>,
            Self::Sha384 => pbkdf2::pbkdf2_hmac::<Sha384>,
            Self::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>,
        };
        derive(password, salt, rounds, tag);
    }

    /// The bytes of its digest.
    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    fn digest(self, password: &[u8], salt: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::new().chain_update(password).chain_update(salt).finalize().to_vec(),
            Self::Sha256 => Sha256::new().chain_update(password).chain_update(salt).finalize().to_vec(),
            Self::Sha384 => Sha384::new().chain_update(password).chain_update(salt).finalize().to_vec(),
            Self::Sha512 => Sha512::new().chain_update(password).chain_update(salt).finalize().to_vec(),
        }
    }
}

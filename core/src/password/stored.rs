//! What a stored hash is (P6, P7): its kind and its parameters, within bounds.

use argon2::password_hash::phc::{Ident, Output, ParamsString, Salt};
use argon2::{Algorithm, PasswordHash};

use super::cost::CostClass;
use super::foreign::Foreign;
use super::unsupported;
use super::wraps::{strip_scheme, unwrapped};
use crate::finding::{Checked, Code, Finding};
use crate::policy::Argon2Cost;
use crate::text_enum::text_enum;

/// The longest stored hash that is looked at, in bytes.
const LONGEST: usize = 1024;

/// The most that a stored hash may ask for: 1 GiB, 10 passes, 16 lanes.
pub(super) const BOUNDS: Argon2Cost = Argon2Cost { memory_kib: 1024 * 1024, passes: 10, lanes: 16 };

/// Argon2 as of RFC 9106.
const VERSION: u32 = 19;

text_enum! {
    /// The kinds of stored hashes that are accepted (P6, P7).
    pub enum HashKind {
        /// carekey's own: a PHC string of Argon2id.
        Argon2id = "argon2id",
        /// A PHC string of Argon2i; either also as Django writes it, `argon2$…`,
        /// and after `{ARGON2}` of directories and of Spring.
        Argon2i = "argon2i",
        /// bcrypt as crypt(3) writes it, `$2a$`, `$2b$`, `$2y$`, also after
        /// Django's `bcrypt$` and Spring's `{bcrypt}`.
        Bcrypt = "bcrypt",
        /// bcrypt of a SHA-256, as Django writes it: `bcrypt_sha256$…`.
        BcryptSha256 = "bcrypt_sha256",
        /// SHA-crypt as crypt(3) writes it: `$5$`, `$6$`.
        ShaCrypt = "sha_crypt",
        /// phpass, of WordPress and phpBB: `$P$`, `$H$`.
        Phpass = "phpass",
        /// PBKDF2 as Django writes it: `pbkdf2_sha256$…`, `pbkdf2_sha1$…`.
        DjangoPbkdf2 = "django_pbkdf2",
        /// PBKDF2 as Werkzeug writes it: `pbkdf2:sha256:…`.
        WerkzeugPbkdf2 = "werkzeug_pbkdf2",
        /// PBKDF2 of ASP.NET Identity, layout 2: HMAC-SHA-1, 1,000 rounds.
        AspnetV2 = "aspnet_v2",
        /// PBKDF2 of ASP.NET Identity, layout 3: its own parameters.
        AspnetV3 = "aspnet_v3",
        /// scrypt as Django writes it (`scrypt$…`), as Werkzeug does (`scrypt:…`),
        /// or as a PHC string.
        Scrypt = "scrypt",
        /// Salted SHA of a directory: `{SSHA}`, `{SSHA256}`, `{SSHA384}`,
        /// `{SSHA512}`.
        LdapSsha = "ldap_ssha",
        /// None: the account has no password that can be used.
        Unusable = "unusable",
    }
}

/// Tells what a stored hash is, without any password (P7): at import, before
/// the row is taken.
///
/// A kind that cannot be taken over is `hash.unsupported` with the `kind` where
/// its form tells which it is, and `hash.unrecognised` where not. What says that
/// there is no password that can be used is [`HashKind::Unusable`], with the
/// warning `hash.unusable`: the row passes, nothing is stored, and the person is
/// enrolled as new.
///
/// The bounds, above which a hash is refused before any memory is taken:
/// Argon2id 1 GiB (`m`), 10 passes (`t`), 16 lanes (`p`); bcrypt cost 16;
/// PBKDF2 and SHA-crypt 10,000,000 rounds; phpass 2^24; scrypt 1 GiB, r 128, p 16 and N·r·p 2^26.
///
/// ```
/// use carekey::password::{HashKind, check_hash};
///
/// let bcrypt = "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.";
/// assert_eq!(check_hash(bcrypt).value, Some(HashKind::Bcrypt));
/// let md5 = "5f4dcc3b5aa765d61d8327deb882cf99";
/// assert_eq!(check_hash(md5).findings[0].params["kind"].to_string(), "hex_md5_or_nt");
/// assert_eq!(check_hash("Lantern#47 tide").findings[0].code.as_str(), "hash.unrecognised");
/// let md5_crypt = &check_hash("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/").findings[0];
/// assert_eq!(md5_crypt.code.as_str(), "hash.unsupported");
/// assert_eq!(md5_crypt.params["kind"].to_string(), "md5_crypt");
/// assert_eq!(check_hash("!").value, Some(HashKind::Unusable));
/// ```
pub fn check_hash(stored: &str) -> Checked<HashKind> {
    if is_unusable(stored) {
        return Checked { value: Some(HashKind::Unusable), findings: vec![Finding::new(Code::HashUnusable, FIELD)] };
    }
    match Stored::parse(stored) {
        Ok(stored) => Checked::pass(stored.kind()),
        Err(finding) => Checked::fail(finding),
    }
}

/// Whether what a system kept in a hash's place says that there is no password:
/// nothing, or what begins with `!` (Django, and locked accounts of Unix) or `*`
/// (Unix), or the `x` that Unix has where the hash is elsewhere; of a directory,
/// after `{CRYPT}`.
fn is_unusable(stored: &str) -> bool {
    let mark = stored.trim();
    let mark = strip_scheme(mark, "{CRYPT}").unwrap_or(mark);
    mark.is_empty() || mark == "x" || mark.starts_with('!') || (mark.starts_with('*') && !unsupported::is_mysql(mark))
}

/// A stored hash, read.
pub(super) enum Stored {
    Argon2(Argon2Hash),
    Foreign(Foreign),
}

/// The parts of an Argon2 hash.
pub(super) struct Argon2Hash {
    pub(super) cost: Argon2Cost,
    /// Argon2id, or Argon2i, which others chose.
    pub(super) algorithm: Algorithm,
    /// Which pepper it is under, if under one.
    pub(super) pepper_id: Option<Vec<u8>>,
    pub(super) salt: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

impl Stored {
    /// Reads a stored hash; nothing is computed.
    pub(super) fn parse(stored: &str) -> Result<Self, Finding> {
        if stored.len() > LONGEST {
            return Err(unrecognised());
        }
        let stored = &*unwrapped(stored);
        if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
            return Argon2Hash::parse(stored).map(Self::Argon2);
        }
        // Its kind, where it has none of ours.
        Foreign::parse(stored).map(Self::Foreign).map_err(|finding| match unsupported::kind(stored) {
            Some(kind) if finding.code == Code::HashUnrecognised => {
                Finding::new(Code::HashUnsupported, FIELD).with("kind", kind)
            }
            _ => finding,
        })
    }

    /// What comparing with it costs.
    pub(super) fn cost_class(&self) -> CostClass {
        match self {
            Self::Argon2(hash) => CostClass::Argon2(hash.cost.memory_kib, hash.cost.passes, hash.cost.lanes),
            Self::Foreign(foreign) => foreign.cost_class(),
        }
    }

    fn kind(&self) -> HashKind {
        match self {
            Self::Argon2(hash) if hash.algorithm == Algorithm::Argon2i => HashKind::Argon2i,
            Self::Argon2(_) => HashKind::Argon2id,
            Self::Foreign(Foreign::Bcrypt(bcrypt)) if bcrypt.of_sha256 => HashKind::BcryptSha256,
            Self::Foreign(Foreign::Bcrypt(_)) => HashKind::Bcrypt,
            Self::Foreign(Foreign::ShaCrypt(_)) => HashKind::ShaCrypt,
            Self::Foreign(Foreign::Phpass(_)) => HashKind::Phpass,
            Self::Foreign(Foreign::Pbkdf2(pbkdf2)) => pbkdf2.kind,
            Self::Foreign(Foreign::Scrypt(_)) => HashKind::Scrypt,
            Self::Foreign(Foreign::Ssha(_)) => HashKind::LdapSsha,
        }
    }
}

impl Argon2Hash {
    fn parse(stored: &str) -> Result<Self, Finding> {
        let phc = PasswordHash::new(stored).map_err(|_| unrecognised())?;
        if phc.version != Some(VERSION) || phc.params.iter().any(|(name, _)| !KNOWN.contains(&name.as_str())) {
            return Err(unrecognised());
        }
        let cost = Argon2Cost {
            memory_kib: number(&phc.params, "m", BOUNDS.memory_kib)?,
            passes: number(&phc.params, "t", BOUNDS.passes)?,
            lanes: number(&phc.params, "p", BOUNDS.lanes)?,
        };
        if !is_within(cost) {
            return Err(unrecognised());
        }
        let pepper_id = match phc.params.get("keyid") {
            None => None,
            Some(id) => Some(id.b64_decode(&mut [0; 8]).map_err(|_| unrecognised())?.to_vec()),
        };
        let algorithm = match phc.algorithm.as_str() {
            "argon2id" => Algorithm::Argon2id,
            "argon2i" if pepper_id.is_none() => Algorithm::Argon2i,
            _ => return Err(unrecognised()),
        };
        let (salt, tag) = phc.salt.zip(phc.hash).ok_or_else(unrecognised)?;
        // Whoever chooses a length chooses whole words: another was cut.
        if !tag.as_bytes().len().is_multiple_of(4) {
            return Err(unrecognised());
        }
        Ok(Self { cost, algorithm, pepper_id, salt: salt.to_vec(), tag: tag.as_bytes().to_vec() })
    }

    /// The PHC string of those parts.
    pub(super) fn format(cost: Argon2Cost, pepper_id: Option<&[u8]>, salt: &[u8], tag: &[u8]) -> Option<String> {
        let mut params = ParamsString::new();
        params.add_decimal("m", cost.memory_kib).ok()?;
        params.add_decimal("t", cost.passes).ok()?;
        params.add_decimal("p", cost.lanes).ok()?;
        if let Some(id) = pepper_id {
            params.add_b64_bytes("keyid", id).ok()?;
        }
        let phc = PasswordHash {
            algorithm: Ident::new("argon2id").ok()?,
            version: Some(VERSION),
            params,
            salt: Some(Salt::new(salt).ok()?),
            hash: Some(Output::new(tag).ok()?),
        };
        Some(phc.to_string())
    }
}

/// Whether a stored hash may have that cost: within the limits, and not below
/// the smallest that Argon2 has, a pass, a lane and 8 KiB for each.
pub(super) fn is_within(cost: Argon2Cost) -> bool {
    cost.memory_kib <= BOUNDS.memory_kib
        && cost.passes <= BOUNDS.passes
        && cost.lanes <= BOUNDS.lanes
        && argon2::Params::new(cost.memory_kib, cost.passes, cost.lanes, None).is_ok()
}

/// The parameters of an Argon2id string that mean something here. `data`
/// would change the tag in a way that nobody tells us.
const KNOWN: [&str; 4] = ["m", "t", "p", "keyid"];

/// A parameter of a PHC string, at most `limit`.
pub(super) fn number(params: &ParamsString, name: &str, limit: u32) -> Result<u32, Finding> {
    bounded(params.get_str(name).ok_or_else(unrecognised)?, name, limit)
}

/// A decimal number from 1 to `limit`. One that is too large for any integer
/// is above the limit too, not unreadable.
pub(super) fn bounded(digits: &str, name: &str, limit: u32) -> Result<u32, Finding> {
    if digits.is_empty() || digits.starts_with('0') || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(unrecognised());
    }
    digits.parse().ok().filter(|number| *number <= limit).ok_or_else(|| out_of_bounds(name, limit))
}

/// The finding that a hash is of no known kind.
pub(super) fn unrecognised() -> Finding {
    Finding::new(Code::HashUnrecognised, FIELD)
}

/// The finding that a parameter is above its limit.
pub(super) fn out_of_bounds(parameter: &str, limit: u32) -> Finding {
    Finding::new(Code::HashOutOfBounds, FIELD).with("parameter", parameter).with("limit", limit)
}

/// The field of these findings.
const FIELD: &str = "password_hash";

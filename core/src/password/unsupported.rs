//! The names of kinds of hashes that are known and not taken over (P7).

use super::crypt::{CRYPT64, is_crypt64};
use super::wraps::strip_scheme;

/// The kind of a stored hash that is not taken over, where its form tells.
pub(super) fn kind(stored: &str) -> Option<&'static str> {
    let inner = strip_scheme(stored, "{CRYPT}").unwrap_or(stored);
    let crypt = BEGINNINGS.iter().find(|(beginning, _)| inner.starts_with(beginning));
    let scheme = || SCHEMES.iter().find(|(scheme, _)| strip_scheme(stored, scheme).is_some());
    if let Some(kind) = spring(stored) {
        return Some(kind);
    }
    if let Some((_, kind)) = crypt.or_else(scheme) {
        return Some(kind);
    }
    if is_des_crypt(inner) {
        return Some("des_crypt");
    }
    if is_bsdi_crypt(inner) {
        return Some("bsdi_crypt");
    }
    if is_mysql(stored) {
        return Some("mysql_native");
    }
    bare(stored)
}

/// How hashes begin, as they are written.
const BEGINNINGS: &[(&str, &str)] = &[
    ("$1$", "md5_crypt"),
    ("$apr1$", "apr1"),
    ("$3$", "nt_hash"),
    ("$7$", "scrypt_crypt"),
    ("$sha1$", "sha1_crypt"),
    ("$md5$", "sun_md5_crypt"),
    ("$md5,", "sun_md5_crypt"),
    ("$y$", "yescrypt"),
    ("$gy$", "gost_yescrypt"),
    ("$S$", "drupal7"),
    ("$2x$", "bcrypt_2x"),
    ("$argon2d$", "argon2d"),
    ("$pbkdf2-", "passlib_pbkdf2"),
    ("$pbkdf2$", "passlib_pbkdf2"),
    ("$bcrypt-sha256$", "passlib_bcrypt_sha256"),
    ("md5$", "django_md5"),
    ("sha1$", "django_sha1"),
    ("unsalted_md5$", "django_md5"),
    ("unsalted_sha1$", "django_sha1"),
    ("crypt$", "django_crypt"),
    ("SCRAM-SHA-256$", "postgres_scram"),
    ("$A$", "mysql_sha2"),
    ("0x0100", "mssql"),
    ("0x0200", "mssql"),
];

/// Schemes in braces, of directories (RFC 2307) and of Spring; their names
/// are read case-blind.
const SCHEMES: &[(&str, &str)] = &[
    ("{MD5}", "ldap_md5"),
    ("{SMD5}", "ldap_smd5"),
    ("{SHA}", "ldap_sha"),
    ("{SHA256}", "ldap_sha256"),
    ("{SHA384}", "ldap_sha384"),
    ("{SHA512}", "ldap_sha512"),
    ("{PBKDF2", "ldap_pbkdf2"),
    ("{ARGON2", "ldap_argon2"),
    ("{CLEARTEXT}", "cleartext"),
    ("{PLAIN}", "cleartext"),
    ("{NOOP}", "cleartext"),
    ("{NT}", "nt_hash"),
    ("{LANMAN}", "lm_hash"),
    ("{SCRYPT", "spring_scrypt"),
    ("{APR1}", "ldap_apr1"),
    ("{PKCS5S2}", "atlassian_pbkdf2"),
    ("{CRYPT}", "crypt"),
];

/// Those of Spring's schemes that directories have too, and write in base64:
/// Spring writes hexadecimal digits, after a salt in braces of its own where
/// the digest is a bare one.
fn spring(stored: &str) -> Option<&'static str> {
    let (scheme, rest) = stored.strip_prefix('{')?.split_once('}')?;
    let (salted, digits) = match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, digits)) => (true, digits),
        None => (false, rest),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match (scheme.split('@').next()?, salted) {
        ("pbkdf2", false) => Some("spring_pbkdf2"),
        ("sha256", false) | ("SHA-256", true) => Some("spring_sha256"),
        ("SHA-1", true) => Some("spring_sha1"),
        ("MD5", true) => Some("spring_md5"),
        ("MD4", true) => Some("spring_md4"),
        _ => None,
    }
}

/// Hexadecimal digits and nothing else: a digest without a salt, told by its
/// length. MD5 and NT hashes have the same.
fn bare(stored: &str) -> Option<&'static str> {
    let is_hex = |text: &str, length| text.len() == length && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if stored.split_once(':').is_some_and(|(lm, nt)| is_hex(lm, 32) && is_hex(nt, 32)) {
        return Some("nt_hash");
    }
    if stored.strip_prefix("md5").is_some_and(|digest| is_hex(digest, 32)) {
        return Some("postgres_md5");
    }
    let lengths = [(32, "hex_md5_or_nt"), (40, "hex_sha1"), (64, "hex_sha256"), (128, "hex_sha512")];
    lengths.into_iter().find(|(length, _)| is_hex(stored, *length)).map(|(_, kind)| kind)
}

/// 12 bits of salt and 64 of digest, the last digit with two that are nought.
fn is_des_crypt(stored: &str) -> bool {
    let last = stored.chars().next_back().and_then(|c| CRYPT64.find(c));
    stored.len() == 13 && is_crypt64(stored) && last.is_some_and(|digit| digit % 4 == 0)
}

/// `_`, four digits of rounds, four of salt, eleven of digest.
fn is_bsdi_crypt(stored: &str) -> bool {
    stored.strip_prefix('_').is_some_and(|rest| rest.len() == 19 && is_crypt64(rest))
}

/// `*` and a SHA-1 in capitals: `PASSWORD()` of MySQL.
pub(super) fn is_mysql(stored: &str) -> bool {
    let digest = stored.strip_prefix('*').filter(|digest| digest.len() == 40);
    digest.is_some_and(|digest| digest.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F')))
}

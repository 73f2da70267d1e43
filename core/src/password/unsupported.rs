//! The names of kinds of hashes that are known and not taken over (P7).

use super::crypt::{CRYPT64, is_crypt64};
use super::stored::strip_scheme;

/// The kind of a stored hash that is not taken over, where its form tells.
pub(super) fn kind(stored: &str) -> Option<&'static str> {
    let inner = strip_scheme(stored, "{CRYPT}").unwrap_or(stored);
    let crypt = BEGINNINGS.iter().find(|(beginning, _)| inner.starts_with(beginning));
    let scheme = || SCHEMES.iter().find(|(scheme, _)| strip_scheme(stored, scheme).is_some());
    if let Some((_, kind)) = crypt.or_else(scheme) {
        return Some(kind);
    }
    if is_des_crypt(inner) {
        return Some("des_crypt");
    }
    if is_bsdi_crypt(inner) {
        return Some("bsdi_crypt");
    }
    is_mysql(stored).then_some("mysql_native")
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
    ("{SHA-256}", "spring_sha256"),
    ("{PBKDF2", "ldap_pbkdf2"),
    ("{ARGON2", "ldap_argon2"),
    ("{CLEARTEXT}", "cleartext"),
    ("{PLAIN}", "cleartext"),
    ("{NOOP}", "cleartext"),
    ("{NT}", "nt_hash"),
    ("{LANMAN}", "lm_hash"),
    ("{SCRYPT}", "spring_scrypt"),
    ("{CRYPT}", "crypt"),
];

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

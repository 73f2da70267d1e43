//! What systems write around a stored hash (P7): taken off before it is read.

use std::borrow::Cow;

use data_encoding::BASE64;

/// What stands before a hash of crypt(3) or a PHC string: Django's, Spring's
/// and directories'.
const BEFORE_CRYPT: [&str; 5] = ["bcrypt$", "{bcrypt}", "{CRYPT}", "{ARGON2}", "{argon2@SpringSecurity_v5_8}"];

/// The hash without what stands around it.
pub(super) fn unwrapped(stored: &str) -> Cow<'_, str> {
    match of_ldif(stored) {
        Some(text) => Cow::Owned(bare(&text).to_owned()),
        None => Cow::Borrowed(bare(stored)),
    }
}

fn bare(stored: &str) -> &str {
    // Spring's encoder of directories keeps their scheme.
    let stored = strip_scheme(stored, "{ldap}").filter(|inner| inner.starts_with('{')).unwrap_or(stored);
    // Django's `argon2$argon2id$`: the second word is the PHC string's own.
    let wraps = BEFORE_CRYPT.iter().map(|before| strip_scheme(stored, before)).chain([stored.strip_prefix("argon2")]);
    wraps.flatten().find(|inner| inner.starts_with('$')).unwrap_or(stored)
}

/// LDIF writes passwords in base64: `userPassword:: e1NTSEF9…`. No other hash
/// begins with a brace under it.
fn of_ldif(stored: &str) -> Option<String> {
    let bytes = BASE64.decode(stored.as_bytes()).ok().filter(|bytes| bytes.starts_with(b"{"))?;
    String::from_utf8(bytes).ok()
}

/// What follows a scheme in braces, whose name is read case-blind.
pub(super) fn strip_scheme<'a>(stored: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = stored.split_at_checked(scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

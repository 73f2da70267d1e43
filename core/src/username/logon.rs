//! What a Windows logon name may be (rule U3).

use crate::finding::{Checked, Code, Finding};

/// What a Windows logon name may not contain.
const FORBIDDEN: &str = r#""/\[]:;|=,+*?<>@"#;

/// How many characters of a typed name are looked at one by one.
const READ_LIMIT: usize = 256;

/// Whether a character may stand in a staff name.
pub(super) fn may_stand(c: char) -> bool {
    c.is_ascii_graphic() && !FORBIDDEN.contains(c)
}

/// Reads a staff name that someone typed (rule U3): a Windows logon name in
/// ASCII without blanks. The value is in lower case.
///
/// Findings, on the field `username`, in this order: `username.missing`,
/// `username.too_long`, `username.forbidden_character` for each such
/// character once (one that cannot be shown as `U+0020`),
/// `username.ends_with_dot`.
///
/// ```
/// use carekey::username::check_staff_name;
///
/// assert_eq!(check_staff_name("104FConner", 20).into_result()?, "104fconner");
/// assert!(check_staff_name("104:fconner", 20).value.is_none());
/// # Ok::<(), carekey::Error>(())
/// ```
pub fn check_staff_name(typed: &str, max_length: u32) -> Checked<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Checked::fail(Finding::new(Code::UsernameMissing, "username"));
    }
    let mut findings = Vec::new();
    let length = typed.chars().count();
    if length > usize::try_from(max_length).unwrap_or(usize::MAX) {
        findings.push(Finding::new(Code::UsernameTooLong, "username").with("limit", max_length).with("length", length));
    }
    let mut seen = Vec::new();
    // A text of megabytes has more characters than anyone wants to be told.
    for c in typed.chars().take(READ_LIMIT).filter(|c| !may_stand(*c)) {
        if !seen.contains(&c) {
            seen.push(c);
            findings.push(Finding::new(Code::UsernameForbiddenCharacter, "username").with("character", shown(c)));
        }
    }
    if typed.ends_with('.') {
        findings.push(Finding::new(Code::UsernameEndsWithDot, "username"));
    }
    if findings.is_empty() { Checked::pass(typed.to_ascii_lowercase()) } else { Checked { value: None, findings } }
}

fn shown(c: char) -> String {
    if c.is_alphanumeric() || c.is_ascii_graphic() { c.to_string() } else { format!("U+{:04X}", u32::from(c)) }
}

//! What somebody writes beside something, or calls it: the document that a tie rests
//! on, the reason of a grant, a name, a number. Every door reads it here.

#[cfg(feature = "engine")]
use crate::finding::{Code, Finding};

/// How many characters a remark may have.
pub(crate) const LIMIT: usize = 200;

/// A remark without blanks around it, nothing where it is blank; or what is
/// wrong with it: `text.too_long`, `text.control_character`.
#[cfg(feature = "engine")]
pub(crate) fn read(text: Option<&str>, field: &str) -> Result<Option<String>, Vec<Finding>> {
    let text = text.unwrap_or_default().trim();
    let findings = all([(field, text)], LIMIT);
    if findings.is_empty() { Ok(kept(text)) } else { Err(findings) }
}

/// The same of a text that may have several lines.
#[cfg(feature = "engine")]
pub(crate) fn lines(text: &str, field: &str, limit: usize) -> Result<Option<String>, Vec<Finding>> {
    let text = text.trim();
    let one_line = text.replace(['\n', '\r', '\t'], " ");
    let findings = all([(field, &*one_line)], limit);
    if findings.is_empty() { Ok(kept(text)) } else { Err(findings) }
}

/// What is wrong with texts of one line, each by the name of its field.
#[cfg(feature = "engine")]
pub(crate) fn all<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>, limit: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, text) in texts {
        let text = text.trim();
        let length = text.chars().count();
        if length > limit {
            findings.push(Finding::new(Code::TextTooLong, field).with("limit", limit).with("length", length));
        }
        if text.contains(char::is_control) {
            findings.push(Finding::new(Code::TextControlCharacter, field));
        }
    }
    findings
}

#[cfg(feature = "engine")]
fn kept(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

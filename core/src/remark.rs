//! A remark that somebody writes beside something: the document that a tie
//! rests on, the reason of a grant.

#[cfg(feature = "engine")]
use crate::finding::{Code, Finding};

/// How many characters one may have.
pub(crate) const LIMIT: usize = 200;

/// A remark without blanks around it, nothing where it is blank; or what is
/// wrong with it: `text.too_long`, `text.control_character`.
#[cfg(feature = "engine")]
pub(crate) fn read(text: Option<&str>, field: &str) -> Result<Option<String>, Vec<Finding>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let mut findings = Vec::new();
    let length = text.chars().count();
    if length > LIMIT {
        findings.push(Finding::new(Code::TextTooLong, field).with("limit", LIMIT).with("length", length));
    }
    if text.contains(char::is_control) {
        findings.push(Finding::new(Code::TextControlCharacter, field));
    }
    if findings.is_empty() { Ok(Some(text.to_owned())) } else { Err(findings) }
}

//! The texts that ship: plain, short, and polite.
//!
//! Every link ends its line or has a blank behind it, so that no full stop
//! becomes part of it. An SMS greets no one and has at most 320 characters
//! with values of a usual length.

use super::Text;
use crate::finding::Locale;
use crate::texts::message;
use crate::words::{MessageKind, Method};

/// The text that ships for a kind of message, a method and a language. Every
/// kind has one in every language.
pub fn shipped(kind: MessageKind, method: Method, locale: Locale) -> Text {
    let part = |part: &str| message(kind.as_str(), part, locale).to_owned();
    match method {
        Method::Email => Text { subject: Some(part("subject")), body: part("email") + "\n" },
        Method::Sms => Text { subject: None, body: part("sms") },
    }
}

//! The texts that ship: plain, short, and polite.
//!
//! Every link ends its line or has a blank behind it, so that no full stop
//! becomes part of it. An SMS greets no one and has at most 320 characters
//! with values of a usual length.

use super::Text;
use crate::finding::Locale;
use crate::texts::texts;
use crate::words::{MessageKind, Method};

/// The text that ships for a kind of message, a method and a language. Every
/// kind has one in every language.
pub fn shipped(kind: MessageKind, method: Method, locale: Locale) -> Text {
    let text = |locale| texts(locale).messages.get(kind.as_str());
    let Some(text) = text(locale).or_else(|| text(Locale::English)) else {
        return Text { subject: None, body: kind.to_string() };
    };
    match method {
        Method::Email => Text { subject: Some(text.subject.clone()), body: text.email.join("\n") + "\n" },
        Method::Sms => Text { subject: None, body: text.sms.join("\n") },
    }
}

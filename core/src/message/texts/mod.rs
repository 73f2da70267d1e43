//! The texts that ship: plain, short, and polite.
//!
//! Every link ends its line or has a blank behind it, so that no full stop
//! becomes part of it. An SMS greets no one and has at most 320 characters
//! with values of a usual length.

mod en;
mod es;

use super::Text;
use crate::finding::Locale;
use crate::words::{MessageKind, Method};

/// The texts of one kind of message in one language.
struct Shipped {
    subject: &'static str,
    email: &'static str,
    sms: &'static str,
}

/// The text that ships for a kind of message, a method and a language.
pub fn shipped(kind: MessageKind, method: Method, locale: Locale) -> Text {
    let text = match locale {
        Locale::English => en::text(kind),
        Locale::Spanish => es::text(kind),
    };
    match method {
        Method::Email => Text { subject: Some(text.subject.to_owned()), body: text.email.to_owned() },
        Method::Sms => Text { subject: None, body: text.sms.to_owned() },
    }
}

//! The texts of messages, the links in them, and when a failed one is tried
//! again (N).

use core::fmt;
use std::collections::HashMap;
use std::sync::Arc;

use carekey::{Secret, message};

use super::words::{MessageKind, MessagePage};
use crate::finding::{Finding, Param, checks, findings};
use crate::invitation::LinkToken;
use crate::policy::Policy;
use crate::types::Moment;
use crate::words::{ContactMethod, Language};

/// The text of a message, with `{field}` where a value comes.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MessageText {
    /// The text itself, plain, with its line breaks.
    pub body: String,
    /// The subject of an e-mail; an SMS has none.
    #[uniffi(default)]
    pub subject: Option<String>,
}

/// A message as it is sent. It prints without its text, which has secrets.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug)]
pub struct RenderedMessage {
    /// The subject of an e-mail, on one line, without secrets.
    pub subject: Option<String>,
    /// The text, secrets included.
    pub body: String,
}

impl fmt::Debug for RenderedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RenderedMessage({}, {})", self.subject.as_deref().unwrap_or_default(), Secret::default())
    }
}

/// The text that ships for a kind of message, a method and a language.
#[uniffi::export]
pub fn shipped_text(kind: MessageKind, method: ContactMethod, language: Language) -> MessageText {
    let message::Text { subject, body } = message::shipped(kind.into(), method.into(), language.into());
    MessageText { body, subject }
}

/// Checks a text that an agency wants in the place of a shipped one: all that
/// is wrong with it.
///
/// Findings, on the field `subject` or `body`: `template.subject`,
/// `template.secret_in_subject`, `template.unknown_field`, `template.empty`,
/// `template.no_secret`, `text.too_long`, `text.control_character`.
#[uniffi::export]
pub fn check_template(kind: MessageKind, method: ContactMethod, text: MessageText) -> Vec<Finding> {
    findings(message::check_template(kind.into(), method.into(), &text.into()))
}

/// Fills a text in. A secret stands in the body alone; a parameter stays on
/// its line, whatever is in it; a field without a value stays as it is.
#[uniffi::export(default(secrets))]
pub fn render_message(
    text: MessageText,
    params: HashMap<String, Param>,
    secrets: HashMap<String, String>,
) -> RenderedMessage {
    let params = params.into_iter().map(|(name, value)| (name, value.into())).collect();
    let secrets = secrets.into_iter().map(|(name, secret)| (name, Secret::from(secret))).collect();
    let rendered = message::render(&text.into(), &params, &secrets);
    RenderedMessage { subject: rendered.subject, body: rendered.body.reveal().to_owned() }
}

/// The page of the host's site that a message of that kind leads to.
#[uniffi::export]
pub fn page_of_message(kind: MessageKind) -> MessagePage {
    message::Page::of(kind.into()).into()
}

/// The address of a page: `{base}/sign-in`, with a token in the fragment,
/// which a browser keeps to itself. The base is one that `checkLinkBase`
/// passed. With a token it is a secret.
#[uniffi::export(default(token = None))]
pub fn page_address(page: MessagePage, base: &str, token: Option<Arc<LinkToken>>) -> String {
    let page = message::Page::from(page);
    match token {
        Some(token) => page.link(base, &token.0).reveal().to_owned(),
        None => page.address(base),
    }
}

checks! {
    /// The address that links begin with.
    LinkBaseCheck(
        /// The address as it stands in links: in ASCII, without a slash at the
        /// end. Nothing where it cannot be used.
        String
    )
}

/// Reads the address that links begin with.
///
/// Findings, on the field `link_base`: `agency.link_base`.
#[uniffi::export]
pub fn check_link_base(text: &str) -> LinkBaseCheck {
    message::check_link_base(text).into()
}

#[uniffi::export]
impl Policy {
    /// When a message that has now failed `tries` times, counting from 1, may
    /// be tried again; nothing where it is abandoned. The waits double, up to
    /// a day.
    pub fn retry_at(&self, tries: u32, now: Moment) -> Option<Moment> {
        message::retry_at(&self.0.outbox, tries, now)
    }
}

impl From<MessageText> for message::Text {
    fn from(MessageText { body, subject }: MessageText) -> Self {
        Self { subject, body }
    }
}

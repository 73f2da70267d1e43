//! Texts with fields: what they may speak of, checking and filling them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding, Params, fill};
use crate::secret::Secret;
use crate::words::{MessageKind, Method};

/// The most characters of a subject, before it is filled in.
const SUBJECT_LIMIT: usize = 200;

/// The most characters of an e-mail, before it is filled in.
const EMAIL_LIMIT: usize = 10_000;

/// The most characters of an SMS, before it is filled in: three or four parts.
const SMS_LIMIT: usize = 480;

/// The text of a message, with `{field}` where a value comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The subject of an e-mail; an SMS has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The text itself, plain, with its line breaks.
    pub body: String,
}

/// What the texts of a kind of message can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields {
    /// What may stand anywhere, and may be left out.
    pub params: &'static [&'static str],
    /// What must stand in the body, and may not stand in the subject. It is
    /// sealed while the message waits, and removed once it is sent.
    pub secrets: &'static [&'static str],
}

/// The fields of a kind of message.
///
/// * `agency`: its name. `name`: of whom it is written to, or, in a message to
///   the owner, of whom it is from. `username`: of the account.
/// * `contact`: where an invitation was sent, which is asked together with
///   the code; or where the owner can answer to.
/// * `page`: the address of the page that it leads to
///   ([`Page::of`](crate::message::Page::of)).
/// * `portal`: the address where people sign in, which they are asked to
///   bookmark (S0): that of [`Page::SignIn`](crate::message::Page::SignIn).
/// * `valid`: how long its secret is good ([`span`](crate::message::span)).
/// * `when`: when it happened ([`moment`](crate::message::moment)).
/// * `link`, `code`, `password`: secrets.
/// * `text`: what someone writes to the owner. It may well be about their
///   health, so it is kept as a secret is.
///
/// A notice of change names neither the old nor the new value: it goes to the
/// contact that may be in wrong hands, too.
pub fn fields(kind: MessageKind) -> Fields {
    let (params, secrets): (&[&str], &[&str]) = match kind {
        MessageKind::Activation | MessageKind::ActivationReminder => {
            (&["agency", "name", "username", "portal", "valid"], &["link"])
        }
        MessageKind::Registration => (&["agency", "name", "username", "page", "portal", "valid"], &["password"]),
        MessageKind::RegistrationReminder => (&["agency", "name", "username", "page", "portal", "valid"], &[]),
        MessageKind::Invitation | MessageKind::InvitationReminder => {
            (&["agency", "name", "contact", "page", "valid"], &["link", "code"])
        }
        MessageKind::RecoveryCode => (&["agency", "name", "valid"], &["code"]),
        MessageKind::PasswordChanged | MessageKind::QuestionsChanged => (&["agency", "name", "username", "when"], &[]),
        MessageKind::ContactChanged => (&["agency", "name", "when"], &[]),
        MessageKind::ConfirmContact => (&["agency", "name", "valid"], &["link"]),
        MessageKind::ContactChanging => (&["agency", "name", "valid"], &["link"]),
        MessageKind::LinkChanged => (&["agency", "name", "username", "page", "when"], &[]),
        MessageKind::MessageOwner => (&["agency", "name", "contact"], &["text"]),
        MessageKind::RepresentativeAdded => (&["agency", "name", "representative", "until", "when"], &[]),
    };
    Fields { params, secrets }
}

/// Checks a text that an agency wants in the place of a shipped one.
///
/// First about the field `subject`, then about `body`, each in this order:
///
/// * `template.subject`: an e-mail without a subject, an SMS with one;
/// * `template.empty`: a body of blanks;
/// * `text.too_long`: a subject over 200 characters, an e-mail over 10,000, an
///   SMS over 480, before it is filled in; its fields are not looked at then;
/// * `text.control_character`: any besides line breaks and tabs of a body;
/// * `template.unknown_field`, `template.secret_in_subject`: once for each
///   name, in the order in which they appear;
/// * `template.no_secret`: once for each secret that the body lacks.
///
/// ```
/// use carekey::message::{Text, check_template};
/// use carekey::words::MessageKind;
/// use carekey::{Code, Method};
///
/// let text = Text { subject: None, body: "{agency}: {cod} is your code".to_owned() };
/// let findings = check_template(MessageKind::RecoveryCode, Method::Sms, &text);
/// let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
/// assert_eq!(codes, [Code::TemplateUnknownField, Code::TemplateNoSecret]);
/// ```
pub fn check_template(kind: MessageKind, method: Method, text: &Text) -> Vec<Finding> {
    let fields = fields(kind);
    let mut findings = Vec::new();

    let subject = text.subject.as_deref();
    let has_subject = subject.is_some_and(|subject| !subject.trim().is_empty());
    if has_subject != (method == Method::Email) {
        findings.push(Finding::new(Code::TemplateSubject, "subject"));
    }
    if let Some(subject) = subject
        && check_characters("subject", subject, SUBJECT_LIMIT, &[], &mut findings)
    {
        for name in names(subject) {
            if fields.secrets.contains(&name.as_str()) {
                findings.push(Finding::new(Code::TemplateSecretInSubject, "subject").with("name", name));
            } else if !fields.params.contains(&name.as_str()) {
                findings.push(Finding::new(Code::TemplateUnknownField, "subject").with("name", name));
            }
        }
    }

    if text.body.trim().is_empty() {
        findings.push(Finding::new(Code::TemplateEmpty, "body"));
    }
    let limit = match method {
        Method::Email => EMAIL_LIMIT,
        Method::Sms => SMS_LIMIT,
    };
    if check_characters("body", &text.body, limit, &['\n', '\r', '\t'], &mut findings) {
        let named = names(&text.body);
        for name in &named {
            if !fields.params.contains(&name.as_str()) && !fields.secrets.contains(&name.as_str()) {
                findings.push(Finding::new(Code::TemplateUnknownField, "body").with("name", name.as_str()));
            }
        }
        for secret in fields.secrets {
            if !named.iter().any(|name| name == secret) {
                findings.push(Finding::new(Code::TemplateNoSecret, "body").with("name", *secret));
            }
        }
    }
    findings
}

/// Checks length and characters; returns whether it is short enough to be
/// read for its fields.
fn check_characters(field: &str, text: &str, limit: usize, allowed: &[char], findings: &mut Vec<Finding>) -> bool {
    let length = text.chars().count();
    if length > limit {
        findings.push(Finding::new(Code::TextTooLong, field).with("limit", limit).with("length", length));
    }
    if text.contains(|c: char| c.is_control() && !allowed.contains(&c)) {
        findings.push(Finding::new(Code::TextControlCharacter, field));
    }
    length <= limit
}

/// The names of the fields in a text, each once, in order. They are found by
/// the very function that fills them in.
pub(crate) fn names(text: &str) -> Vec<String> {
    let names = RefCell::new(Vec::new());
    fill(text, |name| {
        let mut names = names.borrow_mut();
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        None
    });
    names.into_inner()
}

/// A message as it is sent.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The subject of an e-mail, on one line, without secrets.
    pub subject: Option<String>,
    /// The text, secrets included.
    pub body: Secret,
}

/// Fills a text in.
///
/// * A secret stands in the body alone; in a subject it would be shown in
///   lists and on locked screens, and is left out as `•••`.
/// * A parameter stays on its line: line breaks and other control characters
///   in it become blanks. So no name can add a header or a paragraph.
/// * A value is put in as it is: braces in it mean nothing.
/// * A field without a value stays as it is.
pub fn render(text: &Text, params: &Params, secrets: &BTreeMap<String, Secret>) -> Rendered {
    let param = |name: &str| params.get(name).map(|param| on_one_line(&param.to_string()));
    let in_subject = |name: &str| secrets.get(name).map(Secret::to_string).or_else(|| param(name));
    let in_body = |name: &str| secrets.get(name).map(|secret| secret.reveal().to_owned()).or_else(|| param(name));
    Rendered {
        // The template's own line breaks go as well: a subject is a header.
        subject: text.subject.as_deref().map(|subject| on_one_line(&fill(subject, in_subject))),
        body: Secret::from(fill(&text.body, in_body)),
    }
}

/// The message as the office sees it in its list: filled in, with `•••` for
/// each secret of its kind.
pub fn masked(kind: MessageKind, text: &Text, params: &Params) -> Text {
    let mask = Secret::default().to_string();
    let secrets = fields(kind).secrets.iter().map(|name| ((*name).to_owned(), Secret::from(mask.as_str()))).collect();
    let rendered = render(text, params, &secrets);
    Text { subject: rendered.subject, body: rendered.body.reveal().to_owned() }
}

fn on_one_line(value: &str) -> String {
    value.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ")
}

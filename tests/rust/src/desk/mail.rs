//! What is in the outbox, and the secrets in the messages.

use carekey::agency::Message;
use carekey::invitation::{InvitationCode, LinkToken};
use carekey::words::MessageKind;
use carekey::{Agency, Method, Secret};

use super::Desk;

/// A message that was sent.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What it says.
    pub kind: MessageKind,
    /// How it went.
    pub method: Method,
    /// Where to.
    pub to: String,
    /// The text.
    pub body: Secret,
}

impl Mail {
    /// A claimed message, as whoever it goes to reads it.
    pub fn of(message: &Message) -> Self {
        Self { kind: message.kind, method: message.method, to: message.address.clone(), body: message.body.clone() }
    }

    /// The link in it.
    pub fn link(&self) -> String {
        link_in(self.body.reveal()).expect("a link")
    }

    /// The code in it.
    pub fn code(&self) -> String {
        code_in(self.body.reveal()).expect("a code")
    }

    /// The recovery code in it.
    pub fn digits(&self) -> String {
        digits_in(self.body.reveal()).expect("a recovery code")
    }

    /// The temporary password in it.
    pub fn password(&self) -> Secret {
        password_in(self.body.reveal()).expect("a temporary password")
    }
}

/// The link with a token in a text.
pub fn link_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with("https://") && LinkToken::parse(word).value.is_some())
        .map(str::to_owned)
}

/// The code in a text.
pub fn code_in(text: &str) -> Option<String> {
    let codes = text.split_whitespace().filter(|word| word.len() == 11 && word.as_bytes()[5] == b'-');
    codes.map(str::to_owned).find(|word| InvitationCode::parse(word).value.is_some())
}

/// The recovery code in a text: a word of six digits or more.
pub fn digits_in(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    words.find(|word| word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
}

/// The temporary password in a text.
pub fn password_in(text: &str) -> Option<Secret> {
    text.lines().find_map(|line| line.strip_prefix("Temporary password: ")).map(Secret::from)
}

/// Sends all that waits.
pub fn send_all(agency: &Agency) -> Vec<Mail> {
    let claimed = agency.outbox().claim(10_000).expect("a claim");
    for message in &claimed {
        agency.outbox().sent(message).expect("sent");
    }
    claimed.iter().map(Mail::of).collect()
}

impl Desk {
    /// Sends all that waits, oldest first.
    pub fn mail(&self) -> Vec<Mail> {
        send_all(&self.agency)
    }

    /// Sends all that waits, which must be one message.
    pub fn one_mail(&self) -> Mail {
        let mut mail = self.mail();
        assert_eq!(mail.len(), 1, "one message was expected: {:?}", mail.iter().map(|m| m.kind).collect::<Vec<_>>());
        mail.remove(0)
    }
}

//! The host's part: its mailer, and the people who read what it brings.

use std::collections::VecDeque;

use carekey::invitation::InvitationCode;
use carekey::words::MessageKind;
use carekey::{Agency, Message, Result, Secret};

/// How many messages the mailer claims at a time.
const LOT: u64 = 500;

/// How many messages the letter boxes hold; older ones are thrown away.
const KEPT: usize = 5_000;

/// A mailer whose every message arrives, and the letter boxes.
pub struct Host<'a> {
    agency: &'a Agency,
    boxes: VecDeque<Message>,
    /// How many messages were sent.
    pub sent: usize,
}

impl<'a> Host<'a> {
    /// A mailer for this agency.
    pub fn new(agency: &'a Agency) -> Self {
        Self { agency, boxes: VecDeque::new(), sent: 0 }
    }

    /// Claims messages and sends them until the one that is looked for has
    /// come: the latest of that kind for that address.
    pub fn letter(&mut self, kind: MessageKind, address: &str) -> Result<Option<Letter>> {
        loop {
            let is_it = |message: &Message| message.kind == kind && message.address.eq_ignore_ascii_case(address);
            if let Some(place) = self.boxes.iter().rposition(is_it) {
                return Ok(self.boxes.remove(place).map(Letter));
            }
            let outbox = self.agency.outbox();
            let claimed = outbox.claim(LOT)?;
            if claimed.is_empty() {
                return Ok(None);
            }
            self.sent += outbox.sent_all(&claimed)?;
            self.boxes.extend(claimed);
            let old = self.boxes.len().saturating_sub(KEPT);
            self.boxes.drain(..old);
        }
    }
}

/// A message that someone has received and reads.
pub struct Letter(Message);

impl Letter {
    /// The link in it.
    pub fn link(&self) -> Option<Secret> {
        let body = self.0.body.reveal();
        body.split_whitespace().find(|word| word.contains("://") && word.contains('#')).map(Secret::from)
    }

    /// The code in it.
    pub fn code(&self) -> Option<Secret> {
        let words = self.0.body.reveal().split_whitespace();
        words
            .filter(|word| word.contains('-'))
            .find(|word| InvitationCode::parse(word).value.is_some())
            .map(Secret::from)
    }

    /// The temporary password in it.
    pub fn password(&self) -> Option<Secret> {
        let lines = self.0.body.reveal().lines();
        let marks = ["Temporary password: ", "Contraseña temporal: "];
        lines.filter_map(|line| marks.iter().find_map(|mark| line.strip_prefix(mark))).next().map(Secret::from)
    }
}

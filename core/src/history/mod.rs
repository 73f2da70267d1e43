//! History (rule H): one line per act, append-only, chained with a keyed hash
//! so that an edit, a removal or a cut tail is found.
//!
//! Each [`Line`] carries `mac = HMAC-SHA-256(key, head before it ‖ line)`, and
//! the record whose history it is keeps a [`Head`], the keyed hash over the
//! last line's mac and the number of lines. [`verify`] recomputes both. Whoever
//! has a history has at least the line that says how it came to be, so that an
//! emptied one is a cut one. What `verify` cannot see is a copy put back whole,
//! lines and head together, from an earlier day: keep exports elsewhere
//! against that.
//!
//! ```
//! use carekey::history::{Head, Line, verify};
//! use carekey::words::{ActorKind, EventKind};
//! # use time::macros::datetime;
//! # let (key, subject) = ([7; 32], uuid::Uuid::from_u128(1));
//!
//! let mut line = Line {
//!     subject,
//!     sequence: 0,
//!     at: datetime!(2026-11-22 9:00 UTC),
//!     kind: EventKind::Disabled,
//!     actor: ActorKind::Manager,
//!     actor_account: None,
//!     actor_name: "Felicia Conner".to_owned(),
//!     details: [("reason".to_owned(), "left".into())].into(),
//!     source: None,
//!     mac: Vec::new(),
//! };
//! let mut head = Head::default();
//! head.append(&key, &mut line);
//! verify(&key, subject, &[line.clone()], &head)?;
//!
//! line.actor_name = "Someone Else".to_owned();
//! let found = verify(&key, subject, &[line], &head).unwrap_err();
//! assert_eq!(found.code.as_str(), "history.broken");
//! # Ok::<(), carekey::Error>(())
//! ```

mod checkpoint;
mod export;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::finding::{Code, Params};
use crate::id::AccountId;
use crate::words::{ActorKind, EventKind};

pub use export::{to_csv, to_json_lines};

/// One line of a history. It never holds a password, a code, a token or an
/// answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose history it is: an account's, or the agency's own.
    pub subject: Uuid,
    /// 1 for the first line, without gaps.
    pub sequence: i64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What.
    pub kind: EventKind,
    /// What sort of actor.
    pub actor: ActorKind,
    /// The actor's account.
    pub actor_account: Option<AccountId>,
    /// The actor's name as it was then.
    pub actor_name: String,
    /// Before, after, and what else there is to say.
    pub details: Params,
    /// From where: an address or a device.
    pub source: Option<String>,
    /// The keyed hash of this line and the one before, 32 bytes.
    #[serde(skip)]
    pub mac: Vec<u8>,
}

/// The end of a chain, kept with the record whose history it is (rule H).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Head {
    /// How many lines there are.
    pub length: i64,
    /// The keyed hash over the last line's mac and the length; empty for none.
    pub mac: Vec<u8>,
}

/// Appends fields so that no two different lines give the same bytes: each
/// with its length before it.
fn field(mac: &mut Hmac<Sha256>, bytes: &[u8]) {
    mac.update(&(bytes.len() as u64).to_be_bytes());
    mac.update(bytes);
}

fn keyed(key: &[u8; 32], domain: &str) -> Hmac<Sha256> {
    // A key shorter than a block is padded with zeros (RFC 2104).
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    field(&mut mac, domain.as_bytes());
    mac
}

impl Line {
    /// The mac of this line after the head before it (empty for the first).
    fn chained(&self, key: &[u8; 32], previous: &[u8]) -> Vec<u8> {
        let mut mac = keyed(key, "line");
        field(&mut mac, previous);
        field(&mut mac, self.subject.as_bytes());
        field(&mut mac, &self.sequence.to_be_bytes());
        field(&mut mac, &crate::time_ms(self.at).to_be_bytes());
        field(&mut mac, self.kind.as_str().as_bytes());
        field(&mut mac, self.actor.as_str().as_bytes());
        field(&mut mac, self.actor_account.map(|id| id.0.into_bytes()).unwrap_or_default().as_slice());
        field(&mut mac, &[u8::from(self.actor_account.is_some())]);
        field(&mut mac, self.actor_name.as_bytes());
        for (name, value) in &self.details {
            field(&mut mac, name.as_bytes());
            match value {
                crate::Param::Number(number) => field(&mut mac, &[&b"n"[..], &number.to_be_bytes()].concat()),
                crate::Param::Text(text) => field(&mut mac, &[b"t", text.as_bytes()].concat()),
            }
        }
        field(&mut mac, &(self.details.len() as u64).to_be_bytes());
        field(&mut mac, self.source.as_deref().unwrap_or_default().as_bytes());
        field(&mut mac, &[u8::from(self.source.is_some())]);
        mac.finalize().into_bytes().to_vec()
    }
}

impl Head {
    pub(crate) fn of(key: &[u8; 32], subject: Uuid, length: i64, last: &[u8]) -> Self {
        let mut mac = keyed(key, "head");
        field(&mut mac, subject.as_bytes());
        field(&mut mac, &length.to_be_bytes());
        field(&mut mac, last);
        Self { length, mac: mac.finalize().into_bytes().to_vec() }
    }

    /// The head behind a line that is chained to this one.
    ///
    /// # Errors
    ///
    /// `history.broken` with the number that the line is to have.
    pub(crate) fn behind(&self, key: &[u8; 32], subject: Uuid, line: &Line) -> Result<Self, Error> {
        let sequence = self.length.saturating_add(1);
        let mac = line.chained(key, &self.mac);
        let whole = line.sequence == sequence && line.subject == subject;
        if !whole || !bool::from(mac.as_slice().ct_eq(&line.mac)) {
            return Err(Error::new(ErrorKind::Store, Code::HistoryBroken).with("sequence", sequence));
        }
        Ok(Self::of(key, subject, sequence, &mac))
    }

    /// Appends a line: numbers it, chains it to this head, and moves the head
    /// behind it. Only the head is needed, so no line is ever read to append.
    pub fn append(&mut self, key: &[u8; 32], line: &mut Line) {
        line.sequence = self.length + 1;
        line.mac = line.chained(key, &self.mac);
        *self = Self::of(key, line.subject, line.sequence, &line.mac);
    }
}

/// Checks a whole history, all its lines in order, against its head (rule H). One of which
/// earlier lines were removed begins behind them, as a checkpoint among its lines
/// says.
///
/// # Errors
///
/// `history.broken` with the number of the first line that was edited,
/// inserted, moved, or follows a removed one; `history.cut` where lines at
/// the end are missing, all of them included, or the head is not theirs.
pub fn verify(key: &[u8; 32], subject: Uuid, lines: &[Line], head: &Head) -> Result<(), Error> {
    let mut found = Head::before(lines);
    for line in lines {
        found = found.behind(key, subject, line)?;
    }
    if lines.is_empty() || found.length != head.length || !bool::from(found.mac.as_slice().ct_eq(&head.mac)) {
        return Err(Error::new(ErrorKind::Store, Code::HistoryCut)
            .with("expected", head.length.max(1))
            .with("found", found.length));
    }
    Ok(())
}

//! Where a user is signed in: their sessions and the devices that are known,
//! listed and ended one by one, or all others at once (E5).

use time::OffsetDateTime;

use crate::agency::kernel::{Agency, Source, Tracked, act, run, system, tokens};
use crate::error::{Error, Result};
use crate::finding::{Code, params};
use crate::id::TokenId;
use crate::store::{Query, record};
use crate::text_enum::text_enum;
use crate::words::{EventKind, Purpose};

text_enum! {
    /// What stands in the list of where a user is signed in (E5).
    pub enum SessionKind {
        /// A session.
        Session = "session",
        /// A device that signed in before, and is counted by itself (E4). It
        /// opens nothing.
        Device = "device",
    }
}

/// A session that is live, or a device that is known (E5), as the office sees
/// it. Nothing of it opens anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// By which it is ended; it is no token.
    pub id: TokenId,
    /// A session, or a device.
    pub kind: SessionKind,
    /// Since when: the sign-in.
    pub since: OffsetDateTime,
    /// When it was last used: of a session to 15 seconds, of a remembered one
    /// to an hour; of a device its last sign-in.
    pub last_used_at: OffsetDateTime,
    /// When it ends at the latest.
    pub until: OffsetDateTime,
    /// From where it began, as the host worded it.
    pub source: Option<String>,
    /// Whether it is a session that is remembered, used or not.
    pub remembered: bool,
    /// The device that a session began at, while that is known.
    pub device: Option<TokenId>,
}

/// The same, as its user sees it (E5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// By which it is ended; it is no token.
    pub id: TokenId,
    /// A session, or a device.
    pub kind: SessionKind,
    /// Since when: the sign-in.
    pub since: OffsetDateTime,
    /// When it was last used: of a session to 15 seconds, of a remembered one
    /// to an hour; of a device its last sign-in.
    pub last_used_at: OffsetDateTime,
    /// When it ends at the latest.
    pub until: OffsetDateTime,
    /// From where it began, as the host worded it.
    pub source: Option<String>,
    /// Whether it is a session that is remembered, used or not.
    pub remembered: bool,
    /// The device that a session began at, while that is known.
    pub device: Option<TokenId>,
    /// Whether it is the session that asks, or the device that this began at.
    pub current: bool,
}

impl SessionRow {
    /// Those of these tokens that are live for their account, sessions first,
    /// the latest first.
    pub(crate) fn live<'a>(
        tokens: impl Iterator<Item = &'a record::Token>,
        account: &record::Account,
        now: OffsetDateTime,
    ) -> Vec<Self> {
        let mut rows: Vec<Self> =
            tokens.filter(|token| tokens::is_live(token, account, now)).filter_map(Self::of).collect();
        let devices: Vec<TokenId> =
            rows.iter().filter(|row| row.kind == SessionKind::Device).map(|row| row.id).collect();
        for row in &mut rows {
            row.device = row.device.filter(|device| devices.contains(device));
        }
        rows.sort_by_key(|row| (row.kind, core::cmp::Reverse((row.since, row.id))));
        rows
    }

    fn of(token: &record::Token) -> Option<Self> {
        let kind = match token.purpose {
            Purpose::Session => SessionKind::Session,
            Purpose::Device => SessionKind::Device,
            _ => return None,
        };
        Some(Self {
            id: token.id,
            kind,
            since: token.created_at,
            last_used_at: token.used_at,
            until: token.expires_at,
            source: token.source.clone(),
            remembered: kind == SessionKind::Session && token.idle_ms.is_none(),
            device: token.device,
        })
    }

    fn seen_from(self, current: &record::Token) -> OwnSession {
        let Self { id, kind, since, last_used_at, until, source, remembered, device } = self;
        let current = id == current.id || Some(id) == current.device;
        OwnSession { id, kind, since, last_used_at, until, source, remembered, device, current }
    }
}

impl Agency {
    /// Where the user of a session is signed in: their sessions, and the devices
    /// from which they signed in before (E5); the latest first, sessions before
    /// devices. What is over is not among them.
    ///
    /// # Errors
    ///
    /// `session.ended`.
    pub fn sessions(&self, session: &str) -> Result<Vec<OwnSession>> {
        run(&self.shared, self.id, &system(&Source::UNKNOWN), |act| {
            let (current, account) = tokens::live(act, session, Purpose::Session)?;
            let tokens: Vec<Tracked<record::Token>> = act.find(&signed_in(&account))?;
            let rows = SessionRow::live(tokens.iter().map(|token| &**token), &account, act.now);
            Ok(rows.into_iter().map(|row| row.seen_from(&current)).collect())
        })
    }

    /// Ends one of the user's own sessions, this one too, or lets go of a device
    /// and of the sessions that began at it (E5).
    ///
    /// # Errors
    ///
    /// `session.ended`; `session.not_found` where none of theirs has that
    /// identifier, whoever has it else, or it is over.
    pub fn end_session(&self, session: &str, id: TokenId, source: &Source) -> Result<()> {
        run(&self.shared, self.id, &system(source), |act| {
            let (_, mut account) = tokens::live(act, session, Purpose::Session)?;
            let mut theirs: Vec<Tracked<record::Token>> = act.find(&signed_in(&account))?;
            let missing = || Error::not_found(Code::SessionNotFound);
            let found = theirs.iter().find(|token| token.id == id && tokens::is_live(token, &account, act.now));
            let row = found.and_then(|token| SessionRow::of(token)).ok_or_else(missing)?;
            act.acting = act::user(&account, source);
            for token in &mut theirs {
                if token.id == id || token.device == Some(id) {
                    tokens::end(act, token);
                }
            }
            let mut details = params([("kind", row.kind.as_str().into())]);
            if let Some(from) = row.source {
                details.insert("source".to_owned(), from.into());
            }
            act.event(&mut account, EventKind::SessionEnded, details);
            Ok(())
        })
    }

    /// Ends all of the user's sessions but this one, and lets go of all devices
    /// but that which it began at (E5). What a sign-in elsewhere led to is begun
    /// again. Gives how many sessions and devices there were.
    ///
    /// # Errors
    ///
    /// `session.ended`.
    pub fn end_other_sessions(&self, session: &str, source: &Source) -> Result<u64> {
        run(&self.shared, self.id, &system(source), |act| {
            let (current, mut account) = tokens::live(act, session, Purpose::Session)?;
            let mut ended: u64 = 0;
            for mut token in act.find(&signed_in(&account))? {
                let is_this = token.id == current.id || Some(token.id) == current.device;
                if !is_this && tokens::is_live(&token, &account, act.now) {
                    tokens::end(act, &mut token);
                    ended += 1;
                }
            }
            for begun in [Purpose::ChangePassword, Purpose::SetQuestions] {
                tokens::end_all(act, account.id, begun)?;
            }
            if ended > 0 {
                act.acting = act::user(&account, source);
                act.event(&mut account, EventKind::SessionsEnded, params([("count", ended.into())]));
            }
            Ok(ended)
        })
    }
}

/// The sessions and devices of an account that nobody ended.
pub(crate) fn signed_in(account: &record::Account) -> Query<record::Token> {
    Query::all(account.agency)
        .is(record::Token::account, account.id)
        .among(record::Token::purpose, [Purpose::Session, Purpose::Device])
        .null(record::Token::ended_at, true)
}

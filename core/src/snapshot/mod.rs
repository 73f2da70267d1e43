//! Access snapshots: what one viewer may see, signed, for an app without a
//! network (rule V).
//!
//! The server takes a [`Snapshot`] of the [facts](Facts) about a viewer and
//! [signs](Snapshot::sign) it; the app [opens](Snapshot::open) it with the
//! agency's [public key](PublicKey) and asks it what it would ask the server.
//! Both decide with [`decide`](crate::visibility::decide) over the same facts,
//! so they agree, reasons included. The text is URL-safe base64: it travels in
//! JSON, in a header, in a file.
//!
//! ```
//! use carekey::relationship::{PartyFacts, Period, Tie};
//! use carekey::snapshot::{Facts, SigningKey, Snapshot};
//! use carekey::visibility::Viewer;
//! use carekey::{AccountId, Code, PartyId, PartyKind, Resource, TieKind};
//! use time::Duration;
//! use time::macros::datetime;
//! # use uuid::Uuid;
//!
//! // On the server: Tom is the emergency contact of Sue, who is a client.
//! let (account, sue) = (AccountId(Uuid::from_u128(9)), PartyId(Uuid::from_u128(1)));
//! let tom = PartyFacts { id: PartyId(Uuid::from_u128(2)), kind: PartyKind::Person, roles: [].into() };
//! let period = Period { begins_at: datetime!(2026-01-01 00:00 UTC), ends_at: None };
//! let tie = Tie { kind: TieKind::EmergencyContact, who: tom.id, of: sue, period };
//! let viewer = Viewer { active: true, parties: vec![tom], ties: vec![tie], ..Viewer::default() };
//! let facts = Facts { viewer, clients: [sue].into(), ..Facts::default() };
//! let key = SigningKey::from_bytes(&[7; 32]); // 32 random bytes of yours
//! let now = datetime!(2026-03-14 09:00 UTC);
//! let text = Snapshot::new("104", account, &facts, now, Duration::hours(24)).sign(&key)?;
//!
//! // In the app, without a network.
//! let later = datetime!(2026-03-14 20:00 UTC);
//! let snapshot = Snapshot::open(&text, &key.public_key(), "104", account, later)?;
//! assert!(snapshot.can_see(Resource::Calendar, sue, later)?.allowed);
//! let plan = snapshot.can_see(Resource::ServicePlan, sue, later)?;
//! assert_eq!(plan.because[0].code, Code::HiddenNever);
//!
//! let tomorrow = datetime!(2026-03-15 09:00 UTC);
//! let error = snapshot.can_see(Resource::Calendar, sue, tomorrow).expect_err("it has lapsed");
//! assert_eq!(error.code, Code::SnapshotLapsed);
//! # Ok::<(), carekey::Error>(())
//! ```
//!
//! # What it holds, and what it cannot do
//!
//! A snapshot names people by their identifiers alone, and only those whom a
//! tie or a grant names that counts while it lasts. With a grant for every
//! client it has the identifiers of all of them, since only then can it say
//! who is none. Of a party that it does not know it says what the server says
//! of a client without a tie. It is signed, not sealed: whoever has the text
//! can read it, so keep it where the app keeps its session.
//!
//! It opens nothing by itself: it is no session, and a server must not take it
//! for one. What is revoked stays visible offline until the snapshot lapses,
//! which is what [the lifetime](crate::policy::SnapshotPolicy) is for. And
//! offline the only clock is the device's: one that is set back makes a
//! snapshot last longer, though never to before it was issued.

mod body;
mod envelope;
mod facts;
mod key;

use std::sync::OnceLock;

use time::{Duration, OffsetDateTime};

use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::{AccountId, AgencyId};
use crate::relationship::Period;
use crate::visibility::{Decision, Order, Sight, Whose};
use crate::words::Resource;
use body::Body;

pub use facts::Facts;
pub use key::{PublicKey, SigningKey};

/// The version of snapshots that this release writes and reads. It stands for
/// the layout, the words, and the matrix: with any of them it changes, for an
/// app must not decide by another rulebook than its server.
pub const VERSION: u8 = 2;

/// How far the clock of an app may be behind that of the server.
const SLOW_CLOCK: Duration = Duration::minutes(5);

/// What one viewer may see, from when it was issued until it lapses.
#[derive(Debug, Clone)]
pub struct Snapshot {
    agency: AgencyId,
    account: AccountId,
    issued_at: OffsetDateTime,
    lapses_at: OffsetDateTime,
    facts: Facts,
    /// Made with the first decision.
    order: OnceLock<Order>,
}

/// The order follows from the facts.
impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        let parts = |it: &Self| (it.agency, it.account, it.issued_at, it.lapses_at);
        parts(self) == parts(other) && self.facts == other.facts
    }
}

impl Eq for Snapshot {}

impl Snapshot {
    /// A snapshot of the facts about an account, as of now. Facts that count
    /// at no moment of its lifetime are left out.
    pub fn new(agency_code: &str, account: AccountId, facts: &Facts, now: OffsetDateTime, lifetime: Duration) -> Self {
        let lapses_at = now.saturating_add(lifetime);
        let lasting = Period { begins_at: now, ends_at: Some(lapses_at) };
        let facts = facts.within(&lasting);
        Self::of(AgencyId::of_code(agency_code), account, now, lapses_at, facts)
    }

    fn of(
        agency: AgencyId,
        account: AccountId,
        issued_at: OffsetDateTime,
        lapses_at: OffsetDateTime,
        facts: Facts,
    ) -> Self {
        Self { agency, account, issued_at, lapses_at, facts, order: OnceLock::new() }
    }

    /// The facts in their order.
    fn order(&self) -> &Order {
        self.order.get_or_init(|| Order::of(&self.facts.viewer))
    }

    /// The snapshot as a text that the agency's public key verifies.
    ///
    /// # Errors
    ///
    /// `internal.fault`, where it had more than 4 GiB.
    pub fn sign(&self, key: &SigningKey) -> Result<String> {
        let internal = || Error::new(ErrorKind::Internal, Code::Internal);
        let body = Body::of(self).ok_or_else(internal)?;
        let body = postcard::to_allocvec(&body).map_err(|_| internal())?;
        envelope::seal(self.agency, &body, key)
    }

    /// Opens a snapshot of an agency for an account.
    ///
    /// # Errors
    ///
    /// All of the kind [`ErrorKind::Refused`]; the first of these that is so:
    ///
    /// * `snapshot.malformed`: it is none, or it was cut off;
    /// * `snapshot.newer`: a newer release wrote it;
    /// * `snapshot.older`: an older one did, which decided by another matrix;
    /// * `snapshot.other_agency`: it says that it is of another agency;
    /// * `snapshot.forged`: it was changed, or signed with another key;
    /// * `snapshot.other_viewer`: it is about another account;
    /// * `snapshot.not_yet`, `snapshot.lapsed`: see [`Snapshot::can_see`].
    pub fn open(
        text: &str,
        key: &PublicKey,
        agency_code: &str,
        account: AccountId,
        now: OffsetDateTime,
    ) -> Result<Self> {
        let malformed = || refused(Code::SnapshotMalformed);
        let agency = AgencyId::of_code(agency_code);
        let body = envelope::open(text, key, agency)?;
        let (body, rest) = postcard::take_from_bytes::<Body>(&body).map_err(|_| malformed())?;
        let snapshot = body.snapshot(agency).filter(|_| rest.is_empty()).ok_or_else(malformed)?;
        if snapshot.account != account {
            return Err(refused(Code::SnapshotOtherViewer));
        }
        snapshot.moment(now)?;
        Ok(snapshot)
    }

    /// Whether, how much and why the viewer sees a resource at that moment, as
    /// the server would say.
    ///
    /// # Errors
    ///
    /// `snapshot.lapsed` from [`lapses_at`](Self::lapses_at) on;
    /// `snapshot.not_yet` more than five minutes before
    /// [`issued_at`](Self::issued_at). Within these, a clock is taken to be
    /// slow, and the answer is that of the moment of issue.
    pub fn can_see(&self, resource: Resource, of: impl Into<Whose>, at: OffsetDateTime) -> Result<Decision> {
        Ok(self.facts.can_see_by(self.order(), resource, of.into(), self.moment(at)?))
    }

    /// Everything that the viewer sees at that moment, as
    /// [`Facts::what`] lists it.
    ///
    /// # Errors
    ///
    /// Those of [`Snapshot::can_see`].
    pub fn what(&self, at: OffsetDateTime) -> Result<Vec<Sight>> {
        Ok(self.facts.what_by(self.order(), self.moment(at)?))
    }

    /// Whom it is about.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// When it was issued.
    pub fn issued_at(&self) -> OffsetDateTime {
        self.issued_at
    }

    /// From when on it says nothing more; the moment itself is outside.
    pub fn lapses_at(&self) -> OffsetDateTime {
        self.lapses_at
    }

    /// The moment to decide for: within its lifetime.
    fn moment(&self, at: OffsetDateTime) -> Result<OffsetDateTime> {
        if at >= self.lapses_at {
            return Err(refused(Code::SnapshotLapsed));
        }
        if at < self.issued_at.saturating_sub(SLOW_CLOCK) {
            return Err(refused(Code::SnapshotNotYet));
        }
        Ok(at.max(self.issued_at))
    }
}

fn refused(code: Code) -> Error {
    Error::new(ErrorKind::Refused, code)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// What the agency signed, and is none of what it writes: a signature is
    /// no reason to read it with less care.
    #[test]
    fn what_is_signed_is_still_read_with_care() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (agency, account) = (AgencyId::of_code("104"), AccountId(Uuid::from_u128(9)));
        let now = OffsetDateTime::UNIX_EPOCH;
        let open = |body: &[u8]| {
            let text = envelope::seal(agency, body, &key).unwrap();
            Snapshot::open(&text, &key.public_key(), "104", account, now).map_err(|error| error.code)
        };
        let snapshot = Snapshot::new("104", account, &Facts::default(), now, Duration::hours(1));
        let body = postcard::to_allocvec(&Body::of(&snapshot).unwrap()).unwrap();
        assert_eq!(open(&body), Ok(snapshot));
        for length in 0..body.len() {
            assert_eq!(open(&body[..length]), Err(Code::SnapshotMalformed));
        }
        assert_eq!(open(&[body.as_slice(), &[0]].concat()), Err(Code::SnapshotMalformed));
        assert_eq!(open(&[0xff; 300]), Err(Code::SnapshotMalformed));
    }
}

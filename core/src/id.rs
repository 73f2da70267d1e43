//! Identifiers: 16 bytes, ordered by the time they were made (UUID v7), so
//! that inserts land at the end of every index.

use rand::CryptoRng;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

/// The identifiers of one act. Each comes behind those before it, though all are of
/// one moment (a counter, RFC 9562, 6.2): so that the rows of many people stand one
/// behind the other in every index of them, where each would else have a page of its
/// own.
#[cfg(feature = "engine")]
#[derive(Default)]
pub(crate) struct Ids {
    last: Option<u32>,
}

#[cfg(feature = "engine")]
impl Ids {
    /// How many of the bits are the counter's.
    const BITS: u32 = 26;

    /// The next one. The first begins anywhere in the lower half, so that two acts of
    /// one moment go apart.
    pub(crate) fn next(&mut self, now: OffsetDateTime, rng: &mut dyn CryptoRng) -> Uuid {
        let mut random = [0u8; 10];
        rng.fill_bytes(&mut random);
        let [one, two, three, four, rest @ ..] = random;
        let anywhere = u32::from_be_bytes([one, two, three, four]) >> (32 - Self::BITS + 1);
        let count = self.last.map_or(anywhere, |last| last.wrapping_add(1) & (u32::MAX >> (32 - Self::BITS)));
        self.last = Some(count);
        // Twelve bits stand before the variant, the others behind it.
        let [a, b] = u16::try_from(count >> 14).unwrap_or_default().to_be_bytes();
        let [c, d] = u16::try_from(count & 0x3fff).unwrap_or_default().to_be_bytes();
        let [e, f, g, h, i, j] = rest;
        v7(now, &[a, b, c, d, e, f, g, h, i, j])
    }
}

/// Makes a UUID v7 from a given moment and given randomness (RFC 9562).
fn v7(now: OffsetDateTime, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(crate::time_ms(now)).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

macro_rules! ids {
    ($( $(#[$meta:meta])* $name:ident ),+ $(,)?) => { $(
        $(#[$meta])*
        ///
        /// Sixteen bytes, shown and stored in JSON as a hyphenated UUID.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        // Not transparent: whoever reads one is told its name, and can say what is wrong.
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier for something that comes to be `now`.
            pub fn new(now: OffsetDateTime, rng: &mut dyn CryptoRng) -> Self {
                let mut random = [0u8; 10];
                rng.fill_bytes(&mut random);
                Self(v7(now, &random))
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::str::FromStr for $name {
            type Err = crate::error::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self).map_err(|_| crate::error::UnknownWord)
            }
        }
    )+ };
}

ids! {
    /// One tenant of a directory. Nothing is ever visible across two.
    AgencyId,
    /// A person or an organization that an agency knows.
    PartyId,
    /// A login of one person.
    AccountId,
    /// An e-mail address or a phone number of an account.
    ContactId,
    /// A link of an account to a party or an application.
    LinkId,
    /// A tie between two parties.
    TieId,
    /// A child-care application.
    ApplicationId,
    /// An invitation: a link and a code.
    InvitationId,
    /// A session or a live step towards one.
    TokenId,
    /// A message in the outbox.
    MessageId,
    /// One line of a history.
    EventId,
    /// A grant of one resource to a member of the office staff.
    GrantId,
    /// A record without a public face (a used name, an old password, an answer).
    RecordId,
}

impl AgencyId {
    /// The identifier of the agency that the directory knows by this code.
    ///
    /// It is derived from the code, so that no index over all agencies is
    /// needed to find one and its rows can live on a shard of their own.
    pub fn of_code(code: &str) -> Self {
        Self(RecordId::derived("agency", code.as_bytes()).0)
    }
}

impl AccountId {
    /// Nobody: looked up where there is none, so that an unknown name
    /// costs what a known one does (E6).
    #[cfg(feature = "engine")]
    pub(crate) const NOBODY: Self = Self(Uuid::nil());
}

impl EventId {
    /// The identifier of a line of a history: a function of its moment and its
    /// mac, so that the chain vouches for it too (H).
    #[cfg(feature = "engine")]
    pub(crate) fn of_line(at: OffsetDateTime, mac: &[u8]) -> Self {
        Self(v7(at, mac.first_chunk().unwrap_or(&[0; 10])))
    }

    /// The moment of the line that it is the identifier of.
    #[cfg(feature = "engine")]
    pub(crate) fn at(self) -> Option<OffsetDateTime> {
        made_at(self.0)
    }
}

/// When an identifier was made.
#[cfg(feature = "engine")]
pub(crate) fn made_at(id: Uuid) -> Option<OffsetDateTime> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let millis = i64::try_from(seconds).ok()?.checked_mul(1000)?.checked_add(i64::from(nanos / 1_000_000))?;
    crate::time_from_ms(millis)
}

impl RecordId {
    /// An identifier that is a function of what it identifies.
    pub(crate) fn derived(domain: &str, of: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update((domain.len() as u64).to_be_bytes());
        hash.update(domain.as_bytes());
        hash.update(of);
        let digest = hash.finalize();
        let mut bytes = [0u8; 16];
        for (to, from) in bytes.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(all(test, feature = "engine"))]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use time::Duration;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn those_of_one_act_come_one_behind_the_other_and_of_two_apart() {
        let now = datetime!(2026-03-14 09:00:00.123 UTC);
        let mut rng = StdRng::seed_from_u64(1);
        let mut many = |ids: &mut Ids| (0..20_000).map(|_| ids.next(now, &mut rng)).collect::<Vec<Uuid>>();
        let (one, other) = (many(&mut Ids::default()), many(&mut Ids::default()));
        for ids in [&one, &other] {
            assert!(ids.is_sorted_by(|before, after| before < after));
            assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
            assert!(ids.iter().all(|id| made_at(*id) == Some(now)));
        }
        assert!(!one.iter().any(|id| other.contains(id)));
        let later = Ids::default().next(now + Duration::milliseconds(1), &mut rng);
        assert!(one.iter().chain(&other).all(|id| *id < later));
        // At its end the counter begins anew, and what is random still tells them apart.
        let mut full = Ids { last: Some(u32::MAX >> (32 - Ids::BITS)) };
        assert!(full.next(now, &mut rng) < one[0]);
        assert_eq!(full.last, Some(0));
    }
}

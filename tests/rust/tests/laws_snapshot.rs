//! Laws of access snapshots (V): what the server would say, and only whole,
//! from the agency, about that account, in its time.

mod viewers;

use std::collections::BTreeSet;

use carekey::policy::VisibilityPolicy;
use carekey::snapshot::{Facts, SigningKey, Snapshot};
use carekey::visibility::{Of, Viewer, Whose, decide};
use carekey::{AccountId, Code, ErrorKind, PartyId, Resource, Role};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use viewers::{application, now, party, policies, viewers};

const AGENCY: &str = "104";
const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1000));
const LIFETIME: Duration = Duration::seconds(3);

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn issued_at() -> OffsetDateTime {
    now() - Duration::seconds(1)
}

/// What the server knows: of everyone, whether they are a client.
#[derive(Debug, Clone)]
struct World {
    viewer: Viewer,
    policy: VisibilityPolicy,
    clients: BTreeSet<PartyId>,
}

fn worlds() -> impl Strategy<Value = World> {
    let others = subsequence((0..8).collect::<Vec<u128>>(), 0..=8);
    (viewers(), policies(), others).prop_map(|(viewer, policy, others)| {
        let own = |id: PartyId| viewer.parties.iter().find(|facts| facts.id == id);
        let is_client = |id| own(id).is_some_and(|facts| facts.roles.contains(&Role::Client));
        let clients = (0..3).map(party).filter(|id| is_client(*id));
        let clients = clients.chain(others.into_iter().map(party).filter(|id| own(*id).is_none())).collect();
        World { viewer, policy, clients }
    })
}

impl World {
    /// What the server tells of it: of whom the viewer knows, as a rule.
    fn facts(&self) -> Facts {
        let (viewer, policy) = (self.viewer.clone(), self.policy.clone());
        let mut facts = Facts { viewer, policy, clients: self.clients.clone() };
        if !facts.of_every_client() {
            facts.clients.retain(|id| self.names(*id));
        }
        facts
    }

    fn names(&self, id: PartyId) -> bool {
        self.viewer.ties.iter().any(|tie| tie.of == id) || self.viewer.grants.iter().any(|grant| grant.of == Some(id.0))
    }

    /// Whether the snapshot cannot but know whether that one is a client.
    fn tells(&self, id: PartyId, at: OffsetDateTime) -> bool {
        let own = |id| self.viewer.parties.iter().any(|facts| facts.id == id);
        let staff =
            |id| self.viewer.parties.iter().any(|facts| facts.id == id && facts.roles.contains(&Role::OfficeStaff));
        let of_all = |resource| resource != Resource::Application;
        own(id)
            || self.viewer.ties.iter().any(|tie| tie.of == id && own(tie.who) && tie.period.in_force(at))
            || self.viewer.grants.iter().any(|grant| {
                staff(grant.to) && grant.period.in_force(at) && grant.of.map_or(of_all(grant.resource), |of| of == id.0)
            })
    }

    fn of(&self, whose: Whose) -> Of {
        match whose {
            Whose::Own => Of::Own,
            Whose::Party(id) => Of::Party { id, client: self.clients.contains(&id) },
            Whose::Application(id) => Of::Application(id),
        }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::new(AGENCY, ACCOUNT, &self.facts(), issued_at(), LIFETIME)
    }

    fn signed(&self) -> String {
        self.snapshot().sign(&key()).expect("a snapshot")
    }
}

fn open(text: &str) -> Result<Snapshot, Code> {
    let opened = Snapshot::open(text, &key().public_key(), AGENCY, ACCOUNT, now());
    opened.map_err(|error| {
        assert_eq!((error.kind, error.findings.len()), (ErrorKind::Refused, 0));
        error.code
    })
}

/// Everyone and everything that can be asked about, strangers too.
fn everyone() -> impl Iterator<Item = Whose> {
    let parties = (0..9).map(|n| Whose::Party(party(n)));
    core::iter::once(Whose::Own).chain(parties).chain((0..4).map(|n| Whose::Application(application(n))))
}

/// Half seconds from the moment of issue to the last before it lapses.
fn moments() -> impl Iterator<Item = OffsetDateTime> {
    (0..6).map(|n| issued_at() + Duration::milliseconds(500) * n).chain([issued_at() + LIFETIME - Duration::NANOSECOND])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn it_says_what_the_server_says(world in worlds()) {
        let snapshot = open(&world.signed()).expect("it opens");
        for at in moments() {
            for whose in everyone() {
                for resource in Resource::ALL {
                    let server = decide(&world.viewer, *resource, world.of(whose), &world.policy, at);
                    let offline = snapshot.can_see(*resource, whose, at).expect("within its life");
                    prop_assert_eq!(offline.scope, server.scope, "{} {:?} at {}", resource, whose, at);
                    match whose {
                        // Of strangers it keeps to itself who is no client.
                        Whose::Party(id) if !world.clients.contains(&id) && !world.tells(id, at) => {
                            let client = Of::Party { id, client: true };
                            let as_client = decide(&world.viewer, *resource, client, &world.policy, at);
                            prop_assert!(offline == server || offline == as_client);
                        }
                        _ => prop_assert_eq!(offline, server, "{} {:?} at {}", resource, whose, at),
                    }
                }
            }
        }
    }

    #[test]
    fn it_lists_what_the_server_lists(world in worlds()) {
        let snapshot = open(&world.signed()).expect("it opens");
        for at in moments() {
            let listed = snapshot.what(at).expect("within its life");
            prop_assert_eq!(&listed, &world.facts().what(at));
            for sight in listed {
                let asked = snapshot.can_see(sight.resource, sight.of, at).expect("within its life");
                prop_assert!(asked.allowed && asked == sight.decision);
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn opened_it_is_the_one_that_was_signed(world in worlds()) {
        prop_assert_eq!(open(&world.signed()), Ok(world.snapshot()));
    }

    /// What counts at no moment of its life is not sent: who was a client once
    /// is nobody's business.
    #[test]
    fn it_names_nobody_in_vain(world in worlds()) {
        let held = format!("{:?}", open(&world.signed()).expect("it opens"));
        for id in (0..8).map(party).filter(|id| held.contains(&id.to_string())) {
            prop_assert!(world.viewer.active && moments().any(|at| world.tells(id, at)), "{}", id);
        }
    }

    #[test]
    fn with_any_bit_changed_it_is_refused(world in worlds(), at in any::<Index>(), bit in 0u32..8) {
        let mut bytes = BASE64URL_NOPAD.decode(world.signed().as_bytes()).expect("base64");
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        let refused = open(&BASE64URL_NOPAD.encode(&bytes)).expect_err("refused");
        let expected: &[Code] = match at {
            0 => &[Code::SnapshotMalformed, Code::SnapshotNewer],
            1..17 => &[Code::SnapshotOtherAgency],
            17..21 => &[Code::SnapshotMalformed],
            _ => &[Code::SnapshotForged],
        };
        prop_assert!(expected.contains(&refused), "{} at {}", refused, at);
    }

    #[test]
    fn with_any_character_changed_it_is_refused(world in worlds(), at in any::<Index>(), other in "[A-Za-z0-9_=+/ .-]") {
        let text = world.signed();
        let at = at.index(text.len());
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        prop_assume!(changed != text);
        prop_assert!(open(&changed).is_err());
    }

    #[test]
    fn cut_off_or_with_more_behind_it_is_not_whole(world in worlds(), more in "[A-Za-z0-9_-]{1,9}") {
        let text = world.signed();
        for length in 0..text.len() {
            prop_assert_eq!(open(&text[..length]), Err(Code::SnapshotMalformed), "cut at {}", length);
        }
        prop_assert_eq!(open(&(text + &more)), Err(Code::SnapshotMalformed));
    }

    #[test]
    fn anything_else_is_refused(text in ".{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(open(&text).is_err());
        prop_assert!(open(&BASE64URL_NOPAD.encode(&bytes)).is_err());
    }

    #[test]
    fn it_is_refused_to_others(world in worlds()) {
        let (text, public) = (world.signed(), key().public_key());
        let code = |opened: carekey::Result<Snapshot>| opened.expect_err("refused").code;
        prop_assert_eq!(code(Snapshot::open(&text, &public, "105", ACCOUNT, now())), Code::SnapshotOtherAgency);
        let other = AccountId(Uuid::from_u128(1001));
        prop_assert_eq!(code(Snapshot::open(&text, &public, AGENCY, other, now())), Code::SnapshotOtherViewer);
        let forged = world.snapshot().sign(&SigningKey::from_bytes(&[8; 32])).expect("a snapshot");
        prop_assert_eq!(open(&forged), Err(Code::SnapshotForged));
    }

    #[test]
    fn it_answers_in_its_time_alone(world in worlds()) {
        let (text, public) = (world.signed(), key().public_key());
        let snapshot = open(&text).expect("it opens");
        let slow = issued_at() - Duration::minutes(5);
        let lapses_at = issued_at() + LIFETIME;
        for (at, refused) in [
            (slow - Duration::NANOSECOND, Some(Code::SnapshotNotYet)),
            (slow, None),
            (issued_at(), None),
            (lapses_at - Duration::NANOSECOND, None),
            (lapses_at, Some(Code::SnapshotLapsed)),
            (lapses_at + Duration::days(365), Some(Code::SnapshotLapsed)),
        ] {
            let opened = Snapshot::open(&text, &public, AGENCY, ACCOUNT, at);
            prop_assert_eq!(opened.err().map(|error| error.code), refused);
            let asked = snapshot.can_see(Resource::Dashboard, Whose::Own, at);
            prop_assert_eq!(asked.err().map(|error| error.code), refused);
            prop_assert_eq!(snapshot.what(at).err().map(|error| error.code), refused);
        }
        // A clock that is slow is taken for the moment of issue.
        for whose in everyone() {
            for resource in Resource::ALL {
                let early = snapshot.can_see(*resource, whose, slow).expect("a slow clock");
                prop_assert_eq!(early, snapshot.can_see(*resource, whose, issued_at()).expect("in time"));
            }
        }
    }
}

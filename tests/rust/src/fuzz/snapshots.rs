//! Access snapshots and their keys (V).

use carekey::snapshot::{Facts, PublicKey, SigningKey, Snapshot};
use carekey::visibility::Whose;
use carekey::{AccountId, ErrorKind, Resource};
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use super::{consistent, text};

/// The bytes are a snapshot, a public key, or the facts for one in JSON.
pub fn snapshot(data: &[u8]) {
    let text = text(data);
    let (account, now) = (AccountId(Uuid::from_u128(9)), datetime!(2026-03-14 09:00 UTC));
    let signing = SigningKey::from_bytes(&[7; 32]);
    let open = |text: &str| Snapshot::open(text, &signing.public_key(), "104", account, now);

    let key = PublicKey::parse(&text);
    consistent(&key);
    if let Some(key) = key.value {
        assert_eq!(key.to_string(), text);
    }

    match open(&text) {
        // It is to the letter what was signed.
        Ok(snapshot) => assert_eq!(snapshot.sign(&signing).expect("signed"), text),
        Err(error) => {
            assert!(error.kind == ErrorKind::Refused && error.code.as_str().starts_with("snapshot."), "{error}");
        }
    }

    let Ok(facts) = serde_json::from_str::<Facts>(&text) else { return };
    let signed = Snapshot::new("104", account, &facts, now, Duration::hours(24)).sign(&signing).expect("signed");
    let opened = open(&signed).expect("opened");
    assert_eq!(opened.sign(&signing).expect("signed again"), signed);
    for sight in opened.what(now).expect("in its time") {
        assert_eq!(opened.can_see(sight.resource, sight.of, now), Ok(sight.decision));
    }
    for resource in Resource::ALL {
        let decision = facts.can_see(*resource, Whose::Own, now);
        assert_eq!(opened.can_see(*resource, Whose::Own, now), Ok(decision));
    }
}

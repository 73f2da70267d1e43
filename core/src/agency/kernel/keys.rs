//! What is derived from the host's one key.
//!
//! HKDF-SHA-256 (RFC 5869) gives each use of each agency a key of its own.
//! Without the host's key, a copy of the data gives away no code, link,
//! session or generated password, and no history can be forged.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;
use crate::secret::Secret;
use crate::snapshot::SigningKey;

/// How many bytes the host's key has.
const KEY_LENGTH: usize = 32;
/// How many bytes a sealed value begins with: its nonce.
const NONCE_LENGTH: usize = 24;

/// The host's key.
pub(crate) struct MasterKey(Zeroizing<[u8; KEY_LENGTH]>);

impl MasterKey {
    pub(crate) fn new(bytes: &[u8]) -> Result<Self> {
        let key = bytes.try_into().map_err(|_| {
            Error::new(ErrorKind::Configuration, Code::KeyLength)
                .with("expected", KEY_LENGTH)
                .with("found", bytes.len())
        })?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// HKDF-SHA-256 without a salt. 32 bytes are the first block that it
    /// expands to (RFC 5869, 2.3): a keyed hash, which cannot fail.
    fn derive(&self, agency: AgencyId, purpose: &str) -> Zeroizing<[u8; 32]> {
        let (extracted, _) = Hkdf::<Sha256>::extract(None, self.0.as_slice());
        let extracted = Zeroizing::new(<[u8; 32]>::from(extracted));
        let mut block = keyed(&extracted);
        block.update(&[b"carekey/1/", purpose.as_bytes(), b"/", agency.0.as_bytes(), &[1]].concat());
        Zeroizing::new(block.finalize().into_bytes().into())
    }

    /// What tells, in a store, that it was made with this key.
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        self.derive(AgencyId(uuid::Uuid::nil()), "fingerprint").to_vec()
    }

    /// What the agency signs its snapshots with.
    pub(crate) fn snapshot(&self, agency: AgencyId) -> SigningKey {
        SigningKey::from_bytes(&self.derive(agency, "snapshot"))
    }

    pub(crate) fn agency(&self, agency: AgencyId) -> AgencyKeys {
        AgencyKeys {
            pepper: self.derive(agency, "pepper"),
            digest: self.derive(agency, "digest"),
            outbox: self.derive(agency, "outbox"),
            imported: self.derive(agency, "imported"),
            recovery: self.derive(agency, "recovery"),
            written: self.derive(agency, "written"),
            history: self.derive(agency, "history"),
        }
    }
}

/// The keys of one agency.
pub(crate) struct AgencyKeys {
    pub(crate) pepper: Zeroizing<[u8; 32]>,
    digest: Zeroizing<[u8; 32]>,
    outbox: Zeroizing<[u8; 32]>,
    imported: Zeroizing<[u8; 32]>,
    recovery: Zeroizing<[u8; 32]>,
    written: Zeroizing<[u8; 32]>,
    pub(crate) history: Zeroizing<[u8; 32]>,
}

/// What is sealed, each with a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sealing {
    /// The secrets of a message that waits (N).
    Outbox,
    /// A password hash from another system (P7).
    Imported,
    /// A recovery that was begun, in the hands of whoever began it (E6).
    Recovery,
}

/// HMAC-SHA-256 with a key of 32 bytes: shorter than a block, it is padded
/// with zeros (RFC 2104), so that nothing can fail.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    Hmac::<Sha256>::new((&*block).into())
}

impl AgencyKeys {
    /// The keyed digest of something random: what is stored of a code, a
    /// link, a session. `domain` keeps equal texts of different uses apart.
    pub(crate) fn digest(&self, domain: &str, parts: &[&str]) -> [u8; 32] {
        let mut mac = keyed(&self.digest);
        for part in core::iter::once(&domain).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// What a link or a code that is sent is made of: the same for the same row
    /// whenever it is asked for, so that a reminder can say it again though
    /// nothing but its digest is stored (I10). The key is no other use's; `what`
    /// keeps those of one row apart.
    pub(crate) fn written(&self, what: &str, id: uuid::Uuid) -> Zeroizing<[u8; 32]> {
        let mut mac = keyed(&self.written);
        mac.update(what.as_bytes());
        mac.update(id.as_bytes());
        Zeroizing::new(mac.finalize().into_bytes().into())
    }

    fn cipher(&self, what: Sealing) -> XChaCha20Poly1305 {
        let key = match what {
            Sealing::Outbox => &self.outbox,
            Sealing::Imported => &self.imported,
            Sealing::Recovery => &self.recovery,
        };
        XChaCha20Poly1305::new(&Key::from(**key))
    }

    /// Seals a text for whoever has the key, bound to `context` (XChaCha20-Poly1305).
    pub(crate) fn seal(&self, what: Sealing, context: &[u8], text: &str, rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        let mut nonce = [0u8; NONCE_LENGTH];
        rng.fill_bytes(&mut nonce);
        let sealed = self
            .cipher(what)
            .encrypt(&XNonce::from(nonce), Payload { msg: text.as_bytes(), aad: context })
            .map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`AgencyKeys::seal`] made for the same context.
    pub(crate) fn unseal(&self, what: Sealing, context: &[u8], sealed: &[u8]) -> Result<Secret> {
        let damaged = || Error::new(ErrorKind::Store, Code::StoreDamaged);
        let (nonce, body) = sealed.split_at_checked(NONCE_LENGTH).ok_or_else(damaged)?;
        let nonce: [u8; NONCE_LENGTH] = nonce.try_into().map_err(|_| damaged())?;
        let text = self
            .cipher(what)
            .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: context })
            .map_err(|_| damaged())?;
        String::from_utf8(text).map(Secret::from).map_err(|_| damaged())
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn what_is_sealed_opens_only_whole_in_its_place_and_with_its_key() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        let agency = AgencyId::of_code("104");
        let keys = MasterKey::new(&[7; 32]).unwrap().agency(agency);
        let sealed = keys.seal(Sealing::Outbox, b"message 1", "code ABC", &mut rng).unwrap();
        assert_eq!(keys.unseal(Sealing::Outbox, b"message 1", &sealed).unwrap().reveal(), "code ABC");
        assert!(keys.unseal(Sealing::Outbox, b"message 2", &sealed).is_err());
        assert!(keys.unseal(Sealing::Imported, b"message 1", &sealed).is_err());
        assert!(
            MasterKey::new(&[8; 32]).unwrap().agency(agency).unseal(Sealing::Outbox, b"message 1", &sealed).is_err()
        );
        for cut in 0..sealed.len() {
            assert!(keys.unseal(Sealing::Outbox, b"message 1", &sealed[..cut]).is_err());
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.unseal(Sealing::Outbox, b"message 1", &changed).is_err());
        }
    }

    #[test]
    fn each_agency_and_each_use_has_a_key_of_its_own() {
        let key = MasterKey::new(&[7; 32]).unwrap();
        let one = key.agency(AgencyId::of_code("104"));
        let other = key.agency(AgencyId::of_code("105"));
        assert_ne!(one.digest("session", &["x"]), other.digest("session", &["x"]));
        assert_ne!(one.digest("session", &["x"]), one.digest("link", &["x"]));
        assert_ne!(one.digest("a", &["bc"]), one.digest("ab", &["c"]));
        assert_ne!(one.pepper, one.history);
        let id = uuid::Uuid::from_u128(7);
        assert_eq!(one.written("link", id), key.agency(AgencyId::of_code("104")).written("link", id));
        assert_ne!(one.written("link", id), other.written("link", id));
        assert_ne!(one.written("link", id), one.written("code", id));
        assert_ne!(one.written("link", id), one.written("link", uuid::Uuid::from_u128(8)));
        let public = |code| key.snapshot(AgencyId::of_code(code)).public_key();
        assert_eq!(public("104"), public("104"));
        assert_ne!(public("104"), public("105"));
        assert_ne!(public("104"), SigningKey::from_bytes(&one.history).public_key());
    }
}

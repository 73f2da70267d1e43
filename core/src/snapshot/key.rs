//! The agency's pair of keys: one signs snapshots, the other verifies them.

use core::fmt;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{SECRET_KEY_LENGTH, SIGNATURE_LENGTH, Signature, Signer, VerifyingKey};

use crate::finding::{Checked, Code, Finding};

/// What the text of a public key begins with: the kind of key and its version.
const PREFIX: &str = "ck1";

/// What an agency signs its snapshots with (Ed25519, RFC 8032). It stays on
/// the server.
///
/// It prints as `•••`, and its memory is wiped when it is dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key that belongs to 32 secret, random bytes.
    pub fn from_bytes(bytes: &[u8; SECRET_KEY_LENGTH]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(bytes))
    }

    /// The key that apps verify with.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, signed: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        self.0.sign(signed).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(•••)")
    }
}

/// What an app verifies an agency's snapshots with. No secret: build it in, or
/// fetch it once from a place that the app trusts.
///
/// ```
/// use carekey::Code;
/// use carekey::snapshot::{PublicKey, SigningKey};
///
/// let key = SigningKey::from_bytes(&[7; 32]).public_key();
/// assert_eq!(PublicKey::parse(&key.to_string()).value, Some(key));
/// assert_eq!(PublicKey::parse("ck1").findings[0].code, Code::SnapshotKey);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a key: `ck1` and 43 characters of URL-safe base64.
    ///
    /// Otherwise, and where no signature of such a key proves anything, there
    /// is one finding, `snapshot.key` on the field `key`.
    pub fn parse(text: &str) -> Checked<Self> {
        let bytes = text.strip_prefix(PREFIX).and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok());
        match key.filter(|key| !key.is_weak()) {
            Some(key) => Checked::pass(Self(key)),
            None => Checked::fail(Finding::new(Code::SnapshotKey, "key")),
        }
    }

    pub(super) fn verifies(&self, signed: &[u8], signature: &[u8; SIGNATURE_LENGTH]) -> bool {
        self.0.verify_strict(signed, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", BASE64URL_NOPAD.encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

//! The outside of a snapshot: version, agency, length, and the signature over
//! all of it.
//!
//! | bytes | |
//! |---|---|
//! | 1 | version |
//! | 16 | identifier of the agency |
//! | 4 | length of the body, big-endian |
//! | … | body |
//! | 64 | Ed25519 signature over [`CONTEXT`] and all of the above |
//!
//! The length tells a snapshot that was cut off from one that was forged. The
//! agency stands outside of the body, so that one of another agency, whose
//! signature cannot be verified here, is still named as what it is.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SIGNATURE_LENGTH;
use uuid::Uuid;

use super::key::{PublicKey, SigningKey};
use super::{VERSION, refused};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::Code;
use crate::id::AgencyId;

/// What is signed begins with this: a signature by the same key for another
/// use, or another version, proves nothing here.
const CONTEXT: &[u8] = b"carekey/snapshot/2\0";

/// Signs a body, and writes it all as one text.
pub(super) fn seal(agency: AgencyId, body: &[u8], key: &SigningKey) -> Result<String> {
    let length = u32::try_from(body.len()).map_err(|_| Error::new(ErrorKind::Internal, Code::Internal))?;
    let mut bytes = [&[VERSION], agency.0.as_bytes().as_slice(), &length.to_be_bytes(), body].concat();
    bytes.extend(key.sign(&[CONTEXT, &bytes].concat()));
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// The body, once everything around it is as it must be. Nothing of the body
/// is looked at before the signature is verified.
pub(super) fn open(text: &str, key: &PublicKey, agency: AgencyId) -> Result<Vec<u8>> {
    let malformed = || refused(Code::SnapshotMalformed);
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| malformed())?;
    let (version, rest) = bytes.split_first().ok_or_else(malformed)?;
    let other = match *version {
        0 => return Err(malformed()),
        version if version > VERSION => Some(Code::SnapshotNewer),
        version if version < VERSION => Some(Code::SnapshotOlder),
        _ => None,
    };
    if let Some(code) = other {
        return Err(refused(code).with("found", i64::from(*version)).with("known", i64::from(VERSION)));
    }
    let (issuer, rest) = rest.split_first_chunk().ok_or_else(malformed)?;
    let (length, rest) = rest.split_first_chunk().ok_or_else(malformed)?;
    let (body, signature) = rest.split_last_chunk::<SIGNATURE_LENGTH>().ok_or_else(malformed)?;
    if u32::try_from(body.len()) != Ok(u32::from_be_bytes(*length)) {
        return Err(malformed());
    }
    if Uuid::from_bytes(*issuer) != agency.0 {
        return Err(refused(Code::SnapshotOtherAgency));
    }
    let signed = bytes.split_last_chunk::<SIGNATURE_LENGTH>().map_or(&[][..], |(signed, _)| signed);
    if !key.verifies(&[CONTEXT, signed].concat(), signature) {
        return Err(refused(Code::SnapshotForged));
    }
    Ok(body.to_vec())
}

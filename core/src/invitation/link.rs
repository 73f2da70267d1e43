//! The secret part of a link (I3), of invitations and of activations.

use data_encoding::BASE32_NOPAD_NOCASE;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::finding::{Checked, Code, Finding};
use crate::secret::Secret;

/// 160 bits. The rule asks for 128; twenty bytes are the next number that
/// base 32 writes without a remainder.
const BYTES: usize = 20;

/// How many characters the text has.
const LENGTH: usize = 32;

/// The secret part of a link (I3): 160 random bits as 32 small letters and
/// digits (base 32 of RFC 4648).
///
/// Base 32 rather than base64url, for ten characters more: no hyphen and no
/// underscore at the end that a mail client leaves out of the link, and small
/// and capital letters mean the same.
///
/// It prints as `•••`; [`LinkToken::canonical`] reveals it.
///
/// ```
/// use carekey::invitation::LinkToken;
///
/// let tapped = "<https://portal.example.com/invitation#mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt>.";
/// let token = LinkToken::parse(tapped).value.expect("a link as a mail client copies it");
/// assert_eq!(token.canonical(), "mzxw6ytboi2gs3lfnz2xe5dfojpwq2lt");
/// assert_eq!(format!("{token:?}"), "LinkToken(•••)");
/// ```
#[derive(Debug, Clone)]
pub struct LinkToken(Secret);

impl LinkToken {
    /// A new token.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0u8; BYTES]);
        rng.fill_bytes(bytes.as_mut_slice());
        Self::from_bytes(bytes.as_slice())
    }

    /// The token that a derived key stands for: its first 160 bits.
    #[cfg(feature = "engine")]
    pub(crate) fn of(derived: &[u8; 32]) -> Self {
        Self::from_bytes(derived.get(..BYTES).unwrap_or(derived))
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let mut text = BASE32_NOPAD_NOCASE.encode(bytes);
        text.make_ascii_lowercase();
        Self(Secret::from(text))
    }

    /// Reads a token, alone or within a link.
    ///
    /// It is the last run of exactly 32 letters and digits that is one, so it
    /// is found behind a `#`, as a parameter or as a part of the path, in
    /// angle brackets, and with the full stop of a sentence behind it.
    ///
    /// Where there is none (a part was not copied), the finding is
    /// `link.malformed` about the field `link`.
    pub fn parse(text: &str) -> Checked<Self> {
        let token = text
            .rsplit(|c: char| !c.is_ascii_alphanumeric())
            .filter(|run| run.len() == LENGTH)
            .find(|run| BASE32_NOPAD_NOCASE.decode(run.as_bytes()).map(Zeroizing::new).is_ok());
        match token {
            Some(token) => Checked::pass(Self(Secret::from(token.to_ascii_lowercase()))),
            None => Checked::fail(Finding::new(Code::LinkMalformed, "link")),
        }
    }

    /// The one form that is compared and digested: 32 small letters and
    /// digits. This reveals the token.
    pub fn canonical(&self) -> &str {
        self.0.reveal()
    }
}

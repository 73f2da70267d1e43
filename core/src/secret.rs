//! Values that must never be printed: passwords, codes, links, tokens.

use zeroize::Zeroizing;

/// A password, a code, a link or a token.
///
/// It prints as `•••`, has no serialization, and its memory is wiped when it
/// is dropped. [`Secret::reveal`] is the one way to read it.
///
/// ```
/// let secret = carekey::Secret::from("Spring!2026");
/// assert_eq!(format!("{secret:?} {secret}"), "••• •••");
/// assert_eq!(secret.reveal(), "Spring!2026");
/// ```
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The value itself. Use it for what it is for, and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(Zeroizing::new(value))
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(Zeroizing::new(value.to_owned()))
    }
}

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("•••")
    }
}

impl core::fmt::Display for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("•••")
    }
}

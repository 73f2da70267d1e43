//! The languages in which texts are said: those that ship, and those that a
//! host loads.

use core::fmt;
use core::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::UnknownWord;

/// A set of words to which a server can add.
macro_rules! open_text_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$vmeta])* $variant, )+
            /// One that the host loaded (`Locale::load`).
            #[cfg(feature = "engine")]
            Further(Further),
        }

        impl $name {
            /// Those that ship, in the order they are declared.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),+];

            pub(crate) const WORDS: &'static [&'static str] = &[$( $text ),+];

            /// The stable word, the same in JSON, columns and bindings: of a
            /// language its tag.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( $name::$variant => $text, )+
                    #[cfg(feature = "engine")]
                    $name::Further(Further(tag)) => tag,
                }
            }
        }
    };
}

open_text_enum! {
    /// The languages in which texts are said.
    ///
    /// Two ship; a server can load further ones (`Locale::load`), which are then
    /// in every place where these are.
    #[derive(Default)]
    pub enum Locale {
        /// English.
        #[default]
        English = "en",
        /// Spanish.
        Spanish = "es",
    }
}

/// A language that ships no texts, by its tag. Only [`Locale::load`] and what
/// is stored make one.
#[cfg(feature = "engine")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Further(pub(crate) &'static str);

impl Locale {
    /// All that have texts: those that ship, and those that the host loaded.
    pub fn known() -> Vec<Self> {
        crate::texts::locales().collect()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Locale {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        crate::texts::locales().find(|locale| locale.as_str() == text).ok_or(UnknownWord)
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        word.parse().map_err(|UnknownWord| D::Error::unknown_variant(&word, crate::texts::tags()))
    }
}

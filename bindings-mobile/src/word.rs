//! How a set of the rulebook's words becomes an enum of UniFFI's: those of the
//! core can have no methods there. The compiler keeps both the same.

macro_rules! words {
    ($(
        $(#[$meta:meta])*
        $name:ident = $core:ty $(, or $other:ident)? $(, in $set:ident)? {
            $( $(#[$variant_meta:meta])* $variant:ident ),+ $(,)?
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant ),+
        }

        impl From<$core> for $name {
            fn from(word: $core) -> Self {
                match word { $( <$core>::$variant => Self::$variant, )+ $( _ => Self::$other )? }
            }
        }

        impl From<$name> for $core {
            fn from(word: $name) -> Self {
                match word { $( $name::$variant => Self::$variant ),+ }
            }
        }

        #[uniffi::export]
        impl $name {
            /// The stable word, the same in JSON, in columns and in every language.
            pub fn word(&self) -> String {
                <$core>::from(*self).as_str().to_owned()
            }
        }

        $(
            #[uniffi::export]
            impl $name {
                /// How people of that language call it, as a page shows it.
                pub fn label(&self, language: crate::words::Language) -> String {
                    let word = <$core>::from(*self).as_str();
                    let label = carekey::message::label(carekey::message::WordSet::$set, word, language.into());
                    label.unwrap_or_else(|_| word.to_owned())
                }
            }
        )?
    )+ };
}

pub(crate) use words;

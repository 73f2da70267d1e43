//! Swift and Kotlin: the words, as enums that UniFFI can give methods.

use crate::Result;
use crate::docs::wrapped;
use crate::source::Source;
use crate::table::Paths;

const HEADER: &str = "//! Written by core/surface from the core: change it there, not here.\n//!\n";

const WORDS: &str = r#"//! The rulebook's words, as enums of their own: those of the core can have no
//! UniFFI methods. The compiler keeps both the same.

macro_rules! words {
    ($(
        $(#[$meta:meta])*
        $name:ident = $core:ty {
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
                match word { $( <$core>::$variant => Self::$variant ),+ }
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
    )+ };
}

#[cfg(feature = "office")]
pub(crate) use words;

"#;

/// `words.rs`.
pub(crate) fn words(source: &Source, names: &Paths) -> Result<String> {
    Ok(format!("{HEADER}{WORDS}{}", sets(source, names)?))
}

/// `office/words.rs`.
pub(crate) fn office_words(source: &Source, names: &Paths) -> Result<String> {
    Ok(format!(
        "{HEADER}//! The words that come with the office's calls.\n\nuse crate::words::words;\n\n{}",
        sets(source, names)?
    ))
}

fn sets(source: &Source, names: &Paths) -> Result<String> {
    let mut sets = Vec::new();
    for (name, path) in names {
        let core = path.rsplit("::").next().unwrap_or(path);
        let set = source.words.get(core).ok_or_else(|| format!("the core has no words {core}"))?;
        let mut variants = String::new();
        for word in &set.words {
            variants.push_str(&wrapped(word.docs.first(), "        /// ", 84));
            variants.push_str(&format!("        {},\n", word.variant));
        }
        let says = wrapped(set.docs.first(), "    /// ", 84);
        sets.push(format!("{says}    {name} = {path} {{\n{variants}    }}\n"));
    }
    Ok(format!("words! {{\n{}}}\n", sets.join("\n")))
}

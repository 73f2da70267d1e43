//! Swift and Kotlin: the words, as enums that UniFFI can give methods.

mod records;

pub(crate) use records::{office_records, records};

use crate::docs::{spelled, wrapped};
use crate::source::Source;
use crate::table::Paths;
use crate::{Result, WRITTEN};

/// A file of words, of every library or of that for offices.
pub(crate) fn words(source: &Source, names: &Paths) -> Result<String> {
    Ok(format!("//! {WRITTEN}\n\nuse crate::word::words;\n\n{}", sets(source, names)?))
}

fn sets(source: &Source, names: &Paths) -> Result<String> {
    let mut sets = Vec::new();
    let shown = source.words.get("WordSet").ok_or("the core has no sets of words")?;
    for (name, path) in names {
        let core = path.rsplit("::").next().unwrap_or(path);
        let set = source.words.get(core).ok_or_else(|| format!("the core has no words {core}"))?;
        let mut variants = String::new();
        for word in &set.words {
            variants.push_str(&wrapped(&spelled(word.docs.first(), str::to_owned), "        /// ", 84));
            variants.push_str(&format!("        {},\n", word.variant));
        }
        let says = wrapped(&spelled(set.docs.first(), str::to_owned), "    /// ", 84);
        // An app adds to none; the first is what others would be to it.
        let or =
            set.words.first().filter(|_| set.open).map_or_else(String::new, |word| format!(", or {}", word.variant));
        let labelled = shown.words.iter().find(|one| one.variant == core);
        let within = labelled.map_or_else(String::new, |one| format!(", in {}", one.variant));
        sets.push(format!("{says}    {name} = {path}{or}{within} {{\n{variants}    }}\n"));
    }
    Ok(format!("words! {{\n{}}}\n", sets.join("\n")))
}

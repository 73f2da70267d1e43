//! `surface.toml`: what the core's source does not say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) words: Paths,
    pub(crate) node_words: Paths,
    pub(crate) node_given: BTreeMap<String, Given>,
    pub(crate) mobile: Paths,
    pub(crate) mobile_office: Paths,
    pub(crate) mobile_records: Mirrors,
    pub(crate) mobile_office_records: Mirrors,
    /// Arguments that are secrets, though the core takes their bare texts.
    pub(crate) secrets: Vec<String>,
    /// Those that may come in what they came with, in Node.
    pub(crate) tokens: Vec<String>,
    pub(crate) types: BTreeMap<String, Own>,
    /// The structs that come out, by their module.
    pub(crate) answers: BTreeMap<String, BTreeMap<String, Answer>>,
    pub(crate) agency: Usages,
    pub(crate) office: Usages,
    /// The rules, by their module and by their names in it.
    pub(crate) rules: BTreeMap<String, BTreeMap<String, Ruled>>,
    /// The classes that hold what is closed, by their module.
    pub(crate) classes: BTreeMap<String, BTreeMap<String, Class>>,
    #[serde(default)]
    pub(crate) holes: Vec<Hole>,
}

/// How the acts of a class are called, by their names in the core.
pub(crate) type Usages = BTreeMap<String, Usage>;

/// How a rule is called: as a language writes it, `*` or braces before what
/// goes by name. A language that says nothing does not have it, or by hand.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Ruled {
    pub(crate) python: Option<String>,
    /// What the docstring shows.
    pub(crate) python_example: Option<String>,
    pub(crate) node: Option<String>,
    /// Arguments that are secrets, though the core takes their bare texts.
    pub(crate) secrets: Vec<String>,
    /// Whether its answer is a secret, though the core gives the bare text.
    pub(crate) hides: bool,
    /// Whether it takes its time.
    pub(crate) long: bool,
}

/// A class of Python that holds a value of the core of which nothing is open.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    pub(crate) holds: Holds,
    /// What the docstring shows.
    pub(crate) python_example: Option<String>,
}

/// How a class holds a value of the core.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Holds {
    /// It never changes.
    Fixed,
    /// Its methods change it.
    Changing,
    /// The same, and it is compared, and goes to other processes.
    Kept,
}

/// What some languages do not have, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hole {
    #[serde(rename = "in")]
    pub(crate) within: Vec<String>,
    pub(crate) why: String,
    pub(crate) of: Vec<String>,
}

/// Names, and the paths in Rust of what they stand for.
pub(crate) type Paths = BTreeMap<String, String>;

/// A struct of the core's that a host makes in Node.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    /// Its path in the core.
    pub(crate) of: String,
    /// What must be said; all, where that is left out.
    pub(crate) needed: Option<Vec<String>>,
    /// What a field is there, where that is not as usual.
    #[serde(default)]
    pub(crate) types: BTreeMap<String, String>,
    /// What it has besides.
    pub(crate) extends: Option<String>,
    /// Fields that it does not have.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    /// What is said of it beside what the core says.
    #[serde(default)]
    pub(crate) says: String,
}

/// Structs of Swift and Kotlin, as they are called there.
pub(crate) type Mirrors = BTreeMap<String, Mirrored>;

/// A struct that Swift and Kotlin have as the core has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mirrored {
    /// Its path in the core.
    pub(crate) of: String,
    #[serde(default)]
    pub(crate) goes: Way,
    /// What must be said where an app makes one; anything, where that is left out.
    pub(crate) needed: Option<Vec<String>>,
    /// Fields that are called otherwise there.
    #[serde(default)]
    pub(crate) names: BTreeMap<String, String>,
    /// Methods of the core's that are fields there: after which other.
    #[serde(default)]
    pub(crate) asks: BTreeMap<String, String>,
    /// What is said of it beside what the core says.
    #[serde(default)]
    pub(crate) says: String,
    /// Whether how it prints is said by hand.
    #[serde(default)]
    pub(crate) own_debug: bool,
}

/// Which way something goes over the border.
#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    In,
    #[default]
    Out,
    Both,
    /// By hand, since the core borrows.
    Lent,
}

/// A type that a border has of its own, by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Own {
    /// Its path in Python's border.
    pub(crate) python: Option<String>,
    /// What a call gives there, where that is something else.
    pub(crate) python_given: Option<String>,
    /// What it is in Node's declarations.
    pub(crate) node: Option<String>,
}

/// How a struct of the core comes out.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Answer {
    /// Whether it is a row of tables, in Python.
    pub(crate) row: bool,
    /// Fields whose own fields stand in their place, and their paths in Rust.
    pub(crate) flat: Paths,
    /// Whether its class in Python holds the core's, and shows its fields; it is
    /// written by hand, or as `holds` says.
    pub(crate) held: bool,
    pub(crate) holds: Option<Holds>,
    /// How it is made in Python, where a call may give one.
    pub(crate) new: Option<String>,
    /// What the docstring of its class says beside what the core does.
    pub(crate) python_says: Option<String>,
    /// What it shows.
    pub(crate) python_example: Option<String>,
    /// What it is called in Node's declarations.
    pub(crate) node: Option<String>,
}

/// How an act is called, where that is not as usual.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Usage {
    /// What goes by place in Python.
    pub(crate) python: Option<Vec<String>>,
    /// What an argument is called in Python.
    pub(crate) python_names: BTreeMap<String, String>,
    /// What an argument is where nothing is said: in Rust, and as it is shown.
    pub(crate) python_default: BTreeMap<String, (String, String)>,
    /// What the docstring shows.
    pub(crate) python_example: Option<String>,
    /// What goes by place in Node.
    pub(crate) node: Option<Vec<String>>,
    /// What an argument is called in Node.
    pub(crate) node_names: BTreeMap<String, String>,
    /// What may be left out in Node.
    pub(crate) node_default: Vec<String>,
    /// The act that goes through all pages.
    pub(crate) each: Option<String>,
    /// Why it is written by hand in a language.
    pub(crate) by_hand: BTreeMap<String, String>,
}

impl Table {
    pub(crate) fn read(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| format!("surface.toml: {error}"))
    }

    /// What Swift and Kotlin call something of the core's, where that is not as usual.
    pub(crate) fn mobile_name(&self, core: &str) -> Option<&str> {
        let words = self.mobile.iter().chain(&self.mobile_office);
        let records = self.mobile_records.iter().chain(&self.mobile_office_records);
        let named = words.chain(records.map(|(name, mirrored)| (name, &mirrored.of)));
        let mut named = named.filter(|(_, path)| path.rsplit("::").next() == Some(core));
        named.next().map(|(name, _)| name.as_str())
    }

    /// Where a set of words is in Rust.
    pub(crate) fn path(&self, word: &str) -> Result<&str> {
        match self.words.get(word) {
            _ if word == "Code" => Ok("carekey::Code"),
            Some(path) => Ok(path),
            None => Err(format!("surface.toml does not say where {word} is")),
        }
    }
}

//! `surface.toml`: what the core's source does not say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    pub(crate) words: Paths,
    pub(crate) node_words: Paths,
    pub(crate) mobile: Paths,
    pub(crate) mobile_office: Paths,
    /// Arguments that are secrets, though the core takes their bare texts.
    pub(crate) secrets: Vec<String>,
    /// Those that may come in what they came with, in Node.
    pub(crate) tokens: Vec<String>,
    pub(crate) types: BTreeMap<String, Own>,
    /// The structs that come out, by their module.
    pub(crate) answers: BTreeMap<String, BTreeMap<String, Answer>>,
    pub(crate) agency: Usages,
    pub(crate) office: Usages,
    #[serde(default)]
    pub(crate) holes: Vec<Hole>,
}

/// How the acts of a class are called, by their names in the core.
pub(crate) type Usages = BTreeMap<String, Usage>;

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
    /// Whether its class in Python holds the core's, and shows its fields.
    pub(crate) held: bool,
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
    /// What goes through all pages in Node.
    pub(crate) node_each: Option<String>,
    /// Why it is written by hand in a language.
    pub(crate) by_hand: BTreeMap<String, String>,
}

impl Table {
    pub(crate) fn read(text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| format!("surface.toml: {error}"))
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

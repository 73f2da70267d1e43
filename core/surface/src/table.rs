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
    pub(crate) answers: BTreeMap<String, Answer>,
    /// The answers that need a hand.
    pub(crate) by_hand: Vec<String>,
    /// What is within them and needs none.
    pub(crate) within: Vec<String>,
    pub(crate) office: BTreeMap<String, Usage>,
    #[serde(default)]
    pub(crate) holes: Vec<Hole>,
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

/// Where a set of words is in Rust.
pub(crate) fn path<'a>(paths: &'a Paths, word: &str) -> Result<&'a str> {
    paths.get(word).map(String::as_str).ok_or_else(|| format!("surface.toml does not say where {word} is"))
}

/// What an answer is called.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) python: Option<String>,
    pub(crate) node: Option<String>,
    pub(crate) show: Option<String>,
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
    /// What goes by place in Node.
    pub(crate) node: Option<Vec<String>>,
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
}

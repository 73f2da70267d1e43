//! The signature of a function, as PyO3 takes it and as Python shows it.

/// One argument.
pub(super) struct Said {
    pub(super) name: String,
    pub(super) kind: String,
    /// What it is where nothing is said: in Rust, and as it is shown.
    pub(super) default: Option<(String, String)>,
}

impl Said {
    /// One that is nothing where nothing is said.
    pub(super) fn optional(name: &str, kind: &str) -> Self {
        let default = Some(("None".to_owned(), "None".to_owned()));
        Self { name: name.to_owned(), kind: format!("Option<{kind}>"), default }
    }

    pub(super) fn declared(&self) -> String {
        format!("{}: {}", self.name, self.kind)
    }
}

/// The attribute that says it; what goes by place comes first.
pub(super) fn signature(own: Option<&str>, places: &[&Said], names: &[&Said]) -> String {
    let star = (!names.is_empty()).then(|| "*".to_owned());
    let in_rust = |said: &&Said| match &said.default {
        // What can be told is more than one type of the border's.
        Some((default, _)) if said.name == "progress" => format!("progress: \"Progress | None\" = {default}"),
        Some((default, _)) => format!("{} = {default}", said.name),
        None => said.name.clone(),
    };
    let shown = |said: &&Said| match &said.default {
        Some((_, default)) => format!("{}={default}", said.name),
        None => said.name.clone(),
    };
    let rust: Vec<String> = places.iter().map(in_rust).chain(star.clone()).chain(names.iter().map(in_rust)).collect();
    let own = own.map(str::to_owned).into_iter();
    let seen: Vec<String> = own.chain(places.iter().map(shown)).chain(star).chain(names.iter().map(shown)).collect();
    format!("#[pyo3(signature = ({}), text_signature = \"({})\")]\n", rust.join(", "), seen.join(", "))
}

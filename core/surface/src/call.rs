//! How a rule is called, as `surface.toml` writes it in the words of a language:
//! `after_password(stage, *, questions_set)`, `afterPassword(stage, { questionsSet? })`.

use crate::Result;
use crate::act::snake_case;

/// A call.
pub(crate) struct Call {
    /// The class or the namespace that has it, where that is said.
    pub(crate) within: Option<String>,
    pub(crate) name: String,
    pub(crate) arguments: Vec<Given>,
    /// Whether it is no call, but something that is read.
    pub(crate) is_read: bool,
}

/// One thing that a call says.
pub(crate) struct Given {
    pub(crate) name: String,
    /// What the core calls it.
    pub(crate) core: String,
    /// What it is where nothing is said; empty, where a language leaves it open.
    pub(crate) default: Option<String>,
    pub(crate) by_name: bool,
}

impl Call {
    pub(crate) fn read(told: &str) -> Result<Self> {
        let (path, arguments) = match told.split_once('(') {
            Some((path, rest)) => (path, Some(rest.strip_suffix(')').ok_or_else(|| format!("{told}: ( without )"))?)),
            None => (told, None),
        };
        let (within, name) = match path.rsplit_once('.') {
            Some((within, name)) => (Some(within.to_owned()), name),
            None => (None, path),
        };
        let mut by_name = false;
        let mut given = Vec::new();
        for one in arguments.unwrap_or_default().split(", ").filter(|one| !one.is_empty()) {
            by_name |= one == "*" || one.starts_with("{ ");
            let one = one.trim_start_matches("{ ").trim_end_matches(" }");
            if one != "*" {
                given.push(Given::read(one, by_name));
            }
        }
        Ok(Self { within, name: name.to_owned(), arguments: given, is_read: arguments.is_none() })
    }

    /// What goes by place, and what goes by name.
    pub(crate) fn parted(&self) -> (Vec<&Given>, Vec<&Given>) {
        self.arguments.iter().partition(|given| !given.by_name)
    }

    /// Whether it says that.
    pub(crate) fn says(&self, core: &str) -> bool {
        self.arguments.iter().any(|given| given.core == core)
    }
}

impl Given {
    fn read(told: &str, by_name: bool) -> Self {
        let (told, default) = match told.split_once(" = ") {
            Some((told, default)) => (told, Some(default.to_owned())),
            None => (told.trim_end_matches('?'), told.ends_with('?').then(String::new)),
        };
        let (name, core) = match told.split_once(": ") {
            Some((name, core)) => (name, core.to_owned()),
            None => (told, snake_case(told)),
        };
        Self { name: name.to_owned(), core, default, by_name }
    }
}

//! What a type of the core is, as far as borders care.

use syn::{GenericArgument, PathArguments, Type};

use crate::source::Source;

/// The shape of an argument or an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Nothing.
    Unit,
    /// An identifier of that type.
    Id(String),
    /// A text.
    Text,
    /// A moment.
    Moment,
    /// A whole number from zero, of that type.
    Number(String),
    /// Yes or no.
    Flag,
    /// One of a set of words.
    Word(String),
    /// A party or an application.
    Item,
    /// A struct of the core's.
    Struct(String),
    /// It, or nothing.
    Optional(Box<Shape>),
    /// Any number of them.
    Many(Box<Shape>),
    /// A page of a list of them.
    Page(Box<Shape>),
    /// What only hands can carry over a border.
    Other(String),
}

impl Shape {
    pub(crate) fn of(kind: &Type, source: &Source) -> Self {
        match kind {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Self::Unit,
            Type::Reference(reference) => Self::of(&reference.elem, source),
            Type::Slice(slice) => Self::Many(Box::new(Self::of(&slice.elem, source))),
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return Self::Unit };
                let name = last.ident.to_string();
                let inner = match &last.arguments {
                    PathArguments::AngleBracketed(inside) => inside.args.iter().find_map(|argument| match argument {
                        GenericArgument::Type(kind) => Some(Self::of(kind, source)),
                        _ => None,
                    }),
                    _ => None,
                };
                Self::named(&name, inner, source)
            }
            _ => Self::Other("a type of its own".to_owned()),
        }
    }

    fn named(name: &str, inner: Option<Self>, source: &Source) -> Self {
        match (name, inner) {
            ("Result", Some(inner)) => inner,
            ("Option", Some(inner)) => Self::Optional(Box::new(inner)),
            ("Vec" | "BTreeSet", Some(inner)) => Self::Many(Box::new(inner)),
            ("ListPage", Some(inner)) => Self::Page(Box::new(inner)),
            ("str" | "String", _) => Self::Text,
            ("OffsetDateTime", _) => Self::Moment,
            ("u32" | "u64" | "usize", _) => Self::Number(name.to_owned()),
            ("bool", _) => Self::Flag,
            ("Invitee", _) => Self::Item,
            ("NewPassword", _) => Self::Other(name.to_owned()),
            _ if source.words.contains_key(name) => Self::Word(name.to_owned()),
            _ if name.ends_with("Id") => Self::Id(name.to_owned()),
            _ if source.structs.contains_key(name) => Self::Struct(name.to_owned()),
            _ => Self::Other(name.to_owned()),
        }
    }

    /// Whether a call must say it.
    pub(crate) fn is_needed(&self) -> bool {
        !matches!(self, Self::Optional(_))
    }
}

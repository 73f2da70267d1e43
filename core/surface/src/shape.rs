//! What a type of the core is, as far as borders care.

use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type, TypeParamBound, TypePath};

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
    /// Whose something is: one's own, that of a party or an application.
    Whose,
    /// A secret, and whether the core takes its bare text.
    Secret { bare: bool },
    /// A password, typed twice.
    Password,
    /// Answers to security questions.
    Answers,
    /// From where somebody comes.
    Source,
    /// One thing that a check has to say.
    Finding,
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
            Type::Tuple(_) => {
                Self::Other(kind.to_token_stream().to_string().replace(['(', ')', ' '], "").replace(',', " and "))
            }
            Type::Reference(reference) => Self::of(&reference.elem, source),
            Type::ImplTrait(into) => match into.bounds.first() {
                Some(TypeParamBound::Trait(bound)) => {
                    Self::of(&Type::Path(TypePath { qself: None, path: bound.path.clone() }), source)
                }
                _ => Self::Unit,
            },
            Type::Slice(slice) => match Self::of(&slice.elem, source) {
                Self::Other(name) if name == "Answer" => Self::Answers,
                each => Self::Many(Box::new(each)),
            },
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
            ("Result" | "Into", Some(inner)) => inner,
            ("Option", Some(inner)) => Self::Optional(Box::new(inner)),
            ("Vec" | "BTreeSet", Some(Self::Other(inner))) if inner == "u8" => Self::Other("bytes".to_owned()),
            ("Vec" | "BTreeSet", Some(inner)) => Self::Many(Box::new(inner)),
            ("ListPage", Some(inner)) => Self::Page(Box::new(inner)),
            ("str" | "String", _) => Self::Text,
            ("OffsetDateTime", _) => Self::Moment,
            ("i64" | "u32" | "u64" | "usize", _) => Self::Number(name.to_owned()),
            ("bool", _) => Self::Flag,
            ("Invitee", _) => Self::Item,
            ("Whose", _) => Self::Whose,
            ("Secret" | "ImportedHash", _) => Self::Secret { bare: false },
            ("NewPassword", _) => Self::Password,
            ("Source", _) => Self::Source,
            ("Answer", _) => Self::Other(name.to_owned()),
            ("Finding", _) => Self::Finding,
            ("Code", _) => Self::Word(name.to_owned()),
            ("Uuid", _) => Self::Id(name.to_owned()),
            _ if source.words.contains_key(name) => Self::Word(name.to_owned()),
            _ if name.ends_with("Id") => Self::Id(name.to_owned()),
            _ if source.structs.iter().any(|found| found.name == name) => Self::Struct(name.to_owned()),
            _ => Self::Other(name.to_owned()),
        }
    }

    /// Whether it is copied, and need not be cloned.
    pub(crate) fn is_copied(&self) -> bool {
        match self {
            Self::Id(_) | Self::Moment | Self::Number(_) | Self::Flag | Self::Word(_) => true,
            Self::Optional(inner) => inner.is_copied(),
            _ => false,
        }
    }

    /// Whether a call must say it.
    pub(crate) fn is_needed(&self) -> bool {
        !matches!(self, Self::Optional(_) | Self::Source)
    }
}

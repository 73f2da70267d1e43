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
    /// How long something lasts.
    Lasts,
    /// Some bytes; a key has 32.
    Bytes { key: bool },
    /// What a policy says of something: the path of it from the whole.
    Rules(String),
    /// Randomness.
    Chance,
    /// What is told how far the work is, and may stop it.
    Progress,
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
    /// One of each name.
    Named(Box<Shape>),
    /// What came of reading one.
    Checked(Box<Shape>),
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
            Type::TraitObject(object) if object.to_token_stream().to_string().contains("FnMut") => Self::Progress,
            Type::TraitObject(_) => Self::Chance,
            Type::Array(_) => Self::Bytes { key: true },
            Type::Slice(slice) => match Self::of(&slice.elem, source) {
                Self::Other(name) if name == "Answer" => Self::Answers,
                Self::Other(name) if name == "u8" => Self::Bytes { key: false },
                each => Self::Many(Box::new(each)),
            },
            Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return Self::Unit };
                let name = last.ident.to_string();
                let inner = match &last.arguments {
                    PathArguments::AngleBracketed(inside) => {
                        let kinds = inside.args.iter().filter_map(|argument| match argument {
                            GenericArgument::Type(kind) => Some(kind),
                            _ => None,
                        });
                        // Of what is by name, the name goes without saying.
                        let inner = if name == "BTreeMap" { kinds.last() } else { kinds.into_iter().next() };
                        inner.map(|kind| Self::of(kind, source))
                    }
                    _ => None,
                };
                Self::named(&name, inner, source)
            }
            _ => Self::Other("a type of its own".to_owned()),
        }
    }

    fn named(name: &str, inner: Option<Self>, source: &Source) -> Self {
        let is_policy = |name: &str| name.ends_with("Policy") || name == "Argon2Cost";
        if let Some(path) = is_policy(name).then(|| source.policy_part(name)).flatten() {
            return Self::Rules(path);
        }
        match (name, inner) {
            ("Result" | "Into" | "Cow", Some(inner)) => inner,
            ("BTreeMap", Some(inner)) => Self::Named(Box::new(inner)),
            ("Checked", Some(inner)) => Self::Checked(Box::new(inner)),
            ("Option", Some(inner)) => Self::Optional(Box::new(inner)),
            ("Vec" | "BTreeSet", Some(Self::Other(inner))) if inner == "u8" => Self::Other("bytes".to_owned()),
            ("Vec" | "BTreeSet", Some(inner)) => Self::Many(Box::new(inner)),
            ("ListPage", Some(inner)) => Self::Page(Box::new(inner)),
            ("str" | "String", _) => Self::Text,
            ("OffsetDateTime", _) => Self::Moment,
            ("i64" | "u32" | "u64" | "usize", _) => Self::Number(name.to_owned()),
            ("bool", _) => Self::Flag,
            ("Duration", _) => Self::Lasts,
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
            Self::Id(_) | Self::Moment | Self::Lasts | Self::Number(_) | Self::Flag | Self::Word(_) => true,
            Self::Optional(inner) => inner.is_copied(),
            _ => false,
        }
    }

    /// Whether a call must say it.
    pub(crate) fn is_needed(&self) -> bool {
        !matches!(self, Self::Optional(_) | Self::Source)
    }
}

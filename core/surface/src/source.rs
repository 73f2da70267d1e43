//! The core's source, read: sets of words, codes, structs, and methods.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Expr, ExprLit, Fields, FnArg, ImplItem, Item, Lit, LitStr, Meta, Pat, ReturnType, Signature, Token, Type,
};

use crate::docs::Docs;
use crate::{Result, files};

/// What the core has.
#[derive(Default)]
pub(crate) struct Source {
    /// Sets of words, by the name of their enum.
    pub(crate) words: BTreeMap<String, Words>,
    /// The codes, in their order.
    pub(crate) codes: Vec<String>,
    /// Structs with named fields.
    pub(crate) structs: Vec<Struct>,
    /// Structs of which nothing is open.
    pub(crate) closed: Vec<Struct>,
    /// Public methods, in their order.
    pub(crate) methods: Vec<Method>,
    /// Public functions, in their order: methods of nothing.
    pub(crate) functions: Vec<Method>,
}

/// A set of words.
pub(crate) struct Words {
    pub(crate) docs: Docs,
    pub(crate) words: Vec<Word>,
    /// Whether a host can add to it.
    pub(crate) open: bool,
}

pub(crate) struct Word {
    pub(crate) docs: Docs,
    /// Its name in Rust.
    pub(crate) variant: String,
    /// The word itself.
    pub(crate) word: String,
}

pub(crate) struct Struct {
    /// The module of the core that it is in, from the top.
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) docs: Docs,
    pub(crate) name: String,
    pub(crate) kind: Type,
}

pub(crate) struct Method {
    /// The module of the core that it is in, from the top.
    pub(crate) module: String,
    /// The struct that has it.
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// How it takes what it is of; nothing, where it takes none.
    pub(crate) itself: Option<Itself>,
    /// Its arguments, without itself.
    pub(crate) arguments: Vec<Field>,
    /// What it answers.
    pub(crate) answer: Option<Type>,
}

/// How a method takes what it is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Itself {
    Whole,
    Borrowed,
    Changed,
}

/// All Rust files beneath a folder, parsed.
pub(crate) fn parsed(folder: &Path) -> Result<Vec<(PathBuf, syn::File)>> {
    let parse = |path: PathBuf| {
        let said = |error: &dyn core::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| said(&error))?;
        let file = syn::parse_file(&text).map_err(|error| said(&error))?;
        Ok((path, file))
    };
    files(folder, |name| name.ends_with(".rs"))?.into_iter().map(parse).collect()
}

impl Source {
    /// What the files beneath a folder have.
    pub(crate) fn of(folder: &Path, parsed: Vec<(PathBuf, syn::File)>) -> Result<Self> {
        let mut source = Self::default();
        for (path, file) in parsed {
            let within = path.strip_prefix(folder).unwrap_or(&path);
            let module = within.iter().next().unwrap_or_default().to_string_lossy().trim_end_matches(".rs").to_owned();
            for item in file.items {
                source.add(&module, item).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
        Ok(source)
    }

    /// The struct of that name, of that module where two have one.
    pub(crate) fn record(&self, module: &str, name: &str) -> Result<&Struct> {
        let named = || self.structs.iter().filter(|found| found.name == name);
        let found = named().find(|found| found.module == module).or_else(|| named().next());
        found.ok_or_else(|| format!("the core has no struct {name}"))
    }

    /// What a policy has of that type: its path from the whole.
    pub(crate) fn policy_part(&self, kind: &str) -> Option<String> {
        let parts = |owner: &str| self.structs.iter().find(|found| found.module == "policy" && found.name == owner);
        let path = |whole: &Struct, kind: &str| {
            let of_it = |field: &&Field| field.kind.to_token_stream().to_string() == kind;
            whole.fields.iter().find(of_it).map(|field| field.name.clone())
        };
        let whole = parts("Policy")?;
        path(whole, kind).or_else(|| {
            let inner = |field: &Field| {
                let part = parts(&field.kind.to_token_stream().to_string())?;
                Some(format!("{}.{}", field.name, path(part, kind)?))
            };
            whole.fields.iter().find_map(inner)
        })
    }

    fn add(&mut self, module: &str, item: Item) -> syn::Result<()> {
        match item {
            Item::Macro(item) if ["text_enum", "open_text_enum"].iter().any(|name| item.mac.path.is_ident(name)) => {
                let set: WordSet = item.mac.parse_body()?;
                let open = item.mac.path.is_ident("open_text_enum");
                self.words.insert(set.name, Words { open, ..set.words });
            }
            Item::Macro(item) if item.mac.path.is_ident("codes") => {
                let Codes(codes) = item.mac.parse_body()?;
                self.codes = codes;
            }
            Item::Struct(item) => {
                let public = |field: &syn::Field| matches!(field.vis, syn::Visibility::Public(_));
                let field = |field: syn::Field| {
                    Some(Field { docs: Docs::of(&field.attrs), name: field.ident?.to_string(), kind: field.ty })
                };
                let is_named = matches!(item.fields, Fields::Named(_));
                let fields = item.fields.into_iter().filter(public).filter_map(field).collect();
                let (name, docs) = (item.ident.to_string(), Docs::of(&item.attrs));
                let found = Struct { module: module.to_owned(), name, docs, fields };
                if is_named { self.structs.push(found) } else { self.closed.push(found) }
            }
            Item::Fn(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                self.functions.push(method(module, "", &item.attrs, item.sig));
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Type::Path(owner) = &*item.self_ty else { return Ok(()) };
                // `Outbox<'_>` is `Outbox`.
                let owner = owner.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                for item in item.items {
                    if let ImplItem::Fn(item) = item
                        && matches!(item.vis, syn::Visibility::Public(_))
                    {
                        self.methods.push(method(module, &owner, &item.attrs, item.sig));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn method(module: &str, owner: &str, attributes: &[Attribute], signature: Signature) -> Method {
    let itself = signature.receiver().map(|receiver| match (&receiver.reference, &receiver.mutability) {
        (None, _) => Itself::Whole,
        (Some(_), None) => Itself::Borrowed,
        (Some(_), Some(_)) => Itself::Changed,
    });
    let argument = |argument: FnArg| match argument {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => match *typed.pat {
            Pat::Ident(name) => {
                Some(Field { docs: Docs::default(), name: name.ident.to_string(), kind: of(owner, *typed.ty) })
            }
            _ => None,
        },
    };
    Method {
        module: module.to_owned(),
        owner: owner.to_owned(),
        name: signature.ident.to_string(),
        docs: Docs::of(attributes),
        itself,
        arguments: signature.inputs.into_iter().filter_map(argument).collect(),
        answer: match signature.output {
            ReturnType::Default => None,
            ReturnType::Type(_, answer) => Some(of(owner, *answer)),
        },
    }
}

/// A type as it reads outside of its struct, which is not `Self` there.
fn of(owner: &str, kind: Type) -> Type {
    let told = kind.to_token_stream().to_string();
    let words = told.split(' ').map(|word| if word == "Self" { owner } else { word });
    syn::parse_str(&words.collect::<Vec<_>>().join(" ")).unwrap_or(kind)
}

/// The text of the doc comments among some attributes.
pub(crate) fn doc_lines(attributes: &[Attribute]) -> Vec<String> {
    let line = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    attributes.iter().filter_map(line).map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned()).collect()
}

/// The body of `text_enum!`.
struct WordSet {
    name: String,
    words: Words,
}

impl Parse for WordSet {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let docs = Docs::of(&input.call(Attribute::parse_outer)?);
        input.parse::<syn::Visibility>()?;
        input.parse::<Token![enum]>()?;
        let name = input.parse::<syn::Ident>()?.to_string();
        let body;
        syn::braced!(body in input);
        let mut words = Vec::new();
        while !body.is_empty() {
            let docs = Docs::of(&body.call(Attribute::parse_outer)?);
            let variant = body.parse::<syn::Ident>()?.to_string();
            body.parse::<Token![=]>()?;
            let word = body.parse::<LitStr>()?.value();
            body.parse::<Option<Token![,]>>()?;
            words.push(Word { docs, variant, word });
        }
        Ok(Self { name, words: Words { docs, words, open: false } })
    }
}

/// The body of `codes!`: of each code its word is what is wanted.
struct Codes(Vec<String>);

impl Parse for Codes {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut codes = Vec::new();
        while !input.is_empty() {
            let token: proc_macro2::TokenTree = input.parse()?;
            // A name, and then the word.
            if matches!(token, proc_macro2::TokenTree::Ident(_)) && input.peek(LitStr) {
                codes.push(input.parse::<LitStr>()?.value());
            }
        }
        // The severity is a name too, but a list comes after it.
        Ok(Self(codes))
    }
}

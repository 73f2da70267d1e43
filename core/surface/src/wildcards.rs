//! A role or a resource that is added must be thought of wherever roles and
//! resources are told apart: no wildcard decides for it.

use std::path::PathBuf;

use quote::ToTokens;
use syn::visit::{Visit, visit_expr_match};
use syn::{ExprMatch, Pat};

use crate::Result;

/// What must be told apart by name.
const TOLD_APART: [&str; 3] = ["Role", "Resource", "TieKind"];

/// Says where a wildcard decides.
pub(crate) fn check(parsed: &[(PathBuf, syn::File)]) -> Result<()> {
    let mut found = Vec::new();
    for (path, file) in parsed {
        let mut matches = Matches(Vec::new());
        matches.visit_file(file);
        found.extend(matches.0.into_iter().map(|of| format!("{}: {of}", path.display())));
    }
    if found.is_empty() { Ok(()) } else { Err(format!("a wildcard decides for a word: {}", found.join("; "))) }
}

/// The words of which a wildcard takes the rest.
struct Matches(Vec<String>);

impl<'ast> Visit<'ast> for Matches {
    fn visit_expr_match(&mut self, found: &'ast ExprMatch) {
        let takes_rest = found.arms.iter().any(|arm| matches!(arm.pat, Pat::Wild(_)));
        let patterns: Vec<String> = found.arms.iter().map(|arm| arm.pat.to_token_stream().to_string()).collect();
        for word in TOLD_APART {
            // One word alone is a question about it, and not a table.
            let named = patterns.iter().map(|pattern| pattern.matches(&format!("{word} ::")).count()).sum::<usize>();
            if takes_rest && named > 1 {
                self.0.push(format!("match {} ({word})", found.expr.to_token_stream()));
            }
        }
        visit_expr_match(self, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut matches = Matches(Vec::new());
        matches.visit_file(&syn::parse_file(text).unwrap());
        matches.0
    }

    #[test]
    fn a_wildcard_beside_two_roles_is_found_wherever_it_is() {
        let table = "fn f(r: Role) -> u8 { g(match r { Role::Client => 1, Role::Payer => 2, _ => 3 }) }";
        assert_eq!(found(table), ["match r (Role)"]);
        let either =
            "fn f(r: Option<Role>) -> bool { match r { Some(Role::Client | Role::Payer) => true, _ => false } }";
        assert_eq!(found(either), ["match r (Role)"]);
        for fine in [
            "fn f(r: Role) -> u8 { match r { Role::Client => 1, Role::Payer => 2 } }",
            "fn f(r: Role) -> u8 { match r { Role::Client => 1, _ => 2 } }",
            "fn f(n: u8) -> u8 { match n { 1 => 1, _ => 2 } }",
        ] {
            assert_eq!(found(fine), [""; 0], "{fine}");
        }
    }
}

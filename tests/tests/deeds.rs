//! No deed without a caller: what a context offers over a transaction is done by a surface, by what follows by itself, or by another
//! context. What only the demonstration or the simulation could do, no shop can.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use syn::visit::Visit;
use workspace_tests::{Source, sources};

/// Deeds that nobody but the simulated world does, and why.
const REASONS: [(&str, &str); 2] = [
    ("open_dispute", "a buyer's objection: simulated until it has its pages"),
    ("set_fate", "what the built-in carrier does with a parcel is the simulated world's alone"),
];

/// Worlds that are made up: what they call is no use to anybody.
const MADE_UP: [&str; 3] = ["bench", "demo", "sim"];

/// Public functions over a transaction of one file.
#[derive(Default)]
struct Deeds(Vec<String>);

impl<'ast> Visit<'ast> for Deeds {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let first = function.sig.inputs.first();
        let over_tx = matches!(first, Some(syn::FnArg::Typed(typed)) if is_tx(&typed.ty));
        if over_tx && matches!(function.vis, syn::Visibility::Public(_)) {
            self.0.push(function.sig.ident.to_string());
        }
    }

    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}
}

fn is_tx(kind: &syn::Type) -> bool {
    let syn::Type::Reference(reference) = kind else { return false };
    let syn::Type::Path(path) = &*reference.elem else { return false };
    reference.mutability.is_some() && path.path.segments.last().is_some_and(|last| last.ident == "Tx")
}

/// The names that a file uses, but for those that it only declares or hands on.
#[derive(Default)]
struct Uses(BTreeSet<String>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.0.extend(path.path.segments.last().map(|last| last.ident.to_string()));
        syn::visit::visit_expr_path(self, path);
    }

    // Statements within macros (`matches!`, `vec!`) are words to the parser.
    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let words = called.tokens.to_string();
        self.0.extend(words.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(str::to_owned));
    }
}

fn is_product(source: &Source) -> bool {
    let within = source.path.starts_with("contexts/") || source.path.starts_with("edge/");
    within && !source.is_test() && !MADE_UP.contains(&source.crate_name())
}

#[test]
fn every_deed_has_a_caller() {
    let (mut deeds, mut uses) = (Vec::new(), Uses::default());
    for source in sources().iter().filter(|source| is_product(source)) {
        let file = syn::parse_file(&source.text).unwrap();
        uses.visit_file(&file);
        if source.path.starts_with("contexts/") {
            let mut found = Deeds::default();
            found.visit_file(&file);
            deeds.extend(found.0.into_iter().map(|name| (source.path.clone(), name)));
        }
    }
    assert!(deeds.len() > 100, "the deeds were found: {}", deeds.len());
    let idle = |name: &str| !uses.0.contains(name);
    let excused = |name: &str| REASONS.iter().any(|(known, _)| *known == name);
    let missing: Vec<String> = deeds
        .iter()
        .filter(|(_, name)| idle(name) && !excused(name))
        .map(|(path, name)| format!("{path}: {name}"))
        .collect();
    assert!(
        missing.is_empty(),
        "nobody does this: give it a page and a route, or let it go:\n  {}",
        missing.join("\n  ")
    );
    for (name, _) in REASONS {
        assert!(deeds.iter().any(|(_, deed)| deed == name), "{name} is no deed");
    }
}

//! Reading the workspace's own source: files, functions and SQL texts. The tests beside it hold the house to its rules.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file of the product.
pub struct Source {
    /// Path from the workspace root, `/` separated.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// Whether the file holds nothing but tests.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/examples/")
    }

    /// The crate's name: `orders` of `contexts/orders/src/place.rs`.
    pub fn crate_name(&self) -> &str {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("tests") => "tests",
            _ => parts.next().unwrap_or_default(),
        }
    }
}

/// A string literal that holds an SQL statement.
pub struct Statement {
    /// Where it stands.
    pub path: String,
    /// Its first line, counted from 1.
    pub line: usize,
    /// The text.
    pub sql: String,
}

/// The workspace root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every Rust file under foundation, contexts, edge and tests.
pub fn sources() -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    for folder in ["foundation", "contexts", "edge", "tests"] {
        collect(&root.join(folder), &root, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, root: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with("node_modules") {
                collect(&path, root, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push(Source { path: shown, text: fs::read_to_string(&path).unwrap_or_default() });
        }
    }
}

/// The members of a folder (`contexts` → `catalog`, `checkout`, …).
pub fn members(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join(folder))
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.retain(|name| root().join(folder).join(name).join("Cargo.toml").exists());
    names.sort();
    names
}

/// Every SQL statement in the product's own (non-test) code.
pub fn statements() -> Vec<Statement> {
    sources().iter().filter(|source| !source.is_test()).flat_map(statements_in).collect()
}

fn statements_in(source: &Source) -> Vec<Statement> {
    let Ok(file) = syn::parse_file(&source.text) else { return Vec::new() };
    let mut found = Vec::new();
    for item in file.items.iter().filter(|item| !is_test_module(item)) {
        walk(item.to_token_stream(), &mut |literal| {
            let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) else { return };
            if is_sql(&text.value()) {
                found.push(Statement {
                    path: source.path.clone(),
                    line: literal.span().start().line,
                    sql: text.value(),
                });
            }
        });
    }
    found
}

fn is_test_module(item: &syn::Item) -> bool {
    let syn::Item::Mod(module) = item else { return false };
    module.attrs.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
    })
}

fn walk(tokens: TokenStream, on_literal: &mut impl FnMut(&proc_macro2::Literal)) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => walk(group.stream(), on_literal),
            TokenTree::Literal(literal) => on_literal(&literal),
            _ => {}
        }
    }
}

/// Whether a text reads as a statement: a verb in capitals, then a word.
pub fn is_sql(text: &str) -> bool {
    ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "]
        .iter()
        .any(|verb| text.trim_start().starts_with(verb))
        && text.split_whitespace().count() > 2
}

//! Reading the workspace's own source: files, functions and SQL texts. The tests beside it hold the house to its rules.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeMap;
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
    /// The macro that holds its list of columns, if one does.
    pub list: Option<String>,
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
    let sources = sources();
    let mut shared: BTreeMap<String, Macros> = BTreeMap::new();
    for source in &sources {
        let Ok(file) = syn::parse_file(&source.text) else { continue };
        shared.entry(source.crate_name().to_owned()).or_default().extend(macros_in(&file));
    }
    let own = sources.iter().filter(|source| !source.is_test());
    own.flat_map(|source| statements_in(source, &shared[source.crate_name()])).collect()
}

/// The bodies of macros by their names: `select!("FROM …")` is the text in its body, and then what it is given.
type Macros = BTreeMap<String, TokenStream>;

fn macros_in(file: &syn::File) -> Macros {
    let named = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some((item.ident.as_ref()?.to_string(), item.mac.tokens.clone())),
        _ => None,
    });
    let body =
        |tokens: TokenStream| match tokens.into_iter().filter(|token| matches!(token, TokenTree::Group(_))).last() {
            Some(TokenTree::Group(group)) => group.stream(),
            _ => TokenStream::new(),
        };
    named.map(|(name, tokens)| (name, body(tokens))).collect()
}

fn statements_in(source: &Source, shared: &Macros) -> Vec<Statement> {
    let Ok(file) = syn::parse_file(&source.text) else { return Vec::new() };
    let mut macros = shared.clone();
    macros.extend(macros_in(&file));
    let mut found = Vec::new();
    let is_product = |item: &&syn::Item| !is_test_module(item) && !matches!(item, syn::Item::Macro(_));
    for item in file.items.iter().filter(is_product) {
        walk(item.to_token_stream(), &macros, &mut |line, text, list| {
            if is_sql(&text) {
                found.push(Statement { path: source.path.clone(), line, sql: text, list });
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

/// Finds texts, those too that a macro of the crate begins; gives their line, themselves and the macro's name.
fn walk(tokens: TokenStream, macros: &Macros, on_text: &mut impl FnMut(usize, String, Option<String>)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((name, group)) = call(&tokens[at..]).filter(|(name, _)| macros.contains_key(name))
            && let given = text_of(group.stream(), "", macros).unwrap_or_default()
            && let Some(text) = text_of(macros[&name].clone(), &given, macros)
        {
            on_text(group.span_open().start().line, text, Some(root_of(&name, macros)));
            at += 3;
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => walk(group.stream(), macros, on_text),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    on_text(literal.span().start().line, text.value(), None);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The macro in which the text of `name!` begins: another that its body calls first.
fn root_of(name: &str, macros: &Macros) -> String {
    let body: Vec<TokenTree> = macros.get(name).cloned().unwrap_or_default().into_iter().collect();
    match call(&body) {
        Some((inner, _)) if macros.contains_key(&inner) => root_of(&inner, macros),
        _ => name.to_owned(),
    }
}

/// `name!(…)`, if the tokens begin so.
fn call(tokens: &[TokenTree]) -> Option<(String, &proc_macro2::Group)> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(group), ..] if mark.as_char() == '!' => {
            Some((name.to_string(), group))
        }
        _ => None,
    }
}

/// The text of literals, `concat!`, a macro's call and its `$` (what it was `given`) in a row; none of anything else.
fn text_of(tokens: TokenStream, given: &str, macros: &Macros) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (mut text, mut at) = (String::new(), 0);
    while at < tokens.len() {
        if let Some((name, group)) = call(&tokens[at..]) {
            let inner = text_of(group.stream(), given, macros)?;
            text += &if name == "concat" { inner } else { text_of(macros.get(&name)?.clone(), &inner, macros)? };
            at += 3;
            continue;
        }
        match &tokens[at] {
            TokenTree::Literal(literal) => text += &syn::parse_str::<syn::LitStr>(&literal.to_string()).ok()?.value(),
            TokenTree::Punct(mark) if mark.as_char() == '$' => {
                text += given;
                at += 1;
            }
            TokenTree::Punct(mark) if [',', '+'].contains(&mark.as_char()) => {}
            _ => return None,
        }
        at += 1;
    }
    Some(text)
}

/// Whether a text reads as a statement: a verb in capitals, then a word.
pub fn is_sql(text: &str) -> bool {
    ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "]
        .iter()
        .any(|verb| text.trim_start().starts_with(verb))
        && text.split_whitespace().count() > 2
}

//! Every code of an error in the source is explained at `/docs/errors`, in English and Chinese, and nothing else is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use syn::visit::Visit;
use workspace_tests::{Source, root, sources};

/// Functions whose argument at this place is a code: the constructors of `base::Error` and the helpers that wrap them.
const PLACES: [(&str, usize); 15] = [
    ("invalid", 0),
    ("denied", 0),
    ("not_found", 0),
    ("conflict", 0),
    ("gone", 0),
    ("too_many", 0),
    ("too_large", 0),
    ("unavailable", 0),
    ("new", 1),
    ("field", 1),
    ("and_field", 1),
    ("problem", 1),
    ("shape", 0),
    ("shaped", 0),
    ("say", 1),
];

struct Codes<'a> {
    path: &'a str,
    found: &'a mut BTreeMap<String, String>,
}

impl Codes<'_> {
    fn note<'e>(&mut self, function: &str, mut args: impl Iterator<Item = &'e syn::Expr>) {
        let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == function) else { return };
        if let Some(syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) = args.nth(*place)
            && is_code(&text.value())
        {
            self.found.entry(text.value()).or_insert_with(|| self.path.to_owned());
        }
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl<'ast> Visit<'ast> for Codes<'_> {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(path) = &*call.func {
            let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let (last, before) = names.split_last().unwrap();
            let of_error = before.last().is_some_and(|name| name == "Error");
            let helper = before.is_empty() && ["problem", "shape", "shaped", "say"].contains(&last.as_str());
            if of_error || helper {
                self.note(last, call.args.iter());
            }
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "and_field" {
            self.note("and_field", call.args.iter());
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|attribute| {
            attribute.path().is_ident("cfg")
                && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
        });
        if !is_test {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

/// Codes in what may answer over HTTP, each with a file in which it stands.
fn in_source() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    // Nothing of these answers anybody over HTTP.
    let silent = ["edge/app/", "edge/bench/", "edge/demo/", "edge/sim/", "edge/works/", "tests/"];
    let answers = |source: &&Source| !source.is_test() && !silent.iter().any(|path| source.path.starts_with(path));
    for source in sources().iter().filter(answers) {
        let file = syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
        Codes { path: &source.path, found: &mut found }.visit_file(&file);
    }
    found
}

fn explained(tag: &str) -> BTreeSet<String> {
    let file = root().join("edge/frame/languages").join(tag).join("errors.ftl");
    let text = std::fs::read_to_string(file).unwrap();
    let keys = text.lines().filter_map(|line| line.strip_prefix("code-")?.split_once(" = "));
    keys.map(|(key, _)| key.replace('-', "_")).collect()
}

#[test]
fn every_code_is_explained_and_nothing_else() {
    let source = in_source();
    let texts: String = sources().into_iter().filter(|source| !source.is_test()).map(|source| source.text).collect();
    assert!(
        source.contains_key("out_of_stock") && source.contains_key("postcode_format"),
        "the scan sees what there is"
    );
    for tag in ["en", "zh-CN"] {
        let explained = explained(tag);
        let missing: Vec<String> = source
            .iter()
            .filter(|(code, _)| !explained.contains(*code))
            .map(|(code, path)| format!("{code} ({path})"))
            .collect();
        assert!(
            missing.is_empty(),
            "write code-… (what it means) and remedy-… (what to do) into edge/frame/languages/{tag}/errors.ftl for:\n  {}",
            missing.join("\n  ")
        );
        // Some are given on as a value: of those the text at least must stand somewhere.
        let idle: Vec<&String> = explained.iter().filter(|code| !texts.contains(&format!("\"{code}\""))).collect();
        assert!(idle.is_empty(), "languages/{tag}/errors.ftl explains codes that nothing answers with: {idle:?}");
    }
}

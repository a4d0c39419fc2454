//! The rules of STYLE.md that a machine can see. Each says what to do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use syn::spanned::Spanned;
use syn::visit::Visit;
use workspace_tests::{Source, sources};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

fn assert_none(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}

#[test]
fn every_file_opens_with_its_purpose() {
    let broken = sources().into_iter().filter(|source| !source.text.starts_with("//!")).map(|source| source.path);
    assert_none(broken.collect(), "open the file with a //! line that says what it owns:");
}

#[test]
fn files_are_short() {
    let long = |source: &Source| source.text.lines().count() > FILE_LINES_MAX;
    let broken = sources().into_iter().filter(long).map(|source| {
        let lines = source.text.lines().count();
        format!("{} has {lines} lines", source.path)
    });
    assert_none(broken.collect(), "split by noun or deed; a file has 500 lines at most:");
}

struct Functions<'a> {
    path: &'a str,
    long: Vec<String>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &syn::Ident, block: &syn::Block) {
        let span = block.span();
        let lines = span.end().line - span.start().line;
        if lines > FUNCTION_LINES_MAX {
            self.long.push(format!("{}:{} {name} has {lines} lines", self.path, span.start().line));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig.ident, &function.block);
        syn::visit::visit_item_fn(self, function);
    }
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig.ident, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn functions_are_short() {
    let mut broken = Vec::new();
    for source in sources() {
        let file = syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
        let mut functions = Functions { path: &source.path, long: Vec::new() };
        functions.visit_file(&file);
        broken.append(&mut functions.long);
    }
    assert_none(broken, "a function reads from top to bottom in 70 lines at most:");
}

/// Words that must not stand in product code, and why.
const FORBIDDEN: [(&str, &str); 4] = [
    ("todo!(", "finish it"),
    ("unimplemented!(", "finish it"),
    ("dbg!(", "remove it"),
    ("#[ignore", "a test that does not run is no test"),
];

#[test]
fn nothing_is_left_unfinished() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.path != "tests/tests/tidy.rs") {
        for (index, line) in source.text.lines().enumerate() {
            for (word, remedy) in FORBIDDEN {
                if line.contains(word) {
                    broken.push(format!("{}:{} {word} … {remedy}", source.path, index + 1));
                }
            }
        }
    }
    assert_none(broken, "unfinished:");
}

/// Where floats may stand: drawings, and figures that are read by people and never counted with.
const DRAWN: [&str; 5] = [
    "edge/bench/src/",
    "edge/app/src/simulate.rs",
    // Takes whole numbers that JSON writes with a point, and no others.
    "edge/api/src/json.rs",
    "edge/frame/src/charts/",
    "edge/console/src/places.rs",
];

#[test]
fn no_float_meets_money() {
    let is_float = |word: &str| word == "f64" || word == "f32";
    let mut broken = Vec::new();
    let drawn = |source: &Source| DRAWN.iter().any(|path| source.path.starts_with(path));
    for source in sources().iter().filter(|source| !source.is_test() && !drawn(source)) {
        for (index, line) in source.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(is_float) {
                broken.push(format!("{}:{}", source.path, index + 1));
            }
        }
    }
    assert_none(broken, "money is integer minor units and rates are decimals; take base::Money and base::Rate:");
}

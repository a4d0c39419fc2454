//! The edge: no surface uses another, and within each crate files import downwards.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use syn::visit::Visit;
use workspace_tests::{Source, members, root, sources};

/// Which crates of the edge one may use, besides contexts and foundation; the same picture stands in ARCHITECTURE.md.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("connect", &[]),
    ("frame", &["connect"]),
    ("desk", &["frame"]),
    ("shop", &["frame"]),
    ("seller", &["frame", "desk"]),
    // It shows a letter as it is sent.
    ("console", &["frame", "desk", "letters"]),
    ("api", &["frame"]),
    ("letters", &["frame"]),
    ("web", &["frame", "desk", "shop", "seller", "console", "api", "letters"]),
    ("works", &["connect", "frame", "letters"]),
    ("demo", &["works"]),
    ("bench", &["works"]),
    ("sim", &["works"]),
    ("app", &["connect", "frame", "web", "works", "demo", "bench", "sim"]),
];

#[test]
fn no_surface_uses_another() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.into();
    let all = members("edge");
    let mut broken = Vec::new();
    for name in &all {
        let may =
            allowed.get(name.as_str()).unwrap_or_else(|| panic!("say here and in ARCHITECTURE.md what {name} may use"));
        let manifest = fs::read_to_string(root().join("edge").join(name).join("Cargo.toml")).unwrap();
        let section = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let section = section.split("\n[").next().unwrap_or_default();
        for used in section.lines().filter_map(|line| line.split(['.', ' ', '=']).next()) {
            if all.iter().any(|one| one == used) && !may.contains(&used) {
                broken.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "what two surfaces need is a part in frame, or a deed of a context:\n  {}",
        broken.join("\n  ")
    );
}

/// Files that import one above them, each with its reason: seven in the whole edge, at most.
const UPWARD: [(&str, &str, &str); 4] = [
    ("api contract", "openapi", "calls are held against the document that is made of their own types"),
    ("connect stripe::call", "stripe", "the calls are the provider's own, in a file of their own for length"),
    ("connect karrio::call", "karrio", "the calls are the carrier's own, in a file of their own for length"),
    ("sim steps", "run", "every step is a deed of the run that chooses it"),
];
const MOST_UPWARD: usize = 7;

/// Paths of a file that lead to other files of its crate.
struct Paths<'a> {
    /// Where the file stands: `["docs", "errors"]`.
    here: &'a [String],
    /// Modules that the file declares.
    children: BTreeSet<String>,
    found: BTreeSet<Vec<String>>,
}

impl Paths<'_> {
    fn note(&mut self, path: &[String]) {
        let rest = |from: usize| path[from..].to_vec();
        let first = path.first().map(String::as_str);
        let whole = match first {
            Some("crate") => rest(1),
            Some("self") => [self.here, &rest(1)].concat(),
            Some("super") => {
                let up = path.iter().take_while(|part| *part == "super").count();
                [&self.here[..self.here.len().saturating_sub(up)], &rest(up)].concat()
            }
            Some(name) if self.children.contains(name) => [self.here, path].concat(),
            _ => return,
        };
        self.found.insert(whole);
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.note(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.note(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.note(before),
            syn::UseTree::Group(group) => group.items.iter().for_each(|one| self.tree(before, one)),
        }
    }
}

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.note(&names);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        // What stands in braces belongs to the file and is, in this house, its tests.
        if module.content.is_none() {
            self.children.insert(module.ident.to_string());
        }
    }
}

fn place(source: &Source) -> Vec<String> {
    let path = source.path.split("/src/").nth(1).unwrap_or_default().trim_end_matches(".rs");
    let mut parts: Vec<String> = path.split('/').map(String::from).collect();
    if parts.last().is_some_and(|last| matches!(last.as_str(), "lib" | "mod" | "main")) {
        parts.pop();
    }
    parts
}

/// Which file of a crate imports which, by their modules; the crate's root is "".
fn imports(files: &[&Source]) -> BTreeMap<String, BTreeSet<String>> {
    let places: BTreeSet<Vec<String>> = files.iter().map(|source| place(source)).collect();
    let mut all = BTreeMap::new();
    for source in files {
        let here = place(source);
        let file = syn::parse_file(&source.text).unwrap();
        let mut paths = Paths { here: &here, children: BTreeSet::new(), found: BTreeSet::new() };
        for item in file.items.iter().filter(|item| matches!(item, syn::Item::Mod(_))) {
            paths.visit_item(item);
        }
        paths.visit_file(&file);
        let target =
            |path: &Vec<String>| (0..=path.len()).rev().map(|n| path[..n].to_vec()).find(|one| places.contains(one));
        let targets = paths.found.iter().filter_map(target).filter(|one| *one != here).map(|one| one.join("::"));
        all.insert(here.join("::"), targets.collect::<BTreeSet<String>>());
    }
    all
}

/// Takes away every file that imports nothing but what was taken away before: what stays stands in circles.
fn circles(mut imports: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    loop {
        let low: Vec<String> = imports.iter().filter(|(_, to)| to.is_empty()).map(|(name, _)| name.clone()).collect();
        if low.is_empty() {
            return imports;
        }
        imports.retain(|name, _| !low.contains(name));
        imports.values_mut().for_each(|to| to.retain(|name| !low.contains(name)));
    }
}

#[test]
fn files_of_the_edge_import_downwards() {
    assert!(UPWARD.len() <= MOST_UPWARD);
    let all = sources();
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for name in members("edge") {
        let within = format!("edge/{name}/src/");
        let own = |source: &&Source| {
            source.path.starts_with(&within) && !source.is_test() && !source.path.ends_with("/main.rs")
        };
        let mut imports = imports(&all.iter().filter(own).collect::<Vec<_>>());
        for (from, to, _) in UPWARD {
            let file = from.strip_prefix(&format!("{name} ")).unwrap_or("\0");
            if imports.get_mut(file).is_some_and(|targets| targets.remove(to)) {
                used.insert(from);
            }
        }
        for (file, to) in circles(imports) {
            broken.push(format!(
                "{name}: {} imports {}",
                shown(&file),
                to.iter().map(|one| shown(one)).collect::<Vec<_>>().join(", ")
            ));
        }
    }
    assert!(
        broken.is_empty(),
        "take what both need into a file below them; these import each other:\n  {}",
        broken.join("\n  ")
    );
    let idle: Vec<_> = UPWARD.iter().filter(|(from, ..)| !used.contains(from)).collect();
    assert!(idle.is_empty(), "no such import any more: {idle:?}");
}

fn shown(module: &str) -> &str {
    if module.is_empty() { "the crate's root" } else { module }
}

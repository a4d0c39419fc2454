//! Every kind of work that a context declares is done by the application, and jobs are of no other kind.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fs;
use syn::visit::Visit;
use workspace_tests::{root, sources};

/// Where the list of deeds stands.
const DEEDS: &str = "edge/works/src/jobs.rs";

/// Constants of the type `Work` in a file, and how often a `Work` is written down at all.
#[derive(Default)]
struct Works {
    constants: Vec<String>,
    written: usize,
}

impl<'ast> Visit<'ast> for Works {
    fn visit_item_const(&mut self, constant: &'ast syn::ItemConst) {
        if let syn::Type::Path(path) = &*constant.ty
            && path.path.segments.last().is_some_and(|last| last.ident == "Work")
        {
            self.constants.push(constant.ident.to_string());
        }
        syn::visit::visit_item_const(self, constant);
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        self.written += usize::from(made.path.segments.last().is_some_and(|last| last.ident == "Work"));
        syn::visit::visit_expr_struct(self, made);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }
}

#[test]
fn every_kind_of_work_has_a_deed() {
    let deeds = fs::read_to_string(root().join(DEEDS)).unwrap();
    let mut found = 0;
    // The work of a customs calculation is another word: that context knows no store.
    for source in sources().iter().filter(|source| !source.is_test() && source.crate_name() != "customs") {
        let mut works = Works::default();
        works.visit_file(&syn::parse_file(&source.text).unwrap());
        assert_eq!(works.written, works.constants.len(), "{}: declare work as a constant beside its deed", source.path);
        // Hands and lease of what nobody knows are no kind.
        for name in works.constants.iter().filter(|name| *name != "UNKNOWN") {
            found += 1;
            assert!(
                deeds.contains(&format!("::{name}, |house, job|")),
                "{}: {name} has no deed in {DEEDS}",
                source.path
            );
        }
    }
    assert!(found > 10, "the constants were found: {found}");
}

//! Tests of the catalogue through its public functions, on every engine.

mod abroad;
mod books;
mod find;
mod import;
mod pictures;
mod products;
mod tables;
mod words;

use crate::{PutProduct, PutVariant, SCHEMA};
use base::{Actor, Role};
use store::Schema;

/// Everything a test store needs.
pub(crate) const SCHEMAS: &[Schema] = &[SCHEMA];

/// A T-shirt in two sizes, owned by organisation 7.
pub(crate) fn shirt() -> PutProduct {
    let size = |value: &str, sku: &str| PutVariant {
        sku: Some(sku.to_owned()),
        options: [value.to_owned(), String::new(), String::new()],
        ..PutVariant::default()
    };
    PutProduct {
        organisation: 7,
        handle: "t-shirt".into(),
        title: Some("T-shirt".into()),
        description_html: Some("<p>Soft.</p><script>alert(1)</script>".into()),
        options: vec!["Size".into()],
        variants: vec![size("S", "TS-S"), size("M", "TS-M")],
        ..PutProduct::default()
    }
}

/// A seller of `organisation`.
pub(crate) fn seller(organisation: i64) -> Actor {
    Actor::Person { person: 1, organisation, role: Role::SellerStaff }
}

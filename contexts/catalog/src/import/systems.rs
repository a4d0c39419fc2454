//! Every system that is known, the more particular ones first.

mod amazon;
mod feeds;
mod medusa;
mod woocommerce;

use super::header::{Column, letters};
use super::system::{Cells, System};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Every system.
pub(crate) const ALL: [&System; 9] = [
    &medusa::MEDUSA,
    &woocommerce::WOOCOMMERCE,
    &amazon::TEMPLATE,
    &amazon::LISTINGS,
    &amazon::INVENTORY,
    &feeds::EBAY,
    &feeds::PRESTASHOP,
    &feeds::GOOGLE,
    &feeds::ALIEXPRESS,
];

/// Names of columns in other languages, by what they are known by, and in English; `#` stands for a number.
pub(crate) static ABROAD: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let pairs = woocommerce::ABROAD.iter().flat_map(|(english, all)| all.iter().map(move |name| (name, *english)));
    let written = |name: &str| name.split('#').map(letters).collect::<Vec<_>>().join("#");
    pairs.map(|(name, english)| (written(name), english)).collect()
});

/// A made cell, from whatever is at hand.
fn cell(column: Column, text: impl Into<String>) -> (Column, String) {
    (column, text.into())
}

/// The price, and the former one. A sale that has its days in one of the columns `dated` is not followed: it may be over, or to come,
/// and here its price would stay for ever.
fn sale<'a>(row: &'a Cells, sale: &'a str, regular: &'a str, dated: &[&str]) -> (&'a str, &'a str) {
    match sale.is_empty() || !row.first(dated).is_empty() {
        true => (regular, ""),
        false => (sale, regular),
    }
}

/// Names and values of options as cells, three at most.
fn options(pairs: &[(String, String)]) -> Vec<(Column, String)> {
    let one = |(index, (name, value)): (usize, &(String, String))| {
        [cell(Column::OptionName(index), name.clone()), cell(Column::OptionValue(index), value.clone())]
    };
    pairs.iter().take(3).enumerate().flat_map(one).collect()
}

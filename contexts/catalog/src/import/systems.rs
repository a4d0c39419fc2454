//! Every system that is known, the more particular ones first.

mod amazon;
mod feeds;
mod medusa;
mod woocommerce;

use super::header::Column;
use super::system::System;

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

/// A made cell, from whatever is at hand.
fn cell(column: Column, text: impl Into<String>) -> (Column, String) {
    (column, text.into())
}

/// Names and values of options as cells, three at most.
fn options(pairs: &[(String, String)]) -> Vec<(Column, String)> {
    let one = |(index, (name, value)): (usize, &(String, String))| {
        [cell(Column::OptionName(index), name.clone()), cell(Column::OptionValue(index), value.clone())]
    };
    pairs.iter().take(3).enumerate().flat_map(one).collect()
}

//! Medusa's product export and import template, of both major versions.

use super::super::header::Column;
use super::super::system::{Cells, Made, Maker, System};
use super::cell;
use base::Currency;

pub(super) const MEDUSA: System = System {
    name: "Medusa",
    marks: &[&["producthandle", "producttitle", "variantsku"], &["producthandle", "producttitle", "varianttitle"]],
    columns: &[
        (Column::Handle, &["producthandle"]),
        (Column::Title, &["producttitle"]),
        (Column::Body, &["productdescription"]),
        (Column::Status, &["productstatus"]),
        (Column::Type, &["producttype"]),
        (Column::Sku, &["variantsku"]),
        (Column::Quantity, &["variantinventoryquantity"]),
        (Column::OptionName(0), &["option1name", "variantoption1name"]),
        (Column::OptionName(1), &["option2name", "variantoption2name"]),
        (Column::OptionName(2), &["option3name", "variantoption3name"]),
        (Column::OptionValue(0), &["option1value", "variantoption1value"]),
        (Column::OptionValue(1), &["option2value", "variantoption2value"]),
        (Column::OptionValue(2), &["option3value", "variantoption3value"]),
        (Column::StockPolicy, &["variantallowbackorder"]),
    ],
    makes: &[
        (Column::Grams, "variantweight"),
        (Column::Tags, "producttags"),
        (Column::Barcode, "variantbarcode"),
        (Column::ImageUrl, "productthumbnail"),
        (Column::Tracker, "variantmanageinventory"),
        (Column::Hs, "varianthscode"),
        (Column::Origin, "variantorigincountry"),
        (Column::Price, "variantprice"),
        (Column::PriceCurrency, "variantprice"),
    ],
    make,
};

fn make(maker: &mut Maker, row: &Cells) -> Made {
    let (currency, price) = price(maker, row);
    Ok(vec![
        cell(Column::Tags, tags(row)),
        cell(Column::Barcode, row.first(&["variantbarcode", "variantean", "variantupc"])),
        cell(Column::ImageUrl, pictures(row)),
        // What it does not manage nobody counts.
        cell(Column::Tracker, if is_managed(row) { "medusa" } else { "" }),
        cell(Column::Grams, row.first(&["variantweight", "productweight"])),
        cell(Column::Hs, row.first(&["varianthscode", "producthscode"])),
        cell(Column::Origin, row.first(&["variantorigincountry", "productorigincountry"])),
        cell(Column::Price, price),
        cell(Column::PriceCurrency, currency),
    ])
}

/// Columns of one kind that are looked at: `Product Tag 1`, `Product Tag 2` …
const NUMBERED: usize = 20;

fn tags(row: &Cells) -> String {
    let numbered = (1..=NUMBERED).map(|number| row.get(&format!("producttag{number}")));
    let all = [row.get("producttags")].into_iter().chain(numbered).filter(|tag| !tag.is_empty());
    all.collect::<Vec<_>>().join(",")
}

fn pictures(row: &Cells) -> String {
    let numbered = (1..=NUMBERED).map(|number| {
        row.first(&[
            &format!("productimage{number}url"),
            &format!("image{number}url"),
            &format!("productimage{number}"),
        ])
    });
    [row.get("productthumbnail")].into_iter().chain(numbered).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn is_managed(row: &Cells) -> bool {
    !matches!(row.get("variantmanageinventory").to_lowercase().as_str(), "false" | "0" | "no")
}

/// One column a currency (`Variant Price EUR`, `Price United States [USD]`): the one in the import's own currency, else the first
/// that is filled.
fn price(maker: &Maker, row: &Cells) -> (String, String) {
    let prices = maker.names.iter().filter_map(|name| {
        let small = super::super::header::letters(name);
        let is_price = small.starts_with("variantprice") || small.starts_with("price");
        let last: String = small.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
        let currency: Currency = last.to_uppercase().parse().ok().filter(|_| is_price)?;
        Some((currency, row.get(&small))).filter(|(_, price)| !price.is_empty())
    });
    let prices: Vec<(Currency, &str)> = prices.collect();
    let own = prices.iter().find(|(currency, _)| *currency == maker.currency).or(prices.first());
    own.map(|(currency, price)| (currency.code().to_owned(), (*price).to_owned())).unwrap_or_default()
}

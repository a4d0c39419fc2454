//! eBay's file exchange, PrestaShop's products, Google Merchant's feed, AliExpress's fields.

use super::super::header::Column;
use super::super::system::{Cells, Made, Maker, System};
use super::super::table::RowFault;
use super::{cell, options, sale};
use base::Currency;

pub(super) const EBAY: System = System {
    name: "eBay File Exchange",
    marks: &[&["action*", "title", "startprice"], &["action*", "customlabel*"], &["action*", "itemid"]],
    columns: &[
        (Column::Title, &["title"]),
        (Column::Body, &["description"]),
        (Column::Quantity, &["quantity", "availablequantity"]),
        (Column::Barcode, &["productean", "productupc", "pean", "pupc", "ean", "upc"]),
        (Column::Vendor, &["cbrand", "brand"]),
        (Column::Origin, &["ccountryoforigin", "ccountryregionofmanufacture"]),
    ],
    makes: &[
        (Column::Handle, "customlabel"),
        (Column::Sku, "customlabel"),
        (Column::Price, "startprice"),
        (Column::PriceCurrency, "currency"),
        (Column::ImageUrl, "picurl"),
        (Column::OptionName(0), "relationshipdetails"),
        (Column::OptionName(1), "relationshipdetails"),
        (Column::OptionName(2), "relationshipdetails"),
        (Column::OptionValue(0), "relationshipdetails"),
        (Column::OptionValue(1), "relationshipdetails"),
        (Column::OptionValue(2), "relationshipdetails"),
    ],
    make: of_ebay,
};

fn of_ebay(maker: &mut Maker, row: &Cells) -> Made {
    let action = maker.names.iter().find(|name| super::super::header::letters(name).starts_with("action")).cloned();
    let action = action.unwrap_or_default();
    let deed = row.get(&super::super::header::letters(&action)).to_lowercase();
    if matches!(deed.as_str(), "end" | "delete" | "info") {
        return Err(RowFault::NoGoods);
    }
    let sku = row.first(&["customlabel", "customlabelsku", "sku"]).to_owned();
    let is_variation = row.get("relationship").eq_ignore_ascii_case("variation");
    let details: Vec<(String, String)> = row
        .get("relationshipdetails")
        .split('|')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    if !is_variation {
        maker.parent = if sku.is_empty() { row.get("itemid").to_owned() } else { sku.clone() };
    }
    let mut made = vec![
        cell(Column::Handle, maker.parent.clone()),
        cell(Column::ImageUrl, row.first(&["picurl", "itemphotourl"]).replace('|', " ")),
    ];
    // A listing with variations names them all in its first row, which is none itself.
    if !is_variation && !details.is_empty() {
        let names = details.iter().take(3).enumerate();
        made.extend(names.map(|(index, (name, _))| cell(Column::OptionName(index), name.clone())));
        return Ok(made);
    }
    let price = row.first(&["startprice", "price", "buyitnowprice"]);
    made.extend([cell(Column::Sku, sku), cell(Column::Price, price)]);
    made.push(cell(Column::PriceCurrency, currency_of(row, &action)));
    made.extend(options(&details));
    Ok(made)
}

/// `*Action(SiteID=US|Country=US|Currency=USD|Version=941)` says the currency of the whole file.
fn currency_of(row: &Cells, action: &str) -> String {
    let named = action.split(['|', '(', ')']).find_map(|part| part.trim().strip_prefix("Currency="));
    let own = row.get("currency");
    if own.is_empty() { named.unwrap_or_default().to_owned() } else { own.to_owned() }
}

pub(super) const PRESTASHOP: System = System {
    name: "PrestaShop",
    marks: &[
        &["productid", "active01", "name"],
        &["active01", "name", "reference"],
        &["productid", "name", "reference", "pricetaxexcl"],
        &["productid", "name", "reference", "pricetaxexcluded"],
    ],
    columns: &[
        (Column::Title, &["name"]),
        (Column::Body, &["description", "summary"]),
        (Column::Sku, &["reference"]),
        (Column::Vendor, &["manufacturer", "brand"]),
        (Column::Barcode, &["ean13", "upc"]),
        (Column::Quantity, &["quantity"]),
        (Column::Tags, &["tagsxyz", "tags"]),
        (Column::Published, &["active01", "status"]),
        (Column::Price, &["pricetaxexcluded", "pricetaxexcl"]),
        (Column::ImageUrl, &["imageurlsxyz", "imageurls"]),
    ],
    makes: &[
        (Column::Handle, "productid"),
        (Column::Category, "categoriesxyz"),
        (Column::Weight, "weight"),
        (Column::WeightUnit, "weight"),
    ],
    make: of_prestashop,
};

/// What the root of PrestaShop's tree is called.
const ROOTS: [&str; 8] = ["home", "root", "accueil", "inicio", "startseite", "início", "главная", "首页"];

/// Weights are in the shop's unit, kilograms as it comes; nought is its way of not knowing.
fn of_prestashop(_: &mut Maker, row: &Cells) -> Made {
    let number = row.get("productid");
    let by_number = if number.is_empty() { String::new() } else { format!("product-{number}") };
    let handle = Some(row.first(&["urlrewritten", "reference"])).filter(|handle| !handle.is_empty());
    let weight = row.get("weight");
    let known = weight.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    // The root of its tree is no shelf of ours; paths have strokes.
    let mut places = row.first(&["categoriesxyz", "categories", "category"]).split(',').map(str::trim);
    let category = places.find(|place| !ROOTS.contains(&place.to_lowercase().as_str())).unwrap_or_default();
    Ok(vec![
        cell(Column::Handle, handle.map_or(by_number, str::to_owned)),
        cell(Column::Category, category.replace('/', ">")),
        cell(Column::Weight, if known { weight } else { "" }),
        cell(Column::WeightUnit, if known { "kg" } else { "" }),
    ])
}

pub(super) const GOOGLE: System = System {
    name: "Google Merchant",
    marks: &[&["id", "title", "link", "imagelink"], &["id", "title", "availability", "price"]],
    columns: &[
        (Column::Title, &["title"]),
        (Column::Body, &["description"]),
        (Column::Vendor, &["brand"]),
        (Column::Barcode, &["gtin"]),
        (Column::Type, &["producttype"]),
        (Column::Weight, &["shippingweight"]),
        (Column::Sku, &["id"]),
    ],
    makes: &[
        (Column::Handle, "id"),
        (Column::ProductCategory, "googleproductcategory"),
        (Column::ImageUrl, "imagelink"),
        (Column::Price, "price"),
        (Column::CompareAt, "price"),
        (Column::PriceCurrency, "price"),
        (Column::OptionName(0), "color"),
        (Column::OptionName(1), "size"),
        (Column::OptionName(2), "material"),
        (Column::OptionValue(0), "color"),
        (Column::OptionValue(1), "size"),
        (Column::OptionValue(2), "material"),
    ],
    make: of_google,
};

fn of_google(_: &mut Maker, row: &Cells) -> Made {
    let regular = row.get("price");
    let (price, former) = sale(row, row.get("saleprice"), regular, &["salepriceeffectivedate"]);
    let currency = |text: &str| -> Option<Currency> { text.split_whitespace().find_map(|word| word.parse().ok()) };
    let group = row.get("itemgroupid");
    // Some feeds name the category by its number.
    let category = Some(row.get("googleproductcategory")).filter(|path| path.contains(char::is_alphabetic));
    let mut made = vec![
        cell(Column::ProductCategory, category.unwrap_or_default()),
        cell(Column::ImageUrl, format!("{} {}", row.get("imagelink"), row.get("additionalimagelink"))),
        cell(Column::Handle, row.first(&["itemgroupid", "id"])),
        cell(Column::Price, price),
        cell(Column::CompareAt, former),
        cell(Column::PriceCurrency, currency(regular).map(|known| known.code().to_owned()).unwrap_or_default()),
    ];
    if !group.is_empty() {
        let pairs = ["color", "size", "material"].map(|name| (capital(name), row.get(name).to_owned()));
        made.extend(options(&pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()));
    }
    Ok(made)
}

fn capital(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// AliExpress has no one export; these are the field names of its open platform, which sellers' programs write into files.
pub(super) const ALIEXPRESS: System = System {
    name: "AliExpress",
    marks: &[&["productid", "subject", "skucode"], &["productid", "subject", "skuprice"]],
    columns: &[
        (Column::Title, &["subject"]),
        (Column::Body, &["detail", "description"]),
        (Column::Quantity, &["ipmskustock", "inventory", "stock"]),
        (Column::PriceCurrency, &["currencycode"]),
        (Column::Weight, &["grossweight", "packageweight"]),
        (Column::Barcode, &["eancode", "barcode"]),
    ],
    makes: &[
        (Column::Handle, "productid"),
        (Column::Sku, "skucode"),
        (Column::Price, "skuprice"),
        (Column::CompareAt, "skuprice"),
        (Column::WeightUnit, "grossweight"),
        (Column::ImageUrl, "imageurls"),
        (Column::OptionName(0), "skuattribute"),
        (Column::OptionValue(0), "skuattribute"),
    ],
    make: of_aliexpress,
};

fn of_aliexpress(_: &mut Maker, row: &Cells) -> Made {
    let reduced = row.first(&["discountprice", "skudiscountprice"]);
    let (price, former) = sale(row, reduced, row.first(&["skuprice", "price"]), &[]);
    let (code, number) = (row.first(&["skucode", "skuid"]), row.get("productid"));
    let mut made = vec![
        cell(Column::Handle, format!("product-{number}")),
        cell(Column::Sku, if code.is_empty() { number } else { code }),
        cell(Column::Price, price),
        cell(Column::CompareAt, former),
        cell(Column::ImageUrl, row.first(&["imageurls", "mainimageurl"]).replace(';', " ")),
        // The platform's weights are in kilograms.
        cell(Column::WeightUnit, if row.first(&["grossweight", "packageweight"]).is_empty() { "" } else { "kg" }),
    ];
    let attributes = row.first(&["skuattribute", "skuattributes", "skuattributesname"]);
    if !attributes.is_empty() && row.has("skucode") {
        made.extend(options(&[("Variation".to_owned(), attributes.to_owned())]));
    }
    Ok(made)
}

//! Amazon's files: the listing template with its rows of titles above the names, the report of listings, the inventory loader.

use super::super::header::Column;
use super::super::system::{Cells, Made, Maker, System};
use super::super::table::RowFault;
use super::{cell, options, sale};

pub(super) const TEMPLATE: System = System {
    name: "Amazon listing template",
    marks: &[&["itemsku", "itemname"]],
    columns: &[
        (Column::Title, &["itemname"]),
        (Column::Body, &["productdescription"]),
        (Column::Vendor, &["brandname"]),
        (Column::PriceCurrency, &["currency"]),
        (Column::Quantity, &["quantity"]),
        (Column::Barcode, &["externalproductid"]),
        (Column::Origin, &["countryoforigin"]),
        (Column::ImageUrl, &["mainimageurl"]),
    ],
    makes: &[
        (Column::Handle, "itemsku"),
        (Column::Sku, "itemsku"),
        (Column::Price, "standardprice"),
        (Column::CompareAt, "standardprice"),
        (Column::Weight, "itemweight"),
        (Column::WeightUnit, "itemweightunitofmeasure"),
        (Column::OptionName(0), "colorname"),
        (Column::OptionName(1), "sizename"),
        (Column::OptionValue(0), "colorname"),
        (Column::OptionValue(1), "sizename"),
    ],
    make: of_template,
};

fn of_template(_: &mut Maker, row: &Cells) -> Made {
    let (sku, parent) = (row.get("itemsku"), row.first(&["parentsku"]));
    let relation = row.first(&["parentchild", "parentage"]).to_lowercase();
    let handle = if parent.is_empty() { sku } else { parent };
    let mut made = vec![cell(Column::Handle, handle)];
    if relation == "parent" {
        return Ok(made);
    }
    let dated = ["salefromdate", "saleenddate"];
    let (price, former) = sale(row, row.get("saleprice"), row.get("standardprice"), &dated);
    let weight = row.first(&["itemweight", "packageweight", "websiteshippingweight"]);
    let unit =
        row.first(&["itemweightunitofmeasure", "packageweightunitofmeasure", "websiteshippingweightunitofmeasure"]);
    made.extend([
        cell(Column::Sku, sku),
        cell(Column::Price, price),
        cell(Column::CompareAt, former),
        cell(Column::Weight, weight),
        cell(Column::WeightUnit, if weight.is_empty() { "" } else { unit }),
    ]);
    if !parent.is_empty() {
        let pair = |name: &str, column: &str| (name.to_owned(), row.get(column).to_owned());
        let pairs = [pair("Color", "colorname"), pair("Size", "sizename")];
        made.extend(options(&pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>()));
    }
    Ok(made)
}

pub(super) const LISTINGS: System = System {
    name: "Amazon listings report",
    marks: &[&["sellersku", "itemname", "price"], &["sellersku", "asin1", "price"]],
    columns: &[
        (Column::Title, &["itemname"]),
        (Column::Body, &["itemdescription"]),
        (Column::Sku, &["sellersku"]),
        (Column::Price, &["price"]),
        (Column::Quantity, &["quantity"]),
        (Column::ImageUrl, &["imageurl"]),
    ],
    makes: &[(Column::Barcode, "productid"), (Column::Published, "status")],
    make: of_listing,
};

fn of_listing(_: &mut Maker, row: &Cells) -> Made {
    let published = match row.get("status").to_lowercase().as_str() {
        "active" => "yes",
        "inactive" | "incomplete" => "no",
        _ => "",
    };
    Ok(vec![cell(Column::Barcode, barcode(row)), cell(Column::Published, published)])
}

pub(super) const INVENTORY: System = System {
    name: "Amazon inventory file",
    marks: &[
        &["sku", "productid", "productidtype", "price"],
        &["sku", "asin", "price", "quantity"],
        &["sku", "adddelete", "quantity"],
    ],
    columns: &[(Column::Sku, &["sku"]), (Column::Price, &["price"]), (Column::Quantity, &["quantity"])],
    makes: &[(Column::Barcode, "productid")],
    make: of_inventory,
};

fn of_inventory(_: &mut Maker, row: &Cells) -> Made {
    // `d` and `x` take a listing away; an import takes nothing away.
    match row.get("adddelete").to_lowercase().as_str() {
        "d" | "x" => Err(RowFault::NoGoods),
        _ => Ok(vec![cell(Column::Barcode, barcode(row))]),
    }
}

/// A product id is a bar code when its type says so: 3 is UPC, 4 is EAN; 1 is Amazon's own.
fn barcode<'a>(row: &'a Cells) -> &'a str {
    match row.get("productidtype").to_lowercase().as_str() {
        "3" | "4" | "upc" | "ean" | "gtin" => row.get("productid"),
        _ => "",
    }
}

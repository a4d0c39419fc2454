//! Product files: the samples of real shops, every spelling, every fault.

use super::SCHEMAS;
use crate::import::{Reason, RowError, Said, Sheet, SheetProduct, StockSaid, error_file, place};
use crate::*;
use base::{Currency, Result, Weight};
use proptest::prelude::*;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use store::Store;
use store::testing::each;

fn read(text: impl AsRef<[u8]>) -> Result<Vec<SheetProduct>> {
    let mut sheet = open(text.as_ref())?;
    let mut products = Vec::new();
    while let Some(product) = sheet.next_product()? {
        products.push(product);
    }
    Ok(products)
}

fn open(text: &[u8]) -> Result<Sheet<&[u8]>> {
    Sheet::open(
        text,
        crate::import::survey(text, Said { decimal: None, opening: crate::import::Opening::new(Currency::EUR) })?.1?,
    )
}

fn put_all(store: &Store, products: Vec<SheetProduct>) -> [usize; 3] {
    store
        .write_blocking(move |tx| {
            let mut changes = [0; 3];
            for sheet in &products {
                let mut put = sheet.product.clone().unwrap();
                put.organisation = 7;
                put.status = Some(sheet.status(None, Status::Draft));
                put.category = place(tx, &sheet.category, "")?;
                changes[put_product(tx, &put)?.change as usize] += 1;
            }
            Ok(changes)
        })
        .unwrap()
}

/// The folder of real shops' files, if it is there.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/catalog-shopify-samples");
    if !folder.exists() {
        println!("skipped: no product samples at {}", folder.display());
    }
    Some(folder).filter(|folder| folder.exists())
}

#[test]
fn every_sample_of_a_real_shop_is_read_exactly() {
    let Some(folder) = samples() else { return };
    for (name, rows, products, variants, images) in [
        ("apparel-2023.csv", 22, 20, 22, 20),
        ("apparel.csv", 104, 25, 96, 55),
        ("fashion.csv", 5024, 997, 3672, 4742),
        ("home-and-garden.csv", 21, 20, 21, 21),
        ("jewelery-2023.csv", 41, 20, 23, 41),
        ("jewelry.csv", 30, 19, 24, 25),
        ("snowdevil.csv", 636, 278, 621, 412),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let mut sheet = open(&bytes).unwrap();
        let (mut counts, mut out) = ((0, 0, 0, 0), 0);
        while let Some(product) = sheet.next_product().unwrap() {
            let told = |error: &RowError| matches!(error.reason, Reason::SkuTwice { .. } | Reason::NoShipping);
            assert!(product.errors.iter().all(told), "{name}: {:?}", product.errors);
            out += product.errors.len();
            counts.0 += product.rows;
            let Some(put) = product.product else { continue };
            assert_eq!(put.variants.len(), product.commerce.len());
            assert!(product.commerce.iter().all(|commerce| commerce.price.is_some()));
            counts.1 += 1;
            counts.2 += put.variants.len();
            counts.3 += put.images.len();
        }
        assert_eq!(counts, (rows, products, variants, images), "{name}");
        let expected = match name {
            "fashion.csv" => 12,
            "snowdevil.csv" => 1,
            _ => 0,
        };
        assert_eq!(out, expected, "{name}: SKUs that stand twice, and what needs no shipping");
    }
}

#[test]
fn importing_a_sample_again_changes_nothing() {
    let Some(folder) = samples() else { return };
    each(SCHEMAS, |store| {
        for (name, products, drafts) in [("apparel.csv", 25, 0), ("snowdevil.csv", 278, 1), ("jewelry.csv", 19, 0)] {
            let bytes = std::fs::read(folder.join(name)).unwrap();
            let drafts_before = drafts_of(store);
            assert_eq!(put_all(store, read(&bytes).unwrap()), [products, 0, 0], "{name}");
            assert_eq!(put_all(store, read(&bytes).unwrap()), [0, 0, products], "{name}");
            assert_eq!(drafts_of(store) - drafts_before, drafts, "{name}");
        }
    });
}

fn drafts_of(store: &Store) -> usize {
    let filter = Filter { status: Some(Status::Draft), ..Filter::default() };
    store.read_blocking(move |db| products(db, &filter, "en", None, 250)).unwrap().rows.len()
}

#[test]
fn a_sample_keeps_what_the_shop_wrote() {
    let Some(folder) = samples() else { return };
    let products = read(std::fs::read(folder.join("snowdevil.csv")).unwrap()).unwrap();
    let glove = &products[0];
    let put = glove.product.as_ref().unwrap();
    assert_eq!(
        (put.handle.as_str(), put.title.as_deref()),
        ("burton-approach-under-glove-2016", Some("Approach Under Glove"))
    );
    assert_eq!(put.options, ["Size", "Color"]);
    assert_eq!(put.variants[0].options, ["Medium", "True Black", ""]);
    assert_eq!(put.variants[0].weight, Some(Weight::grams(454)));
    assert_eq!(put.variants[0].barcode.as_deref(), Some("9009518582030"), "without the apostrophe of spreadsheets");
    assert_eq!(put.variants[0].sku, None);
    assert_eq!(
        (glove.commerce[0].price.unwrap().to_string().as_str(), glove.commerce[0].stock),
        ("54.95", StockSaid::OnHand(4))
    );
    assert_eq!(glove.category, ["Gloves"]);
    let page = crate::html::clean(put.description_html.as_ref().unwrap());
    assert!(page.contains("<li>Removable") || page.contains("<li>220G Removable Fleece Liner</li>"), "{page}");
    assert!(!page.contains("target="));
}

const NEW: &str = "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,\
Option1 name,Option1 value,Option2 name,Option2 value,Price,Price / International,Compare-at price,Inventory quantity,\
Weight value (grams),Weight unit for display,Product image URL,Image position,Image alt text,Variant image URL,Gift card\r\n\
Cup,cup,\"<p>Two\r\nlines</p>\",Kiln,Home & Garden > Kitchen > Cups,cups,\"a, b\",TRUE,Active,CUP-1,,Colour,Red,,,\"1,234.50\",9,2000,5,310,g,https://x/1.jpg,1,A cup,,FALSE\r\n\
,cup,,,,,,,,CUP-2,,,Blue,,,12,,,,0,kg,https://x/2.jpg,2,,,\r\n\
,cup,,,,,,,,,,,,,,,,,,,,https://x/3.jpg,3,,,\r\n";

#[test]
fn headers_of_other_years_mean_the_same() {
    for text in [NEW.to_owned(), format!("\u{feff}{NEW}"), NEW.replace("\r\n", "\n"), semicolons(NEW)] {
        let products = read(&text).unwrap();
        assert_eq!(products.len(), 1);
        let sheet = &products[0];
        assert_eq!((sheet.errors.as_slice(), sheet.rows), (&[][..], 3));
        let put = sheet.product.as_ref().unwrap();
        assert_eq!(
            (put.handle.as_str(), put.status, put.vendor.as_deref()),
            ("cup", Some(Status::Active), Some("Kiln"))
        );
        assert_eq!(put.tags, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(sheet.category, ["Home & Garden", "Kitchen", "Cups"]);
        assert_eq!(put.images.len(), 3);
        assert_eq!(put.images[0].alt, "A cup");
        let skus: Vec<_> = put.variants.iter().map(|variant| variant.sku.as_deref().unwrap()).collect();
        assert_eq!(skus, ["CUP-1", "CUP-2"]);
        assert_eq!(put.variants[0].weight, Some(Weight::grams(310)));
        assert_eq!(put.variants[1].weight, None, "nought grams is not known");
        assert_eq!(sheet.commerce[0].price.unwrap().to_string(), "1234.5");
        assert_eq!(sheet.commerce[0].compare_at.unwrap().to_string(), "2000");
        assert_eq!((sheet.commerce[0].stock, sheet.commerce[1].stock), (StockSaid::OnHand(5), StockSaid::Nothing));
    }
}

fn semicolons(text: &str) -> String {
    let mut quoted = false;
    let swap = |letter: char| {
        quoted ^= letter == '"';
        if letter == ',' && !quoted { ';' } else { letter }
    };
    text.chars().map(swap).collect()
}

#[test]
fn our_own_columns_are_read() {
    let text = "Handle,Title,Title (zh-CN),Body (ar),Option1 Name,Option1 Value,Option1 Name (zh-CN),Option1 Value (zh-CN),\
Variant Price,Price Currency,HS Code,Country of Origin,Customs Description,Warehouse,Seller,Variant Weight,Variant Weight Unit\n\
lamp,Lamp,灯,<p>مصباح</p>,Colour,Red,颜色,红,20,EUR,9405.21,cn,LED table lamp,SZX,Lumen,1.5,lb\n\
lamp,,,,,Blue,,蓝,21,EUR,940521,CN,LED table lamp,SZX,,2,oz\n";
    let products = read(text).unwrap();
    let sheet = &products[0];
    assert_eq!(sheet.errors, []);
    assert_eq!(sheet.seller.as_deref(), Some("Lumen"));
    let put = sheet.product.as_ref().unwrap();
    let chinese = put.texts.iter().find(|text| text.language == "zh-CN").unwrap();
    assert_eq!(chinese.title.as_deref(), Some("灯"));
    let words: Vec<_> = chinese.words.iter().map(|(from, to)| format!("{from}={to}")).collect();
    assert_eq!(words, ["Blue=蓝", "Colour=颜色", "Red=红"]);
    assert_eq!(
        put.texts.iter().find(|text| text.language == "ar").unwrap().description_html.as_deref(),
        Some("<p>مصباح</p>")
    );
    let red = &put.variants[0];
    assert_eq!((red.hs.unwrap().digits(), red.origin.unwrap().code()), ("940521", "CN"));
    assert_eq!(red.customs_description.as_deref(), Some("LED table lamp"));
    assert_eq!((red.weight, put.variants[1].weight), (Some(Weight::grams(680)), Some(Weight::grams(57))));
    assert_eq!(
        (sheet.commerce[0].warehouse.as_deref(), sheet.commerce[0].currency.unwrap().code()),
        (Some("SZX"), "EUR")
    );
}

#[test]
fn wrong_rows_are_told_by_line_and_the_rest_goes_on() {
    let text = b"Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,HS Code,Country of Origin,Status,Variant Weight,Variant Weight Unit\n\
good,Good,Size,S,1.50,1,,,,,\n\
good,,,S,2,1,,,,,\n\
good,,,M,abc,1.5,61,ZZ,,,\n\
good,,,L,2,1,,,,3,stone\n\
,Lost,,,,,,,,,\n\
odd,Odd,,,3,,,,sold,,\n\
latin,Caf\xe9,,,3,,,,,,\n\
long,Long,,,3,,,,,,,extra\n\
fine,Fine,,,-1,,,,,,\n\
\n\
last,Last,,,0,,,,archived,,\n";
    let products = read(text).unwrap();
    let told: Vec<String> = products
        .iter()
        .flat_map(|sheet| &sheet.errors)
        .map(|error| format!("{} {} {}", error.line, error.column, error.reason.code()))
        .collect();
    let expected = [
        "3 Option1 Value variant_twice",
        "4 HS Code hs_format",
        "4 Country of Origin unknown_country",
        "4 Variant Price price_format",
        "4 Variant Inventory Qty quantity_format",
        "5 Variant Weight weight_unit",
        "6 Handle handle_missing",
        "7 Status status_unknown",
        "9 Handle row_too_long",
        "10 Variant Price price_format",
    ];
    assert_eq!(told, expected);
    let good = products[0].product.as_ref().unwrap();
    assert_eq!(good.variants.len(), 1, "the good row stays");
    let last = products.last().unwrap().product.as_ref().unwrap();
    assert_eq!((last.handle.as_str(), last.status), ("last", Some(Status::Archived)));
    assert_eq!(products.last().unwrap().line, 12);
}

#[test]
fn the_error_file_can_be_imported_once_mended() {
    let text = "Handle,Title,Variant Price\nx,\"X, \"\"y\"\"\",wrong\n";
    let names = open(text.as_bytes()).unwrap().names().to_vec();
    let errors = read(text).unwrap().remove(0).errors;
    let extra = ["Error line", "Error column", "Error code", "Error"];
    let file = error_file(&names, extra, &errors, |reason| format!("{:?}", reason.args())).unwrap();
    let header = "Handle,Title,Variant Price,Error line,Error column,Error code,Error\r\n";
    assert!(file.starts_with(header), "{file}");
    assert!(file.contains("x,\"X, \"\"y\"\"\",wrong,2,Variant Price,price_format,"), "{file}");
    let mended = read(file.replacen("wrong", "5", 1)).unwrap().remove(0);
    assert_eq!((mended.errors.as_slice(), mended.product.unwrap().title.as_deref()), (&[][..], Some("X, \"y\"")));
}

#[test]
fn no_product_file_at_all() {
    let code = |text: &str| read(text).unwrap_err().code;
    assert_eq!(code(""), "file_empty");
    assert_eq!(code("Name,Price\na,1\n"), "column_missing");
    assert_eq!(read("Handle,Title\n").unwrap(), []);
}

/// A file as large as asked, made while it is read.
struct Endless {
    left: usize,
    number: usize,
    line: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.line.is_empty() && self.left > 0 {
            let number = self.number;
            let text = if number == 0 {
                "Handle,Title,Body (HTML),Variant Price\n".to_owned()
            } else {
                format!("p-{number},Product {number},\"<p>{}</p>\",1.00\n", "text ".repeat(200))
            };
            self.line = text.into_bytes();
            self.left = self.left.saturating_sub(self.line.len());
            self.number += 1;
        }
        let taken = buffer.len().min(self.line.len());
        buffer[..taken].copy_from_slice(&self.line[..taken]);
        self.line.drain(..taken);
        Ok(taken)
    }
}

#[test]
fn a_large_file_is_never_held_as_a_whole() {
    let endless = || Endless { left: 20_000_000, number: 0, line: Vec::new() };
    let survey =
        crate::import::survey(endless(), Said { decimal: None, opening: crate::import::Opening::new(Currency::EUR) })
            .unwrap()
            .1
            .unwrap();
    let mut sheet = Sheet::open(endless(), survey).unwrap();
    let mut products = 0u64;
    while let Some(product) = sheet.next_product().unwrap() {
        products += 1;
        assert_eq!(product.rows, 1);
        let held = sheet.bytes() - products * 1000;
        assert!(held < 20_000_000 / 20 + products * 60, "read ahead {held} bytes after {products} products");
    }
    assert!(products > 15_000, "{products}");
}

#[test]
fn a_product_of_too_many_rows_comes_in_parts() {
    let mut text = "Handle,Title,Option1 Name,Option1 Value,Variant Price\n".to_owned();
    for number in 0..4500 {
        let title = if number == 0 { "Screw" } else { "" };
        text.push_str(&format!("screw,{title},Size,M{number},1\n"));
    }
    let products = read(&text).unwrap();
    assert_eq!(products.iter().map(|sheet| sheet.rows).collect::<Vec<_>>(), [2000, 2000, 500]);
    assert!(products[1].product.as_ref().unwrap().more_images);
    assert_eq!(products[1].product.as_ref().unwrap().title, None);
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let mut text = "Handle,Title\na,\"open\n".to_owned();
    text.push_str(&"x".repeat(9 * 1024 * 1024));
    let told: Vec<_> = read(&text).unwrap().into_iter().flat_map(|one| one.errors).collect();
    assert_eq!((told.len(), told[0].line, &told[0].reason), (1, 2, &crate::import::Reason::RowEndless));
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_file(title in "[^\\p{C}]{1,40}", values in prop::collection::btree_set("[a-zA-Z\",\n;é ]{1,12}", 1..6), price in 0i64..1_000_000) {
        let trimmed: std::collections::BTreeSet<String> = values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        prop_assume!(!title.trim().is_empty() && !trimmed.is_empty());
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record(["Handle", "Title", "Option1 Name", "Option1 Value", "Variant Price"]).unwrap();
        for (index, value) in trimmed.iter().enumerate() {
            let first = index == 0;
            let price = format!("{}.{:02}", price / 100, price % 100);
            file.write_record(["h", if first { &title } else { "" }, if first { "Size" } else { "" }, value, &price]).unwrap();
        }
        let products = read(file.into_inner().unwrap()).unwrap();
        prop_assert_eq!(products.len(), 1);
        prop_assert_eq!(&products[0].errors, &vec![]);
        let put = products[0].product.as_ref().unwrap();
        // A guard against formulas is taken off again, whoever put it there.
        prop_assert_eq!(put.title.as_deref(), Some(base::csv::unguarded(title.trim())));
        let read: Vec<&String> = put.variants.iter().map(|variant| &variant.options[0]).collect();
        prop_assert_eq!(read, trimmed.iter().collect::<Vec<_>>());
        for commerce in &products[0].commerce {
            prop_assert_eq!(commerce.price.unwrap().shifted(2).unwrap().whole(), Some(price));
        }
    }

    #[test]
    fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut text = b"Handle,Title,Variant Price,HS Code\n".to_vec();
        text.extend(bytes);
        if let Ok(products) = read(&text) {
            prop_assert!(products.iter().all(|sheet| sheet.product.is_some() || !sheet.errors.is_empty()));
        }
    }
}

//! Goods of every kind, with texts that a file, a spreadsheet or an import may take for something else.

use super::super::World;
use crate::*;
use base::{Currency, Id, Money, Result, Weight};
use catalog::{Category, Image, PutCategory, PutProduct, PutText, PutVariant};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use stock::Move;
use store::Tx;

/// Texts that a file, a spreadsheet or an import may take for something else.
const TRAPS: [&str; 34] = [
    "-",
    "–",
    "'-",
    "''—",
    "#N/A",
    "'#REF!",
    "=1+1",
    "'=1",
    "''+1",
    "+49 30",
    "@x",
    "-5",
    "'tis",
    "''",
    "\"quoted\"",
    "a,b;c|d",
    "two\nlines",
    "a\r\nb",
    "  pad ",
    "شاي أخضر",
    "茶具",
    "none",
    "Uncategorized",
    "1.500",
    "1,5",
    "true",
    "n/a",
    "Default Title",
    "<b>x</b>",
    "a > b",
    "http://x.example/a.jpg",
    "not stocked",
    "\u{feff}x",
    "\u{202e}rtl",
];
const CURRENCIES: [&str; 4] = ["EUR", "JPY", "KWD", "USD"];

fn text() -> BoxedStrategy<String> {
    prop_oneof![3 => select(&TRAPS[..]).prop_map(str::to_owned), 1 => "\\PC{0,10}"].boxed()
}

/// A text of which something is left without blanks.
fn word() -> BoxedStrategy<String> {
    text().prop_map(|text| if text.trim().is_empty() { "x".to_owned() } else { text }).boxed()
}

#[derive(Clone, Debug)]
struct Form {
    values: [String; 2],
    words: (Option<String>, String, String, String),
    facts: (Option<i64>, Option<&'static str>, Option<&'static str>, &'static str),
    places: [Option<Sold>; 2],
}

/// On sale somewhere, or only lying there.
#[derive(Clone, Debug)]
struct Sold {
    price: Option<(i64, &'static str, Option<i64>, bool)>,
    pieces: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct Goods {
    words: [String; 4],
    description: String,
    tags: Option<Vec<String>>,
    status: catalog::Status,
    language: Option<&'static str>,
    category: Option<usize>,
    options: Vec<String>,
    images: Vec<String>,
    texts: Vec<(&'static str, String, Option<String>, Vec<String>)>,
    forms: Vec<Form>,
}

fn sold() -> impl Strategy<Value = Sold> {
    let price = (1..3_000_000i64, select(&CURRENCIES[..]), of(1..3_000_000i64), any::<bool>());
    (of(price), of(0..5000i64)).prop_map(|(price, pieces)| Sold { price, pieces })
}

fn form() -> impl Strategy<Value = Form> {
    let hs = select(&["691110", "0902100000", "610910"][..]);
    let barcode = select(&["", "4006381333931", "own-1", "'x", "-", "0012345678905"][..]);
    let facts = (of(1..30_000i64), of(hs), of(select(&["CN", "DE", "NO"][..])), barcode);
    let words = (of(word()), text(), text(), text());
    let values = [word(), text()];
    (values, words, facts, [of(sold()), of(sold())]).prop_map(|(values, words, facts, places)| Form {
        values,
        words,
        facts,
        places,
    })
}

pub(super) fn goods() -> impl Strategy<Value = Goods> {
    let status = select(&catalog::Status::ALL[..]);
    let language = of(select(&["en", "zh-CN", "ar", "pt_br"][..]));
    let texts = vec((select(&["de", "ar", "zh-CN"][..]), word(), of(text()), vec(text(), 4)), 0..3);
    let images = vec("[a-z]{1,6}", 0..5);
    let first = ([word(), text(), text(), text()], text(), of(vec(text(), 0..3)), status, language, of(0..8usize));
    let second = (vec(word(), 0..3), images, texts, vec(form(), 1..4));
    (first, second).prop_map(
        |((words, description, tags, status, language, category), (options, images, texts, forms))| Goods {
            words,
            description,
            tags,
            status,
            language,
            category,
            options,
            images,
            texts,
            forms,
        },
    )
}

/// Categories whose names lead astray: parted by what parts a path, of one sound, of one name, saying that there is none.
pub(super) fn categories(tx: &mut Tx) -> Result<Vec<Id<Category>>> {
    let mut all: Vec<Id<Category>> = Vec::new();
    for (slug, name, parent) in [
        ("", "Home", None),
        ("", "Tea & cups", Some(0)),
        ("", "茶具", Some(0)),
        ("", "查距", None),
        ("old-name", "Renamed", Some(1)),
        ("", "Big > small", None),
        ("", "お茶セット", Some(4)),
        ("home-2", "Home", Some(3)),
    ] {
        let names = BTreeMap::from([("en".to_owned(), name.to_owned())]);
        let put =
            PutCategory { slug: slug.into(), names, parent: parent.map(|at: usize| all[at]), ..Default::default() };
        all.push(catalog::put_category(tx, &put)?);
    }
    Ok(all)
}

impl Goods {
    fn product(&self, number: usize, world: World, shelves: &[Id<Category>]) -> PutProduct {
        let [title, vendor, kind, handle] = self.words.clone();
        let image = |name: &String| format!("https://pictures.example/{number}/{name}.jpg");
        let variant = |(at, form): (usize, &Form)| PutVariant {
            sku: form.words.0.as_ref().map(|sku| format!("{sku}{number}.{at}")),
            options: [format!("{}{at}", form.values[0]), form.values[1].clone(), String::new()],
            weight: form.facts.0.map(Weight::grams),
            hs: form.facts.1.map(|hs| hs.parse().unwrap()),
            origin: form.facts.2.map(|code| code.parse().unwrap()),
            barcode: Some(form.facts.3.to_owned()),
            customs_description: Some(form.words.1.clone()),
            tax_class: Some(form.words.2.clone()),
            image: self.images.first().filter(|_| at == 0).map(image),
            ..PutVariant::default()
        };
        let mut texts: Vec<PutText> = Vec::new();
        for (language, title, description, words) in &self.texts {
            let values = self.forms.iter().enumerate().map(|(at, form)| format!("{}{at}", form.values[0]));
            let words = self.options.iter().cloned().chain(values).zip(words.iter().cloned()).collect();
            texts.push(PutText {
                language: (*language).to_owned(),
                title: Some(title.clone()),
                description_html: description.clone(),
                words,
            });
        }
        PutProduct {
            organisation: world.seller.raw(),
            handle: format!("{handle}{number}"),
            title: Some(title.clone()),
            description_html: Some(format!("{}<img src=\"https://pictures.example/d.jpg\">", self.description)),
            vendor: Some(vendor),
            product_type: Some(kind),
            tags: self.tags.clone(),
            status: Some(self.status),
            language: self.language.map(str::to_owned),
            category: self.category.map(|at| shelves[at]),
            options: self.options.clone(),
            images: self.images.iter().map(|name| Image { url: image(name), alt: title.clone() }).collect(),
            texts,
            variants: self.forms.iter().enumerate().map(variant).collect(),
            ..PutProduct::default()
        }
    }

    pub(super) fn put(&self, tx: &mut Tx, number: usize, world: World, shelves: &[Id<Category>]) -> Result<()> {
        let put = catalog::put_product(tx, &self.product(number, world, shelves))?;
        let second = stock::warehouse_by_code(tx, "DE-HAM")?.unwrap().id;
        for (at, (form, variant)) in self.forms.iter().zip(put.variants).enumerate() {
            for (place, warehouse) in form.places.iter().zip([world.warehouse, second]) {
                let Some(place) = place else { continue };
                if let Some((minor, currency, former, on_sale)) = place.price {
                    let currency: Currency = currency.parse()?;
                    let offer = PutOffer {
                        variant,
                        organisation: world.seller,
                        agreement: world.agreement,
                        warehouse,
                        price: Money::new(minor, currency),
                        compare_at: former.map(|minor| Money::new(minor, currency)),
                    };
                    let (offer, _) = put_offer(tx, &offer)?;
                    set_status(tx, offer, if on_sale { Status::Active } else { Status::Paused })?;
                }
                if let Some(quantity) = place.pieces {
                    let key = format!("{number}.{at}.{}", warehouse.raw());
                    stock::set_on_hand(tx, &Move { warehouse, variant, quantity, key, reason: "test".into() })?;
                }
            }
        }
        Ok(())
    }
}

//! Products on their way out: what a product file holds of them, as the import reads it back.
//!
//! A file has a line for each variant at each place it is sold from; the first carries the product's own fields, every line may carry
//! a picture. Prices and stock are of others: whoever knows them hands them in as [`Cells`].

use crate::category::{Category, called, category};
use crate::html;
use crate::import::{Column, as_code, as_text, category_path};
use crate::media::outside;
use crate::product::{Product, Status, Variant};
use crate::put_variant::{StoredVariant, stored_variants};
use crate::read::TEXTS;
use base::{Id, Result};
use std::collections::BTreeMap;
use store::{Read, Row, params};

/// The columns of a file, in their order: what they mean and what they are called there.
const COLUMNS: [(Column, &str); 31] = [
    (Column::Handle, "Handle"),
    (Column::Title, "Title"),
    (Column::Body, "Body (HTML)"),
    (Column::Vendor, "Vendor"),
    (Column::Type, "Type"),
    (Column::Category, "Category"),
    (Column::Tags, "Tags"),
    (Column::Status, "Status"),
    (Column::Language, "Text Language"),
    (Column::OptionName(0), "Option1 Name"),
    (Column::OptionValue(0), "Option1 Value"),
    (Column::OptionName(1), "Option2 Name"),
    (Column::OptionValue(1), "Option2 Value"),
    (Column::OptionName(2), "Option3 Name"),
    (Column::OptionValue(2), "Option3 Value"),
    (Column::Sku, "Variant SKU"),
    (Column::Barcode, "Variant Barcode"),
    (Column::Grams, "Variant Grams"),
    (Column::Hs, "HS Code"),
    (Column::Origin, "Country of Origin"),
    (Column::CustomsDescription, "Customs Description"),
    (Column::TaxClass, "Tax Class"),
    (Column::Warehouse, "Warehouse"),
    (Column::Price, "Variant Price"),
    (Column::CompareAt, "Variant Compare At Price"),
    (Column::PriceCurrency, "Price Currency"),
    (Column::OfferStatus, "Offer Status"),
    (Column::Supply, "Supply"),
    (Column::SupplyCapacity, "Supply Capacity"),
    (Column::Quantity, "Variant Inventory Qty"),
    (Column::VariantImage, "Variant Image"),
];
/// Behind them, because a line may hold nothing else.
const PICTURE_COLUMNS: [(Column, &str); 2] = [(Column::ImageUrl, "Image Src"), (Column::ImageAlt, "Image Alt Text")];
/// What is said once more in each further language.
const TRANSLATED: [(Column, &str); 8] = [
    (Column::Title, "Title"),
    (Column::Body, "Body"),
    (Column::OptionName(0), "Option1 Name"),
    (Column::OptionValue(0), "Option1 Value"),
    (Column::OptionName(1), "Option2 Name"),
    (Column::OptionValue(1), "Option2 Value"),
    (Column::OptionName(2), "Option3 Name"),
    (Column::OptionValue(2), "Option3 Value"),
];
/// Says that there is nothing, where an empty cell would leave what is there.
pub const NOTHING: &str = "–";

/// What stands in some columns of a line.
pub type Cells = Vec<(Column, String)>;

/// The columns of an owner's file, and where its pictures can be had.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Raw id of the owner in parties.
    organisation: i64,
    /// Every language that some text of the owner is in, beside each product's own.
    languages: Vec<String>,
    /// The shop's own address, without a slash at its end; may be empty.
    base: String,
}

impl Layout {
    /// For all products of an owner. Errors: none but internal ones.
    pub fn of(db: &mut Read, organisation: i64, base: &str) -> Result<Layout> {
        let rows = db.query(LANGUAGES, params![organisation])?;
        let languages = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
        Ok(Layout { organisation, languages, base: base.trim_end_matches('/').to_owned() })
    }

    /// The line of column names.
    pub fn head(&self) -> String {
        let mut names: Vec<String> =
            COLUMNS.iter().chain(&PICTURE_COLUMNS).map(|(_, name)| (*name).to_owned()).collect();
        for language in &self.languages {
            names.extend(TRANSLATED.iter().map(|(_, name)| format!("{name} ({language})")));
        }
        base::csv::line(&names)
    }

    fn line(&self, cells: &Line) -> String {
        let own = COLUMNS.iter().chain(&PICTURE_COLUMNS).map(|(column, _)| cells.own.get(column));
        let translated = self.languages.iter().flat_map(|language| {
            TRANSLATED.iter().map(move |(column, _)| cells.translated.get(&(language.as_str(), *column)))
        });
        let cells: Vec<String> =
            own.chain(translated).map(|text| text.map_or_else(String::new, |text| base::csv::cell(text))).collect();
        base::csv::line(&cells)
    }
}

/// A line on its way out.
#[derive(Default)]
struct Line<'a> {
    own: BTreeMap<Column, String>,
    translated: BTreeMap<(&'a str, Column), String>,
}

impl Line<'_> {
    /// A text, which is never taken for a sign.
    fn text(&mut self, column: Column, text: &str) {
        self.own.insert(column, as_text(text).into_owned());
    }

    fn code(&mut self, column: Column, code: &str) {
        self.own.insert(column, as_code(code).into_owned());
    }
}

/// A product as a file holds it.
#[derive(Debug)]
pub struct Outgoing {
    /// Its id.
    pub id: Id<Product>,
    handle: String,
    language: String,
    title: String,
    description_html: String,
    vendor: String,
    product_type: String,
    category: String,
    tags: Vec<String>,
    status: Status,
    options: Vec<String>,
    images: Vec<(String, String)>,
    variants: Vec<StoredVariant>,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    language: String,
    title: String,
    description_html: String,
    words: BTreeMap<String, String>,
}

/// Products of the layout's owner, oldest first, `limit` at a time, after the one whose raw id is `after`.
pub fn outgoing(db: &mut Read, layout: &Layout, after: i64, limit: i64) -> Result<Vec<Outgoing>> {
    let rows = db.query(PRODUCTS, params![layout.organisation, after, limit])?;
    rows.iter().map(|row| product(db, layout, row)).collect()
}

fn product(db: &mut Read, layout: &Layout, row: &Row) -> Result<Outgoing> {
    let id: Id<Product> = row.get(0)?;
    let mut variants = stored_variants(db, id)?;
    for variant in &mut variants {
        variant.image = outside(db, layout.organisation, &variant.image, &layout.base)?;
    }
    let mut images: Vec<(String, String)> = from_json(row, 11)?;
    for (source, _) in &mut images {
        *source = outside(db, layout.organisation, source, &layout.base)?;
    }
    let mut texts = Vec::new();
    for row in db.query(TEXTS, params![id])? {
        let description_html = description(db, layout, row.get(2)?)?;
        let words = from_json(&row, 3)?;
        texts.push(Text { language: row.get(0)?, title: row.get(1)?, description_html, words });
    }
    Ok(Outgoing {
        id,
        handle: row.get(1)?,
        language: row.get(2)?,
        title: row.get(3)?,
        description_html: description(db, layout, row.get(4)?)?,
        vendor: row.get(5)?,
        product_type: row.get(6)?,
        category: shelf(db, row.get(7)?)?,
        tags: from_json(row, 8)?,
        status: Status::stored(&row.get::<String>(9)?)?,
        options: from_json(row, 10)?,
        images,
        variants,
        texts,
    })
}

/// A description whose pictures can be had from outside.
fn description(db: &mut Read, layout: &Layout, html: String) -> Result<String> {
    if !html.contains("<img") {
        return Ok(html);
    }
    let mut known = BTreeMap::new();
    for source in html::sources(&html) {
        let from = outside(db, layout.organisation, &source, &layout.base)?;
        known.insert(source, from);
    }
    Ok(html::with_known_sources(&html, &known))
}

/// How a file names a category: by the names of the shelves it stands in, where these lead to just these shelves, and can make them in
/// another shop; else by its name in addresses. [`NOTHING`] for what stands on no shelf.
fn shelf(db: &mut Read, place: Option<Id<Category>>) -> Result<String> {
    let Some(place) = place else { return Ok(NOTHING.to_owned()) };
    let own = category(db, place)?;
    let (mut path, mut above) = (vec![own.clone()], own.parent);
    while let Some(parent) = above {
        let parent = category(db, parent)?;
        above = parent.parent;
        path.insert(0, parent);
    }
    let names: Vec<&str> = path.iter().map(|shelf| shelf.name("en")).collect();
    let named = names.join(" > ");
    let mut leads = category_path(&named) == names;
    for (name, shelf) in names.iter().zip(&path) {
        leads &= called(db, name, "")?.is_some_and(|known| known.id == shelf.id);
    }
    Ok(if leads { named } else { own.slug })
}

impl Outgoing {
    /// Its variants, in their order.
    pub fn variants(&self) -> impl Iterator<Item = Id<Variant>> {
        self.variants.iter().map(|variant| variant.id)
    }

    /// Its lines. `selling` has the places of each variant, with what is sold there how; at least one.
    pub fn lines(&self, layout: &Layout, selling: &BTreeMap<Id<Variant>, Vec<Cells>>) -> String {
        let mut lines: Vec<Line> = Vec::new();
        for variant in &self.variants {
            for (index, place) in selling.get(&variant.id).into_iter().flatten().enumerate() {
                let mut line = self.variant(variant, index == 0);
                line.own.extend(place.iter().cloned());
                lines.push(line);
            }
        }
        while lines.len() < self.images.len().max(1) {
            lines.push(Line::default());
        }
        self.head(&mut lines[0]);
        for (line, (source, alt)) in lines.iter_mut().zip(&self.images) {
            line.text(Column::ImageUrl, source);
            line.text(Column::ImageAlt, alt);
        }
        lines
            .iter_mut()
            .map(|line| {
                line.text(Column::Handle, &self.handle);
                layout.line(line)
            })
            .collect()
    }

    /// The product's own fields.
    fn head<'a>(&'a self, line: &mut Line<'a>) {
        line.text(Column::Title, &self.title);
        line.text(Column::Body, &self.description_html);
        line.text(Column::Vendor, &self.vendor);
        line.text(Column::Type, &self.product_type);
        line.own.insert(Column::Category, self.category.clone());
        line.text(Column::Tags, &self.tags.join(", "));
        line.text(Column::Status, self.status.name());
        line.text(Column::Language, &self.language);
        for (index, name) in self.options.iter().enumerate().take(3) {
            line.text(Column::OptionName(index), name);
        }
        for text in &self.texts {
            let mut say = |column, said: &str| {
                line.translated.insert((text.language.as_str(), column), as_text(said).into_owned());
            };
            say(Column::Title, &text.title);
            say(Column::Body, &text.description_html);
            for (index, name) in self.options.iter().enumerate().take(3) {
                say(Column::OptionName(index), text.words.get(name).map_or("", String::as_str));
            }
        }
    }

    /// What a line says of a variant; of one that stands on an earlier line already only which it is.
    fn variant(&self, variant: &StoredVariant, is_first: bool) -> Line<'_> {
        let mut line = Line::default();
        for (index, value) in variant.options.iter().enumerate() {
            line.text(Column::OptionValue(index), value);
        }
        line.code(Column::Sku, &variant.sku);
        if !is_first {
            return line;
        }
        for text in &self.texts {
            for (index, value) in variant.options.iter().enumerate() {
                let said = as_text(text.words.get(value).map_or("", String::as_str)).into_owned();
                line.translated.insert((text.language.as_str(), Column::OptionValue(index)), said);
            }
        }
        line.code(Column::Barcode, &variant.barcode);
        line.text(Column::Grams, &variant.weight.map_or_else(String::new, |weight| weight.grams.to_string()));
        line.text(Column::Hs, variant.hs.as_ref().map_or("", |hs| hs.digits()));
        line.text(Column::Origin, variant.origin.as_ref().map_or("", |origin| origin.code()));
        line.text(Column::CustomsDescription, &variant.customs_description);
        line.text(Column::TaxClass, &variant.tax_class);
        line.text(Column::VariantImage, &variant.image);
        line
    }
}

fn from_json<T: serde::de::DeserializeOwned>(row: &Row, index: usize) -> Result<T> {
    serde_json::from_str(&row.get::<String>(index)?).map_err(base::Error::internal)
}

const LANGUAGES: &str = "SELECT DISTINCT t.language FROM catalog_product p JOIN catalog_text t ON t.product = p.id
    WHERE p.organisation = $1 ORDER BY t.language";
const PRODUCTS: &str = "SELECT id, handle, language, title, description_html, vendor, product_type, category, tags, status, options, images
    FROM catalog_product WHERE organisation = $1 AND id > $2 ORDER BY id LIMIT $3";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{meaning, translation};

    #[test]
    fn every_column_means_to_the_import_what_it_is_written_for() {
        for (column, name) in COLUMNS.into_iter().chain(PICTURE_COLUMNS) {
            assert_eq!(meaning(name), Some(column), "{name}");
        }
        for (column, name) in TRANSLATED {
            assert_eq!(translation(&format!("{name} (pt-BR)")), Some((column, "pt-BR".to_owned())), "{name}");
        }
        let names: Vec<String> = COLUMNS.iter().map(|(_, name)| (*name).to_owned()).collect();
        assert!(crate::import::System::of(&names).is_none(), "no other system's file");
    }
}

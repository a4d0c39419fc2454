//! The rows of one product, turned into a put; every cell that cannot be read is told.

use super::header::{Column, Header};
use super::{Commerce, Reason, RowError, SheetProduct};
use crate::product::{Image, Status};
use crate::put::{PutProduct, PutText, PutVariant};
use base::{Currency, Rate, Rounding, Weight};
use std::collections::BTreeMap;

/// One row's cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    line: u64,
    cells: Vec<String>,
    utf8: bool,
}

impl Cells {
    /// Trims and decodes a row, and takes off what our own files guard cells with.
    pub(crate) fn read(line: u64, record: &csv::ByteRecord) -> Cells {
        let utf8 = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
        let text = |cell: &[u8]| base::csv::unguarded(String::from_utf8_lossy(cell).trim()).to_owned();
        let cells = record.iter().map(text).collect();
        Cells { line, cells, utf8 }
    }
}

/// The rows of one product, as they come.
pub(crate) struct Group<'a> {
    header: &'a Header,
    names: &'a [String],
    rows: Vec<Cells>,
}

/// A cell that cannot be read, and why.
type Wrong = (Column, Reason);

impl<'a> Group<'a> {
    /// No rows yet.
    pub(crate) fn new(header: &'a Header, names: &'a [String]) -> Group<'a> {
        Group { header, names, rows: Vec::new() }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether a row is of the same product as those before.
    pub(crate) fn belongs(&self, row: &Cells) -> bool {
        self.rows.first().is_none_or(|first| self.cell(first, Column::Handle) == self.cell(row, Column::Handle))
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: Cells) {
        self.rows.push(row);
    }

    fn cell<'c>(&self, row: &'c Cells, column: Column) -> &'c str {
        self.header.at(column).and_then(|index| row.cells.get(index)).map_or("", String::as_str)
    }

    /// The cell of a column the file has, even if it is empty.
    fn given(&self, row: &Cells, column: Column) -> Option<String> {
        self.header.at(column).map(|_| self.cell(row, column).to_owned())
    }

    fn wrong(&self, row: &Cells, wrong: Wrong) -> RowError {
        let (column, reason) = wrong;
        let column = self.header.at(column).and_then(|index| self.names.get(index)).cloned().unwrap_or_default();
        RowError { line: row.line, column, reason, row: row.cells.clone() }
    }

    /// The product that these rows make.
    pub(crate) fn finish(self) -> SheetProduct {
        let mut sheet = SheetProduct {
            line: self.rows.first().map_or(0, |row| row.line),
            rows: self.rows.len() as u64,
            ..SheetProduct::default()
        };
        let (whole, broken): (Vec<&Cells>, Vec<&Cells>) = self.rows.iter().partition(|row| self.is_whole(row).is_ok());
        for row in broken {
            let Err(wrong) = self.is_whole(row) else { continue };
            sheet.errors.push(self.wrong(row, wrong));
        }
        let Some(first) = whole.iter().find(|row| !self.cell(row, Column::Title).is_empty()).or(whole.first()) else {
            return sheet;
        };
        let mut product = match self.product(first) {
            Ok(product) => product,
            Err(wrong) => {
                sheet.errors.push(self.wrong(first, wrong));
                return sheet;
            }
        };
        sheet.seller = Some(self.cell(first, Column::Seller).to_owned()).filter(|name| !name.is_empty());
        sheet.category = self.category(first);
        for row in &whole {
            self.add_image(row, &mut product);
            if !self.has_variant(row) {
                continue;
            }
            match self.variant(row) {
                Ok((variant, _)) if product.variants.iter().any(|known| known.options == variant.options) => {
                    sheet.errors.push(self.wrong(row, (Column::OptionValue(0), Reason::VariantTwice)));
                }
                Ok((variant, commerce)) => {
                    self.add_words(row, &variant, &mut product.texts);
                    product.variants.push(variant);
                    sheet.commerce.push(commerce);
                }
                Err(wrongs) => sheet.errors.extend(wrongs.into_iter().map(|wrong| self.wrong(row, wrong))),
            }
        }
        sheet.errors.sort_by_key(|error| error.line);
        sheet.faulty = !sheet.errors.is_empty();
        sheet.product = Some(product);
        sheet
    }

    /// Whether a row can be read at all.
    fn is_whole(&self, row: &Cells) -> Result<(), Wrong> {
        if !row.utf8 {
            return Err((Column::Title, Reason::NotUtf8));
        }
        if row.cells.len() > self.names.len() && row.cells[self.names.len()..].iter().any(|cell| !cell.is_empty()) {
            let (has, wanted) = (row.cells.len() as i64, self.names.len() as i64);
            return Err((Column::Handle, Reason::RowTooLong { has, wanted }));
        }
        if self.cell(row, Column::Handle).is_empty() {
            return Err((Column::Handle, Reason::HandleMissing));
        }
        if self.cell(row, Column::GiftCard).eq_ignore_ascii_case("true") {
            return Err((Column::GiftCard, Reason::GiftCard));
        }
        Ok(())
    }

    fn has_variant(&self, row: &Cells) -> bool {
        let columns =
            [Column::Sku, Column::Price, Column::OptionValue(0), Column::OptionValue(1), Column::OptionValue(2)];
        columns.into_iter().any(|column| !self.cell(row, column).is_empty())
    }

    /// The product's own fields. A row without a title goes on with a product that is known already.
    fn product(&self, row: &Cells) -> Result<PutProduct, Wrong> {
        let handle = self.cell(row, Column::Handle).to_owned();
        let title = self.cell(row, Column::Title).to_owned();
        if title.is_empty() {
            return Ok(PutProduct { handle, more_images: true, ..PutProduct::default() });
        }
        let names = [0, 1, 2].map(|index| self.cell(row, Column::OptionName(index)).to_owned());
        let tags = self
            .given(row, Column::Tags)
            .map(|tags| tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect());
        Ok(PutProduct {
            handle,
            title: Some(title),
            description_html: self.given(row, Column::Body),
            vendor: self.given(row, Column::Vendor),
            product_type: self.given(row, Column::Type),
            tags,
            status: self.status(row)?,
            options: names.into_iter().take_while(|name| !name.is_empty()).collect(),
            texts: self.texts(row),
            ..PutProduct::default()
        })
    }

    /// Active when the file says nothing: whoever sends a file of products wants to sell them.
    fn status(&self, row: &Cells) -> Result<Option<Status>, Wrong> {
        let word = self.cell(row, Column::Status).to_ascii_lowercase();
        let hidden = matches!(self.cell(row, Column::Published).to_ascii_lowercase().as_str(), "false" | "no" | "0");
        match (word.as_str(), Status::named(&word)) {
            ("", _) | (_, Some(Status::Active)) if hidden => Ok(Some(Status::Draft)),
            ("", _) => Ok(Some(Status::Active)),
            (_, Some(status)) => Ok(Some(status)),
            ("unlisted", None) => Ok(Some(Status::Draft)),
            _ => Err((Column::Status, Reason::StatusUnknown { value: word })),
        }
    }

    fn category(&self, row: &Cells) -> Vec<String> {
        let cells = [Column::Category, Column::ProductCategory, Column::Type].map(|column| self.cell(row, column));
        let path = cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
        path.split('>').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }

    fn texts(&self, row: &Cells) -> Vec<PutText> {
        let mut texts: BTreeMap<&str, PutText> = BTreeMap::new();
        for translated in &self.header.translated {
            let cell = row.cells.get(translated.index).map_or("", String::as_str);
            if cell.is_empty() {
                continue;
            }
            let text = texts
                .entry(&translated.language)
                .or_insert_with(|| PutText { language: translated.language.clone(), ..PutText::default() });
            match translated.column {
                Column::Title => text.title = Some(cell.to_owned()),
                Column::Body => text.description_html = Some(cell.to_owned()),
                Column::OptionName(_) => {
                    text.words.insert(self.cell(row, translated.column).to_owned(), cell.to_owned());
                }
                _ => {}
            }
        }
        texts.into_values().collect()
    }

    /// Translated option values stand in every row.
    fn add_words(&self, row: &Cells, variant: &PutVariant, texts: &mut Vec<PutText>) {
        for translated in &self.header.translated {
            let Column::OptionValue(index) = translated.column else { continue };
            let cell = row.cells.get(translated.index).map_or("", String::as_str);
            let word = &variant.options[index];
            if cell.is_empty() || word.is_empty() {
                continue;
            }
            let known = texts.iter().position(|text| text.language == translated.language);
            let at = known.unwrap_or_else(|| {
                texts.push(PutText { language: translated.language.clone(), ..PutText::default() });
                texts.len() - 1
            });
            texts[at].words.insert(word.clone(), cell.to_owned());
        }
    }

    fn add_image(&self, row: &Cells, product: &mut PutProduct) {
        let url = self.cell(row, Column::ImageUrl);
        if !url.is_empty() && !product.images.iter().any(|image| image.url == url) {
            let alt = self.cell(row, Column::ImageAlt).to_owned();
            product.images.push(Image { url: url.to_owned(), alt });
        }
    }

    fn variant(&self, row: &Cells) -> Result<(PutVariant, Commerce), Vec<Wrong>> {
        let mut wrongs = Vec::new();
        let hs = optional(self.cell(row, Column::Hs), &mut wrongs, Column::Hs, |value| Reason::HsFormat { value });
        let origin = optional(self.cell(row, Column::Origin), &mut wrongs, Column::Origin, |value| {
            Reason::UnknownCountry { value }
        });
        let currency: Option<Currency> =
            optional(self.cell(row, Column::PriceCurrency), &mut wrongs, Column::PriceCurrency, |value| {
                Reason::UnknownCurrency { value }
            });
        let price = noted(amount(self.cell(row, Column::Price), Column::Price), &mut wrongs);
        let compare_at = noted(amount(self.cell(row, Column::CompareAt), Column::CompareAt), &mut wrongs);
        let quantity = noted(pieces(self.cell(row, Column::Quantity), Column::Quantity), &mut wrongs);
        let [grams, weight, unit] =
            [Column::Grams, Column::Weight, Column::WeightUnit].map(|column| self.cell(row, column));
        let grams = noted(whole_grams(grams, weight, unit), &mut wrongs);
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        let mut options = [0, 1, 2].map(|index| self.cell(row, Column::OptionValue(index)).to_owned());
        if options[0].is_empty() {
            options[0] = "Default Title".to_owned();
        }
        let filled = |column: Column| Some(self.cell(row, column).to_owned()).filter(|cell| !cell.is_empty());
        let code = |column: Column| filled(column).map(|cell| cell.trim_start_matches('\'').to_owned());
        let variant = PutVariant {
            id: None,
            sku: code(Column::Sku),
            options,
            weight: grams.filter(|grams| *grams > 0).map(Weight::grams),
            hs,
            origin,
            customs_description: filled(Column::CustomsDescription),
            barcode: code(Column::Barcode),
            image: filled(Column::VariantImage),
            tax_class: filled(Column::TaxClass),
        };
        let commerce = Commerce {
            line: row.line,
            price,
            compare_at: compare_at.filter(|rate| *rate > Rate::ZERO),
            // Shops write oversold stock as a negative number; there is nothing on hand then.
            quantity: quantity.map(|pieces| pieces.max(0)),
            currency,
            warehouse: filled(Column::Warehouse),
            row: row.cells.clone(),
        };
        Ok((variant, commerce))
    }
}

fn optional<T: std::str::FromStr>(
    cell: &str,
    wrongs: &mut Vec<Wrong>,
    column: Column,
    reason: fn(String) -> Reason,
) -> Option<T> {
    if cell.is_empty() {
        return None;
    }
    let value = cell.parse().ok();
    if value.is_none() {
        wrongs.push((column, reason(cell.to_owned())));
    }
    value
}

/// `50`, `36.00`, `1,234.50`.
fn amount(cell: &str, column: Column) -> Result<Option<Rate>, Wrong> {
    if cell.is_empty() {
        return Ok(None);
    }
    let plain = if grouped(cell) { cell.replace(',', "") } else { cell.to_owned() };
    match plain.parse::<Rate>() {
        Ok(rate) if rate >= Rate::ZERO => Ok(Some(rate)),
        _ => Err((column, Reason::PriceFormat { value: cell.to_owned() })),
    }
}

/// Whether commas stand only before groups of three digits.
fn grouped(cell: &str) -> bool {
    let whole = cell.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

fn pieces(cell: &str, column: Column) -> Result<Option<i64>, Wrong> {
    if cell.is_empty() {
        return Ok(None);
    }
    let pieces = cell.parse::<Rate>().ok().and_then(Rate::whole).filter(|pieces| pieces.abs() <= 1_000_000_000);
    pieces.map(Some).ok_or_else(|| (column, Reason::QuantityFormat { value: cell.to_owned() }))
}

/// The value, or nothing and its fault noted.
fn noted<T>(read: Result<Option<T>, Wrong>, wrongs: &mut Vec<Wrong>) -> Option<T> {
    read.unwrap_or_else(|wrong| {
        wrongs.push(wrong);
        None
    })
}

/// Whole grams, from a column in grams or from a weight and its unit; 0 means unknown.
fn whole_grams(grams: &str, weight: &str, unit: &str) -> Result<Option<i64>, Wrong> {
    let (cell, column) = if grams.is_empty() { (weight, Column::Weight) } else { (grams, Column::Grams) };
    if cell.is_empty() {
        return Ok(None);
    }
    let value: Rate = cell
        .parse()
        .ok()
        .filter(|value| *value >= Rate::ZERO)
        .ok_or_else(|| (column, Reason::WeightFormat { value: cell.to_owned() }))?;
    // Grams in a unit, in thousandths (avoirdupois, exact to the milligram).
    let milligrams = match (column, unit.to_ascii_lowercase().as_str()) {
        (Column::Grams, _) | (_, "g" | "gram" | "grams") => 1_000,
        (_, "kg" | "kilogram" | "kilograms") => 1_000_000,
        (_, "oz" | "ounce" | "ounces") => 28_350,
        (_, "lb" | "lbs" | "pound" | "pounds") => 453_592,
        _ => return Err((column, Reason::WeightUnit { unit: unit.to_owned() })),
    };
    let too_heavy = |_| (column, Reason::WeightTooHeavy { value: cell.to_owned() });
    let milligrams = value.of(milligrams, Rounding::HalfUp).map_err(too_heavy)?;
    let thousandth = Rate::basis_points(10);
    let whole = thousandth.of(milligrams, Rounding::HalfUp).map_err(too_heavy)?;
    // A tenth of a gram is not nothing.
    let least = i64::from(milligrams > 0);
    Ok(Some(whole.max(least)))
}

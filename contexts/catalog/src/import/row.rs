//! The rows of one product, turned into a put; every cell that cannot be read is told.

use super::header::{Column, Header};
use super::table::{RowFault, TableRow};
use super::{Commerce, Reason, RowError, SheetProduct, StockSaid, Survey, say};
use crate::product::{Image, Status};
use crate::wanted::{PutProduct, PutText, PutVariant};
use base::Language;
use std::collections::BTreeMap;

/// The rows of one product, as they come.
pub(crate) struct Group<'a> {
    pub(super) header: &'a Header,
    names: &'a [String],
    pub(super) survey: &'a Survey,
    rows: Vec<TableRow>,
}

/// A cell that cannot be read, and why.
pub(super) type Wrong = (Column, Reason);

impl<'a> Group<'a> {
    /// No rows yet.
    pub(crate) fn new(header: &'a Header, names: &'a [String], survey: &'a Survey) -> Group<'a> {
        Group { header, names, survey, rows: Vec::new() }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether a row is of the same product as those before. Without handles each row stands for itself.
    pub(crate) fn belongs(&self, row: &TableRow) -> bool {
        let Some(first) = self.rows.first() else { return true };
        self.header.has(Column::Handle) && self.cell(first, Column::Handle) == self.cell(row, Column::Handle)
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: TableRow) {
        self.rows.push(row);
    }

    pub(super) fn cell<'c>(&self, row: &'c TableRow, column: Column) -> &'c str {
        self.header.cell(row, column)
    }

    /// The text of a column's cell; empty where nothing stands there.
    pub(super) fn said<'c>(&self, row: &'c TableRow, column: Column) -> &'c str {
        say::meant(self.cell(row, column))
    }

    /// The text of a column's cell, if anything stands there.
    pub(super) fn filled(&self, row: &TableRow, column: Column) -> Option<String> {
        Some(self.said(row, column).to_owned()).filter(|cell| !cell.is_empty())
    }

    /// The text of a cell, if anything stands there; a lone dash takes away what is stored.
    pub(super) fn text(&self, row: &TableRow, column: Column) -> Option<String> {
        let cleared = say::is_clear(self.cell(row, column));
        if cleared { Some(String::new()) } else { self.filled(row, column) }
    }

    /// How the file spells a column; empty when it has none.
    pub(super) fn spelling(&self, column: Column) -> &str {
        self.header.at(column).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }

    fn wrong(&self, row: &TableRow, wrong: Wrong) -> RowError {
        let (column, reason) = wrong;
        let column = self.spelling(column).to_owned();
        RowError { line: row.line, column, reason, row: row.cells.clone() }
    }

    /// The product that these rows make.
    pub(crate) fn finish(self) -> SheetProduct {
        let mut sheet = SheetProduct {
            line: self.rows.first().map_or(0, |row| row.line),
            rows: self.rows.len() as u64,
            ..SheetProduct::default()
        };
        let (mut readable, mut whole) = (Vec::new(), Vec::new());
        for row in &self.rows {
            match self.is_readable(row).and_then(|()| {
                readable.push(row);
                self.is_goods(row)
            }) {
                Ok(()) => whole.push(row),
                Err(wrong) => sheet.errors.push(self.wrong(row, wrong)),
            }
        }
        let titled = readable.iter().find(|row| !self.cell(row, Column::Title).is_empty()).or(readable.first());
        let Some(first) = titled.filter(|_| !whole.is_empty()) else { return sheet };
        let mut product = match self.product(first, &mut sheet) {
            Ok(product) => product,
            Err(wrong) => {
                sheet.errors.push(self.wrong(first, wrong));
                return sheet;
            }
        };
        for row in readable {
            self.add_image(row, &mut product);
        }
        for row in &whole {
            if self.has_variant(row) {
                self.add_variant(row, &mut product, &mut sheet);
            }
        }
        sheet.errors.sort_by_key(|error| error.line);
        sheet.faulty = !sheet.errors.is_empty();
        sheet.product = Some(product);
        sheet
    }

    /// Adds the variant of a row, or one more place of a variant that is there.
    fn add_variant(&self, row: &TableRow, product: &mut PutProduct, sheet: &mut SheetProduct) {
        let (variant, mut commerce, notes, elsewhere) = match self.variant(row) {
            Ok(read) => read,
            Err(wrongs) => {
                sheet.errors.extend(wrongs.into_iter().map(|wrong| self.wrong(row, wrong)));
                return;
            }
        };
        let bare = variant.unsaid == [true; 3];
        let same = |known: &PutVariant| match bare {
            true => known.unsaid == variant.unsaid && known.sku == variant.sku,
            false => known.options == variant.options,
        };
        if let Some(index) = product.variants.iter().position(same) {
            let here = |other: &Commerce| other.variant == index && other.warehouse == commerce.warehouse;
            if commerce.warehouse.is_none() || sheet.commerce.iter().any(here) {
                sheet.errors.push(self.wrong(row, (Column::OptionValue(0), Reason::VariantTwice)));
                return;
            }
            commerce.variant = index;
        } else {
            commerce.variant = product.variants.len();
            self.add_words(row, &variant, &mut product.texts);
            product.variants.push(variant);
        }
        sheet.notes.extend(notes.into_iter().map(|note| self.wrong(row, note)));
        let places = elsewhere.into_iter().map(|(place, stock)| commerce.elsewhere(place, stock)).collect::<Vec<_>>();
        // A row that counts pieces by place says nothing of the usual one, unless it has a price.
        if places.is_empty() || commerce.price.is_some() || commerce.stock != StockSaid::Nothing {
            sheet.commerce.push(commerce);
        }
        sheet.commerce.extend(places);
    }

    /// Whether a row can be read at all.
    fn is_readable(&self, row: &TableRow) -> Result<(), Wrong> {
        if let Some(fault) = row.fault {
            return Err((Column::Title, faulty(fault, self.survey.encoding)));
        }
        if row.cells.len() > self.names.len() && row.cells[self.names.len()..].iter().any(|cell| !cell.is_empty()) {
            let (has, wanted) = (row.cells.len() as i64, self.names.len() as i64);
            return Err((Column::Handle, Reason::RowTooLong { has, wanted }));
        }
        if let Some((column, value)) = self.header.first_cell(row, say::is_formula_error) {
            return Err((column, Reason::FormulaError { value: value.to_owned() }));
        }
        let by = if self.header.has(Column::Handle) { Column::Handle } else { Column::Sku };
        if self.cell(row, by).is_empty() {
            return Err((by, Reason::HandleMissing));
        }
        Ok(())
    }

    /// Whether the variant of a row is something that travels, and named once.
    fn is_goods(&self, row: &TableRow) -> Result<(), Wrong> {
        if self.truth(row, Column::GiftCard)? == Some(true) {
            return Err((Column::GiftCard, Reason::GiftCard));
        }
        if self.truth(row, Column::RequiresShipping)? == Some(false) {
            return Err((Column::RequiresShipping, Reason::NoShipping));
        }
        if let Some(first) = self.survey.twice.get(&row.line) {
            let (value, first) = (self.cell(row, Column::Sku).to_owned(), *first as i64);
            return Err((Column::Sku, Reason::SkuTwice { value, first }));
        }
        Ok(())
    }

    fn truth(&self, row: &TableRow, column: Column) -> Result<Option<bool>, Wrong> {
        match self.cell(row, column) {
            "" => Ok(None),
            word => say::truth(word).map(Some).ok_or((column, Reason::NoYesOrNo { value: word.to_owned() })),
        }
    }

    fn has_variant(&self, row: &TableRow) -> bool {
        let columns =
            [Column::Sku, Column::Price, Column::OptionValue(0), Column::OptionValue(1), Column::OptionValue(2)];
        columns.into_iter().any(|column| !self.cell(row, column).is_empty())
    }

    /// The product's own fields. A row without a title is of a product that is known already.
    fn product(&self, row: &TableRow, sheet: &mut SheetProduct) -> Result<PutProduct, Wrong> {
        sheet.seller = self.filled(row, Column::Seller);
        self.category(row, sheet);
        sheet.published = self.truth(row, Column::Published)?;
        let title = self.filled(row, Column::Title);
        let named = |column: Column| self.rows.iter().map(|row| self.said(row, column)).find(|name| !name.is_empty());
        let names = [0, 1, 2].map(|index| named(Column::OptionName(index)).unwrap_or_default().to_owned());
        let tags = self
            .text(row, Column::Tags)
            .map(|tags| tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect());
        Ok(PutProduct {
            handle: self.said(row, Column::Handle).to_owned(),
            more_images: title.is_none(),
            language: self.language(row)?,
            title,
            description_html: self.text(row, Column::Body),
            vendor: self.text(row, Column::Vendor),
            product_type: self.text(row, Column::Type),
            tags,
            status: self.status(row)?,
            options: names.into_iter().take_while(|name| !name.is_empty()).collect(),
            texts: self.texts(row),
            ..PutProduct::default()
        })
    }

    fn language(&self, row: &TableRow) -> Result<Option<String>, Wrong> {
        match self.cell(row, Column::Language) {
            "" => Ok(None),
            tag => {
                let unknown = |_| (Column::Language, Reason::LanguageUnknown { value: tag.to_owned() });
                tag.parse::<Language>().map(|language| Some(language.tag().to_owned())).map_err(unknown)
            }
        }
    }

    fn status(&self, row: &TableRow) -> Result<Option<Status>, Wrong> {
        match self.cell(row, Column::Status) {
            "" => Ok(None),
            word => {
                say::status(word).map(Some).ok_or((Column::Status, Reason::StatusUnknown { value: word.to_owned() }))
            }
        }
    }

    /// The owner's own word for the kind of product serves as a category where no other is named.
    fn category(&self, row: &TableRow, sheet: &mut SheetProduct) {
        sheet.uncategorised = say::is_clear(self.cell(row, Column::Category));
        if sheet.uncategorised {
            return;
        }
        let names = |column: Column| category_path(self.cell(row, column));
        let named = [Column::Category, Column::ProductCategory].map(names).into_iter().find(|path| !path.is_empty());
        sheet.category_guessed = named.is_none();
        sheet.category = named.unwrap_or_else(|| names(Column::Type));
    }

    fn texts(&self, row: &TableRow) -> Vec<PutText> {
        let mut texts: BTreeMap<&str, PutText> = BTreeMap::new();
        for translated in &self.header.translated {
            let cell = say::meant(row.cell(translated.index)).to_owned();
            if cell.is_empty() {
                continue;
            }
            let text = texts
                .entry(&translated.language)
                .or_insert_with(|| PutText { language: translated.language.clone(), ..PutText::default() });
            match translated.column {
                Column::Title => text.title = Some(cell),
                Column::Body => text.description_html = Some(cell),
                Column::OptionName(_) => {
                    text.words.insert(self.said(row, translated.column).to_owned(), cell);
                }
                _ => {}
            }
        }
        texts.into_values().collect()
    }

    /// Translated option values stand in every row.
    fn add_words(&self, row: &TableRow, variant: &PutVariant, texts: &mut Vec<PutText>) {
        for translated in &self.header.translated {
            let Column::OptionValue(index) = translated.column else { continue };
            let cell = say::meant(row.cell(translated.index));
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

    /// A cell holds an address of a picture, or several with commas or blanks between them.
    fn add_image(&self, row: &TableRow, product: &mut PutProduct) {
        for url in addresses(self.cell(row, Column::ImageUrl)) {
            if !product.images.iter().any(|image| image.url == url) {
                let alt = self.said(row, Column::ImageAlt).to_owned();
                product.images.push(Image { url: url.to_owned(), alt });
            }
        }
    }
}

/// Why a row cannot be taken at all.
fn faulty(fault: RowFault, encoding: &str) -> Reason {
    match fault {
        RowFault::Undecodable => Reason::NotDecoded { encoding: encoding.to_owned() },
        RowFault::Nought => Reason::NoughtByte,
        RowFault::OpenQuote => Reason::OpenQuote,
        RowFault::Endless => Reason::RowEndless,
        RowFault::NoGoods => Reason::NoGoods,
    }
}

/// The names in the cell of a category, from the widest to the narrowest.
pub(crate) fn category_path(cell: &str) -> Vec<String> {
    let path = cell.split('>').map(|name| name.trim().to_owned());
    path.filter(|name| !name.is_empty() && !say::is_nowhere(name) && !say::is_clear(name)).collect()
}

/// The addresses in a cell. A comma may belong to one: only what begins like an address begins the next.
fn addresses(cell: &str) -> Vec<&str> {
    let mut begins: Vec<usize> = ["https://", "http://", "/media/"]
        .iter()
        .flat_map(|scheme| cell.match_indices(scheme))
        .map(|(index, _)| index)
        .filter(|index| cell[..*index].ends_with([',', ';', '|', ' ', '\n']) || *index == 0)
        .collect();
    begins.sort_unstable();
    if begins.first() != Some(&0) {
        return Some(cell).filter(|cell| !cell.is_empty()).into_iter().collect();
    }
    let ends = begins.iter().skip(1).copied().chain([cell.len()]);
    let one = |(begin, end): (&usize, usize)| cell[*begin..end].trim_end_matches([',', ';', '|', ' ', '\n']);
    begins.iter().zip(ends).map(one).collect()
}

//! `entrepot import products`: reads a product CSV into the catalogue, with a progress bar and a report by line.

use crate::config::DataArgs;
use crate::say;
use base::{Actor, Error, Mark, Result};
use clap::Args;
use frame::parts::{import_report, wrong_rows};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

/// What stands before the decimals of a file's numbers.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum DecimalArg {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// What becomes of new products of which the file does not say it.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum NewArg {
    /// Nobody sees them until somebody puts them on sale
    Draft,
    /// They are on sale at once
    Active,
}

/// What to import, and for whom.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot import products catalogue.csv --seller \"Lantau Power\" --dry-run\n\n\
    A file changes only what it has columns for, and an empty cell changes nothing: a file of SKU and price is enough for new \
    prices. What the columns are called and what may stand in them is written in docs/product-file.md.\n\n\
    Good rows go in even when others are wrong; the wrong ones are listed and, with --errors, written to a file that can be \
    mended and imported again. Importing again updates, never doubles. Stopped half way, whole batches of products stay: run it \
    again and it goes over those quickly.")]
pub struct ProductsArgs {
    /// The product file: CSV, tab-separated text or a workbook, as Shopify, WooCommerce, Amazon, eBay, PrestaShop, Google Merchant or
    /// Medusa export it, or any other table with --map
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Seller whose products they are, by name; the operator's own shop when not given
    #[arg(long, value_name = "NAME")]
    pub seller: Option<String>,
    /// Code of the warehouse the goods lie in; the owner's only warehouse when not given
    #[arg(long, value_name = "CODE")]
    pub warehouse: Option<String>,
    /// Currency of the prices; the owner's when not given
    #[arg(long, value_name = "CURRENCY")]
    pub currency: Option<String>,
    /// What stands before the decimals of its numbers; told from the file when not given, and asked for when the file does not tell
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<DecimalArg>,
    /// What new products are of which the file says neither status nor published
    #[arg(long, value_enum, value_name = "STATUS", default_value = "draft")]
    pub new: NewArg,
    /// Put so many pieces on hand of what the file says is not tracked, or sold without stock; such stock stays as it is when not given
    #[arg(long, value_name = "PIECES", value_parser = clap::value_parser!(i64).range(0..=stock::QUANTITY_MOST))]
    pub uncounted: Option<i64>,
    /// What a column of the file means, where it is not known: Artikel=SKU. Several times for several columns; nothing behind the
    /// sign leaves a column out
    #[arg(long, value_name = "COLUMN=MEANING")]
    pub map: Vec<String>,
    /// Encoding of the file, such as gb18030 or windows-1252; told from its bytes when not given
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the wrong rows to this CSV file
    #[arg(long, value_name = "FILE.csv")]
    pub errors: Option<PathBuf>,
}

/// Runs the import. Errors: the file, the seller or the warehouse is not there; the file is no product CSV.
pub fn run(args: ProductsArgs) -> Result<()> {
    let open = || {
        File::open(&args.file)
            .map_err(|problem| Error::invalid("file", format!("Cannot read {}: {problem}.", args.file.display())))
    };
    let size = open()?.metadata().map(|data| data.len()).unwrap_or(0);
    let store = args.data.open_existing()?;
    let options = options(&store, &args)?;
    let bar = ProgressBar::new(size).with_style(style());
    let report = offers::import(
        &store,
        || open().map(BufReader::new),
        &options,
        |progress| {
            bar.set_position(progress.bytes);
            bar.set_message(format!("{} products, {} wrong rows", progress.products, progress.errors));
            true
        },
    )?;
    bar.finish_and_clear();
    store.close();
    let languages = web::languages()?;
    tell(&report, args.uncounted, languages.english());
    if let Some(path) = &args.errors {
        let text = wrong_rows::file(languages.english(), &report.columns, &report.errors)?;
        std::fs::write(path, catalog::import::encoded(&text, &report.understood.encoding))
            .map_err(|problem| Error::unavailable("disk", format!("Cannot write {}: {problem}.", path.display())))?;
        say!("Wrong rows written to {}.", path.display());
    }
    Ok(())
}

fn options(store: &store::Store, args: &ProductsArgs) -> Result<offers::ImportOptions> {
    let (seller, code, currency) = (args.seller.clone(), args.warehouse.clone(), args.currency.clone());
    let (dry_run, uncounted) = (args.dry_run, args.uncounted);
    let decimal = args.decimal.map(|mark| match mark {
        DecimalArg::Point => Mark::Point,
        DecimalArg::Comma => Mark::Comma,
    });
    let encoding = args.encoding.as_deref().map(catalog::import::encoding_named).transpose()?;
    let mut columns = catalog::import::Mapping::default();
    args.map.iter().try_for_each(|word| columns.read(word))?;
    let new_status = match args.new {
        NewArg::Draft => catalog::Status::Draft,
        NewArg::Active => catalog::Status::Active,
    };
    store.read_blocking(move |db| {
        let owner = owner(db, seller.as_deref())?;
        let warehouse = match &code {
            Some(code) => stock::warehouse_by_code(db, code)?,
            None => stock::warehouses(db, Some(owner.id.raw()), "", 1)?.into_iter().next(),
        };
        let missing = "Name the warehouse the goods lie in, such as --warehouse CN-NGB.";
        Ok(offers::ImportOptions {
            actor: Actor::System,
            organisation: owner.id,
            agreement: None,
            warehouse: warehouse.ok_or_else(|| Error::field("warehouse", "unknown_warehouse", missing))?.id,
            currency: currency.as_deref().map_or(Ok(owner.currency), str::parse)?,
            decimal,
            new_status,
            uncounted,
            encoding,
            columns: columns.clone(),
            dry_run,
        })
    })
}

/// The organisation that a command is for: a seller by name, else the operator. Errors: there is none.
pub(crate) fn owner(db: &mut store::Read, seller: Option<&str>) -> Result<parties::Organisation> {
    let found = match seller {
        Some(name) => parties::organisation_named(db, name)?,
        None => parties::platform(db)?,
    };
    found.ok_or_else(|| match seller {
        Some(name) => Error::field("seller", "unknown_seller", format!("There is no seller called “{name}”.")),
        None => {
            Error::invalid("no_operator", "This installation has no owner yet: run `entrepot serve` and open its link.")
        }
    })
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {percent} %  {msg}  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Things that happen, and wrong rows, that are told one by one.
const TOLD: usize = 20;

fn tell(report: &offers::Report, uncounted: Option<i64>, english: &frame::Locale) {
    let would = if report.dry_run { "would be " } else { "" };
    say!(
        "{} rows read: {} products with {} variants; {} {would}new, {} {would}updated, {} unchanged.",
        report.rows,
        report.products,
        report.variants,
        report.created,
        report.updated,
        report.unchanged
    );
    if report.unready > 0 {
        say!(
            "{} variants lack an HS code, origin, description or weight: see Customs readiness in the seller centre. \
             They are not sold across a border until then.",
            report.unready
        );
    }
    let said = import_report::does(english, &report.effects, uncounted);
    for line in said.into_iter().chain(import_report::understood(english, &report.understood)) {
        say!("{line}");
    }
    for note in report.notes.iter().take(TOLD) {
        say!("line {}: {}: {}", note.line, note.what, import_report::happens(english, note));
    }
    if report.notes.len() > TOLD {
        say!("… and more such changes.");
    }
    for error in report.errors.iter().take(TOLD) {
        say!(
            "line {}: {}{}{}",
            error.line,
            error.column,
            if error.column.is_empty() { "" } else { ": " },
            wrong_rows::said(english, &error.reason)
        );
    }
    if report.errors_total > TOLD as u64 {
        say!(
            "… and {} more wrong rows; write them all to a file with --errors FILE.csv.",
            report.errors_total - TOLD as u64
        );
    }
}

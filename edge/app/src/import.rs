//! `entrepot import products`: reads a product CSV into the catalogue, with a progress bar and a report by line.

use crate::config::DataArgs;
use crate::say;
use base::{Actor, Error, Result};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use web::desk::wrong_rows;
use web::language::Languages;

/// What to import, and for whom.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot import products catalogue.csv --seller \"Lantau Power\" --dry-run\n\n\
    Good rows go in even when others are wrong; the wrong ones are listed and, with --errors, written to a file that can be \
    mended and imported again. Importing again updates, never doubles. Stopped half way, whole batches of products stay: run it \
    again and it goes over those quickly.")]
pub struct ProductsArgs {
    /// The product CSV, as Shopify exports it
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
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the wrong rows to this CSV file
    #[arg(long, value_name = "FILE.csv")]
    pub errors: Option<PathBuf>,
}

/// Runs the import. Errors: the file, the seller or the warehouse is not there; the file is no product CSV.
pub fn run(args: ProductsArgs) -> Result<()> {
    let file = File::open(&args.file)
        .map_err(|problem| Error::invalid("file", format!("Cannot read {}: {problem}.", args.file.display())))?;
    let size = file.metadata().map(|data| data.len()).unwrap_or(0);
    let store = args.data.open_existing()?;
    let options = options(&store, &args)?;
    let bar = ProgressBar::new(size).with_style(style());
    let report = offers::import(&store, BufReader::new(file), &options, |progress| {
        bar.set_position(progress.bytes);
        bar.set_message(format!("{} products, {} wrong rows", progress.products, progress.errors));
        true
    })?;
    bar.finish_and_clear();
    store.close();
    let languages = Languages::load(None)?;
    tell(&report, languages.english());
    if let Some(path) = &args.errors {
        let text = wrong_rows::file(languages.english(), &report.columns, &report.errors)?;
        std::fs::write(path, format!("{}{text}", base::csv::BOM))
            .map_err(|problem| Error::unavailable("disk", format!("Cannot write {}: {problem}.", path.display())))?;
        say!("Wrong rows written to {}.", path.display());
    }
    Ok(())
}

fn options(store: &store::Store, args: &ProductsArgs) -> Result<offers::ImportOptions> {
    let (seller, code, currency) = (args.seller.clone(), args.warehouse.clone(), args.currency.clone());
    let dry_run = args.dry_run;
    store.read_blocking(move |db| {
        let owner = match &seller {
            Some(name) => parties::organisation_named(db, name)?,
            None => parties::platform(db)?,
        };
        let owner = owner.ok_or_else(|| match &seller {
            Some(name) => Error::field("seller", "unknown_seller", format!("There is no seller called “{name}”.")),
            None => Error::invalid(
                "no_operator",
                "This installation has no owner yet: run `entrepot serve` and open its link.",
            ),
        })?;
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
            dry_run,
        })
    })
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {percent} %  {msg}  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn tell(report: &offers::Report, english: &web::Locale) {
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
    for error in report.errors.iter().take(20) {
        say!(
            "line {}: {}{}{}",
            error.line,
            error.column,
            if error.column.is_empty() { "" } else { ": " },
            wrong_rows::said(english, &error.reason)
        );
    }
    if report.errors_total > 20 {
        say!("… and {} more wrong rows; write them all to a file with --errors FILE.csv.", report.errors_total - 20);
    }
}

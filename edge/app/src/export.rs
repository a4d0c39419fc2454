//! `entrepot export products`: a seller's whole catalogue as a product file.

use crate::config::DataArgs;
use crate::note;
use crate::out::Patient;
use base::{Error, Result};
use clap::Args;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use store::Store;

/// Whose catalogue, and where it goes.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot export products catalogue.csv --seller \"Lantau Power\"\n\n\
    The file holds what `entrepot import products` reads: imported again it changes nothing, in an empty shop it makes the same \
    catalogue. Take out the columns that you do not mean to change before you import it again: stock above all, which goes on being \
    sold meanwhile. What stands in it is written in docs/product-file.md.")]
pub struct ProductsArgs {
    /// File to write; standard output when not given
    #[arg(value_name = "FILE.csv")]
    pub file: Option<PathBuf>,
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Seller whose products they are, by name; the operator's own shop when not given
    #[arg(long, value_name = "NAME")]
    pub seller: Option<String>,
    /// Public address of the shop, at which another one can fetch the pictures that were uploaded here; without it they are named as only
    /// this installation knows them
    #[arg(long, env = "ENTREPOT_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
}

/// Runs the export. Errors: no such seller; the file cannot be written.
pub fn run(args: ProductsArgs) -> Result<()> {
    let store = args.data.open_to_read()?;
    let place = args.file.as_ref().map_or("standard output".to_owned(), |path| path.display().to_string());
    let failed = |problem: std::io::Error| Error::unavailable("disk", format!("{place}: {problem}."));
    let count = match &args.file {
        Some(path) => {
            let mut file = BufWriter::new(File::create(path).map_err(failed)?);
            write(&store, &args, &mut file, failed)?
        }
        None => write(&store, &args, &mut BufWriter::new(Patient(std::io::stdout().lock())), failed)?,
    };
    note!("{count} lines written.");
    store.close();
    Ok(())
}

/// The whole file, a page at a time; how many lines it has below the column names.
fn write(
    store: &Store,
    args: &ProductsArgs,
    to: &mut impl Write,
    failed: impl Fn(std::io::Error) -> Error,
) -> Result<usize> {
    let (seller, base) = (args.seller.clone(), args.base_url.clone().unwrap_or_default());
    let catalogue = store.read_blocking(move |db| {
        let owner = crate::import::owner(db, seller.as_deref())?;
        offers::catalogue(db, owner.id, &base)
    })?;
    write!(to, "{}{}", base::csv::BOM, catalogue.head()).map_err(&failed)?;
    let (mut next, mut lines) = (Some(0), 0);
    while let Some(after) = next {
        let from = catalogue.clone();
        let (text, rest) = store.read_blocking(move |db| from.page(db, after))?;
        to.write_all(text.as_bytes()).map_err(&failed)?;
        lines += text.matches("\r\n").count();
        next = rest;
    }
    to.flush().map_err(&failed)?;
    Ok(lines)
}

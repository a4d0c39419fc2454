//! Importing a product file as a whole: products into the catalogue, prices into offers, quantities into stock.
//!
//! A batch of products is one transaction. What is wrong is told by line and left out, the rest goes in; stopping or failing
//! keeps the batches that were done; the same file again changes nothing. [`import`] does it here and now; [`begin`], [`run`]
//! and [`ask`] keep the file and the progress in the database, so that any node goes on and every node shows it.

mod effect;
mod fault;
mod kept;
mod mapping;
mod product;
mod run;
mod sell;
mod told;
mod understood;
mod wish;

pub use effect::{Effect, Effects, Note};
pub use kept::{PIECE_BYTES, pack};
pub use mapping::{explain, said};
pub use run::{LEASE_SECONDS, run};
pub use told::{notes, wrong_rows};
pub use understood::{ColumnSeen, Numbers, TwoWays, Understood};
pub use wish::{
    Import, NewImport, RUN, Ready, Stage, Wish, abandon, add_piece, answer, ask, begin, find, last_said, latest, ready,
    sweep,
};

use base::{Actor, Currency, Error, Id, Mark, Result};
use catalog::import::{Encoding, Mapping, Opening, RowError, Said, Sheet, SheetProduct};
use catalog::{Change, Status};
use parties::Organisation;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use stock::Warehouse;
use store::Store;
use terms::Agreement;

/// Products in one transaction: few enough that nobody waits long for the single writer.
const BATCH_PRODUCTS: usize = 100;
/// Variants in one transaction, give or take a product.
const BATCH_VARIANTS: usize = 400;
/// Warehouses of one organisation whose names are known as those of places in a file.
const PLACES_MOST: i64 = 500;
/// Wrong rows kept for the error file; more are only counted.
const ERRORS_KEPT: usize = 10_000;
/// Notes of what happens that are kept; more are only counted.
const NOTES_KEPT: usize = 1_000;

/// Whose goods a file holds and what it leaves out.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// Who imports; decides what is allowed.
    pub actor: Actor,
    /// Owner of the products without a `Seller` column.
    pub organisation: Id<Organisation>,
    /// Terms of that owner's offers; its oldest agreement in force when none.
    pub agreement: Option<Id<Agreement>>,
    /// Where the goods without a `Warehouse` column lie.
    pub warehouse: Id<Warehouse>,
    /// Currency of prices without a `Price Currency` column.
    pub currency: Currency,
    /// What stands before the decimals of the file's numbers; told from the file when none.
    pub decimal: Option<Mark>,
    /// Status of new products of which the file does not say it.
    pub new_status: Status,
    /// Pieces to put on hand of what nobody counts where the file comes from; without, such stock stays as it is.
    pub uncounted: Option<i64>,
    /// Encoding of the file; told from its bytes when none.
    pub encoding: Option<&'static Encoding>,
    /// What its columns mean, above what the owner said of earlier files.
    pub columns: Mapping,
    /// Tell what would happen and write nothing.
    pub dry_run: bool,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file read.
    pub bytes: u64,
    /// Products done.
    pub products: u64,
    /// Rows found wrong.
    pub errors: u64,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file, without the header.
    pub rows: u64,
    /// Products that are in, changed or not.
    pub products: u64,
    /// Variants that are in.
    pub variants: u64,
    /// Of `products`: new.
    pub created: u64,
    /// Of `products`: something of them, their price or their stock changed.
    pub updated: u64,
    /// Of `products`: just as they were.
    pub unchanged: u64,
    /// Variants that lack something customs asks for; they are not sold across a border until it is there.
    pub unready: u64,
    /// The first 10,000 wrong rows.
    pub errors: Vec<RowError>,
    /// All wrong rows.
    pub errors_total: u64,
    /// What it does to what is there already,
    pub effects: Effects,
    /// and the first thousand such things one by one.
    pub notes: Vec<Note>,
    /// How the file was understood.
    pub understood: Understood,
    /// The columns of the file, for [`catalog::import::error_file`].
    pub columns: Vec<String>,
    /// It was stopped before the end; what is counted here stays.
    pub stopped: bool,
    /// Nothing was written.
    pub dry_run: bool,
}

/// What became of one batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Done {
    pub products: u64,
    pub variants: u64,
    pub changes: [u64; 3],
    pub unready: u64,
    pub errors: Vec<RowError>,
    pub effects: Effects,
    pub notes: Vec<Note>,
}

/// Imports a file, which is `open`ed twice: to look at it as a whole, then to take it in. `progress` is called after every batch and
/// answers whether to go on. Blocks: call it from a thread of its own. Errors: no product file; unreadable; numbers that can be read
/// two ways (`decimal_unclear`); unknown seller terms or warehouse; the database fails. Wrong rows are no error.
pub fn import<R: Read>(
    store: &Store,
    open: impl Fn() -> Result<R>,
    options: &ImportOptions,
    mut progress: impl FnMut(Progress) -> bool,
) -> Result<Report> {
    let opening = opening(store, options)?;
    let (look, survey) = catalog::import::survey(open()?, Said { decimal: options.decimal, opening })?;
    let survey = survey?;
    if let Some(question) = survey.question() {
        return Err(question.refused());
    }
    let understood = Understood::seen(&look).and(&survey);
    let mut sheet = Sheet::open(open()?, survey)?;
    let key = store.write_blocking(|tx| Ok(tx.key()))?;
    let context = Arc::new(product::Context::load(store, options, &sheet, key)?);
    let columns = sheet.names().to_vec();
    let mut report = Report { columns, understood, dry_run: options.dry_run, ..Report::default() };
    loop {
        let batch = next_batch(&mut sheet, &mut report)?;
        if batch.is_empty() {
            return Ok(report);
        }
        let done = match options.dry_run {
            true => try_out(store, options.actor, &context, &Arc::new(batch))?,
            false => put(store, options.actor, &context, batch)?,
        };
        report.add(done);
        let bytes = sheet.bytes();
        if !progress(Progress { bytes, products: report.products, errors: report.errors_total }) {
            report.stopped = true;
            return Ok(report);
        }
    }
}

/// How the owner's files are opened: what is said of this one counts, then what was said of earlier ones.
fn opening(store: &Store, options: &ImportOptions) -> Result<Opening> {
    let organisation = options.organisation;
    let (known, country, places) = store.read_blocking(move |db| {
        let country = parties::organisation(db, organisation)?.country;
        let operator = parties::platform(db)?.map(|operator| operator.id).filter(|operator| *operator != organisation);
        let mut places = Vec::new();
        for owner in [Some(organisation), operator].into_iter().flatten() {
            let own = stock::warehouses(db, Some(owner.raw()), "", PLACES_MOST)?;
            places.extend(own.into_iter().flat_map(|warehouse| [warehouse.code, warehouse.name]));
        }
        Ok((mapping::said(db, organisation)?, country, places))
    })?;
    let place = <[u8; 2]>::try_from(country.code().to_ascii_lowercase().as_bytes()).ok();
    let columns = options.columns.clone().over(known);
    Ok(Opening { encoding: options.encoding, place, columns, places, currency: options.currency })
}

/// The next products, their faults already told.
fn next_batch<R: Read>(sheet: &mut Sheet<R>, report: &mut Report) -> Result<Vec<SheetProduct>> {
    let (mut batch, mut variants) = (Vec::new(), 0);
    while batch.len() < BATCH_PRODUCTS && variants < BATCH_VARIANTS {
        let Some(mut product) = sheet.next_product()? else { break };
        report.rows += product.rows;
        report.note(std::mem::take(&mut product.errors));
        variants += product.commerce.len();
        batch.push(product);
    }
    Ok(batch)
}

fn put(store: &Store, actor: Actor, context: &Arc<product::Context>, batch: Vec<SheetProduct>) -> Result<Done> {
    let context = context.clone();
    store.write_as_blocking(actor, move |tx| product::put_all(tx, &context, &batch))
}

/// What would become of a batch. Nothing may stay, so the transaction ends in an error; what it found goes out beside it.
fn try_out(
    store: &Store,
    actor: Actor,
    context: &Arc<product::Context>,
    batch: &Arc<Vec<SheetProduct>>,
) -> Result<Done> {
    let (context, batch) = (context.clone(), batch.clone());
    let found: Arc<Mutex<Option<Done>>> = Arc::default();
    let slot = found.clone();
    let outcome: Result<()> = store.write_as_blocking(actor, move |tx| {
        let done = product::put_all(tx, &context, &batch)?;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
        Err(Error::conflict("dry_run", "Nothing was written."))
    });
    match outcome {
        Err(error) if error.code == "dry_run" => {}
        Err(error) => return Err(error),
        Ok(()) => {}
    }
    let done = found.lock().unwrap_or_else(PoisonError::into_inner).take();
    done.ok_or_else(|| Error::internal("a dry run without a finding"))
}

impl Report {
    fn note(&mut self, errors: Vec<RowError>) {
        self.errors_total += errors.len() as u64;
        self.effects.note(&errors);
        let room = ERRORS_KEPT.saturating_sub(self.errors.len());
        self.errors.extend(errors.into_iter().take(room));
    }

    fn add(&mut self, done: Done) {
        self.products += done.products;
        self.variants += done.variants;
        self.created += done.changes[Change::Created as usize];
        self.updated += done.changes[Change::Updated as usize];
        self.unchanged += done.changes[Change::Unchanged as usize];
        self.unready += done.unready;
        self.effects.add(&done.effects);
        let room = NOTES_KEPT.saturating_sub(self.notes.len());
        self.notes.extend(done.notes.into_iter().take(room));
        self.note(done.errors);
        self.errors.sort_by_key(|error| error.line);
    }
}

//! The job `import.run`: takes a kept file in, a batch at a time. Each batch, its progress and the job's lease are one
//! transaction: a node that dies leaves whole batches, the next goes on behind the last, and of two at once only one commits.

use super::effect::Effects;
use super::kept::KeptFile;
use super::product::{Context, put_all};
use super::understood::Understood;
use super::wish::{Import, Stage, Wish, drop_file, lock};
use super::{Done, ERRORS_KEPT, ImportOptions, NOTES_KEPT, Report, next_batch, opening, try_out};
use base::{Error, Id, Kind, Result};
use catalog::import::{Mapping, RowError, Said, Sheet, SheetProduct};
use std::sync::Arc;
use store::{JobRow, Store, Tx, params};

/// How long the job is held without a sign of life: a batch takes seconds at most, and every batch renews it.
pub const LEASE_SECONDS: i64 = 180;
/// A fault of ours that stays after so many attempts is the import's end, not a job for ever.
const ATTEMPTS_MAX: i64 = 6;

/// One step on the way of an import.
struct Step {
    bytes_read: i64,
    items: i64,
    rows: i64,
    errors: Vec<RowError>,
    columns: String,
    over: bool,
}

/// Takes the import of a claimed job on until it is over, paused, or `stopping` says that this process ends: then the job is
/// given back for the next to go on. The job is ended with it. Blocks: call it from a thread of its own.
/// Errors: the database fails, or the job has gone to another node; the job is tried again.
pub fn run(store: &Store, job: &JobRow, mut stopping: impl FnMut() -> bool) -> Result<()> {
    let claimed = job.clone();
    let Some(import) = store.write_blocking(move |tx| start(tx, &claimed))? else { return Ok(()) };
    match take_in(store, job, &import, &mut stopping) {
        Ok(()) => Ok(()),
        Err(error) if error.code == store::JOB_LOST => Err(error),
        Err(error) if error.kind == Kind::Unavailable => Err(error),
        Err(error) if error.kind == Kind::Internal && job.attempts < ATTEMPTS_MAX => Err(error),
        Err(error) => {
            let claimed = job.clone();
            store.write_blocking(move |tx| fail(tx, &claimed, &error))
        }
    }
}

/// The import, if there is something to do for it; otherwise the job is done.
fn start(tx: &mut Tx, job: &JobRow) -> Result<Option<Import>> {
    let id: Id<Import> = Id::from_raw(job.subject);
    hold(tx, job)?;
    let found = lock(tx, id)?;
    let Some(found) = found.filter(|found| matches!(found.stage, Stage::Waiting | Stage::Running)) else {
        store::done(tx, job)?;
        return Ok(None);
    };
    let now = tx.now();
    tx.send(START, params![id, now])?;
    Ok(Some(found))
}

fn hold(tx: &mut Tx, job: &JobRow) -> Result<()> {
    if store::renew(tx, job, LEASE_SECONDS)? {
        return Ok(());
    }
    Err(store::lost_job())
}

fn take_in(store: &Store, job: &JobRow, import: &Import, stopping: &mut impl FnMut() -> bool) -> Result<()> {
    let options = ImportOptions {
        actor: import.actor,
        organisation: import.organisation,
        agreement: None,
        warehouse: import.warehouse,
        currency: import.currency,
        decimal: import.decimal,
        new_status: import.new_status,
        uncounted: import.uncounted,
        encoding: import.encoding,
        columns: Mapping::default(),
        dry_run: import.dry,
    };
    let opening = opening(store, &options)?;
    let said = Said { decimal: import.decimal, opening };
    let (look, survey) = catalog::import::survey(KeptFile::open(store, import.id), said)?;
    let mut understood = Understood::seen(&look);
    if let Ok(found) = &survey {
        understood = understood.and(found);
    }
    let (claimed, id) = (job.clone(), import.id);
    if !store.write_blocking(move |tx| understand(tx, &claimed, id, &understood))? {
        return Ok(());
    }
    let Ok(survey) = survey else { return Ok(()) };
    let mut sheet = Sheet::open(KeptFile::open(store, import.id), survey)?;
    let context = Arc::new(Context::load(store, &options, &sheet, import.id.to_string())?);
    let columns = serde_json::to_string(sheet.names()).map_err(Error::internal)?;
    for _ in 0..import.items_read {
        sheet.next_product()?;
    }
    loop {
        if stopping() {
            let claimed = job.clone();
            return store.write_blocking(move |tx| store::hand_back(tx, &claimed));
        }
        let mut read = Report::default();
        let batch = next_batch(&mut sheet, &mut read)?;
        let step = Step {
            bytes_read: i64::try_from(sheet.bytes()).unwrap_or(i64::MAX),
            items: batch.len() as i64,
            rows: read.rows as i64,
            errors: read.errors,
            columns: columns.clone(),
            over: batch.is_empty(),
        };
        if !one_batch(store, job, import, &context, batch, step)? {
            return Ok(());
        }
    }
}

/// Keeps how the file was understood. A number that can be read two ways, or columns of which none says which goods a row is of,
/// end the job until somebody says what is meant. Says
/// whether there is something to go on with.
fn understand(tx: &mut Tx, job: &JobRow, id: Id<Import>, understood: &Understood) -> Result<bool> {
    hold(tx, job)?;
    let text = serde_json::to_string(understood).map_err(Error::internal)?;
    tx.send(UNDERSTOOD, params![id, text])?;
    if understood.asks() {
        end(tx, job, id, Stage::Asked)?;
    }
    Ok(!understood.asks())
}

/// Puts a batch and says whether to go on.
fn one_batch(
    store: &Store,
    job: &JobRow,
    import: &Import,
    context: &Arc<Context>,
    batch: Vec<SheetProduct>,
    step: Step,
) -> Result<bool> {
    let (job, id, dry, context, batch) = (job.clone(), import.id, import.dry, context.clone(), Arc::new(batch));
    let tried = if dry { Some(try_out(store, import.actor, &context, &batch)?) } else { None };
    store.write_as_blocking(import.actor, move |tx| {
        hold(tx, &job)?;
        let done = match &tried {
            Some(done) => done.clone(),
            None => put_all(tx, &context, &batch)?,
        };
        progress(tx, &job, id, &step, &done)
    })
}

fn progress(tx: &mut Tx, job: &JobRow, id: Id<Import>, step: &Step, done: &Done) -> Result<bool> {
    let [created, updated, unchanged] = done.changes.map(|count| count as i64);
    let mut errors: Vec<&RowError> = step.errors.iter().chain(&done.errors).collect();
    errors.sort_by_key(|error| error.line);
    let (products, variants, unready) = (done.products as i64, done.variants as i64, done.unready as i64);
    let wrong = errors.len() as i64;
    let row = params![
        id,
        step.bytes_read,
        step.items,
        step.rows,
        products,
        variants,
        created,
        updated,
        unchanged,
        unready,
        wrong,
        step.columns
    ];
    let Some(now) = tx.maybe(PROGRESS, row)? else { return Err(Error::internal("an import went while it ran")) };
    let mut effects: Effects = serde_json::from_str(&now.get::<String>(3)?).map_err(Error::internal)?;
    effects.add(&done.effects);
    effects.note(&step.errors);
    let notes_before: i64 = now.get::<i64>(4)?;
    let effects = serde_json::to_string(&effects).map_err(Error::internal)?;
    tx.send(EFFECTS, params![id, effects, notes_before + done.notes.len() as i64])?;
    for (number, note) in (notes_before..NOTES_KEPT as i64).zip(&done.notes) {
        let effect = serde_json::to_string(&note.effect).map_err(Error::internal)?;
        let line = i64::try_from(note.line).unwrap_or(i64::MAX);
        tx.send(ADD_NOTE, params![id, number, line, &note.what, effect])?;
    }
    let (wish, dry, before): (String, bool, i64) = (now.get(0)?, now.get(1)?, now.get::<i64>(2)? - wrong);
    for (number, error) in (before..ERRORS_KEPT as i64).zip(errors) {
        let cells = serde_json::to_string(&error.row).map_err(Error::internal)?;
        let line = i64::try_from(error.line).unwrap_or(i64::MAX);
        let reason = serde_json::to_string(&error.reason).map_err(Error::internal)?;
        tx.send(ADD_ERROR, params![id, number, line, error.column, reason, cells])?;
    }
    let next = match Wish::named(&wish) {
        _ if step.over && dry => Stage::Checked,
        _ if step.over => Stage::Done,
        Some(Wish::Stop) => Stage::Stopped,
        Some(Wish::Pause) => Stage::Paused,
        _ => return Ok(true),
    };
    end(tx, job, id, next).map(|()| false)
}

/// Ends the job; the file goes, unless something can still be done with it.
fn end(tx: &mut Tx, job: &JobRow, id: Id<Import>, stage: Stage) -> Result<()> {
    tx.send(END, params![id, stage.name()])?;
    if !matches!(stage, Stage::Checked | Stage::Paused | Stage::Asked) {
        drop_file(tx, id)?;
    }
    store::done(tx, job)
}

fn fail(tx: &mut Tx, job: &JobRow, error: &Error) -> Result<()> {
    hold(tx, job)?;
    let id: Id<Import> = Id::from_raw(job.subject);
    let (code, message) = match (error.kind, error.fields.first()) {
        (Kind::Internal, _) => ("internal", "Something went wrong on our side. It has been logged."),
        (_, Some(field)) => (field.code, field.message.as_str()),
        (_, None) => (error.code, error.message.as_str()),
    };
    tx.send(PROBLEM, params![id, code, message])?;
    end(tx, job, id, Stage::Failed)
}

const START: &str = "UPDATE offer_import SET state = 'running', began_at = $2, began_bytes = bytes_read WHERE id = $1";
const PROGRESS: &str =
    "UPDATE offer_import SET bytes_read = $2, items_read = items_read + $3, rows_read = rows_read + $4,
    products = products + $5, variants = variants + $6, created = created + $7, updated = updated + $8,
    unchanged = unchanged + $9, unready = unready + $10, wrong = wrong + $11, columns = $12
    WHERE id = $1 RETURNING wish, dry, wrong, effects, notes";
const ADD_ERROR: &str = "INSERT INTO offer_import_error (import, number, line, name, reason, cells)
    VALUES ($1, $2, $3, $4, $5, $6)";
const UNDERSTOOD: &str = "UPDATE offer_import SET understood = $2 WHERE id = $1";
const EFFECTS: &str = "UPDATE offer_import SET effects = $2, notes = $3 WHERE id = $1";
const ADD_NOTE: &str = "INSERT INTO offer_import_note (import, number, line, what, effect) VALUES ($1, $2, $3, $4, $5)";
const END: &str = "UPDATE offer_import SET state = $2, wish = '' WHERE id = $1";
const PROBLEM: &str = "UPDATE offer_import SET problem_code = $2, problem = $3 WHERE id = $1";

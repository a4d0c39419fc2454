//! Imports that go on by themselves: how one begins, what may be wished of it, and what pages read of it.

use super::effect::Effects;
use super::kept::PIECE_BYTES;
use super::understood::Understood;
use base::{Actor, Currency, Error, Id, Mark, Moment, Permission, Result, Role, Tag};
use catalog::Status;
use catalog::import::Encoding;
use parties::Organisation;
use stock::Warehouse;
use store::{Read, Row, Tx, Work, params};

/// The job that takes a file in, batch by batch; as long as the file is.
pub const RUN: Work = Work { kind: "import.run", hands: 1, lease_seconds: super::LEASE_SECONDS, renews: true };
/// Imports are forgotten after so many days,
const KEPT_DAYS: i64 = 30;
/// and files that never arrived whole after one.
const BROKEN_DAYS: i64 = 1;
/// An organisation has so many imports going on at most,
const OPEN_MAX: i64 = 20;
/// and of dry runs that nobody followed up the latest so many.
const CHECKED_MAX: usize = 10;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The file is on its way here.
    Receiving,
    /// To be begun or gone on with.
    Waiting,
    /// A node works on it.
    Running,
    /// Somebody paused it; what was done stays.
    Paused,
    /// A number of the file can be read two ways: somebody must say what is meant ([`answer`]).
    Asked,
    /// The dry run is over: it says what would happen.
    Checked,
    /// Everything is in.
    Done,
    /// Somebody stopped it; what was done stays.
    Stopped,
    /// It cannot be done: see the problem. What was done stays.
    Failed,
}

impl Stage {
    const ALL: [Stage; 9] = [
        Stage::Receiving,
        Stage::Waiting,
        Stage::Running,
        Stage::Paused,
        Stage::Asked,
        Stage::Checked,
        Stage::Done,
        Stage::Stopped,
        Stage::Failed,
    ];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Receiving => "receiving",
            Stage::Waiting => "waiting",
            Stage::Running => "running",
            Stage::Paused => "paused",
            Stage::Asked => "asked",
            Stage::Checked => "checked",
            Stage::Done => "done",
            Stage::Stopped => "stopped",
            Stage::Failed => "failed",
        }
    }

    /// Something is being done about it without anybody asking.
    pub fn is_moving(self) -> bool {
        matches!(self, Stage::Receiving | Stage::Waiting | Stage::Running)
    }
}

/// An import as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: Id<Import>,
    /// Whose goods they are.
    pub organisation: Id<Organisation>,
    /// Who sent the file; decides what is allowed.
    pub actor: Actor,
    /// Name of the file.
    pub name: String,
    /// Size of the file in bytes.
    pub bytes: i64,
    /// Where the goods lie.
    pub warehouse: Id<Warehouse>,
    /// Currency of prices without one.
    pub currency: Currency,
    /// What somebody said to stand before the decimals of its numbers.
    pub decimal: Option<Mark>,
    /// Status of new products of which the file does not say it: active or draft.
    pub new_status: Status,
    /// Pieces to put on hand of what nobody counts where the file comes from.
    pub uncounted: Option<i64>,
    /// Its encoding, where somebody said it.
    pub encoding: Option<&'static Encoding>,
    /// It only tells what would happen.
    pub dry: bool,
    /// How far it is.
    pub stage: Stage,
    /// What somebody asked for that has not happened yet: pausing or stopping.
    pub wish: Option<Wish>,
    /// Column names as the file spells them.
    pub columns: Vec<String>,
    /// Bytes of the file that are done.
    pub bytes_read: i64,
    /// Products of the file that are done, the wrong ones too.
    pub items_read: i64,
    /// Rows that are done.
    pub rows: i64,
    /// Products that are in.
    pub products: i64,
    /// Variants that are in.
    pub variants: i64,
    /// New products.
    pub created: i64,
    /// Changed products.
    pub updated: i64,
    /// Products just as they were.
    pub unchanged: i64,
    /// Variants that lack something customs asks for.
    pub unready: i64,
    /// Wrong rows; the first 10,000 are kept.
    pub wrong: i64,
    /// How its columns and numbers were understood.
    pub understood: Understood,
    /// What it does to what was there already.
    pub effects: Effects,
    /// Why it failed: code and sentence.
    pub problem: Option<(String, String)>,
    /// When a node last began to work on it, and at which byte: what is left follows from it.
    pub began: (Moment, i64),
}

impl Tag for Import {
    const PREFIX: &'static str = "imp";
}

/// What can be wished of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// After the dry run: do it.
    Import,
    /// Hold still.
    Pause,
    /// Go on after a pause.
    GoOn,
    /// End it, keep what is done.
    Stop,
}

impl Wish {
    /// The wish with this name in forms and requests.
    pub fn named(name: &str) -> Option<Wish> {
        match name {
            "import" => Some(Wish::Import),
            "pause" => Some(Wish::Pause),
            "go_on" => Some(Wish::GoOn),
            "stop" => Some(Wish::Stop),
            _ => None,
        }
    }
}

/// A file that is about to arrive.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Whose goods it holds.
    pub organisation: Id<Organisation>,
    /// Name of the file.
    pub name: String,
}

/// What is said of a file that has arrived whole.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its size.
    pub bytes: i64,
    /// Where goods without a `Warehouse` column lie.
    pub warehouse: Id<Warehouse>,
    /// Currency of prices without a `Price Currency` column.
    pub currency: Currency,
    /// What stands before the decimals of its numbers; told from the file when none.
    pub decimal: Option<Mark>,
    /// Status of new products of which the file does not say it: active or draft.
    pub new_status: Status,
    /// Pieces to put on hand of what nobody counts where the file comes from, 0 or more.
    pub uncounted: Option<i64>,
    /// Its encoding; told from its bytes when none.
    pub encoding: Option<&'static Encoding>,
    /// First tell what would happen.
    pub dry: bool,
}

/// Begins an import: its file follows with [`add_piece`]. Errors: denied, `too_many_imports` (conflict).
pub fn begin(tx: &mut Tx, new: &NewImport) -> Result<Id<Import>> {
    let (id, organisation) = (tx.id::<Import>(), new.organisation);
    may(tx.actor(), organisation)?;
    let (person, acting_for, role) = match tx.actor() {
        Actor::Person { person, organisation, role } => (person, organisation, role.name()),
        Actor::System | Actor::Guest => (0, 0, ""),
    };
    let name: String = new.name.chars().filter(|letter| !letter.is_control()).take(200).collect();
    let now = tx.now();
    if tx.run(BEGIN, params![id, organisation, person, acting_for, role, name, now, OPEN_MAX])? == 0 {
        let say = format!("{OPEN_MAX} uploads are going on or paused; wait for one, or stop one.");
        return Err(Error::conflict("too_many_imports", say));
    }
    Ok(id)
}

pub(super) fn may(actor: Actor, organisation: Id<Organisation>) -> Result<()> {
    actor.may_for(organisation.raw(), Permission::SellerWrite, Permission::CatalogWrite)
}

/// Keeps the piece `number`, from 0, of up to [`PIECE_BYTES`] bytes, made by [`super::pack`].
/// Errors: `import_moved_on` (conflict) when the file is complete or was given up.
pub fn add_piece(tx: &mut Tx, id: Id<Import>, number: i64, packed: &str) -> Result<()> {
    debug_assert!(packed.len() < PIECE_BYTES * 2);
    if tx.run(ADD_PIECE, params![id, number, packed])? == 0 {
        return Err(moved_on());
    }
    Ok(())
}

/// The file is complete: the job `import.run` takes it from here. Old dry runs of the organisation that nobody followed up are
/// over with it. Errors: wrong fields; `import_moved_on` (conflict).
pub fn ready(tx: &mut Tx, id: Id<Import>, ready: &Ready) -> Result<()> {
    check(ready)?;
    let mark = ready.decimal.map_or("", Mark::name);
    let (status, encoding) = (ready.new_status.name(), ready.encoding.map_or("", Encoding::name));
    let row =
        params![id, ready.bytes, ready.warehouse, ready.currency, ready.dry, mark, status, ready.uncounted, encoding];
    let Some(row) = tx.maybe(READY, row)? else { return Err(moved_on()) };
    for old in tx.query(CHECKED, params![row.get::<i64>(0)?])?.iter().skip(CHECKED_MAX) {
        stop_resting(tx, old.get(0)?)?;
    }
    schedule(tx, id)
}

fn check(ready: &Ready) -> Result<()> {
    if ready.new_status == Status::Archived {
        return Err(Error::field("new", "unknown_status", "New products are active or drafts: write active or draft."));
    }
    if ready.uncounted.is_some_and(|pieces| !(0..=stock::QUANTITY_MOST).contains(&pieces)) {
        let say = format!("Write a whole number of pieces from 0 to {}.", stock::QUANTITY_MOST);
        return Err(Error::field("uncounted", "out_of_range", say));
    }
    Ok(())
}

/// The file did not arrive whole: nothing of it stays.
pub fn abandon(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    forget(tx, id)
}

fn schedule(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    let run_at = tx.now();
    tx.schedule(&RUN.job(id.raw(), run_at))
}

fn moved_on() -> Error {
    Error::conflict("import_moved_on", "This import has moved on; look at its page again.")
}

/// Asks for something. Pausing and stopping happen after the rows in hand; what is done stays.
/// What changes much of what buyers see already is done only when it is `confirmed`. Errors: denied, `unknown_import`,
/// `import_unconfirmed` (conflict), `import_moved_on` (conflict) when it makes no sense any more.
pub fn ask(tx: &mut Tx, organisation: Id<Organisation>, id: Id<Import>, wish: Wish, confirmed: bool) -> Result<()> {
    may(tx.actor(), organisation)?;
    let import = find(tx, organisation, id)?;
    if wish == Wish::Import && import.stage == Stage::Checked && import.effects.are_grave() && !confirmed {
        let say = "Goods that buyers know would go on or off sale, be sold out or change their price by more than half. \
                   Look at the report and confirm that this is meant.";
        return Err(Error::conflict("import_unconfirmed", say));
    }
    let asked = match wish {
        Wish::Pause => tx.run(WISH, params![id, "pause"])?,
        Wish::Stop => match tx.run(WISH, params![id, "stop"])? {
            0 => return stop_resting(tx, id),
            asked => asked,
        },
        Wish::GoOn => match tx.run(GO_ON, params![id])? {
            0 => tx.run(TAKE_BACK, params![id])?,
            asked => {
                schedule(tx, id)?;
                asked
            }
        },
        Wish::Import => {
            let asked = tx.run(IMPORT, params![id])?;
            if asked == 1 {
                tx.send(FORGET_ERRORS, params![id])?;
                tx.send(FORGET_NOTES, params![id])?;
                schedule(tx, id)?;
            }
            asked
        }
    };
    if asked == 0 { Err(moved_on()) } else { Ok(()) }
}

/// Says what stands before the decimals of a file that was [`Stage::Asked`] about; it goes on with that. Errors: denied,
/// `unknown_import`, `import_moved_on` (conflict) when nobody asks.
pub fn answer(tx: &mut Tx, organisation: Id<Organisation>, id: Id<Import>, decimal: Mark) -> Result<()> {
    may(tx.actor(), organisation)?;
    find(tx, organisation, id)?;
    if tx.run(ANSWER, params![id, decimal.name()])? == 0 {
        return Err(moved_on());
    }
    schedule(tx, id)
}

/// Looks at a file anew, after somebody said something of its columns; what the look before found is forgotten.
/// Errors: `import_moved_on` (conflict) when it neither asks nor has just been checked.
pub(super) fn again(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    if tx.run(AGAIN, params![id])? == 0 {
        return Err(moved_on());
    }
    tx.send(FORGET_ERRORS, params![id])?;
    tx.send(FORGET_NOTES, params![id])?;
    schedule(tx, id)
}

/// What was last said of an organisation's files to stand before the decimals: a first guess for whoever is asked again.
pub fn last_said(db: &mut Read, organisation: Id<Organisation>) -> Result<Option<Mark>> {
    let row = db.maybe(LAST_SAID, params![organisation])?;
    Ok(row.map(|row| row.get::<String>(0)).transpose()?.as_deref().and_then(Mark::named))
}

/// Ends what nobody works on just now.
fn stop_resting(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    if tx.run(STOP_RESTING, params![id])? == 0 {
        return Err(moved_on());
    }
    drop_file(tx, id)
}

/// The import, if it is this organisation's. Errors: `unknown_import`.
pub fn find(db: &mut Read, organisation: Id<Organisation>, id: Id<Import>) -> Result<Import> {
    let unknown = || Error::not_found("unknown_import", "This import is not known any more. Upload the file again.");
    let found = db.maybe(FIND, params![id])?.ok_or_else(unknown)?;
    let found = import_from(&found)?;
    if found.organisation == organisation { Ok(found) } else { Err(unknown()) }
}

/// The latest imports of an organisation whose files arrived, newest first.
pub fn latest(db: &mut Read, organisation: Id<Organisation>, limit: i64) -> Result<Vec<Import>> {
    db.query(LATEST, params![organisation, limit])?.iter().map(import_from).collect()
}

/// Forgets up to `limit` imports that are older than thirty days, or whose files never arrived whole; says how many.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<usize> {
    let now = tx.now();
    let (old, broken) =
        (store::first_id_at(now.plus_days(-KEPT_DAYS)), store::first_id_at(now.plus_days(-BROKEN_DAYS)));
    let mut over = tx.query(OLD, params![old, limit])?;
    over.extend(tx.query(BROKEN, params![broken, limit])?);
    for row in &over {
        forget(tx, row.get(0)?)?;
    }
    Ok(over.len())
}

fn forget(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    tx.unschedule(RUN, id.raw())?;
    tx.send(FORGET_ERRORS, params![id])?;
    tx.send(FORGET_NOTES, params![id])?;
    drop_file(tx, id)?;
    tx.send(FORGET, params![id])?;
    Ok(())
}

pub(super) fn drop_file(tx: &mut Tx, id: Id<Import>) -> Result<()> {
    tx.send(DROP_FILE, params![id])?;
    Ok(())
}

/// The import, whosoever's it is, locked for this transaction.
pub(super) fn lock(tx: &mut Tx, id: Id<Import>) -> Result<Option<Import>> {
    if tx.run(LOCK, params![id])? == 0 {
        return Ok(None);
    }
    tx.maybe(FIND, params![id])?.as_ref().map(import_from).transpose()
}

// What `import_from` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, organisation, person, acting_for, role, name, bytes, warehouse, currency, state, wish, columns,
                dry, bytes_read, items_read, rows_read, products, variants, created, updated, unchanged, unready,
                problem_code, problem, wrong, began_at, began_bytes, decimal_mark, new_status, uncounted, understood,
                effects, encoding ",
            $from
        )
    };
}

fn import_from(row: &Row) -> Result<Import> {
    let (stage, wish, role): (String, String, String) = (row.get(9)?, row.get(10)?, row.get(4)?);
    let (problem_code, problem): (String, String) = (row.get(22)?, row.get(23)?);
    let actor = match role.as_str() {
        "" => Actor::System,
        role => Actor::Person {
            person: row.get(2)?,
            organisation: row.get(3)?,
            role: Role::named(role).ok_or_else(|| Error::internal(format!("unknown role {role}")))?,
        },
    };
    Ok(Import {
        id: row.get(0)?,
        organisation: row.get(1)?,
        actor,
        name: row.get(5)?,
        bytes: row.get(6)?,
        warehouse: row.get(7)?,
        currency: row.get(8)?,
        stage: Stage::ALL
            .into_iter()
            .find(|one| one.name() == stage)
            .ok_or_else(|| Error::internal(format!("unknown stage {stage}")))?,
        wish: Wish::named(&wish),
        columns: serde_json::from_str(&row.get::<String>(11)?).map_err(Error::internal)?,
        dry: row.get(12)?,
        bytes_read: row.get(13)?,
        items_read: row.get(14)?,
        rows: row.get(15)?,
        products: row.get(16)?,
        variants: row.get(17)?,
        created: row.get(18)?,
        updated: row.get(19)?,
        unchanged: row.get(20)?,
        unready: row.get(21)?,
        problem: (!problem_code.is_empty()).then_some((problem_code, problem)),
        wrong: row.get(24)?,
        began: (row.get(25)?, row.get(26)?),
        decimal: Mark::named(&row.get::<String>(27)?),
        new_status: Status::named(&row.get::<String>(28)?).unwrap_or(Status::Draft),
        uncounted: row.get(29)?,
        understood: serde_json::from_str(&row.get::<String>(30)?).map_err(Error::internal)?,
        effects: serde_json::from_str(&row.get::<String>(31)?).map_err(Error::internal)?,
        encoding: Encoding::for_label(row.get::<String>(32)?.as_bytes()),
    })
}

const BEGIN: &str = "INSERT INTO offer_import (id, organisation, person, acting_for, role, name, bytes, warehouse, currency,
    dry, state, wish, columns, bytes_read, items_read, rows_read, products, variants, created, updated, unchanged, unready,
    wrong, problem_code, problem, began_at, began_bytes, decimal_mark, new_status, uncounted, understood, effects, notes, encoding)
    SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS TEXT),
    CAST($6 AS TEXT), 0, 0, 'EUR', 0, 'receiving', '', '[]', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', CAST($7 AS BIGINT), 0,
    '', 'draft', CAST(NULL AS BIGINT), '{}', '{}', 0, ''
    WHERE (SELECT COUNT(*) FROM offer_import WHERE organisation = $2
      AND state IN ('receiving', 'waiting', 'running', 'paused')) < $8";
const ADD_PIECE: &str = "INSERT INTO offer_import_piece (import, number, packed)
    SELECT id, CAST($2 AS BIGINT), CAST($3 AS TEXT) FROM offer_import WHERE id = $1 AND state = 'receiving'";
const READY: &str =
    "UPDATE offer_import SET bytes = $2, warehouse = $3, currency = $4, dry = $5, decimal_mark = $6, new_status = $7,
    uncounted = $8, encoding = $9, state = 'waiting' WHERE id = $1 AND state = 'receiving' RETURNING organisation";
const WISH: &str = "UPDATE offer_import SET wish = $2 WHERE id = $1 AND state IN ('waiting', 'running')";
const TAKE_BACK: &str =
    "UPDATE offer_import SET wish = '' WHERE id = $1 AND state IN ('waiting', 'running') AND wish = 'pause'";
const GO_ON: &str = "UPDATE offer_import SET state = 'waiting', wish = '' WHERE id = $1 AND state = 'paused'";
const STOP_RESTING: &str =
    "UPDATE offer_import SET state = 'stopped', wish = '' WHERE id = $1 AND state IN ('paused', 'asked', 'checked')";
const CHECKED: &str =
    "SELECT id FROM offer_import WHERE organisation = $1 AND state IN ('asked', 'checked') ORDER BY id DESC";
const IMPORT: &str = "UPDATE offer_import SET state = 'waiting', wish = '', dry = 0, bytes_read = 0, items_read = 0,
    rows_read = 0, products = 0, variants = 0, created = 0, updated = 0, unchanged = 0, unready = 0, wrong = 0,
    effects = '{}', notes = 0 WHERE id = $1 AND state = 'checked' AND dry = 1";
const LOCK: &str = "UPDATE offer_import SET wish = wish WHERE id = $1";
const FIND: &str = select!("FROM offer_import WHERE id = $1");
const LATEST: &str =
    select!("FROM offer_import WHERE organisation = $1 AND state <> 'receiving' ORDER BY id DESC LIMIT $2");
const OLD: &str = "SELECT id FROM offer_import WHERE id < $1 ORDER BY id LIMIT $2";
const BROKEN: &str = "SELECT id FROM offer_import WHERE id < $1 AND state = 'receiving' ORDER BY id LIMIT $2";
const ANSWER: &str = "UPDATE offer_import SET decimal_mark = $2, understood = '{}', state = 'waiting', wish = ''
    WHERE id = $1 AND state = 'asked'";
const AGAIN: &str =
    "UPDATE offer_import SET state = 'waiting', wish = '', understood = '{}', bytes_read = 0, items_read = 0,
    rows_read = 0, products = 0, variants = 0, created = 0, updated = 0, unchanged = 0, unready = 0, wrong = 0,
    effects = '{}', notes = 0 WHERE id = $1 AND state IN ('asked', 'checked')";
const LAST_SAID: &str = "SELECT decimal_mark FROM offer_import WHERE organisation = $1 AND decimal_mark <> ''
    ORDER BY id DESC LIMIT 1";
const FORGET_NOTES: &str = "DELETE FROM offer_import_note WHERE import = $1";
const FORGET_ERRORS: &str = "DELETE FROM offer_import_error WHERE import = $1";
const DROP_FILE: &str = "DELETE FROM offer_import_piece WHERE import = $1";
const FORGET: &str = "DELETE FROM offer_import WHERE id = $1";

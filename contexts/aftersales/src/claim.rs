//! A claim as it is read: what, of which pieces, how far, and all that was said.

use crate::event::Told;
use crate::kind::{Kind, Outcome, Remedy, State, Wish};
use base::{Actor, Address, Currency, Error, Id, Moment, Money, Permission, Result, Tag};
use orders::{Consignment, Line, Order};
use parties::Organisation;
use store::{Fact, Read, Row, Tx, params};

/// What a buyer objects to or gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: Id<Claim>,
    /// The order.
    pub order: Id<Order>,
    /// The consignment whose pieces it is about.
    pub consignment: Id<Consignment>,
    /// Who has to answer.
    pub organisation: Id<Organisation>,
    /// What it is about.
    pub kind: Kind,
    /// What the buyer asks for.
    pub wish: Wish,
    /// How much, of a lower price.
    pub amount: Money,
    /// The row of the rights that was used; empty when none was.
    pub rule: String,
    /// How far it is.
    pub state: State,
    /// What became of it.
    pub outcome: Outcome,
    /// What was agreed or decided.
    pub remedy: Remedy,
    /// How much, of a lower price.
    pub remedy_amount: Money,
    /// What went back to the buyer for it.
    pub refunded: Money,
    /// Where the pieces go back to, once that is agreed.
    pub return_to: Option<Address>,
    /// Who carries them back, as the buyer wrote.
    pub carrier: String,
    /// Their number there.
    pub tracking: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// When the next step is due; none when it is over.
    pub due_at: Option<Moment>,
    /// When the pieces were sent back.
    pub sent_at: Option<Moment>,
    /// When they came.
    pub received_at: Option<Moment>,
    /// When it was over.
    pub closed_at: Option<Moment>,
}

impl Tag for Claim {
    const PREFIX: &'static str = "clm";
}

impl Claim {
    /// Whether somebody still has to do something.
    pub fn is_open(&self) -> bool {
        self.state != State::Closed
    }
}

/// Pieces of a line that a claim is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimLine {
    /// The line.
    pub line: Id<Line>,
    /// How many.
    pub pieces: i64,
    /// Of them: put back on the shelf.
    pub restock: i64,
}

/// Something that was done or said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// `buyer`, `seller`, `operator` or `house`.
    pub author: String,
    /// What was done, as a code.
    pub deed: String,
    /// What was said; may be empty.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// A picture that the buyer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRow {
    /// Its id.
    pub id: Id<PictureRow>,
    /// Its name in the storage.
    pub file: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
    /// Media type.
    pub mime: String,
}

impl Tag for PictureRow {
    const PREFIX: &'static str = "cpi";
}

/// One claim. Who may see it was asked before. Errors: `claim_unknown`.
pub fn claim(db: &mut Read, id: Id<Claim>) -> Result<Claim> {
    db.maybe(ONE, params![id])?.as_ref().map_or_else(|| Err(unknown()), from_row)
}

pub(crate) fn unknown() -> Error {
    Error::not_found("claim_unknown", "There is no such claim.")
}

/// The pieces of a claim, by line.
pub fn lines(db: &mut Read, id: Id<Claim>) -> Result<Vec<ClaimLine>> {
    let read = |row: &Row| Ok(ClaimLine { line: row.get(0)?, pieces: row.get(1)?, restock: row.get(2)? });
    db.query(LINES, params![id])?.iter().map(read).collect()
}

/// What was done and said, from the beginning.
pub fn words(db: &mut Read, id: Id<Claim>) -> Result<Vec<Word>> {
    let read = |row: &Row| Ok(Word { author: row.get(0)?, deed: row.get(1)?, words: row.get(2)?, at: row.get(3)? });
    db.query(WORDS, params![id])?.iter().map(read).collect()
}

/// The pictures of a claim.
pub fn pictures(db: &mut Read, id: Id<Claim>) -> Result<Vec<PictureRow>> {
    db.query(PICTURES, params![id])?.iter().map(picture_from).collect()
}

/// A picture of this claim; who may see the claim was asked before. Errors: `unknown_picture`.
pub fn reach_picture(db: &mut Read, claim: Id<Claim>, id: Id<PictureRow>) -> Result<PictureRow> {
    let found = db.maybe(PICTURE, params![claim, id])?;
    let gone = || Err(Error::not_found("unknown_picture", "There is no such picture."));
    found.as_ref().map_or_else(gone, picture_from)
}

// What `picture_from` reads, in its order.
macro_rules! select_picture {
    ($from:literal) => {
        concat!("SELECT id, file, width, height, mime ", $from)
    };
}

fn picture_from(row: &Row) -> Result<PictureRow> {
    Ok(PictureRow { id: row.get(0)?, file: row.get(1)?, width: row.get(2)?, height: row.get(3)?, mime: row.get(4)? })
}

// What `from_row` reads, in its order; more may follow.
macro_rules! select_claim {
    ($($rest:literal),+) => {
        concat!(
            "SELECT c.id, c.order_id, c.consignment, c.organisation, c.kind, c.wish, c.currency, c.amount, c.rule, c.state,
                c.outcome, c.remedy, c.remedy_amount, c.refunded, c.return_to, c.carrier, c.tracking, c.opened_at,
                c.due_at, c.sent_at, c.received_at, c.closed_at ",
            $($rest),+
        )
    };
}
pub(crate) use select_claim;

pub(crate) fn from_row(row: &Row) -> Result<Claim> {
    let currency: Currency = row.get(6)?;
    let money = |index: usize| Ok::<_, Error>(Money::new(row.get(index)?, currency));
    let address: String = row.get(14)?;
    let return_to = match address.as_str() {
        "" => None,
        text => Some(serde_json::from_str(text).map_err(Error::internal)?),
    };
    Ok(Claim {
        id: row.get(0)?,
        order: row.get(1)?,
        consignment: row.get(2)?,
        organisation: row.get(3)?,
        kind: row.get(4)?,
        wish: row.get(5)?,
        amount: money(7)?,
        rule: row.get(8)?,
        state: row.get(9)?,
        outcome: row.get(10)?,
        remedy: row.get(11)?,
        remedy_amount: money(12)?,
        refunded: money(13)?,
        return_to,
        carrier: row.get(15)?,
        tracking: row.get(16)?,
        opened_at: row.get(17)?,
        due_at: row.get(18)?,
        sent_at: row.get(19)?,
        received_at: row.get(20)?,
        closed_at: row.get(21)?,
    })
}

/// Locks the order of a claim, as every deed about an order does, and reads both. Errors: `claim_unknown`.
pub(crate) fn lock(tx: &mut Tx, id: Id<Claim>) -> Result<(Order, Claim)> {
    let order = claim(tx, id)?.order;
    let order = orders::lock(tx, order)?;
    Ok((order, claim(tx, id)?))
}

/// Who speaks, where usually `side` does: the house by its clocks, the operator in the buyer's place.
pub(crate) fn author(actor: Actor, side: &'static str) -> &'static str {
    match actor {
        Actor::System => "house",
        Actor::Person { role, .. } if side == "buyer" && role.may(Permission::ConsoleRead) => "operator",
        _ => side,
    }
}

/// Writes into the claim's story.
pub(crate) fn say(tx: &mut Tx, id: Id<Claim>, author: &str, deed: &str, words: &str) -> Result<()> {
    let (row, now) = (tx.id::<Word>(), tx.now());
    tx.send(SAY, params![row, id, author, deed, words.trim(), now])
}

impl Tag for Word {
    const PREFIX: &'static str = "cwd";
}

/// Emits `happened` about a claim as it is now.
pub(crate) fn tell<F: Fact<Subject = Id<Claim>>>(tx: &mut Tx, id: Id<Claim>, happened: fn(Told) -> F) -> Result<()> {
    let known = claim(tx, id)?;
    let told = Told {
        claim: id,
        order: known.order,
        consignment: known.consignment,
        organisation: known.organisation,
        kind: known.kind.name().into(),
        state: known.state.name().into(),
        outcome: known.outcome.name().into(),
        minor: known.refunded.minor,
        currency: known.refunded.currency,
        due_at: known.due_at,
    };
    tx.emit(id, &happened(told))
}

/// Errors: what was written is too long.
pub(crate) fn within(field: &str, words: &str, most: usize) -> Result<()> {
    if words.chars().count() > most {
        return Err(Error::field(field, "too_long", format!("Write at most {most} characters.")));
    }
    Ok(())
}

const ONE: &str = select_claim!("FROM claim c WHERE c.id = $1");
const LINES: &str = "SELECT line, pieces, restock FROM claim_line WHERE claim = $1 ORDER BY line";
const WORDS: &str = "SELECT author, deed, words, at FROM claim_word WHERE claim = $1 ORDER BY id";
const PICTURES: &str = select_picture!("FROM claim_picture WHERE claim = $1 ORDER BY id");
const PICTURE: &str = select_picture!("FROM claim_picture WHERE claim = $1 AND id = $2");
const SAY: &str = "INSERT INTO claim_word (id, claim, author, deed, words, at) VALUES ($1, $2, $3, $4, $5, $6)";

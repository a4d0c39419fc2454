//! The buyer objects or gives back, takes it back again, or asks the operator.

use crate::claim::{Claim, ClaimLine, PictureRow, author, claim, lock, pictures, say, tell, within};
use crate::clock::{ANSWER_DAYS, due, finish};
use crate::event;
use crate::kind::{Kind, Outcome, Remedy, State, Wish};
use crate::rights::windows;
use crate::way_back::return_address;
use crate::{RETURN_DAYS, clock};
use base::{Error, Id, Moment, Money, Result, Tag};
use orders::{Consignment, Line, ParcelState, State as Stage, Whole};
use parties::Organisation;
use store::{Read, Tx, params};
use terms::Party;

/// Most characters that each side writes at once.
pub const WORDS: usize = 2000;
/// Most pictures with a claim.
pub const PICTURES: usize = 6;
/// Most claims about one consignment, over all time.
const CLAIMS: i64 = 10;

/// A kept picture: its files lie in the storage already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name there.
    pub file: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Media type.
    pub mime: String,
}

/// What the buyer objects to or gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClaim {
    /// The consignment.
    pub consignment: Id<Consignment>,
    /// Line and pieces, each line once.
    pub lines: Vec<(Id<Line>, i64)>,
    /// What it is about.
    pub kind: Kind,
    /// What the buyer asks for; of a withdrawal always money back.
    pub wish: Wish,
    /// How much less they ask to pay, with [`Wish::LowerPrice`].
    pub amount: Option<Money>,
    /// What happened; a withdrawal needs no words.
    pub words: String,
    /// Pictures of it.
    pub pictures: Vec<Picture>,
}

/// What is wrong with a claim before anything is done; the same as [`open`] would say of it now. For what costs something, such
/// as keeping pictures. Errors: those of [`open`].
pub fn check(db: &mut Read, new: &NewClaim) -> Result<()> {
    let order = orders::consignment(db, new.consignment)?.order;
    let whole = orders::whole(db, order)?;
    checked(db, &whole, new)
}

/// Opens a claim: the seller answers within three days, a withdrawal needs no answer. The consignment's completion and payout wait.
/// Emits `claim.opened`. Errors: denied, `consignment_unknown`; a field: `required`, `too_long`, `amount_format`, `not_in_order`,
/// `one_line`; `too_many_pieces`, `too_many_claims`, `not_disputable`, `not_arrived_yet`, `not_delivered`, `claim_window_over`,
/// `no_withdrawal` (conflicts).
pub fn open(tx: &mut Tx, new: &NewClaim) -> Result<Id<Claim>> {
    let order = orders::consignment(tx, new.consignment)?.order;
    orders::lock(tx, order)?;
    let whole = orders::whole(tx, order)?;
    orders::may_decide(tx.actor(), &whole.order)?;
    checked(tx, &whole, new)?;
    let (id, now) = (tx.id::<Claim>(), tx.now());
    insert(tx, &whole, new, id)?;
    for (line, pieces) in &new.lines {
        let row = tx.id::<ClaimLine>();
        if tx.run(INSERT_LINE, params![row, id, *line, *pieces])? != 1 {
            return Err(too_many(&whole, *line));
        }
    }
    for picture in &new.pictures {
        show(tx, id, picture)?;
    }
    let who = author(tx.actor(), "buyer");
    say(tx, id, who, "opened", &new.words)?;
    orders::open_dispute(tx, new.consignment, new.kind.name())?;
    clock::schedule(tx, id, first_step(new, now).1)?;
    tell(tx, id, event::Opened)?;
    Ok(id)
}

/// Adds a picture to a claim that is not over, six at most. The very same again, while there is room, is the same picture. For whoever keeps a file first:
/// [`may_show`] asks before. Errors: those of [`may_show`].
pub fn add_picture(tx: &mut Tx, id: Id<Claim>, picture: &Picture) -> Result<Id<PictureRow>> {
    lock(tx, id)?;
    may_show(tx, id)?;
    let known = pictures(tx, id)?.into_iter().find(|known| known.file == picture.file);
    known.map_or_else(|| show(tx, id, picture), |known| Ok(known.id))
}

/// Whether another picture can be added to a claim now. Errors: denied (its buyer, the operator and the house may), `claim_unknown`,
/// `wrong_step` (conflict) when it is over, `too_many_pictures` (a field).
pub fn may_show(db: &mut Read, id: Id<Claim>) -> Result<()> {
    let known = claim(db, id)?;
    orders::may_decide(db.actor(), &orders::find(db, known.order)?)?;
    if known.state == State::Closed {
        return Err(Error::conflict("wrong_step", "This claim is over: no picture can be added to it."));
    }
    if pictures(db, id)?.len() >= PICTURES { Err(too_many_pictures()) } else { Ok(()) }
}

fn show(tx: &mut Tx, id: Id<Claim>, picture: &Picture) -> Result<Id<PictureRow>> {
    let row = tx.id::<PictureRow>();
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    tx.send(INSERT_PICTURE, params![row, id, &picture.file, width, height, &picture.mime])?;
    Ok(row)
}

fn too_many_pictures() -> Error {
    Error::field("pictures", "too_many_pictures", "Send at most six pictures.")
}

/// Who has the first step, and until when: a withdrawal is the buyer's own to carry out.
fn first_step(new: &NewClaim, now: Moment) -> (State, Moment) {
    match new.kind {
        Kind::Withdrawal => (State::Returning, now.plus_days(RETURN_DAYS)),
        _ => (State::Open, now.plus_days(ANSWER_DAYS)),
    }
}

fn insert(tx: &mut Tx, whole: &Whole, new: &NewClaim, id: Id<Claim>) -> Result<()> {
    let now = tx.now();
    let known = consignment(whole, new.consignment)?;
    let (state, due_at) = first_step(new, now);
    let withdrawal = new.kind == Kind::Withdrawal;
    let right = windows(whole, known.id, now)?.and_then(|windows| windows.withdrawal).filter(|_| withdrawal);
    let (remedy, return_to) = match withdrawal {
        true => (Remedy::Return, return_address(tx, known)?),
        false => (Remedy::None, String::new()),
    };
    let amount = new.amount.map_or(0, |amount| amount.minor);
    let seller = seller_of(tx, whole, known)?;
    let row = params![
        id,
        whole.order.id,
        known.id,
        seller,
        new.kind,
        new.wish,
        amount,
        whole.order.currency,
        right.map(|right| right.id.as_str()).unwrap_or_default(),
        state,
        remedy,
        return_to,
        now,
        due_at,
        CLAIMS
    ];
    match tx.run(INSERT, row)? {
        1 => Ok(()),
        _ => {
            let say = "So many claims about this parcel were opened that no other can be; write to the shop.";
            Err(Error::conflict("too_many_claims", say))
        }
    }
}

/// Who sold it to the buyer, and so answers: the operator what others supply.
fn seller_of(tx: &mut Tx, whole: &Whole, known: &Consignment) -> Result<Id<Organisation>> {
    if whole.lines_of(known.id).all(|line| line.terms.merchant_of_record == Party::Seller) {
        return Ok(known.organisation);
    }
    Ok(parties::platform(tx)?.map_or(known.organisation, |operator| operator.id))
}

fn consignment(whole: &Whole, id: Id<Consignment>) -> Result<&Consignment> {
    whole.consignment(id).ok_or_else(|| Error::not_found("consignment_unknown", "There is no such consignment."))
}

fn checked(db: &mut Read, whole: &Whole, new: &NewClaim) -> Result<()> {
    let known = consignment(whole, new.consignment)?;
    if new.words.trim().is_empty() && new.kind != Kind::Withdrawal {
        return Err(Error::field("words", "required", "Write what is wrong."));
    }
    within("words", &new.words, WORDS)?;
    if new.pictures.len() > PICTURES {
        return Err(too_many_pictures());
    }
    if new.lines.is_empty() {
        return Err(Error::field("pieces", "required", "Say which pieces it is about."));
    }
    let mut lines = Vec::new();
    for (at, (id, pieces)) in new.lines.iter().enumerate() {
        let twice = new.lines[..at].iter().any(|(other, _)| other == id);
        let own = whole.lines_of(known.id).find(|line| line.id == *id).filter(|_| !twice);
        let wrong = || Error::field("pieces", "not_in_order", "Name each line of this parcel once.");
        lines.push((own.ok_or_else(wrong)?, *pieces));
    }
    checked_wish(whole, new)?;
    checked_time(db, whole, known, new.kind)?;
    for (line, pieces) in lines {
        if pieces < 1 || pieces > claimable(db, whole, line, new.kind)? {
            return Err(too_many(whole, line.id));
        }
    }
    Ok(())
}

fn checked_wish(whole: &Whole, new: &NewClaim) -> Result<()> {
    if new.wish == Wish::MoneyBack {
        return match new.amount {
            None => Ok(()),
            Some(_) => {
                Err(Error::field("amount", "amount_format", "Money back is the price of the pieces; name no amount."))
            }
        };
    }
    if new.kind == Kind::Withdrawal {
        return Err(Error::field("wish", "wish_of_withdrawal", "What is given back is paid back."));
    }
    let [(line, pieces)] = new.lines[..] else {
        return Err(Error::field("wish", "one_line", "A lower price can be asked for one line at a time."));
    };
    let most =
        whole.lines.iter().find(|known| known.id == line).map_or(0, |line| line.total.minor / line.quantity * pieces);
    match new.amount {
        Some(amount) if amount.currency == whole.order.currency && (1..=most).contains(&amount.minor) => Ok(()),
        _ => {
            let most = Money::new(most, whole.order.currency);
            Err(Error::field("amount", "amount_format", format!("Write an amount above zero and at most {most}.")))
        }
    }
}

/// Whether it is time for such a claim.
fn checked_time(db: &mut Read, whole: &Whole, known: &Consignment, kind: Kind) -> Result<()> {
    let now = db.now();
    let over = || {
        Error::conflict("claim_window_over", "The time in which this could be objected to is over; write to the shop.")
    };
    if kind == Kind::NotArrived && known.delivered_at.is_none() {
        return is_late(whole, known, now);
    }
    match (kind, windows(whole, known.id, now)?) {
        (Kind::Withdrawal, Some(windows)) => match windows.withdraw_until {
            Some(until) if now < until => Ok(()),
            Some(_) => Err(Error::conflict("claim_window_over", "The time in which this could be given back is over.")),
            None => {
                let say = "In this market the law knows no right to give such purchases back without a reason.";
                Err(Error::conflict("no_withdrawal", say))
            }
        },
        (_, Some(windows)) if now < windows.object_until => Ok(()),
        (_, Some(_)) => Err(over()),
        (_, None) => Err(Error::conflict("not_delivered", "This parcel is not delivered yet.")),
    }
}

/// Whether something that has left can be missed: the last day it was promised for is over.
fn is_late(whole: &Whole, known: &Consignment, now: Moment) -> Result<()> {
    if known.handed_over_at.is_none() || known.state == Stage::Cancelled || !whole.is_away(known.id) {
        return Err(Error::conflict("not_delivered", "This parcel is not delivered yet."));
    }
    if now.date() > known.arrives.1 {
        return Ok(());
    }
    let say = format!("It can be said to be missing after {}, the last day it was promised for.", known.arrives.1);
    Err(Error::conflict("not_arrived_yet", say))
}

/// Pieces of a line that can still be claimed: that were sent, were not given back, and are in no open claim. While only some parcels
/// of its consignment have come, what is wrong can be only with what was in those, and missing only what has left and not come.
pub fn claimable(db: &mut Read, whole: &Whole, line: &Line, kind: Kind) -> Result<i64> {
    let left: i64 = db.maybe(LEFT, params![line.id])?.map_or(Ok(0), |row| row.get(0))?;
    if whole.consignment(line.consignment).is_none_or(|one| one.delivered_at.is_some()) {
        return Ok(left);
    }
    let came = whole.parcels_of(line.consignment).filter(|parcel| parcel.state == ParcelState::Delivered);
    let came: i64 = came.map(|parcel| parcel.pieces_of(line.id)).sum();
    let missed = kind == Kind::NotArrived;
    let there = if missed { whole.has_left(line) - came } else { came };
    let claimed: i64 = db.one(CLAIMED, params![line.id, i64::from(missed)])?.get(0)?;
    Ok(left.min(there - claimed).max(0))
}

fn too_many(whole: &Whole, line: Id<Line>) -> Error {
    let title = whole.lines.iter().find(|known| known.id == line).map(|line| line.title.as_str()).unwrap_or_default();
    let say = format!("So many pieces of “{title}” are not left: some are in another claim, or were given back.");
    Error::conflict("too_many_pieces", say)
}

impl Tag for ClaimLine {
    const PREFIX: &'static str = "cln";
}

/// The buyer takes the claim back; it is over. Over already: nothing. Emits `claim.closed`.
/// Errors: denied, `claim_unknown`, `claim_settling` (conflict) while its money is about to go back.
pub fn withdraw(tx: &mut Tx, id: Id<Claim>) -> Result<()> {
    let (order, known) = lock(tx, id)?;
    orders::may_decide(tx.actor(), &order)?;
    match known.state {
        State::Closed => Ok(()),
        State::Settling => Err(Error::conflict("claim_settling", "Its money is about to go back already.")),
        _ => {
            let who = author(tx.actor(), "buyer");
            say(tx, id, who, "withdrawn", "")?;
            finish(tx, &known, Outcome::Withdrawn, 0)
        }
    }
}

/// The buyer asks the operator to decide, after the seller said no. Emits `claim.escalated`.
/// Errors: denied, `claim_unknown`, `too_long`, `wrong_step` (conflict).
pub fn escalate(tx: &mut Tx, id: Id<Claim>, words: &str) -> Result<()> {
    let (order, known) = lock(tx, id)?;
    orders::may_decide(tx.actor(), &order)?;
    within("words", words, WORDS)?;
    due::step(&known, &[State::Refused])?;
    let who = author(tx.actor(), "buyer");
    due::to_operator(tx, &known, who, "escalated", words)
}

const INSERT: &str =
    "INSERT INTO claim (id, order_id, consignment, organisation, kind, wish, amount, currency, rule, state, outcome,
    remedy, remedy_amount, refunded, return_to, carrier, tracking, opened_at, due_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, 0, 0, $12, '', '', $13, $14
    WHERE (SELECT COUNT(*) FROM claim c WHERE c.consignment = $3) < $15";
const INSERT_LINE: &str = "INSERT INTO claim_line (id, claim, line, pieces) SELECT $1, $2, l.id, $4 FROM order_line l
    WHERE l.id = $3 AND $4 <= l.quantity - l.called_off
    - (SELECT COALESCE(SUM(o.pieces), 0) FROM claim_line o JOIN claim c ON c.id = o.claim WHERE o.line = $3 AND c.state <> 'closed')
    - (SELECT COALESCE(SUM(b.pieces - b.unsent), 0) FROM settlement_refund_line b WHERE b.order_id = l.order_id AND b.line = l.id)";
const INSERT_PICTURE: &str =
    "INSERT INTO claim_picture (id, claim, file, width, height, mime) VALUES ($1, $2, $3, $4, $5, $6)";
const CLAIMED: &str =
    "SELECT CAST(COALESCE(SUM(k.pieces), 0) AS BIGINT) FROM claim_line k JOIN claim c ON c.id = k.claim
    WHERE k.line = $1 AND (c.state <> 'closed' OR c.outcome = 'refunded')
    AND CASE c.kind WHEN 'not_arrived' THEN 1 ELSE 0 END = $2";
const LEFT: &str = "SELECT CAST(l.quantity - l.called_off
    - (SELECT COALESCE(SUM(o.pieces), 0) FROM claim_line o JOIN claim c ON c.id = o.claim WHERE o.line = $1 AND c.state <> 'closed')
    - (SELECT COALESCE(SUM(b.pieces - b.unsent), 0) FROM settlement_refund_line b WHERE b.order_id = l.order_id AND b.line = l.id)
    AS BIGINT) FROM order_line l WHERE l.id = $1";

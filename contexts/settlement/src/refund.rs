//! Refunds: what goes back to the buyer, and who bears it. A refund names what it takes back, and with it come tax, duty and
//! commission; goodwill takes nothing back. Before the split escrow bears it until then; afterwards every refund is a new posting
//! of today that brings the money back into escrow first.

use crate::complete::paid_out_if_all_is;
use crate::draft::{Draft, all_givers, draft};
use crate::event;
use crate::left::{Back, LineBack};
use crate::statement::{Entry, write_entry};
use crate::supply;
use crate::taken;
use base::{Error, Id, Money, Permission, Result, Tag};
use ledger::{Account, Leg, Posting};
use orders::{Consignment, Line, Order, Whole};
use parties::Organisation;
use payments::{Providers, RecordedRefund, RefundOutcome, RequestRefund, State};
use store::{Store, Tx, params};

/// A refund to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The order.
    pub order: Id<Order>,
    /// What goes back.
    pub what: What,
    /// Why, as a code.
    pub reason: String,
    /// Unique; the same refund again changes nothing.
    pub key: String,
}

impl Tag for Refund {
    const PREFIX: &'static str = "brf";
}

/// What goes back. All but goodwill correct tax, duty and commission, and are borne by whoever got the money, except what the
/// carrier got: that the operator bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Pieces with their goods, duty and tax. Those that have not left are not sent, and a parcel that holds them is called back;
    /// `restock`: they came back and lie on the shelf.
    Pieces {
        /// Line and number, each line once.
        lines: Vec<(Id<Line>, i64)>,
        /// Whether pieces that had left are put back on the shelf.
        restock: bool,
    },
    /// Pieces that have left, with their goods, duty and tax; they stay where they are, and what waits here is still sent.
    Away {
        /// Line and number, each line once.
        lines: Vec<(Id<Line>, i64)>,
    },
    /// The delivery of a consignment, with its tax.
    Delivery(Id<Consignment>),
    /// Less for what stays with the buyer: an amount with the tax in it, of one line's goods, or of all that is not called off,
    /// goods first.
    Reduction {
        /// In the order's currency, above zero.
        amount: Money,
        /// The line; none for the whole order.
        line: Option<Id<Line>>,
    },
    /// Everything that is left of a consignment of which nothing is on its way: what has not left is called off, or called back.
    Consignment(Id<Consignment>),
    /// An amount for which nothing that was sold is taken back: no tax is corrected.
    Goodwill {
        /// In the order's currency, above zero.
        amount: Money,
        /// Who pays for it.
        bearer: Bearer,
    },
}

impl What {
    /// As stored and as translated.
    pub fn name(&self) -> &'static str {
        match self {
            What::Pieces { .. } | What::Away { .. } => "pieces",
            What::Delivery(_) => "delivery",
            What::Reduction { .. } => "reduction",
            What::Consignment(_) => "consignment",
            What::Goodwill { .. } => "goodwill",
        }
    }
}

/// Who pays for goodwill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The operator.
    Platform,
    /// A seller of the order: out of its balance, or as a debt.
    Seller(Id<Organisation>),
}

/// Gives money back to the buyer. Emits `settlement.refund`. Says how much is on its way.
/// Errors: denied; `not_paid`, `refund_exceeds_payment`, `on_its_way` (write a parcel off instead), `already_refunded`,
/// `too_many_pieces`, `not_handed_over` (nothing to restock), `refund_stranded` (an earlier one has failed),
/// `idempotency_key_reused` (conflicts); an amount or bearer that does not belong to the order.
pub fn refund(tx: &mut Tx, refund: &Refund) -> Result<Money> {
    tx.actor().may(Permission::MoneyWrite)?;
    orders::lock(tx, refund.order)?;
    if let Some(known) = repeated(tx, refund)? {
        return Ok(known);
    }
    let whole = orders::whole(tx, refund.order)?;
    if whole.order.paid_at.is_none() {
        return Err(Error::conflict("not_paid", "Nothing was paid for this order that could be given back."));
    }
    let draft = draft(tx, &whole, &refund.what)?;
    let (own, bookings) = (draft.after_split(&whole), draft.bookings(&whole));
    // Whoever bore it has paid for it already: another refund in its place would charge them twice.
    if own.is_some() && !payments::stranded(tx, refund.order.raw())?.is_empty() {
        let say = "A refund of this order has not reached the buyer: send that one again first.";
        return Err(Error::conflict("refund_stranded", say));
    }
    let amount = draft.amount;
    let row = Row {
        key: &refund.key,
        order: refund.order,
        kind: refund.what.name(),
        bearer: draft.bearer,
        amount,
        credited: 0,
        amendment: 0,
        restocked: matches!(refund.what, What::Pieces { restock: true, .. }),
        reason: &refund.reason,
    };
    let id = row.insert(tx, &draft.back, &bookings)?;
    if let Some(own) = own {
        bring_back(tx, &whole, refund, &own)?;
    }
    move_goods(tx, &whole, refund, &draft)?;
    close_called_off(tx, &whole)?;
    let back = give_back(tx, refund.order, amount, &format!("refund:{}", refund.key), &refund.reason)?;
    if back != amount {
        return Err(Error::conflict("refund_exceeds_payment", format!("At most {back} can still be given back.")));
    }
    row.tell(tx, id)?;
    call_off_unpaid(tx, refund.order, &refund.reason)?;
    Ok(amount)
}

/// What nobody pays for any more is not packed, and what is packed stays here.
pub(crate) fn call_off_unpaid(tx: &mut Tx, order: Id<Order>, reason: &str) -> Result<()> {
    let paid = payments::by_subject(tx, order.raw())?;
    if paid.iter().any(|intent| intent.state == State::Captured && intent.refunding_minor < intent.amount.minor) {
        return Ok(());
    }
    for consignment in orders::consignments(tx, order)? {
        if matches!(consignment.state, orders::State::ToPack | orders::State::Packed) {
            crate::cancel::keep(tx, consignment.id, reason)?;
        }
    }
    Ok(())
}

/// What the same key gave back before. Errors: `idempotency_key_reused` (conflict).
fn repeated(tx: &mut Tx, refund: &Refund) -> Result<Option<Money>> {
    let Some(row) = tx.maybe(SELECT_BY_KEY, params![refund.key])? else { return Ok(None) };
    let amount = Money::new(row.get(1)?, row.get(3)?);
    let asked = match &refund.what {
        What::Goodwill { amount, .. } | What::Reduction { amount, .. } => *amount,
        _ => amount,
    };
    let same = row.get::<Id<Order>>(0)? == refund.order && row.get::<String>(2)? == refund.what.name();
    if same && asked == amount && names_the_same(tx, row.get(4)?, &refund.what)? {
        return Ok(Some(amount));
    }
    Err(Error::conflict("idempotency_key_reused", "This key was used for another refund."))
}

/// Whether a stored refund takes back of the same lines what this one asks for.
pub(crate) fn names_the_same(tx: &mut Tx, stored: i64, what: &What) -> Result<bool> {
    let mut known: Vec<(i64, i64, i64)> = Vec::new();
    for row in tx.query(SELECT_NAMED, params![stored])? {
        known.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    Ok(match what {
        What::Pieces { lines, .. } | What::Away { lines } => {
            let mut asked: Vec<(i64, i64)> = lines.iter().map(|(line, pieces)| (line.raw(), *pieces)).collect();
            asked.sort_unstable();
            let given = known.iter().filter(|(_, _, pieces)| *pieces > 0).map(|(line, _, pieces)| (*line, *pieces));
            asked == given.collect::<Vec<_>>()
        }
        What::Delivery(id) | What::Consignment(id) => known.iter().all(|(_, consignment, _)| *consignment == id.raw()),
        What::Reduction { line: Some(line), .. } => known.iter().all(|(known, _, _)| *known == line.raw()),
        What::Reduction { line: None, .. } | What::Goodwill { .. } => true,
    })
}

/// A refund's row, but for what it takes back.
pub(crate) struct Row<'a> {
    pub(crate) key: &'a str,
    pub(crate) order: Id<Order>,
    pub(crate) kind: &'a str,
    /// Of goodwill: who bears it, raw; else 0.
    pub(crate) bearer: i64,
    pub(crate) amount: Money,
    /// Of an amendment: what of what it takes back counts as paid for what comes in its place, in minor units; else 0.
    pub(crate) credited: i64,
    /// Its raw id; else 0.
    pub(crate) amendment: i64,
    pub(crate) restocked: bool,
    pub(crate) reason: &'a str,
}

impl Row<'_> {
    /// Writes it with what it takes back, and how that is booked by consignment; gives its raw id.
    pub(crate) fn insert(&self, tx: &mut Tx, back: &Back, bookings: &[(i64, &str)]) -> Result<i64> {
        let (id, now) = (tx.id::<Refund>().raw(), tx.now());
        let pieces: i64 = back.lines.iter().map(|line| line.pieces).sum();
        let Row { key, order, kind, bearer, amount, credited, amendment, restocked, reason } = *self;
        let row =
            params![id, key, order, kind, bearer, amount.minor, restocked, reason, now, pieces, credited, amendment,];
        tx.send(INSERT, row)?;
        for (consignment, booked) in bookings {
            tx.send(INSERT_BOOKING, params![id, *consignment, order, *booked])?;
        }
        taken::write(tx, id, order, back)?;
        Ok(id)
    }

    /// Emits `settlement.refund`.
    pub(crate) fn tell(&self, tx: &mut Tx, id: i64) -> Result<()> {
        let refunded = event::Refunded {
            refund: Id::from_raw(id),
            kind: self.kind.into(),
            minor: self.amount.minor,
            currency: self.amount.currency,
            reason: self.reason.into(),
            bearer: self.bearer,
        };
        tx.emit(self.order, &refunded)
    }
}

/// Of what is called off nothing will be split: what waited for that is booked with nothing, and suppliers of a consignment that
/// ended because it was given up are owed what they do not bear. It may have been the last thing that an order waited for.
pub(crate) fn close_called_off(tx: &mut Tx, before: &Whole) -> Result<()> {
    let after = orders::whole(tx, before.order.id)?;
    for one in after.consignments.iter().filter(|one| one.state == orders::State::Cancelled) {
        let ended = before.consignment(one.id).is_some_and(|was| was.state != orders::State::Cancelled);
        if ended && one.handed_over_at.is_some() {
            supply::pay(tx, &after, one.id)?;
        }
    }
    tx.send(CLOSE_CALLED_OFF, params![before.order.id])?;
    paid_out_if_all_is(tx, before.order.id)
}

/// What a refund does to goods: pieces that have not left are not sent, pieces that came back lie on the shelf again.
fn move_goods(tx: &mut Tx, whole: &Whole, refund: &Refund, draft: &Draft) -> Result<()> {
    let reason = &refund.reason;
    for consignment in &whole.consignments {
        let own = draft.back.lines.iter().filter(|line| line.consignment == consignment.id);
        let of = |count: fn(&LineBack) -> i64| -> Vec<(Id<Line>, i64)> {
            own.clone().map(|line| (line.line, count(line))).filter(|(_, pieces)| *pieces > 0).collect()
        };
        let (pieces, unsent) = (of(|line| line.pieces), of(|line| line.unsent));
        if !unsent.is_empty() {
            orders::keep(tx, consignment.id, &unsent, reason)?;
        }
        if matches!(refund.what, What::Pieces { restock: true, .. }) && !pieces.is_empty() {
            let key = format!("refund:{}", refund.key);
            orders::take_back(tx, consignment.id, &pieces, &key, reason)?;
        }
    }
    Ok(())
}

/// After the split: those who bear a refund, or what it takes back of consignments that are complete, pay it back into escrow.
fn bring_back(tx: &mut Tx, whole: &Whole, refund: &Refund, draft: &Draft) -> Result<()> {
    let currency = draft.amount.currency;
    let escrow = Account::escrow(currency);
    let mut legs = Vec::new();
    for (account, amount) in all_givers(whole, draft)? {
        if account.guarded && amount > 0 {
            from_balance(tx, &account, amount, &mut legs)?;
        } else if amount > 0 {
            legs.push(Leg::new(account, escrow.clone(), amount));
        } else {
            legs.push(Leg::new(escrow.clone(), account, -amount));
        }
    }
    write_entries(tx, whole, draft)?;
    supply::take_back(tx, whole, &draft.back, &refund.key)?;
    let posting = Posting {
        key: format!("bring_back:{}", refund.key),
        kind: "order.refund",
        subject: whole.order.id.raw(),
        legs: legs.into_iter().filter(|leg| leg.amount > 0).collect(),
    };
    ledger::post(tx, &posting)?;
    orders::released(tx, whole.order.id, Money::new(-draft.amount.minor, currency))
}

fn write_entries(tx: &mut Tx, whole: &Whole, draft: &Draft) -> Result<()> {
    if draft.bearer != 0 {
        write_entry(tx, &Entry::goodwill(draft.bearer, whole.order.id, draft.amount))?;
    }
    for entry in Entry::backs(whole, &draft.back) {
        write_entry(tx, &entry)?;
    }
    Ok(())
}

/// Out of what is free on a seller's balance, the rest as a debt that the next payout pays first.
pub(crate) fn from_balance(tx: &mut Tx, account: &Account, amount: i64, legs: &mut Vec<Leg>) -> Result<()> {
    let currency = account.unit.parse()?;
    let free = ledger::balance(tx, account)?.clamp(0, amount);
    legs.push(Leg::new(account.clone(), Account::escrow(currency), free));
    legs.push(Leg::new(Account::debt(account.owner, currency), Account::escrow(currency), amount - free));
    Ok(())
}

/// Asks for up to `amount` back on the order's captured payments, oldest first; says how much that came to.
pub(crate) fn give_back(tx: &mut Tx, order: Id<Order>, amount: Money, key: &str, reason: &str) -> Result<Money> {
    let mut left = amount.minor;
    for paid in payments::by_subject(tx, order.raw())?.iter().filter(|intent| intent.state == State::Captured) {
        let part = left.min(paid.amount.minor - paid.refunding_minor);
        if part > 0 {
            let request = RequestRefund {
                intent: paid.id,
                amount: Money::new(part, amount.currency),
                reason: reason.into(),
                key: format!("{key}:{}", paid.id),
            };
            payments::request_refund(tx, &request)?;
            left -= part;
        }
    }
    Ok(Money::new(amount.minor - left, amount.currency))
}

/// Sends a failed refund again, as a new one for the same amount: who bears it was settled the first time, and its money lies in
/// escrow. Twice is once. Errors: denied; `refund_not_failed` (conflict); `refund_exceeds_payment` (conflict) when it went back
/// another way meanwhile.
pub fn refund_again(tx: &mut Tx, order: Id<Order>, refund: Id<payments::Refund>) -> Result<Money> {
    tx.actor().may(Permission::MoneyWrite)?;
    let known = payments::refund(tx, refund)?;
    if known.subject != order.raw() {
        return Err(Error::not_found("unknown_refund", "There is no such refund of this order."));
    }
    payments::request_again(tx, &known)?;
    Ok(known.amount)
}

/// Sends a refund to its provider and records the answer: the job `refund.send`. Safe to repeat; gives nothing when it had
/// come to its end before. Errors: unavailable when the provider gave no answer, or is still working on it
/// (`refund_pending`): run it again then.
pub async fn send_refund(
    providers: &Providers,
    store: &Store,
    refund: Id<payments::Refund>,
) -> Result<Option<RecordedRefund>> {
    match payments::ask_refund(providers, store, refund).await? {
        None => Ok(None),
        Some(news) if news.outcome == RefundOutcome::Pending => {
            Err(Error::unavailable("refund_pending", "The provider is still working on this refund."))
        }
        Some(news) => store.write(move |tx| orders::money::record_refund(tx, &news)).await.map(Some),
    }
}

const INSERT: &str = "INSERT INTO settlement_refund
    (id, key, order_id, kind, organisation, amount, absorbed, restocked, reason, at, pieces, credited, amendment)
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12)";
const INSERT_BOOKING: &str =
    "INSERT INTO settlement_refund_booking (refund, consignment, order_id, booked) VALUES ($1, $2, $3, $4)";
const CLOSE_CALLED_OFF: &str = "UPDATE settlement_refund_booking SET booked = 'nothing'
    WHERE order_id = $1 AND booked = 'open' AND (consignment IN
        (SELECT c.id FROM order_consignment c WHERE c.order_id = $1 AND c.state = 'cancelled')
    OR EXISTS (SELECT 1 FROM order_head o WHERE o.id = $1 AND o.fulfilment = 'cancelled'))";
const SELECT_NAMED: &str =
    "SELECT line, consignment, pieces FROM settlement_refund_line WHERE refund = $1 ORDER BY line, part";
const SELECT_BY_KEY: &str = "SELECT r.order_id, r.amount, r.kind, o.currency, r.id FROM settlement_refund r
    JOIN order_head o ON o.id = r.order_id WHERE r.key = $1";

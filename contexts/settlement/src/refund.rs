//! Refunds: what goes back to the buyer, and who bears it. Before completion escrow bears it until the split; afterwards
//! every refund is a new posting of today that brings the money back into escrow first.

use crate::statement::{Entry, write_entry};
use base::{Error, Id, Money, Permission, Result, Tag};
use ledger::{Account, Leg, Posting};
use orders::{Consignment, Order, Payee, Share, Whole};
use parties::Organisation;
use payments::{Providers, RecordedRefund, RefundOutcome, RequestRefund, State};
use store::{Event, Store, Tx, params};

/// A refund to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The order.
    pub order: Id<Order>,
    /// How much, and on whose account.
    pub what: What,
    /// Why, as a code.
    pub reason: String,
    /// Unique; the same refund again changes nothing.
    pub key: String,
}

impl Tag for Refund {
    const PREFIX: &'static str = "brf";
}

/// How much, and on whose account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// An amount, at any time after payment.
    Part {
        /// In the order's currency, above zero.
        amount: Money,
        /// Who pays for it.
        bearer: Bearer,
    },
    /// A whole consignment of a completed order: everyone gives back what they got for it, except the carrier, whom the
    /// operator pays.
    Consignment(Id<Consignment>),
}

/// Who pays for a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The operator.
    Platform,
    /// A seller of the order: out of its balance, or as a debt.
    Seller(Id<Organisation>),
}

/// Gives money back to the buyer. Emits `settlement.refund`. Says how much is on its way.
/// Errors: denied; `not_paid`, `refund_exceeds_payment`, `not_completed` (a consignment before completion: write it off),
/// `already_refunded`, `refund_stranded` (an earlier one has failed), `idempotency_key_reused` (conflicts); an amount or bearer that does not belong to the order.
pub fn refund(tx: &mut Tx, refund: &Refund) -> Result<Money> {
    tx.actor().may(Permission::MoneyWrite)?;
    let whole = orders::whole(tx, refund.order)?;
    let completed = whole.order.completed_at.is_some();
    let (amount, consignment, bearer) = match refund.what {
        What::Part { amount, bearer } => (amount, 0, bearer_id(&whole, bearer)?),
        What::Consignment(id) => (consignment_total(&whole, id)?, id.raw(), 0),
    };
    if amount.currency != whole.order.currency || amount.minor <= 0 {
        let say = format!("Write an amount above zero in {}.", whole.order.currency);
        return Err(Error::field("amount", "amount_format", say));
    }
    let id = tx.id::<Refund>();
    let open = !completed;
    let row = params![id, refund.key, refund.order, consignment, bearer, amount.minor, refund.reason, open, tx.now()];
    if tx.run(INSERT, row)? == 0 {
        return repeated(tx, refund, amount);
    }
    if completed {
        // Whoever bore it has paid for it already: another refund in its place would charge them twice.
        if !payments::stranded(tx, refund.order.raw())?.is_empty() {
            let say = "A refund of this order has not reached the buyer: send that one again first.";
            return Err(Error::conflict("refund_stranded", say));
        }
        bring_back(tx, &whole, refund, amount)?;
    }
    let back = give_back(tx, refund.order, amount, &format!("refund:{}", refund.key), &refund.reason)?;
    if back != amount {
        return Err(Error::conflict("refund_exceeds_payment", format!("At most {back} can still be given back.")));
    }
    let body = serde_json::json!({
        "minor": amount.minor, "currency": amount.currency.code(), "reason": refund.reason, "bearer": bearer,
        "consignment": consignment,
    });
    tx.emit(&Event { kind: "settlement.refund", subject: refund.order.raw(), body })?;
    Ok(amount)
}

fn bearer_id(whole: &Whole, bearer: Bearer) -> Result<i64> {
    match bearer {
        Bearer::Platform => Ok(0),
        Bearer::Seller(seller) if whole.consignments.iter().any(|one| one.organisation == seller) => Ok(seller.raw()),
        Bearer::Seller(_) => Err(Error::field("bearer", "not_in_order", "This seller has sold nothing in this order.")),
    }
}

fn consignment_total(whole: &Whole, id: Id<Consignment>) -> Result<Money> {
    let known = whole.consignments.iter().find(|one| one.id == id);
    match known {
        None => Err(Error::not_found("unknown_consignment", "There is no such consignment in this order.")),
        Some(known) if known.state == orders::State::Completed => Ok(known.total),
        Some(_) => Err(Error::conflict("not_completed", "A consignment on its way is written off, not refunded.")),
    }
}

/// The key or the consignment is taken: fine if by the very same refund.
fn repeated(tx: &mut Tx, refund: &Refund, amount: Money) -> Result<Money> {
    match tx.maybe(SELECT_BY_KEY, params![refund.key])? {
        None => Err(Error::conflict("already_refunded", "This consignment was refunded before.")),
        Some(row) if row.get::<Id<Order>>(0)? == refund.order && row.get::<i64>(1)? == amount.minor => Ok(amount),
        Some(_) => Err(Error::conflict("idempotency_key_reused", "This key was used for another refund.")),
    }
}

/// After the split: those who bear the refund pay it back into escrow.
fn bring_back(tx: &mut Tx, whole: &Whole, refund: &Refund, amount: Money) -> Result<()> {
    let currency = amount.currency;
    let escrow = Account::escrow(currency);
    let mut legs = Vec::new();
    match refund.what {
        What::Part { bearer: Bearer::Platform, .. } => {
            legs.push(Leg::new(Account::expense("goodwill", currency), escrow, amount.minor));
        }
        What::Part { bearer: Bearer::Seller(seller), .. } => {
            from_seller(tx, whole.order.id, seller, amount, &mut legs)?
        }
        What::Consignment(id) => {
            for share in orders::split(whole)?.into_iter().filter(|share| share.consignment == id) {
                reverse(tx, whole.order.id, share, &mut legs)?;
            }
        }
    }
    let posting = Posting {
        key: format!("bring_back:{}", refund.key),
        kind: "order.refund",
        subject: whole.order.id.raw(),
        legs: legs.into_iter().filter(|leg| leg.amount > 0).collect(),
    };
    ledger::post(tx, &posting)?;
    orders::released(tx, whole.order.id, Money::new(-amount.minor, currency))
}

fn reverse(tx: &mut Tx, order: Id<Order>, share: Share, legs: &mut Vec<Leg>) -> Result<()> {
    let currency = share.amount.currency;
    let from = match share.payee {
        Payee::Seller(seller) => return from_seller(tx, order, seller, share.amount, legs),
        Payee::Carrier(_) => Account::expense("returns", currency),
        Payee::Platform | Payee::Authority(_) => share.account,
    };
    legs.push(Leg::new(from, Account::escrow(currency), share.amount.minor));
    Ok(())
}

/// Out of what is free on the seller's balance, the rest as a debt that the next payout pays first.
fn from_seller(
    tx: &mut Tx,
    order: Id<Order>,
    seller: Id<Organisation>,
    amount: Money,
    legs: &mut Vec<Leg>,
) -> Result<()> {
    let (account, escrow) = (Account::seller(seller.raw(), amount.currency), Account::escrow(amount.currency));
    let asked: i64 = legs.iter().filter(|leg| leg.from == account).map(|leg| leg.amount).sum();
    let free = (ledger::balance(tx, &account)? - asked).clamp(0, amount.minor);
    let debt = Account::debt(seller.raw(), amount.currency);
    legs.push(Leg::new(account, escrow.clone(), free));
    legs.push(Leg::new(debt, escrow, amount.minor - free));
    write_entry(tx, &Entry::refund(seller.raw(), order, amount))
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

const INSERT: &str =
    "INSERT INTO settlement_refund (id, key, order_id, consignment, organisation, amount, reason, open, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
const SELECT_BY_KEY: &str = "SELECT order_id, amount FROM settlement_refund WHERE key = $1";

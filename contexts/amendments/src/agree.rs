//! Agreeing, paying, and what becomes of it: an amendment that costs more waits for its due, any other is carried out at once.

use crate::amendment::{AGREED_MINUTES, Amendment, State, amendment, end, live};
use crate::event::{self, Told};
use base::{Actor, Error, Id, Moment, Permission, Result};
use orders::{Amend, DueState, Order};
use store::{Fact, Tx, params};

/// Who says yes or no: the buyer, and of the buyer's own wish the operator in their place. Errors: denied.
fn may_answer(actor: Actor, order: &Order, known: &Amendment) -> Result<()> {
    if !known.is_offered() {
        return orders::may_decide(actor, order);
    }
    match actor == Actor::System || orders::is_own(actor, order) {
        true => Ok(()),
        false => Err(Error::denied("denied", "Only the buyer says yes to what was proposed to them.")),
    }
}

/// The buyer says yes to what was proposed. What costs more is asked for as a due of the order, paid like any order within
/// [`AGREED_MINUTES`] and carried out then; anything else is carried out at once. Again changes nothing. `provider` names who takes
/// payments. Errors: denied, `amendment_unknown`, `amendment_over` (gone) when its time is over or it came to nothing,
/// `already_packed`, `nothing_to_amend` (conflicts).
pub fn agree(tx: &mut Tx, id: Id<Amendment>, provider: &str) -> Result<Amendment> {
    let known = amendment(tx, id)?;
    let order = orders::lock(tx, known.order)?;
    may_answer(tx.actor(), &order, &known)?;
    let known = amendment(tx, id)?;
    match known.state {
        State::Agreed | State::Done => return Ok(known),
        State::Proposed if known.expires_at > tx.now() => {}
        State::Proposed | State::Void => return Err(over()),
    }
    if stale(tx, &known)?.is_some() {
        return Err(Error::conflict(
            "already_packed",
            "The order has changed meanwhile: look at it, and change it anew.",
        ));
    }
    let more = known.more();
    if more.minor == 0 {
        carry_out(tx, &known)?;
        return amendment(tx, id);
    }
    let now = tx.now();
    let due = orders::ask(tx, known.order, more, now.plus_minutes(AGREED_MINUTES), provider)?;
    if known.change.as_ref().is_some_and(|change| change.holds) {
        stock::confirm(tx, id.raw(), id.raw())?;
    }
    tx.send(AGREE, params![id, due])?;
    amendment(tx, id)
}

fn over() -> Error {
    Error::gone("amendment_over", "This offer is over: change the order anew to see what it costs now.")
}

/// An amendment is taken back that is not paid: by the buyer, who says no to what was proposed to them, or by who proposed it as long as
/// the buyer has not said yes. Over already: nothing. Emits `amendment.over` of what was proposed to the buyer. Errors: denied,
/// `amendment_unknown`, `payment_pending` (conflict) while an attempt to pay it is open, `amendment_done` (conflict: it is paid, or
/// the buyer said yes).
pub fn withdraw(tx: &mut Tx, id: Id<Amendment>) -> Result<()> {
    let known = amendment(tx, id)?;
    let order = orders::lock(tx, known.order)?;
    let known = amendment(tx, id)?;
    let answers = may_answer(tx.actor(), &order, &known);
    if answers.is_err() {
        may_take_back(tx.actor(), &known)?;
    }
    let is_theirs = answers.is_ok();
    if known.state == State::Done || paid(tx, &known)? || !is_theirs && known.state == State::Agreed {
        return Err(Error::conflict("amendment_done", "This change is agreed to, paid or carried out already."));
    }
    if payments::by_subject(tx, known.order.raw())?
        .iter()
        .any(|one| Some(one.due) == known.due && !one.state.is_final())
    {
        return Err(payments::pending());
    }
    let why = if is_theirs && known.is_offered() { "declined" } else { "withdrawn" };
    give_up(tx, &known, why).map(drop)
}

/// Who takes back what was proposed to the buyer: the seller who did, and the operator. Errors: denied.
fn may_take_back(actor: Actor, known: &Amendment) -> Result<()> {
    match known.organisation {
        Some(seller) => actor.may_for(seller.raw(), Permission::SellerWrite, Permission::OrdersWrite),
        None => actor.may(Permission::OrdersWrite),
    }
}

/// Tells of what a seller or the operator proposed to the buyer.
pub(crate) fn tell<F>(tx: &mut Tx, id: Id<Amendment>, happened: fn(Told) -> F) -> Result<()>
where
    F: Fact<Subject = Id<Amendment>>,
{
    let known = amendment(tx, id)?;
    let told = Told {
        amendment: id,
        order: known.order,
        side: known.side.name().into(),
        organisation: known.organisation.map_or(0, Id::raw),
        reason: known.reason.map_or("", |why| why.name()).into(),
        why: known.why,
        left: known.left.minor,
        total: known.total.minor,
        currency: known.total.currency,
        expires_at: known.expires_at,
    };
    tx.emit(id, &happened(told))
}

fn paid(tx: &mut Tx, known: &Amendment) -> Result<bool> {
    let Some(due) = known.due else { return Ok(false) };
    Ok(orders::dues(tx, known.order)?.iter().any(|one| one.position == due && one.state == DueState::Paid))
}

/// The job `order.due`: what an agreed amendment costs more is paid, or is not asked for any more. It is carried out, or comes to
/// nothing and what was paid for it goes back.
pub fn go_on(tx: &mut Tx, order: Id<Order>) -> Result<()> {
    orders::lock(tx, order)?;
    let Some(known) = live(tx, order)?.filter(|one| one.state == State::Agreed) else { return Ok(()) };
    let dues = orders::dues(tx, order)?;
    let state = dues.iter().find(|one| Some(one.position) == known.due).map(|one| one.state);
    match state {
        Some(DueState::Open) => Ok(()),
        Some(DueState::Paid) => match stale(tx, &known)? {
            None => carry_out(tx, &known),
            Some(why) => give_up(tx, &known, why).map(drop),
        },
        _ => give_up(tx, &known, "unpaid").map(drop),
    }
}

/// Why it cannot be carried out any more, if it cannot: something that makes way is packed, or not as it was.
fn stale(tx: &mut Tx, known: &Amendment) -> Result<Option<&'static str>> {
    let Some(change) = &known.change else { return Ok(Some("over")) };
    let whole = orders::whole(tx, known.order)?;
    let open: Vec<_> = orders::amendable(&whole).iter().map(|one| one.id).collect();
    let replaces = change.replaces();
    if open.is_empty() || replaces.iter().any(|id| !open.contains(id)) {
        return Ok(Some("packed"));
    }
    match settlement::left_of(tx, &whole, &replaces) {
        Ok(left) if left == known.left => Ok(None),
        Ok(_) => Ok(Some("changed")),
        Err(error) if error.code == "given_back_before" => Ok(Some("changed")),
        Err(error) => Err(error),
    }
}

fn carry_out(tx: &mut Tx, known: &Amendment) -> Result<()> {
    let Some(change) = &known.change else { return Err(over()) };
    let address = orders::find(tx, known.order)?.address;
    let Some(amended) = known.carried_out(&address, tx.now().date()) else { return Err(over()) };
    if !end(tx, known.id, State::Done, "")? {
        return Ok(());
    }
    let replaces = change.replaces();
    let wish = Amend {
        amendment: known.id.raw(),
        order: known.order,
        replaces: &replaces,
        amended: &amended,
        holds: change.holds,
    };
    settlement::amend(tx, &wish, known.total).map(drop)
}

/// It comes to nothing: its stock is free, its due is not asked for any more, and what was paid goes back. Says whether it was open.
pub(crate) fn give_up(tx: &mut Tx, known: &Amendment, why: &str) -> Result<bool> {
    if !end(tx, known.id, State::Void, why)? {
        return Ok(false);
    }
    stock::release(tx, known.id.raw())?;
    if let Some(due) = known.due {
        if orders::due_returned(tx, known.order, due)? {
            settlement::give_back_due(tx, known.order, due)?;
        }
        orders::due_void(tx, known.order, due)?;
    }
    if known.is_offered() {
        tell(tx, known.id, event::Over)?;
    }
    Ok(true)
}

/// Ends up to `limit` proposals whose time is over at `now` and frees their stock; says how many. Run it again while it says `limit`.
/// Emits `amendment.over` of those that were proposed to the buyer.
pub fn expire(tx: &mut Tx, now: Moment, limit: i64) -> Result<usize> {
    let mut ended = 0;
    for row in tx.query(OVER, params![now, limit])? {
        let known = amendment(tx, row.get(0)?)?;
        let why = stale(tx, &known)?.unwrap_or("expired");
        ended += usize::from(give_up(tx, &known, why)?);
    }
    Ok(ended)
}

const AGREE: &str = "UPDATE amendment SET state = 'agreed', due = $2 WHERE id = $1 AND state = 'proposed'";
const OVER: &str =
    "SELECT id FROM amendment WHERE state = 'proposed' AND expires_at <= $1 ORDER BY expires_at LIMIT $2";

//! Agreeing, paying, and what becomes of it: an amendment that costs more waits for its due, any other is carried out at once.

use crate::amendment::{AGREED_MINUTES, Amendment, State, amendment, end, live};
use base::{Error, Id, Moment, Result};
use orders::{Amend, DueState, Order};
use store::{Tx, params};

/// The buyer says yes to what was proposed. What costs more is asked for as a due of the order, paid like any order within
/// [`AGREED_MINUTES`] and carried out then; anything else is carried out at once. Again changes nothing. `provider` names who takes
/// payments. Errors: denied, `amendment_unknown`, `amendment_over` (gone) when its time is over or it came to nothing,
/// `already_packed`, `nothing_to_amend` (conflicts).
pub fn agree(tx: &mut Tx, id: Id<Amendment>, provider: &str) -> Result<Amendment> {
    let known = amendment(tx, id)?;
    let order = orders::lock(tx, known.order)?;
    orders::may_decide(tx.actor(), &order)?;
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

/// The buyer takes an amendment back that is not paid. Again changes nothing. Errors: denied, `amendment_unknown`,
/// `payment_pending` (conflict) while an attempt to pay it is open, `amendment_done` (conflict).
pub fn withdraw(tx: &mut Tx, id: Id<Amendment>) -> Result<()> {
    let known = amendment(tx, id)?;
    let order = orders::lock(tx, known.order)?;
    orders::may_decide(tx.actor(), &order)?;
    let known = amendment(tx, id)?;
    if known.state == State::Done || paid(tx, &known)? {
        return Err(Error::conflict("amendment_done", "This change is paid or carried out already."));
    }
    if payments::by_subject(tx, known.order.raw())?
        .iter()
        .any(|one| Some(one.due) == known.due && !one.state.is_final())
    {
        return Err(payments::pending());
    }
    give_up(tx, &known, "withdrawn").map(drop)
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
    if !end(tx, known.id, State::Done, "")? {
        return Ok(());
    }
    let replaces = change.replaces();
    let wish = Amend {
        amendment: known.id.raw(),
        order: known.order,
        replaces: &replaces,
        amended: &change.amended,
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
    Ok(true)
}

/// Ends up to `limit` proposals whose time is over at `now` and frees their stock; says how many. Run it again while it says `limit`.
pub fn expire(tx: &mut Tx, now: Moment, limit: i64) -> Result<usize> {
    let mut ended = 0;
    for row in tx.query(OVER, params![now, limit])? {
        let known = amendment(tx, row.get(0)?)?;
        ended += usize::from(give_up(tx, &known, "expired")?);
    }
    Ok(ended)
}

const AGREE: &str = "UPDATE amendment SET state = 'agreed', due = $2 WHERE id = $1 AND state = 'proposed'";
const OVER: &str =
    "SELECT id FROM amendment WHERE state = 'proposed' AND expires_at <= $1 ORDER BY expires_at LIMIT $2";

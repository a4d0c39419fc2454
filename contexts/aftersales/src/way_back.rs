//! The way back: where pieces are sent, and the number of their parcel.

use crate::claim::{Claim, author, lock, say, tell, within};
use crate::clock::{due, refund_by};
use crate::event;
use crate::kind::State;
use base::{Error, Id, Result};
use orders::Consignment;
use store::{Read, Tx, params};

/// The buyer sends pieces back within so many days.
pub const RETURN_DAYS: i64 = 14;
/// Most characters of a carrier's name, and of a tracking number.
const NAME: usize = 60;

/// Where pieces of a consignment go back to, as JSON of the address: the return address of who sent it
/// (`onboarding::return_address`), else the warehouse it left.
pub(crate) fn return_address(db: &mut Read, consignment: &Consignment) -> Result<String> {
    let warehouse = stock::warehouse(db, consignment.warehouse)?;
    let said = onboarding::return_address(db, consignment.shipped_by)?;
    let mut address = said.unwrap_or(warehouse.address);
    if address.name.is_empty() {
        address.name = warehouse.name;
    }
    serde_json::to_string(&address).map_err(Error::internal)
}

/// The buyer has sent the pieces; the seller confirms that they came, or the clock does. Sent with the same number: nothing.
/// Emits `claim.sent`. Errors: denied, `claim_unknown`; `required`, `too_long` (fields); `wrong_step` (conflict).
pub fn send_back(tx: &mut Tx, id: Id<Claim>, carrier: &str, tracking: &str) -> Result<()> {
    let (order, known) = lock(tx, id)?;
    orders::may_decide(tx.actor(), &order)?;
    let (carrier, tracking) = (carrier.trim(), tracking.trim());
    for (field, text) in [("carrier", carrier), ("tracking", tracking)] {
        if text.is_empty() {
            return Err(Error::field(field, "required", "Write who carries it and its number there."));
        }
        within(field, text, NAME)?;
    }
    if known.state == State::Sent && known.tracking == tracking {
        return Ok(());
    }
    due::step(&known, &[State::Returning])?;
    let now = tx.now();
    let due_at = refund_by(&known, now);
    tx.send(SENT, params![id, carrier, tracking, now])?;
    let who = author(tx.actor(), "buyer");
    say(tx, id, who, "sent", &format!("{carrier} {tracking}"))?;
    due::to(tx, &known, State::Sent, due_at)?;
    tell(tx, id, event::Sent)
}

const SENT: &str = "UPDATE claim SET carrier = $2, tracking = $3, sent_at = $4 WHERE id = $1";

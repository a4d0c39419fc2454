//! Another address for an order of which nothing is packed: the same country and region, so that nothing that was frozen at the
//! sale changes.

use crate::cancel::{may_decide, unpack_asked};
use crate::event;
use crate::order::{Order, lock};
use crate::place::key_of;
use crate::state::Fulfilment;
use crate::whole::Whole;
use base::{Address, Error, Id, Result};
use store::{Tx, params};

/// Sends what is not packed yet to another door; what a carrier was already asked for is taken back, and asked anew when it is
/// packed. Prices, duty and tax were worked out for the country and the region, which stay. The address an order is told by
/// e-mail at is not changed by it. The same address again changes nothing. Emits `order.readdressed` with the names of the fields.
/// Gives the order as it is then. Errors: denied (its buyer, the operator and the house may), `order_unknown`, wrong fields of the
/// address, `other_destination` (a field), `address_fixed` (conflict) when something is packed or it is over.
pub fn readdress(tx: &mut Tx, id: Id<Order>, address: &Address) -> Result<Order> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    let address = Address { email: order.address.email.clone(), ..parties::address_format::validate(address)? };
    stays_there(&order, &address)?;
    let changed = changed(&order.address, &address);
    if changed.is_empty() {
        return Ok(order);
    }
    let stored = serde_json::to_string(&address).map_err(Error::internal)?;
    if tx.run(READDRESS, params![id, stored, key_of(&address.name)])? == 0 {
        let say = "Something of this order is packed, or it is over: it cannot go to another address any more.";
        return Err(Error::conflict("address_fixed", say));
    }
    unpack_asked(tx, id)?;
    let fields = changed.into_iter().map(str::to_owned).collect();
    tx.emit(id, &event::Readdressed { number: order.number.clone(), fields })?;
    Ok(Order { address, ..order })
}

fn stays_there(order: &Order, to: &Address) -> Result<()> {
    let say = "The order was priced for another place; call it off and order again to have it sent there.";
    let other = |field: &str| Error::field(field, "other_destination", say);
    match &order.address {
        from if from.country != to.country => Err(other("country")),
        from if from.region != to.region => Err(other("region")),
        _ => Ok(()),
    }
}

/// Names of the parts that differ.
fn changed(from: &Address, to: &Address) -> Vec<&'static str> {
    let parts = [
        ("name", &from.name, &to.name),
        ("organisation", &from.organisation, &to.organisation),
        ("street", &from.street, &to.street),
        ("street2", &from.street2, &to.street2),
        ("district", &from.district, &to.district),
        ("city", &from.city, &to.city),
        ("postcode", &from.postcode, &to.postcode),
        ("phone", &from.phone, &to.phone),
        ("tax_number", &from.tax_number, &to.tax_number),
    ];
    parts.into_iter().filter(|(_, from, to)| from != to).map(|(name, ..)| name).collect()
}

/// Whether an order may still go to another address: nothing of it has a label that is good.
pub fn may_be_readdressed(whole: &Whole) -> bool {
    let open = matches!(whole.order.fulfilment, Fulfilment::Waiting | Fulfilment::ToPack);
    open && whole.parcels.iter().all(|parcel| !parcel.has_label())
}

const READDRESS: &str = "UPDATE order_head SET address = $2, name_key = $3
    WHERE id = $1 AND fulfilment IN ('waiting', 'to_pack') AND NOT EXISTS (SELECT 1 FROM order_parcel p
        WHERE p.order_id = $1 AND p.state NOT IN ('asked', 'recalled'))";

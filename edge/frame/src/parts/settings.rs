//! What the owner says about the shop, written down.

use base::Result;
use parties::Shop;
use store::Tx;
use terms::NewAgreement;

/// The shop's facts; its own terms follow the window in which buyers may object.
pub fn write(tx: &mut Tx, shop: &Shop) -> Result<()> {
    parties::set_shop(tx, shop)?;
    let (Some(days), Some(platform)) = (shop.acceptance_days, parties::platform(tx)?) else { return Ok(()) };
    let now = tx.now();
    for known in terms::current(tx, platform.id, now)? {
        if known.acceptance_days != days {
            terms::agree(tx, &NewAgreement { acceptance_days: days, ..NewAgreement::again(&known) })?;
        }
    }
    Ok(())
}

//! The shop itself: founded with its own terms, which follow what its owner says about it.

use base::Result;
use parties::{Claim, Claimed, Shop};
use store::Tx;
use terms::{Mode, NewAgreement};

/// Makes the operator, its first admin and the operator's own terms; the claim's token is the permission. Errors: those of
/// [`parties::claim`].
pub fn found(tx: &mut Tx, claim: &Claim) -> Result<Claimed> {
    let claimed = parties::claim(tx, claim)?;
    let own = NewAgreement::of(claimed.organisation, Mode::SelfOperated, claim.currency);
    terms::agree(tx, &own)?;
    Ok(claimed)
}

/// Writes down what the owner says about the shop; its own terms follow the window in which buyers may object. Errors: those of
/// [`parties::set_shop`].
pub fn set_shop(tx: &mut Tx, shop: &Shop) -> Result<()> {
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

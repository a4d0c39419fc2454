//! Turns door prices into what a quote keeps: amounts by line, the landed cost, commission and terms at this moment.

use crate::quote::Choice;
use base::{Error, Money, Rate, Result, Rounding};
use door::{ConsignmentOption, ConsignmentPrice, Line, LineShare, World};
use offers::OfferFacts;
use orders::{PlaceConsignment, PlaceLine, Sums};
use std::collections::BTreeMap;
use store::Read;
use terms::Party;

/// Every consignment with the service chosen for it; `titles` in the buyer's language by raw id of the product, where there is one. Errors: `unknown_service` (invalid).
pub(crate) fn freeze(
    db: &mut Read,
    world: &World,
    titles: &BTreeMap<i64, String>,
    facts: &[OfferFacts],
    lines: &[Line],
    priced: &[ConsignmentPrice],
    choices: &[Choice],
) -> Result<Vec<PlaceConsignment>> {
    let mut frozen = Vec::with_capacity(priced.len());
    for consignment in priced.iter().filter(|one| !one.lines.is_empty()) {
        let option = chosen(consignment, choices)?;
        let mut kept = Vec::with_capacity(consignment.lines.len());
        for (index, share) in consignment.lines.iter().zip(&option.shares) {
            let title = titles.get(&facts[*index].product.raw()).unwrap_or(&facts[*index].title);
            let supply = supply_of(db, lines[*index].facts)?;
            kept.push(PlaceLine { supply, ..line(world, &lines[*index], share, title)? });
        }
        let grams = |index: &usize| facts[*index].weight_grams.unwrap_or_default() * lines[*index].quantity;
        frozen.push(PlaceConsignment {
            organisation: consignment.organisation,
            warehouse: consignment.warehouse,
            dispatch: consignment.dispatch,
            service: option.service.code.clone(),
            carrier: option.service.carrier.clone(),
            // A parcel of goods without a weight still is a parcel.
            grams: consignment.lines.iter().map(grams).sum::<i64>().max(1),
            arrives: option.arrives,
            landed: serde_json::to_string(&option.landed).map_err(Error::internal)?,
            lines: kept,
        });
    }
    Ok(frozen)
}

/// The option that was chosen, or the one with the lowest door price. Errors: `unknown_service`.
pub(crate) fn chosen<'a>(consignment: &'a ConsignmentPrice, choices: &[Choice]) -> Result<&'a ConsignmentOption> {
    let wanted = choices
        .iter()
        .find(|choice| (choice.organisation, choice.warehouse) == (consignment.organisation, consignment.warehouse));
    let option = match wanted {
        Some(choice) => consignment.options.iter().find(|option| option.service.code == choice.service),
        None => consignment.options.first(),
    };
    option.ok_or_else(|| {
        let say = "This delivery service does not take this parcel there; choose another.";
        Error::field("service", "unknown_service", say)
    })
}

fn line(world: &World, line: &Line, share: &LineShare, title: &str) -> Result<PlaceLine> {
    let facts = line.facts;
    let (commission, commission_tax) = commission(world, facts, share.goods)?;
    Ok(PlaceLine {
        offer: facts.offer,
        variant: facts.variant,
        product: facts.product,
        seller_name: facts.seller_name.to_string(),
        title: title.to_owned(),
        sku: facts.sku.clone(),
        image: facts.image.clone(),
        options: facts.label.clone(),
        hs: facts.hs,
        origin: facts.origin,
        grams: facts.weight_grams.unwrap_or_default(),
        customs_description: facts.customs_description.words()?.to_owned(),
        quantity: line.quantity,
        unit_price: share.unit_price,
        sums: Sums { goods: share.goods, shipping: share.shipping, duty: share.duty, tax: share.tax, fees: share.fees },
        commission,
        commission_tax,
        terms: (*facts.terms).clone(),
        supply: None,
        supplied: facts.supply,
    })
}

/// What a supplier is paid for a piece. Errors: `not_sendable` (conflict) where it would be owed nothing.
fn supply_of(db: &mut Read, facts: &OfferFacts) -> Result<Option<Money>> {
    if !facts.terms.is_supplied() {
        return Ok(None);
    }
    let none = || {
        let say = "Something in the cart cannot be sent there; take it out first.";
        let of_offer = format!("{} is not on sale any more.", facts.title);
        Error::conflict("not_sendable", say).and_field(facts.offer.to_string(), "not_on_sale", of_offer)
    };
    offers::supply_price(db, facts.terms.agreement, facts.variant)?.ok_or_else(none).map(Some)
}

/// The platform's share of a line and the tax on it, each rounded half up here and nowhere else. Never more than the goods:
/// a fixed fee on a trifle takes the trifle.
fn commission(world: &World, facts: &OfferFacts, goods: Money) -> Result<(Money, Money)> {
    let terms = &facts.terms;
    if terms.merchant_of_record != Party::Seller {
        return Ok((Money::zero(goods.currency), Money::zero(goods.currency)));
    }
    let fixed = world
        .convert(Money::new(terms.fixed_fee_minor, terms.currency), goods.currency)
        .ok_or_else(|| Error::internal(format!("no rate from {} to {}", terms.currency, goods.currency)))?;
    let share = goods.at(Rate::basis_points(terms.commission_bp), Rounding::HalfUp)?.plus(fixed)?;
    let tax_rate = Rate::basis_points(terms.commission_tax_bp);
    let tax = share.at(tax_rate, Rounding::HalfUp)?;
    if share.plus(tax)?.minor <= goods.minor {
        return Ok((share, tax));
    }
    let most = Rate::ONE.over(Rate::ONE.plus(tax_rate)?)?;
    let share = goods.at(most, Rounding::Down)?;
    let tax = share.at(tax_rate, Rounding::HalfUp)?;
    Ok((share, Money::new(tax.minor.min(goods.minor - share.minor), goods.currency)))
}

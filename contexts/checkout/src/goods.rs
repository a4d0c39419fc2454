//! Goods priced without a cart: what an order comes to that is amended.

use crate::freeze::freeze;
use crate::quote::{Choice, exchange, sendable};
use base::{Address, Country, Currency, Result};
use door::{Ask, ConsignmentPrice, Line, World};
use offers::OfferFacts;
use orders::Amended;
use std::collections::BTreeMap;
use store::Read;

/// What is to be priced, and for where.
#[derive(Clone, Debug)]
pub struct AskGoods {
    /// Offers with pieces; what was bought before says so by its facts: the price it was bought for, and that it can be had.
    pub goods: Vec<(OfferFacts, i64)>,
    /// Tag of the buyer's language.
    pub language: String,
    /// Where to.
    pub address: Address,
    /// In which currency.
    pub currency: Currency,
    /// The service of each consignment, as far as it takes it; where none is named, or it takes it no more, the one with the lowest
    /// door price.
    pub choices: Vec<Choice>,
}

/// Prices goods for an address and freezes the result. Gives every service that could be chosen, too, by consignment.
/// Errors: wrong address fields, `not_sold_there`, `not_sendable` (conflicts).
pub fn price_goods(db: &mut Read, world: &World, ask: &AskGoods) -> Result<(Amended, Vec<ConsignmentPrice>)> {
    let address = parties::address_format::validate(&ask.address)?;
    let destination: Country = address.country.parse()?;
    parties::sold_to(db, destination)?;
    let facts: Vec<OfferFacts> = ask.goods.iter().map(|(facts, _)| facts.clone()).collect();
    let lines: Vec<Line> =
        facts.iter().zip(&ask.goods).map(|(facts, (_, quantity))| Line { facts, quantity: *quantity }).collect();
    let door_ask = Ask { destination, region: &address.region, currency: ask.currency, service: None };
    let priced = door::consignments(world, &lines, &door_ask);
    sendable(&facts, &priced)?;
    let choices = taken(&priced, &ask.choices);
    let titles = titles(db, &facts, &ask.language)?;
    let consignments = freeze(db, world, &titles, &facts, &lines, &priced, &choices)?;
    let exchange = exchange(world, &facts, ask.currency);
    Ok((Amended { address, exchange, consignments }, priced))
}

/// Titles as readers of a language are shown them, by raw id of the product; none where that is the product's own.
fn titles(db: &mut Read, facts: &[OfferFacts], language: &str) -> Result<BTreeMap<i64, String>> {
    let mut titles = BTreeMap::new();
    for one in facts {
        if let Some(title) = catalog::title(db, one.product, language)? {
            titles.insert(one.product.raw(), title);
        }
    }
    Ok(titles)
}

/// The choices whose service takes its consignment.
fn taken(priced: &[ConsignmentPrice], choices: &[Choice]) -> Vec<Choice> {
    let takes = |choice: &&Choice| {
        priced.iter().any(|one| {
            (one.organisation, one.warehouse) == (choice.organisation, choice.warehouse)
                && one.options.iter().any(|option| option.service.code == choice.service)
        })
    };
    choices.iter().filter(takes).cloned().collect()
}

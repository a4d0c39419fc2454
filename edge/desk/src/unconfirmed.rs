//! Goods that are not sold somewhere because only a typical rate of duty or tax is known there: a part of customs readiness.

use crate::place::PAGE;
use base::{Country, Id, Result};
use customs::{ChargeKind, Typical};
use door::{Ask, Why, World};
use frame::app::aside;
use frame::{App, Visitor, lists};
use offers::{Offer, OfferFacts};
use parties::Organisation;
use serde::Serialize;
use std::sync::Arc;
use store::Read;

/// Offers that are looked at in one go, and how often at most for one page: each is priced to every market.
const BATCH: i64 = 100;
const BATCHES: usize = 10;

/// A part of the page: offers without a confirmed rate somewhere.
#[derive(Serialize, Default)]
pub struct UnconfirmedView {
    rows: Vec<RowView>,
    /// The offer after which the list goes on.
    pub(super) next: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    title: String,
    under: String,
    image: String,
    why: String,
    places: Vec<String>,
}

/// What is in the way of an offer in some countries.
struct Found {
    facts: OfferFacts,
    kind: ChargeKind,
    hs: String,
    places: Vec<Country>,
}

/// Offers on sale of a seller, or of everybody, of which one piece is not sold somewhere for want of a confirmed rate.
pub async fn list(
    app: &App,
    visitor: &Visitor,
    owner: Option<Id<Organisation>>,
    mut after: Option<Id<Offer>>,
) -> Result<UnconfirmedView> {
    let world = app.world();
    if world.typical == Typical::Accept {
        return Ok(UnconfirmedView::default());
    }
    let markets: Arc<[Country]> = lists::destinations().filter(|place| app.serves(*place)).collect();
    let (mut found, mut more) = (Vec::new(), true);
    for _ in 0..BATCHES {
        let read = move |db: &mut Read| match owner {
            Some(owner) => offers::facts_of_organisation(db, owner, after, BATCH),
            None => offers::facts_page(db, after, BATCH),
        };
        let batch = app.store.read_as(visitor.actor, read).await?;
        more = i64::try_from(batch.len()).is_ok_and(|count| count == BATCH);
        after = batch.last().map(|facts| facts.offer).or(after);
        let (world, markets) = (world.clone(), markets.clone());
        found.extend(aside(move || look(&world, &markets, batch)).await?);
        if !more || i64::try_from(found.len()).is_ok_and(|count| count >= PAGE) {
            break;
        }
    }
    Ok(UnconfirmedView {
        rows: found.iter().map(|one| row_view(visitor, one)).collect(),
        next: after.filter(|_| more).map(|offer| offer.to_string()),
    })
}

fn look(world: &World, markets: &[Country], batch: Vec<OfferFacts>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for facts in batch.into_iter().filter(|facts| facts.on_sale) {
        let first = found.len();
        for place in markets {
            let ask = Ask { destination: *place, region: "", currency: facts.price.currency, service: None };
            let Err(unsold) = door::price(world, &facts, &ask, 1) else { continue };
            let named = unsold.reasons.iter().find_map(|why| match why {
                Why::Unconfirmed(unconfirmed) => Some(unconfirmed),
                _ => None,
            });
            let Some(named) = named else { continue };
            match found[first..].iter_mut().find(|one| one.kind == named.kind) {
                Some(one) => one.places.push(*place),
                None => {
                    let hs = named.hs.digits().to_owned();
                    found.push(Found { facts: facts.clone(), kind: named.kind, hs, places: vec![*place] });
                }
            }
        }
    }
    found
}

fn row_view(visitor: &Visitor, found: &Found) -> RowView {
    let (locale, facts) = (&visitor.locale, &found.facts);
    let why = if found.kind == ChargeKind::Tax { "d-no-tax-rate-in" } else { "d-no-duty-rate-in" };
    let mut places: Vec<String> = found.places.iter().map(|place| locale.country(*place)).collect();
    places.sort();
    RowView {
        title: facts.title.clone(),
        under: crate::words::joined(&[facts.label.as_str(), facts.sku.as_str()], " · "),
        image: facts.image.clone(),
        why: locale.fill(why, &[("hs", found.hs.as_str().into())]),
        places,
    }
}

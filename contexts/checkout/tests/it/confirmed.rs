//! A shop that wants confirmed rates: what is told, what is refused, and what was promised before.

use super::carts::new_york;
use super::fixture::*;
use base::Currency;
use checkout::*;
use customs::{Certainty, Typical};
use std::sync::Arc;

fn with(shop: &Shop, typical: Typical) -> Shop {
    Shop { world: Arc::new(shop.world.with_typical(typical)), ..shop.clone() }
}

#[test]
fn what_rests_on_a_typical_rate_is_not_quoted_and_the_rest_is() {
    each(|shop| {
        let (strict, usd) = (with(shop, Typical::Refuse), Some(Currency::USD));
        let cart = shop.cart(vec![line(shop.shirt, 1), line(shop.mug, 1)]);
        let seen = |shop: &Shop| {
            let (cart, world) = (cart.clone(), shop.world.clone());
            shop.read(move |db| view(db, &world, &cart))
        };
        assert!(seen(&strict).unsold.is_empty(), "in the Union the flat duty is enough");
        let (reach, world) = (cart.clone(), strict.world.clone());
        let set = SetDestination {
            cart: reach,
            destination: "US".parse().unwrap(),
            region: "NY".into(),
            currency: usd,
            language: None,
        };
        let (_, changes) = shop.write(move |tx| set_destination(tx, &world, &set));
        let mug = changes.iter().find(|change| change.offer == shop.mug.offer).unwrap();
        assert_eq!((mug.after, mug.reasons[0].code()), (None, "rate_unconfirmed"));
        let there = seen(&strict);
        assert_eq!((there.unsold.len(), there.unsold[0].facts.offer), (1, shop.mug.offer));
        assert_eq!(there.consignments[0].lines[0].facts.offer, shop.shirt.offer);
        let refused = strict.quote_to(&cart, new_york(), usd).unwrap_err();
        assert_eq!((refused.code, refused.fields[0].name.clone()), ("not_sendable", shop.mug.offer.to_string()));
        assert!(refused.fields[0].message.contains("HS 691200"), "{refused}");
        assert_eq!(shop.stock(shop.shirt).1, 0, "a refused quote holds nothing");
        let shirt = shop.cart(vec![line(shop.shirt, 1)]);
        assert!(strict.quote_to(&shirt, new_york(), usd).is_ok());
    });
}

#[test]
fn a_quote_that_was_given_by_a_typical_rate_is_kept() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.mug, 1)]);
        let quote = shop.quote_to(&cart, new_york(), Some(Currency::USD)).unwrap();
        let strict = with(shop, Typical::Refuse);
        let placed = strict.try_place(&cart, Some(quote.id), "4242424242424242").unwrap();
        let order = placed.order;
        let whole = shop.read(move |db| orders::whole(db, order));
        assert_eq!(whole.order.sums.total().unwrap(), quote.total);
        let landed: customs::LandedCost = serde_json::from_str(&whole.consignments[0].landed).unwrap();
        assert_eq!(landed.certainty, Certainty::Estimate);
    });
}

//! Random carts to random places in random currencies: every sum agrees, from the quote to the last share of the split.

use super::fixture::*;
use base::{Address, Currency, Money};
use checkout::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn addresses() -> Vec<Address> {
    let of = |country: &str, street: &str, city: &str, region: &str, postcode: &str| Address {
        country: country.into(),
        name: "Kim Doe".into(),
        street: street.into(),
        city: city.into(),
        region: region.into(),
        postcode: postcode.into(),
        phone: "+49 30 1234567".into(),
        ..Address::default()
    };
    vec![
        berlin(),
        super::carts::new_york(),
        of("FR", "1 rue de Rivoli", "Paris", "", "75001"),
        of("GB", "10 Downing St", "London", "", "SW1A 2AA"),
        of("CH", "Bahnhofstrasse 1", "Zürich", "", "8001"),
        of("NO", "Karl Johans gate 1", "Oslo", "", "0154"),
        of("NZ", "1 Queen Street", "Auckland", "", "1010"),
    ]
}

fn check(shop: &Shop, quote: &Quote) -> Result<(), TestCaseError> {
    let (currency, frozen) = (quote.total.currency, &quote.frozen);
    let landed: Vec<_> = frozen.consignments.iter().map(|one| one.landed_cost().unwrap()).collect();
    let totals = Money::sum(currency, landed.iter().map(|one| one.total)).unwrap();
    prop_assert_eq!(totals, quote.total, "the landed costs are the total");
    for (one, landed) in frozen.consignments.iter().zip(&landed) {
        let sums = one.sums(currency).unwrap();
        prop_assert_eq!((sums.goods, sums.shipping), (landed.goods, landed.shipping));
        prop_assert_eq!((sums.duty, sums.tax, sums.fees), (landed.duty, landed.tax, landed.fees));
        for line in &one.lines {
            prop_assert_eq!(line.sums.goods, line.unit_price.times(line.quantity).unwrap());
            prop_assert!(line.commission.minor >= 0 && line.commission_tax.minor >= 0);
            prop_assert!(line.commission.minor + line.commission_tax.minor <= line.sums.goods.minor);
        }
    }
    let stored = shop.store.read_blocking({
        let id = quote.id;
        move |db| quoted(db, id)
    });
    prop_assert_eq!(&stored.unwrap(), quote, "what is stored is what was said");
    Ok(())
}

#[test]
fn every_sum_agrees() {
    for (engine, store) in store::testing::stores(shop_world::SCHEMAS) {
        println!("on {engine}");
        let shop = shop_world::shop(&store);
        let addresses = addresses();
        let currencies: Vec<Currency> =
            shop.world.currencies().filter(|one| payments::Provider::supports(&shop.sandbox, *one)).collect();
        let things = [shop.lamp, shop.shirt, shop.mug];
        let carts = (prop::collection::btree_map(0usize..3, 1i64..40, 1..4), 0..addresses.len(), 0..currencies.len());
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(48) });
        let run = |(wanted, address, currency): (std::collections::BTreeMap<usize, i64>, usize, usize)| {
            let cart = shop.cart(wanted.iter().map(|(index, quantity)| line(things[*index], *quantity)).collect());
            let quote = match shop.quote_to(&cart, addresses[address].clone(), Some(currencies[currency])) {
                Ok(quote) => quote,
                // Thirty lamps are too heavy for one parcel: said so, and nothing is held.
                Err(error) => {
                    prop_assert_eq!(error.code, "not_sendable", "{}", error);
                    return Ok(());
                }
            };
            check(&shop, &quote)?;
            let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
            let intent = placed.intent;
            let asked = shop.read(move |db| payments::intent(db, intent));
            prop_assert_eq!((placed.total, asked.amount), (quote.total, quote.total));
            let whole = shop.whole(placed.order);
            let lines = Money::sum(quote.total.currency, whole.lines.iter().map(|line| line.total)).unwrap();
            prop_assert_eq!(lines, quote.total);
            let shares = orders::split(&whole).unwrap();
            let shared = Money::sum(quote.total.currency, shares.iter().map(|share| share.amount)).unwrap();
            prop_assert_eq!(shared, quote.total, "nothing is lost and nothing is made in the split");
            prop_assert!(shares.iter().all(|share| share.amount.minor > 0));
            let order = placed.order;
            shop.write(move |tx| orders::cancel(tx, order, "test"));
            Ok(())
        };
        if let Err(failure) = runner.run(&carts, run) {
            panic!("on {engine}: {failure}");
        }
        for thing in things {
            assert_eq!(shop.stock(thing), (1000, 0), "every piece is back on its shelf");
        }
    }
}

//! What an offer is supplied from: its stock, what is made when it is ordered, what is still to come.

use super::*;
use base::Date;
use stock::Move;

fn supplying(store: &Store, actor: Actor, offer: Id<Offer>, supply: Supply, capacity: Option<i64>) -> Result<bool> {
    store.write_as_blocking(actor, move |tx| set_supply(tx, &SetSupply { offer, supply, capacity }))
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn put(store: &Store, world: World) -> Id<Offer> {
    store.write_blocking(move |tx| put_offer(tx, &shirt_offer(world, 1500))).unwrap().0
}

fn sold(store: &Store, offer: Id<Offer>) -> (Supply, i64) {
    let facts = store.read_blocking(move |db| facts(db, &[offer])).unwrap().remove(0);
    (facts.supply, facts.available)
}

#[test]
fn a_kind_of_supply_is_what_its_text_says() {
    for text in ["stock", "made:5", "preorder:2027-01-12"] {
        assert_eq!(text.parse::<Supply>().unwrap().to_string(), text);
    }
    for wrong in ["", "made", "made:x", "preorder:soon", "preorder:2027-02-30", "stock:1", "supplier"] {
        assert_eq!(wrong.parse::<Supply>().unwrap_err().fields[0].code, "supply_unknown", "{wrong}");
    }
}

#[test]
fn an_offer_is_made_to_order_as_far_as_it_can_be_made() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let offer = put(store, world);
        assert_eq!(sold(store, offer), (Supply::Stock, 0));
        let seller = seller_of(world.seller);
        let made = |lead_days, capacity| supplying(store, seller, offer, Supply::Made { lead_days }, capacity);
        assert!(made(5, Some(4)).unwrap());
        assert!(!made(5, Some(4)).unwrap());
        assert!(!made(5, None).unwrap(), "what is not said stays");
        assert_eq!(sold(store, offer), (Supply::Made { lead_days: 5 }, 4));
        assert!(made(7, None).unwrap());
        assert_eq!(store.read_blocking(move |db| supply_of(db, offer)).unwrap(), (Supply::Made { lead_days: 7 }, 4));
        for (lead_days, capacity, field) in [(0, None, "lead_days"), (261, None, "lead_days"), (5, Some(0), "capacity")]
        {
            let wrong = made(lead_days, capacity).unwrap_err();
            assert_eq!((wrong.fields[0].name.as_str(), wrong.fields[0].code), (field, "out_of_range"));
        }
        assert_eq!(put(store, world), offer, "a new price leaves it as it is");
        assert_eq!(sold(store, offer), (Supply::Made { lead_days: 7 }, 4));
        let stranger = seller_of(world.platform);
        assert_eq!(supplying(store, stranger, offer, Supply::Stock, None).unwrap_err().kind, base::Kind::Denied);
        assert!(supplying(store, seller, offer, Supply::Stock, None).unwrap());
        assert_eq!(sold(store, offer), (Supply::Stock, 0));
        assert!(made(5, None).unwrap());
        assert_eq!(sold(store, offer).1, MADE_AT_ONCE, "there is a ceiling where nobody says one");
        let counted = supplying(store, seller, offer, Supply::Stock, Some(3)).unwrap_err();
        assert_eq!(counted.fields[0].name, "capacity");
    });
}

#[test]
fn a_preorder_ends_on_its_day() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let offer = put(store, world);
        let seller = seller_of(world.seller);
        let today = store.read_blocking(|db| Ok(db.now())).unwrap();
        let ships_on = today.plus_days(10).date();
        let preorder = |ships_on, capacity| supplying(store, seller, offer, Supply::Preorder { ships_on }, capacity);
        assert_eq!(preorder(today.date(), Some(3)).unwrap_err().fields[0].name, "ships_on", "no day to come");
        assert_eq!(preorder(day("2099-01-01"), Some(3)).unwrap_err().fields[0].name, "ships_on");
        assert_eq!(preorder(ships_on, None).unwrap_err().fields[0].code, "required");
        assert!(preorder(ships_on, Some(3)).unwrap());
        assert_eq!(sold(store, offer), (Supply::Preorder { ships_on }, 3));
        let early = store.write_blocking(move |tx| ships_now(tx, offer));
        early.unwrap();
        assert_eq!(sold(store, offer), (Supply::Preorder { ships_on }, 3), "not before its day");
        let want = stock::Want { warehouse: world.warehouse, variant: world.variants[0], quantity: 2 };
        store.write_blocking(move |tx| stock::hold(tx, &[want], 900, None)).unwrap();
        store.clock().advance_seconds(11 * 86_400);
        store.write_blocking(move |tx| ships_now(tx, offer)).unwrap();
        assert_eq!(sold(store, offer), (Supply::Stock, 0), "the third is sold when it is here");
        let all = Move {
            warehouse: world.warehouse,
            variant: world.variants[0],
            quantity: 3,
            key: "truck".into(),
            reason: "by_hand".into(),
        };
        store.write_blocking(move |tx| stock::receive(tx, &all)).unwrap();
        assert_eq!(sold(store, offer), (Supply::Stock, 1), "two of three are the buyer's");
    });
}

#[test]
fn pieces_that_two_offers_sell_are_sold_as_they_lie_there() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let offer = put(store, world);
        let (house, own) = store
            .write_blocking(move |tx| {
                let own = terms::choose(tx, world.platform, None)?;
                Ok((warehouse(tx, "DE-HOUSE", world.platform)?, own))
            })
            .unwrap();
        let at_house = PutOffer { warehouse: house, ..shirt_offer(world, 1500) };
        let operators = PutOffer { organisation: world.platform, agreement: own, ..at_house.clone() };
        let shared = store.write_blocking(move |tx| put_offer(tx, &at_house)).unwrap().0;
        let made = Supply::Made { lead_days: 3 };
        assert!(supplying(store, Actor::System, shared, made, None).unwrap());
        let other = operators.clone();
        assert_eq!(store.write_blocking(move |tx| put_offer(tx, &other)).unwrap_err().code, "supply_shared");
        assert!(supplying(store, Actor::System, shared, Supply::Stock, None).unwrap());
        store.write_blocking(move |tx| put_offer(tx, &operators)).unwrap();
        assert_eq!(supplying(store, Actor::System, shared, made, None).unwrap_err().code, "supply_shared");
        assert!(supplying(store, Actor::System, offer, made, None).unwrap(), "elsewhere it is its own");
    });
}

#[test]
fn a_file_says_what_an_offer_is_supplied_from_and_reads_its_own() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let offer = put(store, world);
        let ships_on = store.read_blocking(|db| Ok(db.now())).unwrap().plus_days(20).date();
        let take = |text: String| import(store, || Ok(text.as_bytes()), &options(world), |_| true).unwrap();
        let report = take("SKU,Price,Supply,Supply Capacity\nTS-S,15,made:5,4\nTS-M,16,made:2,\n".into());
        assert_eq!((report.errors.len(), report.updated), (0, 2), "{report:?}");
        assert_eq!(sold(store, offer), (Supply::Made { lead_days: 5 }, 4));
        take("SKU,Price\nTS-S,17\n".into());
        assert_eq!(sold(store, offer), (Supply::Made { lead_days: 5 }, 4), "a file that says nothing changes nothing");
        let wrong = take("SKU,Supply\nTS-S,tomorrow\nTS-M,made:900\n".into());
        let reasons: Vec<&str> = wrong.errors.iter().map(|error| error.reason.code()).collect();
        assert_eq!(reasons, ["supply_unknown", "supply_range"]);
        take(format!("SKU,Supply,Supply Capacity,Quantity\nTS-S,preorder:{ships_on},6,2\n"));
        assert_eq!(sold(store, offer), (Supply::Preorder { ships_on }, 8), "two lie there, six are to come");
        let file = store
            .read_blocking(move |db| {
                let catalogue = catalogue(db, world.seller, "")?;
                Ok(catalogue.head() + &catalogue.page(db, 0)?.0)
            })
            .unwrap();
        assert!(file.contains(&format!("preorder:{ships_on},6,2")), "{file}");
        let again = take(file);
        assert_eq!((again.errors.len(), again.updated, again.unchanged), (0, 0, 1), "{again:?}");
        assert_eq!(sold(store, offer), (Supply::Preorder { ships_on }, 8));
    });
}

//! What the operator sells and others supply: who sells it, who ships it, what is frozen, in one basket with everything else.

use super::fixture::*;
use base::{Actor, Currency, Id, Kind, Money, Role};
use catalog::Variant;
use offers::{AgreeSupply, PutOffer};
use orders::{SellerFilter, State};
use parties::Organisation;
use stock::{Move, Warehouse};
use store::Tx;
use terms::{Agreement, Mode, NewAgreement};

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn agree(tx: &mut Tx, agreement: Id<Agreement>, variant: Id<Variant>, minor: i64) -> base::Result<bool> {
    offers::agree_supply(tx, &AgreeSupply { agreement, variant, price: yuan(minor), valid_from: None })
}

/// Loom also supplies: its bag by dropship from Shenzhen, its cap from the house's own warehouse.
fn supplied(shop: &Shop) -> (Thing, Thing) {
    let (loom, house) = (shop.loom, shop.house);
    let make = move |tx: &mut Tx| {
        let mut made = Vec::new();
        for (mode, name, hs) in [(Mode::Dropship, "bag", "420292"), (Mode::FullyManaged, "cap", "650500")] {
            let agreement = terms::agree(tx, &NewAgreement::of(loom.organisation, mode, Currency::CNY))?;
            let warehouse = if mode == Mode::FullyManaged { house.warehouse } else { loom.warehouse };
            let marketplace = thing(tx, &loom, name, hs, 300, Money::new(9_999, EUR))?;
            agree(tx, agreement, marketplace.variant, 4_000)?;
            let put = PutOffer {
                variant: marketplace.variant,
                organisation: loom.organisation,
                agreement,
                warehouse,
                price: Money::new(2_000, EUR),
                compare_at: None,
            };
            let (offer, _) = offers::put_offer(tx, &put)?;
            let key = format!("at-house:{name}");
            if warehouse == house.warehouse {
                let variant = marketplace.variant;
                stock::receive(tx, &Move { warehouse, variant, quantity: 50, key, reason: "first".into() })?;
            }
            made.push(Thing { offer, warehouse, ..marketplace });
        }
        Ok((made[0], made[1]))
    };
    shop.write(make)
}

fn staff(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 5, organisation: organisation.raw(), role: Role::SellerStaff }
}

#[test]
fn one_basket_holds_what_sellers_sell_and_what_the_shop_sells_for_suppliers() {
    each(|shop| {
        let (bag, cap) = supplied(shop);
        let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.shirt, 1), line(bag, 2), line(cap, 3)]);
        let quote = shop.quote(&cart);
        // What is agreed afterwards is of later sales.
        let agreement = quote.frozen.consignments[2].lines[0].terms.agreement;
        shop.write(move |tx| agree(tx, agreement, bag.variant, 9_000));
        let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
        shop.pay_intent(placed.intent);
        let whole = shop.whole(placed.order);
        let (house, loom) = (shop.house, shop.loom);
        let of: Vec<(Id<Organisation>, Id<Organisation>, Id<Warehouse>)> =
            whole.consignments.iter().map(|one| (one.organisation, one.shipped_by, one.warehouse)).collect();
        let expected = [
            (house.organisation, house.organisation, house.warehouse),
            (loom.organisation, loom.organisation, loom.warehouse),
            (loom.organisation, loom.organisation, loom.warehouse),
            (loom.organisation, house.organisation, house.warehouse),
        ];
        assert_eq!(of, expected, "one consignment an agreement");
        let sold: Vec<_> = whole.lines.iter().map(|line| (line.seller_name.as_str(), line.supply)).collect();
        let expected = [("House", None), ("Loom", None), ("House", Some(yuan(4_000))), ("House", Some(yuan(4_000)))];
        assert_eq!(sold, expected);
        assert!(whole.lines[2..].iter().all(|line| line.commission.minor == 0 && line.terms.is_supplied()));
        let sales = orders::split(&whole).unwrap();
        let income: i64 = sales.iter().filter(|share| share.what == "sales").map(|share| share.amount.minor).sum();
        assert_eq!(income, 4_000 + 2 * 2_000 + 3 * 2_000);

        // The supplier's list says what each brings; what it has to ship is only what lies with it.
        let own = loom.organisation;
        let all =
            shop.try_read(staff(own), move |db| orders::of_organisation(db, own, SellerFilter::All, None, 10)).unwrap();
        let brings: Vec<Money> = all.rows.iter().rev().map(|row| row.payout).collect();
        assert_eq!(brings[1..], [yuan(2 * 4_000), yuan(3 * 4_000)]);
        assert_eq!(brings[0].currency, EUR);
        let to_ship = |of: Id<Organisation>, by: Actor| {
            let page = shop.try_read(by, move |db| orders::to_ship(db, of, None, 10)).unwrap();
            page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        let ids: Vec<_> = whole.consignments.iter().map(|one| one.id).collect();
        assert_eq!(to_ship(own, staff(own)), [ids[1], ids[2]]);
        assert_eq!(to_ship(house.organisation, Actor::System), [ids[0], ids[3]]);
        let counts = shop.try_read(staff(own), move |db| orders::seller_counts(db, own)).unwrap();
        assert_eq!((counts.to_pack, counts.packed), (2, 0));
    });
}

/// Whoever runs the warehouse packs, hands over and says what cannot be sent.
#[test]
fn who_ships_packs() {
    each(|shop| {
        let (bag, cap) = supplied(shop);
        let placed = shop.placed_with("sandbox:ok", &[(bag, 1), (cap, 1)]);
        shop.pay_intent(placed.intent);
        let whole = shop.whole(placed.order);
        let [theirs, ours] = [whole.consignments[0].id, whole.consignments[1].id];
        let supplier = staff(shop.loom.organisation);
        let clerk = Actor::Person { person: 6, organisation: shop.house.organisation.raw(), role: Role::Operations };
        let pack = |id, by| shop.try_write(by, move |tx| orders::pack(tx, id).map(drop));
        let leave = |id, by| shop.try_write(by, move |tx| orders::hand_over(tx, id));
        let call_off = |id, by| shop.try_write(by, move |tx| orders::cancel_consignment(tx, id, "out_of_stock"));
        assert_eq!(call_off(ours, supplier).unwrap_err().kind, Kind::Denied);
        assert_eq!(pack(ours, supplier).unwrap_err().kind, Kind::Denied);
        pack(ours, clerk).unwrap();
        assert_eq!(leave(ours, supplier).unwrap_err().kind, Kind::Denied);
        assert!(leave(ours, clerk).unwrap());
        call_off(theirs, supplier).unwrap();
        let whole = shop.whole(placed.order);
        let states: Vec<State> = whole.consignments.iter().map(|one| one.state).collect();
        assert_eq!(states, [State::Cancelled, State::HandedOver]);
        let parcel = whole.parcels_of(whole.consignments[1].id).last().unwrap().label.unwrap();
        let parcel = shop.read(move |db| logistics::parcel(db, parcel));
        assert_eq!(parcel.organisation, shop.house.organisation.raw());
    });
}

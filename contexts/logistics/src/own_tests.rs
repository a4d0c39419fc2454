//! Services of the shop's own shipping, and parcels that go by them.

use super::*;
use base::{Actor, Role};
use std::collections::BTreeMap;

const OWNER: i64 = 5;

fn post() -> OwnService {
    let lane = |to: &[&str], price| OwnLane {
        from: vec!["JP".into()],
        to: to.iter().map(|place| (*place).to_owned()).collect(),
        days_min: 5,
        days_max: 9,
        business: true,
        first_minor: price,
        step_minor: 300,
    };
    OwnService {
        code: "our-post".into(),
        names: BTreeMap::from([("en".into(), "Our post".into()), ("zh-CN".into(), "自有邮寄".into())]),
        carrier: "Japan Post".into(),
        kind: ServiceKind::Postal,
        currency: "JPY".into(),
        step_grams: 500,
        max_grams: 20_000,
        ddp: false,
        offered: true,
        lanes: vec![lane(&["EU", "GB"], 1400), lane(&["ANY"], 2200), lane(&["SAME"], 700)],
    }
}

fn put(store: &Store, new: OwnService) -> Result<()> {
    store.write_blocking(move |tx| put_own_service(tx, &new))
}

fn prices(store: &Store, to: &str) -> Vec<(&'static str, i64)> {
    let offered = store.read_blocking(|db| offered(db, None)).unwrap();
    let all = lanes("JP".parse().unwrap(), to.parse().unwrap(), &offered);
    all.iter().map(|lane| (lane.service.code.as_str(), lane.price(501).unwrap().minor)).collect()
}

#[test]
fn a_shop_without_a_carrier_sells_by_its_own_services_and_by_nothing_else() {
    testing::each(&SCHEMAS, |store| {
        let can = |store: &Store| store.read_blocking(sends_itself).unwrap();
        assert!(prices(store, "DE").is_empty(), "the built-in carrier is for demonstrations");
        assert!(!can(store));
        put(store, post()).unwrap();
        assert_eq!(prices(store, "DE"), [("our-post", 1700)]);
        assert_eq!(prices(store, "GB"), [("our-post", 1700)]);
        assert_eq!(prices(store, "US"), [("our-post", 2500)]);
        assert_eq!(prices(store, "JP"), [("our-post", 1000)]);
        assert!(can(store));
        let both = store.read_blocking(|db| offered(db, Some(BUILT_IN))).unwrap();
        let all = lanes("JP".parse().unwrap(), "DE".parse().unwrap(), &both);
        assert_eq!(all[0].service.code, "our-post", "beside what a carrier books");
        assert!(all.len() > 1);
        put(store, OwnService { offered: false, ..post() }).unwrap();
        assert!(prices(store, "DE").is_empty() && !can(store));
        let known = store.read_blocking(|db| service(db, "our-post")).unwrap();
        assert_eq!((known.name.as_str(), known.booked_through.as_str()), ("Our post", OWN), "known for what was sold");
    });
}

#[test]
fn a_service_that_cannot_be_is_refused_by_field() {
    testing::each(&SCHEMAS, |store| {
        let with = |change: fn(&mut OwnService)| {
            let mut one = post();
            change(&mut one);
            put(store, one).unwrap_err().fields[0].name.clone()
        };
        assert_eq!(with(|one| one.code = "Our Post".into()), "code");
        assert_eq!(with(|one| one.code = "cn-line".into()), "code");
        assert_eq!(with(|one| one.names.clear()), "names");
        assert_eq!(with(|one| one.carrier = " ".into()), "carrier");
        assert_eq!(with(|one| one.currency = "YEN".into()), "currency");
        assert_eq!(with(|one| one.step_grams = 0), "step_grams");
        assert_eq!(with(|one| one.max_grams = 499), "max_grams");
        assert_eq!(with(|one| one.lanes.clear()), "lanes");
        assert_eq!(with(|one| one.lanes[1].to = vec!["MARS".into()]), "lanes.1.to");
        assert_eq!(with(|one| one.lanes[1].to = vec!["ANY".into(), "DE".into()]), "lanes.1.to");
        assert_eq!(with(|one| one.lanes[0].days_max = 4), "lanes.0.days_max");
        assert_eq!(with(|one| one.lanes[0].step_minor = -1), "lanes.0.step_minor");
        put(store, post()).unwrap();
        let other = OwnService { currency: "EUR".into(), ..post() };
        assert_eq!(put(store, other).unwrap_err().fields[0].code, "service_currency_fixed");
        let seller = Actor::Person { person: 1, organisation: OWNER, role: Role::SellerOwner };
        let denied = store.write_as_blocking(seller, |tx| put_own_service(tx, &post())).unwrap_err();
        assert_eq!(denied.kind, Kind::Denied);
    });
}

fn own_label(subject: i64, order: i64, number: &str) -> Label {
    Label {
        order,
        told_carrier: "Japan Post".into(),
        told_number: number.into(),
        size: Size { length_mm: 300, width_mm: 200, height_mm: 100 },
        ..new_label(subject, "our-post", "JP", "DE")
    }
}

#[test]
fn a_parcel_of_own_shipping_has_the_number_that_was_told() {
    testing::each(&SCHEMAS, |store| {
        put(store, post()).unwrap();
        let one = make(store, own_label(1, 77, "RB123456785JP")).unwrap();
        assert_eq!((one.carrier.as_str(), one.tracking.as_str()), (OWN, "RB123456785JP"));
        assert_eq!((one.told_carrier.as_str(), one.size.length_mm), ("Japan Post", 300));
        let same_order = make(store, own_label(2, 77, "RB123456785JP")).unwrap();
        assert_ne!(same_order.id, one.id, "two parcels of one order may go under one number");
        assert_eq!(make(store, own_label(3, 78, "RB123456785JP")).unwrap_err().code, "tracking_used");
        let bare = make(store, own_label(3, 78, "")).unwrap();
        assert_eq!(bare.tracking, "", "told later");

        let tell = |id, number: &str, reason: &str| {
            let told = NumberTold { carrier: "UPS".into(), number: number.into(), reason: reason.into() };
            store.write_blocking(move |tx| correct_number(tx, id, &told))
        };
        assert!(tell(bare.id, "1z 5r8 9390357567127", "").unwrap());
        assert!(!tell(bare.id, "1Z5R89390357567127", "").unwrap(), "the same again");
        assert_eq!(tell(bare.id, "<b>", "").unwrap_err().fields[0].name, "number");
        store.write_blocking(move |tx| begin(tx, bare.id)).unwrap();
        assert_eq!(kinds(store, bare.id), [EventKind::Labelled, EventKind::Accepted]);
        assert_eq!(tell(bare.id, "1Z879E930346834440", "").unwrap_err().fields[0].name, "reason");
        assert!(tell(bare.id, "1Z879E930346834440", "mistyped").unwrap());
        assert_eq!(find(store, bare.id).tracking, "1Z879E930346834440");
        let found = store.read_blocking(|db| by_told_number(db, Some(OWNER), "1Z879E930346834440")).unwrap();
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [bare.id]);
        let other = store.read_blocking(|db| by_told_number(db, Some(OWNER + 1), "1Z879E930346834440")).unwrap();
        assert!(other.is_empty(), "another organisation's number is nobody else's");

        let booked = make(store, new_label(9, "cn-line", "CN", "DE")).unwrap();
        assert_eq!(tell(booked.id, "1Z5R89390357567127", "").unwrap_err().code, "not_own");
        let wrong = Label { size: Size { length_mm: 300, ..Size::default() }, ..own_label(10, 80, "") };
        assert_eq!(make(store, wrong).unwrap_err().fields[0].code, "parcel_size");
    });
}

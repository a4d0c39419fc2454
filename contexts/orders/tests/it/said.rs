//! What the shop asks besides goods and address, and what buyers say to it.

use super::fixture::*;
use base::{Actor, Id, Result};
use offers::Offer;
use orders::*;
use std::collections::BTreeMap;

fn gift() -> Field {
    PRESETS[0].field()
}

fn engraving() -> Field {
    Field {
        scope: Scope::Line,
        kind: FieldKind::Line,
        labels: BTreeMap::from([("en".into(), "Engraving".into()), ("zh-CN".into(), "刻字".into())]),
        most: 8,
        required: true,
        position: 2,
        printed: true,
        to_seller: false,
        ..Field::new("engraving")
    }
}

fn colour() -> Field {
    Field {
        kind: FieldKind::Choice,
        labels: BTreeMap::from([("en".into(), "Ribbon".into())]),
        choices: vec!["red".into(), "blue".into()],
        position: 1,
        ..Field::new("ribbon")
    }
}

fn declare(shop: &Shop, fields: Vec<Field>) {
    shop.write(move |tx| fields.iter().try_for_each(|field| put_field(tx, field)));
}

fn of(field: &str, offer: Option<Id<Offer>>, text: &str) -> Say {
    Say { field: field.into(), offer, text: text.into() }
}

fn said_to(shop: &Shop, order: Id<Order>) -> Vec<(String, Option<Id<Offer>>, String)> {
    let all = shop.read(move |db| said(db, order));
    all.into_iter().map(|one| (one.field.key, one.offer, one.text)).collect()
}

fn wrong(outcome: Result<Placed>) -> Vec<(String, &'static str)> {
    outcome.unwrap_err().fields.into_iter().map(|field| (field.name, field.code)).collect()
}

#[test]
fn what_is_asked_is_said_once_and_kept_with_the_order() {
    each(|shop| {
        declare(shop, vec![gift(), engraving(), colour()]);
        let within = shop.clone();
        let (house, seller) = (shop.lamp.offer, shop.shirt.offer);
        let says = vec![
            of("gift_message", None, "  Happy birthday,\r\nJana!  "),
            of("engraving", Some(house), "J.K."),
            of("engraving", Some(seller), "Köhler"),
            of("ribbon", None, "blue"),
        ];
        let placed = shop.store.write_blocking(move |tx| place_saying(tx, &within, 1, None, says.clone())).unwrap();
        let kept = [
            ("gift_message".to_owned(), None, "Happy birthday,\nJana!".to_owned()),
            ("ribbon".to_owned(), None, "blue".to_owned()),
            ("engraving".to_owned(), Some(house), "J.K.".to_owned()),
            ("engraving".to_owned(), Some(seller), "Köhler".to_owned()),
        ];
        assert_eq!(said_to(shop, placed.order), kept);

        let lines = shop.whole(placed.order).lines;
        let of_seller: Vec<&Line> = lines.iter().filter(|line| line.offer == seller).collect();
        let all = shop.read(move |db| said(db, placed.order));
        let told = |seen: fn(&Said, Vec<&Line>) -> bool| {
            let seen = all.iter().filter(|one| seen(one, of_seller.clone()));
            seen.map(|one| one.text.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(
            told(|one, lines| one.is_for(lines)),
            ["Happy birthday,\nJana!", "blue"],
            "sellers do not see engravings"
        );
        assert_eq!(told(|one, lines| one.is_printed(lines)), ["Happy birthday,\nJana!", "Köhler"], "own goods only");
    });
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_nothing_is_placed() {
    each(|shop| {
        declare(shop, vec![gift(), engraving(), colour()]);
        let within = shop.clone();
        let (house, seller) = (shop.lamp.offer, shop.shirt.offer);
        let says = vec![
            of("gift_message", Some(house), "not of a line"),
            of("engraving", Some(house), "far too long"),
            of("ribbon", None, "green"),
            of("nickname", None, "Jay"),
        ];
        let again = shop.clone();
        let refused = wrong(shop.store.write_blocking(move |tx| place_saying(tx, &again, 1, None, says.clone())));
        let expected = [
            (format!("fields.gift_message.{house}"), "unknown_field"),
            ("fields.nickname".to_owned(), "unknown_field"),
            ("fields.ribbon".to_owned(), "unknown_choice"),
            (format!("fields.engraving.{house}"), "too_long"),
            (format!("fields.engraving.{seller}"), "required"),
        ];
        assert_eq!(refused, expected);
        let twice = vec![
            of("engraving", Some(house), "A"),
            of("engraving", Some(seller), "B\nC"),
            of("engraving", Some(house), "D"),
        ];
        let refused = wrong(shop.store.write_blocking(move |tx| place_saying(tx, &within, 1, None, twice.clone())));
        let expected =
            [(format!("fields.engraving.{house}"), "twice"), (format!("fields.engraving.{seller}"), "in_one_line")];
        assert_eq!(refused, expected);
        assert!(shop.read(|db| by_source(db, Source::cart(1))).is_none(), "nothing is placed");
    });
}

#[test]
fn it_is_said_anew_until_something_is_packed() {
    each(|shop| {
        declare(shop, vec![gift(), colour()]);
        let placed = paid_order(shop, 4);
        let order = placed.order;
        let anew = |actor: Actor, says: Vec<Say>| shop.try_write(actor, move |tx| say(tx, order, &says));
        let changes = || {
            let events = shop.read(move |db| store::events_of(db, order.raw(), 0, 100));
            events.iter().filter(|event| event.kind == "order.fields_changed").count()
        };
        let first = vec![of("gift_message", None, "For you"), of("ribbon", None, "red")];
        anew(Actor::Guest, first.clone()).unwrap();
        anew(Actor::Guest, first).unwrap();
        assert_eq!(changes(), 1, "the same again changes nothing");
        let stranger = anew(buyer(shop.buyer), Vec::new()).unwrap_err();
        assert_eq!(stranger.kind, base::Kind::Denied, "{stranger:?}");
        anew(Actor::Guest, vec![of("gift_message", None, "For Jana")]).unwrap();
        assert_eq!(said_to(shop, order), [("gift_message".to_owned(), None, "For Jana".to_owned())]);

        declare(shop, vec![Field { asked: false, ..gift() }]);
        anew(Actor::Guest, vec![of("ribbon", None, "blue")]).unwrap();
        assert_eq!(said_to(shop, order).len(), 2, "what is not asked any more stays");
        let not_asked = anew(Actor::Guest, vec![of("gift_message", None, "again")]).unwrap_err();
        assert_eq!(not_asked.fields[0].code, "unknown_field");

        let whole = shop.whole(order);
        let first = whole.consignments[0].id;
        shop.write(move |tx| pack(tx, first).map(drop));
        let late = anew(Actor::Guest, vec![of("ribbon", None, "red")]).unwrap_err();
        assert_eq!(late.code, "fields_fixed");
        assert_eq!(said_to(shop, order)[1].2, "blue");
    });
}

#[test]
fn a_field_that_was_declared_keeps_its_scope_and_kind() {
    each(|shop| {
        declare(shop, vec![gift()]);
        let put = |field: Field| shop.store.write_blocking(move |tx| put_field(tx, &field)).map_err(|error| error.code);
        assert_eq!(put(Field { kind: FieldKind::Tick, ..gift() }), Err("field_fixed"));
        assert_eq!(put(Field { scope: Scope::Line, ..gift() }), Err("field_fixed"));
        put(Field { most: 50, required: true, ..gift() }).unwrap();
        let known = shop.read(|db| field(db, "gift_message")).unwrap();
        assert_eq!((known.most, known.required), (50, true));

        let wrong = |field: Field| {
            let error = shop.store.write_blocking(move |tx| put_field(tx, &field)).unwrap_err();
            (error.fields[0].name.clone(), error.fields[0].code)
        };
        assert_eq!(wrong(Field::new("Gift")), ("key".into(), "field_key_format"));
        assert_eq!(wrong(Field::new("wishes")), ("labels".into(), "required"));
        assert_eq!(wrong(Field { most: 0, ..gift() }), ("most".into(), "out_of_range"));
        assert_eq!(wrong(Field { choices: Vec::new(), ..colour() }), ("choices".into(), "required"));
        assert_eq!(wrong(Field { choices: vec!["x".into()], ..gift() }), ("choices".into(), "not_a_choice"));
        let nobody = shop.as_guest(|tx| put_field(tx, &colour())).unwrap_err();
        assert_eq!(nobody.kind, base::Kind::Unauthenticated);

        for index in 0..29 {
            let labels = BTreeMap::from([("en".into(), "More".into())]);
            put(Field { labels, ..Field::new(&format!("more_{index}")) }).unwrap();
        }
        assert_eq!(put(colour()), Err("too_many_fields"));
        assert_eq!(shop.read(fields).len(), 30);
    });
}

#[test]
fn a_field_is_called_as_its_reader_speaks() {
    let field = engraving();
    assert_eq!(field.label("zh-CN"), Some("刻字"));
    assert_eq!(field.label("zh-Hant"), Some("刻字"));
    assert_eq!(field.label("de"), Some("Engraving"));
    assert_eq!(gift().label("de"), None, "the platform has words for it");
}

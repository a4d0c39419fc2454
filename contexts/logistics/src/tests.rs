//! Labels, journeys and the built-in carrier through the public functions, on every engine.

#[path = "own_tests.rs"]
mod own;

use crate::carrier::MOVE;
use crate::*;
use base::{Actor, Address, Country, Id, Kind, Moment, Result, Role};
use proptest::prelude::*;
use store::{Schema, Store, params, testing};

static SCHEMAS: [Schema; 1] = [SCHEMA];

fn address(name: &str, city: &str, country: &str) -> Address {
    Address {
        country: country.into(),
        name: name.into(),
        street: "Street 1".into(),
        city: city.into(),
        ..Address::default()
    }
}

fn mug() -> Content {
    Content {
        description: "Stoneware mug, glazed".into(),
        hs: "691200".into(),
        origin: "CN".into(),
        quantity: 2,
        value_minor: 3642,
        currency: "EUR".into(),
        grams: 1240,
    }
}

fn new_label(consignment: i64, service: &str, from: &str, to: &str) -> Label {
    Label {
        reference: "EN-7Q4K-2219".into(),
        order: 77,
        consignment,
        subject: consignment,
        organisation: 5,
        service: service.into(),
        from: address("Kiln No. 9", "Jingdezhen", from),
        to: address("Anna Köhler", "Berlin", to),
        grams: 1300,
        contents: vec![mug()],
        prepaid: true,
        size: Size::default(),
        told_carrier: String::new(),
        told_number: String::new(),
    }
}

fn make(store: &Store, new: Label) -> Result<Parcel> {
    store.write_blocking(move |tx| label(tx, &new))
}

fn find(store: &Store, id: Id<Parcel>) -> Parcel {
    store.read_blocking(move |db| parcel(db, id)).unwrap()
}

fn kinds(store: &Store, id: Id<Parcel>) -> Vec<EventKind> {
    let journey = store.read_blocking(move |db| journey(db, id)).unwrap();
    journey.events.iter().map(|event| event.kind).collect()
}

/// Runs what the house's worker would: due jobs, one after another, on the manual clock. Returns the events that were told.
fn run_until(store: &Store, end: Moment) -> Vec<NewEvent> {
    let mut told = Vec::new();
    while store.clock().now() < end {
        let worked = store.write_blocking(|tx| {
            let now = tx.now();
            let mut worked = Vec::new();
            for job in store::claim(tx, now, 10, 60)? {
                assert_eq!(job.kind, MOVE.kind);
                let event = move_on(tx, Id::from_raw(job.subject), |tx, event| record(tx, event).map(|_| ()))?;
                store::done(tx, &job)?;
                worked.push(event);
            }
            Ok(worked)
        });
        let worked = worked.unwrap();
        if worked.is_empty() {
            store.clock().advance_seconds(3600);
        }
        told.extend(worked.into_iter().flatten());
    }
    told
}

#[test]
fn a_parcel_has_one_label_with_a_number_of_its_own() {
    testing::each(&SCHEMAS, |store| {
        let first = make(store, new_label(1, "cn-line", "CN", "DE")).unwrap();
        assert_eq!(make(store, new_label(1, "cn-line", "CN", "DE")).unwrap(), first, "asked again, the same");
        let mut numbers = vec![first.tracking.clone()];
        for consignment in 2..40 {
            numbers.push(make(store, new_label(consignment, "cn-line", "CN", "DE")).unwrap().tracking);
        }
        assert!(
            numbers.iter().all(|number| s10::is_valid(number) && number.starts_with("CA") && number.ends_with("CN"))
        );
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 39);
        let express = make(store, new_label(100, "cn-express", "CN", "DE")).unwrap();
        let post = make(store, new_label(101, "cn-post", "CN", "DE")).unwrap();
        assert_eq!((&express.tracking[..2], &post.tracking[..2]), ("EA", "RA"));

        let spaced = s10::spaced(&first.tracking).to_lowercase();
        assert_eq!(store.read_blocking(move |db| by_tracking(db, &spaced)).unwrap().unwrap().id, first.id);
        assert_eq!(store.read_blocking(|db| of_order(db, 77)).unwrap().len(), 41);
        assert_eq!((first.state, kinds(store, first.id)), (EventKind::Labelled, vec![EventKind::Labelled]));
    });
}

#[test]
fn no_parcel_leaves_without_what_is_due() {
    testing::each(&SCHEMAS, |store| {
        let bare = || Content { hs: String::new(), ..mug() };
        let abroad = Label { contents: vec![mug(), bare()], ..new_label(1, "cn-line", "CN", "DE") };
        assert_eq!(make(store, abroad).unwrap_err().code, "customs_facts");
        let empty = Label { contents: vec![], ..new_label(1, "cn-line", "CN", "DE") };
        assert_eq!(make(store, empty).unwrap_err().code, "customs_facts");
        let heavy = Label { grams: 2001, ..new_label(1, "cn-post", "CN", "DE") };
        assert_eq!(make(store, heavy).unwrap_err().fields[0].code, "parcel_weight");
        assert_eq!(make(store, new_label(1, "pigeon", "CN", "DE")).unwrap_err().code, "unknown_service");
        let inland = Label { contents: vec![bare()], ..new_label(1, "eu-parcel", "PL", "DE") };
        assert_eq!(make(store, inland).unwrap().consignment, 1);
        let staff = |organisation| Actor::Person { person: 1, organisation, role: Role::SellerStaff };
        let other = new_label(2, "cn-line", "CN", "DE");
        let own = other.clone();
        assert_eq!(store.write_as_blocking(staff(6), move |tx| label(tx, &other)).unwrap_err().kind, Kind::Denied);
        store.write_as_blocking(staff(5), move |tx| label(tx, &own)).unwrap();
    });
}

#[test]
fn only_carriers_and_the_operator_tell_the_journey() {
    testing::each(&SCHEMAS, |store| {
        let id = make(store, new_label(1, "cn-line", "CN", "DE")).unwrap().id;
        let event = NewEvent {
            parcel: id,
            kind: EventKind::Delivered,
            at: testing::START,
            place: "Berlin, DE".into(),
            source_id: "mine".into(),
            detail: String::new(),
        };
        let owner = Actor::Person { person: 1, organisation: 5, role: Role::SellerOwner };
        let wish = event.clone();
        assert_eq!(store.write_as_blocking(owner, move |tx| record(tx, &wish)).unwrap_err().kind, Kind::Denied);
        assert_eq!(find(store, id).state, EventKind::Labelled, "a seller cannot deliver its own parcel");
        let nameless = NewEvent { source_id: String::new(), ..event.clone() };
        assert!(store.write_blocking(move |tx| record(tx, &nameless)).is_err());
        let operator = Actor::Person { person: 2, organisation: 1, role: Role::Operations };
        let told = event.clone();
        let first = store.write_as_blocking(operator, move |tx| record(tx, &told)).unwrap();
        assert_eq!(
            (first.new, first.changed, first.before, first.after),
            (true, true, EventKind::Labelled, EventKind::Delivered)
        );
        let again = store.write_as_blocking(operator, move |tx| record(tx, &event)).unwrap();
        assert_eq!((again.new, again.changed, again.after), (false, false, EventKind::Delivered));
        let events = store.read_blocking(move |db| store::events_of(db, id.raw(), 0, 10)).unwrap();
        assert_eq!(events.len(), 1, "told once");
    });
}

#[test]
fn the_built_in_carrier_takes_every_fate_to_its_end() {
    use EventKind::*;
    let way = [Labelled, Accepted, ExportDeclared, ExportReleased, Departed, Arrived, ImportDeclared];
    let ends: [(Fate, &[EventKind]); 5] = [
        (Fate::Smooth, &[ImportReleased, OutForDelivery, Delivered]),
        (Fate::Held, &[ImportHeld, ImportReleased, OutForDelivery, Delivered]),
        (Fate::Attempted, &[ImportReleased, OutForDelivery, Attempted, OutForDelivery, Delivered]),
        (Fate::Returned, &[ImportReleased, OutForDelivery, Attempted, OutForDelivery, Attempted, Returned]),
        (Fate::Lost, &[]),
    ];
    testing::each(&SCHEMAS, |store| {
        for (number, (fate, end)) in ends.iter().enumerate() {
            let begun = store.clock().now();
            let id = make(store, new_label(number as i64 + 1, "cn-line", "CN", "DE")).unwrap().id;
            let fate = *fate;
            store.write_blocking(move |tx| set_fate(tx, id, fate)).unwrap();
            store.write_blocking(move |tx| begin(tx, id)).unwrap();
            assert_eq!(store.write_blocking(move |tx| set_fate(tx, id, fate)).unwrap_err().code, "on_its_way");
            let told = run_until(store, begun.plus_days(60));
            let expected: Vec<EventKind> = match fate {
                Fate::Lost => vec![Labelled, Accepted, ExportDeclared, ExportReleased, Departed, Lost],
                _ => way.iter().chain(*end).copied().collect(),
            };
            assert_eq!(kinds(store, id), expected, "{fate:?}");
            assert_eq!(told.len(), expected.len() - 1, "each step was told once");
            assert_eq!(find(store, id).state, *expected.last().unwrap());
            if fate == Fate::Smooth {
                let days = find(store, id).state_at.seconds_since(begun) / 86_400;
                assert!((7..=14).contains(&days), "{days} days by a line of 7 to 12, off the weekend");
            }
        }
        let waiting = store.read_blocking(|db| db.query("SELECT id FROM job", params![])).unwrap();
        assert!(waiting.is_empty(), "no job is left");
    });
}

#[test]
fn a_hold_that_wants_action_waits_for_it() {
    testing::each(&SCHEMAS, |store| {
        let id = make(store, new_label(1, "cn-line", "CN", "DE")).unwrap().id;
        store.write_blocking(move |tx| set_fate(tx, id, Fate::HeldForAction)).unwrap();
        store.write_blocking(move |tx| begin(tx, id)).unwrap();
        run_until(store, testing::START.plus_days(40));
        assert_eq!(find(store, id).state, EventKind::ImportHeld);
        let list = store.read_blocking(|db| held(db, None, 10)).unwrap();
        assert_eq!(list.iter().map(|parcel| parcel.id).collect::<Vec<_>>(), [id]);
        assert!(store.read_blocking(move |db| held(db, Some(id), 10)).unwrap().is_empty());
        let released = NewEvent {
            parcel: id,
            kind: EventKind::ImportReleased,
            at: store.clock().now(),
            place: "DE".into(),
            source_id: "console-1".into(),
            detail: "documents_accepted".into(),
        };
        store.write_blocking(move |tx| record(tx, &released)).unwrap();
        let told = run_until(store, testing::START.plus_days(60));
        assert_eq!(
            told.iter().map(|event| event.kind).collect::<Vec<_>>(),
            [EventKind::OutForDelivery, EventKind::Delivered]
        );
        assert_eq!(find(store, id).state, EventKind::Delivered);
        assert!(told[1].at > testing::START.plus_days(40));
        assert!(store.read_blocking(|db| held(db, None, 10)).unwrap().is_empty());
    });
}

#[test]
fn handing_over_twice_begins_once_and_inland_has_no_customs() {
    testing::each(&SCHEMAS, |store| {
        let id = make(store, new_label(1, "eu-express", "PL", "DE")).unwrap().id;
        store.write_blocking(move |tx| set_fate(tx, id, Fate::Smooth)).unwrap();
        assert!(run_until(store, testing::START.plus_days(2)).is_empty(), "not handed over yet");
        let begun = store.clock().now();
        store.write_blocking(move |tx| begin(tx, id)).unwrap();
        store.clock().advance_seconds(60);
        store.write_blocking(move |tx| begin(tx, id)).unwrap();
        assert_eq!(find(store, id).handed_over_at, Some(begun));
        run_until(store, begun.plus_days(10));
        use EventKind::*;
        assert_eq!(kinds(store, id), [Labelled, Accepted, Departed, Arrived, OutForDelivery, Delivered]);
        let stranger = Actor::Person { person: 1, organisation: 6, role: Role::SellerOwner };
        assert_eq!(store.write_as_blocking(stranger, move |tx| begin(tx, id)).unwrap_err().kind, Kind::Denied);
    });
}

#[test]
fn what_was_acted_on_as_the_end_stays_the_end() {
    testing::each(&SCHEMAS, |store| {
        for (first, then) in [(EventKind::Delivered, EventKind::Returned), (EventKind::Returned, EventKind::Delivered)]
        {
            let id = make(store, new_label(first as i64, "cn-line", "CN", "DE")).unwrap().id;
            let tell = |kind: EventKind, hours: i64| {
                let at = store.clock().now().plus_minutes(60 * hours);
                let (place, source_id) = ("DE".into(), format!("{kind:?}"));
                let event = NewEvent { parcel: id, kind, at, place, source_id, detail: String::new() };
                store.write_blocking(move |tx| record(tx, &event)).unwrap()
            };
            assert!(tell(first, 1).changed);
            let late = tell(then, 2);
            assert_eq!((late.new, late.changed, late.after), (true, false, first), "told, and no more");
            assert_eq!(find(store, id).state, first);
        }
    });
}

#[test]
fn a_label_can_be_printed_for_a_parcel() {
    testing::each(&SCHEMAS, |store| {
        let parcel = make(store, new_label(1, "cn-line", "CN", "DE")).unwrap();
        let code = |country: Country| country.code().to_string();
        let view = store.read_blocking(move |db| LabelView::of(db, &parcel, "EN-7Q4K-2219", code)).unwrap();
        assert_eq!(view.form, CustomsForm::Cn22);
        let svg = label_svg(&view).unwrap();
        assert!(
            svg.contains(&s10::spaced(&view.tracking)) && svg.contains("36.42 EUR") && svg.contains("EN-7Q4K-2219")
        );
    });
}

#[test]
fn fates_follow_their_odds() {
    let odds = Odds { lost_one_in: 10, held_one_in: 5, attempted_one_in: 0, returned_one_in: 0 };
    let draw = |raw, border| odds.draw(Id::from_raw(raw), border);
    let count = |border, fate| (1..20_000).filter(|raw| draw(*raw, border) == fate).count();
    assert!((1800..2200).contains(&count(true, Fate::Lost)), "{}", count(true, Fate::Lost));
    assert!((3300..3900).contains(&count(true, Fate::Held)), "a fifth of the rest");
    assert_eq!(count(false, Fate::Held), 0, "no border, no customs");
    assert_eq!(count(true, Fate::Attempted), 0);
    assert_eq!(draw(123, true), draw(123, true));
    for fate in Fate::ALL {
        assert_eq!(Fate::named(fate.name()), Some(fate));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn late_doubled_and_shuffled_events_lead_to_the_same_state(
        events in prop::collection::vec((0usize..14, 0i64..6), 1..12),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let (_, store) = testing::stores(&SCHEMAS).remove(0);
        // A way has one end; of two the first that was told counts.
        let mut ended = false;
        let events: Vec<(usize, i64)> = events
            .into_iter()
            .filter(|(kind, _)| {
                let last = EventKind::ALL[*kind].is_final();
                !(last && std::mem::replace(&mut ended, true))
            })
            .collect();
        let one = make(&store, new_label(1, "cn-line", "CN", "DE")).unwrap().id;
        let other = make(&store, new_label(2, "cn-line", "CN", "DE")).unwrap().id;
        let event = |parcel, index: usize| {
            let (kind, day) = events[index];
            NewEvent {
                parcel,
                kind: EventKind::ALL[kind],
                at: testing::START.plus_days(day),
                place: String::new(),
                source_id: index.to_string(),
                detail: String::new(),
            }
        };
        let straight = (0..events.len()).map(|index| event(one, index));
        // Some come first and out of order; then all come, the first ones again.
        let shuffled = order.iter().map(|index| index.index(events.len())).chain((0..events.len()).rev());
        let all: Vec<NewEvent> = straight.chain(shuffled.map(|index| event(other, index))).collect();
        store.write_blocking(move |tx| all.iter().try_for_each(|event| record(tx, event).map(|_| ()))).unwrap();
        let (one, other) = (find(&store, one), find(&store, other));
        prop_assert_eq!((one.state, one.state_at), (other.state, other.state_at));
        let furthest = events.iter().map(|(kind, _)| EventKind::ALL[*kind].tier()).max().unwrap();
        prop_assert_eq!(one.state.tier(), furthest);
    }

    #[test]
    fn a_plan_is_in_order_and_repeats_itself(raw in 1i64..i64::MAX, fate in 0usize..6, lane in 0usize..6, hours in 0i64..400) {
        let (service, from, to) = [
            ("cn-line", "CN", "DE"),
            ("cn-express", "CN", "SA"),
            ("cn-post", "CN", "BR"),
            ("eu-express", "PL", "DE"),
            ("us-ground", "US", "US"),
            ("world-express", "KE", "JP"),
        ][lane];
        let (_, store) = testing::stores(&SCHEMAS).remove(0);
        let start = testing::START.plus_hours(hours);
        let parcel = Parcel {
            id: Id::from_raw(raw),
            fate: Fate::ALL[fate],
            handed_over_at: Some(start),
            ..make(&store, new_label(1, service, from, to)).unwrap()
        };
        let released = start.plus_days(20);
        let steps = plan(&parcel, Some(released)).unwrap();
        prop_assert_eq!(&steps, &plan(&parcel, Some(released)).unwrap());
        prop_assert!(steps.windows(2).all(|pair| pair[0].at <= pair[1].at), "{steps:?}");
        prop_assert!(steps[0].at >= start);
        let last = steps.last().unwrap().kind;
        prop_assert!(last.is_final() || last == EventKind::Lost, "{last:?}");
        let early = plan(&parcel, None).unwrap();
        prop_assert!(steps.starts_with(&early), "a release only adds to the plan");
        let waiting = Parcel { handed_over_at: None, ..parcel };
        prop_assert!(plan(&waiting, None).unwrap().is_empty());
    }
}

#[test]
fn a_parcel_is_asked_for_until_its_end_is_known_or_nobody_will_find_it() {
    testing::each(&SCHEMAS, |store| {
        let parcel = make(store, new_label(1, "cn-line", "CN", "DE")).unwrap();
        let look = |state, days: i64| {
            let parcel = Parcel { state, ..parcel.clone() };
            crate::booking::next_look(&parcel, parcel.state_at.plus_days(days))
        };
        let at = parcel.state_at;
        assert_eq!(look(EventKind::Arrived, 0), Some(at.plus_hours(2)));
        assert_eq!(look(EventKind::Arrived, 400), Some(at.plus_days(401)), "silent for a year: once a day");
        assert_eq!(look(EventKind::Delivered, 0), None);
        assert_eq!(look(EventKind::Returned, 0), None);
        assert_eq!(look(EventKind::Lost, 90), Some(at.plus_days(91)), "it may be found");
        assert_eq!(look(EventKind::Lost, 91), None, "nobody will find it");
    });
}

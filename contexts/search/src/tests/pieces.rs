//! Segments by properties: what they find is what a plain look through all products finds, however they came about.

use crate::pick::Wanted;
use crate::segment::{Builder, Goods, Segment};
use base::{Currency, Id, Money};
use offers::{Described, OfferFacts};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use terms::{Frozen, Mode};

fn facts(number: i64) -> OfferFacts {
    let template = Mode::Marketplace.template();
    let terms = Frozen {
        agreement: Id::from_raw(1),
        version: 1,
        mode: Mode::Marketplace,
        merchant_of_record: template.merchant_of_record,
        price_set_by: template.price_set_by,
        stock_owned_by: template.stock_owned_by,
        ships: template.ships,
        returns_to: template.returns_to,
        paid: template.paid,
        commission_bp: 800,
        commission_tax_bp: 0,
        commission_tax_jurisdiction: String::new(),
        fixed_fee_minor: 0,
        currency: Currency::EUR,
        acceptance_days: 7,
        payout_days: 7,
        handling_hours: 40,
    };
    OfferFacts {
        offer: Id::from_raw(number),
        variant: Id::from_raw(number),
        product: Id::from_raw(number),
        slug: String::new(),
        title: String::new(),
        label: String::new(),
        sku: String::new(),
        image: String::new(),
        organisation: Id::from_raw(1 + number % 3),
        sold_by: Id::from_raw(1 + number % 3),
        seller_name: Arc::from("Seller"),
        terms: Arc::new(terms),
        warehouse: Id::from_raw(1),
        dispatch: "CN".parse().unwrap(),
        hs: None,
        origin: None,
        customs_description: Described::Enough(false),
        weight_grams: Some(100),
        tax_class: Arc::from("standard"),
        price: Money::new(500 + number, Currency::EUR),
        compare_at: None,
        other_prices: Vec::new(),
        available: 1,
        on_sale: true,
        supply: offers::Supply::Stock,
    }
}

/// Titles and words beside them, of products 1, 2, 3 …
type Titles = Vec<(Vec<&'static str>, Vec<&'static str>)>;

fn titles() -> impl Strategy<Value = Titles> {
    let word = prop::sample::select(vec!["red", "reed", "cup", "cups", "tea", "linen", "shirt", "x", "红茶", "茶杯"]);
    let some = |most| prop::collection::vec(word.clone(), 0..most);
    prop::collection::vec((some(4), some(3)), 0..40)
}

fn segment(titles: &Titles, wanted: impl Fn(i64) -> bool) -> Segment {
    let mut builder = Builder::default();
    for (index, (title, aside)) in titles.iter().enumerate() {
        let number = index as i64 + 1;
        if wanted(number) {
            builder.push(&Goods {
                product: number,
                category: Some(Id::from_raw(number % 4)),
                slug: format!("p-{number}"),
                image: String::new(),
                titles: vec![("en".into(), title.join(" "))],
                aside: vec![aside.join(" ")],
                offers: vec![facts(number)],
            });
        }
    }
    builder.finish()
}

/// Products that a text finds, with their score.
fn found(segment: &Segment, text: &str) -> Vec<(i64, u32)> {
    let Some(wanted) = Wanted::of(text) else { return Vec::new() };
    let [found, _] = wanted.find([segment, &Segment::default()]);
    found.into_iter().map(|(slot, score)| (segment.slots[slot as usize].product, score)).collect()
}

proptest! {
    #[test]
    fn a_text_finds_what_a_plain_look_finds(titles in titles(), asked in prop::collection::vec(prop::sample::select(vec!["red", "re", "cup", "tea", "li", "x"]), 1..4), begun in any::<bool>()) {
        let text = format!("{}{}", asked.join(" "), if begun { "" } else { " " });
        let has = |number: usize, at: usize| {
            let (title, aside) = &titles[number];
            let last = at + 1 == asked.len() && begun;
            title.iter().chain(aside).any(|word| if last { word.starts_with(asked[at]) } else { *word == asked[at] })
        };
        let with = |least: usize| -> BTreeSet<i64> {
            let fits = |number: &usize| (0..asked.len()).filter(|at| has(*number, *at)).count() >= least;
            (0..titles.len()).filter(fits).map(|number| number as i64 + 1).collect()
        };
        let all = with(asked.len());
        let expected = if all.is_empty() { with(1) } else { all };
        let found: BTreeSet<i64> = found(&segment(&titles, |_| true), &text).into_iter().map(|(product, _)| product).collect();
        prop_assert_eq!(found, expected, "{}", text);
    }

    #[test]
    fn pieces_put_together_are_as_if_made_at_once(titles in titles(), cut in 1i64..40, gone in 1i64..40, text in prop::sample::select(vec!["red", "cu", "tea cup", "红茶", "linen x"])) {
        let one = segment(&titles, |number| number % 3 != 0 || number < cut);
        let other = segment(&titles, |number| number % 3 == 0 && number >= cut);
        let lives = |at: usize| one.slots[at].product != gone;
        let merged = Segment::merged((&one, &lives), (&other, &|_| true));
        let at_once = segment(&titles, |number| number != gone || (number % 3 == 0 && number >= cut));
        let shown = |segment: &Segment| -> Vec<_> {
            let slots = segment.slots.iter().enumerate();
            slots.map(|(at, slot)| {
                let lots = segment.lots_of(at).map(|lot| segment.lots[lot].price).collect::<Vec<_>>();
                (slot.product, segment.slug(at).to_owned(), segment.title(at, "en").1.to_owned(), lots, segment.category(slot))
            }).collect()
        };
        prop_assert_eq!(shown(&merged), shown(&at_once));
        prop_assert_eq!(found(&merged, text), found(&at_once, text));
        for (at, slot) in merged.slots.iter().enumerate() {
            prop_assert_eq!(merged.find(Id::from_raw(slot.product)), Some(at));
        }
    }
}

//! An order made up without a database, for the arithmetic of giving back.

use base::{Address, Currency, Id, Money};
use customs::{Charge, LandedCost};
use orders::{Consignment, Line, Order, Sums, Whole};
use shop_world::stated::{CARRIER, day, landed};
use terms::{Frozen, Mode};

/// A consignment of lines (pieces, price of one, delivery, duty, tax, fees), of which `grouped` are taxed in two groups, the
/// second under two taxes.
pub(super) fn consignment(lines: &[(i64, i64, i64, i64, i64, i64)], grouped: bool) -> Whole {
    let eur = |minor| Money::new(minor, Currency::EUR);
    let sold: Vec<Line> = lines
        .iter()
        .enumerate()
        .map(|(at, (pieces, price, shipping, duty, tax, fees))| {
            let goods = pieces * price;
            let sums = Sums {
                goods: eur(goods),
                shipping: eur(*shipping),
                duty: eur(*duty),
                tax: eur(*tax),
                fees: eur(*fees),
            };
            line(at, *pieces, sums)
        })
        .collect();
    let all = sold.iter().try_fold(Sums::zero(Currency::EUR), |sum, line| sum.plus(line.sums)).unwrap();
    let cost = cost_of(&sold, all, grouped);
    let consignment = Consignment {
        amendment: None,
        replaced_by: None,
        id: Id::from_raw(1),
        order: Id::from_raw(1),
        position: 0,
        organisation: Id::from_raw(1),
        shipped_by: Id::from_raw(1),
        warehouse: Id::from_raw(1),
        dispatch: "CN".parse().unwrap(),
        service: "cn-express".into(),
        carrier: CARRIER.into(),
        grams: 1,
        shipping: all.shipping,
        total: all.total().unwrap(),
        landed: serde_json::to_string(&cost).unwrap(),
        arrives: (day("2026-11-25"), day("2026-11-30")),
        handling_hours: 40,
        acceptance_days: 14,
        state: orders::State::Completed,
        customs: orders::Customs::Released,
        ship_by: None,
        handed_over_at: None,
        delivered_at: None,
        accept_until: None,
        dispute: orders::Dispute::None,
        completed_at: None,
    };
    Whole { order: order(all), lines: sold, consignments: vec![consignment], parcels: Vec::new() }
}

fn order(sums: Sums) -> Order {
    let zero = Money::zero(Currency::EUR);
    Order {
        id: Id::from_raw(1),
        number: "EN-1".into(),
        source: orders::Source::cart(1),
        quote: Some(1),
        added: Money::zero(Currency::EUR),
        credited: Money::zero(Currency::EUR),
        buyer: None,
        email: String::new(),
        language: "en".into(),
        destination: "DE".parse().unwrap(),
        address: Address::default(),
        currency: Currency::EUR,
        sums,
        exchange: Vec::new(),
        payment: orders::Payment::Paid,
        fulfilment: orders::Fulfilment::Completed,
        customs: orders::Customs::Released,
        dispute: orders::Dispute::None,
        settlement: orders::Settlement::Split,
        captured: zero,
        released: zero,
        refunded: zero,
        placed_at: base::Moment(0),
        paid_at: None,
        completed_at: None,
        cancelled_at: None,
    }
}

fn line(at: usize, quantity: i64, sums: Sums) -> Line {
    let goods = sums.goods.minor;
    Line {
        id: Id::from_raw(1 + at as i64),
        consignment: Id::from_raw(1),
        position: at as i64,
        offer: Id::from_raw(1),
        variant: Id::from_raw(1),
        product: Id::from_raw(1),
        organisation: Id::from_raw(1),
        seller_name: String::new(),
        title: String::new(),
        sku: String::new(),
        image: String::new(),
        options: String::new(),
        hs: None,
        origin: None,
        grams: 1,
        customs_description: String::new(),
        quantity,
        called_off: 0,
        packed: 0,
        unit_price: Money::new(goods / quantity, Currency::EUR),
        sums,
        total: sums.total().unwrap(),
        commission: Money::new(goods * 12 / 100, Currency::EUR),
        commission_tax: Money::new(goods * 2 / 100, Currency::EUR),
        terms: terms(),
        supply: None,
        supplied: offers::Supply::Stock,
    }
}

fn cost_of(lines: &[Line], all: Sums, grouped: bool) -> LandedCost {
    let mut cost = landed(all, Currency::EUR);
    if !grouped || lines.len() < 2 {
        return cost;
    }
    let tax = cost.lines.remove(1);
    let first = lines[0].sums.tax.minor;
    let rest = all.tax.minor - first;
    let half = rest / 2;
    let members: Vec<usize> = (1..lines.len()).collect();
    let of = |item: Option<usize>, minor: i64| Charge {
        item,
        members: if item.is_some() || lines.len() == 2 { Vec::new() } else { members.clone() },
        amount: Money::new(minor, Currency::EUR),
        ..tax.clone()
    };
    let second = (lines.len() == 2).then_some(1);
    cost.lines.extend([of(Some(0), first), of(second, half), of(second, rest - half)]);
    cost
}

fn terms() -> Frozen {
    let usual = Mode::Marketplace.template();
    Frozen {
        agreement: Id::from_raw(1),
        version: 1,
        mode: Mode::Marketplace,
        merchant_of_record: usual.merchant_of_record,
        price_set_by: usual.price_set_by,
        stock_owned_by: usual.stock_owned_by,
        ships: usual.ships,
        returns_to: usual.returns_to,
        paid: usual.paid,
        commission_bp: usual.commission_bp,
        commission_tax_bp: 0,
        commission_tax_jurisdiction: "IE".into(),
        fixed_fee_minor: 0,
        currency: Currency::EUR,
        acceptance_days: usual.acceptance_days,
        payout_days: usual.payout_days,
        handling_hours: usual.handling_hours,
    }
}

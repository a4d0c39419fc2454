//! How many landed costs one core computes in a second. Run with `--release`.

use base::{Country, Currency, HsCode, Money, Rate, Weight};
use customs::{Item, Service, Shipment, Tables, TaxClass, TaxRoute, landed_cost, landed_cost_total};
use std::time::Instant;

fn main() -> base::Result<()> {
    let tables = Tables::builtin();
    let eur = Currency::EUR;
    let origin: Country = "CN".parse()?;
    let item = |hs: &str, quantity, minor| -> base::Result<Item> {
        Ok(Item {
            hs: hs.parse::<HsCode>()?,
            origin,
            quantity,
            unit_price: Money::new(minor, eur),
            unit_weight: Weight::grams(300),
            tax_class: TaxClass::Standard,
        })
    };
    let items = [item("610910", 2, 1500)?, item("640411", 1, 4000)?];
    let mut rates: Vec<(Currency, Currency, Rate)> = Vec::new();
    for (code, rate) in
        [("USD", "0.8951"), ("GBP", "1.1993"), ("JPY", "0.005692"), ("BRL", "0.1648"), ("AUD", "0.6288")]
    {
        rates.push((code.parse()?, eur, rate.parse()?));
    }
    let mut shipments = Vec::new();
    for (destination, tax_route) in [
        ("DE", TaxRoute::Checkout),
        ("FR", TaxRoute::Border),
        ("GB", TaxRoute::Checkout),
        ("US", TaxRoute::Border),
        ("BR", TaxRoute::Checkout),
        ("JP", TaxRoute::Border),
        ("AU", TaxRoute::Checkout),
    ] {
        shipments.push(Shipment {
            dispatch: origin,
            destination: destination.parse()?,
            region: "",
            date: base::time::parse_date("2026-09-01")?,
            service: Service::Express,
            tax_route,
            typical: customs::Typical::Accept,
            currency: eur,
            items: &items,
            shipping: Money::new(500, eur),
            insurance: Money::zero(eur),
            rates: &rates,
        });
    }
    let rounds = if cfg!(debug_assertions) { 2_000 } else { 200_000 };
    let (start, mut sum) = (Instant::now(), 0);
    for _ in 0..rounds {
        for shipment in &shipments {
            sum += landed_cost(tables, shipment)?.total.minor;
        }
    }
    let explained = rate(rounds * shipments.len(), start);
    let start = Instant::now();
    for _ in 0..rounds {
        for shipment in &shipments {
            sum -= landed_cost_total(tables, shipment)?.total.minor;
        }
    }
    let totals = rate(rounds * shipments.len(), start);
    let many: Vec<Item> = (0..200).map(|at| Item { quantity: at % 3 + 1, ..items[at as usize % 2] }).collect();
    let cart = Shipment { items: &many, ..shipments[3] };
    let start = Instant::now();
    for _ in 0..rounds / 100 {
        sum += landed_cost(tables, &cart)?.total.minor;
    }
    println!("carts of 200 lines: {} quotes/s", rate(rounds / 100, start));
    println!("explained: {explained} quotes/s, totals only: {totals} quotes/s (check {sum})");
    Ok(())
}

fn rate(count: usize, since: Instant) -> u128 {
    count as u128 * 1_000_000 / since.elapsed().as_micros().max(1)
}

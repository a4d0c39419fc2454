//! `bench quote`: the landed cost engine alone, on one thread, over seven destinations and two ways of collecting.

use super::QuoteArgs;
use super::report::{Report, rounded};
use base::{Country, Currency, HsCode, Money, Rate, Result, Weight};
use customs::{Item, Service, Shipment, Tables, TaxClass, TaxRoute, landed_cost, landed_cost_total};
use serde_json::json;
use std::time::{Duration, Instant};

const TO: [(&str, TaxRoute); 7] = [
    ("DE", TaxRoute::Checkout),
    ("FR", TaxRoute::Border),
    ("GB", TaxRoute::Checkout),
    ("US", TaxRoute::Border),
    ("BR", TaxRoute::Checkout),
    ("JP", TaxRoute::Border),
    ("AU", TaxRoute::Checkout),
];
const RATES: [(&str, &str); 5] =
    [("USD", "0.8951"), ("GBP", "1.1993"), ("JPY", "0.005692"), ("BRL", "0.1648"), ("AUD", "0.6288")];

/// Measures and prints.
pub fn run(args: &QuoteArgs) -> Result<()> {
    let (tables, eur, origin) = (Tables::builtin(), Currency::EUR, "CN".parse::<Country>()?);
    let item = |hs: &str, quantity, minor| -> Result<Item> {
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
    let rates = RATES.iter().map(|(code, rate)| Ok((code.parse()?, eur, rate.parse()?)));
    let rates: Vec<(Currency, Currency, Rate)> = rates.collect::<Result<_>>()?;
    let shipment = |to: &(&str, TaxRoute)| -> Result<Shipment> {
        Ok(Shipment {
            dispatch: origin,
            destination: to.0.parse()?,
            region: "",
            date: base::time::parse_date("2026-09-01")?,
            service: Service::Express,
            tax_route: to.1,
            currency: eur,
            items: &items,
            shipping: Money::new(500, eur),
            insurance: Money::zero(eur),
            rates: &rates,
        })
    };
    let shipments: Vec<Shipment> = TO.iter().map(shipment).collect::<Result<_>>()?;
    let time = Duration::from_secs(args.seconds);
    let explained = per_second(&shipments, time, |one| landed_cost(tables, one).map(|cost| cost.total.minor))?;
    let totals = per_second(&shipments, time, |one| landed_cost_total(tables, one).map(|cost| cost.total.minor))?;
    let mut report = Report::empty();
    report.add("quotes_per_second", json!(rounded(explained).round()));
    report.add("totals_per_second", json!(rounded(totals).round()));
    report.add("seconds", json!(args.seconds));
    report.print(args.json);
    Ok(())
}

fn per_second(shipments: &[Shipment], time: Duration, quote: impl Fn(&Shipment) -> Result<i64>) -> Result<f64> {
    let (start, mut count, mut sum) = (Instant::now(), 0_u64, 0_i64);
    while start.elapsed() < time {
        for _ in 0..100 {
            for shipment in shipments {
                sum = sum.wrapping_add(quote(shipment)?);
            }
        }
        count += 100 * shipments.len() as u64;
    }
    // The sum is looked at, so that nothing can be left out.
    if sum == 0 {
        return Err(base::Error::internal("every quote was zero"));
    }
    Ok(count as f64 / start.elapsed().as_secs_f64())
}

//! `bench quote`: consignments to every destination through the landed-cost engine, on one core.

use crate::args::QuoteArgs;
use crate::report::Report;
use base::{Currency, Error, Money, Result, Weight};
use customs::{Item, ReferenceRates, Service, Shipment, Tables, TaxClass, TaxRoute};
use serde_json::json;
use std::time::{Duration, Instant};

/// Measures. Errors: the engine's.
pub fn run(args: &QuoteArgs) -> Result<Report> {
    let tables = Tables::builtin();
    let date = base::time::parse_date("2026-10-30")?;
    let rates = ReferenceRates::at(date).ok_or_else(|| Error::internal("no reference rates"))?;
    let item = |hs: &str, quantity, cents, grams| -> Result<Item> {
        Ok(Item {
            hs: hs.parse()?,
            origin: "CN".parse()?,
            quantity,
            unit_price: Money::new(cents, Currency::EUR),
            unit_weight: Weight::grams(grams),
            tax_class: TaxClass::Standard,
        })
    };
    let items = [item("610910", 2, 1500, 200)?, item("640411", 1, 4000, 800)?];
    let destinations = ["DE", "FR", "GB", "US", "JP", "AU", "BR", "CH"];
    let shipments: Vec<Shipment> = destinations
        .iter()
        .map(|destination| {
            Ok(Shipment {
                dispatch: "CN".parse()?,
                destination: destination.parse()?,
                region: "",
                date,
                service: Service::Express,
                typical: customs::Typical::Accept,
                tax_route: TaxRoute::Checkout,
                currency: Currency::EUR,
                items: &items,
                shipping: Money::new(500, Currency::EUR),
                insurance: Money::new(0, Currency::EUR),
                rates,
            })
        })
        .collect::<Result<_>>()?;
    let (begun, end) = (Instant::now(), Duration::from_secs(args.seconds));
    let (mut quotes, mut cents) = (0_u64, 0_i64);
    while begun.elapsed() < end {
        for shipment in &shipments {
            cents = cents.wrapping_add(customs::landed_cost(tables, shipment)?.total.minor);
            quotes += 1;
        }
    }
    let per_second = quotes as f64 / begun.elapsed().as_secs_f64();
    if cents == 0 {
        return Err(Error::internal("the engine gave nothing"));
    }
    let figures = match args.json {
        true => json!({ "quotes_per_second": per_second.round(), "quotes": quotes, "lines": 2 }).to_string(),
        false => format!("quotes_per_second    {per_second:.0}  (two lines each, eight destinations, one core)"),
    };
    Ok(Report { figures, note: None })
}

//! `entrepot quote`: the landed cost of a consignment from the command line, without a database.

use base::{Country, Currency, Date, Error, HsCode, Money, Rate, Result, Rounding, Weight};
use clap::Args;
use customs::{Charge, Item, LandedCost, Rates, ReferenceRates, Shipment, Tables, TaxClass};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;

/// What a consignment costs at the buyer's door: goods, delivery, duty, tax and fees, each with the rule behind it.
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "Example:\n  entrepot quote --from CN --to FR --date 2026-07-15 --item 610910:2:15.00EUR:200g \\\n    \
    --item 640411:1:40.00EUR:800g --shipping 5.00EUR --currency EUR --service express --tax checkout\n\n\
    Exchange rates come from a small built-in table of ECB reference rates; --fx overrides them."
)]
pub struct QuoteArgs {
    /// Country the goods are sent from, two letters
    #[arg(long, value_name = "COUNTRY")]
    pub from: String,
    /// Country of the buyer, two letters
    #[arg(long, value_name = "COUNTRY")]
    pub to: String,
    /// State or province of the buyer, where tax depends on it (SP, ON)
    #[arg(long, default_value = "", value_name = "REGION", hide_default_value = true)]
    pub region: String,
    /// Day of the order: rules are taken as of this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: String,
    /// HS code:quantity:unit price:unit weight[:class]; may be repeated. Class: standard, book, food, childrens_clothing, medicine
    #[arg(long = "item", required = true, value_name = "HS:QTY:PRICE:WEIGHT[:CLASS]")]
    pub items: Vec<String>,
    /// Price of delivery, such as 5.00EUR
    #[arg(long, value_name = "AMOUNT")]
    pub shipping: Option<String>,
    /// Price of insurance, such as 1.00EUR
    #[arg(long, value_name = "AMOUNT")]
    pub insurance: Option<String>,
    /// Currency of the answer
    #[arg(long, value_name = "CURRENCY")]
    pub currency: String,
    /// How it travels: express, postal, line or domestic
    #[arg(long, default_value = "express", value_name = "SERVICE")]
    pub service: String,
    /// checkout: seller or platform is registered in the destination's scheme (IOSS, UK VAT, VOEC …); border: it is not
    #[arg(long, default_value = "border", value_name = "ROUTE")]
    pub tax: String,
    /// Country of origin of the goods, if it is not the one they are sent from
    #[arg(long, value_name = "COUNTRY")]
    pub origin: Option<String>,
    /// Exchange rate: USD/BRL=5.00 means one dollar is 5.00 reais; may be repeated
    #[arg(long, value_name = "FROM/TO=RATE")]
    pub fx: Vec<String>,
    /// Print one JSON object, amounts in minor units
    #[arg(long)]
    pub json: bool,
}

/// Runs the command: prints the breakdown. Errors: what is wrong with an argument; `exchange_rate_missing`.
pub fn run(args: QuoteArgs) -> Result<()> {
    let (cost, currency) = compute(&args)?;
    let text = if args.json { as_json(&cost, currency).to_string() } else { as_text(&args, &cost) };
    match writeln!(std::io::stdout(), "{}", text.trim_end()) {
        // Whoever reads has read enough (`| head`).
        Err(problem) if problem.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::internal(problem)),
        _ => Ok(()),
    }
}

/// Rates given on the command line, else the reference rates of the day.
struct Given {
    pairs: Vec<(Currency, Currency, Rate)>,
    reference: Option<&'static ReferenceRates>,
}

impl Rates for Given {
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        if let Some(given) = self.pairs.rate(from, to) {
            return Some(given);
        }
        // The other way round of a given pair is answered by the engine itself; no reference rate may contradict it.
        if self.pairs.rate(to, from).is_some() {
            return None;
        }
        self.reference?.rate(from, to)
    }
}

fn compute(args: &QuoteArgs) -> Result<(LandedCost, Currency)> {
    let currency: Currency = flag("--currency", &args.currency)?;
    let dispatch: Country = flag("--from", &args.from)?;
    let date: Date = base::time::parse_date(&args.date).map_err(|error| named("--date", error))?;
    let origin = args.origin.as_deref().map_or(Ok(dispatch), |code| flag("--origin", code))?;
    let pairs = args.fx.iter().map(|text| exchange_rate(text)).collect::<Result<Vec<_>>>()?;
    let rates = Given { pairs, reference: ReferenceRates::at(date) };
    let items = args.items.iter().map(|text| item(text, origin, currency, &rates)).collect::<Result<Vec<_>>>()?;
    let amount = |name: &str, text: &Option<String>| match text {
        None => Ok(Money::zero(currency)),
        Some(text) => flag(name, text).and_then(|money| into_currency(money, currency, &rates)),
    };
    let shipment = Shipment {
        dispatch,
        destination: flag("--to", &args.to)?,
        region: &args.region,
        date,
        service: flag("--service", &args.service)?,
        tax_route: flag("--tax", &args.tax)?,
        currency,
        items: &items,
        shipping: amount("--shipping", &args.shipping)?,
        insurance: amount("--insurance", &args.insurance)?,
        rates: &rates,
    };
    let cost = customs::landed_cost(Tables::builtin(), &shipment).map_err(with_fx_hint)?;
    Ok((cost, currency))
}

/// Parses an argument; the error names the flag.
fn flag<T: std::str::FromStr<Err = Error>>(name: &str, text: &str) -> Result<T> {
    text.parse().map_err(|error| named(name, error))
}

fn named(name: &str, error: Error) -> Error {
    let what = error.fields.first().map_or(error.message.clone(), |field| field.message.clone());
    Error::invalid(error.code, format!("{name}: {what}"))
}

fn with_fx_hint(mut error: Error) -> Error {
    if error.code == "exchange_rate_missing" {
        error.message.push_str(" Give it as --fx FROM/TO=RATE, such as --fx USD/BRL=5.00.");
    }
    error
}

/// `610910:2:15.00EUR:200g` or with a tax class at the end.
fn item(text: &str, origin: Country, currency: Currency, rates: &Given) -> Result<Item> {
    let wrong = || Error::invalid("item_format", format!("--item: “{text}” must be like 610910:2:15.00EUR:200g."));
    let parts: Vec<&str> = text.split(':').collect();
    let (hs, quantity, price, rest) = match parts.as_slice() {
        [hs, quantity, price, rest @ ..] if rest.len() <= 2 => (*hs, *quantity, *price, rest),
        _ => return Err(wrong()),
    };
    let price: Money = flag("--item", price)?;
    Ok(Item {
        hs: flag::<HsCode>("--item", hs)?,
        origin,
        quantity: quantity.trim().parse().ok().filter(|quantity| *quantity >= 1).ok_or_else(wrong)?,
        unit_price: into_currency(price, currency, rates)?,
        unit_weight: rest.first().map_or(Ok(Weight::default()), |weight| flag("--item", weight))?,
        tax_class: rest.get(1).map_or(Ok(TaxClass::Standard), |class| flag("--item", class))?,
    })
}

/// `USD/BRL=5.00`.
fn exchange_rate(text: &str) -> Result<(Currency, Currency, Rate)> {
    let wrong = || Error::invalid("fx_format", format!("--fx: “{text}” must be like USD/BRL=5.00."));
    let (pair, rate) = text.split_once('=').ok_or_else(wrong)?;
    let (from, to) = pair.split_once('/').ok_or_else(wrong)?;
    let rate: Rate = rate.parse().ok().filter(|rate| *rate > Rate::ZERO).ok_or_else(wrong)?;
    Ok((flag("--fx", from)?, flag("--fx", to)?, rate))
}

fn into_currency(money: Money, currency: Currency, rates: &Given) -> Result<Money> {
    if money.currency == currency {
        return Ok(money);
    }
    let inverse = || rates.rate(currency, money.currency).and_then(|rate| Rate::ONE.over(rate).ok());
    let rate = rates.rate(money.currency, currency).or_else(inverse).ok_or_else(|| {
        let message = format!("The exchange rate from {} to {currency} is unknown.", money.currency);
        with_fx_hint(Error::invalid("exchange_rate_missing", message))
    })?;
    money.convert(rate, currency, Rounding::HalfUp)
}

fn as_json(cost: &LandedCost, currency: Currency) -> serde_json::Value {
    json!({
        "currency": currency.code(),
        "exponent": currency.exponent(),
        "date": cost.date.to_string(),
        "goods": cost.goods.minor,
        "shipping": cost.shipping.minor,
        "duty": cost.duty.minor,
        "tax": cost.tax.minor,
        "fees": cost.fees.minor,
        "total": cost.total.minor,
        "certainty": cost.certainty.name(),
        "collected": cost.collected.name(),
        "lines": cost.lines.iter().map(line_json).collect::<Vec<_>>(),
    })
}

fn line_json(line: &Charge) -> serde_json::Value {
    json!({
        "kind": line.kind.name(),
        "item": line.item,
        "amount": line.amount.minor,
        "base": line.base.minor,
        "rate": line.rate.map(|rate| rate.to_string()),
        "rule": &*line.rule.id,
        "name": &*line.rule.name,
        "source": &*line.rule.source,
        "confidence": line.rule.confidence.name(),
        "effective_from": line.rule.effective_from.map(|date| date.to_string()),
        "effective_to": line.rule.effective_to.map(|date| date.to_string()),
        "scheme": line.scheme.as_deref(),
        "jurisdiction": &*line.jurisdiction,
        "collected_at": line.collected_at.name(),
        "reason": line.reason.english(),
        "reason_code": line.reason.code(),
    })
}

fn as_text(args: &QuoteArgs, cost: &LandedCost) -> String {
    let mut rows: Vec<(&str, Money, String)> =
        vec![("Goods", cost.goods, String::new()), ("Delivery", cost.shipping, String::new())];
    for line in &cost.lines {
        let kind = match line.kind {
            customs::ChargeKind::Duty => "Duty",
            customs::ChargeKind::Tax => "Tax",
            customs::ChargeKind::Fee => "Fee",
        };
        rows.push((kind, line.amount, because(line)));
    }
    rows.push(("Total", cost.total, promise(cost)));
    let width = rows.iter().map(|(_, money, _)| money.to_string().len()).max().unwrap_or(0);
    let mut text = format!("{} → {} on {}, {}, tax at {}\n", args.from, args.to, cost.date, args.service, args.tax);
    for (kind, money, note) in rows {
        let mut notes = note.lines();
        let first = notes.next().unwrap_or("");
        let _ = writeln!(text, "{}", format!("{kind:<9}{:>width$}   {first}", money.to_string()).trim_end());
        for more in notes {
            let _ = writeln!(text, "{:<9}{:>width$}   {more}", "", "");
        }
    }
    text
}

/// The reason, and below it the rule with its dates and source.
fn because(line: &Charge) -> String {
    let rule = &line.rule;
    let from = rule.effective_from.map_or(String::new(), |date| format!(", from {date}"));
    let to = rule.effective_to.map_or(String::new(), |date| format!(" to {date}"));
    let scheme = line.scheme.as_ref().map_or(String::new(), |scheme| format!(" {scheme}."));
    let due = match line.collected_at {
        _ if line.amount.minor == 0 => "",
        customs::Collected::AtCheckout => " Paid at checkout.",
        _ => " Paid at the border.",
    };
    let (reason, id) = (line.reason.english(), &rule.id);
    format!("{reason}{scheme}{due}\n{} ({id}{from}{to}); {} ({} confidence)", rule.name, rule.source, rule.confidence)
}

fn promise(cost: &LandedCost) -> String {
    match cost.certainty {
        customs::Certainty::Guaranteed => "every rule is known with high or medium confidence".into(),
        customs::Certainty::Estimate => "an estimate: at least one rule is of low confidence".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        quote: QuoteArgs,
    }

    const FRANCE: &str = "quote --from CN --to FR --date 2026-07-15 --item 610910:2:15.00EUR:200g \
        --item 640411:1:40.00EUR:800g --shipping 5.00EUR --currency EUR --service express --tax border --json";

    fn quote(line: &str) -> Result<serde_json::Value> {
        let args = Cli::try_parse_from(line.split_whitespace()).unwrap().quote;
        compute(&args).map(|(cost, currency)| as_json(&cost, currency))
    }

    #[test]
    fn prints_the_example_of_the_help() {
        let json = quote(FRANCE).unwrap();
        let of = |name: &str| json[name].as_i64().unwrap();
        assert_eq!((of("goods"), of("shipping"), of("duty"), of("tax"), of("fees")), (7000, 500, 600, 1620, 0));
        assert_eq!(of("total"), 9720);
        assert_eq!(json["lines"].as_array().unwrap().len(), 3);
        assert_eq!(json["lines"][0]["rule"], "eu-duty-flat");
        let args = Cli::try_parse_from(FRANCE.split_whitespace()).unwrap().quote;
        let text = as_text(&args, &compute(&args).unwrap().0);
        assert!(text.contains("Tax") && text.contains("20 % of 81.00 EUR"), "{text}");
    }

    #[test]
    fn rates_of_the_command_line_win_in_both_directions() {
        let brazil = "quote --from CN --to BR --date 2025-01-15 --item 610910:1:180BRL:200g --shipping 20BRL \
            --currency BRL --tax checkout --fx";
        for fx in ["USD/BRL=5.00", "BRL/USD=0.2"] {
            assert_eq!(quote(&format!("{brazil} {fx}")).unwrap()["total"], 28916);
        }
        let dong = "quote --from CN --to VN --date 2025-01-15 --item 610910:1:10.00EUR:200g --currency EUR";
        let error = quote(dong).unwrap_err();
        assert!(error.code == "exchange_rate_missing" && error.message.contains("--fx"), "{error}");
        assert!(quote(&format!("{dong} --fx EUR/VND=27000")).is_ok());
    }

    #[test]
    fn wrong_arguments_name_their_flag() {
        for (wrong, name) in [
            (FRANCE.replace("--to FR", "--to XX"), "--to"),
            (FRANCE.replace("610910:2", "61:2"), "--item"),
            (FRANCE.replace("2026-07-15", "15.7.2026"), "--date"),
            (FRANCE.replace("express", "pigeon"), "--service"),
            (format!("{FRANCE} --fx USD=5"), "--fx"),
        ] {
            let error = quote(&wrong).unwrap_err();
            assert_eq!(error.kind, base::Kind::Invalid);
            assert!(error.message.starts_with(name), "{error}");
        }
        assert_eq!(quote(&FRANCE.replace("--to FR", "--to AQ")).unwrap_err().code, "destination_unknown");
    }
}

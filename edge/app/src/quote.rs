//! `entrepot quote`: the landed cost of a consignment from the command line, without a database.

use crate::say;
use base::{Country, Currency, Date, Error, HsCode, Money, Rate, Result, Rounding, Weight};
use clap::Args;
use customs::{Charge, Item, LandedCost, Rates, ReferenceRates, RuleRef, Shipment, Tables, TaxClass, Typical};
use parties::address_format::address_format;
use serde_json::json;
use std::cell::RefCell;
use std::fmt::Write as _;

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
    /// Refuse, and name the row, where only a typical rate (of low confidence) is known; without it such a rate makes an estimate
    #[arg(long)]
    pub confirmed_only: bool,
    /// Print one JSON object, amounts in minor units
    #[arg(long)]
    pub json: bool,
}

/// Runs the command: prints the breakdown. Errors: what is wrong with an argument; `exchange_rate_missing`.
/// With `--json` the error, too, is one object on standard output.
pub fn run(args: QuoteArgs) -> Result<()> {
    let quoted = compute(&args);
    let text = match &quoted {
        Ok(quote) if args.json => as_json(quote).to_string(),
        Ok(quote) => as_text(&args, quote),
        Err(error) if args.json => error_json(error).to_string(),
        Err(_) => return quoted.map(drop),
    };
    say!("{}", text.trim_end());
    quoted.map(drop)
}

/// A landed cost and the exchange rates it was asked with.
struct Quote {
    cost: LandedCost,
    currency: Currency,
    rates: Vec<UsedRate>,
}

/// Units of `to` for one of `from`.
#[derive(Clone, Copy, PartialEq)]
struct UsedRate {
    from: Currency,
    to: Currency,
    rate: Rate,
    /// Day of the reference rate; `None`: given on the command line.
    date: Option<Date>,
}

impl UsedRate {
    fn source(&self) -> &'static str {
        if self.date.is_some() { "ECB euro reference rates" } else { "--fx" }
    }

    /// Digits enough to read; the computation has them all.
    fn shown(&self) -> Rate {
        Rate::from(self.rate.decimal().round_sf(9).unwrap_or(self.rate.decimal()))
    }
}

/// Rates given on the command line, else the reference rates of the day; keeps note of those that were asked for.
struct Given {
    pairs: Vec<(Currency, Currency, Rate)>,
    reference: Option<&'static ReferenceRates>,
    used: RefCell<Vec<UsedRate>>,
}

impl Rates for Given {
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        let given = self.pairs.rate(from, to);
        // The other way round of a given pair is answered by the engine itself; no reference rate may contradict it.
        if given.is_none() && self.pairs.rate(to, from).is_some() {
            return None;
        }
        let rate = given.or_else(|| self.reference?.rate(from, to))?;
        let date = if given.is_some() { None } else { self.reference.map(|day| day.date) };
        let one = UsedRate { from, to, rate, date };
        let mut used = self.used.borrow_mut();
        if !used.contains(&one) {
            used.push(one);
        }
        Some(rate)
    }
}

fn compute(args: &QuoteArgs) -> Result<Quote> {
    let currency: Currency = flag("--currency", &args.currency)?;
    let dispatch: Country = flag("--from", &args.from)?;
    let destination: Country = flag("--to", &args.to)?;
    let region = address_format(destination).region_code(&args.region).map_err(|error| named("--region", error))?;
    let date: Date = base::time::parse_date(&args.date).map_err(|error| named("--date", error))?;
    let origin = args.origin.as_deref().map_or(Ok(dispatch), |code| flag("--origin", code))?;
    let rates =
        Given { pairs: exchange_rates(&args.fx)?, reference: ReferenceRates::at(date), used: RefCell::default() };
    let items = args.items.iter().map(|text| item(text, origin, currency, &rates)).collect::<Result<Vec<_>>>()?;
    let amount = |name: &str, text: &Option<String>| match text {
        None => Ok(Money::zero(currency)),
        Some(text) => flag(name, text).and_then(|money| into_currency(money, currency, &rates)),
    };
    let shipment = Shipment {
        dispatch,
        destination,
        region: &region,
        date,
        service: flag("--service", &args.service)?,
        tax_route: flag("--tax", &args.tax)?,
        typical: Typical::accepted(!args.confirmed_only),
        currency,
        items: &items,
        shipping: amount("--shipping", &args.shipping)?,
        insurance: amount("--insurance", &args.insurance)?,
        rates: &rates,
    };
    let cost = customs::landed_cost(Tables::builtin(), &shipment).map_err(Error::from).map_err(with_fx_hint)?;
    Ok(Quote { cost, currency, rates: rates.used.take() })
}

/// Parses an argument; the error names the flag.
fn flag<T: std::str::FromStr<Err = Error>>(name: &str, text: &str) -> Result<T> {
    text.parse().map_err(|error| named(name, error))
}

fn named(name: &str, error: Error) -> Error {
    let (code, what) = error.fields.first().map_or((error.code, &error.message), |field| (field.code, &field.message));
    Error::invalid(code, format!("{name}: {what}"))
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

/// `USD/BRL=5.00`, each pair once.
fn exchange_rates(texts: &[String]) -> Result<Vec<(Currency, Currency, Rate)>> {
    let mut pairs: Vec<(Currency, Currency, Rate)> = Vec::with_capacity(texts.len());
    for text in texts {
        let (from, to, rate) = exchange_rate(text)?;
        let known = pairs.iter().any(|(one, other, _)| [(from, to), (to, from)].contains(&(*one, *other)));
        if known || from == to {
            let message = format!("--fx: give one rate between two currencies; “{text}” is one too many.");
            return Err(Error::invalid("fx_format", message));
        }
        pairs.push((from, to, rate));
    }
    Ok(pairs)
}

fn exchange_rate(text: &str) -> Result<(Currency, Currency, Rate)> {
    let wrong = || Error::invalid("fx_format", format!("--fx: “{text}” must be like USD/BRL=5.00."));
    let (pair, rate) = text.split_once('=').ok_or_else(wrong)?;
    let (from, to) = pair.split_once('/').ok_or_else(wrong)?;
    // No two currencies are further apart than this.
    let (least, most) = (Rate::ONE.shifted(-9)?, Rate::ONE.shifted(9)?);
    let sane = |rate: &Rate| (least..=most).contains(rate);
    let rate: Rate = rate.parse().ok().filter(sane).ok_or_else(wrong)?;
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
    let too_large =
        |_| Error::invalid("amount_too_large", format!("{money} is too large an amount: write a smaller one."));
    money.convert(rate, currency, Rounding::HalfUp).map_err(too_large)
}

fn as_json(quote: &Quote) -> serde_json::Value {
    let Quote { cost, currency, rates } = quote;
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
        "rates": rates.iter().map(rate_json).collect::<Vec<_>>(),
    })
}

fn rate_json(used: &UsedRate) -> serde_json::Value {
    json!({
        "from": used.from.code(),
        "to": used.to.code(),
        "rate": used.shown().to_string(),
        "date": used.date.map(|date| date.to_string()),
        "source": used.source(),
    })
}

fn error_json(error: &Error) -> serde_json::Value {
    let field = |field: &base::Field| json!({ "name": field.name, "code": field.code, "message": field.message });
    let fields: Vec<_> = error.fields.iter().map(field).collect();
    json!({ "error": { "code": error.code, "message": error.message, "fields": fields } })
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
        "under": line.under.as_ref().map(under_json),
        "scheme": line.scheme.as_deref(),
        "jurisdiction": &*line.jurisdiction,
        "collected_at": line.collected_at.name(),
        "reason": line.reason.english(),
        "reason_code": line.reason.code(),
    })
}

/// The low-value rule behind a line, where that is another row than the rate.
fn under_json(rule: &RuleRef) -> serde_json::Value {
    json!({
        "rule": &*rule.id,
        "name": &*rule.name,
        "source": &*rule.source,
        "confidence": rule.confidence.name(),
        "effective_from": rule.effective_from.map(|date| date.to_string()),
        "effective_to": rule.effective_to.map(|date| date.to_string()),
    })
}

fn as_text(args: &QuoteArgs, quote: &Quote) -> String {
    let cost = &quote.cost;
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
    for used in &quote.rates {
        let day = used.date.map_or(String::new(), |date| format!(" of {date}"));
        let _ = writeln!(text, "Rate     1 {} = {} {} ({}{day})", used.from, used.shown(), used.to, used.source());
    }
    text
}

/// The reason, and below it the rule with its dates and source.
fn because(line: &Charge) -> String {
    let scheme = line.scheme.as_ref().map_or(String::new(), |scheme| format!(" {scheme}."));
    let due = match line.collected_at {
        _ if line.amount.minor == 0 => "",
        customs::Collected::AtCheckout => " Paid at checkout.",
        _ => " Paid at the border.",
    };
    let under = line.under.as_ref().map_or(String::new(), |rule| format!("\n{}", row_of(rule)));
    format!("{}{scheme}{due}\n{}{under}", line.reason.english(), row_of(&line.rule))
}

/// A row of the tables with its dates and source.
fn row_of(rule: &RuleRef) -> String {
    let from = rule.effective_from.map_or(String::new(), |date| format!(", from {date}"));
    let to = rule.effective_to.map_or(String::new(), |date| format!(" to {date}"));
    format!("{} ({}{from}{to}); {} ({} confidence)", rule.name, rule.id, rule.source, rule.confidence)
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
        compute(&args).map(|quote| as_json(&quote))
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
        let text = as_text(&args, &compute(&args).unwrap());
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
    fn the_rates_used_and_the_scheme_stand_in_the_answer() {
        let dollars = FRANCE.replace("--currency EUR", "--currency USD").replace("--tax border", "--tax checkout");
        let json = quote(&dollars).unwrap();
        let rate = &json["rates"][0];
        assert_eq!((rate["from"].as_str(), rate["to"].as_str()), (Some("EUR"), Some("USD")));
        assert_eq!((rate["rate"].as_str(), rate["date"].as_str()), (Some("1.1394"), Some("2026-06-30")));
        let tax = json["lines"].as_array().unwrap().iter().find(|line| line["kind"] == "tax").unwrap();
        assert_eq!(tax["under"]["rule"], "eu-ioss");
        let given = quote(&format!("{dollars} --fx EUR/USD=1.2")).unwrap();
        assert_eq!((given["rates"][0]["rate"].as_str(), &given["rates"][0]["date"]), (Some("1.2"), &json!(null)));
        assert_eq!(quote(FRANCE).unwrap()["rates"], json!([]));
    }

    #[test]
    fn confirmed_rates_alone_are_a_matter_of_asking() {
        let parts = "quote --from CN --to DE --date 2026-10-01 --item 870899:1:200.00EUR:1kg --currency EUR";
        assert_eq!(quote(parts).unwrap()["certainty"], "estimate");
        let error = quote(&format!("{parts} --confirmed-only")).unwrap_err();
        assert_eq!((error.kind, error.code), (base::Kind::Invalid, "rate_unconfirmed"));
        assert!(error.message.contains("870899") && error.message.contains("eu-other"), "{error}");
        assert_eq!(error_json(&error)["error"]["fields"][0]["name"], "items[0].hs");
        assert_eq!(quote(&format!("{FRANCE} --confirmed-only")).unwrap(), quote(FRANCE).unwrap());
    }

    #[test]
    fn a_region_is_known_or_refused() {
        let canada = |region: &str| {
            quote(&format!(
                "quote --from US --to CA --date 2026-08-26 --item 330499:1:100CAD:200g --currency CAD --region {region}"
            ))
        };
        for ontario in ["ON", "on", "CA-ON", "Ontario"] {
            assert_eq!(canada(ontario).unwrap()["tax"], 1300, "{ontario}");
        }
        let error = canada("ZZ").unwrap_err();
        assert!(error.code == "region_unknown" && error.message.contains("--region") && error.message.contains("ON"));
    }

    #[test]
    fn errors_are_usable_by_programs() {
        let oil = "quote --from TR --to DE --date 2026-07-15 --item 150920:20:10.00EUR --currency EUR";
        let json = error_json(&quote(oil).unwrap_err());
        assert_eq!(json["error"]["fields"][0]["code"], "weight_missing");
        assert!(quote(&oil.replace("10.00EUR", "10.00EUR:1kg")).is_ok());
        let vast = "quote --from CN --to DE --date 2026-07-15 --item 610910:1:90000000000000EUR:1g --currency USD --fx";
        for (fx, code) in [("EUR/USD=1000000000", "amount_too_large"), ("EUR/USD=99999999999999999999", "fx_format")] {
            let error = quote(&format!("{vast} {fx}")).unwrap_err();
            assert_eq!((error.kind, error.code), (base::Kind::Invalid, code));
        }
    }

    #[test]
    fn wrong_arguments_name_their_flag() {
        for (wrong, name) in [
            (FRANCE.replace("--to FR", "--to XX"), "--to"),
            (FRANCE.replace("610910:2", "61:2"), "--item"),
            (FRANCE.replace("2026-07-15", "15.7.2026"), "--date"),
            (FRANCE.replace("express", "pigeon"), "--service"),
            (format!("{FRANCE} --fx USD=5"), "--fx"),
            (format!("{FRANCE} --fx USD/USD=2"), "--fx"),
            (format!("{FRANCE} --fx USD/EUR=0.9 --fx EUR/USD=1.2"), "--fx"),
        ] {
            let error = quote(&wrong).unwrap_err();
            assert_eq!(error.kind, base::Kind::Invalid);
            assert!(error.message.starts_with(name), "{error}");
        }
        assert_eq!(quote(&FRANCE.replace("--to FR", "--to AQ")).unwrap_err().code, "destination_unknown");
    }
}

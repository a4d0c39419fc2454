//! A seller's money: in escrow, available, paid out; payouts; statements by month, as a page and as CSV.

use crate::page::show;
use crate::today::{BalanceView, TotalView, balance_view, total_view};
use axum::extract::{Path, State};
use base::{Currency, Date, Error, Money, Rate, Result, time::parse_date};
use desk::time::moment;
use desk::words;
use frame::charts::{Bars, bars};
use frame::parts::csv;
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;
use settlement::{Kind, Payout, Row};
use store::Read;

#[derive(Serialize)]
struct View {
    total: TotalView,
    balances: Vec<RowView>,
    /// In which currency payouts are made.
    paid_in: String,
    /// Whether a balance is exchanged for that.
    exchanges: bool,
    payouts: Vec<PayoutView>,
    next: Option<String>,
    later: Option<&'static str>,
    chart: String,
    days: i64,
    /// Nobody has said yet where payouts go.
    bank_missing: bool,
}

#[derive(Serialize)]
struct PayoutView {
    id: String,
    at: String,
    amount: String,
    /// The account it went to, masked; nothing where none was known.
    account: Option<String>,
    /// The balance it was paid out of and the rate, where that was in another currency.
    exchange: String,
}

#[derive(Serialize)]
struct RowView {
    #[serde(flatten)]
    balance: BalanceView,
    /// What is paid out of it, in the seller's own currency; nothing where nothing is available.
    pays: Option<PaysView>,
}

/// What a balance would come to today.
#[derive(Serialize)]
struct PaysView {
    /// Nothing while no rate is known.
    paid: Option<String>,
    /// The rate, where there is an exchange.
    rate: Option<String>,
}

const PAYOUTS: i64 = 25;

/// GET /seller/balance
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (own, before) = (desk::own(&visitor)?, desk::cursor::<Payout>(&form, "before"));
    let read = move |db: &mut Read| {
        let now = db.now();
        let days = terms::current(db, own, now)?.first().map_or(0, |agreement| agreement.payout_days);
        let currency = parties::organisation(db, own)?.currency;
        let mut payouts = Vec::new();
        for payout in settlement::payouts(db, own, before, PAYOUTS)? {
            let account = onboarding::bank_account_at(db, own, payout.at)?;
            payouts.push((payout, account.map(|account| account.masked())));
        }
        let bank_missing = onboarding::bank_account(db, own)?.is_none();
        Ok((settlement::balance(db, own)?, payouts, (days, currency, bank_missing)))
    };
    let (balances, payouts, (days, currency, bank_missing)) = app.store.read_as(visitor.actor, read).await?;
    let full = payouts.len() as i64 >= PAYOUTS;
    let view = View {
        total: total_view(&app, &visitor, &balances, currency),
        balances: balances
            .iter()
            .map(|one| RowView {
                balance: balance_view(&visitor, one),
                pays: pays(&app, &visitor, one.available, currency),
            })
            .collect(),
        paid_in: visitor.locale.currency(currency),
        exchanges: balances.iter().any(|one| one.available.currency != currency),
        next: payouts.last().filter(|_| full).map(|(last, _)| format!("/seller/balance?before={}", last.id.raw())),
        later: before.map(|_| "/seller/balance"),
        chart: chart(&visitor, &payouts),
        payouts: payouts.iter().map(|(payout, account)| payout_view(&visitor, payout, account.clone())).collect(),
        days,
        bank_missing,
    };
    let title = visitor.locale.t("d-menu-balance");
    show(&app, &visitor, "seller/balance.html", &title, &view).await
}

fn payout_view(visitor: &Visitor, payout: &Payout, account: Option<String>) -> PayoutView {
    PayoutView {
        account,
        id: payout.id.to_string(),
        at: moment(visitor, payout.at),
        amount: visitor.locale.money(payout.paid),
        exchange: payout.exchange.as_ref().map_or(String::new(), |exchange| {
            let (from, to) = (payout.amount.currency, payout.paid.currency);
            let rate = rate_text(visitor, from, to, (exchange.rate, exchange.date));
            let amount = visitor.locale.money(payout.amount);
            let args = [("amount", amount.into()), ("rate", rate.into()), ("source", exchange.source.as_str().into())];
            visitor.locale.fill("s-payout-exchanged", &args)
        }),
    }
}

/// `1 USD = 0.92165 EUR (20 November)`.
fn rate_text(visitor: &Visitor, from: Currency, to: Currency, (rate, date): (Rate, Date)) -> String {
    let shown = Rate::from(rate.decimal().round_sf(6).unwrap_or(rate.decimal()));
    format!("1 {from} = {shown} {to} ({})", visitor.locale.day(date, visitor.today()))
}

/// What `available` comes to in the seller's own currency, at the newest rate.
fn pays(app: &App, visitor: &Visitor, available: Money, own: Currency) -> Option<PaysView> {
    let (world, locale, from) = (app.world(), &visitor.locale, available.currency);
    if available.minor <= 0 {
        return None;
    }
    if from == own {
        return Some(PaysView { paid: Some(locale.money(available)), rate: None });
    }
    let paid = world.convert(available, own);
    let rate = customs::Rates::rate(&*world, from, own).zip(world.published(from, own));
    Some(match paid.zip(rate) {
        Some((paid, known)) => PaysView {
            paid: Some(locale.fill("s-about", &[("amount", locale.money(paid).into())])),
            rate: Some(rate_text(visitor, from, own, known)),
        },
        None => PaysView { paid: None, rate: None },
    })
}

/// The payouts of the page in the currency most of them have, oldest first.
fn chart(visitor: &Visitor, payouts: &[(Payout, Option<String>)]) -> String {
    let Some((first, _)) = payouts.first() else { return String::new() };
    let currency = first.paid.currency;
    let same: Vec<&Payout> =
        payouts.iter().map(|(payout, _)| payout).rev().filter(|payout| payout.paid.currency == currency).collect();
    if same.len() < 2 {
        return String::new();
    }
    let values: Vec<i64> = same.iter().map(|payout| payout.paid.minor).collect();
    let labels: Vec<String> = same.iter().map(|payout| visitor.locale.day(payout.at.date(), visitor.today())).collect();
    let title = visitor.locale.t("s-payout-chart");
    let format = |minor: i64| visitor.locale.money(Money::new(minor, currency));
    bars(&Bars { title: &title, labels: &labels, values: &values, previous: &[], last_is_open: false, format: &format })
}

#[derive(Serialize)]
struct StatementView {
    months: Vec<MonthView>,
    month: String,
    opening: Vec<String>,
    sums: Vec<String>,
    rows: Vec<EntryView>,
    next: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct MonthView {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Serialize)]
struct EntryView {
    at: String,
    kind: String,
    order: String,
    title: String,
    gross: String,
    commission: String,
    commission_tax: String,
    net: String,
    due: String,
    paid_out: bool,
    /// What a payout in another currency came to, and its rate.
    exchanged: String,
}

/// The first and last day of a month written `2026-11`. Errors: any other form.
fn month_of(text: &str) -> Result<(Date, Date)> {
    let first =
        parse_date(&format!("{text}-01")).map_err(|_| Error::not_found("unknown_month", "There is no such month."))?;
    Ok((first, first.last_of_month()))
}

fn name_of(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

const ROWS: i64 = 100;
const MONTHS: i64 = 6;

/// GET /seller/statements
pub async fn statements(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    let month = form.given("month").map_or_else(|| name_of(visitor.today()), str::to_owned);
    let (from, to) = month_of(&month)?;
    let after = form.maybe::<i64>("after").unwrap_or(0);
    let tag = visitor.locale.tag;
    let read = move |db: &mut Read| {
        let rows = settlement::statement(db, own, (from, to), after, ROWS)?;
        Ok((retitle(db, tag, rows)?, settlement::opening(db, own, from)?))
    };
    let (rows, opening) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let full = rows.len() as i64 >= ROWS;
    let view = StatementView {
        months: months(&visitor, &month),
        opening: opening.iter().filter(|money| money.minor != 0).map(|money| locale.money(*money)).collect(),
        sums: sums(&visitor, &rows)?,
        next: rows.last().filter(|_| full).map(|row| format!("/seller/statements?month={month}&after={}", row.id)),
        later: (after > 0).then(|| format!("/seller/statements?month={month}")),
        rows: rows.iter().map(|row| entry_view(&visitor, row)).collect(),
        month,
    };
    let title = locale.t("d-menu-statements");
    show(&app, &visitor, "seller/statements.html", &title, &view).await
}

/// The month shown, this one, and those before it.
fn months(visitor: &Visitor, current: &str) -> Vec<MonthView> {
    let mut first = visitor.today().first_of_month();
    let mut months = Vec::new();
    for _ in 0..MONTHS {
        let name = name_of(first);
        months.push(MonthView {
            href: format!("/seller/statements?month={name}"),
            current: name == current,
            name,
            count: None,
        });
        first = first.yesterday().map_or(first, |day| day.first_of_month());
    }
    months
}

/// What was earned on this page, by currency.
fn sums(visitor: &Visitor, rows: &[Row]) -> Result<Vec<String>> {
    let mut sums: Vec<Money> = Vec::new();
    for row in rows.iter().filter(|row| row.kind != Kind::Payout) {
        match sums.iter_mut().find(|sum| sum.currency == row.net.currency) {
            Some(sum) => *sum = sum.plus(row.net)?,
            None => sums.push(row.net),
        }
    }
    Ok(sums.into_iter().map(|sum| visitor.locale.money(sum)).collect())
}

fn entry_view(visitor: &Visitor, row: &Row) -> EntryView {
    let locale = &visitor.locale;
    EntryView {
        at: moment(visitor, row.at),
        kind: words::word(locale, "s-entry", row.kind.name()),
        order: row.order.clone(),
        title: row.title.clone(),
        gross: locale.money(row.gross),
        commission: locale.money(row.commission),
        commission_tax: locale.money(row.commission_tax),
        net: locale.money(row.net),
        due: locale.day(row.due_at.date(), visitor.today()),
        paid_out: row.paid_out,
        exchanged: row.exchanged.as_ref().map_or(String::new(), |(paid, exchange)| {
            let rate = rate_text(visitor, row.net.currency, paid.currency, (exchange.rate, exchange.date));
            format!("{} · {rate}", locale.money(*paid))
        }),
    }
}

/// GET /seller/statements/{month}: the CSV of a month, `2026-11.csv`.
pub async fn month_csv(State(app): State<App>, visitor: Visitor, Path(month): Path<String>, form: Form) -> Answer {
    let (own, month) = (desk::own(&visitor)?, month.trim_end_matches(".csv").to_owned());
    let days = month_of(&month)?;
    let (name, tag) = (format!("statement-{month}.csv"), visitor.locale.tag);
    let file = csv::Download::csv(&name, csv::Reader::of(&form));
    Ok(csv::statement(&app, visitor.actor, Some(tag), file, own, days).await?)
}

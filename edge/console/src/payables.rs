//! What is owed to authorities and carriers: by jurisdiction and scheme over a period, payments, and returns to file.

use crate::page::show;
use axum::extract::State;
use base::{Currency, Date, Error, Money, Permission, Result, time::parse_date};
use desk::form::{FormView, amount, unaccepted};
use desk::sales::{left_out, together};
use desk::time::moment;
use desk::words;
use frame::charts::{Bars, bars};
use frame::parts::csv::{Download, Reader};
use frame::{Answer, App, Form, Visitor};
use ledger::Account;
use serde::Serialize;
use settlement::{Payable, Payee, Remit, Remittance};
use store::Read;

#[derive(Serialize)]
struct View {
    from: String,
    to: String,
    groups: Vec<GroupView>,
    total: String,
    unrated: Option<String>,
    date: String,
    chart: String,
    schemes: Vec<Choice>,
    accounts: Vec<Choice>,
    payments: Vec<PaidView>,
    next: Option<String>,
    later: Option<String>,
    form: FormView,
    can_write: bool,
    /// Payouts that cannot be made yet, and why.
    waiting: Vec<String>,
}

#[derive(Serialize)]
struct GroupView {
    name: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    code: String,
    to: String,
    scheme: String,
    added: String,
    taken: String,
    owed: String,
    claim: bool,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct PaidView {
    day: String,
    to: String,
    reference: String,
    amount: String,
    recorded: String,
}

/// Bars that can still be told apart.
const BARS: usize = 12;
const PAYMENTS: i64 = 25;

/// The period asked for: this month so far when it is not said. Errors: no days, or the last before the first.
fn period(visitor: &Visitor, form: &Form) -> Result<(Date, Date)> {
    let day = |name: &str, or: Date| form.given(name).map_or(Ok(or), parse_date);
    let (from, to) = (day("from", visitor.today().first_of_month())?, day("to", visitor.today())?);
    if to < from {
        return Err(Error::field("to", "period", "The last day comes before the first."));
    }
    Ok((from, to))
}

/// GET /console/payables
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match period(&visitor, &form) {
        Ok(days) => shown(&app, &visitor, &form, days, begin(&visitor)).await,
        Err(error) => {
            let days = (visitor.today().first_of_month(), visitor.today());
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, &form, days, again).await)
        }
    }
}

fn begin(visitor: &Visitor) -> FormView {
    FormView::of([("paid_on", visitor.today().to_string())])
}

async fn shown(app: &App, visitor: &Visitor, asked: &Form, days: (Date, Date), form: FormView) -> Answer {
    let (own, before) = (desk::own(visitor)?, desk::cursor::<Remittance>(asked, "before"));
    let read = move |db: &mut Read| {
        let currency = parties::organisation(db, own)?.currency;
        let paid = settlement::remittances(db, before, PAYMENTS)?;
        Ok((settlement::payables(db, days)?, paid, currency, waiting(db)?))
    };
    let (rows, paid, currency, waits) = app.store.read_as(visitor.actor, read).await?;
    let (from, to) = (days.0.to_string(), days.1.to_string());
    let here = format!("/console/payables?from={from}&to={to}");
    let owed = rows.iter().map(|row| row.owed).filter(|owed| owed.minor > 0);
    let full = paid.len() as i64 >= PAYMENTS;
    let (total, unrated) = together(app, owed, currency);
    let view = View {
        groups: Payee::ALL.into_iter().filter_map(|payee| group(visitor, payee, &rows)).collect(),
        total: visitor.locale.money(total),
        unrated: left_out(&visitor.locale, &unrated),
        date: visitor.locale.day(app.world().rates_day(), visitor.today()),
        chart: chart(app, visitor, &rows, currency),
        schemes: settlement::schemes(&rows)
            .into_iter()
            .map(|code| Choice { name: words::word(&visitor.locale, "c-scheme", &code), code })
            .collect(),
        accounts: rows
            .iter()
            .filter(|row| row.owed.minor > 0)
            .map(|row| Choice {
                code: row.account.to_string(),
                name: format!("{} · {}", name(visitor, row), visitor.locale.money(row.owed)),
            })
            .collect(),
        next: paid.last().filter(|_| full).map(|last| format!("{here}&before={}", last.id.raw())),
        later: before.map(|_| here.clone()),
        payments: paid.iter().map(|one| paid_view(visitor, one)).collect(),
        waiting: waits.iter().map(|(seller, one)| waiting_text(visitor, seller, one)).collect(),
        form,
        can_write: visitor.may(Permission::MoneyWrite),
        from,
        to,
    };
    let title = visitor.locale.t("d-menu-payables");
    show(app, visitor, "console/payables.html", &title, &view).await
}

/// Payouts that wait for an exchange rate, with the names of their sellers.
fn waiting(db: &mut Read) -> Result<Vec<(String, settlement::Waiting)>> {
    let all = settlement::waiting(db, PAYMENTS)?;
    all.into_iter().map(|one| Ok((parties::organisation(db, one.organisation)?.name, one))).collect()
}

fn waiting_text(visitor: &Visitor, seller: &str, one: &settlement::Waiting) -> String {
    let since = visitor.locale.day(one.since.date(), visitor.today());
    let args = [
        ("seller", seller.into()),
        ("from", one.from.code().into()),
        ("to", one.to.code().into()),
        ("since", since.into()),
    ];
    visitor.locale.fill("c-payout-waits", &args)
}

fn group(visitor: &Visitor, payee: Payee, rows: &[Payable]) -> Option<GroupView> {
    let locale = &visitor.locale;
    let row = |row: &Payable| RowView {
        id: row.account.to_string(),
        code: row.code.clone(),
        to: place(visitor, row),
        scheme: words::word(locale, "c-scheme", &row.scheme),
        added: locale.money(row.added),
        taken: locale.money(row.taken),
        owed: locale.money(row.owed),
        claim: row.owed.minor < 0,
    };
    let own: Vec<RowView> = rows.iter().filter(|one| one.payee == payee).map(row).collect();
    let name = words::word(locale, "c-family", payee.name());
    (!own.is_empty()).then_some(GroupView { name, rows: own })
}

/// `Germany`, `US-CA`, `Meridian-Express`.
fn place(visitor: &Visitor, row: &Payable) -> String {
    match row.to.parse::<base::Country>() {
        Ok(country) if row.payee != Payee::Carrier => visitor.locale.country(country),
        _ => row.to.clone(),
    }
}

fn name(visitor: &Visitor, row: &Payable) -> String {
    let kind = words::word(&visitor.locale, "c-family", row.payee.name());
    match row.payee {
        Payee::Carrier => format!("{kind}: {}", row.to),
        _ => format!("{kind}: {}, {}", place(visitor, row), words::word(&visitor.locale, "c-scheme", &row.scheme)),
    }
}

fn paid_view(visitor: &Visitor, one: &Remittance) -> PaidView {
    PaidView {
        day: visitor.locale.day(one.paid_on, visitor.today()),
        to: one.code.clone(),
        reference: one.reference.clone(),
        amount: visitor.locale.money(one.amount),
        recorded: moment(visitor, one.at),
    }
}

/// What is owed to whom in the house's currency, the most first.
fn chart(app: &App, visitor: &Visitor, rows: &[Payable], currency: Currency) -> String {
    let world = app.world();
    let mut sums: Vec<(String, i64)> = Vec::new();
    for row in rows {
        let label = match row.payee {
            Payee::Carrier => row.to.clone(),
            _ => format!("{} {}", row.to, row.scheme),
        };
        let minor = world.convert(row.owed, currency).map_or(0, |owed| owed.minor);
        match sums.iter_mut().find(|sum| sum.0 == label) {
            Some(sum) => sum.1 += minor,
            None => sums.push((label, minor)),
        }
    }
    sums.retain(|sum| sum.1 > 0);
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.1));
    sums.truncate(BARS);
    let (labels, values): (Vec<String>, Vec<i64>) = sums.into_iter().unzip();
    let title = visitor.locale.t("c-payables-chart");
    let format = |minor: i64| visitor.locale.money_in_units(Money::new(minor, currency));
    bars(&Bars { title: &title, labels: &labels, values: &values, previous: &[], last_is_open: false, format: &format })
}

/// POST /console/payables: records a payment that was made at the bank.
pub async fn record(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let outcome = async {
        let account = form.text("account").parse::<base::Id<Account>>();
        let account = account.map_err(|_| Error::field("account", "required", "Choose to whom it was paid."))?;
        let row = app.store.read_as(visitor.actor, move |db| ledger::account(db, account)).await?;
        let currency: Currency = row.account.unit.parse()?;
        let remit = Remit {
            account,
            amount: amount(&form, "amount", currency, visitor.locale.mark())?,
            paid_on: parse_date(form.text("paid_on")).map_err(|mut error| {
                error.fields.iter_mut().for_each(|field| field.name = "paid_on".into());
                error
            })?,
            reference: form.text("reference").to_owned(),
        };
        app.store.write_as(visitor.actor, move |tx| settlement::remit(tx, &remit)).await
    };
    match outcome.await {
        Ok((_, true)) => Ok(desk::done(&visitor, "/console/payables", "c-said-payment")),
        Ok((_, false)) => Ok(desk::done(&visitor, "/console/payables", "c-said-payment-known")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            let days = (visitor.today().first_of_month(), visitor.today());
            unaccepted(shown(&app, &visitor, &Form::default(), days, again).await)
        }
    }
}

/// GET /console/payables/return.csv: what was charged in a period under a scheme, to be filed.
pub async fn csv(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let days = match period(&visitor, &form) {
        Ok(days) => days,
        Err(error) => return desk::refused(&visitor, "/console/payables", error),
    };
    let scheme = form.text("scheme").to_owned();
    let plain: String = scheme.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let read = move |db: &mut Read| {
        let mut out = Vec::new();
        settlement::returns_csv(db, &scheme, days, &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    };
    let text = app.store.read_as(visitor.actor, read).await?;
    let of = if plain.is_empty() { "all" } else { &plain };
    let name = format!("return-{of}-{}-{}.csv", days.0, days.1);
    Ok(Download::csv(&name, Reader::of(&form)).whole(&text))
}

#[derive(Serialize)]
struct SettlementsView {
    owed: Vec<OwedView>,
    rows: Vec<SettledView>,
    next: Option<String>,
    later: Option<&'static str>,
    chart: String,
}

#[derive(Serialize)]
struct OwedView {
    provider: String,
    currency: String,
    amount: String,
}

#[derive(Serialize)]
struct SettledView {
    day: String,
    provider: String,
    reference: String,
    gross: String,
    fee: String,
    net: String,
    booked: String,
}

/// GET /console/settlements: what providers owe, and what they have paid to the bank.
pub async fn settlements(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (own, before) = (desk::own(&visitor)?, desk::cursor::<settlement::ProviderSettlement>(&form, "before"));
    let read = move |db: &mut Read| {
        let currency = parties::organisation(db, own)?.currency;
        let rows = settlement::provider_settlements(db, before, 2 * PAYMENTS)?;
        Ok((settlement::receivables(db)?, rows, currency))
    };
    let (owed, rows, currency) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let full = rows.len() as i64 >= 2 * PAYMENTS;
    let mut settled = Vec::new();
    for row in &rows {
        settled.push(SettledView {
            day: locale.day(row.told.at.date(), visitor.today()),
            provider: row.provider.clone(),
            reference: row.told.reference.clone(),
            gross: locale.money(row.told.gross),
            fee: locale.money(row.told.fee),
            net: locale.money(row.told.net()?),
            booked: moment(&visitor, row.at),
        });
    }
    let view = SettlementsView {
        owed: owed
            .iter()
            .filter(|(_, owed)| owed.minor != 0)
            .map(|(provider, owed)| OwedView {
                provider: provider.clone(),
                currency: owed.currency.to_string(),
                amount: locale.money(*owed),
            })
            .collect(),
        next: rows.last().filter(|_| full).map(|last| format!("/console/settlements?before={}", last.id.raw())),
        later: before.map(|_| "/console/settlements"),
        chart: paid_by_day(&app, &visitor, &rows, currency),
        rows: settled,
    };
    let title = locale.t("d-menu-settlements");
    show(&app, &visitor, "console/settlements.html", &title, &view).await
}

/// What reached the bank on the days of this page, in the house's currency, oldest first.
fn paid_by_day(app: &App, visitor: &Visitor, rows: &[settlement::ProviderSettlement], currency: Currency) -> String {
    let world = app.world();
    let mut days: std::collections::BTreeMap<Date, i64> = std::collections::BTreeMap::new();
    for row in rows {
        let net = row.told.net().unwrap_or(Money::zero(currency));
        *days.entry(row.told.at.date()).or_default() += world.convert(net, currency).map_or(0, |net| net.minor);
    }
    if days.len() < 2 {
        return String::new();
    }
    let labels: Vec<String> = days.keys().map(|day| visitor.locale.day(*day, visitor.today())).collect();
    let values: Vec<i64> = days.into_values().collect();
    let title = visitor.locale.t("c-settled-chart");
    let format = |minor: i64| visitor.locale.money_in_units(Money::new(minor, currency));
    bars(&Bars { title: &title, labels: &labels, values: &values, previous: &[], last_is_open: false, format: &format })
}

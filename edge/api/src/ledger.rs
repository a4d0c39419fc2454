//! The books, the events and the tables of rules by API key.

use crate::input::{Json, Query, field, limit, maybe};
use crate::refusals::{Changes, KeyReads, Reads};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::{Error, Id, Rate, Result};
use customs::TableRow;
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use ledger::{Account, AccountRow, Of, TransferRow, TrialRow};
use offers::RateRow;
use serde::{Deserialize, Serialize};
use store::{EventRow, Read};
use utoipa::{IntoParams, ToSchema};

/// Which accounts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountsQuery {
    /// First word of their codes.
    #[param(example = "escrow")]
    family: String,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub struct AccountList {
    /// By code.
    pub accounts: Vec<AccountAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// A ledger account.
#[derive(Serialize, ToSchema)]
pub struct AccountAnswer {
    /// Its id.
    #[schema(example = "acc_1f8k2m")]
    pub id: String,
    /// Its code.
    #[schema(example = "escrow:EUR")]
    pub code: String,
    /// A currency, or `sku:<variant>`.
    #[schema(example = "EUR")]
    pub unit: String,
    /// In − out, in minor units or pieces.
    pub balance: i64,
    /// What of it is held.
    pub held: i64,
}

fn account(row: &AccountRow) -> AccountAnswer {
    AccountAnswer {
        id: row.id.to_string(),
        code: row.account.code.clone(),
        unit: row.account.unit.clone(),
        balance: row.balance,
        held: row.held,
    }
}

/// List ledger accounts of a family
#[utoipa::path(get, path = "/api/ledger/accounts", tag = "Ledger", params(AccountsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of accounts.", body = AccountList), KeyReads))]
pub async fn accounts(State(app): State<App>, visitor: Visitor, Query(query): Query<AccountsQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let (family, after) = (query.family, query.after.unwrap_or_default());
    let read = move |db: &mut Read| ledger::accounts(db, &family, &after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.account.code.clone());
    Ok(axum::Json(AccountList { accounts: rows.iter().map(account).collect(), next }).into_response())
}

/// The trial balance.
#[derive(Serialize, ToSchema)]
pub struct TrialBalance {
    /// Accounts with a balance; per unit debits equal credits.
    pub rows: Vec<TrialAnswer>,
}

/// One account of the trial balance.
#[derive(Serialize, ToSchema)]
pub struct TrialAnswer {
    /// Code of the account.
    pub code: String,
    /// Its unit.
    pub unit: String,
    /// Debit side, in minor units.
    pub debit: i64,
    /// Credit side, in minor units.
    pub credit: i64,
}

/// See the trial balance
#[utoipa::path(get, path = "/api/ledger/trial-balance", tag = "Ledger", security(("key" = [])),
    responses((status = 200, description = "Every account with a balance.", body = TrialBalance), KeyReads))]
pub async fn trial_balance(State(app): State<App>, visitor: Visitor) -> Answer {
    let rows = app.store.read_as(visitor.actor, ledger::trial_balance).await?;
    let row = |row: TrialRow| TrialAnswer { code: row.code, unit: row.unit, debit: row.debit, credit: row.credit };
    Ok(axum::Json(TrialBalance { rows: rows.into_iter().map(row).collect() }).into_response())
}

/// Which transfers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TransfersQuery {
    /// Only those into or out of this account.
    account: Option<String>,
    /// Only those about this order.
    order: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of transfers.
#[derive(Serialize, ToSchema)]
pub struct TransferList {
    /// Newest first.
    pub transfers: Vec<TransferAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// An amount that moved from one account to another.
#[derive(Serialize, ToSchema)]
pub struct TransferAnswer {
    /// Its id.
    pub id: String,
    /// The posting it belongs to.
    #[schema(example = "pst_1f8k2m")]
    pub posting: String,
    /// What it is.
    #[schema(example = "payment.captured")]
    pub kind: String,
    /// Code of the account it left.
    pub from: String,
    /// Code of the account it entered.
    pub to: String,
    /// Currency, or `sku:<variant>`.
    pub unit: String,
    /// Minor units or pieces.
    pub amount: i64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

impl From<&TransferRow> for TransferAnswer {
    fn from(row: &TransferRow) -> TransferAnswer {
        TransferAnswer {
            id: row.id.to_string(),
            posting: row.posting.to_string(),
            kind: row.kind.clone(),
            from: row.from.clone(),
            to: row.to.clone(),
            unit: row.unit.clone(),
            amount: row.amount,
            at: row.at.to_string(),
        }
    }
}

/// List ledger transfers
#[utoipa::path(get, path = "/api/ledger/transfers", tag = "Ledger", params(TransfersQuery), security(("key" = [])),
    responses((status = 200, description = "A page of transfers.", body = TransferList), KeyReads))]
pub async fn transfers(State(app): State<App>, visitor: Visitor, Query(query): Query<TransfersQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let account: Option<Id<Account>> = maybe("account", query.account.as_deref())?;
    let order: Option<Id<orders::Order>> = maybe("order", query.order.as_deref())?;
    let of = match (account, order) {
        (Some(account), Some(order)) => Of::SubjectOn(order.raw(), account),
        (Some(account), None) => Of::Account(account),
        (None, Some(order)) => Of::Subject(order.raw()),
        (None, None) => Of::Everything,
    };
    let after: Option<Id<TransferRow>> = maybe("after", query.after.as_deref())?;
    let rows = app.store.read_as(visitor.actor, move |db| ledger::transfers(db, of, after, limit)).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.id.to_string());
    Ok(axum::Json(TransferList { transfers: rows.iter().map(TransferAnswer::from).collect(), next }).into_response())
}

/// From where to read events.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// `next` of the answer before; from the beginning when not said.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// Events in the order in which they became known.
#[derive(Serialize, ToSchema)]
pub struct EventList {
    /// Oldest first.
    pub events: Vec<EventAnswer>,
    /// Ask with `after` for what follows, now or later.
    pub next: String,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub struct EventAnswer {
    /// Its place.
    pub seq: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who.
    #[schema(example = "guest")]
    pub actor: String,
    /// What.
    #[schema(example = "order.placed")]
    pub kind: String,
    /// The rest.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
}

/// An event as the API tells it. Errors (internal): its body is damaged.
pub fn event(row: &EventRow) -> Result<EventAnswer> {
    Ok(EventAnswer {
        seq: row.seq.to_string(),
        at: row.at.to_string(),
        actor: row.actor.clone(),
        kind: row.kind.clone(),
        body: row.json()?,
    })
}

/// Read everything that happened, forward
///
/// History, audit and outbox in one: keep `next` and ask again for what is new.
#[utoipa::path(get, path = "/api/events", tag = "Operator", params(EventsQuery), security(("key" = [])),
    responses((status = 200, description = "Events.", body = EventList), KeyReads))]
pub async fn events(State(app): State<App>, visitor: Visitor, Query(query): Query<EventsQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let text = query.after.unwrap_or_default();
    let after: i64 = match text.as_str() {
        "" => 0,
        text => text
            .parse()
            .ok()
            .filter(|seq| *seq >= 0)
            .ok_or_else(|| Error::field("after", "unknown_cursor", "Send the `next` of the answer before."))?,
    };
    let rows = app.store.read_as(visitor.actor, move |db| store::events_after(db, after, limit)).await?;
    let next = rows.last().map_or(after, |row| row.seq).to_string();
    Ok(axum::Json(EventList { events: rows.iter().map(event).collect::<Result<_>>()?, next }).into_response())
}

/// Which rows of the customs tables.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TariffsQuery {
    /// Only of this country, or `EU`.
    #[param(example = "EU")]
    country: Option<String>,
}

/// Rows of the customs tables.
#[derive(Serialize, ToSchema)]
pub struct TariffList {
    /// By table.
    pub rows: Vec<TariffAnswer>,
}

/// One row of the customs tables.
#[derive(Serialize, ToSchema)]
pub struct TariffAnswer {
    /// Which table.
    #[schema(example = "tax_rates")]
    pub table: String,
    /// Stable id, as in a landed cost.
    pub id: String,
    /// Country, or `EU`.
    pub country: String,
    /// What it says.
    pub what: String,
    /// The rate, amount or limit.
    pub value: String,
    /// First day in force.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// Last day in force.
    #[schema(format = Date)]
    pub to: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Where it stands.
    pub source: String,
}

fn tariff(row: TableRow) -> TariffAnswer {
    TariffAnswer {
        table: row.table.to_owned(),
        id: row.id,
        country: row.country,
        what: row.what,
        value: row.value,
        from: row.from.map(|date| date.to_string()),
        to: row.to.map(|date| date.to_string()),
        confidence: row.confidence.name().to_owned(),
        source: row.source,
    }
}

/// See the rules that prices are made with
#[utoipa::path(get, path = "/api/tariffs", tag = "Products", params(TariffsQuery),
    responses((status = 200, description = "Rows of the tables with their dates and sources.", body = TariffList), Reads))]
pub async fn tariffs(State(app): State<App>, Query(query): Query<TariffsQuery>) -> Answer {
    let wanted = |row: &TableRow| query.country.as_deref().is_none_or(|country| row.country == country);
    let rows = app.world().tables.sources().filter(wanted).map(tariff).collect();
    Ok(axum::Json(TariffList { rows }).into_response())
}

/// Exchange rates of a day.
#[derive(Serialize, ToSchema)]
pub struct RateList {
    /// The newest of every pair.
    pub rates: Vec<RateAnswer>,
}

/// An exchange rate.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"base": "EUR", "quote": "USD", "date": "2026-07-15", "rate": "1.1172", "source": "ECB"}))]
pub struct RateAnswer {
    /// One unit of this …
    pub base: String,
    /// … is so many of this.
    pub quote: String,
    /// Day it was published for.
    #[schema(format = Date)]
    pub date: String,
    /// Exact decimal above 0.
    pub rate: String,
    /// Who published it.
    pub source: String,
}

fn rate(row: &RateRow) -> RateAnswer {
    RateAnswer {
        base: row.base.to_string(),
        quote: row.quote.to_string(),
        date: row.date.to_string(),
        rate: row.rate.to_string(),
        source: row.source.clone(),
    }
}

/// See the exchange rates in use
#[utoipa::path(get, path = "/api/rates", tag = "Products",
    responses((status = 200, description = "The newest rate of every pair.", body = RateList), Reads))]
pub async fn rates(State(app): State<App>) -> Answer {
    let rows = app.store.read(|db| offers::rate_rows(db, db.now().date())).await?;
    Ok(axum::Json(RateList { rates: rows.iter().map(rate).collect() }).into_response())
}

/// Rates to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatesBody {
    /// Up to 500.
    #[schema(min_items = 1, max_items = 500)]
    pub rates: Vec<RateAnswer>,
    /// Records also rates that would be held: far from the last known one, or of a day to come.
    #[serde(default)]
    pub confirm: bool,
}

/// What became of the rates.
#[derive(Serialize, ToSchema)]
pub struct RatesTaken {
    /// How many were recorded.
    pub recorded: usize,
    /// Those that do not count until they are confirmed: on the console's page, or by sending them again with `confirm`.
    pub held: Vec<HeldAnswer>,
}

/// A rate that waits to be confirmed.
#[derive(Serialize, ToSchema)]
pub struct HeldAnswer {
    /// The rate.
    pub rate: RateAnswer,
    /// `change` (more than 25 per cent from the last known rate), `upside_down` or `future`.
    #[schema(example = "change")]
    pub why: String,
    /// The rate known before.
    pub known: Option<String>,
}

fn held(one: &offers::HeldRate) -> HeldAnswer {
    HeldAnswer { rate: rate(&one.row), why: one.why.name().to_owned(), known: one.known.map(|known| known.to_string()) }
}

fn read_rate(at: usize, body: &RateAnswer) -> Result<RateRow> {
    let name = |part: &str| format!("rates[{at}].{part}");
    let wrong = |part: &str, say: &str| Error::field(name(part), "format", say.to_owned());
    let rate: Rate = body.rate.parse().map_err(|_| wrong("rate", "Write an exact decimal, such as 1.1172."))?;
    let most: Rate = "1000000000".parse()?;
    if rate > most || body.source.is_empty() || body.source.len() > 80 {
        return Err(wrong("source", "Name who published it, in 80 characters or less, and a rate that can be."));
    }
    let row = RateRow {
        base: field(&name("base"), &body.base)?,
        quote: field(&name("quote"), &body.quote)?,
        date: base::time::parse_date(&body.date).map_err(|_| wrong("date", "Write a day, such as 2026-07-15."))?,
        rate,
        source: body.source.clone(),
    };
    offers::check_rate(&row).map_err(|error| error.at(&format!("rates[{at}]")))?;
    Ok(row)
}

/// Record exchange rates
///
/// The same pair and day again replaces the rate. Quotes and orders made before keep theirs. A rate that is far from the last known
/// one, or of a day to come, is held until it is confirmed.
#[utoipa::path(put, path = "/api/rates", tag = "Operator", request_body = RatesBody, security(("key" = [])),
    responses((status = 204, description = "All are recorded."),
        (status = 202, description = "Some are held until they are confirmed.", body = RatesTaken), Changes))]
pub async fn put_rates(State(app): State<App>, visitor: Visitor, Json(body): Json<RatesBody>) -> Answer {
    if !(1..=500).contains(&body.rates.len()) {
        return Err(Error::field("rates", "out_of_range", "Send 1 to 500 rates.").into());
    }
    let rows = body.rates.iter().enumerate().map(|(at, one)| read_rate(at, one)).collect::<Result<Vec<_>>>()?;
    let taken = app.store.write_as(visitor.actor, move |tx| offers::take_rates(tx, &rows, body.confirm)).await?;
    if taken.held.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let answer = RatesTaken { recorded: taken.recorded, held: taken.held.iter().map(held).collect() };
    Ok((StatusCode::ACCEPTED, axum::Json(answer)).into_response())
}

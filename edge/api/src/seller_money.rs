//! A seller's money by API key: balances and statements.

use crate::input::{Query, limit};
use crate::refusals::KeyReads;
use crate::seller::own;
use crate::view::MoneyView;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use base::{Date, Error, Result};
use frame::App;
use frame::failure::Answer;
use frame::parts::csv;
use frame::visitor::Visitor;
use serde::{Deserialize, Serialize};
use settlement::{Balance, Row};
use store::Read;
use utoipa::{IntoParams, ToSchema};

/// Balances, one a currency.
#[derive(Serialize, ToSchema)]
pub struct BalanceList {
    /// By currency.
    pub balances: Vec<BalanceAnswer>,
}

/// A seller's money in one currency.
#[derive(Serialize, ToSchema)]
pub struct BalanceAnswer {
    /// Share of orders that are paid and not yet complete.
    pub escrow: MoneyView,
    /// Earned and not yet paid out.
    pub available: MoneyView,
    /// Owed for refunds; the next payout pays it first.
    pub owed: MoneyView,
    /// Paid out so far.
    pub paid_out: MoneyView,
}

fn balance_row(row: &Balance) -> BalanceAnswer {
    BalanceAnswer {
        escrow: row.escrow.into(),
        available: row.available.into(),
        owed: row.owed.into(),
        paid_out: row.paid_out.into(),
    }
}

/// See own balances
#[utoipa::path(get, path = "/api/seller/balance", tag = "Seller", security(("key" = [])),
    responses((status = 200, description = "One a currency.", body = BalanceList), KeyReads))]
pub async fn balance(State(app): State<App>, visitor: Visitor) -> Answer {
    let own = own(&visitor)?;
    let rows = app.store.read_as(visitor.actor, move |db| settlement::balance(db, own)).await?;
    Ok(axum::Json(BalanceList { balances: rows.iter().map(balance_row).collect() }).into_response())
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatementQuery {
    /// First day.
    #[param(format = Date, example = "2026-07-01")]
    from: String,
    /// Last day.
    #[param(format = Date, example = "2026-07-31")]
    to: String,
    /// `next` of the page before.
    after: Option<i64>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of a statement.
#[derive(Serialize, ToSchema)]
pub struct StatementAnswer {
    /// Oldest first.
    pub entries: Vec<EntryAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<i64>,
}

/// An entry of a statement.
#[derive(Serialize, ToSchema)]
pub struct EntryAnswer {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// `sale`, `refund`, `supply`, `supply_returned` or `payout`.
    #[schema(example = "sale")]
    pub kind: String,
    /// Number of the order; empty for a payout.
    pub order: String,
    /// Title of the line.
    pub title: String,
    /// Price of the goods; below zero for what leaves.
    pub gross: MoneyView,
    /// What the platform keeps.
    pub commission: MoneyView,
    /// Tax on that.
    pub commission_tax: MoneyView,
    /// What remains.
    pub net: MoneyView,
    /// When it is, or was, to be paid out.
    #[schema(format = DateTime)]
    pub due_at: String,
    /// Whether it has gone into a payout.
    pub paid_out: bool,
    /// Of a payout from a balance in another currency: what was sent in the seller's own, and at which rate.
    pub exchanged: Option<ExchangeAnswer>,
}

/// The exchange of a payout.
#[derive(Serialize, ToSchema)]
pub struct ExchangeAnswer {
    /// What was sent to the bank.
    pub paid: MoneyView,
    /// Units of its currency for one of the balance's.
    #[schema(example = "0.92165")]
    pub rate: String,
    /// The day the rate was published.
    #[schema(format = Date)]
    pub date: String,
    /// Who published it.
    pub source: String,
}

fn entry(row: &Row) -> EntryAnswer {
    EntryAnswer {
        at: row.at.to_string(),
        kind: row.kind.name().to_owned(),
        order: row.order.clone(),
        title: row.title.clone(),
        gross: row.gross.into(),
        commission: row.commission.into(),
        commission_tax: row.commission_tax.into(),
        net: row.net.into(),
        due_at: row.due_at.to_string(),
        paid_out: row.paid_out,
        exchanged: row.exchanged.as_ref().map(|(paid, exchange)| ExchangeAnswer {
            paid: (*paid).into(),
            rate: exchange.rate.to_string(),
            date: exchange.date.to_string(),
            source: exchange.source.clone(),
        }),
    }
}

/// Statement of own entries, as JSON or, with `Accept: text/csv`, whole as CSV
#[utoipa::path(get, path = "/api/seller/statements", tag = "Seller", params(StatementQuery), security(("key" = [])),
    responses((status = 200, description = "A page, or the whole as CSV.", content(
        (StatementAnswer = "application/json"), (String = "text/csv"))), KeyReads))]
pub async fn statements(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(query): Query<StatementQuery>,
) -> Answer {
    let (own, limit, days) = (own(&visitor)?, limit(query.limit)?, days(&query)?);
    let wanted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wanted.starts_with("text/csv") {
        let file = csv::Download::csv("statement.csv", csv::Reader::Machine);
        return Ok(csv::statement(&app, visitor.actor, None, file, own, days).await?);
    }
    let after = query.after.unwrap_or(0).max(0);
    let read = move |db: &mut Read| settlement::statement(db, own, days, after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.id);
    Ok(axum::Json(StatementAnswer { entries: rows.iter().map(entry).collect(), next }).into_response())
}

/// Days within living memory: an entry's id is made of its time, which has an end.
fn days(query: &StatementQuery) -> Result<(Date, Date)> {
    let read = |name: &str, text: &str| {
        let wrong = || Error::field(name, "date_format", "Write a day from 1990 to 2099, such as 2026-07-15.");
        let date = base::time::parse_date(text).map_err(|_| wrong())?;
        if (1990..=2099).contains(&date.year()) { Ok(date) } else { Err(wrong()) }
    };
    Ok((read("from", &query.from)?, read("to", &query.to)?))
}

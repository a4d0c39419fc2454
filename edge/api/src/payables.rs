//! What is owed to authorities and carriers, what was paid of it, and what providers have paid out, by API key.

use crate::input::{Json, Query, id, limit, maybe};
use crate::refusals::{Changes, KeyReads};
use crate::view::MoneyView;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base::{Date, Error, Id, Result, time::parse_date};
use frame::App;
use frame::failure::Answer;
use frame::visitor::Visitor;
use serde::{Deserialize, Serialize};
use settlement::{Payable, ProviderSettlement, Remit};
use store::Read;
use utoipa::{IntoParams, ToSchema};

/// Which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeriodQuery {
    /// First day.
    #[param(format = Date, example = "2026-11-01")]
    from: String,
    /// Last day.
    #[param(format = Date, example = "2026-11-30")]
    to: String,
}

fn days(from: &str, to: &str) -> Result<(Date, Date)> {
    let day = |name: &str, text: &str| {
        parse_date(text).map_err(|_| Error::field(name, "date_format", "Write a day, such as 2026-11-30."))
    };
    let (from, to) = (day("from", from)?, day("to", to)?);
    match from <= to {
        true => Ok((from, to)),
        false => Err(Error::field("to", "period", "The last day comes before the first.")),
    }
}

/// What is owed.
#[derive(Serialize, ToSchema)]
pub struct PayableList {
    /// By account.
    pub payables: Vec<PayableAnswer>,
}

/// What is owed to one authority under one scheme, or to one carrier.
#[derive(Serialize, ToSchema)]
pub struct PayableAnswer {
    /// The ledger account.
    #[schema(example = "acc_1f8k2m")]
    pub account: String,
    /// Its code.
    #[schema(example = "tax:DE:ioss:EUR")]
    pub code: String,
    /// `tax`, `duty` or `carrier`.
    #[schema(example = "tax")]
    pub kind: String,
    /// Jurisdiction or carrier.
    #[schema(example = "DE")]
    pub to: String,
    /// Collection scheme; empty for carriers.
    #[schema(example = "ioss")]
    pub scheme: String,
    /// Owed now; below zero after a refund of what was paid.
    pub owed: MoneyView,
    /// Added in the period.
    pub added: MoneyView,
    /// Paid or taken back in the period.
    pub taken: MoneyView,
}

fn payable(row: Payable) -> PayableAnswer {
    PayableAnswer {
        account: row.account.to_string(),
        code: row.code,
        kind: row.payee.name().to_owned(),
        to: row.to,
        scheme: row.scheme,
        owed: row.owed.into(),
        added: row.added.into(),
        taken: row.taken.into(),
    }
}

/// See what is owed to authorities and carriers
#[utoipa::path(get, path = "/api/ledger/payables", tag = "Ledger", params(PeriodQuery), security(("key" = [])),
    responses((status = 200, description = "By account, with what happened in the period.", body = PayableList), KeyReads))]
pub async fn payables(State(app): State<App>, visitor: Visitor, Query(query): Query<PeriodQuery>) -> Answer {
    let days = days(&query.from, &query.to)?;
    let rows = app.store.read_as(visitor.actor, move |db: &mut Read| settlement::payables(db, days)).await?;
    Ok(axum::Json(PayableList { payables: rows.into_iter().map(payable).collect() }).into_response())
}

/// A payment that was made at the bank.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"account": "acc_1f8k2m", "amount": {"minor": 294500, "currency": "EUR"},
    "paid_on": "2026-11-20", "reference": "SEPA 2026-11-20/17"}))]
pub struct RemitBody {
    /// Out of which account.
    pub account: String,
    /// In the account's currency, no more than is owed.
    pub amount: MoneyView,
    /// The day on the bank's statement.
    #[schema(format = Date)]
    pub paid_on: String,
    /// The bank's reference: the same one again for the same account changes nothing.
    #[schema(max_length = 80)]
    pub reference: String,
}

/// A payment that is recorded.
#[derive(Serialize, ToSchema)]
pub struct RemitAnswer {
    /// Its id.
    #[schema(example = "rmt_1f8k2m")]
    pub id: String,
    /// False if it had been recorded before.
    pub new: bool,
}

/// Record a payment to an authority or a carrier
#[utoipa::path(post, path = "/api/ledger/payables/payments", tag = "Ledger", request_body = RemitBody,
    security(("key" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body get the first answer again, for 24 hours.")),
    responses((status = 200, description = "Recorded.", body = RemitAnswer), Changes))]
pub async fn remit(State(app): State<App>, visitor: Visitor, Json(body): Json<RemitBody>) -> Answer {
    let remit = Remit {
        account: id("account", &body.account)?,
        amount: body.amount.read("amount")?,
        paid_on: parse_date(&body.paid_on)
            .map_err(|_| Error::field("paid_on", "date_format", "Write a day, such as 2026-11-30."))?,
        reference: body.reference,
    };
    let (id, new) = app.store.write_as(visitor.actor, move |tx| settlement::remit(tx, &remit)).await?;
    Ok(axum::Json(RemitAnswer { id: id.to_string(), new }).into_response())
}

/// Which return.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReturnQuery {
    /// First day.
    #[param(format = Date, example = "2026-11-01")]
    from: String,
    /// Last day.
    #[param(format = Date, example = "2026-11-30")]
    to: String,
    /// Collection scheme; every scheme when not said.
    #[param(example = "ioss")]
    scheme: Option<String>,
}

/// Get a tax return as CSV
///
/// By scheme, jurisdiction and rate: taxable amount and what is due, out of the landed costs frozen in the orders. Sales count
/// on the day their payment was accepted; later corrections stand apart.
#[utoipa::path(get, path = "/api/ledger/returns", tag = "Ledger", params(ReturnQuery), security(("key" = [])),
    responses((status = 200, description = "The return.", body = String, content_type = "text/csv"), KeyReads))]
pub async fn returns(State(app): State<App>, visitor: Visitor, Query(query): Query<ReturnQuery>) -> Answer {
    let days = days(&query.from, &query.to)?;
    let scheme = query.scheme.unwrap_or_default();
    let read = move |db: &mut Read| {
        let mut out = Vec::new();
        settlement::returns_csv(db, &scheme, days, &mut out)?;
        Ok(out)
    };
    let text = app.store.read_as(visitor.actor, read).await?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
}

/// Which settlements.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SettlementsQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 50 when not said.
    #[param(minimum = 1, maximum = 250)]
    limit: Option<i64>,
}

/// A page of providers' settlements.
#[derive(Serialize, ToSchema)]
pub struct SettlementList {
    /// Newest first.
    pub settlements: Vec<SettlementAnswer>,
    /// Ask with `after` for what follows.
    pub next: Option<String>,
}

/// Money that a payment provider passed on to the bank.
#[derive(Serialize, ToSchema)]
pub struct SettlementAnswer {
    /// Its id.
    #[schema(example = "pvs_1f8k2m")]
    pub id: String,
    /// Name of the provider.
    #[schema(example = "sandbox")]
    pub provider: String,
    /// The provider's reference.
    pub reference: String,
    /// Captures less refunds.
    pub gross: MoneyView,
    /// What the provider keeps.
    pub fee: MoneyView,
    /// What reached the bank; below zero it was taken from there.
    pub net: MoneyView,
    /// When the provider paid.
    #[schema(format = DateTime)]
    pub at: String,
}

fn settled(row: &ProviderSettlement) -> Result<SettlementAnswer> {
    Ok(SettlementAnswer {
        id: row.id.to_string(),
        provider: row.provider.clone(),
        reference: row.told.reference.clone(),
        gross: row.told.gross.into(),
        fee: row.told.fee.into(),
        net: row.told.net()?.into(),
        at: row.told.at.to_string(),
    })
}

/// List what payment providers have paid out
#[utoipa::path(get, path = "/api/ledger/settlements", tag = "Ledger", params(SettlementsQuery), security(("key" = [])),
    responses((status = 200, description = "A page of settlements.", body = SettlementList), KeyReads))]
pub async fn settlements(State(app): State<App>, visitor: Visitor, Query(query): Query<SettlementsQuery>) -> Answer {
    let limit = limit(query.limit)?;
    let after: Option<Id<ProviderSettlement>> = maybe("after", query.after.as_deref())?;
    let read = move |db: &mut Read| settlement::provider_settlements(db, after, limit);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let next = rows.last().filter(|_| rows.len() as i64 >= limit).map(|row| row.id.to_string());
    let settlements = rows.iter().map(settled).collect::<Result<_>>()?;
    Ok(axum::Json(SettlementList { settlements, next }).into_response())
}

//! A seller's product files by API key: streamed into the database, then taken in by a job that any node runs.

use super::input::{Json, Part, Query, maybe, refusal, request_id};
use super::refusals::{Changes, KeyReads};
use super::seller::own;
use super::seller_goods::own_warehouse;
use crate::desk::import::error_file;
use crate::desk::wrong_rows;
use crate::failure::Answer;
use crate::upload::Incoming;
use crate::visitor::Visitor;
use crate::{App, Locale};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use catalog::import::RowError;
use http_body_util::BodyExt;
use offers::import::{self, Import, Ready, Wish};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How a product file is brought in.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Code of the warehouse where goods without a `Warehouse` column lie.
    #[param(example = "cn-ningbo")]
    warehouse: String,
    /// Currency of prices without a `Price Currency` column; the seller's own when not said.
    currency: Option<String>,
    /// Tell first what would happen and write nothing: it ends as `checked`, and `import` goes on from there.
    #[serde(default)]
    dry_run: bool,
}

/// An import: how far it is, what it did, or would do.
#[derive(Serialize, ToSchema)]
pub struct ImportAnswer {
    /// Its id.
    #[schema(example = "imp_1f8k2m")]
    pub id: String,
    /// `receiving`, `waiting`, `running`, `paused`, `checked` (the dry run is over), `done`, `stopped` or `failed`.
    #[schema(example = "running")]
    pub state: String,
    /// It only tells what would happen.
    pub dry_run: bool,
    /// Size of the file.
    pub bytes: i64,
    /// Bytes of it that are done.
    pub bytes_read: i64,
    /// Rows that are done.
    pub rows: i64,
    /// Products that are in.
    pub products: i64,
    /// Variants that are in.
    pub variants: i64,
    /// New products.
    pub created: i64,
    /// Changed products.
    pub updated: i64,
    /// Products just as they were.
    pub unchanged: i64,
    /// Variants that lack something customs asks for.
    pub unready: i64,
    /// Wrong rows in all.
    pub errors_total: i64,
    /// The first hundred wrong rows.
    pub errors: Vec<RowErrorAnswer>,
    /// Why it failed.
    pub problem: Option<ImportProblem>,
}

/// Why an import failed.
#[derive(Serialize, ToSchema)]
pub struct ImportProblem {
    /// Stable.
    #[schema(example = "column_missing")]
    pub code: String,
    /// What to do.
    pub message: String,
}

/// A wrong row.
#[derive(Serialize, ToSchema)]
pub struct RowErrorAnswer {
    /// Line of the file, from 1.
    pub line: u64,
    /// Name of the column.
    pub column: String,
    /// Stable.
    pub code: String,
    /// What to do.
    pub message: String,
}

/// What is wished of an import.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"wish": "pause"}))]
pub struct ImportWish {
    /// `import` (after a dry run), `pause`, `go_on` or `stop`; what was done stays.
    pub wish: String,
}

/// Wrong rows in an answer.
const ERRORS: i64 = 100;
/// Largest product file: 200 MB.
pub const FILE_BYTES: usize = 200 * 1024 * 1024;

/// Bring in a product file as Shopify writes it
///
/// Send the CSV as the body. It is taken in by and by: ask for the import until its state is `done`. The same file again
/// updates, never doubles.
#[utoipa::path(post, path = "/api/seller/imports", tag = "Seller", params(ImportQuery), security(("key" = [])),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 202, description = "The file is here; `Location` says where to look.", body = ImportAnswer), Changes))]
pub async fn import(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Answer {
    let own = own(&visitor)?;
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.starts_with("text/csv") {
        let (say, id) = ("Send the file as text/csv.", request_id(Some(&visitor)));
        return Ok(refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", say, &id));
    }
    let code = query.warehouse;
    let (warehouse, organisation) = app
        .store
        .read_as(visitor.actor, move |db| Ok((own_warehouse(db, own, &code)?, parties::organisation(db, own)?)))
        .await?;
    let currency = maybe("currency", query.currency.as_deref())?.unwrap_or(organisation.currency);
    let incoming = receive(&app, &visitor, own, request.into_body()).await?;
    let bytes = i64::try_from(incoming.bytes).map_err(Error::internal)?;
    let id = incoming.ready(Ready { bytes, warehouse, currency, dry: query.dry_run }).await?;
    let mut response = (StatusCode::ACCEPTED, axum::Json(read(&app, &visitor, own, id).await?)).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/seller/imports/{id}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// The body, on its way into the database. Errors: broken off, empty, too large; nothing of it stays then.
async fn receive(app: &App, visitor: &Visitor, own: Id<Organisation>, mut body: Body) -> Result<Incoming> {
    let mut incoming = Incoming::begin(app, visitor, own, "products.csv").await?;
    while let Some(frame) = body.frame().await {
        let broken = |_| Error::invalid("broken_off", "The file did not arrive whole. Send it again.");
        if let Ok(piece) = frame.map_err(broken)?.into_data() {
            if incoming.bytes + piece.len() > FILE_BYTES {
                incoming.abandon().await?;
                return Err(Error::invalid("too_large", "The file is larger than 200 MB; send it in parts."));
            }
            incoming.add(&piece).await?;
        }
    }
    if incoming.bytes == 0 {
        incoming.abandon().await?;
        return Err(Error::invalid("file_empty", "The file is empty. Choose a CSV file of products."));
    }
    Ok(incoming)
}

async fn read(app: &App, visitor: &Visitor, own: Id<Organisation>, id: Id<Import>) -> Result<ImportAnswer> {
    let read = move |db: &mut store::Read| Ok((import::find(db, own, id)?, import::wrong_rows(db, id, ERRORS)?));
    let (import, errors) = app.store.read_as(visitor.actor, read).await?;
    Ok(answer(app.languages.english(), import, &errors))
}

fn answer(english: &Locale, import: Import, errors: &[RowError]) -> ImportAnswer {
    let error = |one: &RowError| RowErrorAnswer {
        line: one.line,
        column: one.column.clone(),
        code: one.reason.code().to_owned(),
        message: wrong_rows::said(english, &one.reason),
    };
    ImportAnswer {
        id: import.id.to_string(),
        state: import.stage.name().into(),
        dry_run: import.dry,
        bytes: import.bytes,
        bytes_read: import.bytes_read,
        rows: import.rows,
        products: import.products,
        variants: import.variants,
        created: import.created,
        updated: import.updated,
        unchanged: import.unchanged,
        unready: import.unready,
        errors_total: import.wrong,
        errors: errors.iter().map(error).collect(),
        problem: import.problem.map(|(code, message)| ImportProblem { code, message }),
    }
}

/// How far an import is
///
/// Kept for thirty days.
#[utoipa::path(get, path = "/api/seller/imports/{id}", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "The import.", body = ImportAnswer), KeyReads))]
pub async fn show(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let (own, id) = (own(&visitor)?, text.parse::<Id<Import>>()?);
    Ok(axum::Json(read(&app, &visitor, own, id).await?).into_response())
}

/// Pause, go on with or stop an import, or do what a dry run told
#[utoipa::path(post, path = "/api/seller/imports/{id}", tag = "Seller", security(("key" = [])), request_body = ImportWish,
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "The import as it is now; pausing and stopping wait for the rows in hand.",
        body = ImportAnswer), Changes))]
pub async fn wish(State(app): State<App>, visitor: Visitor, Part(text): Part, Json(body): Json<ImportWish>) -> Answer {
    let (own, id) = (own(&visitor)?, text.parse::<Id<Import>>()?);
    let unknown = || Error::field("wish", "unknown_wish", "Write import, pause, go_on or stop.");
    let wish = Wish::named(&body.wish).ok_or_else(unknown)?;
    app.store.write_as(visitor.actor, move |tx| import::ask(tx, own, id, wish)).await?;
    Ok(axum::Json(read(&app, &visitor, own, id).await?).into_response())
}

/// The wrong rows of an import, to be mended and sent again
#[utoipa::path(get, path = "/api/seller/imports/{id}/errors.csv", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "The file's columns, then line, column and reason; up to 10,000 rows.",
        body = String, content_type = "text/csv"), KeyReads))]
pub async fn errors(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let reader = crate::desk::csv::Reader::Machine;
    error_file(&app, &visitor, app.languages.english(), own(&visitor)?, text.parse()?, reader).await
}

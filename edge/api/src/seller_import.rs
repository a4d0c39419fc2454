//! A seller's product files by API key: streamed into the database, then taken in by a job that any node runs.

use crate::input::{Json, Part, Query, maybe, media_type};
use crate::refusals::{Changes, KeyReads};
use crate::seller::own;
use crate::seller_goods::own_warehouse;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use base::{Error, Id, Kind, Mark, Result};
use catalog::import::RowError;
use frame::failure::Answer;
use frame::parts::error_file::error_file;
use frame::parts::{import_report, wrong_rows};
use frame::upload::Incoming;
use frame::visitor::Visitor;
use frame::{App, Locale};
use http_body_util::BodyExt;
use offers::import::{self, Effects, Import, Note, Ready, TwoWays, Wish};
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
    /// What stands before the decimals of the file's numbers, `point` or `comma`. Told from the file when not said; where it does not
    /// tell, the import ends as `asked` and waits for `answer`.
    decimal: Option<String>,
    /// Status of new products of which the file says none: `draft` (when not said) or `active`.
    new: Option<String>,
    /// Pieces to put on hand of what the file says is not tracked or sold without stock; such stock stays as it is when not said.
    uncounted: Option<i64>,
    /// Encoding of the file, such as `gb18030` or `windows-1252`; told from its bytes when not said.
    encoding: Option<String>,
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
    /// `receiving`, `waiting`, `running`, `paused`, `asked` (see `question`), `checked` (the dry run is over), `done`, `stopped` or
    /// `failed`.
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
    /// What it does to what is there already, or would do.
    pub effects: ImportEffects,
    /// The first hundred such things, one by one.
    pub notes: Vec<ImportNote>,
    /// How the numbers are read and which columns are taken, in sentences.
    pub understood: Vec<String>,
    /// Columns that mean nothing here and are not taken.
    pub columns_unknown: Vec<String>,
    /// With state `asked`: the columns of which somebody has to say what they mean (`columns`), because none says which goods a row is
    /// of. Empty else.
    pub columns_asked: Vec<String>,
    /// The number that can be read two ways, where somebody must say what is meant.
    pub question: Option<ImportQuestion>,
    /// Wrong rows in all.
    pub errors_total: i64,
    /// The first hundred wrong rows.
    pub errors: Vec<RowErrorAnswer>,
    /// Why it failed.
    pub problem: Option<ImportProblem>,
}

/// How often an import does what to goods that are there, or would do.
#[derive(Serialize, ToSchema)]
pub struct ImportEffects {
    /// Known products that go on sale.
    pub published: u64,
    /// Known products that go off sale.
    pub unpublished: u64,
    /// Known products with another title.
    pub renamed: u64,
    /// Prices that change.
    pub repriced: u64,
    /// Of these, by more than half or to another currency.
    pub repriced_much: u64,
    /// Variants whose stock at a place goes to nought.
    pub emptied: u64,
    /// New products that are on sale at once.
    pub new_active: u64,
    /// New products that are drafts.
    pub new_drafts: u64,
    /// Variants that the file says are not tracked.
    pub uncounted: u64,
    /// Variants without pieces that the file says are sold all the same.
    pub oversold: u64,
    /// Variants without a price here and in the file.
    pub unpriced: u64,
    /// Rows left out because they are no goods that travel.
    pub no_goods: u64,
    /// Cells left out while the rest of their row is taken.
    pub left_out: u64,
    /// Whether `import` after the dry run needs `confirm`.
    pub grave: bool,
}

/// One thing that an import does.
#[derive(Serialize, ToSchema)]
pub struct ImportNote {
    /// Line of the file, from 1.
    pub line: u64,
    /// Handle or SKU.
    pub what: String,
    /// `published`, `unpublished`, `renamed`, `repriced`, `emptied` or `left_out`.
    pub kind: String,
    /// In words, with what was and what becomes.
    pub message: String,
}

/// A number that can be read two ways.
#[derive(Serialize, ToSchema)]
pub struct ImportQuestion {
    /// Line of the file, from 1.
    pub line: u64,
    /// As it stands there.
    #[schema(example = "1.500")]
    pub text: String,
    /// What it is with a point before the decimals.
    #[schema(example = "1.5")]
    pub point: String,
    /// What it is with a comma there.
    #[schema(example = "1500")]
    pub comma: String,
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
    /// `import` (after a dry run), `answer` or `columns` (when `asked`; `columns` after a dry run, too), `pause`, `go_on` or `stop`; what was done stays.
    pub wish: String,
    /// With `import`: that it is meant, when the dry run says that it is `grave`.
    #[serde(default)]
    pub confirm: bool,
    /// With `answer`: what stands before the decimals, `point` or `comma`.
    pub decimal: Option<String>,
    /// With `columns`: what columns of the file mean, such as `{"Artikel": "SKU"}`; an empty meaning leaves one out, `-` takes an
    /// earlier word back. It is remembered for the next file.
    #[serde(default)]
    pub columns: std::collections::BTreeMap<String, String>,
}

/// A table, in any letters or as a workbook: whatever bytes come are a file, and what is wrong with them the import says.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct TableFile(pub Vec<u8>);

/// What a table may be sent as.
const TABLES: [&str; 6] = [
    "text/csv",
    "text/tab-separated-values",
    "text/plain",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
];
/// Wrong rows in an answer.
const ERRORS: i64 = 100;
/// Largest product file: 200 MB.
pub const FILE_BYTES: usize = 200 * 1024 * 1024;

/// Bring in a product file
///
/// Send the CSV as the body. It is taken in by and by: ask for the import until its state is `done`. The same file again
/// updates, never doubles. A file changes only what it has columns for; what may stand in it is told in `docs/product-file.md`.
#[utoipa::path(post, path = "/api/seller/imports", tag = "Seller", params(ImportQuery), security(("key" = [])),
    request_body(content = TableFile, content_type = "text/csv"),
    responses((status = 202, description = "The file is here; `Location` says where to look.", body = ImportAnswer), Changes))]
pub async fn import(
    State(app): State<App>,
    visitor: Visitor,
    Query(query): Query<ImportQuery>,
    request: Request,
) -> Answer {
    let own = own(&visitor)?;
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !TABLES.iter().any(|table| media.starts_with(table)) {
        let say = "Send the file as text/csv, text/tab-separated-values, text/plain or an Excel workbook.";
        return Err(media_type(say).into());
    }
    let code = query.warehouse;
    let (warehouse, organisation) = app
        .store
        .read_as(visitor.actor, move |db| Ok((own_warehouse(db, own, &code)?, parties::organisation(db, own)?)))
        .await?;
    let (decimal, new_status) = (decimal(query.decimal.as_deref())?, new_status(query.new.as_deref())?);
    let (uncounted, dry) = (query.uncounted, query.dry_run);
    let encoding = query.encoding.as_deref().map(catalog::import::encoding_named).transpose()?;
    let currency = maybe("currency", query.currency.as_deref())?.unwrap_or(organisation.currency);
    let incoming = receive(&app, &visitor, own, request.into_body()).await?;
    let bytes = i64::try_from(incoming.bytes).map_err(Error::internal)?;
    let id =
        incoming.ready(Ready { bytes, warehouse, currency, decimal, new_status, uncounted, encoding, dry }).await?;
    let mut response = (StatusCode::ACCEPTED, axum::Json(read(&app, &visitor, own, id).await?)).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/seller/imports/{id}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

fn decimal(text: Option<&str>) -> Result<Option<Mark>> {
    let wrong = || Error::field("decimal", "decimal", "Write point or comma.");
    text.map(|text| Mark::named(text).ok_or_else(wrong)).transpose()
}

fn new_status(text: Option<&str>) -> Result<catalog::Status> {
    match text {
        None | Some("draft") => Ok(catalog::Status::Draft),
        Some("active") => Ok(catalog::Status::Active),
        Some(_) => Err(Error::field("new", "unknown_status", "Write active or draft.")),
    }
}

/// The body, on its way into the database. Errors: broken off, empty, too large; nothing of it stays then.
async fn receive(app: &App, visitor: &Visitor, own: Id<Organisation>, mut body: Body) -> Result<Incoming> {
    let mut incoming = Incoming::begin(app, visitor, own, "products.csv").await?;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            incoming.abandon().await?;
            return Err(Error::new(Kind::Slow, "broken_off", "The file did not arrive whole. Send it again."));
        };
        if let Ok(piece) = frame.into_data() {
            if incoming.bytes + piece.len() > FILE_BYTES {
                incoming.abandon().await?;
                return Err(Error::too_large("too_large", "The file is larger than 200 MB; send it in parts."));
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
    let read = move |db: &mut store::Read| {
        Ok((import::find(db, own, id)?, import::wrong_rows(db, id, ERRORS)?, import::notes(db, id, ERRORS)?))
    };
    let (import, errors, notes) = app.store.read_as(visitor.actor, read).await?;
    Ok(answer(app.languages.english(), import, &errors, &notes))
}

fn effects(effects: &Effects) -> ImportEffects {
    ImportEffects {
        published: effects.published,
        unpublished: effects.unpublished,
        renamed: effects.renamed,
        repriced: effects.repriced,
        repriced_much: effects.repriced_much,
        emptied: effects.emptied,
        new_active: effects.new_active,
        new_drafts: effects.new_drafts,
        uncounted: effects.uncounted,
        oversold: effects.oversold,
        unpriced: effects.unpriced,
        no_goods: effects.no_goods,
        left_out: effects.left_out,
        grave: effects.are_grave(),
    }
}

fn answer(english: &Locale, import: Import, errors: &[RowError], notes: &[Note]) -> ImportAnswer {
    let note = |one: &Note| ImportNote {
        line: one.line,
        what: one.what.clone(),
        kind: one.effect.name().to_owned(),
        message: import_report::happens(english, one),
    };
    let question = import.understood.question.clone();
    let question = question.map(|TwoWays { line, text, point, comma }| ImportQuestion { line, text, point, comma });
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
        effects: effects(&import.effects),
        notes: notes.iter().map(note).collect(),
        understood: import_report::understood(english, &import.understood),
        columns_unknown: import.understood.unknown.clone(),
        columns_asked: match import.understood.asks_columns {
            true => import.understood.columns.iter().map(|seen| seen.name.clone()).collect(),
            false => Vec::new(),
        },
        question,
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

/// Pause, go on with or stop an import, answer its question, or do what a dry run told
#[utoipa::path(post, path = "/api/seller/imports/{id}", tag = "Seller", security(("key" = [])), request_body = ImportWish,
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "The import as it is now; pausing and stopping wait for the rows in hand.",
        body = ImportAnswer), Changes))]
pub async fn wish(State(app): State<App>, visitor: Visitor, Part(text): Part, Json(body): Json<ImportWish>) -> Answer {
    let (own, id) = (own(&visitor)?, text.parse::<Id<Import>>()?);
    if body.wish == "answer" {
        let needed = || Error::field("decimal", "required", "Write point or comma.");
        let mark = decimal(body.decimal.as_deref())?.ok_or_else(needed)?;
        app.store.write_as(visitor.actor, move |tx| import::answer(tx, own, id, mark)).await?;
    } else if body.wish == "columns" {
        let words: Vec<(String, String)> = body.columns.into_iter().collect();
        app.store.write_as(visitor.actor, move |tx| import::explain(tx, own, id, &words)).await?;
    } else {
        let unknown = || Error::field("wish", "unknown_wish", "Write import, answer, columns, pause, go_on or stop.");
        let wish = Wish::named(&body.wish).ok_or_else(unknown)?;
        app.store.write_as(visitor.actor, move |tx| import::ask(tx, own, id, wish, body.confirm)).await?;
    }
    Ok(axum::Json(read(&app, &visitor, own, id).await?).into_response())
}

/// The wrong rows of an import, to be mended and sent again
#[utoipa::path(get, path = "/api/seller/imports/{id}/errors.csv", tag = "Seller", security(("key" = [])),
    params(("id" = String, Path, description = "The import.")),
    responses((status = 200, description = "The file's columns, then line, column and reason; up to 10,000 rows.",
        body = String, content_type = "text/csv"), KeyReads))]
pub async fn errors(State(app): State<App>, visitor: Visitor, Part(text): Part) -> Answer {
    let reader = frame::parts::csv::Reader::Machine;
    error_file(&app, &visitor, app.languages.english(), own(&visitor)?, text.parse()?, reader).await
}

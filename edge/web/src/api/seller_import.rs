//! A seller's product files by API key: streamed to disk, then brought in.

use super::input::{Query, maybe, refusal, request_id};
use super::refusals::Changes;
use super::seller::own;
use super::seller_goods::own_warehouse;
use crate::App;
use crate::app::aside;
use crate::failure::{Answer, Failure};
use crate::visitor::Visitor;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use base::{Error, Result};
use http_body_util::BodyExt;
use offers::ImportOptions;
use serde::{Deserialize, Serialize};
use std::io::{Seek, Write};
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
    /// Tell what would happen and write nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What an import did, or would do.
#[derive(Serialize, ToSchema)]
pub struct ImportAnswer {
    /// Rows of the file.
    pub rows: u64,
    /// Products that are in.
    pub products: u64,
    /// Variants that are in.
    pub variants: u64,
    /// New products.
    pub created: u64,
    /// Changed products.
    pub updated: u64,
    /// Products just as they were.
    pub unchanged: u64,
    /// Variants that lack something customs asks for.
    pub unready: u64,
    /// Wrong rows in all.
    pub errors_total: u64,
    /// The first hundred wrong rows.
    pub errors: Vec<RowErrorAnswer>,
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

/// Bring in a product file as Shopify writes it
///
/// Send the CSV as the body. The same file again updates, never doubles.
#[utoipa::path(post, path = "/api/seller/imports", tag = "Seller", params(ImportQuery), security(("key" = [])),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, description = "What was done.", body = ImportAnswer), Changes))]
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
    let options = ImportOptions {
        actor: visitor.actor,
        organisation: own,
        agreement: None,
        warehouse,
        currency: maybe("currency", query.currency.as_deref())?.unwrap_or(organisation.currency),
        dry_run: query.dry_run,
    };
    let file = to_file(request.into_body()).await?;
    let store = app.store.clone();
    let report = aside(move || offers::import(&store, file, &options, |_| true)).await??;
    let error = |one: &catalog::import::RowError| RowErrorAnswer {
        line: one.line,
        column: one.column.to_string(),
        code: one.code.to_string(),
        message: one.message.clone(),
    };
    let answer = ImportAnswer {
        rows: report.rows,
        products: report.products,
        variants: report.variants,
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        unready: report.unready,
        errors_total: report.errors_total,
        errors: report.errors.iter().take(100).map(error).collect(),
    };
    Ok(axum::Json(answer).into_response())
}

/// Largest product file: 200 MB.
pub const FILE_BYTES: usize = 200 * 1024 * 1024;

/// The body in a file that vanishes by itself, never whole in memory.
async fn to_file(mut body: Body) -> Result<std::fs::File, Failure> {
    let (mut file, mut taken) = (tempfile::tempfile().map_err(Error::internal)?, 0);
    while let Some(frame) = body.frame().await {
        let broken = |_| Error::invalid("broken_off", "The file did not arrive whole. Send it again.");
        if let Ok(piece) = frame.map_err(broken)?.into_data() {
            taken += piece.len();
            if taken > FILE_BYTES {
                return Err(Error::invalid("too_large", "The file is larger than 200 MB; send it in parts.").into());
            }
            file.write_all(&piece).map_err(Error::internal)?;
        }
    }
    file.rewind().map_err(Error::internal)?;
    Ok(file)
}

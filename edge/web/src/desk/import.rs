//! Uploading a product file: a dry run tells what would happen, then the same file is imported. Runs beside the pages; the
//! page of a run refreshes itself until it is over. Runs are kept in this process, the newest few of them.

use super::{Crumb, Desk, done, form::reason, own, show};
use crate::failure::Answer;
use crate::{App, Form, Visitor, redirect};
use axum::body::Body;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Currency, Error, Id, Permission, Result};
use offers::{ImportOptions, Progress, Report};
use parties::Organisation;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use stock::Warehouse;
use store::{Read, Store};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

/// Largest file.
pub const FILE_BYTES: usize = 128 * 1024 * 1024;
/// Runs kept; the oldest goes, with its file.
const KEPT: usize = 20;
/// Wrong rows shown on the page; the file has all.
const SHOWN: usize = 50;

static RUNS: LazyLock<Mutex<VecDeque<Arc<Run>>>> = LazyLock::new(Mutex::default);

struct Run {
    id: String,
    organisation: Id<Organisation>,
    file: NamedTempFile,
    name: String,
    bytes: u64,
    options: ImportOptions,
    now: Mutex<Now>,
}

#[derive(Default)]
struct Now {
    running: bool,
    stop: bool,
    dry: bool,
    bytes: u64,
    products: u64,
    errors: u64,
    report: Option<Report>,
    failed: Option<Error>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(run: Arc<Run>) {
    let mut runs = lock(&RUNS);
    runs.push_back(run);
    while runs.len() > KEPT {
        runs.pop_front();
    }
}

/// The run, if it belongs to the visitor's organisation. Errors: not found.
fn find(visitor: &Visitor, id: &str) -> Result<Arc<Run>> {
    let organisation = own(visitor)?;
    let found = lock(&RUNS).iter().find(|run| run.id == id && run.organisation == organisation).cloned();
    found.ok_or_else(|| Error::not_found("unknown_import", "This import is not known any more. Upload the file again."))
}

fn start(store: &Store, run: &Arc<Run>, dry: bool) {
    *lock(&run.now) = Now { running: true, dry, ..Now::default() };
    let (store, run) = (store.clone(), run.clone());
    tokio::task::spawn_blocking(move || {
        let options = ImportOptions { dry_run: dry, ..run.options.clone() };
        let progress = |progress: Progress| {
            let mut now = lock(&run.now);
            (now.bytes, now.products, now.errors) = (progress.bytes, progress.products, progress.errors);
            !now.stop
        };
        let outcome = match run.file.reopen() {
            Ok(file) => offers::import(&store, file, &options, progress),
            Err(problem) => Err(Error::internal(format!("the uploaded file cannot be read: {problem}"))),
        };
        let mut now = lock(&run.now);
        now.running = false;
        match outcome {
            Ok(report) => now.report = Some(report),
            Err(error) => now.failed = Some(error),
        }
    });
}

#[derive(Serialize)]
struct UploadView {
    base: &'static str,
    warehouses: Vec<Choice>,
    currency: String,
    columns: [&'static str; 4],
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller",
        Desk::Console => "/console",
    }
}

/// The page that asks for a file.
pub async fn upload_page(app: &App, visitor: &Visitor, desk: Desk) -> Answer {
    let organisation = own(visitor)?;
    let read = move |db: &mut Read| {
        let known = parties::organisation(db, organisation)?;
        Ok((known.currency, usable_warehouses(db, organisation)?))
    };
    let (currency, warehouses) = app.store.read_as(visitor.actor, read).await?;
    let choice = |one: &Warehouse| Choice { code: one.id.to_string(), name: format!("{}, {}", one.name, one.code) };
    let view = UploadView {
        base: base_of(desk),
        warehouses: warehouses.iter().map(choice).collect(),
        currency: currency.code().to_owned(),
        columns: ["HS Code", "Country of Origin", "Customs Description", "Variant Grams"],
    };
    let title = visitor.locale.t("d-import");
    show(app, visitor, desk, "desk/upload.html", above(visitor, desk), &title, &view).await
}

/// Goods lie in a seller's own warehouse or in the operator's.
pub(in crate::desk) fn usable_warehouses(db: &mut Read, organisation: Id<Organisation>) -> Result<Vec<Warehouse>> {
    let mut found = stock::warehouses(db, Some(organisation.raw()), "", 100)?;
    if let Some(platform) = parties::platform(db)?
        && platform.id != organisation
    {
        found.extend(stock::warehouses(db, Some(platform.id.raw()), "", 100)?);
    }
    Ok(found)
}

fn above(visitor: &Visitor, desk: Desk) -> Vec<Crumb> {
    vec![Crumb::new(format!("{}/products", base_of(desk)), visitor.locale.t("d-menu-products").to_string())]
}

/// Takes a file in and begins its dry run.
pub async fn upload(app: &App, visitor: &Visitor, desk: Desk, mut parts: Multipart) -> Answer {
    let organisation = own(visitor)?;
    let (mut warehouse, mut currency) = (String::new(), String::new());
    let mut taken: Option<(NamedTempFile, String, u64)> = None;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "warehouse" => warehouse = part.text().await.map_err(broken)?,
            "currency" => currency = part.text().await.map_err(broken)?,
            "file" => taken = Some(take(part).await?),
            _ => {}
        }
    }
    let page = format!("{}/products/import", base_of(desk));
    let Some((file, name, bytes)) = taken.filter(|(_, _, bytes)| *bytes > 0) else {
        let error = Error::invalid("no_file", "Choose a file first.");
        return super::refused(visitor, &page, error);
    };
    let run = Arc::new(Run {
        id: app.secrets.next(),
        organisation,
        file,
        name,
        bytes,
        options: ImportOptions {
            actor: visitor.actor,
            organisation,
            agreement: None,
            warehouse: super::id::<Warehouse>(&warehouse)?,
            currency: currency.parse::<Currency>()?,
            dry_run: true,
        },
        now: Mutex::default(),
    });
    start(&app.store, &run, true);
    let to = format!("{}/imports/{}", base_of(desk), run.id);
    keep(run);
    Ok(redirect(&to))
}

fn broken(problem: axum::extract::multipart::MultipartError) -> Error {
    Error::invalid("broken_off", format!("The file did not arrive whole: {problem}. Send it again."))
}

async fn take(mut part: axum::extract::multipart::Field<'_>) -> Result<(NamedTempFile, String, u64)> {
    let unwritable =
        |problem: std::io::Error| Error::unavailable("no_room", format!("The file cannot be kept: {problem}"));
    let name = part.file_name().unwrap_or_default().to_owned();
    let file = NamedTempFile::new().map_err(unwritable)?;
    let mut out = tokio::fs::File::from_std(file.reopen().map_err(unwritable)?);
    let mut bytes = 0;
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        bytes += chunk.len() as u64;
        out.write_all(&chunk).await.map_err(unwritable)?;
    }
    out.flush().await.map_err(unwritable)?;
    Ok((file, name, bytes))
}

#[derive(Serialize)]
struct RunView {
    base: &'static str,
    id: String,
    name: String,
    running: bool,
    dry: bool,
    share: String,
    products: u64,
    wrong: u64,
    failed: Option<String>,
    report: Option<ReportView>,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct ReportView {
    rows: u64,
    products: u64,
    variants: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    unready: u64,
    errors: u64,
    stopped: bool,
}

#[derive(Serialize)]
struct ErrorView {
    line: u64,
    column: String,
    text: String,
}

/// The page of a run: how far it is, or its report.
pub async fn run_page(app: &App, visitor: &Visitor, desk: Desk, id: &str) -> Answer {
    let run = find(visitor, id)?;
    let view = run_view(visitor, desk, &run);
    let title = visitor.locale.t("d-import");
    let mut response = show(app, visitor, desk, "desk/import.html", above(visitor, desk), &title, &view).await?;
    if view.running {
        response.headers_mut().insert("refresh", HeaderValue::from_static("2"));
    }
    Ok(response)
}

fn run_view(visitor: &Visitor, desk: Desk, run: &Run) -> RunView {
    let now = lock(&run.now);
    let permille = if now.running { now.bytes * 1000 / run.bytes.max(1) } else { 1000 };
    let wrong = now.report.as_ref().map(|report| report.errors.as_slice()).unwrap_or_default();
    let error = |error: &catalog::import::RowError| {
        let key = format!("d-row-{}", error.code.replace('_', "-"));
        let text = visitor.locale.maybe(&key, &[]).unwrap_or_else(|| error.message.clone());
        ErrorView { line: error.line, column: error.column.clone(), text }
    };
    RunView {
        base: base_of(desk),
        id: run.id.clone(),
        name: run.name.clone(),
        running: now.running,
        dry: now.dry,
        share: format!("{}.{:03}", permille / 1000, permille % 1000),
        products: now.products,
        wrong: now.errors,
        failed: now.failed.as_ref().map(|error| reason(&visitor.locale, error)),
        report: now.report.as_ref().map(|report| ReportView {
            rows: report.rows,
            products: report.products,
            variants: report.variants,
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            unready: report.unready,
            errors: report.errors_total,
            stopped: report.stopped,
        }),
        errors: wrong.iter().take(SHOWN).map(error).collect(),
    }
}

/// Imports after the dry run, or stops what runs.
pub fn go_on(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let run = find(visitor, id)?;
    let to = format!("{}/imports/{id}", base_of(desk));
    if form.text("deed") == "stop" {
        lock(&run.now).stop = true;
        return Ok(done(visitor, &to, "d-said-stopping"));
    }
    let ready = {
        let now = lock(&run.now);
        !now.running && now.dry && now.report.is_some()
    };
    if ready {
        start(&app.store, &run, false);
    }
    Ok(redirect(&to))
}

/// The wrong rows as a file that can be mended and uploaded again.
pub fn error_file(visitor: &Visitor, id: &str) -> Answer {
    let run = find(visitor, id)?;
    let now = lock(&run.now);
    let report = now.report.as_ref().ok_or_else(|| Error::not_found("no_report", "There is no report yet."))?;
    Ok(csv_file("wrong-rows.csv", catalog::import::error_file(&report.columns, &report.errors)?))
}

/// A CSV that the browser keeps under `name`.
pub fn csv_file(name: &str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Whether the visitor may upload products at this desk.
pub fn may_upload(visitor: &Visitor, desk: Desk) -> bool {
    match desk {
        Desk::Seller => visitor.may(Permission::SellerWrite),
        Desk::Console => visitor.may(Permission::CatalogWrite),
    }
}

/// GET /seller/products/import
pub async fn seller_upload_page(State(app): State<App>, visitor: Visitor) -> Answer {
    upload_page(&app, &visitor, Desk::Seller).await
}

/// POST /seller/products/import
pub async fn seller_upload(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    upload(&app, &visitor, Desk::Seller, parts).await
}

/// GET /seller/imports/{run}
pub async fn seller_run(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    run_page(&app, &visitor, Desk::Seller, &id).await
}

/// POST /seller/imports/{run}
pub async fn seller_go_on(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    go_on(&app, &visitor, Desk::Seller, &id, &form)
}

/// GET /console/products/import
pub async fn console_upload_page(State(app): State<App>, visitor: Visitor) -> Answer {
    upload_page(&app, &visitor, Desk::Console).await
}

/// POST /console/products/import
pub async fn console_upload(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    upload(&app, &visitor, Desk::Console, parts).await
}

/// GET /console/imports/{run}
pub async fn console_run(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    run_page(&app, &visitor, Desk::Console, &id).await
}

/// POST /console/imports/{run}
pub async fn console_go_on(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    go_on(&app, &visitor, Desk::Console, &id, &form)
}

/// GET …/imports/{run}/errors.csv
pub async fn errors(visitor: Visitor, Path(id): Path<String>) -> Answer {
    error_file(&visitor, &id)
}

//! Uploading a product file: a dry run tells what would happen, then the same file is imported. The job `import.run` does it
//! beside the pages, on whichever node; the page of an import refreshes itself until it is over.

use crate::form::Choice;
use crate::import_columns::{ColumnView, columns, meanings, said_of_columns};
use crate::page::{done, refused, show};
use crate::place::{Crumb, Desk, own};
use crate::time;
use axum::extract::{Multipart, Path, State};
use axum::http::HeaderValue;
use base::{Actor, Currency, Error, Id, Mark, Permission, Result};
use catalog::Status;
use catalog::import::RowError;
use frame::failure::Answer;
use frame::language::Arg;
use frame::parts::csv::Reader;
use frame::parts::error_file::error_file;
use frame::parts::{import_report, wrong_rows};
use frame::upload::Incoming;
use frame::{App, Form, Visitor, redirect};
use offers::import::{self, Import, Note, Ready, Stage, TwoWays, Wish};
use parties::Organisation;
use serde::Serialize;
use stock::Warehouse;
use store::Read;

/// Largest file.
pub const FILE_BYTES: usize = 128 * 1024 * 1024;
/// Wrong rows shown on the page,
const SHOWN: i64 = 50;
/// Earlier imports shown on the page that asks for a file.
const LATEST: i64 = 10;

#[derive(Serialize)]
struct UploadView {
    base: &'static str,
    warehouses: Vec<Choice>,
    currency: String,
    columns: [&'static str; 4],
    earlier: Vec<EarlierView>,
}

/// An import that was begun before.
#[derive(Serialize)]
struct EarlierView {
    id: String,
    name: String,
    at: String,
    iso: String,
    stage: String,
    products: i64,
    wrong: i64,
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
        Ok((known.currency, usable_warehouses(db, organisation)?, import::latest(db, organisation, LATEST)?))
    };
    let (currency, warehouses, earlier) = app.store.read_as(visitor.actor, read).await?;
    let choice = |one: &Warehouse| Choice { code: one.id.to_string(), name: format!("{}, {}", one.name, one.code) };
    let view = UploadView {
        base: base_of(desk),
        warehouses: warehouses.iter().map(choice).collect(),
        currency: currency.code().to_owned(),
        columns: ["HS Code", "Country of Origin", "Customs Description", "Variant Grams"],
        earlier: earlier.iter().map(|import| earlier_view(visitor, import)).collect(),
    };
    let title = visitor.locale.t("d-import");
    show(app, visitor, desk, "desk/upload.html", above(visitor, desk), &title, &view).await
}

fn earlier_view(visitor: &Visitor, import: &Import) -> EarlierView {
    let at = store::moment_of(import.id.raw());
    EarlierView {
        id: import.id.to_string(),
        name: import.name.clone(),
        at: time::moment(visitor, at),
        iso: at.to_string(),
        stage: visitor.locale.t(&format!("d-import-is-{}", import.stage.name())).to_string(),
        products: import.products,
        wrong: import.wrong,
    }
}

/// Goods lie in a seller's own warehouse or in the operator's.
pub fn usable_warehouses(db: &mut Read, organisation: Id<Organisation>) -> Result<Vec<Warehouse>> {
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

/// Takes a file in and has its dry run begun.
pub async fn upload(app: &App, visitor: &Visitor, desk: Desk, parts: Multipart) -> Answer {
    let organisation = own(visitor)?;
    let page = format!("{}/products/import", base_of(desk));
    match receive(app, visitor, organisation, parts).await {
        Ok(id) => Ok(redirect(&format!("{}/imports/{id}", base_of(desk)))),
        Err(error) => refused(visitor, &page, error),
    }
}

async fn receive(app: &App, visitor: &Visitor, organisation: Id<Organisation>, parts: Multipart) -> Result<Id<Import>> {
    let sent = sent_file(app, visitor, organisation, parts).await?;
    let SentFile { file, warehouse, currency, said } = sent;
    let ready = Ready {
        bytes: i64::try_from(file.bytes).map_err(Error::internal)?,
        warehouse: crate::place::id::<Warehouse>(&warehouse)?,
        currency: currency.parse::<Currency>()?,
        decimal: Mark::named(&said.decimal),
        new_status: said.new_status(),
        uncounted: said.uncounted()?,
        encoding: None,
        dry: true,
    };
    file.ready(ready).await
}

/// A product file that a form sent, and what was chosen beside it.
pub struct SentFile {
    /// The file, in the database.
    pub file: Incoming,
    warehouse: String,
    currency: String,
    /// What was said of how to read it.
    pub said: SaidOfFile,
}

/// What a form says of how to read a product file.
#[derive(Default)]
pub struct SaidOfFile {
    decimal: String,
    new: String,
    uncounted: String,
}

impl SaidOfFile {
    /// Drafts, unless said otherwise.
    pub fn new_status(&self) -> Status {
        if self.new == "active" { Status::Active } else { Status::Draft }
    }

    fn uncounted(&self) -> Result<Option<i64>> {
        let wrong = || Error::field("uncounted", "out_of_range", "Write a whole number of pieces.");
        match self.uncounted.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong()),
        }
    }
}

/// Takes a form's product file into the database, a piece at a time. Errors: broken off; no file.
pub async fn sent_file(
    app: &App,
    visitor: &Visitor,
    organisation: Id<Organisation>,
    mut parts: Multipart,
) -> Result<SentFile> {
    let (mut warehouse, mut currency, mut said) = (String::new(), String::new(), SaidOfFile::default());
    let mut incoming: Option<Incoming> = None;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "warehouse" => warehouse = part.text().await.map_err(broken)?,
            "currency" => currency = part.text().await.map_err(broken)?,
            "decimal" => said.decimal = part.text().await.map_err(broken)?,
            "new" => said.new = part.text().await.map_err(broken)?,
            "uncounted" => said.uncounted = part.text().await.map_err(broken)?,
            "file" if incoming.is_none() => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let file = incoming.insert(Incoming::begin(app, visitor, organisation, &name).await?);
                while let Some(bytes) = part.chunk().await.map_err(broken)? {
                    file.add(&bytes).await?;
                }
            }
            _ => {}
        }
    }
    let no_file = || Error::invalid("no_file", "Choose a file first.");
    let file = incoming.ok_or_else(no_file)?;
    if file.bytes == 0 {
        file.abandon().await?;
        return Err(no_file());
    }
    Ok(SentFile { file, warehouse, currency, said })
}

fn broken(_: axum::extract::multipart::MultipartError) -> Error {
    Error::invalid("broken_off", "The file did not arrive whole. Send it again.")
}

#[derive(Serialize)]
struct RunView {
    base: &'static str,
    id: String,
    name: String,
    by: Option<String>,
    stage: &'static str,
    moving: bool,
    wish: &'static str,
    dry: bool,
    share: String,
    percent: i64,
    left: Option<String>,
    products: i64,
    wrong: i64,
    failed: Option<String>,
    report: Option<ReportView>,
    does: Vec<String>,
    notes: Vec<NoteView>,
    understood: Vec<String>,
    grave: bool,
    question: Option<QuestionView>,
    columns: Vec<ColumnView>,
    /// Every meaning that a column can be said to have.
    meanings: Vec<Choice>,
    asks_columns: bool,
    errors: Vec<ErrorView>,
}

#[derive(Serialize)]
struct NoteView {
    line: u64,
    what: String,
    text: String,
}

/// A number that can be read two ways, and what was said of the last such file.
#[derive(Serialize)]
struct QuestionView {
    text: String,
    point: String,
    comma: String,
    chosen: &'static str,
}

#[derive(Serialize)]
struct ReportView {
    rows: i64,
    products: i64,
    variants: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    unready: i64,
    errors: i64,
    stopped: bool,
}

#[derive(Serialize)]
struct ErrorView {
    line: u64,
    column: String,
    text: String,
}

/// The page of an import: how far it is, or its report.
pub async fn run_page(app: &App, visitor: &Visitor, desk: Desk, id: &str) -> Answer {
    let (organisation, id) = (own(visitor)?, crate::place::id::<Import>(id)?);
    let read = move |db: &mut Read| {
        let import = import::find(db, organisation, id)?;
        let sender = match import.actor {
            Actor::Person { person, .. } => parties::person(db, Id::from_raw(person)).ok().map(|person| person.name),
            Actor::System | Actor::Guest => None,
        };
        let told = (import::wrong_rows(db, id, SHOWN)?, import::notes(db, id, SHOWN)?);
        Ok((told, import::last_said(db, organisation)?, import, sender))
    };
    let ((errors, notes), last_said, import, sender) = app.store.read_as(visitor.actor, read).await?;
    let mut view = run_view(visitor, desk, &import, sender, &errors);
    view.notes = notes.iter().map(|note| note_view(visitor, note)).collect();
    let question = import.understood.question.as_ref().filter(|_| import.stage == Stage::Asked);
    view.question = question.map(|question| question_view(visitor, question, last_said));
    let title = visitor.locale.t("d-import");
    let mut response = show(app, visitor, desk, "desk/import.html", above(visitor, desk), &title, &view).await?;
    if view.moving {
        response.headers_mut().insert("refresh", HeaderValue::from_static("5"));
    }
    Ok(response)
}

fn note_view(visitor: &Visitor, note: &Note) -> NoteView {
    NoteView { line: note.line, what: note.what.clone(), text: import_report::happens(&visitor.locale, note) }
}

fn question_view(visitor: &Visitor, question: &TwoWays, last_said: Option<Mark>) -> QuestionView {
    let TwoWays { line, text, point, comma } = question;
    let line = i64::try_from(*line).unwrap_or(i64::MAX);
    QuestionView {
        text: visitor.locale.fill("d-decimal-ask", &[("text", Arg::from(text)), ("line", Arg::from(line))]),
        point: point.clone(),
        comma: comma.clone(),
        chosen: last_said.map_or("", Mark::name),
    }
}

fn run_view(visitor: &Visitor, desk: Desk, import: &Import, sender: Option<String>, errors: &[RowError]) -> RunView {
    let locale = &visitor.locale;
    let permille = (import.bytes_read * 1000 / import.bytes.max(1)).clamp(0, 1000);
    let error = |error: &RowError| ErrorView {
        line: error.line,
        column: error.column.clone(),
        text: wrong_rows::said(locale, &error.reason),
    };
    let by = sender.map(|name| {
        let at = time::moment(visitor, store::moment_of(import.id.raw()));
        locale.fill("d-import-by", &[("name", Arg::from(name)), ("at", Arg::from(at))])
    });
    let failed = import.problem.as_ref().map(|(code, message)| wrong_rows::of_file(locale, code, message));
    RunView {
        base: base_of(desk),
        id: import.id.to_string(),
        name: import.name.clone(),
        by,
        stage: import.stage.name(),
        moving: import.stage.is_moving(),
        wish: match import.wish {
            Some(Wish::Pause) => "pause",
            Some(Wish::Stop) => "stop",
            _ => "",
        },
        dry: import.dry,
        share: format!("{}.{:03}", permille / 1000, permille % 1000),
        percent: permille / 10,
        left: left(visitor, import),
        products: import.products,
        wrong: import.wrong,
        failed,
        report: matches!(import.stage, Stage::Checked | Stage::Done | Stage::Stopped).then(|| report(import)),
        does: import_report::does(locale, &import.effects, import.uncounted),
        notes: Vec::new(),
        understood: import_report::understood(locale, &import.understood),
        grave: import.effects.are_grave(),
        question: None,
        columns: columns(import),
        meanings: meanings(locale),
        asks_columns: import.stage == Stage::Asked && import.understood.asks_columns,
        errors: errors.iter().map(error).collect(),
    }
}

fn report(import: &Import) -> ReportView {
    ReportView {
        rows: import.rows,
        products: import.products,
        variants: import.variants,
        created: import.created,
        updated: import.updated,
        unchanged: import.unchanged,
        unready: import.unready,
        errors: import.wrong,
        stopped: import.stage == Stage::Stopped,
    }
}

/// How much longer it will take, judged by how fast it went since a node took it on; nothing before it has gone anywhere.
fn left(visitor: &Visitor, import: &Import) -> Option<String> {
    let (began_at, began_bytes) = import.began;
    let (done, rest) = (import.bytes_read - began_bytes, import.bytes - import.bytes_read);
    let seconds = visitor.now.seconds_since(began_at);
    if import.stage != Stage::Running || done <= 0 || seconds <= 0 {
        return None;
    }
    let seconds = rest.max(0).saturating_mul(seconds) / done;
    let locale = &visitor.locale;
    Some(match seconds {
        0..60 => locale.t("d-left-soon").to_string(),
        _ => locale.fill("d-left-about", &[("time", time::duration(locale, seconds).into())]),
    })
}

/// Imports after the dry run, pauses, goes on or stops.
pub async fn go_on(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let (organisation, id) = (own(visitor)?, crate::place::id::<Import>(id)?);
    let to = format!("{}/imports/{id}", base_of(desk));
    let unknown = || Error::invalid("unknown_deed", "This page does not know what to do with that.");
    if form.text("deed") == "answer" {
        let mark = Mark::named(form.text("decimal")).ok_or_else(unknown)?;
        return match app.store.write_as(visitor.actor, move |tx| import::answer(tx, organisation, id, mark)).await {
            Ok(()) => Ok(redirect(&to)),
            Err(error) => refused(visitor, &to, error),
        };
    }
    if form.text("deed") == "columns" {
        let words = said_of_columns(form);
        let explain = move |tx: &mut store::Tx| import::explain(tx, organisation, id, &words);
        return match app.store.write_as(visitor.actor, explain).await {
            Ok(()) => Ok(redirect(&to)),
            Err(error) => refused(visitor, &to, error),
        };
    }
    let wish = Wish::named(form.text("deed")).ok_or_else(unknown)?;
    let confirmed = form.text("confirm") == "yes";
    match app.store.write_as(visitor.actor, move |tx| import::ask(tx, organisation, id, wish, confirmed)).await {
        Ok(()) if matches!(wish, Wish::Pause | Wish::Stop) => Ok(done(visitor, &to, "d-said-stopping")),
        Ok(()) => Ok(redirect(&to)),
        Err(error) => refused(visitor, &to, error),
    }
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
    go_on(&app, &visitor, Desk::Seller, &id, &form).await
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
    go_on(&app, &visitor, Desk::Console, &id, &form).await
}

/// GET …/imports/{run}/errors.csv
pub async fn errors(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    error_file(&app, &visitor, &visitor.locale, own(&visitor)?, crate::place::id::<Import>(&id)?, Reader::of(&form))
        .await
}

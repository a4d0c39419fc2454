//! A seller's stock by warehouse: what lies there, what is reserved, and receiving, counting, adjusting it.

use crate::page::show;
use axum::extract::State;
use base::{Error, Id, Mark, Permission, Result};
use catalog::{Terms, Variant};
use desk::form::{FormView, WrongRow, pieces, unaccepted};
use desk::{PAGE, words};
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;
use stock::{Move, Shelf, StockRow, Warehouse};
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    query: String,
    filtered: bool,
    can_write: bool,
    key: String,
    /// Where this page of the list begins.
    began: Option<(String, String)>,
    wrong: Option<WrongRow>,
}

#[derive(Serialize)]
struct RowView {
    variant: String,
    warehouse: String,
    image: String,
    title: String,
    under: String,
    place: String,
    on_hand: i64,
    promised: i64,
    held: i64,
    available: i64,
    tone: &'static str,
    share: String,
    /// As it was sent, when it was not accepted.
    form: Option<FormView>,
}

/// GET /seller/stock
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let after = desk::cursor::<Variant>(&form, "variant").zip(desk::cursor::<Warehouse>(&form, "warehouse"));
    shown(&app, &visitor, &form, after, None).await
}

/// The list after a place in it; `typed` is a line that was not accepted.
async fn shown(
    app: &App,
    visitor: &Visitor,
    form: &Form,
    after: Option<(Id<Variant>, Id<Warehouse>)>,
    typed: Option<FormView>,
) -> Answer {
    let own = desk::own(visitor)?;
    let query = form.text("q").to_owned();
    let terms = Terms::of(&query);
    let read = move |db: &mut Read| {
        let shelf = terms.as_ref().map_or(Shelf::Organisation(own.raw()), |terms| Shelf::Found(own.raw(), terms));
        stock::list(db, shelf, after, PAGE)
    };
    let rows = app.store.read_as(visitor.actor, read).await?;
    let full = rows.len() as i64 >= PAGE;
    let next = rows.last().filter(|_| full).map(|row| {
        let level = &row.level;
        let (variant, warehouse) = (level.variant.raw().to_string(), level.warehouse.raw().to_string());
        let more = [("variant", variant.as_str()), ("warehouse", warehouse.as_str())];
        format!("/seller/stock?{}", form.encode_but(&["variant", "warehouse"], &more))
    });
    let mut rows: Vec<RowView> = rows.iter().map(row_view).collect();
    let wrong = typed.and_then(|typed| {
        let sent = |row: &&mut RowView| row.variant == form.text("variant") && row.warehouse == form.text("warehouse");
        let row = rows.iter_mut().find(sent)?;
        row.form = Some(typed.clone());
        let name = words::joined(&[row.title.as_str(), row.under.as_str(), row.place.as_str()], " · ");
        Some(WrongRow { name, anchor: format!("{}-{}", row.variant, row.warehouse), form: typed })
    });
    let view = View {
        rows,
        wrong,
        began: after.map(|(variant, warehouse)| (variant.raw().to_string(), warehouse.raw().to_string())),
        next,
        later: after.map(|_| format!("/seller/stock?{}", form.encode_but(&["variant", "warehouse"], &[]))),
        filtered: !query.is_empty(),
        query,
        can_write: visitor.may(Permission::SellerWrite),
        key: app.secrets.next(),
    };
    let title = visitor.locale.t("d-menu-stock");
    show(app, visitor, "seller/stock.html", &title, &view).await
}

fn row_view(row: &StockRow) -> RowView {
    let level = &row.level;
    let pieces = level.on_hand + level.promised;
    let permille = if pieces > 0 { level.available.max(0) * 1000 / pieces } else { 0 };
    RowView {
        variant: level.variant.to_string(),
        warehouse: level.warehouse.to_string(),
        image: row.image.clone(),
        title: row.title.clone(),
        under: words::joined(&[row.options.as_str(), row.sku.as_str()], " · "),
        place: row.warehouse_code.clone(),
        on_hand: level.on_hand,
        promised: level.promised,
        held: level.held,
        available: level.available,
        tone: match level.available {
            ..=5 => "bad",
            6..=20 => "warn",
            _ => "ok",
        },
        share: format!("{}.{:03}", permille / 1000, permille % 1000),
        form: None,
    }
}

/// POST /seller/stock: pieces came in, were counted, or are more or fewer than thought.
pub async fn change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    let (sent, mark) = (form.clone(), visitor.locale.mark());
    let write = move |tx: &mut Tx| deed(tx, own.raw(), &sent, mark);
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(desk::done(&visitor, "/seller/stock", "d-said-saved")),
        Err(error) => {
            let typed = FormView::again(&visitor.locale, &form, error)?;
            let after = desk::cursor::<Variant>(&form, "from").zip(desk::cursor::<Warehouse>(&form, "from_warehouse"));
            unaccepted(shown(&app, &visitor, &form, after, Some(typed)).await)
        }
    }
}

fn deed(tx: &mut Tx, own: i64, form: &Form, mark: Mark) -> Result<()> {
    let variant: Id<Variant> = desk::id(form.text("variant"))?;
    let command = Move {
        warehouse: desk::id(form.text("warehouse"))?,
        variant,
        quantity: pieces(form, "quantity", mark)?,
        key: format!("seller:{own}:{}", form.text("key")),
        reason: form.given("reason").unwrap_or("by_hand").to_owned(),
    };
    reach(tx, own, variant)?;
    match form.text("deed") {
        "receive" => stock::receive(tx, &command),
        "count" => stock::set_on_hand(tx, &command).map(drop),
        _ => stock::adjust(tx, &command),
    }
}

/// Errors: not found, unless the variant is this seller's.
fn reach(db: &mut Read, own: i64, variant: Id<Variant>) -> Result<()> {
    let known = catalog::facts(db, &[variant])?;
    if known.iter().all(|facts| facts.organisation == own) {
        return Ok(());
    }
    Err(Error::not_found("unknown_variant", "There is no such variant."))
}

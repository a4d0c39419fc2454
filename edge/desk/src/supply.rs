//! What the shop pays a supplier for a piece: the list of its goods with their supply prices, and one of them with its history. At the
//! console prices are agreed there, and goods put on sale; the supplier reads.

use crate::PAGE;
use crate::form::{Choice, FormView, amount, pieces, unaccepted};
use crate::page::{done, show};
use crate::place::{Crumb, Desk, cursor, id};
use crate::whose::{Whose, last_part};
use crate::words;
use axum::extract::State;
use base::{Currency, Date, Error, Id, Mark, Moment, Permission, Result};
use catalog::Variant;
use frame::{Answer, App, Form, Visitor};
use offers::{AgreeSupply, OfferRow, PutOffer, SupplyPrice, SupplyRow};
use serde::Serialize;
use stock::{Move, Warehouse};
use store::{Read, Tx};
use terms::{Agreement, Paid, Party};

#[derive(Serialize)]
struct View {
    base: String,
    name: String,
    agreement: String,
    /// Of several agreements under which this organisation supplies.
    agreements: Vec<Tab>,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    can_write: bool,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    under: String,
    price: Option<String>,
    since: String,
    next: Option<String>,
}

/// The terms by which an organisation is paid a supply price and that are in force. Errors: denied; there are none.
fn supplying(db: &mut Read, whose: &Whose) -> Result<(String, Vec<Agreement>)> {
    let (name, now) = (whose.organisation(db)?.name, db.now());
    let mut all = terms::current(db, whose.organisation, now)?;
    all.retain(|one| one.paid == Paid::SupplyPrice);
    let none = || Error::not_found("not_supplied", "No terms are in force under which a supply price is paid.");
    if all.is_empty() { Err(none()) } else { Ok((name, all)) }
}

/// The one that the address names, or the first. Errors: it names another.
fn chosen(all: &[Agreement], form: &Form) -> Result<Agreement> {
    let Some(named) = form.given("agreement") else { return Ok(all[0].clone()) };
    let named: Id<Agreement> = id(named)?;
    let unknown = || Error::not_found("unknown_agreement", "No such terms are in force.");
    all.iter().find(|one| one.id == named).cloned().ok_or_else(unknown)
}

/// GET …/supply
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (whose, after) = (Whose::of(&visitor)?, cursor::<Variant>(&form, "after"));
    let (of, sent) = (whose.clone(), form.clone());
    let read = move |db: &mut Read| {
        let (name, all) = supplying(db, &of)?;
        let terms = chosen(&all, &sent)?;
        let rows = offers::supply_prices(db, terms.id, after, PAGE)?;
        Ok((name, all, terms.id, rows))
    };
    let (name, all, agreement, rows) = app.store.read_as(visitor.actor, read).await?;
    let (locale, base) = (&visitor.locale, format!("{}/supply", whose.home));
    let list = format!("{base}?agreement={agreement}");
    let full = rows.len() as i64 >= PAGE;
    let tab = |one: &Agreement| Tab {
        href: format!("{base}?agreement={}", one.id),
        name: words::mode(locale, one.mode),
        count: None,
        current: one.id == agreement,
    };
    let view = View {
        next: rows.last().filter(|_| full).map(|row| format!("{list}&after={}", row.variant.raw())),
        later: after.map(|_| list),
        rows: rows.iter().map(|row| row_view(&visitor, &base, agreement, row)).collect(),
        agreements: if all.len() > 1 { all.iter().map(tab).collect() } else { Vec::new() },
        agreement: agreement.to_string(),
        can_write: may_write(&visitor, &whose),
        name: name.clone(),
        base,
    };
    let title = locale.t("d-supply");
    show(&app, &visitor, whose.desk, "desk/supply.html", whose.crumbs(&visitor, &name), &title, &view).await
}

/// The supplier reads only.
fn may_write(visitor: &Visitor, whose: &Whose) -> bool {
    whose.desk == Desk::Console && visitor.may(Permission::CatalogWrite)
}

fn from(visitor: &Visitor, at: Moment) -> String {
    visitor.locale.date(at.date())
}

fn row_view(visitor: &Visitor, base: &str, agreement: Id<Agreement>, row: &SupplyRow) -> RowView {
    let locale = &visitor.locale;
    let next = |one: &SupplyPrice| {
        let args = [("price", locale.money(one.price).into()), ("day", from(visitor, one.valid_from).into())];
        locale.fill("d-supply-next", &args)
    };
    RowView {
        href: format!("{base}/{}?agreement={agreement}", row.variant),
        title: row.title.clone(),
        under: words::joined(&[row.label.as_str(), row.sku.as_str()], " · "),
        price: row.price.as_ref().map(|one| locale.money(one.price)),
        since: row.price.as_ref().map(|one| from(visitor, one.valid_from)).unwrap_or_default(),
        next: row.next.as_ref().map(next),
    }
}

#[derive(Serialize)]
struct OneView {
    action: String,
    back: String,
    agreement: String,
    currency: String,
    under: String,
    history: Vec<PriceView>,
    offers: Vec<OfferView>,
    form: FormView,
    warehouses: Vec<Choice>,
    currencies: Vec<Choice>,
    /// A price stands, so that it can be on sale.
    agreed: bool,
    can_write: bool,
}

#[derive(Serialize)]
struct PriceView {
    price: String,
    from: String,
    by: String,
    /// It stands now.
    stands: bool,
}

#[derive(Serialize)]
struct OfferView {
    warehouse: String,
    price: String,
    available: i64,
    badge: words::Badge,
}

/// Everything about the supply of one variant.
struct Seen {
    name: String,
    terms: Agreement,
    row: SupplyRow,
    history: Vec<SupplyPrice>,
    offers: Vec<OfferRow>,
    warehouses: Vec<Warehouse>,
    /// In which the shop's prices usually are.
    currency: Currency,
}

fn see(db: &mut Read, whose: &Whose, form: &Form, variant: Id<Variant>) -> Result<Seen> {
    let (name, all) = supplying(db, whose)?;
    let terms = chosen(&all, form)?;
    let before = Id::from_raw(variant.raw() - 1);
    let row = offers::supply_prices(db, terms.id, Some(before), 1)?.into_iter().find(|row| row.variant == variant);
    let unknown = || Error::not_found("unknown_variant", "There is no such variant of this supplier.");
    let row = row.ok_or_else(unknown)?;
    let mut offers = offers::offers_of_product(db, row.product)?;
    offers.retain(|one| (one.offer.variant, one.offer.agreement) == (variant, terms.id));
    let operator = parties::platform(db)?;
    let shipper = match (terms.ships, &operator) {
        (Party::Platform, Some(operator)) => operator.id,
        _ => whose.organisation,
    };
    Ok(Seen {
        history: offers::supply_history(db, terms.id, variant)?,
        warehouses: stock::warehouses(db, Some(shipper.raw()), "", onboarding::WAREHOUSES_MOST)?,
        currency: operator.map_or(terms.currency, |operator| operator.currency),
        name,
        terms,
        row,
        offers,
    })
}

/// GET …/supply/{variant}
pub async fn one(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    shown(&app, &visitor, &form, None).await
}

async fn shown(app: &App, visitor: &Visitor, form: &Form, sent: Option<FormView>) -> Answer {
    let (whose, variant) = (Whose::of(visitor)?, id::<Variant>(last_part(visitor))?);
    let (of, asked) = (whose.clone(), form.clone());
    let seen = app.store.read_as(visitor.actor, move |db| see(db, &of, &asked, variant)).await?;
    let (locale, now) = (&visitor.locale, app.store.clock().now());
    let stands = seen.row.price.as_ref().map(|one| one.id);
    let base = format!("{}/supply", whose.home);
    let view = OneView {
        action: format!("{base}/{variant}"),
        back: format!("{base}?agreement={}", seen.terms.id),
        agreement: seen.terms.id.to_string(),
        currency: seen.terms.currency.code().into(),
        under: words::joined(&[seen.row.label.as_str(), seen.row.sku.as_str()], " · "),
        history: seen.history.iter().map(|one| price_view(visitor, one, stands)).collect(),
        offers: seen.offers.iter().map(|one| offer_view(visitor, one)).collect(),
        form: sent.unwrap_or_else(|| begin(&seen)),
        warehouses: seen
            .warehouses
            .iter()
            .map(|one| Choice { code: one.code.clone(), name: format!("{} · {}", one.code, one.name) })
            .collect(),
        currencies: currencies(seen.currency),
        agreed: seen.row.price.is_some_and(|one| one.valid_from <= now),
        can_write: may_write(visitor, &whose),
    };
    let mut above = whose.crumbs(visitor, &seen.name);
    above.push(Crumb::new(&view.back, locale.t("d-supply").to_string()));
    show(app, visitor, whose.desk, "desk/supply_one.html", above, &seen.row.title, &view).await
}

fn begin(seen: &Seen) -> FormView {
    let sold = seen.offers.first();
    let plain = |money: base::Money| money.to_string().split(' ').next().unwrap_or_default().to_owned();
    FormView::of([
        ("price", sold.map(|one| plain(one.offer.price)).unwrap_or_default()),
        ("currency", sold.map_or(seen.currency, |one| one.offer.price.currency).code().to_owned()),
        ("warehouse", sold.map(|one| one.warehouse_code.clone()).unwrap_or_default()),
    ])
}

/// Every currency, the usual one first.
fn currencies(usual: Currency) -> Vec<Choice> {
    let mut all: Vec<Currency> = Currency::all().collect();
    all.sort_by(|one, other| (*one != usual, one.code()).cmp(&(*other != usual, other.code())));
    all.iter().map(|one| Choice { code: one.code().into(), name: one.code().into() }).collect()
}

fn price_view(visitor: &Visitor, one: &SupplyPrice, stands: Option<Id<SupplyPrice>>) -> PriceView {
    PriceView {
        price: visitor.locale.money(one.price),
        from: from(visitor, one.valid_from),
        by: from(visitor, one.at),
        stands: stands == Some(one.id),
    }
}

fn offer_view(visitor: &Visitor, one: &OfferRow) -> OfferView {
    let active = one.offer.status == offers::Status::Active;
    OfferView {
        warehouse: one.warehouse_code.clone(),
        price: visitor.locale.money(one.offer.price),
        available: one.available,
        badge: words::shown(&visitor.locale, active, one.offer.status.name()),
    }
}

/// POST …/supply/{variant}, at the console: agrees a supply price, or puts the variant on sale.
pub async fn change(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (whose, variant) = (Whose::of(&visitor)?, id::<Variant>(last_part(&visitor))?);
    let (of, sent, mark) = (whose.clone(), form.clone(), visitor.locale.mark());
    let write = move |tx: &mut Tx| {
        let seen = see(tx, &of, &sent, variant)?;
        match sent.text("deed") {
            "sell" => sell(tx, &of, &seen, &sent, mark),
            _ => agree(tx, &seen, &sent, mark),
        }
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => {
            let back = format!("{}/supply/{variant}?agreement={}", whose.home, form.text("agreement"));
            Ok(done(&visitor, &back, "d-said-saved"))
        }
        Err(error) => {
            let typed = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, &form, Some(typed)).await)
        }
    }
}

/// The supply price has a field of its own beside the sale's.
fn agree(tx: &mut Tx, seen: &Seen, form: &Form, mark: Mark) -> Result<()> {
    let price = amount(form, "supply", seen.terms.currency, mark)?;
    let valid_from = match form.given("valid_from") {
        Some(day) => begins(tx.now(), day)?,
        None => None,
    };
    let new = AgreeSupply { agreement: seen.terms.id, variant: seen.row.variant, price, valid_from };
    offers::agree_supply(tx, &new).map(drop).map_err(|mut error| {
        error.fields.iter_mut().filter(|field| field.name == "price").for_each(|field| field.name = "supply".into());
        error
    })
}

/// The beginning of a day, UTC; of today none: at once.
fn begins(now: Moment, day: &str) -> Result<Option<Moment>> {
    let wrong = |_| Error::field("valid_from", "date_format", "Write the day like 2026-12-01.");
    let day: Date = base::time::parse_date(day).map_err(wrong)?;
    Ok((day != now.date()).then(|| Moment::at_midnight(day)))
}

fn sell(tx: &mut Tx, whose: &Whose, seen: &Seen, form: &Form, mark: Mark) -> Result<()> {
    let price = amount(form, "price", form.read("currency")?, mark)?;
    let named = seen.warehouses.iter().find(|one| one.code == form.text("warehouse"));
    let needed = || Error::field("warehouse", "required", "Choose where the goods lie.");
    let (warehouse, variant) = (named.ok_or_else(needed)?.id, seen.row.variant);
    let put = PutOffer {
        variant,
        organisation: whose.organisation,
        agreement: seen.terms.id,
        warehouse,
        price,
        compare_at: None,
    };
    offers::put_offer(tx, &put)?;
    if form.given("quantity").is_none() {
        return Ok(());
    }
    let quantity = pieces(form, "quantity", mark)?;
    let key = format!("supply:{}:{}", variant.raw(), tx.now().micros());
    stock::set_on_hand(tx, &Move { warehouse, variant, quantity, key, reason: "by_hand".into() }).map(drop)
}

//! Giving money back: what of the order goes back is chosen on a page, what that does is shown, and only then is it done.

use super::names::organisations;
use crate::page::under;
use axum::extract::{Path, RawQuery, State};
use base::{Error, Id, Mark, Money, Result};
use desk::form::{amount, pieces, reason};
use desk::{Crumb, words};
use frame::{Answer, App, Form, Visitor};
use ledger::Account;
use orders::{Consignment, Line, Order, Whole};
use parties::Organisation;
use serde::Serialize;
use settlement::{Bearer, Foreseen, Refund, What};
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    id: String,
    number: String,
    currency: String,
    consignments: Vec<ConsignmentView>,
    sellers: Vec<SellerView>,
    /// What was chosen, and what it would do.
    asked: Option<AskedView>,
    problem: Option<String>,
}

#[derive(Serialize)]
struct ConsignmentView {
    id: String,
    title: String,
    delivery: String,
    whole: bool,
    restock: bool,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    title: String,
    options: String,
    sold: i64,
    total: String,
}

#[derive(Serialize)]
struct SellerView {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct AskedView {
    /// Fields to send again, so that what was shown is what is done.
    fields: Vec<(String, String)>,
    kind: String,
    amount: String,
    givers: Vec<GiverView>,
    /// Who is not paid a supply price, or gives it back to the operator.
    suppliers: Vec<GiverView>,
    key: String,
}

#[derive(Serialize)]
struct GiverView {
    who: String,
    what: String,
    amount: String,
}

/// GET /console/orders/{order}/refund: what can go back; with a choice in the query also what it would do.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let (mark, key) = (visitor.locale.mark(), app.secrets.next());
    let (whole, asked, names) = app
        .store
        .read_as(visitor.actor, move |db: &mut Read| {
            let whole = orders::whole(db, order)?;
            let asked = form.given("what").map(|_| foresee(db, &whole, &form, mark)).map(|seen| (form.clone(), seen));
            let names = organisations(db, &whole)?;
            Ok((whole, asked, names))
        })
        .await?;
    let mut view = view(&visitor, &whole, &names);
    match asked {
        None => {}
        Some((form, Ok((kind, seen)))) => view.asked = Some(asked_view(&visitor, &names, &form, kind, &seen, &key)),
        Some((_, Err(error))) => view.problem = Some(reason(&visitor.locale, &error)),
    }
    let above = vec![
        Crumb::new("/console/orders", visitor.locale.t("d-menu-orders").to_string()),
        Crumb::new(format!("/console/orders/{id}"), whole.order.number.clone()),
    ];
    let title = visitor.locale.t("c-refund").to_string();
    under(&app, &visitor, "console/refund.html", above, &title, &view).await
}

/// POST /console/orders/{order}/refund: does what was shown.
pub async fn give(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (order, mark) = (desk::id::<Order>(&id)?, visitor.locale.mark());
    let back = format!("/console/orders/{id}");
    let again = format!("{back}/refund?{}", form.encode_but(&["csrf", "key"], &[]));
    let deed = move |tx: &mut Tx| {
        let whole = orders::whole(tx, order)?;
        let refund = Refund {
            order,
            what: what(&whole, &form, mark)?,
            reason: form.given("reason").unwrap_or("goodwill").to_owned(),
            // The form's own key: sent twice, it refunds once.
            key: format!("console:{}:{}", order.raw(), form.text("key")),
        };
        settlement::refund(tx, &refund).map(drop)
    };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(desk::done(&visitor, &back, "c-said-refunded")),
        Err(error) => desk::refused(&visitor, &again, error),
    }
}

fn foresee(db: &mut Read, whole: &Whole, form: &Form, mark: Mark) -> Result<(&'static str, Foreseen)> {
    let what = what(whole, form, mark)?;
    Ok((what.name(), settlement::foresee(db, whole.order.id, &what)?))
}

/// What the form asks for. Errors: no amount, no pieces, an unknown choice.
fn what(whole: &Whole, form: &Form, mark: Mark) -> Result<What> {
    let currency = whole.order.currency;
    match form.text("what") {
        "pieces" => {
            let mut lines = Vec::new();
            for line in &whole.lines {
                let name = format!("pieces-{}", line.id);
                if form.given(&name).is_some() {
                    let asked = pieces(form, &name, mark)?;
                    lines.extend((asked != 0).then_some((line.id, asked)));
                }
            }
            match lines.is_empty() {
                true => Err(Error::field("pieces", "required", "Write of which line how many pieces go back.")),
                false => Ok(What::Pieces { lines, restock: form.ticked("restock") }),
            }
        }
        "delivery" => Ok(What::Delivery(desk::id::<Consignment>(form.text("consignment"))?)),
        "consignment" => Ok(What::Consignment(desk::id::<Consignment>(form.text("consignment"))?)),
        "reduction" => {
            let line = form.given("line").map(desk::id::<Line>).transpose()?;
            Ok(What::Reduction { amount: amount(form, "amount", currency, mark)?, line })
        }
        "goodwill" => {
            let bearer = match form.text("bearer") {
                "platform" => Bearer::Platform,
                seller => Bearer::Seller(desk::id(seller)?),
            };
            Ok(What::Goodwill { amount: amount(form, "amount", currency, mark)?, bearer })
        }
        _ => Err(Error::invalid("unknown_deed", "There is no such action.")),
    }
}

fn view(visitor: &Visitor, whole: &Whole, names: &BTreeMap<Id<Organisation>, String>) -> View {
    let locale = &visitor.locale;
    let count = whole.consignments.len();
    let consignment = |(index, one): (usize, &Consignment)| ConsignmentView {
        id: one.id.to_string(),
        title: locale.fill("c-consignment-of", &[("n", (index + 1).into()), ("of", count.into())]),
        delivery: locale.money(one.shipping),
        whole: matches!(one.state, orders::State::ToPack | orders::State::Delivered | orders::State::Completed),
        restock: one.handed_over_at.is_some(),
        lines: whole.lines_of(one.id).map(|line| line_view(visitor, line)).collect(),
    };
    let live = whole.consignments.iter().enumerate().filter(|(_, one)| one.state != orders::State::Cancelled);
    let own = whole.lines.iter().filter(|line| line.terms.merchant_of_record == terms::Party::Seller);
    let sellers: BTreeSet<Id<Organisation>> = own.map(|line| line.organisation).collect();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    View {
        id: whole.order.id.to_string(),
        number: whole.order.number.clone(),
        currency: whole.order.currency.code().to_owned(),
        consignments: live.map(consignment).collect(),
        sellers: sellers.into_iter().map(|id| SellerView { id: id.to_string(), name: name(id) }).collect(),
        asked: None,
        problem: None,
    }
}

fn line_view(visitor: &Visitor, line: &Line) -> LineView {
    LineView {
        id: line.id.to_string(),
        title: line.title.clone(),
        options: line.options.clone(),
        sold: line.quantity,
        total: visitor.locale.money(line.total),
    }
}

fn asked_view(
    visitor: &Visitor,
    names: &BTreeMap<Id<Organisation>, String>,
    form: &Form,
    kind: &'static str,
    seen: &Foreseen,
    key: &str,
) -> AskedView {
    let locale = &visitor.locale;
    let giver = |(account, amount): &(Account, Money)| {
        let (who, what) = giver_of(visitor, names, account);
        GiverView { who, what, amount: locale.money(*amount) }
    };
    let supplier = |(account, amount): &(Account, Money)| GiverView {
        what: locale.t("c-giver-supply").to_string(),
        ..giver(&(account.clone(), *amount))
    };
    AskedView {
        fields: form.fields().to_vec(),
        kind: words::word(locale, "c-refund", kind),
        amount: locale.money(seen.amount),
        givers: seen.givers.iter().map(giver).collect(),
        suppliers: seen.supply.iter().map(supplier).collect(),
        key: key.to_owned(),
    }
}

/// Who gives, and what of: by the family of the account.
fn giver_of(visitor: &Visitor, names: &BTreeMap<Id<Organisation>, String>, account: &Account) -> (String, String) {
    let locale = &visitor.locale;
    let parts: Vec<&str> = account.code.split(':').collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let platform = || locale.t("c-bearer-platform").to_string();
    match part(0) {
        "seller" => {
            let name = names.get(&Id::from_raw(account.owner)).cloned().unwrap_or_default();
            (name, words::word(locale, "c-share", "goods"))
        }
        "tax" if part(2) == "commission" => {
            (locale.t("c-tax-and-customs").to_string(), words::word(locale, "c-share", "commission_tax"))
        }
        family @ ("tax" | "duty") => {
            let what = words::word(locale, "c-share", family);
            (locale.t("c-tax-and-customs").to_string(), format!("{what} {} {}", part(1), part(2).to_uppercase()))
        }
        _ => (platform(), words::word(locale, "c-giver", part(1))),
    }
}

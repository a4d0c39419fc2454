//! GET and POST /order/{token}/change: a paid order is changed before it is packed. A form of what there shall be; what that costs,
//! held for some minutes; agreeing to it, or leaving the order as it is. What a seller or the shop proposes is answered here, too.

use crate::asked::{Asked, AskedView};
use crate::cart;
use crate::order::{decider, open};
use amendments::{Amendment, AskAmendment, State};
use axum::extract::{Path, State as Given};
use base::{Error, Id, Kind, Result};
use checkout::{CartView, Choice};
use door::ConsignmentPrice;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::amend_form::{self, GroupView};
use frame::parts::amendment::{self, Change, ChangeView, PiecesView};
use frame::parts::field::problems_title;
use frame::visitor::Visitor;
use orders::{Consignment, Order, Sums, Whole};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    url: String,
    number: String,
    /// What was proposed, if its time is not over.
    does: Option<DoesView>,
    /// A seller or the shop asks.
    asked: Option<AskedView>,
    /// An agreed change waits for this much.
    waits: Option<String>,
    groups: Vec<GroupView>,
    basket: Vec<PiecesView>,
    from_basket: bool,
    problems: Vec<Problem>,
    problems_title: String,
}

/// What a change makes of the order.
#[derive(Serialize)]
struct DoesView {
    id: String,
    does: ChangeView,
    minutes: i64,
}

/// What the page is made from.
struct Seen {
    whole: Whole,
    live: Option<Amendment>,
    /// Of the consignments that make way for what was proposed: what is left, by part.
    parts: Option<Sums>,
    /// A seller or the shop asks.
    asked: Option<Asked>,
    services: Vec<ConsignmentPrice>,
}

/// GET /order/{token}/change
pub async fn page(Given(app): Given<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    shown(&app, &visitor, &token, &order, &form, Vec::new()).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    token: &str,
    order: &Order,
    form: &Form,
    problems: Vec<Problem>,
) -> Answer {
    let (id, world) = (order.id, app.world());
    let read = move |db: &mut Read| {
        let live = amendments::live(db, id)?.filter(|one| one.state == State::Agreed || one.expires_at > db.now());
        let services = amendments::services(db, &world, id, None).or_else(|error| match error.kind {
            Kind::Conflict => Ok(Vec::new()),
            _ => Err(error),
        })?;
        let whole = orders::whole(db, id)?;
        let change = live.as_ref().and_then(|one| one.change.as_ref());
        let parts = change.map(|change| settlement::left_parts(db, &whole, &change.replaces())).transpose()?;
        let asked = Asked::of(db, &whole)?;
        Ok(Seen { whole, live, parts, asked, services })
    };
    let seen = app.store.read_as(visitor.actor, read).await?;
    let basket = cart::look(app, visitor).await?;
    let refused = !problems.is_empty();
    let mut view = view(visitor, token, &seen, basket.as_ref(), form, problems)?;
    view.asked = seen.asked.as_ref().map(|asked| asked.view(app, visitor, &seen.whole));
    let head = Head::titled(&*visitor.locale.t("amend-title")).unlisted();
    let response = page::render(app, visitor, "shop/order_change.html", head, &view)?;
    Ok(if refused { unprocessable(response) } else { response })
}

fn view(
    visitor: &Visitor,
    token: &str,
    seen: &Seen,
    basket: Option<&CartView>,
    form: &Form,
    problems: Vec<Problem>,
) -> Result<View> {
    let (locale, whole) = (&visitor.locale, &seen.whole);
    let open = orders::amendable(whole);
    let live = |state| seen.live.as_ref().filter(|one| one.state == state);
    let groups = open.into_iter().map(|one| amend_form::group(visitor, whole, &seen.services, one, form));
    let lines = basket.iter().flat_map(|cart| &cart.consignments).flat_map(|one| &one.lines);
    Ok(View {
        url: format!("/order/{token}"),
        number: whole.order.number.clone(),
        does: live(State::Proposed).map(|known| does(visitor, seen, known)).transpose()?,
        asked: None,
        waits: live(State::Agreed).map(|known| locale.money(known.more())),
        groups: groups.collect(),
        basket: lines.map(basket_line).collect(),
        from_basket: form.ticked("basket"),
        problems_title: problems_title(locale, &problems),
        problems,
    })
}

fn basket_line(line: &checkout::LineView) -> PiecesView {
    PiecesView { title: line.title.clone(), options: line.facts.label.clone(), n: line.quantity }
}

fn does(visitor: &Visitor, seen: &Seen, known: &Amendment) -> Result<DoesView> {
    let over = || Error::internal(format!("{} has no body", known.id));
    let replaces = known.change.as_ref().ok_or_else(over)?.replaces();
    let amended = known.carried_out(&seen.whole.order.address, visitor.now.date()).ok_or_else(over)?;
    let parts = seen.parts.ok_or_else(over)?;
    let change = Change { whole: &seen.whole, replaces: &replaces, parts, left: known.left, amended: &amended };
    Ok(DoesView {
        id: known.id.to_string(),
        does: amendment::view(visitor, &change)?,
        minutes: (known.expires_at.seconds_since(visitor.now).max(0) + 59) / 60,
    })
}

/// POST /order/{token}/change: sees what a wish costs, agrees to it, or leaves the order as it is.
pub async fn save(Given(app): Given<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let done = match form.text("do") {
        "agree" => agree(&app, &visitor, &order, &form).await.map(|known| match known.due {
            Some(_) => format!("/order/{token}#due"),
            None => format!("/order/{token}"),
        }),
        "leave" => leave(&app, &visitor, &order).await.map(|()| format!("/order/{token}")),
        _ => propose(&app, &visitor, &order, &form).await.map(|()| {
            let basket = if form.ticked("basket") { "?basket=1" } else { "" };
            format!("/order/{token}/change{basket}")
        }),
    };
    match done {
        Ok(to) => {
            let mut response = redirect(&to);
            if let (true, true, Some(cart)) = (form.text("do") == "agree", form.ticked("basket"), &visitor.cart) {
                let left = cart::pieces(&app, &visitor).await?;
                set_cookies(&mut response, visitor.cart_cookies(cart, left));
            }
            Ok(response)
        }
        Err(error) => {
            let problems = amendment::problems(&visitor.locale, error)?;
            shown(&app, &visitor, &token, &order, &form, problems).await
        }
    }
}

async fn propose(app: &App, visitor: &Visitor, order: &Order, form: &Form) -> Result<()> {
    let (id, asked, world) = (order.id, form.clone(), app.world());
    let basket = if form.ticked("basket") { cart::look(app, visitor).await? } else { None };
    let lines = basket.iter().flat_map(|cart| &cart.consignments).flat_map(|one| &one.lines);
    let add: Vec<_> = lines.map(|line| (line.facts.offer, line.quantity)).collect();
    let write = move |tx: &mut Tx| {
        let whole = orders::whole(tx, id)?;
        let lines = amend_form::pieces(&asked, &whole.lines)?;
        let services = services(&whole, &asked);
        let ask = AskAmendment { order: id, lines, add: add.clone(), services, address: None, to_buyer: None };
        amendments::propose(tx, &world, &ask).map(drop)
    };
    app.store.write_as(decider(visitor, order), write).await
}

fn services(whole: &Whole, form: &Form) -> Vec<Choice> {
    let choice = |one: &Consignment| {
        let service = amend_form::service(form, one)?.to_owned();
        Some(Choice { organisation: one.organisation, warehouse: one.warehouse, service })
    };
    whole.consignments.iter().filter(|one| one.replaced_by.is_none()).filter_map(choice).collect()
}

/// What was taken over from the basket is in the order now.
async fn agree(app: &App, visitor: &Visitor, order: &Order, form: &Form) -> Result<Amendment> {
    let (id, provider) = (order.id, app.providers().taking().name());
    let wanted: Id<Amendment> = form.read("amendment")?;
    let write = move |tx: &mut Tx| {
        let brought = amendments::of_order(tx, id, wanted)?.change;
        Ok((amendments::agree(tx, wanted, provider)?, brought))
    };
    let (known, brought) = app.store.write_as(decider(visitor, order), write).await?;
    if let (true, Some(reach), Some(brought)) = (form.ticked("basket"), cart::reach(visitor), brought) {
        let offers: Vec<_> =
            brought.amended.consignments.iter().flat_map(|one| &one.lines).map(|line| line.offer).collect();
        cart::take_out(app, visitor, reach, offers).await?;
    }
    Ok(known)
}

async fn leave(app: &App, visitor: &Visitor, order: &Order) -> Result<()> {
    let id = order.id;
    let write = move |tx: &mut Tx| match amendments::live(tx, id)? {
        Some(known) => amendments::withdraw(tx, known.id),
        None => Ok(()),
    };
    app.store.write_as(decider(visitor, order), write).await
}

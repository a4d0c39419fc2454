//! Proposing a change of a paid order to its buyer, at both desks: the operator of the whole order, a seller of what it sells itself.
//! What it would cost is shown before; nothing changes unless the buyer says yes.

use crate::form::unaccepted;
use crate::page::{done, show};
use crate::place::{Crumb, Desk, id, own};
use crate::time::moment;
use amendments::{Amendment, AskAmendment, Foreseen, State as Stands, ToBuyer};
use axum::extract::{Path, State};
use base::{Error, Id, Result};
use checkout::Choice;
use door::{ConsignmentPrice, World};
use frame::parts::address::Problem;
use frame::parts::amend_form::{self, GroupView};
use frame::parts::amendment::{self, Change, ChangeView};
use frame::parts::field::problems_title;
use frame::parts::paper::reach;
use frame::parts::take_out::why_word;
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor};
use offers::OfferFacts;
use orders::{Consignment, Order, Side, Sums, Whole};
use parties::Organisation;
use serde::Serialize;
use settlement::Why;
use std::sync::Arc;
use store::{Read, Tx};

/// Other goods that are offered in the form without being looked for: of the products that were bought.
const BESIDE: usize = 20;

#[derive(Serialize)]
struct View {
    number: String,
    action: String,
    back: String,
    /// What the form asks for would come to.
    does: Option<ChangeView>,
    reason: String,
    /// Fields to send again, so that what was shown is what is proposed.
    fields: Vec<(String, String)>,
    /// What waits for the buyer's answer.
    waits: Option<WaitsView>,
    past: Vec<PastView>,
    groups: Vec<GroupView>,
    beside: Vec<BesideView>,
    sku: String,
    sku_pieces: String,
    reasons: Vec<ReasonView>,
    words: String,
    most_words: usize,
    problems: Vec<Problem>,
    problems_title: String,
}

#[derive(Serialize)]
struct WaitsView {
    id: String,
    until: String,
    amount: String,
    /// The buyer said yes and has to pay.
    agreed: bool,
    /// It was proposed at this desk.
    own: bool,
}

/// A proposal that is over.
#[derive(Serialize)]
struct PastView {
    at: String,
    became: String,
    reason: String,
}

#[derive(Serialize)]
struct BesideView {
    offer: String,
    title: String,
    options: String,
    picture: String,
    price: String,
    left: i64,
    value: String,
}

#[derive(Serialize)]
struct ReasonView {
    code: &'static str,
    name: String,
    chosen: bool,
}

/// What the address of a page names.
#[derive(Clone, Copy)]
enum Of {
    /// An order, at the console.
    Order(Id<Order>),
    /// A consignment, of the seller whose goods it has.
    Consignment(Id<Organisation>, Id<Consignment>),
}

impl Of {
    fn named(visitor: &Visitor, desk: Desk, text: &str) -> Result<Of> {
        match desk {
            Desk::Console => Ok(Of::Order(id(text)?)),
            Desk::Seller => Ok(Of::Consignment(own(visitor)?, id(text)?)),
        }
    }

    fn seller(self) -> Option<Id<Organisation>> {
        match self {
            Of::Order(_) => None,
            Of::Consignment(own, _) => Some(own),
        }
    }

    fn order(self, db: &mut Read) -> Result<Id<Order>> {
        match self {
            Of::Order(order) => Ok(order),
            Of::Consignment(own, known) => Ok(reach(db, own, known)?.order),
        }
    }
}

/// Where a desk's orders stand.
fn list_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Console => "/console/orders",
        Desk::Seller => "/seller/orders",
    }
}

struct Seen {
    whole: Whole,
    services: Vec<ConsignmentPrice>,
    beside: Vec<OfferFacts>,
    offered: Vec<Amendment>,
    foreseen: Option<Result<(Foreseen, Sums)>>,
}

fn see(db: &mut Read, world: &Arc<World>, of: Of, form: &Form, tag: &str) -> Result<Seen> {
    let order = of.order(db)?;
    let mut whole = orders::whole(db, order)?;
    let foreseen = form.given("look").map(|_| {
        let ask = wish(db, &whole, of, form)?;
        let foreseen = amendments::foresee(db, world, &ask)?;
        let parts = settlement::left_parts(db, &whole, &foreseen.change.replaces())?;
        Ok((foreseen, parts))
    });
    let beside = beside(db, &whole, of)?;
    whole.lines = retitle(db, tag, whole.lines)?;
    Ok(Seen {
        services: amendments::services(db, world, order, of.seller()).unwrap_or_default(),
        offered: amendments::offered(db, order, of.seller())?,
        whole,
        beside,
        foreseen,
    })
}

/// What else is sold of the products in question, by whom they were bought from.
fn beside(db: &mut Read, whole: &Whole, of: Of) -> Result<Vec<OfferFacts>> {
    let open: Vec<Consignment> = amendments::amendable(whole, of.seller()).into_iter().cloned().collect();
    let mut found: Vec<OfferFacts> = Vec::new();
    let mut products = Vec::new();
    for line in open.iter().flat_map(|one| whole.lines_of(one.id)).filter(|line| line.to_send() > 0) {
        if products.contains(&line.product) {
            continue;
        }
        products.push(line.product);
        let others = offers::facts_of_product(db, line.product)?.into_iter();
        let is_other = |facts: &OfferFacts| {
            facts.organisation == line.organisation
                && facts.on_sale
                && facts.available > 0
                && !whole.lines.iter().any(|line| line.offer == facts.offer && line.to_send() > 0)
        };
        found.extend(others.filter(is_other));
    }
    found.truncate(BESIDE);
    Ok(found)
}

/// What the form asks for. Errors: what is no number, a reason that is none, an SKU of which nothing is on sale.
fn wish(db: &mut Read, whole: &Whole, of: Of, form: &Form) -> Result<AskAmendment> {
    let open: Vec<Consignment> = amendments::amendable(whole, of.seller()).into_iter().cloned().collect();
    let (mut lines, mut add, mut services) = (Vec::new(), Vec::new(), Vec::new());
    for one in &open {
        lines.extend(amend_form::pieces(form, whole.lines_of(one.id))?);
        if let Some(service) = amend_form::service(form, one) {
            let (organisation, warehouse) = (one.organisation, one.warehouse);
            services.push(Choice { organisation, warehouse, service: service.to_owned() });
        }
    }
    for (name, text) in form.fields().iter().filter(|(_, text)| !text.is_empty() && text != "0") {
        if let Some(offer) = name.strip_prefix("add-") {
            add.push((offer.parse()?, amend_form::whole_number(text)?));
        }
    }
    if let Some(sku) = form.given("sku") {
        let pieces = amend_form::whole_number(form.given("sku_pieces").unwrap_or("1"))?;
        add.push((by_sku(db, &open, sku)?, pieces));
    }
    let unknown = || Error::field("reason", "unknown_choice", "Choose why: the buyer is told.");
    let reason = Why::named(form.text("reason")).ok_or_else(unknown)?;
    let to_buyer = Some(ToBuyer { reason, words: form.text("words").to_owned() });
    Ok(AskAmendment { order: whole.order.id, lines, add, services, address: None, to_buyer })
}

/// The offer of goods with this SKU, of whoever sells something of what can be changed.
fn by_sku(db: &mut Read, open: &[Consignment], sku: &str) -> Result<Id<offers::Offer>> {
    for one in open {
        let Some(variant) = catalog::variant_by_sku(db, one.organisation.raw(), sku)? else { continue };
        let offers = offers::facts_of_product(db, variant.product)?;
        let is_it = |facts: &&OfferFacts| {
            facts.variant == variant.id && facts.organisation == one.organisation && facts.on_sale
        };
        if let Some(facts) = offers.iter().find(is_it) {
            return Ok(facts.offer);
        }
    }
    Err(Error::field("sku", "unknown_sku", "Nothing is on sale with this SKU."))
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form, error: Option<Error>) -> Answer {
    let (of, tag, world, asked) = (Of::named(visitor, desk, id)?, visitor.locale.tag, app.world(), form.clone());
    let seen = app.store.read_as(visitor.actor, move |db| see(db, &world, of, &asked, tag)).await?;
    let list = list_of(desk);
    let back = format!("{list}/{id}");
    let number = seen.whole.order.number.clone();
    let view = view(visitor, desk, (of, &back), &seen, form, error)?;
    let above = vec![Crumb::new(list, visitor.locale.t("d-menu-orders").to_string()), Crumb::new(back, number)];
    let title = visitor.locale.t("d-change-title").to_string();
    let refused = !view.problems.is_empty();
    let answer = show(app, visitor, desk, "desk/change.html", above, &title, &view).await;
    if refused { unaccepted(answer) } else { answer }
}

fn view(
    visitor: &Visitor,
    desk: Desk,
    (of, back): (Of, &str),
    seen: &Seen,
    form: &Form,
    error: Option<Error>,
) -> Result<View> {
    let locale = &visitor.locale;
    let (does, refused) = match (&seen.foreseen, error) {
        (_, Some(error)) => (None, Some(error)),
        (Some(Ok((foreseen, parts))), None) => (Some(does(visitor, &seen.whole, foreseen, *parts)?), None),
        (Some(Err(error)), None) => (None, Some(error.clone())),
        (None, None) => (None, None),
    };
    let problems = refused.map(|error| amendment::problems(locale, error)).transpose()?.unwrap_or_default();
    let chosen = form.text("reason");
    let reason =
        |why: &Why| ReasonView { code: why.name(), name: why_word(locale, *why), chosen: why.name() == chosen };
    let is_sent = |name: &str| {
        ["pieces-", "service-", "add-"].iter().any(|start| name.starts_with(start))
            || ["reason", "words", "sku", "sku_pieces"].contains(&name)
    };
    let (over, waits): (Vec<_>, Vec<_>) = seen.offered.iter().partition(|one| one.ended_at.is_some());
    Ok(View {
        number: seen.whole.order.number.clone(),
        action: format!("{back}/change"),
        back: back.to_owned(),
        reason: Why::named(chosen).map(|why| why_word(locale, why)).unwrap_or_default(),
        fields: form.fields().iter().filter(|(name, _)| is_sent(name)).cloned().collect(),
        waits: waits.first().map(|one| waiting(visitor, desk, one)),
        past: over.into_iter().map(|one| past(visitor, one)).collect(),
        groups: amendments::amendable(&seen.whole, of.seller())
            .into_iter()
            .map(|one| amend_form::group(visitor, &seen.whole, &seen.services, one, form))
            .collect(),
        beside: seen.beside.iter().map(|facts| beside_view(visitor, facts, form)).collect(),
        sku: form.text("sku").to_owned(),
        sku_pieces: form.given("sku_pieces").unwrap_or("1").to_owned(),
        reasons: Why::of(Side::Seller).iter().map(reason).collect(),
        words: form.text("words").to_owned(),
        most_words: amendments::WORDS,
        problems_title: problems_title(locale, &problems),
        problems,
        does,
    })
}

fn does(visitor: &Visitor, whole: &Whole, foreseen: &Foreseen, parts: Sums) -> Result<ChangeView> {
    let replaces = foreseen.change.replaces();
    let change = Change { whole, replaces: &replaces, parts, left: foreseen.left, amended: &foreseen.change.amended };
    amendment::view(visitor, &change)
}

fn waiting(visitor: &Visitor, desk: Desk, one: &Amendment) -> WaitsView {
    WaitsView {
        id: one.id.to_string(),
        until: moment(visitor, one.expires_at),
        amount: visitor.locale.money(one.total),
        agreed: one.state == Stands::Agreed,
        own: desk == Desk::Console || one.side == Side::Seller,
    }
}

fn past(visitor: &Visitor, one: &Amendment) -> PastView {
    let code = if one.state == Stands::Done { "done" } else { one.why.as_str() };
    PastView {
        at: moment(visitor, one.ended_at.unwrap_or(one.proposed_at)),
        became: words_of(visitor, code),
        reason: one.reason.map(|why| why_word(&visitor.locale, why)).unwrap_or_default(),
    }
}

fn words_of(visitor: &Visitor, code: &str) -> String {
    crate::words::word(&visitor.locale, "d-change-became", code)
}

fn beside_view(visitor: &Visitor, facts: &OfferFacts, form: &Form) -> BesideView {
    BesideView {
        value: form.text(&format!("add-{}", facts.offer)).to_owned(),
        offer: facts.offer.to_string(),
        title: facts.title.clone(),
        options: facts.label.clone(),
        picture: facts.image.clone(),
        price: visitor.locale.money(facts.price),
        left: facts.available,
    }
}

async fn act(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let (of, asked, world) = (Of::named(visitor, desk, id)?, form.clone(), app.world());
    let takes_back = form.text("do") == "withdraw";
    let deed = move |tx: &mut Tx| {
        let order = of.order(tx)?;
        if takes_back {
            let known = amendments::of_order(tx, order, asked.read("amendment")?)?;
            return amendments::withdraw(tx, known.id);
        }
        let whole = orders::whole(tx, order)?;
        let ask = wish(tx, &whole, of, &asked)?;
        amendments::propose(tx, &world, &ask).map(drop)
    };
    let said = if takes_back { "d-said-change-withdrawn" } else { "d-said-change-proposed" };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(done(visitor, &format!("{}/{id}/change", list_of(desk)), said)),
        Err(error) => page(app, visitor, desk, id, form, Some(error)).await,
    }
}

/// GET /console/orders/{order}/change: what can be proposed; with a choice in the query, what that would cost.
pub async fn console(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    page(&app, &visitor, Desk::Console, &id, &form, None).await
}

/// POST /console/orders/{order}/change: asks the buyer for what was shown, or takes it back.
pub async fn console_act(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    act(&app, &visitor, Desk::Console, &id, &form).await
}

/// GET /seller/orders/{consignment}/change: what can be proposed; with a choice in the query, what that would cost.
pub async fn seller(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    page(&app, &visitor, Desk::Seller, &id, &form, None).await
}

/// POST /seller/orders/{consignment}/change: asks the buyer for what was shown, or takes it back.
pub async fn seller_act(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    act(&app, &visitor, Desk::Seller, &id, &form).await
}

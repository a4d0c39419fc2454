//! The basket: what is in it, priced at the door of this moment, and what cannot be sent.

use axum::extract::State;
use base::{Error, Id, Kind, Result};
use checkout::{CartView, Change, ConsignmentView, NewCart, Reach, SetDestination};
use frame::App;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::gate::set_cookies;
use frame::language::Locale;
use frame::page::{self, Head, redirect};
use frame::parts::cost::{self, CostView};
use frame::parts::words;
use frame::preferences::Preferences;
use frame::visitor::Visitor;
use serde::Serialize;
use store::Tx;

/// How this visitor opens a cart; nothing if there is none.
pub fn reach(visitor: &Visitor) -> Option<Reach> {
    let own = || visitor.session.as_ref().map(|session| Reach::Person(session.person));
    visitor.cart.clone().map(Reach::Token).or_else(own)
}

/// Whether an error only says that there is no (open) cart.
pub fn is_gone(error: &Error) -> bool {
    matches!(error.code, "cart_unknown" | "cart_ordered")
}

/// The cart with its prices, or nothing when there is none.
pub async fn look(app: &App, visitor: &Visitor) -> Result<Option<CartView>> {
    let Some(reach) = reach(visitor) else { return Ok(None) };
    let world = app.world();
    let seen = app.store.read_as(visitor.actor, move |db| checkout::view(db, &world, &reach)).await;
    match seen {
        Ok(view) if view.cart.state == checkout::CartState::Open => Ok(Some(view)),
        Ok(_) => Ok(None),
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sends the cart where the preferences say. Gives what changed, as sentences; nothing if there is no cart.
pub async fn follow(app: &App, visitor: &Visitor, after: &Preferences) -> Result<Option<String>> {
    let Some(reach) = reach(visitor) else { return Ok(None) };
    let world = app.world();
    let set = SetDestination {
        cart: reach,
        destination: after.destination,
        region: after.region.clone(),
        currency: Some(after.currency),
        language: after.language.parse().ok(),
    };
    let done = app.store.write_as(visitor.actor, move |tx| checkout::set_destination(tx, &world, &set)).await;
    match done {
        Ok((_, changes)) => {
            let locale = app.languages.find(after.language).unwrap_or(app.languages.english());
            let said: Vec<String> = changes.iter().filter_map(|change| change_text(locale, change)).collect();
            Ok(Some(said.into_iter().take(12).collect::<Vec<_>>().join("\n")))
        }
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn change_text(locale: &Locale, change: &Change) -> Option<String> {
    let title = || ("title", change.title.as_str().into());
    let money = |amount| locale.money(amount).into();
    match (change.before, change.after) {
        (Some(before), Some(after)) if before != after => {
            Some(locale.fill("change-price", &[title(), ("before", money(before)), ("after", money(after))]))
        }
        (None, Some(after)) => Some(locale.fill("change-back", &[title(), ("after", money(after))])),
        (Some(_), None) => Some(locale.fill("change-lost", &[title()])),
        _ => None,
    }
}

#[derive(Serialize)]
struct View {
    pieces: i64,
    lines: bool,
    changes: Vec<String>,
    groups: Vec<Group>,
    lost: Vec<Line>,
    cost: Option<CostView>,
}

/// What one seller sends from one place.
#[derive(Serialize)]
pub struct Group {
    from: String,
    seller: String,
    lines: Vec<Line>,
    arrives: String,
    service: String,
}

/// One line of the basket.
#[derive(Serialize)]
pub struct Line {
    offer: String,
    url: String,
    title: String,
    picture: String,
    detail: String,
    quantity: i64,
    goods: String,
    problem: Option<String>,
}

/// GET /cart
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let cart = look(&app, &visitor).await?;
    let locale = &visitor.locale;
    let changes = visitor.flash.as_deref().unwrap_or_default();
    let view = match &cart {
        Some(cart) => View {
            pieces: cart.pieces,
            lines: cart.pieces > 0,
            changes: changes.lines().map(String::from).collect(),
            groups: cart.consignments.iter().map(|one| group(locale, &visitor, one)).collect(),
            lost: lost(locale, cart),
            cost: cart_cost(locale, &app.world(), cart),
        },
        None => View { pieces: 0, lines: false, changes: Vec::new(), groups: Vec::new(), lost: Vec::new(), cost: None },
    };
    page::render(&app, &visitor, "shop/cart.html", Head::titled(&*locale.t("basket-title")).unlisted(), &view)
}

fn group(locale: &Locale, visitor: &Visitor, one: &ConsignmentView) -> Group {
    let first = one.options.first();
    Group {
        from: locale.country(one.dispatch),
        seller: one.seller_name.clone(),
        lines: one
            .lines
            .iter()
            .map(|line| Line {
                offer: line.facts.offer.to_string(),
                url: format!("/p/{}?offer={}", line.facts.slug, line.facts.offer),
                title: line.title.clone(),
                picture: line.facts.image.clone(),
                detail: words::beside(&[
                    &line.facts.label,
                    &words::supplied(locale, line.facts.supply, visitor.today()),
                ]),
                quantity: line.quantity,
                goods: locale.money(line.share.goods),
                problem: line.short.then(|| match line.facts.available {
                    1.. => locale.fill("few-left", &[("n", line.facts.available.into())]),
                    _ => locale.t("sold-out").to_string(),
                }),
            })
            .collect(),
        arrives: first
            .map_or_else(String::new, |option| locale.window(option.arrives.0, option.arrives.1, visitor.today())),
        service: first.map_or_else(String::new, |option| words::service(locale, option.service)),
    }
}

fn lost(locale: &Locale, cart: &CartView) -> Vec<Line> {
    let line = |unsold: &checkout::UnsoldView| Line {
        offer: unsold.facts.offer.to_string(),
        url: format!("/p/{}", unsold.facts.slug),
        title: unsold.title.clone(),
        picture: unsold.facts.image.clone(),
        detail: unsold.facts.label.clone(),
        quantity: unsold.quantity,
        goods: String::new(),
        problem: Some(match unsold.reasons.first() {
            Some(why) => words::unsold(locale, why),
            None => locale.t("unsold-paused").to_string(),
        }),
    };
    cart.unsold.iter().map(line).collect()
}

fn cart_cost(locale: &Locale, world: &door::World, cart: &CartView) -> Option<CostView> {
    let firsts: Vec<_> = cart.consignments.iter().filter_map(|one| one.options.first()).collect();
    if firsts.is_empty() {
        return None;
    }
    let pieces: i64 = cart.consignments.iter().flat_map(|one| &one.lines).map(|line| line.quantity).sum();
    let landed: Vec<_> = firsts.iter().map(|option| &option.landed).collect();
    let priced = cart.consignments.iter().flat_map(|one| &one.lines).map(|line| line.facts.price.currency);
    let rates_of = cost::oldest_rate(world, priced, cart.cart.currency);
    let words = words::of_groups(locale, pieces, firsts.len(), rates_of, world);
    Some(cost::breakdown(locale, &landed, cart.cart.currency, words))
}

/// POST /cart/lines: adds pieces, or with `set` says how many there are.
pub async fn put(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let offer: Id<offers::Offer> = form.read("offer")?;
    let quantity: i64 = form
        .given("quantity")
        .unwrap_or("1")
        .parse()
        .map_err(|_| Failure(Error::field("quantity", "out_of_range", "Say how many pieces, in figures.")))?;
    let (sets, wanted) = (form.ticked("set"), visitor.preferences.clone());
    let given = reach(&visitor);
    let done = app
        .store
        .write_as(visitor.actor, move |tx| {
            let (reach, token) = open(tx, given.as_ref(), &wanted)?;
            match sets {
                true => checkout::put_line(tx, &reach, offer, quantity)?,
                false => checkout::add_line(tx, &reach, offer, quantity)?,
            };
            Ok((checkout::pieces(tx, &reach)?, token))
        })
        .await?;
    let (pieces, fresh) = done;
    let mut response = redirect("/cart");
    if let Some(token) = fresh.as_ref().or(visitor.cart.as_ref()) {
        set_cookies(&mut response, visitor.cart_cookies(token, pieces));
    }
    Ok(response)
}

/// Takes offers out of a cart, which came into an order by a change of it.
pub async fn take_out(app: &App, visitor: &Visitor, reach: Reach, offers: Vec<Id<offers::Offer>>) -> Result<()> {
    let write = move |tx: &mut Tx| {
        offers.iter().try_for_each(|offer| match checkout::put_line(tx, &reach, *offer, 0) {
            Err(error) if !is_gone(&error) => Err(error),
            _ => Ok(()),
        })
    };
    app.store.write_as(visitor.actor, write).await
}

/// Pieces in the visitor's cart.
pub async fn pieces(app: &App, visitor: &Visitor) -> Result<i64> {
    let Some(reach) = reach(visitor) else { return Ok(0) };
    app.store.read_as(visitor.actor, move |db| checkout::pieces(db, &reach)).await
}

/// The visitor's open cart, or a new one with its token for the cookie.
fn open(tx: &mut Tx, given: Option<&Reach>, wanted: &Preferences) -> Result<(Reach, Option<String>)> {
    if let Some(reach) = given {
        match checkout::find(tx, reach) {
            Ok(cart) if cart.state == checkout::CartState::Open => return Ok((reach.clone(), None)),
            Ok(_) => {}
            Err(error) if error.kind == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let new = NewCart {
        destination: wanted.destination,
        region: wanted.region.clone(),
        currency: wanted.currency,
        language: wanted.language.parse()?,
        lines: Vec::new(),
    };
    let created = checkout::create(tx, &new)?;
    Ok((Reach::Token(created.token.clone()), Some(created.token)))
}

//! GET and POST /checkout: one page, three cards, the door price beside. Works without scripts: every choice re-renders it.

use crate::cart::{self, reach};
use crate::checkout_view::{self, Draft};
use crate::preferences;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Address, Error, Id, Kind, Money, Result};
use checkout::{AskQuote, CartState, Choice, Place, Placed, Quote, QuoteState, Reach};
use frame::App;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::redirect;
use frame::parts::address::{self, Problem};
use frame::parts::asks;
use frame::visitor::Visitor;
use std::sync::atomic::Ordering;
use store::Tx;

/// GET /checkout
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    if cart::look(&app, &visitor).await?.is_none_or(|cart| cart.pieces == 0) {
        return Ok(redirect("/cart"));
    }
    let draft = Draft::begin(&app, &visitor).await?;
    checkout_view::render(&app, &visitor, &draft, Vec::new(), None).await
}

/// POST /checkout: the button pressed says what to do.
pub async fn act(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let draft = Draft::typed(&visitor, &form);
    match form.text("do") {
        "pay" => pay(&app, &visitor, &form, draft).await,
        "country" => elsewhere(&app, &visitor, draft, form.text("country")).await,
        "use-saved" => use_saved(&app, &visitor, draft, &form).await,
        "drop-lost" => drop_lost(&app, &visitor, draft).await,
        _ => price(&app, &visitor, draft).await,
    }
}

/// Another country: the form and every price change with it, and it is remembered.
async fn elsewhere(app: &App, visitor: &Visitor, mut draft: Draft, country: &str) -> Answer {
    let wish = Form::parse(format!("to={country}").as_bytes());
    let after = preferences::chosen(app, &visitor.preferences, &wish);
    cart::follow(app, visitor, &after).await?;
    draft.address.country = after.destination.code().into();
    if after.destination != visitor.preferences.destination {
        draft.address.region.clear();
        draft.address.postcode.clear();
        draft.address.tax_number.clear();
    }
    let there = visitor.preferring(after.clone(), &app.languages);
    let mut response = checkout_view::render(app, &there, &draft, Vec::new(), None).await?;
    set_cookies(&mut response, [visitor.preferences_cookie(&after)]);
    Ok(response)
}

async fn use_saved(app: &App, visitor: &Visitor, mut draft: Draft, form: &Form) -> Answer {
    let kept = checkout_view::saved(app, visitor).await?;
    let Some(found) = kept.into_iter().find(|one| one.id.to_string() == form.text("saved")) else {
        return price(app, visitor, draft).await;
    };
    let country = found.address.country.clone();
    draft.address = found.address;
    draft.saved = form.text("saved").to_owned();
    if country == visitor.preferences.destination.code() {
        return price(app, visitor, draft).await;
    }
    let address = draft.address.clone();
    let wish = Form::parse(format!("to={country}").as_bytes());
    let after = preferences::chosen(app, &visitor.preferences, &wish);
    cart::follow(app, visitor, &after).await?;
    draft.address = address;
    let there = visitor.preferring(after.clone(), &app.languages);
    let mut response = price(app, &there, draft).await?;
    set_cookies(&mut response, [visitor.preferences_cookie(&after)]);
    Ok(response)
}

async fn drop_lost(app: &App, visitor: &Visitor, draft: Draft) -> Answer {
    if let (Some(cart), Some(reach)) = (cart::look(app, visitor).await?, reach(visitor)) {
        let lost: Vec<_> = cart.unsold.iter().map(|unsold| unsold.facts.offer).collect();
        app.store
            .write_as(visitor.actor, move |tx| {
                for offer in &lost {
                    checkout::put_line(tx, &reach, *offer, 0)?;
                }
                Ok(())
            })
            .await?;
    }
    price(app, visitor, draft).await
}

/// New prices for what was typed; when the address is whole, they are held.
async fn price(app: &App, visitor: &Visitor, draft: Draft) -> Answer {
    let Some(reach) = reach(visitor) else { return Ok(redirect("/cart")) };
    if parties::address_format::validate(&draft.address).is_err() {
        return checkout_view::render(app, visitor, &draft, Vec::new(), None).await;
    }
    let ask = ask(visitor, &draft, reach);
    match checkout::quote_beside(&app.store, visitor.actor, &app.world(), ask).await {
        Ok(quote) => checkout_view::render(app, visitor, &draft, Vec::new(), Some(&quote)).await,
        Err(error) if is_told(&error) => {
            let problems = told(visitor, &error);
            checkout_view::render(app, visitor, &draft, problems, None).await
        }
        Err(error) => Err(error.into()),
    }
}

fn ask(visitor: &Visitor, draft: &Draft, cart: Reach) -> AskQuote {
    AskQuote {
        cart,
        address: draft.address.clone(),
        currency: Some(visitor.preferences.currency),
        choices: draft.choices.clone(),
        from: Some(frame::limit::neighbourhood(&visitor.address)),
    }
}

/// Conflicts that the page itself tells, with the form as it was.
fn is_told(error: &Error) -> bool {
    matches!(
        error.code,
        "out_of_stock"
            | "hold_limit"
            | "not_sendable"
            | "not_sold_there"
            | "unknown_service"
            | "quote_expired"
            | "quote_replaced"
    )
}

fn told(visitor: &Visitor, error: &Error) -> Vec<Problem> {
    let key = match error.code {
        "out_of_stock" => "error-out-of-stock",
        "hold_limit" => "error-hold-limit",
        "quote_expired" | "quote_replaced" => "quote-expired-text",
        "unknown_service" => "delivery-changed",
        "not_sold_there" => "not-sold-there",
        _ => "not-sendable-text",
    };
    vec![Problem::general(&*visitor.locale.t(key))]
}

/// What came of pressing the button.
enum Pressed {
    /// An order, new or the same as before.
    Placed(Placed),
    /// The price is another than the buyer saw.
    Changed(Box<Quote>),
}

async fn pay(app: &App, visitor: &Visitor, form: &Form, draft: Draft) -> Answer {
    let Some(reach) = reach(visitor) else { return Ok(redirect("/cart")) };
    let (problems, method) = checked(app, visitor, &draft);
    let Some(method) = method.filter(|_| problems.is_empty()) else {
        return unprocessable(checkout_view::render(app, visitor, &draft, problems, None).await?);
    };
    let key = format!("checkout:{}", visitor.network());
    let (world, ask, email) = (app.world(), ask(visitor, &draft, reach.clone()), draft.email.clone());
    let says = draft.says.clone();
    let (seen, quote, provider) =
        (form.text("seen").to_owned(), form.maybe::<Id<Quote>>("quote"), app.providers().taking().name());
    let person = visitor.session.is_some();
    let pressed = app
        .store
        .write_as(visitor.actor, move |tx| {
            parties::attempt(tx, &key, 60, 600)?;
            let quote = match held(tx, &ask, quote)? {
                Held::Ordered => None,
                Held::Same(quote) => Some(*quote),
                Held::Other => Some(checkout::quote(tx, &world, &ask)?),
            };
            if let Some(quote) = quote.as_ref().filter(|quote| quote.total.to_string() != seen) {
                return Ok(Pressed::Changed(Box::new(quote.clone())));
            }
            if person {
                let save = parties::SaveAddress { id: None, address: ask.address.clone(), preferred: false };
                parties::save_address(tx, &save)?;
            }
            let place = Place {
                cart: ask.cart.clone(),
                quote: quote.map(|quote| quote.id),
                email: email.clone(),
                provider: provider.into(),
                method: method.clone(),
                said: says.clone(),
            };
            checkout::place(tx, &place).map(Pressed::Placed)
        })
        .await;
    match pressed {
        Ok(Pressed::Placed(placed)) => {
            app.metrics.orders_placed.fetch_add(u64::from(!placed.again), Ordering::Relaxed);
            crate::pay::take(app, visitor, &placed).await
        }
        Ok(Pressed::Changed(quote)) => {
            let problems = vec![changed(visitor, form.text("seen"), quote.total)];
            unprocessable(checkout_view::render(app, visitor, &draft, problems, Some(&quote)).await?)
        }
        Err(error) if is_told(&error) => {
            let problems = told(visitor, &error);
            unprocessable(checkout_view::render(app, visitor, &draft, problems, None).await?)
        }
        Err(error) if asks::is_about(&error) => {
            let asked = checkout_view::asked(app, visitor).await?;
            let problems = asks::problems(&visitor.locale, &asked, &error);
            unprocessable(checkout_view::render(app, visitor, &draft, problems, None).await?)
        }
        Err(error) if cart::is_gone(&error) || error.code == "cart_empty" => Ok(redirect("/cart")),
        Err(error) => Err(Failure(error)),
    }
}

fn unprocessable(mut response: Response) -> Answer {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn changed(visitor: &Visitor, seen: &str, now: Money) -> Problem {
    let locale = &visitor.locale;
    let before = seen.parse::<Money>().map_or_else(|_| "–".into(), |money| locale.money(money));
    Problem::general(locale.fill("price-changed", &[("before", before.into()), ("after", locale.money(now).into())]))
}

/// The quote in the form, if it still says the same and holds.
enum Held {
    /// The cart is an order already: a double click.
    Ordered,
    /// Prices and stock are held for just this.
    Same(Box<Quote>),
    /// Something is different: a new quote is needed.
    Other,
}

fn held(tx: &mut Tx, ask: &AskQuote, quote: Option<Id<Quote>>) -> Result<Held> {
    let cart = checkout::find(tx, &ask.cart)?;
    if cart.state == CartState::Ordered {
        return Ok(Held::Ordered);
    }
    let Some(id) = quote.filter(|id| cart.quote == Some(*id)) else { return Ok(Held::Other) };
    let quote = match checkout::quoted(tx, id) {
        Ok(quote) => quote,
        Err(error) if error.kind == Kind::NotFound => return Ok(Held::Other),
        Err(error) => return Err(error),
    };
    let address = parties::address_format::validate(&ask.address)?;
    let chosen = |choice: &Choice| {
        quote.frozen.consignments.iter().any(|one| {
            (one.organisation, one.warehouse) == (choice.organisation, choice.warehouse)
                && one.service == choice.service
        })
    };
    let open = quote.state == QuoteState::Open && quote.expires_at > tx.now();
    let currency = ask.currency.is_none_or(|currency| currency == quote.total.currency);
    let same = open && currency && quote.frozen.address == address && ask.choices.iter().all(chosen);
    Ok(if same { Held::Same(Box::new(quote)) } else { Held::Other })
}

/// Everything that is wrong with the form at once, and the payment method's token.
fn checked(app: &App, visitor: &Visitor, draft: &Draft) -> (Vec<Problem>, Option<String>) {
    let (locale, country) = (&visitor.locale, visitor.preferences.destination);
    let mut problems = match validated(&draft.address) {
        Ok(()) => Vec::new(),
        Err(error) => address::problems(locale, country, &error),
    };
    let has_email = draft.email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !has_email && !problems.iter().any(|problem| problem.field == "email") {
        problems.push(Problem::of("email", &*locale.t("problem-email-format")));
    }
    match app.providers().taking().tokenise(&draft.card) {
        Ok(method) => (problems, Some(method)),
        Err(_) => {
            let key = match draft.card.is_empty() {
                true => "payment-card-needed",
                false => "payment-card-unknown",
            };
            problems.push(Problem::of("card", &*locale.t(key)));
            (problems, None)
        }
    }
}

fn validated(address: &Address) -> Result<()> {
    parties::address_format::validate(address).map(|_| ())
}

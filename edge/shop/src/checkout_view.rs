//! What the checkout page shows: the address form, the consignments with their delivery choices, the summary.

use crate::cart;
use base::{Address, Error, Id, Money, Result};
use checkout::{CartView, Choice, ConsignmentView, Quote};
use customs::LandedCost;
use door::ConsignmentOption;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::language::Locale;
use frame::page::{self, Head, redirect};
use frame::parts::address::{self, AddressView, Problem};
use frame::parts::asks::{self, AskView};
use frame::parts::cost::{self, CostView};
use frame::parts::words;
use frame::visitor::Visitor;
use offers::Offer;
use orders::{Field, Say};
use parties::SavedAddress;
use serde::Serialize;

/// What was typed so far.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The address.
    pub address: Address,
    /// Where news go.
    pub email: String,
    /// The card number as typed; never stored.
    pub card: String,
    /// Service of each consignment.
    pub choices: Vec<Choice>,
    /// The saved address it was taken from.
    pub saved: String,
    /// What was typed into the shop's fields.
    pub says: Vec<Say>,
}

impl Draft {
    /// What is known before anything is typed: the person's e-mail and their address in this country.
    pub async fn begin(app: &App, visitor: &Visitor) -> Result<Draft> {
        let country = visitor.preferences.destination.code();
        let kept = saved(app, visitor).await?;
        let found = kept.into_iter().find(|one| one.address.country == country);
        let saved = found.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
        let mut address = found.map(|one| one.address).unwrap_or_default();
        address.country = country.into();
        if let Some(session) = &visitor.session
            && address.name.is_empty()
        {
            address.name.clone_from(&session.name);
        }
        let email = visitor.session.as_ref().map(|session| session.email.clone()).unwrap_or_default();
        Ok(Draft { address, email, saved, ..Draft::default() })
    }

    /// What the form holds.
    pub fn typed(visitor: &Visitor, form: &Form) -> Draft {
        let choice = |(key, service): (&str, &str)| {
            let (organisation, warehouse) = key.split_once('-')?;
            Some(Choice {
                organisation: organisation.parse().ok()?,
                warehouse: warehouse.parse().ok()?,
                service: service.to_owned(),
            })
        };
        Draft {
            address: address::typed(form, visitor.preferences.destination),
            email: form.text("email").into(),
            card: form.text("card").into(),
            choices: form.with_prefix("service-").filter_map(choice).collect(),
            saved: form.text("saved").into(),
            says: asks::typed(form),
        }
    }
}

/// The signed-in person's addresses.
pub async fn saved(app: &App, visitor: &Visitor) -> Result<Vec<SavedAddress>> {
    let Some(session) = &visitor.session else { return Ok(Vec::new()) };
    let person = session.person;
    app.store.read_as(visitor.actor, move |db| parties::addresses(db, person)).await
}

#[derive(Serialize)]
struct View {
    key: String,
    quote: String,
    seen: String,
    summary: String,
    problems: Vec<Problem>,
    problems_title: String,
    saved: Vec<SavedView>,
    address: AddressView,
    email: String,
    email_error: Option<String>,
    asks: Vec<AskView>,
    groups: Vec<Group>,
    lost: Vec<Lost>,
    card: String,
    card_error: Option<String>,
    demo_cards: Vec<Card>,
    /// The provider asks for the card on its own page.
    hosted: bool,
    cost: Option<CostView>,
    sellers: String,
    held: Option<String>,
}

#[derive(Serialize)]
struct SavedView {
    id: String,
    label: String,
    on: bool,
}

#[derive(Serialize)]
struct Group {
    key: String,
    from: String,
    seller: String,
    crosses: bool,
    lines: Vec<Line>,
    deliveries: Vec<Delivery>,
}

#[derive(Serialize)]
struct Line {
    picture: String,
    title: String,
    detail: String,
    goods: String,
    asks: Vec<AskView>,
}

#[derive(Serialize)]
struct Delivery {
    code: String,
    name: String,
    arrives: String,
    detail: String,
    shipping: String,
    price: String,
    on: bool,
}

#[derive(Serialize)]
struct Lost {
    title: String,
    problem: String,
}

#[derive(Serialize)]
struct Card {
    what: String,
    number: String,
}

/// Renders the page; with a quote, its frozen amounts, and until when they are held.
pub async fn render(
    app: &App,
    visitor: &Visitor,
    draft: &Draft,
    problems: Vec<Problem>,
    quote: Option<&Quote>,
) -> Answer {
    let Some(seen) = cart::look(app, visitor).await? else { return Ok(redirect("/cart")) };
    if seen.pieces == 0 {
        return Ok(redirect("/cart"));
    }
    let (kept, asked) = (saved(app, visitor).await?, asked_of(app, &seen).await?);
    let view = view(app, visitor, (draft, &asked), problems, quote, &seen, &kept)?;
    let head = Head::titled(&*visitor.locale.t("checkout")).unlisted();
    page::render(app, visitor, "shop/checkout.html", head, &view)
}

/// What the shop asks beside goods and address, of what is in the basket.
pub async fn asked(app: &App, visitor: &Visitor) -> Result<Vec<Ask>> {
    match cart::look(app, visitor).await? {
        Some(seen) => asked_of(app, &seen).await,
        None => Ok(Vec::new()),
    }
}

/// A field, and the line it is asked of; none: the order.
type Ask = (Field, Option<Id<Offer>>);

async fn asked_of(app: &App, seen: &CartView) -> Result<Vec<Ask>> {
    let lines = seen.consignments.iter().flat_map(|one| &one.lines);
    let goods: Vec<_> = lines.map(|line| (line.facts.offer, line.facts.supply)).collect();
    Ok(orders::asked(&app.store.read(orders::fields).await?, &goods))
}

fn view(
    app: &App,
    visitor: &Visitor,
    (draft, asked): (&Draft, &[Ask]),
    problems: Vec<Problem>,
    quote: Option<&Quote>,
    seen: &CartView,
    kept: &[SavedAddress],
) -> Result<View> {
    let (locale, country) = (&visitor.locale, visitor.preferences.destination);
    let (cost, total) = summary(locale, &app.world(), draft, quote, seen)?;
    let error_of = |field: &str| problems.iter().find(|one| one.field == field).map(|one| one.text.clone());
    let mut sellers: Vec<&str> = seen.consignments.iter().map(|one| one.seller_name.as_str()).collect();
    sellers.dedup();
    let held = quote.map(|quote| {
        let time = locale.clock_time(quote.expires_at, country);
        locale.fill("held-until", &[("time", time.into())])
    });
    Ok(View {
        key: seen.cart.id.to_string(),
        quote: quote.map(|quote| quote.id.to_string()).unwrap_or_default(),
        seen: total.map(|total| total.to_string()).unwrap_or_default(),
        summary: locale.fill("checkout-summary", &[("parcels", seen.consignments.len().into())]),
        problems_title: locale.fill("problems-to-fix", &[("n", problems.len().into())]),
        email_error: error_of("email"),
        card_error: error_of("card"),
        address: address::view(locale, country, &draft.address, &problems),
        asks: asks::views(locale, asked, None, &draft.says, &problems),
        saved: kept.iter().map(|one| saved_view(one, &draft.saved)).collect(),
        email: draft.email.clone(),
        groups: seen.consignments.iter().map(|one| group(visitor, (draft, asked), &problems, one)).collect(),
        problems,
        lost: seen.unsold.iter().map(|unsold| lost(locale, unsold)).collect(),
        card: draft.card.clone(),
        hosted: app.sandbox().is_none(),
        demo_cards: if app.sandbox().is_some() { cards(locale) } else { Vec::new() },
        sellers: locale.list(&sellers),
        cost,
        held,
    })
}

fn saved_view(one: &SavedAddress, chosen: &str) -> SavedView {
    let lines = parties::address_format::label_lines(&one.address);
    SavedView { id: one.id.to_string(), label: lines.join(", "), on: one.id.to_string() == chosen }
}

/// The option the buyer chose for a consignment, or the one with the lowest door price.
fn chosen<'a>(draft: &Draft, one: &'a ConsignmentView) -> Option<&'a ConsignmentOption> {
    let wish = draft
        .choices
        .iter()
        .find(|choice| (choice.organisation, choice.warehouse) == (one.organisation, one.warehouse));
    let found = wish.and_then(|wish| one.options.iter().find(|option| option.service.code == wish.service));
    found.or(one.options.first())
}

/// The breakdown, and the amount that the button names: of the quote if there is one, else of this moment.
fn summary(
    locale: &Locale,
    world: &door::World,
    draft: &Draft,
    quote: Option<&Quote>,
    seen: &CartView,
) -> Result<(Option<CostView>, Option<Money>)> {
    let currency = seen.cart.currency;
    let frozen: Vec<LandedCost> = match quote {
        Some(quote) => {
            let read = |text: &String| serde_json::from_str(text).map_err(Error::internal);
            quote.frozen.consignments.iter().map(|one| read(&one.landed)).collect::<Result<_>>()?
        }
        None => Vec::new(),
    };
    let costs: Vec<&LandedCost> = match quote {
        Some(_) => frozen.iter().collect(),
        None => {
            let options = seen.consignments.iter().filter_map(|one| chosen(draft, one));
            options.map(|option| &option.landed).collect()
        }
    };
    if costs.is_empty() || !seen.unsold.is_empty() {
        return Ok((None, None));
    }
    let pieces = seen.consignments.iter().flat_map(|one| &one.lines).map(|line| line.quantity).sum();
    let rates_of = match quote {
        // As the quote froze them, whatever has been published since.
        Some(quote) => quote.frozen.exchange.iter().filter_map(|one| base::time::parse_date(&one.date).ok()).min(),
        None => {
            let priced = seen.consignments.iter().flat_map(|one| &one.lines).map(|line| line.facts.price.currency);
            cost::oldest_rate(world, priced, currency)
        }
    };
    let words = words::of_groups(locale, pieces, costs.len(), rates_of, world);
    let total = Money::sum(currency, costs.iter().map(|cost| cost.total))?;
    Ok((Some(cost::breakdown(locale, &costs, currency, words)), Some(total)))
}

fn group(visitor: &Visitor, (draft, asked): (&Draft, &[Ask]), problems: &[Problem], one: &ConsignmentView) -> Group {
    let locale = &visitor.locale;
    let chosen = chosen(draft, one).map(|option| option.service.code.as_str());
    let delivery = |option: &ConsignmentOption| Delivery {
        code: option.service.code.clone(),
        name: words::service(locale, option.service),
        arrives: locale.window(option.arrives.0, option.arrives.1, visitor.today()),
        detail: locale.t(&format!("service-{}-detail", option.service.kind.name())).to_string(),
        shipping: locale.money(option.landed.shipping),
        price: locale.money(option.landed.total),
        on: Some(option.service.code.as_str()) == chosen,
    };
    let line = |line: &checkout::LineView| Line {
        picture: line.facts.image.clone(),
        title: line.title.clone(),
        detail: words::beside(&[&counted(locale, line), &words::supplied(locale, line.facts.supply, visitor.today())]),
        goods: locale.money(line.share.goods),
        asks: asks::views(locale, asked, Some(line.facts.offer), &draft.says, problems),
    };
    Group {
        key: format!("{}-{}", one.organisation, one.warehouse),
        from: locale.country(one.dispatch),
        seller: one.seller_name.clone(),
        crosses: !one.dispatch.same_customs_territory(visitor.preferences.destination),
        lines: one.lines.iter().map(line).collect(),
        deliveries: one.options.iter().map(delivery).collect(),
    }
}

fn counted(locale: &Locale, line: &checkout::LineView) -> String {
    let n = ("n", line.quantity.into());
    match line.facts.label.as_str() {
        "" => locale.fill("pieces", &[n]),
        options => locale.fill("quantity-times", &[n, ("options", options.into())]),
    }
}

fn lost(locale: &Locale, unsold: &checkout::UnsoldView) -> Lost {
    let why = unsold.reasons.first().map(|why| words::unsold(locale, why));
    Lost { title: unsold.title.clone(), problem: why.unwrap_or_else(|| locale.t("unsold-paused").to_string()) }
}

/// The test cards, grouped in fours as they are printed.
fn cards(locale: &Locale) -> Vec<Card> {
    let behaves = ["card-ok", "card-declined", "card-no-funds", "card-3ds", "card-late"];
    let spaced = |number: &str| {
        let digits: Vec<char> = number.chars().collect();
        digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    };
    let cards = payments::sandbox::TEST_CARDS.iter().zip(behaves);
    cards.map(|((number, _, _), key)| Card { what: locale.t(key).to_string(), number: spaced(number) }).collect()
}

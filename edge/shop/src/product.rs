//! GET /p/{slug}: one product, its price at the door taken apart, its forms, its ways of delivery, who sells it.

use crate::item::{self, ItemView};
use crate::product_facts;
use axum::extract::{Path, State};
use base::{Error, Id, Money, Result};
use catalog::{ProductPage, Status, Variant};
use door::{Ask, DoorPrice, Unsold, World};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::language::Locale;
use frame::page::{self, Head};
use frame::parts::cost::{self, CostView, Words};
use frame::parts::words;
use frame::visitor::Visitor;
use logistics::arrival;
use offers::{Offer, OfferFacts, Supply};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct View {
    title: String,
    /// The language of its texts, where it is not the reader's.
    lang: String,
    category: Option<CategoryView>,
    pictures: Vec<Picture>,
    seller: String,
    vendor: String,
    sku: String,
    offer: Option<OfferView>,
    unsold: Vec<String>,
    options: Vec<OptionView>,
    description: String,
    facts: Vec<product_facts::Fact>,
    others: Vec<Other>,
    similar: Vec<ItemView>,
}

#[derive(Serialize)]
struct CategoryView {
    slug: String,
    name: String,
}

#[derive(Serialize)]
struct Picture {
    source: String,
    alt: String,
    url: String,
}

#[derive(Serialize)]
struct OfferView {
    id: String,
    price: String,
    cost: CostView,
    deliveries: Vec<product_facts::Delivery>,
    /// What it is supplied from, where it does not lie there.
    supplied: String,
    /// When it is handed over, then.
    when: String,
    from: String,
    likely: Vec<product_facts::Day>,
    quantities: Vec<i64>,
    few: Option<i64>,
    who: String,
}

#[derive(Serialize)]
struct OptionView {
    name: String,
    chosen: String,
    values: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    label: String,
    url: String,
    on: bool,
    available: bool,
    price: String,
    reason: String,
}

#[derive(Serialize)]
struct Other {
    seller: String,
    why: String,
    from: String,
    arrives: String,
    price: String,
    url: String,
    on: bool,
}

/// What was read for the page.
struct Subject {
    product: ProductPage,
    /// Every offer of the product, with its price for this visitor.
    offers: Vec<(OfferFacts, Result<DoorPrice, Unsold>)>,
    /// The variant in view.
    variant: Variant,
    /// The offer in view, by its place in `offers`.
    chosen: Option<usize>,
}

/// The product page.
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form, Path(slug): Path<String>) -> Answer {
    let language = visitor.locale.tag;
    let (product, facts) = app
        .store
        .read(move |db| {
            let product = catalog::product_by_slug(db, &slug, language)?;
            let facts = offers::facts_of_product(db, product.id)?;
            Ok((product, facts))
        })
        .await?;
    if product.status != Status::Active {
        return Err(Error::not_found("unknown_product", "There is no such product.").into());
    }
    let world = app.world();
    let ask = ask(&visitor);
    let subject = choose(&world, &ask, product, facts, &form)?;
    let view = view(&app, &visitor, &world, &ask, &subject, &form)?;
    let head = head(&app, &visitor, &subject, &view);
    page::render(&app, &visitor, "shop/product.html", head, &view)
}

fn ask(visitor: &Visitor) -> Ask<'_> {
    let wanted = &visitor.preferences;
    Ask { destination: wanted.destination, region: &wanted.region, currency: wanted.currency, service: None }
}

/// The offer in view: the one asked for, else of the variant asked for, else the featured one: lowest at the door, in stock.
fn choose(world: &World, ask: &Ask, product: ProductPage, facts: Vec<OfferFacts>, form: &Form) -> Result<Subject> {
    let on_sale = facts.into_iter().filter(|facts| facts.on_sale);
    let mut offers: Vec<_> = on_sale.map(|facts| (door::price(world, &facts, ask, 1), facts)).collect();
    offers.sort_by_key(|(door, facts)| (facts.available < 1, door.as_ref().map_or(i64::MAX, |door| door.total.minor)));
    let offers: Vec<(OfferFacts, Result<DoorPrice, Unsold>)> =
        offers.into_iter().map(|(door, facts)| (facts, door)).collect();
    let wanted_offer = form.maybe::<Id<Offer>>("offer");
    let wanted_variant = form.maybe::<Id<Variant>>("variant");
    let by_offer = offers.iter().position(|(facts, _)| Some(facts.offer) == wanted_offer);
    let variant = by_offer.map(|at| offers[at].0.variant).or(wanted_variant);
    let by_variant = || offers.iter().position(|(facts, _)| Some(facts.variant) == variant);
    let chosen = by_offer.or_else(by_variant).or(if variant.is_none() && !offers.is_empty() { Some(0) } else { None });
    let shown = chosen.map(|at| offers[at].0.variant).or(variant);
    let variant = product.variants.iter().find(|one| Some(one.id) == shown).or(product.variants.first());
    let variant = variant.cloned().ok_or_else(|| Error::not_found("unknown_product", "There is no such product."))?;
    Ok(Subject { product, offers, variant, chosen })
}

fn view(app: &App, visitor: &Visitor, world: &World, ask: &Ask, subject: &Subject, form: &Form) -> Result<View> {
    let (locale, product) = (&visitor.locale, &subject.product);
    let chosen = subject.chosen.map(|at| &subject.offers[at]);
    let sellable = chosen.filter(|(facts, door)| door.is_ok() && facts.available > 0);
    let offer = match sellable {
        Some((facts, _)) => Some(offer_view(app, visitor, world, ask, facts)?),
        None => None,
    };
    let unsold = match chosen {
        _ if offer.is_some() => Vec::new(),
        Some((_, Err(unsold))) => unsold.reasons.iter().map(|why| words::unsold(locale, why)).collect(),
        Some(_) => vec![locale.t("unsold-out-of-stock").to_string()],
        None => vec![locale.t("unsold-paused").to_string()],
    };
    Ok(View {
        title: product.title.clone(),
        lang: item::foreign(&visitor.locale, &product.language),
        category: product
            .category
            .as_ref()
            .map(|category| CategoryView { slug: category.slug.clone(), name: category.name(locale.tag).to_owned() }),
        pictures: pictures(subject, form),
        seller: chosen.map_or_else(String::new, |(facts, _)| facts.seller_name.to_string()),
        vendor: product.vendor.clone(),
        sku: subject.variant.sku.clone(),
        offer,
        unsold,
        options: options(locale, subject),
        description: description(app, &product.description_html),
        facts: product_facts::facts(locale, product, &subject.variant),
        others: others(visitor, subject),
        similar: similar(app, visitor, product)?,
    })
}

/// A picture in it that lies on another machine is not shown until it was fetched.
fn description(app: &App, text: &str) -> String {
    let assets = app.assets.clone();
    catalog::html::with_sources(text, move |source| Some(assets.picture(source)))
}

fn offer_view(app: &App, visitor: &Visitor, world: &World, ask: &Ask, facts: &OfferFacts) -> Result<OfferView> {
    let locale = &visitor.locale;
    let door = door::explain(world, facts, ask, 1).map_err(|_| Error::internal("a priced offer was not explained"))?;
    let landed = door.landed.as_deref().ok_or_else(|| Error::internal("an explained price without its landed cost"))?;
    let weight = locale.weight(facts.weight_grams.unwrap_or(0));
    let from = locale.country(facts.dispatch);
    let words = Words {
        goods: locale.fill("cost-goods", &[("n", 1.into())]),
        goods_why: vec![cost::goods_why(locale, &facts.seller_name, own_price(facts, ask), ask.currency, world)],
        delivery: locale.t("cost-delivery").to_string(),
        delivery_why: vec![locale.fill(
            "why-delivery",
            &[
                ("service", words::service(locale, door.service).into()),
                ("from", from.as_str().into()),
                ("weight", weight.into()),
            ],
        )],
    };
    Ok(OfferView {
        id: facts.offer.to_string(),
        price: locale.money(door.total),
        cost: cost::breakdown(locale, &[landed], ask.currency, words),
        deliveries: product_facts::deliveries(visitor, world, ask, facts, &door),
        when: when(visitor, world, facts, &from),
        supplied: words::supplied(locale, facts.supply, visitor.today()),
        likely: product_facts::likely(visitor, &door),
        quantities: (1..=facts.available.clamp(1, 10)).collect(),
        few: (facts.available <= 5 && facts.supply == Supply::Stock).then_some(facts.available),
        who: product_facts::who(locale, facts, &app.name(), &from),
        from,
    })
}

/// When it is handed over, and what follows.
fn when(visitor: &Visitor, world: &World, facts: &OfferFacts, from: &str) -> String {
    let (locale, supply) = (&visitor.locale, facts.supply);
    let country = ("country", from.into());
    if supply == Supply::Stock {
        let hours = ("hours", facts.terms.handling_hours.into());
        return locale.fill("when-it-comes-text", &[hours, country]);
    }
    let handled = world.now.plus_hours(facts.terms.handling_hours).date();
    let leaves = arrival::leaves(handled, supply.lead_days(), supply.ships_on(), facts.dispatch);
    let day = locale.day(leaves, visitor.today());
    let supplied = words::supplied(locale, supply, visitor.today());
    locale.fill("when-it-comes-later", &[("supplied", supplied.into()), ("day", day.into()), country])
}

/// The seller's own price in the buyer's currency, if there is one, else as set.
fn own_price(facts: &OfferFacts, ask: &Ask) -> Money {
    facts.other_prices.iter().copied().find(|price| price.currency == ask.currency).unwrap_or(facts.price)
}

fn pictures(subject: &Subject, form: &Form) -> Vec<Picture> {
    let product = &subject.product;
    let mut sources: Vec<(String, String)> = Vec::new();
    let own = &subject.variant.image;
    if !own.is_empty() {
        sources.push((own.clone(), product.title.clone()));
    }
    for image in product.images.iter().filter(|image| image.url != *own) {
        let alt = if image.alt.is_empty() { product.title.clone() } else { image.alt.clone() };
        sources.push((image.url.clone(), alt));
    }
    if sources.is_empty() {
        sources.push((String::new(), product.title.clone()));
    }
    let shown = form.maybe::<usize>("picture").filter(|at| *at >= 1 && *at <= sources.len()).unwrap_or(1) - 1;
    let order: Vec<usize> = std::iter::once(shown).chain((0..sources.len()).filter(|at| *at != shown)).collect();
    let url = |at: usize| format!("?{}", form.encode_but(&["picture"], &[("picture", &(at + 1).to_string())]));
    order
        .into_iter()
        .map(|at| Picture { source: sources[at].0.clone(), alt: sources[at].1.clone(), url: url(at) })
        .collect()
}

/// Each option with its values; a value leads to the variant that differs from the one in view only by it.
fn options(locale: &Locale, subject: &Subject) -> Vec<OptionView> {
    let product = &subject.product;
    let real = |option: &catalog::ProductOption| option.values.len() > 1 || product.options.len() > 1;
    let shown = product.options.iter().enumerate().filter(|(_, option)| real(option));
    shown
        .map(|(at, option)| OptionView {
            name: option.name.clone(),
            chosen: subject.variant.options[at].clone(),
            values: option.values.iter().filter_map(|value| value_view(locale, subject, at, value)).collect(),
        })
        .collect()
}

fn value_view(locale: &Locale, subject: &Subject, at: usize, value: &str) -> Option<ValueView> {
    let wanted = |variant: &&Variant| {
        let others = (0..3).filter(|other| *other != at);
        variant.options[at] == value
            && others.clone().all(|other| variant.options[other] == subject.variant.options[other])
    };
    let nearest = || subject.product.variants.iter().find(|variant| variant.options[at] == value);
    let variant = subject.product.variants.iter().find(wanted).or_else(nearest)?;
    let best = subject.offers.iter().find(|(facts, _)| facts.variant == variant.id);
    let (price, reason) = match best {
        Some((facts, Ok(door))) if facts.available > 0 => (locale.money(door.total), String::new()),
        Some((_, Err(unsold))) => {
            let why = unsold.reasons.first();
            (String::new(), why.map(|why| words::unsold(locale, why)).unwrap_or_default())
        }
        _ => (String::new(), locale.t("sold-out").to_string()),
    };
    Some(ValueView {
        label: value.to_owned(),
        url: format!("?variant={}", variant.id),
        on: subject.variant.options[at] == value,
        available: !price.is_empty(),
        price,
        reason,
    })
}

/// All offers of the variant in view, when there is more than one.
fn others(visitor: &Visitor, subject: &Subject) -> Vec<Other> {
    let locale = &visitor.locale;
    let same = subject.offers.iter().filter(|(facts, _)| facts.variant == subject.variant.id && facts.available > 0);
    let priced: Vec<_> = same.filter_map(|(facts, door)| Some((facts, door.as_ref().ok()?))).collect();
    if priced.len() < 2 {
        return Vec::new();
    }
    let least = priced[0].1.total;
    let chosen = subject.chosen.map(|at| subject.offers[at].0.offer);
    let other = |(facts, door): &(&OfferFacts, &DoorPrice)| Other {
        seller: facts.seller_name.to_string(),
        why: match door.total.minor - least.minor {
            0 => locale.t("featured-cheapest").to_string(),
            more => {
                let more = locale.money(Money::new(more, least.currency));
                locale.fill("offer-dearer", &[("amount", more.into())])
            }
        },
        from: locale.country(facts.dispatch),
        arrives: locale.window(door.arrives.0, door.arrives.1, visitor.today()),
        price: locale.money(door.total),
        url: format!("/p/{}?offer={}", subject.product.slug, facts.offer),
        on: Some(facts.offer) == chosen,
    };
    priced.iter().map(other).collect()
}

fn similar(app: &App, visitor: &Visitor, product: &ProductPage) -> Result<Vec<ItemView>> {
    let Some(category) = &product.category else { return Ok(Vec::new()) };
    let query = search::Query { categories: vec![category.id], limit: 9, ..item::query(visitor) };
    let page = item::run(app, &query)?;
    let hits = page.hits.iter().filter(|hit| hit.product != product.id);
    Ok(hits.take(8).map(|hit| item::view(visitor, hit)).collect())
}

/// Title, description and structured data, with the door price as the price.
fn head(app: &App, visitor: &Visitor, subject: &Subject, view: &View) -> Head {
    let locale = &visitor.locale;
    let base = app.config.base_url.trim_end_matches('/');
    let price = subject.chosen.and_then(|at| subject.offers[at].1.as_ref().ok()).filter(|_| view.offer.is_some());
    let country = || locale.country(visitor.preferences.destination);
    let description = price.map(|door| {
        let window = locale.window(door.arrives.0, door.arrives.1, visitor.today());
        let price = locale.money(door.total);
        locale.fill(
            "product-description",
            &[
                ("title", view.title.as_str().into()),
                ("price", price.into()),
                ("country", country().into()),
                ("window", window.into()),
            ],
        )
    });
    let pictures: Vec<String> = view
        .pictures
        .iter()
        .map(|picture| app.assets.picture(&picture.source))
        .map(|path| absolute(base, &path))
        .collect();
    let mut data = json!({
        "@context": "https://schema.org", "@type": "Product", "name": view.title, "sku": view.sku, "image": &pictures,
        "brand": { "@type": "Brand", "name": view.vendor },
    });
    if let Some(door) = price {
        let plain = door.total.to_string();
        data["offers"] = json!({
            "@type": "Offer", "price": plain.split(' ').next(), "priceCurrency": door.total.currency.code(),
            "availability": availability(subject), "url": format!("{base}{}", frame::form::encoded(&format!("/p/{}", subject.product.slug))),
            "eligibleRegion": visitor.preferences.destination.code(),
            "seller": { "@type": "Organization", "name": view.seller },
        });
        if let Some(day) = subject.chosen.and_then(|at| subject.offers[at].0.supply.ships_on()) {
            data["offers"]["availabilityStarts"] = day.to_string().into();
        }
    }
    let head = Head::titled(view.title.clone()).describing(description.unwrap_or_else(|| view.title.clone()));
    Head { data: Some(data), picture: pictures.into_iter().next().unwrap_or_default(), ..head }
}

/// In the words of schema.org.
fn availability(subject: &Subject) -> &'static str {
    match subject.chosen.map(|at| subject.offers[at].0.supply) {
        Some(Supply::Made { .. }) => "https://schema.org/MadeToOrder",
        Some(Supply::Preorder { .. }) => "https://schema.org/PreOrder",
        _ => "https://schema.org/InStock",
    }
}

fn absolute(base: &str, path: &str) -> String {
    if path.starts_with('/') { format!("{base}{path}") } else { path.to_owned() }
}

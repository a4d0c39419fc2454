//! The page of one product: its words in every language, its pictures, its variants with what customs asks and what they cost.

use super::own::{above, base_of, owner, reach};
use super::read::{Choice, Choices, choices};
use crate::form::FormView;
use crate::import::may_upload;
use crate::page::show;
use crate::place::Desk;
use crate::words::{self, Badge};
use base::{Id, Result};
use catalog::{FetchState, Product, ProductPage, Status};
use frame::failure::Answer;
use frame::{App, Visitor};
use offers::OfferRow;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Read;

#[derive(Serialize)]
struct View {
    base: &'static str,
    id: String,
    slug: String,
    title: String,
    cover: String,
    badge: Badge,
    active: bool,
    form: FormView,
    #[serde(flatten)]
    choices: Choices,
    statuses: Vec<Choice>,
    language: String,
    languages: Vec<Choice>,
    pictures: Vec<PictureView>,
    fetch: Option<FetchView>,
    /// Names of the options, three of them.
    options: Vec<String>,
    variants: Vec<VariantView>,
    currency: String,
    can_write: bool,
    seller: bool,
    key: String,
}

#[derive(Serialize)]
struct PictureView {
    source: String,
    alt: String,
    remote: bool,
}

/// Pictures that still lie elsewhere.
#[derive(Serialize)]
struct FetchView {
    again: Option<String>,
    faults: Vec<FaultView>,
}

#[derive(Serialize)]
struct FaultView {
    source: String,
    text: String,
}

#[derive(Serialize)]
struct VariantView {
    id: String,
    label: String,
    ready: bool,
    /// The category's tariff code, where the variant has none of its own.
    category_hs: String,
    offers: Vec<OfferView>,
}

#[derive(Serialize)]
struct OfferView {
    id: String,
    price: String,
    warehouse: String,
    available: i64,
    supplied: String,
}

/// What is read for the page.
struct Subject {
    product: ProductPage,
    texts: Vec<(String, String, String)>,
    offers: Vec<OfferRow>,
    fetch: FetchState,
    currency: String,
}

fn subject(db: &mut Read, owner: Option<i64>, id: Id<Product>) -> Result<Subject> {
    let product = reach(db, owner, id)?;
    let organisation = Id::from_raw(product.organisation);
    let mut offers = offers::offers_of_product(db, id)?;
    offers.retain(|row| row.offer.organisation == organisation);
    Ok(Subject {
        texts: catalog::texts(db, id)?,
        offers,
        fetch: catalog::fetch_state(db, id)?,
        currency: parties::organisation(db, organisation)?.currency.code().to_owned(),
        product,
    })
}

/// The page as things stand.
pub async fn page(app: &App, visitor: &Visitor, desk: Desk, id: Id<Product>) -> Answer {
    shown(app, visitor, desk, id, FormView::default()).await
}

/// The page with what was typed and what is wrong with it.
pub async fn shown(app: &App, visitor: &Visitor, desk: Desk, id: Id<Product>, typed: FormView) -> Answer {
    let owner = owner(visitor, desk)?;
    let subject = app.store.read_as(visitor.actor, move |db| subject(db, owner, id)).await?;
    let product = &subject.product;
    let mut form = typed;
    for (name, value) in values(&subject) {
        form.values.entry(name).or_insert(value);
    }
    let status = |status: Status| Choice {
        code: status.name().to_owned(),
        name: words::word(&visitor.locale, "d-shown", status.name()),
    };
    let picture = |image: &catalog::Image| PictureView {
        source: image.url.clone(),
        alt: image.alt.clone(),
        remote: image.url.starts_with("http"),
    };
    let view = View {
        base: base_of(desk),
        id: id.to_string(),
        slug: product.slug.clone(),
        title: product.title.clone(),
        cover: product.images.first().map(|image| image.url.clone()).unwrap_or_default(),
        badge: words::shown(&visitor.locale, product.status == Status::Active, product.status.name()),
        active: product.status == Status::Active,
        form,
        choices: choices(app, visitor, Id::from_raw(product.organisation)).await?,
        statuses: Status::ALL.map(status).into(),
        language: language_name(app, &product.language),
        languages: languages(app, &subject),
        pictures: product.images.iter().map(picture).collect(),
        fetch: subject.fetch.open.then(|| fetch_view(visitor, &subject.fetch)),
        options: (0..3).map(|at| option_name(product, at)).collect(),
        variants: variants(visitor, &subject),
        currency: subject.currency.clone(),
        can_write: may_upload(visitor, desk),
        seller: desk == Desk::Seller,
        key: app.secrets.next(),
    };
    let title = product.title.clone();
    show(app, visitor, desk, "desk/product.html", above(visitor, desk), &title, &view).await
}

fn option_name(product: &ProductPage, at: usize) -> String {
    product.options.get(at).map(|option| option.name.clone()).unwrap_or_default()
}

fn language_name(app: &App, tag: &str) -> String {
    app.languages.find(tag).map_or_else(|| tag.to_owned(), |locale| locale.t("language-name").to_string())
}

/// Further languages: those of the shop, and those that the product has already.
fn languages(app: &App, subject: &Subject) -> Vec<Choice> {
    let own = &subject.product.language;
    let mut tags: Vec<String> = app.languages.all().iter().map(|locale| locale.tag.to_owned()).collect();
    tags.extend(subject.texts.iter().map(|(tag, _, _)| tag.clone()));
    let mut choices: Vec<Choice> = Vec::new();
    for tag in tags {
        if tag != *own && !choices.iter().any(|known| known.code == tag) {
            choices.push(Choice { name: language_name(app, &tag), code: tag });
        }
    }
    choices
}

/// What stands in the fields: one name a field, the variants by their place.
fn values(subject: &Subject) -> BTreeMap<String, String> {
    let product = &subject.product;
    let mut values = BTreeMap::from(
        [
            ("title", product.title.clone()),
            ("description", product.description_html.clone()),
            ("vendor", product.vendor.clone()),
            ("product_type", product.product_type.clone()),
            ("category", product.category.as_ref().map(|one| one.id.to_string()).unwrap_or_default()),
            ("tags", product.tags.join(", ")),
            ("status", product.status.name().to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    for (tag, title, description) in &subject.texts {
        values.insert(format!("title:{tag}"), title.clone());
        values.insert(format!("description:{tag}"), description.clone());
    }
    for at in 0..3 {
        values.insert(format!("option{}", at + 1), option_name(product, at));
    }
    for (index, variant) in product.variants.iter().enumerate() {
        let mut put = |name: &str, value: String| values.insert(format!("variants[{index}].{name}"), value);
        for (at, value) in variant.options.iter().enumerate() {
            let shown = if value == "Default Title" { "" } else { value };
            put(&format!("option{}", at + 1), shown.to_owned());
        }
        put("sku", variant.sku.clone());
        put("barcode", variant.barcode.clone());
        let own_weight = variant.weight.filter(|_| !variant.weight_from_category);
        put("weight", own_weight.map(|weight| weight.grams.to_string()).unwrap_or_default());
        let own = variant.hs.filter(|_| !variant.hs_from_category);
        put("hs", own.map(|hs| hs.digits().to_owned()).unwrap_or_default());
        put("origin", variant.origin.map(|origin| origin.code().to_owned()).unwrap_or_default());
        put("description", variant.customs_description.clone());
        put("image", variant.image.clone());
    }
    values
}

fn variants(visitor: &Visitor, subject: &Subject) -> Vec<VariantView> {
    let offer = |row: &OfferRow| OfferView {
        id: row.offer.id.to_string(),
        price: visitor.locale.money(row.offer.price),
        warehouse: row.warehouse_code.clone(),
        available: row.available,
        supplied: frame::parts::words::supplied(&visitor.locale, row.supply, visitor.today()),
    };
    let variant = |one: &catalog::Variant| VariantView {
        id: one.id.to_string(),
        label: words::joined(&[one.label().as_str(), one.sku.as_str()], " · "),
        ready: one.ready,
        category_hs: one.hs.filter(|_| one.hs_from_category).map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        offers: subject.offers.iter().filter(|row| row.offer.variant == one.id).map(offer).collect(),
    };
    subject.product.variants.iter().map(variant).collect()
}

fn fetch_view(visitor: &Visitor, state: &FetchState) -> FetchView {
    let fault = |fault: &catalog::FetchFault| {
        let key = format!("d-field-{}", fault.code.replace('_', "-"));
        let text = visitor.locale.maybe(&key, &[]).unwrap_or_else(|| fault.message.clone());
        FaultView { source: fault.source.clone(), text }
    };
    FetchView {
        again: state.due_at.map(|due_at| crate::time::moment(visitor, due_at)),
        faults: state.faults.iter().map(fault).collect(),
    }
}

//! Changing one product: its words, its pictures, its variants, whether it is shown.

use super::own::{base_of, owner, reach};
use super::read::Reading;
use super::view;
use crate::form::{FormView, unaccepted};
use crate::page::{done, refused};
use crate::place::Desk;
use axum::extract::Multipart;
use base::{Currency, Error, Id, Mark, Result};
use catalog::{Image, Product, ProductPage, PutProduct, PutText, PutVariant, Status, html};
use frame::failure::Answer;
use frame::upload::{self, Sent};
use frame::{App, Form, Visitor};
use offers::{Commerce, PutGoods};
use store::Tx;

/// Does what the form's `deed` says, or shows the page again with what is wrong.
pub async fn change(app: &App, visitor: &Visitor, desk: Desk, id: Id<Product>, form: &Form) -> Answer {
    let (owner, sent, mark) = (owner(visitor, desk)?, form.clone(), visitor.locale.mark());
    let write = move |tx: &mut Tx| {
        let product = reach(tx, owner, id)?;
        deed(tx, &product, &sent, mark)
    };
    let page = format!("{}/{id}", base_of(desk));
    let listed = form.text("deed").is_empty();
    let back = if listed { base_of(desk) } else { page.as_str() };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(done(visitor, back, "d-said-saved")),
        Err(error) if listed || error.fields.is_empty() => refused(visitor, back, error),
        Err(error) => {
            let typed = FormView::again(&visitor.locale, form, error)?;
            unaccepted(view::shown(app, visitor, desk, id, typed).await)
        }
    }
}

fn deed(tx: &mut Tx, product: &ProductPage, form: &Form, mark: Mark) -> Result<()> {
    match form.text("deed") {
        "words" => set_words(tx, product, form, mark),
        "pictures" => catalog::set_images(tx, product.id, &arranged(product, form)),
        "fetch" => catalog::fetch_again(tx, product.id),
        "variants" => set_variants(tx, product, form, mark),
        "variant" => add_variant(tx, product, form, mark),
        _ => {
            let wrong = || Error::field("status", "format", "Choose active, draft or archived.");
            catalog::set_status(tx, product.id, Status::named(form.text("status")).ok_or_else(wrong)?)
        }
    }
}

/// Names the product, and nothing else of it.
fn put(product: &ProductPage) -> PutProduct {
    PutProduct { organisation: product.organisation, handle: product.handle.clone(), ..PutProduct::default() }
}

fn set_words(tx: &mut Tx, product: &ProductPage, form: &Form, mark: Mark) -> Result<()> {
    let mut read = Reading::of(form, mark);
    let title = read.needed("title");
    let category = read.parsed("category");
    let mut texts = Vec::new();
    for (language, title) in form.with_prefix("title:") {
        let description = form.text(&format!("description:{language}"));
        if title.is_empty() && description.is_empty() {
            catalog::remove_text(tx, product.id, language)?;
            continue;
        }
        texts.push(PutText {
            language: language.to_owned(),
            title: Some(title.to_owned()),
            description_html: Some(html::typed(description)),
            ..PutText::default()
        });
    }
    let tags = form.text("tags").split([',', '，']).map(|tag| tag.trim().to_owned());
    let put = PutProduct {
        title: Some(title),
        description_html: Some(html::typed(form.text("description"))),
        vendor: Some(form.text("vendor").to_owned()),
        product_type: Some(form.text("product_type").to_owned()),
        category,
        tags: Some(tags.filter(|tag| !tag.is_empty()).collect()),
        status: Status::named(form.text("status")),
        texts,
        ..put(product)
    };
    catalog::put_product(tx, &read.done(put)?).map(drop)
}

/// The pictures as the form wants them. One that came since the form was made stays, at the end.
fn arranged(product: &ProductPage, form: &Form) -> Vec<Image> {
    let mut placed: Vec<(i64, Image)> = Vec::new();
    for (index, image) in product.images.iter().enumerate() {
        let at = form.with_prefix("picture:").find(|(_, url)| *url == image.url).map(|(at, _)| at);
        let Some(at) = at else {
            placed.push((i64::MAX, image.clone()));
            continue;
        };
        if form.ticked(&format!("remove:{at}")) {
            continue;
        }
        let place = form.maybe::<i64>(&format!("place:{at}")).unwrap_or(index as i64 + 1);
        let alt = form.text(&format!("alt:{at}")).to_owned();
        placed.push((place, Image { url: image.url.clone(), alt }));
    }
    // Two with one number stay in their order.
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, image)| image).collect()
}

fn option_names(form: &Form) -> Vec<String> {
    let names = (1..=3).map(|at| form.text(&format!("option{at}")).to_owned());
    names.take_while(|name| !name.is_empty()).collect()
}

/// The values of a variant's options: a product without options has one nameless form.
fn option_values(form: &Form, prefix: &str) -> [String; 3] {
    let mut values = [1, 2, 3].map(|at| form.text(&format!("{prefix}.option{at}")).to_owned());
    if values.iter().all(String::is_empty) {
        values[0] = "Default Title".to_owned();
    }
    values
}

/// A variant whose fields are named `prefix.sku` and so on.
fn variant(read: &mut Reading<'_>, form: &Form, prefix: &str) -> PutVariant {
    let name = |field: &str| format!("{prefix}.{field}");
    let text = |field: &str| Some(form.text(&name(field)).to_owned());
    PutVariant {
        id: None,
        sku: text("sku"),
        options: option_values(form, prefix),
        weight: read.weight(&name("weight")),
        hs: read.parsed(&name("hs")),
        origin: read.parsed(&name("origin")),
        customs_description: text("description"),
        barcode: text("barcode"),
        image: text("image"),
        tax_class: None,
        unsaid: [false; 3],
    }
}

fn set_variants(tx: &mut Tx, product: &ProductPage, form: &Form, mark: Mark) -> Result<()> {
    let mut read = Reading::of(form, mark);
    let mut variants = Vec::new();
    for index in 0..product.variants.len() {
        let prefix = format!("variants[{index}]");
        if let Some(id) = read.parsed(&format!("{prefix}.id")) {
            variants.push(PutVariant { id: Some(id), ..variant(&mut read, form, &prefix) });
        }
    }
    let put = PutProduct { options: option_names(form), variants, ..put(product) };
    catalog::put_product(tx, &read.done(put)?).map(drop).map_err(beside)
}

/// One more form of the product, with its price and its pieces. The same form sent twice adds one.
fn add_variant(tx: &mut Tx, product: &ProductPage, form: &Form, mark: Mark) -> Result<()> {
    let mut read = Reading::of(form, mark);
    read.needed("new.option1");
    if offers::pricing(tx, Id::from_raw(product.organisation))?.must {
        read.needed("new.price");
    }
    read.needed("new.quantity");
    let currency: Currency = read.parsed("currency").unwrap_or(Currency::EUR);
    let commerce =
        Commerce { price: read.amount("new.price", currency), compare_at: None, quantity: read.pieces("new.quantity") };
    let new = variant(&mut read, form, "new");
    let key = form.text("key").to_owned();
    let goods = PutGoods {
        product: PutProduct { variants: vec![new], ..put(product) },
        warehouse: read.parsed("warehouse"),
        commerce: vec![commerce],
        key: key.clone(),
    };
    let goods = read.done(goods)?;
    let once = tx.once(&format!("new-variant:{}:{key}", product.id.raw()), &key, |tx| {
        let options = &goods.product.variants[0].options;
        if product.variants.iter().any(|known| known.options == *options) {
            return Err(Error::field("new.option1", "variant_twice", "Another variant has these option values."));
        }
        offers::put_goods(tx, &goods).map(|put| put.id.to_string())
    });
    once.map(drop).map_err(|mut error| {
        for field in &mut error.fields {
            field.name = field.name.replace("variants[0].", "new.");
        }
        error
    })
}

/// The page has a field for each option.
fn beside(mut error: Error) -> Error {
    for field in &mut error.fields {
        field.name = field.name.replace("].options", "].option1");
    }
    error
}

/// Takes in further pictures of a product; they stand behind those it has.
pub async fn send(app: &App, visitor: &Visitor, desk: Desk, id: Id<Product>, parts: Multipart) -> Answer {
    let owner = owner(visitor, desk)?;
    let product = app.store.read_as(visitor.actor, move |db| reach(db, owner, id)).await?;
    let Sent { pictures, refused, .. } = upload::pictures(app, visitor, product.organisation, parts).await?;
    let (sent, page) = (pictures.len(), format!("{}/{id}", base_of(desk)));
    let image = |url: String| Image { url, alt: String::new() };
    let images: Vec<Image> = pictures.into_iter().map(image).collect();
    if !images.is_empty() {
        let more = PutProduct { images, more_images: true, ..put(&product) };
        app.store.write_as(visitor.actor, move |tx| catalog::put_product(tx, &more).map(drop)).await?;
    }
    let nothing = Form::default();
    let mut read = Reading::of(&nothing, Mark::Point);
    if sent == 0 && refused.is_empty() {
        read.needed("pictures");
    }
    read.note(refused);
    match read.done(()) {
        Ok(()) => Ok(done(visitor, &page, &format!("d-said-pictures&n={sent}"))),
        Err(error) => {
            let typed = FormView::again(&visitor.locale, &nothing, error)?;
            unaccepted(view::shown(app, visitor, desk, id, typed).await)
        }
    }
}

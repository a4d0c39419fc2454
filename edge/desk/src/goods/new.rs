//! A new product from nothing: what it is, what it costs, how many there are, what customs asks, its pictures.

use super::own::{above, base_of};
use super::read::{Choices, Reading, choices};
use crate::form::{FormView, unaccepted};
use crate::page::{done, show};
use crate::place::{Desk, own};
use axum::extract::Multipart;
use base::{Currency, Error, Id, Mark, Result};
use catalog::{Image, PutProduct, PutVariant, Status, html};
use frame::failure::Answer;
use frame::upload::{self, Sent};
use frame::{App, Form, Visitor};
use offers::{Commerce, Pricing, PutGoods};
use parties::Organisation;
use serde::Serialize;
use store::Tx;

#[derive(Serialize)]
struct View {
    base: &'static str,
    form: FormView,
    #[serde(flatten)]
    choices: Choices,
    pictures: Vec<String>,
}

/// The empty page.
pub async fn page(app: &App, visitor: &Visitor, desk: Desk) -> Answer {
    let organisation = own(visitor)?;
    let known = app.store.read_as(visitor.actor, move |db| parties::organisation(db, organisation)).await?;
    let form = FormView::of([
        ("currency", known.currency.code().to_owned()),
        ("origin", known.country.code().to_owned()),
        ("status", Status::Active.name().to_owned()),
        ("key", app.secrets.next()),
    ]);
    shown(app, visitor, desk, form, Vec::new()).await
}

async fn shown(app: &App, visitor: &Visitor, desk: Desk, form: FormView, pictures: Vec<String>) -> Answer {
    let choices = choices(app, visitor, own(visitor)?).await?;
    let view = View { base: base_of(desk), form, choices, pictures };
    let title = visitor.locale.t("d-new-product");
    show(app, visitor, desk, "desk/product_new.html", above(visitor, desk), &title, &view).await
}

/// Makes the product with its variant, its offer and its stock, or shows the form again.
pub async fn create(app: &App, visitor: &Visitor, desk: Desk, parts: Multipart) -> Answer {
    let organisation = own(visitor)?;
    let Sent { form, pictures, refused } = upload::pictures(app, visitor, organisation.raw(), parts).await?;
    // Pictures that came with an earlier try are named by the form.
    let mut all: Vec<String> = form.all("picture").map(str::to_owned).collect();
    all.extend(pictures.into_iter().filter(|new| !form.all("picture").any(|old| old == new)));
    let pricing = app.store.read_as(visitor.actor, move |db| offers::pricing(db, organisation)).await?;
    let outcome = match goods(&form, visitor.locale.mark(), (organisation, pricing), &all, refused) {
        Ok(goods) => app.store.write_as(visitor.actor, move |tx| put(tx, &goods)).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(done(visitor, &format!("{}/{id}", base_of(desk)), "d-said-product-made")),
        Err(error) => {
            let view = FormView::again(&visitor.locale, &form, named(error))?;
            unaccepted(shown(app, visitor, desk, view, all).await)
        }
    }
}

/// The same form sent twice makes one product.
fn put(tx: &mut Tx, goods: &PutGoods) -> Result<String> {
    let (organisation, title) = (goods.product.organisation, goods.product.title.clone().unwrap_or_default());
    tx.once(&format!("new-product:{organisation}:{}", goods.key), &goods.key, |tx| {
        let mut goods = goods.clone();
        goods.product.handle = catalog::free_handle(tx, organisation, &title)?;
        Ok(offers::put_goods(tx, &goods)?.id.to_string())
    })
}

fn goods(
    form: &Form,
    mark: Mark,
    (organisation, pricing): (Id<Organisation>, Pricing),
    pictures: &[String],
    refused: Vec<Error>,
) -> Result<PutGoods> {
    let mut read = Reading::of(form, mark);
    read.note(refused);
    let title = read.needed("title");
    let currency = read.parsed::<Currency>("currency").unwrap_or(Currency::EUR);
    if pricing.must {
        read.needed("price");
    }
    read.needed("quantity");
    read.needed("weight");
    let commerce =
        Commerce { price: read.amount("price", currency), compare_at: None, quantity: read.pieces("quantity") };
    let variant = PutVariant {
        sku: form.given("sku").map(str::to_owned),
        options: ["Default Title".to_owned(), String::new(), String::new()],
        weight: read.weight("weight"),
        hs: read.parsed("hs"),
        origin: read.parsed("origin"),
        customs_description: form.given("description_customs").map(str::to_owned),
        barcode: form.given("barcode").map(str::to_owned),
        ..PutVariant::default()
    };
    let image = |url: &String| Image { url: url.clone(), alt: String::new() };
    let product = PutProduct {
        organisation: organisation.raw(),
        language: form.given("language").map(str::to_owned),
        title: Some(title),
        description_html: Some(html::typed(form.text("description"))),
        vendor: form.given("vendor").map(str::to_owned),
        category: read.parsed("category"),
        status: Status::named(form.text("status")),
        images: pictures.iter().map(image).collect(),
        variants: vec![variant],
        ..PutProduct::default()
    };
    let warehouse = read.parsed("warehouse");
    let key = form.text("key").to_owned();
    read.done(PutGoods { product, warehouse, commerce: vec![commerce], key })
}

/// Errors of the only variant stand beside the fields of this form.
fn named(mut error: Error) -> Error {
    for field in &mut error.fields {
        if let Some(name) = field.name.strip_prefix("variants[0].") {
            field.name = name.to_owned();
        }
        if field.name == "images" {
            field.name = "pictures".to_owned();
        }
    }
    error
}

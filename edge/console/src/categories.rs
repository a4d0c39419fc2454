//! What the goods of a category usually have: the tariff code and the weight that are taken for variants without their own.

use crate::page::under;
use axum::extract::{Path, State};
use base::{HsCode, Id, Mark, Permission, Result, Weight};
use catalog::{Category, PutCategory};
use desk::Crumb;
use desk::form::{Choice, FormView, WrongRow, unaccepted};
use desk::goods::read::Reading;
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    wrong: Option<WrongRow>,
    can_write: bool,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    name: String,
    hs: String,
    grams: String,
    /// As it was sent, when it was not accepted.
    form: Option<FormView>,
}

/// GET /console/categories
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, None).await
}

async fn shown(app: &App, visitor: &Visitor, typed: Option<(String, FormView)>) -> Answer {
    let all = app.store.read_as(visitor.actor, |db: &mut Read| catalog::categories(db)).await?;
    let locale = &visitor.locale;
    let mut rows: Vec<RowView> = all.iter().map(|one| row(one, locale.tag)).collect();
    let wrong = typed.and_then(|(id, form)| {
        let row = rows.iter_mut().find(|row| row.id == id)?;
        row.form = Some(form.clone());
        Some(WrongRow { name: row.name.clone(), anchor: id, form })
    });
    let view = View { rows, wrong, can_write: visitor.may(Permission::CatalogWrite) };
    let above = vec![Crumb::new("/console/readiness", locale.t("d-menu-readiness").to_string())];
    let title = locale.t("c-categories");
    under(app, visitor, "console/categories.html", above, &title, &view).await
}

fn row(one: &Category, tag: &str) -> RowView {
    RowView {
        id: one.id.to_string(),
        name: one.name(tag).to_owned(),
        hs: one.default_hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        grams: one.default_weight.map(|weight| weight.grams.to_string()).unwrap_or_default(),
        form: None,
    }
}

/// POST /console/categories/{category}: another usual tariff code or weight; what is blank is its parent's, or none.
pub async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let known = desk::id::<Category>(&id)?;
    let outcome = async {
        let (hs, weight) = usual(&form, visitor.locale.mark())?;
        app.store.write_as(visitor.actor, move |tx| put(tx, known, hs, weight)).await
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/console/categories", "d-said-saved")),
        Err(error) => {
            let typed = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, Some((known.to_string(), typed))).await)
        }
    }
}

fn usual(form: &Form, mark: Mark) -> Result<(Option<HsCode>, Option<Weight>)> {
    let mut read = Reading::of(form, mark);
    let usual = (read.parsed("hs"), read.weight("weight"));
    read.done(usual)
}

fn put(tx: &mut Tx, id: Id<Category>, hs: Option<HsCode>, weight: Option<Weight>) -> Result<()> {
    let known = catalog::category(tx, id)?;
    let put = PutCategory {
        slug: known.slug,
        parent: known.parent,
        names: known.names,
        default_hs: hs,
        default_tax_class: known.default_tax_class,
        default_weight: weight,
        position: known.position,
    };
    catalog::put_category(tx, &put).map(drop)
}

#[derive(Serialize)]
struct NewView {
    form: FormView,
    /// The field of each language's name, and what the language is called.
    names: Vec<(String, String)>,
    parents: Vec<Choice>,
    classes: Vec<Choice>,
}

/// GET /console/categories/new
pub async fn new(State(app): State<App>, visitor: Visitor) -> Answer {
    new_page(&app, &visitor, FormView::default()).await
}

async fn new_page(app: &App, visitor: &Visitor, form: FormView) -> Answer {
    let all = app.store.read_as(visitor.actor, |db: &mut Read| catalog::categories(db)).await?;
    let locale = &visitor.locale;
    let languages = app.languages.all().iter();
    let view = NewView {
        form,
        names: languages.map(|one| (name_field(one.tag), one.t("language-name").to_string())).collect(),
        parents: all
            .iter()
            .map(|one| Choice { code: one.id.to_string(), name: one.name(locale.tag).to_owned() })
            .collect(),
        classes: customs::TaxClass::ALL
            .iter()
            .map(|class| Choice { code: class.name().into(), name: desk::words::word(locale, "class", class.name()) })
            .collect(),
    };
    let above = vec![
        Crumb::new("/console/readiness", locale.t("d-menu-readiness").to_string()),
        Crumb::new("/console/categories", locale.t("c-categories").to_string()),
    ];
    under(app, visitor, "console/category_new.html", above, &locale.t("c-new-category"), &view).await
}

fn name_field(tag: &str) -> String {
    format!("name_{tag}")
}

/// POST /console/categories/new
pub async fn create(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let outcome = async {
        let put = wished(&app, &form, visitor.locale.mark())?;
        let write = move |tx: &mut Tx| catalog::make_category(tx, &put).map(drop);
        app.store.write_as(visitor.actor, write).await.map_err(at_name)
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/console/categories", "d-said-saved")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(new_page(&app, &visitor, again).await)
        }
    }
}

fn wished(app: &App, form: &Form, mark: Mark) -> Result<PutCategory> {
    let (default_hs, default_weight) = usual(form, mark)?;
    let named = |tag: &str| Some((tag.to_owned(), form.given(&name_field(tag))?.to_owned()));
    Ok(PutCategory {
        slug: String::new(),
        parent: form.given("parent").map(|_| form.read("parent")).transpose()?,
        names: app.languages.all().iter().filter_map(|one| named(one.tag)).collect(),
        default_hs,
        default_tax_class: form.text("tax_class").to_owned(),
        default_weight,
        position: 0,
    })
}

/// What is wrong with the names stands beside the first of them.
fn at_name(mut error: base::Error) -> base::Error {
    error.fields.iter_mut().filter(|field| field.name == "names").for_each(|field| field.name = name_field("en"));
    error
}

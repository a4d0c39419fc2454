//! Those who want to sell here: who waits for a word, and giving it: terms to agree, or a reason.

use crate::page::{show, under};
use crate::sellers::{Choice, modes, terms_form, terms_of};
use axum::extract::{Path, State};
use base::{Id, Permission};
use desk::form::{FormView, unaccepted};
use desk::people::link_view;
use desk::time::moment;
use desk::words::{Badge, word};
use desk::{Crumb, PAGE};
use frame::{Answer, App, Form, Visitor};
use onboarding::{Accept, Application, ApplicationState};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    tabs: Vec<TabView>,
    state: &'static str,
    next: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct TabView {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    name: String,
    legal_name: String,
    country: String,
    goods: String,
    at: String,
    badge: Badge,
}

fn badge(visitor: &Visitor, state: ApplicationState) -> Badge {
    let tone = match state {
        ApplicationState::Open => "warn",
        ApplicationState::Accepted => "ok",
        ApplicationState::Declined => "off",
    };
    Badge { tone, text: word(&visitor.locale, "c-application", state.name()) }
}

/// GET /console/applications
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let state = ApplicationState::named(form.text("state")).unwrap_or(ApplicationState::Open);
    let before = desk::cursor::<Application>(&form, "before");
    let read = move |db: &mut Read| {
        Ok((onboarding::applications(db, state, before, PAGE)?, onboarding::open_applications(db)?))
    };
    let (found, waiting) = app.store.read_as(visitor.actor, read).await?;
    let here = |state: ApplicationState| format!("/console/applications?state={}", state.name());
    let full = found.len() as i64 >= PAGE;
    let tab = |one: ApplicationState| TabView {
        href: here(one),
        name: word(&visitor.locale, "c-application", one.name()),
        count: (one == ApplicationState::Open).then_some(waiting),
        current: one == state,
    };
    let view = View {
        next: found.last().filter(|_| full).map(|last| format!("{}&before={}", here(state), last.id.raw())),
        later: before.map(|_| here(state)),
        rows: found.iter().map(|one| row(&visitor, one)).collect(),
        tabs: ApplicationState::ALL.into_iter().map(tab).collect(),
        state: state.name(),
    };
    let above = vec![sellers(&visitor)];
    let title = visitor.locale.t("c-applications");
    under(&app, &visitor, "console/applications.html", above, &title, &view).await
}

fn sellers(visitor: &Visitor) -> Crumb {
    Crumb::new("/console/sellers", visitor.locale.t("d-menu-sellers").to_string())
}

fn row(visitor: &Visitor, one: &Application) -> RowView {
    RowView {
        id: one.id.to_string(),
        name: one.name.clone(),
        legal_name: one.legal_name.clone(),
        country: visitor.locale.country(one.country),
        goods: short(&one.goods),
        at: moment(visitor, one.created_at),
        badge: badge(visitor, one.state),
    }
}

/// Letters of the goods that a list shows.
const SHOWN_LETTERS: usize = 120;

fn short(goods: &str) -> String {
    let mut shown: String = goods.chars().take(SHOWN_LETTERS).collect();
    if shown.len() < goods.len() {
        shown.push('…');
    }
    shown
}

#[derive(Serialize)]
struct OneView {
    id: String,
    name: String,
    badge: Badge,
    at: String,
    /// Labels and values.
    facts: Vec<(String, String)>,
    goods: String,
    reason: String,
    /// The seller that came of it.
    seller: Option<String>,
    open: bool,
    can_write: bool,
    accept: FormView,
    decline: FormView,
    modes: Vec<Choice>,
    mail: bool,
}

/// GET /console/applications/{application}
pub async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    shown(&app, &visitor, desk::id(&id)?, None, None).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    id: Id<Application>,
    accept: Option<FormView>,
    decline: Option<FormView>,
) -> Answer {
    let known = app.store.read_as(visitor.actor, move |db: &mut Read| onboarding::application(db, id)).await?;
    let locale = &visitor.locale;
    let label = |key: &str| locale.t(key).to_string();
    let facts = [
        (label("d-legal-name"), known.legal_name.clone()),
        (label("email"), known.email.clone()),
        (label("address-phone"), known.phone.clone()),
        (label("country-or-region"), locale.country(known.country)),
        (label("currency"), locale.currency(known.currency)),
        (label("language"), known.language.tag().to_owned()),
        (label("c-website"), known.website.clone()),
    ];
    let view = OneView {
        id: id.to_string(),
        name: known.name.clone(),
        badge: badge(visitor, known.state),
        at: moment(visitor, known.created_at),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        goods: known.goods.clone(),
        reason: known.reason.clone(),
        seller: known.organisation.map(|seller| seller.to_string()),
        open: known.state == ApplicationState::Open,
        can_write: visitor.may(Permission::SettingsWrite),
        accept: accept.unwrap_or_else(|| {
            let mut form = terms_form(app, &[]);
            form.values.insert("name".into(), known.name.clone());
            form
        }),
        decline: decline.unwrap_or_default(),
        modes: modes(visitor),
        mail: app.mail(),
    };
    let above = vec![sellers(visitor), Crumb::new("/console/applications", label("c-applications"))];
    under(app, visitor, "console/application.html", above, &known.name, &view).await
}

/// POST /console/applications/{application}: a seller with terms, or a reason why not.
pub async fn decide(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let id: Id<Application> = desk::id(&id)?;
    if form.text("deed") == "decline" {
        decline(&app, &visitor, id, &form).await
    } else {
        accept(&app, &visitor, id, &form).await
    }
}

async fn accept(app: &App, visitor: &Visitor, id: Id<Application>, form: &Form) -> Answer {
    let (sent, mail, mark) = (form.clone(), app.mail(), visitor.locale.mark());
    let write = move |tx: &mut Tx| {
        let currency = onboarding::application(tx, id)?.currency;
        let how = Accept { name: sent.text("name").to_owned(), terms: terms_of(&sent, currency, mark)? };
        onboarding::accept(tx, id, &how, mail)
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(added) => {
            let to = format!("/console/sellers/{}", added.organisation);
            match added.owner.path {
                None => Ok(desk::done(visitor, &to, "c-said-accepted")),
                Some(path) => {
                    let view = LinkView { seller: to, link: link_view(app, visitor, &path) };
                    let title = visitor.locale.t("c-said-accepted");
                    desk::developer::not_kept(show(app, visitor, "console/accepted.html", &title, &view).await)
                }
            }
        }
        Err(error) => {
            let again = FormView::again(&visitor.locale, form, error)?;
            unaccepted(shown(app, visitor, id, Some(again), None).await)
        }
    }
}

/// Where no mail is sent, the link of the invitation is shown this once.
#[derive(Serialize)]
struct LinkView {
    seller: String,
    link: desk::developer::SecretView,
}

async fn decline(app: &App, visitor: &Visitor, id: Id<Application>, form: &Form) -> Answer {
    let (reason, mail) = (form.text("reason").to_owned(), app.mail());
    let write = move |tx: &mut Tx| onboarding::decline(tx, id, &reason, mail);
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(desk::done(visitor, "/console/applications", "c-said-declined")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, form, error)?;
            unaccepted(shown(app, visitor, id, None, Some(again)).await)
        }
    }
}

//! What changes how an account is opened, each on a page of its own: it asks for the current password again, and for a code from whoever
//! has an authenticator app.

use crate::security::{PATH, said};
use crate::{own_data, recovery};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Error, Kind, Result};
use frame::App;
use frame::app::aside;
use frame::failure::{Answer, Failure};
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, json, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use notify::Tell;
use serde::Serialize;
use store::Tx;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Another password.
    Password,
    /// Another e-mail.
    Email,
    /// An authenticator app.
    App,
    /// Take the app away.
    AppRemove,
    /// New recovery codes.
    Recovery,
    /// A passkey.
    Passkey,
    /// Take a passkey away.
    PasskeyRemove,
    /// Download what is kept.
    Export,
    /// Erase the account.
    Erase,
}

impl Deed {
    const ALL: [Deed; 9] = [
        Deed::Password,
        Deed::Email,
        Deed::App,
        Deed::AppRemove,
        Deed::Recovery,
        Deed::Passkey,
        Deed::PasskeyRemove,
        Deed::Export,
        Deed::Erase,
    ];

    /// As it stands in the address and in the names of its texts.
    fn name(self) -> &'static str {
        match self {
            Deed::Password => "password",
            Deed::Email => "email",
            Deed::App => "app",
            Deed::AppRemove => "app-remove",
            Deed::Recovery => "recovery",
            Deed::Passkey => "passkey",
            Deed::PasskeyRemove => "passkey-remove",
            Deed::Export => "export",
            Deed::Erase => "erase",
        }
    }

    fn named(name: &str) -> Result<Deed> {
        let found = Deed::ALL.into_iter().find(|deed| deed.name() == name);
        found.ok_or_else(|| Error::not_found("no_such_page", "There is no such page."))
    }

    /// Whether it cannot be undone.
    fn grave(self) -> bool {
        matches!(self, Deed::AppRemove | Deed::PasskeyRemove | Deed::Erase)
    }
}

#[derive(Serialize)]
struct View {
    deed: &'static str,
    title: String,
    text: String,
    button: String,
    grave: bool,
    fields: Vec<FieldView>,
    /// Which passkey is meant.
    passkey: String,
    /// What stays after an erasure, and why.
    stays: Vec<String>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /account/security/{deed}
pub async fn page(State(app): State<App>, visitor: Visitor, Path(deed): Path<String>, form: Form) -> Answer {
    shown(&app, &visitor, Deed::named(&deed)?, &form, Vec::new()).await
}

async fn shown(app: &App, visitor: &Visitor, deed: Deed, form: &Form, problems: Vec<Problem>) -> Answer {
    let person = visitor.signed_in()?.person;
    let factors = app.store.read_as(visitor.actor, move |db| parties::factors(db, person)).await?;
    let (locale, wrong) = (&visitor.locale, !problems.is_empty());
    let field = |what| FieldView::new(locale, what, form, &problems);
    let mut fields = match deed {
        Deed::Password => vec![field(("password", "new-password", "password", "new-password"))],
        Deed::Email => vec![field(("email", "new-email", "email", "email"))],
        Deed::Passkey => vec![field(("name", "passkey-name", "text", "off"))],
        _ => Vec::new(),
    };
    fields.push(field(("current_password", "current-password", "password", "current-password")));
    if factors.totp {
        fields.push(FieldView::new(
            locale,
            ("code", "second-code", "text", "one-time-code"),
            &Form::default(),
            &problems,
        ));
    }
    let say = |part: &str| locale.t(&format!("deed-{}-{part}", deed.name())).to_string();
    let view = View {
        deed: deed.name(),
        title: say("title"),
        text: say("text"),
        button: say("button"),
        grave: deed.grave(),
        fields,
        passkey: form.text("id").to_owned(),
        stays: if deed == Deed::Erase { own_data::stays(locale) } else { Vec::new() },
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(view.title.clone()).unlisted();
    let response = page::render(app, visitor, "shop/deed.html", head, &view)?;
    Ok(if wrong { unprocessable(response) } else { response })
}

/// The current password, and a code from whoever has an app. Wrong ones are counted.
/// Errors: `password_wrong` in `current_password`, `code_wrong` in `code`, `too_many_attempts`.
async fn confirm(app: &App, visitor: &Visitor, form: &Form) -> Result<()> {
    let person = visitor.signed_in()?.person;
    let (password, code) = (form.raw("current_password").to_owned(), form.text("code").to_owned());
    let counted = move |tx: &mut Tx| {
        parties::guard::try_confirmation(tx, person)?;
        parties::own_password(tx)
    };
    let hash = app.store.write_as(visitor.actor, counted).await?;
    if !aside(move || parties::verify_password(&hash, &password)).await? {
        return Err(Error::field("current_password", "password_wrong", "This is not the password of this account."));
    }
    // A wrong code leaves the attempt counted.
    let right = move |tx: &mut Tx| {
        parties::confirm_factor(tx, person, &code)?;
        parties::guard::confirmed(tx, person)
    };
    app.store.write_as(visitor.actor, right).await
}

/// POST /account/security/{deed}
pub async fn act(State(app): State<App>, visitor: Visitor, Path(deed): Path<String>, form: Form) -> Answer {
    let deed = Deed::named(&deed)?;
    match done(&app, &visitor, deed, &form).await {
        Ok(response) => Ok(response),
        Err(Failure(error)) if error.kind == Kind::Conflict => {
            let code = format!("field-{}", error.code.replace('_', "-"));
            let text = visitor.locale.maybe(&code, &[]).unwrap_or(error.message);
            shown(&app, &visitor, deed, &form, vec![Problem::of("", text)]).await
        }
        Err(Failure(error)) => {
            let problems = field_problems(&visitor.locale, error)?;
            shown(&app, &visitor, deed, &form, problems).await
        }
    }
}

async fn done(app: &App, visitor: &Visitor, deed: Deed, form: &Form) -> Answer {
    // A passkey's password was asked for when its options were.
    if deed != Deed::Passkey {
        confirm(app, visitor, form).await?;
    }
    let token = visitor.session_token.clone().unwrap_or_default();
    match deed {
        Deed::Password => password(app, visitor, form, token).await,
        Deed::Email => email(app, visitor, form).await,
        Deed::App => {
            app.store.write_as(visitor.actor, parties::begin_totp).await?;
            Ok(redirect("/account/authenticator"))
        }
        Deed::AppRemove => {
            app.store.write_as(visitor.actor, parties::remove_totp).await?;
            Ok(said(visitor, "app-removed"))
        }
        Deed::Recovery => {
            let codes = app.store.write_as(visitor.actor, parties::renew_recovery).await?;
            recovery::codes(app, visitor, codes)
        }
        Deed::Passkey => passkey(app, visitor, form, token).await,
        Deed::PasskeyRemove => {
            let id = form.read("id")?;
            app.store.write_as(visitor.actor, move |tx| parties::remove_passkey(tx, id)).await?;
            Ok(said(visitor, "passkey-removed"))
        }
        Deed::Export => own_data::download(app, visitor).await,
        Deed::Erase => own_data::erase(app, visitor).await,
    }
}

async fn password(app: &App, visitor: &Visitor, form: &Form, token: String) -> Answer {
    let session = visitor.signed_in()?;
    let (person, device) = (session.person, visitor.device.clone());
    let hash = app.hash_password(form.raw("password"), &[&session.email, &session.name]).await?;
    let change = move |tx: &mut Tx| {
        parties::set_password(tx, &token, &hash)?;
        parties::know_device(tx, person, device.as_deref())
    };
    let device = app.store.write_as(visitor.actor, change).await?;
    let mut response = said(visitor, "password-changed");
    set_cookies(&mut response, [visitor.device_cookie(&device)]);
    Ok(response)
}

/// The answer is the same whether another account has that e-mail or not.
async fn email(app: &App, visitor: &Visitor, form: &Form) -> Answer {
    if !app.mail() {
        let say = "This shop sends no mail at present, so another e-mail cannot be confirmed.";
        return Err(Error::conflict("no_mail", say).into());
    }
    let (email, language) = (form.text("email").to_owned(), visitor.signed_in()?.language.clone());
    let ask = move |tx: &mut Tx| {
        let Some(wish) = parties::ask_email(tx, &email)? else { return Ok(()) };
        let tell = Tell {
            kind: notify::Kind::EmailChange,
            subject: wish.id.raw(),
            recipient: &wish.email,
            language: language.tag(),
            facts: "{}",
            send: true,
        };
        notify::tell(tx, &tell).map(drop)
    };
    app.store.write_as(visitor.actor, ask).await?;
    Ok(said(visitor, "email-asked"))
}

async fn passkey(app: &App, visitor: &Visitor, form: &Form, token: String) -> Answer {
    let site = app.passkey_site().ok_or_else(no_passkeys)?;
    let (name, answer) = (form.text("name").to_owned(), form.text("answer").to_owned());
    let add = move |tx: &mut Tx| parties::add_passkey(tx, &site, &token, &name, &answer);
    let codes = app.store.write_as(visitor.actor, add).await?;
    match codes.is_empty() {
        true => Ok(said(visitor, "passkey-added")),
        false => recovery::codes(app, visitor, codes),
    }
}

fn no_passkeys() -> Error {
    Error::conflict("no_passkeys", "Passkeys need a shop with a domain name behind TLS.")
}

/// POST /account/passkey-options: after the password, what the browser makes a passkey from, as JSON; or what is wrong.
pub async fn passkey_options(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let options = async {
        confirm(&app, &visitor, &form).await?;
        let site = app.passkey_site().ok_or_else(no_passkeys)?;
        app.store.write_as(visitor.actor, move |tx| parties::begin_passkey(tx, &site)).await
    };
    match options.await {
        Ok(options) => Ok(json(options)),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => Ok(refused(&visitor, error)),
        Err(error) => Err(error.into()),
    }
}

fn refused(visitor: &Visitor, error: Error) -> Response {
    let say = match field_problems(&visitor.locale, error) {
        Ok(problems) => problems.into_iter().map(|one| one.text).collect::<Vec<_>>().join(" "),
        Err(error) => error.message,
    };
    let mut response = json(serde_json::json!({ "problem": say }).to_string());
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response.into_response()
}

#[derive(Serialize)]
struct ConfirmView {
    token: String,
    email: Option<String>,
}

/// GET /confirm-email: the link to the new address. It changes nothing before its button is pressed.
pub async fn email_page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let token = form.text("token").to_owned();
    let asked = token.clone();
    let email = app.store.read(move |db| parties::email_wished(db, &asked)).await?;
    let over = email.is_none();
    let head = Head::titled(&*visitor.locale.t("confirm-email-title")).unlisted();
    let mut response = page::render(&app, &visitor, "shop/confirm_email.html", head, &ConfirmView { token, email })?;
    if over {
        *response.status_mut() = StatusCode::GONE;
    }
    Ok(response)
}

/// POST /confirm-email: the link is the permission. Everybody signed in as this person is signed out; the old address is told.
pub async fn email_confirmed(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (token, key, send) = (form.text("token").to_owned(), format!("email_use:{}", visitor.network()), app.mail());
    app.store.write(move |tx| parties::attempt(tx, &key, 20, 900)).await?;
    let change = move |tx: &mut Tx| {
        let changed = parties::confirm_email(tx, &token)?;
        let language = parties::person(tx, changed.person)?.language;
        let tell = Tell {
            kind: notify::Kind::SecurityChanged,
            subject: tx.id::<parties::EmailChange>().raw(),
            recipient: &changed.was,
            language: language.tag(),
            facts: r#"{"what":"email_changed"}"#,
            send,
        };
        notify::tell(tx, &tell).map(drop)
    };
    app.store.write(change).await?;
    let mut response = redirect("/sign-in");
    set_cookies(&mut response, [visitor.flash_cookie("email-changed"), visitor.cookie(frame::visitor::SESSION, "", 0)]);
    Ok(response)
}

/// Where the page of a deed is.
pub fn path(deed: Deed) -> String {
    format!("{PATH}/{}", deed.name())
}

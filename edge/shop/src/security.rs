//! Sign-in and security of one's account: what opens it, where it is open, and what can be changed.

use axum::extract::State;
use axum::response::Response;
use base::Id;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::{self, Head, redirect};
use frame::visitor::Visitor;
use parties::SessionView;
use serde::Serialize;

/// The page itself.
pub const PATH: &str = "/account/security";

#[derive(Serialize)]
struct View {
    email: String,
    /// The desk stays shut until there is a second factor.
    must_enrol: bool,
    any_factor: bool,
    totp: bool,
    passkeys: Vec<PasskeyRow>,
    /// Browsers know passkeys at this address.
    passkeys_here: bool,
    recovery_left: i64,
    sessions: Vec<SessionRow>,
    /// What was done on the page before.
    said: Option<String>,
}

#[derive(Serialize)]
struct PasskeyRow {
    id: String,
    name: String,
    since: String,
    used: Option<String>,
}

#[derive(Serialize)]
struct SessionRow {
    id: String,
    agent: String,
    address: String,
    proof: String,
    since: String,
    seen: String,
    this: bool,
}

/// GET /account/security
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    let session = visitor.signed_in()?;
    let person = session.person;
    let (factors, sessions) = app
        .store
        .read_as(visitor.actor, move |db| Ok((parties::factors(db, person)?, parties::sessions(db, person)?)))
        .await?;
    let locale = &visitor.locale;
    let day = |moment: base::Moment| locale.day(moment.date(), visitor.today());
    let said = visitor.flash.as_deref().and_then(|code| locale.maybe(&format!("security-said-{code}"), &[]));
    let view = View {
        email: session.email.clone(),
        must_enrol: session.must_enrol,
        any_factor: factors.any(),
        totp: factors.totp,
        passkeys: factors
            .passkeys
            .iter()
            .map(|one| PasskeyRow {
                id: one.id.to_string(),
                name: one.name.clone(),
                since: day(one.created_at),
                used: one.used_at.map(day),
            })
            .collect(),
        passkeys_here: app.passkey_site().is_some(),
        recovery_left: factors.recovery_left,
        sessions: sessions.iter().map(|one| row(&visitor, one)).collect(),
        said,
    };
    let head = Head::titled(&*locale.t("security-title")).unlisted();
    page::render(&app, &visitor, "shop/security.html", head, &view)
}

fn row(visitor: &Visitor, one: &SessionView) -> SessionRow {
    let locale = &visitor.locale;
    let moment = |moment| locale.moment(moment, visitor.preferences.destination, visitor.today());
    SessionRow {
        id: one.id.to_string(),
        agent: if one.agent.is_empty() { locale.t("session-unknown").to_string() } else { one.agent.clone() },
        address: one.address.clone(),
        proof: locale.t(&format!("session-proof-{}", one.proof.name())).to_string(),
        since: moment(one.created_at),
        seen: moment(one.seen_at),
        this: visitor.session.as_ref().is_some_and(|session| session.id == one.id),
    }
}

/// Back to the page, which says what was done.
pub fn said(visitor: &Visitor, code: &str) -> Response {
    let mut response = redirect(PATH);
    set_cookies(&mut response, [visitor.flash_cookie(code)]);
    response
}

/// POST /account/security/sessions: ends one, or all others.
pub async fn end_sessions(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let token = visitor.session_token.clone().unwrap_or_default();
    match form.maybe::<Id<parties::Session>>("session") {
        Some(id) if visitor.signed_in()?.id == id => {
            return crate::sign::sign_out(State(app), visitor, Form::default()).await;
        }
        Some(id) => app.store.write_as(visitor.actor, move |tx| parties::end_session(tx, id)).await?,
        None => app.store.write_as(visitor.actor, move |tx| parties::sign_out_others(tx, &token).map(drop)).await?,
    }
    Ok(said(&visitor, "sessions-ended"))
}

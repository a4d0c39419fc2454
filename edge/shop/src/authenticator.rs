//! Setting up an authenticator app: its QR code and its text, the first code; and the recovery codes, shown once.

use crate::deed::{self, Deed};
use crate::recovery;
use axum::extract::State;
use base::{Error, Kind, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use qrcode::{Color, QrCode};
use serde::Serialize;

/// Blank modules around a QR code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

#[derive(Serialize)]
struct View {
    /// In groups of four, to be typed.
    secret: String,
    url: String,
    /// Side of the drawing, in modules.
    side: usize,
    /// Its dark modules, as an SVG path.
    path: String,
    field: FieldView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /account/authenticator
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, Vec::new()).await
}

async fn shown(app: &App, visitor: &Visitor, problems: Vec<Problem>) -> Answer {
    let session = visitor.signed_in()?;
    let (person, email, shop) = (session.person, session.email.clone(), app.name());
    let waiting = app.store.read_as(visitor.actor, move |db| parties::enrolment(db, person, &shop, &email)).await?;
    let Some(enrolment) = waiting else { return Ok(redirect(&deed::path(Deed::App))) };
    let (locale, wrong) = (&visitor.locale, !problems.is_empty());
    let (side, path) = drawing(&enrolment.url)?;
    let letters: Vec<char> = enrolment.secret.chars().collect();
    let view = View {
        secret: letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" "),
        url: enrolment.url,
        side,
        path,
        field: FieldView::new(locale, ("code", "app-code", "text", "one-time-code"), &Form::default(), &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t("app-title")).unlisted();
    let response = page::render(app, visitor, "shop/authenticator.html", head, &view)?;
    Ok(if wrong { unprocessable(response) } else { response })
}

/// A QR code as an SVG path of unit squares, and its side with the quiet zone.
fn drawing(text: &str) -> Result<(usize, String)> {
    let code = QrCode::new(text.as_bytes()).map_err(Error::internal)?;
    let (width, mut path) = (code.width(), String::new());
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
        }
    }
    Ok((width + 2 * QUIET, path))
}

/// POST /account/authenticator: the first code proves that the app has the secret.
pub async fn confirm(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (token, code) = (visitor.session_token.clone().unwrap_or_default(), form.text("code").to_owned());
    let person = visitor.signed_in()?.person;
    app.store.write_as(visitor.actor, move |tx| parties::guard::try_confirmation(tx, person)).await?;
    match app.store.write_as(visitor.actor, move |tx| parties::confirm_totp(tx, &token, &code)).await {
        Ok(new) if new.is_empty() => Ok(crate::security::said(&visitor, "app-added")),
        Ok(new) => recovery::codes(&app, &visitor, new),
        Err(error) if error.kind == Kind::Conflict => Ok(redirect(&deed::path(Deed::App))),
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            shown(&app, &visitor, problems).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::drawing;

    #[test]
    fn a_code_has_its_three_finders_and_a_quiet_zone() {
        let (side, path) = drawing("otpauth://totp/Shop:mei%40example.com?secret=AAAA").unwrap();
        // Version 4 has 33 modules (ISO/IEC 18004), and four blank ones on each side.
        assert_eq!(side, 33 + 8);
        for corner in ["M4 4h", "M36 4h", "M4 36h"] {
            assert!(path.contains(corner), "{corner}");
        }
        assert!(!path.contains("M3 ") && !path.contains("M37 "));
    }
}

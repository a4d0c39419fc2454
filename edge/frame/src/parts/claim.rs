//! A claim as each party sees it: what it is about, how far it is, who has the next step and until when, what was said; its pictures,
//! which only the parties get.

use crate::app::App;
use crate::language::{Arg, Locale};
use crate::visitor::Visitor;
use aftersales::{Claim, ClaimLine, Picture, PictureRow, State, Wish, Word};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Country, Error, Id, Money, Result};
use orders::Whole;
use serde::Serialize;
use store::Read;

/// A claim with everything around it.
pub struct Seen {
    /// The claim.
    pub claim: Claim,
    /// Its order.
    pub whole: Whole,
    lines: Vec<ClaimLine>,
    words: Vec<Word>,
    pictures: Vec<PictureRow>,
}

/// Reads a claim with everything around it. Who may see it is asked by the page. Errors: `claim_unknown`.
pub fn see(db: &mut Read, id: Id<Claim>) -> Result<Seen> {
    let claim = aftersales::claim(db, id)?;
    Ok(Seen {
        whole: orders::whole(db, claim.order)?,
        lines: aftersales::lines(db, id)?,
        words: aftersales::words(db, id)?,
        pictures: aftersales::pictures(db, id)?,
        claim,
    })
}

/// A claim as pages show it.
#[derive(Serialize)]
pub struct ClaimView {
    id: String,
    number: String,
    about: String,
    wish: String,
    state: String,
    tone: &'static str,
    next: String,
    late: bool,
    lines: Vec<LineView>,
    story: Vec<WordView>,
    pictures: Vec<PictureView>,
    return_to: Vec<String>,
    sent: String,
    refunded: Option<String>,
    rule: String,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    title: String,
    options: String,
    picture: String,
    pieces: i64,
    restock: i64,
}

#[derive(Serialize)]
struct WordView {
    who: String,
    deed: String,
    words: String,
    at: String,
    iso: String,
}

#[derive(Serialize)]
struct PictureView {
    src: String,
    width: i64,
    height: i64,
}

/// What a claim asks for or is about, in the reader's words.
pub fn word(locale: &Locale, prefix: &str, code: &str) -> String {
    locale.t(&format!("claim-{prefix}-{}", code.replace('_', "-"))).to_string()
}

/// The colour of a state; the words stand beside it.
pub fn tone(state: State) -> &'static str {
    match state {
        State::Open | State::Returning => "warn",
        State::Refused | State::Escalated => "bad",
        State::Sent | State::Settling => "now",
        State::Closed => "hollow",
    }
}

/// The state of a claim: how far it is, or what became of it.
pub fn state(locale: &Locale, claim: &Claim) -> String {
    match claim.state {
        State::Closed => word(locale, "outcome", claim.outcome.name()),
        state => word(locale, "state", state.name()),
    }
}

/// Who has the next step and until when, told to `side` (`buyer`, `seller` or `operator`); the place is where its clocks are.
pub fn next(locale: &Locale, claim: &Claim, side: &str, place: Country, today: base::Date) -> String {
    let until = claim.due_at.map(|due| locale.moment(due, place, today)).unwrap_or_default();
    let args = [("until", Arg::from(until)), ("amount", locale.money(claim.refunded).into())];
    let name = match claim.state {
        State::Closed => format!("closed-{}", claim.outcome.name()),
        state => state.name().to_owned(),
    };
    let key = format!("claim-next-{}", name.replace('_', "-"));
    locale.maybe(&format!("{key}-{side}"), &args).unwrap_or_else(|| locale.fill(&key, &args))
}

fn wish(locale: &Locale, claim: &Claim) -> String {
    match claim.wish {
        Wish::MoneyBack => word(locale, "wish", "money_back"),
        Wish::LowerPrice => locale.fill("claim-wish-lower-price-by", &[("amount", locale.money(claim.amount).into())]),
    }
}

/// The claim for a page of `side` whose pictures lie under `base`.
pub fn view(visitor: &Visitor, seen: &Seen, side: &str, base: &str, place: Country) -> ClaimView {
    let (locale, claim, today) = (&visitor.locale, &seen.claim, visitor.today());
    let sent = if claim.tracking.is_empty() { String::new() } else { format!("{} {}", claim.carrier, claim.tracking) };
    let rights = aftersales::rights_in(seen.whole.order.destination, seen.whole.order.placed_at.date());
    let rule = rights.unwrap_or_default().into_iter().find(|one| one.id == claim.rule);
    ClaimView {
        id: claim.id.to_string(),
        number: seen.whole.order.number.clone(),
        about: word(locale, "kind", claim.kind.name()),
        wish: wish(locale, claim),
        state: state(locale, claim),
        tone: tone(claim.state),
        next: next(locale, claim, side, place, today),
        late: claim.due_at.is_some_and(|due| due < visitor.now),
        lines: seen.lines.iter().filter_map(|one| line(seen, one)).collect(),
        story: seen.words.iter().map(|one| said(visitor, one, place)).collect(),
        pictures: seen.pictures.iter().map(|one| picture(base, one)).collect(),
        return_to: claim.return_to.as_ref().map(parties::address_format::label_lines).unwrap_or_default(),
        sent,
        refunded: Some(claim.refunded).filter(|money: &Money| money.minor > 0).map(|money| locale.money(money)),
        rule: rule.map(|right| right.source.clone()).unwrap_or_default(),
    }
}

fn line(seen: &Seen, one: &ClaimLine) -> Option<LineView> {
    let line = seen.whole.lines.iter().find(|line| line.id == one.line)?;
    Some(LineView {
        id: line.id.to_string(),
        title: line.title.clone(),
        options: line.options.clone(),
        picture: line.image.clone(),
        pieces: one.pieces,
        restock: one.restock,
    })
}

fn said(visitor: &Visitor, one: &Word, place: Country) -> WordView {
    let locale = &visitor.locale;
    WordView {
        who: word(locale, "who", &one.author),
        deed: word(locale, "deed", &one.deed),
        words: if one.deed == "cannot_be_paid" { String::new() } else { one.words.clone() },
        at: locale.moment(one.at, place, visitor.today()),
        iso: one.at.to_string(),
    }
}

fn picture(base: &str, one: &PictureRow) -> PictureView {
    PictureView { src: format!("{base}/pictures/{}", one.id), width: one.width, height: one.height }
}

/// Keeps a picture where only the parties to an order see it. Errors: it is none; the storage.
pub async fn keep(app: &App, file: bytes::Bytes) -> Result<Picture> {
    let (file, address) = app.media.take_private(file).await?;
    let (width, height, mime) = (address.width, address.height, address.coding.mime().to_owned());
    Ok(Picture { file, width, height, mime })
}

/// The file of a picture, for this visitor only. Errors: `unknown_picture`; the storage.
pub async fn file(app: &App, picture: &PictureRow) -> Result<Response> {
    let gone = || Error::not_found("unknown_picture", "There is no such picture.");
    let bytes = app.media.get(&picture.file).await?.ok_or_else(gone)?;
    let mut response = Response::new(Body::from(bytes));
    let mime = if picture.mime == "image/png" { "image/png" } else { "image/jpeg" };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    Ok(response)
}

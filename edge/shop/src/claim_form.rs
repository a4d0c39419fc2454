//! The form with which a buyer objects to something of a parcel, or gives it back.

use crate::order::{decider, open};
use aftersales::{Kind, NewClaim, Wish};
use axum::extract::{Multipart, Path, State};
use base::amount::Amount;
use base::{Error, Id, Money, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::language::Locale;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::claim::{self, word};
use frame::parts::field::problems_title;
use frame::upload;
use frame::visitor::Visitor;
use orders::{Consignment, Order, Whole};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    url: String,
    number: String,
    consignment: String,
    key: String,
    withdrawal: bool,
    /// Until when, by which law, at whose cost it can be given back.
    right: Option<RightView>,
    kinds: Vec<KindView>,
    lines: Vec<LineView>,
    lower_price: bool,
    amount: String,
    currency: String,
    words: String,
    most_words: usize,
    most_pictures: usize,
    problems: Vec<Problem>,
    problems_title: String,
}

#[derive(Serialize)]
struct RightView {
    until: String,
    source: String,
    buyer_pays: bool,
}

#[derive(Serialize)]
struct KindView {
    code: &'static str,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    title: String,
    options: String,
    picture: String,
    left: i64,
    value: String,
}

/// What the page is made from.
struct Seen {
    whole: Whole,
    /// By line: pieces of what came, and of what did not come.
    left: Vec<(Id<orders::Line>, i64, i64)>,
}

fn see(db: &mut Read, order: Id<Order>, consignment: Id<Consignment>) -> Result<Seen> {
    let whole = orders::whole(db, order)?;
    let mut left = Vec::new();
    for line in whole.lines_of(consignment) {
        let mut pieces = |kind| aftersales::claimable(db, &whole, line, kind);
        left.push((line.id, pieces(Kind::Other)?, pieces(Kind::NotArrived)?));
    }
    if left.is_empty() {
        return Err(Error::not_found("consignment_unknown", "There is no such consignment."));
    }
    Ok(Seen { whole, left })
}

/// GET /order/{token}/claims/new
pub async fn page(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let form = Form::of([form.fields(), &[("key".to_owned(), app.secrets.next())]].concat());
    shown(&app, &visitor, &token, &order, &form, Vec::new()).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    token: &str,
    order: &Order,
    form: &Form,
    problems: Vec<Problem>,
) -> Answer {
    let (id, consignment) = (order.id, form.text("consignment").parse::<Id<Consignment>>()?);
    let seen = app.store.read(move |db| see(db, id, consignment)).await?;
    let locale = &visitor.locale;
    let can_be = |fits: fn(&(Id<orders::Line>, i64, i64)) -> bool| seen.left.iter().any(fits);
    let (came, missed) = (can_be(|(_, came, _)| *came > 0), can_be(|(_, _, missed)| *missed > 0));
    let withdrawal = form.text("kind") == Kind::Withdrawal.name();
    let windows = aftersales::windows(&seen.whole, consignment, visitor.now)?;
    let until = windows.as_ref().and_then(|windows| windows.withdraw_until);
    let right = windows.as_ref().and_then(|windows| windows.withdrawal).zip(until).map(|(right, until)| RightView {
        until: locale.moment(until, order.destination, visitor.today()),
        source: right.source.clone(),
        buyer_pays: right.buyer_pays_way_back,
    });
    let wrong = !problems.is_empty();
    let view = View {
        url: format!("/order/{token}"),
        number: order.number.clone(),
        consignment: consignment.to_string(),
        key: form.text("key").to_owned(),
        withdrawal,
        right: right.filter(|_| withdrawal),
        kinds: kinds(locale, (came, missed), form.text("kind")),
        lines: lines(&seen, consignment, form),
        lower_price: form.text("wish") == Wish::LowerPrice.name(),
        amount: form.text("amount").to_owned(),
        currency: order.currency.code().to_owned(),
        words: form.text("words").to_owned(),
        most_words: aftersales::WORDS,
        most_pictures: aftersales::PICTURES,
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = locale.t(if withdrawal { "claim-give-back" } else { "claim-object" });
    let response = page::render(app, visitor, "shop/claim_new.html", Head::titled(&*title).unlisted(), &view)?;
    Ok(if wrong { unprocessable(response) } else { response })
}

/// What can be wrong with a parcel that came, or has not come.
fn kinds(locale: &Locale, (came, missed): (bool, bool), chosen: &str) -> Vec<KindView> {
    let fits = |kind: &&Kind| match **kind {
        Kind::Withdrawal => false,
        Kind::NotArrived => missed,
        _ => came,
    };
    let view = |kind: &Kind| KindView {
        code: kind.name(),
        name: word(locale, "kind", kind.name()),
        chosen: kind.name() == chosen || !came,
    };
    Kind::ALL.iter().filter(fits).map(view).collect()
}

fn lines(seen: &Seen, consignment: Id<Consignment>, form: &Form) -> Vec<LineView> {
    let withdrawal = form.text("kind") == Kind::Withdrawal.name();
    let most = |(_, came, missed): &(Id<orders::Line>, i64, i64)| if withdrawal { *came } else { *came.max(missed) };
    let left = |id| seen.left.iter().find(|(line, ..)| *line == id).map_or(0, most);
    let only = seen.left.iter().filter(|one| most(one) > 0).count() == 1;
    let view = |line: &orders::Line| {
        let typed = form.given(&format!("pieces-{}", line.id)).map(str::to_owned);
        LineView {
            id: line.id.to_string(),
            title: line.title.clone(),
            options: line.options.clone(),
            picture: line.image.clone(),
            left: left(line.id),
            value: typed.unwrap_or_else(|| if only { left(line.id).to_string() } else { String::new() }),
        }
    };
    seen.whole.lines_of(consignment).filter(|line| left(line.id) > 0).map(view).collect()
}

/// POST /order/{token}/claims/new: the form is looked at before any picture is kept.
pub async fn send(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, parts: Multipart) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let sent = upload::carried(parts, aftersales::PICTURES).await?;
    match opened(&app, &visitor, &order, &sent.form, sent.files, sent.refused).await {
        Ok(claim) => Ok(redirect(&format!("/order/{token}/claims/{claim}"))),
        Err(error) => {
            let problems = problems(&visitor.locale, error)?;
            shown(&app, &visitor, &token, &order, &sent.form, problems).await
        }
    }
}

async fn opened(
    app: &App,
    visitor: &Visitor,
    order: &Order,
    form: &Form,
    files: Vec<axum::body::Bytes>,
    refused: Vec<Error>,
) -> Result<String> {
    let (id, actor) = (order.id, decider(visitor, order));
    let consignment = form.text("consignment").parse::<Id<Consignment>>()?;
    let seen = app.store.read(move |db| see(db, id, consignment)).await?;
    let mut new = read(form, visitor, &seen.whole, consignment)?;
    if let Some(error) = refused.into_iter().next() {
        return Err(error);
    }
    let asked = new.clone();
    app.store.read_as(actor, move |db| aftersales::check(db, &asked)).await?;
    for file in files {
        new.pictures.push(claim::keep(app, file).await?);
    }
    // The form's own key: sent twice, it is one claim.
    let key = format!("claim:{}:{}", order.id.raw(), form.text("key"));
    let deed = move |tx: &mut Tx| tx.once(&key, &key, |tx| aftersales::open(tx, &new).map(|id| id.to_string()));
    app.store.write_as(actor, deed).await
}

fn read(form: &Form, visitor: &Visitor, whole: &Whole, consignment: Id<Consignment>) -> Result<NewClaim> {
    let kind = Kind::named(form.text("kind"));
    let kind = kind.ok_or_else(|| Error::field("kind", "required", "Choose what it is about."))?;
    let wish = Wish::named(form.text("wish")).unwrap_or(Wish::MoneyBack);
    let mut lines = Vec::new();
    for line in whole.lines_of(consignment) {
        let Some(text) = form.given(&format!("pieces-{}", line.id)) else { continue };
        let wrong = || Error::field("pieces", "whole_number", "Write a whole number of pieces.");
        let pieces: i64 = text.parse().map_err(|_| wrong())?;
        lines.extend((pieces != 0).then_some((line.id, pieces)));
    }
    let amount = match wish {
        Wish::LowerPrice => Some(amount(form, visitor, whole)?),
        Wish::MoneyBack => None,
    };
    let (words, pictures) = (form.text("words").to_owned(), Vec::new());
    Ok(NewClaim { consignment, lines, kind, wish, amount, words, pictures })
}

fn amount(form: &Form, visitor: &Visitor, whole: &Whole) -> Result<Money> {
    let read = Amount::in_form(form.text("amount"), visitor.locale.mark(), whole.order.currency);
    read.map_err(|_| Error::field("amount", "amount_format", "Write an amount like 12.50."))
}

/// What is wrong, in the reader's words. Errors: what no form can mend.
pub fn problems(locale: &Locale, error: Error) -> Result<Vec<Problem>> {
    if !matches!(error.kind, base::Kind::Invalid | base::Kind::Conflict) {
        return Err(error);
    }
    let say = |name: &str, code: &str| {
        let code = if code.starts_with("picture_") { "picture" } else { code };
        let own = [format!("claim-error-{name}-{code}"), format!("claim-error-{code}")];
        own.iter().find_map(|key| locale.maybe(&key.replace('_', "-"), &[]))
    };
    if error.fields.is_empty() {
        return Ok(vec![Problem::general(say("", error.code).unwrap_or(error.message))]);
    }
    let text = |field: &base::Field| say(&field.name, field.code).unwrap_or_else(|| field.message.clone());
    Ok(error.fields.iter().map(|field| Problem::of(&field.name, text(field))).collect())
}

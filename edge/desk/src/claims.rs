//! Claims at a desk: the list with what is due first, and one claim with what its seller or the operator can do.

use crate::form::{amount, pieces, reason};
use crate::page::{done, refused, show};
use crate::place::{Crumb, Desk, PAGE, cursor, id, own};
use crate::time::{Clock, clock, place};
use crate::words::Badge;
use aftersales::{Claim, Decision, PictureRow, Row, State, Wish};
use base::{Error, Id, Mark, Moment, Money, Permission, Result};
use frame::failure::Answer;
use frame::parts::claim::{self, ClaimView, Seen};
use frame::{App, Form, Visitor};
use orders::Line;
use serde::Serialize;
use settlement::Foreseen;
use store::{Read, Tx};

#[derive(Serialize)]
struct ListView {
    base: &'static str,
    all: bool,
    rows: Vec<RowView>,
    next: Option<String>,
    later: bool,
    late: i64,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    number: String,
    title: String,
    image: String,
    pieces: i64,
    about: String,
    badge: Badge,
    clock: Option<Clock>,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/claims",
        Desk::Console => "/console/claims",
    }
}

/// Whose claims a desk shows: a seller's own, or all.
fn whose(visitor: &Visitor, desk: Desk) -> Result<Option<Id<parties::Organisation>>> {
    match desk {
        Desk::Seller => own(visitor).map(Some),
        Desk::Console => Ok(None),
    }
}

/// Hours that a clock bar stands for.
const USUAL_HOURS: i64 = 72;

fn row_view(visitor: &Visitor, row: &Row) -> RowView {
    let claim = &row.claim;
    RowView {
        id: claim.id.to_string(),
        number: row.number.clone(),
        title: row.title.clone(),
        image: row.image.clone(),
        pieces: row.pieces,
        about: claim::word(&visitor.locale, "kind", claim.kind.name()),
        badge: badge(visitor, claim),
        clock: claim.due_at.map(|due| clock(visitor, due, USUAL_HOURS)),
    }
}

fn badge(visitor: &Visitor, known: &Claim) -> Badge {
    Badge { tone: claim::tone(known.state), text: claim::state(&visitor.locale, known) }
}

/// The list: open claims, what is due (or late) first; or all, newest first.
pub async fn list(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    let (whose, all) = (whose(visitor, desk)?, form.text("state") == "all");
    let (after, due) = (cursor::<Claim>(form, "after"), form.maybe::<i64>("due").map(Moment));
    let read = move |db: &mut Read| {
        let (rows, next) = match (all, whose) {
            (true, _) => {
                let rows = aftersales::of_organisation(db, whose, after, PAGE)?;
                let full = rows.len() as i64 == PAGE;
                let next = rows.last().filter(|_| full).map(|last| format!("state=all&after={}", last.claim.id.raw()));
                (rows, next)
            }
            (false, own) => {
                let from = due.zip(after);
                let page = match own {
                    Some(own) => aftersales::waiting_of(db, own, from, PAGE)?,
                    None => aftersales::waiting(db, from, PAGE)?,
                };
                (page.rows, page.next.map(|(at, id)| format!("due={}&after={}", at.micros(), id.raw())))
            }
        };
        let late = if whose.is_none() { aftersales::late(db)? } else { 0 };
        Ok((rows, next, late))
    };
    let (rows, next, late) = app.store.read_as(visitor.actor, read).await?;
    let base = base_of(desk);
    let view = ListView {
        base,
        all,
        rows: rows.iter().map(|row| row_view(visitor, row)).collect(),
        next: next.map(|next| format!("{base}?{next}")),
        later: after.is_some(),
        late,
    };
    let title = visitor.locale.t("d-menu-claims");
    show(app, visitor, desk, "desk/claims.html", Vec::new(), &title, &view).await
}

#[derive(Serialize)]
struct View {
    base: &'static str,
    order: String,
    claim: ClaimView,
    clock: Option<Clock>,
    may: May,
    currency: String,
    /// A decision that was chosen, and what it would do.
    asked: Option<AskedView>,
    problem: Option<String>,
}

/// What can be done now.
#[derive(Default, Serialize)]
struct May {
    answer: bool,
    send_back: bool,
    receive: bool,
    decide: bool,
    lower: bool,
}

#[derive(Serialize)]
struct AskedView {
    fields: Vec<(String, String)>,
    amount: String,
    givers: Vec<(String, String)>,
}

/// A claim that this desk may see. Errors: `claim_unknown`, also for other sellers'.
fn reach(db: &mut Read, whose: Option<Id<parties::Organisation>>, id: Id<Claim>) -> Result<Seen> {
    let seen = claim::see(db, id)?;
    match whose.is_none_or(|own| own == seen.claim.organisation) {
        true => Ok(seen),
        false => Err(Error::not_found("claim_unknown", "There is no such claim.")),
    }
}

fn may(visitor: &Visitor, desk: Desk, known: &Claim) -> May {
    let writes = match desk {
        Desk::Seller => visitor.may(Permission::SellerWrite),
        Desk::Console => visitor.may(Permission::OrdersWrite),
    };
    let step = known.state;
    let open = !matches!(step, State::Closed | State::Settling);
    May {
        answer: writes && desk == Desk::Seller && step == State::Open,
        send_back: known.kind.has_goods() && known.wish == Wish::MoneyBack,
        receive: writes && matches!(step, State::Returning | State::Sent),
        decide: writes && desk == Desk::Console && open,
        lower: known.wish == Wish::LowerPrice,
    }
}

/// One claim; in the console with a decision in the query also what that would do.
pub async fn page(app: &App, visitor: &Visitor, desk: Desk, text: &str, form: &Form) -> Answer {
    let (whose, claim_id) = (whose(visitor, desk)?, id::<Claim>(text)?);
    let (asked, mark) = (form.clone(), visitor.locale.mark());
    let previews = desk == Desk::Console && form.given("decision").is_some() && visitor.may(Permission::MoneyWrite);
    let read = move |db: &mut Read| {
        let seen = reach(db, whose, claim_id)?;
        let currency = seen.claim.amount.currency;
        let foreseen = previews.then(|| {
            let decision = decision(&asked, currency, mark)?;
            aftersales::foresee(db, claim_id, decision)
        });
        Ok((seen, foreseen))
    };
    let (seen, foreseen) = app.store.read_as(visitor.actor, read).await?;
    let (asked, problem) = match foreseen {
        None if desk == Desk::Console && form.given("decision").is_some() => (Some(shown(visitor, form, &[])), None),
        None => (None, None),
        Some(Ok(parts)) => (Some(shown(visitor, form, &parts)), None),
        Some(Err(error)) => (None, Some(reason(&visitor.locale, &error))),
    };
    let (base, side) = (base_of(desk), if desk == Desk::Seller { "seller" } else { "operator" });
    let here = format!("{base}/{claim_id}");
    let view = View {
        base,
        order: match desk {
            Desk::Seller => format!("/seller/orders/{}", seen.claim.consignment),
            Desk::Console => format!("/console/orders/{}", seen.claim.order),
        },
        claim: claim::view(visitor, &seen, side, &here, place(visitor)),
        clock: seen.claim.due_at.map(|due| clock(visitor, due, USUAL_HOURS)),
        may: may(visitor, desk, &seen.claim),
        currency: seen.claim.amount.currency.code().to_owned(),
        asked,
        problem,
    };
    let above = vec![Crumb::new(base, visitor.locale.t("d-menu-claims").to_string())];
    let number = seen.whole.order.number.clone();
    show(app, visitor, desk, "desk/claim.html", above, &number, &view).await
}

/// A decision before it is made: its fields again, what goes back, and who gives it by ledger account.
fn shown(visitor: &Visitor, form: &Form, parts: &[Foreseen]) -> AskedView {
    let locale = &visitor.locale;
    let total = parts.first().map(|first| {
        let minor = parts.iter().map(|part| part.amount.minor).sum();
        locale.money(Money::new(minor, first.amount.currency))
    });
    let givers = parts.iter().flat_map(|part| &part.givers);
    AskedView {
        fields: form.fields().to_vec(),
        amount: total.unwrap_or_default(),
        givers: givers.map(|(account, money)| (account.code.clone(), locale.money(*money))).collect(),
    }
}

/// What the console's form decides. Errors: an unknown choice, no amount.
fn decision(form: &Form, currency: base::Currency, mark: Mark) -> Result<Decision> {
    match form.text("decision") {
        "money_back" => Ok(Decision::MoneyBack { send_back: false }),
        "return" => Ok(Decision::MoneyBack { send_back: true }),
        "lower_price" => Ok(Decision::LowerPrice(amount(form, "amount", currency, mark)?)),
        "nothing" => Ok(Decision::Nothing),
        _ => Err(Error::invalid("unknown_deed", "There is no such action.")),
    }
}

/// Does what the button says, and tells so.
pub async fn act(app: &App, visitor: &Visitor, desk: Desk, text: &str, form: &Form) -> Answer {
    let (whose, claim_id) = (whose(visitor, desk)?, id::<Claim>(text)?);
    let (sent, mark, back) = (form.clone(), visitor.locale.mark(), format!("{}/{claim_id}", base_of(desk)));
    let deed = move |tx: &mut Tx| {
        let seen = reach(tx, whose, claim_id)?;
        let words = sent.text("words");
        match (sent.text("deed"), desk) {
            ("agree", _) => aftersales::agree(tx, claim_id, false, words),
            ("agree-return", _) => aftersales::agree(tx, claim_id, true, words),
            ("refuse", _) => aftersales::refuse(tx, claim_id, words),
            ("receive", _) => aftersales::receive(tx, claim_id, &restock(&sent, mark)?, words),
            ("contest", _) => aftersales::contest(tx, claim_id, words),
            ("decide", Desk::Console) => {
                let decision = decision(&sent, seen.claim.amount.currency, mark)?;
                aftersales::decide(tx, claim_id, decision, words)
            }
            _ => Err(Error::invalid("unknown_deed", "There is no such action.")),
        }
    };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(done(visitor, &back, "d-said-claim-done")),
        Err(error) => refused(visitor, &back, error),
    }
}

/// How many pieces of which line lie on the shelf again.
fn restock(form: &Form, mark: Mark) -> Result<Vec<(Id<Line>, i64)>> {
    let mut found = Vec::new();
    for (line, text) in form.with_prefix("restock-") {
        if !text.is_empty() {
            found.push((line.parse()?, pieces(form, &format!("restock-{line}"), mark)?));
        }
    }
    Ok(found)
}

/// The file of a picture, for those who may see its claim.
pub async fn picture(app: &App, visitor: &Visitor, desk: Desk, text: &str, picture: &str) -> Answer {
    let (whose, claim_id, picture) = (whose(visitor, desk)?, id::<Claim>(text)?, id::<PictureRow>(picture)?);
    let read = move |db: &mut Read| {
        reach(db, whose, claim_id)?;
        aftersales::reach_picture(db, claim_id, picture)
    };
    let row = app.store.read_as(visitor.actor, read).await?;
    Ok(claim::file(app, &row).await?)
}

//! Sellers: who they are, under which terms they sell, how their money stands; adding one with its owner and terms.

use crate::page::{show, under};
use axum::extract::{Path, State};
use base::{Currency, Error, Id, Mark, Permission, Rate, Result};
use desk::company::{Company, CompanyView};
use desk::developer::{SecretView, not_kept};
use desk::form::{FormView, amount, number as number_in, unaccepted};
use desk::people::{OffersView, Outcome, link_view, offer_deed, offers_view};
use desk::terms::{AgreementView, MemberView, agreement_view, member_view};
use desk::whose::Whose;
use desk::words::{self, Badge};
use desk::{Crumb, Desk, PAGE};
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor};
use onboarding::{NewSeller, TermsWish};
use parties::{Invitation, Organisation, OrganisationKind, Standing};
use serde::Serialize;
use settlement::Balance;
use store::{Read, Tx};
use terms::{Agreement, Mode, Paid};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<&'static str>,
    /// Applications that wait for a word.
    waiting: i64,
    can_write: bool,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    name: String,
    country: String,
    currency: String,
    badge: Badge,
    terms: Vec<String>,
    to_ship: i64,
    underway: i64,
}

fn standing(visitor: &Visitor, standing: Standing) -> Badge {
    let tone = if standing == Standing::Active { "ok" } else { "bad" };
    Badge { tone, text: words::word(&visitor.locale, "c-standing", standing.name()) }
}

/// GET /console/sellers
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let after = desk::cursor::<Organisation>(&form, "after");
    let read = move |db: &mut Read| {
        let now = db.now();
        let mut found = Vec::new();
        for seller in parties::organisations(db, OrganisationKind::Seller, after, PAGE)? {
            let terms = terms::current(db, seller.id, now)?;
            let counts = orders::seller_counts(db, seller.id)?;
            found.push((seller, terms, counts));
        }
        Ok((found, onboarding::open_applications(db)?))
    };
    let (found, waiting) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let full = found.len() as i64 >= PAGE;
    let view = View {
        next: found.last().filter(|_| full).map(|(seller, ..)| format!("/console/sellers?after={}", seller.id.raw())),
        later: after.map(|_| "/console/sellers"),
        rows: found
            .iter()
            .map(|(seller, terms, counts)| RowView {
                id: seller.id.to_string(),
                name: seller.name.clone(),
                country: locale.country(seller.country),
                currency: seller.currency.code().to_owned(),
                badge: standing(&visitor, seller.standing),
                terms: terms.iter().map(|one| words::mode(locale, one.mode)).collect(),
                to_ship: counts.to_pack + counts.packed,
                underway: counts.underway,
            })
            .collect(),
        waiting,
        can_write: visitor.may(Permission::SettingsWrite),
    };
    let title = locale.t("d-menu-sellers");
    show(&app, &visitor, "console/sellers.html", &title, &view).await
}

#[derive(Serialize)]
struct OneView {
    id: String,
    name: String,
    lead: String,
    badge: Badge,
    active: bool,
    members: Vec<MemberView>,
    offers: OffersView,
    agreements: Vec<AgreementView>,
    /// What is in force and can be ended.
    in_force: Vec<Choice>,
    balances: Option<Vec<BalanceView>>,
    orders: Vec<OrderView>,
    form: FormView,
    modes: Vec<Choice>,
    can_write: bool,
    company: CompanyView,
    /// May read the whole number of the account, to pay into it.
    can_pay: bool,
    /// Under some terms it supplies what the shop sells.
    supplies: bool,
}

#[derive(Serialize)]
struct BalanceView {
    currency: String,
    escrow: String,
    available: String,
    owed: String,
    paid_out: String,
}

#[derive(Serialize)]
struct OrderView {
    order: String,
    number: String,
    item: String,
    place: String,
    badge: Badge,
    payout: String,
}

/// One of a list to choose from.
#[derive(Serialize)]
pub struct Choice {
    code: String,
    name: String,
}

struct Seen {
    seller: Organisation,
    members: Vec<parties::Member>,
    offers: Vec<Invitation>,
    /// Every version, the newest first.
    agreements: Vec<Agreement>,
    in_force: Vec<Agreement>,
    balances: Option<Vec<Balance>>,
    orders: Vec<orders::SellerRow>,
    company: Company,
}

fn see(db: &mut Read, tag: &str, whose: &Whose, money: bool) -> Result<Seen> {
    let id = whose.organisation;
    let now = db.now();
    let in_force = terms::current(db, id, now)?;
    let agreements = terms::with(db, id)?;
    let orders = orders::of_organisation(db, id, orders::SellerFilter::All, None, 10)?.rows;
    let orders = retitle(db, tag, orders)?;
    let orders = settlement::after_refunds(db, orders)?;
    Ok(Seen {
        company: Company::read(db, whose)?,
        orders,
        seller: parties::organisation(db, id)?,
        members: parties::members(db, id)?,
        offers: parties::invitations(db, id)?,
        agreements,
        in_force,
        balances: if money { Some(settlement::balance(db, id)?) } else { None },
    })
}

/// GET /console/sellers/{seller}
pub async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    shown(&app, &visitor, desk::id(&id)?, Shown::default()).await
}

/// What a page about a seller shows besides the seller: forms as they were sent, and a link just made.
#[derive(Default)]
struct Shown {
    terms: Option<FormView>,
    offer: Option<FormView>,
    link: Option<SecretView>,
}

async fn shown(app: &App, visitor: &Visitor, id: Id<Organisation>, shown: Shown) -> Answer {
    let (money, tag) = (visitor.may(Permission::LedgerRead), visitor.locale.tag);
    let whose = Whose { desk: Desk::Console, organisation: id, home: format!("/console/sellers/{id}") };
    let of = whose.clone();
    let seen = app.store.read_as(visitor.actor, move |db| see(db, tag, &of, money)).await?;
    let (locale, seller) = (&visitor.locale, &seen.seller);
    let lead = locale.fill(
        "s-settings-lead",
        &[
            ("name", seller.name.as_str().into()),
            ("country", locale.country(seller.country).into()),
            ("currency", locale.currency(seller.currency).into()),
            ("since", locale.date(seller.created_at.date()).into()),
        ],
    );
    let view = OneView {
        id: id.to_string(),
        name: seller.name.clone(),
        lead,
        badge: standing(visitor, seller.standing),
        active: seller.standing == Standing::Active,
        members: seen.members.iter().map(|member| member_view(visitor, member)).collect(),
        in_force: seen.in_force.iter().map(|one| ending(visitor, one)).collect(),
        agreements: seen.agreements.iter().map(|one| agreement_view(visitor, one)).collect(),
        balances: seen.balances.as_ref().map(|list| list.iter().map(|one| balance_view(visitor, one)).collect()),
        orders: seen.orders.iter().map(|row| order_view(visitor, row)).collect(),
        offers: offers_view(app, visitor, OrganisationKind::Seller, &seen.offers, shown.offer, shown.link),
        form: shown.terms.unwrap_or_else(|| terms_form(app, &seen.agreements)),
        modes: modes(visitor),
        can_write: visitor.may(Permission::SettingsWrite),
        company: seen.company.view(visitor, &whose),
        can_pay: visitor.may(Permission::MoneyWrite),
        supplies: seen.in_force.iter().any(|one| one.paid == Paid::SupplyPrice),
    };
    let above = vec![Crumb::new("/console/sellers", locale.t("d-menu-sellers").to_string())];
    under(app, visitor, "console/seller.html", above, &seller.name, &view).await
}

fn ending(visitor: &Visitor, one: &Agreement) -> Choice {
    Choice { code: one.id.to_string(), name: words::mode(&visitor.locale, one.mode) }
}

fn balance_view(visitor: &Visitor, one: &Balance) -> BalanceView {
    let locale = &visitor.locale;
    BalanceView {
        currency: one.available.currency.code().to_owned(),
        escrow: locale.money(one.escrow),
        available: locale.money(one.available),
        owed: locale.money(one.owed),
        paid_out: locale.money(one.paid_out),
    }
}

fn order_view(visitor: &Visitor, row: &orders::SellerRow) -> OrderView {
    OrderView {
        order: row.order.to_string(),
        number: row.number.clone(),
        item: row.title.clone(),
        place: format!("{}, {}", row.city, row.destination),
        badge: words::state(&visitor.locale, row.state, row.customs),
        payout: visitor.locale.money(row.payout),
    }
}

pub fn modes(visitor: &Visitor) -> Vec<Choice> {
    let open = Mode::open_to(OrganisationKind::Seller);
    open.map(|mode| Choice { code: mode.name().into(), name: words::mode(&visitor.locale, mode) }).collect()
}

fn percent(points: i64) -> String {
    Rate::basis_points(points).shifted(2).map(|rate| rate.to_string()).unwrap_or_default()
}

/// The present terms to begin with, or a marketplace's usual ones.
pub fn terms_form(app: &App, agreements: &[Agreement]) -> FormView {
    let template = Mode::Marketplace.template();
    let window = (*app.shop()).as_ref().and_then(|shop| shop.acceptance_days);
    let first = agreements.first();
    let number = |own: Option<i64>, usual: i64| own.unwrap_or(usual).to_string();
    FormView::of([
        ("mode", first.map_or(Mode::Marketplace, |one| one.mode).name().to_owned()),
        ("commission", percent(first.map_or(template.commission_bp, |one| one.commission_bp))),
        ("commission_tax", percent(first.map_or(0, |one| one.commission_tax_bp))),
        ("tax_country", first.map(|one| one.commission_tax_jurisdiction.clone()).unwrap_or_default()),
        ("fee", "0".into()),
        ("handling", number(first.map(|one| one.handling_hours), template.handling_hours)),
        ("acceptance", number(first.map(|one| one.acceptance_days), window.unwrap_or(template.acceptance_days))),
        ("payout", number(first.map(|one| one.payout_days), template.payout_days)),
    ])
}

/// Percent in a form as basis points. Errors: no number, finer than a hundredth of a percent.
fn basis_points(form: &Form, name: &str, mark: Mark) -> Result<i64> {
    let wrong = || Error::field(name, "rate_format", "Write a number like 12.5.");
    if form.given(name).is_none() {
        return Ok(0);
    }
    number_in(form, name, mark)?.shifted(2)?.whole().ok_or_else(wrong)
}

/// Terms as a form has them; the fee is in `currency`.
pub fn terms_of(form: &Form, currency: Currency, mark: Mark) -> Result<TermsWish> {
    let mode = Mode::named(form.text("mode")).ok_or_else(|| Error::field("mode", "format", "Choose a mode."))?;
    let fee = form.given("fee").map(|_| amount(form, "fee", currency, mark)).transpose()?;
    Ok(TermsWish {
        mode,
        currency: Some(currency),
        commission_bp: Some(basis_points(form, "commission", mark)?),
        commission_tax_bp: Some(basis_points(form, "commission_tax", mark)?),
        commission_tax_jurisdiction: form.text("tax_country").to_owned(),
        fixed_fee_minor: fee.map(|fee| fee.minor),
        acceptance_days: Some(form.read("acceptance")?),
        payout_days: Some(form.read("payout")?),
        handling_hours: Some(form.read("handling")?),
    })
}

/// A deed about an invitation of a seller's.
async fn offer(app: &App, visitor: &Visitor, known: Id<Organisation>, form: &Form) -> Answer {
    let to = format!("/console/sellers/{known}");
    match offer_deed(app, visitor, known, OrganisationKind::Seller, form).await {
        Ok(Outcome::Said(said)) => Ok(desk::done(visitor, &to, said)),
        Ok(Outcome::Link(link)) => {
            not_kept(shown(app, visitor, known, Shown { link: Some(link), ..Shown::default() }).await)
        }
        Err(error) => {
            let offer = Some(FormView::again(&visitor.locale, form, error)?);
            unaccepted(shown(app, visitor, known, Shown { offer, ..Shown::default() }).await)
        }
    }
}

/// POST /console/sellers/{seller}: new terms, ending them, suspending, letting act again, inviting.
pub async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (known, sent, mark) = (desk::id::<Organisation>(&id)?, form.clone(), visitor.locale.mark());
    if ["invite", "again", "withdraw"].contains(&form.text("deed")) {
        return offer(&app, &visitor, known, &form).await;
    }
    let write = move |tx: &mut Tx| match sent.text("deed") {
        "suspend" => parties::set_standing(tx, known, Standing::Suspended),
        "resume" => parties::set_standing(tx, known, Standing::Active),
        "end" => {
            let agreement: Id<Agreement> = sent.read("agreement")?;
            terms::choose(tx, known, Some(agreement)).and_then(|agreement| terms::end(tx, agreement))
        }
        _ => {
            let currency = parties::organisation(tx, known)?.currency;
            let wish = terms_of(&sent, currency, mark)?;
            onboarding::agree(tx, known, &wish).map(drop)
        }
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(desk::done(&visitor, &format!("/console/sellers/{id}"), "d-said-saved")),
        Err(error) => {
            let terms = Some(FormView::again(&visitor.locale, &form, error)?);
            unaccepted(shown(&app, &visitor, known, Shown { terms, ..Shown::default() }).await)
        }
    }
}

#[derive(Serialize)]
struct NewView {
    form: FormView,
    mail: bool,
    modes: Vec<Choice>,
}

/// GET /console/sellers/new
pub async fn new(State(app): State<App>, visitor: Visitor) -> Answer {
    let mut form = terms_form(&app, &[]);
    form.values.insert("country".into(), visitor.preferences.destination.code().to_owned());
    form.values.insert("currency".into(), "EUR".into());
    form.values.insert("language".into(), "en".into());
    new_page(&app, &visitor, form).await
}

async fn new_page(app: &App, visitor: &Visitor, form: FormView) -> Answer {
    let view = NewView { form, mail: app.mail(), modes: modes(visitor) };
    let above = vec![Crumb::new("/console/sellers", visitor.locale.t("d-menu-sellers").to_string())];
    let title = visitor.locale.t("c-new-seller");
    under(app, visitor, "console/seller_new.html", above, &title, &view).await
}

/// POST /console/sellers: the seller, its terms, and the invitation of its owner.
pub async fn create(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (sent, mail, mark) = (form.clone(), app.mail(), visitor.locale.mark());
    let write = move |tx: &mut Tx| {
        let currency = sent.read("currency")?;
        let new = NewSeller {
            name: sent.text("name").to_owned(),
            country: sent.read("country")?,
            currency,
            language: sent.read("language")?,
            terms: terms_of(&sent, currency, mark)?,
            email: sent.text("email").to_owned(),
        };
        let added = onboarding::add_seller(tx, &new, mail)?;
        Ok((added.organisation, added.owner.path))
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok((seller, None)) => Ok(desk::done(&visitor, &format!("/console/sellers/{seller}"), "c-said-seller-added")),
        Ok((seller, Some(path))) => {
            let link = Some(link_view(&app, &visitor, &path));
            not_kept(shown(&app, &visitor, seller, Shown { link, ..Shown::default() }).await)
        }
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(new_page(&app, &visitor, form).await)
        }
    }
}

/// POST /console/sellers/{seller}/bank: the whole number of the account, to pay into it; the trail says who has read it.
pub async fn reveal(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let known = desk::id::<Organisation>(&id)?;
    let read = move |tx: &mut Tx| onboarding::reveal_bank_account(tx, known);
    match app.store.write_as(visitor.actor, read).await {
        Ok(value) => {
            let link = Some(SecretView { title: visitor.locale.t("c-bank-number").to_string(), value });
            not_kept(shown(&app, &visitor, known, Shown { link, ..Shown::default() }).await)
        }
        Err(error) => desk::refused(&visitor, &format!("/console/sellers/{known}"), error),
    }
}

//! The ledger: accounts by family, an account's transfers, a posting, the trial balance, the journal as plain text.

use crate::page::{show, under};
use axum::extract::{Path, State};
use base::{Currency, Money, Result};
use desk::time::moment;
use desk::words;
use desk::{Crumb, PAGE};
use frame::parts::csv;
use frame::parts::csv::Download;
use frame::{Answer, App, Form, Visitor};
use ledger::{Account, AccountRow, Of, Posting, Side, TransferRow};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Read;

#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    accounts: Vec<AccountView>,
    next: Option<String>,
    later: Option<String>,
    trial: Vec<TrialView>,
    proofs: Vec<ProofView>,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Serialize)]
struct AccountView {
    id: String,
    code: String,
    unit: String,
    balance: String,
    held: String,
    guarded: bool,
}

#[derive(Serialize)]
struct TrialView {
    code: String,
    unit: String,
    side: String,
    debit: String,
    credit: String,
}

/// Debits and credits of a currency; they are equal, or something is very wrong.
#[derive(Serialize)]
struct ProofView {
    unit: String,
    debit: String,
    credit: String,
    equal: bool,
}

fn written(visitor: &Visitor, unit: &str, amount: i64) -> String {
    match unit.parse::<Currency>() {
        Ok(currency) => visitor.locale.money(Money::new(amount, currency)),
        Err(_) => visitor.locale.count(amount),
    }
}

/// GET /console/ledger: the trial balance, or the accounts of one family.
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (family, after) = (form.text("family").to_owned(), form.text("after").to_owned());
    let asked = (family.clone(), after.clone());
    let read = move |db: &mut Read| match asked.0.as_str() {
        "" => Ok((Vec::new(), ledger::trial_balance(db)?)),
        family => Ok((ledger::accounts(db, family, &asked.1, PAGE)?, Vec::new())),
    };
    let (accounts, trial) = app.store.read_as(visitor.actor, read).await?;
    let full = accounts.len() as i64 >= PAGE;
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in &trial {
        let sum = sums.entry(row.unit.clone()).or_default();
        *sum = (sum.0 + row.debit, sum.1 + row.credit);
    }
    let amount = |unit: &str, amount: i64| if amount == 0 { String::new() } else { written(&visitor, unit, amount) };
    let view = View {
        tabs: tabs(&visitor, &family),
        next: accounts
            .last()
            .filter(|_| full)
            .map(|row| format!("/console/ledger?family={family}&after={}", row.account.code)),
        later: (!after.is_empty()).then(|| format!("/console/ledger?family={family}")),
        accounts: accounts.iter().map(|row| account_view(&visitor, row)).collect(),
        trial: trial
            .iter()
            .map(|row| TrialView {
                code: row.code.clone(),
                unit: row.unit.clone(),
                side: visitor.locale.t(if row.side == Side::Debit { "c-debit" } else { "c-credit" }).to_string(),
                debit: amount(&row.unit, row.debit),
                credit: amount(&row.unit, row.credit),
            })
            .collect(),
        proofs: sums
            .into_iter()
            .map(|(unit, (debit, credit))| ProofView {
                debit: written(&visitor, &unit, debit),
                credit: written(&visitor, &unit, credit),
                equal: debit == credit,
                unit,
            })
            .collect(),
    };
    let title = visitor.locale.t("d-menu-ledger");
    show(&app, &visitor, "console/ledger.html", &title, &view).await
}

fn tabs(visitor: &Visitor, current: &str) -> Vec<Tab> {
    let first = Tab {
        href: "/console/ledger".into(),
        name: visitor.locale.t("c-trial-balance").to_string(),
        count: None,
        current: current.is_empty(),
    };
    let family = |family: &ledger::Family| Tab {
        href: format!("/console/ledger?family={}", family.name),
        name: words::word(&visitor.locale, "c-family", family.name),
        count: None,
        current: current == family.name,
    };
    std::iter::once(first).chain(ledger::FAMILIES.iter().map(family)).collect()
}

fn account_view(visitor: &Visitor, row: &AccountRow) -> AccountView {
    AccountView {
        id: row.id.to_string(),
        code: row.account.code.clone(),
        unit: row.account.unit.clone(),
        balance: written(visitor, &row.account.unit, row.balance),
        held: if row.held == 0 { String::new() } else { written(visitor, &row.account.unit, row.held) },
        guarded: row.account.guarded,
    }
}

#[derive(Serialize)]
struct TransfersView {
    account: Option<AccountView>,
    posting: Option<PostingView>,
    rows: Vec<TransferView>,
    next: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct PostingView {
    id: String,
    key: String,
    kind: String,
    at: String,
    order: Option<String>,
}

#[derive(Serialize)]
struct TransferView {
    at: String,
    kind: String,
    posting: String,
    from: String,
    to: String,
    from_id: String,
    to_id: String,
    amount: String,
}

fn id_of(code: &str, unit: &str) -> String {
    // The id follows from the code alone; whether it is guarded is part of it.
    let guarded = matches!(code.split(':').next(), Some("seller" | "stock"));
    Account { code: code.to_owned(), unit: unit.to_owned(), guarded, owner: 0 }.id().to_string()
}

fn transfer_view(visitor: &Visitor, row: &TransferRow) -> TransferView {
    TransferView {
        at: moment(visitor, row.at),
        kind: words::word(&visitor.locale, "d-posting", &row.kind),
        posting: row.posting.to_string(),
        from: row.from.clone(),
        to: row.to.clone(),
        from_id: id_of(&row.from, &row.unit),
        to_id: id_of(&row.to, &row.unit),
        amount: written(visitor, &row.unit, row.amount),
    }
}

fn above(visitor: &Visitor) -> Vec<Crumb> {
    vec![Crumb::new("/console/ledger", visitor.locale.t("d-menu-ledger").to_string())]
}

/// GET /console/ledger/accounts/{account}
pub async fn account(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (known, before) = (desk::id::<Account>(&id)?, desk::cursor::<TransferRow>(&form, "before"));
    let read = move |db: &mut Read| {
        let row = ledger::account(db, known)?;
        Ok((row, ledger::transfers(db, Of::Account(known), before, PAGE)?))
    };
    let (row, transfers) = app.store.read_as(visitor.actor, read).await?;
    let full = transfers.len() as i64 >= PAGE;
    let code = row.account.code.clone();
    let view = TransfersView {
        account: Some(account_view(&visitor, &row)),
        posting: None,
        next: transfers
            .last()
            .filter(|_| full)
            .map(|last| format!("/console/ledger/accounts/{id}?before={}", last.id.raw())),
        later: before.map(|_| format!("/console/ledger/accounts/{id}")),
        rows: transfers.iter().map(|row| transfer_view(&visitor, row)).collect(),
    };
    under(&app, &visitor, "console/transfers.html", above(&visitor), &code, &view).await
}

/// GET /console/ledger/postings/{posting}
pub async fn posting(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let known = desk::id::<Posting>(&id)?;
    let read = move |db: &mut Read| -> Result<_> {
        let posting = ledger::posting(db, known)?;
        let about = ledger::transfers(db, Of::Subject(posting.subject), None, 500)?;
        let order = orders::find(db, base::Id::from_raw(posting.subject)).ok().map(|order| order.id.to_string());
        Ok((posting, about.into_iter().filter(|row| row.posting == known).collect::<Vec<_>>(), order))
    };
    let (posting, rows, order) = app.store.read_as(visitor.actor, read).await?;
    let view = TransfersView {
        account: None,
        posting: Some(PostingView {
            id: posting.id.to_string(),
            key: posting.key.clone(),
            kind: words::word(&visitor.locale, "d-posting", &posting.kind),
            at: moment(&visitor, posting.at),
            order,
        }),
        rows: rows.iter().map(|row| transfer_view(&visitor, row)).collect(),
        next: None,
        later: None,
    };
    under(&app, &visitor, "console/transfers.html", above(&visitor), &id, &view).await
}

/// GET /console/ledger/journal: the whole journal for hledger.
pub async fn journal(State(app): State<App>, visitor: Visitor) -> Answer {
    let (head, first) = app.store.read_as(visitor.actor, ledger::begin_hledger).await?;
    let page = |db: &mut Read, mut at: ledger::Journal| {
        let text = ledger::next_hledger(db, &mut at, ledger::JOURNAL_PAGE)?;
        let next = text.is_some().then_some(at);
        Ok((text.unwrap_or_default(), next))
    };
    let file = Download { name: "entrepot.journal", kind: "text/plain; charset=utf-8", reader: csv::Reader::Machine };
    Ok(csv::streamed(&app, visitor.actor, file, head, first, page).await?)
}

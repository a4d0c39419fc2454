//! Where a seller is paid: what is known of the account, and giving another one.

use crate::page::under;
use axum::extract::State;
use base::Id;
use desk::Crumb;
use desk::company::{BankView, bank_view};
use desk::form::{FormView, unaccepted};
use frame::{Answer, App, Form, Visitor};
use onboarding::PutBankAccount;
use parties::Organisation;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    form: FormView,
    bank: Option<BankView>,
}

/// GET /seller/settings/bank
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    shown(&app, &visitor, desk::own(&visitor)?, None).await
}

async fn shown(app: &App, visitor: &Visitor, own: Id<Organisation>, sent: Option<FormView>) -> Answer {
    let read = move |db: &mut Read| Ok((onboarding::bank_account(db, own)?, parties::organisation(db, own)?.country));
    let (account, country) = app.store.read_as(visitor.actor, read).await?;
    let view = View {
        // What is stored is shown masked, and typed anew.
        form: sent.unwrap_or_else(|| FormView::of([("country", country.code().to_owned())])),
        bank: account.as_ref().map(|account| bank_view(visitor, account)),
    };
    let above = vec![Crumb::new("/seller/settings", visitor.locale.t("d-menu-settings").to_string())];
    under(app, visitor, "seller/bank.html", above, &visitor.locale.t("d-bank"), &view).await
}

/// POST /seller/settings/bank
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    let outcome = async {
        let put = PutBankAccount {
            holder: form.text("holder").into(),
            country: form.read("country")?,
            number: form.text("number").into(),
            bank_code: form.text("bank_code").into(),
        };
        let write = move |tx: &mut Tx| onboarding::put_bank_account(tx, own, &put).map(drop);
        app.store.write_as(visitor.actor, write).await
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/seller/settings", "s-said-bank")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, own, Some(again)).await)
        }
    }
}

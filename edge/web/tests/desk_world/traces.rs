//! What an account, and strangers who name it, leave behind, and how everything that is kept is read.

use super::Desks;
use crate::world::{Browser, PASSWORD};
use axum::http::StatusCode;
use store::Store;

/// Every text of every table, to look for what should not be there.
pub fn everything(store: &Store) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for table in store.tables().unwrap() {
        let note = |row: store::Row| {
            let texts = row.into_values().into_iter().filter_map(|value| match value {
                store::Value::Text(text) => Some((table.name.clone(), text)),
                _ => None,
            });
            found.extend(texts);
            Ok(())
        };
        store.export(&table, note).unwrap();
    }
    assert!(found.iter().any(|(table, _)| table == "event") && found.iter().any(|(table, _)| table == "party_person"));
    found
}

/// Everything that an account, and strangers who name it, leave behind in an installation.
pub async fn leave(desks: &Desks, browser: &mut Browser) {
    let (store, app, of) = (desks.store.clone(), desks.app.clone(), desks.seller);
    for deed in ["/forgot-password", "/register"] {
        let asked = Browser::new(&app, "en-DE").post(deed, &[("email", "BUYER@example.com")]).await;
        assert_eq!(asked.status, StatusCode::OK, "{deed}: {}", asked.html);
    }
    let found = [("number", desks.number.as_str()), ("email", "buyer@example.com")];
    Browser::new(&app, "en-DE").post("/orders/find", &found).await;
    let guess = [("email", "buyer@example.com"), ("password", "Jana Buyer")];
    Browser::new(&app, "en-DE").post("/sign-in", &guess).await;
    let other = [("email", "jana.new@example.com"), ("current_password", PASSWORD)];
    assert_eq!(browser.post("/account/security/email", &other).await.status, StatusCode::SEE_OTHER);
    let invite = parties::Invite { organisation: of, email: "buyer@example.com".into(), role: base::Role::SellerStaff };
    store.write(move |tx| parties::invite(tx, &invite).map(drop)).await.unwrap();
    let home = [
        ("do", "save"),
        ("name", "Jana Buyer"),
        ("country", "DE"),
        ("street", "Ackerstraße 7654321"),
        ("postcode", "10115"),
        ("city", "Berlin"),
        ("phone", "+49 30 7654321"),
    ];
    let kept = browser.post("/account/addresses", &home).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.html);
    let traces = everything(&store);
    for (table, trace) in [
        ("party_person", "buyer@example.com"),
        ("party_registration", "buyer@example.com"),
        ("party_email_change", "jana.new@example.com"),
        ("party_invitation", "buyer@example.com"),
        ("party_address", "7654321"),
        ("notify_message", "buyer@example.com"),
        ("notify_message", "jana.new@example.com"),
        ("order_head", "7654321"),
    ] {
        let there = |(at, text): &(String, String)| at == table && text.to_lowercase().contains(trace);
        assert!(traces.iter().any(there), "{trace} was to be in {table}, or this test proves nothing");
    }
}

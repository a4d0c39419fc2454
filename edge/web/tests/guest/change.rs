//! A guest changes an order on its page.

use crate::whole;
use crate::world::{Browser, between};
use axum::http::StatusCode;

/// Until it is packed, the buyer sees what a change costs, leaves it, agrees to another, and pays it.
pub async fn changes_the_order(browser: &mut Browser, order: &str) {
    let path = format!("{order}/change");
    assert!(browser.get(order).await.html.contains("Change the order"));
    let page = browser.get(&path).await;
    whole(&page, &path, "en");
    assert!(page.html.contains("To add something, put it into your basket first"), "{}", page.html);
    let field = format!("pieces-{}", between(&page.html, "id=\"pieces-", "\""));
    let now = between(
        &page.html,
        &format!("name=\"{field}\" inputmode=\"numeric\" maxlength=\"4\" autocomplete=\"off\" value=\""),
        "\"",
    )
    .to_owned();
    for (asked, says) in [
        (now.as_str(), "change something first"),
        ("0", "Nothing would be left"),
        ("x", "whole number of pieces."),
        ("-1", "0 or more"),
    ] {
        let wrong = browser.post(&path, &[("do", "look"), (&field, asked)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        whole(&wrong, &path, "en");
        assert!(wrong.html.contains(says), "{asked}: {}", wrong.html);
    }
    let looked = browser.post(&path, &[("do", "look"), (&field, "2")]).await;
    assert_eq!(looked.location, path, "{}", looked.html);
    let seen = browser.get(&path).await;
    whole(&seen, &path, "en");
    assert!(seen.html.contains("This is what the order becomes") && seen.html.contains("To pay"), "{}", seen.html);
    assert_eq!(browser.post(&path, &[("do", "leave")]).await.location, order);
    assert!(!browser.get(&path).await.html.contains("This is what the order becomes"));

    browser.post(&path, &[("do", "look"), (&field, "3")]).await;
    let seen = browser.get(&path).await;
    let amount = between(&seen.html, "then pay ", "</button>").to_owned();
    let id = between(&seen.html, "name=\"amendment\" value=\"", "\"").to_owned();
    for _ in 0..2 {
        let agreed = browser.post(&path, &[("do", "agree"), ("amendment", &id)]).await;
        assert_eq!(agreed.location, format!("{order}#due"), "{}", agreed.html);
    }
    let waits = browser.get(&path).await;
    whole(&waits, &path, "en");
    assert!(waits.html.contains(&format!("A change waits for {amount}")), "{}", waits.html);
    let due = browser.get(order).await;
    whole(&due, order, "en");
    assert!(due.html.contains("Pay for the change") && due.html.contains(&format!("Pay {amount}")), "{}", due.html);
    let key = between(&due.html, "name=\"key\" value=\"", "\"").to_owned();
    let paid = browser.post(&format!("{order}/pay"), &[("card", "4242 4242 4242 4242"), ("key", &key)]).await;
    assert_eq!(paid.location, order, "{}", paid.html);
    assert!(!browser.get(order).await.html.contains("Pay for the change"));
    assert_eq!(browser.post(&path, &[("do", "leave")]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is paid");
    assert_eq!(browser.get("/order/ord_1.guess/change").await.status, StatusCode::NOT_FOUND);
}

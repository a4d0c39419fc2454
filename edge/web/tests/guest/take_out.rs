//! A guest takes pieces out of an order on its page.

use crate::whole;
use crate::world::{Browser, between};
use axum::http::StatusCode;

/// Until it is packed, the buyer takes a piece out, and reads before and after what goes back.
pub async fn takes_a_piece_out(browser: &mut Browser, order: &str) {
    let path = format!("{order}/take-out");
    assert!(browser.get(order).await.html.contains("Take something out"));
    let page = browser.get(&path).await;
    whole(&page, &path, "en");
    let field = format!("pieces-{}", between(&page.html, "id=\"pieces-", "\""));
    for (asked, says) in
        [("", "Choose at least one piece."), ("3", "So many pieces are not left"), ("x", "whole number")]
    {
        let wrong = browser.get(&format!("{path}?look=1&{field}={asked}")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        whole(&wrong, &path, "en");
        assert!(wrong.html.contains(says), "{asked}: {}", wrong.html);
    }
    let seen = browser.get(&format!("{path}?look=1&{field}=1")).await;
    whole(&seen, &path, "en");
    assert!(seen.html.contains("Delivery is paid back only when a whole parcel"), "{}", seen.html);
    let amount = between(&seen.html, "Take it out, ", " back").to_owned();
    let last = browser.get(&format!("{path}?look=1&{field}=2")).await;
    assert!(last.html.contains("its delivery goes back, too"), "{}", last.html);
    let key = between(&seen.html, "name=\"key\" value=\"", "\"").to_owned();
    for _ in 0..2 {
        let done = browser.post(&path, &[(&field, "1"), ("key", &key)]).await;
        assert_eq!(done.location, format!("{order}#given-back"), "{}", done.html);
    }
    let shown = browser.get(order).await;
    whole(&shown, order, "en");
    assert!(shown.html.contains("one taken out") && shown.html.contains("What goes back"), "{}", shown.html);
    assert!(shown.html.contains(&amount), "{amount}: {}", shown.html);
    let much = browser.post(&path, &[(&field, "2"), ("key", "another")]).await;
    assert_eq!(much.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", much.html);
    let other = browser.get("/order/ord_1.guess/take-out").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

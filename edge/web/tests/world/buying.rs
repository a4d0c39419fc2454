//! What buyers do in the shop, one line a deed.

use super::{Answer, Browser, between};

/// Who buys, and where they live: the fields of the checkout.
pub type Buyer = [(&'static str, &'static str); 6];

pub const JANA: Buyer = [
    ("name", "Jana Köhler"),
    ("street", "Invalidenstraße 48"),
    ("postcode", "10115"),
    ("city", "Berlin"),
    ("phone", "+49 151 2345 6789"),
    ("email", "jana@example.de"),
];

pub const XIAOYU: Buyer = [
    ("name", "林小雨"),
    ("street", "Torstraße 1"),
    ("postcode", "10119"),
    ("city", "Berlin"),
    ("phone", "+49 30 1234567"),
    ("email", "lin@example.de"),
];

impl Browser {
    /// Reads a product's page; gives the offer that its button puts into the basket.
    pub async fn finds(&mut self, product: &str) -> String {
        let page = self.get(&format!("/p/{product}")).await;
        between(&page.html, "name=\"offer\" value=\"", "\"").to_owned()
    }

    /// Puts so many pieces of an offer into the basket.
    pub async fn takes(&mut self, offer: &str, pieces: &str) -> Answer {
        self.post("/cart/lines", &[("offer", offer), ("quantity", pieces)]).await
    }

    /// Reads the checkout: the page, and the sum that its button will pay.
    pub async fn looks_at_the_checkout(&mut self) -> (Answer, String) {
        let page = self.get("/checkout").await;
        let seen = between(&page.html, "name=\"seen\" value=\"", "\"").to_owned();
        (page, seen)
    }

    /// Pays with a card what the checkout says.
    pub async fn pays(&mut self, buyer: &Buyer, card: &str) -> Answer {
        let (_, seen) = self.looks_at_the_checkout().await;
        self.post("/checkout", &[&[("do", "pay"), ("card", card), ("seen", &seen)], &buyer[..]].concat()).await
    }
}

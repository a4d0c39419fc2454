//! The demonstration world: a shop and four sellers, some eighty products, and a month of trade. Made from a seed through
//! the same functions that people use; no table is written by hand.

mod goods;
mod people;
mod table;
mod trade;

use base::{Actor, Error, Result, Role};
use indicatif::{ProgressBar, ProgressStyle};
use works::House;

pub use people::PASSWORD;

/// Whom a visitor of the demonstration may sign in as: role, e-mail, and what they see.
pub const PEOPLE: [(&str, &str, &str); 3] = [
    ("operator", "operator@example.com", "console, everything"),
    ("seller", "lantau@example.com", "seller centre of Lantau Power"),
    ("buyer", "hanna.vogel@example.com", "a buyer in Berlin"),
];

/// The same as role and e-mail, for the sign-in page.
pub fn people() -> Vec<(String, String)> {
    PEOPLE.iter().map(|(role, email, _)| (role.to_string(), email.to_string())).collect()
}

/// Fills an installation that has no operator yet. The store's clock must be movable: it is set back by a month and ends
/// as it was. Errors: the installation is not empty.
pub async fn load(house: &House) -> Result<()> {
    let clock = house.store.clock().clone();
    if !clock.is_movable() {
        return Err(Error::internal("the demonstration world needs a clock that can be set"));
    }
    let (today, hands) = (clock.now(), clock.hands());
    let bar = ProgressBar::new(100).with_style(style());
    bar.set_message("people and terms");
    let hash = parties::hash_published(PASSWORD)?;
    clock.set(today.plus_days(-trade::DAYS));
    let loaded = async {
        let people = house.store.write(move |tx| people::settle(tx, &hash)).await?;
        people::accept(&house.store, &people.invited).await?;
        people::introduce_sellers(&house.store, &people).await?;
        let owner = Actor::Person { person: people.owner.raw(), organisation: 0, role: Role::Admin };
        house.store.write_as(owner, people::introduce).await?;
        bar.set_position(2);
        bar.set_message("products, prices and stock");
        goods::stock_up(house, &people).await?;
        bar.set_position(12);
        bar.set_message("a month of trade");
        trade::month(house, &people, today, |share| bar.set_position(12 + share * 88 / 100)).await?;
        goods::arrive(house, &people).await
    };
    let outcome = loaded.await;
    // Not back to the moment it began: loading took a while, and other processes go by the system's clock.
    clock.put_back(hands);
    bar.finish_and_clear();
    outcome
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("Loading the demonstration world {bar:30} {percent} %  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

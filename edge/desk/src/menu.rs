//! The menus of the two desks: what a role may open, and how much waits behind it.

use crate::place::{Desk, own};
use base::{Permission, Result};
use frame::{App, Visitor};
use serde::Serialize;

/// A group of entries.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    title: Option<&'static str>,
    items: Vec<Item>,
}

#[derive(Clone, Debug, Serialize)]
struct Item {
    href: &'static str,
    icon: &'static str,
    name: &'static str,
    current: bool,
    waiting: i64,
}

type Entry = (&'static str, &'static str, &'static str, Permission);

use Permission::{ConsoleRead, LedgerRead, SellerMoney, SellerRead, SettingsWrite};

const SELLER: [(Option<&str>, &[Entry]); 4] = [
    (
        None,
        &[
            ("/seller", "store", "d-menu-today", SellerRead),
            ("/seller/orders", "parcel", "d-menu-orders", SellerRead),
            ("/seller/claims", "return", "d-menu-claims", SellerRead),
        ],
    ),
    (
        Some("d-menu-catalogue"),
        &[
            ("/seller/offers", "tag", "d-menu-offers", SellerRead),
            ("/seller/products", "image", "d-menu-products", SellerRead),
            ("/seller/stock", "warehouse", "d-menu-stock", SellerRead),
            ("/seller/readiness", "customs", "d-menu-readiness", SellerRead),
        ],
    ),
    (
        Some("d-menu-money"),
        &[
            ("/seller/balance", "wallet", "d-menu-balance", SellerMoney),
            ("/seller/statements", "ledger", "d-menu-statements", SellerMoney),
        ],
    ),
    (
        Some("d-menu-shop"),
        &[
            ("/seller/people", "users", "d-menu-people", SellerMoney),
            ("/seller/settings", "settings", "d-menu-settings", SellerRead),
        ],
    ),
];

const CONSOLE: [(Option<&str>, &[Entry]); 4] = [
    (
        None,
        &[
            ("/console", "bars", "d-menu-overview", ConsoleRead),
            ("/console/orders", "parcel", "d-menu-orders", ConsoleRead),
            ("/console/claims", "return", "d-menu-claims", ConsoleRead),
        ],
    ),
    (
        Some("d-menu-trade"),
        &[
            ("/console/products", "tag", "d-menu-products", ConsoleRead),
            ("/console/readiness", "customs", "d-menu-readiness", ConsoleRead),
            ("/console/tariffs", "scale", "d-menu-tariffs", ConsoleRead),
            ("/console/rates", "refresh", "d-menu-rates", ConsoleRead),
        ],
    ),
    (
        Some("d-menu-money"),
        &[
            ("/console/ledger", "ledger", "d-menu-ledger", LedgerRead),
            ("/console/payables", "bank", "d-menu-payables", LedgerRead),
            ("/console/settlements", "card", "d-menu-settlements", LedgerRead),
        ],
    ),
    (
        Some("d-menu-platform"),
        &[
            ("/console/sellers", "store", "d-menu-sellers", ConsoleRead),
            ("/console/people", "users", "d-menu-people", SettingsWrite),
            ("/console/trail", "eye", "d-menu-trail", SettingsWrite),
            ("/console/settings", "settings", "d-menu-settings", SettingsWrite),
            ("/console/messages", "mail", "d-menu-messages", ConsoleRead),
            ("/console/health", "shield", "d-menu-health", ConsoleRead),
        ],
    ),
];

/// What a console's menu says only once there is something of it: a new shop's has six entries. All of it can be reached from the
/// settings before.
const LATER: [(Since, &[&str]); 3] = [
    (Since::Goods, &["/console/readiness", "/console/tariffs", "/console/rates"]),
    (
        Since::Orders,
        &[
            "/console/claims",
            "/console/ledger",
            "/console/payables",
            "/console/settlements",
            "/console/trail",
            "/console/messages",
        ],
    ),
    (Since::Sellers, &["/console/sellers"]),
];

/// Since when an entry stands in the menu.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Since {
    /// Something is on sale.
    Goods,
    /// Something was ordered.
    Orders,
    /// Somebody sells here besides the house, or wants to.
    Sellers,
}

/// Pages of the console that the menu does not name yet, as address and name of the text: for the settings.
pub async fn later(app: &App, visitor: &Visitor) -> Result<Vec<(&'static str, &'static str)>> {
    let begun = begun(app, visitor).await?;
    let entries = CONSOLE.iter().flat_map(|(_, entries)| entries.iter());
    let hidden = entries.filter(|entry| visitor.may(entry.3) && !is_begun(&begun, entry.0));
    Ok(hidden.map(|(href, _, name, _)| (*href, *name)).collect())
}

fn is_begun(begun: &[Since], href: &str) -> bool {
    LATER.iter().all(|(since, hrefs)| begun.contains(since) || !hrefs.contains(&href))
}

async fn begun(app: &App, visitor: &Visitor) -> Result<Vec<Since>> {
    let goods = !app.shelf.is_empty();
    let read = move |db: &mut store::Read| {
        let ordered = !orders::list(db, orders::Filter::All, None, 1)?.rows.is_empty();
        let sellers = !parties::organisations(db, parties::OrganisationKind::Seller, None, 1)?.is_empty()
            || onboarding::open_applications(db)? > 0;
        let all = [(Since::Goods, goods || ordered), (Since::Orders, ordered), (Since::Sellers, sellers)];
        Ok(all.into_iter().filter(|(_, begun)| *begun).map(|(since, _)| since).collect())
    };
    app.store.read_as(visitor.actor, read).await
}

/// The menu a visitor sees. Counts over open work are read.
pub async fn of(app: &App, visitor: &Visitor, desk: Desk) -> Result<Vec<Section>> {
    let waiting = waiting(app, visitor, desk).await?;
    let table = match desk {
        Desk::Seller => &SELLER,
        Desk::Console => &CONSOLE,
    };
    let begun = match desk {
        Desk::Seller => Vec::new(),
        Desk::Console => begun(app, visitor).await?,
    };
    let shown = |entry: &&Entry| visitor.may(entry.3) && is_begun(&begun, entry.0);
    let path = visitor.uri.path();
    let current = |href: &str| match href {
        "/seller" | "/console" => path == href,
        _ => [href, beside(href)].iter().any(|own| path.strip_prefix(own).is_some_and(is_within)),
    };
    let item = |(href, icon, name, _): &Entry| Item {
        href,
        icon,
        name,
        current: current(href),
        waiting: waiting.iter().find(|(page, _)| page == href).map_or(0, |(_, count)| *count),
    };
    let section = |(title, entries): &(Option<&'static str>, &[Entry])| Section {
        title: *title,
        items: entries.iter().filter(shown).map(item).collect(),
    };
    Ok(table.iter().map(section).filter(|section| !section.items.is_empty()).collect())
}

/// What is left of an address after that of a page: nothing, or what lies below it.
fn is_within(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// Where pages lie that belong to an entry and not below it: the imports of product files, the applications of sellers.
fn beside(href: &str) -> &str {
    match href {
        "/seller/products" => "/seller/imports",
        "/console/products" => "/console/imports",
        "/console/sellers" => "/console/applications",
        other => other,
    }
}

async fn waiting(app: &App, visitor: &Visitor, desk: Desk) -> Result<Vec<(&'static str, i64)>> {
    match desk {
        Desk::Seller => {
            let organisation = own(visitor)?;
            let read = move |db: &mut store::Read| {
                let counts = orders::seller_counts(db, organisation)?;
                let unready = catalog::unready_count(db, organisation.raw())?;
                let claims = aftersales::open_of_organisation(db, organisation)?;
                Ok(vec![
                    ("/seller/orders", counts.to_pack + counts.packed),
                    ("/seller/claims", claims),
                    ("/seller/readiness", unready),
                ])
            };
            app.store.read_as(visitor.actor, read).await
        }
        Desk::Console => {
            let read = move |db: &mut store::Read| {
                let counts = orders::counts(db)?;
                let applications = onboarding::open_applications(db)?;
                let claims = aftersales::open_count(db)?;
                Ok(vec![
                    ("/console/orders", counts.to_pack + counts.packed + counts.exception),
                    ("/console/claims", claims),
                    ("/console/sellers", applications),
                ])
            };
            app.store.read_as(visitor.actor, read).await
        }
    }
}

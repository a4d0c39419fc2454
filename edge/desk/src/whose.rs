//! Whose facts a page shows, told by its address: one's own at either desk, or a seller's in the console.

use crate::place::{Crumb, Desk, id, own};
use base::{Id, Permission, Result};
use frame::Visitor;
use parties::Organisation;
use store::Read;

/// An organisation, and the page from which its facts are reached.
#[derive(Clone, Debug)]
pub struct Whose {
    /// At which desk.
    pub desk: Desk,
    /// Whose.
    pub organisation: Id<Organisation>,
    /// The page that shows all of it: `/seller/settings`, `/console/settings` or `/console/sellers/{seller}`.
    pub home: String,
}

impl Whose {
    /// Of the page that is asked for. Errors: nobody signed in; an id in the address that is none.
    pub fn of(visitor: &Visitor) -> Result<Whose> {
        let path = visitor.uri.path();
        if let Some(rest) = path.strip_prefix("/console/sellers/") {
            let organisation = id(rest.split('/').next().unwrap_or_default())?;
            return Ok(Whose { desk: Desk::Console, organisation, home: format!("/console/sellers/{organisation}") });
        }
        let (desk, home) = match path.starts_with("/seller/") {
            true => (Desk::Seller, "/seller/settings"),
            false => (Desk::Console, "/console/settings"),
        };
        Ok(Whose { desk, organisation: own(visitor)?, home: home.into() })
    }

    /// The steps between the desk's first page and one of these.
    pub fn crumbs(&self, visitor: &Visitor, name: &str) -> Vec<Crumb> {
        let locale = &visitor.locale;
        if self.home.starts_with("/console/sellers/") {
            let sellers = Crumb::new("/console/sellers", locale.t("d-menu-sellers").to_string());
            return vec![sellers, Crumb::new(&self.home, name)];
        }
        vec![Crumb::new(&self.home, locale.t("d-menu-settings").to_string())]
    }

    /// The organisation, for its name. Errors: not found; denied to who may not see the organisation's facts.
    pub fn organisation(&self, db: &mut Read) -> Result<Organisation> {
        db.actor().may_for(self.organisation.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
        parties::organisation(db, self.organisation)
    }
}

/// The last part of the address of the page that is asked for.
pub fn last_part(visitor: &Visitor) -> &str {
    visitor.uri.path().rsplit('/').next().unwrap_or_default()
}

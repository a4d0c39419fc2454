//! Who does something, and what a role may do. Asked in the first line of a command and in one place at the edge.

use crate::{Error, Result};

/// Who acts. Stored with every event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The house itself: workers, jobs, imports from the command line.
    System,
    /// A visitor who has not signed in.
    Guest,
    /// A signed-in person or an API key.
    Person {
        /// Raw id of the person in `parties`.
        person: i64,
        /// Raw id of the organisation acted for: the operator's, a seller's, or 0 for a buyer.
        organisation: i64,
        /// What they may do there.
        role: Role,
    },
}

/// What a person is in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Buys; sees own orders only.
    Buyer,
    /// A seller's owner: everything of that seller.
    SellerOwner,
    /// A seller's staff: orders, stock and offers, no money.
    SellerStaff,
    /// The operator's owner: everything.
    Admin,
    /// The operator's operations: orders, parcels, products, stock.
    Operations,
    /// The operator's finance: ledger, payouts, refunds.
    Finance,
    /// The operator's service: reads orders, talks to buyers.
    Service,
}

/// One thing that can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Open the console at all.
    ConsoleRead,
    /// Import and edit any product.
    CatalogWrite,
    /// Move any order along: pack, ship, cancel, journey, the demo clock.
    OrdersWrite,
    /// Refund, pay out, post to the ledger.
    MoneyWrite,
    /// See the ledger.
    LedgerRead,
    /// Sellers, agreements, people, settings.
    SettingsWrite,
    /// Open the seller centre.
    SellerRead,
    /// Edit own offers, products and stock; pack and ship own orders.
    SellerWrite,
    /// See own balance and statements.
    SellerMoney,
    /// The own organisation's webhook endpoints.
    DeveloperWrite,
}

impl Role {
    /// The roles and what each may do; the only such table.
    pub fn may(self, permission: Permission) -> bool {
        use Permission::*;
        match self {
            Role::Buyer => false,
            Role::SellerStaff => matches!(permission, SellerRead | SellerWrite),
            Role::SellerOwner => matches!(permission, SellerRead | SellerWrite | SellerMoney | DeveloperWrite),
            Role::Admin => !matches!(permission, SellerRead | SellerWrite | SellerMoney),
            Role::Operations => matches!(permission, ConsoleRead | CatalogWrite | OrdersWrite),
            Role::Finance => matches!(permission, ConsoleRead | LedgerRead | MoneyWrite),
            Role::Service => matches!(permission, ConsoleRead),
        }
    }

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Role::Buyer => "buyer",
            Role::SellerOwner => "seller_owner",
            Role::SellerStaff => "seller_staff",
            Role::Admin => "admin",
            Role::Operations => "operations",
            Role::Finance => "finance",
            Role::Service => "service",
        }
    }

    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::Buyer,
        Role::SellerOwner,
        Role::SellerStaff,
        Role::Admin,
        Role::Operations,
        Role::Finance,
        Role::Service,
    ];

    /// The role with this stored name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl Actor {
    /// Fails unless this actor holds `permission`. The house itself may do everything.
    pub fn may(&self, permission: Permission) -> Result<()> {
        match self {
            Actor::System => Ok(()),
            Actor::Guest => Err(Error::unauthenticated()),
            Actor::Person { role, .. } if role.may(permission) => Ok(()),
            Actor::Person { .. } => Err(Error::denied("denied", "Your role does not allow this.")),
        }
    }

    /// Fails unless this actor is the operator with `wide`, or acts for `organisation` with `own`.
    pub fn may_for(&self, organisation: i64, own: Permission, wide: Permission) -> Result<()> {
        match self {
            Actor::Person { organisation: acting, .. } if *acting == organisation => {
                self.may(own).or_else(|_| self.may(wide))
            }
            _ => self.may(wide),
        }
    }

    /// The signed-in person's raw id.
    pub fn person(&self) -> Option<i64> {
        match self {
            Actor::Person { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// `system`, `guest` or `person:<id>`, as stored with events.
    pub fn label(&self) -> String {
        match self {
            Actor::System => "system".into(),
            Actor::Guest => "guest".into(),
            Actor::Person { person, .. } => format!("person:{person}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seller_reaches_own_things_only() {
        let seller = Actor::Person { person: 1, organisation: 7, role: Role::SellerOwner };
        let (own, wide) = (Permission::SellerWrite, Permission::OrdersWrite);
        assert!(seller.may_for(7, own, wide).is_ok());
        assert!(seller.may_for(8, own, wide).is_err());
        assert!(seller.may(Permission::ConsoleRead).is_err());
        assert!(Actor::Guest.may(Permission::SellerRead).is_err());
        let operator = Actor::Person { person: 2, organisation: 1, role: Role::Operations };
        assert!(operator.may_for(8, own, wide).is_ok());
        assert!(operator.may(Permission::MoneyWrite).is_err());
    }
}

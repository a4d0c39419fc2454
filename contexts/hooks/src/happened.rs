//! Everything that can happen in the house: the events of every context, by what they are about.

use base::Result;
use store::{EventRow, Listed};

macro_rules! contexts {
    ($($name:ident $context:ident;)+) => {
        /// An event of any context.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Happened {
            $(#[doc = concat!("Of `", stringify!($context), "`.")] $name($context::Event),)+
        }

        impl Happened {
            /// Reads an event; none when no context of this program has it: a newer node wrote it. Errors (internal): it was written
            /// with other fields.
            pub fn of(row: &EventRow) -> Result<Option<Happened>> {
                $(if let Some(event) = $context::Event::of(row)? {
                    return Ok(Some(Happened::$name(event)));
                })+
                Ok(None)
            }
        }

        /// Every kind of event, context by context.
        pub fn events() -> impl Iterator<Item = &'static Listed> {
            [$($context::EVENTS),+].into_iter().flatten()
        }
    };
}

contexts! {
    Order orders;
    Payment payments;
    Settlement settlement;
    Claim aftersales;
    Amendment amendments;
    Parcel logistics;
    Offer offers;
    Stock stock;
    Catalog catalog;
    Party parties;
    Onboarding onboarding;
    Terms terms;
}

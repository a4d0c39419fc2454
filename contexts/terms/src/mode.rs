//! Operating modes: each is a row of answers, and this file is the table. Nothing else in the house asks which mode it is.

use base::{Error, Result};
use parties::OrganisationKind;
use serde::{Deserialize, Serialize};

/// A side of an agreement that can own, price, ship or answer for goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who runs this installation: the operator, a shop, an agent on a client's behalf.
    Platform,
    /// Who sells through it: a merchant, a brand, an individual, a client.
    Seller,
    /// Who makes or delivers the goods without selling to the buyer.
    Supplier,
}

impl Party {
    /// Every party.
    pub const ALL: [Party; 3] = [Party::Platform, Party::Seller, Party::Supplier];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Party::Platform => "platform",
            Party::Seller => "seller",
            Party::Supplier => "supplier",
        }
    }

    /// The party with this stored name.
    pub fn named(name: &str) -> Option<Party> {
        Party::ALL.into_iter().find(|party| party.name() == name)
    }
}

/// How and when the other side of the agreement gets money for what was sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paid {
    /// By purchase order, before the sale, on the supplier's payment terms.
    PurchaseOrder,
    /// Price less commission and fees, after completion.
    PriceLessCommission,
    /// An agreed supply price for every piece sold.
    SupplyPrice,
    /// Price less the agent's share.
    PriceLessAgentShare,
    /// Price less a fee for the service; the client sees every figure.
    PriceLessServiceFee,
    /// By contract: deposit and balance, T/T, L/C or escrow.
    Contract,
}

impl Paid {
    /// Every way.
    pub const ALL: [Paid; 6] = [
        Paid::PurchaseOrder,
        Paid::PriceLessCommission,
        Paid::SupplyPrice,
        Paid::PriceLessAgentShare,
        Paid::PriceLessServiceFee,
        Paid::Contract,
    ];

    /// The way with this stored name.
    pub fn named(name: &str) -> Option<Paid> {
        Paid::ALL.into_iter().find(|paid| paid.name() == name)
    }

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Paid::PurchaseOrder => "purchase_order",
            Paid::PriceLessCommission => "price_less_commission",
            Paid::SupplyPrice => "supply_price",
            Paid::PriceLessAgentShare => "price_less_agent_share",
            Paid::PriceLessServiceFee => "price_less_service_fee",
            Paid::Contract => "contract",
        }
    }
}

/// An operating mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The platform buys and sells on its own account.
    SelfOperated,
    /// Sellers sell; the platform brings buyers and holds the money.
    Marketplace,
    /// A marketplace seller's goods lie in the platform's warehouse, which ships.
    FulfilledByPlatform,
    /// The seller ships under speed rules that are measured.
    SellerFulfilledPremium,
    /// The supplier only supplies; the platform does the rest.
    FullyManaged,
    /// As fully managed, but goods lie in the seller's overseas warehouse, which ships.
    SemiManaged,
    /// The supplier's goods are ordered after the sale and pass through the platform.
    Consignment,
    /// The supplier ships to the buyer for a shop.
    Dropship,
    /// One individual sells to another.
    ConsumerToConsumer,
    /// Quantities at negotiated prices between companies.
    Wholesale,
    /// Agents sell a brand's goods for a margin or rebate.
    Agency,
    /// The operator runs the client's business for a fee.
    ClientManaged,
}

/// A mode's row of answers and usual numbers: what an agreement starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The mode these answers make.
    pub mode: Mode,
    /// Who sells to the buyer in law and on the invoice.
    pub merchant_of_record: Party,
    /// Who sets the price (in wholesale the seller's quotation opens the negotiation).
    pub price_set_by: Party,
    /// Who owns the goods until they are sold.
    pub stock_owned_by: Party,
    /// Who packs and hands over.
    pub ships: Party,
    /// Where returned goods go.
    pub returns_to: Party,
    /// How the other side is paid.
    pub paid: Paid,
    /// Usual commission in basis points of the goods' price.
    pub commission_bp: i64,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: i64,
    /// Days from completion to payout.
    pub payout_days: i64,
    /// Hours from payment to handing over.
    pub handling_hours: i64,
    /// With whom it can be agreed. A mode opens when it is sold, shipped and settled in the simulation, so that nobody is
    /// promised money that no ledger moves; none until then.
    pub open_to: Option<OrganisationKind>,
}

use OrganisationKind::{Platform as Own, Seller as Sellers};
use Party::{Platform, Seller, Supplier};

#[allow(clippy::too_many_arguments, reason = "one row of a table whose columns these are")]
const fn row(
    mode: Mode,
    merchant_of_record: Party,
    price_set_by: Party,
    stock_owned_by: Party,
    ships: Party,
    returns_to: Party,
    paid: Paid,
    numbers: [i64; 4],
    open_to: Option<OrganisationKind>,
) -> Template {
    let [commission_bp, acceptance_days, payout_days, handling_hours] = numbers;
    Template {
        mode,
        merchant_of_record,
        price_set_by,
        stock_owned_by,
        ships,
        returns_to,
        paid,
        commission_bp,
        acceptance_days,
        payout_days,
        handling_hours,
        open_to,
    }
}

/// In-stock goods leave within this many hours.
const IN_STOCK: i64 = 40;
/// Made-to-order and bulk goods leave within five days.
const MADE_TO_ORDER: i64 = 120;

/// The table: mode · merchant of record · price · stock · ships · returns · paid ·
/// [commission bp, acceptance, payout, handling] · open to.
/// Payment terms of supply modes follow grade B (30 days); commissions are usual figures to start a negotiation from.
#[rustfmt::skip]
pub const TEMPLATES: [Template; 12] = [
    row(Mode::SelfOperated,           Platform, Platform, Platform, Platform, Platform, Paid::PurchaseOrder,       [0,    7, 30, IN_STOCK], Some(Own)),
    row(Mode::Marketplace,            Seller,   Seller,   Seller,   Seller,   Seller,   Paid::PriceLessCommission, [800,  7,  7, IN_STOCK], Some(Sellers)),
    row(Mode::FulfilledByPlatform,    Seller,   Seller,   Seller,   Platform, Platform, Paid::PriceLessCommission, [1200, 7,  7, IN_STOCK], None),
    row(Mode::SellerFulfilledPremium, Seller,   Seller,   Seller,   Seller,   Seller,   Paid::PriceLessCommission, [1000, 7,  7, 24], None),
    row(Mode::FullyManaged,           Platform, Platform, Supplier, Platform, Platform, Paid::SupplyPrice,         [0,    7, 30, IN_STOCK], Some(Sellers)),
    row(Mode::SemiManaged,            Platform, Platform, Seller,   Seller,   Seller,   Paid::SupplyPrice,         [0,    7, 30, IN_STOCK], None),
    row(Mode::Consignment,            Platform, Platform, Supplier, Supplier, Supplier, Paid::SupplyPrice,         [0,    7, 30, MADE_TO_ORDER], None),
    row(Mode::Dropship,               Platform, Platform, Supplier, Supplier, Supplier, Paid::SupplyPrice,         [0,    7,  7, IN_STOCK], Some(Sellers)),
    row(Mode::ConsumerToConsumer,     Seller,   Seller,   Seller,   Seller,   Seller,   Paid::PriceLessCommission, [500,  3,  3, 72], None),
    row(Mode::Wholesale,              Seller,   Seller,   Seller,   Seller,   Seller,   Paid::Contract,            [200, 14, 15, MADE_TO_ORDER], None),
    row(Mode::Agency,                 Seller,   Seller,   Seller,   Seller,   Seller,   Paid::PriceLessAgentShare, [1500, 7, 15, IN_STOCK], None),
    row(Mode::ClientManaged,          Seller,   Seller,   Seller,   Platform, Seller,   Paid::PriceLessServiceFee, [1000, 7, 15, IN_STOCK], None),
];

impl Mode {
    /// The row of answers of this mode.
    pub fn template(self) -> &'static Template {
        // The table is in the order of the enum (tested), so the discriminant is its index.
        &TEMPLATES[self as usize]
    }

    /// Every mode, in the order of the table.
    pub fn all() -> impl Iterator<Item = Mode> {
        TEMPLATES.iter().map(|template| template.mode)
    }

    /// The modes that can be agreed with an organisation of this kind.
    pub fn open_to(kind: OrganisationKind) -> impl Iterator<Item = Mode> {
        TEMPLATES.iter().filter(move |template| template.open_to == Some(kind)).map(|template| template.mode)
    }

    /// Whether it can be agreed with an organisation of this kind. Errors: `mode_not_open`, a field.
    pub(crate) fn may_be_agreed_with(self, kind: OrganisationKind) -> Result<()> {
        if self.template().open_to == Some(kind) {
            return Ok(());
        }
        let open: Vec<&str> = Mode::open_to(kind).map(Mode::name).collect();
        let with = if kind == Own { "the operator itself" } else { "a seller" };
        let words = format!(
            "The mode {} cannot be agreed with {with}: it is not settled here yet. Choose {}.",
            self.name(),
            open.join(" or "),
        );
        Err(Error::field("mode", "mode_not_open", words))
    }

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Mode::SelfOperated => "self_operated",
            Mode::Marketplace => "marketplace",
            Mode::FulfilledByPlatform => "fulfilled_by_platform",
            Mode::SellerFulfilledPremium => "seller_fulfilled_premium",
            Mode::FullyManaged => "fully_managed",
            Mode::SemiManaged => "semi_managed",
            Mode::Consignment => "consignment",
            Mode::Dropship => "dropship",
            Mode::ConsumerToConsumer => "consumer_to_consumer",
            Mode::Wholesale => "wholesale",
            Mode::Agency => "agency",
            Mode::ClientManaged => "client_managed",
        }
    }

    /// The mode with this stored name.
    pub fn named(name: &str) -> Option<Mode> {
        Mode::all().find(|mode| mode.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_its_own_row_and_name() {
        for mode in Mode::all() {
            assert_eq!(mode.template().mode, mode);
            assert_eq!(Mode::named(mode.name()), Some(mode));
            assert_eq!(Paid::named(mode.template().paid.name()), Some(mode.template().paid));
        }
        assert_eq!(Mode::all().count(), 12);
        let names: std::collections::BTreeSet<_> = Mode::all().map(Mode::name).collect();
        assert_eq!(names.len(), 12);
        assert_eq!(Mode::named("monopoly"), None);
    }

    #[test]
    fn only_what_settles_is_open() {
        assert_eq!(Mode::open_to(OrganisationKind::Platform).collect::<Vec<_>>(), [Mode::SelfOperated]);
        let sellers = [Mode::Marketplace, Mode::FullyManaged, Mode::Dropship];
        assert_eq!(Mode::open_to(OrganisationKind::Seller).collect::<Vec<_>>(), sellers);
        assert!(Mode::Marketplace.may_be_agreed_with(OrganisationKind::Platform).is_err());
        let error = Mode::SemiManaged.may_be_agreed_with(OrganisationKind::Seller).unwrap_err();
        assert_eq!(error.fields[0].code, "mode_not_open");
        assert!(error.fields[0].message.contains("Choose marketplace or fully_managed or dropship."), "{error:?}");
    }

    #[test]
    fn answers_follow_the_law_of_the_mode() {
        let marketplace = Mode::Marketplace.template();
        assert_eq!((marketplace.merchant_of_record, marketplace.ships), (Party::Seller, Party::Seller));
        let own = Mode::SelfOperated.template();
        assert_eq!(
            (own.merchant_of_record, own.stock_owned_by, own.commission_bp),
            (Party::Platform, Party::Platform, 0)
        );
        for template in TEMPLATES {
            // Whoever is paid a supply price does not set what the buyer pays, and pays no commission on it.
            if template.paid == Paid::SupplyPrice {
                assert_eq!(
                    (template.price_set_by, template.commission_bp),
                    (Party::Platform, 0),
                    "{:?}",
                    template.mode
                );
            }
        }
    }
}

//! The public events: their names and what their payload says. A promise to developers; internal events may change, these only grow.

use aftersales::event as claim;
use amendments::event as amendment;
use offers::event as offer;
use onboarding::event as application;
use orders::event as order;
use parties::event as party;
use serde_json::{Value, json};
use settlement::event as payout;
use store::Fact;

/// What an event is about; decides who is told, and what its payload holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An order: the operator, and the sellers in it.
    Order,
    /// An order, in matters that are the operator's alone.
    OperatorsOrder,
    /// A consignment: the operator and its seller.
    Consignment,
    /// A claim: the operator and its seller.
    Claim,
    /// A change that was proposed to a buyer: the operator, and the seller who proposed it.
    Amendment,
    /// An offer: the operator and its seller.
    Offer,
    /// A payout: the operator and its seller.
    Payout,
    /// One of an organisation's people: the operator and that organisation.
    Member,
    /// Somebody who wants to sell here: the operator's alone.
    Application,
    /// Where an organisation is paid: the operator and that organisation.
    BankAccount,
}

/// A public event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its public name.
    pub name: &'static str,
    /// The event of the house that it tells.
    pub event: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// One sentence for developers.
    pub says: &'static str,
}

impl Kind {
    /// Whether sellers are told.
    pub fn is_for_sellers(&self) -> bool {
        !matches!(self.subject, Subject::OperatorsOrder | Subject::Application)
    }
}

const fn kind<F: Fact>(name: &'static str, subject: Subject, says: &'static str) -> Kind {
    Kind { name, event: F::KIND, subject, says }
}

use Subject::{Amendment, Application, BankAccount, Claim, Consignment, Member, Offer, OperatorsOrder, Order, Payout};

/// Every public event.
pub const KINDS: [Kind; 43] = [
    kind::<order::Placed>(
        "order.placed",
        OperatorsOrder,
        "An order was placed; it is not paid yet. `test` where the operator tries out a shop that is not open.",
    ),
    kind::<order::Paid>("order.paid", Order, "An order is paid and can be packed."),
    kind::<order::PaymentFailed>("order.payment_failed", OperatorsOrder, "An attempt to pay an order failed."),
    kind::<order::Cancelled>("order.cancelled", Order, "An order was called off before it was packed."),
    kind::<order::Readdressed>(
        "order.readdressed",
        Order,
        "An order goes to another door; nothing of it is packed yet.",
    ),
    kind::<order::FieldsChanged>(
        "order.fields_changed",
        Order,
        "What the buyer wrote to an order was changed; nothing of it is packed yet.",
    ),
    kind::<order::Amended>(
        "order.amended",
        Order,
        "An order was changed before it was packed; some consignments made way for others.",
    ),
    kind::<amendment::Offered>(
        "amendment.offered",
        Amendment,
        "A seller or the operator proposes a change of an order to its buyer.",
    ),
    kind::<amendment::Over>("amendment.over", Amendment, "A proposed change of an order came to nothing."),
    kind::<order::Completed>("order.completed", Order, "The last consignment of an order is complete."),
    kind::<order::Refunded>("order.refunded", OperatorsOrder, "Money of an order went back to the buyer."),
    kind::<order::Packed>(
        "consignment.packed",
        Consignment,
        "A parcel of a consignment is packed; it has a tracking number.",
    ),
    kind::<order::HandedOver>("consignment.handed_over", Consignment, "The carrier has a parcel of a consignment."),
    kind::<order::Held>("consignment.held", Consignment, "Customs holds a parcel of a consignment."),
    kind::<order::Delivered>(
        "consignment.delivered",
        Consignment,
        "A parcel of a consignment is with the buyer; `all`: nothing more of it is to come.",
    ),
    kind::<order::ConsignmentCompleted>(
        "consignment.completed",
        Consignment,
        "A consignment is complete; its money goes to those who earned it.",
    ),
    kind::<order::Lost>("consignment.lost", Consignment, "A parcel of a consignment is lost."),
    kind::<order::Returned>("consignment.returned", Consignment, "A parcel of a consignment came back to its sender."),
    kind::<order::ReceivedBack>(
        "consignment.received_back",
        Consignment,
        "What came back was looked through: the pieces that are fit for it lie on the shelf again.",
    ),
    kind::<order::WrittenOff>(
        "consignment.written_off",
        Consignment,
        "A parcel of a consignment will never arrive; the buyer is refunded for it.",
    ),
    kind::<order::ConsignmentCancelled>(
        "consignment.cancelled",
        Consignment,
        "A consignment was called off before it left; the buyer is refunded.",
    ),
    kind::<order::Replaced>(
        "consignment.replaced",
        Consignment,
        "A consignment made way for another, since its order was changed: it must not be packed.",
    ),
    kind::<order::Added>(
        "consignment.added",
        Consignment,
        "A consignment came into a paid order by a change, and is to be packed.",
    ),
    kind::<order::Recalled>(
        "consignment.recalled",
        Consignment,
        "Something in a packed parcel was refunded: it must not be handed over, its label is void.",
    ),
    kind::<order::PiecesCalledOff>(
        "consignment.pieces_called_off",
        Consignment,
        "Pieces of a consignment are not to be sent; the buyer is refunded.",
    ),
    kind::<order::Disputed>("consignment.disputed", Consignment, "A buyer objects to a consignment; its money waits."),
    kind::<order::DisputeClosed>("consignment.dispute_closed", Consignment, "The objection to a consignment is over."),
    kind::<claim::Opened>("claim.opened", Claim, "A buyer objects to something of a consignment, or gives it back."),
    kind::<claim::Agreed>(
        "claim.agreed",
        Claim,
        "What a claim asks for is carried out: its money goes back, or its pieces come back first.",
    ),
    kind::<claim::Refused>("claim.refused", Claim, "The seller of a claim said no; the buyer may ask the operator."),
    kind::<claim::Escalated>("claim.escalated", Claim, "The operator has to decide a claim."),
    kind::<claim::Decided>("claim.decided", Claim, "The operator has decided a claim in the buyer's favour."),
    kind::<claim::Sent>("claim.sent", Claim, "The pieces of a claim are on their way back."),
    kind::<claim::Received>("claim.received", Claim, "The pieces of a claim came back; its money goes back."),
    kind::<claim::Closed>("claim.closed", Claim, "A claim is over."),
    kind::<offer::Changed>("offer.changed", Offer, "An offer was made or changed."),
    kind::<payout::PaidOut>("payout.paid", Payout, "A seller was paid out."),
    kind::<party::MemberAdded>("member.added", Member, "Somebody acts for an organisation, or in another role."),
    kind::<party::MemberRemoved>("member.removed", Member, "Somebody acts for an organisation no more."),
    kind::<application::Applied>("application.received", Application, "Somebody wants to sell here."),
    kind::<application::Accepted>("application.accepted", Application, "A seller came of an application."),
    kind::<application::Declined>("application.declined", Application, "An application was declined."),
    kind::<application::BankChanged>(
        "bank_account.changed",
        BankAccount,
        "A seller is paid into another account from now on.",
    ),
];

/// Name of the event that is sent to try an endpoint. Every endpoint takes it.
pub const TEST: &str = "webhook.test";

/// A payload of this kind, for documentation.
pub fn example(kind: &Kind) -> Value {
    let order = json!({
        "order": "ord_1f8k2m", "number": "EN-7Q4K-2219", "payment": "paid", "fulfilment": "to_pack",
        "consignments": ["csg_1f8k2n"], "api": "/api/orders/ord_1f8k2m",
    });
    let data = match kind.subject {
        Order | OperatorsOrder => order,
        Consignment => json!({
            "consignment": "csg_1f8k2n", "order": "ord_1f8k2m", "number": "EN-7Q4K-2219", "state": "packed",
            "parcel": "opc_1f8k2w", "tracking": "LX473124829CN", "lines": [{ "line": "oln_1f8k2x", "pieces": 2 }], "api": "/api/orders/ord_1f8k2m",
        }),
        Claim => json!({
            "claim": "clm_1f8k2y", "consignment": "csg_1f8k2n", "order": "ord_1f8k2m", "kind": "damaged", "state": "open",
            "outcome": "", "due_at": "2026-07-18T09:30:00Z", "api": "/api/claims/clm_1f8k2y",
        }),
        Amendment => json!({
            "amendment": "amd_1f8k2y", "order": "ord_1f8k2m", "by": "seller", "reason": "out_of_stock", "why": "declined",
            "expires_at": "2026-07-18T09:30:00Z", "api": "/api/orders/ord_1f8k2m/amendments",
        }),
        Offer => json!({ "offer": "ofr_1f8k2p", "product": "prd_1f8k2q", "api": "/api/products/prd_1f8k2q" }),
        Payout => json!({ "payout": "pot_1f8k2r", "minor": 125000, "currency": "EUR", "api": "/api/seller/balance" }),
        Member => json!({
            "organisation": "org_1f8k2s", "person": "usr_1f8k2t", "role": "seller_staff", "by": "usr_1f8k2t",
            "api": "/api/people",
        }),
        Application => json!({ "application": "apl_1f8k2y", "api": "/api/applications" }),
        BankAccount => json!({
            "organisation": "org_1f8k2s", "account": "bnk_1f8k2v", "number": "…3000", "api": "/api/seller/bank-account",
        }),
    };
    json!({ "type": kind.name, "timestamp": "2026-07-15T09:30:00Z", "data": data })
}

//! The public events: their names and what their payload says. A promise to developers; internal events may change, these only grow.

use serde_json::{Value, json};

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

const fn kind(name: &'static str, event: &'static str, subject: Subject, says: &'static str) -> Kind {
    Kind { name, event, subject, says }
}

use Subject::{Amendment, Application, BankAccount, Claim, Consignment, Member, Offer, OperatorsOrder, Order, Payout};

/// Every public event.
pub const KINDS: [Kind; 42] = [
    kind("order.placed", "order.placed", OperatorsOrder, "An order was placed; it is not paid yet."),
    kind("order.paid", "order.paid", Order, "An order is paid and can be packed."),
    kind("order.payment_failed", "order.payment_failed", OperatorsOrder, "An attempt to pay an order failed."),
    kind("order.cancelled", "order.cancelled", Order, "An order was called off before it was packed."),
    kind(
        "order.readdressed",
        "order.readdressed",
        Order,
        "An order goes to another door; nothing of it is packed yet.",
    ),
    kind(
        "order.amended",
        "order.amended",
        Order,
        "An order was changed before it was packed; some consignments made way for others.",
    ),
    kind(
        "amendment.offered",
        "amendment.offered",
        Amendment,
        "A seller or the operator proposes a change of an order to its buyer.",
    ),
    kind("amendment.over", "amendment.over", Amendment, "A proposed change of an order came to nothing."),
    kind("order.completed", "order.completed", Order, "The last consignment of an order is complete."),
    kind("order.refunded", "order.refunded", OperatorsOrder, "Money of an order went back to the buyer."),
    kind(
        "consignment.packed",
        "consignment.packed",
        Consignment,
        "A parcel of a consignment is packed; it has a tracking number.",
    ),
    kind(
        "consignment.handed_over",
        "consignment.handed_over",
        Consignment,
        "The carrier has a parcel of a consignment.",
    ),
    kind("consignment.held", "consignment.held", Consignment, "Customs holds a parcel of a consignment."),
    kind(
        "consignment.delivered",
        "consignment.delivered",
        Consignment,
        "A parcel of a consignment is with the buyer; `all`: nothing more of it is to come.",
    ),
    kind(
        "consignment.completed",
        "consignment.completed",
        Consignment,
        "A consignment is complete; its money goes to those who earned it.",
    ),
    kind("consignment.lost", "consignment.lost", Consignment, "A parcel of a consignment is lost."),
    kind(
        "consignment.returned",
        "consignment.returned",
        Consignment,
        "A parcel of a consignment came back to its sender.",
    ),
    kind(
        "consignment.received_back",
        "consignment.received_back",
        Consignment,
        "What came back was looked through: the pieces that are fit for it lie on the shelf again.",
    ),
    kind(
        "consignment.written_off",
        "consignment.written_off",
        Consignment,
        "A parcel of a consignment will never arrive; the buyer is refunded for it.",
    ),
    kind(
        "consignment.cancelled",
        "consignment.cancelled",
        Consignment,
        "A consignment was called off before it left; the buyer is refunded.",
    ),
    kind(
        "consignment.replaced",
        "consignment.replaced",
        Consignment,
        "A consignment made way for another, since its order was changed: it must not be packed.",
    ),
    kind(
        "consignment.added",
        "consignment.added",
        Consignment,
        "A consignment came into a paid order by a change, and is to be packed.",
    ),
    kind(
        "consignment.recalled",
        "consignment.recalled",
        Consignment,
        "Something in a packed parcel was refunded: it must not be handed over, its label is void.",
    ),
    kind(
        "consignment.pieces_called_off",
        "consignment.pieces_called_off",
        Consignment,
        "Pieces of a consignment are not to be sent; the buyer is refunded.",
    ),
    kind(
        "consignment.disputed",
        "consignment.disputed",
        Consignment,
        "A buyer objects to a consignment; its money waits.",
    ),
    kind(
        "consignment.dispute_closed",
        "consignment.dispute_closed",
        Consignment,
        "The objection to a consignment is over.",
    ),
    kind("claim.opened", "claim.opened", Claim, "A buyer objects to something of a consignment, or gives it back."),
    kind(
        "claim.agreed",
        "claim.agreed",
        Claim,
        "What a claim asks for is carried out: its money goes back, or its pieces come back first.",
    ),
    kind("claim.refused", "claim.refused", Claim, "The seller of a claim said no; the buyer may ask the operator."),
    kind("claim.escalated", "claim.escalated", Claim, "The operator has to decide a claim."),
    kind("claim.decided", "claim.decided", Claim, "The operator has decided a claim in the buyer's favour."),
    kind("claim.sent", "claim.sent", Claim, "The pieces of a claim are on their way back."),
    kind("claim.received", "claim.received", Claim, "The pieces of a claim came back; its money goes back."),
    kind("claim.closed", "claim.closed", Claim, "A claim is over."),
    kind("offer.changed", "offer.changed", Offer, "An offer was made or changed."),
    kind("payout.paid", "settlement.paid_out", Payout, "A seller was paid out."),
    kind("member.added", "party.member_added", Member, "Somebody acts for an organisation, or in another role."),
    kind("member.removed", "party.member_removed", Member, "Somebody acts for an organisation no more."),
    kind("application.received", "onboarding.applied", Application, "Somebody wants to sell here."),
    kind("application.accepted", "onboarding.accepted", Application, "A seller came of an application."),
    kind("application.declined", "onboarding.declined", Application, "An application was declined."),
    kind(
        "bank_account.changed",
        "onboarding.bank_changed",
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
            "claim": "clm_1f8k2u", "consignment": "csg_1f8k2n", "order": "ord_1f8k2m", "kind": "damaged", "state": "open",
            "outcome": "", "due_at": "2026-07-18T09:30:00Z", "api": "/api/claims/clm_1f8k2u",
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
        Application => json!({ "application": "apl_1f8k2u", "api": "/api/applications" }),
        BankAccount => json!({
            "organisation": "org_1f8k2s", "account": "bnk_1f8k2v", "number": "…3000", "api": "/api/seller/bank-account",
        }),
    };
    json!({ "type": kind.name, "timestamp": "2026-07-15T09:30:00Z", "data": data })
}

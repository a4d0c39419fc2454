//! What messages are about, and what may become of one.

use base::Permission;

store::names!(
    /// What a message is about; its subject is the raw id of the thing named.
    Kind {
        /// To the buyer: an order is paid and confirmed (order).
        OrderPaid => "order_paid",
        /// To the buyer: called off (order).
        OrderCancelled => "order_cancelled",
        /// To the buyer: goes to another address (event).
        OrderReaddressed => "order_readdressed",
        /// To the buyer: changed before it was packed (event).
        OrderAmended => "order_amended",
        /// To the buyer: a seller or the shop proposes a change, please answer (amendment).
        ChangeOffered => "change_offered",
        /// To the buyer: what was proposed came to nothing, the order stays (amendment).
        ChangeOver => "change_over",
        /// To a seller's owner: the buyer did not want what it proposed (amendment).
        ChangeNotMade => "change_not_made",
        /// To the buyer: pieces of it are not sent (event).
        PiecesTakenOut => "pieces_taken_out",
        /// To the buyer: complete (order).
        OrderCompleted => "order_completed",
        /// To the buyer: money went back (refund).
        Refunded => "refunded",
        /// To the buyer: with the carrier (consignment).
        HandedOver => "handed_over",
        /// To the buyer: held by customs (consignment).
        Held => "held",
        /// To the buyer: delivered, please confirm (consignment).
        Delivered => "delivered",
        /// To a seller's owner: something to hand over, and until when (consignment).
        ToShip => "to_ship",
        /// To a seller's owner: something is not to be sent any more (event, or consignment).
        NotToSend => "not_to_send",
        /// To a seller's owner: money was sent (payout).
        PaidOut => "paid_out",
        /// To a person who asked for it: a link to choose a new password (reset).
        PasswordReset => "password_reset",
        /// To an address that was offered a role: a link to the invitation (invitation).
        Invited => "invited",
        /// To an address that wants an account: a link to open it, or the word that it has one (registration).
        Registration => "registration",
        /// To the buyer, who lost it: another link to an order (order).
        OrderLink => "order_link",
        /// To the address that a person wants instead of the old one: a link to confirm it (e-mail change).
        EmailChange => "email_change",
        /// To a seller's owner: a buyer objects, and until when to answer (claim).
        ClaimOpened => "claim_opened",
        /// To a seller's owner: pieces are on their way back (claim).
        ClaimSent => "claim_sent",
        /// To a seller's owner: a claim is over (claim).
        ClaimEnded => "claim_ended",
        /// To the buyer: where the pieces go back to, and until when (claim).
        ClaimReturn => "claim_return",
        /// To the buyer: the pieces must be on their way soon (claim).
        ClaimReturnDue => "claim_return_due",
        /// To the buyer: the seller said no (claim).
        ClaimRefused => "claim_refused",
        /// To the buyer: the shop decides (claim).
        ClaimEscalated => "claim_escalated",
        /// To the buyer: a claim is over (claim).
        ClaimClosed => "claim_closed",
        /// To a person: something changed in how their account is opened (event, or a fresh id).
        SecurityChanged => "security_changed",
        /// To who wants to sell here: the application is in (application).
        Applied => "applied",
        /// To who wanted to sell here: why not (application).
        Declined => "declined",
        /// To a seller's owner: money goes to another account from now on (event).
        BankChanged => "bank_changed",
        /// To the shop's own admins: its money is taken by somebody else from now on (event).
        PaymentsChanged => "payments_changed",
    }
);

store::names!(
    /// What became of a message.
    State {
        /// Waits for its next attempt.
        Queued => "queued",
        /// The mail server took it.
        Sent => "sent",
        /// The mail server refused it for good, or gave no answer for too long.
        Failed => "failed",
        /// Not sent: there was no mail server.
        Skipped => "skipped",
    }
);

impl Kind {
    /// What an operator's role must allow to read one: a payout's amount is money's business.
    pub fn reader(self) -> Permission {
        match self {
            Kind::PaidOut => Permission::LedgerRead,
            _ => Permission::ConsoleRead,
        }
    }

    /// For how many hours a message is tried while the mail server gives no answer. Mail that may be late is given five days
    /// (RFC 5321, 4.5.4.1); whoever waits for a link at the screen has long asked for another one after an hour.
    pub fn patience_hours(self) -> i64 {
        match self {
            Kind::PasswordReset | Kind::Registration | Kind::OrderLink => 1,
            _ => 120,
        }
    }
}

//! The states an order moves through, each its own, and the table of moves. Pure.

use base::{Error, Result};

store::names!(
    /// Whether the money is here.
    #[derive(PartialOrd, Ord)]
    Payment {
        /// No outcome yet.
        Pending => "pending",
        /// The last attempt was refused; another may follow until the order lapses.
        Failed => "failed",
        /// Captured: the whole total lies in escrow or was released by terms.
        Paid => "paid",
        /// Part of it went back.
        PartlyRefunded => "partly_refunded",
        /// All of it went back.
        Refunded => "refunded",
        /// Cancelled before any money came.
        Void => "void",
    }
);

store::names!(
    /// How far the goods are: of the whole order, derived from its consignments (the slowest counts).
    #[derive(PartialOrd, Ord)]
    Fulfilment {
        /// Waits for the money.
        Waiting => "waiting",
        /// At least one consignment is to be packed.
        ToPack => "to_pack",
        /// Packed, not yet with the carrier.
        Packed => "packed",
        /// With the carrier.
        Underway => "underway",
        /// Lost or sent back: somebody has to decide.
        Exception => "exception",
        /// At the buyer's; the acceptance window runs.
        Delivered => "delivered",
        /// Accepted: over.
        Completed => "completed",
        /// Ended before anything left.
        Cancelled => "cancelled",
    }
);

store::names!(
    /// How far one consignment is.
    #[derive(PartialOrd, Ord)]
    State {
        /// Waits for the money.
        Waiting => "waiting",
        /// Paid: the clock to hand over runs.
        ToPack => "to_pack",
        /// Packed and labelled.
        Packed => "packed",
        /// Given to the carrier.
        HandedOver => "handed_over",
        /// The carrier moves it.
        InTransit => "in_transit",
        /// At the buyer's.
        Delivered => "delivered",
        /// The carrier has lost it.
        Lost => "lost",
        /// On its way back or back.
        Returned => "returned",
        /// Accepted: over.
        Completed => "completed",
        /// Ended before it left, or given up as lost.
        Cancelled => "cancelled",
    }
);

store::names!(
    /// Where the goods stand with customs: of a consignment, and of the order (the worst counts).
    #[derive(PartialOrd, Ord)]
    Customs {
        /// No border on the way.
        None => "none",
        /// A border lies ahead.
        Pending => "pending",
        /// The country of dispatch let it go.
        Exported => "exported",
        /// The country of the buyer holds it.
        Held => "held",
        /// Cleared.
        Released => "released",
    }
);

store::names!(
    /// Whether the buyer objects: to a consignment, and to any of the order.
    #[derive(PartialOrd, Ord)]
    Dispute {
        /// No objection was ever made.
        None => "none",
        /// Open: it does not complete by itself.
        Open => "open",
        /// Withdrawn or settled.
        Closed => "closed",
    }
);

store::names!(
    /// Where the money stands after it came.
    #[derive(PartialOrd, Ord)]
    Settlement {
        /// Nothing came yet.
        None => "none",
        /// Held in escrow.
        Escrow => "escrow",
        /// Split by the terms; the seller's part is available or waits for its day.
        Split => "split",
        /// Paid out, or nothing was to be paid out.
        PaidOut => "paid_out",
        /// It went back to the buyer.
        Returned => "returned",
    }
);

/// What can happen to a consignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// The money came.
    Pay,
    /// The seller packed it.
    Pack,
    /// The carrier took it over.
    HandOver,
    /// The carrier reported any step between.
    Move,
    /// The carrier delivered it.
    Deliver,
    /// The carrier lost it.
    Lose,
    /// The carrier sends it back.
    Return,
    /// The buyer accepted it, or the window is over.
    Complete,
    /// The order was called off.
    Cancel,
    /// All of it was refunded after it was packed: it stays here.
    Recall,
    /// Lost or sent back for good: given up, and paid back.
    WriteOff,
}

/// The table: deed, the states it may start from, where it leads. Anything else is refused.
pub const MOVES: &[(Deed, &[State], State)] = &[
    (Deed::Pay, &[State::Waiting], State::ToPack),
    (Deed::Pack, &[State::ToPack], State::Packed),
    (Deed::HandOver, &[State::Packed], State::HandedOver),
    (Deed::Move, &[State::HandedOver, State::InTransit], State::InTransit),
    // A parcel given up for lost is sometimes found and delivered after all.
    (Deed::Deliver, &[State::HandedOver, State::InTransit, State::Lost], State::Delivered),
    (Deed::Lose, &[State::HandedOver, State::InTransit], State::Lost),
    (Deed::Return, &[State::HandedOver, State::InTransit, State::Lost], State::Returned),
    (Deed::Complete, &[State::Delivered], State::Completed),
    (Deed::Cancel, &[State::Waiting, State::ToPack], State::Cancelled),
    (Deed::Recall, &[State::Packed], State::Cancelled),
    (Deed::WriteOff, &[State::Lost, State::Returned], State::Cancelled),
];

impl State {
    /// Where `deed` leads from here; `None` if the table does not know the move.
    pub fn after(self, deed: Deed) -> Option<State> {
        MOVES.iter().find(|(known, from, _)| *known == deed && from.contains(&self)).map(|(_, _, to)| *to)
    }

    /// The same as a conflict with a sentence. Errors: `wrong_state`.
    pub fn moved(self, deed: Deed) -> Result<State> {
        self.after(deed).ok_or_else(|| {
            Error::conflict("wrong_state", format!("That cannot be done: the consignment is {}.", self.name()))
        })
    }
}

impl Fulfilment {
    /// The order's state from its consignments': the slowest counts, trouble outweighs progress under way.
    pub fn of(states: &[State]) -> Fulfilment {
        let any = |wanted: &[State]| states.iter().any(|state| wanted.contains(state));
        if any(&[State::Waiting]) {
            Fulfilment::Waiting
        } else if any(&[State::ToPack]) {
            Fulfilment::ToPack
        } else if any(&[State::Packed]) {
            Fulfilment::Packed
        } else if any(&[State::Lost, State::Returned]) {
            Fulfilment::Exception
        } else if any(&[State::HandedOver, State::InTransit]) {
            Fulfilment::Underway
        } else if any(&[State::Delivered]) {
            Fulfilment::Delivered
        } else if any(&[State::Completed]) {
            Fulfilment::Completed
        } else {
            Fulfilment::Cancelled
        }
    }

    /// Nothing more will happen to the goods.
    pub fn is_over(self) -> bool {
        matches!(self, Fulfilment::Completed | Fulfilment::Cancelled)
    }
}

impl Customs {
    /// The order's state from its consignments': held before pending before released.
    pub fn of(states: &[Customs]) -> Customs {
        [Customs::Held, Customs::Pending, Customs::Exported, Customs::Released]
            .into_iter()
            .find(|state| states.contains(state))
            .unwrap_or(Customs::None)
    }
}

impl Dispute {
    /// The order's from its consignments': open before closed before none.
    pub fn of(states: &[Dispute]) -> Dispute {
        [Dispute::Open, Dispute::Closed].into_iter().find(|state| states.contains(state)).unwrap_or(Dispute::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_whole_law() {
        assert_eq!(State::ToPack.after(Deed::Pack), Some(State::Packed));
        assert_eq!(State::Packed.after(Deed::Cancel), None, "cancel is before packing");
        assert_eq!(State::Packed.after(Deed::Recall), Some(State::Cancelled));
        assert_eq!(State::HandedOver.after(Deed::Recall), None, "what has left comes back or is lost");
        assert_eq!(State::Waiting.after(Deed::Pack), None, "nothing is packed unpaid");
        for over in [State::Completed, State::Cancelled] {
            for (deed, _, _) in MOVES {
                assert_eq!(over.after(*deed), None, "{over:?} is the end, {deed:?} must not leave it");
            }
        }
        assert_eq!(State::Lost.moved(Deed::Pack).unwrap_err().code, "wrong_state");
    }

    #[test]
    fn an_order_is_as_far_as_its_slowest_consignment() {
        use State::*;
        for (states, whole) in [
            (&[ToPack, Delivered][..], Fulfilment::ToPack),
            (&[InTransit, Completed], Fulfilment::Underway),
            (&[InTransit, Lost], Fulfilment::Exception),
            (&[Delivered, Completed], Fulfilment::Delivered),
            (&[Cancelled, Cancelled], Fulfilment::Cancelled),
            (&[Cancelled, Completed], Fulfilment::Completed),
        ] {
            assert_eq!(Fulfilment::of(states), whole, "{states:?}");
        }
        assert_eq!(Customs::of(&[Customs::Released, Customs::Held]), Customs::Held);
        assert_eq!(Customs::of(&[]), Customs::None);
        assert_eq!(Dispute::of(&[Dispute::None, Dispute::Closed]), Dispute::Closed);
        assert_eq!(Dispute::of(&[Dispute::Closed, Dispute::Open]), Dispute::Open);
    }

    #[test]
    fn names_read_back() {
        for state in State::ALL {
            assert_eq!(State::named(state.name()), Some(*state));
        }
        for state in Fulfilment::ALL {
            assert_eq!(Fulfilment::named(state.name()), Some(*state));
        }
    }
}

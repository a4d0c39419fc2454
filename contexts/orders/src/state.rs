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
    /// How far one parcel of a consignment is.
    ParcelState {
        /// A carrier outside is asked for its label.
        Asked => "asked",
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
        /// Lost or sent back for good: given up, and paid back.
        WrittenOff => "written_off",
        /// Unpacked before it left.
        Recalled => "recalled",
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

/// What can happen to a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// It has its label.
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
    /// Something of it is not wanted any more: it is unpacked.
    Recall,
    /// Lost or sent back for good: given up, and paid back.
    WriteOff,
}

/// The table: deed, the states it may start from, where it leads. Anything else is refused.
pub const MOVES: &[(Deed, &[ParcelState], ParcelState)] = &[
    (Deed::Pack, &[ParcelState::Asked], ParcelState::Packed),
    (Deed::HandOver, &[ParcelState::Packed], ParcelState::HandedOver),
    (Deed::Move, &[ParcelState::HandedOver, ParcelState::InTransit], ParcelState::InTransit),
    // A parcel given up for lost is sometimes found and delivered after all.
    (Deed::Deliver, &[ParcelState::HandedOver, ParcelState::InTransit, ParcelState::Lost], ParcelState::Delivered),
    (Deed::Lose, &[ParcelState::HandedOver, ParcelState::InTransit], ParcelState::Lost),
    (Deed::Return, &[ParcelState::HandedOver, ParcelState::InTransit, ParcelState::Lost], ParcelState::Returned),
    (Deed::Recall, &[ParcelState::Asked, ParcelState::Packed], ParcelState::Recalled),
    (Deed::WriteOff, &[ParcelState::Lost, ParcelState::Returned], ParcelState::WrittenOff),
];

impl ParcelState {
    /// Where `deed` leads from here; `None` if the table does not know the move.
    pub fn after(self, deed: Deed) -> Option<ParcelState> {
        MOVES.iter().find(|(known, from, _)| *known == deed && from.contains(&self)).map(|(_, _, to)| *to)
    }

    /// Unpacked or given up: whatever is told of it changes nothing any more.
    pub fn is_over(self) -> bool {
        matches!(self, ParcelState::WrittenOff | ParcelState::Recalled)
    }

    /// The same as a conflict with a sentence. Errors: `wrong_state`.
    pub fn moved(self, deed: Deed) -> Result<ParcelState> {
        let say = || format!("That cannot be done: the parcel is {}.", self.name());
        self.after(deed).ok_or_else(|| Error::conflict("wrong_state", say()))
    }
}

impl State {
    /// How far a paid consignment is, that nobody has accepted yet: by its parcels, and how many pieces wait to be packed. The
    /// slowest counts, trouble outweighs progress under way; what was unpacked or given up counts no more.
    pub fn of(parcels: &[ParcelState], waiting: i64) -> State {
        const SLOWEST_FIRST: [(ParcelState, State); 7] = [
            (ParcelState::Asked, State::ToPack),
            (ParcelState::Packed, State::Packed),
            (ParcelState::Lost, State::Lost),
            (ParcelState::Returned, State::Returned),
            (ParcelState::HandedOver, State::HandedOver),
            (ParcelState::InTransit, State::InTransit),
            (ParcelState::Delivered, State::Delivered),
        ];
        if waiting > 0 {
            return State::ToPack;
        }
        let slowest = SLOWEST_FIRST.iter().find(|(of, _)| parcels.contains(of));
        slowest.map_or(State::Cancelled, |(_, state)| *state)
    }

    /// The refusal of what cannot be done with a consignment in this state: `wrong_state` (conflict).
    pub fn refused(self) -> Error {
        Error::conflict("wrong_state", format!("That cannot be done: the consignment is {}.", self.name()))
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

    /// A consignment's state from its parcels' and from the pieces that wait to be packed: the worst counts, what was unpacked does
    /// not. Goods that cross no border stay out of it.
    pub fn of_parcels(before: Customs, parcels: &[(ParcelState, Customs)], waiting: i64) -> Customs {
        if before == Customs::None {
            return before;
        }
        let sent = parcels.iter().filter(|(state, _)| *state != ParcelState::Recalled);
        let mut all: Vec<Customs> = sent.map(|(_, customs)| *customs).collect();
        if waiting > 0 || all.is_empty() {
            all.push(Customs::Pending);
        }
        Customs::of(&all)
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
        use ParcelState::*;
        assert_eq!(Asked.after(Deed::Pack), Some(Packed));
        assert_eq!(Packed.after(Deed::Recall), Some(Recalled));
        assert_eq!(HandedOver.after(Deed::Recall), None, "what has left comes back or is lost");
        assert_eq!(Asked.after(Deed::HandOver), None, "nothing leaves without a label");
        for over in [Delivered, WrittenOff, Recalled] {
            for (deed, _, _) in MOVES {
                assert_eq!(over.after(*deed), None, "{over:?} is the end, {deed:?} must not leave it");
            }
        }
        assert_eq!(Lost.moved(Deed::Pack).unwrap_err().code, "wrong_state");
    }

    #[test]
    fn a_consignment_is_as_far_as_its_slowest_parcel() {
        use ParcelState as P;
        for (parcels, waiting, state) in [
            (&[][..], 3, State::ToPack),
            (&[P::Delivered], 1, State::ToPack),
            (&[P::Delivered, P::Asked], 0, State::ToPack),
            (&[P::InTransit, P::Packed], 0, State::Packed),
            (&[P::HandedOver, P::InTransit], 0, State::HandedOver),
            (&[P::InTransit, P::Lost], 0, State::Lost),
            (&[P::Delivered, P::Returned], 0, State::Returned),
            (&[P::Delivered, P::InTransit], 0, State::InTransit),
            (&[P::Delivered, P::WrittenOff, P::Recalled], 0, State::Delivered),
            (&[P::WrittenOff, P::Recalled], 0, State::Cancelled),
            (&[], 0, State::Cancelled),
        ] {
            assert_eq!(State::of(parcels, waiting), state, "{parcels:?}, {waiting}");
        }
        let customs = |parcels: &[(P, Customs)], waiting| Customs::of_parcels(Customs::Pending, parcels, waiting);
        assert_eq!(customs(&[(P::Delivered, Customs::Released)], 2), Customs::Pending);
        assert_eq!(
            customs(&[(P::Delivered, Customs::Released), (P::Recalled, Customs::Pending)], 0),
            Customs::Released
        );
        assert_eq!(Customs::of_parcels(Customs::None, &[(P::Packed, Customs::None)], 1), Customs::None);
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

//! What claims are about, how far one is, and what may become of it.

store::names!(
    /// What it is about.
    Kind {
        /// The parcel is late, or is said to be delivered and was not.
        NotArrived => "not_arrived",
        /// Broken or spoilt.
        Damaged => "damaged",
        /// Not what was shown or written.
        NotAsDescribed => "not_as_described",
        /// Something else was in the parcel.
        WrongItem => "wrong_item",
        /// Fewer pieces than bought.
        MissingPieces => "missing_pieces",
        /// Given back by right, without a reason.
        Withdrawal => "withdrawal",
        /// Something else, in the buyer's words.
        Other => "other",
    }
);

impl Kind {
    /// Whether the buyer has something that could be sent back.
    pub fn has_goods(self) -> bool {
        !matches!(self, Kind::NotArrived | Kind::MissingPieces)
    }
}

store::names!(
    /// What the buyer asks for.
    Wish {
        /// The price of the pieces.
        MoneyBack => "money_back",
        /// To keep them for less.
        LowerPrice => "lower_price",
    }
);

store::names!(
    /// What was agreed or decided.
    Remedy {
        /// Nothing yet, or nothing at all.
        None => "",
        /// The pieces' price goes back; they stay where they are.
        MoneyBack => "money_back",
        /// The pieces' price goes back when they have come back.
        Return => "return",
        /// An amount goes back; the pieces stay with the buyer.
        LowerPrice => "lower_price",
    }
);

store::names!(
    /// How far a claim is, and so who has the next step.
    State {
        /// The seller has to answer.
        Open => "open",
        /// The seller said no: the buyer may ask the operator.
        Refused => "refused",
        /// The operator has to decide.
        Escalated => "escalated",
        /// The buyer has to send the pieces back.
        Returning => "returning",
        /// The seller has to say that they came.
        Sent => "sent",
        /// The money is about to go back.
        Settling => "settling",
        /// Over; see [`Outcome`].
        Closed => "closed",
    }
);

store::names!(
    /// What became of a claim.
    Outcome {
        /// It is not over.
        None => "",
        /// The pieces' price went back.
        Refunded => "refunded",
        /// The price was lowered.
        Reduced => "reduced",
        /// The buyer took it back.
        Withdrawn => "withdrawn",
        /// The seller said no, and the buyer left it at that.
        Refused => "refused",
        /// The operator said no.
        Dismissed => "dismissed",
        /// The pieces were not sent back in time.
        NotReturned => "not_returned",
    }
);

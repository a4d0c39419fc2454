//! What claims are about, how far one is, and what may become of it.

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$inner:meta])* $variant:ident => $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$inner])* $variant),+ }

        impl $type {
            /// Every one.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// Stable name, as stored and as translated.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The one with this stored name.
            pub fn named(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl store::FromValue for $type {
            fn from_value(value: &store::Value) -> Option<$type> {
                match value {
                    store::Value::Text(name) => $type::named(name),
                    _ => None,
                }
            }
        }

        impl store::ToValue for $type {
            fn to_value(&self) -> store::Value {
                store::Value::Text(self.name().into())
            }

            fn null() -> store::Value {
                store::Value::NullText
            }
        }
    };
}

names!(
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

names!(
    /// What the buyer asks for.
    Wish {
        /// The price of the pieces.
        MoneyBack => "money_back",
        /// To keep them for less.
        LowerPrice => "lower_price",
    }
);

names!(
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

names!(
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

names!(
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

//! What happens to orders, their consignments and the parcels of these.

use crate::{Consignment, Line, Order, Parcel};
use base::{Currency, Id, Moment};
use logistics::Size;
use parties::Organisation;
use serde::{Deserialize, Serialize};

store::events! {
    Public "order.placed" Placed: Id<Order>;
    Public "order.paid" Paid: Id<Order>;
    Private "order.due_paid" DuePaid: Id<Order>;
    Private "order.paid_extra" PaidExtra: Id<Order>;
    Public "order.payment_failed" PaymentFailed: Id<Order>;
    Public "order.cancelled" Cancelled: Id<Order>;
    Public "order.readdressed" Readdressed: Id<Order>;
    Public "order.fields_changed" FieldsChanged: Id<Order>;
    Public "order.amended" Amended: Id<Order>;
    Private "order.field_changed" FieldChanged: ();
    Public "order.completed" Completed: Id<Order>;
    Public "order.refunded" Refunded: Id<Order>;
    Private "order.settlement" Settled: Id<Order>;
    Public "consignment.packed" Packed: Id<Consignment>;
    Public "consignment.handed_over" HandedOver: Id<Consignment>;
    Private "consignment.event" Moved: Id<Consignment>;
    Public "consignment.held" Held: Id<Consignment>;
    Private "consignment.event_withdrawn" EventWithdrawn: Id<Consignment>;
    Public "consignment.delivered" Delivered: Id<Consignment>;
    Public "consignment.lost" Lost: Id<Consignment>;
    Public "consignment.returned" Returned: Id<Consignment>;
    Public "consignment.received_back" ReceivedBack: Id<Consignment>;
    Public "consignment.written_off" WrittenOff: Id<Consignment>;
    Public "consignment.cancelled" ConsignmentCancelled: Id<Consignment>;
    Public "consignment.replaced" Replaced: Id<Consignment>;
    Public "consignment.added" Added: Id<Consignment>;
    Public "consignment.recalled" Recalled: Id<Consignment>;
    Public "consignment.pieces_called_off" PiecesCalledOff: Id<Consignment>;
    Public "consignment.completed" ConsignmentCompleted: Id<Consignment>;
    Public "consignment.disputed" Disputed: Id<Consignment>;
    Public "consignment.dispute_closed" DisputeClosed: Id<Consignment>;
}

/// Pieces of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pieces {
    /// Which line.
    #[serde(with = "base::written::raw")]
    pub line: Id<Line>,
    /// How many.
    pub pieces: i64,
}

impl Pieces {
    pub(crate) fn all(pieces: &[(Id<Line>, i64)]) -> Vec<Pieces> {
        pieces.iter().map(|(line, pieces)| Pieces { line: *line, pieces: *pieces }).collect()
    }
}

/// A parcel, and what is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneParcel {
    /// Who packs them.
    #[serde(with = "base::written::raw")]
    pub shipped_by: Id<Organisation>,
    /// Which parcel.
    #[serde(with = "base::written::raw")]
    pub parcel: Id<Parcel>,
    /// What is in it.
    pub lines: Vec<Pieces>,
}

/// What is told of a parcel, whatever happens to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfParcel {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// Which.
    #[serde(flatten)]
    pub one: OneParcel,
}

/// News of a parcel on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// When.
    pub at: Moment,
    /// Whether with it everything of the consignment that arrives is there.
    pub all: bool,
}

/// An order was placed; it is not paid yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Its number.
    pub number: String,
    /// What the buyer pays, in minor units.
    pub total: i64,
    /// Its currency.
    pub currency: Currency,
    /// How many lines.
    pub lines: usize,
    /// Where to: `DE`.
    pub destination: String,
    /// Raw id of the person; 0: a guest.
    pub buyer: i64,
    /// The operator's own, to try the shop out before it is open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// An order is paid and can be packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paid {
    /// Its number.
    pub number: String,
    /// In minor units.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

/// What a change of a paid order costs more is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DuePaid {
    /// Its number.
    pub number: String,
    /// Which due.
    pub due: i64,
    /// In minor units.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

/// Money came that was not owed; it goes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidExtra {
    /// Its number.
    pub number: String,
    /// In minor units.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

/// An attempt to pay an order failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaymentFailed {
    /// The provider's word.
    pub code: String,
}

/// An order was called off before it was packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Its number.
    pub number: String,
    /// Why: `buyer_request`.
    pub reason: String,
    /// What of its money is held, in minor units.
    pub escrow: i64,
    /// Raw ids of the consignments that nobody packs now; none of an order that nobody had paid.
    #[serde(default)]
    pub unsent: Vec<i64>,
}

/// An order goes to another door; nothing of it is packed yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Readdressed {
    /// Its number.
    pub number: String,
    /// Which fields of the address are others.
    pub fields: Vec<String>,
}

/// What the buyer wrote to an order was changed; nothing of it is packed yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldsChanged {
    /// Its number.
    pub number: String,
    /// Keys of the fields.
    pub fields: Vec<String>,
}

/// The shop asks for something else, or otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChanged {
    /// Key of the field.
    pub field: String,
}

/// An order was changed before it was packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// Its number.
    pub number: String,
    /// Raw id of the change.
    pub amendment: i64,
    /// What of the old price counts towards the new one, in minor units.
    pub credited: i64,
    /// Its currency.
    pub currency: Currency,
}

/// The last consignment of an order is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completed {
    /// Its number.
    pub number: String,
}

/// Money of an order went back to the buyer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refunded {
    /// In minor units.
    pub amount: i64,
    /// Its currency.
    pub currency: Currency,
}

/// Everything of an order is paid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// `paid_out`.
    pub state: String,
}

/// A parcel of a consignment is packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Packed {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// The number it is tracked by.
    pub tracking: String,
    /// Pieces of the consignment that are not packed yet.
    pub left: i64,
    /// Weight and size; of older events nothing.
    #[serde(default)]
    pub measured: Option<Measured>,
}

/// What a parcel weighs and how big it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Weight of the whole parcel.
    pub grams: i64,
    /// Length, width and height; zeros where nobody measured.
    #[serde(flatten)]
    pub size: Size,
}

/// The carrier has a parcel of a consignment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// Whether it had to be there earlier.
    pub late: bool,
    /// Parcels and pieces that are still here.
    pub left: i64,
}

/// A carrier's news of a parcel, and where the consignment is with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// What happened: `customs_held`.
    pub kind: String,
    /// How far the consignment is.
    pub state: String,
    /// Where the parcel is with customs.
    pub customs: String,
    /// When it happened, by the carrier's word.
    pub at: Moment,
    /// Where.
    pub place: String,
}

/// Customs holds a parcel of a consignment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held(pub News);

/// A parcel of a consignment is with the buyer; or what was to come after it is called off, and so everything is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivered {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// When.
    pub at: Moment,
    /// Whether nothing more of the consignment is to come.
    pub all: bool,
    /// Which; none when no parcel came.
    #[serde(flatten)]
    pub one: Option<OneParcel>,
}

/// A parcel of a consignment is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lost(pub News);

/// A parcel of a consignment came back to its sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned(pub News);

/// What came back was looked through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReceivedBack {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// Pieces that lie on the shelf again.
    pub fit: Vec<Pieces>,
}

/// A parcel of a consignment will never arrive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// Where it was.
    pub was: String,
    /// Whether nothing of the consignment is left.
    pub over: bool,
}

/// A consignment was called off before it left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsignmentCancelled {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// Why: `buyer_request`.
    pub reason: String,
    /// What it cost the buyer, in minor units.
    pub total: i64,
}

/// A consignment made way for another, since its order was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replaced {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// Who packs them.
    #[serde(with = "base::written::raw")]
    pub shipped_by: Id<Organisation>,
    /// Raw id of the change.
    pub amendment: i64,
}

/// A consignment came into a paid order by a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Added {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// Raw id of the change.
    pub amendment: i64,
    /// What it costs the buyer, in minor units.
    pub total: i64,
}

/// A packed parcel must not be handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recalled {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// Why: `buyer_request`.
    pub reason: String,
}

/// Pieces of a consignment are not to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PiecesCalledOff {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// Who packs them.
    #[serde(with = "base::written::raw")]
    pub shipped_by: Id<Organisation>,
    /// Which pieces.
    pub lines: Vec<Pieces>,
    /// Pieces that are still to be sent.
    pub left: i64,
    /// Why: `buyer_request`.
    pub reason: String,
    /// Which side it was: `buyer`, `seller` or `operator`.
    pub by: String,
    /// Whether something of them was packed.
    pub packed: bool,
    /// Raw ids of the parcels that had a label.
    pub parcels: Vec<i64>,
}

/// A consignment is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConsignmentCompleted {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// `buyer`, or `window`: the time to object is over.
    pub by: String,
}

/// A buyer objects to a consignment; its money waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disputed {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// To what: `damaged`.
    pub reason: String,
}

/// The objection to a consignment is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisputeClosed {
    /// Of which order.
    #[serde(with = "base::written::raw")]
    pub order: Id<Order>,
    /// Whose goods.
    #[serde(with = "base::written::raw")]
    pub organisation: Id<Organisation>,
    /// How: `refunded`.
    pub outcome: String,
}

/// What somebody told by hand of a parcel was wrong, and taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventWithdrawn {
    /// Which parcel.
    #[serde(flatten)]
    pub of: OfParcel,
    /// What was told: `delivered`.
    pub kind: String,
    /// When that was said to have happened.
    pub at: Moment,
    /// What was wrong.
    pub reason: String,
    /// How far the consignment is now.
    pub state: String,
    /// Where it stands with customs now.
    pub customs: String,
}

//! The order and its life: what was sold, in which consignments, how far each is, and the clocks that run.
//!
//! Owns: tables `order_*`. Promises: one order a source; what was frozen at sale never changes; a total is the sum of its stored
//! lines; the table in `state` is the only way a consignment moves; captured ≥ released + refunded.
//! Never: prices anything, asks a payment provider, posts money to the ledger (`settlement` does, with [`split`]).

pub mod access;
pub mod amend;
pub mod anatomy;
pub mod book;
pub mod cancel;
pub mod clock;
mod complete;
pub mod contact;
pub mod dispute;
pub mod due;
pub mod erase;
pub mod event;
pub mod field;
pub mod journey;
pub mod list;
pub mod money;
pub mod order;
pub mod pack;
pub mod parcel;
pub mod pay;
pub mod place;
pub mod readdress;
mod rehearsal;
pub mod restock;
pub mod said;
pub mod sales;
pub mod seller;
pub mod split;
pub mod state;
pub mod take_out;
mod told;
pub mod whole;
mod wire;

pub use access::{access_token, by_access_token, by_number_and_email, mail_access, reach, reach_own};
pub use amend::{Amend, Amended, Shelves, amend, amendable};
pub use anatomy::{Anatomy, Roles, anatomy};
pub use book::{book, told, track};
pub use cancel::{Cancelled, WrittenOff, cancel, is_own, lapse, may_decide, write_off};
pub use complete::{By, Completed, complete, delivered};
pub use contact::{Concerned, Contact, concerned, contact, shippers};
pub use dispute::{close_dispute, open_dispute};
pub use due::{DUE, Due, DueState, ask, due_returned, due_void, dues, open_due};
pub use erase::forget_buyer;
pub use event::{EVENTS, Event};
pub use field::{Field, FieldKind, PRESETS, Preset, Scope, TICKED, field, fields, fields_ahead, put_field};
pub use journey::{ACCEPT, Moved, Sent, Stop, journey, stops};
pub use list::{Counts, Filter, MANY, Page, Search, Summary, Which, counts, list, of_buyer, search};
pub use money::{paid_out, record_refund, refunded, released};
pub use order::{
    Consignment, Exchange, Line, Order, Source, SourceKind, by_number, by_source, consignment, consignments, find,
    lines, lock,
};
pub use pack::{Packed, Packing, Pick, Told, hand_over, hand_over_parcel, pack, pack_some, pack_some_told, pack_told};
pub use parcel::{Inside, Parcel, parcel, parcel_of, parcels};
pub use pay::{Capture, has_paid, may_be_paid, paid, payment_failed, payment_reopened};
pub use place::{Place, PlaceConsignment, PlaceLine, Placed, UNPAID, place};
pub use readdress::{may_be_readdressed, readdress};
pub use rehearsal::{TestOrders, test_orders};
pub use restock::{receive_back, take_back};
pub use said::{Said, Say, asked, goods, said, said_to, say};
pub use sales::{DaySales, DestinationSales, GivenBack, give_back, sales, sales_by_destination, seller_sales, tally};
pub use seller::{SellerCounts, SellerFilter, SellerRow, late, of_organisation, seller_counts, to_ship};
pub use split::{Payee, Share, receiver, shares_of_goods, split, split_of};
pub use state::{Customs, Deed, Dispute, Fulfilment, MOVES, ParcelState, Payment, Settlement, State};
pub use take_out::{Side, call_off_pieces, cancel_consignment, keep, may_be_taken_out, may_take_out, unpack};
pub use told::{correct_number, tell_event, withdraw_event};
pub use whole::{Sums, Whole, whole};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "order_head",
        rows: "SELECT id, number, source, source_key, quote, language, destination, currency, goods, shipping, duty, tax, fees, \
            total, exchange, placed_at FROM order_head WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "order_consignment",
        rows: "SELECT id, order_id, position, organisation, shipped_by, warehouse, dispatch, service, carrier, grams, shipping, \
            total, landed_cost, arrives_from, arrives_to, handling_hours, acceptance_days, first_line, lines, \
            pieces, payout, payout_currency, amendment FROM order_consignment WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "order_parcel",
        rows: "SELECT id, order_id, consignment, position, asked_at FROM order_parcel WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "order_parcel_line",
        rows: "SELECT id, parcel, line, pieces FROM order_parcel_line WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "order_line",
        rows: "SELECT id, order_id, consignment, position, offer, variant, product, organisation, seller_name, \
            title, sku, image, options, hs, origin, grams, customs_description, quantity, unit_price, goods, \
            shipping, duty, tax, fees, total, commission, commission_tax, terms, supply_currency, supply_minor, supplied FROM order_line WHERE id > $1 AND \
            id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "orders", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

//! From a cart to an order: carts, quotes that freeze everything for 30 minutes, placing, paying.
//!
//! Owns: tables `cart`, `cart_line`, `checkout_*`. Promises: a cart is never locked to a country or currency; what was quoted
//! is what is charged, whatever prices, rates and rules do meanwhile; one order a cart, however often and from wherever it
//! is asked for; reply, webhook and retry come to the one function [`settle`].
//! Never: keeps a price in a cart, calls a provider inside a transaction, moves money itself (`payments` does).

pub mod attempt;
pub mod cart;
pub mod claim;
pub mod erase;
pub mod expire;
pub mod freeze;
pub mod goods;
pub mod notice;
pub mod opening;
pub mod pay;
pub mod place;
pub mod quote;
pub mod view;

pub use attempt::{Begun, Retry, pay_again, retry};
pub use cart::{
    Cart, CartLine, CartState, Created, LINES_MAX, NewCart, QUANTITY_MAX, Reach, add_line, create, find, lines, merge,
    pieces, put_line,
};
pub use claim::{REST_MINUTES, SCARCE_MINUTES};
pub use erase::forget_person;
pub use expire::{CART_DAYS, QUOTE_DAYS, expire, forget, lapse};
pub use goods::{AskGoods, price_goods};
pub use notice::{notice, sandbox_news};
pub use opening::{Connected, Need, Opening, Selling, close, open, opening, selling};
pub use pay::{CHECK, Settle, Settled, Visit, capture, check, pay, pay_known, returned, settle};
pub use place::{Place, Placed, place, place_beside};
pub use quote::{AskQuote, Choice, QUOTE_MINUTES, Quote, QuoteState, quote, quote_beside, quoted};
pub use view::{
    CartView, Change, ConsignmentView, LineView, SetDestination, UnsoldView, set_destination, view, view_of,
};

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "checkout", sealed: &[], migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;

//! The parcels of a consignment, as both desks show them: what is in each, where it is, what can be done with it; and what waits to be
//! packed, to be chosen from.

use crate::booking::{self, AskedView, PaperLink};
use crate::journey::{EventView, StopView, log, stops};
use crate::words::{self, Badge};
use base::{Country, Id, Result};
use frame::parts::parcel::{PieceView, inside, named, waiting};
use frame::{Form, Visitor};
use logistics::Booking;
use orders::{Consignment, Line, Parcel, ParcelState, Pick, Sent, State, Stop};
use serde::Serialize;
use store::{Read, Tx};

/// A parcel with what its carrier was asked for, and made.
#[derive(Clone, Debug)]
pub struct Carried {
    sent: Sent,
    booking: Option<Booking>,
    documents: Vec<String>,
}

/// Reads what the desks know of a consignment's parcels. Who may see them was checked by the caller.
pub fn see(db: &mut Read, stop: &Stop) -> Result<Vec<Carried>> {
    let mut all = Vec::new();
    for sent in &stop.parcels {
        let label = sent.parcel.label.filter(|_| sent.parcel.has_label());
        all.push(Carried {
            booking: logistics::booking_of(db, sent.parcel.id.raw())?,
            documents: label.map(|label| logistics::documents(db, label)).transpose()?.unwrap_or_default(),
            sent: sent.clone(),
        });
    }
    Ok(all)
}

/// Whoever looks, and where its deeds are.
pub struct Place<'a> {
    /// Who looks.
    pub visitor: &'a Visitor,
    /// The consignment's page: `/seller/orders/csg_…`.
    pub base: &'a str,
    /// The page of its labels and slips, which `parcel` is added to; none for who does not ship it.
    pub papers: Option<&'a str>,
    /// May pack, hand over, unpack and receive back.
    pub may_ship: bool,
    /// Decides about orders: may give parcels up and record what customs did.
    pub decides: bool,
    /// Customs events are made by hand.
    pub test: bool,
}

/// All of a consignment's parcels.
#[derive(Serialize)]
pub struct ParcelsView {
    parcels: Vec<ParcelView>,
    /// What waits to be packed.
    waiting: Vec<PieceView>,
    /// What waits can be packed now.
    pack: bool,
    /// How many parcels there are: what is chosen now goes into the next.
    count: usize,
    /// The way ahead, before anything is packed.
    ahead: Vec<StopView>,
}

#[derive(Serialize)]
struct ParcelView {
    id: String,
    title: String,
    tracking: String,
    badge: Badge,
    weight: Option<i64>,
    pieces: Vec<PieceView>,
    stops: Vec<StopView>,
    log: Vec<EventView>,
    asked: Option<AskedView>,
    papers: Vec<PaperLink>,
    print: Option<String>,
    /// Unpacked before it left.
    recalled: bool,
    hand_over: bool,
    unpack: bool,
    ask_again: bool,
    receive: bool,
    /// What of it lies on the shelf again.
    received: Option<String>,
    hold: bool,
    release: bool,
    write_off: bool,
}

/// A consignment's parcels; `lines` are its own, as the reader knows them, `to` is the country it goes to.
pub fn view(place: &Place, consignment: &Consignment, to: Country, lines: &[Line], all: &[Carried]) -> ParcelsView {
    let views = all.iter().map(|one| parcel(place, consignment, to, lines, one)).collect();
    let open = waiting(lines.iter().filter(|line| line.consignment == consignment.id));
    let is_open = consignment.state == State::ToPack;
    ParcelsView {
        parcels: views,
        pack: place.may_ship && is_open && !open.is_empty(),
        waiting: if is_open { open } else { Vec::new() },
        count: all.len(),
        ahead: if all.is_empty() { stops(place.visitor, consignment, to, None) } else { Vec::new() },
    }
}

fn parcel(place: &Place, consignment: &Consignment, to: Country, lines: &[Line], one: &Carried) -> ParcelView {
    let (visitor, locale) = (place.visitor, &place.visitor.locale);
    let Parcel { id, state, customs, .. } = one.sent.parcel;
    let (known, journey) = (&one.sent.parcel, one.sent.journey.as_ref());
    let moving = matches!(state, ParcelState::HandedOver | ParcelState::InTransit);
    let borders = place.decides && moving && customs != orders::Customs::None;
    let ahead = matches!(customs, orders::Customs::Pending | orders::Customs::Exported);
    let printable = place.papers.filter(|_| known.has_label() && matches!(state, ParcelState::Packed));
    ParcelView {
        id: id.to_string(),
        title: locale.fill("d-parcel-n", &[("n", (known.position + 1).into())]),
        tracking: one.sent.tracking().unwrap_or_default().to_owned(),
        badge: words::parcel(locale, state, customs),
        weight: journey.map(|journey| journey.parcel.grams),
        pieces: inside(lines, known),
        stops: stops(visitor, consignment, to, Some(&one.sent)),
        log: journey.map(|journey| log(visitor, journey)).unwrap_or_default(),
        asked: booking::asked(visitor, state, one.booking.as_ref()),
        papers: booking::links(visitor, place.base, id, &one.documents),
        print: printable.map(|papers| format!("{papers}parcel={id}")),
        recalled: state == ParcelState::Recalled && known.packed_at.is_some(),
        hand_over: place.may_ship && state == ParcelState::Packed,
        unpack: place.may_ship && matches!(state, ParcelState::Packed | ParcelState::Asked),
        ask_again: place.may_ship && state == ParcelState::Asked,
        receive: place.may_ship && known.is_to_be_received(),
        received: known.received_at.map(|_| received(visitor, known)),
        hold: borders && place.test && ahead,
        release: borders && customs == orders::Customs::Held,
        write_off: place.decides && matches!(state, ParcelState::Lost | ParcelState::Returned),
    }
}

fn received(visitor: &Visitor, known: &Parcel) -> String {
    let back: i64 = known.lines.iter().map(|inside| inside.received).sum();
    visitor.locale.fill("d-parcel-received", &[("n", back.into()), ("of", known.pieces().into())])
}

/// What a form wants packed: the pieces that it names; all that waits where it names none. Errors: no whole numbers.
pub fn pack(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let lines = named(form)?;
    if lines.is_empty() {
        return orders::pack(tx, id).map(|packing| booking::said(&packing));
    }
    let lines = lines.into_iter().filter(|(_, pieces)| *pieces != 0).collect();
    let pick = Pick { lines, parcels: form.maybe("count") };
    orders::pack_some(tx, id, &pick).map(|packing| booking::said(&packing))
}

/// Hands over the parcel that a form names; every one that is packed where it names none.
pub fn hand_over(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    match of(tx, id, form)? {
        Some(parcel) => orders::hand_over_parcel(tx, parcel)?,
        None => orders::hand_over(tx, id)?,
    };
    Ok("d-said-handed-over")
}

/// Unpacks the parcel that a form names.
pub fn unpack(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let parcel = required(tx, id, form)?;
    orders::unpack(tx, parcel)?;
    Ok("d-said-unpacked")
}

/// Receives back what a form says is fit of the parcel that it names.
pub fn receive(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let (parcel, fit) = (required(tx, id, form)?, named(form)?);
    orders::receive_back(tx, parcel, Some(&fit))?;
    Ok("d-said-received")
}

/// The parcel of a consignment that a form names. Errors: not found.
pub fn required(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<Id<Parcel>> {
    of(tx, id, form)?.ok_or_else(unknown)
}

fn of(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<Option<Id<Parcel>>> {
    let Some(text) = form.given("parcel").filter(|text| !text.is_empty()) else { return Ok(None) };
    orders::parcel_of(tx, id, crate::place::id(text)?).map(|parcel| Some(parcel.id))
}

fn unknown() -> base::Error {
    base::Error::not_found("unknown_parcel", "There is no such parcel.")
}

/// Whether one of them waits for its carrier.
pub fn is_packed(all: &[Carried]) -> bool {
    all.iter().any(|one| one.sent.parcel.state == ParcelState::Packed)
}

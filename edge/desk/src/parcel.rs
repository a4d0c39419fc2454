//! The parcels of a consignment, as both desks show them: what is in each, where it is, what can be done with it; and what waits to be
//! packed, to be chosen from.

use crate::booking::{self, AskedView, PaperLink};
use crate::form::Choice;
use crate::journey::{EventView, StopView, log, stops};
use crate::words::{self, Badge};
use base::{Country, Error, Id, Result};
use frame::parts::parcel::{PieceView, inside, named, waiting};
use frame::{Form, Locale, Visitor};
use logistics::{Booking, EventKind, NumberTold, OWN, Service, Size, Telling};
use orders::{Consignment, Line, Parcel, ParcelState, Pick, Sent, State, Stop, Told};
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
    /// Of own shipping: who usually carries.
    usual: Option<String>,
    /// Carriers that are known by name.
    carriers: Vec<&'static str>,
}

#[derive(Serialize)]
struct ParcelView {
    id: String,
    title: String,
    tracking: String,
    badge: Badge,
    weight: Option<i64>,
    /// Length, width and height in millimetres, once measured.
    size: Option<String>,
    /// It weighs less than the goods in it do by themselves.
    light: bool,
    /// Who carries it, and its page there.
    carrier: String,
    page: Option<String>,
    /// Of own shipping: carrier and number can be told, and why where it has left.
    number: Option<NumberView>,
    /// Of own shipping: what can be told of it.
    telling: Option<TellingView>,
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

/// Carrier and number as they stand, to be corrected.
#[derive(Serialize)]
struct NumberView {
    carrier: String,
    number: String,
    left: bool,
}

/// What can be told of a parcel by hand.
#[derive(Serialize)]
struct TellingView {
    kinds: Vec<Choice>,
    now: String,
}

/// A consignment's parcels; `lines` are its own, as the reader knows them, `to` is the country it goes to.
pub fn view(
    place: &Place,
    consignment: &Consignment,
    service: &Service,
    to: Country,
    lines: &[Line],
    all: &[Carried],
) -> ParcelsView {
    let views = all.iter().map(|one| parcel(place, consignment, to, lines, one)).collect();
    let open = waiting(lines.iter().filter(|line| line.consignment == consignment.id));
    let is_open = consignment.state == State::ToPack;
    ParcelsView {
        parcels: views,
        pack: place.may_ship && is_open && !open.is_empty(),
        waiting: if is_open { open } else { Vec::new() },
        count: all.len(),
        ahead: if all.is_empty() { stops(place.visitor, consignment, to, None) } else { Vec::new() },
        usual: (service.booked_through == OWN).then(|| service.carrier.clone()),
        carriers: logistics::known_carriers().iter().map(|one| one.name.as_str()).collect(),
    }
}

fn parcel(place: &Place, consignment: &Consignment, to: Country, lines: &[Line], one: &Carried) -> ParcelView {
    let (visitor, locale) = (place.visitor, &place.visitor.locale);
    let Parcel { id, state, customs, .. } = one.sent.parcel;
    let (known, journey) = (&one.sent.parcel, one.sent.journey.as_ref());
    let own = journey.map(|journey| &journey.parcel).filter(|parcel| parcel.carrier == OWN);
    let own = own.filter(|_| place.may_ship && known.has_label());
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
        size: journey.map(|journey| journey.parcel.size).filter(|size| size.is_known()).map(|size| sides(locale, size)),
        light: journey.is_some_and(|journey| journey.parcel.grams < journey.parcel.goods_grams()),
        carrier: journey.map(|journey| journey.parcel.carried_by().to_owned()).unwrap_or_default(),
        page: journey.and_then(|journey| journey.parcel.page()),
        number: own.map(|own| NumberView {
            carrier: own.told_carrier.clone(),
            number: own.tracking.clone(),
            left: known.has_left(),
        }),
        telling: own.filter(|_| known.has_left() && !state.is_over()).map(|_| telling(visitor)),
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

fn sides(locale: &Locale, size: Size) -> String {
    let sides = [("a", size.length_mm.into()), ("b", size.width_mm.into()), ("c", size.height_mm.into())];
    locale.fill("d-size-mm", &sides)
}

fn telling(visitor: &Visitor) -> TellingView {
    let choice = |kind: &EventKind| Choice {
        code: kind.name().to_owned(),
        name: words::word(&visitor.locale, "d-event", kind.name()),
    };
    TellingView {
        kinds: logistics::TELLABLE.iter().map(choice).collect(),
        now: frame::format::local_text(visitor.now, crate::time::place(visitor)),
    }
}

fn received(visitor: &Visitor, known: &Parcel) -> String {
    let back: i64 = known.lines.iter().map(|inside| inside.received).sum();
    visitor.locale.fill("d-parcel-received", &[("n", back.into()), ("of", known.pieces().into())])
}

/// What a form wants packed: the pieces that it names; all that waits where it names none. Errors: no whole numbers.
pub fn pack(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let (lines, told) = (named(form)?, told(form)?);
    if lines.is_empty() {
        return orders::pack_told(tx, id, &told).map(|packing| booking::said(&packing));
    }
    let lines = lines.into_iter().filter(|(_, pieces)| *pieces != 0).collect();
    let pick = Pick { lines, parcels: form.maybe("count") };
    orders::pack_some_told(tx, id, &pick, &told).map(|packing| booking::said(&packing))
}

/// What a form tells of the parcel besides what is in it. Errors: fields that are no whole numbers.
fn told(form: &Form) -> Result<Told> {
    let number = |name: &str| {
        let wrong = |_| Error::field(name, "whole_number", "Write a whole number.");
        form.given(name).map(|text| text.parse::<i64>().map_err(wrong)).transpose()
    };
    let side = |name: &str| number(name).map(Option::unwrap_or_default);
    Ok(Told {
        grams: number("weight_grams")?,
        size: Size { length_mm: side("length_mm")?, width_mm: side("width_mm")?, height_mm: side("height_mm")? },
        carrier: form.text("carrier").to_owned(),
        number: form.text("number").to_owned(),
    })
}

/// Tells or corrects carrier and number of the parcel that a form names.
pub fn number(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let parcel = required(tx, id, form)?;
    let told = NumberTold {
        carrier: match form.text("carrier") {
            "" => logistics::carrier_of(form.text("number"), "")?,
            said => said.to_owned(),
        },
        number: form.text("number").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    orders::correct_number(tx, parcel, &told)?;
    Ok("d-said-saved")
}

/// Tells by hand what happened to the parcel that a form names, at a time in the zone of `place`.
pub fn tell(tx: &mut Tx, id: Id<Consignment>, form: &Form, place: Country) -> Result<&'static str> {
    let parcel = required(tx, id, form)?;
    let unknown = || Error::field("kind", "unknown_choice", "Choose one of the list.");
    let no_time = || Error::field("at", "date_format", "Write a day and a time.");
    let told = Telling {
        kind: EventKind::named(form.text("kind")).ok_or_else(unknown)?,
        at: frame::format::local_moment(form.text("at"), place).ok_or_else(no_time)?,
        place: form.text("place").to_owned(),
    };
    orders::tell_event(tx, parcel, &told)?;
    Ok("d-said-told")
}

/// Takes back what was told by hand of the parcel that a form names.
pub fn take_back(tx: &mut Tx, id: Id<Consignment>, form: &Form) -> Result<&'static str> {
    let (parcel, event) = (required(tx, id, form)?, crate::place::id(form.text("event"))?);
    orders::withdraw_event(tx, parcel, event, form.text("reason"))?;
    Ok("d-said-taken-back")
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

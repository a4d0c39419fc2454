//! Parcels: made with their label, found by tracking number and order.

use crate::event_kind::EventKind;
use crate::plan::{Fate, Odds};
use crate::s10;
use crate::service::{BUILT_IN, OWN, Service, service};
use base::{Address, Country, Currency, Error, HsCode, Id, Moment, Permission, Result, Tag};
use serde::{Deserialize, Serialize};
use store::{Read, Row, Tx, params};

/// One kind of goods in a parcel, as customs is told. Field names are a promise: they are stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// In plain words for a customs officer.
    pub description: String,
    /// Tariff code; empty only where no border is crossed.
    pub hs: String,
    /// Country of origin; empty only where no border is crossed.
    pub origin: String,
    /// Pieces.
    pub quantity: i64,
    /// Value of all pieces in minor units.
    pub value_minor: i64,
    /// Currency of the value.
    pub currency: String,
    /// Weight of all pieces.
    pub grams: i64,
}

/// A parcel and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Its id.
    pub id: Id<Parcel>,
    /// The number it is tracked by; the built-in carrier's is a UPU S10 number. Of own shipping what was told, or nothing yet.
    pub tracking: String,
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment.
    pub consignment: i64,
    /// Raw id of the organisation that sends it.
    pub organisation: i64,
    /// By which service.
    pub service: String,
    /// From where.
    pub from_country: Country,
    /// To where.
    pub to_country: Country,
    /// Sender.
    pub from: Address,
    /// Receiver.
    pub to: Address,
    /// Weight of the whole parcel.
    pub grams: i64,
    /// What is in it.
    pub contents: Vec<Content>,
    /// The kind of its furthest event.
    pub state: EventKind,
    /// When that happened.
    pub state_at: Moment,
    /// What the built-in carrier will do with it.
    pub fate: Fate,
    /// When the label was made.
    pub labelled_at: Moment,
    /// When it was handed over, if it was.
    pub handed_over_at: Option<Moment>,
    /// Name of the carrier that books: [`crate::BUILT_IN`], one outside, or [`crate::OWN`].
    pub carrier: String,
    /// The carrier's own id of the shipment; empty for the built-in one.
    pub shipment: String,
    /// Length, width and height; zeros where nobody measured.
    pub size: Size,
    /// Who carries a parcel of own shipping, as whoever packed it said; empty for all others.
    pub told_carrier: String,
}

/// Length, width and height of a parcel in millimetres. Field names are a promise: it is stored as JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// The longest side.
    pub length_mm: i64,
    /// The second.
    pub width_mm: i64,
    /// The third.
    pub height_mm: i64,
}

impl Size {
    /// No side is longer than this.
    pub const MOST_MM: i64 = 5000;

    /// Whether somebody measured.
    pub fn is_known(self) -> bool {
        self != Size::default()
    }
}

impl Parcel {
    /// Who carries it, by the name that buyers know; empty for the built-in carrier.
    pub fn carried_by(&self) -> &str {
        match self.carrier.as_str() {
            BUILT_IN => "",
            OWN => &self.told_carrier,
            _ => crate::service::tabled(&self.service).map_or("", |service| &service.carrier),
        }
    }

    /// The carrier's public page about it; none where it has none, or no number.
    pub fn page(&self) -> Option<String> {
        crate::number::known_carrier(self.carried_by())?.page(&self.tracking)
    }

    /// What the goods in it weigh by themselves.
    pub fn goods_grams(&self) -> i64 {
        self.contents.iter().map(|content| content.grams).sum()
    }
}

impl Tag for Parcel {
    const PREFIX: &'static str = "pcl";
}

/// A label to make. Field names are a promise: what a carrier outside is asked for is stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The order's number, as people know it.
    pub reference: String,
    /// Raw id of the order.
    pub order: i64,
    /// Raw id of the consignment: it may go in several parcels.
    pub consignment: i64,
    /// Raw id of what was packed, in `orders`: it has one label.
    pub subject: i64,
    /// Raw id of the organisation that sends it.
    pub organisation: i64,
    /// Code of the service.
    pub service: String,
    /// Sender.
    pub from: Address,
    /// Receiver.
    pub to: Address,
    /// Weight of the whole parcel.
    pub grams: i64,
    /// What is in it.
    pub contents: Vec<Content>,
    /// The buyer has paid duty and tax already: the carrier collects nothing at the door.
    pub prepaid: bool,
    /// How big it is, where that was measured.
    #[serde(default)]
    pub size: Size,
    /// Of own shipping: who carries.
    #[serde(default)]
    pub told_carrier: String,
    /// Of own shipping: the carrier's number; empty while it is not known.
    #[serde(default)]
    pub told_number: String,
}

/// Makes a parcel with its tracking number; asked again, gives the same parcel.
/// Errors: denied; unknown service or country; too heavy; `customs_facts` when it crosses a border and its contents are not
/// described, classified, valued and weighed; `carrier_missing` (conflict) in a real shop, whose parcels nobody would fetch.
pub fn label(tx: &mut Tx, new: &Label) -> Result<Parcel> {
    tx.actor().may_for(new.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    if let Some(parcel) = of_subject(tx, new.subject)? {
        return Ok(parcel);
    }
    let service = service(tx, &new.service)?;
    let (from, to) = new.countries()?;
    check(new, service, from, to)?;
    let id = tx.id::<Parcel>();
    if service.booked_through == OWN {
        crate::told::check_number(tx, new, id)?;
        // Nobody but the shop may know the number, and carriers use theirs again: ours is the parcel's id.
        insert(tx, new, &NewParcel { id, tracking: &id.to_string(), carrier: OWN, shipment: "" })?;
        crate::told::tell_number(tx, id, new, "")?;
        return parcel(tx, id);
    }
    // The built-in carrier plays one: a number that it draws belongs to no parcel that really travels.
    if !tx.is_rehearsal() {
        let say = "No carrier is connected that would fetch this parcel; connect one first.";
        return Err(Error::conflict("carrier_missing", say));
    }
    let tracking = s10::next(tx, service.kind, from)?;
    insert(tx, new, &NewParcel { id, tracking: &tracking, carrier: BUILT_IN, shipment: "" })?;
    parcel(tx, id)
}

/// A parcel to be written down.
pub(crate) struct NewParcel<'a> {
    pub(crate) id: Id<Parcel>,
    pub(crate) tracking: &'a str,
    pub(crate) carrier: &'a str,
    pub(crate) shipment: &'a str,
}

/// Writes down a parcel with the event that it begins with.
pub(crate) fn insert(tx: &mut Tx, label: &Label, new: &NewParcel) -> Result<()> {
    let (from, to) = label.countries()?;
    let now = tx.now();
    let fate = match new.carrier {
        BUILT_IN => Odds::default().draw(new.id, !from.same_customs_territory(to)),
        _ => Fate::Smooth,
    };
    let json = |error| Error::internal(error);
    tx.send(
        INSERT,
        params![
            new.id,
            new.tracking,
            label.order,
            label.consignment,
            label.organisation,
            label.service,
            from,
            to,
            serde_json::to_string(&label.from).map_err(json)?,
            serde_json::to_string(&label.to).map_err(json)?,
            label.grams,
            serde_json::to_string(&label.contents).map_err(json)?,
            EventKind::Labelled.name(),
            now,
            fate.name(),
            new.carrier,
            new.shipment,
            label.subject,
            label.size.length_mm,
            label.size.width_mm,
            label.size.height_mm,
            label.told_carrier,
            label.told_number,
        ],
    )?;
    crate::journey::insert_first(tx, new.id, &label.from.city, from)
}

pub(crate) fn check(new: &Label, service: &Service, from: Country, to: Country) -> Result<()> {
    let Size { length_mm, width_mm, height_mm } = new.size;
    let sides = [("length_mm", length_mm), ("width_mm", width_mm), ("height_mm", height_mm)];
    let wrong = |side: i64| !(1..=Size::MOST_MM).contains(&side);
    if let Some((name, _)) = sides.into_iter().find(|(_, side)| new.size.is_known() && wrong(*side)) {
        let say = format!("Write all three sides in millimetres, each from 1 to {}, or none.", Size::MOST_MM);
        return Err(Error::field(name, "parcel_size", say));
    }
    if new.grams < 1 || new.grams > service.max_grams {
        let message = format!("This service takes parcels from 1 g to {} g.", service.max_grams);
        return Err(Error::field("grams", "parcel_weight", message));
    }
    if from.same_customs_territory(to) {
        return Ok(());
    }
    let ready = |content: &Content| {
        content.description.split_whitespace().next().is_some()
            && content.hs.parse::<HsCode>().is_ok()
            && content.origin.parse::<Country>().is_ok()
            && content.currency.parse::<Currency>().is_ok()
            && content.quantity > 0
            && content.value_minor >= 0
            && content.grams > 0
    };
    if !new.contents.is_empty() && new.contents.iter().all(ready) {
        return Ok(());
    }
    let message = "No parcel leaves without its declaration: give description, HS code, origin, value and weight.";
    Err(Error::conflict("customs_facts", message))
}

/// Decides what the built-in carrier will do with a parcel: for the demo world and the simulation. Errors: denied, not found,
/// already on its way.
pub fn set_fate(tx: &mut Tx, id: Id<Parcel>, fate: Fate) -> Result<()> {
    tx.actor().may(Permission::OrdersWrite)?;
    if tx.run(SET_FATE, params![fate.name(), id])? == 1 {
        return Ok(());
    }
    parcel(tx, id)?;
    Err(Error::conflict("on_its_way", "This parcel has been handed over already."))
}

/// One parcel. Errors: not found.
pub fn parcel(db: &mut Read, id: Id<Parcel>) -> Result<Parcel> {
    let row = db.maybe(ONE, params![id])?;
    read(&row.ok_or_else(|| Error::not_found("unknown_parcel", "There is no such parcel."))?)
}

/// The parcel with this tracking number of a carrier that gives them, written with or without spaces.
pub fn by_tracking(db: &mut Read, tracking: &str) -> Result<Option<Parcel>> {
    db.maybe(BY_TRACKING, params![crate::number::compact(tracking)])?.map(|row| read(&row)).transpose()
}

/// Parcels of own shipping that were told to have this number, newest first: of one organisation, or of all.
pub fn by_told_number(db: &mut Read, organisation: Option<i64>, number: &str) -> Result<Vec<Parcel>> {
    let number = crate::number::compact(number);
    if number.is_empty() {
        return Ok(Vec::new());
    }
    db.query(BY_TOLD_NUMBER, params![number, organisation.unwrap_or(0), MANY])?.iter().map(read).collect()
}

/// So many parcels of one number are looked at.
const MANY: i64 = 20;

/// The parcel of what was packed, once it has its label.
pub(crate) fn of_subject(db: &mut Read, subject: i64) -> Result<Option<Parcel>> {
    db.maybe(OF_SUBJECT, params![subject])?.map(|row| read(&row)).transpose()
}

/// Every parcel of an order, in the order they were made.
pub fn of_order(db: &mut Read, order: i64) -> Result<Vec<Parcel>> {
    db.query(OF_ORDER, params![order])?.iter().map(read).collect()
}

/// Takes the receiver's telephone from the parcels of an order and from what was asked of carriers outside: nobody will be called any
/// more. Name and address stay, as they do on the label and the customs papers.
pub fn forget_phone(tx: &mut Tx, order: i64) -> Result<()> {
    for parcel in of_order(tx, order)? {
        let to = Address { phone: String::new(), ..parcel.to };
        tx.send(READDRESS, params![parcel.id, serde_json::to_string(&to).map_err(Error::internal)?])?;
    }
    crate::booking::forget_phone(tx, order)
}

/// A page of the parcels that customs holds, oldest first, after `after`.
pub fn held(db: &mut Read, after: Option<Id<Parcel>>, limit: i64) -> Result<Vec<Parcel>> {
    db.query(HELD, params![after.map_or(0, Id::raw), limit])?.iter().map(read).collect()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, tracking, order_subject, consignment, organisation, service, from_country, to_country,
                from_address, to_address, grams, contents, state, state_at, fate, labelled_at, handed_over_at,
                carrier, shipment, length_mm, width_mm, height_mm, told_carrier, told_number ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Parcel> {
    let (from, to, contents): (String, String, String) = (row.get(8)?, row.get(9)?, row.get(11)?);
    let (state, fate): (String, String) = (row.get(12)?, row.get(14)?);
    let carrier: String = row.get(17)?;
    Ok(Parcel {
        id: row.get(0)?,
        tracking: if carrier == OWN { row.get(23)? } else { row.get(1)? },
        order: row.get(2)?,
        consignment: row.get(3)?,
        organisation: row.get(4)?,
        service: row.get(5)?,
        from_country: row.get(6)?,
        to_country: row.get(7)?,
        from: serde_json::from_str(&from).map_err(Error::internal)?,
        to: serde_json::from_str(&to).map_err(Error::internal)?,
        grams: row.get(10)?,
        contents: serde_json::from_str(&contents).map_err(Error::internal)?,
        state: EventKind::named(&state).ok_or_else(|| Error::internal(format!("unknown state {state}")))?,
        state_at: row.get(13)?,
        fate: Fate::named(&fate).ok_or_else(|| Error::internal(format!("unknown fate {fate}")))?,
        labelled_at: row.get(15)?,
        handed_over_at: row.get(16)?,
        carrier,
        shipment: row.get(18)?,
        size: Size { length_mm: row.get(19)?, width_mm: row.get(20)?, height_mm: row.get(21)? },
        told_carrier: row.get(22)?,
    })
}

const INSERT: &str =
    "INSERT INTO logistics_parcel (id, tracking, order_subject, consignment, organisation, service, from_country,
    to_country, from_address, to_address, grams, contents, state, state_tier, state_at, state_rank, fate, labelled_at,
    carrier, shipment, subject, length_mm, width_mm, height_mm, told_carrier, told_number)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14, 0, $15, $14, $16, $17, $18, $19, $20, $21,
    $22, $23)";
const SET_FATE: &str = "UPDATE logistics_parcel SET fate = $1 WHERE id = $2 AND handed_over_at IS NULL";
const ONE: &str = select!("FROM logistics_parcel WHERE id = $1");
const BY_TRACKING: &str = select!("FROM logistics_parcel WHERE tracking = $1");
const BY_TOLD_NUMBER: &str = select!(
    "FROM logistics_parcel WHERE told_number = $1 AND told_number <> '' AND ($2 = 0 OR organisation = $2)
    ORDER BY id DESC LIMIT $3"
);
const OF_SUBJECT: &str = select!("FROM logistics_parcel WHERE subject = $1");
const READDRESS: &str = "UPDATE logistics_parcel SET to_address = $2 WHERE id = $1";
const OF_ORDER: &str = select!("FROM logistics_parcel WHERE order_subject = $1 ORDER BY id");
const HELD: &str = select!("FROM logistics_parcel WHERE state = 'import_held' AND id > $1 ORDER BY id LIMIT $2");

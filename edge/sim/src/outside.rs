//! A carrier outside the house with books of its own, which outlive the process: it prepares, sells and takes back labels, refuses
//! some, and tells where parcels are. The line to it is as bad as the provider's, so its answers are lost, doubled, or days late.

use crate::faulty::Line;
use base::{Error, Moment, Result};
use logistics::carrier::Answer;
use logistics::{Booking, Bought, Carrier, Document, EventKind, News, Parcel, Report, Said};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The carrier whose services this one plays.
pub(crate) const NAME: &str = "karrio";

/// Days from hand-over to the door,
const DAYS: i64 = 4;
/// and until a parcel is given up that did not arrive.
const LOST_DAYS: i64 = 9;

/// How a shipment stands in the carrier's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Prepared,
    Bought,
    TakenBack,
}

/// The carrier.
pub(crate) struct Outside {
    line: Arc<Line>,
    /// By the raw id of the booking.
    books: Mutex<BTreeMap<i64, Label>>,
}

impl Outside {
    /// With empty books.
    pub(crate) fn new(line: &Arc<Line>) -> Arc<Outside> {
        Arc::new(Outside { line: line.clone(), books: Mutex::default() })
    }

    fn books(&self) -> MutexGuard<'_, BTreeMap<i64, Label>> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bookings, by raw id, whose labels were bought and not taken back.
    pub(crate) fn sold(&self) -> Vec<i64> {
        let books = self.books();
        books.iter().filter(|(_, label)| **label == Label::Bought).map(|(booking, _)| *booking).collect()
    }

    fn prepare_now(&self, booking: &Booking) -> Said<String> {
        // Some addresses are no good, and stay so.
        if booking.id.raw() % 13 == 0 {
            return Said::Refused("No such postcode.".into());
        }
        self.books().entry(booking.id.raw()).or_insert(Label::Prepared);
        Said::Done(format!("shp_{}", booking.id))
    }

    fn buy_now(&self, booking: &Booking) -> Result<Said<Bought>> {
        match self.books().get_mut(&booking.id.raw()) {
            None => Err(Error::internal(format!("{} is bought before it was prepared", booking.id))),
            Some(Label::TakenBack) => Ok(Said::Refused("This shipment was taken back.".into())),
            Some(label) => {
                *label = Label::Bought;
                let document =
                    Document { category: "label".into(), format: "PDF".into(), base64: "JVBERi0xLjQK".into() };
                Ok(Said::Done(Bought { tracking: format!("SIM{}", booking.id.raw()), documents: vec![document] }))
            }
        }
    }

    fn void_now(&self, booking: &Booking) -> Said<()> {
        if let Some(label) = self.books().get_mut(&booking.id.raw()) {
            *label = Label::TakenBack;
        }
        Said::Done(())
    }
}

/// Everything known of a parcel by `now`: picked up when it was handed over, then at the door, or lost.
fn reports(parcel: &Parcel, now: Moment) -> Vec<Report> {
    let Some(left) = parcel.handed_over_at else { return Vec::new() };
    let (end, days) = match parcel.id.raw() % 11 {
        0 => (EventKind::Lost, LOST_DAYS),
        1 => (EventKind::Returned, LOST_DAYS),
        _ => (EventKind::Delivered, DAYS),
    };
    [(EventKind::Accepted, left), (EventKind::OutForDelivery, left.plus_days(days - 1)), (end, left.plus_days(days))]
        .into_iter()
        .filter(|(_, at)| *at <= now)
        .map(|(kind, at)| Report { kind, at, place: "DE".into(), source_id: kind.name().into(), detail: String::new() })
        .collect()
}

impl Carrier for Outside {
    fn name(&self) -> &'static str {
        NAME
    }

    fn place(&self) -> String {
        "the simulated world".into()
    }

    fn prepare<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<String>> {
        Box::pin(self.line.call(move || async move { Ok(self.prepare_now(booking)) }))
    }

    fn buy<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<Bought>> {
        Box::pin(self.line.call(move || async move { self.buy_now(booking) }))
    }

    fn void<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<()>> {
        Box::pin(self.line.call(move || async move { Ok(self.void_now(booking)) }))
    }

    fn track<'a>(&'a self, parcel: &'a Parcel, now: Moment) -> Answer<'a, Vec<Report>> {
        Box::pin(self.line.call(move || async move { Ok(reports(parcel, now)) }))
    }

    fn webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<Vec<News>> {
        Err(Error::invalid("no_webhooks", "The simulated carrier is asked."))
    }
}

//! A label from a carrier outside: asked for, bought, recorded; taken back when the parcel is called back; and what the carrier tells.
//! The carrier is called between transactions, never in one: whatever breaks off is taken up again where it stands.

use crate::journey::journey;
use crate::pack::labelled;
use crate::parcel::{lock_all, of_label, parcel};
use crate::state::ParcelState;
use base::{Id, Result};
use logistics::booking::{TRACK, booked, next_look, prepared, refused, stumbled, voided};
use logistics::{Booking, BookingState, Bought, Carrier, Carriers, News, Parcel, Report, Said, booking};
use store::{Store, Tx};

/// The job `carrier.book`: brings a booking as far as the carrier lets it. Errors: no answer came; ask again.
pub async fn book(store: &Store, carriers: &Carriers, id: Id<Booking>) -> Result<()> {
    let known = store.read(move |db| booking(db, id)).await?;
    let done = match known.state {
        BookingState::Requested => buy(store, carriers, known).await,
        BookingState::Void => void(store, carriers, &known).await,
        _ => return Ok(()),
    };
    if let Err(problem) = &done {
        let say = problem.message.clone();
        store.write(move |tx| stumbled(tx, id, &say)).await?;
    }
    done
}

async fn buy(store: &Store, carriers: &Carriers, known: Booking) -> Result<()> {
    let (id, carrier) = (known.id, carriers.named(&known.carrier)?);
    let known = match known.shipment.is_empty() {
        false => known,
        true => match carrier.prepare(&known).await? {
            Said::Done(shipment) => store.write(move |tx| prepared(tx, id, &shipment)).await?,
            Said::Refused(problem) => return store.write(move |tx| refused(tx, id, &problem).map(drop)).await,
        },
    };
    match carrier.buy(&known).await? {
        Said::Refused(problem) => store.write(move |tx| refused(tx, id, &problem).map(drop)).await,
        Said::Done(bought) => match store.write(move |tx| record(tx, id, &bought)).await? {
            true => Ok(()),
            // Called off while the carrier was at it.
            false => void(store, carriers, &known).await,
        },
    }
}

/// Records what was bought. Says `false` when the booking was called off meanwhile.
fn record(tx: &mut Tx, id: Id<Booking>, bought: &Bought) -> Result<bool> {
    let known = booking(tx, id)?;
    let (order, sent, asked) = lock_all(tx, Id::from_raw(known.label.subject))?;
    let Some(made) = booked(tx, id, bought)? else { return Ok(false) };
    if asked.state == ParcelState::Asked {
        labelled(tx, &order, &sent, &asked, &made)?;
    }
    Ok(true)
}

async fn void(store: &Store, carriers: &Carriers, known: &Booking) -> Result<()> {
    let (id, carrier) = (known.id, carriers.named(&known.carrier)?);
    let problem = match carrier.void(known).await? {
        Said::Done(()) => None,
        Said::Refused(problem) => Some(problem),
    };
    store.write(move |tx| voided(tx, id, problem.as_deref())).await
}

/// The job `carrier.track`: asks where a parcel is, records what is new, and says when to ask again. Errors: no answer came.
pub async fn track(store: &Store, carriers: &Carriers, id: Id<Parcel>) -> Result<()> {
    let known = store.read(move |db| logistics::parcel(db, id)).await?;
    let carrier = carriers.named(&known.carrier)?;
    let reports = carrier.track(&known, store.clock().now()).await?;
    store
        .write(move |tx| {
            report(tx, id, &reports)?;
            let known = logistics::parcel(tx, id)?;
            // What was called back is nowhere: only the carrier's own word is still heard.
            let packed = of_label(tx, id)?;
            if parcel(tx, packed)?.state == ParcelState::Recalled {
                return Ok(());
            }
            match next_look(&known, tx.now()) {
                Some(run_at) => tx.schedule(&TRACK.job(id.raw(), run_at).with(&known.carrier)),
                None => Ok(()),
            }
        })
        .await
}

fn report(tx: &mut Tx, id: Id<Parcel>, reports: &[Report]) -> Result<()> {
    reports.iter().try_for_each(|report| journey(tx, &report.clone().of(id)).map(drop))
}

/// A carrier's webhook came in: what it tells of our parcels is recorded; of others', nothing. How many parcels were ours.
/// Errors: unauthenticated, not understood.
pub async fn told(store: &Store, carrier: &dyn Carrier, headers: &[(String, String)], body: &[u8]) -> Result<usize> {
    let (name, news) = (carrier.name(), carrier.webhook(headers, body, store.clock().now())?);
    if news.is_empty() {
        return Ok(0);
    }
    store.write(move |tx| news.iter().map(|one| hear(tx, name, one)).sum()).await
}

fn hear(tx: &mut Tx, carrier: &str, news: &News) -> Result<usize> {
    let ours = logistics::by_tracking(tx, &news.tracking)?.filter(|parcel| parcel.carrier == carrier);
    match ours {
        Some(parcel) => report(tx, parcel.id, &news.reports).map(|()| 1),
        None => Ok(0),
    }
}

//! Karrio: an open gateway to many carriers, which books labels with the merchant's own accounts there and follows the parcels.
//! Written against Karrio's OpenAPI document and tried against its server (2026.1). A shipment is prepared as a draft and bought
//! by its id, so that asking again buys nothing twice; a draft whose answer was lost is found by its reference, which is the
//! booking's id.

mod call;
mod shipment;
mod track;

use crate::{Address, Peers, Secret};
use base::{Error, Moment, Result, Unproven};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use call::{Answer, Refused, said};
use hmac::{Hmac, KeyInit, Mac};
use logistics::{Booking, Bought, Carrier, Document, News, Parcel, Report, Said};
use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use shipment::{Paper, Shipment, Shipments, draft};
use track::{Tracker, reports};

/// Name of the carrier, as the table of services writes it.
pub const NAME: &str = "karrio";

/// How Karrio is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the server is.
    pub address: String,
    /// Its API key.
    pub key: Secret,
    /// Secret of the webhook that was made there. Without it no webhook is believed.
    pub webhook_secret: Option<Secret>,
}

/// The carrier.
pub struct Karrio {
    client: Client,
    address: Address,
    key: Secret,
    webhook_secret: Option<Secret>,
}

#[derive(Deserialize)]
struct Webhook {
    event: String,
    #[serde(default)]
    data: Value,
}

impl Karrio {
    /// Errors: an address that may not be spoken to.
    pub fn new(peers: &Peers, settings: Settings) -> Result<Karrio> {
        let Settings { address, key, webhook_secret } = settings;
        Ok(Karrio { client: peers.client()?, address: peers.own("carrier", &address)?, key, webhook_secret })
    }

    /// Whether the server takes the key. Errors: unavailable, with why not.
    pub async fn check(&self) -> Result<()> {
        match self.get::<Shipments>(&["shipments"], &[("limit", "1")]).await? {
            Answer::Given(_) => Ok(()),
            Answer::Refused(why) => Err(Error::unavailable("carrier_key", format!("Karrio refused: {why}."))),
        }
    }

    /// The shipment of a booking whose id is not known here: bought before draft, cancelled ones left out.
    async fn look_for(&self, booking: &Booking) -> Result<Option<String>> {
        let reference = booking.id.to_string();
        let query = [("reference", reference.as_str()), ("limit", "100")];
        let page: Shipments = match self.get(&["shipments"], &query).await? {
            Answer::Given(page) => page,
            Answer::Refused(why) => return Err(why.unexpected("list shipments")),
        };
        let ours = |one: &&Shipment| one.reference.as_deref() == Some(&reference) && !one.is_cancelled();
        let best = page.results.iter().filter(ours).min_by_key(|one| one.is_draft());
        Ok(best.and_then(|one| one.id.clone()))
    }

    async fn prepare_draft(&self, booking: &Booking) -> Result<Said<String>> {
        if let Some(known) = self.look_for(booking).await? {
            return Ok(Said::Done(known));
        }
        match self.post::<Shipment>(&["shipments"], &draft(booking)?).await? {
            Answer::Given(made) => Ok(Said::Done(made.id.ok_or_else(|| lacks("an id of the shipment"))?)),
            Answer::Refused(why) => Ok(refused(&why, "prepare a shipment")),
        }
    }

    async fn purchase(&self, booking: &Booking) -> Result<Said<Bought>> {
        let id = booking.shipment.as_str();
        let known = match self.get::<Shipment>(&["shipments", id], &[]).await? {
            Answer::Given(known) => known,
            Answer::Refused(why) => return Ok(refused(&why, "show a shipment")),
        };
        if known.is_cancelled() {
            return Ok(Said::Refused("The shipment was cancelled at the carrier.".into()));
        }
        if !known.is_draft() {
            return self.papers_of(known, id).await.map(Said::Done);
        }
        let code = booking.carrier_code()?;
        let rate = known.rates.iter().flatten().find(|rate| rate.service.as_deref() == Some(code));
        let words = said(&known.messages.unwrap_or_default());
        let ask = match rate.and_then(|rate| rate.id.as_deref()) {
            Some(rate) => json!({ "selected_rate_id": rate, "label_type": "PDF" }),
            // No price, and why: the address is not served, the account is blocked.
            None if !words.is_empty() => return Ok(Said::Refused(words)),
            None => json!({ "service": code, "label_type": "PDF" }),
        };
        match self.post::<Shipment>(&["shipments", id, "purchase"], &ask).await? {
            Answer::Given(bought) => self.papers_of(bought, id).await.map(Said::Done),
            // Bought a moment ago by a request whose answer was lost: the next look finds it so.
            Answer::Refused(why) if why.status == 409 => {
                Err(Error::unavailable("carrier_busy", format!("The carrier is at it: {}.", why.words)))
            }
            // Asking again by itself might buy twice: the seller decides.
            Answer::Refused(why) if why.broken_off => {
                tracing::warn!(refused = %why, "Karrio broke off while it bought a label");
                Ok(Said::Refused(format!(
                    "{}. Nobody knows whether the carrier made a label: ask the carrier before you ask for another.",
                    why.words
                )))
            }
            Answer::Refused(why) => Ok(refused(&why, "buy a label")),
        }
    }

    async fn papers_of(&self, shipment: Shipment, id: &str) -> Result<Bought> {
        let tracking = shipment.tracking_number.filter(|number| !number.trim().is_empty());
        let tracking = tracking.ok_or_else(|| lacks("a tracking number"))?;
        let mut documents = vec![self.paper(id, "label").await?];
        if shipment.invoice_url.is_some_and(|url| !url.is_empty()) {
            documents.push(self.paper(id, "invoice").await?);
        }
        Ok(Bought { tracking, documents })
    }

    async fn paper(&self, id: &str, category: &str) -> Result<Document> {
        let paper: Paper = match self.post(&["shipments", id, "documents", category], &json!({})).await? {
            Answer::Given(paper) => paper,
            Answer::Refused(why) => return Err(Error::unavailable("carrier_paper", format!("No {category}: {why}."))),
        };
        let base64 = paper.base64.filter(|text| BASE64_STANDARD.decode(text).is_ok_and(|file| !file.is_empty()));
        let base64 = base64.ok_or_else(|| lacks("a label that can be read"))?;
        let format = paper.format.unwrap_or_else(|| "PDF".into()).to_ascii_uppercase();
        Ok(Document { category: category.to_owned(), format, base64 })
    }

    async fn cancel(&self, booking: &Booking) -> Result<Said<()>> {
        let id = match booking.shipment.is_empty() {
            true => self.look_for(booking).await?,
            false => Some(booking.shipment.clone()),
        };
        let Some(id) = id else { return Ok(Said::Done(())) };
        match self.post::<Value>(&["shipments", &id, "cancel"], &json!({})).await? {
            Answer::Given(_) => Ok(Said::Done(())),
            // Cancelled before.
            Answer::Refused(why) if why.status == 304 => Ok(Said::Done(())),
            // Taking a label back twice does no harm.
            Answer::Refused(why) if why.broken_off => {
                Err(Error::unavailable("carrier_silent", format!("Karrio did not reach the carrier: {}.", why.words)))
            }
            Answer::Refused(why) => match why.status == 404 && self.is_gone(&id).await? {
                true => Ok(Said::Done(())),
                false => Ok(refused(&why, "cancel a shipment")),
            },
        }
    }

    /// Whether the shipment itself is missing, and not its carrier's account.
    async fn is_gone(&self, id: &str) -> Result<bool> {
        Ok(match self.get::<Shipment>(&["shipments", id], &[]).await? {
            Answer::Given(shipment) => shipment.is_cancelled(),
            Answer::Refused(why) => why.status == 404,
        })
    }

    /// A tracker is asked for by its id: the number as it is kept here need not be written as the carrier writes it.
    async fn look(&self, parcel: &Parcel, now: Moment) -> Result<Vec<Report>> {
        let shipment = match self.get::<Shipment>(&["shipments", &parcel.shipment], &[]).await? {
            Answer::Given(shipment) => shipment,
            Answer::Refused(why) => return Err(why.unexpected("show a shipment")),
        };
        if let Some(id) = shipment.tracker_id.as_deref().filter(|id| !id.is_empty()) {
            match self.get::<Tracker>(&["trackers", id], &[]).await? {
                Answer::Given(tracker) => return Ok(reports(&tracker, now)),
                Answer::Refused(why) if why.status == 404 => {}
                Answer::Refused(why) => return Err(why.unexpected("show a tracker")),
            }
        }
        // Nobody follows it yet: ask for that, whether or not the carrier has scanned it.
        let carrier = shipment.carrier_name.ok_or_else(|| lacks("the name of the shipment's carrier"))?;
        let number = shipment.tracking_number.filter(|number| !number.trim().is_empty());
        let number = number.unwrap_or_else(|| parcel.tracking.clone());
        let ask = json!({ "tracking_number": number, "carrier_name": carrier, "reference": parcel.id.to_string() });
        match self.post_with::<Tracker>(&["trackers"], &[("pending_pickup", "true")], &ask).await? {
            Answer::Given(tracker) => Ok(reports(&tracker, now)),
            // The carrier does not tell where parcels are, or not yet.
            Answer::Refused(why) => {
                tracing::info!(parcel = %parcel.id, %why, "nothing is known of a parcel yet");
                Ok(Vec::new())
            }
        }
    }

    /// Karrio sends the webhook's secret itself as its proof; it is compared in constant time.
    fn verify(&self, headers: &[(String, String)]) -> Result<()> {
        let known = self.webhook_secret.as_ref().ok_or_else(|| Error::unproven(Unproven::SignatureMismatch))?;
        let secret = known.reveal().as_bytes();
        let given = headers.iter().find(|(name, _)| name == "x-event-id");
        let given = given.ok_or_else(|| Error::unproven(Unproven::HeaderMissing))?;
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret).map_err(Error::internal)?;
        let (mut theirs, mut ours) = (mac.clone(), mac);
        theirs.update(given.1.as_bytes());
        ours.update(secret);
        ours.verify_slice(&theirs.finalize().into_bytes()).map_err(|_| Error::unproven(Unproven::SignatureMismatch))
    }
}

impl Carrier for Karrio {
    fn name(&self) -> &'static str {
        NAME
    }

    fn place(&self) -> String {
        self.address.host_str().unwrap_or_default().to_owned()
    }

    fn prepare<'a>(&'a self, booking: &'a Booking) -> logistics::Answer<'a, Said<String>> {
        Box::pin(self.prepare_draft(booking))
    }

    fn buy<'a>(&'a self, booking: &'a Booking) -> logistics::Answer<'a, Said<Bought>> {
        Box::pin(self.purchase(booking))
    }

    fn void<'a>(&'a self, booking: &'a Booking) -> logistics::Answer<'a, Said<()>> {
        Box::pin(self.cancel(booking))
    }

    fn track<'a>(&'a self, parcel: &'a Parcel, now: Moment) -> logistics::Answer<'a, Vec<Report>> {
        Box::pin(self.look(parcel, now))
    }

    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<News>> {
        self.verify(headers)?;
        let unknown = || Error::invalid("webhook_not_understood", "This is no event of Karrio.");
        let webhook: Webhook = serde_json::from_slice(body).map_err(|_| unknown())?;
        if !webhook.event.starts_with("tracker") {
            return Ok(Vec::new());
        }
        let tracker: Tracker = serde_json::from_value(webhook.data).map_err(|_| unknown())?;
        let tracking = tracker.tracking_number.clone().ok_or_else(unknown)?;
        Ok(vec![News { tracking, reports: reports(&tracker, now) }])
    }
}

fn refused<T>(why: &Refused, deed: &str) -> Said<T> {
    tracing::warn!(refused = %why, "Karrio refused to {deed}");
    Said::Refused(why.words.clone())
}

/// An answer that cannot be complete yet: it is asked for again.
fn lacks(what: &str) -> Error {
    Error::unavailable("carrier_incomplete", format!("The carrier connection's answer has not got {what}."))
}

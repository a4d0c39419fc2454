//! Mail: what events tell to whom, and the job that sends a message.

use crate::house::House;
use base::{Error, Id, Result, Role};
use notify::{Kind, Message, Outcome, State, Tell};
use orders::{Concerned, Contact};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::{EventRow, JobRow, Tx};

/// Tells people of events, a batch at a time: a few small rows for each, read by index.
pub struct Teller {
    /// There is a mail server.
    send: bool,
    /// The owners of the organisations in this batch: e-mail and language.
    owners: BTreeMap<i64, Vec<(String, String)>>,
    /// The buyer of each order that is paid, and who packs which of its consignments.
    paid: BTreeMap<i64, Concerned>,
}

impl Teller {
    /// For one batch of events: whom a paid order concerns is asked for all of them at once. Errors: the database's.
    pub fn new(tx: &mut Tx, send: bool, events: &[EventRow]) -> Result<Teller> {
        let paid = events.iter().filter(|event| event.kind == "order.paid");
        let orders: Vec<i64> = paid.map(|event| event.subject).collect();
        let paid = orders::concerned(tx, &orders)?;
        Ok(Teller { send, owners: BTreeMap::new(), paid })
    }

    /// To the buyer of a paid order, and to those who have to ship something of it.
    pub fn about_paid(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let Some((contact, shippers)) = self.paid.remove(&event.subject) else { return Ok(()) };
        self.contact(tx, Kind::OrderPaid, &contact, event.subject, &event.body)?;
        for (consignment, organisation) in shippers {
            self.owners(tx, Kind::ToShip, organisation.raw(), consignment.raw(), "{}")?;
        }
        Ok(())
    }

    /// To the buyer of `order`, about `subject`.
    pub fn buyer(&self, tx: &mut Tx, kind: Kind, order: i64, subject: i64, facts: &str) -> Result<()> {
        let contact = orders::contact(tx, Id::from_raw(order))?;
        self.contact(tx, kind, &contact, subject, facts)
    }

    fn contact(&self, tx: &mut Tx, kind: Kind, contact: &Contact, subject: i64, facts: &str) -> Result<()> {
        let (recipient, language) = (contact.email.as_str(), contact.language.as_str());
        // The buyer has erased their account.
        if recipient.is_empty() {
            return Ok(());
        }
        notify::tell(tx, &Tell { kind, subject, recipient, language, facts, send: self.send })
    }

    /// To a seller's owners. The operator's people have the console.
    pub fn owners(&mut self, tx: &mut Tx, kind: Kind, organisation: i64, subject: i64, facts: &str) -> Result<()> {
        let known = match self.owners.entry(organisation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(owners_of(tx, organisation)?),
        };
        for (recipient, language) in known.iter() {
            notify::tell(tx, &Tell { kind, subject, recipient, language, facts, send: self.send })?;
        }
        Ok(())
    }

    /// To the buyer, about a consignment: its event names the order.
    pub fn about_consignment(&self, tx: &mut Tx, kind: Kind, event: &EventRow) -> Result<()> {
        let mut facts = event.json()?;
        facts["consignment"] = event.subject.into();
        // Each parcel is told of; what is not of one of them, of its consignment.
        let subject = facts["parcel"].as_i64().unwrap_or(event.subject);
        self.buyer(tx, kind, number(event, "order")?, subject, &facts.to_string())
    }

    /// To the buyer: their order goes to another address from now on. Each time anew, so its subject is the event.
    pub fn about_address(&self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let facts = serde_json::json!({ "order": event.subject }).to_string();
        self.buyer(tx, Kind::OrderReaddressed, event.subject, event.seq, &facts)
    }

    /// To the buyer: their order was changed. Each time anew, so its subject is the event.
    pub fn about_change(&self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let facts = serde_json::json!({ "order": event.subject }).to_string();
        self.buyer(tx, Kind::OrderAmended, event.subject, event.seq, &facts)
    }

    /// Of what was proposed to a buyer: to the buyer, who is asked, or for whom nothing changes; and to the seller who proposed it that it
    /// came to nothing. Whoever ended it knows.
    pub fn about_proposal(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let (order, seller, why) = (number(event, "order")?, number(event, "organisation")?, text(event, "why")?);
        let to_buyer = match why.as_str() {
            "" => Some(Kind::ChangeOffered),
            "declined" | "replaced" => None,
            _ => Some(Kind::ChangeOver),
        };
        if let Some(kind) = to_buyer {
            self.buyer(tx, kind, order, event.subject, &event.body)?;
        }
        match why.as_str() {
            "declined" | "expired" | "unpaid" | "changed" if seller != 0 => {
                self.owners(tx, Kind::ChangeNotMade, seller, event.subject, &event.body)
            }
            _ => Ok(()),
        }
    }

    /// To those who would have packed a consignment that made way for another.
    pub fn about_replaced(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let facts = serde_json::json!({ "order": number(event, "order")?, "consignment": event.subject }).to_string();
        let sides = [number(event, "organisation")?, number(event, "shipped_by")?];
        self.unsent(tx, sides, event.seq, &facts)
    }

    /// To those who have to ship a consignment that came into an order by a change.
    pub fn about_added(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let consignment = orders::consignment(tx, Id::from_raw(event.subject))?;
        self.owners(tx, Kind::ToShip, consignment.shipped_by.raw(), event.subject, "{}")
    }

    /// To both sides of an order that became smaller, but not to the seller who made it so: the buyer, and those whose goods they are
    /// and who pack them. Each time anew, so its subject is the event.
    pub fn about_pieces(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let mut facts = event.json()?;
        facts["consignment"] = event.subject.into();
        let facts = facts.to_string();
        self.buyer(tx, Kind::PiecesTakenOut, number(event, "order")?, event.seq, &facts)?;
        if text(event, "by")? == "seller" {
            return Ok(());
        }
        let sides = [number(event, "organisation")?, number(event, "shipped_by")?];
        self.unsent(tx, sides, event.seq, &facts)
    }

    /// To those who would have packed what an order that is called off held.
    pub fn about_unsent(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let body = event.json()?;
        for raw in body["unsent"].as_array().into_iter().flatten().filter_map(|raw| raw.as_i64()) {
            let consignment = orders::consignment(tx, Id::from_raw(raw))?;
            let facts =
                serde_json::json!({ "order": event.subject, "consignment": raw, "reason": body["reason"] }).to_string();
            self.unsent(tx, [consignment.organisation.raw(), consignment.shipped_by.raw()], raw, &facts)?;
        }
        Ok(())
    }

    fn unsent(&mut self, tx: &mut Tx, sides: [i64; 2], subject: i64, facts: &str) -> Result<()> {
        self.owners(tx, Kind::NotToSend, sides[0], subject, facts)?;
        if sides[1] != sides[0] {
            self.owners(tx, Kind::NotToSend, sides[1], subject, facts)?;
        }
        Ok(())
    }

    /// To the buyer, about a refund that was made: its event's subject is the order.
    pub fn about_refund(&self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let refund: Id<payments::Refund> = text(event, "refund")?.parse()?;
        let mut facts = event.json()?;
        facts["order"] = event.subject.into();
        self.buyer(tx, Kind::Refunded, event.subject, refund.raw(), &facts.to_string())
    }

    /// To the person whose account is opened in another way from now on.
    pub fn holder(&self, tx: &mut Tx, what: &str, event: &EventRow) -> Result<()> {
        let person = parties::person(tx, Id::from_raw(event.subject))?;
        // Erased meanwhile.
        if person.name.is_empty() {
            return Ok(());
        }
        let facts = serde_json::json!({ "what": what }).to_string();
        let tell = Tell {
            kind: Kind::SecurityChanged,
            subject: event.seq,
            recipient: &person.email,
            language: person.language.tag(),
            facts: &facts,
            send: self.send,
        };
        notify::tell(tx, &tell)
    }

    /// To a seller's owners: it is paid into another account from now on.
    pub fn about_bank(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let account: Id<onboarding::BankAccount> = text(event, "account")?.parse()?;
        let mut facts = event.json()?;
        facts["organisation"] = event.subject.into();
        self.owners(tx, Kind::BankChanged, event.subject, account.raw(), &facts.to_string())
    }

    /// To a seller's owners, about a payout: its event's subject is the organisation.
    pub fn about_payout(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let payout: Id<settlement::Payout> = text(event, "payout")?.parse()?;
        let mut facts = event.json()?;
        facts["organisation"] = event.subject.into();
        self.owners(tx, Kind::PaidOut, event.subject, payout.raw(), &facts.to_string())
    }
}

impl Teller {
    /// To whoever has the next step of a claim, and to both when it is over: its event has the facts.
    pub fn about_claim(&mut self, tx: &mut Tx, event: &EventRow) -> Result<()> {
        let (order, seller) = (number(event, "order")?, number(event, "organisation")?);
        let state = text(event, "state")?;
        let (to_buyer, to_seller) = match (event.kind.as_str(), state.as_str()) {
            ("claim.opened", "returning") => (Some(Kind::ClaimReturn), Some(Kind::ClaimOpened)),
            ("claim.opened", _) => (None, Some(Kind::ClaimOpened)),
            ("claim.agreed" | "claim.decided", "returning") => (Some(Kind::ClaimReturn), None),
            ("claim.return_due", _) => (Some(Kind::ClaimReturnDue), None),
            ("claim.refused", _) => (Some(Kind::ClaimRefused), None),
            ("claim.escalated", _) => (Some(Kind::ClaimEscalated), None),
            ("claim.sent", _) => (None, Some(Kind::ClaimSent)),
            ("claim.closed", _) => (Some(Kind::ClaimClosed), Some(Kind::ClaimEnded)),
            _ => (None, None),
        };
        if let Some(kind) = to_buyer {
            self.buyer(tx, kind, order, event.subject, &event.body)?;
        }
        match to_seller {
            Some(kind) => self.owners(tx, kind, seller, event.subject, &event.body),
            None => Ok(()),
        }
    }
}

fn owners_of(tx: &mut Tx, organisation: i64) -> Result<Vec<(String, String)>> {
    let members = parties::members(tx, Id::from_raw(organisation))?;
    let owners = members.into_iter().filter(|member| member.role == Role::SellerOwner);
    Ok(owners.map(|member| (member.email, member.language.tag().to_owned())).collect())
}

fn lacks(event: &EventRow, name: &str) -> Error {
    Error::internal(format!("event {} ({}) has no {name}", event.seq, event.kind))
}

fn number(event: &EventRow, name: &str) -> Result<i64> {
    event.json()?[name].as_i64().ok_or_else(|| lacks(event, name))
}

fn text(event: &EventRow, name: &str) -> Result<String> {
    event.json()?[name].as_str().map(str::to_owned).ok_or_else(|| lacks(event, name))
}

/// The job `mail.send`: makes the link, writes the letter, calls the mail server outside of any transaction, records its
/// answer and with it ends or puts off the job. Errors: the letter cannot be written.
pub async fn send(house: &House, job: &JobRow) -> Result<()> {
    let (id, held): (Id<Message>, JobRow) = (Id::from_raw(job.subject), job.clone());
    let Some(app) = house.app().cloned() else {
        return Err(Error::unavailable("no_pages", "Mail is written by a process that serves pages."));
    };
    let begun = house.store.write(move |tx| {
        let Some(message) = notify::begin(tx, id)? else { return Ok(None) };
        let path = letters::link(tx, &message)?;
        Ok(Some((message, path)))
    });
    let said = match begun.await? {
        None => return house.store.write(move |tx| store::done(tx, &held)).await,
        Some((_, None)) => Ok(Outcome::Refused("What it is about is over; it was not sent.".into())),
        Some((message, Some(path))) => {
            let letter = house.store.read(move |db| letters::letter(&app, db, &message, &path)).await?;
            match &house.mailer {
                Some(mailer) => mailer.send(&letter).await,
                None => Err(Error::unavailable("no_mail_server", "No mail server is configured here.")),
            }
        }
    };
    if let Err(problem) = &said {
        tracing::warn!(message = %id, attempt = job.attempts, %problem, "a message could not be sent yet");
    }
    let ended = house.store.write(move |tx| {
        let state = notify::record(tx, id, &said)?;
        match (&said, state) {
            (Err(problem), State::Queued) => store::failed(tx, &held, &problem.to_string()),
            _ => store::done(tx, &held),
        }
    });
    ended.await
}

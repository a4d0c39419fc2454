//! Mail: what events tell to whom, and the job that sends a message.

use crate::house::House;
use amendments::event::Told;
use base::Permission::SettingsWrite;
use base::{Error, Id, Result, Role};
use notify::{Kind, Message, Outcome, State, Tell};
use orders::event::{Cancelled, Delivered, OfParcel, Paid, PiecesCalledOff, Replaced};
use orders::{Concerned, Consignment, Contact, Order, Side};
use parties::event::ConnectionChanged;
use parties::{Organisation, Person};
use payments::event::Back;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::{EventRow, JobRow, Tx};

/// Tells people of events, a batch at a time: a few small rows for each, read by index.
pub struct Teller {
    /// There is a mail server.
    send: bool,
    /// The owners of the organisations in this batch: e-mail and language.
    owners: BTreeMap<Id<Organisation>, Vec<(String, String)>>,
    /// The buyer of each order that is paid, and who packs which of its consignments.
    paid: BTreeMap<i64, Concerned>,
}

impl Teller {
    /// For one batch of events: whom a paid order concerns is asked for all of them at once. Errors: the database's.
    pub fn new(tx: &mut Tx, send: bool, events: &[EventRow]) -> Result<Teller> {
        let paid = events.iter().filter(|event| event.is::<Paid>());
        let orders: Vec<i64> = paid.map(|event| event.subject).collect();
        let paid = orders::concerned(tx, &orders)?;
        Ok(Teller { send, owners: BTreeMap::new(), paid })
    }

    /// To the buyer of a paid order, and to those who have to ship something of it.
    pub fn about_paid(&mut self, tx: &mut Tx, row: &EventRow, order: Id<Order>) -> Result<()> {
        let Some((contact, shippers)) = self.paid.remove(&order.raw()) else { return Ok(()) };
        self.contact(tx, Kind::OrderPaid, &contact, order.raw(), &row.body)?;
        for (consignment, organisation) in shippers {
            self.owners(tx, Kind::ToShip, organisation, consignment.raw(), "{}")?;
        }
        Ok(())
    }

    /// To the buyer of `order`, about `subject`.
    pub fn buyer(&self, tx: &mut Tx, kind: Kind, order: Id<Order>, subject: i64, facts: &str) -> Result<()> {
        let contact = orders::contact(tx, order)?;
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
    pub fn owners(
        &mut self,
        tx: &mut Tx,
        kind: Kind,
        organisation: Id<Organisation>,
        subject: i64,
        facts: &str,
    ) -> Result<()> {
        let known = match self.owners.entry(organisation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(owners_of(tx, organisation)?),
        };
        for (recipient, language) in known.iter() {
            notify::tell(tx, &Tell { kind, subject, recipient, language, facts, send: self.send })?;
        }
        Ok(())
    }

    /// To the buyer, about a parcel: each is told of.
    pub fn about_parcel(&self, tx: &mut Tx, kind: Kind, row: &EventRow, of: &OfParcel) -> Result<()> {
        self.buyer(tx, kind, of.order, of.one.parcel.raw(), &with(row, "consignment")?)
    }

    /// To the buyer: a parcel is there, or everything is since nothing more comes.
    pub fn about_delivered(
        &self,
        tx: &mut Tx,
        row: &EventRow,
        consignment: Id<Consignment>,
        told: &Delivered,
    ) -> Result<()> {
        let subject = told.one.as_ref().map_or(consignment.raw(), |one| one.parcel.raw());
        self.buyer(tx, Kind::Delivered, told.order, subject, &with(row, "consignment")?)
    }

    /// To the buyer: their order goes to another address, or was changed. Each time anew, so its subject is the event.
    pub fn about_change(&self, tx: &mut Tx, kind: Kind, row: &EventRow, order: Id<Order>) -> Result<()> {
        self.buyer(tx, kind, order, row.seq, &json!({ "order": order.raw() }).to_string())
    }

    /// Of what was proposed to a buyer: to the buyer, who is asked, or for whom nothing changes; and to the seller who proposed it that it
    /// came to nothing. Whoever ended it knows.
    pub fn about_proposal(&mut self, tx: &mut Tx, row: &EventRow, told: &Told) -> Result<()> {
        let to_buyer = match told.why.as_str() {
            "" => Some(Kind::ChangeOffered),
            "declined" | "replaced" => None,
            _ => Some(Kind::ChangeOver),
        };
        if let Some(kind) = to_buyer {
            self.buyer(tx, kind, told.order, told.amendment.raw(), &row.body)?;
        }
        match told.why.as_str() {
            "declined" | "expired" | "unpaid" | "changed" if told.organisation != 0 => {
                let seller = Id::from_raw(told.organisation);
                self.owners(tx, Kind::ChangeNotMade, seller, told.amendment.raw(), &row.body)
            }
            _ => Ok(()),
        }
    }

    /// To those who would have packed a consignment that made way for another.
    pub fn about_replaced(
        &mut self,
        tx: &mut Tx,
        row: &EventRow,
        id: Id<Consignment>,
        replaced: &Replaced,
    ) -> Result<()> {
        let facts = json!({ "order": replaced.order.raw(), "consignment": id.raw() }).to_string();
        self.unsent(tx, [replaced.organisation, replaced.shipped_by], row.seq, &facts)
    }

    /// To those who have to ship a consignment that came into an order by a change.
    pub fn about_added(&mut self, tx: &mut Tx, id: Id<Consignment>) -> Result<()> {
        let consignment = orders::consignment(tx, id)?;
        self.owners(tx, Kind::ToShip, consignment.shipped_by, id.raw(), "{}")
    }

    /// To both sides of an order that became smaller, but not to the seller who made it so: the buyer, and those whose goods they are
    /// and who pack them. Each time anew, so its subject is the event.
    pub fn about_pieces(&mut self, tx: &mut Tx, row: &EventRow, told: &PiecesCalledOff) -> Result<()> {
        let facts = with(row, "consignment")?;
        self.buyer(tx, Kind::PiecesTakenOut, told.order, row.seq, &facts)?;
        if told.by == Side::Seller.name() {
            return Ok(());
        }
        self.unsent(tx, [told.organisation, told.shipped_by], row.seq, &facts)
    }

    /// To those who would have packed what an order that is called off held.
    pub fn about_unsent(&mut self, tx: &mut Tx, order: Id<Order>, cancelled: &Cancelled) -> Result<()> {
        for raw in &cancelled.unsent {
            let consignment = orders::consignment(tx, Id::from_raw(*raw))?;
            let facts = json!({ "order": order.raw(), "consignment": raw, "reason": cancelled.reason }).to_string();
            self.unsent(tx, [consignment.organisation, consignment.shipped_by], *raw, &facts)?;
        }
        Ok(())
    }

    fn unsent(&mut self, tx: &mut Tx, sides: [Id<Organisation>; 2], subject: i64, facts: &str) -> Result<()> {
        self.owners(tx, Kind::NotToSend, sides[0], subject, facts)?;
        if sides[1] != sides[0] {
            self.owners(tx, Kind::NotToSend, sides[1], subject, facts)?;
        }
        Ok(())
    }

    /// To the buyer, about a refund that was made.
    pub fn about_refund(&self, tx: &mut Tx, row: &EventRow, order: Id<Order>, back: &Back) -> Result<()> {
        self.buyer(tx, Kind::Refunded, order, back.refund.raw(), &with(row, "order")?)
    }

    /// To the person whose account is opened in another way from now on.
    pub fn holder(&self, tx: &mut Tx, row: &EventRow, who: Id<Person>) -> Result<()> {
        let person = parties::person(tx, who)?;
        // Erased meanwhile.
        if person.name.is_empty() {
            return Ok(());
        }
        let what = row.kind.strip_prefix("party.").unwrap_or(&row.kind);
        let facts = json!({ "what": what }).to_string();
        let tell = Tell {
            kind: Kind::SecurityChanged,
            subject: row.seq,
            recipient: &person.email,
            language: person.language.tag(),
            facts: &facts,
            send: self.send,
        };
        notify::tell(tx, &tell)
    }

    /// To the shop's own people who set such things, that its money is taken by somebody else from now on.
    pub fn about_connection(&mut self, tx: &mut Tx, row: &EventRow, changed: &ConnectionChanged) -> Result<()> {
        let Some(shop) = parties::platform(tx)?.filter(|_| changed.kind == "payments") else { return Ok(()) };
        let admins = parties::members(tx, shop.id)?.into_iter().filter(|member| member.role.may(SettingsWrite));
        for member in admins.collect::<Vec<_>>() {
            let (kind, recipient, language) = (Kind::PaymentsChanged, member.email.as_str(), member.language.tag());
            notify::tell(tx, &Tell { kind, subject: row.seq, recipient, language, facts: &row.body, send: self.send })?;
        }
        Ok(())
    }

    /// To a seller's owners, about their money: it is paid into another account from now on, or was paid out.
    pub fn about_seller(
        &mut self,
        tx: &mut Tx,
        kind: Kind,
        row: &EventRow,
        seller: Id<Organisation>,
        subject: i64,
    ) -> Result<()> {
        self.owners(tx, kind, seller, subject, &with(row, "organisation")?)
    }

    /// To whoever has the next step of a claim, and to both when it is over.
    pub fn about_claim(&mut self, tx: &mut Tx, row: &EventRow, event: &aftersales::Event) -> Result<()> {
        use aftersales::Event::*;
        let told = event.told();
        let returning = told.state == aftersales::State::Returning.name();
        let (to_buyer, to_seller) = match event {
            Opened(..) if returning => (Some(Kind::ClaimReturn), Some(Kind::ClaimOpened)),
            Opened(..) => (None, Some(Kind::ClaimOpened)),
            Agreed(..) | Decided(..) if returning => (Some(Kind::ClaimReturn), None),
            Agreed(..) | Decided(..) | Received(..) => (None, None),
            ReturnDue(..) => (Some(Kind::ClaimReturnDue), None),
            Refused(..) => (Some(Kind::ClaimRefused), None),
            Escalated(..) => (Some(Kind::ClaimEscalated), None),
            Sent(..) => (None, Some(Kind::ClaimSent)),
            Closed(..) => (Some(Kind::ClaimClosed), Some(Kind::ClaimEnded)),
        };
        if let Some(kind) = to_buyer {
            self.buyer(tx, kind, told.order, told.claim.raw(), &row.body)?;
        }
        match to_seller {
            Some(kind) => self.owners(tx, kind, told.organisation, told.claim.raw(), &row.body),
            None => Ok(()),
        }
    }
}

/// What an event tells, and what it is about, as the facts of a letter.
fn with(row: &EventRow, subject: &str) -> Result<String> {
    let mut facts = row.json()?;
    facts[subject] = row.subject.into();
    Ok(facts.to_string())
}

fn owners_of(tx: &mut Tx, organisation: Id<Organisation>) -> Result<Vec<(String, String)>> {
    let members = parties::members(tx, organisation)?;
    let owners = members.into_iter().filter(|member| member.role == Role::SellerOwner);
    Ok(owners.map(|member| (member.email, member.language.tag().to_owned())).collect())
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
            match house.mailer() {
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

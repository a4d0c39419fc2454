//! Sending: what is packed, handed over, and what the carrier tells of it.

use crate::Shop;
use base::{Id, Result};
use logistics::{EventKind, NewEvent};
use orders::{Consignment, Line, Moved, Order, Parcel, Pick};

impl Shop {
    /// The house's consignment of an order.
    pub fn of_house(&self, order: Id<Order>) -> Id<Consignment> {
        self.of(order, true).id
    }

    /// Loom's consignment of an order.
    pub fn of_loom(&self, order: Id<Order>) -> Id<Consignment> {
        self.of(order, false).id
    }

    fn of(&self, order: Id<Order>, house: bool) -> Consignment {
        let all = self.read(move |db| orders::consignments(db, order));
        all.into_iter().find(|one| (one.organisation == self.house.organisation) == house).expect("it is in the order")
    }

    /// Loom's lines of an order.
    pub fn lines_of_loom(&self, order: Id<Order>) -> Vec<Line> {
        let all = self.read(move |db| orders::lines(db, order));
        all.into_iter().filter(|line| line.organisation == self.loom.organisation).collect()
    }

    /// As it is now.
    pub fn consignment(&self, id: Id<Consignment>) -> Consignment {
        self.read(move |db| orders::consignment(db, id))
    }

    /// The parcels of a consignment.
    pub fn parcels_of(&self, id: Id<Consignment>) -> Vec<Parcel> {
        let order = self.consignment(id).order;
        let mut all = self.read(move |db| orders::parcels(db, order));
        all.retain(|one| one.consignment == id);
        all
    }

    /// Packs all of a consignment.
    pub fn pack(&self, id: Id<Consignment>) -> Result<()> {
        self.store.write_blocking(move |tx| orders::pack(tx, id).map(drop))
    }

    /// Packs these pieces of a consignment into a parcel.
    pub fn pack_some(&self, id: Id<Consignment>, lines: &[(Id<Line>, i64)]) -> Result<Id<Parcel>> {
        let pick = Pick { lines: lines.to_vec(), parcels: None };
        let packed = self.store.write_blocking(move |tx| orders::pack_some(tx, id, &pick))?;
        Ok(packed.packed().expect("the built-in carrier labels at once").id)
    }

    /// Hands a packed consignment over.
    pub fn hand_over(&self, id: Id<Consignment>) -> Result<bool> {
        self.store.write_blocking(move |tx| orders::hand_over(tx, id))
    }

    /// Hands a parcel over, and lets the carrier tell of its end.
    pub fn send(&self, parcel: Id<Parcel>, end: EventKind) {
        self.write(move |tx| orders::hand_over_parcel(tx, parcel));
        self.tell(parcel, end).unwrap();
    }

    /// The carrier tells of a parcel, now.
    pub fn tell(&self, parcel: Id<Parcel>, kind: EventKind) -> Result<Moved> {
        self.store.write_blocking(move |tx| {
            let label = orders::parcel(tx, parcel)?.label.expect("it was packed");
            let (at, source_id) = (tx.now(), format!("{parcel}:{kind:?}"));
            let place = "Berlin, DE".to_owned();
            orders::journey(tx, &NewEvent { parcel: label, kind, at, place, source_id, detail: String::new() })
        })
    }

    /// Packs and hands over everything that was not called off; the carrier then tells `end` of each consignment.
    pub fn report(&self, order: Id<Order>, end: impl Fn(Id<Consignment>) -> EventKind) {
        for one in self.live(order) {
            let id = one.id;
            self.write(move |tx| {
                orders::pack(tx, id)?;
                orders::hand_over(tx, id)
            });
            for parcel in self.parcels_of(id).iter().filter(|one| one.label.is_some() && one.has_left()) {
                self.tell(parcel.id, end(id)).unwrap();
            }
        }
    }

    /// Everything that was not called off is packed, handed over and delivered.
    pub fn deliver(&self, order: Id<Order>) {
        self.report(order, |_| EventKind::Delivered);
    }
}

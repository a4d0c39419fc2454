-- Parcels of a carrier outside: who carries, and the carrier's own id of the shipment.
ALTER TABLE logistics_parcel ADD COLUMN carrier TEXT NOT NULL DEFAULT 'built-in';
ALTER TABLE logistics_parcel ADD COLUMN shipment TEXT NOT NULL DEFAULT '';

-- A label that was asked of a carrier outside, and what became of it. `label` is what it was asked with, as JSON; `shipment` the
-- carrier's id, kept before anything is bought, so that asking again never buys twice. `subject` is what was packed.
CREATE TABLE logistics_booking (
  id BIGINT PRIMARY KEY,
  carrier TEXT NOT NULL,
  order_subject BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  shipment TEXT NOT NULL,
  problem TEXT NOT NULL,
  requested_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX logistics_booking_live ON logistics_booking (subject) WHERE state IN ('requested', 'booked');
CREATE INDEX logistics_booking_subject ON logistics_booking (subject, id);
CREATE INDEX logistics_booking_order ON logistics_booking (order_subject, id);
CREATE INDEX logistics_booking_state ON logistics_booking (state, subject);

-- Papers that a carrier made: its label, its invoice for customs; base64.
CREATE TABLE logistics_document (
  parcel BIGINT NOT NULL REFERENCES logistics_parcel (id),
  category TEXT NOT NULL,
  format TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (parcel, category)
);

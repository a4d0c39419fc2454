CREATE TABLE logistics_counter (
  series TEXT PRIMARY KEY,
  last BIGINT NOT NULL
);

-- `subject` is what was packed, in the words of whoever packs: it has one label.
CREATE TABLE logistics_parcel (
  id BIGINT PRIMARY KEY,
  subject BIGINT NOT NULL UNIQUE,
  tracking TEXT NOT NULL UNIQUE,
  order_subject BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  service TEXT NOT NULL,
  from_country TEXT NOT NULL,
  to_country TEXT NOT NULL,
  from_address TEXT NOT NULL,
  to_address TEXT NOT NULL,
  grams BIGINT NOT NULL,
  contents TEXT NOT NULL,
  state TEXT NOT NULL,
  state_tier BIGINT NOT NULL,
  state_at BIGINT NOT NULL,
  state_rank BIGINT NOT NULL,
  fate TEXT NOT NULL,
  labelled_at BIGINT NOT NULL,
  handed_over_at BIGINT
);
CREATE INDEX logistics_parcel_consignment ON logistics_parcel (consignment, id);
CREATE INDEX logistics_parcel_order_subject ON logistics_parcel (order_subject, id);
CREATE INDEX logistics_parcel_state ON logistics_parcel (state, id);

CREATE TABLE logistics_event (
  id BIGINT PRIMARY KEY,
  parcel BIGINT NOT NULL REFERENCES logistics_parcel (id),
  source_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  place TEXT NOT NULL,
  detail TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX logistics_event_source ON logistics_event (parcel, source_id);
CREATE INDEX logistics_event_parcel ON logistics_event (parcel, at);

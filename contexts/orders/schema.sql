-- The order itself. `source` and `source_key` say what it was made of (`cart`: the raw id of a cart; `test`: the same, ordered by the operator to try the shop out), once; `quote` is what it was
-- copied from, if anything was quoted. Five states that move independently; amounts in minor units of `currency`. What was placed
-- never changes; amendments add consignments, which cost `added`, in place of others, of which `credited` counts as paid for them.
-- `released` is what left escrow by terms less what came back to it: below zero while goodwill that was borne is more than what
-- was passed on. `email_key` and `name_key` are the buyer's e-mail and name on the address in lower case, to be found by.
CREATE TABLE order_head (
  id BIGINT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  source_key BIGINT NOT NULL,
  quote BIGINT,
  buyer BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name_key TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  language TEXT NOT NULL,
  destination TEXT NOT NULL,
  address TEXT NOT NULL,
  currency TEXT NOT NULL,
  goods BIGINT NOT NULL,
  shipping BIGINT NOT NULL,
  duty BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  fees BIGINT NOT NULL,
  total BIGINT NOT NULL CHECK (total = goods + shipping + duty + tax + fees),
  added BIGINT NOT NULL DEFAULT 0,
  credited BIGINT NOT NULL DEFAULT 0,
  exchange TEXT NOT NULL,
  payment TEXT NOT NULL,
  fulfilment TEXT NOT NULL,
  customs TEXT NOT NULL,
  dispute TEXT NOT NULL,
  settlement TEXT NOT NULL,
  captured BIGINT NOT NULL,
  released BIGINT NOT NULL,
  refunded BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  placed_at BIGINT NOT NULL,
  paid_at BIGINT,
  completed_at BIGINT,
  cancelled_at BIGINT,
  UNIQUE (source_key, source),
  CHECK (credited >= 0 AND added >= credited),
  CHECK (refunded >= 0 AND captured >= released + refunded)
);
CREATE INDEX order_head_buyer ON order_head (buyer, id) WHERE buyer <> 0;
CREATE INDEX order_head_test ON order_head (id) WHERE source = 'test';
CREATE INDEX order_head_payment ON order_head (payment, id);
CREATE INDEX order_head_fulfilment ON order_head (fulfilment, id);
CREATE INDEX order_head_customs ON order_head (customs, id) WHERE customs <> 'none';
CREATE INDEX order_head_dispute ON order_head (dispute, id) WHERE dispute <> 'none';
CREATE INDEX order_head_email ON order_head (email_key, id);
CREATE INDEX order_head_name ON order_head (name_key, id);
CREATE INDEX order_head_paid_at ON order_head (paid_at, id) WHERE paid_at IS NOT NULL;
CREATE INDEX order_head_settlement ON order_head (settlement, id);

-- What the buyer has to pay of an order, and until when: all that was placed (position 0), then what each amendment costs more.
-- `open`; `paid`; `void`: it is not asked for any more; `returned`: it was paid, and goes back, since what it was for is gone.
CREATE TABLE order_due (
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  position BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL,
  pay_until BIGINT NOT NULL,
  settled_at BIGINT,
  PRIMARY KEY (order_id, position)
);

-- Further secrets that open an order without signing in: one for each mail that carries a link. Hashes only.
CREATE TABLE order_access (
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  token_hash TEXT NOT NULL,
  PRIMARY KEY (order_id, token_hash)
);

-- What one organisation's goods from one warehouse are, under one agreement. `shipped_by` runs the warehouse, and packs. `payout` is what
-- `organisation` gets for it, in `payout_currency`. `amendment` is what brought it into the order, 0 where it was placed with it;
-- `replaced_by` the one that put others in its place. `state` and `customs` follow its parcels and what waits to be packed;
-- `handed_over_at` is when the first parcel left, `delivered_at` since when all that arrives is there.
CREATE TABLE order_consignment (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  position BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  shipped_by BIGINT NOT NULL,
  warehouse BIGINT NOT NULL,
  dispatch TEXT NOT NULL,
  service TEXT NOT NULL,
  carrier TEXT NOT NULL,
  grams BIGINT NOT NULL,
  shipping BIGINT NOT NULL,
  total BIGINT NOT NULL,
  landed_cost TEXT NOT NULL,
  arrives_from TEXT NOT NULL,
  arrives_to TEXT NOT NULL,
  handling_hours BIGINT NOT NULL,
  acceptance_days BIGINT NOT NULL,
  first_line BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  pieces BIGINT NOT NULL,
  payout BIGINT NOT NULL,
  payout_currency TEXT NOT NULL,
  amendment BIGINT NOT NULL DEFAULT 0,
  replaced_by BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  customs TEXT NOT NULL,
  dispute TEXT NOT NULL DEFAULT 'none',
  ship_by BIGINT,
  handed_over_at BIGINT,
  delivered_at BIGINT,
  accept_until BIGINT,
  completed_at BIGINT,
  written_off_at BIGINT,
  cancelled_at BIGINT
);
CREATE INDEX order_consignment_order ON order_consignment (order_id, position);
CREATE INDEX order_consignment_organisation ON order_consignment (organisation, id);
CREATE INDEX order_consignment_state ON order_consignment (organisation, state, id);
CREATE INDEX order_consignment_clock ON order_consignment (ship_by, id) WHERE state IN ('to_pack', 'packed');
CREATE INDEX order_consignment_own_clock ON order_consignment (shipped_by, ship_by, id) WHERE state IN ('to_pack', 'packed');

-- What was sold, as it was when it was sold. `called_off` are pieces that were given back before they left: they are not sent. `packed`
-- are in parcels that left or will, and `put_back` those of them that lie on the shelf again. `supplied` is what the offer was supplied
-- from, as it says it. Where the operator sells what `organisation` supplies, `supply_minor` is what it is paid for a piece.
CREATE TABLE order_line (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  consignment BIGINT NOT NULL,
  position BIGINT NOT NULL,
  offer BIGINT NOT NULL,
  variant BIGINT NOT NULL,
  product BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  seller_name TEXT NOT NULL,
  title TEXT NOT NULL,
  sku TEXT NOT NULL,
  image TEXT NOT NULL,
  options TEXT NOT NULL,
  hs TEXT,
  origin TEXT,
  grams BIGINT NOT NULL,
  customs_description TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  unit_price BIGINT NOT NULL,
  goods BIGINT NOT NULL,
  shipping BIGINT NOT NULL,
  duty BIGINT NOT NULL,
  tax BIGINT NOT NULL,
  fees BIGINT NOT NULL,
  total BIGINT NOT NULL CHECK (total = goods + shipping + duty + tax + fees),
  commission BIGINT NOT NULL,
  commission_tax BIGINT NOT NULL,
  terms TEXT NOT NULL,
  supply_currency TEXT,
  supply_minor BIGINT CHECK (supply_minor > 0),
  supplied TEXT NOT NULL,
  called_off BIGINT NOT NULL DEFAULT 0 CHECK (called_off >= 0),
  packed BIGINT NOT NULL DEFAULT 0 CHECK (packed >= 0 AND called_off + packed <= quantity),
  put_back BIGINT NOT NULL DEFAULT 0 CHECK (put_back >= 0 AND put_back <= packed),
  CHECK ((supply_currency IS NULL) = (supply_minor IS NULL))
);
CREATE INDEX order_line_order ON order_line (order_id, position);

-- What of a consignment travels under one label; `label` is the parcel's id in logistics. `asked` while a carrier outside makes it,
-- `recalled` when it was unpacked before it left, `received_at` when what came back was looked through.
CREATE TABLE order_parcel (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  consignment BIGINT NOT NULL REFERENCES order_consignment (id),
  position BIGINT NOT NULL,
  state TEXT NOT NULL,
  customs TEXT NOT NULL,
  label BIGINT UNIQUE,
  asked_at BIGINT NOT NULL,
  packed_at BIGINT,
  handed_over_at BIGINT,
  delivered_at BIGINT,
  returned_at BIGINT,
  written_off_at BIGINT,
  recalled_at BIGINT,
  received_at BIGINT
);
CREATE UNIQUE INDEX order_parcel_consignment ON order_parcel (consignment, position);
CREATE INDEX order_parcel_order ON order_parcel (order_id, consignment, position);

-- What is in a parcel; `received` are pieces that came back with it and lie on the shelf again.
CREATE TABLE order_parcel_line (
  id BIGINT PRIMARY KEY,
  parcel BIGINT NOT NULL REFERENCES order_parcel (id),
  line BIGINT NOT NULL REFERENCES order_line (id),
  pieces BIGINT NOT NULL CHECK (pieces > 0),
  received BIGINT NOT NULL DEFAULT 0 CHECK (received >= 0 AND received <= pieces)
);
CREATE UNIQUE INDEX order_parcel_line_parcel ON order_parcel_line (parcel, line);
CREATE INDEX order_parcel_line_line ON order_parcel_line (line, parcel);

-- Sums of paid orders by the day they were placed (days since 1970, UTC), so that no chart reads orders. `organisation` 0 is the
-- whole house and counts orders by what buyers paid; a seller's rows count its consignments by their goods. What refunds took back
-- is taken off the day of its order, and what was called off before it was packed counts no more.
CREATE TABLE order_day (
  organisation BIGINT NOT NULL,
  day BIGINT NOT NULL,
  destination TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  orders BIGINT NOT NULL,
  PRIMARY KEY (organisation, day, destination, currency)
);

-- What the shop asks buyers besides goods and address: of an order, of each of its lines, or of those that are made to order. Labels
-- by language, empty where the platform has words for the key. One that is not asked any more stays for what was said to it.
CREATE TABLE order_field (
  key TEXT PRIMARY KEY,
  position BIGINT NOT NULL,
  asked BIGINT NOT NULL CHECK (asked IN (0, 1)),
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  labels TEXT NOT NULL,
  choices TEXT NOT NULL,
  most BIGINT NOT NULL,
  required BIGINT NOT NULL CHECK (required IN (0, 1)),
  to_seller BIGINT NOT NULL CHECK (to_seller IN (0, 1)),
  printed BIGINT NOT NULL CHECK (printed IN (0, 1))
);

-- What a buyer said to them; `offer` 0: of the whole order. By offer, so that it stays when an amendment sells the goods anew.
CREATE TABLE order_said (
  order_id BIGINT NOT NULL REFERENCES order_head (id),
  offer BIGINT NOT NULL,
  field TEXT NOT NULL,
  said TEXT NOT NULL,
  PRIMARY KEY (order_id, offer, field)
);

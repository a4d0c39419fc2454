-- A seller's account in words: what was earned, given back and paid out. The sum of `net` per seller and currency is what
-- the ledger says is available less what is owed. `payout` is the payout it went into; none while it waits for its day.
CREATE TABLE settlement_entry (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  kind TEXT NOT NULL,
  currency TEXT NOT NULL,
  gross BIGINT NOT NULL,
  commission BIGINT NOT NULL,
  commission_tax BIGINT NOT NULL,
  net BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  payout BIGINT,
  at BIGINT NOT NULL,
  CHECK (net = gross - commission - commission_tax)
);
CREATE INDEX settlement_entry_organisation ON settlement_entry (organisation, id);
CREATE INDEX settlement_entry_due ON settlement_entry (organisation, due_at, currency) WHERE payout IS NULL;
CREATE INDEX settlement_entry_at ON settlement_entry (at, id) WHERE line <> 0;
CREATE INDEX settlement_entry_order ON settlement_entry (order_id, id);

CREATE TABLE settlement_payout (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  at BIGINT NOT NULL
);
CREATE INDEX settlement_payout_organisation ON settlement_payout (organisation, currency, id);

-- What went back to the buyer, one row a refund. `amount` is the money; of goodwill `organisation` bears it (0 is the operator),
-- every other kind is borne by whoever got what the rows below take back. `absorbed` is the part of goodwill that later was owed
-- to the buyer anyway, because what it was given for was called off. `pieces` are those of the rows below. Of an `amendment` that
-- put others in the place of consignments, `credited` is what of those counts as paid for the others: it does not go back.
CREATE TABLE settlement_refund (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  order_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  organisation BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  absorbed BIGINT NOT NULL CHECK (absorbed >= 0 AND absorbed <= amount),
  credited BIGINT NOT NULL CHECK (credited >= 0),
  amendment BIGINT NOT NULL,
  pieces BIGINT NOT NULL CHECK (pieces >= 0),
  restocked BIGINT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX settlement_refund_order ON settlement_refund (order_id, id);
CREATE INDEX settlement_refund_at ON settlement_refund (at, id) WHERE kind <> 'goodwill';

-- With which posting a refund is booked, one row a consignment it takes something back of; goodwill has one row of consignment 0
-- and is booked with the first consignment. `open` until that consignment's escrow is split, then `split`; `own` after the split;
-- `nothing` where nothing was split.
CREATE TABLE settlement_refund_booking (
  refund BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  booked TEXT NOT NULL,
  PRIMARY KEY (refund, consignment)
);
CREATE INDEX settlement_refund_booking_order ON settlement_refund_booking (order_id, booked);

-- What a refund takes back of a line: of its goods or of its delivery (`part`), without tax in `net`. `pieces` are given back,
-- of which `unsent` had not left; the commission goes back with the goods. For `supply_pieces` of them their supplier is paid nothing,
-- or gives the price back.
CREATE TABLE settlement_refund_line (
  refund BIGINT NOT NULL,
  line BIGINT NOT NULL,
  part TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  pieces BIGINT NOT NULL CHECK (pieces >= 0),
  unsent BIGINT NOT NULL CHECK (unsent >= 0 AND unsent <= pieces),
  supply_pieces BIGINT NOT NULL CHECK (supply_pieces >= 0 AND supply_pieces <= pieces - unsent),
  net BIGINT NOT NULL CHECK (net >= 0),
  duty BIGINT NOT NULL CHECK (duty >= 0),
  tax BIGINT NOT NULL CHECK (tax >= 0),
  fees BIGINT NOT NULL CHECK (fees >= 0),
  commission BIGINT NOT NULL CHECK (commission >= 0),
  commission_tax BIGINT NOT NULL CHECK (commission_tax >= 0),
  PRIMARY KEY (refund, line, part)
);
CREATE INDEX settlement_refund_line_order ON settlement_refund_line (order_id, refund);

-- And of each charge of a consignment's frozen landed cost (`charge` counts them from 0): what its base and amount fall by.
CREATE TABLE settlement_refund_charge (
  refund BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  charge BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  base BIGINT NOT NULL CHECK (base >= 0),
  amount BIGINT NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (refund, consignment, charge)
);
CREATE INDEX settlement_refund_charge_order ON settlement_refund_charge (order_id, refund);

-- What payment providers have paid to the bank, once per reference. Gross is captures less refunds.
CREATE TABLE settlement_provider (
  id BIGINT PRIMARY KEY,
  provider TEXT NOT NULL,
  reference TEXT NOT NULL,
  currency TEXT NOT NULL,
  gross BIGINT NOT NULL,
  fee BIGINT NOT NULL CHECK (fee >= 0),
  settled_at BIGINT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (provider, reference)
);
CREATE INDEX settlement_provider_newest ON settlement_provider (provider, id);

-- What the operator has paid to authorities and carriers: out of the account it was owed on, once per reference.
CREATE TABLE settlement_remittance (
  id BIGINT PRIMARY KEY,
  account BIGINT NOT NULL,
  code TEXT NOT NULL,
  reference TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  paid_on TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (account, reference)
);

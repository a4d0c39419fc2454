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

-- Refunds that somebody other than the buyer bears. `organisation` is 0 for the operator; `open` is 1 until the order's
-- escrow is split and the refund is taken from its bearer.
CREATE TABLE settlement_refund (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  order_id BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  reason TEXT NOT NULL,
  open BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX settlement_refund_order ON settlement_refund (order_id, open);
CREATE INDEX settlement_refund_at ON settlement_refund (at, id) WHERE consignment <> 0;
CREATE UNIQUE INDEX settlement_refund_consignment ON settlement_refund (consignment) WHERE consignment <> 0;

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

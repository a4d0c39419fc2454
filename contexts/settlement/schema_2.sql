-- A payout in the seller's own currency: what reached the bank, at which rate of which day, and the posting that exchanged it.
-- Nothing here: `amount` was paid as it is.
ALTER TABLE settlement_payout ADD COLUMN paid_currency TEXT;
ALTER TABLE settlement_payout ADD COLUMN paid_amount BIGINT CHECK (paid_amount > 0);
ALTER TABLE settlement_payout ADD COLUMN rate TEXT;
ALTER TABLE settlement_payout ADD COLUMN rate_date TEXT;
ALTER TABLE settlement_payout ADD COLUMN rate_source TEXT;
ALTER TABLE settlement_payout ADD COLUMN posting BIGINT;

-- Payouts that are due and wait for an exchange rate from `currency` to the seller's own.
CREATE TABLE settlement_waiting (
  organisation BIGINT NOT NULL,
  currency TEXT NOT NULL,
  wanted TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (organisation, currency)
);

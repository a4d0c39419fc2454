-- One attempt to be paid. `subject` is the raw id of the order, `due` which of what it owes, from 0; `progress` only grows, so that replies, webhooks and
-- retries may come twice, late and in any order. `amount` and `currency` are what was asked for, or what was captured
-- instead (`differs`). `refunding` is what was asked back and has not failed.
CREATE TABLE payment_intent (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  subject BIGINT NOT NULL,
  due BIGINT NOT NULL,
  provider TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  method TEXT NOT NULL,
  state TEXT NOT NULL,
  progress BIGINT NOT NULL,
  reference TEXT NOT NULL,
  decline_code TEXT NOT NULL,
  action_url TEXT NOT NULL,
  refunding BIGINT NOT NULL,
  refunded BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK (refunded >= 0 AND refunded <= refunding AND refunding <= amount)
);
CREATE INDEX payment_intent_provider ON payment_intent (provider, id) WHERE provider <> 'sandbox' AND reference <> '';
CREATE INDEX payment_intent_subject ON payment_intent (subject, id);
-- An order has one attempt that can be paid, whoever opens it from wherever.
CREATE UNIQUE INDEX payment_intent_payable ON payment_intent (subject)
  WHERE state IN ('created', 'pending', 'action_required', 'authorised');

-- What providers have told us, for the history; told twice, written once.
CREATE TABLE payment_notice (
  provider TEXT NOT NULL,
  notice TEXT NOT NULL,
  about BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (provider, notice)
);
CREATE INDEX payment_notice_about ON payment_notice (about, at);

CREATE TABLE payment_refund (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  intent BIGINT NOT NULL REFERENCES payment_intent (id),
  subject BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  reference TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX payment_refund_subject ON payment_refund (subject, id);
CREATE INDEX payment_refund_intent ON payment_refund (intent, id);
-- Money that should never have come: told on the console's Health page.
CREATE INDEX payment_refund_unowed ON payment_refund (created_at) WHERE reason IN ('not_owed', 'amount_differs');

-- The built-in provider's own books: what it would know on its side of the wire.
CREATE TABLE payment_sandbox_charge (
  intent BIGINT PRIMARY KEY,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  token TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  settles_at BIGINT,
  captured_at BIGINT,
  refunded BIGINT NOT NULL,
  payout BIGINT,
  created_at BIGINT NOT NULL,
  CHECK (refunded >= 0 AND refunded <= amount)
);
CREATE INDEX payment_sandbox_charge_unpaid ON payment_sandbox_charge (captured_at)
  WHERE state = 'captured' AND payout IS NULL;

CREATE TABLE payment_sandbox_refund (
  refund BIGINT PRIMARY KEY,
  intent BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount BIGINT NOT NULL,
  state TEXT NOT NULL,
  payout BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX payment_sandbox_refund_unpaid ON payment_sandbox_refund (created_at)
  WHERE state = 'succeeded' AND payout IS NULL;

-- What the sandbox sent to the house's bank: a day's charges less that day's refunds (gross) and its fee. Below zero after
-- fees it is a debit.
CREATE TABLE payment_sandbox_payout (
  id BIGINT PRIMARY KEY,
  currency TEXT NOT NULL,
  gross BIGINT NOT NULL,
  fee BIGINT NOT NULL CHECK (fee >= 0),
  at BIGINT NOT NULL
);

CREATE TABLE payment_sandbox_secret (
  id BIGINT PRIMARY KEY,
  secret TEXT NOT NULL
);

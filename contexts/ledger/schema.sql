-- Accounts hold one unit each. `balance` is in − out. A guarded account keeps it true in the row, where the statement
-- that moves it checks it; an open account is never touched by a posting and is folded in the background.
CREATE TABLE ledger_account (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  family TEXT NOT NULL,
  unit TEXT NOT NULL,
  guarded BIGINT NOT NULL,
  owner BIGINT NOT NULL,
  balance BIGINT NOT NULL DEFAULT 0,
  held BIGINT NOT NULL DEFAULT 0,
  opened_at BIGINT NOT NULL,
  CHECK (guarded = 0 OR (held >= 0 AND balance >= held))
);
CREATE INDEX ledger_account_family ON ledger_account (family, code);
CREATE INDEX ledger_account_owner ON ledger_account (owner, code) WHERE owner <> 0;

CREATE TABLE ledger_posting (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  at BIGINT NOT NULL
);

-- One row a leg; never updated, never deleted. No foreign keys: the insert itself reads both accounts, and a key check
-- would lock the busiest account rows in every posting.
CREATE TABLE ledger_transfer (
  id BIGINT PRIMARY KEY,
  posting BIGINT NOT NULL,
  from_account BIGINT NOT NULL,
  to_account BIGINT NOT NULL,
  unit TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  subject BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX ledger_transfer_posting ON ledger_transfer (posting, id);
CREATE INDEX ledger_transfer_from ON ledger_transfer (from_account, id, amount);
CREATE INDEX ledger_transfer_to ON ledger_transfer (to_account, id, amount);
CREATE INDEX ledger_transfer_subject ON ledger_transfer (subject, id);

-- A transfer that waits. An account's `held` is the sum of `remaining` over its pending holds.
CREATE TABLE ledger_hold (
  id BIGINT PRIMARY KEY,
  account BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  remaining BIGINT NOT NULL CHECK (remaining >= 0),
  subject BIGINT NOT NULL,
  expires_at BIGINT,
  state TEXT NOT NULL,
  held_at BIGINT NOT NULL
);
CREATE INDEX ledger_hold_subject ON ledger_hold (subject, state, id);

-- The last transfer that is contained in the balances of open accounts, and when folding ran: one row.
CREATE TABLE ledger_fold (
  id BIGINT PRIMARY KEY,
  through BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);

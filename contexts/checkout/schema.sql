-- A cart knows offers and quantities, no prices. Whoever holds its secret reaches it; only the hash is kept. Between
-- `held_from` and `held_until` it may hold stock; neither a new quote nor a change of the cart moves that end. `revision` counts
-- its changes, so that it can be read and priced before it is locked.
CREATE TABLE cart (
  id BIGINT PRIMARY KEY,
  secret_hash TEXT NOT NULL,
  person BIGINT NOT NULL,
  destination TEXT NOT NULL,
  region TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  quote BIGINT NOT NULL,
  held_from BIGINT NOT NULL,
  held_until BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX cart_person ON cart (person, id) WHERE person <> 0 AND state = 'open';

CREATE TABLE cart_line (
  cart BIGINT NOT NULL REFERENCES cart (id),
  offer BIGINT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  added BIGINT NOT NULL,
  PRIMARY KEY (cart, offer)
);

-- Everything a quote froze, as JSON: prices, rates, rules, terms.
CREATE TABLE checkout_quote (
  id BIGINT PRIMARY KEY,
  cart BIGINT NOT NULL,
  state TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  pay_minutes BIGINT NOT NULL,
  total BIGINT NOT NULL,
  currency TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX checkout_quote_open ON checkout_quote (expires_at) WHERE state = 'open';
-- Pieces of a stock row (the ledger's account) that a cart holds, or has just held, without paying: counted by `holder`, a
-- network address or a person. Gone when the order is paid, or some time after `until`.
CREATE TABLE checkout_claim (
  account BIGINT NOT NULL,
  holder TEXT NOT NULL,
  cart BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  pieces BIGINT NOT NULL CHECK (pieces > 0),
  PRIMARY KEY (cart, account, holder, since)
);
CREATE INDEX checkout_claim_holder ON checkout_claim (account, holder);

-- What nobody comes back for, to be forgotten in time.
CREATE INDEX cart_left ON cart (id) WHERE state <> 'ordered';
CREATE INDEX checkout_quote_over ON checkout_quote (id) WHERE state IN ('expired', 'replaced');

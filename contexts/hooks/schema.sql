-- Where a developer wants to be told. `wide` endpoints are the operator's and are told of everything. The secret is kept
-- encrypted (`store::Vault`): every message is signed with it. `failing_since` is when the first of an unbroken row of attempts failed.
CREATE TABLE hook_endpoint (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  wide BIGINT NOT NULL,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT NOT NULL,
  old_until BIGINT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  failing_since BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX hook_endpoint_organisation ON hook_endpoint (organisation, id);

-- One event for one endpoint: told again and again until it was taken in. `event` is the event's place, or minus the own id for
-- a test. `next_at` is when the next attempt is due; while one is under way, when it is given to somebody else.
CREATE TABLE hook_delivery (
  id BIGINT PRIMARY KEY,
  endpoint BIGINT NOT NULL,
  event BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  status BIGINT NOT NULL,
  answer TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  done_at BIGINT,
  UNIQUE (endpoint, event)
);
CREATE INDEX hook_delivery_endpoint ON hook_delivery (endpoint, id);
CREATE INDEX hook_delivery_due ON hook_delivery (endpoint, next_at, id) WHERE state = 'waiting';

-- Messages of payment providers and carriers that did not prove themselves, since the last one that did; no row while all is well.
CREATE TABLE hook_refused (
  source TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);

-- A change of an order of which something is not packed: what is left of the consignments that make way (`left_of`), and what comes in
-- their place (`total`); amounts in minor units of the order's currency. `proposed`: priced, its stock held until `expires_at`;
-- `agreed`: it waits for what it costs more, the order's due `due`; `done`; `void`, with the reason in `why`. `body` is JSON of what it
-- makes of the order, and is empty when it is over: the order has it then. `side` says who proposed it: the buyer (or the operator in
-- the buyer's place), or a seller (`organisation`) or the operator, who ask the buyer, with the code `reason` and in `words`.
CREATE TABLE amendment (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  side TEXT NOT NULL,
  organisation BIGINT NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL,
  left_of BIGINT NOT NULL CHECK (left_of >= 0),
  total BIGINT NOT NULL CHECK (total >= 0),
  currency TEXT NOT NULL,
  due BIGINT,
  body TEXT NOT NULL,
  why TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  proposed_at BIGINT NOT NULL,
  ended_at BIGINT,
  CHECK (due IS NULL OR total > left_of),
  CHECK ((side = 'seller') = (organisation <> 0)),
  CHECK ((side = 'buyer') = (reason = '')),
  CHECK ((ended_at IS NULL) = (state IN ('proposed', 'agreed')))
);
-- An order has one change at a time, whoever wants it from wherever.
CREATE UNIQUE INDEX amendment_live ON amendment (order_id) WHERE state IN ('proposed', 'agreed');
CREATE INDEX amendment_order ON amendment (order_id, id);
CREATE INDEX amendment_over ON amendment (expires_at) WHERE state = 'proposed';

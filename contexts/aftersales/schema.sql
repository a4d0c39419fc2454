-- What a buyer objects to, or gives back: pieces of one consignment. `amount` is what the buyer asks for (0: the pieces' price);
-- `remedy` and `remedy_amount` what was agreed or decided; `rule` the right that was used, from tables/rights.csv. `due_at` is when
-- the next step is due; whoever has to take it follows from `state`.
CREATE TABLE claim (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  consignment BIGINT NOT NULL,
  organisation BIGINT NOT NULL,
  kind TEXT NOT NULL,
  wish TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL,
  rule TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  remedy TEXT NOT NULL,
  remedy_amount BIGINT NOT NULL CHECK (remedy_amount >= 0),
  refunded BIGINT NOT NULL CHECK (refunded >= 0),
  return_to TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT,
  warned_at BIGINT,
  sent_at BIGINT,
  received_at BIGINT,
  closed_at BIGINT,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((state = 'closed') = (due_at IS NULL)),
  CHECK ((state = 'closed') = (outcome <> ''))
);
CREATE INDEX claim_order ON claim (order_id, id);
CREATE INDEX claim_consignment ON claim (consignment, id);
CREATE INDEX claim_organisation ON claim (organisation, id);
CREATE INDEX claim_due ON claim (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX claim_organisation_due ON claim (organisation, due_at, id) WHERE due_at IS NOT NULL;

-- Its pieces. `restock` of them came back and lie on the shelf.
CREATE TABLE claim_line (
  id BIGINT PRIMARY KEY,
  claim BIGINT NOT NULL,
  line BIGINT NOT NULL,
  pieces BIGINT NOT NULL CHECK (pieces > 0),
  restock BIGINT NOT NULL DEFAULT 0 CHECK (restock >= 0 AND restock <= pieces),
  UNIQUE (claim, line)
);
CREATE INDEX claim_line_line ON claim_line (line);

-- What was done and said, in order. `deed` is a code, `author` buyer, seller, operator or house.
CREATE TABLE claim_word (
  id BIGINT PRIMARY KEY,
  claim BIGINT NOT NULL,
  author TEXT NOT NULL,
  deed TEXT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX claim_word_claim ON claim_word (claim, id);

-- Pictures that the buyer sent with it. Only the parties to the order may see them.
CREATE TABLE claim_picture (
  id BIGINT PRIMARY KEY,
  claim BIGINT NOT NULL,
  file TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  mime TEXT NOT NULL
);
CREATE INDEX claim_picture_claim ON claim_picture (claim, id);

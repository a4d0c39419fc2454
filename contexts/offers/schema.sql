-- Who sells which variant, from where, under which terms, at which price. `organisation` is the seller's raw id. `supply` says what it
-- is supplied from: `stock`, `made:` and the working days that takes, or `preorder:` and the day from which it ships.
CREATE TABLE offer (
  id BIGINT PRIMARY KEY,
  variant BIGINT NOT NULL REFERENCES catalog_variant (id),
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  organisation BIGINT NOT NULL,
  agreement BIGINT NOT NULL REFERENCES terms_agreement (id),
  warehouse BIGINT NOT NULL REFERENCES stock_warehouse (id),
  currency TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  compare_at_minor BIGINT,
  status TEXT NOT NULL CHECK (status IN ('active', 'paused')),
  supply TEXT NOT NULL DEFAULT 'stock' CHECK (supply = 'stock' OR supply LIKE 'made:%' OR supply LIKE 'preorder:%'),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX offer_place ON offer (variant, organisation, warehouse);
CREATE INDEX offer_product ON offer (product, id);
CREATE INDEX offer_organisation ON offer (organisation, id);
CREATE INDEX offer_organisation_status ON offer (organisation, status, id);

-- A price of its own in another currency, instead of the converted one.
CREATE TABLE offer_price (
  offer BIGINT NOT NULL REFERENCES offer (id),
  currency TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  PRIMARY KEY (offer, currency)
);

-- Everything of an offer that a door price, a list and a checkout need to know, own values before the category's defaults.
CREATE VIEW offer_facts AS SELECT o.id, o.variant, o.product, o.organisation, o.agreement, o.warehouse, o.currency, o.price_minor,
  o.compare_at_minor,
  CASE WHEN o.status = 'active' AND p.status = 'active' AND g.standing = 'active' THEN 1 ELSE 0 END AS on_sale,
  p.title, v.sku, v.option1, v.option2, v.option3, CASE WHEN v.image = '' THEN p.image ELSE v.image END AS image,
  w.country AS dispatch, COALESCE(a.balance - a.held, 0) AS available, COALESCE(v.hs, c.default_hs) AS hs, v.origin,
  v.customs_description, COALESCE(v.weight_grams, c.default_weight_grams) AS weight_grams,
  CASE WHEN v.tax_class = '' THEN COALESCE(NULLIF(c.default_tax_class, ''), 'standard') ELSE v.tax_class END AS tax_class,
  p.slug, g.name AS organisation_name, CASE WHEN g.kind = 'platform' THEN 1 ELSE 0 END AS is_operators,
  CASE WHEN EXISTS (SELECT 1 FROM offer_price x WHERE x.offer = o.id) THEN 1 ELSE 0 END AS has_other_prices, v.position,
  o.supply
  FROM offer o JOIN catalog_variant v ON v.id = o.variant JOIN catalog_product p ON p.id = o.product
  LEFT JOIN catalog_category c ON c.id = p.category JOIN stock_warehouse w ON w.id = o.warehouse
  JOIN party_organisation g ON g.id = o.organisation
  LEFT JOIN stock_item s ON s.warehouse = o.warehouse AND s.variant = o.variant
  LEFT JOIN ledger_account a ON a.id = s.account;

-- What the platform pays a supplier for a piece, by the agreement, from `valid_from` until a later row takes over; rows are only
-- added. Of two rows of one moment the later one counts.
CREATE TABLE offer_supply (
  id BIGINT PRIMARY KEY,
  agreement BIGINT NOT NULL REFERENCES terms_agreement (id),
  variant BIGINT NOT NULL REFERENCES catalog_variant (id),
  currency TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor > 0),
  valid_from BIGINT NOT NULL,
  agreed_by TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX offer_supply_variant ON offer_supply (agreement, variant, valid_from, id);

-- Units of `quote` for one `base`, both in major units, as published on `date`.
CREATE TABLE offer_rate (
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  date TEXT NOT NULL,
  rate TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (base, quote, date)
);
CREATE INDEX offer_rate_date ON offer_rate (date);

-- A product file on its way in: whose goods, who sent it, how far it is, what became of it. Forgotten after thirty days.
-- `decimal_mark` is what was said to stand before decimals, empty when the file tells it; `uncounted` the pieces to put on hand of what
-- nobody counts. `understood` says in JSON how columns and numbers were read, `effects` how often what happens to known goods.
CREATE TABLE offer_import (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  person BIGINT NOT NULL,
  acting_for BIGINT NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  warehouse BIGINT NOT NULL,
  currency TEXT NOT NULL,
  decimal_mark TEXT NOT NULL CHECK (decimal_mark IN ('', 'point', 'comma')),
  new_status TEXT NOT NULL CHECK (new_status IN ('active', 'draft')),
  uncounted BIGINT CHECK (uncounted >= 0),
  encoding TEXT NOT NULL,
  dry BIGINT NOT NULL CHECK (dry IN (0, 1)),
  state TEXT NOT NULL
    CHECK (state IN ('receiving', 'waiting', 'running', 'paused', 'asked', 'checked', 'done', 'stopped', 'failed')),
  wish TEXT NOT NULL CHECK (wish IN ('', 'pause', 'stop')),
  columns TEXT NOT NULL,
  bytes_read BIGINT NOT NULL,
  items_read BIGINT NOT NULL,
  rows_read BIGINT NOT NULL,
  products BIGINT NOT NULL,
  variants BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  unready BIGINT NOT NULL,
  wrong BIGINT NOT NULL,
  understood TEXT NOT NULL,
  effects TEXT NOT NULL,
  notes BIGINT NOT NULL,
  problem_code TEXT NOT NULL,
  problem TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  began_bytes BIGINT NOT NULL
);
CREATE INDEX offer_import_organisation ON offer_import (organisation, id);
CREATE INDEX offer_import_receiving ON offer_import (id) WHERE state = 'receiving';

-- What a seller said a column of its files means, by the column's small letters: the next file of that kind needs no word.
-- An empty meaning leaves the column out.
CREATE TABLE offer_import_column (
  organisation BIGINT NOT NULL,
  name TEXT NOT NULL,
  meaning TEXT NOT NULL,
  PRIMARY KEY (organisation, name)
);

-- The file itself, until it is done: pieces of up to a megabyte, packed (gzip) and written as text (base64).
CREATE TABLE offer_import_piece (
  import BIGINT NOT NULL REFERENCES offer_import (id),
  number BIGINT NOT NULL,
  packed TEXT NOT NULL,
  PRIMARY KEY (import, number)
);

-- A wrong row, for the page and the error file; `reason` is its code and arguments as JSON, `cells` a
-- JSON list of what stood in it.
CREATE TABLE offer_import_error (
  import BIGINT NOT NULL REFERENCES offer_import (id),
  number BIGINT NOT NULL,
  line BIGINT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (import, number)
);

-- One thing that an import does to known goods, for the page; `effect` is what, as JSON.
CREATE TABLE offer_import_note (
  import BIGINT NOT NULL REFERENCES offer_import (id),
  number BIGINT NOT NULL,
  line BIGINT NOT NULL,
  what TEXT NOT NULL,
  effect TEXT NOT NULL,
  PRIMARY KEY (import, number)
);

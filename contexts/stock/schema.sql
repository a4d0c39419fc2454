-- Where goods lie. `organisation` is the raw id of whoever runs it, in parties; `address` is JSON.
CREATE TABLE stock_warehouse (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organisation BIGINT NOT NULL,
  country TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX stock_warehouse_organisation ON stock_warehouse (organisation, code);

-- Which variant lies where. How many pieces there are, and how many are held, is known by the ledger account alone.
-- `organisation` is the owner of the variant. `promised` of the account's pieces do not lie there: they are made as they leave
-- (`renews`), or are still to come. As many are promised as `capacity` says; more only while they are held.
CREATE TABLE stock_item (
  warehouse BIGINT NOT NULL REFERENCES stock_warehouse (id),
  variant BIGINT NOT NULL REFERENCES catalog_variant (id),
  account BIGINT NOT NULL UNIQUE,
  organisation BIGINT NOT NULL,
  capacity BIGINT NOT NULL DEFAULT 0 CHECK (capacity >= 0),
  renews BIGINT NOT NULL DEFAULT 0 CHECK (renews IN (0, 1)),
  promised BIGINT NOT NULL DEFAULT 0 CHECK (promised >= 0),
  PRIMARY KEY (warehouse, variant)
);
CREATE INDEX stock_item_variant ON stock_item (variant, warehouse);
CREATE INDEX stock_item_organisation ON stock_item (organisation, variant, warehouse);

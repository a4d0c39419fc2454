-- Who sells which variant, from where, under which terms, at which price. `organisation` is the seller's raw id.
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

-- Units of `quote` for one `base`, both in major units, as published on `date`.
CREATE TABLE offer_rate (
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  date TEXT NOT NULL,
  rate TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (base, quote, date)
);

-- What is sold: categories, products in many languages, and their variants with the facts customs asks for.
CREATE TABLE catalog_category (
  id BIGINT PRIMARY KEY,
  slug TEXT NOT NULL,
  parent BIGINT REFERENCES catalog_category (id),
  names TEXT NOT NULL,
  default_hs TEXT,
  default_tax_class TEXT NOT NULL,
  default_weight_grams BIGINT CHECK (default_weight_grams > 0),
  position BIGINT NOT NULL
);
CREATE UNIQUE INDEX catalog_category_slug ON catalog_category (slug);

-- `organisation` is the raw id of the owner in parties. `image` is the cover, the first of `images`.
CREATE TABLE catalog_product (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  handle TEXT NOT NULL,
  slug TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  description_html TEXT NOT NULL,
  vendor TEXT NOT NULL,
  product_type TEXT NOT NULL,
  category BIGINT REFERENCES catalog_category (id),
  tags TEXT NOT NULL,
  status TEXT NOT NULL,
  options TEXT NOT NULL,
  image TEXT NOT NULL,
  images TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX catalog_product_handle ON catalog_product (organisation, handle);
CREATE UNIQUE INDEX catalog_product_slug ON catalog_product (slug);
CREATE INDEX catalog_product_owner ON catalog_product (organisation, id);
CREATE INDEX catalog_product_owner_status ON catalog_product (organisation, status, id);
CREATE INDEX catalog_product_status ON catalog_product (status, id);
CREATE INDEX catalog_product_category ON catalog_product (category, status, id);

-- Every further language of a product; `words` holds the translations of its option names and values.
CREATE TABLE catalog_text (
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  description_html TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (product, language)
);

-- `ready` is 1 when nothing that customs asks for is missing, the category's default HS code and weight counted in.
CREATE TABLE catalog_variant (
  id BIGINT PRIMARY KEY,
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  organisation BIGINT NOT NULL,
  position BIGINT NOT NULL,
  sku TEXT NOT NULL,
  option1 TEXT NOT NULL,
  option2 TEXT NOT NULL,
  option3 TEXT NOT NULL,
  weight_grams BIGINT,
  hs TEXT,
  origin TEXT,
  customs_description TEXT NOT NULL,
  barcode TEXT NOT NULL,
  image TEXT NOT NULL,
  tax_class TEXT NOT NULL,
  ready BIGINT NOT NULL,
  CHECK (weight_grams > 0)
);
CREATE UNIQUE INDEX catalog_variant_options ON catalog_variant (product, option1, option2, option3);
CREATE INDEX catalog_variant_sku ON catalog_variant (organisation, sku);
CREATE INDEX catalog_variant_organisation ON catalog_variant (organisation, id);
CREATE INDEX catalog_variant_unready ON catalog_variant (organisation, id) WHERE ready = 0;
CREATE INDEX catalog_variant_unready_all ON catalog_variant (id) WHERE ready = 0;

-- Words by which a product is found at the desks, whether it is on sale or not: of its titles in every language, its maker, its
-- handle, and the SKUs and barcodes of its variants.
CREATE TABLE catalog_word (
  word TEXT NOT NULL,
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  PRIMARY KEY (word, product)
);
CREATE INDEX catalog_word_product ON catalog_word (product, word);

-- Pictures that are kept, by owner. `hash` names their files in the storage, `source` is where one was fetched, or empty.
CREATE TABLE catalog_media (
  organisation BIGINT NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  mime TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (organisation, hash, source)
);
CREATE INDEX catalog_media_source ON catalog_media (organisation, source);
CREATE INDEX catalog_media_hash ON catalog_media (hash);

-- What becomes of a kept picture's files. `unused_since` is NULL while a product names it; `on_sale` is 1 once it was a cover or
-- a variant's, which orders show; from `going_at` its files are being removed, at `gone_at` they were.
CREATE TABLE catalog_picture (
  hash TEXT PRIMARY KEY,
  on_sale BIGINT NOT NULL CHECK (on_sale IN (0, 1)),
  unused_since BIGINT,
  going_at BIGINT,
  gone_at BIGINT
);
CREATE INDEX catalog_picture_unused ON catalog_picture (unused_since) WHERE on_sale = 0 AND going_at IS NULL;
CREATE INDEX catalog_picture_going ON catalog_picture (going_at) WHERE gone_at IS NULL;
CREATE INDEX catalog_picture_gone ON catalog_picture (gone_at);

-- Which products name a kept picture, anywhere.
CREATE TABLE catalog_picture_use (
  hash TEXT NOT NULL,
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  PRIMARY KEY (hash, product)
);
CREATE INDEX catalog_picture_use_product ON catalog_picture_use (product);

-- Products with pictures that still lie elsewhere, to be fetched at `due_at`; NULL when that was given up.
CREATE TABLE catalog_fetch (
  product BIGINT PRIMARY KEY REFERENCES catalog_product (id),
  organisation BIGINT NOT NULL,
  due_at BIGINT,
  attempts BIGINT NOT NULL
);
CREATE INDEX catalog_fetch_due ON catalog_fetch (organisation, due_at, product) WHERE due_at IS NOT NULL;

-- Why a picture could not be fetched, the last time.
CREATE TABLE catalog_fetch_fault (
  product BIGINT NOT NULL REFERENCES catalog_product (id),
  source TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (product, source)
);

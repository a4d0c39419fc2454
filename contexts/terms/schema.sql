-- An agreement keeps its id while its versions change; offers point at the agreement, order lines freeze a version.
CREATE TABLE terms_agreement (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  mode TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX terms_agreement_organisation ON terms_agreement (organisation, mode);

CREATE TABLE terms_version (
  agreement BIGINT NOT NULL REFERENCES terms_agreement (id),
  version BIGINT NOT NULL,
  merchant_of_record TEXT NOT NULL,
  price_set_by TEXT NOT NULL,
  stock_owned_by TEXT NOT NULL,
  ships TEXT NOT NULL,
  returns_to TEXT NOT NULL,
  paid TEXT NOT NULL,
  commission_bp BIGINT NOT NULL CHECK (commission_bp BETWEEN 0 AND 10000),
  commission_tax_bp BIGINT NOT NULL CHECK (commission_tax_bp BETWEEN 0 AND 10000),
  commission_tax_jurisdiction TEXT NOT NULL,
  fixed_fee_minor BIGINT NOT NULL CHECK (fixed_fee_minor >= 0),
  currency TEXT NOT NULL,
  acceptance_days BIGINT NOT NULL,
  payout_days BIGINT NOT NULL,
  handling_hours BIGINT NOT NULL,
  effective_from BIGINT NOT NULL,
  effective_to BIGINT,
  agreed_by TEXT NOT NULL,
  agreed_at BIGINT NOT NULL,
  PRIMARY KEY (agreement, version)
);

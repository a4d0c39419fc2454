-- Services of the shop's own shipping; `body` is what was declared, as JSON.
CREATE TABLE logistics_service (
  code TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

-- What whoever packed told of a parcel: its size, and for own shipping who carries it under which number.
ALTER TABLE logistics_parcel ADD COLUMN length_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE logistics_parcel ADD COLUMN width_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE logistics_parcel ADD COLUMN height_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE logistics_parcel ADD COLUMN told_carrier TEXT NOT NULL DEFAULT '';
ALTER TABLE logistics_parcel ADD COLUMN told_number TEXT NOT NULL DEFAULT '';
-- What was told by hand and was wrong: taken back, and counted no more.
ALTER TABLE logistics_event ADD COLUMN withdrawn_at BIGINT;
CREATE INDEX logistics_parcel_told_number ON logistics_parcel (told_number, id) WHERE told_number <> '';

-- Which currencies are priced in.
CREATE INDEX offer_currency ON offer (currency);

-- A rate that is not believed yet: too far from the last one, upside down, or of a day to come. Confirmed it becomes a rate.
CREATE TABLE offer_rate_held (
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  date TEXT NOT NULL,
  rate TEXT NOT NULL,
  source TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('change', 'upside_down', 'future')),
  known TEXT NOT NULL,
  held_at BIGINT NOT NULL,
  PRIMARY KEY (base, quote, date)
);

-- Somebody who wants to sell here: what they say about themselves, until the operator has decided. `organisation` is the seller
-- that came of it.
CREATE TABLE onboarding_application (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  legal_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  website TEXT NOT NULL,
  goods TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
  reason TEXT NOT NULL,
  organisation BIGINT,
  decided_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  decided_at BIGINT,
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((state = 'accepted') = (organisation IS NOT NULL))
);
CREATE INDEX onboarding_application_state ON onboarding_application (state, id);
CREATE INDEX onboarding_application_open ON onboarding_application (email) WHERE state = 'open';
CREATE INDEX onboarding_application_created_at ON onboarding_application (created_at);

-- Who an organisation is in law, and where goods come back to. Addresses are JSON; an empty text is none.
CREATE TABLE onboarding_profile (
  organisation BIGINT PRIMARY KEY,
  legal_name TEXT NOT NULL,
  register TEXT NOT NULL,
  address TEXT NOT NULL,
  return_address TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE onboarding_tax_number (
  organisation BIGINT NOT NULL,
  country TEXT NOT NULL,
  number TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (organisation, country, number)
);

-- Where an organisation is paid. A row is never changed but for its end: which account was paid at a time is told by it.
-- `secret` is the number, encrypted; `hint` its last four characters.
CREATE TABLE onboarding_bank_account (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('iban', 'account')),
  holder TEXT NOT NULL,
  country TEXT NOT NULL,
  bank_code TEXT NOT NULL,
  hint TEXT NOT NULL,
  secret TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  ended_at BIGINT
);
-- One account is paid at a time.
CREATE UNIQUE INDEX onboarding_bank_account_now ON onboarding_bank_account (organisation) WHERE ended_at IS NULL;
CREATE INDEX onboarding_bank_account_organisation ON onboarding_bank_account (organisation, added_at);

CREATE TABLE party_organisation (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('platform', 'seller')),
  country TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('active', 'suspended')),
  created_at BIGINT NOT NULL
);
-- There is one operator per installation; two claims at once cannot make two.
CREATE UNIQUE INDEX party_organisation_platform ON party_organisation (kind) WHERE kind = 'platform';
CREATE INDEX party_organisation_kind ON party_organisation (kind, id);
CREATE UNIQUE INDEX party_organisation_name ON party_organisation (name);

-- Nobody is here whose e-mail address was not proved: by the link of a mail, or by the word of the house. `acting_for` is the
-- organisation last chosen to act for, 0 for none; NULL until something was chosen.
CREATE TABLE party_person (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  country TEXT NOT NULL,
  acting_for BIGINT,
  created_at BIGINT NOT NULL
);

-- A wish for an account: an address, and nothing else, until the link of its mail was followed.
CREATE TABLE party_registration (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL,
  token_hash TEXT UNIQUE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_registration_email ON party_registration (email);
CREATE INDEX party_registration_expires_at ON party_registration (expires_at);

CREATE TABLE party_membership (
  person BIGINT NOT NULL REFERENCES party_person (id),
  organisation BIGINT NOT NULL REFERENCES party_organisation (id),
  role TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (person, organisation)
);
CREATE INDEX party_membership_organisation ON party_membership (organisation, person);

-- An offer of a role to whoever owns an e-mail address; one is open for each address and organisation. `proves` is 1 when its
-- link went to that address, or was made by the operator, who vouches for it: then the link may open an account.
CREATE TABLE party_invitation (
  id BIGINT PRIMARY KEY,
  organisation BIGINT NOT NULL REFERENCES party_organisation (id),
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  invited_by BIGINT NOT NULL,
  proves BIGINT NOT NULL CHECK (proves IN (0, 1)),
  token_hash TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (organisation, email)
);
CREATE INDEX party_invitation_email ON party_invitation (email, id);
CREATE INDEX party_invitation_expires_at ON party_invitation (expires_at);

CREATE TABLE party_session (
  token_hash TEXT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES party_person (id),
  organisation BIGINT NOT NULL,
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_session_person ON party_session (person);
CREATE INDEX party_session_expires_at ON party_session (expires_at);

CREATE TABLE party_api_key (
  id BIGINT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  organisation BIGINT NOT NULL REFERENCES party_organisation (id),
  person BIGINT NOT NULL,
  role TEXT NOT NULL,
  label TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX party_api_key_organisation ON party_api_key (organisation, id);

CREATE TABLE party_claim (
  token_hash TEXT PRIMARY KEY,
  created_at BIGINT NOT NULL
);

-- A wish for a new password. Its token is made when the mail is sent; a used or old row goes.
CREATE TABLE party_reset (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES party_person (id),
  token_hash TEXT UNIQUE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_reset_person ON party_reset (person);
CREATE INDEX party_reset_expires_at ON party_reset (expires_at);

CREATE TABLE party_address (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES party_person (id),
  address TEXT NOT NULL,
  preferred BIGINT NOT NULL,
  saved_at BIGINT NOT NULL
);
CREATE INDEX party_address_person ON party_address (person, id);

CREATE TABLE party_setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE party_attempt (
  key TEXT PRIMARY KEY,
  begun_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  count BIGINT NOT NULL
);
CREATE INDEX party_attempt_ends_at ON party_attempt (ends_at);

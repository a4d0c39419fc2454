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

-- Who is signed in where. `proof` is how they showed who they are; `seen_at` is written at most every five minutes; `expires_at`
-- is the latest that any role may have, the role in which it is used may end it sooner.
CREATE TABLE party_session (
  token_hash TEXT PRIMARY KEY,
  id BIGINT NOT NULL UNIQUE,
  person BIGINT NOT NULL REFERENCES party_person (id),
  organisation BIGINT NOT NULL,
  csrf TEXT NOT NULL,
  proof TEXT NOT NULL CHECK (proof IN ('password', 'totp', 'recovery', 'passkey')),
  agent TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_session_person ON party_session (person, id);
CREATE INDEX party_session_expires_at ON party_session (expires_at);

-- Devices on which somebody signed in, by the hash of a cookie's token: an attack from elsewhere does not shut them out.
CREATE TABLE party_device (
  id BIGINT PRIMARY KEY,
  token_hash TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES party_person (id),
  expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX party_device_token ON party_device (token_hash, person);
CREATE INDEX party_device_person ON party_device (person);
CREATE INDEX party_device_expires_at ON party_device (expires_at);

-- The authenticator app of a person. `last_step` is the last half minute of which a code was taken: no code is taken twice.
CREATE TABLE party_totp (
  person BIGINT PRIMARY KEY REFERENCES party_person (id),
  secret TEXT NOT NULL,
  last_step BIGINT NOT NULL,
  confirmed_at BIGINT
);

-- Codes for the day the phone is lost. A used one goes.
CREATE TABLE party_recovery (
  person BIGINT NOT NULL REFERENCES party_person (id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (person, code_hash)
);

-- Passkeys: the credential's id, its public key and its counter, in the encodings of webauthn_rp.
CREATE TABLE party_passkey (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES party_person (id),
  name TEXT NOT NULL,
  credential TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  counter TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX party_passkey_person ON party_passkey (person, id);

-- What was begun and waits for its second half: a sign-in for its code, a passkey for its answer. Good once.
CREATE TABLE party_ceremony (
  token_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('second_step', 'passkey_new', 'passkey_sign_in')),
  person BIGINT NOT NULL,
  state TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_ceremony_person ON party_ceremony (person);
CREATE INDEX party_ceremony_expires_at ON party_ceremony (expires_at);

-- A wish for another e-mail. Its token is made when the mail to the new address is sent.
CREATE TABLE party_email_change (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL UNIQUE REFERENCES party_person (id),
  email TEXT NOT NULL,
  token_hash TEXT UNIQUE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX party_email_change_expires_at ON party_email_change (expires_at);

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
CREATE INDEX party_api_key_person ON party_api_key (person) WHERE revoked_at IS NULL;

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

-- When what was tried under a key is earned again; a row in the past says nothing.
CREATE TABLE party_attempt (
  key TEXT PRIMARY KEY,
  earned_at BIGINT NOT NULL
);
CREATE INDEX party_attempt_earned_at ON party_attempt (earned_at);

-- Whom the shop works with outside, as its admins set it up. `settings` and `hints` are JSON of names and words; `secrets` is encrypted.
-- A payment provider or carrier that takes nothing new any more stays, inactive, for what it began.
CREATE TABLE party_connection (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  active BIGINT NOT NULL,
  settings TEXT NOT NULL,
  secrets TEXT NOT NULL,
  hints TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  tried_at BIGINT,
  fault TEXT NOT NULL,
  fault_says TEXT NOT NULL
);
CREATE UNIQUE INDEX party_connection_kind ON party_connection (kind) WHERE active = 1;

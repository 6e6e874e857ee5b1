-- Who may use the site on a network. No passwords: a person shows a passkey, or a code that works once. Times are seconds since 1970.
-- name_key: the name as it is compared. stamp: changes whenever every session of the account must end.
CREATE TABLE account (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL,
  name_key     TEXT NOT NULL UNIQUE,
  role         TEXT NOT NULL CHECK (role IN ('Reader', 'Head', 'Administrator')),
  stamp        TEXT NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  locked       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Codes that were not used yet, as SHA-256: with 80 random bits in each there is nothing to guess.
CREATE TABLE account_code (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  hash    BLOB NOT NULL,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- The public half of a passkey; the private half never leaves its owner's device.
CREATE TABLE passkey (
  id              BLOB PRIMARY KEY,
  account         INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name            TEXT NOT NULL,
  made            INTEGER NOT NULL,
  public_key      BLOB NOT NULL,
  sign_count      INTEGER NOT NULL,
  transports      TEXT NOT NULL,
  user_verified   INTEGER NOT NULL,
  backup_eligible INTEGER NOT NULL,
  backed_up       INTEGER NOT NULL,
  attestation     BLOB NOT NULL,
  client_data     BLOB NOT NULL
) STRICT;

CREATE TABLE invitation (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  hash  BLOB NOT NULL UNIQUE,
  role  TEXT NOT NULL CHECK (role IN ('Reader', 'Head', 'Administrator')),
  until INTEGER NOT NULL
) STRICT;

-- What happened with accounts: by whom, about whom. Numbers outlive the account that they meant.
CREATE TABLE account_log (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  account INTEGER,
  what    TEXT NOT NULL,
  about   INTEGER
) STRICT;

-- The salts of personal references in the ledger, apart from it. With its salt gone a commitment says nothing.
CREATE TABLE commitments (
  number     INTEGER PRIMARY KEY,
  commitment TEXT NOT NULL UNIQUE,
  salt       BLOB,
  made       TEXT NOT NULL,
  erased     TEXT
) STRICT;

-- The days of the public log: which entries of the office's ledger a day covers, and the secret from which its places and salts follow.
-- Its files in outgoing/log are made from these rows. A proof can be made as long as the seed is here.
CREATE TABLE public_days (
  number     INTEGER PRIMARY KEY,
  day        TEXT NOT NULL UNIQUE,
  from_entry INTEGER NOT NULL,
  entries    INTEGER NOT NULL,
  seed       BLOB NOT NULL,
  batch      TEXT NOT NULL,
  proved     TEXT
) STRICT;

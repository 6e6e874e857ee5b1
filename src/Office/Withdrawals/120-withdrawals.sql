-- Objections made after sending. A row names a sealed file by its hash and the school that signed it; no pupil stands in any column.
-- The states and what leads from one to the next: Withdrawals/WithdrawalStates.cs. watch: nobody in the register fits yet, and a delivery of before still waits.
CREATE TABLE withdrawals (
  about     TEXT PRIMARY KEY,
  school    TEXT NOT NULL REFERENCES schools (location),
  state     TEXT NOT NULL,
  signature BLOB NOT NULL,
  signed    TEXT NOT NULL,
  received  TEXT NOT NULL,
  watch     INTEGER NOT NULL DEFAULT 0,
  tombstone INTEGER
) STRICT;

-- What remains of a withdrawn pupil: SHA-256 of a salt and the RIN. The salt goes when no backup of before can be restored any more (until), and
-- then the row says nothing. Rows stay, so that their numbers count on.
CREATE TABLE tombstones (
  number     INTEGER PRIMARY KEY,
  commitment TEXT NOT NULL,
  salt       BLOB,
  signed     TEXT NOT NULL,
  received   TEXT NOT NULL,
  until      TEXT NOT NULL
) STRICT;

-- What each place answered: removed, not-applicable, or missing when its file was not there.
CREATE TABLE withdrawal_places (
  about   TEXT NOT NULL REFERENCES withdrawals (about),
  place   TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at      TEXT NOT NULL,
  PRIMARY KEY (about, place)
) STRICT;

-- The keys to which schools seal withdrawals, one a round; the private halves lie in keys/withdrawals until they are destroyed.
CREATE TABLE withdrawal_keys (
  number    INTEGER PRIMARY KEY,
  edition   TEXT NOT NULL UNIQUE,
  recipient TEXT NOT NULL,
  made      TEXT NOT NULL,
  destroyed TEXT
) STRICT;

-- Files that were taken out of use and must be overwritten and removed. Where instead_of is given, the file at path changes places with it first, until
-- that one has the hash sha256.
CREATE TABLE leftovers (
  path       TEXT PRIMARY KEY,
  instead_of TEXT,
  sha256     TEXT
) STRICT;

-- How long things are kept, where the office chose another term than the usual one.
CREATE TABLE terms (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

-- Uploads that are under way, and for a day those that were taken in; their bytes are in the folder uploads under their id. A sealed
-- delivery has a row only when a promise names it: a manifest that an enrolled school signed. Until then only small files are stored.
CREATE TABLE uploads (
  id      TEXT PRIMARY KEY,
  edition TEXT NOT NULL,
  name    TEXT NOT NULL,
  school  TEXT NOT NULL,
  bytes   INTEGER NOT NULL,
  sealed  INTEGER NOT NULL,
  day     TEXT NOT NULL,
  expires TEXT NOT NULL,
  taken   INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_name ON uploads (name);
CREATE INDEX uploads_by_day ON uploads (school, day);
CREATE INDEX uploads_under_way ON uploads (taken, sealed);

CREATE TABLE upload_promises (
  stem      TEXT PRIMARY KEY,
  manifest  BLOB NOT NULL,
  signature BLOB NOT NULL,
  bytes     INTEGER NOT NULL,
  expires   TEXT NOT NULL
) STRICT;

-- What was refused of whom we know by the signature, once for each sealed file and reason; and of all others only how often a day.
CREATE TABLE intake_refusals (
  ciphertext TEXT NOT NULL,
  code       TEXT NOT NULL,
  edition    TEXT NOT NULL,
  school     TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (ciphertext, code)
) STRICT;

CREATE TABLE intake_strangers (
  day   TEXT NOT NULL,
  code  TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (day, code)
) STRICT;

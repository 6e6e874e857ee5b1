-- The school's own store. A pupil is a person with a number that means nothing outside this file; keys and numbers are
-- how a person is recognised in the next export, so that an objection still holds when one of them changes.
-- What is personal is sealed (AES-256-GCM, see Vault.cs), each value for its own place; what is looked up is a keyed hash.
CREATE TABLE profile (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  location TEXT NOT NULL,
  name     TEXT NOT NULL
) STRICT;

CREATE TABLE import (
  id          INTEGER PRIMARY KEY,
  imported    TEXT NOT NULL,
  reference   TEXT NOT NULL,
  school_year TEXT NOT NULL,
  pupils      INTEGER NOT NULL,
  results     INTEGER NOT NULL,
  other_tests INTEGER NOT NULL
) STRICT;

CREATE TABLE import_file (
  import INTEGER NOT NULL REFERENCES import (id),
  kind   TEXT NOT NULL,
  bytes  INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE person (id INTEGER PRIMARY KEY) STRICT;

-- kind: bsn, onderwijsnummer, eck, key, or who (name and birth date, the last resort). mark: the keyed hash of the value.
CREATE TABLE identity (
  kind   TEXT NOT NULL,
  mark   BLOB NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (kind, mark)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_person ON identity (person);

-- The picture of the last export. Who is no longer in it has "gone" set and keeps only what a later objection needs.
-- identity: key, name, number, sex, birth date and address, sealed for pupil/<person>.
CREATE TABLE pupil (
  person     INTEGER PRIMARY KEY REFERENCES person (id),
  gone       INTEGER NOT NULL DEFAULT 0,
  identity   BLOB NOT NULL,
  year_group TEXT,
  file       TEXT NOT NULL,
  line       INTEGER NOT NULL
) STRICT;

-- The pupil's own year group in each school year, as the exports of that year gave it.
CREATE TABLE enrolment (
  person      INTEGER NOT NULL REFERENCES person (id),
  school_year INTEGER NOT NULL,
  year_group  INTEGER NOT NULL,
  PRIMARY KEY (person, school_year)
) STRICT, WITHOUT ROWID;

-- half: the edition whose tests the day belongs to; an export replaces the halves that it speaks of.
-- results: those of one person in one half, sealed for results/<person>/<half>.
CREATE TABLE result (
  person  INTEGER NOT NULL REFERENCES person (id),
  half    TEXT NOT NULL,
  results BLOB NOT NULL,
  PRIMARY KEY (person, half)
) STRICT, WITHOUT ROWID;

-- What reading the last export found, where what stood there is not kept.
CREATE TABLE finding (
  rule    TEXT NOT NULL,
  file    TEXT NOT NULL,
  line    INTEGER NOT NULL,
  col     TEXT NOT NULL,
  person  INTEGER,
  number  INTEGER NOT NULL
) STRICT;

CREATE TABLE informed (
  person INTEGER NOT NULL REFERENCES person (id),
  sent   TEXT NOT NULL,
  until  TEXT NOT NULL,
  PRIMARY KEY (person, sent)
) STRICT, WITHOUT ROWID;

-- No reason has a place here. The salt opens the ledger's commitment.
CREATE TABLE objection (
  id        INTEGER PRIMARY KEY,
  person    INTEGER NOT NULL REFERENCES person (id),
  asked     TEXT NOT NULL,
  withdrawn TEXT,
  salt      BLOB NOT NULL
) STRICT;

-- payload: the very bytes that will be sealed for the office, sealed for preview/<edition>.
CREATE TABLE preview (
  edition   TEXT PRIMARY KEY,
  made      TEXT NOT NULL,
  reference TEXT NOT NULL,
  pupils    INTEGER NOT NULL,
  results   INTEGER NOT NULL,
  bytes     INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  payload   BLOB NOT NULL
) STRICT;

-- line: where the pupil stands in the payload, from 0.
CREATE TABLE previewed (
  edition TEXT NOT NULL REFERENCES preview (edition) ON DELETE CASCADE,
  person  INTEGER NOT NULL,
  line    INTEGER NOT NULL,
  PRIMARY KEY (edition, person)
) STRICT, WITHOUT ROWID;

-- Who stays behind, and the first rule that keeps it.
CREATE TABLE preview_left_out (
  edition TEXT NOT NULL REFERENCES preview (edition) ON DELETE CASCADE,
  person  INTEGER NOT NULL,
  rule    TEXT NOT NULL,
  PRIMARY KEY (edition, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
  edition    TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  sealed     TEXT NOT NULL,
  approved   TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  manifest   TEXT NOT NULL,
  ciphertext TEXT NOT NULL,
  payload    TEXT NOT NULL,
  pupils     INTEGER NOT NULL,
  results    INTEGER NOT NULL,
  receipt    TEXT,
  PRIMARY KEY (edition, sequence)
) STRICT;

-- What was sent, byte for byte, sealed for sent/<edition>/<sequence>: to answer a parent who asks.
CREATE TABLE sent (
  edition  TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  payload  BLOB NOT NULL,
  PRIMARY KEY (edition, sequence)
) STRICT;

-- Whose data went along, and on which line of the payload: an objection after sending must reach the office.
CREATE TABLE delivered (
  edition  TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  PRIMARY KEY (edition, sequence, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE withdrawal (
  objection INTEGER PRIMARY KEY REFERENCES objection (id),
  sealed    TEXT NOT NULL,
  file      TEXT NOT NULL,
  sha256    TEXT NOT NULL
) STRICT;

CREATE TABLE report (
  sha256 TEXT PRIMARY KEY,
  opened TEXT NOT NULL,
  file   TEXT NOT NULL
) STRICT;

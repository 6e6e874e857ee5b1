-- Decisions for which two persons are needed: what was asked, and who said yes when. Persons are accounts by number and by the name they had.
CREATE TABLE decisions (
  number  INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,
  edition TEXT NOT NULL,
  details TEXT NOT NULL,
  asked   TEXT NOT NULL,
  ended   TEXT,
  outcome TEXT
) STRICT;

CREATE TABLE decision_voices (
  decision INTEGER NOT NULL REFERENCES decisions (number),
  account  INTEGER NOT NULL,
  name     TEXT NOT NULL,
  at       TEXT NOT NULL,
  PRIMARY KEY (decision, account)
) STRICT;

-- Who looked at what: the page, and which round or school. Kept for a year. account: empty for the one steward on the office's own computer.
CREATE TABLE views (
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  account INTEGER,
  page    TEXT NOT NULL,
  object  TEXT NOT NULL
) STRICT;
CREATE INDEX views_by_time ON views (at);

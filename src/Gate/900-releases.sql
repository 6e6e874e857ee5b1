-- What left, to whom, under which rules: the record as it stands in gate/releases.jsonl, and the cells beside it without their values.
CREATE TABLE releases (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT NOT NULL,
  artefact TEXT NOT NULL,
  record   BLOB NOT NULL,
  cells    TEXT NOT NULL,
  UNIQUE (id, artefact)
) STRICT;

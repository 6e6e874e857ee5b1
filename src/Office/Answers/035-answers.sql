-- What schools are told of a delivery or a withdrawal; no pupil is named. The files in the folder answers are made from these rows.
CREATE TABLE answers (
  number    INTEGER PRIMARY KEY,
  about     TEXT NOT NULL,
  school    TEXT NOT NULL,
  outcome   TEXT NOT NULL,
  answer    BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (about, outcome)
) STRICT;

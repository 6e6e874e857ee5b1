-- The cohort's files. A file belongs to the cohort only because a row names it with its hash.
CREATE TABLE cohort_parts (
  path    TEXT PRIMARY KEY,
  edition TEXT NOT NULL,
  subject TEXT NOT NULL,
  round   TEXT NOT NULL REFERENCES rounds (edition),
  rows    INTEGER NOT NULL,
  sha256  TEXT NOT NULL
) STRICT;

-- One row: what kind of home this is.
CREATE TABLE home (
  "only"   INTEGER PRIMARY KEY CHECK ("only" = 1),
  invented INTEGER NOT NULL CHECK (invented IN (0, 1)),
  created  TEXT NOT NULL
) STRICT;

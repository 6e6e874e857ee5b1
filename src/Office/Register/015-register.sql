-- The snapshots of the population register; the last row's file is the one that holds. No delivery updates it.
CREATE TABLE register_snapshots (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256  TEXT NOT NULL,
  as_of   TEXT NOT NULL,
  persons INTEGER NOT NULL
) STRICT;

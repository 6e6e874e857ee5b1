-- The board of each school (bevoegd gezag), by its number: it has the reports of all its schools.
CREATE TABLE boards (
  school TEXT NOT NULL PRIMARY KEY,
  board  TEXT NOT NULL
) STRICT;

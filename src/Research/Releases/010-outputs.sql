-- What left a project, in order: the request, and which of its cells were published, for the comparison with every later output.
CREATE TABLE outputs (
  number    INTEGER PRIMARY KEY AUTOINCREMENT,
  project   TEXT NOT NULL,
  name      TEXT NOT NULL,
  request   TEXT NOT NULL,
  published TEXT NOT NULL,
  UNIQUE (project, name)
) STRICT;

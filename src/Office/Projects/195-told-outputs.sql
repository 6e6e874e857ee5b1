-- What the research desk told of the outputs of a project: public tables are judged beside them from then on.
CREATE TABLE told_outputs (
  number  INTEGER PRIMARY KEY,
  project TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  figures INTEGER NOT NULL,
  taken   TEXT NOT NULL
) STRICT;

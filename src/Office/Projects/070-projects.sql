-- The research projects. A project's file is the one whose hash stands here; its key lies apart, in projects/<name>.key.
CREATE TABLE projects (
  name    TEXT PRIMARY KEY,
  edition TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  pupils  INTEGER NOT NULL,
  rows    INTEGER NOT NULL,
  created TEXT NOT NULL
) STRICT;

-- Who may deliver, with what they sign, and to which key their report is sealed.
CREATE TABLE schools (
  location    TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  province    TEXT NOT NULL,
  certificate BLOB NOT NULL UNIQUE,
  recipient   TEXT NOT NULL,
  enrolled    TEXT NOT NULL
) STRICT;

-- The board's agreement to take part: the school years (by the year in which they begin), who signed (a function), and when.
CREATE TABLE agreement (
  id        INTEGER PRIMARY KEY,
  signed    TEXT NOT NULL,
  signer    TEXT NOT NULL,
  from_year INTEGER NOT NULL,
  last_year INTEGER NOT NULL,
  withdrawn TEXT
) STRICT;

-- The head's approval of one preview, known by the hash of its bytes: of another preview it says nothing.
CREATE TABLE approval (
  edition  TEXT NOT NULL,
  payload  TEXT NOT NULL,
  approver TEXT NOT NULL,
  approved TEXT NOT NULL,
  PRIMARY KEY (edition, payload)
) STRICT;

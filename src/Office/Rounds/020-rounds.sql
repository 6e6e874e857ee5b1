-- A delivery round and what became of its key. The states and what leads from one to the next: Destruction/RoundStates.cs.
CREATE TABLE rounds (
  edition    TEXT PRIMARY KEY,
  state      TEXT NOT NULL,
  recipient  TEXT NOT NULL UNIQUE,
  holder_1   TEXT NOT NULL,
  holder_2   TEXT NOT NULL,
  opened     TEXT NOT NULL,
  linked     TEXT,
  approver_1 TEXT,
  approver_2 TEXT,
  intended   TEXT,
  destroyed  TEXT,
  certificate           BLOB,
  certificate_signature BLOB
) STRICT;

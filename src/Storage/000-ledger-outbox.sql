-- Entries wait here until the sequencer has written them to the ledger's tiles. The position is the place in the log plus one;
-- AUTOINCREMENT keeps it counting when the rows are gone.
CREATE TABLE ledger_outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  entry    BLOB NOT NULL
) STRICT;

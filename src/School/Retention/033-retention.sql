-- The school's own terms, in years; a kind without a row has the program's term.
CREATE TABLE retention_term (
  kind  TEXT PRIMARY KEY,
  years INTEGER NOT NULL CHECK (years BETWEEN 0 AND 50)
) STRICT;

-- Pupils whose line was cut from what was sent, so that its hash no longer is that of the manifest.
ALTER TABLE sent ADD COLUMN cut INTEGER NOT NULL DEFAULT 0;

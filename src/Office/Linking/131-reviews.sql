-- Possible links that wait for two people. Which pupils they are stands sealed in review/<ciphertext>.age; here are numbers only.
CREATE TABLE reviews (
  ciphertext TEXT PRIMARY KEY REFERENCES deliveries (ciphertext),
  edition    TEXT NOT NULL REFERENCES rounds (edition),
  possible   INTEGER NOT NULL,
  refused    INTEGER NOT NULL,
  pairs      INTEGER NOT NULL,
  judged_1   INTEGER NOT NULL,
  judged_2   INTEGER NOT NULL,
  linked     INTEGER NOT NULL
) STRICT;

ALTER TABLE rounds ADD COLUMN review_until TEXT;
ALTER TABLE rounds ADD COLUMN review_ended TEXT;
ALTER TABLE rounds ADD COLUMN review_end TEXT;
ALTER TABLE rounds ADD COLUMN reviewer_1 TEXT;
ALTER TABLE rounds ADD COLUMN reviewer_2 TEXT;

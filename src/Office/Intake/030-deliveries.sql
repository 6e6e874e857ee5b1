-- Deliveries as they came: the sealed file is in the folder intake under its hash, and exists only because a row names it.
-- The states and what leads from one to the next: Intake/DeliveryStates.cs.
CREATE TABLE deliveries (
  ciphertext TEXT PRIMARY KEY,
  edition    TEXT NOT NULL REFERENCES rounds (edition),
  school     TEXT NOT NULL REFERENCES schools (location),
  sequence   INTEGER NOT NULL,
  state      TEXT NOT NULL,
  manifest           BLOB NOT NULL,
  manifest_signature BLOB NOT NULL,
  payload    TEXT NOT NULL,
  received   TEXT NOT NULL,
  receipt           BLOB NOT NULL,
  receipt_signature BLOB NOT NULL,
  records    INTEGER,
  by_number  INTEGER,
  by_address INTEGER,
  possible   INTEGER,
  not_found  INTEGER,
  refused    INTEGER,
  fault      TEXT,
  UNIQUE (edition, school, sequence)
) STRICT;

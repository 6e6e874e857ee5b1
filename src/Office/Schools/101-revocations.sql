-- Certificates that count no longer, and since when: a computer that was lost. A fingerprint stays here for good, also when the school has a new one.
CREATE TABLE revocations (
  fingerprint TEXT PRIMARY KEY,
  school      TEXT NOT NULL REFERENCES schools (location),
  revoked     TEXT NOT NULL,
  lost        TEXT NOT NULL
) STRICT;

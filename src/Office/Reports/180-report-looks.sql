-- A board's permission that somebody at the office looks at one held report of one of its schools: until a day, entered by one person and agreed by another. Names stay here and in no ledger.
CREATE TABLE report_permissions (
  number         INTEGER PRIMARY KEY,
  edition        TEXT NOT NULL,
  school         TEXT NOT NULL,
  given_by       TEXT NOT NULL,
  given          TEXT NOT NULL,
  until          TEXT NOT NULL,
  first_account  INTEGER,
  first_name     TEXT NOT NULL,
  second_account INTEGER,
  second_name    TEXT,
  recorded       TEXT NOT NULL,
  ended          TEXT
) STRICT;

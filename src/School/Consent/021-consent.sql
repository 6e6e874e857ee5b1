-- Active consent of parents for a special category of data. by: the role of who wrote it down, no name. letter: the letter that asked.
-- The salt opens the ledger's commitment.
CREATE TABLE consent (
  id        INTEGER PRIMARY KEY,
  person    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  category  TEXT NOT NULL,
  given     TEXT NOT NULL,
  way       TEXT NOT NULL CHECK (way IN ('paper', 'email', 'portal', 'other')),
  recorder  TEXT NOT NULL,
  letter    INTEGER NOT NULL REFERENCES letter (id),
  withdrawn TEXT,
  salt      BLOB NOT NULL
) STRICT;

CREATE INDEX consent_person ON consent (person);

-- Values of fields that a set adds to the format, by name; sealed for extra/<person>.
CREATE TABLE extra (
  person INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  extras BLOB NOT NULL
) STRICT;

-- Who leaves takes them along: a later objection does not need them.
CREATE TRIGGER extra_goes AFTER UPDATE OF gone ON pupil WHEN NEW.gone = 1 BEGIN
  DELETE FROM extra WHERE person = NEW.person;
END;

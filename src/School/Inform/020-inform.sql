-- What the school set once for its letters: the details that stand in them, and the set of fields in use. Nothing of a pupil.
CREATE TABLE inform_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Sets of fields that were used here, file and all: what parents were told stays known.
CREATE TABLE field_set (
  name   TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  json   BLOB NOT NULL
) STRICT;

-- A letter that went out: when, until when parents can object, how, to whom (all, year groups, or single pupils), about which set.
-- hash: SHA-256 of the list of its texts as sha256sum writes it. undone: the day on which it turned out to be recorded by mistake.
CREATE TABLE letter (
  id        INTEGER PRIMARY KEY,
  sent      TEXT NOT NULL,
  until     TEXT NOT NULL,
  way       TEXT NOT NULL CHECK (way IN ('paper', 'email', 'portal', 'other')),
  readers   TEXT NOT NULL,
  field_set TEXT NOT NULL,
  recorded  TEXT NOT NULL,
  hash      TEXT NOT NULL,
  undone    TEXT
) STRICT;

-- The very text that parents got, by language and file name. No pupil is named in it.
CREATE TABLE letter_text (
  letter   INTEGER NOT NULL REFERENCES letter (id),
  language TEXT NOT NULL,
  file     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  html     BLOB NOT NULL,
  PRIMARY KEY (letter, language)
) STRICT, WITHOUT ROWID;

-- Whose parents had which letter.
CREATE TABLE informed_by_letter (
  letter INTEGER NOT NULL REFERENCES letter (id),
  person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  sent   TEXT NOT NULL,
  until  TEXT NOT NULL,
  PRIMARY KEY (letter, person)
) STRICT, WITHOUT ROWID;

-- Letters from before their texts were kept.
INSERT INTO letter (sent, until, way, readers, field_set, recorded, hash)
SELECT DISTINCT sent, until, 'other', 'all', 'nco-basis/1', sent || 'T00:00:00Z', '' FROM informed ORDER BY sent, until;
INSERT INTO informed_by_letter (letter, person, sent, until)
SELECT l.id, i.person, i.sent, i.until FROM informed i JOIN letter l ON l.sent = i.sent AND l.until = i.until;
DROP TABLE informed;
ALTER TABLE informed_by_letter RENAME TO informed;
CREATE INDEX informed_person ON informed (person);

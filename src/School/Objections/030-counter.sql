-- Which parent objected, as a place and not a name: parent-1, parent-2, guardian, or nothing when nobody asked. An objection stands until that
-- parent takes it back. recorded: the day it was written down, on which a slip of the pen can still be undone.
ALTER TABLE objection ADD COLUMN parent TEXT NOT NULL DEFAULT '';
ALTER TABLE objection ADD COLUMN recorded TEXT NOT NULL DEFAULT '';

-- When a pupil was first missing from an export: what is kept of who left is counted from that day.
CREATE TABLE departure (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  day    TEXT NOT NULL
) STRICT;

INSERT INTO departure (person, day)
SELECT person, (SELECT reference FROM import ORDER BY id DESC LIMIT 1) FROM pupil WHERE gone = 1 AND EXISTS (SELECT 1 FROM import);

-- The import writes its own row last, when it is known who stayed.
CREATE TRIGGER departure_by_import AFTER INSERT ON import BEGIN
  DELETE FROM departure WHERE person IN (SELECT person FROM pupil WHERE gone = 0);
  INSERT OR IGNORE INTO departure (person, day) SELECT person, NEW.reference FROM pupil WHERE gone = 1;
END;

-- An export can show that two persons are one; the objection then moves. What went along under the other name is the same child's.
CREATE TRIGGER deliveries_follow_objection AFTER UPDATE OF person ON objection BEGIN
  UPDATE OR IGNORE delivered SET person = NEW.person WHERE person = OLD.person;
END;

-- To which of the office's keys a message was sealed: those live for one round. Unknown ('') for messages of before.
ALTER TABLE withdrawal ADD COLUMN recipient TEXT NOT NULL DEFAULT '';

-- Messages that left and were sealed again to a newer key before an answer came: an answer about one of them is still this school's.
CREATE TABLE withdrawal_earlier (
  sha256    TEXT PRIMARY KEY,
  objection INTEGER NOT NULL REFERENCES objection (id) ON DELETE CASCADE
) STRICT;

CREATE TRIGGER answers_of_earlier_messages BEFORE DELETE ON objection BEGIN
  DELETE FROM answer WHERE about IN (SELECT sha256 FROM withdrawal_earlier WHERE objection = OLD.id);
END;

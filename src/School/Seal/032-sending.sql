-- The office as this school knows it: one row, filled as it becomes known. Its certificate lies in keys/office.cert.pem.
CREATE TABLE office (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  withdrawals TEXT,
  drop_folder TEXT
) STRICT;

INSERT INTO office (id) VALUES (1);

-- The rounds that the office announced, signed. notice: SHA-256 of the file.
CREATE TABLE round (
  edition   TEXT PRIMARY KEY,
  recipient TEXT NOT NULL,
  opens     TEXT NOT NULL,
  closes    TEXT NOT NULL,
  upload    TEXT,
  notice    TEXT NOT NULL,
  accepted  TEXT NOT NULL
) STRICT;

-- number: deliveries in the order of sealing, over all editions. sent: when its last file had arrived for the first time.
ALTER TABLE delivery ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN sent TEXT;
UPDATE delivery SET number = (SELECT count(*) FROM delivery d WHERE d.rowid <= delivery.rowid);

-- through: the last delivery that the message speaks of. A message that the office could not take in says nothing of any.
ALTER TABLE withdrawal ADD COLUMN through INTEGER NOT NULL DEFAULT 0;
ALTER TABLE withdrawal ADD COLUMN sent TEXT;
UPDATE withdrawal SET through = (SELECT coalesce(max(number), 0) FROM delivery);

-- How far each file came on its way to each place, so that a broken line or a killed program goes on where it was.
-- upload: the address the receiver gave for this file.
CREATE TABLE sending (
  file    TEXT NOT NULL,
  target  TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  upload  TEXT,
  arrived TEXT,
  PRIMARY KEY (file, target)
) STRICT, WITHOUT ROWID;

-- The office's signed answers. about: SHA-256 of the sealed file.
CREATE TABLE answer (
  sha256  TEXT PRIMARY KEY,
  about   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  outcome TEXT NOT NULL,
  pupils  INTEGER,
  linked  INTEGER,
  at      TEXT NOT NULL,
  file    TEXT NOT NULL
) STRICT;

CREATE INDEX answer_about ON answer (about);

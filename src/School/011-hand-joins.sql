-- What did not join by itself in the last import: the data of one pupil of another file, sealed for unjoined/<mark>.
-- mark: the keyed hash of how that file names the pupil. It is dropped when the next import no longer has it.
CREATE TABLE unjoined (
  mark BLOB PRIMARY KEY,
  rows BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What the school decided of it, which holds for every next import. person: whose it is; none: left out.
CREATE TABLE hand_join (
  mark    BLOB PRIMARY KEY,
  person  INTEGER REFERENCES person (id),
  decided TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the school said of the columns of a system's tables. mark: the keyed hash of the names of the columns.
-- mapping: the choices and the name of the system, sealed for mapping/<mark>.
CREATE TABLE column_mapping (
  mark    BLOB PRIMARY KEY,
  mapping BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The run over an edition's reports: it goes on where it stopped. A correction is a version of its own with its reason, for everybody or for one school.
CREATE TABLE report_runs (
  edition  TEXT NOT NULL,
  version  INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  started  TEXT NOT NULL,
  finished TEXT,
  PRIMARY KEY (edition, version)
) STRICT;

-- What became of each school's report in a run. Findings are codes and names of cells, one a line, never a value.
CREATE TABLE report_states (
  edition  TEXT NOT NULL,
  version  INTEGER NOT NULL,
  school   TEXT NOT NULL,
  state    TEXT NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (edition, version, school)
) STRICT;

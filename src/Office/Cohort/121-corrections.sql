-- How many of a file's results correct an earlier one of the same pupil, test and scale.
ALTER TABLE cohort_parts ADD COLUMN corrections INTEGER NOT NULL DEFAULT 0;

-- Of a linked round: results that correct an earlier one; results of another school that contradict one and were not taken; and pupils who
-- come into the cohort with results of a half-year in whose own round they were not linked.
ALTER TABLE rounds ADD COLUMN corrections INTEGER;
ALTER TABLE rounds ADD COLUMN contradictions INTEGER;
ALTER TABLE rounds ADD COLUMN recovered INTEGER;

-- What the office's own register files say of people beyond linking, joined on RIN: one file a variable and import, with the law that allows it.
CREATE TABLE background_parts (
  path     TEXT PRIMARY KEY,
  variable TEXT NOT NULL,
  as_of    TEXT NOT NULL,
  basis    TEXT NOT NULL,
  rows     INTEGER NOT NULL,
  sha256   TEXT NOT NULL
) STRICT;

-- The variables of background that a project's approval names, and the approval.
CREATE TABLE project_background (
  project  TEXT NOT NULL REFERENCES projects (name),
  variable TEXT NOT NULL,
  approval TEXT NOT NULL,
  PRIMARY KEY (project, variable)
) STRICT;

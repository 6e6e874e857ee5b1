-- The checkpoint that is printed on an edition's reports: the same each time a report is made again, so that the same cohort gives the same bytes.
CREATE TABLE printed_checkpoints (
  edition    TEXT PRIMARY KEY,
  checkpoint TEXT NOT NULL
) STRICT;

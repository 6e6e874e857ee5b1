-- What linking learned and decided in a round, without a pupil: the model and the summary as JSON, patterns of agreement as counts.
CREATE TABLE link_models (
  edition TEXT PRIMARY KEY REFERENCES rounds (edition),
  pupils  INTEGER NOT NULL,
  model   TEXT NOT NULL,
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE link_patterns (
  edition TEXT NOT NULL REFERENCES rounds (edition),
  pass    TEXT NOT NULL,
  outcome TEXT NOT NULL,
  pattern TEXT NOT NULL,
  pairs   INTEGER NOT NULL,
  PRIMARY KEY (edition, pass, outcome, pattern)
) STRICT;

-- Links that a later round found wrong and two people corrected: what a school delivered under one RIN belongs to another.
CREATE TABLE link_corrections (
  number     INTEGER PRIMARY KEY,
  edition    TEXT NOT NULL REFERENCES rounds (edition),
  school     TEXT NOT NULL,
  rin_before TEXT NOT NULL,
  rin_after  TEXT NOT NULL
) STRICT;

ALTER TABLE deliveries ADD COLUMN by_probability INTEGER;
ALTER TABLE deliveries ADD COLUMN by_review INTEGER;

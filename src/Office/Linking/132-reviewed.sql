-- What people said of pairs that waited, as counts by kind: it updates what is thought of the round's links. Sums of probabilities are in millionths.
CREATE TABLE link_reviewed (
  edition TEXT NOT NULL REFERENCES rounds (edition),
  stratum TEXT NOT NULL,
  pairs   INTEGER NOT NULL,
  told    INTEGER NOT NULL,
  judged  INTEGER NOT NULL,
  one     INTEGER NOT NULL,
  linked  INTEGER NOT NULL,
  PRIMARY KEY (edition, stratum)
) STRICT;

ALTER TABLE link_models ADD COLUMN links INTEGER;
ALTER TABLE link_models ADD COLUMN true_links INTEGER;
ALTER TABLE link_models ADD COLUMN partners INTEGER;

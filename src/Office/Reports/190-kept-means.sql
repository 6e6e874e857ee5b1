-- The mean of all schools over a step as it was when a report first told of it: a trend measures every half-year against that, so that a result that came late, or a pupil who was withdrawn, is not told by the difference.
-- Terms are the sum as the release memory keeps it. No value of a pupil.
CREATE TABLE kept_means (
  edition    TEXT NOT NULL,
  subject    TEXT NOT NULL,
  scale      TEXT NOT NULL,
  year_group INTEGER NOT NULL,
  pupils     INTEGER NOT NULL,
  total      INTEGER NOT NULL,
  squares    INTEGER NOT NULL,
  schools    INTEGER NOT NULL,
  statistic  TEXT NOT NULL,
  terms      TEXT NOT NULL,
  PRIMARY KEY (edition, subject, scale, year_group)
) STRICT;

-- Levels of gaps between groups that a school cannot see, as they were shown to it, with the national parameters by which they were made: later reports are judged beside them. No value of a pupil.
CREATE TABLE unseen_levels (
  edition  TEXT NOT NULL,
  version  INTEGER NOT NULL,
  school   TEXT NOT NULL,
  variable TEXT NOT NULL,
  subject  TEXT NOT NULL,
  scale    TEXT NOT NULL,
  level    INTEGER NOT NULL,
  made     TEXT NOT NULL,
  PRIMARY KEY (edition, version, school, variable, subject, scale, level, made)
) STRICT;

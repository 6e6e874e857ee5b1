-- What every audience has, as functionals of the pupils' values. A pupil is a random handle; the only way from a person to a handle is a row here, which goes when the pupil is withdrawn.
CREATE TABLE release_handles (
  identity TEXT NOT NULL PRIMARY KEY,
  handle   INTEGER NOT NULL UNIQUE
) STRICT;

-- A set of handles, each with the number of the correction of its value, known by its hash: the mean of all schools stands in every report and here once.
CREATE TABLE release_sets (
  digest TEXT NOT NULL PRIMARY KEY,
  units  BLOB NOT NULL
) STRICT;

-- A number that somebody has or may not have: the alternating sum of a statistic over sets at moments (terms: moment:digest, ...). The receiver is the school or project; empty for the public.
-- Shown, or hidden: then no later release may give it away. Own: it is over values that the receiver knows anyway.
CREATE TABLE release_sums (
  number    INTEGER PRIMARY KEY,
  audience  TEXT NOT NULL,
  receiver  TEXT NOT NULL,
  release   TEXT NOT NULL,
  cell      TEXT NOT NULL,
  statistic TEXT NOT NULL,
  terms     TEXT NOT NULL,
  own       INTEGER NOT NULL,
  shown     INTEGER NOT NULL,
  UNIQUE (audience, receiver, statistic, terms, shown)
) STRICT;

-- Whose values a receiver knows of itself, at which moment: a school its own pupils'.
CREATE TABLE release_known (
  audience TEXT NOT NULL,
  receiver TEXT NOT NULL,
  moment   INTEGER NOT NULL,
  digest   TEXT NOT NULL,
  UNIQUE (audience, receiver, moment, digest)
) STRICT;

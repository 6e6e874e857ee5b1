-- A round that a steward closed for deliveries. Opening it again takes the row away; linking closes it for good by its state.
CREATE TABLE round_closings (
  edition TEXT PRIMARY KEY REFERENCES rounds (edition),
  closed  TEXT NOT NULL
) STRICT;

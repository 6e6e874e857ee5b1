-- Which schools got a report while a board had them: it has what they all have. A school that changes boards is known to both.
CREATE TABLE release_boards (
  board    TEXT NOT NULL,
  receiver TEXT NOT NULL,
  PRIMARY KEY (board, receiver)
) STRICT;

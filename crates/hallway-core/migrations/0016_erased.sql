-- What was erased: when, how much of what, what stays by decision; and the numbers of the rows that went, so that they go
-- again from a backup that has them. No name, no address, no word of anybody's.
CREATE TABLE erasures (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  at          INTEGER NOT NULL,           -- instant, ms UTC
  why         TEXT NOT NULL,              -- asked · trash
  people      INTEGER NOT NULL,
  gone        TEXT NOT NULL,              -- JSON: how many rows of which table
  kept        TEXT NOT NULL,              -- JSON: table, row and column of the texts that name them still
  blanked     INTEGER NOT NULL,           -- texts about others whose words were taken out
  suppressed  INTEGER NOT NULL,           -- addresses that are never written to again
  backups     TEXT NOT NULL,              -- JSON: names of the backups that were written anew
  traces      INTEGER NOT NULL,           -- 1 until the file itself was written anew
  finished_at INTEGER                     -- instant, ms UTC; none while something is left to do
) STRICT, WITHOUT ROWID;

CREATE TABLE erased (
  tbl     TEXT NOT NULL,
  row_id  BLOB NOT NULL,
  erasure BLOB NOT NULL REFERENCES erasures (id),
  PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_erasure ON erased (erasure);

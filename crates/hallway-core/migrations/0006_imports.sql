-- An import that is under way: what was asked of it, and how far it is. Whatever interrupts it, the next start finds it
-- here and asks; the row goes with the last batch.
CREATE TABLE import_runs (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind       TEXT NOT NULL,               -- table
  path       TEXT,                        -- where the file lies on this machine, while it is needed
  file_name  TEXT NOT NULL,
  file_hash  TEXT NOT NULL,
  request    TEXT NOT NULL,               -- JSON
  phase      TEXT NOT NULL,               -- rows · taking_back
  operation  INTEGER REFERENCES operations (id),
  rows       INTEGER NOT NULL,            -- rows of the file that are dealt with
  done       TEXT NOT NULL,               -- JSON of the counts
  started_at INTEGER NOT NULL
) STRICT;

-- What the columns of a layout mean, as somebody said it once.
CREATE TABLE import_layouts (
  headers TEXT PRIMARY KEY,               -- SHA-256 of the headers in their order
  mapping TEXT NOT NULL,                  -- JSON, one entry per column
  days    TEXT NOT NULL,                  -- JSON: which number comes first in its days, by column
  used_at INTEGER NOT NULL
) STRICT;

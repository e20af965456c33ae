-- What left Hallway as a file. No names and no addresses: a line stays when somebody is erased.
CREATE TABLE exports_made (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  at         INTEGER NOT NULL,            -- instant, ms UTC
  list_id    BLOB REFERENCES lists (id),
  filter     TEXT,                        -- the fields it asked for, without what somebody looked for
  purpose    TEXT NOT NULL,               -- for_myself · one_to_one · list_mail · swag_post · recruiting_intro · sales_intro
  channel    TEXT NOT NULL,               -- a kind of contact point
  template   TEXT NOT NULL,
  columns    TEXT NOT NULL,               -- JSON list of keys
  included   INTEGER NOT NULL,
  left_out   TEXT NOT NULL,               -- JSON: how many, by reason
  file_name  TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;
CREATE INDEX exports_made_created ON exports_made (created_op);
CREATE INDEX exports_made_at ON exports_made (at);

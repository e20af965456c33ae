-- A line as it was typed, and what became of it. Lines that wait for the evening have nobody yet.
CREATE TABLE captures (
  rid           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  text          TEXT NOT NULL,            -- as typed
  person_id     BLOB REFERENCES people (id),        -- whom it is about; of a line that waits, who was chosen
  touchpoint_id BLOB REFERENCES touchpoints (id),   -- what it was saved as
  reviewed      INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;
CREATE INDEX captures_created ON captures (created_op);
CREATE INDEX captures_person ON captures (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX captures_touchpoint ON captures (touchpoint_id) WHERE touchpoint_id IS NOT NULL;
CREATE INDEX captures_to_review ON captures (created_at) WHERE reviewed = 0 AND deleted_at IS NULL;

-- What is being typed, and lines that are being saved: on disk before anybody reads them, and gone once they are saved.
CREATE TABLE unsaved_lines (
  key  TEXT PRIMARY KEY,                  -- 'line': what stands in the line; otherwise the id of one that is being saved
  text TEXT NOT NULL,
  at   INTEGER NOT NULL                   -- instant, ms UTC
) STRICT, WITHOUT ROWID;

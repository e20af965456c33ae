-- What somebody wants to see again and again, lists of people, and what left Hallway as a file.
CREATE TABLE views (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT NOT NULL,
  filter     TEXT NOT NULL,               -- in the language of filters; empty is everybody
  sort       TEXT NOT NULL,               -- name · organisation · stage · country · last_touch · added
  descending INTEGER NOT NULL,
  layout     TEXT NOT NULL,               -- list · board · grouped
  columns    TEXT NOT NULL,               -- JSON list of keys, in their order; empty is the usual ones
  position   INTEGER NOT NULL,            -- rising from the top
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;
CREATE INDEX views_created ON views (created_op);

CREATE TABLE lists (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT NOT NULL,
  filter     TEXT,                        -- whoever it finds; none: those who were put on it
  note       TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;
CREATE INDEX lists_created ON lists (created_op);

CREATE TABLE list_people (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  list_id    BLOB NOT NULL REFERENCES lists (id),
  person_id  BLOB NOT NULL REFERENCES people (id),
  why        TEXT,
  on_day     TEXT NOT NULL,               -- YYYY-MM-DD: when they were put on it
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX list_people_list ON list_people (list_id, person_id);
CREATE INDEX list_people_person ON list_people (person_id, list_id);
CREATE INDEX list_people_created ON list_people (created_op);

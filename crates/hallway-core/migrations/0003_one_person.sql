-- One person once. A row that is the same person as another one says so in `merged_into`; both stay as they were typed.
ALTER TABLE people ADD COLUMN merged_into BLOB REFERENCES people (id);
-- Derived from it, never in the history: the row at the end of the chain, which stands for the whole person. Its own id
-- for nearly everybody. Whatever hangs on a person is read through it.
ALTER TABLE people ADD COLUMN root BLOB;
UPDATE people SET root = id;
CREATE INDEX people_root ON people (root);
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;

-- A person counts once, however many rows they are.
DROP TRIGGER people_tally_in;
DROP TRIGGER people_tally_out;
DROP TRIGGER people_tally_move;
CREATE TRIGGER people_tally_in AFTER INSERT ON people WHEN new.deleted_at IS NULL AND new.root IS new.id BEGIN
  UPDATE tally SET people = people + 1;
END;
CREATE TRIGGER people_tally_out AFTER DELETE ON people WHEN old.deleted_at IS NULL AND old.root IS old.id BEGIN
  UPDATE tally SET people = people - 1;
END;
CREATE TRIGGER people_tally_move AFTER UPDATE OF deleted_at, root ON people
WHEN (old.deleted_at IS NULL AND old.root IS old.id) <> (new.deleted_at IS NULL AND new.root IS new.id) BEGIN
  UPDATE tally SET people = people + iif(new.deleted_at IS NULL AND new.root IS new.id, 1, -1);
END;

-- "Not the same": two people who look like one and are two. An unordered pair, the smaller id first.
CREATE TABLE told_apart (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  one        BLOB NOT NULL REFERENCES people (id),
  other      BLOB NOT NULL REFERENCES people (id),
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX told_apart_one ON told_apart (one);
CREATE INDEX told_apart_other ON told_apart (other);
CREATE INDEX told_apart_created ON told_apart (created_op);

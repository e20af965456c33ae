-- The rules of the journey become rows like all others: with an id, an operation that made them, and a way back.
-- So far every file has only those of version 1, whose id is the UUIDv5 of ('journey_configs', '1').
CREATE TABLE rules_as_rows (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the version
  version    INTEGER NOT NULL,
  config     TEXT NOT NULL,               -- JSON
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
INSERT INTO rules_as_rows (id, version, config, created_op)
  SELECT x'8d804f88fc3b5f4b820284e63bf2758c', version, config, (SELECT min(id) FROM operations)
  FROM journey_configs WHERE version = 1 AND EXISTS (SELECT 1 FROM operations);
DROP TABLE journey_configs;
ALTER TABLE rules_as_rows RENAME TO journey_configs;
CREATE INDEX journey_configs_created ON journey_configs (created_op);

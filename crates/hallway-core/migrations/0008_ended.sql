-- An operation that went on over many transactions stands in the history where it ended, after whatever was done meanwhile.
ALTER TABLE operations ADD COLUMN ended INTEGER;      -- the newest operation there was by then; null: it ended as it began
ALTER TABLE operations ADD COLUMN ended_at INTEGER;   -- instant, ms UTC
CREATE INDEX operations_ended ON operations (coalesce(ended, id), id DESC);

-- Where in its file an import goes on, for a file that is not read from the first row to the last.
ALTER TABLE import_runs ADD COLUMN place TEXT;        -- JSON; null: after so many rows

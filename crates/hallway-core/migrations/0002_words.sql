-- The index of words follows the entries that have a note. Over all of them it could not be checked against what it
-- indexes: an entry without a note would count as one that is missing.
DROP TABLE notes;
CREATE VIEW noted AS SELECT rid, note FROM touchpoints WHERE note IS NOT NULL;
CREATE VIRTUAL TABLE notes USING fts5 (
  note, content = 'noted', content_rowid = 'rid', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO notes (notes, rank) VALUES ('secure-delete', 1);
INSERT INTO notes (notes) VALUES ('rebuild');

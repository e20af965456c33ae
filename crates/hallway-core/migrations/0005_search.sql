-- The words of everything that is told about somebody: what was said with them, word for word, and what is kept about
-- them. Scripts that put no space between words are cut into overlapping pairs of letters (索引が大 becomes 索引 引が が大 大),
-- so that any part of them is found; the last letter stands alone, so that a single one is found too.
DROP TRIGGER touchpoints_note_in;
DROP TRIGGER touchpoints_note_out;
DROP TRIGGER touchpoints_note_edit;
DROP TABLE notes;
DROP VIEW noted;

-- What is read as one text. People stand below zero, since both count their rows from one.
CREATE VIEW told AS
  SELECT rid AS place, 'entry' AS about, rid, coalesce(note, '') || char(10) || coalesce(quote, '') AS text
  FROM touchpoints WHERE note IS NOT NULL OR quote IS NOT NULL
  UNION ALL
  SELECT -rid, 'person', rid, coalesce(notes, '') || char(10) || coalesce(building_now, '') || char(10) || coalesce(challenges, '')
  FROM people WHERE notes IS NOT NULL OR building_now IS NOT NULL OR challenges IS NOT NULL;

-- By blocks, because finding the n-th letter of a text takes as long as the text before it.
CREATE VIEW noted AS
  SELECT place, about, rid, CASE WHEN text GLOB '*[々-〇ぁ-ヿ㐀-䶿一-鿿가-힣豈-龎ｦ-ﾟ𠀀-𲎯]*' THEN (
    WITH RECURSIVE
      blocks (at, block) AS (
        SELECT 1, substr(text, 1, 257)
        UNION ALL SELECT at + 256, substr(text, at + 256, 257) FROM blocks WHERE at + 256 <= length(text)
      ),
      places (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM places WHERE n < 256)
    SELECT group_concat(piece, '') FROM (
      SELECT CASE WHEN substr(block, n, 1) GLOB '[々-〇ぁ-ヿ㐀-䶿一-鿿가-힣豈-龎ｦ-ﾟ𠀀-𲎯]'
             THEN ' ' || substr(block, n, 1 + (substr(block, n + 1, 1) GLOB '[々-〇ぁ-ヿ㐀-䶿一-鿿가-힣豈-龎ｦ-ﾟ𠀀-𲎯]')) || ' '
             ELSE substr(block, n, 1) END AS piece
      FROM blocks, places WHERE n <= length(block) ORDER BY at, n
    )
  ) ELSE text END AS note
  FROM told;

CREATE VIRTUAL TABLE notes USING fts5 (
  note, content = 'noted', content_rowid = 'place', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO notes (notes, rank) VALUES ('secure-delete', 1);
INSERT INTO notes (notes) VALUES ('rebuild');

-- What an index forgets must be said to it as it was, so it is said before the row is another one.
CREATE TRIGGER touchpoints_note_in AFTER INSERT ON touchpoints WHEN new.note IS NOT NULL OR new.quote IS NOT NULL BEGIN
  INSERT INTO notes (rowid, note) SELECT place, note FROM noted WHERE about = 'entry' AND rid = new.rid;
END;
CREATE TRIGGER touchpoints_note_out BEFORE DELETE ON touchpoints WHEN old.note IS NOT NULL OR old.quote IS NOT NULL BEGIN
  INSERT INTO notes (notes, rowid, note) SELECT 'delete', place, note FROM noted WHERE about = 'entry' AND rid = old.rid;
END;
CREATE TRIGGER touchpoints_note_before BEFORE UPDATE OF note, quote ON touchpoints
WHEN old.note IS NOT new.note OR old.quote IS NOT new.quote BEGIN
  INSERT INTO notes (notes, rowid, note) SELECT 'delete', place, note FROM noted WHERE about = 'entry' AND rid = old.rid;
END;
CREATE TRIGGER touchpoints_note_after AFTER UPDATE OF note, quote ON touchpoints
WHEN old.note IS NOT new.note OR old.quote IS NOT new.quote BEGIN
  INSERT INTO notes (rowid, note) SELECT place, note FROM noted WHERE about = 'entry' AND rid = new.rid;
END;
CREATE TRIGGER people_note_in AFTER INSERT ON people
WHEN new.notes IS NOT NULL OR new.building_now IS NOT NULL OR new.challenges IS NOT NULL BEGIN
  INSERT INTO notes (rowid, note) SELECT place, note FROM noted WHERE about = 'person' AND rid = new.rid;
END;
CREATE TRIGGER people_note_out BEFORE DELETE ON people
WHEN old.notes IS NOT NULL OR old.building_now IS NOT NULL OR old.challenges IS NOT NULL BEGIN
  INSERT INTO notes (notes, rowid, note) SELECT 'delete', place, note FROM noted WHERE about = 'person' AND rid = old.rid;
END;
CREATE TRIGGER people_note_before BEFORE UPDATE OF notes, building_now, challenges ON people
WHEN old.notes IS NOT new.notes OR old.building_now IS NOT new.building_now OR old.challenges IS NOT new.challenges BEGIN
  INSERT INTO notes (notes, rowid, note) SELECT 'delete', place, note FROM noted WHERE about = 'person' AND rid = old.rid;
END;
CREATE TRIGGER people_note_after AFTER UPDATE OF notes, building_now, challenges ON people
WHEN old.notes IS NOT new.notes OR old.building_now IS NOT new.building_now OR old.challenges IS NOT new.challenges BEGIN
  INSERT INTO notes (rowid, note) SELECT place, note FROM noted WHERE about = 'person' AND rid = new.rid;
END;

-- Words are indexed at the end of a write, all of them at once. Told of each row by its trigger, the index went to the disk
-- with every statement of a transaction. What is due here is due only inside one: whoever writes by Hallway indexes it before
-- the commit, and what another program leaves is indexed when the file is opened, or with the next write.
DROP TRIGGER touchpoints_note_in;
DROP TRIGGER touchpoints_note_out;
DROP TRIGGER touchpoints_note_before;
DROP TRIGGER touchpoints_note_after;
DROP TRIGGER people_note_in;
DROP TRIGGER people_note_out;
DROP TRIGGER people_note_before;
DROP TRIGGER people_note_after;

CREATE TABLE words_due (
  place   INTEGER PRIMARY KEY,            -- as in the index: entries above zero, people below
  indexed TEXT                            -- the text the index has there, which it must be told to forget it
) STRICT;

-- Of a row that is written again and again the first text is the one the index knows.
CREATE TRIGGER touchpoints_words_in AFTER INSERT ON touchpoints WHEN new.note IS NOT NULL OR new.quote IS NOT NULL BEGIN
  INSERT INTO words_due (place) SELECT new.rid WHERE new.rid NOT IN (SELECT place FROM words_due);
END;
CREATE TRIGGER touchpoints_words_out BEFORE DELETE ON touchpoints WHEN old.note IS NOT NULL OR old.quote IS NOT NULL BEGIN
  INSERT INTO words_due SELECT old.rid, (SELECT note FROM noted WHERE about = 'entry' AND rid = old.rid)
  WHERE old.rid NOT IN (SELECT place FROM words_due);
END;
CREATE TRIGGER touchpoints_words_edit BEFORE UPDATE OF note, quote ON touchpoints
WHEN old.note IS NOT new.note OR old.quote IS NOT new.quote BEGIN
  INSERT INTO words_due SELECT old.rid, (SELECT note FROM noted WHERE about = 'entry' AND rid = old.rid)
  WHERE old.rid NOT IN (SELECT place FROM words_due);
END;
CREATE TRIGGER people_words_in AFTER INSERT ON people
WHEN new.notes IS NOT NULL OR new.building_now IS NOT NULL OR new.challenges IS NOT NULL BEGIN
  INSERT INTO words_due (place) SELECT -new.rid WHERE -new.rid NOT IN (SELECT place FROM words_due);
END;
CREATE TRIGGER people_words_out BEFORE DELETE ON people
WHEN old.notes IS NOT NULL OR old.building_now IS NOT NULL OR old.challenges IS NOT NULL BEGIN
  INSERT INTO words_due SELECT -old.rid, (SELECT note FROM noted WHERE about = 'person' AND rid = old.rid)
  WHERE -old.rid NOT IN (SELECT place FROM words_due);
END;
CREATE TRIGGER people_words_edit BEFORE UPDATE OF notes, building_now, challenges ON people
WHEN old.notes IS NOT new.notes OR old.building_now IS NOT new.building_now OR old.challenges IS NOT new.challenges BEGIN
  INSERT INTO words_due SELECT -old.rid, (SELECT note FROM noted WHERE about = 'person' AND rid = old.rid)
  WHERE -old.rid NOT IN (SELECT place FROM words_due);
END;

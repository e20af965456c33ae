-- The schema of a Hallway file, for readers. Generated from the migrations; do not edit.

CREATE TABLE cadences (
  rid          INTEGER PRIMARY KEY,
  id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id    BLOB REFERENCES people (id),
  tag_id       BLOB REFERENCES tags (id),
  ideal_days   INTEGER NOT NULL,
  longest_days INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX cadences_created ON cadences (created_op);

CREATE INDEX cadences_person ON cadences (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX cadences_tag ON cadences (tag_id) WHERE tag_id IS NOT NULL;

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

CREATE INDEX captures_text ON captures (text) WHERE deleted_at IS NULL;

CREATE INDEX captures_to_review ON captures (created_at) WHERE reviewed = 0 AND deleted_at IS NULL;

CREATE INDEX captures_touchpoint ON captures (touchpoint_id) WHERE touchpoint_id IS NOT NULL;

CREATE TABLE change_people (
  change INTEGER NOT NULL REFERENCES changes (id),
  person BLOB    NOT NULL,
  PRIMARY KEY (change, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_people_person ON change_people (person);

CREATE TABLE changes (
  id        INTEGER PRIMARY KEY,
  operation INTEGER NOT NULL REFERENCES operations (id),
  op        TEXT    NOT NULL,             -- update · remove · insert (a taken-back creation, kept for redo)
  tbl       TEXT    NOT NULL,
  row_id    BLOB    NOT NULL,
  old       TEXT,                         -- JSON of the columns concerned
  new       TEXT
) STRICT;

CREATE INDEX changes_operation ON changes (operation);

CREATE INDEX changes_row ON changes (row_id, tbl);

CREATE TABLE contact_bases (
  rid              INTEGER PRIMARY KEY,
  id               BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  contact_point_id BLOB NOT NULL REFERENCES contact_points (id),
  purpose          TEXT NOT NULL,         -- one_to_one · list_mail · swag_post · recruiting_intro · sales_intro
  basis            TEXT NOT NULL,         -- unknown · they_wrote_first · said_yes_in_person · opted_in · existing_user · public_work_one_to_one · objected
  evidence         TEXT,
  touchpoint_id    BLOB,                  -- the entry that shows it, which may be gone since
  recorded_on      TEXT NOT NULL,         -- YYYY-MM-DD
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX contact_bases_created ON contact_bases (created_op);

CREATE INDEX contact_bases_point ON contact_bases (contact_point_id, purpose);

CREATE TABLE contact_points (
  rid          INTEGER PRIMARY KEY,
  id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id    BLOB NOT NULL REFERENCES people (id),
  kind         TEXT NOT NULL,
  value        TEXT NOT NULL,             -- as typed
  value_norm   TEXT NOT NULL,             -- as compared
  norm_version INTEGER NOT NULL,
  is_primary   INTEGER NOT NULL DEFAULT 0,
  status       TEXT NOT NULL,             -- ok · bounced · opted_out · wrong_person
  source       TEXT NOT NULL,             -- they_gave_it · public_profile · github · badge · list_signup · colleague · import
  source_note  TEXT,
  obtained_on  TEXT NOT NULL,             -- YYYY-MM-DD
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX contact_points_created ON contact_points (created_op);

CREATE INDEX contact_points_not_ok ON contact_points (kind, value_norm) WHERE status <> 'ok';

CREATE INDEX contact_points_person ON contact_points (person_id);

CREATE INDEX contact_points_value ON contact_points (value_norm, kind);

CREATE TABLE erased (
  tbl     TEXT NOT NULL,
  row_id  BLOB NOT NULL,
  erasure BLOB NOT NULL REFERENCES erasures (id),
  PRIMARY KEY (tbl, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX erased_erasure ON erased (erasure);

CREATE TABLE erasures (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  at          INTEGER NOT NULL,           -- instant, ms UTC
  why         TEXT NOT NULL,              -- asked · trash
  people      INTEGER NOT NULL,
  gone        TEXT NOT NULL,              -- JSON: how many rows of which table
  kept        TEXT NOT NULL,              -- JSON: table, row and column of the texts that name them still
  blanked     INTEGER NOT NULL,           -- texts about others whose words were taken out
  suppressed  INTEGER NOT NULL,           -- addresses that are never written to again
  backups     TEXT NOT NULL,              -- JSON: names of the backups that were written anew
  traces      INTEGER NOT NULL,           -- 1 until the file itself was written anew
  finished_at INTEGER                     -- instant, ms UTC; none while something is left to do
) STRICT, WITHOUT ROWID;

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

CREATE INDEX exports_made_at ON exports_made (at);

CREATE INDEX exports_made_created ON exports_made (created_op);

CREATE TABLE field_values (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  person_id  BLOB NOT NULL REFERENCES people (id),
  field_id   BLOB NOT NULL REFERENCES fields (id),
  raw        TEXT NOT NULL,
  number     REAL,
  date       TEXT,
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX field_values_created ON field_values (created_op);

CREATE INDEX field_values_field ON field_values (field_id);

CREATE INDEX field_values_person ON field_values (person_id);

CREATE TABLE fields (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  key        TEXT NOT NULL,               -- fixed
  label      TEXT NOT NULL,               -- free
  kind       TEXT NOT NULL,               -- text · number · date · choice · yes_no
  choices    TEXT NOT NULL,               -- JSON list
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX fields_created ON fields (created_op);

CREATE TABLE followups (
  rid           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind          TEXT NOT NULL,            -- promise · check_in · reply_check · deadline
  text          TEXT NOT NULL,
  person_id     BLOB REFERENCES people (id),
  touchpoint_id BLOB REFERENCES touchpoints (id),   -- the entry it was promised in
  due           TEXT NOT NULL,            -- YYYY-MM-DD as given; snoozing never moves it
  at            INTEGER,                  -- instant, ms UTC; only when the minute matters
  zone          TEXT,                     -- IANA: where that minute was said
  hidden_until  TEXT,                     -- YYYY-MM-DD: snoozed
  snoozes       INTEGER NOT NULL,
  every         TEXT,                     -- JSON: n, unit, anchor, until, count
  series        BLOB,                     -- the first of those that repeat; the newest living one of a series is its open one
  nth           INTEGER NOT NULL,         -- which of the series, from 1
  begun         TEXT,                     -- YYYY-MM-DD: the day a series is counted from
  unless        TEXT,                     -- they_reply · stage_moves
  status        TEXT NOT NULL,            -- open · done · dropped · auto_cleared
  settled_on    TEXT,                     -- YYYY-MM-DD
  cleared_by    BLOB,                     -- the touchpoint or the move that cleared it
  note          TEXT,                     -- what was said when it was settled
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX followups_cleared ON followups (cleared_by) WHERE cleared_by IS NOT NULL;

CREATE INDEX followups_created ON followups (created_op);

CREATE INDEX followups_person ON followups (person_id);

CREATE INDEX followups_series ON followups (series, nth) WHERE series IS NOT NULL;

CREATE INDEX followups_settled ON followups (settled_on) WHERE settled_on IS NOT NULL;

CREATE INDEX followups_touchpoint ON followups (touchpoint_id) WHERE touchpoint_id IS NOT NULL;

CREATE TABLE import_layouts (
  headers TEXT PRIMARY KEY,               -- SHA-256 of the headers in their order
  mapping TEXT NOT NULL,                  -- JSON, one entry per column
  days    TEXT NOT NULL,                  -- JSON: which number comes first in its days, by column
  used_at INTEGER NOT NULL
) STRICT;

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
, place TEXT) STRICT;

CREATE TABLE imports (
  rid         INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  file_name   TEXT NOT NULL,
  file_hash   TEXT NOT NULL,
  layout      TEXT NOT NULL,
  rows        INTEGER NOT NULL,
  added       INTEGER NOT NULL,
  updated     INTEGER NOT NULL,
  unchanged   INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  refused     INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX imports_created ON imports (created_op);

CREATE TABLE in_touch (
  person       BLOB PRIMARY KEY REFERENCES people (id),
  last_on      TEXT,                      -- the newest contact in both directions
  ideal_on     TEXT NOT NULL,
  lost_on      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX in_touch_lost ON in_touch (lost_on);

CREATE TABLE "journey_configs" (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the version
  version    INTEGER NOT NULL,
  config     TEXT NOT NULL,               -- JSON
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX journey_configs_created ON journey_configs (created_op);

CREATE TABLE list_people (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  list_id    BLOB NOT NULL REFERENCES lists (id),
  person_id  BLOB NOT NULL REFERENCES people (id),
  why        TEXT,
  on_day     TEXT NOT NULL,               -- YYYY-MM-DD: when they were put on it
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX list_people_created ON list_people (created_op);

CREATE INDEX list_people_list ON list_people (list_id, person_id);

CREATE INDEX list_people_person ON list_people (person_id, list_id);

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

CREATE TABLE looked (
  page TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE notes USING fts5 (
  note, content = 'noted', content_rowid = 'place', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE objections (
  rid         INTEGER PRIMARY KEY,
  id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id   BLOB NOT NULL REFERENCES people (id),
  kind        TEXT NOT NULL,              -- of the channel, as in contact_points
  on_day      TEXT NOT NULL,              -- YYYY-MM-DD
  evidence    TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX objections_created ON objections (created_op);

CREATE INDEX objections_person ON objections (person_id);

CREATE TABLE open_followups (
  followup     BLOB PRIMARY KEY REFERENCES followups (id),
  person       BLOB,                      -- by root
  kind         TEXT NOT NULL,
  due_on       TEXT NOT NULL,             -- worked out when it hangs on the last contact
  shown_on     TEXT NOT NULL,             -- the later of due and hidden
  at           INTEGER                    -- the instant on that day, when the minute matters
) STRICT, WITHOUT ROWID;

CREATE INDEX open_followups_due ON open_followups (kind, due_on);

CREATE INDEX open_followups_person ON open_followups (person);

CREATE INDEX open_followups_shown ON open_followups (shown_on, kind);

CREATE TABLE operations (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,           -- instant, ms UTC
  command     TEXT    NOT NULL,           -- 'people.edit': the command's one name
  subject_tbl TEXT,                       -- what the sentence in the undo menu is about; the words are made when shown,
  subject     BLOB,                       -- so that no name outlives its person here
  count       INTEGER,
  note        TEXT,                       -- the name of an imported file, never a person's words
  undoable    INTEGER NOT NULL DEFAULT 1,
  undone_at   INTEGER,
  redo        INTEGER                     -- order among the undone that can be brought back; a new operation clears it
, ended INTEGER, ended_at INTEGER) STRICT;

CREATE INDEX operations_ended ON operations (coalesce(ended, id), id DESC);

CREATE INDEX operations_ran_out ON operations (subject) WHERE command = 'postal_addresses.run_out';

CREATE INDEX operations_redo ON operations (redo) WHERE redo IS NOT NULL;

CREATE INDEX operations_sample ON operations (id) WHERE command = 'sample.load';

CREATE TABLE organisations (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT NOT NULL,
  name_norm  TEXT NOT NULL,               -- folded, version 1
  kind       TEXT,
  website    TEXT,
  country    TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX organisations_created ON organisations (created_op);

CREATE INDEX organisations_name ON organisations (name_norm);

CREATE TABLE people (
  rid                   INTEGER PRIMARY KEY,
  id                    BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  display_name          TEXT NOT NULL,
  pronouns              TEXT,
  say_it_like           TEXT,
  role_title            TEXT,
  organisation_id       BLOB REFERENCES organisations (id),
  country               TEXT,             -- ISO 3166-1 alpha-2, or the words that were given
  city                  TEXT,
  time_zone             TEXT,             -- IANA
  languages             TEXT,             -- BCP 47, comma-separated
  building_now          TEXT,
  challenges            TEXT,
  content_prefs         TEXT,
  appreciation_prefs    TEXT,
  notes                 TEXT,
  do_not_contact        INTEGER NOT NULL DEFAULT 0,
  do_not_contact_reason TEXT,
  teammate              INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
, merged_into BLOB REFERENCES people (id), root BLOB) STRICT;

CREATE INDEX people_created ON people (created_op);

CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX people_organisation ON people (organisation_id) WHERE organisation_id IS NOT NULL;

CREATE INDEX people_root ON people (root);

CREATE TRIGGER people_tally_in AFTER INSERT ON people WHEN new.deleted_at IS NULL AND new.root IS new.id BEGIN
  UPDATE tally SET people = people + 1;
END;

CREATE TRIGGER people_tally_move AFTER UPDATE OF deleted_at, root ON people
WHEN (old.deleted_at IS NULL AND old.root IS old.id) <> (new.deleted_at IS NULL AND new.root IS new.id) BEGIN
  UPDATE tally SET people = people + iif(new.deleted_at IS NULL AND new.root IS new.id, 1, -1);
END;

CREATE TRIGGER people_tally_out AFTER DELETE ON people WHEN old.deleted_at IS NULL AND old.root IS old.id BEGIN
  UPDATE tally SET people = people - 1;
END;

CREATE TRIGGER people_words_edit BEFORE UPDATE OF notes, building_now, challenges ON people
WHEN old.notes IS NOT new.notes OR old.building_now IS NOT new.building_now OR old.challenges IS NOT new.challenges BEGIN
  INSERT INTO words_due SELECT -old.rid, (SELECT note FROM noted WHERE about = 'person' AND rid = old.rid)
  WHERE -old.rid NOT IN (SELECT place FROM words_due);
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

CREATE TABLE person_state (
  person         BLOB PRIMARY KEY REFERENCES people (id),
  name           TEXT NOT NULL,
  sort_name      TEXT NOT NULL,           -- folded
  organisation   TEXT,
  sort_organisation TEXT,
  country        TEXT,
  city           TEXT,
  tags           TEXT,                    -- names, stack first, separated by U+001F
  search         TEXT NOT NULL,           -- folded: name, organisation, handles, addresses, city, country, tags
  stage          TEXT,
  stage_rank     INTEGER NOT NULL,        -- 0 not placed … 5
  since          TEXT,
  confidence     TEXT NOT NULL,
  presence       TEXT NOT NULL,
  ring           TEXT NOT NULL,
  involvement    INTEGER,
  moved          BLOB,                    -- the stage change that waits for a word
  last_touch_on  TEXT,
  last_kind      TEXT,
  do_not_contact INTEGER NOT NULL,
  teammate       INTEGER NOT NULL,
  added_at       INTEGER NOT NULL,
  next_change_on TEXT                     -- the next day on which time alone changes something
, rules INTEGER NOT NULL DEFAULT 1, review_to TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX person_state_added ON person_state (added_at);

CREATE INDEX person_state_last ON person_state (last_touch_on, sort_name);

CREATE INDEX person_state_moved ON person_state (moved) WHERE moved IS NOT NULL AND NOT teammate;

CREATE INDEX person_state_name ON person_state (sort_name);

CREATE INDEX person_state_next ON person_state (next_change_on) WHERE next_change_on IS NOT NULL;

CREATE INDEX person_state_review ON person_state (last_touch_on, sort_name) WHERE review_to IS NOT NULL AND NOT teammate;

CREATE INDEX person_state_rules ON person_state (rules);

CREATE INDEX person_state_stage ON person_state (stage_rank, sort_name);

CREATE TABLE person_tags (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  person_id  BLOB NOT NULL REFERENCES people (id),
  tag_id     BLOB NOT NULL REFERENCES tags (id),
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX person_tags_created ON person_tags (created_op);

CREATE INDEX person_tags_person ON person_tags (person_id, tag_id);

CREATE INDEX person_tags_tag ON person_tags (tag_id, person_id);

CREATE TABLE postal_addresses (
  rid            INTEGER PRIMARY KEY,
  id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id      BLOB NOT NULL REFERENCES people (id),
  lines          TEXT NOT NULL,           -- as it stands on a parcel, several lines, without the country
  country        TEXT NOT NULL,           -- ISO 3166-1 alpha-2
  recipient_name TEXT NOT NULL,
  phone          TEXT,                    -- for a carrier, and for nothing else
  purpose        TEXT NOT NULL,           -- what it was given for, in words
  source         TEXT NOT NULL,           -- as in contact_points
  source_note    TEXT,
  given_on       TEXT NOT NULL,           -- YYYY-MM-DD
  expires_on     TEXT NOT NULL,           -- YYYY-MM-DD: on this day it is erased
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX postal_addresses_created ON postal_addresses (created_op);

CREATE INDEX postal_addresses_expires ON postal_addresses (expires_on);

CREATE INDEX postal_addresses_person ON postal_addresses (person_id);

CREATE TABLE reminders_told (
  key TEXT PRIMARY KEY,                   -- FOLLOWUP@DAY, or FOLLOWUP@INSTANT when the minute matters
  at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the key
  key        TEXT NOT NULL,               -- touch:PERSON · thank:TOUCHPOINT · answer:TOUCHPOINT
  person_id  BLOB REFERENCES people (id),
  on_day     TEXT NOT NULL,               -- YYYY-MM-DD: when
  until_day  TEXT,                        -- YYYY-MM-DD: it shows again on that day; nothing is for good
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX set_aside_created ON set_aside (created_op);

CREATE INDEX set_aside_person ON set_aside (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE settings (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the key
  key        TEXT NOT NULL,
  value      TEXT NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX settings_created ON settings (created_op);

CREATE TABLE stage_changes (
  rid            INTEGER PRIMARY KEY,
  id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id      BLOB NOT NULL REFERENCES people (id),
  axis           TEXT NOT NULL,           -- journey
  from_stage     TEXT,
  to_stage       TEXT,
  on_day         TEXT NOT NULL,
  recorded_at    INTEGER NOT NULL,
  status         TEXT NOT NULL,           -- applied · suggested · accepted · refused
  voided_by      INTEGER REFERENCES operations (id),   -- the undone operation that caused it
  cause          TEXT NOT NULL,           -- proof · signs · reset · recalculated · time
  evidence       TEXT NOT NULL,           -- JSON list of touchpoint ids
  config_version INTEGER NOT NULL,
  created_op     INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX stage_changes_created ON stage_changes (created_op);

CREATE INDEX stage_changes_person ON stage_changes (person_id);

CREATE TABLE stage_pins (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  person_id  BLOB NOT NULL REFERENCES people (id),
  axis       TEXT NOT NULL,
  stage      TEXT,                        -- none: pinned as not placed
  on_day     TEXT NOT NULL,
  until      TEXT NOT NULL,               -- proof · date · good
  until_day  TEXT,
  reason     TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX stage_pins_created ON stage_pins (created_op);

CREATE INDEX stage_pins_person ON stage_pins (person_id);

CREATE TABLE suppression_keys (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  secret     TEXT NOT NULL,               -- 32 bytes, as hexadecimal
  created_op INTEGER NOT NULL REFERENCES operations (id),
  voided_by  INTEGER
) STRICT;

CREATE INDEX suppression_keys_created ON suppression_keys (created_op);

CREATE TABLE suppressions (
  rid          INTEGER PRIMARY KEY,
  id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),  -- v5 of key and hash
  key_id       BLOB NOT NULL REFERENCES suppression_keys (id),
  hash         TEXT NOT NULL,             -- as hexadecimal
  norm_version INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  reason       TEXT NOT NULL,
  on_day       TEXT NOT NULL,             -- YYYY-MM-DD
  lifted_on    TEXT,                      -- YYYY-MM-DD: when they opted in again
  created_op INTEGER NOT NULL REFERENCES operations (id),
  voided_by  INTEGER
) STRICT;

CREATE INDEX suppressions_created ON suppressions (created_op);

CREATE INDEX suppressions_key ON suppressions (key_id);

CREATE TABLE tags (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  name       TEXT NOT NULL,
  name_norm  TEXT NOT NULL,
  kind       TEXT NOT NULL,               -- topic · stack
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
) STRICT;

CREATE INDEX tags_created ON tags (created_op);

CREATE INDEX tags_name ON tags (name_norm, kind);

CREATE TABLE tally (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  commits     INTEGER NOT NULL,
  people      INTEGER NOT NULL,
  touchpoints INTEGER NOT NULL
) STRICT;

CREATE TABLE told_apart (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  one        BLOB NOT NULL REFERENCES people (id),
  other      BLOB NOT NULL REFERENCES people (id),
  created_op INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX told_apart_created ON told_apart (created_op);

CREATE INDEX told_apart_one ON told_apart (one);

CREATE INDEX told_apart_other ON told_apart (other);

CREATE TABLE touchpoint_people (
  rid            INTEGER PRIMARY KEY,
  id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),   -- v5 of the pair
  touchpoint_id  BLOB NOT NULL REFERENCES touchpoints (id),
  person_id      BLOB NOT NULL REFERENCES people (id),
  role           TEXT NOT NULL,           -- by · with · about
  observed_stage TEXT,
  observed_by    TEXT NOT NULL,           -- seen · told · inferred · imported
  incentivised   INTEGER NOT NULL DEFAULT 0,
  created_op     INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE INDEX touchpoint_people_created ON touchpoint_people (created_op);

CREATE INDEX touchpoint_people_person ON touchpoint_people (person_id, touchpoint_id);

CREATE INDEX touchpoint_people_touchpoint ON touchpoint_people (touchpoint_id);

CREATE TABLE touchpoints (
  rid          INTEGER PRIMARY KEY,
  id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind         TEXT NOT NULL,
  on_day       TEXT NOT NULL,             -- YYYY-MM-DD; a month or a year counts as its first day
  precision    TEXT NOT NULL,             -- minute · day · month · year · unknown
  at           INTEGER,                   -- only when the minute is known
  zone         TEXT,
  direction    TEXT NOT NULL,
  intent       TEXT,
  note         TEXT,
  quote        TEXT,
  sentiment    INTEGER,
  minutes      INTEGER,
  needs_answer INTEGER NOT NULL DEFAULT 0,
  source       TEXT NOT NULL,             -- form · quick_capture · import · derived
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  created_op INTEGER NOT NULL REFERENCES operations (id),
  deleted_at INTEGER, deleted_op INTEGER
, answers BLOB) STRICT;

CREATE INDEX touchpoints_answers ON touchpoints (answers) WHERE answers IS NOT NULL;

CREATE INDEX touchpoints_between ON touchpoints (on_day) WHERE direction = 'between_them' AND deleted_at IS NULL;

CREATE INDEX touchpoints_created ON touchpoints (created_op);

CREATE INDEX touchpoints_silencing ON touchpoints (on_day) WHERE kind = 'chose_other' AND deleted_at IS NULL;

CREATE INDEX touchpoints_waiting ON touchpoints (on_day) WHERE needs_answer = 1 AND deleted_at IS NULL;

CREATE TRIGGER touchpoints_tally_in AFTER INSERT ON touchpoints WHEN new.deleted_at IS NULL BEGIN
  UPDATE tally SET touchpoints = touchpoints + 1;
END;

CREATE TRIGGER touchpoints_tally_move AFTER UPDATE OF deleted_at ON touchpoints WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
  UPDATE tally SET touchpoints = touchpoints + iif(new.deleted_at IS NULL, 1, -1);
END;

CREATE TRIGGER touchpoints_tally_out AFTER DELETE ON touchpoints WHEN old.deleted_at IS NULL BEGIN
  UPDATE tally SET touchpoints = touchpoints - 1;
END;

CREATE TRIGGER touchpoints_words_edit BEFORE UPDATE OF note, quote ON touchpoints
WHEN old.note IS NOT new.note OR old.quote IS NOT new.quote BEGIN
  INSERT INTO words_due SELECT old.rid, (SELECT note FROM noted WHERE about = 'entry' AND rid = old.rid)
  WHERE old.rid NOT IN (SELECT place FROM words_due);
END;

CREATE TRIGGER touchpoints_words_in AFTER INSERT ON touchpoints WHEN new.note IS NOT NULL OR new.quote IS NOT NULL BEGIN
  INSERT INTO words_due (place) SELECT new.rid WHERE new.rid NOT IN (SELECT place FROM words_due);
END;

CREATE TRIGGER touchpoints_words_out BEFORE DELETE ON touchpoints WHEN old.note IS NOT NULL OR old.quote IS NOT NULL BEGIN
  INSERT INTO words_due SELECT old.rid, (SELECT note FROM noted WHERE about = 'entry' AND rid = old.rid)
  WHERE old.rid NOT IN (SELECT place FROM words_due);
END;

CREATE TABLE unsaved_lines (
  key  TEXT PRIMARY KEY,                  -- 'line': what stands in the line; otherwise the id of one that is being saved
  text TEXT NOT NULL,
  at   INTEGER NOT NULL                   -- instant, ms UTC
) STRICT, WITHOUT ROWID;

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

CREATE TABLE words_due (
  place   INTEGER PRIMARY KEY,            -- as in the index: entries above zero, people below
  indexed TEXT                            -- the text the index has there, which it must be told to forget it
) STRICT;

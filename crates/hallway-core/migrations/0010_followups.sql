-- What was promised and what is to come back, how often somebody is to be heard from, and what was set aside on the page
-- of the day.
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
CREATE INDEX followups_created ON followups (created_op);
CREATE INDEX followups_person ON followups (person_id);
CREATE INDEX followups_touchpoint ON followups (touchpoint_id) WHERE touchpoint_id IS NOT NULL;
CREATE INDEX followups_series ON followups (series, nth) WHERE series IS NOT NULL;
CREATE INDEX followups_settled ON followups (settled_on) WHERE settled_on IS NOT NULL;
CREATE INDEX followups_cleared ON followups (cleared_by) WHERE cleared_by IS NOT NULL;

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

-- Derived: what is open, with the day it is due and the day it shows, for people who are there.
CREATE TABLE open_followups (
  followup     BLOB PRIMARY KEY REFERENCES followups (id),
  person       BLOB,                      -- by root
  kind         TEXT NOT NULL,
  due_on       TEXT NOT NULL,             -- worked out when it hangs on the last contact
  shown_on     TEXT NOT NULL,             -- the later of due and hidden
  at           INTEGER                    -- the instant on that day, when the minute matters
) STRICT, WITHOUT ROWID;
CREATE INDEX open_followups_shown ON open_followups (shown_on, kind);
CREATE INDEX open_followups_due ON open_followups (kind, due_on);
CREATE INDEX open_followups_person ON open_followups (person);

-- Derived: the people one wants to stay in touch with, and the day on which they have waited too long.
CREATE TABLE in_touch (
  person       BLOB PRIMARY KEY REFERENCES people (id),
  last_on      TEXT,                      -- the newest contact in both directions
  ideal_on     TEXT NOT NULL,
  lost_on      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX in_touch_lost ON in_touch (lost_on);

-- Which reminders were told on this machine and on any other that opens this file, so that none is told twice.
CREATE TABLE reminders_told (
  key TEXT PRIMARY KEY,                   -- FOLLOWUP@DAY, or FOLLOWUP@INSTANT when the minute matters
  at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When somebody last looked at a page that shows what is new since then.
CREATE TABLE looked (
  page TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX touchpoints_waiting ON touchpoints (on_day) WHERE needs_answer = 1 AND deleted_at IS NULL;
CREATE INDEX touchpoints_between ON touchpoints (on_day) WHERE direction = 'between_them' AND deleted_at IS NULL;
CREATE INDEX person_state_moved ON person_state (moved) WHERE moved IS NOT NULL;

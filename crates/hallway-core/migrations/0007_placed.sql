-- By which rules somebody's place was worked out: whoever was placed by others than those in force is placed anew, a few
-- people at a time.
ALTER TABLE person_state ADD COLUMN rules INTEGER NOT NULL DEFAULT 1;
CREATE INDEX person_state_rules ON person_state (rules);

-- What the review suggests, kept beside where somebody stands: to find out anew whom it asks about means to replay everybody
-- who is stale.
ALTER TABLE person_state ADD COLUMN review_to TEXT;   -- the stage one step back that the newest review suggests
CREATE INDEX person_state_review ON person_state (last_touch_on, sort_name) WHERE review_to IS NOT NULL AND NOT teammate;
-- It is worked out with whatever else time alone has changed, the next time somebody looks.
UPDATE person_state SET next_change_on = '0001-01-01' WHERE confidence = 'stale' AND stage_rank > 1;

-- Moves that wait are counted after each write, and those of teammates are none.
DROP INDEX person_state_moved;
CREATE INDEX person_state_moved ON person_state (moved) WHERE moved IS NOT NULL AND NOT teammate;

-- Whether a pasted line is there already.
CREATE INDEX captures_text ON captures (text) WHERE deleted_at IS NULL;

-- Which entry an answer answers: how long somebody waited is read from it.
ALTER TABLE touchpoints ADD COLUMN answers BLOB;      -- the entry it answers
CREATE INDEX touchpoints_answers ON touchpoints (answers) WHERE answers IS NOT NULL;

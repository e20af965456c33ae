-- Whether one may write to somebody: on what basis, what they said against it, and whom not even an erasure makes us forget.
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

-- The key with which addresses are hashed: one per file, and those of files that were brought in.
CREATE TABLE suppression_keys (
  rid        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  secret     TEXT NOT NULL,               -- 32 bytes, as hexadecimal
  created_op INTEGER NOT NULL REFERENCES operations (id),
  voided_by  INTEGER
) STRICT;
CREATE INDEX suppression_keys_created ON suppression_keys (created_op);

-- Never a plain address here: HMAC-SHA-256 of its normal form.
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

-- What became of an address holds for whoever else has it.
CREATE INDEX contact_points_not_ok ON contact_points (kind, value_norm) WHERE status <> 'ok';
CREATE INDEX touchpoints_silencing ON touchpoints (on_day) WHERE kind = 'chose_other' AND deleted_at IS NULL;

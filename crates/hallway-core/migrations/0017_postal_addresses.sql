-- Where something can be sent by post. Each is kept for what it was given for, until its day.
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
CREATE INDEX postal_addresses_person ON postal_addresses (person_id);
CREATE INDEX postal_addresses_expires ON postal_addresses (expires_on);

-- What is said in somebody's own history of an address that ran out.
CREATE INDEX operations_ran_out ON operations (subject) WHERE command = 'postal_addresses.run_out';

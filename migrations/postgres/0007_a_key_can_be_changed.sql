-- Which encryption key took the place of which, so that a key can be changed while the program runs. The twin in the
-- other folder has the same tables and columns under the same number.
--
-- Each row is one change. Whoever knows either key reaches the other: a process that was started with the old key opens
-- and seals with the new one from then on, and a process that is started with the new key still opens what is left of the
-- old. Not a list of keys in the settings: every process would have to be started anew before the first secret could be
-- sealed again. Not data keys under a master key: then the operator's own key, the one that leaks, could not be changed so.
CREATE TABLE key_changes (
    old_key     TEXT PRIMARY KEY NOT NULL,  -- a key's name, the start of its SHA-256; one key takes its place, no more
    new_key     TEXT NOT NULL,
    new_by_old  BYTEA,            -- the new key, sealed with the old one; NULL once the old one may open nothing any more
    old_by_new  BYTEA NOT NULL,   -- the old key, sealed with the new one
    begun_at    BIGINT NOT NULL,
    resealed_at BIGINT,           -- NULL: not everything was sealed anew yet
    retired_at  BIGINT            -- NULL: processes may still be running with the old key
);

CREATE UNIQUE INDEX key_changes_new ON key_changes (new_key);

-- Addresses are forgotten when a try is over, so few of many tries have one.
CREATE INDEX attempts_sealed ON attempts (id) WHERE sealed_upload_url IS NOT NULL;

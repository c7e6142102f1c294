-- Keeping accounts connected. TikTok's refresh tokens work once, so one process at a time renews those of an account:
-- it takes the renewal before it asks TikTok, and only after `renewer_until` may another one try. Not a lock that is held
-- while TikTok is asked: on SQLite nobody else could write meanwhile.
ALTER TABLE accounts ADD COLUMN renewer           TEXT;             -- the process that renews its tokens now
ALTER TABLE accounts ADD COLUMN renewer_until     BIGINT;          -- until when; without a renewer: not renewed ahead before
ALTER TABLE accounts ADD COLUMN renewed_at        BIGINT NOT NULL DEFAULT 0; -- when TikTok gave the present tokens; 0: not known
ALTER TABLE accounts ADD COLUMN warned_at         BIGINT;          -- when people last heard that its posts cannot go out
ALTER TABLE accounts ADD COLUMN consent_warned_at BIGINT;          -- when they last heard that its consent ends

-- A new kind: TikTok does not know the app itself.
ALTER TABLE breakers DROP CONSTRAINT breakers_kind_check;
ALTER TABLE breakers ADD CONSTRAINT breakers_kind_check
    CHECK (kind IN ('banned', 'reconnect', 'too_many_posts', 'too_many_drafts', 'too_many_accounts', 'app_refused'));

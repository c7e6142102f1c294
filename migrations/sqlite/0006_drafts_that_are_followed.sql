-- A post keeps how it is delivered, as it was when it was composed and approved: an account that is connected anew for
-- the other way changes nothing about posts that are under way. Not part of the fingerprint, because it never changes.
ALTER TABLE posts ADD COLUMN delivery TEXT NOT NULL DEFAULT 'direct' CHECK (delivery IN ('direct', 'draft'));
UPDATE posts SET delivery = (SELECT delivery FROM accounts WHERE accounts.id = posts.account);

-- What lies in a creator's inbox is asked about, too: it is out once the creator has finished it.
DROP INDEX publications_to_ask;
CREATE INDEX publications_to_ask ON publications (wake_at, id, workspace, state)
    WHERE wake_at IS NOT NULL AND state IN ('processing', 'published', 'in_inbox');

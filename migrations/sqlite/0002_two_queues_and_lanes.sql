-- Sending and asking are two queues over the same rows, so that a long upload never keeps a question waiting, and
-- neither query walks over the other's rows. Workspace and state are in the index, because a claim shares its places out
-- between the workspaces and reads a thousand entries for that, not a thousand rows.
DROP INDEX publications_wake;
CREATE INDEX publications_to_send ON publications (wake_at, id, workspace, state)
    WHERE wake_at IS NOT NULL AND state IN ('scheduled', 'publishing');
CREATE INDEX publications_to_ask ON publications (wake_at, id, workspace, state)
    WHERE wake_at IS NOT NULL AND state IN ('processing', 'published');
-- What an account has yet to send, in the order it is due: a later post waits for the one before it.
CREATE INDEX publications_lane ON publications (account, due_at, post) WHERE state IN ('scheduled', 'publishing');

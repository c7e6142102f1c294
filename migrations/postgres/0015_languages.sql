-- The language a team's channels are spoken to in: what its Discord server says of itself. It is noted whenever the server
-- names it, so what is here until then does no harm.
ALTER TABLE workspaces ADD COLUMN language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de'));

-- Endpoints belong to the key that made them, may want only some kinds of events, and are paused after failing long (decision 0026).

ALTER TABLE webhook ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE webhook ADD COLUMN kinds TEXT NOT NULL DEFAULT '';
ALTER TABLE webhook ADD COLUMN failing_since INTEGER NOT NULL DEFAULT 0;

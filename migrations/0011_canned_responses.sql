-- Canned responses: who one is for, what a conversation is tagged with, and how fresh an agent's list of them is.

ALTER TABLE canned_response RENAME TO canned_response_before;

CREATE TABLE canned_response (
  id TEXT NOT NULL PRIMARY KEY,
  -- In small letters.
  shortcut TEXT NOT NULL,
  text TEXT NOT NULL,
  -- A JSON list of texts.
  tags TEXT NOT NULL,
  -- Whose it is, if it is private; whose it is, if it is a department's. Neither: it is public.
  owner_id TEXT REFERENCES "user" ("id") ON DELETE CASCADE,
  department_id TEXT,
  -- Higher with each change, so that none overwrites another.
  revision INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (owner_id IS NULL OR department_id IS NULL)
) WITHOUT ROWID;

INSERT INTO canned_response (id, shortcut, text, tags, owner_id, department_id, revision, updated_at)
SELECT id, lower(shortcut), text, '[]', agent_id, department_id, 1, updated_at FROM canned_response_before;

DROP TABLE canned_response_before;

CREATE INDEX canned_response_owner ON canned_response (owner_id, department_id);

-- How often something has changed in a place: `public`, `department <id>` or `agent <id>`.
CREATE TABLE canned_response_version (
  place TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL
) WITHOUT ROWID;

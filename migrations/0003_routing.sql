-- What routing needs to know: an agent's own limit, whom a contact is served by, and conversations on hold.

-- As many conversations as the agent may serve at a time; NULL: as many as the workspace says.
ALTER TABLE "user" ADD COLUMN chats_at_most INTEGER CHECK (chats_at_most > 0);

ALTER TABLE contact ADD COLUMN manager_id TEXT REFERENCES "user" ("id") ON DELETE SET NULL;
-- Who served the contact's last conversation to its end.
ALTER TABLE contact ADD COLUMN last_agent_id TEXT;

-- SQLite can't change a CHECK, so the table is built again.
CREATE TABLE conversation_with_hold (
  id TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  department_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  visitor_name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'serving', 'held', 'closed')),
  agent_id TEXT,
  agent_name TEXT,
  preview TEXT NOT NULL,
  previous_id TEXT,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER
) WITHOUT ROWID;
INSERT INTO conversation_with_hold SELECT * FROM conversation;
DROP TABLE conversation;
ALTER TABLE conversation_with_hold RENAME TO conversation;

CREATE INDEX conversation_closed ON conversation (closed_at, department_id)
WHERE closed_at IS NOT NULL;

-- What visitors left while nobody was there.
CREATE TABLE left_message (
  id TEXT NOT NULL PRIMARY KEY,
  department_id TEXT NOT NULL,
  visitor_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  text TEXT NOT NULL,
  left_at INTEGER NOT NULL,
  -- Who has seen to it; NULL: nobody yet.
  done_by TEXT,
  done_at INTEGER
) WITHOUT ROWID;
CREATE INDEX left_message_open ON left_message (left_at) WHERE done_at IS NULL;
CREATE INDEX left_message_done ON left_message (left_at) WHERE done_at IS NOT NULL;

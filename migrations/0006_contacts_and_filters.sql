-- Contacts have identities, and lists of conversations have what they are filtered by.

ALTER TABLE contact RENAME TO contact_before;

-- The stored record of a person. A visitor's own contact has the visitor's id.
CREATE TABLE contact (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- Who should serve this contact; NULL: any agent.
  manager_id TEXT REFERENCES "user" ("id") ON DELETE SET NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What a contact is known by: (livechat, a visitor's id), (email, an address), ...
CREATE TABLE contact_identity (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  -- 1: proven, by a signed token or by the platform, so it is one contact's alone. 0: typed into a form.
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (kind, value, contact_id)
) WITHOUT ROWID;

INSERT INTO contact (id, name, manager_id, created_at)
SELECT coalesce(visitor_id, id), name, manager_id, created_at FROM contact_before;
INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
SELECT 'livechat', visitor_id, visitor_id, 1, created_at FROM contact_before
WHERE visitor_id IS NOT NULL;
INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
SELECT 'email', email, coalesce(visitor_id, id), 0, created_at FROM contact_before
WHERE email IS NOT NULL;
INSERT INTO contact_identity (kind, value, contact_id, verified, created_at)
SELECT 'phone', phone, coalesce(visitor_id, id), 0, created_at FROM contact_before
WHERE phone IS NOT NULL;

DROP TABLE contact_before;

ALTER TABLE conversation RENAME TO conversation_before;

-- A projection of the conversations' logs, which are the truth. seq fences it: an older row is ignored.
CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  -- No CHECK: a new status must not need a new table.
  status TEXT NOT NULL,
  department_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  visitor_name TEXT NOT NULL,
  agent_id TEXT,
  agent_name TEXT,
  -- A JSON list of texts.
  tags TEXT NOT NULL,
  -- NULL: the default.
  priority TEXT,
  preview TEXT NOT NULL,
  previous_id TEXT,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  last_message_at INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO conversation (id, seq, status, department_id, channel, contact_id, visitor_name, agent_id,
  agent_name, tags, priority, preview, previous_id, opened_at, closed_at, last_message_at)
SELECT id, seq, status, department_id, 'livechat', visitor_id, visitor_name, agent_id, agent_name, '[]',
  NULL, preview, previous_id, opened_at, closed_at, coalesce(closed_at, opened_at)
FROM conversation_before;

DROP TABLE conversation_before;

CREATE INDEX conversation_closed ON conversation (closed_at, department_id, agent_id)
WHERE closed_at IS NOT NULL;
-- A contact's conversations, and so who served the contact last.
CREATE INDEX conversation_contact ON conversation (contact_id, opened_at);

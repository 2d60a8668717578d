-- Lists of all conversations: their SLA policy, those that are open in order, and the lists that agents keep.

-- NULL: nothing is promised.
ALTER TABLE conversation ADD COLUMN sla TEXT;

-- Few are open at a time, so any order of them is found among these.
CREATE INDEX conversation_open ON conversation (opened_at, department_id) WHERE closed_at IS NULL;

CREATE TABLE saved_view (
  agent_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- What its address has behind the `?`.
  query TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (agent_id, name)
) WITHOUT ROWID;

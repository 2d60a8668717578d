-- The browsers that an agent is told by when no tab is open. Each ends with the session that added it.
CREATE TABLE push_subscription (
  id TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  session_id TEXT NOT NULL REFERENCES "session" ("id") ON DELETE CASCADE,
  -- Of the push service. What is sent there is encrypted by p256dh and auth, which are the browser's.
  endpoint TEXT NOT NULL UNIQUE,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  origin TEXT NOT NULL,
  added_at INTEGER NOT NULL
);

CREATE INDEX push_subscription_agent ON push_subscription (agent_id);

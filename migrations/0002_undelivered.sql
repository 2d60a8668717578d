-- What an actor's outbox has given up, for an operator to see and requeue. The effects stay with the
-- actor; this is where to find them.
CREATE TABLE undelivered (
  id TEXT NOT NULL PRIMARY KEY,
  actor TEXT NOT NULL CHECK (actor IN ('conversation', 'agent')),
  actor_id TEXT NOT NULL,
  outbox_id INTEGER NOT NULL,
  effects TEXT NOT NULL,
  problem TEXT NOT NULL,
  given_up_at INTEGER NOT NULL
) WITHOUT ROWID;

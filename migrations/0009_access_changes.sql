-- What an agent may do has changed, and the running Parley is to be told. Who knows an id may tell it, and only who can
-- write here knows one.
CREATE TABLE access_change (
  id TEXT PRIMARY KEY,
  agent_id TEXT NOT NULL
) WITHOUT ROWID;

-- A projection of the conversations' logs, for the search over all of them. `npm run admin -- rebuild search` fills it
-- again. It is a database of its own: one that has a full-text index can't be exported.

-- Who may read a conversation, and what the search is narrowed by.
CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY,
  -- Of the last event whose words are in a document.
  seq INTEGER NOT NULL,
  -- A JSON list of the rowids of its documents.
  documents TEXT NOT NULL,
  department_id TEXT NOT NULL,
  -- A JSON list of the agents who may read it whatever its department is.
  readers TEXT NOT NULL,
  channel TEXT NOT NULL,
  visitor_name TEXT NOT NULL,
  agent_id TEXT,
  agent_name TEXT,
  -- A JSON list of texts.
  tags TEXT NOT NULL,
  -- NULL: it is open.
  closed_at INTEGER
) WITHOUT ROWID;

-- Some messages that follow each other in one conversation. The rowid grows with the time of the last of them. Words come
-- folded and separated by blanks, so that every other character belongs to one.
CREATE VIRTUAL TABLE document USING fts5 (
  words,
  conversation_id UNINDEXED,
  messages UNINDEXED,
  content = '',
  contentless_delete = 1,
  contentless_unindexed = 1,
  tokenize = 'ascii',
  prefix = '2 3'
);

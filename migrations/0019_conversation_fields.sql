-- The workspace's own fields of conversations, by their ids, for exports: a JSON object of texts.
ALTER TABLE conversation ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';

-- An agent's own limit has the name that it has everywhere else.
ALTER TABLE "user" RENAME COLUMN chats_at_most TO max_conversations;

-- Since when the first answer of an open conversation is missing to which an SLA policy promises one. NULL: nothing is
-- promised, it has been given, or the visitor is to write.
ALTER TABLE conversation ADD COLUMN unanswered_since INTEGER;

-- The next change of each says it exactly.
UPDATE conversation SET unanswered_since = opened_at WHERE sla IS NOT NULL AND status = 'queued';

-- Few are so at a time.
CREATE INDEX conversation_unanswered ON conversation (opened_at) WHERE unanswered_since IS NOT NULL;

-- An agent finds what they served among the ended conversations, of whatever department.
DROP INDEX conversation_closed;
CREATE INDEX conversation_closed ON conversation (closed_at, department_id, agent_id)
WHERE closed_at IS NOT NULL;

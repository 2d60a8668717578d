-- Counting open messages of a department reads no text.
DROP INDEX offline_message_open;
DROP INDEX offline_message_done;
CREATE INDEX offline_message_open ON offline_message (sent_at, id, department_id) WHERE done_at IS NULL;
CREATE INDEX offline_message_done ON offline_message (sent_at, id, department_id) WHERE done_at IS NOT NULL;

-- Departments that the settings have or had, by the name that they had last: what still waits in one is found.
CREATE TABLE department (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO department (id, name)
SELECT DISTINCT department_id, department_id FROM conversation WHERE closed_at IS NULL;

-- What visitors write while no agent is there is called an offline message.
ALTER TABLE left_message RENAME TO offline_message;
ALTER TABLE offline_message RENAME COLUMN left_at TO sent_at;
DROP INDEX left_message_open;
DROP INDEX left_message_done;
CREATE INDEX offline_message_open ON offline_message (sent_at) WHERE done_at IS NULL;
CREATE INDEX offline_message_done ON offline_message (sent_at) WHERE done_at IS NOT NULL;

-- Contacts who turn out to be one person are merged, and a merge can be undone for a day.

CREATE TABLE contact_merge (
  -- A later merge has a higher one, and none has the id of one before.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Who became part of whom.
  source_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  target_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  -- The name that was true then.
  merged_by TEXT NOT NULL,
  merged_at INTEGER NOT NULL,
  -- JSON: the one who stayed, before and after, and the other.
  found TEXT NOT NULL
);

-- Whose it is in its log; contact_id is whose it is now.
ALTER TABLE conversation ADD COLUMN log_contact_id TEXT;
UPDATE conversation SET log_contact_id = contact_id;

-- What a page of the directory is found by, whatever is searched: no row of a contact who is not on the page is read.
DROP INDEX contact_name;
DROP INDEX contact_last_message;
DROP INDEX contact_created;
CREATE INDEX contact_name ON contact (name_key, id, is_known, merged_into, manager_id, blocked_at)
WHERE is_known = 1 AND merged_into IS NULL;
CREATE INDEX contact_last_message ON contact (last_message_at, id, is_known, merged_into, manager_id, blocked_at, name_key)
WHERE is_known = 1 AND merged_into IS NULL;
CREATE INDEX contact_created ON contact (created_at, id, is_known, merged_into, manager_id, blocked_at, name_key)
WHERE is_known = 1 AND merged_into IS NULL;
-- Who is the manager of any contact.
CREATE INDEX contact_manager ON contact (manager_id)
WHERE manager_id IS NOT NULL AND is_known = 1 AND merged_into IS NULL;

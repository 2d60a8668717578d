-- What agents note about contacts, whom they have blocked, what has changed, and which contact has become part of
-- another one.

-- 1: an agent or a form has named the contact, given an address, or noted something. Only these are listed: an
-- anonymous visitor costs no row of an index.
ALTER TABLE contact ADD COLUMN is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1));
-- The name as it is sorted and searched by: lower case, without accents.
ALTER TABLE contact ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- A JSON object, by the id of the field.
ALTER TABLE contact ADD COLUMN custom_fields TEXT NOT NULL DEFAULT '{}';
-- As of the last conversation that has ended. Of a contact that is not known: as of the first.
ALTER TABLE contact ADD COLUMN last_message_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN blocked_at INTEGER;
ALTER TABLE contact ADD COLUMN blocked_by TEXT;
-- Never one that is merged itself: earlier ones are brought along.
ALTER TABLE contact ADD COLUMN merged_into TEXT REFERENCES contact (id) ON DELETE CASCADE;

UPDATE contact SET
  name_key = lower(name),
  last_message_at = coalesce(
    (SELECT max(last_message_at) FROM conversation WHERE contact_id = contact.id),
    created_at),
  is_known = manager_id IS NOT NULL OR EXISTS (
    SELECT 1 FROM contact_identity WHERE contact_id = contact.id AND kind IN ('email', 'phone'));

-- What lists of contacts are sorted by; the id, which every index ends with, makes each place one contact's.
CREATE INDEX contact_name ON contact (name_key) WHERE is_known = 1 AND merged_into IS NULL;
CREATE INDEX contact_last_message ON contact (last_message_at) WHERE is_known = 1 AND merged_into IS NULL;
CREATE INDEX contact_created ON contact (created_at) WHERE is_known = 1 AND merged_into IS NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

-- What a contact is known by.
CREATE INDEX contact_identity_contact ON contact_identity (contact_id);

CREATE TABLE contact_change (
  contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  -- What happened: edited, blocked, ...
  kind TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  -- The name that was true then.
  agent_name TEXT NOT NULL,
  -- A JSON list: field, before, after.
  fields TEXT NOT NULL,
  PRIMARY KEY (contact_id, at, id)
) WITHOUT ROWID;

-- What the agent who ended it wrote about it.
ALTER TABLE conversation ADD COLUMN comment TEXT;

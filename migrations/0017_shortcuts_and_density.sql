-- What agents choose about their shortcuts, and how much fits on their screens.

-- JSON: of each action whose keys are not as they come, all of its keys.
ALTER TABLE account_preferences ADD COLUMN shortcuts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE account_preferences ADD COLUMN density TEXT NOT NULL DEFAULT 'comfortable';

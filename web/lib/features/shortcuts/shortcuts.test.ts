import { expect, test } from 'vitest';
import { ACTION_IDS, SHORTCUTS } from './shortcuts.ts';

test('[WS16] no two actions share a shortcut', () => {
  const keys = ACTION_IDS.flatMap((id): readonly string[] => SHORTCUTS[id].keys);
  expect(new Set(keys).size).toBe(keys.length);
});

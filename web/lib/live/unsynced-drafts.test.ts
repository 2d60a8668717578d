import { expect, test } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, newConversationId } from '#shared/ids.ts';
import { storageInMemory } from './testing/environment.ts';
import { UnsyncedDrafts } from './unsynced-drafts.ts';

const mara = v.parse(agentIdSchema, 'mara');
const [one, other] = [newConversationId(), newConversationId()];

test('[WS11] a draft stays on the device until the desk has it, and only that text', () => {
  const storage = storageInMemory();
  const drafts = new UnsyncedDrafts(mara, () => storage);
  drafts.put(one, 'half a');
  drafts.put(other, 'another');
  drafts.put(one, 'half a sentence');
  drafts.acknowledge(one, 'half a');
  expect(new UnsyncedDrafts(mara, () => storage).all()).toEqual([
    [one, 'half a sentence'],
    [other, 'another'],
  ]);
  drafts.acknowledge(one, 'half a sentence');
  expect(drafts.all()).toEqual([[other, 'another']]);
});

test('[WS11] where nothing can be stored, writing goes on', () => {
  const drafts = new UnsyncedDrafts(mara, () => {
    throw new DOMException('Storage is blocked.', 'SecurityError');
  });
  expect(() => drafts.put(one, 'text')).not.toThrow();
  expect(drafts.all()).toEqual([]);
});

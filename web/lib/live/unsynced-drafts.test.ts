import { expect, test } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, newCommandId, newConversationId } from '#shared/ids.ts';
import { storageInMemory } from './testing/environment.ts';
import { UnsyncedDrafts } from './unsynced-drafts.ts';

const mara = v.parse(agentIdSchema, 'mara');
const [one, other] = [newConversationId(), newConversationId()];
const draft = (text: string) => ({ text, sending: null });

test('[WS11] a draft stays on the device until the server has it, and only that text', () => {
  const storage = storageInMemory();
  const drafts = new UnsyncedDrafts(mara, () => storage);
  drafts.put(one, draft('half a'));
  drafts.put(other, draft('another'));
  drafts.put(one, draft('half a sentence'));
  drafts.remove(one, 'half a');
  expect(new UnsyncedDrafts(mara, () => storage).all()).toEqual({
    [one]: draft('half a sentence'),
    [other]: draft('another'),
  });
  drafts.remove(one, 'half a sentence');
  expect(drafts.all()).toEqual({ [other]: draft('another') });
});

test('[WS11] drafts that an earlier version kept are still read', () => {
  const storage = storageInMemory();
  const sending = { text: 'newer', sending: { id: newCommandId(), text: 'newer' } };
  storage.setItem('parley-drafts-mara', JSON.stringify({ [one]: 'older', [other]: sending }));
  const drafts = new UnsyncedDrafts(mara, () => storage);
  expect(drafts.all()).toEqual({ [one]: draft('older'), [other]: sending });
});

test('[WS11] where nothing can be stored, writing goes on', () => {
  const drafts = new UnsyncedDrafts(mara, () => {
    throw new DOMException('Storage is blocked.', 'SecurityError');
  });
  expect(() => drafts.put(one, draft('text'))).not.toThrow();
  expect(drafts.all()).toEqual({});
});

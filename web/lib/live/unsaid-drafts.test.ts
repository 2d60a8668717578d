import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, newConversationId } from '#shared/ids.ts';
import { UnsaidDrafts } from './unsaid-drafts.ts';

const mara = v.parse(agentIdSchema, 'mara');
const [one, other] = [newConversationId(), newConversationId()];

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('[WS11] a draft stays on the device until the desk has it, and only that text', () => {
  const drafts = new UnsaidDrafts(mara);
  drafts.put(one, 'half a');
  drafts.put(other, 'another');
  drafts.put(one, 'half a sentence');
  drafts.said(one, 'half a');
  expect(new UnsaidDrafts(mara).all()).toEqual([
    [one, 'half a sentence'],
    [other, 'another'],
  ]);
  drafts.said(one, 'half a sentence');
  expect(drafts.all()).toEqual([[other, 'another']]);
});

test('[WS11] where nothing can be stored, writing goes on', () => {
  vi.stubGlobal('localStorage', undefined);
  const drafts = new UnsaidDrafts(mara);
  expect(() => drafts.put(one, 'text')).not.toThrow();
  expect(drafts.all()).toEqual([]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, newConversationId } from '#shared/ids.ts';
import { Draft } from './draft.ts';

const mara = v.parse(agentIdSchema, 'mara');

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('[WS11] a draft is kept for its conversation alone, until it is sent', () => {
  const [one, other] = [newConversationId(), newConversationId()];
  new Draft(mara, one).keep('half a');
  expect(new Draft(mara, one).read()).toBe('half a');
  expect(new Draft(mara, other).read()).toBe('');
  new Draft(mara, one).keep('');
  expect(new Draft(mara, one).read()).toBe('');
});

test('[WS11] where nothing can be stored, writing goes on', () => {
  vi.stubGlobal('localStorage', undefined);
  const draft = new Draft(mara, newConversationId());
  expect(() => draft.keep('text')).not.toThrow();
  expect(draft.read()).toBe('');
});

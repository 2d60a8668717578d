import { expect, test } from 'vitest';
import { SLOT_KINDS } from '#shared/agent.ts';
import { phoneActions, quickActions } from './quick-actions.ts';

const STATUSES = ['queued', 'serving', 'held', 'closed'] as const;

test('[WS27] hold and resume, end and leave share a place; the others never move', () => {
  expect(quickActions('serving', 'serving').slice(3, 5)).toEqual(['hold', 'end']);
  expect(quickActions('held', 'on-hold').slice(3, 5)).toEqual(['resume', 'end']);
  expect(quickActions('serving', 'helping').slice(3, 5)).toEqual(['hold', 'leave']);
});

test('[WS27] a phone shows three at most, and they are of the whole bar', () => {
  for (const status of STATUSES) {
    for (const slot of [...SLOT_KINDS, null]) {
      const front = phoneActions(status, slot);
      expect(front.length).toBeLessThanOrEqual(3);
      expect(quickActions(status, slot)).toEqual(expect.arrayContaining([...front]));
    }
  }
});

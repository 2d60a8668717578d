import { expect, test } from 'vitest';
import * as v from 'valibot';
import { agentIdSchema, departmentIdSchema, newVisitorId } from '#shared/ids.ts';
import { queueTimeMs } from './queue-time.ts';

const opened = {
  visitor: { id: newVisitorId(), name: 'Anna' },
  previousId: null,
  page: null,
  openedAt: 50,
  departmentId: v.parse(departmentIdSchema, 'support'),
  queuedAt: 100,
  lastMessage: null,
  lastReply: null,
};
const agent = { id: v.parse(agentIdSchema, 'mara'), name: 'Mara' };
const ended = {
  status: 'closed',
  closedAt: 900,
  closedBy: { kind: 'visitor' },
  comment: null,
} as const;

test('[WS19] the queue time ends when the conversation is taken, or ended untaken', () => {
  expect(queueTimeMs({ status: 'queued', ...opened }, 400)).toBe(300);
  expect(queueTimeMs({ status: 'queued', ...opened }, 90)).toBe(0);
  expect(queueTimeMs({ status: 'serving', ...opened, agent, takenAt: 250 }, 999)).toBe(150);
  expect(queueTimeMs({ ...opened, ...ended, agent, takenAt: 250 }, 999)).toBe(150);
  expect(queueTimeMs({ ...opened, ...ended, agent: null, takenAt: null }, 999)).toBe(800);
});

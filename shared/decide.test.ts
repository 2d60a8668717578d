import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { NO_DETAILS, type ServingConversation } from './conversation.ts';
import type { AgentBy } from './identity.ts';
import { agentIdSchema, departmentIdSchema, newVisitorId } from './ids.ts';
import { parseSettings } from './settings.ts';
import { decide, type Asked } from './decide.ts';
import { refuse } from './refusals.ts';
import { rulesOf } from './rules.ts';

const toml = parse(readFileSync(join(import.meta.dirname, '../wrangler.toml'), 'utf8'));
const settings = parseSettings((toml as { vars: { settings: unknown } }).vars.settings);
const rules = rulesOf(settings);
const sales = v.parse(departmentIdSchema, 'sales');
const fact = (name: string) => ({ id: v.parse(agentIdSchema, name.toLowerCase()), name });
const by: AgentBy = {
  kind: 'agent',
  agentId: fact('Noor').id,
  name: 'Noor',
  departments: [sales],
  permissions: settings.roles.agent,
  chatsAtMost: null,
};

const asked = (after: number): Asked => ({
  ...{ by, after, rules },
  place: refuse('agent.unknown'),
  admission: refuse('department.unattended'),
});

/** Noor serves; `colleague`'s reply stands at seq 7. */
const serving = (colleague: string): ServingConversation => ({
  status: 'serving',
  visitor: { id: newVisitorId(), name: 'Visitor' },
  previousId: null,
  page: null,
  wanted: null,
  openedAt: 1,
  departmentId: sales,
  queuedAt: 1,
  lastMessage: null,
  turn: null,
  timing: { waitedMs: 0, answers: 0, answeredMs: 0 },
  helpers: [],
  details: NO_DETAILS,
  lostBy: null,
  lastReply: { seq: 7, agent: fact(colleague) },
  agent: fact('Noor'),
  takenAt: 2,
  hasAnswered: true,
  resumedAt: null,
});

const reply = { type: 'message.send', text: 'Yes, both.' } as const;

test('[DC10] a reply written before a colleague’s newer one was read is refused, with his name', () => {
  expect(decide(serving('Mara'), reply, asked(6))).toMatchObject({
    ok: false,
    refusal: { code: 'message.stale', details: { agent: 'Mara' } },
  });
});

test.each([
  ['after reading it', 'Mara', 7],
  ['after one’s own', 'Noor', 3],
])('[DC10] a reply written %s is sent', (_when, author, after) => {
  expect(decide(serving(author), reply, asked(after)).ok).toBe(true);
});

test('[WP7] a message longer than the limit is refused with both lengths', () => {
  const text = 'x'.repeat(settings.limits.message_characters + 1);
  expect(decide(serving('Noor'), { ...reply, text }, asked(9))).toMatchObject({
    refusal: { code: 'message.too-long', details: { limit: 5000, found: 5001 } },
  });
});

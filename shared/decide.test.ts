import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { ServingConversation } from '#shared/conversation.ts';
import type { AgentBy } from '#shared/identity.ts';
import { agentIdSchema, departmentIdSchema, newVisitorId } from '#shared/ids.ts';
import { parseSettings } from '#shared/settings.ts';
import { decide } from './decide.ts';

const toml = parse(readFileSync(join(import.meta.dirname, '../../../wrangler.toml'), 'utf8'));
const settings = parseSettings((toml as { vars: { settings: unknown } }).vars.settings);
const sales = v.parse(departmentIdSchema, 'sales');
const fact = (name: string) => ({ id: v.parse(agentIdSchema, name.toLowerCase()), name });
const by: AgentBy = {
  kind: 'agent',
  agentId: fact('Noor').id,
  name: 'Noor',
  departments: [sales],
  permissions: settings.roles.agent,
};

/** Noor serves; `colleague`'s reply stands at seq 7. */
const serving = (colleague: string): ServingConversation => ({
  status: 'serving',
  visitor: { id: newVisitorId(), name: 'Visitor' },
  previousId: null,
  page: null,
  openedAt: 1,
  departmentId: sales,
  queuedAt: 1,
  lastMessage: null,
  lastReply: { seq: 7, agent: fact(colleague) },
  agent: fact('Noor'),
  takenAt: 2,
});

const reply = { type: 'message.send', text: 'Yes, both.' } as const;

test('[DC10] a reply written before a colleague’s newer one was read is refused, with his name', () => {
  expect(decide(serving('Mara'), reply, { by, after: 6, settings })).toMatchObject({
    ok: false,
    refusal: { code: 'message.stale', details: { agent: 'Mara' } },
  });
});

test.each([
  ['after reading it', 'Mara', 7],
  ['after one’s own', 'Noor', 3],
])('[DC10] a reply written %s is sent', (_when, author, after) => {
  expect(decide(serving(author), reply, { by, after, settings }).ok).toBe(true);
});

test('[WP7] a message longer than the limit is refused with both lengths', () => {
  const text = 'x'.repeat(settings.limits.message_characters + 1);
  expect(decide(serving('Noor'), { ...reply, text }, { by, after: 9, settings })).toMatchObject({
    refusal: { code: 'message.too-long', details: { limit: 5000, found: 5001 } },
  });
});

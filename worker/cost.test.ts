// Budgets of what Cloudflare bills. The benchmark tells the figures; this holds them.

import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import type { AgentPrincipal } from '#shared/identity.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import { holdConversation, talk, tellReceipts } from '../tests/support/whole-conversation.ts';
import { eventually } from './testing/eventually.ts';
import { Ledger } from './testing/ledger.ts';
import { requestsIn, rowsWrittenIn } from './testing/units.ts';
import { Agent } from './actors/agent/actor.ts';
import { Conversation } from './actors/conversation/actor.ts';
import { Department } from './actors/department/actor.ts';
import {
  anAgent,
  aServedConversation,
  at,
  atOwnStream,
  aVisitor,
  conversationOf,
  agentActorOf,
  SALES,
} from './testing/people.ts';

const ledger = new Ledger();
ledger.watchRequests(Conversation, 'Conversation');
ledger.watchRequests(Department, 'Department');
ledger.watchRequests(Agent, 'Agent');

const sales = () => env.DEPARTMENT.getByName(SALES);

async function watch(): Promise<void> {
  await runInDurableObject(sales(), (_, { storage }) => ledger.watchStorage(storage, 'Department'));
  ledger.watchDirectory(env.DIRECTORY);
}

/** What is delivered after the answer has been: the outboxes are empty. */
async function settled(id: ConversationId | null, by: AgentPrincipal): Promise<void> {
  const stubs = [agentActorOf(by), ...(id ? [conversationOf(id)] : [])];
  await eventually(async () => {
    for (const stub of stubs) {
      const { left } = await runInDurableObject(stub, (_instance, { storage }) =>
        storage.sql.exec<{ left: number }>('SELECT count(*) AS left FROM outbox').one(),
      );
      expect(left).toBe(0);
    }
  });
}

test('[CO1] a conversation of 20 messages stays within its rows and requests', async () => {
  await watch();
  const by = anAgent('noor');
  await atOwnStream(by);
  await settled(null, by);
  ledger.reset();

  const id = newConversationId();
  await sales().status(null);
  await holdConversation({
    visitor: await at(id, aVisitor()),
    agent: async () => {
      await conversationOf(id).snapshot(by);
      return at(id, by);
    },
    departmentId: SALES,
  });
  await settled(id, by);

  const units = ledger.read();
  expect(rowsWrittenIn(units)).toBeGreaterThan(20); // A counter that counts nothing holds nothing.
  expect(rowsWrittenIn(units)).toBeLessThanOrEqual(60);
  expect(requestsIn(units)).toBeGreaterThan(8);
  expect(requestsIn(units)).toBeLessThanOrEqual(45);
});

test('[CO1] a text message writes little more than its own row', async () => {
  await watch();
  const by = anAgent('noor');
  const { id, wire, agentWire } = await aServedConversation(by);
  tellReceipts(wire, 'visitor');
  tellReceipts(agentWire, 'agent');
  await settled(id, by);
  ledger.reset();

  // As fast as a test can, which is faster than a visitor may.
  for (let tenth = 0; tenth < 6; tenth++) {
    await talk(wire, agentWire, 10);
    vi.setSystemTime(Date.now() + 10_000);
  }
  vi.useRealTimers();

  expect(rowsWrittenIn(ledger.read())).toBeGreaterThanOrEqual(60);
  expect(rowsWrittenIn(ledger.read()) / 60).toBeLessThanOrEqual(1.2);
});

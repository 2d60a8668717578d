// What Cloudflare bills for a conversation, counted, and what a month of them costs.

import { setTimeout as sleep } from 'node:timers/promises';
import { textBody } from '#shared/conversation/body.ts';
import { newConversationId } from '#shared/ids.ts';
import {
  holdConversation,
  tellReceipts,
  MESSAGES,
  talk,
} from '../../tests/support/whole-conversation.ts';
import { IN_ONE, IN_TWO, TALK } from '../team.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import { digits } from '../statistics.ts';
import { requestsIn, requestsTo, rowsWrittenIn, type Units } from '../../worker/testing/units.ts';
import { monthly } from './monthly.ts';

const CONVERSATIONS = 5;
const LONG_TALK = 100;
/** Until what a conversation has left to do is done. */
const SETTLED_AFTER_MS = 1_000;

const MOST_ROWS = 60;
const MOST_REQUESTS = 45;
const MOST_ROWS_PER_MESSAGE = 1.2;

export async function units(): Promise<Section> {
  const parley = await Parley.start('control');
  const one = await measure(parley, IN_ONE);
  const inTwo = await measure(parley, IN_TWO);
  const rowsPerMessage = await measureMessages(parley);
  await parley.server.stop();

  const rows = rowsWrittenIn(one);
  const requests = requestsIn(one);
  const { tables, text } = monthly(one);
  return {
    title: 'What Cloudflare bills',
    text:
      `The mean of ${CONVERSATIONS} conversations of ${MESSAGES} messages, half of them from each side: the ` +
      'panel is opened, the visitor writes, an agent opens the conversation, takes it, both type, send receipts and ' +
      'write, the agent ends it with a comment, and both leave. The agent is a member of one department; a second one, ' +
      `which hears how busy the agent is, adds ${digits(rowsWrittenIn(inTwo) - rows)} rows written and ` +
      `${digits(requestsIn(inTwo) - requests)} requests. Counted inside the Worker, by what the platform’s own ` +
      `cursors and methods say. ${text}`,
    tables: [unitsTable(one), ...tables],
    bars: [
      atMost(`rows written for a conversation of ${MESSAGES} messages`, rows, MOST_ROWS),
      atMost(
        `requests to objects for a conversation of ${MESSAGES} messages`,
        requests,
        MOST_REQUESTS,
      ),
      atMost('rows written for a text message', rowsPerMessage, MOST_ROWS_PER_MESSAGE),
    ],
  };
}

/** The mean of some conversations that one agent serves. */
async function measure(parley: Parley, agent: number): Promise<Units> {
  await converse(parley, agent); // What belongs to no conversation is made by it.
  await sleep(SETTLED_AFTER_MS);
  await parley.resetLedger();
  for (let held = 0; held < CONVERSATIONS; held++) await converse(parley, agent);
  await sleep(SETTLED_AFTER_MS);
  return each(await parley.ledger());
}

async function converse(parley: Parley, agent: number): Promise<void> {
  const id = newConversationId();
  await parley.request('/api/widget');
  await holdConversation({
    visitor: await parley.visitorWire(id),
    agent: async () => {
      await parley.request(`/api/conversations/${id}`, {}, agent);
      return parley.agentWire(id, agent);
    },
    departmentId: TALK,
  });
}

/** Rows for each message of a long conversation, the fold that is stored now and then included. */
async function measureMessages(parley: Parley): Promise<number> {
  const id = newConversationId();
  const visitor = await parley.visitorWire(id);
  await visitor.must({
    type: 'conversation.open',
    departmentId: TALK,
    body: textBody('Is the fern in stock?'),
    previousId: null,
    page: null,
    locale: null,
  });
  const agent = await parley.agentWire(id, IN_ONE);
  await agent.must({ type: 'conversation.take' });
  tellReceipts(visitor, 'visitor');
  tellReceipts(agent, 'agent');
  await sleep(SETTLED_AFTER_MS);
  await parley.resetLedger();
  await talk(visitor, agent, LONG_TALK);
  return rowsWrittenIn(await parley.ledger()) / LONG_TALK;
}

/** Of all conversations the share of one. */
function each(total: Units): Units {
  const share = JSON.stringify(total, (_, value: unknown) =>
    typeof value === 'number' ? value / CONVERSATIONS : value,
  );
  return JSON.parse(share) as Units; // The same, with other numbers.
}

function unitsTable({ workerRequests, actors, directory }: Units): string {
  const rows = Object.entries(actors).map(([name, units]) => [
    name,
    Object.entries(units.calls)
      .map(([call, count]) => `${call} ${digits(count)}`)
      .join(', '),
    units.messages,
    units.alarms,
    digits(requestsTo(units)),
    digits(units.rowsRead),
    digits(units.rowsWritten),
    units.alarmsSet,
  ]);
  return table(
    ['', 'calls', 'messages in', 'alarms', 'requests', 'rows read', 'rows written', 'alarms set'],
    [
      ...rows,
      ['D1', '', '', '', '', digits(directory.rowsRead), digits(directory.rowsWritten), ''],
      ['Worker', '', '', '', digits(workerRequests), '', '', ''],
    ],
  );
}

// The search over all conversations, held against a plain reading of their logs.

import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test, vi } from 'vitest';
import { textBody } from '#shared/conversation/body.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { newConversationId, type ConversationId } from '#shared/ids.ts';
import type { Said } from '#shared/search/said.ts';
import { doneByNoor, taken } from '#shared/testing/facts.ts';
import { Random } from '../../tests/support/random.ts';
import { eventually } from '../testing/eventually.ts';
import {
  anAgent,
  aServedConversation,
  atOwnStream,
  conversationOf,
  SALES,
  SUPPORT,
} from '../testing/people.ts';
import { putIntoSearch } from './search-index.ts';
import { forwardTo, passes, served } from '../testing/served.ts';
import { nameOf, readAll, searchAll, talkOf } from '../testing/searched.ts';

const WORDS = [
  'fern',
  'Farn',
  'größe',
  'Grosse',
  'café',
  'cafeteria',
  'ferns',
  'order-12',
  'order',
];
const UNSPACED = ['绿茶好喝', '我要绿茶', '紅茶', 'ชาเขียว', '茶'];
const TYPED = [
  'fern',
  'far',
  'GROSSE',
  'cafe',
  'order-1',
  'fern caf',
  'order gr',
  '绿茶',
  '茶好',
  'ชาเข',
];

/** As anybody would read it: each word typed begins a word of the text, or is in a run without blanks. */
function matches(text: string, typed: string): boolean {
  const plain = (some: string) =>
    some.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
  const isUnspaced = (word: string) => /[\p{Script=Han}\p{Script=Thai}]/u.test(word);
  return typed
    .split(' ')
    .every((word) =>
      isUnspaced(word) ? text.includes(word) : ` ${plain(text)}`.includes(` ${plain(word)}`),
    );
}

/** A quarter of an hour passes, after which what is said in open conversations is found. */
async function searchCatchesUp(open: readonly ConversationId[]): Promise<void> {
  vi.setSystemTime(Date.now() + 15 * 60_000);
  for (const id of open) await runDurableObjectAlarm(conversationOf(id));
  vi.useRealTimers();
}

const random = new Random(20261128);
const sentence = () =>
  Array.from({ length: random.between(1, 5) }, () =>
    random.pick(random.chance(0.3) ? UNSPACED : WORDS),
  ).join(' ');

const both = { departments: [SALES, SUPPORT] };
const ids: ConversationId[] = [];
let readers: AgentPrincipal[];

beforeAll(async () => {
  const [noor, mara] = [anAgent('Noor', both), anAgent('Mara', { departments: [SUPPORT] })];
  for (const agent of [noor, mara]) await atOwnStream(agent);
  for (let index = 0; index < 12; index++) {
    const texts = Array.from({ length: random.between(1, 12) }, sentence);
    const where = { departmentId: index % 3 === 0 ? SUPPORT : SALES, isOver: index % 4 !== 0 };
    ids.push(await talkOf(noor, texts, where));
  }
  // One that Mara's department has got, and one that it has not any more.
  const given = await served(SALES);
  await given.agentWire.must({ type: 'message.send', body: textBody('fern order café 绿茶') });
  await given.agentWire.must(forwardTo(SUPPORT));
  const gone = await served(SUPPORT);
  await gone.agentWire.must({ type: 'message.send', body: textBody('fern order café 绿茶') });
  await gone.agentWire.must(forwardTo(SALES));
  ids.push(given.id, gone.id);
  readers = [
    ...[noor, mara, given.noor, anAgent('Tom', { departments: [] })],
    anAgent('Ada', { role: 'admin', departments: [] }),
  ];
  await searchCatchesUp(ids);
});

async function holdsForAll(): Promise<void> {
  for (const by of readers) {
    for (const typed of TYPED) {
      const expected = await readAll(by, ids, (text) => matches(text, typed));
      const hits = await searchAll(by, typed);
      expect(hits.map(nameOf).sort(), `${by.name}: ${typed}`).toEqual(expected);
    }
  }
}

/** How many documents there are. */
const documents = async () =>
  (await env.SEARCH.prepare('SELECT count(*) AS count FROM document').first<number>('count')) ?? 0;

test('[SR4] finds exactly what a reading of the logs finds, for each who may read them', async () => {
  await eventually(holdsForAll);
  // A test that finds nothing shows nothing.
  expect((await searchAll(readers.at(-1) as AgentPrincipal, 'fern')).length).toBeGreaterThan(10);
});

test('[SR4] finds the same when it is rebuilt, and when it is rebuilt from nothing', async () => {
  const rebuild = () => Promise.all(ids.map((id) => conversationOf(id).rebuild('search')));
  await rebuild();
  await holdsForAll();
  const before = await documents();
  await env.SEARCH.batch([
    env.SEARCH.prepare('DELETE FROM document'),
    env.SEARCH.prepare('DELETE FROM conversation'),
  ]);
  await rebuild();
  await holdsForAll();
  expect(await documents()).toBe(before);
});

test('[SR3] what is read again is not stored again', async () => {
  const [id] = ids;
  if (!id) throw new Error('there are conversations');
  const before = await documents();
  for (let times = 0; times < 2; times++) {
    // An object that wakes may not know how far it had read.
    await evictDurableObject(conversationOf(id));
    await conversationOf(id).requeue(0);
    expect(await documents()).toBe(before);
  }
  await holdsForAll();
});

test('[SR5] the newest come first, and pages leave nothing out and repeat nothing', async () => {
  const [by] = readers;
  if (!by) throw new Error('there are readers');
  const words = Array.from({ length: 40 }, (_, index) => `quokka ${index}`);
  const texts = words.flatMap((text) => [text, 'something else']);
  const many = [];
  for (let part = 0; part < 4; part++) {
    const some = texts.slice(part * 20, part * 20 + 20);
    many.push(await talkOf(by, some, { departmentId: SALES, isOver: true }));
  }
  await eventually(async () => {
    const hits = await searchAll(by, 'quokka');
    expect(hits).toHaveLength(40);
    expect(new Set(hits.map(nameOf)).size).toBe(40);
    expect(hits.map(({ snippet }) => snippet)).toEqual(words.toReversed());
  });
  const best = await searchAll(by, 'quokka', { order: 'best' });
  expect(best.length).toBeGreaterThanOrEqual(30);
  expect(
    best.every(({ snippet, marks: [[from, to] = [0, 0]] }) => snippet.slice(from, to) === 'quokka'),
  ).toBe(true);
});

test('[SR5] the best are looked for further on, where the first have the words in different messages', async () => {
  const state = doneByNoor(taken);
  if (state.status === 'new') throw new Error('it is opened');
  const said = (at: number, ...texts: string[]) =>
    texts.map((text, index): Said => {
      return { seq: index + 3, at, by: { kind: 'visitor' }, isNote: false, text };
    });
  const put = (texts: readonly Said[]) =>
    putIntoSearch(env.SEARCH, {
      ...{ conversationId: newConversationId(), state, said: texts, reworded: [], isAnew: false },
    });
  for (let count = 0; count < 35; count++) await put(said(count, 'bilby', 'potoroo'));
  const filler = Array.from({ length: 40 }, (_, index) => `filler ${index}`);
  await put(said(100, ...filler, 'a bilby and a potoroo'));
  const hits = await searchAll(readers.at(-1) as AgentPrincipal, 'bilby potoroo', {
    order: 'best',
  });
  expect(hits.map(({ snippet }) => snippet)).toEqual(['a bilby and a potoroo']);
});

test('[SR6] is narrowed by department, agent, channel, tag, time and whether it is open', async () => {
  const by = anAgent('Ivo', both);
  await atOwnStream(by);
  const open = await talkOf(by, ['wombat one'], { departmentId: SALES, isOver: false });
  const closed = await talkOf(by, ['wombat two'], { departmentId: SUPPORT, isOver: true });
  await searchCatchesUp([open]);
  await eventually(async () => expect(await searchAll(by, 'wombat')).toHaveLength(2));
  const [later, earlier] = await searchAll(by, 'wombat');
  const only = async (filter: Parameters<typeof searchAll>[2] & object) =>
    (await searchAll(by, 'wombat', filter)).map(({ conversationId }) => conversationId);
  expect(await only({ filter: { isOpen: true } })).toEqual([open]);
  expect(await only({ filter: { isOpen: false } })).toEqual([closed]);
  expect(await only({ filter: { departmentId: SUPPORT } })).toEqual([closed]);
  expect(await only({ filter: { agentId: by.agentId } })).toEqual([closed, open]);
  expect(await only({ filter: { agentId: anAgent('Una').agentId } })).toEqual([]);
  expect(await only({ filter: { channel: 'livechat' } })).toEqual([closed, open]);
  expect(await only({ filter: { channel: 'telegraph' } })).toEqual([]);
  expect(await only({ filter: { tag: 'Order' } })).toEqual([]);
  expect(await only({ filter: { since: later?.at ?? 0 } })).toEqual([closed]);
  expect(await only({ filter: { until: later?.at ?? 0 } })).toEqual([open]);
  expect(await only({ filter: { until: earlier?.at ?? 0 } })).toEqual([]);
});

test('[SR7] what is said in a conversation that goes on is found after a quarter of an hour', async () => {
  const by = anAgent('Uma');
  const { id, agentWire } = await aServedConversation(by);
  await agentWire.must({ type: 'message.send', body: textBody('A numbat was seen') });
  expect(await searchAll(by, 'numbat')).toEqual([]);
  await passes(id, 15 * 60);
  vi.useRealTimers();
  await eventually(async () => {
    expect((await searchAll(by, 'numbat')).map(nameOf)).toEqual([`${id} 4`]);
  });
});

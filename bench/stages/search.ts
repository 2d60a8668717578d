// The search over all conversations, in very many messages.

import * as v from 'valibot';
import { searchBody } from '#shared/search/bodies.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import { digits, median, quantile } from '../statistics.ts';
import { DEPARTMENTS, IN_ONE, LEAD, TALK } from '../team.ts';

const MESSAGES = 1_000_000;
const QUICK_MESSAGES = 50_000;
const CONVERSATIONS_AT_ONCE = 1_000;
const MOST_MS = 100;

/** What is asked, each by an agent who sees little and by one who sees all. */
const QUERIES = {
  'a common word': 'text=fern',
  'the commonest word': 'text=the',
  'two common words': 'text=fern%20delivery',
  'a common and a rare one': 'text=fern%20ord-2400',
  'two letters': 'text=or',
  'three letters': 'text=del',
  'the beginning of a word': 'text=deliv',
  'an order number': 'text=ord-2400',
  'with accents': 'text=fougere%20recu',
  Cyrillic: 'text=%D0%BF%D0%B0%D0%BF%D0%BE%D1%80%D0%BE%D1%82%D0%BD%D0%B8%D0%BA',
  Arabic: 'text=%D8%A7%D9%84%D8%B3%D8%B1%D8%AE%D8%B3',
  Chinese: 'text=%E7%BB%BF%E8%8C%B6',
  Thai: 'text=%E0%B8%8A%E0%B8%B2%E0%B9%80%E0%B8%82%E0%B8%B5%E0%B8%A2%E0%B8%A7',
  'that nobody said': 'text=xylophone',
  'of a department': `text=fern&department=${TALK}`,
  'with a tag, closed': 'text=fern&tag=return&status=closed',
  'by a channel, open': 'text=fern&channel=whatsapp&status=open',
  'of one day': `text=fern&since=${Date.UTC(2024, 0, 20)}&until=${Date.UTC(2024, 0, 21)}`,
  'the newest first': 'text=fern&order=newest',
  'the newest of the commonest': 'text=the&order=newest',
};

export async function search(quick: boolean): Promise<Section> {
  const [wanted, each] = quick ? [QUICK_MESSAGES, 5] : [MESSAGES, 20];
  const parley = await Parley.start('control');
  await parley.resetLedger();
  const begun = performance.now();
  const messages = await fill(parley, wanted);
  const seconds = (performance.now() - begun) / 1000;
  const written = (await parley.ledger()).directory.rowsWritten;
  const bytes = v.parse(v.number(), await (await parley.request('/bench/search/bytes')).json());

  const rows: string[][] = [];
  const all: number[] = [];
  for (const [what, query] of Object.entries(QUERIES)) {
    for (const [agent, sees] of [
      [IN_ONE, 'a department'],
      [LEAD, 'all'],
    ] as const) {
      const { times, hits } = await timesOf(parley, `/api/search?${query}`, agent, each);
      all.push(...times);
      rows.push([what, sees, String(hits), digits(median(times)), digits(quantile(times, 0.95))]);
    }
  }
  await parley.server.stop();
  return {
    title: 'A search over all conversations',
    text:
      `${messages.toLocaleString('en-GB')} messages in eight languages, written by the projection itself in ` +
      `${digits(seconds)} s: ${digits(bytes / 1e6)} MB on disk, ${digits(bytes / messages)} bytes and ` +
      `${digits(written / messages)} rows written a message, ${written.toLocaleString('en-GB')} in all. Each search ` +
      `is asked for ${each} times over HTTP, by an agent of one department among ${DEPARTMENTS.length} and by a lead.`,
    tables: [table(['search', 'sees', 'hits', 'p50 ms', 'p95 ms'], rows)],
    bars: [atMost('search in a million messages, p95 of all', quantile(all, 0.95), MOST_MS, ' ms')],
  };
}

async function fill(parley: Parley, wanted: number): Promise<number> {
  const of = DEPARTMENTS.map(({ id }) => id).join();
  let messages = 0;
  for (let from = 0; messages < wanted; from += CONVERSATIONS_AT_ONCE) {
    const path = `/bench/search/${from}/${CONVERSATIONS_AT_ONCE}?of=${of}`;
    const response = await parley.request(path, { method: 'POST' });
    messages += v.parse(v.number(), await response.json());
  }
  return messages;
}

async function timesOf(parley: Parley, path: string, agent: number, each: number) {
  const times: number[] = [];
  let hits = 0;
  for (let turn = 0; turn <= each; turn++) {
    const begun = performance.now();
    const response = await parley.request(path, {}, agent);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    if (turn > 0) times.push(performance.now() - begun); // The first compiles the query.
    hits = v.parse(searchBody, body).hits.length;
  }
  return { times, hits };
}

// Pages of a long directory of contacts.

import * as v from 'valibot';
import { contactListBody } from '#shared/contact/directory.ts';
import { ASIDE, IN_ONE, IN_TWO, TALK } from '../team.ts';
import { Parley } from '../parley.ts';
import { atMost, table, type Section } from '../report.ts';
import { digits, median, quantile } from '../statistics.ts';

const CONTACTS = 100_000;
const MOST_MS = 100;

/** What an agent asks for; the first three are the bar. */
const FIRST_PAGES = {
  'by name': '',
  'by last message': 'sort=last-message&direction=descending',
  'by creation': 'sort=created&direction=descending',
};
const OTHERS = {
  'search that many match': 'search=ivy',
  'search that one matches': 'search=m%C3%BCller%2077777',
  'search by email': 'search=77777@shop',
  'search by number': 'search=%2B49%2030%2077777',
  'search that none matches': 'search=nobody',
  'without email': 'email=no',
  blocked: 'blocked=yes',
};

export async function contacts(quick: boolean): Promise<Section> {
  const each = quick ? 10 : 40;
  const parley = await Parley.start('control');
  await parley.request(`/bench/contacts/${CONTACTS}?of=${TALK},${ASIDE}`, { method: 'POST' });
  const rows: string[][] = [];
  const found: Record<string, number> = {};
  for (const [what, query] of Object.entries({ ...FIRST_PAGES, ...OTHERS })) {
    for (const [agent, sees] of [
      [IN_TWO, 'all'],
      [IN_ONE, 'every second'],
    ] as const) {
      const times = await timesOf(parley, `/api/contacts?${query}`, agent, each);
      rows.push([what, sees, digits(median(times)), digits(quantile(times, 0.95))]);
      found[`${what}, ${sees}`] = quantile(times, 0.95);
    }
  }
  const last = await lastPage(parley);
  const times = await timesOf(parley, last, IN_TWO, each);
  rows.push(['deep in the list', 'all', digits(median(times)), digits(quantile(times, 0.95))]);
  const exported = await exportOf(parley);
  await parley.server.stop();
  return {
    title: 'A directory of contacts',
    text:
      `${CONTACTS.toLocaleString('en-GB')} contacts with an email address, a phone number and one or two ` +
      `conversations, in two departments. Each page is asked for ${each} times over HTTP, by an agent of both ` +
      `departments and by one of one of them. All of them as a file: ${digits(exported.seconds)} s, ` +
      `${digits(exported.megabytes)} MB.`,
    tables: [table(['page of 50', 'sees', 'p50 ms', 'p95 ms'], rows)],
    bars: Object.keys(FIRST_PAGES).map((what) =>
      atMost(`first page, ${what}, p95`, found[`${what}, all`] ?? NaN, MOST_MS, ' ms'),
    ),
  };
}

async function timesOf(parley: Parley, path: string, agent: number, each: number) {
  const times: number[] = [];
  for (let turn = 0; turn <= each; turn++) {
    const begun = performance.now();
    const response = await parley.request(path, {}, agent);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    if (turn > 0) times.push(performance.now() - begun); // The first compiles the query.
  }
  return times;
}

/** The one before the end, from the other side. */
async function lastPage(parley: Parley): Promise<string> {
  const response = await parley.request('/api/contacts?direction=descending', {}, IN_TWO);
  const { contacts: found } = v.parse(contactListBody, await response.json());
  return `/api/contacts?before=${found.at(-1)?.contactId}`;
}

async function exportOf(parley: Parley): Promise<{ seconds: number; megabytes: number }> {
  const begun = performance.now();
  const response = await parley.request('/api/contacts/export', {}, IN_TWO);
  const { byteLength } = await response.arrayBuffer();
  if (!response.ok) throw new Error(`the export answered ${response.status}`);
  return { seconds: (performance.now() - begun) / 1000, megabytes: byteLength / 1e6 };
}

// npm run floods: strangers ask for ten times as much as they may, from twenty addresses, while others talk and an
// agent comes to work. What came of it is told as a table for docs/operations.md. Needs Linux: those who flood speak
// from loopback addresses of their own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { visitorBody } from '#shared/api.ts';
import { textBody } from '#shared/conversation/body.ts';
import { TOKEN_SUBPROTOCOL_PREFIX } from '#shared/frames.ts';
import { newConversationId } from '#shared/ids.ts';
import { Wire } from '../../scripts/client/wire.ts';
import { build } from '../../scripts/build.ts';
import { fromRoot } from '../../scripts/paths.ts';
import { task } from '../../scripts/run.ts';
import { Parley } from '../parley.ts';
import { table } from '../report.ts';
import { digits, quantile } from '../statistics.ts';
import { AGENTS, PASSWORD, TALK } from '../team.ts';
import { Bystanders, type Observed } from './bystanders.ts';
import type { Flood, Tally } from './flooder.ts';
import { KINDS, type Stranger } from './kinds.ts';

const ADDRESSES = 20;
const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 100;
const MOST_SLOWER = 2;
/** Below this nobody feels a difference, and a busy machine makes one. */
const UNFELT_MS = 50;
/** Memory is looked at again when sockets have gone and the runtime has collected. */
const SETTLED_AFTER_S = 10;

interface Found {
  readonly kind: string;
  readonly tally: Tally;
  readonly before: Observed;
  readonly during: Observed;
  readonly signIn: { readonly status: number; readonly ms: number };
  readonly grownBytes: number;
  readonly keptBytes: number;
  readonly cpuMs: number;
}

async function stranger(url: string, index: number): Promise<Stranger> {
  const address = `127.77.0.${index + 1}`;
  const headers = { 'cf-connecting-ip': address };
  const answer = await fetch(`${url}/api/visitors`, { method: 'POST', headers });
  const { token } = v.parse(visitorBody, await answer.json());
  const conversationId = newConversationId();
  const wire = await Wire.open(url, `/ws/conversations/${conversationId}`, {
    headers: { origin: url, ...headers },
    subprotocols: [TOKEN_SUBPROTOCOL_PREFIX + token],
  });
  await wire.must({
    ...{ type: 'conversation.open', departmentId: TALK, body: textBody('Hello') },
    ...{ previousId: null, page: null, locale: null },
  });
  wire.close();
  return { address, token, conversationId };
}

/** Comes back to a browser in which they have signed in before. */
async function signIn(url: string, cookie = ''): Promise<{ response: Response; ms: number }> {
  const begun = performance.now();
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ email: AGENTS[0]?.email, password: PASSWORD }),
  });
  return { response, ms: performance.now() - begun };
}

async function flood(order: Flood): Promise<Tally> {
  const child = fork(fromRoot('bench/floods/flooder.ts'), {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  child.send(order);
  const [tally] = (await once(child, 'message')) as [Tally];
  child.disconnect();
  return tally;
}

async function observe(
  parley: Parley,
  bystanders: Bystanders,
  order: Flood,
  cookie: string,
): Promise<Found> {
  const { server } = parley;
  const { seconds, url, kind } = order;
  const before = await bystanders.talk(seconds);
  const memory = await server.memoryBytes();
  const cpu = await server.cpuMs();
  let most = memory;
  const watching = setInterval(() => {
    void server.memoryBytes().then((bytes) => (most = Math.max(most, bytes)));
  }, 500);
  const [tally, during, back] = await Promise.all([
    flood(order),
    bystanders.talk(seconds),
    sleep((seconds * 1000) / 2).then(() => signIn(url, cookie)),
  ]);
  const cpuMs = (await server.cpuMs()) - cpu;
  await sleep(SETTLED_AFTER_S * 1000);
  clearInterval(watching);
  const keptBytes = (await server.memoryBytes()) - memory;
  const status = { status: back.response.status, ms: back.ms };
  return {
    kind,
    tally,
    before,
    during,
    signIn: status,
    grownBytes: most - memory,
    keptBytes,
    cpuMs,
  };
}

const p95 = ({ ms }: Observed) => quantile(ms, 0.95);

function problemsOf({ tally, before, during, signIn, grownBytes }: Found): string[] {
  const isSlower = p95(during) > Math.max(MOST_SLOWER * p95(before), UNFELT_MS);
  return [
    isSlower ? `others wait ${digits(p95(during) / p95(before))} times as long` : '',
    during.lost > 0 ? `${during.lost} messages of others did not arrive` : '',
    signIn.status === 204 ? '' : `an agent could not sign in: ${signIn.status}`,
    grownBytes > MOST_MEGABYTES * MEGABYTE ? 'the memory grew too much' : '',
    tally.other > 0 ? `${tally.other} were not told how long to wait` : '',
  ].filter((problem) => problem !== '');
}

const rowOf = (found: Found) => [
  found.kind,
  found.tally.taken + found.tally.told + found.tally.other,
  found.tally.taken,
  found.tally.told,
  found.tally.other,
  `${digits(p95(found.before))} → ${digits(p95(found.during))}`,
  digits(found.signIn.ms),
  `${digits(found.grownBytes / MEGABYTE)}, ${digits(found.keptBytes / MEGABYTE)}`,
  digits(found.cpuMs / 1000),
];

await task(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, seconds: { type: 'string', default: '10' } },
  });
  const kinds = values.only?.split(',') ?? Object.keys(KINDS);
  console.log('Building what changed …');
  await build();
  const parley = await Parley.start('shipped');
  const { url } = parley.server;
  const bystanders = await Bystanders.arrive(parley);
  const strangers = await Promise.all(
    Array.from({ length: ADDRESSES }, (_, index) => stranger(url, index)),
  );
  let { response } = await signIn(url);
  // Those who came just before count as well.
  for (; response.status === 429; { response } = await signIn(url)) await sleep(10_000);
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const all: Found[] = [];
  for (const kind of kinds) {
    const order = { kind, url, seconds: Number(values.seconds), strangers };
    const found = await observe(parley, bystanders, order, cookie);
    all.push(found);
    console.log(`${kind}: ${problemsOf(found).join(', ') || 'held'}`);
  }
  const head = [
    '',
    'asked',
    'taken',
    'told to wait',
    'other',
    'p95 of others, ms',
    'sign-in, ms',
    'memory, MB',
    'CPU, s',
  ];
  console.log(`\n${table(head, all.map(rowOf))}`);
  await parley.server.stop();
  process.exit(all.some((found) => problemsOf(found).length > 0) ? 1 : 0);
});

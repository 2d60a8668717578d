// npm start: the process that stays. It holds workerd and not much else; what needs more is done by a child that
// ends. Not TypeScript, because Node needs 17 MiB to strip types, and keeps them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftBehind, OPEN_BY_DEPARTMENT } from './left-behind.js';

/** @returns {Promise<import('./prepare-start.ts').Prepared>} */
async function prepare() {
  // What bootstrap.mjs chose for this process would slow the child down.
  const { MALLOC_MMAP_THRESHOLD_: _, ...env } = process.env;
  const child = fork(join(import.meta.dirname, 'prepare-start.ts'), { env, execArgv: [] });
  const told = once(child, 'message');
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1); // It has said why.
  const [prepared] = await told;
  return prepared;
}

/** What agents may do was changed while nothing ran. */
async function tellOfAccessChanges(origin) {
  const directory = await miniflare.getD1Database('DIRECTORY');
  const { results } = await directory.prepare('SELECT id FROM access_change').all();
  for (const { id } of results) {
    await fetch(`${origin}/api/access-changes/${id}`, { method: 'POST' });
  }
}

const loading = import('miniflare');
const { options, assets, addressFile, greeting, departments } = await prepare();

// Before Miniflare adds listeners of its own: when the process exits, it ends workerd.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
process.once('exit', () => {
  for (const path of [assets, addressFile]) rmSync(path, { recursive: true, force: true });
});

const { convertV4MiniflareOptions, Log, LogLevel, Miniflare } = await loading;
const miniflare = new Miniflare(
  convertV4MiniflareOptions({ ...options, log: new Log(LogLevel.WARN) }),
);
try {
  const { origin } = await miniflare.ready;
  writeFileSync(addressFile, origin);
  await tellOfAccessChanges(origin);
  console.log(greeting);
  const directory = await miniflare.getD1Database('DIRECTORY');
  const { results } = await directory.prepare(OPEN_BY_DEPARTMENT).all();
  const left = leftBehind(results, departments);
  if (left) console.warn(`${left}\n`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

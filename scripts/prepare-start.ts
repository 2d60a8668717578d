// What npm start does before it serves, in a process that ends: it checks, builds what changed, migrates and
// seeds. Nothing of wrangler or of the demo stays in the memory of the server, which is told what to serve.
import { createServer, type AddressInfo } from 'node:net';
import type { V4MiniflareOptions } from 'miniflare';
import { gatherAssets } from './assets.ts';
import { readSettings } from './configuration.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';
import { miniflareOptions } from './miniflare-options.ts';
import { shown, stateFolder } from './paths.ts';
import { prepareState } from './prepare-state.ts';
import { run, task } from './run.ts';
import { addressFile, openStateFolder } from './state-folder.ts';

/** What the server, scripts/start.mjs, gets to know. */
export interface Prepared {
  options: V4MiniflareOptions;
  /** A folder, to be removed in the end. */
  assets: string;
  /** Where its address is written while it serves. */
  addressFile: string;
  /** What it says when it is ready. */
  greeting: string;
  /** Those of the settings. */
  departments: string[];
}

/** @param wanted 0: any */
function freePort(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', () =>
      failed(new Error(`Port ${wanted} is in use. Choose another one: PORT=8800 npm start`)),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // A TCP server's address is always this.
      probe.close(() => found(port));
    });
  });
}

const greeting = (url: string): string => `
  Parley is running.

  Demo site   ${url}/demo/
  Workspace   ${url}/

  Sign in as one of these, with the password ${DEMO_PASSWORD}:
${DEMO_PEOPLE.map(({ email, role }) => `    ${email.padEnd(24)} ${role}`).join('\n')}

  Ctrl-C stops it. What it remembers is in ${shown(stateFolder)}; npm run reset forgets it.
`;

// The server was stopped before this was done.
process.on('disconnect', () => process.exit(1));

await task(async () => {
  const port = await freePort(Number(process.env.PORT ?? 8787));
  const { departments } = await readSettings();
  console.log('Building what changed …');
  await run('node scripts/build-all.ts');

  const assets = await gatherAssets(process.ppid);
  await openStateFolder(stateFolder);
  await prepareState(assets);
  const prepared: Prepared = {
    options: await miniflareOptions({ port, stateFolder }, assets),
    assets,
    addressFile: addressFile(stateFolder),
    greeting: greeting(`http://127.0.0.1:${port}`),
    departments: departments.map(({ id }) => id),
  };
  process.send?.(prepared, () => process.exit());
});

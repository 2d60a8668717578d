// npm start: checks, builds what changed, and serves all of Parley on this machine.
import { createServer } from 'node:net';
import { readSettings } from './configuration.ts';
import { shown, stateFolder } from './paths.ts';
import { run, task } from './run.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demo.ts';
import { seedIfEmpty } from './seed.ts';
import { serve } from './serve.ts';

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });
}

await task(async () => {
  const port = Number(process.env.PORT ?? 8787);
  if (!(await isFree(port))) {
    throw new Error(`Port ${port} is in use. Choose another one: PORT=8800 npm start`);
  }
  await readSettings();
  console.log('Building what changed …');
  await run('node scripts/build-all.ts');

  const served = await serve({ port, stateFolder });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void served.stop().finally(() => process.exit(0));
    });
  }

  const { url } = served;
  await seedIfEmpty(served);
  console.log(`
  Parley is running.

  Demo site   ${url}/demo/
  Workspace   ${url}/

  Sign in as one of these, with the password ${DEMO_PASSWORD}:
${DEMO_PEOPLE.map(({ email, role }) => `    ${email.padEnd(24)} ${role}`).join('\n')}

  Ctrl-C stops it. What it remembers is in ${shown(stateFolder)}; npm run reset forgets it.
`);
});

// npm run dev: the Worker under `wrangler dev`, the workspace under `vite dev` with hot reload in front of it.
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, watch } from 'node:fs';
import { gatherAssets } from './assets.ts';
import { build, compileMessages } from './build.ts';
import { readSettings } from './configuration.ts';
import { fromRoot, root, stateFolder } from './paths.ts';
import { prepareState } from './prepare-state.ts';
import { environment, task } from './run.ts';

const workerPort = Number(process.env.WORKER_PORT ?? 8788);
const port = Number(process.env.PORT ?? 8787);
const children: ChildProcess[] = [];

/** @param paths may have blanks */
function start(command: string, ...paths: string[]): void {
  const [file = '', ...args] = command.split(' ');
  const child = spawn(file, [...args, ...paths], {
    cwd: root,
    env: { ...environment, BACKEND: `http://127.0.0.1:${workerPort}` },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: both tools start children, which a signal to the parent alone would leave behind.
    detached: true,
  });
  child.on('exit', () => stop(1));
  children.push(child);
}

function signalAll(signal: NodeJS.Signals): void {
  for (const { pid } of children) {
    try {
      if (pid) process.kill(-pid, signal);
    } catch {
      // It has ended already.
    }
  }
}

let stopping = false;
function stop(code: number): void {
  if (stopping) return;
  stopping = true;
  signalAll('SIGTERM');
  setTimeout(() => {
    signalAll('SIGKILL');
    process.exit(code);
  }, 1500);
}

await task(async () => {
  await readSettings();
  await build();
  const assets = await gatherAssets();
  process.once('exit', () => rmSync(assets, { recursive: true, force: true }));
  await prepareState(assets);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  watch(fromRoot('messages'), () => void compileMessages());
  start(
    `wrangler dev --port ${workerPort} --ip 127.0.0.1 --show-interactive-dev-session=false`,
    `--persist-to=${stateFolder}`,
    `--assets=${assets}`,
  );
  start(`vite dev -c web/vite.config.ts --port ${port} --strictPort --host 127.0.0.1`);
});

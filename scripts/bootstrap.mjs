// Runs a task of this folder on any Node from 20: installs what is missing, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isKnownNode } from './pinned-node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = join(root, 'package-lock.json');
const installed = join(root, 'node_modules/.parley-lock');
const bin = join(root, 'node_modules/.bin');
const windows = process.platform === 'win32';
const pinned = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

function install() {
  const locked = existsSync(lock);
  const wanted = createHash('sha256')
    .update(readFileSync(locked ? lock : join(root, 'package.json')))
    .digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;

  console.log('Installing dependencies …');
  const npm = spawnSync(
    windows ? 'npm.cmd' : 'npm',
    [locked ? 'ci' : 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: 'inherit', shell: windows },
  );
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  if (existsSync(pinned) && !isKnownNode(pinned)) {
    console.error(
      'The Node that npm installed is not the known one. This machine’s own runs instead.',
    );
    rmSync(pinned);
  }
  if (locked) writeFileSync(installed, wanted);
}

function chooseNode() {
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major >= 24 || (major === 22 && minor >= 18)) return process.execPath;
  console.error(`Parley needs Node 22.18 or later here; this is ${process.version}.`);
  process.exit(1);
}

/** Tasks that lie in bench/, and use the browser's stores in Node. */
const inBench = {
  bench: 'bench/command.ts',
  faults: 'bench/faults/command.ts',
  floods: 'bench/floods/command.ts',
};

/** What Node is given to run the task. */
function argumentsOf(task) {
  // It stays for as long as Parley runs, so memory counts for more than speed.
  if (task === 'start') return ['--optimize-for-size', join(root, 'scripts/start.mjs')];
  if (task === 'fuzz') return [join(root, 'tests/fuzz/command.ts')];
  if (!(task in inBench)) return [join(root, 'scripts', `${task}.ts`)];
  const hooks = pathToFileURL(join(root, 'bench/client/stores-in-node.ts')).href;
  return ['--disable-warning=ExperimentalWarning', '--import', hooks, join(root, inBench[task])];
}

function environmentOf(task) {
  return {
    ...process.env,
    PATH: bin + delimiter + process.env.PATH,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_LOG: 'warn',
    // Large buffers go back to the system when they are freed, not to the heap.
    ...(task === 'start' && { MALLOC_MMAP_THRESHOLD_: '131072' }),
  };
}

/** In this process, if it can become another one; else in a child, which gets what happens to this one. */
function become(file, args, env) {
  if (process.execve && !windows) {
    process.chdir(root);
    process.execve(file, [file, ...args], env);
  }
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

const [task, ...rest] = process.argv.slice(2);
install();
become(chooseNode(), [...argumentsOf(task), ...rest], environmentOf(task));

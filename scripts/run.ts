// Runs one of the project's tools; its output is shown at once, or only when it fails.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fromRoot, root } from './paths.ts';

export class CommandFailed extends Error {
  readonly output: string;

  constructor(command: string, code: number | null, output: string) {
    super(`${command} failed${code === null ? '' : ` (exit code ${code})`}`);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

// The test runner sets NODE_ENV, and a build that inherits it would not be the one that is deployed.
const { NODE_ENV: _, ...inherited } = process.env;

export const environment: NodeJS.ProcessEnv = {
  ...inherited,
  PATH: fromRoot('node_modules/.bin') + delimiter + (process.env.PATH ?? ''),
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG: 'log',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};

export function run(command: string, options: { show?: boolean } = {}): Promise<string> {
  return new Promise((done, fail) => {
    const [file = '', ...args] = command.split(' ');
    const child = spawn(file, args, {
      cwd: root,
      env: environment,
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(output);
      else fail(new CommandFailed(command, code, output));
    });
  });
}

/** The end of every task: a failure is told once, in words, and the exit code says it too. */
export async function task(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommandFailed) console.error(error.output);
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

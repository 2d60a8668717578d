// The directory's database as wrangler reaches it: the local one, or the deployed one.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { fromRoot, root, stateFolder } from './paths.ts';
import { environment } from './run.ts';
import { rendered, type Statement } from './sql.ts';

const execute = promisify(execFile);

const answerSchema = v.array(v.object({ results: v.array(v.record(v.string(), v.unknown())) }));

interface DirectoryOptions {
  readonly remote: boolean;
  /** Where the local one is kept. */
  readonly stateFolder?: string;
}

export class Directory {
  readonly #remote: boolean;
  readonly #stateFolder: string;

  constructor({ remote, stateFolder: folder = stateFolder }: DirectoryOptions) {
    this.#remote = remote;
    this.#stateFolder = folder;
  }

  /** The rows of a query. As an argument: wrangler gives no rows back from a file. */
  async query(query: Statement): Promise<Record<string, unknown>[]> {
    const output = await this.#wrangler('--json', '--command', rendered(query));
    const json: unknown = JSON.parse(output.slice(output.indexOf('[')));
    return v.parse(answerSchema, json)[0]?.results ?? [];
  }

  /** Runs the statements from a file that only we can read: a password's hash is no argument. */
  async run(statements: readonly Statement[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-'));
    try {
      const file = join(folder, 'statements.sql');
      await writeFile(file, statements.map(rendered).join('\n'), { mode: 0o600 });
      await this.#wrangler('--yes', '--file', file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #wrangler(...args: string[]): Promise<string> {
    const wrangler = fromRoot('node_modules/wrangler/bin/wrangler.js');
    const where = this.#remote ? ['--remote'] : ['--local', '--persist-to', this.#stateFolder];
    try {
      const { stdout } = await execute(
        process.execPath,
        [wrangler, 'd1', 'execute', 'DIRECTORY', ...where, ...args],
        { cwd: root, env: environment, maxBuffer: 64 * 1024 * 1024 },
      );
      return stdout;
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  }
}

/** wrangler's own words, without its banner and advice. */
function reasonOf(error: unknown): string {
  const told = v.safeParse(v.object({ stdout: v.string(), stderr: v.string() }), error);
  const text = told.success ? `${told.output.stdout}\n${told.output.stderr}` : String(error);
  if (text.includes('no such table')) {
    return 'The database is empty. Run npm start once, or apply the migrations.';
  }
  const line = /(?:ERROR\]?|"text":)\s*"?([^\n"]+)/.exec(text)?.[1];
  return `The database could not be reached: ${line ?? text.trim()}`;
}

// A Parley for one file of stories, with the demo's people and settings of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { DepartmentId } from '#shared/ids.ts';
import { seedPeople } from '../../scripts/seed.ts';
import { serve, type ServeOptions, type Served } from '../../scripts/serve.ts';
import { CROWD } from './crowd.ts';

export class OwnParley {
  readonly #served: Served;

  constructor(served: Served) {
    this.#served = served;
  }

  get url(): string {
    return this.#served.url;
  }

  async agentId(username: string): Promise<string> {
    const found = await this.#served.directory
      .prepare('SELECT id FROM "user" WHERE username = ?')
      .bind(username)
      .first<string>('id');
    if (found === null) throw new Error(`nobody is called ${username}`);
    return found;
  }

  async join(username: string, department: string): Promise<void> {
    await this.#served.directory
      .prepare('INSERT INTO membership VALUES (?, ?)')
      .bind(await this.agentId(username), department)
      .run();
  }
}

/** Serves it; call it once at the top of a file. */
export function useParley(
  settings: NonNullable<ServeOptions['settings']>,
  { secrets, others }: Pick<ServeOptions, 'secrets' | 'others'> = {},
): () => OwnParley {
  let parley: OwnParley;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'parley-own-parley-'));
    const own = { settings, ...(secrets && { secrets }), ...(others && { others }) };
    const served = await serve({ port: 0, stateFolder, quiet: true, crowd: CROWD, ...own });
    stop = async () => {
      await served.stop();
      await rm(stateFolder, { recursive: true, force: true });
    };
    // The demo's own departments are there whatever the settings say.
    await seedPeople(served.directory, ['sales', 'support'] as DepartmentId[]);
    parley = new OwnParley(served);
  });
  afterAll(() => stop());
  return () => parley;
}

/** The shop's pages lead to this department, and ask for this agent. */
export async function embedFor(page: Page, department: string, agent = ''): Promise<Page> {
  await page.addInitScript(
    (wanted) => {
      // Before the script runs, which it does when it has been fetched.
      new MutationObserver(() => {
        const script = document.querySelector<HTMLElement>('script[data-department]');
        if (script) Object.assign(script.dataset, wanted);
      }).observe(document, { childList: true, subtree: true });
    },
    { department, agent },
  );
  return page;
}

// A desk of its own for a file of stories, which behaves in another way than the demo's.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll } from 'vitest';
import { departmentIdSchema } from '#shared/ids.ts';
import type { Settings } from '#shared/settings/schema.ts';
import { seedPeople } from '../../scripts/seed.ts';
import { serve, type Served } from '../../scripts/serve.ts';

/** The demo's people work there; nobody has written yet. Call it once at the top of a file. */
export function useDesk(settings: Partial<Settings>): { readonly url: string } {
  let served: Served;
  let stateFolder: string;
  beforeAll(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'parley-stories-'));
    served = await serve({ port: 0, stateFolder, quiet: true, settings });
    const departments = ['sales', 'support'].map((id) => v.parse(departmentIdSchema, id));
    await seedPeople(served.directory, departments);
  });
  afterAll(async () => {
    await served.stop();
    await rm(stateFolder, { recursive: true, force: true });
  });
  return {
    get url() {
      return served.url;
    },
  };
}

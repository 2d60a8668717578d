// What the first version has stored opens in this one: databases and logs, with nobody doing anything for it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Served } from '../../scripts/serve.ts';
import { Agent, useBrowser } from '../support/people.ts';
import { unpackState } from '../support/stored-state.ts';

const { page } = useBrowser();
let served: Served;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-earlier-'));
  await unpackState('first-version', folder);
  // However long ago it was stored, nothing has run out.
  const settings = { hold: { allowed: true }, agent_offline: { action: 'keep' } } as const;
  served = await serve({ port: 0, stateFolder: folder, quiet: true, settings });
});
afterAll(async () => {
  await served.stop();
  await rm(folder, { recursive: true, force: true });
});

test('[DC7] an agent goes on with what the first version has stored', async () => {
  const noor = await Agent.at(await page(), 'noor', served.url);
  await noor.inQueue('It is about my invoice').waitFor();
  await noor.onHold('Let me ask.').waitFor();
  await noor.sidebar.getByText('We send a new one.').waitFor();

  await noor.inProgress('Lovely').click();
  await noor.main.getByText('Is the fern in stock?').waitFor();
  expect(await noor.said()).toEqual(['Is the fern in stock?', 'It is, in two sizes.', 'Lovely 🌿']);
  await noor.say('Shall I put one aside?');
  await noor.main.getByText('Shall I put one aside?').waitFor();
  await noor.reload();
  await noor.main.getByText('Shall I put one aside?').waitFor();
  expect(await noor.said()).toHaveLength(4);
  await noor.take('It is about my invoice');
  await noor.inProgress('It is about my invoice').waitFor();
});

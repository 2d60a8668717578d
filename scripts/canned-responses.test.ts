import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { importBody } from '#shared/canned-responses/canned-response.ts';
import { refusal } from '#shared/refusals.ts';
import * as v from 'valibot';
import { exportCanned, importCanned } from './canned-responses.ts';

async function fileCalled(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-canned-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, name);
}

const response = (shortcut: string, scope: object) => ({
  ...{ id: crypto.randomUUID(), shortcut, text: 'Hello', tags: [], revision: 1 },
  scope,
});

const server = {
  get: async (path: string) =>
    Response.json(
      path === '/api/me'
        ? { agentId: 'ada' }
        : {
            version: '1',
            responses: [
              response('all', { kind: 'public' }),
              response('own', { kind: 'private', agentId: 'ada', agentName: 'Ada' }),
              response('other', { kind: 'private', agentId: 'mara', agentName: 'Mara' }),
            ],
          },
    ),
  post: async (_path: string, body: object = {}) => {
    const { responses } = v.parse(importBody, body);
    const rows = responses.map(({ shortcut }) =>
      shortcut === 'other'
        ? { outcome: 'refused', refusal: refusal('canned-response.not-yours') }
        : { outcome: 'created', refusal: null },
    );
    return Response.json({ rows });
  },
};

test('[CR17] an admin exports what is theirs and what is shared, and imports it again', async () => {
  const file = await fileCalled('responses.csv');
  expect(await exportCanned(server, file)).toContain('2 canned responses');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('all,Hello,,public,');
  expect(text).not.toContain('other');
  expect(await importCanned(server, file)).toBe('2 created, 0 updated, 0 unchanged, 0 refused.');
});

test('[CR16] [CR17] each row that is not imported is told, with the reason', async () => {
  const file = await fileCalled('responses.csv');
  await writeFile(file, 'shortcut,text\nother,Hello\ntwo words,Hello\n');
  expect((await importCanned(server, file)).split('\n')).toEqual([
    'Row 3: check the shortcut.',
    'Row 2: This canned response is private to a colleague. Only they can change it.',
    '0 created, 0 updated, 0 unchanged, 1 refused.',
  ]);
});

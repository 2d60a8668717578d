import * as v from 'valibot';
import { expect, test } from 'vitest';
import { importBody, type ImportAnswer } from '#shared/canned-responses/canned-response.ts';
import { refusal } from '#shared/refusals.ts';
import { CannedImport, type RowReport } from './canned-import.svelte.ts';

const HEAD = 'shortcut,text,tags,scope,department';
const file = (...rows: string[]) => new Blob([[HEAD, ...rows].join('\n')]);

/** A server that has `there`, and lets nobody save a public response. */
class Server {
  readonly asked: v.InferOutput<typeof importBody>[] = [];
  isThere = true;

  readonly fetch: typeof fetch = async (_path, init) => {
    if (!this.isThere) throw new TypeError('no connection');
    const body = v.parse(v.pipe(v.string(), v.parseJson(), importBody), init?.body);
    this.asked.push(body);
    const rows = body.responses.map(({ shortcut, scope }): ImportAnswer['rows'][number] => {
      if (scope.kind === 'public')
        return { outcome: 'refused', refusal: refusal('canned-response.not-yours') };
      return { outcome: shortcut === 'there' ? 'updated' : 'created', refusal: null };
    });
    return Response.json({ rows });
  };
}

const brief = (reports: readonly RowReport[]) =>
  reports.map(({ row, shortcut, outcome, why }) => [
    ...[row, shortcut, outcome],
    typeof why === 'object' ? (why?.code ?? null) : why,
  ]);

test('[CR18] a file is tried first: each row says what would become of it, and nothing is stored', async () => {
  const server = new Server();
  const work = new CannedImport(server.fetch);
  await work.read(
    file('hi,Hello,,,', 'there,Here,,private,', 'a b,Text,,,', 'all,Text,,public,', '!HI,Again,,,'),
  );
  expect(work.step).toBe('checked');
  expect(brief(work.reports)).toEqual([
    [2, 'hi', 'created', null],
    [3, 'there', 'updated', null],
    [4, '', 'refused', 'shortcut'],
    [5, 'all', 'refused', 'canned-response.not-yours'],
    [6, 'hi', 'refused', 'canned-response.exists'],
  ]);
  expect(server.asked.map(({ isDryRun }) => isDryRun)).toEqual([true]);
});

test('[CR18] what would be new or replace another is stored then, and nothing else', async () => {
  const server = new Server();
  const work = new CannedImport(server.fetch);
  await work.read(file('hi,Hello,,,', 'all,Text,,public,', 'there,Here,,,', 'a b,Text,,,'));
  const before = brief(work.reports);
  await work.store();
  expect(work.step).toBe('stored');
  expect(server.asked.at(-1)).toMatchObject({
    isDryRun: false,
    responses: [{ shortcut: 'hi' }, { shortcut: 'there' }],
  });
  expect(brief(work.reports)).toEqual(before);
});

test('[CR18] a long file goes in several requests, and on where the connection was lost', async () => {
  const server = new Server();
  const work = new CannedImport(server.fetch);
  await work.read(file(...Array.from({ length: 120 }, (_, index) => `r${index},Text,,,`)));
  expect(server.asked.map(({ responses }) => responses.length)).toEqual([50, 50, 20]);
  server.isThere = false;
  await work.store();
  expect([work.stopped, work.step, work.done]).toEqual(['offline', 'storing', 0]);
  server.isThere = true;
  await work.goOn();
  expect([work.stopped, work.step, work.count('created')]).toEqual([null, 'stored', 120]);
});

test.each(['', 'name,email\nIvy,ivy@shop.example', '{ "responses": 7 }'])(
  '[CR18] %j is no file of canned responses',
  async (text) => {
    const server = new Server();
    const work = new CannedImport(server.fetch);
    await work.read(new Blob([text]));
    expect([work.isNoFile, work.step, server.asked]).toEqual([true, 'choosing', []]);
  },
);

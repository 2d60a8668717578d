// The rules of docs/spec/my-account.md about links by which a password is set again.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { noTwoFactorStatements, resetLink } from '../../../scripts/accounts.ts';
import type { Statement } from '../../../scripts/sql.ts';
import {
  addAccount,
  asked,
  codeOf,
  PASSWORD,
  signedIn,
  signedOut,
  signIn,
} from '../../testing/accounts.ts';

let name: string;
let cookie: string;
const NEW = 'quite another password';

beforeEach(async () => {
  name = `reset-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(name);
  cookie = await signedIn(name);
  signedOut.length = 0;
});

const run = (statements: readonly Statement[]) =>
  env.DIRECTORY.batch(
    statements.map(({ sql, params }) => env.DIRECTORY.prepare(sql).bind(...params)),
  );

/** What the command line does. @returns what is in the link */
async function token(at = Date.now()): Promise<string> {
  const { path, statements } = await resetLink(`agent-${name}`, at);
  await run(statements);
  return path.split('/').at(-1) ?? '';
}

const look = (link: string) => asked('GET', `/api/password-resets/${link}`);
const reset = (link: string, password = NEW) =>
  asked('POST', '/api/password-resets', { body: { token: link, password } });
const withPassword = (password: string) => signIn(`${name}@parley.test`, password);

test('[MY7] a link sets a new password once, and ends all sessions', async () => {
  const link = await token();
  expect((await look(link)).status).toBe(204);
  expect(await codeOf(await reset(link, 'short'))).toBe('body.malformed');
  expect((await reset(link)).status).toBe(204);
  expect(signedOut).toEqual([`agent-${name}`]);
  expect((await asked('GET', '/api/me', { cookie })).status).toBe(401);
  expect((await withPassword(PASSWORD)).status).toBe(401);
  expect((await withPassword(NEW)).status).toBe(204);
  expect(await codeOf(await look(link))).toBe('password-reset.unknown');
  expect(await codeOf(await reset(link, PASSWORD))).toBe('password-reset.unknown');
});

test('[MY25] of two uses of a link at once, one is refused', async () => {
  const link = await token();
  const answers = await Promise.all([reset(link), reset(link, 'a third password')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
});

test('[MY7] a link is good for an hour, and until there is another', async () => {
  const old = await token(Date.now() - 61 * 60_000);
  expect(await codeOf(await look(old))).toBe('password-reset.unknown');
  expect(await codeOf(await reset(old))).toBe('password-reset.unknown');
  const first = await token();
  const second = await token();
  expect(await codeOf(await reset(first))).toBe('password-reset.unknown');
  expect((await reset(second)).status).toBe(204);
});

test('[MY7] the directory does not hold what is in a link', async () => {
  const link = await token();
  const { results } = await env.DIRECTORY.prepare('SELECT * FROM verification').all();
  expect(results.length).toBeGreaterThan(0);
  expect(JSON.stringify(results)).not.toContain(link);
});

test('[MY7] who was locked out before can sign in with the new password', async () => {
  for (let tries = 0; tries < 5; tries += 1) await withPassword('wrong');
  await reset(await token());
  expect((await withPassword(NEW)).status).toBe(204);
});

test('[MY13] without the second factor that was lost, the password is enough', async () => {
  await env.DIRECTORY.prepare('UPDATE "user" SET "twoFactorEnabled" = 1 WHERE id = ?')
    .bind(`agent-${name}`)
    .run();
  expect((await withPassword(PASSWORD)).status).toBe(200);
  await run(noTwoFactorStatements(`agent-${name}`));
  expect((await asked('GET', '/api/me', { cookie })).status).toBe(401);
  expect((await withPassword(PASSWORD)).status).toBe(204);
});

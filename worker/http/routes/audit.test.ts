// The rules of docs/spec/my-account.md about the audit log.

import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { audited, roleStatements } from '../../../scripts/accounts.ts';
import { auditLine, auditQuery, auditRowSchema } from '../../../scripts/audit-log.ts';
import { codeFor } from '../../../tests/support/totp.ts';
import { forgetAudit } from '../../io/audit.ts';
import { addAccount, asked, cookiesAfter, PASSWORD, signIn } from '../../testing/accounts.ts';
import * as v from 'valibot';

let name: string;
let cookie: string;
const email = () => `${name}@parley.test`;

beforeEach(async () => {
  name = `aud-${crypto.randomUUID().slice(0, 8)}`;
  await addAccount(name);
  cookie = cookiesAfter('', await signIn(email()));
});

/** What the command line shows. */
async function log(who: string | null = email()) {
  const { sql, params } = auditQuery({ since: 0, who });
  const { results } = await env.DIRECTORY.prepare(sql)
    .bind(...params)
    .all();
  return v.parse(v.array(auditRowSchema), results).toReversed();
}

const actions = async () => (await log()).map(({ action }) => action);

test('[MY19] what concerns an account’s security is in the log', async () => {
  const { uri } = await (
    await asked('POST', '/api/me/two-factor', { cookie })
  ).json<{ uri: string }>();
  const code = await codeFor(uri, Date.now());
  const on = await asked('POST', '/api/me/two-factor/confirmation', { cookie, body: { code } });
  cookie = cookiesAfter(cookie, on);
  await asked('POST', '/api/me/recovery-codes', { cookie });
  const off = await asked('DELETE', '/api/me/two-factor', { cookie });
  cookie = cookiesAfter(cookie, off);
  const body = { current: PASSWORD, next: 'a new password', endOthers: true };
  await asked('PUT', '/api/me/password', { cookie, body });
  await asked('DELETE', '/api/sessions/others', { cookie });
  expect(await actions()).toEqual([
    ...['session.began', 'second-factor.on', 'recovery-codes.made', 'second-factor.off'],
    ...['password.changed', 'session.ended'],
  ]);
});

test('[MY19] an admin’s command tells whose account it changed, and how', async () => {
  const about = { id: `agent-${name}`, name };
  const statements = [
    ...roleStatements(about.id, 'monitor'),
    audited('account.role', about, { role: 'monitor' }),
  ];
  await env.DIRECTORY.batch(
    statements.map(({ sql, params }) => env.DIRECTORY.prepare(sql).bind(...params)),
  );
  const [row] = (await log()).slice(-1);
  expect(row && auditLine(row)).toMatch(
    new RegExp(`^[0-9T:-]+Z  account\\.role  command line → ${name}  role: monitor$`),
  );
});

test('[MY20] failures are counted in a row for each account and hour', async () => {
  for (let tries = 0; tries < 4; tries += 1) await signIn(email(), 'wrong');
  for (let nth = 0; nth < 4; nth += 1) await signIn(`ghost-${nth}@parley.test`, 'wrong');
  const rows = await log();
  expect(rows.map(({ action, times }) => [action, times])).toEqual([
    ['session.began', 1],
    ['session.failed', 4],
  ]);
  const strangers = (await log(null)).filter(
    ({ action, subject }) => action === 'session.failed' && subject === null,
  );
  expect(strangers).toHaveLength(1);
  expect(strangers[0]?.times).toBeGreaterThanOrEqual(4);
});

test('[MY21] no secret is in the log', async () => {
  await signIn(email(), 'my secret typo');
  const { results } = await env.DIRECTORY.prepare('SELECT * FROM audit').all();
  const told = JSON.stringify(results);
  const token = /session_token=([^.;]+)/.exec(cookie)?.[1] ?? 'none';
  for (const secret of ['my secret typo', PASSWORD, token]) expect(told).not.toContain(secret);
});

test('[MY22] what is older than the settings say goes', async () => {
  const inDays = (days: number) => Date.now() + days * 86_400_000;
  await forgetAudit(env.DIRECTORY, 30, inDays(29));
  expect(await actions()).toEqual(['session.began']);
  await forgetAudit(env.DIRECTORY, 30, inDays(31));
  expect(await actions()).toEqual([]);
});

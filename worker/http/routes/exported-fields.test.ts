// The workspace's own fields, in files of contacts and of conversations.

import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { RowOutcome } from '#shared/contact/import.ts';
import { csvRows } from '#shared/csv.ts';
import { newContactId } from '#shared/ids.ts';
import { putConversation } from '../../io/conversations.ts';
import { addAccount, requestUnder, signedIn } from '../../testing/accounts.ts';
import { aConversationRow } from '../../testing/conversation-row.ts';

const under = requestUnder({
  custom_fields: [
    { id: 'size', name: 'Shoe size', of: 'contact', kind: 'number' },
    { id: 'plan', name: 'Plan', of: 'contact', kind: 'choice', choices: ['Gold', 'Basic'] },
    { id: 'order', name: 'Order', of: 'conversation', kind: 'text' },
  ],
  roles: {
    ...{ admin: [], monitor: [], agent: [] },
    manager: ['contact.import', 'contact.export', 'conversation.view-all'],
  },
});
let cookie: string;

beforeAll(async () => {
  await addAccount('frida', { role: 'manager' });
  cookie = await signedIn('frida');
});

const ask = (path: string, body?: object, language = 'en') =>
  under(`/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie, 'content-type': 'application/json', 'accept-language': language },
    ...(body && { body: JSON.stringify(body) }),
  });

const row = (name: string, fields?: object) => ({
  ...{ contactId: newContactId(), name, emails: '', phones: '', manager: '' },
  ...(fields && { fields }),
});

const cellsOf = async (response: Response): Promise<(readonly string[])[]> =>
  [...csvRows(await response.text())].map(({ cells }) => cells);

test('[CN29] [CN30] own fields of contacts come in by an import, and go out by an export', async () => {
  const rows = [
    row('Fern 1', { size: '42', plan: 'Gold' }),
    row('Fern 2'),
    row('Fern 3', { size: 'large' }),
    row('Fern 4', { plan: 'Silver' }),
    row('Fern 5', { order: 'AB1' }),
  ];
  for (const isDryRun of [true, false]) {
    const answer = await ask('/contacts/import', { isDryRun, rows });
    const { outcomes } = await answer.json<{ outcomes: RowOutcome[] }>();
    expect(outcomes).toEqual([
      { outcome: 'new' },
      { outcome: 'new' },
      { outcome: 'wrong', problem: 'field', value: 'Shoe size: large' },
      { outcome: 'wrong', problem: 'field', value: 'Plan: Silver' },
      { outcome: 'wrong', problem: 'field', value: 'order: AB1' },
    ]);
  }
  const [head, ...lines] = await cellsOf(
    await ask('/contacts/export?search=fern', undefined, 'fr'),
  );
  expect(head).toEqual([
    ...['Nom', 'E-mail', 'Téléphone', 'Responsable du contact', 'Bloqué', 'Création'],
    ...['Dernier message', 'Shoe size', 'Plan'],
  ]);
  expect(lines.map(([name, ...others]) => [name, ...others.slice(-2)])).toEqual([
    ['Fern 1', '42', 'Gold'],
    ['Fern 2', '', ''],
  ]);
});

test('[CL7] [CN29] own fields of conversations are in the file of a list, and none is a formula', async () => {
  const fields = { order: '=1+1', gone: 'nobody knows it' };
  await putConversation(env.DIRECTORY, aConversationRow({ channel: 'fields', fields }));
  const response = await ask('/conversations.csv?channel=fields', undefined, 'de');
  const text = await response.clone().text();
  const [head, line] = await cellsOf(response);
  expect(head?.slice(-2)).toEqual(['Letzter Text', 'Order']);
  expect(line?.at(-1)).toBe('=1+1');
  expect(text).toContain(",'=1+1\r\n");
});

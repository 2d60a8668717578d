// Merging contacts, through the whole Worker.

import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Contact } from '#shared/contact/contact.ts';
import { proposedChoice, sideOf, type Duplicate, type Merge } from '#shared/contact/merge.ts';
import type { ContactId } from '#shared/ids.ts';
import { addAccount, codeOf, signedIn } from '../../testing/accounts.ts';
import { aConversationRow } from '../../testing/conversation-row.ts';
import { eventually } from '../../testing/eventually.ts';
import { aQueuedConversation, stateOf } from '../../testing/people.ts';
import { storeContact } from '../../testing/stored-contact.ts';
import { putConversation } from '../../io/conversations.ts';

const DAY_MS = 86_400_000;
const db = env.DIRECTORY;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  await addAccount('noor');
  await addAccount('omar', { departments: ['support'] });
  for (const name of ['noor', 'omar']) cookies[name] = await signedIn(name);
});

const ask = (name: string, path: string, method = 'GET', body?: object) =>
  exports.default.fetch(
    new Request(`https://parley.test/api/contacts${path}`, {
      method,
      headers: { cookie: cookies[name] ?? '', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const contactOf = async (id: string): Promise<Contact> => (await ask('noor', `/${id}`)).json();

async function choiceOf(targetId: ContactId, sourceId: ContactId) {
  const [target, source] = [await contactOf(targetId), await contactOf(sourceId)];
  return proposedChoice(sideOf(target), sideOf(source));
}

async function merge(targetId: ContactId, sourceId: ContactId, changes: object = {}) {
  const choice = { ...(await choiceOf(targetId, sourceId)), ...changes };
  return ask('noor', `/${targetId}/merge`, 'POST', { sourceId, choice });
}

const mergesOf = async (id: ContactId): Promise<Merge[]> =>
  (await (await ask('noor', `/${id}/merges`)).json<{ merges: Merge[] }>()).merges;
const undo = (id: ContactId, { mergeId }: Pick<Merge, 'mergeId'>) =>
  ask('noor', `/${id}/merges/${mergeId}/undo`, 'POST');
async function latestOf(id: ContactId): Promise<Merge> {
  const [latest] = await mergesOf(id);
  if (!latest) throw new Error('nothing was merged');
  return latest;
}

const EMAIL = ['email', 'ivy@merge.example'] as const;

test('[CN40] who shares an address may be the same person, with a verified one first', async () => {
  const phone = ['phone', '+4930999000'] as const;
  const ivy = await storeContact(db, { name: 'Ivy', identities: [[...EMAIL, true], phone] });
  const claims = await storeContact(db, { name: 'Z claims', identities: [EMAIL] });
  const calls = await storeContact(db, { name: 'A calls', identities: [phone] });
  await storeContact(db, { name: 'Other', identities: [['email', 'other@merge.example']] });
  const { duplicates } = await (
    await ask('noor', `/${ivy}/duplicates`)
  ).json<{
    duplicates: Duplicate[];
  }>();
  expect(duplicates).toEqual([
    {
      ...{ contactId: claims, name: 'Z claims' },
      shared: [{ kind: 'email', value: EMAIL[1], isVerified: true }],
    },
    {
      ...{ contactId: calls, name: 'A calls' },
      shared: [{ kind: 'phone', value: phone[1], isVerified: false }],
    },
  ]);
});

test('[CN40] [CN45] a contact who is foreign to the agent is neither suggested nor merged', async () => {
  const mine = await storeContact(db, { identities: [['email', 'foreign@merge.example']] });
  const foreign = await storeContact(db, { identities: [['email', 'foreign@merge.example']] });
  for (const [contactId, departmentId] of [
    [mine, 'sales'],
    [foreign, 'support'],
  ] as const) {
    await putConversation(db, {
      ...aConversationRow({ contactId }),
      departmentId: departmentId as never,
    });
  }
  const found = await (await ask('noor', `/${mine}/duplicates`)).json<{ duplicates: unknown[] }>();
  expect(found.duplicates).toEqual([]);
  const choice = { name: 'Ivy Green', managerId: null, customFields: {} };
  const refused = await ask('noor', `/${mine}/merge`, 'POST', { sourceId: foreign, choice });
  expect(await codeOf(refused)).toBe('contact.unknown');
  const other = await ask('noor', `/${foreign}/merge`, 'POST', { sourceId: mine, choice });
  expect(await codeOf(other)).toBe('contact.unknown');
});

test('[CN41] the one who stays has what was chosen, and everything else of both', async () => {
  const target = await storeContact(db, {
    ...{ name: 'Ivy', createdAt: 50, identities: [['email', 'both@merge.example']] },
  });
  const source = await storeContact(db, {
    ...{ name: 'Ivy Green', createdAt: 40, lastMessageAt: 70, blockedAt: 60 },
    managerId: 'agent-noor' as never,
    identities: [
      ['email', 'both@merge.example', true],
      ['phone', '+4930222333'],
    ],
  });
  expect((await merge(target, source, { name: 'Ivy Green' })).status).toBe(204);
  const one = await contactOf(target);
  expect(one).toMatchObject({
    ...{ contactId: target, name: 'Ivy Green', manager: { id: 'agent-noor' }, createdAt: 40 },
    emails: [{ value: 'both@merge.example', isVerified: true }],
    phones: [{ value: '+4930222333' }],
    blocked: { at: 60 },
  });
  // Who looks for the other finds the one.
  expect(await contactOf(source)).toEqual(one);
  expect(await mergesOf(target)).toMatchObject([{ name: 'Ivy Green', by: 'noor' }]);
  const { changes } = await (
    await ask('noor', `/${target}/changes`)
  ).json<{
    changes: { kind: string }[];
  }>();
  expect(changes[0]).toMatchObject({ kind: 'merged', by: { name: 'noor' } });
  // A retry, because an answer was lost.
  expect((await merge(target, source)).status).toBe(204);
  expect(await mergesOf(target)).toHaveLength(1);
});

test('[CN43] what was changed since stays with the one who stayed', async () => {
  const [target, source] = [
    await storeContact(db, { name: 'Ivy' }),
    await storeContact(db, { name: 'Rue', identities: [['email', 'rue@since.example']] }),
  ];
  await merge(target, source, { name: 'Rue' });
  await ask('noor', `/${target}`, 'PATCH', { name: 'Ivy Rue' });
  expect((await undo(target, await latestOf(target))).status).toBe(204);
  expect(await contactOf(target)).toMatchObject({ name: 'Ivy Rue', emails: [] });
  expect(await contactOf(source)).toMatchObject({
    name: 'Rue',
    emails: [{ value: 'rue@since.example' }],
  });
});

test('[CN43] the latest merge is undone first, each once, and within a day', async () => {
  const [target, first, second] = [
    await storeContact(db),
    await storeContact(db),
    await storeContact(db),
  ];
  await merge(target, first);
  const earlier = await latestOf(target);
  await merge(target, second);
  const later = await latestOf(target);
  expect(await codeOf(await undo(target, earlier))).toBe('merge.final');
  expect((await undo(target, later)).status).toBe(204);
  expect(await codeOf(await undo(target, later))).toBe('merge.final');
  expect(await codeOf(await undo(first, { mergeId: -1 }))).toBe('merge.final');
  vi.setSystemTime(Date.now() + DAY_MS + 1000);
  expect(await mergesOf(target)).toEqual([]);
  cookies['noor'] = await signedIn('noor');
  expect(await codeOf(await undo(target, earlier))).toBe('merge.final');
  vi.useRealTimers();
  cookies['noor'] = await signedIn('noor');
});

test('[CN45] who compared what is no longer true compares again', async () => {
  const [target, source] = [await storeContact(db), await storeContact(db)];
  const stale = await merge(target, source, { name: 'Somebody else' });
  expect(await codeOf(stale)).toBe('contact.changed');
  const itself = await merge(target, target);
  expect(await codeOf(itself)).toBe('contact.unknown');
});

const isIndexed = (id: string) =>
  eventually(async () => {
    const row = db.prepare(
      'SELECT 1 FROM conversation JOIN contact ON contact.id = contact_id WHERE conversation.id = ?',
    );
    expect(await row.bind(id).first()).not.toBeNull();
  });

test('[CN44] [CN46] open conversations have the new name, later ones follow, and go back when it is undone', async () => {
  const target = await storeContact(db, { name: 'Ivy Green' });
  const { id, visitor } = await aQueuedConversation();
  await isIndexed(id);
  const source = (await contactOf(visitor.visitorId)).contactId;
  expect((await merge(target, source)).status).toBe(204);
  const nameIn = async () => (await stateOf(id)).visitor.name;
  await eventually(async () => expect(await nameIn()).toBe('Ivy Green'));
  const later = aConversationRow({ contactId: source });
  await putConversation(db, later);
  const ownerOf = (conversationId: string) =>
    db
      .prepare('SELECT contact_id FROM conversation WHERE id = ?')
      .bind(conversationId)
      .first('contact_id');
  expect([await ownerOf(id), await ownerOf(later.conversationId)]).toEqual([target, target]);

  const before = (await contactOf(target)).name;
  expect((await undo(target, await latestOf(target))).status).toBe(204);
  expect([await ownerOf(id), await ownerOf(later.conversationId)]).toEqual([source, source]);
  const own = (await contactOf(source)).name;
  expect(own).not.toBe(before);
  await eventually(async () => expect(await nameIn()).toBe(own));
});

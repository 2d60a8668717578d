import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proposedChoice } from '#shared/contact/merge.ts';
import {
  newContactId,
  newConversationId,
  newVisitorId,
  type AgentId,
  type ContactId,
} from '#shared/ids.ts';
import { aConversationRow } from '../testing/conversation-row.ts';
import { listMerges, mergeContacts, undoMerge } from './contact-merges.ts';
import { readSnapshot } from './contact-snapshot.ts';
import { putConversation } from './conversations.ts';

const db = env.DIRECTORY;
const author = { id: 'agent-mara' as AgentId, name: 'Mara' };
const by = (at: number) => ({ by: author, at });

interface Given {
  readonly name: string;
  readonly field: string | null;
  readonly blockedAt: number | null;
  readonly isKnown: boolean;
  /** Claimed ones, which others may have, too. */
  readonly claims: readonly string[];
  /** Whether they have proven the address that all could have. */
  readonly hasProof: boolean;
  readonly conversations: readonly { endedAt: number | null }[];
}

const given = fc.record<Given>({
  name: fc.constantFrom('Ivy', 'Îvy Green', 'Rue', '绿'),
  field: fc.option(fc.constantFrom('gold', 'silver')),
  blockedAt: fc.option(fc.constantFrom(5, 7)),
  isKnown: fc.boolean(),
  claims: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'proven')),
  hasProof: fc.boolean(),
  conversations: fc.array(fc.record({ endedAt: fc.option(fc.integer({ min: 1, max: 900 })) }), {
    maxLength: 4,
  }),
});

async function store(given: Given, isProven: boolean, run: string): Promise<ContactId> {
  const id = newContactId();
  const ended = given.conversations.map(({ endedAt }) => endedAt ?? 0);
  await db
    .prepare(
      `INSERT INTO contact (id, name, name_key, custom_fields, blocked_at, blocked_by, is_known,
        created_at, last_message_at) VALUES (?, ?, ?, ?, ?, ?, ?, 10, ?)`,
    )
    .bind(
      ...[id, given.name, given.name.toLowerCase()],
      JSON.stringify(given.field === null ? {} : { level: given.field }),
      ...[given.blockedAt, given.blockedAt && 'agent-mara', given.isKnown ? 1 : 0],
      Math.max(0, ...ended),
    )
    .run();
  const put = db.prepare('INSERT INTO contact_identity VALUES (?, ?, ?, ?, 10)');
  await db.batch([
    put.bind('livechat', newVisitorId(), id, 1),
    ...given.claims
      .filter((claim) => !(isProven && claim === 'proven'))
      .map((claim) => put.bind('email', `${claim}@${run}.example`, id, 0)),
    ...(isProven ? [put.bind('email', `proven@${run}.example`, id, 1)] : []),
  ]);
  for (const { endedAt } of given.conversations) {
    const at = endedAt ?? 5;
    await putConversation(
      db,
      aConversationRow({
        ...{ conversationId: newConversationId(), contactId: id, status: 'closed' },
        ...{ closedAt: endedAt, lastMessageAt: at },
      }),
    );
  }
  return id;
}

/** All that the directory has of some contacts. */
async function dump(ids: readonly ContactId[]): Promise<unknown> {
  const list = JSON.stringify(ids);
  const among = (column: string) => `${column} IN (SELECT value FROM json_each(?))`;
  const all = await db.batch(
    [
      `SELECT * FROM contact WHERE ${among('id')} ORDER BY id`,
      `SELECT * FROM contact_identity WHERE ${among('contact_id')} ORDER BY kind, value, contact_id`,
      `SELECT * FROM conversation WHERE ${among('contact_id')} ORDER BY id`,
    ].map((sql) => db.prepare(sql).bind(list)),
  );
  return all.map(({ results }) => results);
}

const choiceOf = async (targetId: ContactId, sourceId: ContactId, prefersSource: boolean) => {
  const [target, source] = [await readSnapshot(db, targetId), await readSnapshot(db, sourceId)];
  if (!target || !source) return null;
  const sides = [target.snapshot, source.snapshot] as const;
  const [first, second] = prefersSource ? [sides[1], sides[0]] : sides;
  return proposedChoice(first, second);
};

test('[CN42] whatever is merged and undone is as it was', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(given, { minLength: 2, maxLength: 4 }),
      fc.array(fc.record({ target: fc.nat(3), source: fc.nat(3), prefersSource: fc.boolean() }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (contacts, merges) => {
        const run = `run${runs++}`;
        const proven = contacts.findIndex(({ hasProof }) => hasProof);
        const ids: ContactId[] = [];
        for (const [index, one] of contacts.entries()) {
          ids.push(await store(one, index === proven, run));
        }
        const past: { targetId: ContactId; before: unknown }[] = [];
        for (const { target, source, prefersSource } of merges) {
          const [targetId, sourceId] = [ids[target % ids.length], ids[source % ids.length]];
          if (!targetId || !sourceId || targetId === sourceId) continue;
          const choice = await choiceOf(targetId, sourceId, prefersSource);
          const before = await dump(ids);
          const isDone =
            choice !== null && (await mergeContacts(db, { targetId, sourceId }, choice, by(1000)));
          expect(isDone).toBe(choice !== null);
          if (!isDone) continue;
          past.push({ targetId, before });
          await isOne(targetId, sourceId);
        }
        for (const { targetId, before } of past.reverse()) {
          const [latest] = await listMerges(db, targetId, 1000);
          expect(
            await undoMerge(db, { mergeId: latest?.mergeId ?? -1, targetId }, by(1001)),
          ).not.toBeNull();
          expect(await dump(ids)).toEqual(before);
        }
      },
    ),
    { numRuns: 40 },
  );
});

/** The source has nothing of its own any more, and no address is there twice. */
async function isOne(targetId: ContactId, sourceId: ContactId): Promise<void> {
  const left = await db
    .prepare(
      `SELECT (SELECT count(*) FROM contact_identity WHERE contact_id = ?1) AS identities,
        (SELECT count(*) FROM conversation WHERE contact_id = ?1) AS conversations,
        (SELECT count(*) FROM contact WHERE merged_into = ?1) AS parts,
        (SELECT merged_into FROM contact WHERE id = ?1) AS mergedInto`,
    )
    .bind(sourceId)
    .first();
  expect(left).toEqual({ identities: 0, conversations: 0, parts: 0, mergedInto: targetId });
}

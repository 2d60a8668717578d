// Notes: who may add one, and that nothing but its readers comes of it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  after,
  asks,
  byNoor,
  command,
  details,
  end,
  invite,
  reply,
  requeue,
  resume,
  serving,
  toAgent,
  toHold,
  told,
  visitor,
} from '#shared/testing/decisions.ts';
import { agentAuthor, fold, logs, MARA, NOOR, START, SUPPORT, TOM } from '#shared/testing/logs.ts';
import type { AgentPrincipal } from '#shared/identity.ts';
import { newCommandId } from '#shared/ids.ts';
import { mayRead } from './access.ts';
import { textBody } from './body.ts';
import type { ConversationEvent, NoteAdded } from './events.ts';
import { evolve } from './evolve.ts';
import type { ConversationState } from './state.ts';
import { view } from './view.ts';

const principalOf = ({ id, name }: typeof NOOR): AgentPrincipal => ({
  ...{ kind: 'agent', agentId: id, name, departments: [SUPPORT], permissions: [] },
  maxConversations: null,
});

const noteAfter = (state: readonly ConversationEvent[], mentions: NoteAdded['mentions']) => ({
  ...{ type: 'note.added' as const, body: textBody('Between us'), mentions },
  ...{ seq: state.length + 1, at: START + 9e9, id: newCommandId(), by: agentAuthor(NOOR) },
});

const mentions = fc.subarray([NOOR.id, MARA.id, TOM.id]);

test('[NT2] a note changes nothing of a conversation but who may read it', () => {
  fc.assert(
    fc.property(logs, mentions, (events, named) => {
      const before = fold(events);
      const after = evolve(before, noteAfter(events, named));
      if (before.status === 'new' || after.status === 'new') throw new Error('it is opened');
      expect({ ...after, mentioned: [] }).toEqual({ ...before, mentioned: [] });
      const isLive = before.status !== 'closed';
      expect(after.mentioned).toEqual(
        isLive ? [...new Set([...before.mentioned, ...named])] : before.mentioned,
      );
      expect(view(after, 'everyone')).toEqual(view(before, 'everyone'));
    }),
  );
});

test('[NT4] a mention lets read, for as long as there is something to read', () => {
  fc.assert(
    fc.property(logs, logs, (events, more) => {
      const live = fold(events);
      fc.pre(live.status !== 'closed');
      const states: ConversationState[] = [evolve(live, noteAfter(events, [TOM.id]))];
      for (const event of more.filter(({ type }) => type !== 'conversation.opened')) {
        states.push(evolve(states.at(-1) ?? live, event));
      }
      expect(states.every((state) => mayRead(state, principalOf(TOM)))).toBe(true);
    }),
  );
});

const add = (...named: string[]) =>
  command({ type: 'note.add', body: textBody('Hello'), mentions: named });

test('[NT3] a note calls each colleague once, and not its author', () => {
  expect(told(serving, add(MARA.id, NOOR.id, MARA.id))).toEqual([
    { type: 'note.added', body: textBody('Hello'), mentions: [MARA.id] },
  ]);
});

test('[NT1] no note is added by a visitor, nor when the conversation has ended', () => {
  expect(told(serving, add(), { by: visitor })).toBe('conversation.unknown');
  const closed = after(asks, [{ type: 'conversation.ended' }, byNoor]);
  expect(told(closed, add())).toBe('conversation.closed');
});

test('[NT4] who is mentioned may add notes, and nothing else that colleagues elsewhere may not', () => {
  const mentioned = evolve(serving, noteAfter([], [TOM.id]));
  const by = principalOf(TOM);
  expect(told(serving, add(), { by })).toBe('conversation.unknown');
  expect(told(mentioned, add(), { by })).toHaveLength(1);
  for (const other of [reply, requeue, toAgent, toHold, resume, invite, end(), details({})]) {
    const code = told(mentioned, other, { by });
    expect(['conversation.not-yours', 'permission.missing']).toContain(code);
  }
  const take = command({ type: 'conversation.take' });
  expect(told(mentioned, take, { by })).toBe('permission.missing');
});

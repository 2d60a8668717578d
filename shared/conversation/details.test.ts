import { describe, expect, test } from 'vitest';
import { accept, refuse } from '#shared/refusals.ts';
import {
  after,
  answeredByNoor,
  asks,
  by,
  byNoor,
  command,
  details,
  end,
  onHold,
  queued,
  rules,
  serving,
  takenByNoor,
  told,
  visitor,
} from '#shared/testing/decisions.ts';
import { MARA } from '#shared/testing/logs.ts';
import type { SettingsSource } from '#shared/settings/schema.ts';
import { decideSystem } from './decide-system.ts';
import { lacksWrapUp } from './details.ts';
import type { NewEvent } from './events.ts';
import type { OpenedConversation } from './state.ts';
import { settingsWith } from '#shared/testing/settings.ts';

const ending = { comment_required: true, tags_required: true };
const fields: SettingsSource['custom_fields'] = [
  { id: 'order', name: 'Order number', of: 'conversation', visitor_may_see: true },
  { id: 'size', name: 'Size', of: 'conversation', kind: 'choice', choices: ['S', 'L'] },
  { id: 'vat', name: 'VAT number', of: 'contact' },
];
const strict = rules({ ending, custom_fields: fields });

const ended = { type: 'conversation.ended' } as const;
const byVisitor = after(asks, takenByNoor, answeredByNoor, [ended, { kind: 'visitor' }]);
const byAgent = after(asks, takenByNoor, answeredByNoor, [ended, byNoor]);
const neverTaken = after(asks, [ended, { kind: 'visitor' }]);
const tagging = (...tags: string[]): NewEvent => ({ type: 'details.changed', tags });
const mara = { ...by, agentId: MARA.id };
const manager = { ...mara, permissions: ['conversation.manage-others' as const] };
const wrapUp = (more: object) => command({ type: 'conversation.wrap-up', comment: null, ...more });

describe('custom fields', () => {
  test('[RI5] are set like the rest, and the visitor is told of those that they may see', () => {
    const changes = { order: 'AB12', size: 'L' };
    expect(told(serving, details({ fields: changes }), { rules: strict })).toEqual([
      { type: 'details.changed', fields: changes },
      { type: 'fields.shown', fields: [{ name: 'Order number', value: 'AB12' }] },
    ]);
    expect(told(serving, details({ fields: { size: 'S' } }), { rules: strict })).toEqual([
      { type: 'details.changed', fields: { size: 'S' } },
    ]);
  });

  test('[RI5] keep what a change leaves out, and lose what it takes away', () => {
    const state = after(
      ...[asks, takenByNoor],
      [{ type: 'details.changed', fields: { order: 'AB12', size: 'S' } }, byNoor],
      [{ type: 'details.changed', fields: { size: null }, topic: 'Ferns' }, byNoor],
    );
    expect(state).toMatchObject({ details: { topic: 'Ferns', fields: { order: 'AB12' } } });
  });

  test.each([
    [{ size: 'M' }, 'field.not-a-choice'],
    [{ colour: 'green' }, 'field.unknown'],
    [{ vat: 'DE1' }, 'field.unknown'],
  ])('[RI3] %j is refused', (changes, code) => {
    expect(told(serving, details({ fields: changes }), { rules: strict })).toBe(code);
  });
});

describe('after the end', () => {
  test('[RI6] details are still edited by who served it, and by who may manage others’', () => {
    const topic = details({ topic: 'Ferns' });
    const changed = [{ type: 'details.changed', topic: 'Ferns' }];
    expect(told(byAgent, topic)).toEqual(changed);
    expect(told(byAgent, topic, { by: manager })).toEqual(changed);
    expect(told(byAgent, topic, { by: mara })).toBe('conversation.not-yours');
    expect(told(byAgent, topic, { by: visitor })).toBe('permission.missing');
    expect(told(neverTaken, topic, { by: mara })).toBe('permission.missing');
    expect(told(neverTaken, topic, { by: manager })).toEqual(changed);
  });

  test('[RI6] what is edited is there', () => {
    const changed = { type: 'details.changed', topic: 'Ferns' } as const;
    const state = after(asks, takenByNoor, [ended, byNoor], [changed, byNoor]);
    expect(state).toMatchObject({ status: 'closed', details: { topic: 'Ferns' } });
  });

  test('[RI7] who served it adds what the department asks for', () => {
    const said = (more: object) => told(byVisitor, wrapUp(more), { rules: strict });
    expect(said({ comment: 'Sold', tags: ['Order'] })).toEqual([
      { type: 'details.changed', tags: ['Order'] },
      { type: 'comment.added', text: 'Sold' },
    ]);
    expect(said({ comment: 'Sold' })).toBe('ending.tags-required');
    expect(said({ tags: ['Order'] })).toBe('ending.comment-required');
    expect(said({ comment: 'Sold', tags: ['Ferns'] })).toBe('tag.unknown');
  });

  test('[RI7] what is there already need not be said again', () => {
    const tagged = tagging('Order');
    const comment = { type: 'comment.added', text: 'Sold' } as const;
    const state = after(asks, takenByNoor, [tagged, byNoor], [ended, byNoor], [comment, byNoor]);
    expect(told(state, wrapUp({}), { rules: strict })).toEqual([]);
    expect(told(state, wrapUp({ comment: 'Sold' }), { rules: strict })).toEqual([]);
    expect(told(state, wrapUp({ comment: 'Twice' }), { rules: strict })).toHaveLength(1);
  });

  test('[RI7] while it is open, its end asks for it', () => {
    expect(told(serving, wrapUp({ comment: 'Sold' }))).toBe('conversation.not-closed');
    expect(told(queued, wrapUp({ comment: 'Sold' }))).toBe('conversation.not-closed');
    expect(told(serving, end(), { rules: strict })).toBe('ending.comment-required');
  });

  test('[RI8] it is asked for where the visitor or a timer has ended it', () => {
    const lacks = (state: typeof byVisitor, by = strict) =>
      lacksWrapUp(state as OpenedConversation, by); // All of these have been opened.
    const tagged = tagging('Order');
    const comment = { type: 'comment.added', text: 'Sold' } as const;
    expect(lacks(byVisitor)).toBe(true);
    expect(lacks(byVisitor, rules())).toBe(false);
    expect(lacks(byAgent)).toBe(false);
    expect(lacks(neverTaken)).toBe(false);
    expect(lacks(serving)).toBe(false);
    const wrapped = after(
      ...[asks, takenByNoor],
      ...([
        [ended, { kind: 'visitor' }],
        [tagged, byNoor],
        [comment, byNoor],
      ] as const),
    );
    expect(lacks(wrapped)).toBe(false);
  });
});

describe('a hold until a time', () => {
  const until = 5_000_000_000_000;
  const holding = command({ type: 'conversation.hold', until });
  const held = after(...[asks, takenByNoor, answeredByNoor], [
    { type: 'conversation.held', until },
    byNoor,
  ]);
  const expire = (now: number, slot = accept({ id: by.agentId, name: 'Noor' })) =>
    decideSystem(
      held,
      { type: 'conversation.expire' },
      { settings: settingsWith({ hold: { allowed: true, close_after_seconds: 60 } }), now, slot },
    );

  test('[RI9] is of the agent’s choice', () => {
    expect(told(serving, holding)).toEqual([{ type: 'conversation.held', until }]);
    expect(held).toMatchObject({ until });
    expect(onHold).toMatchObject({ until: null });
  });

  test('[RI9] resumes by itself then, and does not close before', () => {
    expect(expire(until - 1)).toEqual(accept([]));
    expect(expire(until)).toEqual(accept([{ type: 'conversation.resumed' }]));
  });

  test('[RI9] whose agent can’t serve it then is for the next one', () => {
    const full = refuse('agent.full', { agent: 'Noor', limit: 3 });
    const verdict = decideSystem(
      held,
      { type: 'conversation.expire' },
      { settings: settingsWith(), now: until, slot: full },
    );
    expect(verdict).toEqual(accept([{ type: 'conversation.requeued', because: 'resumed' }]));
  });
});
